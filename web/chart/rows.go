package chart

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// rows is an empty chart with horizontal bars: one category per label, read
// from the top. Long Danish titles have room there.
func rows(labels []string, s scale, grid opts.Grid) *charts.Bar {
	c := canvas(grid)
	c.XYReversal()
	c.SetXAxis(labels)
	c.SetGlobalOptions(
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Min: s.lo, Max: s.hi, Show: opts.Bool(false)}),
		charts.WithYAxisOpts(labelAxis(wideLabels)),
		charts.WithTooltipOpts(opts.Tooltip{
			Show: opts.Bool(true), Trigger: "item", ValueFormatter: formatThousands,
		}),
	)
	return c
}

// The widths of the labels beside the bars, in pixels.
const (
	wideLabels   = 236
	narrowLabels = 116
	narrowFrame  = 560
)

func labelAxis(width int) opts.YAxis {
	return opts.YAxis{
		Type: "category", Inverse: opts.Bool(true), AxisLine: inkLine(),
		AxisLabel: &opts.AxisLabel{
			Color: Ink, FontSize: fontSize, Width: width, Overflow: "break", Interval: "0",
		},
	}
}

// rowGrid leaves room for the labels to the left and the figures to the right.
func rowGrid(right string) opts.Grid {
	return opts.Grid{Left: "248", Right: right, Top: "6", Bottom: "6"}
}

// rowPatch removes the ticks, for which the vertical axis type has no field,
// sets the line height, which it has as a text that would be appended rather
// than added, and narrows the labels in a narrow frame.
func rowPatch(axes int, right int) map[string]any {
	bare := map[string]any{
		"axisTick":  map[string]any{"show": false},
		"axisLabel": map[string]any{"lineHeight": 14},
	}
	narrow := map[string]any{"axisLabel": map[string]any{"width": narrowLabels, "fontSize": fontSize - 1}}
	wide, small := make([]any, axes), make([]any, axes)
	for i := range axes {
		wide[i], small[i] = bare, narrow
	}
	return map[string]any{
		"yAxis": wide,
		"media": []any{map[string]any{
			"query": map[string]any{"maxWidth": narrowFrame},
			"option": map[string]any{
				"grid":  map[string]any{"left": narrowLabels + 10, "right": right},
				"yAxis": small,
			},
		}},
	}
}

// heightFor picks the frame that gives each of n bars room for a label of three
// lines in a narrow frame.
func heightFor(n int) string {
	switch {
	case n <= 4:
		return "chart-s"
	case n <= 8:
		return "chart-m"
	case n <= 13:
		return "chart-l"
	default:
		return "chart-xl"
	}
}
