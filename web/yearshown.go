package web

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/go-chi/chi/v5"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// yearFilter is what the address narrows a year to: the zero value of a field does not narrow.
type yearFilter struct {
	area  portfolio.AreaID
	stage portfolio.Stage
}

func (r *request) yearFilter() (f yearFilter, err error) {
	q := form{Values: r.query}
	f.area = portfolio.AreaID(q.int("area"))
	q.code("stage", &f.stage)
	if f.area != 0 && r.p.Areas.Ever(f.area) == nil {
		q.bad("area", "error.choice", q.get("area"))
	}
	return f, q.err()
}

func (f yearFilter) keeps(i *portfolio.Initiative) bool {
	return (f.area == 0 || i.Area == f.area) && (f.stage == 0 || i.Stage == f.stage)
}

// shownYear is a programme's year as a filter leaves it: the sums are of its rows alone, the requirement is still the whole
// programme's, for no part of it is laid on an area or a stage.
type shownYear struct {
	*portfolio.Year
	programme *portfolio.Programme
	whole     *portfolio.Year
	rows      []*portfolio.InitiativeYear
	filter    yearFilter
}

// Rows lists what the filter leaves of the programme's initiatives, those outside the sums too.
func (y *shownYear) Rows() []*portfolio.InitiativeYear { return y.rows }

func (y *shownYear) narrowed() bool { return y.filter != yearFilter{} }

// number is the year itself.
func (y *shownYear) number() int { return y.Year.Year }

func (r *request) yearOf(g *portfolio.Programme, year int, f yearFilter) *shownYear {
	return f.of(r.p, g, year)
}

// of gives a programme's year as the filter leaves it.
func (f yearFilter) of(p *portfolio.Portfolio, g *portfolio.Programme, year int) *shownYear {
	whole := p.YearOf(g.ID, year)
	y := &shownYear{Year: whole, programme: g, whole: whole, rows: whole.Rows(), filter: f}
	if !y.narrowed() {
		return y
	}
	y.Year = &portfolio.Year{
		Programme: whole.Programme, Year: whole.Year, Open: whole.Open, Closed: whole.Closed, CreditedFrom: whole.CreditedFrom, Requirement: whole.Requirement,
	}
	y.rows = nil
	for _, row := range whole.Rows() {
		if f.keeps(row.Initiative) {
			y.rows = append(y.rows, row)
			addSums(&y.Sums, &row.Sums)
		}
	}
	return y
}

// yearAsked reads the programme, the year and the filter from the address; nil where there is no programme.
func (r *request) yearAsked() (*shownYear, error) {
	g := r.programme()
	if g == nil {
		return nil, nil
	}
	year := r.defaultYear(g)
	if text := chi.URLParam(r.Request, "year"); text != "" {
		var err error
		if year, err = strconv.Atoi(text); err != nil || year < firstYear || year > lastYear {
			return nil, &portfolio.Error{Kind: portfolio.NotFound, Code: "error.no_page"}
		}
	}
	f, err := r.yearFilter()
	if err != nil {
		return nil, err
	}
	return r.yearOf(g, year, f), nil
}

// addSums adds a row's sums to those of a group; takeSums takes them off again.
func addSums(to, o *portfolio.Sums) { mergeSums(to, o, portfolio.Gain.Plus, 1) }

func takeSums(from, o *portfolio.Sums) { mergeSums(from, o, portfolio.Gain.Minus, -1) }

func mergeSums(to, o *portfolio.Sums, merge func(a, b portfolio.Gain) portfolio.Gain, sign int) {
	addGain := func(to *portfolio.Gain, o portfolio.Gain) { *to = merge(*to, o) }
	addFigures := func(to, o *portfolio.Figures) {
		addGain(&to.Plan, o.Plan)
		addGain(&to.Now, o.Now)
		addGain(&to.Confirmed, o.Confirmed)
		addGain(&to.Claimed, o.Claimed)
		addGain(&to.Expected, o.Expected)
		addGain(&to.Missed, o.Missed)
		to.Weighted += amount.Money(sign) * o.Weighted
		to.WeightedOpen += amount.Money(sign) * o.WeightedOpen
	}
	addFigures(&to.Figures, &o.Figures)
	for m := range to.Months {
		addFigures(&to.Months[m], &o.Months[m])
	}
	addGain(&to.ToDate, o.ToDate)
	addGain(&to.Level, o.Level)
	addGain(&to.FullYear, o.FullYear)
	addGain(&to.ConfirmedLevel, o.ConfirmedLevel)
	addGain(&to.Credited, o.Credited)
	addGain(&to.PartPlan, o.PartPlan)
	addGain(&to.PartNow, o.PartNow)
	to.OneOff += amount.Money(sign) * o.OneOff
	to.OneOffUnknown += sign * o.OneOffUnknown
	to.Known += sign * o.Known
	to.Unknown += sign * o.Unknown
	to.Approximate += sign * o.Approximate
	to.Left += sign * o.Left
	to.LeftApproximate += sign * o.LeftApproximate
	to.Invented += sign * o.Invented
}

func addGain(to *portfolio.Gain, o portfolio.Gain) { *to = to.Plus(o) }

// counts reports whether a row is in the year's sums, or could be: what has left the plan is while something of it was adopted or
// stands in the ledger.
func counts(row *portfolio.InitiativeYear) bool {
	return !row.Outside || row.Figures != (portfolio.Figures{})
}

// planned is an amount that the terms give: unknown where no gain has one, about where one lacks it.
func planned(g portfolio.Gain, s *portfolio.Sums) ore {
	if s.Known == 0 && s.Unknown > 0 && g == (portfolio.Gain{}) {
		return ore{}
	}
	v := exactly(g.Net())
	v.Approximate = s.Unknown > 0 || s.Approximate > 0
	return v
}

// yearGroup is what a row of the year's pictures stands for: an initiative, an area, or what an owner answers for.
type yearGroup struct {
	id          int64
	title, href string
	sums        *portfolio.Sums
	// adopted is the full-year effect as the plan was adopted.
	adopted portfolio.Gain
	example bool
	// size is how much the group has to do with the year, moved how far it has come from the adopted plan, in it and in a full
	// year, whatever the signs. They are kept, for several pictures ask each of many groups.
	size, moved int64
}

// weigh works out the sizes.
func (g *yearGroup) weigh() {
	abs := func(x portfolio.Gain) int64 { return int64(max(x.Net(), -x.Net())) }
	s := g.sums
	g.size = max(abs(s.Plan), abs(s.Now), abs(s.Confirmed)+abs(s.Claimed)+abs(s.Expected))
	g.moved = abs(s.Now.Minus(s.Plan)) + abs(s.FullYear.Minus(g.adopted))
}

// yearGroupings are what the year's pictures can be divided by, the first where the address names none. The municipality's units
// are its areas; within them the project owners answer.
var yearGroupings = []string{"initiative", "area", "owner"}

var groupWords = map[string]string{"initiative": "kind.initiative", "area": "field.area", "owner": "savings.owner"}

// groups divides the year's sums, in the order of the rows that first belong to each group.
func (r *request) groups(y *shownYear, by string) []*yearGroup {
	var list []*yearGroup
	replanned := r.replanned(y)
	if by == "initiative" {
		room := make([]yearGroup, 0, len(y.rows))
		list = make([]*yearGroup, 0, len(y.rows))
		for _, row := range y.rows {
			if counts(row) {
				room = append(room, yearGroup{id: int64(row.Initiative.ID), sums: &row.Sums, example: row.Invented > 0, adopted: row.FullYear.Plus(replanned[row.Initiative.ID])})
				room[len(room)-1].weigh()
				list = append(list, &room[len(room)-1])
			}
		}
		return list
	}
	found := map[int64]*yearGroup{}
	for _, row := range y.rows {
		if !counts(row) {
			continue
		}
		key := int64(row.Initiative.Area)
		if by == "owner" {
			key = int64(row.Initiative.ProjectOwner)
		}
		g := found[key]
		if g == nil {
			g = &yearGroup{id: key, sums: &portfolio.Sums{}}
			found[key], list = g, append(list, g)
		}
		addSums(g.sums, &row.Sums)
		addGain(&g.adopted, row.FullYear.Plus(replanned[row.Initiative.ID]))
		g.example = g.example || row.Invented > 0
	}
	for _, g := range list {
		g.weigh()
	}
	return list
}

// name says what a group is called and what opens it; it is asked for the groups that are shown.
func (r *request) nameGroup(y *shownYear, by string, g *yearGroup) {
	switch by {
	case "initiative":
		g.title, g.href = r.p.Initiatives.Ever(portfolio.InitiativeID(g.id)).Title, r.link(fmt.Sprintf("/initiatives/%d#entries", g.id))
	case "area":
		g.title = r.area(portfolio.AreaID(g.id))
		if g.id != 0 {
			g.href = r.link(fmt.Sprintf("/savings/%d?programme=%s&area=%d", y.number(), y.programme.Code, g.id))
		}
	case "owner":
		g.title = r.name(portfolio.UserID(g.id))
		if g.id != 0 {
			g.href = r.link(fmt.Sprintf("/initiatives?owner=%d", g.id))
		}
	}
	if g.title == "" {
		g.title = r.say("savings.not_stated")
	}
}

// replanned is by how much the adopted full-year effect of an initiative exceeds the present one, in the programme: few have parted or left,
// so they are looked for among the gains rather than initiative by initiative.
func (r *request) replanned(y *shownYear) map[portfolio.InitiativeID]portfolio.Gain {
	list := map[portfolio.InitiativeID]portfolio.Gain{}
	for b := range r.p.Benefits.All() {
		part, i := r.p.Part(b, y.programme.ID), r.p.Initiatives.Get(b.Initiative)
		if part.Share == 0 || i == nil || !i.Plan.Left && (b.Planned == nil || i.Plan.State != portfolio.InPlan) {
			continue
		}
		terms := b.PlannedTerms()
		was, now := terms.FullYear(), b.FullYear()
		if i.Plan.Left {
			now = portfolio.Gain{}
		}
		list[b.Initiative] = list[b.Initiative].Plus(portfolio.Gain{
			Gross: part.Of(was.Gross) - part.Of(now.Gross), Running: part.Of(was.Running) - part.Of(now.Running),
		})
	}
	return list
}

// largest keeps the n groups that move most, in their order, and puts the others into one, which is the whole less what is kept: the
// parts always add up.
func largest(list []*yearGroup, whole *yearGroup, n int, size func(*yearGroup) int64) (kept []*yearGroup, rest *yearGroup, others int) {
	if len(list) <= n {
		return list, nil, 0
	}
	kept, left := split(list, n-1, size)
	sums := *whole.sums
	rest = &yearGroup{sums: &sums, adopted: whole.adopted, example: whole.example && slices.ContainsFunc(left, func(g *yearGroup) bool { return g.example })}
	for _, g := range kept {
		takeSums(rest.sums, g.sums)
		rest.adopted = rest.adopted.Minus(g.adopted)
	}
	return kept, rest, len(left)
}

// split parts the n largest of a longer list from the others, both in their order; of equals the first are the larger. Each is
// asked for its size once.
func split[T any](list []T, n int, size func(T) int64) (kept, others []T) {
	sizes := make([]int64, len(list))
	for k, one := range list {
		sizes[k] = size(one)
	}
	least := nthLargest(sizes, n)
	room := n
	for _, s := range sizes {
		if s > least {
			room--
		}
	}
	kept, others = make([]T, 0, n), make([]T, 0, len(list)-n)
	for k, one := range list {
		if sizes[k] == least {
			room--
		}
		if sizes[k] > least || (sizes[k] == least && room >= 0) {
			kept = append(kept, one)
		} else {
			others = append(others, one)
		}
	}
	return kept, others
}

// nthLargest is the n-th largest size, by one walk that remembers n: most rows of a large portfolio are none of them, and sorting
// them all would cost more than the page.
func nthLargest(sizes []int64, n int) int64 {
	top := make([]int64, 0, n+1)
	for _, s := range sizes {
		if len(top) == n && s <= top[n-1] {
			continue
		}
		k := len(top)
		for k > 0 && top[k-1] < s {
			k--
		}
		top = slices.Insert(top, k, s)
		top = top[:min(len(top), n)]
	}
	return top[len(top)-1]
}
