package agenda

import (
	"gevinst/portfolio/amount"
	"gevinst/web/chart"
)

func (w *writer) voice() chart.Voice { return chart.Voice{Say: w.lang.Say, Style: w.lang.Style} }

// drawn leaves out a chart that has nothing to draw.
func drawn(list ...chart.Chart) []*chart.Chart {
	var kept []*chart.Chart
	for k := range list {
		if list[k].Option != nil {
			kept = append(kept, &list[k])
		}
	}
	return kept
}

// maxBars is how many initiatives a picture holds; the table has them all.
const maxBars = 20

// effects draws each initiative's effect in the year beside its full-year effect; nil where no amount is known.
func (w *writer) effects() *chart.Chart {
	d := chart.EffectsData{Year: w.item.Year, AsOf: w.item.AsOf}
	for _, s := range w.item.Status {
		if s.Outside || len(d.Rows) == maxBars {
			continue
		}
		row := w.year.Row(s.Initiative)
		of := chart.EffectRow{Label: s.Title, Confirmed: s.Confirmed, Plan: s.Plan, Example: s.Example}
		if s.Expected.Known {
			of.InYear, of.FullYear = amount.Exactly(row.Planned()), amount.Exactly(row.Level.Net())
		}
		d.Rows = append(d.Rows, of)
	}
	if list := drawn(chart.Effects(w.voice(), d)); len(list) > 0 {
		return list[0]
	}
	return nil
}

// moneyCharts are the year month by month against its requirement, and the way from the requirement to what is missing.
func (w *writer) moneyCharts() []*chart.Chart {
	f, y := w.item.Figures, w.year
	up := chart.BurnUpData{Year: w.item.Year, AsOf: w.item.AsOf, Requirement: f.Net, Example: w.item.Example}
	for k := range y.Months {
		m := &y.Months[k]
		up.Confirmed, up.Claimed = append(up.Confirmed, m.Confirmed.Net()), append(up.Claimed, m.Claimed.Net())
		if f.Planned.Known {
			up.Plan, up.Expected = append(up.Plan, m.Plan.Net()), append(up.Expected, m.Expected.Net())
		}
		if amount.NewMonth(w.item.Year, k+1) < y.Open {
			up.FirstOpen = k + 1
		}
	}
	return drawn(chart.BurnUp(w.voice(), up), chart.Bridge(w.voice(), w.bridge()))
}

func (w *writer) bridge() chart.BridgeData {
	f, d := w.item.Figures, chart.BridgeData{Year: w.item.Year, AsOf: w.item.AsOf}
	if !f.Requirement.Known {
		return d
	}
	step := func(kind chart.Kind, label string, of amount.Figure, example bool) {
		if of.Known && of.Ore != 0 {
			of.Ore = -of.Ore
			d.Steps = append(d.Steps, chart.Step{Kind: kind, Label: label, Amount: of, Example: example})
		}
	}
	d.Steps = append(d.Steps, chart.Step{Kind: chart.Level, Amount: f.Requirement})
	if f.AlreadyRealized.Known && f.AlreadyRealized.Ore != 0 {
		step(chart.Change, w.lang.Say("savings.already_realized"), f.AlreadyRealized, false)
		d.Steps = append(d.Steps, chart.Step{Kind: chart.Level, Amount: f.Net})
	}
	for _, part := range w.confirmed() {
		step(chart.Change, part.Title, part.Confirmed, part.Example)
	}
	step(chart.Claimed, w.lang.Say("savings.claimed"), f.Claimed, w.item.Example)
	step(chart.Forecast, w.lang.Say("savings.expected"), f.Expected, w.item.Example)
	gap := ""
	if f.GapIfAll.Known && f.GapIfAll.Ore > 0 {
		gap = w.lang.Say("savings.gap_if_all")
	}
	d.Steps = append(d.Steps, chart.Step{Kind: chart.Gap, Label: gap})
	return d
}

// confirmed are the initiatives that the confirmed comes from; where they are too many for a picture it is one step.
func (w *writer) confirmed() []Status {
	var list []Status
	for _, s := range w.item.Status {
		if s.Confirmed.Ore != 0 {
			list = append(list, s)
		}
	}
	if len(list) > maxBars {
		return []Status{{Title: w.say("report.line.confirmed"), Confirmed: w.item.Figures.Confirmed, Example: w.item.Example}}
	}
	return list
}
