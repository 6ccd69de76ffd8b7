package web

import (
	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/web/chart"
)

// burnUpOf draws the year month by month against its requirement. What is expected is unweighted, so that the top of the
// picture is what the year is to bring if all goes as planned. A part of the programme has no requirement of its own.
func (r *request) burnUpOf(f *yearFigures) chart.Chart {
	d := chart.BurnUpData{Year: f.Year, AsOf: f.AsOf, Requirement: f.NetRequirement.Figure, Example: f.Example}
	if f.Narrowed {
		d.Requirement = amount.Figure{}
	}
	for i, m := range f.Months {
		d.Confirmed = append(d.Confirmed, m.Confirmed.Ore)
		d.Claimed = append(d.Claimed, m.Claimed.Ore)
		if f.Planned.Known {
			d.Plan, d.Expected = append(d.Plan, m.Plan.Ore), append(d.Expected, m.Expected.Ore)
		}
		if m.Month.Last() <= f.PassedTo {
			d.FirstOpen = i + 1
		}
	}
	return chart.BurnUp(r.voice(), d)
}

// bridgeOf is the way from the requirement's lines to what is missing: what the requirement is made of, then what each initiative has
// confirmed, what it has claimed, and what is expected of it. A filter singles out its own initiatives; the way still leads to the
// whole programme's gap. home is where the steps open, "" for the page itself.
func (r *request) bridgeOf(y *shownYear, home string) chart.BridgeData {
	f := r.figuresOf(y.programme, y.whole)
	d := chart.BridgeData{Year: f.Year, AsOf: f.AsOf}
	if !f.Requirement.Known || !f.NetRequirement.Known {
		return d
	}
	on := func(place string) string {
		if home == "" {
			return place
		}
		return r.link(home + place)
	}
	d.Steps = r.requirementSteps(&f, y.Requirement, on("#requirement"))
	add := func(kind chart.Kind, label string, m amount.Money, href string, example bool) {
		if m != 0 {
			d.Steps = append(d.Steps, chart.Step{Kind: kind, Label: label, Amount: amount.Exactly(-m), Href: href, Example: example})
		}
	}
	parts := r.bridgeParts(y)
	for _, row := range parts {
		add(chart.Change, row.Title, row.Confirmed.Ore, row.Href, row.Example)
	}
	add(chart.Change, r.say("savings.rest_of_programme"), y.whole.Confirmed.Net()-y.Confirmed.Net(), on(""), f.Example)
	for _, row := range parts {
		add(chart.Claimed, r.say("savings.bridge_claimed", row.Title), row.Claimed.Ore, row.Href, row.Example)
	}
	add(chart.Claimed, r.say("savings.rest_claimed"), y.whole.Claimed.Net()-y.Claimed.Net(), on("#claimed"), f.Example)
	if f.Expected.Known {
		for _, row := range parts {
			add(chart.Forecast, r.say("savings.bridge_expected", row.Title), row.open, row.Href, row.Example)
		}
		add(chart.Forecast, r.say("savings.rest_expected"), y.whole.Expected.Net()-y.Expected.Net(), on("#expected"), f.Example)
	}
	d.Steps = append(d.Steps, chart.Step{Kind: chart.Gap, Label: r.bridgeEnd(&f)})
	return d
}

// requirementSteps build the net requirement: line by line where it has several, then less what is already realized.
func (r *request) requirementSteps(f *yearFigures, q *portfolio.Requirement, href string) (steps []chart.Step) {
	var lines []portfolio.Line
	for _, l := range q.Lines {
		if l.Kind != portfolio.AlreadyRealized && l.Amount.Ore != 0 {
			lines = append(lines, l)
		}
	}
	if len(lines) > 1 {
		for k, l := range lines {
			kind := chart.Added
			if k == 0 {
				kind = chart.Level
			}
			steps = append(steps, chart.Step{Kind: kind, Label: l.Label, Amount: l.Amount, Href: href, Example: l.Source.Example})
		}
	}
	steps = append(steps, chart.Step{Kind: chart.Level, Label: r.say("chart.bridge.requirement"), Amount: f.Requirement.Figure, Href: href})
	if f.AlreadyRealized.Known && f.AlreadyRealized.Ore != 0 {
		done := f.AlreadyRealized.Figure
		done.Ore = -done.Ore
		steps = append(steps,
			chart.Step{Kind: chart.Change, Label: r.say("savings.already_realized"), Amount: done, Href: href},
			chart.Step{Kind: chart.Level, Amount: f.NetRequirement.Figure, Href: href})
	}
	return steps
}

// maxBars is how many initiatives a picture holds; the table under it has them all.
const maxBars = 20

// effects draws each initiative's effect in the year beside its full-year effect.
func (r *request) effects(v *savingsView) chart.Chart {
	d := chart.EffectsData{Year: v.Year, AsOf: v.AsOf}
	for _, row := range v.Rows[:min(len(v.Rows), maxBars)] {
		inYear := row.Expected
		if inYear.Known {
			inYear.Ore += row.Confirmed.Ore + row.Claimed.Ore
		}
		d.Rows = append(d.Rows, chart.EffectRow{
			Label: row.Title, Href: row.Href, InYear: inYear.Figure, Confirmed: row.Confirmed.Figure, Plan: row.PlannedInYear.Figure,
			FullYear: row.Net.Figure, Example: row.Example,
		})
	}
	return chart.Effects(r.voice(), d)
}

// bridgeEnd names the bridge's last bar: what is missing although everything expected comes, which is less than what is
// missing from the budget today.
func (r *request) bridgeEnd(v *yearFigures) string {
	if !v.Planned.Known || v.Planned.Ore >= v.NetRequirement.Ore {
		return ""
	}
	switch {
	case v.Closed && v.Claimed.Ore != 0:
		return r.say("savings.gap_beyond_claimed")
	case v.Closed:
		return r.say("savings.gap")
	}
	return r.say("savings.gap_if_all")
}
