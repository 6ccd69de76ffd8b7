package exchange

import (
	"strconv"

	"github.com/xuri/excelize/v2"

	"gevinst/portfolio"
	"gevinst/portfolio/appraisal"
)

// The rows of what is assumed. First year and years are the columns' own, and so are changed on the page alone.
const (
	datedRow = iota + 4
	priceYearRow
	firstYearRow
	yearsRow
	rateRow
	rateNoteRow
	financingRow
	financingNoteRow
	summaryRow
	assumptionsHeader = summaryRow + 2
	firstAssumption   = assumptionsHeader + 1
	spareAssumptions  = 20
)

// The rows of the hidden sheet: what the file is, the tables of rates, and the price indexes.
const (
	markRow    = 1
	formatRow  = 2
	caseIDRow  = 3
	versionRow = 4
	ownerRow   = 5
	firstStep  = 8
	firstIndex = 30
	indexYears = firstIndex - 1
)

func (b *caseBook) writeHead() {
	c := &b.c.CaseContent
	b.title(headSheet, "Forudsætninger", "Udfyld de lyse felter. Første år og antal år ændres på siden i systemet; hent så arket igen.")
	put := func(row int, label string, style int, v any) {
		b.put(headSheet, 1, row, b.bold, label)
		b.put(headSheet, 2, row, style, v)
	}
	var dated any
	if cell, ok := day(c.Dated, 0).(excelize.Cell); ok {
		dated = cell.Value
	}
	put(datedRow, "Dateret (vælger rentetabellen)", b.date, dated)
	put(priceYearRow, "Prisniveau (år)", b.whole, c.PriceYear)
	put(firstYearRow, "Første år", b.locked, c.FirstYear)
	put(yearsRow, "Antal år", b.locked, c.Years)
	put(rateRow, "Egen rente (tom: tabellens)", b.percent, rateCell(c.Rate))
	put(rateNoteRow, "Hvorfor en anden rente", b.words, literal(c.RateNote))
	put(financingRow, "Finansiering", b.words, wordOf(financingWords, c.Financing))
	put(financingNoteRow, "Note om finansieringen", b.words, literal(c.FinancingNote))
	put(summaryRow, "Sammenfatning", b.words, literal(c.Summary))
	b.header(headSheet, assumptionsHeader, 3, []any{"Forudsætning", "Kilde (dokument)"})
	for k := range min(len(c.Assumptions)+spareAssumptions, portfolio.MaxCaseLines) {
		var a portfolio.Note
		if k < len(c.Assumptions) {
			a = c.Assumptions[k]
		}
		b.put(headSheet, 1, firstAssumption+k, b.words, literal(a.Text))
		b.put(headSheet, 2, firstAssumption+k, b.words, literal(a.Source.Document))
	}
	b.choose(headSheet, 2, financingRow, financingRow, wordsOf(financingWords))
	b.whole4(headSheet, 2, priceYearRow, priceYearRow)
	b.widths(headSheet, nil, 1, 2, 60)
	b.freeze(headSheet, 2, datedRow)
}

// rateCell gives a case's own rate as a number where a workbook's holds it, else in words, and nothing where there is none.
func rateCell(rate string) any {
	n, err := strconv.ParseFloat(rate, 64)
	if err != nil {
		return nil
	}
	if parsed, err := appraisal.ParseRate(strconv.FormatFloat(n, 'g', 15, 64)); err == nil && parsed.String() == rate {
		return n
	}
	return rate
}

// writeMark writes what tells the file from another, and the tables that the formulas look in.
func (b *caseBook) writeMark() {
	for row, v := range map[int]any{
		markRow: caseMark, formatRow: caseFormat, caseIDRow: int64(b.c.ID), versionRow: b.c.Version, ownerRow: int64(b.c.Initiative),
	} {
		b.put(markSheet, 1, row, b.locked, v)
	}
	for k, s := range rateSteps() {
		from, _ := day(s.from, 0).(excelize.Cell)
		b.put(markSheet, 1, firstStep+k, b.locked, from.Value)
		b.put(markSheet, 2, firstStep+k, b.locked, s.through)
		b.put(markSheet, 3, firstStep+k, b.locked, rateCell(s.rate.String()))
	}
	first, last := b.indexSpan()
	for year := first; year <= last; year++ {
		b.put(markSheet, 2+year-first, indexYears, b.locked, year)
	}
	for k, w := range b.indexes {
		b.put(markSheet, 1, firstIndex+k, b.locked, literal(w.word))
		for _, point := range b.p.Indexes.Get(w.value).Points {
			b.put(markSheet, 2+point.Year-first, firstIndex+k, b.locked, point.Milli)
		}
	}
}

// indexSpan is the years that the indexes have points for, all together; none is one year.
func (b *caseBook) indexSpan() (first, last int) {
	first, last = 2100, 2000
	for x := range b.p.Indexes.All() {
		for _, point := range x.Points {
			first, last = min(first, point.Year), max(last, point.Year)
		}
	}
	return first, max(first, last)
}
