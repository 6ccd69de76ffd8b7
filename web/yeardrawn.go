package web

import (
	"gevinst/portfolio/exchange"
	"gevinst/web/chart"
)

// monthsView is the burn-up's months, each month's own amounts.
type monthsView struct {
	partHead
	Items []monthFigure `json:"items"`
	Next  *int64        `json:"next"`
}

// bridgeView is the way from the requirement to what is missing, step by step.
type bridgeView struct {
	partHead
	Items []bridgeRow `json:"items"`
	Next  *int64      `json:"next"`
}

// bridgeRow is a step: a level, a line that makes the requirement ("added"), what is confirmed, claimed or expected, and at last the
// gap. Left is what the requirement still lacks after it; a step that takes off is negative.
type bridgeRow struct {
	Kind        string `json:"kind"`
	Title       string `json:"title"`
	Amount      ore    `json:"amount_ore"`
	Left        ore    `json:"left_ore"`
	Approximate bool   `json:"approximate"`
	Example     bool   `json:"example"`
}

func (s *Server) burnUpPart(r *request) (*page, error) {
	y, empty, err := r.partsOf("savings.part.burn_up")
	if y == nil {
		return empty, err
	}
	f := r.narrowedFigures(y)
	v := monthsView{partHead: r.partHead(y, "burn-up"), Items: f.Months}
	v.Chart = r.burnUpOf(&f)
	return r.partPage(y, &v.partHead, &v, func() exchange.Table {
		t := exchange.Table{Columns: []string{"month", "plan", "confirmed", "claimed", "expected", "forecast"}}
		for _, m := range v.Items {
			t.Add(m.Month, m.Plan.Figure, m.Confirmed.Figure, m.Claimed.Figure, m.Expected.Figure, m.Forecast.Figure)
		}
		return t
	}), nil
}

func (s *Server) bridgePart(r *request) (*page, error) {
	y, empty, err := r.partsOf("savings.part.bridge")
	if y == nil {
		return empty, err
	}
	d := r.bridgeOf(y, "")
	v := bridgeView{partHead: r.partHead(y, "bridge"), Items: []bridgeRow{}}
	for _, b := range chart.Bars(r.voice(), d) {
		v.Items = append(v.Items, bridgeRow{b.Kind.String(), b.Label, ore{b.Amount}, ore{b.Left}, b.Amount.Approximate, b.Example})
	}
	v.Chart = chart.Bridge(r.voice(), d)
	return r.partPage(y, &v.partHead, &v, func() exchange.Table {
		t := exchange.Table{Columns: []string{"kind", "title", "amount", "left", "example"}}
		for _, row := range v.Items {
			t.Add(row.Kind, row.Title, row.Amount.Figure, row.Left.Figure, row.Example)
		}
		return t
	}), nil
}
