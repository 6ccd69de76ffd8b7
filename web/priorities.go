package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/store"
)

func (s *Server) priorityRoutes() []route {
	return []route{
		{method: http.MethodGet, pattern: "/priorities", action: portfolio.ViewPortfolio, page: s.priorities, list: true, view: prioritiesView{}, query: priorityFields},
		{method: http.MethodGet, pattern: "/priorities/new", action: portfolio.HoldRound, page: s.newRoundPage, view: roundFormView{}},
		{method: http.MethodPost, pattern: "/priorities", action: portfolio.HoldRound, page: s.newRoundPage, form: s.openRound, view: roundView{}, sends: changeFields.and(roundFields)},
		{method: http.MethodGet, pattern: "/priorities/{id}", action: portfolio.ViewPortfolio, page: s.round, list: true, view: roundView{}, query: fields{"year": 0}},
		{method: http.MethodGet, pattern: "/priorities/{id}/edit", action: portfolio.HoldRound, page: s.editRoundPage, view: roundFormView{}},
		{method: http.MethodPost, pattern: "/priorities/{id}", action: portfolio.HoldRound, page: s.editRoundPage, form: s.editRound, view: roundView{}, sends: seenFields.and(roundFields)},
		{method: http.MethodPost, pattern: "/priorities/{id}/scores", action: portfolio.ScoreItems, page: s.round, form: s.giveScores, view: roundView{}, sends: changeFields.and(fields{"item.#.#": 0})},
		{method: http.MethodPost, pattern: "/priorities/{id}/close", action: portfolio.HoldRound, page: s.round, form: s.closeRound, view: roundView{}, sends: seenFields.and(decisionFields)},
	}
}

var (
	priorityFields = listFields.and(fields{"area": portfolio.AreaID(0), "period": ""})
	roundFields    = fields{
		"name": "", "period": "", "items": []string{}, "criteria.#.name": "", "criteria.#.weight": 0, "criteria.#.scale": []string{}, "criteria.#.cost": false,
	}
)

// prioritiesView is what the units want to work with, what they described it of, and the rounds in which directors score it.
type prioritiesView struct {
	AsOf  portfolio.Date `json:"as_of"`
	Items []priorityRow  `json:"items"`
	// Next is the catalogue number to go on after, null at the end.
	Next   *int64     `json:"next"`
	Rounds []roundRow `json:"rounds"`
	Units  []unitRow  `json:"units"`
	// Proposals are what units propose, while they wait for their directors; the latest comes last.
	Proposals []proposalView `json:"proposals"`

	Total                   unitRow   `json:"-"`
	Kinds                   []string  `json:"-"`
	Shown                   int       `json:"-"`
	Facets                  []facet   `json:"-"`
	Links                   listLinks `json:"-"`
	NewHref, SelectionHref  string    `json:"-"`
	ScenariosHref, Describe string    `json:"-"`
	Example                 bool      `json:"-"`
}

// priorityRow is an item that its unit has prioritised for a period, with its director's approval.
type priorityRow struct {
	No         int                     `json:"no"`
	Title      string                  `json:"title"`
	Area       string                  `json:"area"`
	Types      []portfolio.BenefitType `json:"types"`
	State      portfolio.ItemState     `json:"state"`
	Mandatory  bool                    `json:"mandatory"`
	Period     string                  `json:"period"`
	ApprovedBy string                  `json:"approved_by"`
	Approved   portfolio.Date          `json:"approved"`
	Example    bool                    `json:"example"`
	Href       string                  `json:"href"`
}

// roundRow is a scoring round among the others.
type roundRow struct {
	ID     portfolio.RoundID `json:"id"`
	Name   string            `json:"name"`
	Period string            `json:"period"`
	Items  int               `json:"items"`
	Opened portfolio.Date    `json:"opened"`
	Closed *portfolio.Date   `json:"closed"`
	// Scored is how many directors have given scores: that much is told while the round is open.
	Scored  int    `json:"directors_who_have_scored"`
	Example bool   `json:"example"`
	Href    string `json:"href"`

	Due bool `json:"-"` // the reader has not scored yet
}

// unitRow counts a unit's items by how far they have come, and by benefit type.
type unitRow struct {
	Area        portfolio.AreaID `json:"area"`
	Name        string           `json:"name"`
	Items       int              `json:"described_in_all"`
	Described   int              `json:"described"`
	Prioritised int              `json:"prioritised"`
	Selected    int              `json:"selected"`
	NotSelected int              `json:"not_selected"`
	Types       []typeCount      `json:"types"`
	// Untyped counts the items that no benefit type is known of.
	Untyped int `json:"without_type"`

	Cells []countCell `json:"-"`
}

// typeCount is how many of a unit's items expect a type of benefit; an item may expect more than one.
type typeCount struct {
	Type        portfolio.BenefitType `json:"type"`
	Items       int                   `json:"described_in_all"`
	Prioritised int                   `json:"prioritised"`
	Selected    int                   `json:"selected"`
}

// countCell is a count that opens to the items it counts.
type countCell struct {
	Count       int
	Href, Label string
}

func (s *Server) priorities(r *request) (*page, error) {
	f := form{Values: r.query}
	area, period, after := portfolio.AreaID(f.int("area")), f.get("period"), f.int("after")
	if err := f.err(); err != nil {
		return nil, err
	}
	v := &prioritiesView{AsOf: r.shownDay(), SelectionHref: r.link("/priorities/selection"), ScenariosHref: r.link("/scenarios"), Describe: r.link("/catalogue?state=described")}
	if r.may(portfolio.HoldRound, nil) {
		v.NewHref = "/priorities/new"
	}
	v.Rounds = r.rounds()
	v.Proposals = []proposalView{}
	for c := range r.p.Items.All() {
		if c.Proposal != nil {
			v.Proposals = append(v.Proposals, r.proposalView(c))
		}
	}
	slices.SortStableFunc(v.Proposals, func(a, b proposalView) int { return cmp.Compare(a.On, b.On) })
	v.fillUnits(r)
	all := r.prioritised(area, period)
	shown, next := paged(all, after, func(c *portfolio.CatalogueItem) int64 { return int64(c.No) })
	v.Next, v.Shown, v.Links = next, len(all), r.listLinks(after, next)
	v.Items = make([]priorityRow, 0, len(shown))
	for _, c := range shown {
		v.Items = append(v.Items, r.priorityRow(c))
		v.Example = v.Example || v.Items[len(v.Items)-1].Example
	}
	v.Facets = []facet{r.facet("area", r.say("field.area"), r.areas()), r.facet("period", r.say("priorities.period"), r.periods())}
	notice, err := r.notice()
	if err != nil {
		return nil, err
	}
	return &page{Template: "priorities", Title: r.say("priorities.title"), View: v, Notice: notice, Table: func() exchange.Table {
		t := exchange.Table{Columns: []string{"no", "title", "area", "types", "state", "mandatory", "period", "approved_by", "approved", "example"}}
		for _, c := range all {
			row := r.priorityRow(c)
			types := ""
			for _, kind := range row.Types {
				types += " " + kind.String()
			}
			t.Add(row.No, row.Title, row.Area, types[min(1, len(types)):], row.State.String(), row.Mandatory, row.Period, row.ApprovedBy, row.Approved, row.Example)
		}
		return t
	}}, nil
}

// prioritised lists the items that a unit has prioritised, by number.
func (r *request) prioritised(area portfolio.AreaID, period string) []*portfolio.CatalogueItem {
	list := slices.DeleteFunc(r.p.Items.List(), func(c *portfolio.CatalogueItem) bool {
		return c.Priority == nil || (area != 0 && c.Area != area) || (period != "" && c.Priority.Period != period)
	})
	slices.SortFunc(list, func(a, b *portfolio.CatalogueItem) int { return cmp.Compare(a.No, b.No) })
	return list
}

func (r *request) priorityRow(c *portfolio.CatalogueItem) priorityRow {
	by, on := r.approval(c.Priority)
	return priorityRow{
		No: c.No, Title: r.itemTitle(c), Area: r.area(c.Area), Types: orEmpty(c.Types), State: c.State(), Mandatory: c.Mandatory,
		Period: c.Priority.Period, ApprovedBy: by, Approved: on,
		Example: c.ExampleField("priority"), Href: r.link(fmt.Sprintf("/catalogue/%d", c.No)),
	}
}

// periods are those that units have prioritised for.
func (r *request) periods() []optionView {
	var list []optionView
	for _, c := range r.prioritised(0, "") {
		if p := c.Priority.Period; !slices.ContainsFunc(list, func(o optionView) bool { return o.Value == p }) {
			list = append(list, optionView{Value: p, Label: p})
		}
	}
	byLabel(r, list)
	return list
}

// rounds lists the rounds, the latest first.
func (r *request) rounds() []roundRow {
	list := []roundRow{}
	for round := range r.p.Rounds.All() {
		row := roundRow{
			ID: round.ID, Name: round.Name, Period: round.Period, Items: len(round.Items), Opened: store.DayOf(round.Opened.At),
			Scored: r.p.ScoredBy(round), Example: round.AnyExample(), Href: r.link(fmt.Sprintf("/priorities/%d", round.ID)),
		}
		if round.Closed != nil {
			day := store.DayOf(round.Closed.At)
			row.Closed = &day
		} else {
			row.Due = r.may(portfolio.ScoreItems, nil) && len(r.p.ScoresFor(r.user, round)) == 0
		}
		list = append(list, row)
	}
	slices.SortFunc(list, func(a, b roundRow) int { return cmp.Compare(b.ID, a.ID) })
	return list
}

// fillUnits counts the catalogue by unit, in the order of their names; what has no unit comes last.
func (v *prioritiesView) fillUnits(r *request) {
	of := map[portfolio.AreaID]*unitRow{}
	v.Total = unitRow{Name: r.say("priorities.all_units"), Types: newTypes()}
	for _, area := range append(r.areas(), optionView{Value: "0", Label: r.say("priorities.no_unit")}) {
		id, err := strconv.ParseInt(area.Value, 10, 64)
		if err != nil {
			continue // not a unit's number
		}
		v.Units = append(v.Units, unitRow{Area: portfolio.AreaID(id), Name: area.Label, Types: newTypes()})
	}
	for k := range v.Units {
		of[v.Units[k].Area] = &v.Units[k]
	}
	for c := range r.p.Items.All() {
		v.Total.count(c)
		if row := of[c.Area]; row != nil {
			row.count(c)
		}
	}
	v.Units = slices.DeleteFunc(v.Units, func(u unitRow) bool { return u.Items == 0 })
	for k := range v.Units {
		v.Units[k].Cells = r.unitCells(&v.Units[k])
	}
	v.Total.Cells = r.unitCells(&v.Total)
	v.Kinds = r.unitHeads()
}

func newTypes() []typeCount {
	var list []typeCount
	for _, t := range portfolio.BenefitTypes() {
		list = append(list, typeCount{Type: t})
	}
	return list
}

func (u *unitRow) count(c *portfolio.CatalogueItem) {
	u.Items++
	prioritised, selected := 0, 0
	switch c.State() {
	case portfolio.Described:
		u.Described++
	case portfolio.Prioritised:
		u.Prioritised++
		prioritised = 1
	case portfolio.ItemSelected:
		u.Selected++
		selected = 1
	case portfolio.NotSelected:
		u.NotSelected++
	}
	if len(c.Types) == 0 {
		u.Untyped++
	}
	for k := range u.Types {
		if slices.Contains(c.Types, u.Types[k].Type) {
			u.Types[k].Items++
			u.Types[k].Prioritised += prioritised
			u.Types[k].Selected += selected
		}
	}
}

// unitHeads are the columns' headings: in all, each state, each type.
func (r *request) unitHeads() []string {
	heads := []string{r.say("priorities.in_all")}
	for _, state := range portfolio.ItemStates() {
		heads = append(heads, r.say("item_state."+state.String()))
	}
	for _, kind := range portfolio.BenefitTypes() {
		heads = append(heads, r.say("benefit_type."+kind.String()))
	}
	return append(heads, r.say("priorities.no_type"))
}

// unitCells are a unit's counts under the headings, each opening the items that it counts.
func (r *request) unitCells(u *unitRow) []countCell {
	heads := r.unitHeads()
	at := 0
	link := func(n int, filter string) countCell {
		c := countCell{Count: n, Label: heads[at]}
		at++
		if u.Area != 0 {
			filter += fmt.Sprintf("&area=%d", u.Area)
		} else if u.Name == r.say("priorities.no_unit") {
			return c
		}
		if n > 0 {
			c.Href = r.link("/catalogue?" + filter[min(1, len(filter)):])
		}
		return c
	}
	cells := []countCell{link(u.Items, "")}
	for k, n := range []int{u.Described, u.Prioritised, u.Selected, u.NotSelected} {
		cells = append(cells, link(n, "&state="+portfolio.ItemStates()[k].String()))
	}
	for _, t := range u.Types {
		cells = append(cells, link(t.Items, "&type="+t.Type.String()))
	}
	none := countCell{Count: u.Untyped, Label: heads[at]}
	return append(cells, none)
}
