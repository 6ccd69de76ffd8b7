package web

import (
	"fmt"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/web/chart"
)

// initiativeFigures are an initiative's part in a year, net of its new running costs. They count what its programme counts;
// while an amount is missing, what is planned and expected is unknown.
type initiativeFigures struct {
	PlanInYear ore `json:"plan_ore"`
	// Confirmed is the whole year's, ToDate its part in months that have passed.
	Confirmed ore `json:"confirmed_ore"`
	ToDate    ore `json:"confirmed_to_date_ore"`
	Claimed   ore `json:"claimed_ore"`
	// Expected is the planned effect of the months without an entry, Planned the three together.
	Expected ore `json:"expected_ore"`
	Planned  ore `json:"planned_ore"`
	// FullYear is what a year brings, fully phased in; Drawn is what an overlap lets another programme count.
	FullYear    ore  `json:"full_year_ore"`
	Drawn       ore  `json:"drawn_ore"`
	OneOff      ore  `json:"one_off_ore"`
	OneOffAbout bool `json:"one_off_approximate"`
	Approximate bool `json:"approximate"`
	// Outside tells that it adds nothing to its programme's year.
	Outside bool `json:"outside"`
}

// initiativeYear is the initiative's part in its own programme's year. Every initiative has one there.
func (r *request) initiativeYear(i *portfolio.Initiative, year int) *portfolio.InitiativeYear {
	return r.p.YearOf(i.Programme, year).Row(i.ID)
}

func (r *request) initiativeFigures(i *portfolio.Initiative, year int) initiativeFigures {
	row := r.initiativeYear(i, year)
	f := initiativeFigures{
		Confirmed: exactly(row.Confirmed.Net()), ToDate: exactly(row.ToDate.Net()), Claimed: exactly(row.Claimed.Net()),
		OneOff: ore{i.OneOff}, OneOffAbout: i.OneOff.Approximate, Approximate: row.Approximate > 0, Outside: row.Outside,
	}
	if row.Drawn != (portfolio.Gain{}) {
		f.Drawn = exactly(row.Drawn.Net())
	}
	if !r.amountsKnown(i) {
		return f
	}
	about := func(m amount.Money) ore { return ore{amount.Figure{Ore: m, Known: true, Approximate: f.Approximate}} }
	f.PlanInYear, f.Expected = about(row.Plan.Net()), about(row.Expected.Net())
	f.Planned, f.FullYear = about(row.Figures.Planned()), about(row.FullYear.Net())
	return f
}

// amountsKnown reports that the initiative has gains, and an amount and a month for each that can count.
func (r *request) amountsKnown(i *portfolio.Initiative) bool {
	benefits := r.p.BenefitsOf(i.ID)
	for _, b := range benefits {
		if b.Cash != nil && b.Cash.Step == portfolio.BudgetReduction && b.Unknown() {
			return false
		}
	}
	return len(benefits) > 0
}

// atLeast is what a full year brings of the gains that have an amount and a month, and how many of those that count have not. It
// is not known where all lack one, nor where one of them is a dis-benefit, which would take off what the others bring.
func (r *request) atLeast(i *portfolio.Initiative) (full ore, without int) {
	if i.Plan.State != portfolio.InPlan {
		return full, 0
	}
	for _, b := range r.p.BenefitsOf(i.ID) {
		part := r.p.Part(b, i.Programme)
		switch {
		case part.Share == 0:
		case b.Unknown() && b.Adverse:
			return ore{}, 0
		case b.Unknown():
			without++
		default:
			year := b.FullYear()
			full.Known, full.Approximate = true, full.Approximate || netOf(&b.Terms).Approximate
			full.Ore += part.Of(year.Gross) - part.Of(year.Running)
		}
	}
	return full, without
}

func (r *request) initiativeRow(i *portfolio.Initiative, year int) initiativeRow {
	v := initiativeRow{
		ID: i.ID, Version: i.Version, Title: i.Title, AreaID: i.Area, Area: r.area(i.Area), Owner: r.name(i.ProjectOwner),
		Stage: i.Stage, Plan: i.Plan.State, initiativeFigures: r.initiativeFigures(i, year),
		Example: r.initiativeYear(i, year).Invented > 0, Href: r.link(fmt.Sprintf("/initiatives/%d", i.ID)),
	}
	if g := r.p.Programmes.Ever(i.Programme); g != nil {
		v.Programme = g.Code
	}
	return v
}

// initiativeMonths are the year's months, each month's own amounts.
func (r *request) initiativeMonths(i *portfolio.Initiative, year int) []monthFigure {
	row, known := r.initiativeYear(i, year), r.amountsKnown(i)
	list := make([]monthFigure, 0, len(row.Months))
	for m := range row.Months {
		f := &row.Months[m]
		month := monthFigure{
			Month: amount.NewMonth(year, m+1), Confirmed: exactly(f.Confirmed.Net()), Claimed: exactly(f.Claimed.Net()),
		}
		if known {
			month.Plan, month.Expected, month.Forecast = exactly(f.Plan.Net()), exactly(f.Expected.Net()), exactly(f.WeightedOpen)
		}
		list = append(list, month)
	}
	return list
}

// initiativeChart draws the initiative's months, summed from January, against its plan. It has no requirement of its own, so
// the picture speaks of the plan where the programme's speaks of the requirement.
func (r *request) initiativeChart(v *initiativeView) chart.Chart {
	d := chart.BurnUpData{Year: v.Year, AsOf: r.shownDay(), Example: v.FiguresExample}
	open := portfolio.Ended(r.p.Today)
	for i, m := range v.Months {
		d.Confirmed, d.Claimed = append(d.Confirmed, m.Confirmed.Ore), append(d.Claimed, m.Claimed.Ore)
		if m.Plan.Known {
			d.Plan, d.Expected = append(d.Plan, m.Plan.Ore), append(d.Expected, m.Expected.Ore)
		}
		if m.Month < open {
			d.FirstOpen = i + 1
		}
	}
	voice := r.voice()
	voice.Say = func(key string, args ...any) string {
		if own, ok := chartWords[key]; ok {
			key = own
		}
		return r.lang.Say(key, args...)
	}
	return chart.BurnUp(voice, d)
}

// chartWords are what an initiative's picture says where the programme's speaks of a requirement.
var chartWords = map[string]string{
	"chart.burnup.title": "initiatives.chart.title", "chart.burnup.no_line": "initiatives.chart.months",
	"chart.burnup.sum": "initiatives.chart.sum", "chart.burnup.empty": "initiatives.chart.empty",
}

// headline says in a sentence what the initiative is to bring this year, what is confirmed and what is missing; strong is
// its second half, what the plan will not reach.
func (r *request) headline(i *portfolio.Initiative, v *initiativeView) (text, strong string) {
	switch {
	case i.Plan.State == portfolio.OutOfPlan:
		return r.say("initiatives.headline.out"), ""
	case i.Plan.State == portfolio.Awaiting:
		return r.say("initiatives.headline.awaiting"), ""
	case i.Plan.State == 0:
		return r.say("initiatives.headline.no_plan"), ""
	case v.Overlap != nil && v.Outside:
		return r.say("initiatives.headline.elsewhere"), ""
	case len(v.Benefits) == 0:
		return r.say("initiatives.headline.no_benefits"), ""
	case !v.PlanInYear.Known:
		return r.say("initiatives.headline.unknown", v.Year), ""
	case !r.initiativeYear(i, v.Year).Kroner:
		return r.say("initiatives.headline.no_kroner"), ""
	}
	plan, missing := v.PlanInYear.Figure, v.PlanInYear.Ore-v.Confirmed.Ore
	switch {
	case v.Planned.Ore > plan.Ore:
		text = r.say("initiatives.headline.more", v.Planned.Figure, v.Year, plan, v.Confirmed.Figure, v.Claimed.Figure, v.Expected.Figure)
	case missing > 0:
		text = r.say("initiatives.headline.missing", plan, v.Year, v.Confirmed.Figure, amount.Exactly(missing), v.Claimed.Figure, v.Expected.Figure)
	case plan.Ore == 0 && v.Confirmed.Ore == 0:
		text = r.say("initiatives.headline.none_this_year", v.Year, v.FullYear.Figure)
	default:
		text = r.say("initiatives.headline.met", plan, v.Year, v.Confirmed.Figure)
	}
	if lost := v.PlanInYear.Ore - v.Planned.Ore; lost > 0 {
		strong = r.say("initiatives.headline.lost", amount.Exactly(lost), v.Year)
	}
	return text, strong
}
