package chart_test

import (
	"gevinst/portfolio/amount"
	"gevinst/web/chart"
)

// tkr is a thousand kroner.
const tkr = 1000 * amount.Krone

func thousands(n amount.Money) amount.Figure { return amount.Exactly(n * tkr) }

var asOf = amount.NewDate(2018, 8, 31)

// pictures are the charts of a portfolio like the demonstration's, and the
// states at its edges.
var pictures = map[string]func(chart.Voice) chart.Chart{
	"burnup":       func(v chart.Voice) chart.Chart { return chart.BurnUp(v, burnUp) },
	"burnup-facts": func(v chart.Voice) chart.Chart { return chart.BurnUp(v, burnUpFacts) },
	"burnup-nothing": func(v chart.Voice) chart.Chart {
		return chart.BurnUp(v, chart.BurnUpData{Year: 2019})
	},
	"burnup-example-only": func(v chart.Voice) chart.Chart {
		in := burnUp
		in.Requirement = amount.Figure{}
		return chart.BurnUp(v, in)
	},
	"burnup-met": func(v chart.Voice) chart.Chart { return chart.BurnUp(v, burnUpMet) },
	"burnup-closed": func(v chart.Voice) chart.Chart {
		in := burnUp
		in.Expected = months()
		return chart.BurnUp(v, in)
	},
	"burnup-firm": func(v chart.Voice) chart.Chart {
		in := burnUp
		in.Expected = nil
		return chart.BurnUp(v, in)
	},
	"bridge":         func(v chart.Voice) chart.Chart { return chart.Bridge(v, bridge) },
	"bridge-surplus": func(v chart.Voice) chart.Chart { return chart.Bridge(v, bridgeSurplus) },
	"bridge-nothing": func(v chart.Voice) chart.Chart { return chart.Bridge(v, chart.BridgeData{Year: 2019}) },
	"funnel":         func(v chart.Voice) chart.Chart { return chart.Funnel(v, funnel) },
	"funnel-nothing": func(v chart.Voice) chart.Chart { return chart.Funnel(v, chart.FunnelData{}) },
	"effects":        func(v chart.Voice) chart.Chart { return chart.Effects(v, effects) },
	"effects-nothing": func(v chart.Voice) chart.Chart {
		return chart.Effects(v, chart.EffectsData{Year: 2019})
	},
	"years":               func(v chart.Voice) chart.Chart { return chart.YearStack(v, years) },
	"effectyears":         func(v chart.Voice) chart.Chart { return chart.EffectYears(v, effectYears) },
	"effectyears-nothing": func(v chart.Voice) chart.Chart { return chart.EffectYears(v, chart.EffectYearsData{}) },
	"measured":            func(v chart.Voice) chart.Chart { return chart.Measured(v, measured) },
	"measured-nothing": func(v chart.Voice) chart.Chart {
		in := measured
		in.Points, in.BaselineDay = nil, 0
		return chart.Measured(v, in)
	},
	"years-nothing": func(v chart.Voice) chart.Chart { return chart.YearStack(v, chart.YearStackData{}) },
	"cashflow":      func(v chart.Voice) chart.Chart { return chart.CashFlow(v, cashFlow) },
	"cashflow-never": func(v chart.Voice) chart.Chart {
		return chart.CashFlow(v, chart.CashFlowData{FirstYear: 2018, Net: totals(-500, 100), Cumulative: totals(-500, -400)})
	},
	"cashflow-open": func(v chart.Voice) chart.Chart { // the first year lacks a cost
		in := chart.CashFlowData{FirstYear: 2018, Net: totals(-500, 900), Cumulative: totals(-500, 400)}
		for _, t := range []*amount.Total{&in.Net[0], &in.Cumulative[0], &in.Cumulative[1]} {
			t.Take(amount.Figure{})
		}
		return chart.CashFlow(v, in)
	},
	"cashflow-nothing": func(v chart.Voice) chart.Chart {
		return chart.CashFlow(v, chart.CashFlowData{FirstYear: 2018, Net: []amount.Total{{Parts: 1, Unknown: 1}}, Cumulative: []amount.Total{{Parts: 1, Unknown: 1}}})
	},
	"bridge-lines":     func(v chart.Voice) chart.Chart { return chart.Bridge(v, bridgeLines) },
	"bullets":          func(v chart.Voice) chart.Chart { return chart.Bullets(v, bullets) },
	"bullets-nothing":  func(v chart.Voice) chart.Chart { return chart.Bullets(v, chart.BulletsData{Year: 2019}) },
	"overtime":         func(v chart.Voice) chart.Chart { return chart.OverTime(v, overTime) },
	"overtime-nothing": func(v chart.Voice) chart.Chart { return chart.OverTime(v, chart.OverTimeData{Year: 2019}) },
	"overtime-one": func(v chart.Voice) chart.Chart {
		return chart.OverTime(v, chart.OverTimeData{Year: 2018, AsOf: asOf, Points: overTime.Points[1:2]})
	},
	"moved": func(v chart.Voice) chart.Chart { return chart.Moved(v, moved) },
	"moved-same": func(v chart.Voice) chart.Chart {
		in := moved
		in.Is, in.Moves = in.Was, nil
		return chart.Moved(v, in)
	},
	"moved-less": func(v chart.Voice) chart.Chart {
		in := moved
		in.Was, in.Is, in.Moves = in.Is, in.Was, []chart.Move{{Label: "Office 365", Amount: thousands(-300)}}
		return chart.Moved(v, in)
	},
	"moved-nothing": func(v chart.Voice) chart.Chart {
		return chart.Moved(v, chart.MovedData{From: "31. marts", To: "i dag", Was: thousands(100)})
	},
	"overlap":      func(v chart.Voice) chart.Chart { return chart.Overlap(v, overlap(-1)) },
	"overlap-home": func(v chart.Voice) chart.Chart { return chart.Overlap(v, overlap(1)) },
	"overlap-free": func(v chart.Voice) chart.Chart {
		in := overlap(-1)
		in.Programmes[0].Requirement = amount.Figure{}
		return chart.Overlap(v, in)
	},
	"overlap-nothing": func(v chart.Voice) chart.Chart { return chart.Overlap(v, chart.OverlapData{Year: 2019}) },
	"estimates":       func(v chart.Voice) chart.Chart { return chart.Estimates(v, estimates) },
	"estimates-one": func(v chart.Voice) chart.Chart {
		return chart.Estimates(v, chart.EstimatesData{Versions: estimates.Versions[:1]})
	},
	"estimates-nothing": func(v chart.Voice) chart.Chart {
		return chart.Estimates(v, chart.EstimatesData{Versions: []chart.Version{{Label: "Version 1", Step: "Kladde"}}})
	},
	"bubbles": func(v chart.Voice) chart.Chart { return chart.Bubbles(v, bubbles) },
	"bubbles-nothing": func(v chart.Voice) chart.Chart {
		return chart.Bubbles(v, chart.BubblesData{Effect: "helårsvirkning"})
	},
	"courses": func(v chart.Voice) chart.Chart { return chart.Courses(v, courses) },
	"courses-nothing": func(v chart.Voice) chart.Chart {
		return chart.Courses(v, chart.CoursesData{Year: 2019})
	},
}

// moved is a forecast that a delay has lowered and an earlier start raised; what has left the plan is not among the parts.
var moved = chart.MovedData{
	From: "pr. 30. juni 2018", To: "i dag", AsOf: asOf, Was: thousands(2600), Is: amount.About(3000 * tkr),
	Moves: []chart.Move{
		{Label: "Office 365 / Cloud", Amount: thousands(-200), Href: "/initiatives/4", Example: true},
		{Label: "ESDH", Amount: thousands(700), Href: "/initiatives/5"},
		{Label: "Talegenkendelse", Amount: thousands(0)},
		{Label: "Uden beløb", Amount: amount.Figure{}},
	},
}

// overlap is two programmes that share 600,000 kr.; home is where they count, -1 while nobody has decided.
func overlap(home int) chart.OverlapData {
	return chart.OverlapData{
		Year: 2019, AsOf: asOf,
		Programmes: []chart.Beside{
			{Name: "Digitalisering", Requirement: thousands(3900), Confirmed: thousands(1500), Claimed: thousands(200), Expected: thousands(700), Href: "/savings/2019", ExampleIn: true},
			{Name: "KME", Requirement: thousands(4000)},
		},
		Shared: []chart.SharedCut{{Name: "OPUS", Amount: thousands(600), Home: home, Href: "#overlap-1"}},
	}
}

func totals(thousand ...amount.Money) []amount.Total {
	out := make([]amount.Total, len(thousand))
	for k, n := range thousand {
		out[k] = amount.Sum(thousands(n))
	}
	return out
}

// cashFlow is a case of 1,000,000 kr. that brings 450,000 kr. net a year: paid back after 2.2 years. The third year lacks an amount.
var cashFlow = func() chart.CashFlowData {
	in := chart.CashFlowData{
		FirstYear: 2018, Net: totals(-1000, 450, 450, 450), Cumulative: totals(-1000, -550, -100, 350), Payback: 2 + 2.0/9, Paid: true,
		AsOf: asOf, Example: true,
	}
	in.Net[3].Add(amount.Figure{})
	in.Cumulative[3].Add(amount.Figure{})
	return in
}()

var estimates = chart.EstimatesData{
	AsOf: asOf,
	Versions: []chart.Version{
		{Label: "Version 1", Step: "Afløst 20-11-2017", Href: "/initiatives/9/case?no=1", NPV: amount.Sum(thousands(1200)), Saving: amount.Sum(thousands(960)), Example: true},
		{Label: "Version 2", Step: "Godkendt 05-02-2018", Href: "/initiatives/9/case?no=2", NPV: amount.Sum(thousands(-150)), Saving: amount.Sum(amount.About(840 * tkr)), Example: true},
		{Label: "Version 3", Step: "Kladde", Href: "/initiatives/9/case?no=3"},
	},
}

// bridgeLines has a requirement of two lines.
var bridgeLines = chart.BridgeData{Year: 2018, AsOf: asOf, Steps: []chart.Step{
	{Kind: chart.Level, Label: "Krav", Amount: thousands(2500)},
	{Kind: chart.Added, Label: "Overført fra 2017", Amount: amount.About(1700 * tkr)},
	{Kind: chart.Level, Amount: thousands(4200)},
	{Kind: chart.Change, Label: "TGK", Amount: thousands(-1080), Href: "/initiatives/1"},
	{Kind: chart.Gap},
}}

var bullets = chart.BulletsData{Year: 2018, AsOf: asOf, By: "Indsats", Rows: []chart.BulletRow{
	{Label: "TGK", Href: "/initiatives/1", Plan: thousands(1080), Confirmed: thousands(1080), Claimed: thousands(0), Expected: thousands(0), Example: true},
	{Label: "Office 365 / Cloud", Href: "/initiatives/5", Plan: thousands(900), Confirmed: thousands(0), Claimed: thousands(0), Expected: thousands(300), Example: true},
	{Label: "Digital sagsbehandling", Plan: amount.About(560 * tkr), Confirmed: thousands(140), Claimed: thousands(140), Expected: thousands(320)},
	{Label: "PDF", Plan: amount.Figure{}, Confirmed: thousands(-20), Claimed: thousands(0), Expected: amount.Figure{}},
}}

var overTime = chart.OverTimeData{Year: 2018, AsOf: asOf, Points: []chart.KnownPoint{
	{Day: amount.NewDate(2018, 1, 31), Href: "/savings/2018?as_of=2018-01-31", Requirement: thousands(3900), Confirmed: thousands(0)},
	{Day: amount.NewDate(2018, 6, 30), Name: "Budgetopfølgning pr. 30. juni", Requirement: thousands(3900), Forecast: thousands(3250), Confirmed: thousands(1480), Example: true},
	{Day: amount.NewDate(2018, 8, 31), Requirement: thousands(3900), Forecast: thousands(3088), Confirmed: thousands(2440), Example: true},
}}

func months(thousands ...amount.Money) []amount.Money {
	out := make([]amount.Money, 12)
	for i, n := range thousands {
		out[i] = n * tkr
	}
	return out
}

var burnUp = chart.BurnUpData{
	Year: 2018, AsOf: asOf, FirstOpen: 8, Example: true,
	Requirement: thousands(3900),
	Plan:        months(0, 20, 140, 360, 430, 430, 430, 420, 430, 420, 420, 420),
	Confirmed:   months(0, 20, 120, 240, 310, 310, 240, 240, 240, 240, 240, 240),
	Claimed:     months(0, 0, 0, 0, 0, 0, 70, 70),
	Expected:    months(0, 0, 0, 0, 0, 0, 0, 0, 58, 150, 150, 150),
}

var burnUpFacts = chart.BurnUpData{
	Year: 2018, AsOf: amount.NewDate(2017, 11, 6), Requirement: thousands(3900),
	Confirmed: months(), Claimed: months(),
}

var burnUpMet = chart.BurnUpData{
	Year: 2018, AsOf: asOf, FirstOpen: 12, Requirement: amount.About(2000 * tkr),
	Plan:      months(200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
	Confirmed: months(100, 200, 300, 300, -100, 200, 300, 300, 200, 200, 200, 200),
	Claimed:   months(), Expected: months(),
}

var bridge = chart.BridgeData{
	Year: 2018, AsOf: asOf,
	Steps: []chart.Step{
		{Kind: chart.Level, Amount: thousands(4200)},
		{Kind: chart.Change, Amount: amount.About(-300 * tkr)},
		{Kind: chart.Level, Amount: thousands(3900)},
		{Kind: chart.Change, Label: "Talegenkendelse (TGK)", Amount: thousands(-1080), Href: "/initiatives/1", Example: true},
		{Kind: chart.Change, Label: "Device Strategi", Amount: thousands(-1000), Href: "/initiatives/2", Example: true},
		{Kind: chart.Change, Label: "Udbredelse af SMS-service", Amount: thousands(-220), Href: "/initiatives/8", Example: true},
		{
			Kind: chart.Change, Label: "Digital sagsbehandling og bedre udnyttelse af systemlandskab",
			Amount: thousands(-140), Href: "/initiatives/9", Example: true,
		},
		{Kind: chart.Claimed, Amount: thousands(-140), Example: true},
		{Kind: chart.Forecast, Amount: thousands(-508), Example: true},
		{Kind: chart.Gap, Example: true},
	},
}

var bridgeSurplus = chart.BridgeData{
	Year: 2019,
	Steps: []chart.Step{
		{Kind: chart.Level, Amount: thousands(1000)},
		{Kind: chart.Change, Label: "Kopiering af tekst fra PDF-filer"},
		{Kind: chart.Change, Label: "Device Strategi", Amount: thousands(-1200)},
		{Kind: chart.Change, Label: "Single Sign On", Amount: thousands(-150)},
		{Kind: chart.Change, Label: "Tilbageført", Amount: thousands(100)},
		{Kind: chart.Plan, Amount: thousands(-50)},
		{Kind: chart.Gap, Amount: thousands(-300)},
	},
}

var funnel = chart.FunnelData{
	AsOf: asOf,
	Steps: []chart.FunnelStep{
		{Label: "I kataloget", Count: 81, Href: "/catalogue"},
		{Label: "Prioriteret", Unknown: true, Href: "/priorities"},
		{Label: "Valgt til handlingsplanen", Count: 10, Href: "/plan"},
		{Label: "Realiserer", Count: 4, Href: "/plan?stage=realizing", Example: true},
	},
}

var effects = chart.EffectsData{
	Year: 2018, AsOf: asOf,
	Rows: []chart.EffectRow{
		effect("Talegenkendelse (TGK)", 1080, 1080, 1440, 1080),
		effect("Device Strategi", 1000, 1000, 1200, 1000),
		effect("Udbredelse af SMS-service", 220, 220, 240, 220),
		effect("Digital sagsbehandling og bedre udnyttelse af systemlandskab", 560, 140, 840, 560),
		effect("Office 365 / Cloud", 300, 0, 1200, 900),
		effect("ESDH, bedre udnyttelse", 160, 0, 480, 160),
		effect("Single Sign On", 0, 0, 0, 0),
		{Label: "Kopiering af tekst fra PDF-filer", Href: "/initiatives/7"},
	},
}

func effect(label string, inYear, confirmed, fullYear, planned amount.Money) chart.EffectRow {
	return chart.EffectRow{
		Label: label, Href: "/initiatives/1", Example: true,
		InYear: thousands(inYear), Confirmed: thousands(confirmed),
		FullYear: thousands(fullYear), Plan: thousands(planned),
	}
}

var years = chart.YearStackData{
	AsOf: asOf, Example: true,
	Years: []chart.YearSum{
		{
			Year: 2018, Requirement: thousands(3900), Confirmed: thousands(2440),
			Claimed: thousands(140), Expected: thousands(508), Href: "/savings/2018",
		},
		{
			Year: 2019, Requirement: thousands(3900), Confirmed: thousands(2880),
			Claimed: thousands(0), Expected: thousands(2320), Href: "/savings/2019",
		},
		{Year: 2020, Confirmed: thousands(2880), Claimed: thousands(0), Href: "/savings/2020"},
	},
}

var effectYears = chart.EffectYearsData{
	AsOf: asOf, Example: true,
	Years: []chart.YearEffect{
		{Year: 2017, InYear: thousands(0), FullYear: thousands(0), Href: "/savings/2017"},
		{Year: 2018, InYear: amount.About(3320 * tkr), FullYear: amount.About(5400 * tkr), Href: "/savings/2018"},
		{Year: 2019, InYear: thousands(-40), FullYear: thousands(6120), Href: "/savings/2019"},
		{Year: 2020, FullYear: thousands(6120), Href: "/savings/2020"},
	},
}

var measured = chart.MeasuredData{
	Unit: "dage", AsOf: asOf, Baseline: 8200, Target: 6000, BaselineDay: amount.NewDate(2018, 1, 31), Example: true,
	Points: []chart.Measure{{Day: amount.NewDate(2018, 4, 30), Value: 8050}, {Day: amount.NewDate(2018, 7, 31), Value: 7400}},
}

var bubbles = chart.BubblesData{Effect: "helårsvirkning", AsOf: asOf, Bubbles: []chart.Bubble{
	{Rank: 1, Title: "SMS-service", Href: "/catalogue/21", Value: 4_100, Complexity: 1_000, Effect: thousands(240), Example: true},
	{Rank: 2, Title: "Fælles {digital} indgang", Value: 3_700, Complexity: 3_500, Effect: amount.Figure{}, Mandatory: true, Example: true},
	{Rank: 3, Title: "Office 365", Value: 3_600, Complexity: 4_500, Effect: thousands(1_200), Example: true},
}}

var courses = chart.CoursesData{Year: 2018, AsOf: asOf, Example: true, Courses: []chart.Course{
	{Name: "I dag", Months: months(0, 20, 120, 260, 300, 300, 300, 300, 340, 440, 440, 500), Requirement: thousands(3_900)},
	{Name: "Fjernprint allerede i oktober", Months: months(0, 20, 120, 260, 300, 300, 300, 300, 340, 520, 520, 580), Requirement: thousands(3_900)},
	{Name: "Et lavere krav", Months: months(0, 20, 120, 260, 300, 300, 300, 300, 340, 440, 440, 500), Requirement: thousands(3_000)},
}}
