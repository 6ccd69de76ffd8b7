package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
)

func (s *Server) meetingRoutes() []route {
	return []route{
		{method: http.MethodGet, pattern: "/meetings", action: portfolio.ViewPortfolio, page: s.meetings, list: true, view: meetingView{}, query: listFields},
		{method: http.MethodGet, pattern: "/meetings/{id}", action: portfolio.ViewPortfolio, page: s.meeting, list: true, view: meetingView{}, query: listFields},
	}
}

// meetingView is what a meeting should take up, as the portfolio is known: what is up for decision, and which follow-ups are due; and
// what has been decided there.
type meetingView struct {
	AsOf portfolio.Date `json:"as_of"`
	// ID is null where no coming meeting is recorded; then Date is the day that is shown.
	ID    *portfolio.MeetingID `json:"meeting"`
	Date  portfolio.Date       `json:"date"`
	Name  string               `json:"name"`
	Held  bool                 `json:"held"`
	Items []matterView         `json:"items"`
	// Next is the number to go on after, null at the end.
	Next *int64 `json:"next"`
	// Decided is what the meeting decided; Meetings are the boards' meetings, coming and past, the latest first, on
	// the list alone.
	Decided  []decidedView `json:"decisions"`
	Meetings []meetingRow  `json:"meetings"`
	Example  bool          `json:"example"`

	Decide, Follow                      []matterView `json:"-"`
	List                                string       `json:"-"`
	Agenda, Director, Prepared, LogHref string       `json:"-"`
	Total                               int          `json:"-"`
	Links                               listLinks    `json:"-"`
}

// matterView is one thing to take up, and where it is decided or followed up.
type matterView struct {
	No     int                  `json:"no"`
	Kind   portfolio.MatterKind `json:"kind"`
	Text   string               `json:"text"`
	Detail string               `json:"detail"`
	// Due is null where no day is set.
	Due     *portfolio.Date `json:"due"`
	Late    bool            `json:"late"`
	Who     string          `json:"who"`
	Example bool            `json:"example"`
	Href    string          `json:"href"`
}

// decidedView is a decision of the meeting.
type decidedView struct {
	ID      portfolio.DecisionID `json:"id"`
	Title   string               `json:"title"`
	Case    string               `json:"case"`
	Outcome string               `json:"outcome"`
	Example bool                 `json:"example"`
	Href    string               `json:"-"`
}

// meetingRow is a meeting among the others.
type meetingRow struct {
	ID        portfolio.MeetingID `json:"id"`
	Date      portfolio.Date      `json:"date"`
	Name      string              `json:"name"`
	Held      bool                `json:"held"`
	Decisions int                 `json:"decisions"`
	Example   bool                `json:"example"`
	Href      string              `json:"href"`
}

// meetings prepares the next board's meeting, and lists all.
func (s *Server) meetings(r *request) (*page, error) {
	r.path = "/meetings"
	var next *portfolio.Meeting
	decided := map[portfolio.MeetingID]int{}
	for d := range r.p.Decisions.All() {
		decided[d.Meeting]++
	}
	rows := []meetingRow{}
	for _, m := range r.meetingsLatestFirst() {
		if m.Type != portfolio.BoardMeeting {
			continue
		}
		row := meetingRow{
			ID: m.ID, Date: m.Date, Name: m.Name, Held: r.held(m), Decisions: decided[m.ID], Example: m.AnyExample(), Href: r.link(fmt.Sprintf("/meetings/%d", m.ID)),
		}
		if !row.Held {
			next = m
		}
		rows = append(rows, row)
	}
	return r.meetingPage(next, rows)
}

// meeting prepares one meeting, or shows what it decided.
func (s *Server) meeting(r *request) (*page, error) {
	id, err := pathID(r, portfolio.KindMeeting)
	if err != nil {
		return nil, err
	}
	m := r.p.Meetings.Get(portfolio.MeetingID(id))
	if m == nil {
		return nil, portfolio.Missing(portfolio.KindMeeting, id)
	}
	r.path = fmt.Sprintf("/meetings/%d", id)
	return r.meetingPage(m, []meetingRow{})
}

// held tells a meeting that is over: its day has passed. On the day itself it is prepared, and shows what has been recorded so far.
func (r *request) held(m *portfolio.Meeting) bool { return m.Date < r.shownDay() }

func (r *request) meetingPage(m *portfolio.Meeting, rows []meetingRow) (*page, error) {
	f := form{Values: r.query}
	after := f.int("after")
	if err := f.err(); err != nil {
		return nil, err
	}
	v := &meetingView{
		AsOf: r.shownDay(), Date: r.shownDay(), Meetings: rows, Items: []matterView{}, Decided: []decidedView{}, List: r.link("/meetings"), LogHref: r.link("/decisions"),
		Agenda: r.link("/reports/new"), Director: r.link("/director"),
	}
	title := r.say("meetings.title")
	if m != nil {
		v.ID, v.Date, v.Name, v.Held, v.Example = &m.ID, m.Date, m.Name, r.held(m), m.AnyExample()
		v.Agenda, v.LogHref = r.link(fmt.Sprintf("/reports/new?meeting=%d", m.ID)), r.link(fmt.Sprintf("/decisions#meeting-%d", m.ID))
		if len(rows) == 0 {
			title = r.lang.Style.Date(m.Date) + " · " + m.Name
		}
	}
	if m != nil {
		v.fillDecided(r, m)
	}
	var all []matterView
	if v.Held {
		v.Prepared = fmt.Sprintf("/meetings?as_of=%s", m.Date.AddDays(-1)) // that day it may not have been known as a meeting
	} else {
		for k, one := range r.p.Matters(v.Date) {
			all = append(all, r.matterView(k+1, one))
		}
	}
	shown, next := paged(all, after, func(one matterView) int64 { return int64(one.No) })
	v.Items, v.Next, v.Total, v.Links = append(v.Items, shown...), next, len(all), r.listLinks(after, next)
	for _, one := range v.Items {
		if one.Kind.FollowsUp() {
			v.Follow = append(v.Follow, one)
		} else {
			v.Decide = append(v.Decide, one)
		}
	}
	return &page{Template: "meeting", Title: title, View: v, Example: v.Example, Table: func() exchange.Table {
		t := exchange.Table{Columns: []string{"no", "kind", "text", "detail", "due", "late", "who", "example"}}
		for _, one := range all {
			t.Add(one.No, one.Kind.String(), one.Text, one.Detail, maybe(one.Due), one.Late, one.Who, one.Example)
		}
		return t
	}}, nil
}

func (v *meetingView) fillDecided(r *request, m *portfolio.Meeting) {
	for d := range r.p.Decisions.All() {
		if d.Meeting == m.ID {
			v.Decided = append(v.Decided, decidedView{d.ID, d.Title, d.Case, d.Outcome, d.AnyExample(), r.link(fmt.Sprintf("/decisions#decision-%d", d.ID))})
		}
	}
	slices.SortFunc(v.Decided, func(a, b decidedView) int {
		return cmp.Or(cmp.Compare(r.p.Decisions.Get(a.ID).Item, r.p.Decisions.Get(b.ID).Item), cmp.Compare(a.ID, b.ID))
	})
}

// matterView says a matter in words, and leads to where it is settled.
func (r *request) matterView(no int, m portfolio.Matter) matterView {
	v := matterView{No: no, Kind: m.Kind, Late: m.Due != 0 && m.Due < r.shownDay()}
	if m.Due != 0 {
		v.Due = &m.Due
	}
	if example, ok := m.Subject.(interface{ AnyExample() bool }); ok {
		v.Example = example.AnyExample()
	}
	switch of := m.Subject.(type) {
	case *portfolio.Decision:
		v.Text, v.Href = of.Waiting, r.link(fmt.Sprintf("/decisions#decision-%d", of.ID))
		if m.Kind == portfolio.FollowUpOrdered {
			v.Text = m.Text
		}
		v.Detail = r.say("meetings.of_decision", of.Title, r.p.HeldOn(of))
		if m.Kind == portfolio.DecisionWaits && m.Due != 0 {
			v.Detail += " · " + r.say("waiting.taken_up", r.lang.Style.Date(m.Due))
		}
	case *portfolio.Initiative:
		v.Text, v.Detail, v.Who, v.Href = of.Title, of.Plan.Reason, r.name(of.ProjectOwner), r.link(fmt.Sprintf("/initiatives/%d", of.ID))
	case *portfolio.BusinessCase:
		v.Text, v.Detail = r.say("director.approve", r.initiativeTitle(of.Initiative)), r.say("director.assured")
		v.Href = r.link(fmt.Sprintf("/initiatives/%d/case?no=%d", of.Initiative, of.No))
	case *portfolio.Round:
		v.Text, v.Detail, v.Href = of.Name, r.lang.Count("meetings.scored", r.p.ScoredBy(of)), r.link(fmt.Sprintf("/priorities/%d", of.ID))
	case *portfolio.Scenario:
		v.Text, v.Detail, v.Href = of.Name, r.lang.Count("meetings.alterations", len(of.Alterations)), r.link(fmt.Sprintf("/scenarios/%d", of.ID))
	case *portfolio.Overlap:
		v.Text, v.Detail, v.Href = of.Title, r.say("meetings.which_home"), r.link("/overlaps")
	case *portfolio.Requirement:
		v.Text = r.say("meetings.carry_over", r.lang.Style.Figure(m.Carry.Amount()), m.Carry.Year, m.Carry.Year+1)
		v.Href = r.link(fmt.Sprintf("/requirements/%d", of.ID))
		if g := r.p.Programmes.Ever(of.Programme); g != nil {
			v.Detail = g.Name
		}
	case *portfolio.Milestone:
		v.Text, v.Href = r.initiativeTitle(of.Initiative)+": "+of.Title, r.link(fmt.Sprintf("/initiatives/%d#milestones", of.Initiative))
		if i := r.p.Initiatives.Get(of.Initiative); i != nil {
			v.Who = r.name(cmp.Or(of.Owner, i.ProjectOwner))
		}
	default:
		if m.Kind == portfolio.ItemsToSelect {
			v.Text, v.Href = r.lang.Count("meetings.items", m.Count), r.link("/catalogue?state=prioritised")
			v.Example = r.exampleItems()
		} else {
			v.Text, v.Href = r.say("director.budget_follow_up"), r.link("/follow-ups")
		}
	}
	return v
}

// exampleItems tells that some of the priorities that wait for a selection are invented.
func (r *request) exampleItems() bool {
	for c := range r.p.Items.All() {
		if c.State() == portfolio.Prioritised && c.ExampleField("priority") {
			return true
		}
	}
	return false
}
