package chart

import (
	"encoding/json"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"

	"gevinst/portfolio/amount"
)

// The plan has an axis of its own, so that its outline can lie around the
// year's bar: both axes carry a pair whose centres are the same.
const (
	axisBars = iota
	axisOutlines
)

// secured is the confirmed part of the year's effect, rest what is beyond it.
func (r EffectRow) secured() amount.Figure {
	if !r.InYear.Known || !r.Confirmed.Known {
		return amount.Figure{}
	}
	return r.Confirmed
}

func (r EffectRow) rest() amount.Figure {
	rest := r.InYear
	rest.Ore -= r.secured().Ore
	return rest
}

func effectsOption(v Voice, in EffectsData, summary string) json.RawMessage {
	if len(in.Rows) == 0 {
		return nil
	}
	labels := each(in.Rows, func(r EffectRow) string { return r.Label })
	var values []int64
	for _, r := range in.Rows {
		for _, f := range []amount.Figure{r.InYear, r.Plan, r.FullYear} {
			if f.Known {
				values = append(values, int64(f.Ore))
			}
		}
	}
	grid := rowGrid("60")
	grid.Top = "44"
	c := rows(labels, bounds(values), grid)
	c.ExtendYAxis(opts.YAxis{
		Type: "category", Inverse: opts.Bool(true), Show: opts.Bool(false), Data: labels,
	})
	names := []string{
		v.Say(keyConfirmed), v.Say(keyEffectsRest), v.Say(keyEffectsPlanned), v.Say(keyEffectsFullYear),
	}
	outline := effectSeries(names[2], plan, in, func(r EffectRow) amount.Figure { return r.Plan })
	outline.YAxisIndex, outline.BarWidth, outline.BarGap = axisOutlines, "36%", "0%"
	beside := charts.SingleSeries{
		Type: types.ChartBar, YAxisIndex: axisOutlines, BarWidth: "36%", BarGap: "0%",
		ItemStyle: dress(unseen), Data: []datum{},
	}
	sure := effectSeries(names[0], confirmed, in, EffectRow.secured)
	sure.Stack = "year"
	rest := effectSeries(names[1], expected, in, EffectRow.rest)
	rest.Stack = "year"
	full := effectSeries(names[3], fullYear, in, func(r EffectRow) amount.Figure { return r.FullYear })
	for i, r := range in.Rows {
		rest.Data.([]datum)[i].Label = text(v.thousands(r.InYear), "right", Ink)
		full.Data.([]datum)[i].Label = text(v.thousands(r.FullYear), "right", Ink)
	}
	c.MultiSeries = append(c.MultiSeries, outline, beside, sure, rest, full)
	return option(c, summary, withLegend(c, names, rowPatch(2, 52)))
}

// effectSeries draws one figure of every row; an unknown one has no length.
func effectSeries(name string, l look, in EffectsData, pick func(EffectRow) amount.Figure) charts.SingleSeries {
	data := make([]datum, len(in.Rows))
	for i, r := range in.Rows {
		figure := pick(r)
		data[i] = datum{Value: int64(figure.Ore), Href: r.Href}
		if figure.Ore == 0 {
			data[i].worn = wardrobe[unseen]
		}
	}
	return charts.SingleSeries{
		Name: name, Type: types.ChartBar, YAxisIndex: axisBars, BarWidth: "24%", BarGap: "50%",
		ItemStyle: dress(l), Data: data,
	}
}
