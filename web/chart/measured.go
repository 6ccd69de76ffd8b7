package chart

import (
	"encoding/json"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"

	"gevinst/portfolio/amount"
)

const (
	keyMeasuredTitle    = "chart.measured.title"
	keyMeasuredDay      = "chart.measured.day"
	keyMeasuredValue    = "chart.measured.value"
	keyMeasuredBaseline = "chart.measured.baseline"
	keyMeasuredTarget   = "chart.measured.target"
	keyMeasuredSum      = "chart.measured.sum"
	keyMeasuredEmpty    = "chart.measured.empty"
)

// formatMilli writes thousandths of a unit.
const formatMilli types.FuncStr = "@fn:milli"

// Measure is a measured value in thousandths of the unit.
type Measure struct {
	Day   amount.Date
	Value int64
}

// MeasuredData is an indicator: where it was, where it is to come, and what was
// measured, the earliest first. Values are in thousandths of the unit.
type MeasuredData struct {
	Unit             string
	AsOf             amount.Date
	Baseline, Target int64
	// BaselineDay is the day of the baseline; 0 where it is not known.
	BaselineDay amount.Date
	Points      []Measure
	Example     bool
}

// Measured draws the measured values over time, from the baseline where its day
// is known, and the baseline and the target as lines across.
func Measured(v Voice, in MeasuredData) Chart {
	summary, example := v.example(measuredSummary(v, in), in.Example)
	return Chart{
		ID: "measured", Title: v.Say(keyMeasuredTitle), Unit: in.Unit, AsOf: v.Style.Date(in.AsOf),
		Summary: summary, Option: measuredOption(v, in, summary), Table: measuredTable(v, in),
		Height: "chart-m", Example: example,
	}
}

func measuredSummary(v Voice, in MeasuredData) string {
	baseline, target := v.Style.Thousandths(in.Baseline), v.Style.Thousandths(in.Target)
	if len(in.Points) == 0 {
		return v.Say(keyMeasuredEmpty, baseline, target, in.Unit)
	}
	last := in.Points[len(in.Points)-1]
	return v.Say(keyMeasuredSum, v.Style.Date(last.Day), v.Style.Thousandths(last.Value), in.Unit, baseline, target)
}

func measuredTable(v Voice, in MeasuredData) Table {
	t := Table{Head: []string{v.Say(keyMeasuredDay), v.Say(keyMeasuredValue)}}
	add := func(text string, value int64, total bool) {
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: text}, num(v.Style.Thousandths(value))}, Total: total, Example: in.Example})
	}
	baseline := v.Say(keyMeasuredBaseline)
	if in.BaselineDay != 0 {
		baseline = v.Say(keyLabelled, baseline, v.Style.Date(in.BaselineDay))
	}
	add(baseline, in.Baseline, false)
	for _, p := range in.Points {
		add(v.Style.Date(p.Day), p.Value, false)
	}
	add(v.Say(keyMeasuredTarget), in.Target, true)
	return t
}

func measuredOption(v Voice, in MeasuredData, summary string) json.RawMessage {
	if len(in.Points) == 0 {
		return nil
	}
	points := in.Points
	if in.BaselineDay != 0 && in.BaselineDay < points[0].Day {
		points = append([]Measure{{in.BaselineDay, in.Baseline}}, points...)
	}
	values := []int64{in.Baseline, in.Target}
	data := make([]datum, len(points))
	for i, p := range points {
		values = append(values, p.Value)
		data[i] = datum{Value: []any{p.Day.String(), p.Value}, Label: text(v.Style.Thousandths(p.Value), "top", Ink)}
	}
	first, last := points[0].Day, max(points[len(points)-1].Day, in.AsOf)
	s := scaleOver(values...)
	c := columns(nil, s, opts.Grid{Left: "52", Right: "108", Top: "24", Bottom: "26"})
	c.SetGlobalOptions(
		charts.WithXAxisOpts(opts.XAxis{
			Type: "time", Min: first.String(), Max: last.String(), AxisLabel: axisLabel(""), AxisLine: inkLine(), AxisTick: noTick(),
		}),
		charts.WithYAxisOpts(opts.YAxis{
			Type: "value", Min: s.lo, Max: s.hi, AxisLabel: axisLabel(formatMilli), AxisLine: noLine(),
			SplitLine: &opts.SplitLine{LineStyle: &opts.LineStyle{Color: Rule}},
		}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "axis", ValueFormatter: formatMilli}),
	)
	across := func(name, style string, value int64) charts.SingleSeries {
		return charts.SingleSeries{
			Name: name, Type: types.ChartLine, Symbol: "circle", SymbolSize: 0.1,
			LineStyle: &opts.LineStyle{Color: Ink, Width: 1.5, Type: style}, ItemStyle: &opts.ItemStyle{Color: Ink},
			Data: []datum{
				{Value: []any{first.String(), value}},
				{Value: []any{last.String(), value}, Label: text(v.Say(keyLabelled, name, v.Style.Thousandths(value)), "right", Ink)},
			},
		}
	}
	c.MultiSeries = append(c.MultiSeries,
		across(v.Say(keyMeasuredBaseline), "dotted", in.Baseline), across(v.Say(keyMeasuredTarget), "dashed", in.Target),
		charts.SingleSeries{
			Name: v.Say(keyMeasuredValue), Type: types.ChartLine, Symbol: "circle", SymbolSize: 8,
			LineStyle: &opts.LineStyle{Color: Accent, Width: 2.5}, ItemStyle: &opts.ItemStyle{Color: Accent}, Data: data,
		})
	return option(c, summary, columnPatch())
}
