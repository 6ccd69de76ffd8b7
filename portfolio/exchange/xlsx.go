package exchange

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"gevinst/portfolio/amount"
)

// The number formats of a sheet. "ca." stays with a figure, which remains a number that can be added up.
const (
	kronerFormat = `#,##0.00`
	aboutFormat  = `"ca. "#,##0.00;"ca. "\-#,##0.00`
	dateFormat   = `yyyy\-mm\-dd`
	monthFormat  = `yyyy\-mm`
)

// WriteXLSX writes the table as a workbook: typed cells, amounts in kroner, a heading that stays in view and filters, and on
// a sheet of its own the sums of the amounts, as formulas, so that the list itself holds nothing but its rows. A text is a
// text there, never a formula.
func WriteXLSX(w io.Writer, t Table) (err error) {
	if t.Book != nil {
		return t.Book(w)
	}
	b, err := newBook()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	err = b.list("Sheet1", t.Columns, t.Unsummed, func(add func(...any)) error {
		for _, row := range t.Rows {
			add(row...)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return b.end(w)
}

// book is a workbook that is being written.
type book struct {
	*excelize.File
	bold, kroner, about, date, month int
	sheets                           int
	sums                             []columnSum
}

// columnSum is what a column of amounts adds up to. Where the list says which rows count, only those do.
type columnSum struct {
	list, column string
	formula      string
	missing      string // the formula of how many rows have no amount
	sum          amount.Money
	unknown      int
}

func newBook() (*book, error) {
	b := &book{File: excelize.NewFile()}
	style := func(into *int, format string) (err error) {
		st := &excelize.Style{CustomNumFmt: &format}
		if format == "" {
			st = &excelize.Style{Font: &excelize.Font{Bold: true}}
		}
		*into, err = b.NewStyle(st)
		return err
	}
	err := errors.Join(
		style(&b.bold, ""), style(&b.kroner, kronerFormat), style(&b.about, aboutFormat), style(&b.date, dateFormat), style(&b.month, monthFormat),
	)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("make styles: %w", err), b.Close())
	}
	return b, nil
}

// maxSheet is how many rows of a list a sheet holds; what is more goes on the next.
const maxSheet = 1_000_000

// list writes a list on a sheet of its own, or on several where it is long.
func (b *book) list(name string, columns, unsummed []string, rows func(add func(...any)) error) error {
	s, err := b.sheet(name, columns)
	if err != nil {
		return err
	}
	var failed error
	err = rows(func(cells ...any) {
		if s.rows == maxSheet && failed == nil {
			failed = s.end(unsummed)
			if failed == nil {
				s, failed = b.sheet(fmt.Sprintf("%s %d", name, b.sheets+1), columns)
			}
		}
		if failed == nil {
			failed = s.add(cells)
		}
	})
	if err = errors.Join(err, failed); err != nil {
		return err
	}
	return s.end(unsummed)
}

// sheet is one sheet that is being written.
type sheetOut struct {
	*excelize.StreamWriter
	b       *book
	name    string
	columns []string
	rows    int
	line    []any
	sums    []amount.Money
	amounts []int // how many amounts stand in each column
	money   []bool
	counts  int // the column that says whether a row counts; -1 is none
}

func (b *book) sheet(name string, columns []string) (*sheetOut, error) {
	s := &sheetOut{
		b: b, name: name, columns: columns, line: make([]any, len(columns)), sums: make([]amount.Money, len(columns)),
		amounts: make([]int, len(columns)), money: make([]bool, len(columns)), counts: slices.Index(columns, "counts"),
	}
	if b.sheets++; b.sheets == 1 {
		if err := b.SetSheetName("Sheet1", name); err != nil {
			return nil, fmt.Errorf("name sheet: %w", err)
		}
	} else if _, err := b.NewSheet(name); err != nil {
		return nil, fmt.Errorf("add sheet: %w", err)
	}
	var err error
	if s.StreamWriter, err = b.NewStreamWriter(name); err != nil {
		return nil, fmt.Errorf("write sheet: %w", err)
	}
	if len(columns) > 0 {
		if err := s.SetColWidth(1, len(columns), 18); err != nil {
			return nil, fmt.Errorf("set widths: %w", err)
		}
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return nil, fmt.Errorf("freeze heading: %w", err)
	}
	heads := make([]any, len(columns))
	for i, c := range columns {
		heads[i] = excelize.Cell{StyleID: b.bold, Value: c}
	}
	if err := s.SetRow("A1", heads); err != nil {
		return nil, fmt.Errorf("write heading: %w", err)
	}
	return s, nil
}

func (s *sheetOut) add(cells []any) error {
	s.rows++
	counts := s.counts < 0 || cells[s.counts] == true
	for i, cell := range cells {
		s.line[i] = s.b.cell(cell)
		f, isMoney := cell.(amount.Figure)
		if m, exact := cell.(amount.Money); exact {
			f, isMoney = amount.Exactly(m), true
		}
		s.money[i] = s.money[i] || isMoney
		if f.Known && counts {
			s.sums[i] += f.Ore
			s.amounts[i]++
		}
	}
	if err := s.SetRow(fmt.Sprintf("A%d", s.rows+1), s.line[:len(cells)]); err != nil {
		return fmt.Errorf("write row %d: %w", s.rows+1, err)
	}
	return nil
}

// end finishes the sheet and notes its sums.
func (s *sheetOut) end(unsummed []string) error {
	if err := s.Flush(); err != nil {
		return fmt.Errorf("write sheet: %w", err)
	}
	if len(s.columns) == 0 {
		return nil
	}
	last, err := excelize.CoordinatesToCellName(len(s.columns), s.rows+1)
	if err != nil {
		return fmt.Errorf("write sheet: %w", err)
	}
	if err := s.b.AutoFilter(s.name, "A1:"+last, nil); err != nil {
		return fmt.Errorf("write filters: %w", err)
	}
	for i, column := range s.columns {
		if !s.money[i] || slices.Contains(unsummed, column) {
			continue
		}
		of := s.cellsOf(i)
		sum := columnSum{list: s.name, column: column, sum: s.sums[i], unknown: s.rows - s.amounts[i]}
		// Sums of what a filter leaves, save where the list itself says what counts.
		sum.formula, sum.missing = "SUBTOTAL(109,"+of+")", fmt.Sprintf("ROWS(%s)-COUNT(%s)", of, of)
		if s.counts >= 0 {
			which := s.cellsOf(s.counts)
			sum.formula = fmt.Sprintf("SUMIF(%s,TRUE,%s)", which, of)
			sum.missing = fmt.Sprintf("ROWS(%s)-COUNTIFS(%s,TRUE,%s,\"<>\")", of, which, of)
		}
		s.b.sums = append(s.b.sums, sum)
	}
	return nil
}

// cellsOf names a column's cells below the heading.
func (s *sheetOut) cellsOf(i int) string {
	name, err := excelize.ColumnNumberToName(i + 1)
	if err != nil {
		return "" // there are fewer columns than that
	}
	return fmt.Sprintf("'%s'!%s2:%s%d", strings.ReplaceAll(s.name, "'", "''"), name, name, max(s.rows, 1)+1)
}

// end writes the sums and the workbook.
func (b *book) end(w io.Writer) error {
	if len(b.sums) > 0 {
		s, err := b.sheet("sums", []string{"list", "column", "sum", "rows_without_amount"})
		if err != nil {
			return err
		}
		for i, sum := range b.sums {
			row := []any{sum.list, sum.column, excelize.Cell{StyleID: b.kroner, Formula: sum.formula, Value: kroner(sum.sum)}, excelize.Cell{Formula: sum.missing, Value: sum.unknown}}
			if err := s.SetRow(fmt.Sprintf("A%d", i+2), row); err != nil {
				return fmt.Errorf("write sums: %w", err)
			}
		}
		if err := s.Flush(); err != nil {
			return fmt.Errorf("write sums: %w", err)
		}
	}
	if _, err := b.WriteTo(w); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

func (b *book) cell(v any) any {
	switch v := v.(type) {
	case nil:
		return nil
	case amount.Money:
		return excelize.Cell{StyleID: b.kroner, Value: kroner(v)}
	case amount.Figure:
		if !v.Known {
			return nil
		}
		style := b.kroner
		if v.Approximate {
			style = b.about
		}
		return excelize.Cell{StyleID: style, Value: kroner(v.Ore)}
	case amount.Month:
		return day(v.First(), b.month)
	case amount.Date:
		return day(v, b.date)
	case string:
		return literal(v)
	case int, int64, bool:
		return v
	case fmt.Stringer:
		return v.String()
	}
	return fmt.Sprint(v)
}

// literal keeps a text that begins as a guarded one does from losing its quotation mark when the file is read again.
func literal(s string) string {
	if formula(s) != s {
		return "'" + s
	}
	return s
}

// day gives the number by which a workbook knows a day; none is empty.
func day(d amount.Date, style int) any {
	if d == 0 {
		return nil
	}
	first := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	return excelize.Cell{StyleID: style, Value: int(d.Time(time.UTC).Sub(first).Hours() / 24)}
}

// kroner gives the number that a workbook holds, which has 15 digits: amounts up to amount.Max keep every øre.
func kroner(m amount.Money) float64 { return float64(m) / 100 }
