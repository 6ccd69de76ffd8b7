// Package chart turns figures into pictures: each chart is a pure function from
// a small input struct to the option a browser draws, the same numbers as a
// table, and a description in words.
//
// The notation is the one of the International Business Communication
// Standards: actual is solid, plan outlined, forecast hatched, bars start at
// zero, and no meaning hangs on colour alone.
package chart

import (
	"encoding/json"

	"gevinst/portfolio/amount"
)

// Chart is one picture with everything a page needs to show it, also to a
// reader who sees no picture.
type Chart struct {
	// ID is the chart's name within a page, such as "burnup".
	ID string
	// Title says what is shown; Unit in which unit the table and labels are.
	Title, Unit string
	// AsOf is the date of the figures, written out; empty for none.
	AsOf string
	// Summary is the picture in one to three sentences.
	Summary string
	// Option is the drawing program's option, safe inside a script element. It is
	// nil when there is nothing to draw: the summary then says what to do.
	Option json.RawMessage
	// Table holds the same numbers as the picture.
	Table Table
	// Height is the class that gives the frame its height: chart-s, chart-m,
	// chart-l or chart-xl.
	Height string
	// Example is true if any figure is example data.
	Example bool
}

// Table is the accessible form of a chart.
type Table struct {
	Head []string
	Rows []Row
}

// Row is one line of a Table. Total marks a sum or a result under the others.
type Row struct {
	Cells   []Cell
	Total   bool
	Example bool
}

// Cell is one cell of a Row: Num is right-aligned, Href opens what is behind it.
type Cell struct {
	Text string
	Num  bool
	Href string
}

// Voice is the language a chart speaks: Say gives the text of a key in Keys
// with its arguments filled in, Style writes the figures.
type Voice struct {
	Say   func(key string, args ...any) string
	Style amount.Style
}
