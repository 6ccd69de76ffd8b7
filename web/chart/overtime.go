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
	keyOverTimeTitle    = "chart.overtime.title"
	keyOverTimeDay      = "chart.overtime.day"
	keyOverTimeForecast = "chart.overtime.forecast"
	keyOverTimeSum      = "chart.overtime.sum"
	keyOverTimeOne      = "chart.overtime.one"
	keyOverTimeEmpty    = "chart.overtime.empty"
)

// KnownPoint is what was known of a year on a day, in øre.
type KnownPoint struct {
	Day amount.Date
	// Name is the budget follow-up that froze the figures; empty for a month's end.
	Name, Href          string
	Requirement         amount.Figure
	Forecast, Confirmed amount.Figure
	Example             bool
}

// OverTimeData is a year as it was known on days past, the earliest first.
type OverTimeData struct {
	Year   int
	AsOf   amount.Date
	Points []KnownPoint
}

// OverTime draws what the forecast said and what was confirmed, day by day: the
// confirmed as a solid line, the forecast dashed with hollow marks, and the
// requirement as it stood.
func OverTime(v Voice, in OverTimeData) Chart {
	drawn := slices.ContainsFunc(in.Points, func(p KnownPoint) bool { return p.Forecast.Known })
	summary, example := v.example(overTimeSummary(v, in, drawn), each(in.Points, func(p KnownPoint) bool { return p.Example })...)
	c := Chart{
		ID: "overtime", Title: v.Say(keyOverTimeTitle, strconv.Itoa(in.Year)), Unit: v.Say(keyUnitMio),
		AsOf: v.Style.Date(in.AsOf), Summary: summary, Table: overTimeTable(v, in), Height: "chart-m", Example: example,
	}
	if drawn {
		c.Option = overTimeOption(v, in, summary)
	}
	return c
}

func overTimeSummary(v Voice, in OverTimeData, drawn bool) string {
	if !drawn {
		return v.Say(keyOverTimeEmpty)
	}
	k := slices.IndexFunc(in.Points, func(p KnownPoint) bool { return p.Forecast.Known })
	first, last := in.Points[k], in.Points[len(in.Points)-1]
	if first.Day == last.Day {
		return v.Say(keyOverTimeOne, v.Style.Date(first.Day), v.millions(first.Forecast), v.millions(first.Confirmed))
	}
	return v.Say(keyOverTimeSum, v.Style.Date(first.Day), v.millions(first.Forecast), v.millions(first.Confirmed),
		v.Style.Date(last.Day), v.millions(last.Forecast), v.millions(last.Confirmed))
}

func overTimeTable(v Voice, in OverTimeData) Table {
	t := Table{Head: []string{v.Say(keyOverTimeDay), v.Say(keyRequirement), v.Say(keyOverTimeForecast), v.Say(keyConfirmed)}}
	for _, p := range in.Points {
		day := v.Style.Date(p.Day)
		if p.Name != "" {
			day = v.Say(keyLabelled, p.Name, day)
		}
		t.Rows = append(t.Rows, Row{Example: p.Example, Cells: []Cell{
			{Text: day, Href: p.Href}, num(v.bareMillions(p.Requirement)), num(v.bareMillions(p.Forecast)), num(v.bareMillions(p.Confirmed)),
		}})
	}
	return t
}

func overTimeOption(v Voice, in OverTimeData, summary string) json.RawMessage {
	var values []int64
	line := func(name string, style *opts.LineStyle, symbol, label string, pick func(KnownPoint) amount.Figure) charts.SingleSeries {
		data := make([]datum, len(in.Points))
		for k, p := range in.Points {
			f := pick(p)
			if !f.Known {
				continue
			}
			values = append(values, int64(f.Ore))
			data[k] = datum{Value: int64(f.Ore), Href: p.Href}
			if label != "" {
				data[k].Label = text(v.bareMillions(f), label, Ink)
			}
		}
		return charts.SingleSeries{
			Name: name, Type: types.ChartLine, Symbol: symbol, SymbolSize: 8, LineStyle: style, ItemStyle: &opts.ItemStyle{Color: Accent}, Data: data,
		}
	}
	names := []string{v.Say(keyConfirmed), v.Say(keyOverTimeForecast), v.Say(keyRequirement)}
	sure := line(names[0], &opts.LineStyle{Color: Accent, Width: 2.5}, "circle", "bottom", func(p KnownPoint) amount.Figure { return p.Confirmed })
	hoped := line(names[1], &opts.LineStyle{Color: Accent, Width: 2, Type: "dashed"}, "emptyCircle", "top", func(p KnownPoint) amount.Figure { return p.Forecast })
	asked := line(names[2], &opts.LineStyle{Color: Ink, Width: 2, Type: "dotted"}, "none", "", func(p KnownPoint) amount.Figure { return p.Requirement })
	asked.ItemStyle = &opts.ItemStyle{Color: Ink}
	days := each(in.Points, func(p KnownPoint) string { return v.Style.ShortDate(p.Day) })
	c := columns(days, scaleOver(values...), opts.Grid{Left: "44", Right: "24", Top: "40", Bottom: "26"})
	c.MultiSeries = append(c.MultiSeries, sure, hoped, asked)
	return option(c, summary, withLegend(c, names, columnPatch()))
}
