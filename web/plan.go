package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
)

func (s *Server) planRoutes() []route {
	return []route{
		{method: http.MethodGet, pattern: "/plan", action: portfolio.ViewPortfolio, page: s.plan, list: true, view: planView{}, query: planFields},
		{method: http.MethodPost, pattern: "/plan/moves", action: portfolio.KeepScenario, page: s.plan, form: s.proposeMove, view: scenarioView{}, sends: changeFields.and(moveFields)},
	}
}

var planFields = yearFields.and(fields{"from": 0, "to": 0, "area": portfolio.AreaID(0), "stage": portfolio.Stage(0)})

// planView is the action plan: when each initiative is worked on, planned against now, and what it brings year by year.
type planView struct {
	AsOf      portfolio.Date `json:"as_of"`
	Programme string         `json:"programme"`
	From      int            `json:"from_year"`
	To        int            `json:"to_year"`
	Items     []planRow      `json:"items"`
	// Next is the initiative to go on after, null at the end. The years' sums are of every row that the filter leaves.
	Next  *int64     `json:"next"`
	Years []planYear `json:"years"`
	// Forward are the years that a delay or a dropped initiative left a hole in, or that lack something, and what could fill it.
	Forward []forwardView `json:"bring_forward"`

	Name       string      `json:"-"`
	Total      int         `json:"-"`
	Span       int         `json:"-"`
	YearLabels []span      `json:"-"`
	Groups     []planGroup `json:"-"`
	Facets     []facet     `json:"-"`
	Narrowed   bool        `json:"-"`
	Example    bool        `json:"-"`
	Moves      bool        `json:"-"`
	Links      listLinks   `json:"-"`
	All        string      `json:"-"`
}

// planYear is a year's sum over the initiatives of the plan. Effect is the net by the present terms, Plan as adopted; what
// has left the plan is in Plan alone, what never was in it or counts in another programme in neither. Amounts are øre.
type planYear struct {
	Year                   int  `json:"year"`
	Requirement            ore  `json:"requirement_ore"`
	RequirementApproximate bool `json:"requirement_approximate"`
	Effect                 ore  `json:"effect_ore"`
	EffectApproximate      bool `json:"effect_approximate"`
	Plan                   ore  `json:"plan_ore"`
	PlanApproximate        bool `json:"plan_approximate"`
	Unknown                int  `json:"initiatives_without_amount"`

	Href string `json:"-"`
}

type planGroup struct {
	Title string
	Rows  []planLines
}

// plan is the page of the action plan.
func (s *Server) plan(r *request) (*page, error) {
	r.path = "/plan"
	g := r.programme()
	if g == nil || r.p.Strategy == nil {
		p := r.emptyPage(r.say("nav.plan"))
		p.View, p.Table = planView{AsOf: r.shownDay(), Items: []planRow{}}, func() exchange.Table { return exchange.Table{Columns: planColumns(0, -1)} }
		return p, nil
	}
	f, err := r.planFilter(g)
	if err != nil {
		return nil, err
	}
	years := make([]*portfolio.Year, 0, f.to-f.from+1)
	for y := f.from; y <= f.to; y++ {
		years = append(years, r.p.YearOf(g.ID, y))
	}
	list := r.planned(f, years[0])
	shown, next := paged(list, f.after, func(id portfolio.InitiativeID) int64 { return int64(id) })
	v := &planView{
		AsOf: r.shownDay(), Programme: g.Code, Name: g.Name, From: f.from, To: f.to, Items: make([]planRow, 0, len(shown)), Next: next,
		Total: len(list), Span: 12 * len(years), Narrowed: f.area != 0 || f.stage != 0, Links: r.listLinks(f.after, next), All: r.link("/plan"),
		Facets: []facet{
			r.facet("area", r.say("plan.area"), r.areas()), r.facet("stage", r.say("plan.stage"), codes(r, "stage", portfolio.Stages(), "")),
		},
	}
	moves, err := r.planMoves(years[0].Year)
	if err != nil {
		return nil, err
	}
	v.Moves = moves.offered
	for _, id := range shown {
		row := r.planRow(years[0].Row(id).Initiative, years)
		if row.Move, err = moves.of(r, id); err != nil {
			return nil, err
		}
		v.Items = append(v.Items, row)
	}
	for k, y := range years {
		if v.Narrowed {
			v.Years = append(v.Years, r.planYear(y, r.planSum(list, y)))
		} else {
			v.Years = append(v.Years, r.planYear(y, wholePlan(y)))
		}
		v.YearLabels = append(v.YearLabels, span{Class: "year", From: 12 * k, Len: 12, Text: strconv.Itoa(y.Year)})
		v.Example = v.Example || r.invented(y)
	}
	if v.Groups, err = r.planGroups(v.Items); err != nil {
		return nil, err
	}
	if !v.Narrowed {
		v.Forward = r.forwards(g, years)
	}
	notice, err := r.notice()
	if err != nil {
		return nil, err
	}
	return &page{Template: "plan", Notice: notice, Title: r.say("plan.title", f.from, f.to), View: v, Table: func() exchange.Table { return r.planTable(list, years) }}, nil
}

// planQuery is what the address narrows the plan to.
type planQuery struct {
	from, to int
	area     portfolio.AreaID
	stage    portfolio.Stage
	after    int64
}

// maxPlanYears is how many years a time line holds.
const maxPlanYears = 5

func (r *request) planFilter(g *portfolio.Programme) (planQuery, error) {
	f := form{Values: r.query}
	q := planQuery{from: int(f.int("from")), to: int(f.int("to")), area: portfolio.AreaID(f.int("area")), after: f.int("after")}
	f.code("stage", &q.stage)
	if err := f.err(); err != nil {
		return q, err
	}
	if q.to == 0 {
		q.to = r.p.Strategy.To
	}
	if q.from == 0 {
		q.from = r.firstPlanYear(g, q.to)
	}
	if q.from < 2000 || q.to > 2100 || q.to < q.from {
		return q, &portfolio.Error{Kind: portfolio.Invalid, Field: "from", Code: "error.year"}
	}
	if q.to-q.from >= maxPlanYears {
		return q, &portfolio.Error{Kind: portfolio.Invalid, Field: "to", Code: "plan.too_many_years", Args: []any{maxPlanYears}}
	}
	return q, nil
}

// firstPlanYear is the first year that asks something of the programme: there the plan begins. Without a requirement it is
// the strategy's first.
func (r *request) firstPlanYear(g *portfolio.Programme, to int) int {
	first := 0
	for q := range r.p.Requirements.All() {
		if q.Programme == g.ID && q.Year <= to && (first == 0 || q.Year < first) {
			first = q.Year
		}
	}
	if first == 0 {
		first = min(r.p.Strategy.From, to)
	}
	return max(first, to-maxPlanYears+1)
}

// planned lists the programme's initiatives that the filter leaves, by area as it stands in the catalogue; last those that
// are not in the plan yet, and those that have left it.
func (r *request) planned(f planQuery, y *portfolio.Year) []portfolio.InitiativeID {
	all := r.s.worked.planned.of(r.p.Initiatives.Mark(), r.inPlanOrder)
	list := make([]portfolio.InitiativeID, 0, len(all))
	for _, id := range all {
		row := y.Row(id)
		if row != nil && (f.area == 0 || row.Initiative.Area == f.area) && (f.stage == 0 || row.Initiative.Stage == f.stage) {
			list = append(list, id)
		}
	}
	return list
}

func (r *request) inPlanOrder() []portfolio.InitiativeID {
	list := r.p.Initiatives.List()
	slices.SortStableFunc(list, func(a, b *portfolio.Initiative) int { return planOrder(a) - planOrder(b) })
	ids := make([]portfolio.InitiativeID, len(list))
	for k, i := range list {
		ids[k] = i.ID
	}
	return ids
}

// planOrder sorts by group: an area's initiatives together, those without an area after them, then those outside the plan.
func planOrder(i *portfolio.Initiative) int {
	const last = 1 << 30
	switch {
	case i.Plan.State == portfolio.OutOfPlan:
		return last
	case i.Plan.State == 0:
		return last - 1
	case i.Area == 0:
		return last - 2
	}
	return int(i.Area)
}

// planGroups divides the rows under their headings; they come in the groups' order.
func (r *request) planGroups(rows []planRow) ([]planGroup, error) {
	var groups []planGroup
	for k := range rows {
		row := &rows[k]
		lines, err := r.planLines(row)
		if err != nil {
			return nil, err
		}
		if n := len(groups); n == 0 || groups[n-1].Title != row.Group {
			groups = append(groups, planGroup{Title: row.Group})
		}
		last := &groups[len(groups)-1]
		last.Rows = append(last.Rows, lines)
	}
	return groups, nil
}

// planSums are what the rows of a list add up to in a year.
type planSums struct {
	effect, plan ore
	unknown      int
}

// planSum adds up a year over the initiatives that a filter leaves, on every page of the list.
func (r *request) planSum(list []portfolio.InitiativeID, y *portfolio.Year) planSums {
	var effect, plan amount.Total
	for _, id := range list {
		row := y.Row(id)
		if row == nil {
			continue
		}
		e := r.planEffect(row, y.Year)
		if !row.Outside {
			effect.Add(e.Effect.Figure)
		}
		if !row.Outside || e.Plan.Known {
			plan.Add(e.Plan.Figure)
		}
	}
	return planSums{sumOf(effect), sumOf(plan), effect.Unknown}
}

// wholePlan is planSum of every initiative, which the year has added up already.
func wholePlan(y *portfolio.Year) planSums {
	total := func(sum, part portfolio.Gain, left, leftApproximate int) ore {
		about := y.Known > 0 && y.Approximate > 0 || leftApproximate > 0
		return sumOf(amount.Total{Ore: sum.Minus(part).Net(), Approximate: about, Unknown: y.Unknown, Parts: y.Known + y.Unknown + left})
	}
	return planSums{total(y.Now, y.PartNow, 0, 0), total(y.Plan, y.PartPlan, y.Left, y.LeftApproximate), y.Unknown}
}

func (r *request) planYear(y *portfolio.Year, sums planSums) planYear {
	v := planYear{
		Year: y.Year, Requirement: ore{y.Net()}, Effect: sums.effect, Plan: sums.plan, Unknown: sums.unknown,
		Href: r.link(fmt.Sprintf("/savings/%d?programme=%s", y.Year, r.p.Programmes.Get(y.Programme).Code)),
	}
	v.RequirementApproximate, v.EffectApproximate, v.PlanApproximate = v.Requirement.Approximate, v.Effect.Approximate, v.Plan.Approximate
	return v
}

// sumOf is a sum that says "ca." while parts of it are not known; without any known part it is unknown, and the sum of
// nothing is zero.
func sumOf(t amount.Total) ore {
	return ore{amount.Figure{Ore: t.Ore, Known: t.Known() || t.Parts == 0, Approximate: t.Approximate || (t.Known() && t.Unknown > 0)}}
}
