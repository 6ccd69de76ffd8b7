package web

import (
	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
)

// varianceView is the plan as it is now against the plan as it was adopted: what falls in the year, and what a full year brings.
type varianceView struct {
	partHead
	Items []varianceRow `json:"items"`
	Next  *int64        `json:"next"`
	Total varianceRow   `json:"total"`
}

// varianceRow is one group's variance: now less adopted. Share is of the adopted plan in basis points, null without one.
type varianceRow struct {
	ID          int64        `json:"id"`
	Title       string       `json:"title"`
	Plan        ore          `json:"plan_ore"`
	Now         ore          `json:"now_ore"`
	Variance    ore          `json:"variance_ore"`
	Share       *int64       `json:"variance_basis_points"`
	FullPlan    ore          `json:"full_year_plan_ore"`
	FullNow     ore          `json:"full_year_now_ore"`
	Full        ore          `json:"full_year_variance_ore"`
	Approximate bool         `json:"approximate"`
	Example     bool         `json:"example"`
	Href        string       `json:"-"`
	Bar         varianceBar  `json:"-"`
	ShareText   string       `json:"-"`
	size        amount.Money // of the larger of plan and variance, for the bars
}

// varianceBar is where the variance's bar lies in a hundred: from the middle to the right where more comes than was planned, to the
// left where less does.
type varianceBar struct{ From, Width int64 }

func (r *request) varianceOf(g *yearGroup) varianceRow {
	s := g.sums
	v := varianceRow{
		ID: g.id, Title: g.title, Href: g.href, Example: g.example, Plan: planned(s.Plan, s), Now: planned(s.Now, s),
		FullPlan: planned(g.adopted, s), FullNow: planned(s.FullYear, s),
	}
	v.Variance, v.Full = less(v.Now, v.Plan), less(v.FullNow, v.FullPlan)
	v.Approximate = v.Plan.Approximate || v.Now.Approximate
	if v.Variance.Known {
		v.size = max(v.Variance.Ore, -v.Variance.Ore)
	}
	if v.Variance.Known && v.Plan.Ore != 0 {
		share := int64(amount.MulDiv(v.Variance.Ore, int64(portfolio.Whole), int64(max(v.Plan.Ore, -v.Plan.Ore))))
		v.Share, v.ShareText = &share, r.signed(r.lang.Percent(portfolio.Basis(max(share, -share))), share)
	}
	return v
}

// signed puts a sign before what is written without one; nothing before nothing.
func (r *request) signed(text string, n int64) string {
	switch {
	case n > 0:
		return "+" + text
	case n < 0:
		return "−" + text
	}
	return text
}

// less takes one amount from another; what lacks one is not known.
func less(a, b ore) ore {
	return ore{amount.Figure{Ore: a.Ore - b.Ore, Known: a.Known && b.Known, Approximate: a.Approximate || b.Approximate}}
}

// varianceSize is how far a group has moved. What has not comes after what has, the largest plan first.
func varianceSize(g *yearGroup) int64 { return g.moved*4 + g.size/4 }

func (r *request) varianceRows(groups []*yearGroup) []varianceRow {
	list := groupRows(groups, r.varianceOf)
	var widest amount.Money
	for _, row := range list {
		widest = max(widest, row.size)
	}
	if widest == 0 {
		return list
	}
	for k := range list {
		width := int64(amount.MulDiv(list[k].size, 50, int64(widest)))
		list[k].Bar = varianceBar{50, width}
		if list[k].Variance.Ore < 0 {
			list[k].Bar.From = 50 - width
		}
	}
	return list
}

func (r *request) variance(y *shownYear, by string, groups []*yearGroup) varianceView {
	v := varianceView{partHead: r.partHead(y, "variance")}
	v.By, v.ByWord = by, r.say(groupWords[by])
	v.Items = r.varianceRows(r.bounded(y, by, v.Part, groups, maxGroups, varianceSize))
	v.Total = r.varianceOf(r.total(y, groups))
	return v
}

func (s *Server) variancePart(r *request) (*page, error) {
	y, empty, err := r.partsOf("savings.part.variance")
	if y == nil {
		return empty, err
	}
	by, err := r.by()
	if err != nil {
		return nil, err
	}
	groups := r.groups(y, by)
	v := varianceView{partHead: r.partHead(y, "variance"), Total: r.varianceOf(r.total(y, groups))}
	v.By, v.ByWord = by, r.say(groupWords[by])
	shown, next, err := r.pagedGroups(y, by, groups, &v.partHead)
	if err != nil {
		return nil, err
	}
	v.Items, v.Next = r.varianceRows(shown), next
	return r.partPage(y, &v.partHead, &v, func() exchange.Table {
		t := exchange.Table{Columns: []string{
			"by", "id", "title", "plan", "now", "variance", "variance_percent", "full_year_plan", "full_year_now", "full_year_variance", "example",
		}}
		for _, g := range groups {
			r.nameGroup(y, by, g)
			row := r.varianceOf(g)
			t.Add(by, row.ID, row.Title, row.Plan.Figure, row.Now.Figure, row.Variance.Figure, row.ShareText, row.FullPlan.Figure, row.FullNow.Figure, row.Full.Figure, row.Example)
		}
		return t
	}), nil
}
