package kalundborg

import "gevinst/portfolio"

// takes is what an initiative takes of an area, in person-days of 2018 and 2019.
type takes struct {
	area           portfolio.AreaID
	days18, days19 int64
}

// demand is what an initiative needs beside money.
type demand struct {
	id                 portfolio.InitiativeID
	owner              portfolio.UserID
	requires, excludes []portfolio.InitiativeID
	takes              []takes
}

// demands are what the heads say with their business cases. Office 365 needs one sign-on, and the old servers can be closed for it
// or kept for a better use of OPUS, not both. Nothing is stated of the letters, which come later.
var demands = []demand{
	{tgk, employmentHead, nil, nil, []takes{{digital, 20, 0}, {employment, 60, 10}}},
	{device, digitalHead, nil, nil, []takes{{digital, 120, 20}}},
	{sso, digitalHead, nil, nil, []takes{{digital, 90, 10}}},
	{office365, digitalHead, []portfolio.InitiativeID{sso}, []portfolio.InitiativeID{opus}, []takes{{digital, 260, 60}}},
	{esdh, digitalHead, nil, nil, []takes{{digital, 60, 10}}},
	{telemedicine, elderlyHead, nil, nil, []takes{{digital, 40, 60}, {elderly, 90, 240}}},
	{sms, planner, nil, nil, []takes{{digital, 10, 0}, {planning, 20, 5}}},
	{cases, planner, nil, nil, []takes{{digital, 80, 20}, {planning, 110, 40}}},
}

// capacities are the person-days that the areas have for initiatives in 2018 and 2019, as their directors state them. Digitalisering
// & IT is nearly full in 2018; elderly care has too few days for telemedicine in 2019.
var capacities = []takes{
	{digital, 700, 400}, {planning, 150, 120}, {elderly, 140, 180}, {employment, 80, 60}, {citizens, 60, 60},
}

// needs are the acts by which the heads state what their initiatives need, and the directors what their areas have.
func needs() []act {
	state := func(d demand) act {
		uses := []portfolio.Use{}
		for _, t := range d.takes {
			uses = append(uses, portfolio.Use{Area: t.area, Year: 2018, Days: t.days18}, portfolio.Use{Area: t.area, Year: 2019, Days: t.days19})
		}
		return on(voice{user: d.owner, source: example}, initiative(d.id),
			func(i *portfolio.Initiative, p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
				return i.StateNeeds(p, by, portfolio.Needs{Requires: d.requires, Excludes: d.excludes, Effort: &portfolio.Effort{Uses: uses}})
			})
	}
	has := func(t takes) act {
		find := func(p *portfolio.Portfolio) *portfolio.Area { return p.Areas.Get(t.area) }
		return on(voice{user: directorOf(t.area), source: example}, find,
			func(a *portfolio.Area, p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
				return a.SetCapacity(p, by, []portfolio.YearDays{{Year: 2018, Days: t.days18}, {Year: 2019, Days: t.days19}})
			})
	}
	return join(each(demands, state), each(capacities, has))
}
