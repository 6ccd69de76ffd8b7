package web

import (
	"fmt"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/web/chart"
)

// yearsView is the strategy's years side by side, and what each leaves to the next.
type yearsView struct {
	Programme string         `json:"programme"`
	Name      string         `json:"programme_name"`
	AsOf      portfolio.Date `json:"as_of"`
	Example   bool           `json:"example"`
	Items     []yearRow      `json:"items"`
	Next      *int64         `json:"next"`

	Chart chart.Chart `json:"-"`
	Links listLinks   `json:"-"`
	Full  string      `json:"-"`
}

// yearRow is one year: what it must bring, what it does, and what it carries over. FullYear is H, the confirmed full-year effect;
// Permanent is the net requirement less H, Shortfall what the year lacks in cash, Carried the one of them that the policy's basis
// names. Applied is the line that stands in the next year's requirement, null where none does.
type yearRow struct {
	Year        int                  `json:"year"`
	Net         ore                  `json:"net_requirement_ore"`
	Confirmed   ore                  `json:"confirmed_ore"`
	Claimed     ore                  `json:"claimed_ore"`
	Expected    ore                  `json:"expected_ore"`
	FullYear    ore                  `json:"confirmed_full_year_ore"`
	Permanent   ore                  `json:"permanent_ore"`
	Shortfall   ore                  `json:"shortfall_ore"`
	Basis       portfolio.CarryBasis `json:"carry_basis"`
	Carried     ore                  `json:"carried_ore"`
	Applied     ore                  `json:"applied_ore"`
	Closed      bool                 `json:"closed"`
	Approximate bool                 `json:"approximate"`
	Example     bool                 `json:"example"`
	Href        string               `json:"-"`
	NextHref    string               `json:"-"`
}

// years sums the strategy's years and those that ask something of a programme.
func (r *request) years(g *portfolio.Programme) yearsView {
	v := yearsView{Programme: g.Code, Name: g.Name, AsOf: r.shownDay(), Items: []yearRow{}, Full: r.link("/savings/years?programme=" + g.Code)}
	d := chart.YearStackData{AsOf: v.AsOf}
	first, last := r.defaultYear(g), r.defaultYear(g)
	reach := func(from, to int) {
		first, last = min(first, max(from, first-maxSpan)), max(last, min(to, last+maxSpan))
	}
	if s := r.p.Strategy; s != nil && s.From != 0 && s.To != 0 {
		reach(s.From-1, s.To) // with the year that the strategy sets out from
	}
	for q := range r.p.Requirements.All() {
		reach(q.Year, q.Year)
	}
	for year := first; year <= last; year++ {
		row := r.yearRow(g, year)
		v.Items, v.Example = append(v.Items, row), v.Example || row.Example
		d.Years = append(d.Years, chart.YearSum{
			Year: year, Requirement: row.Net.Figure, Confirmed: row.Confirmed.Figure, Claimed: row.Claimed.Figure, Expected: row.Expected.Figure, Href: row.Href,
		})
	}
	d.Example = v.Example
	v.Chart = chart.YearStack(r.voice(), d)
	return v
}

func (r *request) yearRow(g *portfolio.Programme, year int) yearRow {
	y, c := r.p.YearOf(g.ID, year), r.p.CarryOver(g.ID, year)
	v := yearRow{
		Year: year, Net: ore{c.Net}, Confirmed: exactly(c.V), Claimed: exactly(y.Claimed.Net()), Expected: planned(y.Expected, &y.Sums),
		FullYear: exactly(c.H), Permanent: ore{c.Permanent()}, Shortfall: ore{c.Shortfall()}, Basis: c.Basis, Carried: ore{c.Amount()},
		Closed: c.Closed, Example: r.invented(y), Href: r.programmeYear(g, year), NextHref: r.programmeYear(g, year+1) + "#requirement",
	}
	if c.Applied != nil {
		v.Applied = ore{c.Applied.Amount}
	}
	v.Approximate = v.Net.Approximate || v.Expected.Approximate
	return v
}

// programmeYear is the page of one of the programme's years.
func (r *request) programmeYear(g *portfolio.Programme, year int) string {
	return r.link(fmt.Sprintf("/savings/%d?programme=%s", year, g.Code))
}

func (s *Server) yearsPart(r *request) (*page, error) {
	g := r.programme()
	if g == nil {
		return r.emptyPage(r.say("savings.part.years")), nil
	}
	v := r.years(g)
	v.Links = r.listLinks(0, nil)
	return &page{Template: "savingsyears", Title: r.say("savings.part.years"), View: &v, Example: v.Example, Charts: v.Chart.Option != nil, Table: func() exchange.Table {
		t := exchange.Table{Columns: []string{
			"year", "net_requirement", "confirmed", "claimed", "expected", "confirmed_full_year", "permanent", "shortfall", "carry_basis", "carried", "applied", "closed", "example",
		}}
		for _, row := range v.Items {
			t.Add(row.Year, row.Net.Figure, row.Confirmed.Figure, row.Claimed.Figure, row.Expected.Figure, row.FullYear.Figure, row.Permanent.Figure,
				row.Shortfall.Figure, row.Basis.String(), row.Carried.Figure, row.Applied.Figure, row.Closed, row.Example)
		}
		return t
	}}, nil
}
