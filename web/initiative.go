package web

import (
	"html/template"
	"net/http"
	"net/url"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
)

func (s *Server) initiativeRoutes() []route {
	return []route{
		{method: http.MethodGet, pattern: "/initiatives", action: portfolio.ViewPortfolio, page: s.initiatives, list: true, view: initiativesView{}, query: initiativeFields},
		{method: http.MethodGet, pattern: "/initiatives/new", action: portfolio.SelectItem, page: s.newInitiativePage, view: newInitiativeView{}, query: fields{"item": int64(0), "programme": ""}},
		{method: http.MethodPost, pattern: "/initiatives", action: portfolio.SelectItem, page: s.newInitiativePage, form: s.newInitiative, view: initiativeView{}, sends: changeFields.and(newInitiativeFields)},
		{method: http.MethodGet, pattern: "/initiatives/{id}", action: portfolio.ViewPortfolio, page: s.initiative, view: initiativeView{}},
		s.initiativeForm("edit", portfolio.EditBenefit, editInitiative, scheduleFields.and(fields{"case_no": "", "case_url": ""})),
		s.initiativeForm("owners", portfolio.AssignOwner, assignOwners, fields{"project_owner": portfolio.UserID(0), "benefit_owner": portfolio.UserID(0)}),
		s.initiativeForm("stage", portfolio.AdvanceInitiative, advanceStage, fields{"stage": portfolio.Stage(0)}),
		s.initiativeForm("delay", portfolio.ReportDelay, reportDelay, delayFields),
		s.initiativeForm("plan", portfolio.ChangePlan, changePlan, fields{"state": portfolio.Membership(0), "reason": ""}),
		s.initiativeForm("needs", portfolio.StateNeeds, stateNeeds, needFields),
		{method: http.MethodPost, pattern: "/initiatives/{id}/comment", action: portfolio.Comment, page: s.initiative, form: s.comment, view: initiativeView{}, sends: seenFields},
		{method: http.MethodPost, pattern: "/initiatives/{id}/benefits", action: portfolio.EditBenefit, page: s.newBenefitPage, form: s.newBenefit, view: benefitPage{}, sends: seenFields.and(benefitFields)},
	}
}

var (
	initiativeFields = listFields.and(fields{
		"q": "", "area": portfolio.AreaID(0), "owner": portfolio.UserID(0), "stage": portfolio.Stage(0), "plan": portfolio.Membership(0), "programme": "",
	})
	scheduleFields = fields{
		"summary": "", "one_off": amount.Figure{}, "one_off_ore": int64(0), "start": portfolio.Month(0), "done": portfolio.Month(0),
	}
	newInitiativeFields = scheduleFields.and(fields{
		"title": "", "area": portfolio.AreaID(0), "background": portfolio.Background(0), "programme": "", "item": 0,
	})
)

// pageRows is how many rows of a list one page has.
const pageRows = 100

// initiativesView is the list of what has been selected to be done, as the filter leaves it.
type initiativesView struct {
	Items []initiativeRow `json:"items"`
	// Next is what to send as "after" for the rows that follow.
	Next   *int64     `json:"next"`
	Year   int        `json:"year"`
	Total  int        `json:"total"`
	Facets []facet    `json:"-"`
	Query  string     `json:"-"`
	AsOf   string     `json:"-"`
	Links  listLinks  `json:"-"`
	Chips  []queryTag `json:"-"`
	May    bool       `json:"-"`
}

// facet is one way to narrow a list.
type facet struct {
	Name, Label string
	Options     []optionView
	// Written are the options as the page has them, where they are many.
	Written template.HTML
}

// queryTag is one thing that a list is narrowed by, and the way back.
type queryTag struct{ Label, Href string }

// listLinks lead on from a list: to its next page, back to its first, and to the files of the same view.
type listLinks struct{ Next, First, XLSX, CSV, JSON string }

// initiativeRow is an initiative in the list, with its part in the year; it is comparable, so that a row that did not change
// is not written again.
type initiativeRow struct {
	ID        portfolio.InitiativeID `json:"id"`
	Version   int64                  `json:"version"`
	Title     string                 `json:"title"`
	Programme string                 `json:"programme"`
	AreaID    portfolio.AreaID       `json:"area_id,omitempty"`
	Area      string                 `json:"area"`
	Owner     string                 `json:"project_owner"`
	Stage     portfolio.Stage        `json:"stage"`
	Plan      portfolio.Membership   `json:"plan"`
	initiativeFigures
	Example bool   `json:"example"`
	Href    string `json:"-"`
}

func (s *Server) initiatives(r *request) (*page, error) {
	filter, after, err := r.initiativeFilter()
	if err != nil {
		return nil, err
	}
	all := r.s.worked.initiatives.of(initiativesKey{r.p.Initiatives.Mark(), filter}, func() []*portfolio.Initiative { return r.p.Where(filter) })
	v := &initiativesView{
		Items: []initiativeRow{}, Year: r.listYear(), Total: len(all), Query: r.value("q"), AsOf: r.value("as_of"),
		May: r.may(portfolio.SelectItem, nil),
	}
	shown, next := paged(all, after, func(i *portfolio.Initiative) int64 { return int64(i.ID) })
	for _, i := range shown {
		v.Items = append(v.Items, r.initiativeRow(i, v.Year))
	}
	v.Next, v.Links = next, r.listLinks(after, next)
	facets, err := r.initiativeFacets()
	if err != nil {
		return nil, err
	}
	v.Facets, v.Chips = facets, r.chips(facets)
	return &page{Template: "initiatives", Title: r.say("nav.initiatives"), View: v, Table: func() exchange.Table {
		return r.initiativesTable(all, v.Year)
	}}, nil
}

// initiativeFilter reads the filter in the address. The programme and the areas are named as other pages name them.
func (r *request) initiativeFilter() (f portfolio.Filter, after int64, err error) {
	q := form{Values: r.query}
	f = portfolio.Filter{Area: portfolio.AreaID(q.int("area")), Owner: portfolio.UserID(q.int("owner")), Query: q.get("q")}
	q.code("stage", &f.Stage)
	q.code("plan", &f.Plan)
	if code := q.get("programme"); code != "" {
		g := r.p.Programme(code)
		if g == nil {
			q.bad("programme", "error.unknown_programme")
		} else {
			f.Programme = g.ID
		}
	}
	return f, q.int("after"), q.err()
}

func (r *request) listLinks(after int64, next *int64) listLinks {
	var l listLinks
	if next != nil {
		l.Next = r.with("after", strconv.FormatInt(*next, 10))
	}
	if after != 0 {
		l.First = r.with("after", "")
	}
	q := url.Values{}
	for k, v := range r.query {
		if k != "after" && k != "saved" {
			q[k] = v
		}
	}
	filter := ""
	if len(q) > 0 {
		filter = "?" + q.Encode()
	}
	l.XLSX, l.CSV, l.JSON = r.path+".xlsx"+filter, r.path+".csv"+filter, r.path+".json"+filter
	return l
}

// facet makes a facet whose present value is the address'.
func (r *request) facet(name, label string, options []optionView) facet {
	list := append([]optionView{{Label: r.say("initiatives.all")}}, options...)
	for i := range list {
		list[i].Selected = list[i].Value == r.value(name)
	}
	return facet{Name: name, Label: label, Options: list}
}

// areas are the areas by name.
func (r *request) areas() []optionView {
	var list []optionView
	for a := range r.p.Areas.All() {
		list = append(list, optionView{Value: strconv.FormatInt(int64(a.ID), 10), Label: a.Name})
	}
	byLabel(r, list)
	return list
}

// programmes are the programmes by their codes.
func (r *request) programmes() []optionView {
	var list []optionView
	for g := range r.p.Programmes.All() {
		list = append(list, optionView{Value: g.Code, Label: g.Name})
	}
	return list
}

func (r *request) initiativeFacets() ([]facet, error) {
	owning, err := r.ownerFacet()
	if err != nil {
		return nil, err
	}
	return []facet{
		r.facet("area", r.say("field.area"), r.areas()),
		r.facet("stage", r.say("field.stage"), codes(r, "stage", portfolio.Stages(), "")),
		r.facet("plan", r.say("field.plan"), codes(r, "plan_state", portfolio.Memberships(), "")),
		owning,
		r.facet("programme", r.say("kind.programme"), r.programmes()),
	}, nil
}

// ownerFacet offers everyone who has an initiative, by name: to find, to sort and to write them takes longer than the rest of
// the page.
func (r *request) ownerFacet() (f facet, err error) {
	key := ownersKey{r.p.Initiatives.Mark(), r.p.Users.Mark(), r.p.PeopleSeq, r.lang.Code, r.value("owner")}
	f = r.s.worked.owners.of(key, func() facet {
		owners := map[portfolio.UserID]bool{}
		for i := range r.p.Initiatives.All() {
			owners[i.ProjectOwner], owners[i.BenefitOwner] = true, true
		}
		owning := r.people("", func(u *portfolio.User) bool { return owners[u.ID] })[1:]
		v := r.facet("owner", r.say("field.owner"), owning)
		v.Written, err = r.s.written(r.lang, "options", v.Options)
		return v
	})
	return f, err
}

// chips tell what the list is narrowed by.
func (r *request) chips(facets []facet) []queryTag {
	var list []queryTag
	if q := r.value("q"); q != "" {
		list = append(list, queryTag{q, r.with("q", "")})
	}
	for _, f := range facets {
		for _, o := range f.Options {
			if o.Selected && o.Value != "" {
				list = append(list, queryTag{o.Label, r.with(f.Name, "")})
			}
		}
	}
	return list
}

// listYear is the year that a list's figures are of.
func (r *request) listYear() int {
	if g := r.programme(); g != nil {
		return r.defaultYear(g)
	}
	return r.p.Today.Year()
}

func (r *request) initiativesTable(list []*portfolio.Initiative, year int) exchange.Table {
	t := exchange.Table{Columns: []string{
		"initiative", "title", "programme", "area", "project_owner", "stage", "plan", "year", "plan_in_year", "confirmed",
		"confirmed_to_date", "claimed", "expected", "full_year", "drawn", "one_off", "example",
	}}
	for _, i := range list {
		v := r.initiativeRow(i, year)
		t.Add(int64(v.ID), v.Title, v.Programme, v.Area, v.Owner, v.Stage.String(), v.Plan.String(), year, v.PlanInYear.Figure,
			v.Confirmed.Figure, v.ToDate.Figure, v.Claimed.Figure, v.Expected.Figure, v.FullYear.Figure, v.Drawn.Figure,
			v.OneOff.Figure, v.Example)
	}
	return t
}
