package chart

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// columns is an empty chart with upright bars over the given times and an axis
// in millions.
func columns(times []string, s scale, grid opts.Grid) *charts.Bar {
	c := canvas(grid)
	c.SetXAxis(times)
	step := float64(s.step)
	c.SetGlobalOptions(
		charts.WithXAxisOpts(opts.XAxis{
			Type: "category", AxisLabel: axisLabel(""), AxisLine: inkLine(), AxisTick: noTick(),
		}),
		charts.WithYAxisOpts(opts.YAxis{
			Type: "value", Min: s.lo, Max: s.hi, MinInterval: step, MaxInterval: step,
			AxisLabel: axisLabel(formatMillions), AxisLine: noLine(),
			SplitLine: &opts.SplitLine{LineStyle: &opts.LineStyle{Color: Rule}},
		}),
		charts.WithTooltipOpts(opts.Tooltip{
			Show: opts.Bool(true), Trigger: "axis", ValueFormatter: formatThousands,
			AxisPointer: &opts.AxisPointer{Type: "shadow"},
		}),
	)
	return c
}

// columnPatch removes the ticks, for which the vertical axis type has no field.
func columnPatch() map[string]any {
	return map[string]any{"yAxis": []any{map[string]any{"axisTick": map[string]any{"show": false}}}}
}
