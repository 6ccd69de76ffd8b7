package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"pgregory.net/rapid"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/portfoliotest"
	"gevinst/web/chart"
)

// looking is a reader's request for a portfolio that no database holds.
func (s *site) looking(p *portfolio.Portfolio, address string) *request {
	sent := httptest.NewRequest(http.MethodGet, address, nil)
	return &request{Request: sent, s: s.web, p: p, lang: s.web.languages["da"], path: sent.URL.Path, query: sent.URL.Query()}
}

// TestOneFold holds every picture and table of a year against the year itself, in portfolios that random verbs have made.
func TestOneFold(t *testing.T) {
	s := newSite(t, false)
	rapid.Check(t, func(t *rapid.T) {
		b := portfoliotest.NewBook()
		x := portfoliotest.Small(b)
		a := portfoliotest.NewActs(x)
		for range rapid.IntRange(1, 60).Draw(t, "acts") {
			if _, _, err := a.Act(t, b); err != nil {
				t.Fatal(err)
			}
		}
		if p := b.Portfolio(); p.Requirement(x.DIGIT, 2019) == nil { // what met the requirement of 2018 does not count again in 2019
			by, c := b.By(x.Chief, ""), p.CarryOver(x.DIGIT, 2018)
			by.Decision, c.Closed = x.Decision, true
			id, _ := b.NextID(portfolio.KindRequirement)
			if q, e, err := c.Apply(p, by, portfolio.RequirementID(id)); err == nil {
				b.Save(q, e)
			}
		}
		p := b.Portfolio()
		for g := range p.Programmes.All() {
			for _, year := range []int{2018, 2019} {
				areasAgree(t, s.looking(p, fmt.Sprintf("/savings/%d?programme=%s", year, g.Code)), g, year)
			}
		}
	})
}

// areasAgree holds a year, and each area's part of it.
func areasAgree(t *rapid.T, r *request, g *portfolio.Programme, year int) {
	agrees(t, r, r.yearOf(g, year, yearFilter{}))
	parts := portfolio.Sums{}
	for a := range r.p.Areas.All() {
		y := r.yearOf(g, year, yearFilter{area: a.ID})
		agrees(t, r, y)
		addSums(&parts, &y.Sums)
	}
	whole := r.p.YearOf(g.ID, year)
	for _, row := range whole.Rows() {
		if row.Initiative.Area == 0 {
			addSums(&parts, &row.Sums)
		}
	}
	if parts != whole.Sums {
		t.Fatalf("the areas of %s in %d come to %+v, the year to %+v", g.Code, year, parts, whole.Sums)
	}
}

// agrees compares what each part of the year adds up to, in øre.
func agrees(t *rapid.T, r *request, y *shownYear) {
	t.Helper()
	same := func(what string, got, want amount.Money) {
		t.Helper()
		if got != want {
			t.Fatalf("%s: %d, the year has %d", what, got, want)
		}
	}
	f := r.narrowedFigures(y)
	var plan, confirmed, claimed, expected amount.Money
	for _, m := range f.Months {
		confirmed, claimed = confirmed+m.Confirmed.Ore, claimed+m.Claimed.Ore
	}
	same("confirmed by month", confirmed, y.Confirmed.Net())
	same("claimed by month", claimed, y.Claimed.Net())
	same("JSON's confirmed", f.Confirmed.Ore, y.Confirmed.Net())
	for _, by := range yearGroupings {
		groups := r.groups(y, by)
		for _, bound := range []int{3, maxGroups} {
			rows := groupRows(r.bounded(y, by, "bullets", groups, bound, bulletSize), bulletOf)
			plan, confirmed, claimed, expected = 0, 0, 0, 0
			for _, row := range rows {
				plan, confirmed, claimed, expected = plan+row.Plan.Ore, confirmed+row.Confirmed.Ore, claimed+row.Claimed.Ore, expected+row.Expected.Ore
			}
			same("bullets' plan by "+by, plan, y.Plan.Net())
			same("bullets' confirmed by "+by, confirmed, y.Confirmed.Net())
			same("bullets' claimed by "+by, claimed, y.Claimed.Net())
			same("bullets' expected by "+by, expected, y.Expected.Net())

			var was, now, full amount.Money
			for _, row := range r.varianceRows(r.bounded(y, by, "variance", groups, bound, varianceSize)) {
				was, now, full = was+row.Plan.Ore, now+row.Now.Ore, full+row.FullNow.Ore
				if row.Variance.Known {
					same("a variance", row.Variance.Ore, row.Now.Ore-row.Plan.Ore)
				}
			}
			same("the variance table's plan by "+by, was, y.Plan.Net())
			same("the variance table's now by "+by, now, y.Now.Net())
			same("the variance table's full year by "+by, full, y.FullYear.Net())

			var cells portfolio.Figures
			for _, g := range r.bounded(y, by, "months", groups, bound, bulletSize) {
				for _, m := range r.heatOf(y)(g).Months {
					cells.Confirmed.Gross += m.Confirmed.Ore
					cells.Claimed.Gross += m.Claimed.Ore
					cells.Expected.Gross += m.Expected.Ore
				}
			}
			same("the months' cells by "+by, cells.Planned(), y.Planned())
		}
	}
	burnUp := amount.Money(0)
	for _, m := range f.Months {
		burnUp += m.Confirmed.Ore + m.Claimed.Ore + m.Expected.Ore
	}
	if f.Planned.Known {
		same("the burn-up's top", burnUp, y.Planned())
	}
	var credited amount.Money
	for _, row := range r.credited(y).Items {
		credited += row.Net.Ore
	}
	same("what was credited, gain by gain", credited, y.Credited.Net())
	known := knownIn(r.p, knownKey{programme: y.Programme, year: y.number(), filter: y.filter})
	same("what is known's confirmed", known.Confirmed.Ore, y.Confirmed.Net())
	same("what is known's claimed", known.Claimed.Ore, y.Claimed.Net())
	same("what is known's realized", known.ToDate.Ore, y.ToDate.Net())
	if y.whole.Known > 0 && known.Forecast != f.Forecast {
		t.Fatalf("what is known's forecast is %+v, the year's %+v", known.Forecast, f.Forecast)
	}
	terms := termsOf(y)
	sum := y.Confirmed.Net()
	for _, row := range r.forecast(y, terms).Items {
		sum += row.Weighted.Ore
	}
	same("the forecast's terms", sum, y.Confirmed.Net()+y.Weighted)
	same("the range's middle", y.RangeOf(terms).Mean, y.Confirmed.Net()+y.Weighted)
	if ladder := r.ladder(y); ladder.Items[0].InYear.Known {
		same("the ladder's first step", ladder.Items[0].InYear.Ore, y.Now.Net())
	}
	bridge := chart.Bars(r.voice(), r.bridgeOf(y, ""))
	if len(bridge) == 0 {
		return
	}
	bars := map[chart.Kind]amount.Money{}
	for _, b := range bridge {
		bars[b.Kind] -= b.Amount.Ore
	}
	same("the bridge's claimed bars", bars[chart.Claimed], y.whole.Claimed.Net())
	if y.whole.PlannedTotal().Known {
		same("the bridge's expected bars", bars[chart.Forecast], y.whole.Expected.Net())
	}
	same("the bridge's end", bridge[len(bridge)-1].Left.Ore, y.Net().Ore-bridgeTaken(y))
}

// bridgeTaken is what the bridge takes off the net requirement: everything the whole programme is to bring. While no initiative has
// an amount nothing is expected.
func bridgeTaken(y *shownYear) amount.Money {
	taken := y.whole.Confirmed.Net() + y.whole.Claimed.Net()
	if y.whole.PlannedTotal().Known {
		taken += y.whole.Expected.Net()
	}
	return taken
}
