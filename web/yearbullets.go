package web

import (
	"gevinst/portfolio/exchange"
	"gevinst/web/chart"
)

// bulletsView is the year against its own plan, row by row. No part of the requirement is laid on a row: none is stated.
type bulletsView struct {
	partHead
	Items []bulletRow `json:"items"`
	Next  *int64      `json:"next"`
	Total bulletRow   `json:"total"`
}

// bulletRow is a group's adopted plan, and what fills it; Planned is confirmed, claimed and expected, unweighted.
type bulletRow struct {
	ID          int64  `json:"id"`
	Title       string `json:"title"`
	Plan        ore    `json:"plan_ore"`
	Confirmed   ore    `json:"confirmed_ore"`
	Claimed     ore    `json:"claimed_ore"`
	Expected    ore    `json:"expected_ore"`
	Planned     ore    `json:"planned_ore"`
	Approximate bool   `json:"approximate"`
	Example     bool   `json:"example"`
	Href        string `json:"-"`
}

func bulletOf(g *yearGroup) bulletRow {
	s := g.sums
	v := bulletRow{
		ID: g.id, Title: g.title, Href: g.href, Example: g.example, Plan: planned(s.Plan, s), Expected: planned(s.Expected, s),
		Confirmed: exactly(s.Confirmed.Net()), Claimed: exactly(s.Claimed.Net()),
	}
	if v.Expected.Known {
		v.Planned = exactly(s.Planned())
		v.Planned.Approximate = v.Expected.Approximate
	}
	v.Approximate = v.Plan.Approximate || v.Planned.Approximate
	return v
}

// bulletSize is how much a group has to do with the year, whatever the sign.
func bulletSize(g *yearGroup) int64 { return g.size }

func (r *request) bulletChart(y *shownYear, by string, rows []bulletRow) chart.Chart {
	d := chart.BulletsData{Year: y.number(), AsOf: r.shownDay(), By: r.say(groupWords[by])}
	for _, row := range rows {
		d.Rows = append(d.Rows, chart.BulletRow{
			Label: row.Title, Href: row.Href, Plan: row.Plan.Figure, Confirmed: row.Confirmed.Figure, Claimed: row.Claimed.Figure,
			Expected: row.Expected.Figure, Example: row.Example,
		})
	}
	return chart.Bullets(r.voice(), d)
}

func (r *request) total(y *shownYear, groups []*yearGroup) *yearGroup {
	g := &yearGroup{title: r.say("savings.total"), sums: &y.Sums}
	for _, one := range groups {
		addGain(&g.adopted, one.adopted)
		g.example = g.example || one.example
	}
	return g
}

// bullets is the part as the year's page has it: one picture with its table.
func (r *request) bullets(y *shownYear, by string, groups []*yearGroup) bulletsView {
	v := bulletsView{partHead: r.partHead(y, "bullets")}
	v.By, v.ByWord = by, r.say(groupWords[by])
	v.Items = groupRows(r.bounded(y, by, v.Part, groups, maxBars, bulletSize), bulletOf)
	v.Chart = r.bulletChart(y, by, v.Items)
	return v
}

func (s *Server) bulletsPart(r *request) (*page, error) {
	y, empty, err := r.partsOf("savings.part.bullets")
	if y == nil {
		return empty, err
	}
	by, err := r.by()
	if err != nil {
		return nil, err
	}
	groups := r.groups(y, by)
	v := r.bullets(y, by, groups)
	v.Total = bulletOf(r.total(y, groups))
	shown, next, err := r.pagedGroups(y, by, groups, &v.partHead)
	if err != nil {
		return nil, err
	}
	v.Items, v.Next = groupRows(shown, bulletOf), next
	return r.partPage(y, &v.partHead, &v, func() exchange.Table {
		t := exchange.Table{Columns: []string{"by", "id", "title", "plan", "confirmed", "claimed", "expected", "planned", "example"}}
		for _, g := range groups {
			r.nameGroup(y, by, g)
			row := bulletOf(g)
			t.Add(by, row.ID, row.Title, row.Plan.Figure, row.Confirmed.Figure, row.Claimed.Figure, row.Expected.Figure, row.Planned.Figure, row.Example)
		}
		return t
	}), nil
}
