package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/store"
)

// capacityYears is how many years the capacity is shown and stated for, the chosen one first.
const capacityYears = limitYears

func (s *Server) capacityRoutes() []route {
	sends := fields{"year": 0}
	for k := range capacityYears {
		sends = sends.and(fields{daysField(k): ""})
	}
	return []route{
		{method: http.MethodGet, pattern: "/capacity", action: portfolio.ViewPortfolio, page: s.capacity, list: true, view: capacityView{}, query: listFields.and(fields{"year": 0})},
		{method: http.MethodGet, pattern: "/capacity/{id}", action: portfolio.ViewPortfolio, page: s.unit, view: unitView{}, query: fields{"year": 0}},
		{method: http.MethodPost, pattern: "/capacity/{id}/days", action: portfolio.PlanCapacity, page: s.unit, form: s.setCapacity, view: unitView{}, sends: seenFields.and(sends)},
	}
}

// daysField is the name of the input of the k-th year.
func daysField(k int) string { return fmt.Sprintf("days_%d", k+1) }

func unitHref(id portfolio.AreaID, year int) string {
	return fmt.Sprintf("/capacity/%d?year=%d", id, year)
}

// capacityView is what the areas have for initiatives, beside what those of the plan take. All days are person-days.
type capacityView struct {
	AsOf  portfolio.Date `json:"as_of"`
	Year  int            `json:"year"`
	Items []capacityRow  `json:"items"`
	Next  *int64         `json:"next"`

	Years   []int     `json:"-"`
	Nav     []choice  `json:"-"`
	Links   listLinks `json:"-"`
	Example bool      `json:"example"`
}

type capacityRow struct {
	ID    portfolio.AreaID `json:"area"`
	Name  string           `json:"name"`
	Years []unitYear       `json:"years"`
	// Unknown is how many of the area's own initiatives in the plan have not stated what they take.
	Unknown int    `json:"initiatives_without_days"`
	Example bool   `json:"example"`
	Href    string `json:"href"`
}

// unitYear is an area's year.
type unitYear struct {
	Year int `json:"year"`
	// Capacity is null where it has not been stated.
	Capacity *int64 `json:"capacity_days"`
	Taken    int64  `json:"taken_days"`
	Over     int64  `json:"over_days"`

	Words, Class string
}

// chosenYear reads the year in the address, else the one that lists are of.
func (r *request) chosenYear() (int, error) {
	q := form{Values: r.query}
	year := int(q.int("year"))
	if r.form != nil && r.form.get("year") != "" { // a form comes back to the years that it was about
		q.Values = r.form.Values
		year = int(q.int("year"))
	}
	if year == 0 {
		year = r.listYear()
	}
	if year < firstYear || year > lastYear {
		q.bad("year", "error.year")
	}
	return year, q.err()
}

func (s *Server) capacity(r *request) (*page, error) {
	year, err := r.chosenYear()
	if err != nil {
		return nil, err
	}
	q := form{Values: r.query}
	after := q.int("after")
	if err := q.err(); err != nil {
		return nil, err
	}
	v := &capacityView{AsOf: r.shownDay(), Year: year}
	for k := range capacityYears {
		v.Years = append(v.Years, year+k)
	}
	for y := year - 1; y <= year+1; y++ {
		v.Nav = append(v.Nav, choice{strconv.Itoa(y), r.with("year", strconv.Itoa(y)), y == year})
	}
	areas := r.p.Areas.List()
	shown, next := paged(areas, after, func(a *portfolio.Area) int64 { return int64(a.ID) })
	v.Items, v.Next, v.Links = []capacityRow{}, next, r.listLinks(after, next)
	for _, a := range shown {
		row := r.capacityRow(a, year)
		v.Items, v.Example = append(v.Items, row), v.Example || row.Example
	}
	sorter := r.lang.Sorter()
	slices.SortStableFunc(v.Items, func(a, b capacityRow) int { return sorter(a.Name, b.Name) })
	return &page{Template: "capacity", Title: r.say("capacity.title"), View: v, Table: func() exchange.Table {
		t := exchange.Table{Columns: []string{"area", "name", "year", "capacity_days", "taken_days", "over_days", "initiatives_without_days", "example"}}
		for _, a := range areas {
			row := r.capacityRow(a, year)
			for _, y := range row.Years {
				var capacity any
				if y.Capacity != nil {
					capacity = *y.Capacity
				}
				t.Add(int64(row.ID), row.Name, y.Year, capacity, y.Taken, y.Over, row.Unknown, row.Example)
			}
		}
		return t
	}}, nil
}

func (r *request) capacityRow(a *portfolio.Area, year int) capacityRow {
	row := capacityRow{ID: a.ID, Name: a.Name, Example: a.Sources.Example("capacity"), Href: r.link(unitHref(a.ID, year))}
	for k := range capacityYears {
		y := r.p.UnitYear(a, year+k)
		row.Years, row.Unknown = append(row.Years, r.unitYear(y, year+k)), len(y.Unknown)
		for _, u := range y.Uses {
			row.Example = row.Example || u.Initiative.Sources.Example("effort")
		}
	}
	return row
}

// unitYear says in words how a year stands.
func (r *request) unitYear(y portfolio.UnitYear, year int) unitYear {
	v := unitYear{Year: year, Taken: y.Taken, Over: y.Over(), Class: "open", Words: r.say("capacity.unknown", y.Taken)}
	if !y.Known {
		return v
	}
	v.Capacity = &y.Capacity
	switch free := y.Capacity - y.Taken; {
	case free < 0:
		v.Class, v.Words = "late", r.say("capacity.over", y.Taken, y.Capacity, -free)
	case free == 0:
		v.Class, v.Words = "wait", r.say("capacity.full", y.Taken, y.Capacity)
	default:
		v.Class, v.Words = "done", r.say("capacity.free", y.Taken, y.Capacity, free)
	}
	return v
}

// unitView is an area's capacity, and the initiatives that take it.
type unitView struct {
	ID      portfolio.AreaID `json:"area"`
	Version int64            `json:"version"`
	Name    string           `json:"name"`
	Year    int              `json:"year"`
	Years   []unitYear       `json:"years"`
	Uses    []unitUse        `json:"initiatives"`
	// Unknown are the area's own initiatives in the plan that have not stated what they take.
	Unknown []relatedView `json:"initiatives_without_days"`
	Example bool          `json:"example"`

	Nav      []choice    `json:"-"`
	ListHref string      `json:"-"`
	Form     *recordForm `json:"-"`
	History  []sentence  `json:"-"`
}

// unitUse is what an initiative of the plan takes of the area in each of the years.
type unitUse struct {
	relatedView
	Days    []int64 `json:"days"`
	Example bool    `json:"example"`
}

func (s *Server) unit(r *request) (*page, error) {
	id, err := pathID(r, portfolio.KindArea)
	if err != nil {
		return nil, err
	}
	a := r.p.Areas.Get(portfolio.AreaID(id))
	if a == nil {
		return nil, portfolio.Missing(portfolio.KindArea, id)
	}
	year, err := r.chosenYear()
	if err != nil {
		return nil, err
	}
	r.path = fmt.Sprintf("/capacity/%d", id)
	v := &unitView{ID: a.ID, Version: a.Version, Name: a.Name, Year: year, Uses: []unitUse{}, ListHref: r.link(fmt.Sprintf("/capacity?year=%d", year))}
	for y := year - 1; y <= year+1; y++ {
		v.Nav = append(v.Nav, choice{strconv.Itoa(y), r.with("year", strconv.Itoa(y)), y == year})
	}
	r.fillUnit(a, v)
	action := fmt.Sprintf("/capacity/%d/days", a.ID)
	if r.may(portfolio.PlanCapacity, a) || r.sent(action) {
		v.Form = r.capacityForm(a, year, action)
	}
	events, err := r.s.Store.Events(r.Context(), r.p, store.EventFilter{Kind: portfolio.KindArea, Subject: id, Limit: maxChanges})
	if err != nil {
		return nil, err
	}
	if v.History, err = r.sentences(events); err != nil {
		return nil, err
	}
	notice, err := r.notice()
	if err != nil {
		return nil, err
	}
	return &page{Template: "unit", Title: r.say("capacity.of", a.Name), View: v, Notice: notice}, nil
}

func (r *request) fillUnit(a *portfolio.Area, v *unitView) {
	at := map[portfolio.InitiativeID]int{}
	v.Example = a.Sources.Example("capacity")
	for k := range capacityYears {
		y := r.p.UnitYear(a, v.Year+k)
		v.Years = append(v.Years, r.unitYear(y, v.Year+k))
		for _, u := range y.Uses {
			i := u.Initiative
			n, found := at[i.ID]
			if !found {
				n, at[i.ID] = len(v.Uses), len(v.Uses)
				v.Uses = append(v.Uses, unitUse{r.related([]portfolio.InitiativeID{i.ID})[0], make([]int64, capacityYears), i.Sources.Example("effort")})
			}
			v.Uses[n].Days[k] = u.Days
		}
		var unknown []portfolio.InitiativeID
		for _, i := range y.Unknown {
			unknown = append(unknown, i.ID)
		}
		v.Unknown = r.related(unknown)
	}
	sorter := r.lang.Sorter()
	slices.SortStableFunc(v.Uses, func(a, b unitUse) int { return sorter(a.Title, b.Title) })
}

func (r *request) capacityForm(a *portfolio.Area, year int, action string) *recordForm {
	f := r.record("capacity", action, r.say("capacity.set"), r.say("form.save"))
	seenInputs(f, a)
	f.add(recordField{Name: "year", Kind: "hidden", Value: strconv.Itoa(year)})
	for k := range capacityYears {
		text := ""
		if days, known := a.CapacityIn(year + k); known {
			text = strconv.FormatInt(days, 10)
		}
		f.add(recordField{Name: daysField(k), Label: r.say("capacity.in", year+k), Hint: r.say("capacity.in_hint"), Kind: "text", Value: text})
	}
	f.add(recordField{Name: "note", Label: r.say("requirements.note"), Kind: "text"})
	return f
}

// setCapacity states the form's years; the others stay as they are.
func (s *Server) setCapacity(r *request) (*done, error) {
	id, err := pathID(r, portfolio.KindArea)
	if err != nil {
		return nil, err
	}
	year, err := r.chosenYear()
	if err != nil {
		return nil, err
	}
	stated := map[int]*int64{} // nil: no longer known
	for k := range capacityYears {
		name := daysField(k)
		if !given(r.form, name) {
			continue
		}
		stated[year+k] = nil
		if text := r.form.get(name); text != "" {
			days, err := wholeDays(text)
			if err != nil || days < 0 || days > portfolio.MaxDays {
				r.form.bad(name, "error.days", portfolio.MaxDays)
			}
			stated[year+k] = &days
		}
	}
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		a := tx.Portfolio().Areas.Get(portfolio.AreaID(id))
		if a == nil {
			return portfolio.Missing(portfolio.KindArea, id)
		}
		if err := allowed(tx, by, portfolio.PlanCapacity, a); err != nil {
			return err
		}
		if err := r.form.seen(a); err != nil {
			return err
		}
		capacity := slices.DeleteFunc(slices.Clone(a.Capacity), func(c portfolio.YearDays) bool {
			_, named := stated[c.Year]
			return named
		})
		for y, days := range stated {
			if days != nil {
				capacity = append(capacity, portfolio.YearDays{Year: y, Days: *days})
			}
		}
		next, e, err := a.SetCapacity(tx.Portfolio(), by, capacity)
		return save(tx, next, e, err)
	})
	return &done{location: unitHref(portfolio.AreaID(id), year), seq: seq}, err
}
