package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/web/chart"
)

// partHead is what every part of a year says of itself: which programme, which year, known when, and what the address narrows it
// to. Amounts in all parts are øre and come from one fold.
type partHead struct {
	Programme string         `json:"programme"`
	Name      string         `json:"programme_name"`
	Year      int            `json:"year"`
	AsOf      portfolio.Date `json:"as_of"`
	Example   bool           `json:"example"`
	// By is what a row is: an initiative, an area or a project owner. It is empty where the part has rows of its own.
	By string `json:"by,omitempty"`
	// Closed tells that no entry of the year can come any more.
	Closed bool `json:"closed"`

	ByWord string `json:"-"`

	Part   string       `json:"-"`
	Home   string       `json:"-"`
	Parts  []choice     `json:"-"`
	Facets []facet      `json:"-"`
	Fields []queryField `json:"-"`
	Chips  []queryTag   `json:"-"`
	Chart  chart.Chart  `json:"-"`
	Links  listLinks    `json:"-"`
	// Full leads from a bounded part on the year's page to the whole of it.
	Full string `json:"-"`
}

// yearParts are the pictures and tables that a year consists of, each with an address of its own below the year's.
var yearParts = []struct {
	name, title string
	grouped     bool
}{
	{"burn-up", "savings.part.burn_up", false},
	{"bridge", "savings.part.bridge", false},
	{"bullets", "savings.part.bullets", true},
	{"variance", "savings.part.variance", true},
	{"months", "savings.part.months", true},
	{"forecast", "savings.part.forecast", false},
	{"over-time", "savings.part.over_time", false},
	{"ladder", "savings.part.ladder", false},
	{creditedName, "savings.part.credited", false},
}

// creditedName is the part that only a year has whose requirement carries over an earlier one's.
const creditedName = "credited"

// has tells whether a part has anything to say of the year.
func (y *shownYear) has(part string) bool { return part != creditedName || y.CreditedFrom < y.number() }

var (
	partFields    = yearFields.and(fields{"area": portfolio.AreaID(0), "stage": portfolio.Stage(0)})
	groupedFields = partFields.and(fields{"by": ""})
)

func (s *Server) yearPartRoutes() []route {
	part := func(name string, query fields, make pageFunc, view any) route {
		return route{
			method: http.MethodGet, pattern: "/savings/{year}/" + name, action: portfolio.ViewPortfolio, page: make, list: true,
			view: either{view, struct{}{}}, query: query,
		}
	}
	return []route{
		part("burn-up", partFields, s.burnUpPart, monthsView{}),
		part("bridge", partFields, s.bridgePart, bridgeView{}),
		part("bullets", groupedFields, s.bulletsPart, bulletsView{}),
		part("variance", groupedFields, s.variancePart, varianceView{}),
		part("months", groupedFields, s.heatPart, heatView{}),
		part("forecast", partFields, s.termsPart, termsView{}),
		part("over-time", partFields, s.overTimePart, overTimeView{}),
		part("ladder", partFields, s.ladderPart, ladderView{}),
		part(creditedName, partFields, s.creditedPart, creditedView{}),
		{method: http.MethodGet, pattern: "/savings/years", action: portfolio.ViewPortfolio, page: s.yearsPart, list: true, view: either{yearsView{}, struct{}{}}, query: fields{"programme": ""}},
	}
}

// by reads what a part is divided by.
func (r *request) by() (string, error) {
	q := form{Values: r.query}
	by := cmp.Or(q.get("by"), yearGroupings[0])
	if !slices.Contains(yearGroupings, by) {
		q.bad("by", "error.choice", by)
	}
	return by, q.err()
}

// partHead begins a part of a year.
func (r *request) partHead(y *shownYear, name string) partHead {
	return partHead{
		Programme: y.programme.Code, Name: y.programme.Name, Year: y.number(), AsOf: r.shownDay(), Part: name,
		Home: r.partHref(y, "", false), Full: r.partHref(y, name, true), Example: y.Invented > 0, Closed: y.Closed,
	}
}

// partPage puts a part on a page of its own.
func (r *request) partPage(y *shownYear, h *partHead, view any, table func() exchange.Table) *page {
	h.Links.XLSX, h.Links.CSV, h.Links.JSON = r.files()
	title := ""
	for _, p := range yearParts {
		if y.has(p.name) || p.name == h.Part {
			h.Parts = append(h.Parts, choice{r.say(p.title), r.partHref(y, p.name, p.grouped), p.name == h.Part})
		}
		if p.name == h.Part {
			title = r.say("savings.part_title", r.say(p.title), y.number())
			r.partFacets(y, h, p.grouped)
		}
	}
	return &page{Template: "savingspart", Title: title, View: view, Example: h.Example, Charts: h.Chart.Option != nil, Table: table}
}

// files are the addresses of this view as files.
func (r *request) files() (xlsx, csv, json string) {
	l := r.listLinks(0, nil)
	return l.XLSX, l.CSV, l.JSON
}

// partHref is the address of a part with the filter kept; "" is the year itself.
func (r *request) partHref(y *shownYear, name string, grouped bool) string {
	path := fmt.Sprintf("/savings/%d", y.number())
	if name != "" {
		path += "/" + name
	}
	q := y.query()
	if by := r.value("by"); grouped && slices.Contains(yearGroupings, by) && by != yearGroupings[0] {
		q += "&by=" + by
	}
	return r.link(path + q)
}

// query names the programme and what narrows it.
func (y *shownYear) query() string {
	q := "?programme=" + y.programme.Code
	if y.filter.area != 0 {
		q += fmt.Sprintf("&area=%d", y.filter.area)
	}
	if y.filter.stage != 0 {
		q += "&stage=" + y.filter.stage.String()
	}
	return q
}

// partFacets are what the part can be narrowed by, and divided by.
func (r *request) partFacets(y *shownYear, h *partHead, grouped bool) {
	h.Facets = r.yearFacets()
	h.Chips = r.chips(h.Facets)
	if grouped {
		h.Facets = append([]facet{r.byFacet(h.By)}, h.Facets...)
	}
	h.Fields = []queryField{{"programme", y.programme.Code}}
	if r.asOf != 0 {
		h.Fields = append(h.Fields, queryField{"as_of", r.moment.name})
	}
}

func (r *request) byFacet(by string) facet {
	f := facet{Name: "by", Label: r.say("effects.by")}
	for _, name := range yearGroupings {
		f.Options = append(f.Options, optionView{name, r.say(groupWords[name]), name == by})
	}
	return f
}

func (r *request) yearFacets() []facet {
	return []facet{
		r.facet("area", r.say("field.area"), r.areas()), r.facet("stage", r.say("field.stage"), codes(r, "stage", portfolio.Stages(), "")),
	}
}

// partsOf is how the handler of a part begins: y is nil where there is no programme, and empty is then the page.
func (r *request) partsOf(title string) (y *shownYear, empty *page, err error) {
	if y, err = r.yearAsked(); err != nil || y != nil {
		return y, nil, err
	}
	return nil, r.emptyPage(r.say(title)), nil
}

// groupRows gives the rows that a part shows: on the year's page the largest with the rest in one row, on its own page a page of them.
func groupRows[T any](groups []*yearGroup, row func(*yearGroup) T) []T {
	list := make([]T, len(groups))
	for k, g := range groups {
		list[k] = row(g)
	}
	return list
}

// maxGroups is how many rows of a part stand on the year's page; the others are one row, which leads to them all.
const maxGroups = 50

// bounded keeps what the year's page has room for.
func (r *request) bounded(y *shownYear, by, part string, all []*yearGroup, most int, size func(*yearGroup) int64) []*yearGroup {
	kept, rest, others := largest(all, r.total(y, all), most, size)
	for _, g := range kept {
		r.nameGroup(y, by, g)
	}
	if rest == nil {
		return kept
	}
	rest.title, rest.href = r.lang.Count("savings.others", others), r.partHref(y, part, true)
	return append(slices.Clip(kept), rest)
}

// pagedGroups names the groups of one page of the whole part. A group without a number cannot be gone on after, so it never ends a page.
func (r *request) pagedGroups(y *shownYear, by string, all []*yearGroup, h *partHead) ([]*yearGroup, *int64, error) {
	q := form{Values: r.query}
	after := q.int("after")
	if err := q.err(); err != nil {
		return nil, nil, err
	}
	slices.SortStableFunc(all, func(a, b *yearGroup) int { return cmp.Compare(cmp.Or(a.id, 1<<62), cmp.Or(b.id, 1<<62)) })
	shown, next := paged(all, after, func(g *yearGroup) int64 { return g.id })
	for _, g := range shown {
		r.nameGroup(y, by, g)
	}
	h.Links = r.listLinks(after, next)
	return shown, next, nil
}
