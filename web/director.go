package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

func (s *Server) directorRoutes() []route {
	return []route{{method: http.MethodGet, pattern: "/director", action: portfolio.ViewPortfolio, page: s.director, view: either{directorView{}, struct{}{}}, query: fields{"programme": ""}}}
}

// directorView is the director's one sheet of A4: what is red, which decision is wanted, and what follows when.
type directorView struct {
	Programme   string           `json:"programme"`
	Year        int              `json:"year"`
	AsOf        portfolio.Date   `json:"as_of"`
	Requirement ore              `json:"net_requirement_ore"`
	Confirmed   ore              `json:"confirmed_ore"`
	Planned     ore              `json:"planned_ore"`
	Gap         ore              `json:"gap_if_all_ore"`
	Red         []directorRed    `json:"red"`
	Decisions   []directorAsk    `json:"decisions_wanted"`
	FollowUps   []directorFollow `json:"follow_ups"`
	Example     bool             `json:"example"`
	// MoreRed, MoreAsks and MoreFollows are how many a sheet has no room for.
	MoreRed     int `json:"more_red"`
	MoreAsks    int `json:"more_decisions_wanted"`
	MoreFollows int `json:"more_follow_ups"`

	Full string `json:"-"`
}

// directorRed is an initiative that is not as planned, and why.
type directorRed struct {
	Initiative portfolio.InitiativeID `json:"initiative"`
	Title      string                 `json:"title"`
	Owner      string                 `json:"owner"`
	Outlook    portfolio.Outlook      `json:"outlook"`
	// Hole is what the year lacks by it against the adopted plan.
	Hole    ore      `json:"hole_ore"`
	Why     []string `json:"why"`
	Example bool     `json:"example"`
	Href    string   `json:"-"`
}

// directorAsk is a decision that is wanted; Effect is what it brings in the year.
type directorAsk struct {
	Text    string `json:"text"`
	Detail  string `json:"detail"`
	Effect  ore    `json:"effect_ore"`
	Example bool   `json:"example"`
	Href    string `json:"-"`
}

// directorFollow is something that is to happen on a day.
type directorFollow struct {
	Due     portfolio.Date `json:"due"`
	Text    string         `json:"text"`
	Who     string         `json:"who"`
	Late    bool           `json:"late"`
	Example bool           `json:"example"`
	Href    string         `json:"-"`
}

// One sheet holds so many of each.
const (
	maxRed     = 6
	maxAsks    = 6
	maxFollows = 9
)

// followAhead is how many days ahead the sheet looks.
const followAhead = 92

func (s *Server) director(r *request) (*page, error) {
	g := r.programme()
	if g == nil {
		return r.emptyPage(r.say("director.title")), nil
	}
	y := r.p.YearOf(g.ID, r.defaultYear(g))
	v := &directorView{
		Programme: g.Code, Year: y.Year, AsOf: r.shownDay(), Requirement: ore{y.Net()}, Confirmed: exactly(y.Confirmed.Net()), Planned: ore{y.PlannedTotal()},
		Full: r.link(fmt.Sprintf("/savings/%d?programme=%s", y.Year, g.Code)), Example: r.invented(y),
	}
	if y.Net().Known && v.Planned.Known {
		v.Gap = ore{amount.Figure{Ore: max(0, y.Net().Ore-v.Planned.Ore), Known: true, Approximate: y.Net().Approximate || v.Planned.Approximate}}
	}
	r.fillRed(v, g, y)
	r.fillAsks(v, g, y)
	r.fillFollows(v)
	return &page{Template: "director", Title: r.say("director.of", y.Year), View: v, Example: v.Example}, nil
}

// fillRed finds what is not as planned: by its owner's word, by what the year lacks, by a milestone or a business case that is late.
func (r *request) fillRed(v *directorView, g *portfolio.Programme, y *portfolio.Year) {
	holes, late, words := map[portfolio.InitiativeID]amount.Money{}, map[portfolio.InitiativeID][]*portfolio.Milestone{}, map[portfolio.InitiativeID]*portfolio.Commentary{}
	for _, h := range r.p.Holes(g.ID, y.Year) {
		holes[h.Initiative.ID] = h.InYear
	}
	for m := range r.p.Milestones.All() {
		if m.Done == 0 && m.Due < r.shownDay() {
			late[m.Initiative] = append(late[m.Initiative], m)
		}
	}
	for c := range r.p.Commentaries.All() {
		if was := words[c.Initiative]; was == nil || c.FollowUp > was.FollowUp {
			words[c.Initiative] = c
		}
	}
	for _, row := range y.Rows() {
		i := row.Initiative
		if i.Plan.State != portfolio.InPlan || i.Stage == portfolio.Closed {
			continue
		}
		red := directorRed{Initiative: i.ID, Title: i.Title, Owner: r.name(i.ProjectOwner), Example: row.Invented > 0, Href: r.link(fmt.Sprintf("/initiatives/%d", i.ID))}
		if c := words[i.ID]; c != nil && c.Outlook > portfolio.OnTrack {
			red.Outlook, red.Why = c.Outlook, append(red.Why, c.Text)
			red.Example = red.Example || c.AnyExample()
		}
		if hole := holes[i.ID]; hole > 0 {
			red.Hole = exactly(hole)
		}
		for _, m := range late[i.ID] {
			red.Why = append(red.Why, r.say("director.late", m.Title, m.Due))
		}
		if r.caseLate(i) {
			red.Why = append(red.Why, r.say("director.case_late", i.Now.Start))
		}
		if len(red.Why) > 0 || red.Hole.Known {
			v.Red = append(v.Red, red)
		}
	}
	slices.SortStableFunc(v.Red, func(a, b directorRed) int {
		return cmp.Or(cmp.Compare(b.Outlook, a.Outlook), cmp.Compare(b.Hole.Ore, a.Hole.Ore), cmp.Compare(a.Initiative, b.Initiative))
	})
	v.Red, v.MoreRed = sheetful(v.Red, maxRed)
}

// caseLate reports an initiative that has begun without an approved business case.
func (r *request) caseLate(i *portfolio.Initiative) bool {
	if i.Now.Start == 0 || i.Now.Start.First() > r.shownDay() {
		return false
	}
	return !slices.ContainsFunc(r.p.CasesOf(i.ID), func(c *portfolio.BusinessCase) bool {
		return c.State == portfolio.Approved || c.State == portfolio.Superseded
	})
}

func sheetful[T any](list []T, n int) (kept []T, more int) {
	kept = list[:min(n, len(list))]
	return kept, len(list) - len(kept)
}

// fillAsks finds what waits for a decision, and what could be brought forward where the year lacks something.
func (r *request) fillAsks(v *directorView, g *portfolio.Programme, y *portfolio.Year) {
	for d := range r.p.Decisions.All() {
		if d.Waits() {
			v.Decisions = append(v.Decisions, directorAsk{Text: d.Waiting, Detail: r.say("director.waiting", r.p.HeldOn(d)), Example: d.AnyExample(), Href: r.link(fmt.Sprintf("/decisions#decision-%d", d.ID))})
		}
	}
	for c := range r.p.Cases.All() {
		if i := r.p.Initiatives.Get(c.Initiative); c.State == portfolio.Assured && i != nil && i.Plan.State != portfolio.OutOfPlan {
			v.Decisions = append(v.Decisions, directorAsk{
				Text: r.say("director.approve", r.initiativeTitle(c.Initiative)), Detail: r.say("director.assured"), Example: c.AnyExample(),
				Href: r.link(fmt.Sprintf("/initiatives/%d/case?no=%d", c.Initiative, c.No)),
			})
		}
	}
	if v.Gap.Known && v.Gap.Ore > 0 {
		for _, f := range r.p.BringForward(g.ID, y.Year) {
			left := max(0, v.Gap.Ore-f.InYear)
			v.Decisions = append(v.Decisions, directorAsk{
				Text: r.say("director.forward", f.Initiative.Title, f.From), Detail: r.say("director.forward_gap", v.Gap.Ore, left), Effect: exactly(f.InYear),
				Example: v.Example, Href: r.link(fmt.Sprintf("/initiatives/%d", f.Initiative.ID)),
			})
		}
	}
	v.Decisions, v.MoreAsks = sheetful(v.Decisions, maxAsks)
}

// fillFollows finds what is to happen, by its day: milestones, the board's next meetings, and the next budget follow-up.
func (r *request) fillFollows(v *directorView) {
	day, end := r.shownDay(), r.shownDay().AddDays(followAhead)
	for m := range r.p.Milestones.All() {
		i := r.p.Initiatives.Get(m.Initiative)
		if m.Done != 0 || m.Due > end || i == nil || i.Plan.State != portfolio.InPlan {
			continue
		}
		v.FollowUps = append(v.FollowUps, directorFollow{
			Due: m.Due, Text: i.Title + ": " + m.Title, Who: r.name(cmp.Or(m.Owner, i.ProjectOwner)), Late: m.Due < day, Example: m.AnyExample(),
			Href: r.link(fmt.Sprintf("/initiatives/%d#milestones", i.ID)),
		})
	}
	for m := range r.p.Meetings.All() {
		if m.Date > day && m.Date <= end {
			v.FollowUps = append(v.FollowUps, directorFollow{Due: m.Date, Text: m.Name, Example: m.AnyExample(), Href: r.link("/decisions")})
		}
	}
	if next := r.p.NextFollowUp(); next != 0 && next <= end {
		v.FollowUps = append(v.FollowUps, directorFollow{Due: next, Text: r.say("director.budget_follow_up"), Late: next < day, Href: r.link(fmt.Sprintf("/savings/%d", next.Year()))})
	}
	slices.SortStableFunc(v.FollowUps, func(a, b directorFollow) int { return cmp.Compare(a.Due, b.Due) })
	v.FollowUps, v.MoreFollows = sheetful(v.FollowUps, maxFollows)
}
