package exchange

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode"
)

// sheet is a file of rows under a header, as a spreadsheet would show it.
type sheet struct {
	header []string
	rows   []sheetRow
	comma  rune
	// workbook tells that cells are as a workbook holds them, from1904 from which day it counts.
	workbook, from1904 bool
}

type sheetRow struct {
	row   int
	cells []string
}

// separators are those that a header may have; in a tie the first wins.
var separators = []rune{';', '\t', ','}

// separator is the one that the header line has most of, outside quotes.
func separator(text string) rune {
	count := map[rune]int{}
	quoted := false
	for _, r := range text {
		if r == '"' {
			quoted = !quoted
		}
		if r == '\n' && !quoted {
			break
		}
		if !quoted {
			count[r]++
		}
	}
	best := separators[0]
	for _, s := range separators {
		if count[s] > count[best] {
			best = s
		}
	}
	return best
}

// readSheet splits a text into rows and cells. Rows without content are left out, but counted.
func readSheet(text string, maxRows int, bad *FileError) sheet {
	s := sheet{comma: separator(text)}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = s.comma, -1
	inCells := 0 // line breaks inside cells: lines of the file that are no rows
	for {
		start := r.InputOffset()
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return s
		}
		var broken *csv.ParseError
		if errors.As(err, &broken) { // what follows cannot be told apart any more
			s.broken(bad, text[start:], broken.StartLine-inCells, broken)
			return s
		}
		line, _ := r.FieldPos(0)
		row := sheetRow{line - inCells, cells}
		for _, cell := range cells {
			inCells += strings.Count(cell, "\n")
		}
		if !s.add(row, maxRows, bad) {
			return s
		}
	}
}

// add adds a row: the first is the header, and one without content is nothing. It gives false once there are too many.
func (s *sheet) add(row sheetRow, maxRows int, bad *FileError) bool {
	switch {
	case s.header == nil:
		s.header = trimEnd(row.cells)
	case !blank(row.cells):
		s.rows = append(s.rows, row)
	}
	if len(s.header) > maxColumns {
		bad.add(RowError{Row: row.row, Code: "import.too_many_columns", Args: []any{maxColumns, len(s.header)}})
		return false
	}
	if len(s.rows) > maxRows {
		bad.add(RowError{Row: row.row, Code: "import.too_many_rows", Args: []any{maxRows}})
		return false
	}
	return true
}

// broken tells of quotes that do not pair: one that is never closed, or one inside a cell.
func (s *sheet) broken(bad *FileError, rest string, row int, err *csv.ParseError) {
	code := "import.quote_inside"
	if errors.Is(err.Err, csv.ErrQuote) && strings.Count(rest, `"`)%2 == 1 {
		code = "import.quote_open"
	}
	first, _, _ := strings.Cut(strings.TrimLeft(rest, "\r\n"), "\n")
	bad.add(RowError{Row: row, Code: code, Args: []any{shown(strings.TrimRight(first, "\r"))}})
}

// fit makes a row as wide as the header. Empty cells beyond it, which spreadsheets leave, are nothing.
func (s *sheet) fit(row *sheetRow, bad *FileError) bool {
	row.cells = trimTo(row.cells, len(s.header))
	for s.workbook && len(row.cells) < len(s.header) {
		row.cells = append(row.cells, "") // a workbook leaves out what is empty
	}
	switch have, want := len(row.cells), len(s.header); {
	case have == want:
		return true
	case have == 1 && s.otherwise(row.cells[0]) != 0:
		other := s.otherwise(row.cells[0])
		bad.add(RowError{Row: row.row, Code: "import.other_separator", Args: []any{nameOf(other), nameOf(s.comma)}})
	case have > want:
		bad.add(RowError{Row: row.row, Code: "import.too_many_cells", Args: []any{have, want, shown(row.cells[want])}})
	default:
		bad.add(RowError{Row: row.row, Code: "import.too_few_cells", Args: []any{have, want, s.header[have]}})
	}
	return false
}

// otherwise finds another separator that would split the text into the header's number of cells; 0 is none.
func (s *sheet) otherwise(text string) rune {
	for _, other := range separators {
		if other != s.comma && len(s.header) > 1 && strings.Count(text, string(other)) == len(s.header)-1 {
			return other
		}
	}
	return 0
}

func nameOf(separator rune) string {
	if separator == '\t' {
		return "tab"
	}
	return string(separator)
}

// clean checks what every cell must be, whatever the column, and takes off the mark that keeps it from being a formula.
func clean(cell string) (text, code string, args []any) {
	if len(cell) > maxCell {
		return "", "import.cell_too_long", []any{maxCell}
	}
	for _, r := range cell {
		if r == unicode.ReplacementChar {
			return "", "import.damaged", nil
		}
		if unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' {
			return "", "import.control", []any{int(r)}
		}
	}
	if slices.Contains(sheetErrors, strings.TrimSpace(cell)) {
		return "", "import.sheet_error", nil
	}
	return formula(cell), "", nil
}

// sheetErrors are what a spreadsheet writes where a formula of its own went wrong, in English and in Danish.
var sheetErrors = []string{
	"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#I/T", "#REFERENCE!", "#DIVISION/0!", "#VÆRDI!", "#NAVN?", "#NUL!",
}

// formula undoes what Harmless does.
func formula(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && Harmless(rest) != rest {
		return rest
	}
	return cell
}

func empty(cell string) bool { return strings.TrimSpace(cell) == "" }

func blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(c string) bool { return !empty(c) })
}

func trimEnd(cells []string) []string { return trimTo(cells, 0) }

// trimTo takes empty cells off the end, down to n cells.
func trimTo(cells []string, n int) []string {
	for len(cells) > n && empty(cells[len(cells)-1]) {
		cells = cells[:len(cells)-1]
	}
	return cells
}
