package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/store"
)

func (s *Server) followUpRoutes() []route {
	freeze := changeFields.and(fields{"name": "", "date": portfolio.Date(0)})
	return []route{
		{method: http.MethodGet, pattern: "/follow-ups", action: portfolio.ViewPortfolio, page: s.followUps, list: true, view: followUpsView{}, query: listFields.and(fields{"year": 0})},
		{method: http.MethodPost, pattern: "/follow-ups", action: portfolio.CloseMonths, page: s.followUps, form: s.freeze, view: frozenView{}, sends: freeze},
		{method: http.MethodPost, pattern: "/follow-ups/preview", action: portfolio.CloseMonths, page: s.followUps, form: s.previewFreeze, view: followUpsView{}, sends: freeze},
		{
			method: http.MethodGet, pattern: "/follow-ups/compare", action: portfolio.ViewPortfolio, page: s.compareFollowUps, list: true,
			view: either{movedView{}, struct{}{}}, query: listFields.and(fields{"a": "", "b": "", "programme": "", "year": 0}),
		},
	}
}

// followUpsView is the budget follow-ups: the year's days, and those that have been frozen, the latest first.
type followUpsView struct {
	AsOf portfolio.Date `json:"as_of"`
	Year int            `json:"year"`
	// OpenFrom is the first month that no follow-up has closed, "" while none has.
	OpenFrom portfolio.Month `json:"open_from"`
	Days     []followUpDay   `json:"days"`
	Items    []frozenView    `json:"items"`
	Next     *int64          `json:"next"`
	// WouldClose is what the day of the form would close.
	WouldClose *closing `json:"would_close"`

	Years []choice    `json:"-"`
	Links listLinks   `json:"-"`
	Form  *recordForm `json:"-"`
	// Asked tells that the day was asked about and nothing has been written.
	Asked       bool   `json:"-"`
	CompareHref string `json:"-"`
}

// dayState is how far a day of the year's follow-ups has come.
type dayState string

const (
	dayFrozen dayState = "frozen"
	dayDue    dayState = "due"     // it has come and waits to be frozen
	dayPassed dayState = "passed"  // it was never frozen, and a later one has closed its months
	dayAhead  dayState = "to_come" // it is to come
)

// followUpDay is one of the year's days by the policy.
type followUpDay struct {
	Date  portfolio.Date `json:"date"`
	State dayState       `json:"state"`
	// Closes is what freezing it closes, null where it closes nothing more.
	Closes *closing `json:"closes"`
	Word   string   `json:"-"`
	Look   string   `json:"-"`
}

// closing is what freezing a day closes: the months, and the claims that still wait for Finance in them.
type closing struct {
	Date    portfolio.Date  `json:"date"`
	From    portfolio.Month `json:"from"`
	To      portfolio.Month `json:"to"`
	Waiting int             `json:"claims_waiting"`
	Words   string          `json:"-"`
}

// frozenView is a follow-up that has been frozen: what it closed, when it was done and by whom.
type frozenView struct {
	ID       portfolio.FollowUpID `json:"id"`
	Name     string               `json:"name"`
	Date     portfolio.Date       `json:"date"`
	ClosedTo portfolio.Date       `json:"closed_through"`
	FrozenOn portfolio.Date       `json:"frozen_on"`
	FrozenBy string               `json:"frozen_by"`
	// Seq is the event up to which the figures were known.
	Seq     int64 `json:"frozen_seq"`
	Example bool  `json:"example"`

	TodayHref, BeforeHref string `json:"-"`
}

// maxFollowUps bounds the frozen follow-ups whose making is looked up, maxWaiting the claims that are counted.
const maxFollowUps, maxWaiting = 1000, 10_000

func (s *Server) followUps(r *request) (*page, error) {
	r.path = "/follow-ups" // a form of the page is sent to a part of it
	q := form{Values: r.query}
	year, after := int(q.int("year")), q.int("after")
	if err := q.err(); err != nil {
		return nil, err
	}
	if year < firstYear || year > lastYear {
		year = r.shownDay().Year()
	}
	waiting, err := r.s.Store.Entries(r.Context(), r.p, store.EntryFilter{Waiting: true, Limit: maxWaiting})
	if err != nil {
		return nil, err
	}
	all, err := r.frozenViews()
	if err != nil {
		return nil, err
	}
	v := &followUpsView{AsOf: r.shownDay(), Year: year, OpenFrom: r.p.OpenFrom()}
	v.Items, v.Next = paged(all, after, func(f frozenView) int64 { return int64(f.ID) })
	v.Links = r.listLinks(after, v.Next)
	for y := year - 2; y <= year+2; y++ {
		v.Years = append(v.Years, choice{fmt.Sprint(y), r.with("year", fmt.Sprint(y)), y == year})
	}
	for _, day := range r.p.Policy.FollowUpDays(year) {
		v.Days = append(v.Days, r.followUpDay(day, all, waiting))
	}
	if len(all) > 0 {
		v.CompareHref = r.link("/follow-ups/compare")
	}
	if r.may(portfolio.CloseMonths, nil) || r.sent("/follow-ups") {
		r.fillFreeze(v, all, waiting)
	}
	notice, err := r.notice()
	if err != nil {
		return nil, err
	}
	return &page{
		Template: "followups", Title: r.say("followups.title"), View: v, Notice: notice,
		Table: func() exchange.Table { return followUpTable(all) },
	}, nil
}

// followUpDay tells how a day of the policy stands.
func (r *request) followUpDay(day portfolio.Date, frozen []frozenView, waiting []*portfolio.Entry) followUpDay {
	d := followUpDay{Date: day}
	is := slices.ContainsFunc(frozen, func(f frozenView) bool { return f.Date == day })
	later := slices.ContainsFunc(frozen, func(f frozenView) bool { return f.Date > day })
	switch {
	case is:
		d.State, d.Look, d.Word = dayFrozen, "state state-done", r.say("followups.frozen")
	case later:
		d.State, d.Look, d.Word = dayPassed, "state state-open", r.say("followups.passed")
	case day <= r.p.Today:
		d.State, d.Look, d.Word = dayDue, "state state-late", r.say("followups.due")
	default:
		d.State, d.Look, d.Word = dayAhead, "state state-open", r.say("followups.to_come")
	}
	if d.State == dayDue || d.State == dayAhead {
		d.Closes = r.closing(day, waiting)
	}
	return d
}

// closing tells what freezing a day closes; nil where its months are closed already.
func (r *request) closing(day portfolio.Date, waiting []*portfolio.Entry) *closing {
	open, before := r.p.OpenFrom(), portfolio.Ended(day)
	if day == 0 || before <= open {
		return nil
	}
	c := &closing{Date: day, From: open, To: before - 1}
	if open == 0 { // nothing has been closed yet: all that there is an amount of
		c.From = amount.NewMonth(day.Year(), 1)
	}
	for _, e := range waiting {
		if slices.ContainsFunc(e.Months, func(m portfolio.MonthGain) bool { return m.Month < before }) {
			c.Waiting++
		}
	}
	c.Words = r.months(c.From, c.To)
	return c
}

// frozenViews are the follow-ups that have been frozen, the latest day first.
func (r *request) frozenViews() ([]frozenView, error) {
	list := r.p.FollowUps.List()
	slices.SortFunc(list, func(a, b *portfolio.FollowUp) int {
		return cmp.Or(cmp.Compare(b.Date, a.Date), cmp.Compare(b.ID, a.ID))
	})
	if len(list) == 0 {
		return nil, nil
	}
	events, err := r.s.Store.Events(r.Context(), r.p, store.EventFilter{Kind: portfolio.KindFollowUp, Limit: maxFollowUps})
	if err != nil {
		return nil, err
	}
	made := map[int64]portfolio.Event{}
	for _, e := range events {
		if e.Verb == "follow_up.freeze" {
			made[e.Subject] = e
		}
	}
	views := make([]frozenView, len(list))
	for k, f := range list {
		views[k] = frozenView{
			ID: f.ID, Name: f.Name, Date: f.Date, ClosedTo: (f.ClosesBefore - 1).Last(), Seq: f.Frozen, Example: f.AnyExample(),
			TodayHref: r.link(fmt.Sprintf("/follow-ups/compare?a=%d&b=now", f.ID)),
		}
		if e, known := made[int64(f.ID)]; known {
			views[k].FrozenOn, views[k].FrozenBy = store.DayOf(e.At), r.name(e.Actor)
		}
		if k+1 < len(list) {
			views[k].BeforeHref = r.link(fmt.Sprintf("/follow-ups/compare?a=%d&b=%d", list[k+1].ID, f.ID))
		}
	}
	return views, nil
}

func followUpTable(all []frozenView) exchange.Table {
	t := exchange.Table{Columns: []string{"follow_up", "name", "date", "closed_through", "frozen_on", "frozen_by", "frozen_seq", "example"}}
	for _, f := range all {
		t.Add(int64(f.ID), f.Name, f.Date, f.ClosedTo, f.FrozenOn, f.FrozenBy, f.Seq, f.Example)
	}
	return t
}
