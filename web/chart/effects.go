package chart

import (
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"

	"gevinst/portfolio/amount"
)

// EffectRow is one initiative: what it gives in the year and in a full year,
// and what was planned for each. Unknown figures are named, not drawn.
type EffectRow struct {
	Label            string
	Href             string
	InYear, FullYear amount.Figure
	Plan             amount.Figure // planned for the year
	PlanFullYear     amount.Figure
	Example          bool
}

// EffectsData compares the year's effect with the permanent one.
type EffectsData struct {
	Year int
	AsOf amount.Date
	Rows []EffectRow
}

// Effects draws two bars for each initiative, the year's effect solid and the
// full year's grey, each in front of the outline of its plan.
func Effects(v Voice, in EffectsData) Chart {
	example := false
	for _, r := range in.Rows {
		example = example || r.Example
	}
	summary := v.example(effectsSummary(v, in), example)
	return Chart{
		ID: "effects", Title: v.Say(keyEffectsTitle, strconv.Itoa(in.Year)), Unit: v.Say(keyUnitTkr),
		AsOf: v.Style.Date(in.AsOf), Summary: summary, Option: effectsOption(v, in, summary),
		Table: effectsTable(v, in), Height: heightFor(len(in.Rows) * 3 / 2), Example: example,
	}
}

func effectsSummary(v Voice, in EffectsData) string {
	if len(in.Rows) == 0 {
		return v.Say(keyEffectsEmpty)
	}
	var inYear, fullYear amount.Total
	var widest EffectRow
	var widestBy amount.Money
	for _, r := range in.Rows {
		inYear.Add(r.InYear)
		fullYear.Add(r.FullYear)
		by := r.FullYear.Ore - r.InYear.Ore
		if r.InYear.Known && r.FullYear.Known && by > widestBy {
			widest, widestBy = r, by
		}
	}
	said := v.Say(keyEffectsSum, strconv.Itoa(in.Year),
		v.total(inYear, v.millions), v.total(fullYear, v.millions))
	if widestBy == 0 {
		return said
	}
	return said + " " + v.Say(keyEffectsWidest, widest.Label, v.millions(widest.InYear), v.millions(widest.FullYear))
}

func effectsTable(v Voice, in EffectsData) Table {
	t := Table{Head: []string{
		v.Say(keyEffectsInitiative), v.Say(keyEffectsInYear, strconv.Itoa(in.Year)), v.Say(keyEffectsPlanned),
		v.Say(keyEffectsFullYear), v.Say(keyEffectsPlanFull),
	}}
	totals := make([]amount.Total, 4)
	for _, r := range in.Rows {
		cells := []Cell{{Text: r.Label, Href: r.Href}}
		for i, f := range []amount.Figure{r.InYear, r.Plan, r.FullYear, r.PlanFullYear} {
			cells = append(cells, num(v.thousands(f)))
			totals[i].Add(f)
		}
		t.Rows = append(t.Rows, Row{Cells: cells, Example: r.Example})
	}
	if len(in.Rows) == 0 {
		return t
	}
	cells := []Cell{{Text: v.Say(keyTotal)}}
	for _, total := range totals {
		cells = append(cells, num(v.total(total, v.thousands)))
	}
	t.Rows = append(t.Rows, Row{Cells: cells, Total: true})
	return t
}

// The plans have an axis of their own, so that their outlines can lie around
// the bars: both pairs are centred alike, the outlines wider.
const (
	axisBars = iota
	axisOutlines
)

func effectsOption(v Voice, in EffectsData, summary string) []byte {
	labels := make([]string, len(in.Rows))
	values := make([]int64, 0, 4*len(in.Rows))
	pick := func(f func(EffectRow) amount.Figure, labelled bool) []datum {
		data := make([]datum, len(in.Rows))
		for i, r := range in.Rows {
			figure := f(r)
			data[i] = datum{Href: r.Href}
			if labelled {
				data[i].Label, data[i].Value = text(v.thousands(figure), "right", Ink), 0
			}
			if figure.Known {
				data[i].Value = int64(figure.Ore)
				values = append(values, int64(figure.Ore))
			}
		}
		return data
	}
	bar := func(name string, axis int, l look, data []datum) charts.SingleSeries {
		width, gap := "28%", "28%"
		if axis == axisOutlines {
			width, gap = "36%", "0%"
		}
		return charts.SingleSeries{
			Name: name, Type: types.ChartBar, YAxisIndex: axis, BarWidth: width, BarGap: gap,
			ItemStyle: dress(l), Data: data,
		}
	}
	for i, r := range in.Rows {
		labels[i] = r.Label
	}
	series := []charts.SingleSeries{
		bar(v.Say(keyEffectsPlanned), axisOutlines, plan,
			pick(func(r EffectRow) amount.Figure { return r.Plan }, false)),
		bar(v.Say(keyEffectsPlanFull), axisOutlines, plan,
			pick(func(r EffectRow) amount.Figure { return r.PlanFullYear }, false)),
		bar(v.Say(keyEffectsInYear, strconv.Itoa(in.Year)), axisBars, confirmed,
			pick(func(r EffectRow) amount.Figure { return r.InYear }, true)),
		bar(v.Say(keyEffectsFullYear), axisBars, fullYear,
			pick(func(r EffectRow) amount.Figure { return r.FullYear }, true)),
	}
	c := rows(labels, bounds(values), rowGrid("60"))
	c.ExtendYAxis(opts.YAxis{
		Type: "category", Inverse: opts.Bool(true), Show: opts.Bool(false), Data: labels,
	})
	c.MultiSeries = append(c.MultiSeries, series...)
	return option(c, summary, rowPatch(2, 52))
}
