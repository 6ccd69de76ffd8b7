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

// BurnUpData is one year against its requirement. The amounts are each month's
// own, January first, in øre; a nil slice is unknown and not drawn.
type BurnUpData struct {
	Year        int
	AsOf        amount.Date
	Requirement amount.Figure
	Confirmed   []amount.Money
	Claimed     []amount.Money // claimed and not yet confirmed
	Expected    []amount.Money // what the weighted forecast has beyond the two above
	Plan        []amount.Money
	// FirstOpen is the index of the first month that has not passed: 0 if none
	// has, 12 if all have.
	FirstOpen int
	Example   bool // the monthly amounts are example data
}

// part is one of the amounts stacked in a chart.
type part struct {
	key    string
	look   look
	months []amount.Money
}

// BurnUp draws the year's savings month by month, summed from January:
// confirmed solid, claimed lighter, expected hatched, the plan as an outline
// behind them and the requirement as a dashed line.
func BurnUp(v Voice, in BurnUpData) Chart {
	// The requirement, where there is one, is a fact beside the example's amounts.
	summary, example := v.example(burnUpSummary(v, in), in.Example, in.Example && !in.Requirement.Known)
	return Chart{
		ID: "burnup", Title: v.Say(keyBurnUpTitle, strconv.Itoa(in.Year)), Unit: v.Say(keyUnitMio),
		AsOf: v.Style.Date(in.AsOf), Summary: summary, Option: burnUpOption(v, in, summary),
		Table: burnUpTable(v, in), Height: "chart-m", Example: example,
	}
}

func (in BurnUpData) parts() []part {
	return []part{
		{keyConfirmed, confirmed, in.Confirmed},
		{keyClaimed, claimed, in.Claimed},
		{keyExpected, expected, in.Expected},
	}
}

// cumulate sums from the first month on.
func cumulate(months []amount.Money) []int64 {
	out := make([]int64, 0, len(months))
	var total amount.Money
	for _, m := range months {
		total += m
		out = append(out, int64(total))
	}
	return out
}

func burnUpScale(in BurnUpData) scale {
	values := cumulate(in.Plan)
	if in.Requirement.Known {
		values = append(values, int64(in.Requirement.Ore))
	}
	// Stacked bars grow from zero to each side, so the sides are summed apart.
	for i := range 12 {
		var up, down int64
		for _, p := range in.parts() {
			total := at(cumulate(p.months), i)
			up, down = up+max(total, 0), down+min(total, 0)
		}
		values = append(values, up, down)
	}
	return scaleOver(values...)
}

func at(values []int64, i int) int64 {
	if i >= len(values) {
		return 0
	}
	return values[i]
}

// The axes of the burn-up: the plan's bars are wider than those in front of
// them, and what spans the whole width needs ends at the frame.
const (
	axisPlan = iota + 1
	axisWidth
)

func burnUpOption(v Voice, in BurnUpData, summary string) json.RawMessage {
	if in.empty() && !in.Requirement.Known {
		return nil
	}
	s := burnUpScale(in)
	months := make([]string, 12)
	for i := range months {
		months[i], _, _ = strings.Cut(v.Style.ShortMonth(amount.NewMonth(in.Year, i+1)), " ") // the title has the year
	}
	c := columns(months, s, opts.Grid{Left: "44", Right: "116", Top: "14", Bottom: "26"})
	hidden, silent := opts.Bool(false), &opts.AxisPointer{Show: opts.Bool(false)}
	c.ExtendXAxis(
		opts.XAxis{Type: "category", Data: months, Show: hidden, AxisPointer: silent},
		opts.XAxis{Type: "value", Min: 0, Max: 1, Show: hidden, AxisPointer: silent},
	)
	if !allZero(in.Plan) {
		c.MultiSeries = append(c.MultiSeries, charts.SingleSeries{
			Name: v.Say(keyPlan), Type: types.ChartBar, XAxisIndex: axisPlan, BarWidth: "86%",
			ItemStyle: dress(plan), Data: sums(in.Plan),
		}, planInTooltip(v, in))
	}
	for _, p := range in.parts() {
		if allZero(p.months) {
			continue
		}
		c.MultiSeries = append(c.MultiSeries, charts.SingleSeries{
			Name: v.Say(p.key), Type: types.ChartBar, Stack: "saved", BarWidth: "58%",
			ItemStyle: dress(p.look), Data: sums(p.months),
		})
	}
	if in.Requirement.Known {
		c.MultiSeries = append(c.MultiSeries, requirementLine(v, in))
	}
	c.MultiSeries = append(c.MultiSeries, burnUpLabels(v, in, s))
	if area := monthsAhead(v, in, months); area != nil {
		c.MultiSeries = append(c.MultiSeries, *area)
	}
	return option(c, summary, columnPatch())
}

// allZero is true of unknown months too: neither leaves anything to draw.
func allZero(months []amount.Money) bool {
	return !slices.ContainsFunc(months, func(m amount.Money) bool { return m != 0 })
}

func sums(months []amount.Money) []datum {
	out := make([]datum, 0, len(months))
	for _, total := range cumulate(months) {
		d := datum{Value: total}
		if total == 0 {
			d.worn = wardrobe[unseen] // an edge without a bar would look like an amount
		}
		out = append(out, d)
	}
	return out
}

// planInTooltip lists the plan with the other figures of a month: a tooltip
// keeps to one axis, and the outlines are on another.
func planInTooltip(v Voice, in BurnUpData) charts.SingleSeries {
	return charts.SingleSeries{
		Name: v.Say(keyPlan), Type: types.ChartLine, Symbol: "none",
		ItemStyle: &opts.ItemStyle{Color: Paper}, LineStyle: &opts.LineStyle{Opacity: opts.Float(0)},
		Data: sums(in.Plan),
	}
}

// requirementLine runs from edge to edge; its label sits at the left, where a
// sum that grows over the year leaves room.
func requirementLine(v Voice, in BurnUpData) charts.SingleSeries {
	y := int64(in.Requirement.Ore)
	label := text(v.Say(keyLabelled, v.Say(keyRequirement), v.millions(in.Requirement)), "insideBottomLeft", Ink)
	label.BackgroundColor = Paper // a grid line may pass behind it
	return charts.SingleSeries{
		Name: v.Say(keyRequirement), Type: types.ChartLine, XAxisIndex: axisWidth,
		Symbol: "circle", SymbolSize: 0.1, LineStyle: &opts.LineStyle{Color: Ink, Width: 2, Type: "dashed"},
		Data: []datum{
			{Value: []int64{0, y}, Label: label},
			{Value: []int64{1, y}},
		},
	}
}

// burnUpLabels names each stacked part at the right edge, at the height where
// it ends the year, moved apart where they would touch.
func burnUpLabels(v Voice, in BurnUpData, s scale) charts.SingleSeries {
	type tag struct {
		place int64
		text  string
	}
	var tags []tag
	var below int64
	for _, p := range in.parts() {
		total := int64(sum(p.months))
		if total == 0 {
			continue
		}
		words := v.Say(keyLabelled, v.Say(p.key), v.bareMillions(amount.Exactly(amount.Money(total))))
		tags = append([]tag{{below + total/2, words}}, tags...)
		below += total
	}
	if planned := int64(sum(in.Plan)); planned != 0 {
		words := v.Say(keyLabelled, v.Say(keyPlan), v.bareMillions(amount.Exactly(amount.Money(planned))))
		place := 0
		for place < len(tags) && tags[place].place > planned {
			place++
		}
		tags = append(tags[:place], append([]tag{{planned, words}}, tags[place:]...)...)
	}
	places := make([]int64, len(tags))
	for i, t := range tags {
		places[i] = t.place
	}
	data := []datum{}
	for i, y := range spread(places, (s.hi-s.lo)/18, s.lo) {
		data = append(data, datum{Value: []int64{1, y}, Label: text(tags[i].text, "right", Ink)})
	}
	return charts.SingleSeries{
		Type: types.ChartLine, XAxisIndex: axisWidth, Symbol: "circle", SymbolSize: 0.1,
		ItemStyle: dress(unseen), LineStyle: &opts.LineStyle{Width: 0.01, Opacity: opts.Float(0)}, Data: data,
	}
}

// monthsAhead shades the months that have not passed, unless that is all or none.
func monthsAhead(v Voice, in BurnUpData, months []string) *charts.SingleSeries {
	if in.FirstOpen <= 0 || in.FirstOpen >= len(months) {
		return nil
	}
	return &charts.SingleSeries{
		Type: types.ChartBar, Data: []datum{}, ItemStyle: dress(unseen),
		MarkAreas: &opts.MarkAreas{
			Data: []any{[]any{
				map[string]any{"name": v.Say(keyBurnUpAhead), "xAxis": in.FirstOpen},
				map[string]any{"xAxis": len(months) - 1},
			}},
			MarkAreaStyle: opts.MarkAreaStyle{
				ItemStyle: &opts.ItemStyle{Color: Shade},
				Label:     &opts.Label{Position: "insideTopRight", Color: Muted, FontSize: fontSize},
			},
		},
	}
}
