package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
	"gevinst/web/chart"
)

func (s *Server) overlapRoutes() []route {
	inputs := fields{"title": "", "initiatives": []portfolio.InitiativeID{}, "programmes": []portfolio.ProgrammeID{}, "cap": amount.Figure{}}
	form := func(pattern string, action portfolio.Action, act formFunc, sends fields) route {
		return route{method: http.MethodPost, pattern: pattern, action: action, page: s.overlaps, form: act, view: overlapsView{}, sends: sends}
	}
	return []route{
		{method: http.MethodGet, pattern: "/overlaps", action: portfolio.ViewPortfolio, page: s.overlaps, list: true, view: overlapsView{}, query: listFields.and(fields{"year": 0})},
		form("/overlaps", portfolio.EditOverlap, s.newOverlap, changeFields.and(inputs)),
		form("/overlaps/{id}/edit", portfolio.EditOverlap, s.editOverlap, seenFields.and(inputs)),
		form("/overlaps/{id}/remove", portfolio.EditOverlap, s.removeOverlap, seenFields),
		form("/overlaps/{id}/home", portfolio.SettleOverlap, s.settleHome, seenFields.and(fields{"home": portfolio.ProgrammeID(0)})),
	}
}

// overlapsView is the programmes beside each other in a year, with what they share counted once.
type overlapsView struct {
	AsOf       portfolio.Date   `json:"as_of"`
	Year       int              `json:"year"`
	Programmes []besideView     `json:"programmes"`
	Items      []*sharedCutView `json:"items"`
	Next       *int64           `json:"next"`
	Picture    chart.Chart      `json:"-"`
	Years      []choice         `json:"-"`
	New        *sharedForm      `json:"-"`
	Links      listLinks        `json:"-"`
	Example    bool             `json:"example"`
}

// besideView is a programme's year: what it must deliver, what counts in it, and what it shares. Amounts are øre.
type besideView struct {
	ID        portfolio.ProgrammeID `json:"id"`
	Code      string                `json:"programme"`
	Name      string                `json:"programme_name"`
	Net       ore                   `json:"net_requirement_ore"`
	NetAbout  bool                  `json:"net_requirement_approximate"`
	Confirmed ore                   `json:"confirmed_ore"`
	Claimed   ore                   `json:"claimed_ore"`
	Expected  ore                   `json:"expected_ore"`
	// Counted is confirmed, claimed and expected together; Shared is the part of it that comes by an overlap.
	Counted ore    `json:"counted_ore"`
	Shared  ore    `json:"of_it_shared_ore"`
	Example bool   `json:"example"`
	Href    string `json:"-"`
	// Words tell of each overlap how it stands to the programme.
	Words []string `json:"-"`
}

// sharedCutView is an overlap: initiatives that draw on one budget cut, its cap, and where it counts.
type sharedCutView struct {
	ID         portfolio.OverlapID `json:"id"`
	Version    int64               `json:"version"`
	Title      string              `json:"title"`
	Programmes []string            `json:"programmes"`
	// Home is the code of the programme that counts it, "" while it waits for a decision and counts nowhere.
	Home     string `json:"home"`
	HomeName string `json:"home_name"`
	Cap      ore    `json:"cap_ore"`
	CapAbout bool   `json:"cap_approximate"`
	// InYear and FullYear are net; Planned is the year's gross, which the cap holds; Drawn is what of it is claimed or confirmed.
	InYear      ore           `json:"in_year_ore"`
	FullYear    ore           `json:"full_year_ore"`
	Planned     ore           `json:"planned_gross_ore"`
	Drawn       ore           `json:"drawn_gross_ore"`
	Over        ore           `json:"over_cap_ore"`
	Without     int           `json:"initiatives_without_amount"`
	Initiatives []sharedPart  `json:"initiatives"`
	Notes       []noteView    `json:"notes"`
	Example     bool          `json:"example"`
	Names       string        `json:"-"`
	Forms       []*sharedForm `json:"-"`
	overlap     *portfolio.Overlap
}

// sharedPart is one of the initiatives that draw on the cut.
type sharedPart struct {
	ID       portfolio.InitiativeID `json:"id"`
	Title    string                 `json:"title"`
	Plan     portfolio.Membership   `json:"plan"`
	InYear   ore                    `json:"in_year_ore"`
	FullYear ore                    `json:"full_year_ore"`
	Example  bool                   `json:"example"`
	Href     string                 `json:"-"`
}

func (s *Server) overlaps(r *request) (*page, error) {
	r.path = "/overlaps" // the forms of the page are sent to parts of it
	q := form{Values: r.query}
	year, after := int(q.int("year")), q.int("after")
	if err := q.err(); err != nil {
		return nil, err
	}
	if year < firstYear || year > lastYear {
		year = r.overlapYear()
	}
	v := &overlapsView{AsOf: r.shownDay(), Year: year}
	var all []*sharedCutView
	for o := range r.p.Overlaps.All() {
		all = append(all, r.sharedCut(o, year))
	}
	v.Items, v.Next = paged(all, after, func(o *sharedCutView) int64 { return int64(o.ID) })
	v.Links = r.listLinks(after, v.Next)
	for _, o := range v.Items {
		o.Forms = r.sharedForms(o)
	}
	for g := range r.p.Programmes.All() {
		v.Programmes = append(v.Programmes, r.beside(g, year, all))
	}
	v.Picture = r.overlapChart(v, all)
	v.Example = v.Picture.Example
	for y := year - 2; y <= year+2; y++ {
		v.Years = append(v.Years, choice{fmt.Sprint(y), r.with("year", fmt.Sprint(y)), y == year})
	}
	if r.may(portfolio.EditOverlap, nil) || r.sent("/overlaps") {
		v.New = r.sharedForm("overlap-new", "/overlaps", r.say("overlaps.new"), r.say("overlaps.new_send"), nil)
	}
	notice, err := r.notice()
	if err != nil {
		return nil, err
	}
	return &page{
		Template: "overlaps", Title: r.say("overlaps.title"), View: v, Notice: notice, Charts: true,
		Table: func() exchange.Table { return sharedTable(all) },
	}, nil
}

// overlapYear is the first year from today's on in which something is shared, else today's.
func (r *request) overlapYear() int {
	year := r.shownDay().Year()
	for y := year; y <= year+3; y++ {
		for o := range r.p.Overlaps.All() {
			for _, b := range r.sharedGains(o) {
				if b.InYear(y).Net() != 0 {
					return y
				}
			}
		}
	}
	return year
}

// sharedGains are the budget reductions of an overlap's initiatives that have an amount.
func (r *request) sharedGains(o *portfolio.Overlap) (list []*portfolio.Benefit) {
	for _, id := range o.Initiatives {
		for _, b := range r.p.BenefitsOf(id) {
			if cuts(b) {
				list = append(list, b)
			}
		}
	}
	return list
}

func cuts(b *portfolio.Benefit) bool {
	return b.Cash != nil && b.Cash.Step == portfolio.BudgetReduction && b.Gross.Known
}

func (r *request) sharedCut(o *portfolio.Overlap, year int) *sharedCutView {
	v := &sharedCutView{
		ID: o.ID, Version: o.Version, Title: o.Title, Cap: ore{o.Cap}, CapAbout: o.Cap.Approximate, Notes: orEmpty(notesOf(o.Notes)),
		Programmes: []string{}, Initiatives: []sharedPart{}, Example: o.AnyExample(), overlap: o,
	}
	var names []string
	for _, id := range o.Programmes {
		if g := r.p.Programmes.Get(id); g != nil {
			v.Programmes, names = append(v.Programmes, g.Code), append(names, g.Name)
		}
	}
	v.Names = strings.Join(names, " · ")
	if g := r.p.Programmes.Get(o.Home); g != nil {
		v.Home, v.HomeName = g.Code, g.Name
	}
	for _, id := range o.Initiatives {
		part := r.sharedPart(id, year)
		if !part.FullYear.Known {
			v.Without++
		}
		v.Example = v.Example || part.Example
		v.Initiatives = append(v.Initiatives, part)
		v.InYear.Figure, v.FullYear.Figure = plus(v.InYear.Figure, part.InYear.Figure), plus(v.FullYear.Figure, part.FullYear.Figure)
	}
	for _, b := range r.sharedGains(o) {
		v.Planned.Figure = plus(v.Planned.Figure, amount.Exactly(b.InYear(year).Gross))
		ledger := r.p.Ledger(b.ID)
		for m := amount.NewMonth(year, 1); m <= amount.NewMonth(year, 12); m++ {
			claimed, _ := ledger.Claimed(m)
			confirmed, _ := ledger.Confirmed(m)
			v.Drawn.Figure = plus(v.Drawn.Figure, amount.Exactly(claimed.Gross+confirmed.Gross))
		}
	}
	if v.Cap.Known && v.Planned.Known {
		v.Over = exactly(max(0, v.Planned.Ore-v.Cap.Ore))
	}
	return v
}

// plus adds figures of which the first may be empty still.
func plus(a, b amount.Figure) amount.Figure {
	if !a.Known || !b.Known {
		if b.Known {
			return b
		}
		return a
	}
	return amount.Figure{Ore: a.Ore + b.Ore, Known: true, Approximate: a.Approximate || b.Approximate}
}

func (r *request) sharedPart(id portfolio.InitiativeID, year int) sharedPart {
	part := sharedPart{ID: id, Title: r.initiativeTitle(id)}
	if i := r.p.Initiatives.Get(id); i != nil {
		part.Plan, part.Href = i.Plan.State, r.link(fmt.Sprintf("/initiatives/%d", id))
	}
	for _, b := range r.p.BenefitsOf(id) {
		if !cuts(b) {
			continue
		}
		about := b.Gross.Approximate
		part.InYear.Figure = plus(part.InYear.Figure, amount.Figure{Ore: b.InYear(year).Net(), Known: true, Approximate: about})
		part.FullYear.Figure = plus(part.FullYear.Figure, amount.Figure{Ore: b.FullYear().Net(), Known: true, Approximate: about})
		part.Example = part.Example || b.AnyExample()
	}
	return part
}

// beside is a programme's year with what it shares told apart.
func (r *request) beside(g *portfolio.Programme, year int, shared []*sharedCutView) besideView {
	y := r.p.YearOf(g.ID, year)
	v := besideView{
		ID: g.ID, Code: g.Code, Name: g.Name, Net: ore{y.Net()}, NetAbout: y.Net().Approximate, Confirmed: exactly(y.Confirmed.Net()),
		Claimed: exactly(y.Claimed.Net()), Counted: ore{y.PlannedTotal()}, Shared: exactly(0), Example: y.Invented > 0,
		Href: r.link(fmt.Sprintf("/savings/%d?programme=%s", year, g.Code)),
	}
	if v.Counted.Known {
		v.Expected = exactly(y.Expected.Net())
	}
	for _, o := range shared {
		if !slices.Contains(o.overlap.Programmes, g.ID) {
			continue
		}
		inYear, full := money(r.lang, o.InYear, r.lang.Style.Short), money(r.lang, o.FullYear, r.lang.Style.Short)
		switch {
		case o.overlap.Home == 0:
			v.Words = append(v.Words, r.say("overlaps.waits", o.Title, inYear, year, full))
		case o.overlap.Home == g.ID:
			v.Shared.Ore += r.countedOf(y, o).Planned()
			v.Words = append(v.Words, r.say("overlaps.counts_here", o.Title, inYear, year, full))
		default:
			v.Words = append(v.Words, r.say("overlaps.counted_in", o.HomeName, o.Title, inYear, year, full))
		}
	}
	return v
}

// countedOf are the figures that an overlap's initiatives have in a programme's year.
func (r *request) countedOf(y *portfolio.Year, o *sharedCutView) *portfolio.Figures {
	sum := &portfolio.Figures{}
	for _, id := range o.overlap.Initiatives {
		if row := y.Row(id); row != nil {
			sum.Confirmed, sum.Claimed, sum.Expected = sum.Confirmed.Plus(row.Confirmed), sum.Claimed.Plus(row.Claimed), sum.Expected.Plus(row.Expected)
		}
	}
	return sum
}

// overlapChart draws the programmes with what they share once.
func (r *request) overlapChart(v *overlapsView, shared []*sharedCutView) chart.Chart {
	d := chart.OverlapData{Year: v.Year, AsOf: v.AsOf}
	place := map[portfolio.ProgrammeID]int{}
	for k, g := range v.Programmes {
		place[g.ID] = k
		own := chart.Beside{
			Name: g.Name, Requirement: g.Net.Figure, Confirmed: g.Confirmed.Figure, Claimed: g.Claimed.Figure, Expected: g.Expected.Figure, Href: g.Href, ExampleIn: g.Example,
		}
		for _, o := range shared {
			if o.overlap.Home != g.ID {
				continue
			}
			part := r.countedOf(r.p.YearOf(g.ID, v.Year), o)
			own.Confirmed.Ore -= part.Confirmed.Net()
			own.Claimed.Ore -= part.Claimed.Net()
			own.Expected.Ore -= part.Expected.Net()
		}
		d.Programmes = append(d.Programmes, own)
	}
	for _, o := range shared {
		cut := chart.SharedCut{Name: o.Title, Amount: o.InYear.Figure, Home: -1, Href: fmt.Sprintf("#overlap-%d", o.ID), Example: o.Example}
		if home, known := place[o.overlap.Home]; known {
			cut.Home = home
			cut.Amount = amount.Exactly(r.countedOf(r.p.YearOf(o.overlap.Home, v.Year), o).Planned())
		}
		d.Shared = append(d.Shared, cut)
	}
	return chart.Overlap(r.voice(), d)
}

func sharedTable(all []*sharedCutView) exchange.Table {
	t := exchange.Table{Columns: []string{
		"overlap", "title", "programmes", "home", "cap", "planned_gross", "drawn_gross", "over_cap", "initiative", "initiative_title", "plan", "in_year", "full_year", "example",
	}}
	for _, o := range all {
		for _, part := range o.Initiatives {
			t.Add(int64(o.ID), o.Title, strings.Join(o.Programmes, ", "), o.Home, o.Cap.Figure, o.Planned.Figure, o.Drawn.Figure, o.Over.Figure,
				int64(part.ID), part.Title, part.Plan.String(), part.InYear.Figure, part.FullYear.Figure, o.Example || part.Example)
		}
	}
	return t
}
