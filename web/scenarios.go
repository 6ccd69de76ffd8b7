package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/store"
)

func (s *Server) scenarioRoutes() []route {
	named := fields{"name": "", "about": ""}
	altered := fields{
		"kind": portfolio.AlterationKind(0), "initiative": portfolio.InitiativeID(0), "benefit": portfolio.BenefitID(0), "programme": "", "year": 0, "months": 0, "amount": amount.Figure{},
	}
	move := fields{"initiative": portfolio.InitiativeID(0), "months": 0, "from": portfolio.Month(0)}
	return []route{
		{method: http.MethodGet, pattern: "/scenarios", action: portfolio.ViewPortfolio, page: s.scenarios, list: true, view: scenariosView{}, query: yearFields.and(fields{"year": 0})},
		{
			method: http.MethodPost, pattern: "/scenarios", action: portfolio.KeepScenario, page: s.scenarios, form: s.newScenario, view: scenarioView{},
			sends: changeFields.and(named).and(fields{"drop": []string{}, "scenario": portfolio.ScenarioID(0), "initiative": portfolio.InitiativeID(0), "months": 0, "from": portfolio.Month(0)}),
		},
		{method: http.MethodPost, pattern: "/scenarios/carry-out", action: portfolio.ChangePlan, page: s.carryOutPage, form: s.bringForward, view: scenarioView{}, sends: changeFields.and(decisionFields).and(move)},
		{method: http.MethodGet, pattern: "/scenarios/carry-out", action: portfolio.ChangePlan, page: s.carryOutPage, view: carryOutView{}, query: move},
		{method: http.MethodGet, pattern: "/scenarios/{id}", action: portfolio.ViewPortfolio, page: s.scenario, list: true, view: scenarioView{}, query: fields{"with": []string{}, "from": portfolio.ScenarioID(0), "programme": "", "year": 0}},
		{method: http.MethodPost, pattern: "/scenarios/{id}", action: portfolio.KeepScenario, page: s.scenario, form: s.editScenario, view: scenarioView{}, sends: seenFields.and(named)},
		{method: http.MethodPost, pattern: "/scenarios/{id}/alterations", action: portfolio.KeepScenario, page: s.scenario, form: s.alter, view: scenarioView{}, sends: seenFields.and(altered)},
		{method: http.MethodPost, pattern: "/scenarios/{id}/alterations/remove", action: portfolio.KeepScenario, page: s.scenario, form: s.unalter, view: scenarioView{}, sends: seenFields.and(fields{"no": 0})},
		{method: http.MethodPost, pattern: "/scenarios/{id}/carry-out", action: portfolio.ChangePlan, page: s.scenario, form: s.carryOutScenario, view: scenarioView{}, sends: seenFields.and(decisionFields)},
	}
}

// scenariosView lists the scenarios, with what each would do to a year.
type scenariosView struct {
	AsOf  portfolio.Date `json:"as_of"`
	Year  int            `json:"year"`
	Items []scenarioRow  `json:"items"`
	// Next is the scenario to go on after, null at the end.
	Next    *int64      `json:"next"`
	Forward forwardView `json:"bring_forward"`

	Links listLinks   `json:"-"`
	New   *recordForm `json:"-"`
	Years []choice    `json:"-"`
}

// scenarioRow is a scenario among the others. Differences are the scenario less today, in øre.
type scenarioRow struct {
	ID          portfolio.ScenarioID `json:"id"`
	Name        string               `json:"name"`
	About       string               `json:"about"`
	Alterations int                  `json:"alterations"`
	Decided     *portfolio.Date      `json:"carried_out"`
	InYear      ore                  `json:"in_year_difference_ore"`
	Forecast    ore                  `json:"forecast_difference_ore"`
	FullYear    ore                  `json:"full_year_difference_ore"`
	// Overtaken tells that the plan has moved since it was written, or that it cannot be carried out any more.
	Overtaken bool   `json:"overtaken"`
	Example   bool   `json:"example"`
	Href      string `json:"href"`
}

func (s *Server) scenarios(r *request) (*page, error) {
	r.path = "/scenarios"
	f := form{Values: r.query}
	after, year := f.int("after"), int(f.int("year"))
	if year != 0 && (year < firstYear || year > lastYear) {
		f.bad("year", "error.year")
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	g := r.programme()
	v := &scenariosView{AsOf: r.shownDay(), Forward: forwardView{Holes: []holeView{}, Proposals: []proposal{}}}
	if g != nil {
		v.Year = cmp.Or(year, r.defaultYear(g))
		v.Forward = r.forward(g, v.Year)
		for _, y := range r.scenarioYears() {
			v.Years = append(v.Years, choice{fmt.Sprint(y), r.with("year", fmt.Sprint(y)), y == v.Year})
		}
	}
	all := r.p.Scenarios.List()
	slices.SortFunc(all, func(a, b *portfolio.Scenario) int { return cmp.Compare(b.ID, a.ID) })
	shown, next := paged(all, after, func(sc *portfolio.Scenario) int64 { return int64(sc.ID) })
	v.Next, v.Links = next, r.listLinks(after, next)
	v.Items = make([]scenarioRow, 0, len(shown))
	for _, sc := range shown {
		v.Items = append(v.Items, r.scenarioRow(sc, g, v.Year))
	}
	if r.may(portfolio.KeepScenario, nil) {
		v.New = r.record("scenario", "/scenarios", r.say("scenarios.new"), r.say("scenarios.make"))
		v.New.add(recordField{Name: "name", Label: r.say("scenarios.name"), Kind: "text", Required: true})
		v.New.add(recordField{Name: "about", Label: r.say("scenarios.about"), Kind: "lines"})
	}
	notice, err := r.notice()
	if err != nil {
		return nil, err
	}
	return &page{Template: "scenarios", Title: r.say("scenarios.title"), View: v, Notice: notice, Table: func() exchange.Table {
		t := exchange.Table{Columns: []string{"scenario", "name", "about", "alterations", "carried_out", "year", "in_year_difference", "forecast_difference", "full_year_difference", "example"}}
		for _, sc := range all {
			row := r.scenarioRow(sc, g, v.Year)
			t.Add(int64(row.ID), row.Name, row.About, row.Alterations, maybe(row.Decided), v.Year, row.InYear.Figure, row.Forecast.Figure, row.FullYear.Figure, row.Example)
		}
		return t
	}}, nil
}

// scenarioRow works out what a scenario would do to a year. One that has been carried out is part of today.
func (r *request) scenarioRow(sc *portfolio.Scenario, g *portfolio.Programme, year int) scenarioRow {
	row := scenarioRow{
		ID: sc.ID, Name: sc.Name, About: sc.Note, Alterations: len(sc.Alterations), Example: sc.AnyExample(), Href: r.link(fmt.Sprintf("/scenarios/%d", sc.ID)),
	}
	if sc.Decided != nil {
		day := store.DayOf(sc.Decided.At)
		row.Decided = &day
		return row
	}
	if g == nil {
		return row
	}
	for _, one := range sc.Prospects(r.p) {
		row.Overtaken = row.Overtaken || one.Stands != 0 || len(one.Hindered) > 0
	}
	now, under := r.p.YearOf(g.ID, year), r.p.Under(sc.Alterations).YearOf(g.ID, year)
	row.InYear = exactly(under.Planned() - now.Planned())
	row.FullYear = exactly(under.FullYear.Net() - now.FullYear.Net())
	if a, b := now.Forecast(), under.Forecast(); a.Known && b.Known {
		row.Forecast = exactly(b.Ore - a.Ore)
	}
	return row
}

// scenarioYears are the years that scenarios are compared in: the plan's, at most as many as a time line holds.
func (r *request) scenarioYears() []int {
	g := r.programme()
	if g == nil || r.p.Strategy == nil {
		return nil
	}
	var years []int
	for y := r.firstPlanYear(g, r.p.Strategy.To); y <= r.p.Strategy.To; y++ {
		years = append(years, y)
	}
	return years
}
