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
	keyEffectYearsTitle  = "chart.effectyears.title"
	keyEffectYearsInYear = "chart.effectyears.in_year"
	keyEffectYearsYear   = "chart.effectyears.sentence"
	keyEffectYearsEmpty  = "chart.effectyears.empty"
)

// YearEffect is what one year brings, in øre: what falls in it, and the full-year
// level reached when it ends. Unknown figures are named, not drawn.
type YearEffect struct {
	Year             int
	InYear, FullYear amount.Figure
	Href             string
}

// EffectYearsData is a row of years.
type EffectYearsData struct {
	AsOf    amount.Date
	Years   []YearEffect
	Example bool
}

// EffectYears draws two columns for each year: what falls in it, hatched because
// it is what is expected, and beside it in grey the level of a full year.
func EffectYears(v Voice, in EffectYearsData) Chart {
	if !slices.ContainsFunc(in.Years, func(y YearEffect) bool { return y.InYear.Known || y.FullYear.Known }) {
		in.Years = nil
	}
	summary, example := v.example(effectYearsSummary(v, in), in.Example)
	return Chart{
		ID: "effectyears", Title: v.Say(keyEffectYearsTitle), Unit: v.Say(keyUnitMio), AsOf: v.Style.Date(in.AsOf),
		Summary: summary, Option: effectYearsOption(v, in, summary), Table: effectYearsTable(v, in),
		Height: "chart-m", Example: example,
	}
}

func effectYearsSummary(v Voice, in EffectYearsData) string {
	if len(in.Years) == 0 {
		return v.Say(keyEffectYearsEmpty)
	}
	said := each(in.Years, func(y YearEffect) string {
		return v.Say(keyEffectYearsYear, strconv.Itoa(y.Year), v.millions(y.InYear), v.millions(y.FullYear))
	})
	return strings.Join(said, " ")
}

func effectYearsTable(v Voice, in EffectYearsData) Table {
	t := Table{Head: []string{v.Say(keyYear), v.Say(keyEffectYearsInYear), v.Say(keyEffectsFullYear)}}
	for _, y := range in.Years {
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Text: strconv.Itoa(y.Year), Href: y.Href}, num(v.bareMillions(y.InYear)), num(v.bareMillions(y.FullYear)),
		}, Example: in.Example})
	}
	return t
}

func effectYearsOption(v Voice, in EffectYearsData, summary string) json.RawMessage {
	if len(in.Years) == 0 {
		return nil
	}
	var values []int64
	for _, y := range in.Years {
		values = append(values, int64(y.InYear.Ore), int64(y.FullYear.Ore))
	}
	years := each(in.Years, func(y YearEffect) string { return strconv.Itoa(y.Year) })
	c := columns(years, scaleOver(values...), opts.Grid{Left: "44", Right: "12", Top: "40", Bottom: "26"})
	names := []string{v.Say(keyEffectYearsInYear), v.Say(keyEffectsFullYear)}
	for i, pick := range []func(YearEffect) amount.Figure{
		func(y YearEffect) amount.Figure { return y.InYear }, func(y YearEffect) amount.Figure { return y.FullYear },
	} {
		c.MultiSeries = append(c.MultiSeries, charts.SingleSeries{
			Name: names[i], Type: types.ChartBar, BarWidth: "34%", BarMaxWidth: "48", BarGap: "6%",
			ItemStyle: dress([]look{expected, fullYear}[i]), Data: effectColumns(v, in, pick),
		})
	}
	return option(c, summary, withLegend(c, names, columnPatch()))
}

// effectColumns writes each figure above its column; an unknown one has none.
func effectColumns(v Voice, in EffectYearsData, pick func(YearEffect) amount.Figure) []datum {
	return each(in.Years, func(y YearEffect) datum {
		f := pick(y)
		d := datum{Value: int64(f.Ore), Href: y.Href}
		if f.Ore == 0 {
			d.worn = wardrobe[unseen]
			return d
		}
		d.Label = text(v.bareMillions(f), "top", Ink)
		return d
	})
}
