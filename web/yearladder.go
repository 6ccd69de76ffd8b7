package web

import (
	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
)

// ladderView is how hard the year's gains are: only the first step counts toward the requirement, and a step that is not kroner
// stands in its own unit.
type ladderView struct {
	partHead
	Items []ladderRow `json:"items"`
	Next  *int64      `json:"next"`
}

// ladderRow is one step, over the gains of initiatives in the plan: as planned now, what falls in the year and in a full year. Of
// budget reductions it is what counts in the programme. Hours are a year's; Reached counts the indicators at their target.
type ladderRow struct {
	Step        portfolio.Cashability `json:"step"`
	Benefits    int                   `json:"benefits"`
	Unknown     int                   `json:"without_amount"`
	InYear      ore                   `json:"in_year_ore"`
	FullYear    ore                   `json:"full_year_ore"`
	Approximate bool                  `json:"approximate"`
	Hours       *int64                `json:"hours_per_year"`
	Reached     *int                  `json:"indicators_at_target"`
	Example     bool                  `json:"example"`
	Href        string                `json:"-"`
	Counts      bool                  `json:"-"`
	AtTarget    int                   `json:"-"`
}

func (r *request) ladder(y *shownYear) ladderView {
	v := ladderView{partHead: r.partHead(y, "ladder")}
	steps := map[portfolio.Cashability]*ladderRow{}
	sums := map[portfolio.Cashability]*amount.Total{}
	fulls := map[portfolio.Cashability]*amount.Total{}
	for _, step := range portfolio.Cashabilities() {
		steps[step] = &ladderRow{Step: step, Counts: step == portfolio.BudgetReduction}
		sums[step], fulls[step] = &amount.Total{}, &amount.Total{}
	}
	hours, reached := int64(0), 0
	for b := range r.p.Benefits.All() {
		row := y.whole.Row(b.Initiative)
		if row == nil || row.Outside || !y.filter.keeps(row.Initiative) {
			continue
		}
		step := b.Cashability()
		at := steps[step]
		if at.Counts && r.p.Part(b, y.programme.ID).Share == 0 {
			continue
		}
		at.Benefits++
		at.Example = at.Example || b.AnyExample()
		switch {
		case b.Time != nil:
			hours += b.Time.HoursPerYear
		case b.Indicator != nil:
			if share, ok := b.Indicator.Achievement(); ok && share >= int64(portfolio.Whole) {
				reached++
			}
		case b.Unknown():
			at.Unknown++
		case !at.Counts:
			about := b.Gross.Approximate || b.Running.Approximate || !b.Running.Known
			sums[step].Add(amount.Figure{Ore: b.InYear(y.number()).Net(), Known: true, Approximate: about})
			fulls[step].Add(amount.Figure{Ore: b.FullYear().Net(), Known: true, Approximate: about})
		}
	}
	for _, step := range portfolio.Cashabilities() {
		row := steps[step]
		row.Href = r.link("/benefits?cashability=" + step.String())
		switch step {
		case portfolio.BudgetReduction: // the year has added up what counts of them already
			row.InYear, row.FullYear = planned(y.Now, &y.Sums), planned(y.FullYear, &y.Sums)
		case portfolio.FreedTimeGain:
			row.Hours = &hours
		case portfolio.NonFinancial:
			row.Reached, row.AtTarget = &reached, reached
		default:
			row.InYear, row.FullYear = sumOf(*sums[step]), sumOf(*fulls[step])
			if row.Unknown > 0 && sums[step].Parts == 0 {
				row.InYear, row.FullYear = ore{}, ore{}
			}
		}
		row.Approximate = row.InYear.Approximate || row.Unknown > 0
		v.Items = append(v.Items, *row)
	}
	return v
}

func (s *Server) ladderPart(r *request) (*page, error) {
	y, empty, err := r.partsOf("savings.part.ladder")
	if y == nil {
		return empty, err
	}
	v := r.ladder(y)
	return r.partPage(y, &v.partHead, &v, func() exchange.Table {
		t := exchange.Table{Columns: []string{"step", "benefits", "without_amount", "in_year", "full_year", "hours_per_year", "indicators_at_target", "counts", "example"}}
		for _, row := range v.Items {
			t.Add(row.Step.String(), row.Benefits, row.Unknown, row.InYear.Figure, row.FullYear.Figure, deref(row.Hours), deref(row.Reached), row.Counts, row.Example)
		}
		return t
	}), nil
}

// deref is a cell that may be empty.
func deref[T any](v *T) any {
	if v == nil {
		return nil
	}
	return *v
}
