package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
	"gevinst/web/chart"
)

func (s *Server) effectRoutes() []route {
	return []route{{
		method: http.MethodGet, pattern: "/effects", action: portfolio.ViewPortfolio, page: s.effects, list: true, view: effectsView{},
		query: initiativeFields.and(fields{"by": "", "initiative": portfolio.InitiativeID(0)}),
	}}
}

// effectsView is what falls in each year beside the full-year level reached when it ends, by gain, initiative, area or programme,
// net of new running costs and by the present terms. Only what counts is in the sums; Outside is listed apart.
type effectsView struct {
	Items []effectRow `json:"items"`
	Next  *int64      `json:"next"`
	By    string      `json:"by"`
	Years []int       `json:"years"`
	Total effectRow   `json:"total"`
	// Outside are the first gains that count nowhere, OutsideAll how many there are.
	Outside     []apartRow     `json:"outside"`
	OutsideAll  int            `json:"outside_count"`
	AsOf        portfolio.Date `json:"as_of"`
	Approximate bool           `json:"approximate"`
	// Credited tells that a year has the rise alone over what earlier years' requirements were credited with.
	Credited bool        `json:"credited"`
	Chart    chart.Chart `json:"-"`
	Facets   []facet     `json:"-"`
	Chips    []queryTag  `json:"-"`
	Query    string      `json:"-"`
	AsOfText string      `json:"-"`
	Links    listLinks   `json:"-"`
}

// effectRow is one group's years. Unknown counts its gains without an amount or a month; what is known of them is in the sums.
type effectRow struct {
	ID          int64        `json:"id"`
	Title       string       `json:"title"`
	Years       []effectYear `json:"years"`
	Approximate bool         `json:"approximate"`
	Unknown     int          `json:"without_amount"`
	Example     bool         `json:"example"`
	Href        string       `json:"-"`
}

type effectYear struct {
	Year   int `json:"year"`
	InYear ore `json:"in_year_ore"`
	// Level is the full-year level reached when the year ends.
	Level ore `json:"full_year_ore"`
}

// apartRow is a gain that counts nowhere, and why. What is no kroner has no amount: Other says what it is.
type apartRow struct {
	ID         portfolio.BenefitID `json:"id"`
	Title      string              `json:"title"`
	Initiative string              `json:"initiative"`
	Standing   portfolio.Standing  `json:"standing"`
	FullYear   ore                 `json:"full_year_ore"`
	Example    bool                `json:"example"`
	Other      string              `json:"-"`
	Href       string              `json:"-"`
}

// groupings are what effects are summed by: the key of a part's group, and the group's name and what opens it.
var groupings = map[string]struct {
	label string
	key   func(*portfolio.EffectPart) int64
	name  func(r *request, id int64) (title, href string)
}{
	"benefit": {"kind.benefit", func(p *portfolio.EffectPart) int64 { return int64(p.Benefit.ID) }, func(r *request, id int64) (string, string) {
		return r.benefitTitle(r.p.Benefits.Ever(portfolio.BenefitID(id))), r.link(fmt.Sprintf("/benefits/%d#years", id))
	}},
	"initiative": {"kind.initiative", func(p *portfolio.EffectPart) int64 { return int64(p.Initiative.ID) }, func(r *request, id int64) (string, string) {
		return r.initiativeTitle(portfolio.InitiativeID(id)), r.link(fmt.Sprintf("/effects?by=benefit&initiative=%d", id))
	}},
	"area": {"field.area", func(p *portfolio.EffectPart) int64 { return int64(p.Initiative.Area) }, func(r *request, id int64) (string, string) {
		if id == 0 {
			return r.say("figure.unknown"), r.link("/effects?by=initiative")
		}
		return r.area(portfolio.AreaID(id)), r.link(fmt.Sprintf("/effects?by=initiative&area=%d", id))
	}},
	"programme": {"kind.programme", func(p *portfolio.EffectPart) int64 { return int64(p.Programme) }, func(r *request, id int64) (string, string) {
		g := r.p.Programmes.Ever(portfolio.ProgrammeID(id))
		return g.Name, r.link("/effects?by=initiative&programme=" + g.Code)
	}},
}

// groupingNames are the groupings, from the finest to the coarsest.
var groupingNames = []string{"benefit", "initiative", "area", "programme"}

func (s *Server) effects(r *request) (*page, error) {
	filter, after, err := r.initiativeFilter()
	if err != nil {
		return nil, err
	}
	q := form{Values: r.query}
	only := portfolio.InitiativeID(q.int("initiative"))
	by := cmp.Or(q.get("by"), "initiative")
	if !slices.Contains(groupingNames, by) {
		q.bad("by", "error.choice", by)
	}
	if err := q.err(); err != nil {
		return nil, err
	}
	first, last := r.effectSpan()
	parts := r.p.Effects(filter, first, last)
	if only != 0 {
		parts = slices.DeleteFunc(parts, func(p portfolio.EffectPart) bool { return p.Initiative.ID != only })
	}
	v := &effectsView{By: by, AsOf: r.shownDay(), Query: r.value("q"), AsOfText: r.value("as_of")}
	for y := first; y <= last; y++ {
		v.Years = append(v.Years, y)
	}
	rows, apart := r.effectRows(parts, by, v)
	v.Credited = r.credits(filter.Programme, first, last)
	v.Approximate, v.OutsideAll, v.Outside = v.Total.Approximate, len(apart), apart[:min(len(apart), pageRows)]
	shown, next := paged(rows, after, func(row effectRow) int64 { return row.ID })
	v.Items, v.Next, v.Links = shown, next, r.listLinks(after, next)
	v.Chart = r.effectChart(v)
	r.effectFacets(v, only)
	return &page{Template: "effects", Title: r.say("effects.title"), View: v, Charts: v.Chart.Option != nil, Table: func() exchange.Table {
		return effectsTable(by, rows, apart)
	}}, nil
}

// credits tells whether a programme's year, or any programme's, begins with what earlier ones were credited with.
func (r *request) credits(programme portfolio.ProgrammeID, first, last int) bool {
	for q := range r.p.Requirements.All() {
		if (programme == 0 || q.Programme == programme) && first <= q.Year && q.Year <= last && r.p.YearOf(q.Programme, q.Year).Credited != (portfolio.Gain{}) {
			return true
		}
	}
	return false
}

// effectSpan is the years that are shown: the strategy's, those with a requirement, and from the first effect until the last is
// fully there in every month of a year.
func (r *request) effectSpan() (first, last int) {
	first, last = r.p.Today.Year(), r.p.Today.Year()
	reach := func(from, to int) {
		first, last = min(first, from), max(last, to)
	}
	if s := r.p.Strategy; s != nil && s.From != 0 && s.To != 0 {
		reach(s.From, s.To)
	}
	for q := range r.p.Requirements.All() {
		reach(q.Year, q.Year)
	}
	for b := range r.p.Benefits.All() {
		if b.Cash != nil && b.From != 0 {
			reach(b.From.Year(), (b.From+portfolio.Month(len(b.Ramp))).Year()+1)
		}
	}
	return max(first, r.p.Today.Year()-maxSpan), min(last, r.p.Today.Year()+maxSpan)
}

// maxSpan is how many years before and after today's are shown at most.
const maxSpan = 8

// effectRows sums the parts that count, group by group and in all, and lists those that do not.
func (r *request) effectRows(parts []portfolio.EffectPart, by string, v *effectsView) (rows []effectRow, apart []apartRow) {
	group, sums := groupings[by], map[int64]*portfolio.EffectSum{}
	total := portfolio.EffectSum{Years: make([]portfolio.Effect, len(v.Years))}
	var keys []int64
	for k := range parts {
		part := &parts[k]
		if part.Standing != portfolio.Counts {
			apart = append(apart, r.apartRow(part))
			continue
		}
		key := group.key(part)
		if sums[key] == nil {
			sums[key] = &portfolio.EffectSum{}
			keys = append(keys, key)
		}
		sums[key].Add(part)
		total.Add(part)
	}
	slices.Sort(keys)
	for _, key := range keys {
		title, href := group.name(r, key)
		rows = append(rows, effectRowOf(key, title, href, v.Years, sums[key]))
	}
	v.Total = effectRowOf(0, r.say("savings.total"), "", v.Years, &total)
	return rows, apart
}

func effectRowOf(id int64, title, href string, years []int, sum *portfolio.EffectSum) effectRow {
	row := effectRow{
		ID: id, Title: title, Href: href, Unknown: sum.Unknown, Approximate: sum.Unknown > 0 || sum.Approximate > 0, Example: sum.Invented,
	}
	for k, y := range years {
		row.Years = append(row.Years, effectYear{y, ore{sum.InYear(k)}, ore{sum.Level(k)}})
	}
	return row
}

func (r *request) apartRow(part *portfolio.EffectPart) apartRow {
	b := part.Benefit
	v := apartRow{
		ID: b.ID, Title: b.Title, Initiative: part.Initiative.Title, Standing: part.Standing, Example: b.AnyExample(),
		Href: r.link(fmt.Sprintf("/benefits/%d", b.ID)),
	}
	if b.Cash == nil {
		v.Other = r.benefitRow(b, r.p.Today.Year()).Other
		return v
	}
	v.FullYear = ore{netOf(&b.Terms)}
	return v
}

func (r *request) effectChart(v *effectsView) chart.Chart {
	d := chart.EffectYearsData{AsOf: v.AsOf, Example: v.Total.Example}
	for _, y := range v.Total.Years {
		d.Years = append(d.Years, chart.YearEffect{
			Year: y.Year, InYear: y.InYear.Figure, FullYear: y.Level.Figure, Href: r.link(fmt.Sprintf("/savings/%d", y.Year)),
		})
	}
	return chart.EffectYears(r.voice(), d)
}

func (r *request) effectFacets(v *effectsView, only portfolio.InitiativeID) {
	by := facet{Name: "by", Label: r.say("effects.by")}
	for _, name := range groupingNames {
		by.Options = append(by.Options, optionView{name, r.say(groupings[name].label), name == v.By})
	}
	narrowing := []facet{
		r.facet("area", r.say("field.area"), r.areas()),
		r.facet("programme", r.say("kind.programme"), r.programmes()),
	}
	v.Facets, v.Chips = append([]facet{by}, narrowing...), r.chips(narrowing)
	if only != 0 {
		v.Chips = append(v.Chips, queryTag{r.initiativeTitle(only), r.with("initiative", "")})
	}
}

// effectsTable has a line for each group and year; a gain that counts nowhere has one line, with its full year and the reason.
func effectsTable(by string, rows []effectRow, apart []apartRow) exchange.Table {
	t := exchange.Table{Columns: []string{"by", "id", "title", "year", "in_year", "full_year", "without_amount", "standing", "example"}}
	for _, row := range rows {
		for _, y := range row.Years {
			t.Add(by, row.ID, row.Title, y.Year, y.InYear.Figure, y.Level.Figure, row.Unknown, portfolio.Counts.String(), row.Example)
		}
	}
	for _, row := range apart {
		t.Add("benefit", int64(row.ID), row.Initiative+": "+row.Title, nil, amount.Figure{}, row.FullYear.Figure, 0, row.Standing.String(), row.Example)
	}
	return t
}
