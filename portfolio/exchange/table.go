package exchange

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"gevinst/portfolio/amount"
)

// Table is a list as a file has it: stable names over its columns, and typed cells.
type Table struct {
	Columns []string
	Rows    [][]any
	// Unsummed are columns of amounts that it makes no sense to add up.
	Unsummed []string
	// Book writes the workbook that stands for the list, where it has one of its own; nil is a sheet of the rows.
	Book func(io.Writer) error
}

// Add adds a row, which must have a cell for each column. Cells are string, int, int64, bool, amount.Money, amount.Figure,
// amount.Month or amount.Date; nil and the unknown are empty.
func (t *Table) Add(cells ...any) { t.Rows = append(t.Rows, cells) }

// WriteCSV writes the table as Danish Excel reads it: semicolons, a decimal comma, UTF-8 with its mark.
// Amounts are in kroner with two decimals.
func WriteCSV(w io.Writer, t Table) error {
	c := newLines(w, t.Columns)
	for _, row := range t.Rows {
		c.add(row...)
	}
	return c.end()
}

// lines writes a table's rows as they come. The first error is kept for end.
type lines struct {
	csv   *csv.Writer
	cells []string
	err   error
}

func newLines(w io.Writer, columns []string) *lines {
	c := &lines{csv: csv.NewWriter(w)}
	c.csv.Comma, c.csv.UseCRLF = ';', true
	if _, c.err = io.WriteString(w, byteOrderMark); c.err == nil {
		c.err = c.csv.Write(columns)
	}
	return c
}

func (c *lines) add(cells ...any) {
	if c.err != nil {
		return
	}
	c.cells = c.cells[:0]
	for _, cell := range cells {
		c.cells = append(c.cells, text(cell))
	}
	c.err = c.csv.Write(c.cells)
}

func (c *lines) end() error {
	c.csv.Flush()
	if err := cmp.Or(c.err, c.csv.Error()); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

func text(cell any) string {
	switch v := cell.(type) {
	case nil:
		return ""
	case string:
		return Harmless(v)
	case int:
		return strconv.Itoa(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case bool:
		return map[bool]string{true: "1", false: "0"}[v]
	case amount.Money:
		return plain(v)
	case amount.Figure:
		if !v.Known {
			return ""
		}
		if v.Approximate {
			return "ca. " + plain(v.Ore)
		}
		return plain(v.Ore)
	case fmt.Stringer:
		return Harmless(v.String())
	}
	return Harmless(fmt.Sprint(cell))
}

// plain writes kroner for a file: no thousands points, which a spreadsheet in another language would read as decimals.
func plain(m amount.Money) string {
	return strings.ReplaceAll(amount.Danish.Plain(m), ".", "")
}

// Harmless keeps a text from being taken for a formula when a spreadsheet opens the file: a quotation mark before it. A text
// that begins so by itself gets another, so that whoever takes one off has the text again.
func Harmless(s string) string {
	if bare := strings.TrimLeft(s, "'"); bare != "" && strings.ContainsRune("=+-@\t\r\n", rune(bare[0])) {
		return "'" + s
	}
	return s
}
