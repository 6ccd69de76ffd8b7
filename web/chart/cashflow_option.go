package chart

import (
	"encoding/json"
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"

	"gevinst/portfolio/amount"
)

func cashFlowOption(v Voice, in CashFlowData, summary string) json.RawMessage {
	if len(in.Net) == 0 {
		return nil
	}
	years := make([]string, len(in.Net))
	values := make([]int64, 0, 2*len(in.Net))
	for k := range in.Net {
		years[k] = strconv.Itoa(in.FirstYear + k)
		values = append(values, int64(in.Net[k].Ore), int64(in.Cumulative[k].Ore))
	}
	c := columns(years, scaleOver(values...), opts.Grid{Left: "52", Right: "24", Top: "40", Bottom: "26"})
	names := []string{v.Say(keyCashFlowNet), v.Say(keyCashFlowSum)}
	sums := totalPoints(in.Cumulative)
	if k := in.paidIn(); k >= 0 {
		sums[k].Label = text(v.Say(keyCashFlowMark, in.years(v)), "top", Ink)
		sums[k].Label.BackgroundColor = Paper // a bar may stand behind it
	}
	c.MultiSeries = append(c.MultiSeries,
		charts.SingleSeries{
			Name: names[0], Type: types.ChartBar, BarWidth: "40%", BarMaxWidth: "64", ItemStyle: dress(plan), Data: totalPoints(in.Net),
		},
		charts.SingleSeries{
			Name: names[1], Type: types.ChartLine, Symbol: "circle", SymbolSize: 7, ItemStyle: &opts.ItemStyle{Color: Accent},
			LineStyle: &opts.LineStyle{Color: Accent, Width: 2}, Data: sums,
		})
	return option(c, summary, withLegend(c, names, columnPatch()))
}

// totalPoints are the points of a series of sums; one without a known part is not drawn.
func totalPoints(sums []amount.Total) []datum {
	data := make([]datum, len(sums))
	for k, t := range sums {
		if t.Known() {
			data[k].Value = int64(t.Ore)
		}
	}
	return data
}
