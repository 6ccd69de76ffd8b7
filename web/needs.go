package web

import (
	"fmt"
	"slices"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/store"
)

// needFields are what a form on an initiative's needs sends; unit, use_year and use_days are rows, one value of each to a row.
var needFields = fields{
	"requires": []portfolio.InitiativeID{}, "excludes": []portfolio.InitiativeID{}, "unit": []portfolio.AreaID{}, "use_year": []int{},
	"use_days": []string{}, "no_effort": false,
}

// initiativeNeeds is what an initiative cannot be done without or beside, and the work that it takes.
type initiativeNeeds struct {
	Requires   []relatedView `json:"requires"`
	RequiredBy []relatedView `json:"required_by"`
	// Excludes are those that cannot be done beside it, whichever of the two says it.
	Excludes []relatedView `json:"excludes"`
	// EffortKnown tells whether the work has been stated; what Effort does not name then takes none.
	EffortKnown bool      `json:"effort_known"`
	Effort      []useView `json:"effort"`

	NeedsExample  bool     `json:"-"`
	NeedsWarnings []string `json:"-"`
}

// relatedView is another initiative that this one is tied to.
type relatedView struct {
	ID    portfolio.InitiativeID `json:"initiative"`
	Title string                 `json:"title"`
	Stage portfolio.Stage        `json:"stage"`
	Plan  portfolio.Membership   `json:"plan"`
	Href  string                 `json:"href"`
}

// useView is the person-days that are taken of an area in a year.
type useView struct {
	Area portfolio.AreaID `json:"area"`
	Name string           `json:"name"`
	Year int              `json:"year"`
	Days int64            `json:"days"`
	Href string           `json:"href"`
}

// fillNeeds tells what an initiative needs, and what of it cannot be as things stand.
func (r *request) fillNeeds(i *portfolio.Initiative, v *initiativeView) {
	n := &v.initiativeNeeds
	n.Requires, n.RequiredBy, n.Excludes = r.related(i.Requires), r.related(r.p.Dependants(i.ID)), r.related(r.p.Exclusions(i.ID))
	n.Effort, n.EffortKnown = []useView{}, i.Effort != nil
	if i.Effort != nil {
		for _, u := range i.Effort.Uses {
			n.Effort = append(n.Effort, useView{u.Area, r.area(u.Area), u.Year, u.Days, r.link(unitHref(u.Area, u.Year))})
		}
	}
	n.NeedsExample = i.Sources.Example("requires") || i.Sources.Example("excludes") || i.Sources.Example("effort")
	for _, parent := range n.Requires {
		if parent.Plan != portfolio.InPlan && parent.Stage < portfolio.Implemented {
			n.NeedsWarnings = append(n.NeedsWarnings, r.say("needs.parent_out", parent.Title))
		}
	}
	for _, other := range n.Excludes {
		o := r.p.Initiatives.Get(other.ID)
		switch {
		case r.p.Mandatory(i) && r.p.Mandatory(o):
			n.NeedsWarnings = append(n.NeedsWarnings, r.say("needs.both_mandatory", other.Title))
		case i.Plan.State == portfolio.InPlan && other.Plan == portfolio.InPlan:
			n.NeedsWarnings = append(n.NeedsWarnings, r.say("needs.both_in_plan", other.Title))
		}
	}
}

func (r *request) related(ids []portfolio.InitiativeID) []relatedView {
	list := []relatedView{}
	for _, id := range ids {
		if i := r.p.Initiatives.Get(id); i != nil {
			list = append(list, relatedView{id, i.Title, i.Stage, i.Plan.State, r.link(fmt.Sprintf("/initiatives/%d", id))})
		}
	}
	return list
}

// effortRows are the inputs of the work that an initiative takes: a row to an area and a year, and empty ones for more.
type effortRows struct {
	Rows []effortRow
	None bool
}

type effortRow struct {
	ID         string
	Areas      []optionView
	Year, Days string
}

// spareRows is how many empty rows a form offers beside those that are filled in.
const spareRows = 3

// needsForm asks for dependencies, exclusions and the work; an exclusion that another states is left to the other.
func (r *request) needsForm(f *formView, i *portfolio.Initiative) {
	stated := r.p.Exclusions(i.ID)
	var requires, excludes []optionView
	for o := range r.p.Initiatives.All() {
		if o.ID == i.ID {
			continue
		}
		requires = append(requires, optionView{Value: idText(o.ID), Label: o.Title, Selected: slices.Contains(i.Requires, o.ID)})
		if own := slices.Contains(i.Excludes, o.ID); own || !slices.Contains(stated, o.ID) {
			excludes = append(excludes, optionView{Value: idText(o.ID), Label: o.Title, Selected: own})
		}
	}
	byLabel(r, requires)
	byLabel(r, excludes)
	f.boxes("requires", requires)
	f.boxes("excludes", excludes)
	in := f.field("effort", "")
	in.Effort = r.effortRows(f.Sent, in.ID, i)
	f.text("note", "")
}

func (r *request) effortRows(sent *form, id string, i *portfolio.Initiative) *effortRows {
	v := &effortRows{}
	var typed [][3]string
	if sent != nil {
		v.None, typed = sent.get("no_effort") != "", sent.useRows()
	} else if i.Effort != nil {
		v.None = len(i.Effort.Uses) == 0
		for _, u := range i.Effort.Uses {
			typed = append(typed, [3]string{idText(u.Area), strconv.Itoa(u.Year), strconv.FormatInt(u.Days, 10)})
		}
	}
	for range spareRows {
		typed = append(typed, [3]string{"", strconv.Itoa(r.p.Today.Year() + 1), ""})
	}
	areas := append([]optionView{{Label: r.say("needs.choose_area")}}, r.areas()...)
	for k, row := range typed {
		options := slices.Clone(areas)
		for o := range options {
			options[o].Selected = options[o].Value == row[0]
		}
		v.Rows = append(v.Rows, effortRow{fmt.Sprintf("%s-%d", id, k), options, row[1], row[2]})
	}
	return v
}

// useRows are the rows that were sent and say more than their year.
func (f *form) useRows() (rows [][3]string) {
	units, years, days := f.Values["unit"], f.Values["use_year"], f.Values["use_days"]
	at := func(list []string, k int) string {
		if k < len(list) {
			return list[k]
		}
		return ""
	}
	for k := range max(len(units), len(days)) {
		if row := [3]string{at(units, k), at(years, k), at(days, k)}; row[0] != "" || row[2] != "" {
			rows = append(rows, row)
		}
	}
	return rows
}

// effort reads the rows: none at all is not known, unless the sender says that no work is taken.
func (f *form) effort() *portfolio.Effort {
	none, rows := f.get("no_effort") != "" && f.get("no_effort") != "false", f.useRows()
	switch {
	case none && len(rows) > 0:
		f.bad("effort", "error.effort_or_none")
		return nil
	case !none && len(rows) == 0:
		return nil
	}
	e := &portfolio.Effort{}
	for _, row := range rows {
		area, wrong := strconv.ParseInt(row[0], 10, 64)
		year, noYear := strconv.Atoi(row[1])
		days, noDays := wholeDays(row[2])
		if wrong != nil || noYear != nil || noDays != nil {
			f.bad("effort", "error.use_row")
			return nil
		}
		e.Uses = append(e.Uses, portfolio.Use{Area: portfolio.AreaID(area), Year: year, Days: days})
	}
	return e
}

// wholeDays reads person-days as Danes write a number.
func wholeDays(text string) (int64, error) {
	v, err := amount.ParseDanish(text)
	switch {
	case err != nil:
		return 0, err
	case !v.Known || v.Approximate || v.Ore%amount.Krone != 0:
		return 0, fmt.Errorf("%q is no whole number", text)
	}
	return int64(v.Ore / amount.Krone), nil
}

// stateNeeds reads the form; a program may send only what it changes.
func stateNeeds(r *request) func(*store.Tx, portfolio.By, *portfolio.Initiative) error {
	f := r.form
	sent := portfolio.Needs{Requires: idsOf[portfolio.InitiativeID](f, "requires"), Excludes: idsOf[portfolio.InitiativeID](f, "excludes"), Effort: f.effort()}
	return func(tx *store.Tx, by portfolio.By, i *portfolio.Initiative) error {
		to := i.Needs
		if f.Values.Has("requires") {
			to.Requires = sent.Requires
		}
		if f.Values.Has("excludes") {
			to.Excludes = sent.Excludes
		}
		if f.Values.Has("unit") || f.Values.Has("use_days") || f.Values.Has("no_effort") {
			to.Effort = sent.Effort
		}
		next, e, err := i.StateNeeds(tx.Portfolio(), by, to)
		return save(tx, next, e, err)
	}
}
