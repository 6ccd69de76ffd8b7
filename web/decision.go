package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
)

func (s *Server) decisionRoutes() []route {
	return []route{
		{method: http.MethodGet, pattern: "/decisions", action: portfolio.ViewPortfolio, page: s.decisions, list: true, view: decisionsView{}, query: listFields},
		{method: http.MethodPost, pattern: "/decisions", action: portfolio.RecordDecision, page: s.decisions, form: s.recordDecision, view: decisionView{}, sends: changeFields.and(decisionFields).and(rulingFields)},
		{method: http.MethodPost, pattern: "/meetings", action: portfolio.RecordDecision, page: s.decisions, form: s.newMeeting, view: dayView{}, sends: changeFields.and(meetingFields)},
	}
}

var (
	meetingFields  = fields{"date": portfolio.Date(0), "name": "", "type": portfolio.MeetingKind(0)}
	decisionFields = fields{
		"meeting": portfolio.MeetingID(0), "item": 0, "title": "", "case": "", "kle": "", "document": "", "type": "", "recommender": "",
		"recommendations": []string{}, "outcome": "", "waiting": "", "follow_ups": []string{},
	}
)

// decisionsView is the log of what the boards decided, the latest meeting first.
type decisionsView struct {
	AsOf  portfolio.Date  `json:"as_of"`
	Items []*decisionView `json:"items"`
	// Next is the decision to go on after, null at the end.
	Next *int64 `json:"next"`
	// Days are the meetings of the page that no decision is recorded of, and the other days of the story.
	Days []dayView `json:"days"`
	// CarriedFrom is the event before which effects of decisions have not been looked for; null when all have.
	CarriedFrom *int64 `json:"effects_from_seq"`

	Log   []dayView     `json:"-"`
	Forms []*recordForm `json:"-"`
	Links listLinks     `json:"-"`
	Total int           `json:"-"`
}

// dayView is a meeting with its decisions, or another day that is told of in a line.
type dayView struct {
	ID        portfolio.MeetingID   `json:"id"`
	Date      portfolio.Date        `json:"date"`
	Name      string                `json:"name"`
	Type      portfolio.MeetingKind `json:"type"`
	Notes     []noteView            `json:"notes,omitempty"`
	Example   bool                  `json:"example"`
	Decisions []*decisionView       `json:"-"`
	Word      string                `json:"-"`
}

// decisionView is one decision with the recommendation beside it.
type decisionView struct {
	ID              portfolio.DecisionID `json:"id"`
	Meeting         string               `json:"meeting"`
	Date            portfolio.Date       `json:"date"`
	Item            *int                 `json:"item"`
	Title           string               `json:"title"`
	Case            string               `json:"case"`
	KLE             string               `json:"kle"`
	Document        string               `json:"document"`
	Type            string               `json:"type"`
	Recommender     string               `json:"recommender"`
	Recommendations []string             `json:"recommendations"`
	Outcome         string               `json:"outcome"`
	// Agreement tells how the decision stands to the recommendation.
	Agreement agreement `json:"agreement"`
	Waiting   string    `json:"waiting"`
	// TakenUpOn is the day of the meeting at which what waits is taken up again, null where none is set; SettledBy is the decision
	// that settled it, null while it waits.
	TakenUpOn *portfolio.Date       `json:"taken_up_on"`
	SettledBy *portfolio.DecisionID `json:"settled_by"`
	FollowUps []string              `json:"follow_ups"`
	// Done tells of each follow-up whether it has been delivered, in their order.
	Done        []bool                 `json:"followed_up"`
	Attachments []portfolio.Attachment `json:"attachments"`
	Notes       []noteView             `json:"notes"`
	// Changed are the events that carry the decision out.
	Changed []sentence `json:"effects"`
	Example bool       `json:"example"`

	Mark, Look, ItemWords string        `json:"-"`
	TakenUpWords          string        `json:"-"`
	Settled               *followedFrom `json:"-"`
	Ordered               []orderedView `json:"-"`
	Forms                 []*recordForm `json:"-"`
}

// orderedView is a follow-up that a board ordered, and what is told of its delivery, "" while it is open.
type orderedView struct{ Text, Done string }

// decisions is the page of the log.
func (s *Server) decisions(r *request) (*page, error) {
	r.path = "/decisions" // also where a form under a decision is shown again
	f := form{Values: r.query}
	after := f.int("after")
	if err := f.err(); err != nil {
		return nil, err
	}
	all := r.decisionOrder()
	shown, next := paged(all, after, func(d *portfolio.Decision) int64 { return int64(d.ID) })
	v := &decisionsView{
		AsOf: r.shownDay(), Items: make([]*decisionView, 0, len(shown)), Next: next, Days: []dayView{}, Total: len(all), Links: r.listLinks(after, next),
	}
	for _, d := range shown {
		v.Items = append(v.Items, r.decisionView(d))
	}
	var err error
	if v.CarriedFrom, err = r.fillCarried(v.Items); err != nil {
		return nil, err
	}
	r.fillDays(v, shown, after)
	if r.may(portfolio.RecordDecision, nil) {
		v.Forms = []*recordForm{r.decisionForm(), r.meetingForm()}
		for k, d := range shown {
			v.Items[k].Forms = r.waitingForms(d)
		}
	}
	notice, err := r.notice()
	if err != nil {
		return nil, err
	}
	return &page{
		Template: "decisions", Title: r.say("nav.decisions"), View: v, Notice: notice,
		Table: func() exchange.Table { return r.decisionTable(all) },
	}, nil
}

// decisionOrder lists the decisions, the latest meeting first, each meeting's by their items.
func (r *request) decisionOrder() []*portfolio.Decision {
	list := r.p.Decisions.List()
	slices.SortFunc(list, func(a, b *portfolio.Decision) int {
		return cmp.Or(cmp.Compare(r.p.HeldOn(b), r.p.HeldOn(a)), cmp.Compare(b.Meeting, a.Meeting), cmp.Compare(a.Item, b.Item), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// fillDays puts the decisions under their meetings, and between them the days that lie in the same stretch of time.
func (r *request) fillDays(v *decisionsView, shown []*portfolio.Decision, after int64) {
	newest, oldest := portfolio.Date(1<<31-1), portfolio.Date(0)
	if after != 0 && len(shown) > 0 {
		newest = r.p.HeldOn(shown[0])
	}
	if v.Next != nil {
		oldest = r.p.HeldOn(shown[len(shown)-1])
	}
	of := map[portfolio.MeetingID][]*decisionView{}
	for k, d := range shown {
		of[d.Meeting] = append(of[d.Meeting], v.Items[k])
	}
	decided := map[portfolio.MeetingID]bool{}
	for d := range r.p.Decisions.All() {
		decided[d.Meeting] = true
	}
	for _, m := range r.meetingsLatestFirst() {
		day := dayView{
			ID: m.ID, Date: m.Date, Name: m.Name, Type: m.Type, Notes: notesOf(m.Notes), Example: m.AnyExample(), Decisions: of[m.ID],
		}
		if word := r.dayWord(m.Type); !strings.HasPrefix(m.Name, word) { // "Workshop med enhederne" says it already
			day.Word = word
		}
		switch {
		case len(day.Decisions) > 0:
			v.Log = append(v.Log, day)
		case !decided[m.ID] && m.Date <= newest && m.Date > oldest:
			v.Log = append(v.Log, day)
			v.Days = append(v.Days, day)
		}
	}
}

func (r *request) meetingsLatestFirst() []*portfolio.Meeting {
	list := r.p.Meetings.List()
	slices.SortFunc(list, func(a, b *portfolio.Meeting) int {
		return cmp.Or(cmp.Compare(b.Date, a.Date), cmp.Compare(b.ID, a.ID))
	})
	return list
}

func (r *request) dayWord(k portfolio.MeetingKind) string {
	switch k {
	case portfolio.Workshop:
		return r.say("decisions.workshop")
	case portfolio.Briefing:
		return r.say("decisions.briefing")
	case portfolio.Deadline:
		return r.say("decisions.deadline")
	}
	return r.say("decisions.board")
}
