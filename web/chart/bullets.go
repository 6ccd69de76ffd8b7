package chart

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"

	"gevinst/portfolio/amount"
)

const (
	keyBulletsTitle  = "chart.bullets.title"
	keyBulletsSaved  = "chart.bullets.saved"
	keyBulletsShare  = "chart.bullets.share"
	keyBulletsOf     = "chart.bullets.of"
	keyBulletsSum    = "chart.bullets.sum"
	keyBulletsBehind = "chart.bullets.behind"
	keyBulletsEmpty  = "chart.bullets.empty"
)

// BulletRow is one initiative, or a group of them, against its own plan for the
// year, in øre. Unknown figures are named, not drawn.
type BulletRow struct {
	Label, Href        string
	Plan               amount.Figure
	Confirmed, Claimed amount.Figure
	Expected           amount.Figure // planned for the months without an entry, not weighted
	Example            bool
}

// saved is what the year comes to if all goes as planned now.
func (b BulletRow) saved() amount.Total { return amount.Sum(b.Confirmed, b.Claimed, b.Expected) }

// BulletsData is a year against its plan, row by row. By names what a row is.
type BulletsData struct {
	Year int
	AsOf amount.Date
	By   string
	Rows []BulletRow
}

// Bullets draws a bar for each row, confirmed, claimed and expected end to end,
// inside the outline of the plan that it is to fill.
func Bullets(v Voice, in BulletsData) Chart {
	if !slices.ContainsFunc(in.Rows, func(r BulletRow) bool { return r.Plan.Ore != 0 || r.saved().Ore != 0 }) {
		in.Rows = nil
	}
	summary, example := v.example(bulletsSummary(v, in), each(in.Rows, func(r BulletRow) bool { return r.Example })...)
	return Chart{
		ID: "bullets", Title: v.Say(keyBulletsTitle, strconv.Itoa(in.Year)), Unit: v.Say(keyUnitTkr),
		AsOf: v.Style.Date(in.AsOf), Summary: summary, Option: bulletsOption(v, in, summary), Table: bulletsTable(v, in),
		Height: heightFor(len(in.Rows)), Example: example,
	}
}

func bulletsSummary(v Voice, in BulletsData) string {
	if len(in.Rows) == 0 {
		return v.Say(keyBulletsEmpty)
	}
	var plan, saved amount.Total
	var behind BulletRow
	var by amount.Money
	for _, r := range in.Rows {
		plan.Add(r.Plan)
		one := r.saved()
		saved.Add(figureOf(one))
		if short := r.Plan.Ore - one.Ore; r.Plan.Known && one.Unknown == 0 && short > by {
			behind, by = r, short
		}
	}
	said := v.Say(keyBulletsSum, v.total(saved, v.millions), v.total(plan, v.millions))
	if by == 0 {
		return said
	}
	return said + " " + v.Say(keyBulletsBehind, behind.Label, v.millions(amount.Exactly(by)))
}

func bulletsTable(v Voice, in BulletsData) Table {
	t := Table{Head: []string{
		in.By, v.Say(keyPlan), v.Say(keyConfirmed), v.Say(keyClaimed), v.Say(keyExpected), v.Say(keyBulletsSaved), v.Say(keyBulletsShare),
	}}
	totals := make([]amount.Total, 5)
	row := func(first Cell, sums []amount.Total) Row {
		cells := []Cell{first}
		for _, s := range sums {
			cells = append(cells, num(v.total(s, v.thousands)))
		}
		return Row{Cells: append(cells, num(v.share(sums[4], sums[0])))}
	}
	for _, r := range in.Rows {
		sums := []amount.Total{amount.Sum(r.Plan), amount.Sum(r.Confirmed), amount.Sum(r.Claimed), amount.Sum(r.Expected), r.saved()}
		for k, f := range []amount.Figure{r.Plan, r.Confirmed, r.Claimed, r.Expected, figureOf(r.saved())} {
			totals[k].Add(f)
		}
		line := row(Cell{Text: r.Label, Href: r.Href}, sums)
		line.Example = r.Example
		t.Rows = append(t.Rows, line)
	}
	if len(in.Rows) > 0 {
		sum := row(Cell{Text: v.Say(keyTotal)}, totals)
		sum.Total = true
		t.Rows = append(t.Rows, sum)
	}
	return t
}

// share writes a part of a plan in whole per cent, rounded half to even; without
// a plan to bring something, or with an unknown part, there is none.
func (v Voice) share(part, whole amount.Total) string {
	if whole.Ore <= 0 || part.Unknown > 0 || whole.Unknown > 0 {
		return "–"
	}
	return strconv.FormatInt(int64(amount.MulDiv(part.Ore, 100, int64(whole.Ore))), 10) + "\u00a0%"
}

func bulletsOption(v Voice, in BulletsData, summary string) json.RawMessage {
	if len(in.Rows) == 0 {
		return nil
	}
	labels := each(in.Rows, func(r BulletRow) string { return r.Label })
	var values []int64
	for _, r := range in.Rows {
		var up, down int64
		for _, f := range []amount.Figure{r.Confirmed, r.Claimed, r.Expected} {
			up, down = up+max(int64(f.Ore), 0), down+min(int64(f.Ore), 0)
		}
		values = append(values, int64(r.Plan.Ore), up, down)
	}
	grid := rowGrid("116")
	grid.Top = "44"
	c := rows(labels, bounds(values), grid)
	c.ExtendYAxis(opts.YAxis{Type: "category", Inverse: opts.Bool(true), Show: opts.Bool(false), Data: labels})
	names := []string{v.Say(keyPlan), v.Say(keyConfirmed), v.Say(keyClaimed), v.Say(keyExpected)}
	outline := bulletSeries(names[0], plan, in, func(r BulletRow) amount.Figure { return r.Plan })
	outline.YAxisIndex, outline.BarWidth = axisOutlines, "64%"
	c.MultiSeries = append(c.MultiSeries, outline)
	for k, pick := range []func(BulletRow) amount.Figure{
		func(r BulletRow) amount.Figure { return r.Confirmed }, func(r BulletRow) amount.Figure { return r.Claimed },
		func(r BulletRow) amount.Figure { return r.Expected },
	} {
		s := bulletSeries(names[k+1], []look{confirmed, claimed, expected}[k], in, pick)
		s.Stack, s.BarWidth = "saved", "34%"
		c.MultiSeries = append(c.MultiSeries, s)
	}
	bulletLabels(v, in, c)
	return option(c, summary, withLegend(c, names, rowPatch(2, 96)))
}

// bulletLabels writes "saved of plan" after the longer of the two.
func bulletLabels(v Voice, in BulletsData, c *charts.Bar) {
	outline, last := c.MultiSeries[0].Data.([]datum), c.MultiSeries[len(c.MultiSeries)-1].Data.([]datum)
	for k, r := range in.Rows {
		label := text(v.Say(keyBulletsOf, v.total(r.saved(), v.thousands), v.thousands(r.Plan)), "right", Ink)
		if r.Plan.Ore >= r.saved().Ore {
			outline[k].Label = label
		} else {
			last[k].Label = label
		}
	}
}

func bulletSeries(name string, l look, in BulletsData, pick func(BulletRow) amount.Figure) charts.SingleSeries {
	data := make([]datum, len(in.Rows))
	for k, r := range in.Rows {
		f := pick(r)
		data[k] = datum{Value: int64(f.Ore), Href: r.Href}
		if f.Ore == 0 {
			data[k].worn = wardrobe[unseen]
		}
	}
	return charts.SingleSeries{Name: name, Type: types.ChartBar, YAxisIndex: axisBars, ItemStyle: dress(l), Data: data}
}
