package chart

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"

	"gevinst/portfolio/amount"
)

const (
	keyOverlapTitle   = "chart.overlap.title"
	keyOverlapRow     = "chart.overlap.row"
	keyOverlapShared  = "chart.overlap.shared"
	keyOverlapWaits   = "chart.overlap.waits"
	keyOverlapIn      = "chart.overlap.in"
	keyOverlapSum     = "chart.overlap.sum"
	keyOverlapFree    = "chart.overlap.sum_free"
	keyOverlapHome    = "chart.overlap.home"
	keyOverlapNowhere = "chart.overlap.nowhere"
	keyOverlapEmpty   = "chart.overlap.empty"
)

// Beside is one programme in a year, in øre: what it must deliver, and what counts in it, without what it shares with others.
type Beside struct {
	Name               string
	Requirement        amount.Figure
	Confirmed, Claimed amount.Figure
	Expected           amount.Figure // planned and neither confirmed nor claimed
	Href               string
	ExampleIn          bool
}

// SharedCut is what initiatives of several programmes bring by one budget cut, in øre. Home is the place in Programmes of the
// one that counts it; -1 waits for a decision, and then it counts nowhere.
type SharedCut struct {
	Name    string
	Amount  amount.Figure
	Home    int
	Href    string
	Example bool
}

// OverlapData is programmes side by side, with what they share.
type OverlapData struct {
	Year       int
	AsOf       amount.Date
	Programmes []Beside
	Shared     []SharedCut
}

// overlapRow is one bar of the picture: a programme, or what waits between them.
type overlapRow struct {
	Beside
	shared  amount.Figure
	waits   bool
	example bool
}

// Overlap draws the programmes' savings under each other and what they share once: at the end of the bar of the programme that
// counts it, or, while that waits for a decision, in a bar of its own between them.
func Overlap(v Voice, in OverlapData) Chart {
	rows := in.rows(v)
	parts := each(rows, func(r overlapRow) bool { return r.example })
	if slices.ContainsFunc(in.Programmes, func(p Beside) bool { return p.Requirement.Known }) {
		parts = append(parts, false) // a requirement is a fact beside the example's amounts
	}
	summary, example := v.example(overlapSummary(v, in), parts...)
	return Chart{
		ID: "overlap", Title: v.Say(keyOverlapTitle, strconv.Itoa(in.Year)), Unit: v.Say(keyUnitTkr), AsOf: v.Style.Date(in.AsOf),
		Summary: summary, Option: overlapOption(v, rows, summary), Table: overlapTable(v, rows), Height: "chart-m", Example: example,
	}
}

func (in OverlapData) rows(v Voice) []overlapRow {
	var list []overlapRow
	for k, p := range in.Programmes {
		row := overlapRow{Beside: p, example: p.ExampleIn}
		for _, s := range in.Shared {
			if s.Home == k {
				row.shared = joined(row.shared, s.Amount)
				row.example = row.example || s.Example
			}
		}
		list = append(list, row)
		if k > 0 || len(in.Programmes) == 1 {
			continue
		}
		for _, s := range in.Shared { // after the first programme, and so between it and the second
			if s.Home < 0 {
				list = append(list, overlapRow{
					Beside: Beside{Name: v.Say(keyOverlapWaits, s.Name), Href: s.Href}, shared: s.Amount, waits: true, example: s.Example,
				})
			}
		}
	}
	return list
}

// joined adds two figures of which one may not be there yet.
func joined(a, b amount.Figure) amount.Figure {
	if !a.Known {
		return b
	}
	if !b.Known {
		return a
	}
	return amount.Figure{Ore: a.Ore + b.Ore, Known: true, Approximate: a.Approximate || b.Approximate}
}

func (r overlapRow) parts() [4]amount.Figure {
	return [...]amount.Figure{r.Confirmed, r.Claimed, r.Expected, r.shared}
}

// counted is all that counts in the row's programme.
func (r overlapRow) counted() amount.Figure {
	t := amount.Figure{}
	for _, f := range r.parts() {
		t = joined(t, f)
	}
	return t
}

func overlapSummary(v Voice, in OverlapData) string {
	if len(in.Programmes) == 0 {
		return v.Say(keyOverlapEmpty)
	}
	var said []string
	for _, row := range in.rows(v) {
		switch {
		case row.waits:
		case !row.Requirement.Known:
			said = append(said, v.Say(keyOverlapFree, row.Name, v.millions(row.counted())))
		default:
			said = append(said, v.Say(keyOverlapSum, row.Name, v.millions(row.counted()), v.millions(row.Requirement)))
		}
	}
	for _, s := range in.Shared {
		if s.Home < 0 || s.Home >= len(in.Programmes) {
			said = append(said, v.Say(keyOverlapNowhere, s.Name, v.millions(s.Amount)))
			continue
		}
		said = append(said, v.Say(keyOverlapHome, s.Name, v.millions(s.Amount), in.Programmes[s.Home].Name))
	}
	return strings.Join(said, " ")
}

func overlapTable(v Voice, rows []overlapRow) Table {
	t := Table{Head: []string{
		v.Say(keyOverlapRow), v.Say(keyConfirmed), v.Say(keyClaimed), v.Say(keyExpected), v.Say(keyOverlapShared), v.Say(keyOverlapIn), v.Say(keyRequirement),
	}}
	for _, r := range rows {
		cells := []Cell{{Text: r.Name, Href: r.Href}}
		for _, f := range r.parts() {
			cells = append(cells, num(dash(v, f)))
		}
		counted := dash(v, r.counted())
		if r.waits {
			counted = v.thousands(amount.Exactly(0)) // it counts nowhere
		}
		t.Rows = append(t.Rows, Row{Cells: append(cells, num(counted), num(dash(v, r.Requirement))), Example: r.example})
	}
	return t
}

// dash writes what a row does not have, which is another thing than not known.
func dash(v Voice, f amount.Figure) string {
	if !f.Known {
		return "–"
	}
	return v.thousands(f)
}

func overlapOption(v Voice, in []overlapRow, summary string) json.RawMessage {
	if len(in) == 0 {
		return nil
	}
	labels := each(in, func(r overlapRow) string { return r.Name })
	var values []int64
	for _, r := range in {
		values = append(values, int64(r.counted().Ore), int64(r.Requirement.Ore))
	}
	grid := rowGrid("72")
	grid.Top = "44"
	c := rows(labels, bounds(values), grid)
	c.ExtendYAxis(opts.YAxis{Type: "category", Inverse: opts.Bool(true), Show: opts.Bool(false), Data: labels})
	names := []string{v.Say(keyConfirmed), v.Say(keyClaimed), v.Say(keyExpected), v.Say(keyOverlapShared), v.Say(keyRequirement)}
	wanted := make([]datum, len(in))
	for i, r := range in {
		wanted[i] = datum{Value: int64(r.Requirement.Ore), Href: r.Href}
		if !r.Requirement.Known || r.Requirement.Ore == 0 {
			wanted[i].worn = wardrobe[unseen]
			continue
		}
		wanted[i].Label = text(v.thousands(r.Requirement), "right", Ink)
	}
	// The requirement has an axis of its own, so that its outline lies around what counts toward it.
	c.MultiSeries = append(c.MultiSeries, charts.SingleSeries{
		Name: names[4], Type: types.ChartBar, YAxisIndex: axisOutlines, BarWidth: "64%", ItemStyle: dress(plan), Data: wanted,
	})
	for i, l := range []look{confirmed, claimed, expected, shared} {
		data := make([]datum, len(in))
		for k, r := range in {
			f := r.parts()[i]
			data[k] = datum{Value: int64(f.Ore), Href: r.Href}
			if f.Ore == 0 {
				data[k].worn = wardrobe[unseen]
				continue
			}
			if l == shared && r.waits {
				data[k].Label = text(v.thousands(f), "right", Ink)
			}
		}
		c.MultiSeries = append(c.MultiSeries, charts.SingleSeries{
			Name: names[i], Type: types.ChartBar, YAxisIndex: axisBars, Stack: "counted", BarWidth: "36%", ItemStyle: dress(l), Data: data,
		})
	}
	return option(c, summary, withLegend(c, names, rowPatch(2, 60)))
}
