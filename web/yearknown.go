package web

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
	"gevinst/web/chart"
)

// overTimeView is what the forecast said and what was confirmed at each month's end of the year so far, as the budget follow-ups
// froze it, and now: as it was known then.
type overTimeView struct {
	partHead
	Items []knownRow `json:"items"`
	Next  *int64     `json:"next"`
}

// knownRow is one day's close, or what the budget follow-up Name of the day froze; AsOf opens it. Forecast is null while no
// initiative had an amount.
type knownRow struct {
	Day  portfolio.Date `json:"known_on"`
	AsOf string         `json:"as_of"`
	Name string         `json:"follow_up,omitempty"`
	knownYear
	Href string `json:"-"`
}

// knownYear is a programme's year as it was known on a day.
type knownYear struct {
	Requirement ore  `json:"net_requirement_ore"`
	Forecast    ore  `json:"forecast_ore"`
	Confirmed   ore  `json:"confirmed_ore"`
	ToDate      ore  `json:"confirmed_to_date_ore"`
	Claimed     ore  `json:"claimed_ore"`
	Approximate bool `json:"approximate"`
	Example     bool `json:"example"`
}

type knownKey struct {
	moment    string
	programme portfolio.ProgrammeID
	year      int
	filter    yearFilter
}

// knownYears keeps what was known on days that have passed. That never changes, and to read it is to build a portfolio of that day.
type knownYears struct {
	mu   sync.Mutex
	kept map[knownKey]knownYear
}

// maxKnown bounds them: some ten programmes' years, each narrowed in some thirty ways.
const maxKnown = 4096

// of gives what was known of a year in a moment.
func (k *knownYears) of(ctx context.Context, s *Server, m moment, key knownKey) (knownYear, error) {
	key.moment = m.name
	k.mu.Lock()
	v, ok := k.kept[key]
	k.mu.Unlock()
	if ok {
		return v, nil
	}
	p, err := s.at(ctx, m)
	if err != nil {
		return v, err
	}
	v = knownIn(p, key)
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.kept == nil || len(k.kept) >= maxKnown {
		k.kept = map[knownKey]knownYear{}
	}
	k.kept[key] = v
	return v, nil
}

// knownIn takes a programme's year out of a portfolio, as the filter leaves it: by the areas and stages of that portfolio's day.
func knownIn(p *portfolio.Portfolio, key knownKey) knownYear {
	g := p.Programmes.Get(key.programme)
	if g == nil { // nobody had heard of it yet
		return knownYear{Confirmed: exactly(0), ToDate: exactly(0), Claimed: exactly(0)}
	}
	y := key.filter.of(p, g, key.year)
	v := knownYear{
		Requirement: ore{y.Net()}, Confirmed: exactly(y.Confirmed.Net()), ToDate: exactly(y.ToDate.Net()), Claimed: exactly(y.Claimed.Net()),
		Example: y.Invented > 0 || (y.Requirement != nil && y.Requirement.AnyExample()),
	}
	if y.whole.Known > 0 { // before there was any amount there was no forecast, also not of nothing
		v.Forecast = ore{y.Forecast()}
	}
	v.Approximate = v.Requirement.Approximate || v.Forecast.Approximate
	return v
}

// known lists the days of a year and what was known on each, the earliest first; the last is the day that is shown.
func (r *request) known(y *shownYear) ([]knownRow, error) {
	today, year := r.shownDay(), y.number()
	moments := map[portfolio.Date]moment{}
	for m := range amount.Year(year).Months() {
		if day := m.Last(); day < today {
			moments[day] = closeOf(day)
		}
	}
	for f := range r.p.FollowUps.All() { // of its day it is what it froze that goes by its name
		if f.Date < today && f.Date.Year() == year {
			moments[f.Date] = frozenAt(f)
		}
	}
	list := make([]knownRow, 0, len(moments)+1)
	key := knownKey{programme: y.Programme, year: year, filter: y.filter}
	for day, m := range moments {
		v, err := r.s.known.of(r.Context(), r.s, m, key)
		if err != nil {
			return nil, err
		}
		row := knownRow{Day: day, AsOf: m.name, knownYear: v, Href: fmt.Sprintf("/savings/%d%s&as_of=%s", year, y.query(), m.name)}
		if m.frozen != nil {
			row.Name = m.frozen.Name
		}
		list = append(list, row)
	}
	slices.SortFunc(list, func(a, b knownRow) int { return cmp.Compare(a.Day, b.Day) })
	now := knownRow{Day: today, AsOf: cmp.Or(r.moment.name, today.String()), knownYear: knownIn(r.p, key), Href: r.partHref(y, "", false)}
	return append(list, now), nil
}

// knownChart draws what was known. A part of the programme has no requirement of its own.
func (r *request) knownChart(y *shownYear, list []knownRow) chart.Chart {
	d := chart.OverTimeData{Year: y.number(), AsOf: r.shownDay()}
	for _, p := range list {
		if y.narrowed() {
			p.Requirement = ore{}
		}
		d.Points = append(d.Points, chart.KnownPoint{
			Day: p.Day, Name: p.Name, Href: p.Href, Requirement: p.Requirement.Figure, Forecast: p.Forecast.Figure, Confirmed: p.Confirmed.Figure, Example: p.Example,
		})
	}
	return chart.OverTime(r.voice(), d)
}

func (s *Server) overTimePart(r *request) (*page, error) {
	y, empty, err := r.partsOf("savings.part.over_time")
	if y == nil {
		return empty, err
	}
	v := overTimeView{partHead: r.partHead(y, "over-time")}
	if v.Items, err = r.known(y); err != nil {
		return nil, err
	}
	v.Chart = r.knownChart(y, v.Items)
	return r.partPage(y, &v.partHead, &v, func() exchange.Table {
		t := exchange.Table{Columns: []string{"known_on", "follow_up", "net_requirement", "forecast", "confirmed", "confirmed_to_date", "claimed", "example"}}
		for _, row := range v.Items {
			t.Add(row.Day, row.Name, row.Requirement.Figure, row.Forecast.Figure, row.Confirmed.Figure, row.ToDate.Figure, row.Claimed.Figure, row.Example)
		}
		return t
	}), nil
}
