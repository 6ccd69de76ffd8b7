package web

import (
	"fmt"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
	"gevinst/web/chart"
)

// savingsView is the year's page: do we reach the requirement, what is confirmed, what is only hoped for.
type savingsView struct {
	yearFigures
	Lines []lineView `json:"lines"`
	// Rows and Outside are one page of the programme's initiatives; the sums are of all of them. Next is the number to send as
	// "after" for the following ones, null on the last page.
	Rows     []rowView      `json:"initiatives"`
	Outside  []rowView      `json:"outside"`
	Next     *int64         `json:"next"`
	Total    rowView        `json:"total"`
	Notes    []noteView     `json:"notes"`
	Overlaps []overlapView  `json:"overlaps"`
	Frozen   []followUpView `json:"follow_ups"`
	Confirm  []rowView      `json:"-"`
	Links    listLinks      `json:"-"`
	YearHref string         `json:"-"`
	Path     string         `json:"-"`
	Filter   string         `json:"-"`
	BurnUp   chart.Chart    `json:"-"`
	Bridge   chart.Chart    `json:"-"`
	Effects  chart.Chart    `json:"-"`
	// PhasedIn is a full year of all that is planned, fully phased in; Later is what of it the year's end does not show yet.
	PhasedIn ore `json:"-"`
	Later    ore `json:"-"`
	// EffectsHref leads to the same for every year.
	EffectsHref string `json:"-"`

	forecastRange
	// Beside are the strategy's years, on the page of the year that matters now alone.
	Beside    *yearsView   `json:"-"`
	Bullets   bulletsView  `json:"-"`
	Variance  varianceView `json:"-"`
	Heat      heatView     `json:"-"`
	Ladder    ladderView   `json:"-"`
	Terms     termsView    `json:"-"`
	Crediting creditedView `json:"-"`
	Facets    []facet      `json:"-"`
	Chips     []queryTag   `json:"-"`
	Hidden    []queryField `json:"-"`
	Parts     []choice     `json:"-"`
	// Rate is the confirmed of the net requirement, in whole per cent.
	Rate  string   `json:"-"`
	Years []choice `json:"-"`
	Of    []choice `json:"-"`
}

// lineView is a line of the requirement with its source; Reading is how it may be read, and adds nothing.
type lineView struct {
	Kind       portfolio.LineKind   `json:"kind"`
	Label      string               `json:"label"`
	Amount     ore                  `json:"amount_ore"`
	About      bool                 `json:"amount_approximate"`
	Permanence portfolio.Permanence `json:"permanence"`
	Source     portfolio.Source     `json:"source"`
	Reading    []lineView           `json:"reading,omitempty"`
}

// rowView is an initiative's part in the year; it is comparable, so that a row that did not change is not written again.
type rowView struct {
	ID      portfolio.InitiativeID `json:"id"`
	Title   string                 `json:"title"`
	Area    string                 `json:"area"`
	Owner   string                 `json:"owner"`
	Stage   portfolio.Stage        `json:"stage"`
	Plan    portfolio.Membership   `json:"plan"`
	Reason  string                 `json:"reason,omitempty"`
	OneOff  ore                    `json:"one_off_ore"`
	Gross   ore                    `json:"gross_full_year_ore"`
	Running ore                    `json:"running_full_year_ore"`
	Net     ore                    `json:"net_full_year_ore"`
	// PlannedInYear is the plan as adopted; Confirmed the whole year's, ToDate its part in months that have passed.
	PlannedInYear ore          `json:"plan_ore"`
	Confirmed     ore          `json:"confirmed_ore"`
	ToDate        ore          `json:"confirmed_to_date_ore"`
	Claimed       ore          `json:"claimed_ore"`
	Expected      ore          `json:"expected_ore"`
	open          amount.Money // what is expected of the benefits that have amounts, also where others have none
	// Missed is what was planned in a year that has been closed, and neither claimed nor confirmed by then.
	Missed   ore             `json:"not_fetched_ore"`
	Weight   portfolio.Basis `json:"forecast_weight_basis_points"`
	Weighted ore             `json:"forecast_beyond_ore"`
	// Drawn is the full year's effect that another programme may count.
	Drawn   ore    `json:"drawn_ore"`
	Example bool   `json:"example"`
	Href    string `json:"href"`
	Closed  bool   `json:"-"`
}

type (
	noteView     struct{ Text, Source string }
	followUpView struct {
		ID   portfolio.FollowUpID `json:"id"`
		Name string               `json:"name"`
		Date portfolio.Date       `json:"date"`
		// ClosedTo is the last day of the months that it closed.
		ClosedTo portfolio.Date `json:"closed_through"`
		Example  bool           `json:"example"`
		Href     string         `json:"-"`
	}
	overlapView struct {
		Title      string     `json:"title"`
		Home       string     `json:"home"`
		Programmes []string   `json:"programmes"`
		Drawn      ore        `json:"drawn_ore"`
		Notes      []noteView `json:"notes"`
		Example    bool       `json:"example"`
	}
	choice struct {
		Label, Href string
		Current     bool
	}
)

// savingsYear is the page of a year.
func (s *Server) savingsYear(r *request) (*page, error) { return r.yearPage(false) }

// savings is the page of the year that matters now, with the years beside it.
func (s *Server) savings(r *request) (*page, error) { return r.yearPage(true) }

func (r *request) yearPage(beside bool) (*page, error) {
	y, err := r.yearAsked()
	if err != nil {
		return nil, err
	}
	if y == nil {
		return r.emptyPage(r.say("nav.savings")), nil
	}
	q := form{Values: r.query}
	after := q.int("after")
	if err := q.err(); err != nil {
		return nil, err
	}
	by, err := r.by()
	if err != nil {
		return nil, err
	}
	v := &savingsView{yearFigures: r.narrowedFigures(y), Path: fmt.Sprintf("/savings/%d", y.number()), Lines: r.lines(y.Requirement)}
	if q := r.query.Encode(); q != "" {
		v.Filter = "?" + q
	}
	if y.Requirement != nil {
		v.Notes = notesOf(y.Requirement.Notes)
	}
	v.PhasedIn = planned(y.FullYear, &y.Sums)
	v.Later = less(v.PhasedIn, v.Level)
	r.fillRows(v, y, after)
	v.Links = r.listLinks(after, v.Next)
	r.fillLinks(v, y)
	v.EffectsHref = r.link("/effects?by=initiative&programme=" + y.programme.Code)
	r.fillParts(v, y, by)
	if beside {
		years := r.years(y.programme)
		v.Beside = &years
	}
	return &page{
		Template: "savings", Title: r.say("savings.title", y.number()), View: v, Example: v.Example, Charts: true,
		Table: func() exchange.Table { return r.savingsTable(y) },
	}, nil
}

// fillParts draws the year and puts its tables in, each bounded; their own pages have the whole.
func (r *request) fillParts(v *savingsView, y *shownYear, by string) {
	groups, terms := r.groups(y, by), termsOf(y)
	v.forecastRange = r.rangeOf(y.Year, terms)
	v.BurnUp = r.burnUpOf(&v.yearFigures)
	v.Bridge = chart.Bridge(r.voice(), r.bridgeOf(y, ""))
	v.Effects = r.effects(v)
	v.Bullets, v.Variance, v.Heat = r.bullets(y, by, groups), r.variance(y, by, groups), r.heat(y, by, groups)
	v.Ladder, v.Terms, v.Crediting = r.ladder(y), r.forecast(y, terms), r.credited(y)
	v.Facets = append([]facet{r.byFacet(by)}, r.yearFacets()...)
	v.Chips = r.chips(v.Facets[1:])
	v.Hidden = queryFields(r.query.Encode(), "area", "stage", "by", "after", "saved")
	for _, p := range yearParts {
		if y.has(p.name) {
			v.Parts = append(v.Parts, choice{r.say(p.title), r.partHref(y, p.name, p.grouped), false})
		}
	}
	if v.NetRequirement.Known && v.NetRequirement.Ore > 0 {
		v.Rate = r.lang.Percent(portfolio.Basis(amount.MulDiv(v.Confirmed.Ore, 100, int64(v.NetRequirement.Ore)) * 100))
	}
}

func (r *request) lines(q *portfolio.Requirement) []lineView {
	if q == nil {
		return nil
	}
	return r.lineViews(q.Lines)
}

func (r *request) lineViews(lines []portfolio.Line) []lineView {
	var list []lineView
	for _, l := range lines {
		list = append(list, lineView{
			Kind: l.Kind, Label: l.Label, Amount: ore{l.Amount}, About: l.Amount.Approximate, Permanence: l.Permanence, Source: l.Source,
			Reading: r.lineViews(l.Reading),
		})
	}
	return list
}

func notesOf(notes []portfolio.Note) []noteView {
	var list []noteView
	for _, n := range notes {
		list = append(list, noteView{n.Text, n.Source.Document})
	}
	return list
}

// fillRows puts a page of the initiatives into the sums or beside them.
func (r *request) fillRows(v *savingsView, y *shownYear, after int64) {
	shown, next := paged(y.Rows(), after, func(row *portfolio.InitiativeYear) int64 { return int64(row.Initiative.ID) })
	for _, row := range shown {
		if !counts(row) {
			v.Outside = append(v.Outside, r.row(row, y.Closed))
			continue
		}
		one := r.row(row, y.Closed)
		if row.Outside { // what it cost once is in no sum
			one.OneOff = exactly(0)
		}
		v.Rows = append(v.Rows, one)
	}
	v.Next = next
	r.fillTotal(v, y)
}

// fillTotal adds up what the year's figures come from.
func (r *request) fillTotal(v *savingsView, y *shownYear) {
	v.Confirm = r.confirmedParts(y)
	v.Total = rowView{Title: r.say("savings.total"), Example: v.Example, Confirmed: v.Confirmed, ToDate: v.ConfirmedToDate, Claimed: v.Claimed, Closed: y.Closed}
	if v.Planned.Known {
		v.Total.OneOff = ore{amount.Figure{Ore: y.OneOff, Known: true}}
		v.Total.Gross, v.Total.Running, v.Total.Net = exactly(y.Level.Gross), exactly(y.Level.Running), v.Level
		v.Total.PlannedInYear, v.Total.Expected, v.Total.Missed, v.Total.Weighted = v.Plan, v.Expected, v.Missed, exactly(y.Weighted)
	}
}

func (r *request) row(row *portfolio.InitiativeYear, closed bool) rowView {
	i := row.Initiative
	v := rowView{
		ID: i.ID, Title: i.Title, Area: r.area(i.Area), Owner: r.name(i.ProjectOwner), Stage: i.Stage, Plan: i.Plan.State,
		Reason: i.Plan.Reason, OneOff: ore{i.OneOff}, Confirmed: exactly(row.Confirmed.Net()), ToDate: exactly(row.ToDate.Net()),
		Claimed: exactly(row.Claimed.Net()), open: row.Expected.Net(), Weight: r.p.Policy.Weight(i.Stage, portfolio.Efficiency),
		Example: row.Invented > 0, Href: r.link(fmt.Sprintf("/initiatives/%d", i.ID)), Closed: closed,
	}
	if row.Drawn != (portfolio.Gain{}) {
		v.Drawn = exactly(row.Drawn.Net())
	}
	if row.Unknown == 0 && (len(r.p.BenefitsOf(i.ID)) > 0) {
		v.Gross, v.Running, v.Net = exactly(row.Level.Gross), exactly(row.Level.Running), exactly(row.Level.Net())
		v.PlannedInYear, v.Expected, v.Missed = exactly(row.Plan.Net()), exactly(row.Expected.Net()), exactly(row.Missed.Net())
		v.Weighted = exactly(row.Weighted)
	}
	return v
}

// firstYear and lastYear bound the years that have a page.
const firstYear, lastYear = 2000, 2100

func (r *request) fillLinks(v *savingsView, y *shownYear) {
	g, year := y.programme, y.number()
	for other := max(year-2, firstYear); other <= min(year+2, lastYear); other++ {
		v.Years = append(v.Years, choice{strconv.Itoa(other), r.yearLink(other), other == year})
	}
	for o := range r.p.Programmes.All() {
		v.Of = append(v.Of, choice{o.Name, r.with("programme", o.Code), o.ID == g.ID})
	}
	for f := range r.p.FollowUps.All() {
		v.Frozen = append(v.Frozen, followUpView{
			f.ID, f.Name, f.Date, (f.ClosesBefore - 1).Last(), f.AnyExample(),
			fmt.Sprintf("/savings/%d%s&as_of=%s", year, y.query(), frozenAt(f).name),
		})
	}
	for o := range r.p.Overlaps.All() {
		view := overlapView{Title: o.Title, Notes: notesOf(o.Notes), Example: o.AnyExample()}
		if home := r.p.Programmes.Get(o.Home); home != nil {
			view.Home = home.Name
		}
		for _, id := range o.Programmes {
			if p := r.p.Programmes.Get(id); p != nil {
				view.Programmes = append(view.Programmes, p.Name)
			}
		}
		for _, id := range o.Initiatives {
			for _, b := range r.p.BenefitsOf(id) {
				if b.Cash != nil && b.Gross.Known {
					view.Drawn = exactly(view.Drawn.Ore + b.FullYear().Net())
					view.Example = view.Example || b.AnyExample()
				}
			}
		}
		v.Overlaps = append(v.Overlaps, view)
	}
}

// yearLink is another year's page with the same filter.
func (r *request) yearLink(year int) string {
	path := fmt.Sprintf("/savings/%d", year)
	if q := r.query.Encode(); q != "" {
		return path + "?" + q
	}
	return path
}

// savingsTable is the year by initiative, as a file: every one of them, those outside the sums last.
func (r *request) savingsTable(y *shownYear) exchange.Table {
	t := exchange.Table{Columns: []string{
		"initiative", "title", "area", "owner", "stage", "plan", "one_off", "gross_full_year", "running_full_year", "net_full_year",
		"plan_in_year", "confirmed", "confirmed_to_date", "claimed", "expected", "counts", "example", "not_fetched",
	}}
	for _, outside := range []bool{false, true} {
		for _, of := range y.Rows() {
			if of.Outside != outside {
				continue
			}
			row := r.row(of, y.Closed)
			t.Add(int64(row.ID), row.Title, row.Area, row.Owner, row.Stage.String(), row.Plan.String(), row.OneOff.Figure, row.Gross.Figure,
				row.Running.Figure, row.Net.Figure, row.PlannedInYear.Figure, row.Confirmed.Figure, row.ToDate.Figure, row.Claimed.Figure,
				row.Expected.Figure, !outside, row.Example, row.Missed.Figure)
		}
	}
	return t
}
