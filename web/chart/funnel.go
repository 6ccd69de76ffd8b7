package chart

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/types"

	"gevinst/portfolio/amount"
)

// FunnelStep is one stage: how many have come this far.
type FunnelStep struct {
	Label   string
	Count   int
	Unknown bool // the count is not known; Count is not read
	Href    string
	Example bool
}

// FunnelData is the way from all ideas to the realizing ones.
type FunnelData struct {
	AsOf  amount.Date
	Steps []FunnelStep
}

func (s FunnelStep) text(v Voice) string {
	if s.Unknown {
		return v.Style.Figure(amount.Figure{})
	}
	return strconv.Itoa(s.Count)
}

// Funnel draws the stages as bars from zero, so that their lengths compare.
func Funnel(v Voice, in FunnelData) Chart {
	t := Table{Head: []string{v.Say(keyFunnelStep), v.Say(keyFunnelCount)}}
	labels := each(in.Steps, func(s FunnelStep) string { return s.Label })
	data := make([]datum, len(in.Steps))
	values := make([]int64, len(in.Steps))
	said := make([]string, len(in.Steps))
	for i, s := range in.Steps {
		if !s.Unknown {
			values[i] = int64(s.Count)
		}
		data[i] = datum{Value: values[i], Label: text(s.text(v), "right", Ink), Href: s.Href}
		if values[i] == 0 {
			data[i].worn = wardrobe[unseen]
		}
		said[i] = v.Say(keyLabelled, s.Label, s.text(v))
		t.Rows = append(t.Rows, Row{
			Cells: []Cell{{Text: s.Label, Href: s.Href}, num(s.text(v))}, Example: s.Example,
		})
	}
	summary := v.Say(keyFunnelEmpty)
	if len(said) > 0 {
		summary = v.Say(keyFunnelSum, strings.Join(said, ", "))
	}
	summary, example := v.example(summary, each(in.Steps, func(s FunnelStep) bool { return s.Example })...)

	return Chart{
		ID: "funnel", Title: v.Say(keyFunnelTitle), Unit: v.Say(keyUnitCount), AsOf: v.Style.Date(in.AsOf),
		Summary: summary, Option: funnelOption(v, labels, values, data, summary), Table: t,
		Height: heightFor(len(in.Steps)), Example: example,
	}
}

func funnelOption(v Voice, labels []string, values []int64, data []datum, summary string) json.RawMessage {
	if len(labels) == 0 {
		return nil
	}
	c := rows(labels, bounds(values), rowGrid("56"))
	c.MultiSeries = append(c.MultiSeries, charts.SingleSeries{
		Name: v.Say(keyFunnelCount), Type: types.ChartBar, BarWidth: "58%",
		ItemStyle: dress(confirmed), Data: data,
	})
	patch := rowPatch(1, 48)
	patch["tooltip"] = map[string]any{"show": false}
	return option(c, summary, patch)
}
