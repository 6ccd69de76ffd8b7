package exchange

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// RowError is one thing that is wrong with a file. Code is the key of a sentence, and Args fill it.
type RowError struct {
	// Row is the row as a spreadsheet shows it: the header is row 1, empty rows count, and a line break inside a cell does
	// not. It is 0 where the file as a whole is meant.
	Row int
	// Column is the column's name as the file writes it, "" where the whole row is meant.
	Column string
	// Sheet and Cell (A1) name the place in a workbook of several sheets, in the place of Row and Column.
	Sheet, Cell string
	// Value is what the cell holds, shortened where it is long.
	Value string
	Code  string
	Args  []any
}

// maxShown bounds how much of a cell a message repeats, in characters.
const maxShown = 60

// shown makes a cell's content fit for a message: short, on one line, without signs that cannot be seen.
func shown(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return ' '
		}
		if unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
	if r := []rune(s); len(r) > maxShown {
		return string(r[:maxShown]) + "…"
	}
	return s
}

// Say gives the error in words: where, what the cell holds, and what is wrong with it. say gives a key's sentence in the
// reader's language.
func (e RowError) Say(say func(key string, args ...any) string) string {
	text := say(e.Code, slices.Clone(e.Args)...)
	switch {
	case e.Cell != "" && e.Value == "":
		return say("import.at_cell", e.Sheet, e.Cell, text)
	case e.Cell != "":
		return say("import.at_cell_value", e.Sheet, e.Cell, e.Value, text)
	case e.Row == 0:
		return text
	case e.Column == "":
		return say("import.at_row", e.Row, text)
	case e.Value == "":
		return say("import.at_column", e.Row, e.Column, text)
	}
	return say("import.at_value", e.Row, e.Column, e.Value, text)
}

func (e RowError) Error() string {
	if e.Cell != "" {
		return fmt.Sprintf("%s!%s, value %q: %s %v", e.Sheet, e.Cell, e.Value, e.Code, e.Args)
	}
	return fmt.Sprintf("row %d, column %q, value %q: %s %v", e.Row, e.Column, e.Value, e.Code, e.Args)
}

// maxErrors is how many errors of a file are listed one by one.
const maxErrors = 50

// FileError is what is wrong with a file; nothing of it has been written.
type FileError struct {
	// Rows are the first errors in the file's order, at least one.
	Rows []RowError
	// More counts those that are not listed.
	More int
}

func (f *FileError) Error() string {
	lines := make([]string, len(f.Rows))
	for i, e := range f.Rows {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "; ")
}

// Say gives the errors in words, a line for each and one for those that are not listed.
func (f *FileError) Say(say func(key string, args ...any) string) []string {
	lines := make([]string, 0, len(f.Rows)+1)
	for _, e := range f.Rows {
		lines = append(lines, e.Say(say))
	}
	if f.More > 0 {
		lines = append(lines, say("import.more", f.More))
	}
	return lines
}

func (f *FileError) add(e RowError) {
	if len(f.Rows) == maxErrors {
		f.More++
		return
	}
	e.Value = shown(e.Value)
	f.Rows = append(f.Rows, e)
}

// or gives nil when nothing is wrong, so that an empty list never becomes a non-nil error.
func (f *FileError) or() error {
	if len(f.Rows) == 0 {
		return nil
	}
	return f
}

func wholeFile(code string, args ...any) error {
	return &FileError{Rows: []RowError{{Code: code, Args: args}}}
}
