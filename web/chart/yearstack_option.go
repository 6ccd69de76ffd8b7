package chart

import (
	"encoding/json"
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"

	"gevinst/portfolio/amount"
)

// marksID lets a narrow frame change the requirements' bars.
const marksID = "required"

// The widths of a requirement's bar in pixels, more than any column's.
const (
	markWidth       = 84
	narrowMarkWidth = 46
)

func (y YearSum) parts() []amount.Figure { return []amount.Figure{y.Confirmed, y.Claimed, y.Expected} }

// heights is how far a year's column reaches above and below zero.
func (y YearSum) heights() (up, down int64) {
	for _, f := range y.parts() {
		if f.Known {
			up, down = up+max(int64(f.Ore), 0), down+min(int64(f.Ore), 0)
		}
	}
	return up, down
}

func yearsOption(v Voice, in YearStackData, summary string) json.RawMessage {
	if len(in.Years) == 0 {
		return nil
	}
	years := make([]string, len(in.Years))
	var values []int64
	for i, y := range in.Years {
		years[i] = strconv.Itoa(y.Year)
		up, down := y.heights()
		values = append(values, up, down)
		if y.Requirement.Known {
			values = append(values, int64(y.Requirement.Ore))
		}
	}
	s := scaleOver(values...)
	c := columns(years, s, opts.Grid{Left: "44", Right: "12", Top: "40", Bottom: "26"})
	names := []string{v.Say(keyConfirmed), v.Say(keyClaimed), v.Say(keyExpected), v.Say(keyRequirement)}
	for i, l := range []look{confirmed, claimed, expected} {
		c.MultiSeries = append(c.MultiSeries, charts.SingleSeries{
			Name: names[i], Type: types.ChartBar, Stack: "saved", BarWidth: "36%", BarMaxWidth: "64",
			ItemStyle: dress(l), Data: yearParts(in, i),
		})
	}
	c.MultiSeries = append(c.MultiSeries, requirementMarks(v, in, names[3]), yearSums(v, in, s))
	patch := withLegend(c, names, columnPatch())
	patch["media"] = []any{map[string]any{
		"query":  map[string]any{"maxWidth": narrowFrame},
		"option": map[string]any{"series": []any{map[string]any{"id": marksID, "symbolSize": []int{narrowMarkWidth, 3}}}},
	}}
	return option(c, summary, patch)
}

func yearParts(in YearStackData, part int) []datum {
	data := make([]datum, len(in.Years))
	for i, y := range in.Years {
		data[i].Href = y.Href
		if f := y.parts()[part]; f.Known {
			data[i].Value = int64(f.Ore)
		}
	}
	return data
}

// requirementMarks are the bars across the columns, wide enough for their
// figure to stand beside the column.
func requirementMarks(v Voice, in YearStackData, name string) charts.SingleSeries {
	data := make([]datum, len(in.Years))
	for i, y := range in.Years {
		if y.Requirement.Known {
			data[i] = datum{
				Value: int64(y.Requirement.Ore), Label: text(v.bareMillions(y.Requirement), "right", Ink),
			}
		}
	}
	return charts.SingleSeries{
		Id: marksID, Name: name, Type: types.ChartLine, Symbol: "rect", SymbolSize: []int{markWidth, 3},
		ItemStyle: &opts.ItemStyle{Color: Ink}, LineStyle: &opts.LineStyle{Opacity: opts.Float(0)}, Data: data,
	}
}

// yearSums writes each column's sum on top, above the requirement's bar where
// that would cross it.
func yearSums(v Voice, in YearStackData, s scale) charts.SingleSeries {
	data := make([]datum, len(in.Years))
	for i, y := range in.Years {
		up, _ := y.heights()
		wanted := int64(y.Requirement.Ore)
		if y.Requirement.Known && wanted > up && wanted-up < (s.hi-s.lo)/12 {
			up = wanted
		}
		data[i] = datum{Value: up, Label: text(v.total(y.saved(), v.bareMillions), "top", Ink)}
	}
	return charts.SingleSeries{
		Type: types.ChartLine, Symbol: "circle", SymbolSize: 0.1, ItemStyle: dress(unseen),
		LineStyle: &opts.LineStyle{Opacity: opts.Float(0)}, Data: data,
	}
}
