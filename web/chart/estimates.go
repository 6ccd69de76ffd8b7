package chart

import (
	"encoding/json"
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"

	"gevinst/portfolio/amount"
)

const (
	keyEstimatesTitle   = "chart.estimates.title"
	keyEstimatesVersion = "chart.estimates.version"
	keyEstimatesNPV     = "chart.estimates.npv"
	keyEstimatesSaving  = "chart.estimates.saving"
	keyEstimatesOne     = "chart.estimates.one"
	keyEstimatesMoved   = "chart.estimates.moved"
	keyEstimatesEmpty   = "chart.estimates.empty"
)

// Version is what one version of a business case came to, in øre.
type Version struct {
	// Label names it, Step says how far it came and when: both stand under its bars.
	Label, Step string
	Href        string
	NPV, Saving amount.Total
	Example     bool
}

// EstimatesData is how an estimate has moved from version to version.
type EstimatesData struct {
	AsOf     amount.Date
	Versions []Version
}

// Estimates draws each version's net present value as an outlined bar and its saving in a full year in grey beside it.
func Estimates(v Voice, in EstimatesData) Chart {
	if !slices.ContainsFunc(in.Versions, func(one Version) bool { return one.NPV.Known() || one.Saving.Known() }) {
		in.Versions = nil
	}
	summary, example := v.example(estimatesSummary(v, in), each(in.Versions, func(one Version) bool { return one.Example })...)
	return Chart{
		ID: "estimates", Title: v.Say(keyEstimatesTitle), Unit: v.Say(keyUnitMio), AsOf: v.Style.Date(in.AsOf),
		Summary: summary, Option: estimatesOption(v, in, summary), Table: estimatesTable(v, in), Height: "chart-m", Example: example,
	}
}

func estimatesSummary(v Voice, in EstimatesData) string {
	if len(in.Versions) == 0 {
		return v.Say(keyEstimatesEmpty)
	}
	first, last := in.Versions[0], in.Versions[len(in.Versions)-1]
	if len(in.Versions) == 1 {
		return v.Say(keyEstimatesOne, last.Label, v.total(last.NPV, v.millions), v.total(last.Saving, v.millions))
	}
	return v.Say(keyEstimatesMoved, first.Label, last.Label,
		v.total(first.NPV, v.millions), v.total(last.NPV, v.millions), v.total(first.Saving, v.millions), v.total(last.Saving, v.millions))
}

func estimatesTable(v Voice, in EstimatesData) Table {
	t := Table{Head: []string{v.Say(keyEstimatesVersion), v.Say(keyEstimatesNPV), v.Say(keyEstimatesSaving)}}
	for _, one := range in.Versions {
		t.Rows = append(t.Rows, Row{Example: one.Example, Cells: []Cell{
			{Text: v.Say(keyLabelled, one.Label, one.Step), Href: one.Href}, num(v.total(one.NPV, v.thousands)), num(v.total(one.Saving, v.thousands)),
		}})
	}
	return t
}

func estimatesOption(v Voice, in EstimatesData, summary string) json.RawMessage {
	if len(in.Versions) == 0 {
		return nil
	}
	labels := each(in.Versions, func(one Version) string { return one.Label + "\n" + one.Step })
	var values []int64
	series := func(name string, l look, pick func(Version) amount.Total) charts.SingleSeries {
		data := make([]datum, len(in.Versions))
		for k, one := range in.Versions {
			data[k].Href = one.Href
			if t := pick(one); t.Known() {
				values = append(values, int64(t.Ore))
				data[k].Value, data[k].Label = int64(t.Ore), text(v.total(t, v.bareMillions), "top", Ink)
			}
		}
		return charts.SingleSeries{Name: name, Type: types.ChartBar, BarWidth: "28%", BarMaxWidth: "56", ItemStyle: dress(l), Data: data}
	}
	names := []string{v.Say(keyEstimatesNPV), v.Say(keyEstimatesSaving)}
	npv := series(names[0], plan, func(one Version) amount.Total { return one.NPV })
	saving := series(names[1], fullYear, func(one Version) amount.Total { return one.Saving })
	c := columns(labels, scaleOver(values...), opts.Grid{Left: "52", Right: "12", Top: "40", Bottom: "44"})
	c.MultiSeries = append(c.MultiSeries, npv, saving)
	return option(c, summary, withLegend(c, names, columnPatch()))
}
