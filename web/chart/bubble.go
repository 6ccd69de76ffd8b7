package chart

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"

	"gevinst/portfolio/amount"
)

const (
	keyBubblesTitle      = "chart.bubbles.title"
	keyBubblesUnit       = "chart.bubbles.unit"
	keyBubblesItem       = "chart.bubbles.item"
	keyBubblesRank       = "chart.bubbles.rank"
	keyBubblesValue      = "chart.bubbles.value"
	keyBubblesComplexity = "chart.bubbles.complexity"
	keyBubblesEffect     = "chart.bubbles.effect"
	keyBubblesMandatory  = "chart.bubbles.mandatory"
	keyBubblesMust       = "chart.bubbles.must"
	keyBubblesSum        = "chart.bubbles.sum"
	keyBubblesEmpty      = "chart.bubbles.empty"
)

// Bubble is an item by its value and its complexity, both in thousandths of a
// point from 1 to 5. Rank is its number in the picture.
type Bubble struct {
	Rank              int
	Title, Href       string
	Value, Complexity int64
	// Effect is what the bubble's area stands for, in øre; unknown is the
	// smallest bubble, hollow.
	Effect    amount.Figure
	Mandatory bool
	Example   bool
}

// BubblesData is a round's items. Effect names what the areas stand for.
type BubblesData struct {
	Effect  string
	AsOf    amount.Date
	Bubbles []Bubble
}

// Bubbles draws value against complexity: up is good, right is hard. Mandatory
// items have a ring, and the number in a bubble is its rank in the table.
func Bubbles(v Voice, in BubblesData) Chart {
	c := Chart{ID: "bubbles", Title: v.Say(keyBubblesTitle), Unit: v.Say(keyBubblesUnit, in.Effect), AsOf: v.Style.Date(in.AsOf), Height: "chart-l"}
	if len(in.Bubbles) == 0 {
		c.Summary = v.Say(keyBubblesEmpty)
		return c
	}
	best := slices.MinFunc(in.Bubbles, func(a, b Bubble) int { return cmp.Compare(a.Rank, b.Rank) })
	said := v.Say(keyBubblesSum, strconv.Itoa(len(in.Bubbles)), best.Title, v.Style.Thousandths(best.Value), v.Style.Thousandths(best.Complexity))
	c.Summary, c.Example = v.example(said, each(in.Bubbles, func(b Bubble) bool { return b.Example })...)
	c.Option, c.Table = bubblesOption(v, in, c.Summary), bubblesTable(v, in)
	return c
}

func bubblesTable(v Voice, in BubblesData) Table {
	t := Table{Head: []string{v.Say(keyBubblesItem), v.Say(keyBubblesRank), v.Say(keyBubblesValue), v.Say(keyBubblesComplexity), v.Say(keyBubblesEffect, in.Effect), v.Say(keyBubblesMandatory)}}
	for _, b := range in.Bubbles {
		must := ""
		if b.Mandatory {
			must = v.Say(keyBubblesMust)
		}
		t.Rows = append(t.Rows, Row{Example: b.Example, Cells: []Cell{
			{Text: b.Title, Href: b.Href},
			num(strconv.Itoa(b.Rank)), num(v.Style.Thousandths(b.Value)), num(v.Style.Thousandths(b.Complexity)),
			num(v.thousands(b.Effect)),
			{Text: must},
		}})
	}
	return t
}

// bubble is a datum with a size and a tooltip of its own.
type bubble struct {
	datum
	SymbolSize int `json:"symbolSize"`
	// SymbolOffset moves it from its place, in pixels right and down, where another one's number would be hidden.
	SymbolOffset []int           `json:"symbolOffset,omitempty"`
	Tooltip      json.RawMessage `json:"tooltip"`
}

// The diameters of bubbles, in pixels. The greatest effect has the widest; the
// area, not the diameter, goes by the effect.
const (
	widestBubble   = 64
	smallestBubble = 20
)

func bubblesOption(v Voice, in BubblesData, summary string) json.RawMessage {
	most := amount.Money(1)
	for _, b := range in.Bubbles {
		most = max(most, b.Effect.Ore)
	}
	data := make([]bubble, 0, len(in.Bubbles))
	for _, b := range in.Bubbles {
		data = append(data, drawn(v, b, in.Effect, most))
	}
	// The greater bubbles first: none hides a smaller one.
	slices.SortStableFunc(data, func(a, b bubble) int { return b.SymbolSize - a.SymbolSize })
	apart(data)
	const low, high = 0, 6000 // a point beyond the scale, for bubbles at its ends
	c := columns(nil, scaleOver(low, high), opts.Grid{Left: "52", Right: "24", Top: "16", Bottom: "48"})
	split := &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: Rule}}
	c.SetGlobalOptions(
		charts.WithXAxisOpts(opts.XAxis{
			Type: "value", Min: low, Max: high, Name: v.Say(keyBubblesComplexity), NameLocation: "middle", NameGap: 30, AxisLabel: axisLabel(formatMilli), AxisLine: inkLine(), AxisTick: noTick(), SplitLine: split,
		}),
		charts.WithYAxisOpts(opts.YAxis{
			Type: "value", Min: low, Max: high, Name: v.Say(keyBubblesValue), NameLocation: "middle", NameGap: 34, AxisLabel: axisLabel(formatMilli), AxisLine: inkLine(), SplitLine: split,
		}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "item"}),
	)
	c.MultiSeries = append(c.MultiSeries, charts.SingleSeries{Name: v.Say(keyBubblesTitle), Type: types.ChartScatter, Data: data})
	named := map[string]any{"nameTextStyle": map[string]any{"color": Ink, "fontSize": fontSize}, "interval": 1000, "axisLabel": map[string]any{"showMinLabel": false, "showMaxLabel": false}}
	return option(c, summary, map[string]any{"xAxis": []any{named}, "yAxis": []any{named}})
}

func drawn(v Voice, b Bubble, effect string, most amount.Money) bubble {
	size := smallestBubble
	style := map[string]any{"color": Neutral, "borderColor": Muted, "borderWidth": 1}
	if b.Effect.Known && b.Effect.Ore > 0 {
		size = max(size, int(math.Round(widestBubble*math.Sqrt(float64(b.Effect.Ore)/float64(most)))))
		style = map[string]any{"color": AccentLight, "borderColor": Accent, "borderWidth": 1}
	}
	if b.Mandatory {
		style["borderColor"], style["borderWidth"] = Ink, 3
	}
	words := []string{
		strconv.Itoa(b.Rank) + ". " + braceless(b.Title), v.Say(keyBubblesValue) + ": " + v.Style.Thousandths(b.Value),
		v.Say(keyBubblesComplexity) + ": " + v.Style.Thousandths(b.Complexity), effect + ": " + v.millions(b.Effect),
	}
	if b.Mandatory {
		words = append(words, v.Say(keyBubblesMust))
	}
	return bubble{
		datum: datum{
			Value: []int64{b.Complexity, b.Value}, Label: text(strconv.Itoa(b.Rank), "inside", Ink), Href: b.Href,
			worn: worn{ItemStyle: marshal(style)},
		},
		SymbolSize: size, Tooltip: marshal(map[string]any{"formatter": strings.Join(words, "\n")}),
	}
}

// How bubbles are moved apart: a point of the scale is at least so many pixels, on a phone too, and a number reaches so far from its
// middle.
const (
	pointPixels  = 52
	numberReach  = 10
	spreadStep   = 4
	widestSpread = 200
)

// apart moves bubbles that lie over the numbers of others, as little as it takes. The order of the data decides who moves.
func apart(data []bubble) {
	at := func(b bubble, dx, dy int) (x, y float64) {
		place := b.Value.([]int64)
		return float64(place[0])*pointPixels/1000 + float64(dx), -float64(place[1])*pointPixels/1000 + float64(dy)
	}
	free := func(k, dx, dy int) bool {
		x, y := at(data[k], dx, dy)
		for _, o := range data[:k] {
			ox, oy := at(o, 0, 0)
			if o.SymbolOffset != nil {
				ox, oy = at(o, o.SymbolOffset[0], o.SymbolOffset[1])
			}
			if math.Hypot(x-ox, y-oy) < float64(data[k].SymbolSize)/2+numberReach {
				return false
			}
		}
		return true
	}
	for k := range data {
		for d := 0; d < widestSpread && !free(k, 0, 0); d += spreadStep {
			if way := slices.IndexFunc(ways, func(w [2]int) bool { return free(k, w[0]*d, w[1]*d) }); way >= 0 {
				data[k].SymbolOffset = []int{ways[way][0] * d, ways[way][1] * d}
				break
			}
		}
	}
}

// ways are those in which a bubble moves, the first that is free.
var ways = [][2]int{{1, 0}, {-1, 0}, {0, -1}, {0, 1}, {1, -1}, {-1, 1}, {1, 1}, {-1, -1}}

// braceless makes anybody's words safe where braces would be read as a template.
func braceless(words string) string { return strings.NewReplacer("{", "(", "}", ")").Replace(words) }
