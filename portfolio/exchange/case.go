package exchange

import (
	"errors"
	"fmt"
	"io"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/appraisal"
)

// The sheets of a business case's workbook. What an owner fills in stands on the first three; the others are worked out of
// them, and nothing is ever read from there.
const (
	linesSheet   = "Businesscase"
	pointsSheet  = "Lav og høj"
	headSheet    = "Forudsætninger"
	resultSheet  = "Resultat"
	workingSheet = "Beregning"
	markSheet    = "gevinst" // hidden: which version of which case it is
)

// caseFormat tells the workbook's layout from others that there may come to be, caseMark the file from others altogether.
const (
	caseFormat = 1
	caseMark   = "gevinst-businesscase"
)

// The layout of the lines: below a title, a line of help and a header, one row a line, and spareLines empty ones for new.
const (
	caseHeader = 3
	firstLine  = caseHeader + 1
	spareLines = 20

	keyColumn       = 1 // hidden: the line's id, or a plus and a number for an empty row
	kindColumn      = 2
	titleColumn     = 3
	noteColumn      = 4
	indexColumn     = 5
	priceColumn     = 6
	firstYearColumn = 7
)

// firstPoint is the column of the first low amount; the high ones follow the low ones.
const firstPoint = 3

// caseWord is what the workbook calls a value.
type caseWord[E comparable] struct {
	value E
	word  string
}

var caseKinds = []caseWord[appraisal.Kind]{
	{appraisal.OneOff, "Engangsudgift"}, {appraisal.Running, "Ændring i driftsudgifter"}, {appraisal.Benefit, "Besparelse"},
}

var financingWords = []caseWord[portfolio.Financing]{
	{portfolio.OwnFrame, "Egen ramme"}, {portfolio.Pool, "Pulje"}, {portfolio.Capital, "Anlæg"},
}

func wordOf[E comparable](list []caseWord[E], value E) string {
	for _, w := range list {
		if w.value == value {
			return w.word
		}
	}
	return ""
}

func wordsOf[E comparable](list []caseWord[E]) []string {
	words := make([]string, len(list))
	for k, w := range list {
		words[k] = w.word
	}
	return words
}

// indexWords are the price indexes by name; one whose name another has too carries its number.
func indexWords(p *portfolio.Portfolio) (list []caseWord[portfolio.PriceIndexID]) {
	times := map[string]int{}
	for x := range p.Indexes.All() {
		times[x.Name]++
	}
	for x := range p.Indexes.All() {
		name := x.Name
		if times[name] > 1 {
			name = fmt.Sprintf("%s (%d)", name, x.ID)
		}
		list = append(list, caseWord[portfolio.PriceIndexID]{x.ID, name})
	}
	return list
}

// linesHeader is the heading over the lines, pointsHeader that over the low and high amounts.
func linesHeader(c *portfolio.CaseContent) []any {
	head := []any{"Id", "Slags", "Navn", "Note", "Indeks", "Prisår"}
	for t := range c.Years {
		head = append(head, c.FirstYear+t)
	}
	return head
}

func pointsHeader(c *portfolio.CaseContent) []any {
	head := []any{"Id", "Navn"}
	for _, word := range []string{"Lav", "Høj"} {
		for t := range c.Years {
			head = append(head, fmt.Sprintf("%s %d", word, c.FirstYear+t))
		}
	}
	return head
}

// WriteCase writes a version of a business case as a workbook that its owner can fill in without us: light cells take input,
// everything else is locked. Its results are formulas, which give what Portfolio.Appraise gives. CaseReading reads it again.
func WriteCase(w io.Writer, p *portfolio.Portfolio, c *portfolio.BusinessCase) (err error) {
	b, err := newCaseBook(p, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	b.writeLines()
	b.writePoints()
	b.writeHead()
	b.writeResult()
	b.writeWorking()
	b.writeMark()
	if err := b.finish(); err != nil {
		return fmt.Errorf("write business case %d: %w", c.ID, err)
	}
	if _, err := b.WriteTo(w); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

// rows is how many rows there are for lines, the empty ones among them.
func (b *caseBook) rows() int {
	return len(b.c.Lines) + min(spareLines, portfolio.MaxCaseLines-len(b.c.Lines))
}

// keyOf names the row of a line, on every sheet that has one for it.
func (b *caseBook) keyOf(k int) any {
	if k < len(b.c.Lines) {
		return int64(b.c.Lines[k].ID)
	}
	return "+" + strconv.Itoa(k-len(b.c.Lines)+1)
}

func (b *caseBook) writeLines() {
	title := "Businesscase"
	if i := b.p.Initiatives.Ever(b.c.Initiative); i != nil {
		title += ": " + i.Title
	}
	b.title(linesSheet, fmt.Sprintf("%s, version %d", title, b.c.No),
		`Udfyld de lyse felter. Beløb i kr.; ? er ukendt; »ca. 300.000« er omtrentligt, »300.000 kr.« er det ikke. Nye linjer skrives i de tomme rækker; en linje, der tømmes, slettes.`)
	years := b.c.Years
	b.header(linesSheet, caseHeader, firstYearColumn, append(linesHeader(&b.c.CaseContent), "I alt"))
	for k := range b.rows() {
		row := firstLine + k
		b.put(linesSheet, keyColumn, row, b.locked, b.keyOf(k))
		var l portfolio.CaseLine
		if k < len(b.c.Lines) {
			l = b.c.Lines[k]
		}
		b.put(linesSheet, kindColumn, row, b.words, wordOf(caseKinds, l.Kind))
		b.put(linesSheet, titleColumn, row, b.words, literal(l.Title))
		b.put(linesSheet, noteColumn, row, b.words, literal(l.Note))
		b.put(linesSheet, indexColumn, row, b.words, wordOf(b.indexes, l.Index))
		b.put(linesSheet, priceColumn, row, b.whole, reference(int64(l.PriceYear)))
		for t := range years {
			b.amount(linesSheet, firstYearColumn+t, row, l.In(t).Likely, t < len(l.Amounts))
		}
		// What is written in words, "ca. 300.000", is added up on the working sheet, which reads it.
		b.formula(linesSheet, firstYearColumn+years, row, b.sum, fmt.Sprintf(`IF(COUNT(%[1]s)=0,"",SUM(%[1]s)/100)`, b.stated(row)))
	}
	last := firstLine + b.rows() - 1
	b.choose(linesSheet, kindColumn, firstLine, last, wordsOf(caseKinds))
	if len(b.indexes) > 0 {
		b.chooseFrom(linesSheet, indexColumn, firstLine, last, fmt.Sprintf("%s!$A$%d:$A$%d", markSheet, firstIndex, firstIndex+len(b.indexes)-1))
	}
	b.whole4(linesSheet, priceColumn, firstLine, last)
	b.widths(linesSheet, map[int]float64{kindColumn: 24, titleColumn: 34, noteColumn: 28, indexColumn: 18, priceColumn: 8}, firstYearColumn, firstYearColumn+years, 15)
	b.freeze(linesSheet, firstYearColumn, firstLine)
	b.hideKeys(linesSheet)
}

func (b *caseBook) writePoints() {
	b.title(pointsSheet, "Lav og høj", `Hvor lavt og hvor højt kan et beløb blive? Rækkerne er dem fra arket »Businesscase«. Lad cellen stå tom, hvor det ikke er vurderet.`)
	b.header(pointsSheet, caseHeader, firstPoint, pointsHeader(&b.c.CaseContent))
	years := b.c.Years
	for k := range b.rows() {
		row := firstLine + k
		b.put(pointsSheet, keyColumn, row, b.locked, b.keyOf(k))
		b.formula(pointsSheet, 2, row, b.locked, fmt.Sprintf(`IF(%[1]s<>"",%[1]s,%[2]s&"")`, at(linesSheet, titleColumn, row), at(linesSheet, kindColumn, row)))
		var l portfolio.CaseLine
		if k < len(b.c.Lines) {
			l = b.c.Lines[k]
		}
		for t := range years {
			b.amount(pointsSheet, firstPoint+t, row, l.In(t).Low, false)
			b.amount(pointsSheet, firstPoint+years+t, row, l.In(t).High, false)
		}
	}
	b.widths(pointsSheet, map[int]float64{2: 34}, firstPoint, firstPoint+2*years-1, 15)
	b.freeze(pointsSheet, firstPoint, firstLine)
	b.hideKeys(pointsSheet)
}

// amount writes an amount into a cell for input. What is not known is a question mark where that was stated, else empty.
func (b *caseBook) amount(sheet string, column, row int, f amount.Figure, stated bool) {
	switch {
	case f.Known && f.Approximate:
		b.put(sheet, column, row, b.about, kroner(f.Ore))
	case f.Known:
		b.put(sheet, column, row, b.exact, kroner(f.Ore))
	case stated:
		b.put(sheet, column, row, b.exact, unknownAmount)
	default:
		b.put(sheet, column, row, b.exact, nil)
	}
}

// unknownAmount states that an amount is not known.
const unknownAmount = "?"
