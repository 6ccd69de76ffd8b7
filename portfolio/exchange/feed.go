package exchange

import (
	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// FeedRow is a row of the one long table that reporting tools read: what a benefit counts for a programme in a month, by one
// measure. Amounts are whole øre, the programme's share of them; nil is not known, which is not zero.
type FeedRow struct {
	Programme    string                 `json:"programme"`
	Area         string                 `json:"area"`
	InitiativeID portfolio.InitiativeID `json:"initiative_id"`
	Initiative   string                 `json:"initiative"`
	Stage        portfolio.Stage        `json:"stage"`
	Plan         portfolio.Membership   `json:"plan"`
	BenefitID    portfolio.BenefitID    `json:"benefit_id"`
	Benefit      string                 `json:"benefit"`
	Type         portfolio.BenefitType  `json:"type"`
	Year         int                    `json:"year"`
	Month        portfolio.Month        `json:"month"`
	Measure      string                 `json:"measure"`
	Amount       *amount.Money          `json:"amount_ore"`
	Gross        *amount.Money          `json:"gross_ore"`
	Running      *amount.Money          `json:"running_ore"`
	Approximate  bool                   `json:"amount_approximate"`
	Example      bool                   `json:"example"`
}

// The measures of a feed. Only what counts toward a requirement is in it.
const (
	// FeedRequirement is a year's net requirement, which stands in its January.
	FeedRequirement = "requirement"
	// FeedPlan is the effect as adopted, FeedNow by the present terms.
	FeedPlan = "plan"
	FeedNow  = "now"
	// FeedClaimed waits for Finance, FeedConfirmed is what Finance has confirmed.
	FeedClaimed   = "claimed"
	FeedConfirmed = "confirmed"
)

// Measures lists them.
func Measures() []string {
	return []string{FeedRequirement, FeedPlan, FeedNow, FeedClaimed, FeedConfirmed}
}

// FeedYears are the years that a feed tells of by itself: those of the strategy and of the requirements, and three to come.
func FeedYears(p *portfolio.Portfolio) (from, to int) {
	from, to = p.Today.Year(), p.Today.Year()+3
	if s := p.Strategy; s != nil && s.From != 0 {
		from, to = min(from, s.From), max(to, s.To)
	}
	for r := range p.Requirements.All() {
		from, to = min(from, r.Year), max(to, r.Year)
	}
	return from, to
}

// Feed gives the rows of the years, in the order of programmes, initiatives, benefits, measures and months. Months in which
// a measure is nothing have no row.
func Feed(p *portfolio.Portfolio, from, to int) []FeedRow {
	f := feed{p: p, period: amount.Period{From: amount.NewMonth(from, 1), To: amount.NewMonth(to+1, 1)}}
	for g := range p.Programmes.All() {
		for y := from; y <= to; y++ {
			if r := p.Requirement(g.ID, y); r != nil {
				f.requirement(g, r)
			}
		}
		for i := range p.Initiatives.All() {
			for _, b := range p.BenefitsOf(i.ID) {
				if p.Part(b, g.ID).Share > 0 {
					f.benefit(g, i, b)
				}
			}
		}
	}
	return f.rows
}

type feed struct {
	p      *portfolio.Portfolio
	period amount.Period
	rows   []FeedRow
}

func (f *feed) requirement(g *portfolio.Programme, r *portfolio.Requirement) {
	row := FeedRow{
		Programme: g.Code, Year: r.Year, Month: amount.NewMonth(r.Year, 1), Measure: FeedRequirement, Example: r.AnyExample(),
	}
	if net := r.Net(); net.Known {
		row.Amount, row.Gross, row.Running, row.Approximate = &net.Ore, &net.Ore, new(amount.Money), net.Approximate
	}
	f.rows = append(f.rows, row)
}

// benefit gives a gain's rows, month by month as the year's sums have them: of what an earlier year was credited with, the rise alone.
func (f *feed) benefit(g *portfolio.Programme, i *portfolio.Initiative, b *portfolio.Benefit) {
	head := FeedRow{
		Programme: g.Code, Area: areaName(f.p, i.Area), InitiativeID: i.ID, Initiative: i.Title, Stage: i.Stage, Plan: i.Plan.State,
		BenefitID: b.ID, Benefit: b.Title, Type: b.Type, Example: b.AnyExample(),
	}
	months := make([]portfolio.GainMonth, 0, f.period.Len())
	for y := f.period.From.Year(); y < f.period.To.Year(); y++ {
		credit := f.p.Credit(b, g.ID, y)
		for m := range amount.Year(y).Months() {
			months = append(months, f.p.GainMonth(&credit, m))
		}
	}
	if i.Plan.State == portfolio.InPlan { // what has left the plan is expected no longer, and what it brought still counts
		planned := b.PlannedTerms()
		f.terms(head, FeedPlan, &planned, months, func(g *portfolio.GainMonth) portfolio.Gain { return g.Plan })
		f.terms(head, FeedNow, &b.Terms, months, func(g *portfolio.GainMonth) portfolio.Gain { return g.Now })
	}
	f.add(head, FeedClaimed, months, func(g *portfolio.GainMonth) portfolio.Gain { return g.Claimed })
	f.add(head, FeedConfirmed, months, func(g *portfolio.GainMonth) portfolio.Gain { return g.Confirmed })
}

// terms gives the months of an expectation, or a row a year without an amount where it is not known.
func (f *feed) terms(head FeedRow, measure string, t *portfolio.Terms, months []portfolio.GainMonth, pick func(*portfolio.GainMonth) portfolio.Gain) {
	head.Approximate = t.Gross.Known && t.Gross.Approximate || t.Running.Known && t.Running.Approximate
	if t.Unknown() {
		head.Measure = measure
		for m := f.period.From; m < f.period.To; m += 12 {
			head.Year, head.Month = m.Year(), m
			f.rows = append(f.rows, head)
		}
		return
	}
	f.add(head, measure, months, pick)
}

func (f *feed) add(head FeedRow, measure string, months []portfolio.GainMonth, pick func(*portfolio.GainMonth) portfolio.Gain) {
	for k := range months {
		g := pick(&months[k])
		if g == (portfolio.Gain{}) {
			continue
		}
		row, m, net := head, f.period.From+portfolio.Month(k), g.Net()
		row.Year, row.Month, row.Measure = m.Year(), m, measure
		row.Amount, row.Gross, row.Running = &net, &g.Gross, &g.Running
		f.rows = append(f.rows, row)
	}
}

// FeedTable is the feed as a file.
func FeedTable(rows []FeedRow) Table {
	t := Table{Columns: []string{
		"programme", "area", "initiative_id", "initiative", "stage", "plan", "benefit_id", "benefit", "type", "year", "month", "measure",
		"amount_ore", "gross_ore", "running_ore", "amount_approximate", "example",
	}}
	ore := func(m *amount.Money) any {
		if m == nil {
			return nil
		}
		return int64(*m)
	}
	for i := range rows {
		r := &rows[i]
		t.Add(r.Programme, r.Area, reference(r.InitiativeID), r.Initiative, r.Stage, r.Plan, reference(r.BenefitID), r.Benefit, r.Type, r.Year,
			r.Month, r.Measure, ore(r.Amount), ore(r.Gross), ore(r.Running), r.Approximate, r.Example)
	}
	return t
}
