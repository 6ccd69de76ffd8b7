package chart

import (
	"strconv"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"

	"gevinst/portfolio/amount"
)

// YearSum is what one year's savings are in each state, in øre, against its
// requirement.
type YearSum struct {
	Year        int
	Requirement amount.Figure
	Confirmed   amount.Figure
	Claimed     amount.Figure // claimed and not yet confirmed
	Expected    amount.Figure // weighted by probability
	Href        string
}

// YearStackData is a row of years.
type YearStackData struct {
	AsOf    amount.Date
	Years   []YearSum
	Example bool
}

func (y YearSum) saved() amount.Total { return amount.Sum(y.Confirmed, y.Claimed, y.Expected) }

// YearStack draws a column for each year, stacked by state, and the year's
// requirement as a bar across it.
func YearStack(v Voice, in YearStackData) Chart {
	summary := v.example(yearsSummary(v, in), in.Example)
	return Chart{
		ID: "years", Title: v.Say(keyYearsTitle), Unit: v.Say(keyUnitMio), AsOf: v.Style.Date(in.AsOf),
		Summary: summary, Option: yearsOption(v, in, summary), Table: yearsTable(v, in),
		Height: "chart-m", Example: in.Example,
	}
}

// left is the requirement less all savings; unknown if any of them is.
func (y YearSum) left() amount.Figure {
	saved := y.saved()
	return amount.Figure{
		Ore: y.Requirement.Ore - saved.Ore, Known: y.Requirement.Known && saved.Unknown == 0,
		Approximate: y.Requirement.Approximate || saved.Approximate,
	}
}

func yearsSummary(v Voice, in YearStackData) string {
	if len(in.Years) == 0 {
		return v.Say(keyYearsEmpty)
	}
	said := make([]string, len(in.Years))
	for i, y := range in.Years {
		year := strconv.Itoa(y.Year)
		saved, wanted, left := v.total(y.saved(), v.millions), v.millions(y.Requirement), y.left()
		switch {
		case !left.Known:
			said[i] = v.Say(keyYearsYear, year, saved, wanted)
		case left.Ore > 0:
			said[i] = v.Say(keyYearsMissing, year, saved, wanted, v.millions(left))
		default:
			said[i] = v.Say(keyYearsReached, year, saved, wanted)
		}
	}
	return strings.Join(said, " ")
}

func yearsTable(v Voice, in YearStackData) Table {
	t := Table{Head: []string{
		v.Say(keyYear), v.Say(keyRequirement), v.Say(keyConfirmed), v.Say(keyClaimed), v.Say(keyExpected),
		v.Say(keyTotal), v.Say(keyMissing),
	}}
	for _, y := range in.Years {
		cells := []Cell{{Text: strconv.Itoa(y.Year), Href: y.Href}}
		for _, f := range []amount.Figure{y.Requirement, y.Confirmed, y.Claimed, y.Expected} {
			cells = append(cells, num(v.thousands(f)))
		}
		cells = append(cells, num(v.total(y.saved(), v.thousands)), num(v.thousands(y.left())))
		t.Rows = append(t.Rows, Row{Cells: cells, Example: in.Example})
	}
	return t
}

func yearsOption(v Voice, in YearStackData, summary string) []byte {
	years := make([]string, len(in.Years))
	required, sums := make([]datum, len(in.Years)), make([]datum, len(in.Years))
	stacks := map[look][]datum{}
	var values []int64
	for i, y := range in.Years {
		years[i] = strconv.Itoa(y.Year)
		var up, down int64
		for l, f := range map[look]amount.Figure{confirmed: y.Confirmed, claimed: y.Claimed, expected: y.Expected} {
			d := datum{Href: y.Href}
			if f.Known {
				d.Value = int64(f.Ore)
				up, down = up+max(int64(f.Ore), 0), down+min(int64(f.Ore), 0)
			}
			stacks[l] = append(stacks[l], d)
		}
		sums[i] = datum{Value: up, Label: text(v.total(y.saved(), v.bareMillions), "top", Ink)}
		values = append(values, up, down)
		if y.Requirement.Known {
			label := v.Say(keyLabelled, v.Say(keyRequirement), v.bareMillions(y.Requirement))
			required[i] = datum{Value: int64(y.Requirement.Ore), Label: text(label, "top", Ink)}
			values = append(values, int64(y.Requirement.Ore))
		}
	}
	c := columns(years, scaleOver(values...), opts.Grid{Left: "44", Right: "12", Top: "40", Bottom: "26"})
	for _, p := range []part{{key: keyConfirmed, look: confirmed}, {key: keyClaimed, look: claimed}, {key: keyExpected, look: expected}} {
		c.MultiSeries = append(c.MultiSeries, charts.SingleSeries{
			Name: v.Say(p.key), Type: types.ChartBar, Stack: "saved", BarWidth: "44%",
			ItemStyle: dress(p.look), Data: stacks[p.look],
		})
	}
	c.MultiSeries = append(c.MultiSeries,
		charts.SingleSeries{
			Name: v.Say(keyRequirement), Type: types.ChartLine, Symbol: "rect", SymbolSize: []int{84, 3},
			ItemStyle: &opts.ItemStyle{Color: Ink}, LineStyle: &opts.LineStyle{Opacity: opts.Float(0)}, Data: required,
		},
		charts.SingleSeries{
			Type: types.ChartLine, Symbol: "circle", SymbolSize: 0.1, ItemStyle: dress(unseen),
			LineStyle: &opts.LineStyle{Opacity: opts.Float(0)}, Data: sums,
		})
	c.SetGlobalOptions(charts.WithLegendOpts(opts.Legend{
		Show: opts.Bool(true), Top: "0", Left: "0", ItemWidth: 16, ItemHeight: 12, SelectedMode: "false",
		TextStyle: &opts.TextStyle{Color: Ink, FontSize: fontSize},
		Data:      []string{v.Say(keyConfirmed), v.Say(keyClaimed), v.Say(keyExpected), v.Say(keyRequirement)},
	}))
	return option(c, summary, nil)
}
