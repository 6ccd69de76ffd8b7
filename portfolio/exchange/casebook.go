package exchange

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"gevinst/portfolio"
)

// caseBook is a business case's workbook while it is written. The first error is kept for finish.
type caseBook struct {
	*excelize.File
	p       *portfolio.Portfolio
	c       *portfolio.BusinessCase
	indexes []caseWord[portfolio.PriceIndexID]
	err     error

	// Styles of what is locked and, with a light ground, of what takes input.
	bold, head, headRight, locked, sum, factor, rate, decimal int
	words, whole, exact, about, date, percent                 int
}

const (
	percentFormat = `0.0##%`
	headFormat    = `0`
	plainFormat   = `#,##0.00;-#,##0.00`
)

func newCaseBook(p *portfolio.Portfolio, c *portfolio.BusinessCase) (*caseBook, error) {
	b := &caseBook{File: excelize.NewFile(), p: p, c: c, indexes: indexWords(p)}
	grey := excelize.Border{Type: "bottom", Color: "BFBFBF", Style: 1}
	style := func(into *int, format string, open, bold, wrap bool) {
		s := &excelize.Style{
			Protection: &excelize.Protection{Locked: !open}, Font: &excelize.Font{Bold: bold},
			Alignment: &excelize.Alignment{Vertical: "top", WrapText: wrap},
		}
		if format != "" {
			s.CustomNumFmt = &format
		}
		if open {
			s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFF9E5"}}
			s.Border = []excelize.Border{grey, {Type: "left", Color: "BFBFBF", Style: 1}, {Type: "right", Color: "BFBFBF", Style: 1}}
		}
		if format == kronerFormat || format == aboutFormat || format == headFormat {
			s.Alignment.Horizontal = "right" // the question mark too
		}
		id, err := b.NewStyle(s)
		*into, b.err = id, errors.Join(b.err, err)
	}
	style(&b.bold, "", false, true, false)
	style(&b.head, "", false, true, true)
	style(&b.headRight, headFormat, false, true, true)
	style(&b.locked, "", false, false, false)
	style(&b.sum, plainFormat, false, false, false)
	style(&b.factor, "0.000000", false, false, false)
	style(&b.rate, percentFormat, false, false, false)
	style(&b.decimal, "0.0", false, false, false)
	style(&b.words, "", true, false, true)
	style(&b.whole, "0", true, false, false)
	style(&b.exact, kronerFormat, true, false, false)
	style(&b.about, aboutFormat, true, false, false)
	style(&b.date, dateFormat, true, false, false)
	style(&b.percent, percentFormat, true, false, false)
	b.keep(b.SetSheetName("Sheet1", linesSheet))
	for _, name := range []string{pointsSheet, headSheet, resultSheet, workingSheet, markSheet} {
		_, err := b.NewSheet(name)
		b.keep(err)
	}
	if b.err != nil {
		return nil, errors.Join(fmt.Errorf("make workbook: %w", b.err), b.Close())
	}
	return b, nil
}

func (b *caseBook) keep(err error) {
	if b.err == nil {
		b.err = err
	}
}

// cellName names a cell, A1; columns and rows are counted from 1 and are always within a sheet here.
func cellName(column, row int) string { return columnName(column) + strconv.Itoa(row) }

func columnName(column int) string {
	name, err := excelize.ColumnNumberToName(column)
	if err != nil {
		panic(err) // a column below 1 or beyond a sheet's last is a fault of ours
	}
	return name
}

// at names a cell of a sheet for a formula.
func at(sheet string, column, row int) string { return "'" + sheet + "'!" + cellName(column, row) }

// across names the cells of a row for a formula.
func across(sheet string, from, to, row int) string {
	return at(sheet, from, row) + ":" + cellName(to, row)
}

func (b *caseBook) put(sheet string, column, row, style int, v any) {
	name := cellName(column, row)
	b.keep(b.SetCellStyle(sheet, name, name, style))
	switch v := v.(type) {
	case nil:
	case string:
		if v != "" {
			b.keep(b.SetCellStr(sheet, name, v))
		}
	default:
		b.keep(b.SetCellValue(sheet, name, v))
	}
}

func (b *caseBook) formula(sheet string, column, row, style int, f string) {
	name := cellName(column, row)
	b.keep(b.SetCellStyle(sheet, name, name, style))
	b.keep(b.SetCellFormula(sheet, name, f))
}

// title writes the first two rows of a sheet.
func (b *caseBook) title(sheet, title, help string) {
	column := 2
	if sheet == resultSheet || sheet == headSheet || sheet == workingSheet {
		column = 1
	}
	b.put(sheet, column, 1, b.bold, literal(title))
	b.put(sheet, column, 2, b.locked, help)
}

// header writes a heading; from the column of the first figures on it stands to the right, over them.
func (b *caseBook) header(sheet string, row, figures int, cells []any) {
	for k, v := range cells {
		style := b.head
		if k+1 >= figures {
			style = b.headRight
		}
		b.put(sheet, k+1, row, style, v)
	}
}

func (b *caseBook) widths(sheet string, some map[int]float64, from, to int, each float64) {
	for column, width := range some {
		b.keep(b.SetColWidth(sheet, columnName(column), columnName(column), width))
	}
	b.keep(b.SetColWidth(sheet, columnName(from), columnName(to), each))
}

// freeze keeps what stands above the row and left of the column in view.
func (b *caseBook) freeze(sheet string, column, row int) {
	b.keep(b.SetPanes(sheet, &excelize.Panes{
		Freeze: true, XSplit: column - 1, YSplit: row - 1, TopLeftCell: cellName(column, row), ActivePane: "bottomRight",
	}))
}

func (b *caseBook) hideKeys(sheet string) {
	b.keep(b.SetColVisible(sheet, columnName(keyColumn), false))
}

// Each of these bounds what a column's cells take.
func (b *caseBook) choose(sheet string, column, first, last int, words []string) {
	b.validate(sheet, column, first, last, func(v *excelize.DataValidation) error { return v.SetDropList(words) })
}

func (b *caseBook) chooseFrom(sheet string, column, first, last int, cells string) {
	b.validate(sheet, column, first, last, func(v *excelize.DataValidation) error { v.SetSqrefDropList(cells); return nil })
}

func (b *caseBook) whole4(sheet string, column, first, last int) {
	b.validate(sheet, column, first, last, func(v *excelize.DataValidation) error {
		return v.SetRange(2000, 2100, excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween)
	})
}

func (b *caseBook) validate(sheet string, column, first, last int, rule func(*excelize.DataValidation) error) {
	v := excelize.NewDataValidation(true)
	v.SetSqref(cellName(column, first) + ":" + cellName(column, last))
	b.keep(rule(v))
	v.SetError(excelize.DataValidationErrorStyleStop, "Det kan cellen ikke indeholde", "Vælg fra listen, eller skriv et årstal fra 2000 til 2100.")
	b.keep(b.AddDataValidation(sheet, v))
}

// finish locks the sheets and sets them up for print: A4 across, as wide as one page.
func (b *caseBook) finish() error {
	a4, landscape, one, any := 9, "landscape", 1, 0
	fit, hidden := true, false
	for _, sheet := range b.GetSheetList() {
		b.keep(b.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &one, FitToHeight: &any}))
		b.keep(b.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
		b.keep(b.ProtectSheet(sheet, &excelize.SheetProtectionOptions{
			SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true, FormatRows: true,
		}))
	}
	b.keep(b.SetSheetVisible(markSheet, hidden))
	b.keep(b.ProtectWorkbook(&excelize.WorkbookProtectionOptions{LockStructure: true}))
	b.keep(b.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &fit}))
	return b.err
}
