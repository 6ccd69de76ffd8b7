package web

import (
	"fmt"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/store"
	"gevinst/web/chart"
)

// scenarioView is a scenario beside today, and beside other scenarios that the address names. Amounts are øre.
type scenarioView struct {
	AsOf    portfolio.Date       `json:"as_of"`
	ID      portfolio.ScenarioID `json:"id"`
	Version int64                `json:"version"`
	Name    string               `json:"name"`
	About   string               `json:"about"`
	Decided *portfolio.Date      `json:"carried_out"`
	// Year is the one that the pictures show.
	Year        int              `json:"year"`
	Alterations []alterationView `json:"alterations"`
	// Broken are the limits that the plan would break under the scenario and does not now, in words.
	Broken []string `json:"limits_broken"`
	// Items are the initiatives that the scenario changes, each year; Total is of all of the programme's.
	Items []scenarioItem `json:"items"`
	Next  *int64         `json:"next"`
	Total scenarioItem   `json:"total"`
	// Sides are today, this scenario, and those it is compared with.
	Sides []sideView `json:"sides"`
	// Base is the scenario that the bridge and the differences start from, null for today.
	Base    *portfolio.ScenarioID `json:"from"`
	Example bool                  `json:"example"`

	Years    []int         `json:"-"`
	Pictures []choice      `json:"-"`
	Bridge   chart.Chart   `json:"-"`
	Courses  chart.Chart   `json:"-"`
	With     []withOption  `json:"-"`
	Bases    []choice      `json:"-"`
	BaseName string        `json:"-"`
	From     string        `json:"-"`
	Forms    []*recordForm `json:"-"`
	Remove   string        `json:"-"`
	Links    listLinks     `json:"-"`
	ListHref string        `json:"-"`
	Unmoved  int           `json:"-"`
	Share    string        `json:"-"`
	Done     string        `json:"-"`

	base *portfolio.Portfolio
}

type withOption struct {
	ID      portfolio.ScenarioID
	Name    string
	Checked bool
}

// alterationView is one thing that a scenario does otherwise, and the same in words.
type alterationView struct {
	portfolio.Alteration
	Text string `json:"text"`
	// Notes say what the plan has overtaken of it since it was written, and what of it is cut in the budget already.
	Notes []string `json:"notes,omitempty"`
	// Hindered is why it cannot be carried out now.
	Hindered []string `json:"hindered,omitempty"`
	No       int      `json:"-"`
}

// scenarioItem is an initiative's effect year by year, confirmed, claimed and expected, today and under the scenario, and fully phased
// in.
type scenarioItem struct {
	ID            portfolio.InitiativeID `json:"initiative"`
	Title         string                 `json:"title"`
	Years         []beforeAfter          `json:"years"`
	FullYear      ore                    `json:"full_year_ore"`
	FullYearUnder ore                    `json:"full_year_under_ore"`
	FullYearMore  ore                    `json:"full_year_difference_ore"`
	Href          string                 `json:"href"`
	Example       bool                   `json:"example"`
}

// beforeAfter is a year's effect in the year.
type beforeAfter struct {
	Year  int `json:"year"`
	Now   ore `json:"now_ore"`
	Under ore `json:"under_ore"`
	More  ore `json:"difference_ore"`

	Was string `json:"-"` // the year and what it is compared with, in words
}

// sideView is one of what is compared, year by year. ID is null for today.
type sideView struct {
	ID    *portfolio.ScenarioID `json:"scenario"`
	Name  string                `json:"name"`
	Years []sideYear            `json:"years"`

	p *portfolio.Portfolio
}

// sideYear is what a year asks and gets. Effect is what the whole year is to bring, confirmed, claimed and expected; Missing the
// requirement less it, ExpectedGap less the forecast.
type sideYear struct {
	Year        int `json:"year"`
	Requirement ore `json:"requirement_ore"`
	Effect      ore `json:"effect_ore"`
	Forecast    ore `json:"forecast_ore"`
	Missing     ore `json:"missing_ore"`
	ExpectedGap ore `json:"expected_gap_ore"`
	FullYear    ore `json:"full_year_ore"`
}

func (s *Server) scenario(r *request) (*page, error) {
	id, err := pathID(r, portfolio.KindScenario)
	if err != nil {
		return nil, err
	}
	return r.scenarioPage(portfolio.ScenarioID(id))
}

func (r *request) scenarioPage(id portfolio.ScenarioID) (*page, error) {
	sc := r.p.Scenarios.Get(id)
	if sc == nil {
		return nil, portfolio.Missing(portfolio.KindScenario, int64(id))
	}
	r.path = fmt.Sprintf("/scenarios/%d", id)
	f := form{Values: r.query}
	year := int(f.int("year"))
	if year != 0 && (year < firstYear || year > lastYear) {
		f.bad("year", "error.year")
	}
	from := portfolio.ScenarioID(f.int("from"))
	if err := f.err(); err != nil {
		return nil, err
	}
	v := &scenarioView{
		AsOf: r.shownDay(), ID: id, Version: sc.Version, Name: sc.Name, About: sc.Note, Year: year, Example: sc.AnyExample(),
		Links: r.listLinks(0, nil), ListHref: r.link("/scenarios"), Years: r.scenarioYears(), Share: r.self(),
	}
	for k, a := range sc.Alterations {
		v.Alterations = append(v.Alterations, alterationView{Alteration: a, Text: r.alterationWords(a), No: k + 1})
	}
	under := r.p.Under(sc.Alterations)
	if sc.Decided != nil {
		day := store.DayOf(sc.Decided.At)
		v.Decided, under = &day, r.p // what was carried out is part of today
		v.Done = r.say("scenarios.done", r.lang.Style.Date(day), r.name(sc.Decided.By))
	}
	v.Broken = r.strainWords(under, under.StrainedSince(r.p))
	v.Sides = []sideView{{Name: r.say("scenarios.today"), p: r.p}, {ID: &sc.ID, Name: sc.Name, p: under}}
	v.fillWith(r)
	v.fillBase(r, from)
	if g := r.programme(); g != nil {
		v.compare(r, g)
	}
	if sc.Decided == nil {
		v.note(r, sc)
	}
	v.offer(r, sc)
	notice, err := r.notice()
	if err != nil {
		return nil, err
	}
	return &page{
		Template: "scenario", Title: sc.Name, View: v, Notice: notice, Example: v.Example, Charts: v.Courses.Option != nil,
		Table: func() exchange.Table { return v.table() },
	}, nil
}

// note tells of each alteration how it stands in the plan as it is now.
func (v *scenarioView) note(r *request, sc *portfolio.Scenario) {
	g := r.programme()
	for k, now := range sc.Prospects(r.p) {
		a := &v.Alterations[k]
		if now.Stands != 0 {
			a.Notes = append(a.Notes, r.say("scenarios.overtaken", r.lang.Style.MonthName(a.From), r.lang.Style.MonthName(now.Stands)))
		}
		for _, e := range now.Hindered {
			a.Hindered = append(a.Hindered, r.refusal(e))
		}
		if a.Kind != portfolio.Drop || g == nil {
			continue
		}
		if row := r.p.YearOf(g.ID, v.Year).Row(a.Initiative); row != nil && row.Confirmed.Net() != 0 {
			a.Notes = append(a.Notes, r.say("scenarios.already_cut", amount.Exactly(row.Confirmed.Net()), v.Year))
		}
	}
}

// maxCompared is how many scenarios stand beside one: as many as the picture holds.
const maxCompared = chart.MaxCourses - 2

// fillWith adds the scenarios that the address compares with, and offers the others.
func (v *scenarioView) fillWith(r *request) {
	asked := map[portfolio.ScenarioID]bool{}
	for _, text := range r.query["with"] {
		if id, err := strconv.ParseInt(text, 10, 64); err == nil { // a scenario that there is not is not compared with
			asked[portfolio.ScenarioID(id)] = true
		}
	}
	for sc := range r.p.Scenarios.All() {
		if sc.ID == v.ID {
			continue
		}
		with := asked[sc.ID] && len(v.Sides) < maxCompared+2
		v.With = append(v.With, withOption{sc.ID, sc.Name, with})
		if !with {
			continue
		}
		side := sideView{ID: &sc.ID, Name: sc.Name, p: r.p}
		if sc.Decided == nil {
			side.p = r.p.Under(sc.Alterations)
		}
		v.Sides = append(v.Sides, side)
	}
}

// fillBase chooses what the bridge and the differences start from: today, or another scenario of those that are compared.
func (v *scenarioView) fillBase(r *request, from portfolio.ScenarioID) {
	v.base, v.BaseName, v.From = r.p, r.say("scenarios.today"), r.say("scenarios.from_today")
	for k, side := range v.Sides {
		if k == 1 { // itself
			continue
		}
		value, chosen := "", k == 0
		if side.ID != nil {
			value = strconv.FormatInt(int64(*side.ID), 10)
			if *side.ID == from {
				v.Base, v.base, v.BaseName, chosen = side.ID, side.p, side.Name, true
				v.From = r.say("scenarios.to_under", side.Name)
				v.Bases[0].Current = false
			}
		}
		v.Bases = append(v.Bases, choice{side.Name, r.with("from", value), chosen})
	}
}

func (v *scenarioView) compare(r *request, g *portfolio.Programme) {
	if v.Year == 0 {
		v.Year = r.defaultYear(g)
	}
	for _, y := range v.Years {
		v.Pictures = append(v.Pictures, choice{strconv.Itoa(y), r.with("year", strconv.Itoa(y)), y == v.Year})
		for k := range v.Sides {
			v.Sides[k].Years = append(v.Sides[k].Years, sideOf(v.Sides[k].p.YearOf(g.ID, y)))
		}
	}
	v.fillScenarioItems(r, g)
	now, under := v.base.YearOf(g.ID, v.Year), v.Sides[1].p.YearOf(g.ID, v.Year)
	moved := chart.MovedData{From: v.From, To: r.say("scenarios.to_under", v.Name), AsOf: v.AsOf, Was: now.Forecast(), Is: under.Forecast()}
	for _, row := range under.Rows() {
		was := now.Row(row.Initiative.ID)
		if was == nil {
			continue
		}
		moved.Moves = append(moved.Moves, chart.Move{
			Label: row.Initiative.Title, Amount: amount.Exactly(row.Weighted - was.Weighted), Href: r.link(fmt.Sprintf("/initiatives/%d", row.Initiative.ID)),
			Example: row.Invented > 0,
		})
	}
	v.Bridge = chart.Moved(r.voice(), moved)
	courses := chart.CoursesData{Year: v.Year, AsOf: v.AsOf, Example: now.Invented > 0}
	for _, side := range v.Sides {
		y := side.p.YearOf(g.ID, v.Year)
		c := chart.Course{Name: side.Name, Requirement: y.Net()}
		for m := range y.Months {
			c.Months = append(c.Months, y.Months[m].Confirmed.Net()+y.Months[m].Claimed.Net()+y.Months[m].Expected.Net())
		}
		courses.Courses = append(courses.Courses, c)
	}
	v.Courses = chart.Courses(r.voice(), courses)
}

func sideOf(y *portfolio.Year) sideYear {
	return sideYear{
		Year: y.Year, Requirement: ore{y.Net()}, Effect: exactly(y.Planned()), Forecast: ore{y.Forecast()}, Missing: missing(y),
		ExpectedGap: ore{y.ExpectedGap()}, FullYear: exactly(y.FullYear.Net()),
	}
}

// fillScenarioItems lists the initiatives that the scenario moves in any of the years.
func (v *scenarioView) fillScenarioItems(r *request, g *portfolio.Programme) {
	v.Total = scenarioItem{Title: r.say("savings.total")}
	var before, after amount.Money
	for _, y := range v.Years {
		now, under := v.base.YearOf(g.ID, y), v.Sides[1].p.YearOf(g.ID, y)
		v.Total.Years = append(v.Total.Years, v.apart(r, y, now.Planned(), under.Planned()))
		before, after = now.FullYear.Net(), under.FullYear.Net()
		v.Example = v.Example || now.Invented > 0
	}
	v.Total.FullYear, v.Total.FullYearUnder, v.Total.FullYearMore = exactly(before), exactly(after), exactly(after-before)
	if len(v.Years) == 0 {
		return
	}
	for _, first := range v.Sides[1].p.YearOf(g.ID, v.Years[0]).Rows() {
		id := first.Initiative.ID
		item := scenarioItem{ID: id, Title: first.Initiative.Title, Href: r.link(fmt.Sprintf("/initiatives/%d", id)), Example: first.Invented > 0}
		moved := false
		for _, y := range v.Years {
			is, was := v.Sides[1].p.YearOf(g.ID, y).Row(id), v.base.YearOf(g.ID, y).Row(id)
			if is == nil || was == nil {
				continue
			}
			one := v.apart(r, y, was.Figures.Planned(), is.Figures.Planned())
			item.Years = append(item.Years, one)
			item.FullYear, item.FullYearUnder = exactly(was.FullYear.Net()), exactly(is.FullYear.Net())
			item.FullYearMore = exactly(is.FullYear.Net() - was.FullYear.Net())
			moved = moved || one.More.Ore != 0 || item.FullYearMore.Ore != 0
		}
		if moved && len(item.Years) == len(v.Years) {
			v.Items = append(v.Items, item)
		} else {
			v.Unmoved++
		}
	}
}

func (v *scenarioView) apart(r *request, year int, now, under amount.Money) beforeAfter {
	return beforeAfter{year, exactly(now), exactly(under), exactly(under - now), r.say("scenarios.now_year", year, v.From)}
}

// alterationWords says what an alteration does.
func (r *request) alterationWords(a portfolio.Alteration) string {
	switch a.Kind {
	case portfolio.Shift:
		key, months := "scenarios.later", a.Months
		if months < 0 {
			key, months = "scenarios.earlier", -months
		}
		text := r.lang.Count(key, months, r.initiativeTitle(a.Initiative))
		if a.From == 0 {
			return text
		}
		return r.say("scenarios.to_month", text, r.lang.Style.MonthName(a.From+portfolio.Month(a.Months)))
	case portfolio.Drop:
		return r.say("scenarios.dropped", r.initiativeTitle(a.Initiative))
	case portfolio.ChangeAmount:
		title := ""
		if b := r.p.Benefits.Ever(a.Benefit); b != nil {
			title = r.benefitTitle(b)
		}
		return r.say("scenarios.other_amount", title, r.lang.Style.Figure(a.Amount))
	case portfolio.ChangeRequirement, portfolio.SupposeRequirement:
		name, key := "", "scenarios.other_requirement"
		if g := r.p.Programmes.Ever(a.Programme); g != nil {
			name = g.Name
		}
		if a.Kind == portfolio.SupposeRequirement {
			key = "scenarios.supposed_requirement"
		}
		return r.say(key, name, a.Year, r.lang.Style.Figure(a.Amount))
	}
	return ""
}

// table is the comparison as a file, a row for each initiative and year.
func (v *scenarioView) table() exchange.Table {
	t := exchange.Table{Columns: []string{"initiative", "title", "year", "now", "under", "difference", "full_year", "full_year_under", "full_year_difference", "example"}}
	for _, item := range append(v.Items[:len(v.Items):len(v.Items)], v.Total) {
		for _, y := range item.Years {
			t.Add(int64(item.ID), item.Title, y.Year, y.Now.Figure, y.Under.Figure, y.More.Figure, item.FullYear.Figure, item.FullYearUnder.Figure, item.FullYearMore.Figure, item.Example)
		}
	}
	return t
}
