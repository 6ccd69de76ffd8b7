package exchange

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"gevinst/portfolio/amount"
)

// The number formats of a sheet. "ca." stays with a figure, which remains a number that can be added up.
const (
	kronerFormat = `#,##0.00`
	aboutFormat  = `"ca. "#,##0.00`
)

// WriteXLSX writes the table as a workbook of one sheet: typed cells, amounts in kroner, a heading that stays in view and
// filters. A text is a text there, never a formula.
func WriteXLSX(w io.Writer, t Table) (err error) {
	f := excelize.NewFile()
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
	}()
	const sheet = "Sheet1"
	s, err := newWorkbook(f, sheet)
	if err != nil {
		return err
	}
	if err := s.heading(t.Columns); err != nil {
		return err
	}
	line := make([]any, len(t.Columns))
	for i, row := range t.Rows {
		for c, cell := range row {
			line[c] = s.cell(cell)
		}
		if err := s.SetRow(fmt.Sprintf("A%d", i+2), line); err != nil {
			return fmt.Errorf("write row %d: %w", i+2, err)
		}
	}
	if err := s.Flush(); err != nil {
		return fmt.Errorf("write sheet: %w", err)
	}
	if len(t.Columns) > 0 {
		last, err := excelize.CoordinatesToCellName(len(t.Columns), len(t.Rows)+1)
		if err != nil {
			return fmt.Errorf("write sheet: %w", err)
		}
		if err := f.AutoFilter(sheet, "A1:"+last, nil); err != nil {
			return fmt.Errorf("write filters: %w", err)
		}
	}
	if _, err := f.WriteTo(w); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

type workbook struct {
	*excelize.StreamWriter
	bold, kroner, about int
}

func newWorkbook(f *excelize.File, name string) (*workbook, error) {
	var s workbook
	style := func(into *int, st *excelize.Style) (err error) {
		*into, err = f.NewStyle(st)
		return err
	}
	exact, about := kronerFormat, aboutFormat
	for _, err := range []error{
		style(&s.bold, &excelize.Style{Font: &excelize.Font{Bold: true}}),
		style(&s.kroner, &excelize.Style{CustomNumFmt: &exact}),
		style(&s.about, &excelize.Style{CustomNumFmt: &about}),
	} {
		if err != nil {
			return nil, fmt.Errorf("make styles: %w", err)
		}
	}
	var err error
	if s.StreamWriter, err = f.NewStreamWriter(name); err != nil {
		return nil, fmt.Errorf("write sheet: %w", err)
	}
	return &s, nil
}

func (s *workbook) heading(columns []string) error {
	if len(columns) > 0 {
		if err := s.SetColWidth(1, len(columns), 18); err != nil {
			return fmt.Errorf("set widths: %w", err)
		}
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return fmt.Errorf("freeze heading: %w", err)
	}
	heads := make([]any, len(columns))
	for i, c := range columns {
		heads[i] = excelize.Cell{StyleID: s.bold, Value: c}
	}
	if err := s.SetRow("A1", heads); err != nil {
		return fmt.Errorf("write heading: %w", err)
	}
	return nil
}

func (s *workbook) cell(v any) any {
	switch v := v.(type) {
	case nil:
		return nil
	case amount.Money:
		return excelize.Cell{StyleID: s.kroner, Value: kroner(v)}
	case amount.Figure:
		if !v.Known {
			return nil
		}
		style := s.kroner
		if v.Approximate {
			style = s.about
		}
		return excelize.Cell{StyleID: style, Value: kroner(v.Ore)}
	case string, int, int64, bool:
		return v
	case fmt.Stringer:
		return v.String()
	}
	return fmt.Sprint(v)
}

// kroner gives the number that a workbook holds, which has 15 digits: amounts up to amount.Max keep every øre.
func kroner(m amount.Money) float64 { return float64(m) / 100 }
