package portfolio

import (
	"fmt"
	"slices"
	"strconv"

	"gevinst/portfolio/amount"
	"gevinst/portfolio/appraisal"
)

// The size of a business case: more is a slip, or a file that belongs elsewhere.
const (
	MaxCaseLines = 200
	MaxCaseYears = 71 // what the longest table of rates reaches
	// DefaultYears is the horizon of a new case: the budget year and the three years that a budget looks beyond it.
	DefaultYears = 4
)

// refuse names what cannot be kept, by its field: "lines.3.amounts.2.low" is the low amount of the third year (from 0) of
// the line with id 3; a line that has no id yet is named by its place, as "lines.+2".
func (c *CaseContent) refuse(p *Portfolio, initiative InitiativeID) error {
	var no Refusals
	if _, err := appraisal.TableOn(c.Dated); err != nil {
		no = append(no, invalid("dated", "error.case.no_table", appraisal.Tables()[0].ValidFrom))
	}
	for _, y := range [...]struct {
		field string
		year  int
	}{{"price_year", c.PriceYear}, {"first_year", c.FirstYear}} {
		if y.year < 2000 || y.year > 2100 {
			no = append(no, invalid(y.field, "error.year"))
		}
	}
	if c.Years < 1 || c.Years > MaxCaseYears {
		no = append(no, invalid("years", "error.case.years", MaxCaseYears))
	}
	if c.Rate != "" {
		if _, err := appraisal.ParseRate(c.Rate); err != nil {
			no = append(no, invalid("rate", "error.case.rate", c.Rate))
		}
		no = append(no, refuseText("rate_note", c.RateNote, 1000, true)...)
	}
	no = append(no, refuseText("financing_note", c.FinancingNote, 1000, false)...)
	no = append(no, refuseText("summary", c.Summary, maxText, false)...)
	for k, a := range c.Assumptions {
		no = append(no, refuseText(fmt.Sprintf("assumptions.%d", k), a.Text, 4000, true)...)
		no = append(no, refuseText(fmt.Sprintf("assumptions.%d", k), a.Source.Document+a.Source.Quote, 1000, false)...)
	}
	if len(c.Assumptions) > MaxCaseLines {
		no = append(no, invalid("assumptions", "error.too_many", MaxCaseLines))
	}
	if len(c.Lines) > MaxCaseLines {
		return append(no, invalid("lines", "error.too_many", MaxCaseLines))
	}
	for k := range c.Lines {
		no = append(no, c.refuseLine(p, initiative, k)...)
	}
	return no.Or()
}

func (c *CaseContent) refuseLine(p *Portfolio, initiative InitiativeID, k int) (no Refusals) {
	l := &c.Lines[k]
	field := LineField(l.ID, k)
	if l.Kind == 0 {
		no = append(no, invalid(field+".kind", "error.required"))
	}
	no = append(no, refuseText(field+".title", l.Title, 300, false)...)
	no = append(no, refuseText(field+".note", l.Note, 1000, false)...)
	if b := p.Benefits.Get(l.Benefit); l.Benefit != 0 && (b == nil || b.Initiative != initiative) {
		no = append(no, invalid(field+".benefit", "error.unknown_benefit"))
	}
	if l.Index != 0 && p.Indexes.Get(l.Index) == nil {
		no = append(no, invalid(field+".index", "error.unknown_index"))
	}
	if l.PriceYear != 0 && l.PriceYear != c.PriceYear {
		if index := p.Indexes.Get(l.Index); index == nil || !index.Has(l.PriceYear) || !index.Has(c.PriceYear) {
			no = append(no, invalid(field+".price_year", "error.no_index", l.PriceYear, c.PriceYear))
		}
	}
	if len(l.Amounts) > c.Years {
		no = append(no, invalid(field+".amounts", "error.too_many", c.Years))
	}
	for t, e := range l.Amounts {
		for _, point := range [...]Point{Low, Likely, High} {
			if f := e.stated(point); f.Ore > amount.Max || f.Ore < -amount.Max {
				no = append(no, invalid(fmt.Sprintf("%s.amounts.%d.%s", field, t, point), "error.too_large"))
			}
		}
		switch {
		case e.Likely.Known && (e.Low.Known && e.Low.Ore > e.Likely.Ore || e.High.Known && e.High.Ore < e.Likely.Ore):
			no = append(no, invalid(fmt.Sprintf("%s.amounts.%d.likely", field, t), "error.case.order"))
		case !e.Likely.Known && (e.Low.Known || e.High.Known):
			no = append(no, invalid(fmt.Sprintf("%s.amounts.%d.likely", field, t), "error.case.likely"))
		}
	}
	return no
}

// LineField names a line where it is refused, compared or imported: by its id, or by its place while it has none.
func LineField(id LineID, place int) string {
	if id == 0 {
		return "lines.+" + strconv.Itoa(place)
	}
	return "lines." + strconv.FormatInt(int64(id), 10)
}

func (e Estimate) stated(point Point) amount.Figure {
	switch point {
	case Low:
		return e.Low
	case High:
		return e.High
	}
	return e.Likely
}

// number gives lines without an id the next ones; a line that names an id which the case never gave is refused, and so is
// an id that stands twice.
func (c *CaseContent) number(last LineID) (LineID, error) {
	c.Lines = slices.Clone(c.Lines)
	seen := make(map[LineID]bool, len(c.Lines))
	highest := last
	for k := range c.Lines {
		l := &c.Lines[k]
		if l.ID < 0 || l.ID > last || seen[l.ID] {
			return last, invalid(LineField(l.ID, k), "error.case.line")
		}
		if l.ID == 0 {
			highest++
			l.ID = highest
		}
		seen[l.ID] = true
	}
	return highest, nil
}

// firstContent is what a first version begins with: what the initiative and its gains already say, year by year, or else the
// three lines that every case has.
func (p *Portfolio) firstContent(i *Initiative, today Date) CaseContent {
	c := CaseContent{Dated: today, PriceYear: p.priceYear(i, today), FirstYear: p.firstYear(i, today), Years: DefaultYears}
	c.Lines = append(c.Lines, CaseLine{Kind: appraisal.OneOff, Amounts: p.oneOffs(i, &c)})
	gains, running := 0, 0
	for _, b := range p.BenefitsOf(i.ID) {
		if b.Cash == nil {
			continue
		}
		gross, cost := CaseLine{Kind: appraisal.Benefit, Title: b.Title, Benefit: b.ID}, CaseLine{Kind: appraisal.Running, Title: b.Title, Benefit: b.ID}
		// What is stated in other prices is left for its owner to restate: two price levels are never added.
		if !b.Unknown() && (b.PriceYear == 0 || b.PriceYear == c.PriceYear) {
			gross.Amounts, cost.Amounts = b.flows(&c)
		}
		c.Lines = append(c.Lines, gross)
		gains++
		if b.Running.Known {
			c.Lines = append(c.Lines, cost)
			running++
		}
	}
	if gains == 0 {
		c.Lines = append(c.Lines, CaseLine{Kind: appraisal.Benefit})
	}
	if running == 0 {
		c.Lines = append(c.Lines, CaseLine{Kind: appraisal.Running})
	}
	slices.SortStableFunc(c.Lines, func(a, b CaseLine) int { return caseOrder(a.Kind) - caseOrder(b.Kind) })
	return c
}

// caseOrder is the order in which a case is read: what it costs once, what it costs a year, what it brings.
func caseOrder(k appraisal.Kind) int {
	return map[appraisal.Kind]int{appraisal.OneOff: 1, appraisal.Running: 2, appraisal.Benefit: 3}[k]
}

// priceYear is the latest price level that the initiative's gains are stated in; this year's where none says.
func (p *Portfolio) priceYear(i *Initiative, today Date) int {
	latest := 0
	for _, b := range p.BenefitsOf(i.ID) {
		if b.Cash != nil {
			latest = max(latest, b.PriceYear)
		}
	}
	if latest == 0 {
		return today.Year()
	}
	return latest
}

// firstYear is the year in which the initiative, or its first gain, begins; this year where neither says.
func (p *Portfolio) firstYear(i *Initiative, today Date) int {
	first := i.Now.Start
	for _, b := range p.BenefitsOf(i.ID) {
		if b.From != 0 && (first == 0 || b.From < first) {
			first = b.From
		}
	}
	if first == 0 {
		return today.Year()
	}
	return first.Year()
}

func (p *Portfolio) oneOffs(i *Initiative, c *CaseContent) []Estimate {
	if !i.OneOff.Known {
		return nil
	}
	t := 0
	if i.Now.Start != 0 {
		t = min(max(i.Now.Start.Year()-c.FirstYear, 0), c.Years-1)
	}
	list := make([]Estimate, t+1)
	for k := range t {
		list[k] = Estimate{Likely: amount.Exactly(0)}
	}
	list[t] = Estimate{Likely: i.OneOff}
	return list
}

// flows are the gain's saving and its running costs in each of the case's years.
func (b *Benefit) flows(c *CaseContent) (gross, running []Estimate) {
	for t := range c.Years {
		g := b.InYear(c.FirstYear + t)
		gross = append(gross, Estimate{Likely: amount.Figure{Ore: g.Gross, Known: true, Approximate: b.Gross.Approximate}})
		running = append(running, Estimate{Likely: amount.Figure{Ore: g.Running, Known: true, Approximate: b.Running.Approximate}})
	}
	return gross, running
}
