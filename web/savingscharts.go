package web

import (
	"gevinst/portfolio/amount"
	"gevinst/web/chart"
)

// burnUp draws the year month by month against its requirement. What is expected is unweighted, so that the top of the
// picture is what the year is to bring if all goes as planned.
func (r *request) burnUp(v *savingsView) chart.Chart { return r.burnUpOf(&v.yearFigures) }

func (r *request) burnUpOf(f *yearFigures) chart.Chart {
	d := chart.BurnUpData{Year: f.Year, AsOf: f.AsOf, Requirement: f.NetRequirement.Figure, Example: f.Example}
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

// bridge draws the way from the requirement to what is missing: the requirement's lines, each initiative's confirmed part,
// then what is claimed and what is expected.
func (r *request) bridge(v *savingsView) chart.Chart {
	d := chart.BridgeData{Year: v.Year, AsOf: v.AsOf}
	on := func(place string) string { // what a step opens to stands on the year's page
		if v.YearHref == "" {
			return place
		}
		return r.link(v.YearHref + place)
	}
	if v.Requirement.Known {
		d.Steps = append(d.Steps, chart.Step{Kind: chart.Level, Amount: v.Requirement.Figure, Href: on("#requirement")})
		if v.AlreadyRealized.Known && v.AlreadyRealized.Ore != 0 {
			done := v.AlreadyRealized.Figure
			done.Ore = -done.Ore
			d.Steps = append(d.Steps,
				chart.Step{Kind: chart.Change, Label: r.say("savings.already_realized"), Amount: done, Href: on("#requirement")},
				chart.Step{Kind: chart.Level, Amount: v.NetRequirement.Figure, Href: on("#requirement")})
		}
		for _, row := range v.Confirm {
			if row.Confirmed.Ore != 0 {
				d.Steps = append(d.Steps, chart.Step{
					Kind: chart.Change, Label: row.Title, Amount: amount.Exactly(-row.Confirmed.Ore), Href: row.Href, Example: row.Example,
				})
			}
		}
		if v.Claimed.Ore != 0 {
			d.Steps = append(d.Steps, chart.Step{Kind: chart.Claimed, Label: r.say("savings.claimed"), Amount: amount.Exactly(-v.Claimed.Ore), Href: on("#claimed"), Example: v.Example})
		}
		if v.Expected.Known && v.Expected.Ore != 0 {
			d.Steps = append(d.Steps, chart.Step{Kind: chart.Forecast, Label: r.say("savings.expected"), Amount: amount.Exactly(-v.Expected.Ore), Href: on("#expected"), Example: v.Example})
		}
		d.Steps = append(d.Steps, chart.Step{Kind: chart.Gap, Label: r.bridgeEnd(v)})
	}
	return chart.Bridge(r.voice(), d)
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
func (r *request) bridgeEnd(v *savingsView) string {
	if !v.Planned.Known || v.Planned.Ore >= v.NetRequirement.Ore {
		return ""
	}
	return r.say("savings.gap_if_all")
}
