package web

import (
	"cmp"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/appraisal"
)

// sentCase is what a form makes of a business case. It remembers which number each line and assumption has in the form, so that
// what the domain refuses is shown where it was typed.
type sentCase struct {
	portfolio.CaseContent
	lines, assumptions []int
}

// readCase lays what was sent over the content that it was written on: what is not named stays as it is. What cannot be read is
// refused in the form; the rest is read all the same, so that it can be counted.
func readCase(f *form, base *portfolio.CaseContent) *sentCase {
	c := &sentCase{CaseContent: *base}
	c.readHead(f)
	c.readAssumptions(f, base)
	c.readLines(f, base)
	return c
}

func (c *sentCase) readHead(f *form) {
	texts := map[string]*string{
		"rate_note": &c.RateNote, "financing_note": &c.FinancingNote, "summary": &c.Summary,
	}
	for name, into := range texts {
		if given(f, name) {
			*into = f.get(name)
		}
	}
	for name, into := range map[string]*int{"price_year": &c.PriceYear, "first_year": &c.FirstYear, "years": &c.Years} {
		if given(f, name) {
			*into = int(f.int(name))
		}
	}
	if given(f, "dated") {
		c.Dated = f.date("dated")
	}
	if given(f, "financing") {
		c.Financing = 0
		f.code("financing", &c.Financing)
	}
	if given(f, "rate") {
		c.Rate = readPercent(f, "rate")
	}
}

var percentText = regexp.MustCompile(`^(-?[0-9]{1,3}(?:[.,][0-9]{1,14})?)(?:[ \x{a0}]?(?:%|pct\.?))?$`)

// readPercent reads a rate as people say it, 3,5 or 3,5 %, and gives the fraction that the domain keeps: 0.035.
func readPercent(f *form, name string) string {
	text := f.get(name)
	if text == "" {
		return ""
	}
	part := percentText.FindStringSubmatch(text)
	if part == nil {
		f.bad(name, "error.case.percent", text)
		return ""
	}
	rate, err := appraisal.ParseRate(strings.Replace(part[1], ",", ".", 1) + "e-2")
	if err != nil || !rate.Valid() {
		f.bad(name, "error.case.percent", text)
		return ""
	}
	return rate.String()
}

// percentOf writes a rate's fraction as readPercent reads it; what is no rate is given as it stands.
func percentOf(fraction string) string {
	rate, err := appraisal.ParseRate(fraction)
	if fraction == "" || err != nil || rate > appraisal.MaxRate || rate < appraisal.MinRate {
		return fraction
	}
	q, _ := new(big.Rat).SetString(rate.String())
	text := strings.TrimRight(q.Mul(q, big.NewRat(100, 1)).FloatString(16), "0")
	return strings.Replace(strings.TrimSuffix(text, "."), ".", ",", 1)
}

// formNumbers finds the numbers that stand after a prefix among the form's names, in their order.
func formNumbers(f *form, prefix string) []int {
	seen := map[int]bool{}
	for name := range f.Values {
		rest, ok := strings.CutPrefix(name, prefix)
		if !ok {
			continue
		}
		digits, _, ok := strings.Cut(rest, ".")
		if n, err := strconv.Atoi(digits); ok && err == nil && n >= 0 {
			seen[n] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

func assumptionField(n int, part string) string {
	return "assumption." + strconv.Itoa(n) + "." + part
}

// readAssumptions takes the list as it was sent. One that says what it said before keeps the rest of its source.
func (c *sentCase) readAssumptions(f *form, base *portfolio.CaseContent) {
	numbers := formNumbers(f, "assumption.")
	if len(numbers) == 0 {
		for n := range c.Assumptions {
			c.assumptions = append(c.assumptions, n)
		}
		return
	}
	c.Assumptions = nil
	for _, n := range numbers {
		a := portfolio.Note{Text: f.get(assumptionField(n, "text")), Source: portfolio.Source{Document: f.get(assumptionField(n, "document"))}}
		if a.Text == "" && a.Source.Document == "" {
			continue
		}
		for _, was := range base.Assumptions {
			if was.Text == a.Text && was.Source.Document == a.Source.Document {
				a = was
			}
		}
		c.Assumptions, c.assumptions = append(c.Assumptions, a), append(c.assumptions, n)
	}
}

func lineField(key int, part string) string { return "line." + strconv.Itoa(key) + "." + part }

func cellField(key, year int, point portfolio.Point) string {
	return lineField(key, "y"+strconv.Itoa(year)+"."+point.String())
}

// sentCell is one amount as it was typed.
type sentCell struct {
	name  string
	year  int
	point portfolio.Point
}

// sentCells finds the form's cells by their lines.
func sentCells(f *form) map[int][]sentCell {
	cells := map[int][]sentCell{}
	for name := range f.Values {
		rest, ok := strings.CutPrefix(name, "line.")
		if !ok {
			continue
		}
		digits, rest, _ := strings.Cut(rest, ".")
		year, code, ok := strings.Cut(rest, ".")
		if !ok || len(year) != 5 || year[0] != 'y' {
			continue
		}
		key, err := strconv.Atoi(digits)
		y, err2 := strconv.Atoi(year[1:])
		var point portfolio.Point
		if err != nil || err2 != nil || point.UnmarshalText([]byte(code)) != nil || point == 0 {
			continue
		}
		cells[key] = append(cells[key], sentCell{name, y, point})
	}
	for _, line := range cells { // refusals are told in the order of the page
		slices.SortFunc(line, func(a, b sentCell) int { return cmp.Or(a.year-b.year, int(a.point)-int(b.point)) })
	}
	return cells
}

// readLines reads the lines that were sent; others stay, and a new one that says nothing is none.
func (c *sentCase) readLines(f *form, base *portfolio.CaseContent) {
	cells, keys := sentCells(f), map[portfolio.LineID]int{}
	var added []int
	for _, key := range formNumbers(f, "line.") {
		if id := portfolio.LineID(f.int(lineField(key, "id"))); id != 0 {
			keys[id] = key
		} else {
			added = append(added, key)
		}
	}
	c.Lines = nil
	outside := 0
	add := func(l portfolio.CaseLine, key int) {
		if f.get(lineField(key, "remove")) != "" {
			return
		}
		readCaseLine(f, &l, key)
		outside += c.readAmounts(f, &l, base.FirstYear, cells[key])
		if l.ID == 0 && blankLine(&l) {
			return
		}
		c.Lines, c.lines = append(c.Lines, l), append(c.lines, key)
	}
	free, taken := len(base.Lines), map[int]bool{}
	for _, key := range formNumbers(f, "line.") {
		free, taken[key] = max(free, key+1), true
	}
	for place, l := range base.Lines {
		key, sent := keys[l.ID]
		switch {
		case !sent && !taken[place]:
			key = place // as the page numbers it
		case !sent:
			key, free = free, free+1
		}
		delete(keys, l.ID)
		add(l, key)
	}
	for _, id := range slices.Sorted(maps.Keys(keys)) { // taken out meanwhile, or never there: the domain tells
		add(portfolio.CaseLine{ID: id}, keys[id])
	}
	for _, key := range added {
		add(portfolio.CaseLine{}, key)
	}
	if outside > 0 {
		f.bad("years", "error.case.outside", outside, c.FirstYear, c.FirstYear+c.Years-1)
	}
}

func blankLine(l *portfolio.CaseLine) bool {
	return l.Title == "" && l.Note == "" && len(l.Amounts) == 0
}

func readCaseLine(f *form, l *portfolio.CaseLine, key int) {
	if name := lineField(key, "kind"); given(f, name) {
		l.Kind = 0
		f.code(name, &l.Kind)
	}
	if name := lineField(key, "title"); given(f, name) {
		l.Title = f.get(name)
	}
	if name := lineField(key, "note"); given(f, name) {
		l.Note = f.get(name)
	}
	if name := lineField(key, "benefit"); given(f, name) {
		l.Benefit = portfolio.BenefitID(f.int(name))
	}
	if name := lineField(key, "index"); given(f, name) {
		l.Index = portfolio.PriceIndexID(f.int(name))
	}
	if name := lineField(key, "price_year"); given(f, name) {
		l.PriceYear = int(f.int(name))
	}
}

// unknownMark is how somebody states that an amount is not known.
const unknownMark = "?"

// readAmounts lays the cells over the line's amounts, year by year of the calendar: an empty cell before a stated one is unknown,
// one at the line's end is nothing. It tells how many amounts lie in years that the case does not have.
func (c *sentCase) readAmounts(f *form, l *portfolio.CaseLine, first int, cells []sentCell) (outside int) {
	if c.Years < 1 || c.Years > portfolio.MaxCaseYears {
		return 0 // refused by itself
	}
	type said struct {
		portfolio.Estimate
		stated bool
	}
	years := make(map[int]said, len(l.Amounts))
	for t, e := range l.Amounts {
		years[first+t] = said{e, true}
	}
	for _, cell := range cells {
		e, text := years[cell.year], f.get(cell.name)
		var v amount.Figure
		if text != "" && text != unknownMark {
			v = f.figure(cell.name)
		}
		switch cell.point {
		case portfolio.Low:
			e.Low = v
		case portfolio.High:
			e.High = v
		default:
			e.Likely, e.stated = v, text != ""
		}
		years[cell.year] = e
	}
	l.Amounts = nil
	for year := range years {
		e := years[year]
		known := e.Low.Known || e.Likely.Known || e.High.Known
		t := year - c.FirstYear
		switch {
		case !known && !e.stated:
		case t >= 0 && t < c.Years:
			for len(l.Amounts) <= t {
				l.Amounts = append(l.Amounts, portfolio.Estimate{})
			}
			l.Amounts[t] = e.Estimate
		case known:
			outside++
		}
	}
	return outside
}
