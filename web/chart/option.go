package chart

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"
)

// The names of the functions that the page's script puts in their place, only
// where the option's key is "formatter" or "valueFormatter". They take øre.
const (
	formatMillions  types.FuncStr = "@fn:mio"
	formatThousands types.FuncStr = "@fn:tkr"
)

// fontSize is that of all text in a chart, in pixels.
const fontSize = 12

// datum is one point of a series. The library's own type has no place for a
// link, which the script follows on a click.
type datum struct {
	Value any         `json:"value"`
	Label *opts.Label `json:"label,omitempty"`
	worn
	Href string `json:"href,omitempty"`
}

// shown is a series as the page gets it, with the styles that the library's own types have no place for.
type shown struct {
	charts.SingleSeries
	ItemStyle json.RawMessage `json:"itemStyle,omitempty"`
	Silent    bool            `json:"silent,omitempty"`
	Tooltip   json.RawMessage `json:"tooltip,omitempty"`
	Emphasis  json.RawMessage `json:"emphasis"`
}

// still keeps shapes as they are under the pointer: growing or fading ones would change what they say.
var still = json.RawMessage(`{"disabled":true}`)

// showing puts the whole look where a series' item style names one.
func showing(all []charts.SingleSeries) []shown {
	out := make([]shown, len(all))
	for i, s := range all {
		out[i] = shown{SingleSeries: s, Emphasis: still}
		if s.ItemStyle == nil {
			continue
		}
		if w, ok := wardrobe[look(s.ItemStyle.Color)]; ok {
			out[i].ItemStyle, out[i].Silent, out[i].Tooltip = w.ItemStyle, w.Silent, w.Tooltip
		} else {
			out[i].ItemStyle = marshal(s.ItemStyle)
		}
	}
	return out
}

// dress is a series' item style that names a look.
func dress(l look) *opts.ItemStyle { return &opts.ItemStyle{Color: string(l)} }

// text is a label that stands as written. Only our own words and figures go
// through it, never a user's, because braces in it would be read as a template.
func text(s, position, colour string) *opts.Label {
	return &opts.Label{
		Show: opts.Bool(true), Position: position, Formatter: types.FuncStr(s),
		Color: colour, FontSize: fontSize,
	}
}

// canvas is an empty chart without the library's ornaments.
func canvas(grid opts.Grid) *charts.Bar {
	c := charts.NewBar()
	c.SetGlobalOptions(
		charts.WithAnimation(false),
		charts.WithGridOpts(grid),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
	)
	return c
}

// withLegend shows a legend above a chart whose parts cannot be named in place.
func withLegend(c *charts.Bar, names []string, patch map[string]any) map[string]any {
	c.SetGlobalOptions(charts.WithLegendOpts(opts.Legend{
		Show: opts.Bool(true), Top: "0", Left: "0", ItemWidth: 16, ItemHeight: 12,
		TextStyle: &opts.TextStyle{Color: Ink, FontSize: fontSize}, Data: names,
	}))
	// A click would take a part out of the picture but not out of the sums.
	patch["legend"] = map[string]any{"selectedMode": false}
	return patch
}

func axisLabel(format types.FuncStr) *opts.AxisLabel {
	return &opts.AxisLabel{Formatter: format, Color: Muted, FontSize: fontSize}
}

func inkLine() *opts.AxisLine {
	return &opts.AxisLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: Ink, Width: 1}}
}

func noLine() *opts.AxisLine { return &opts.AxisLine{Show: opts.Bool(false)} }
func noTick() *opts.AxisTick { return &opts.AxisTick{Show: opts.Bool(false)} }

// option is the chart as JSON for a script element: <, > and & are escaped, and
// patch is laid over what the library gives. The series, by far the most of it,
// are written from their types; patches are for the rest.
func option(c *charts.Bar, summary string, patch map[string]any) json.RawMessage {
	c.Validate()
	own := c.JSON()
	for _, part := range []string{"title", "toolbox", "series"} {
		delete(own, part)
	}
	tree := reread(own)
	overlay(tree, map[string]any{
		"textStyle": map[string]any{
			"fontFamily": "IBM Plex Sans, system-ui, sans-serif", "color": Ink,
		},
		// The default tooltip is HTML with style attributes, which a strict
		// content security policy refuses.
		"tooltip": map[string]any{
			"renderMode": "richText", "confine": true, "borderColor": Rule, "padding": 8,
			"textStyle":   map[string]any{"color": Ink, "fontSize": fontSize},
			"axisPointer": map[string]any{"shadowStyle": map[string]any{"color": "rgba(0,0,0,0.06)"}},
		},
		// The drawing program's own description reads stacked series wrongly,
		// and its own patterns would cover ours.
		"aria": map[string]any{
			"enabled": true,
			"label":   map[string]any{"enabled": true, "description": summary},
			"decal":   map[string]any{"show": false},
		},
	})
	overlay(tree, patch)
	tree["series"] = showing(c.MultiSeries)
	return marshal(tree)
}

// marshal cannot fail on what this package builds: strings, numbers, truth
// values and lists, maps and structs of them.
func marshal(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("chart: an option that is not JSON: %v", err))
	}
	return raw
}

// reread gives the option as plain maps, with whole numbers kept exact.
func reread(v any) map[string]any {
	dec := json.NewDecoder(bytes.NewReader(marshal(v)))
	dec.UseNumber()
	tree := map[string]any{}
	if err := dec.Decode(&tree); err != nil {
		panic(fmt.Sprintf("chart: an option that is not an object: %v", err))
	}
	return tree
}

// overlay lays patch over tree, map by map and list item by list item.
func overlay(tree, patch map[string]any) {
	for key, value := range patch {
		tree[key] = laid(tree[key], value)
	}
}

func laid(below, above any) any {
	switch a := above.(type) {
	case map[string]any:
		if b, ok := below.(map[string]any); ok {
			overlay(b, a)
			return b
		}
	case []any:
		if b, ok := below.([]any); ok && len(b) == len(a) {
			for i := range a {
				b[i] = laid(b[i], a[i])
			}
			return b
		}
	}
	return above
}
