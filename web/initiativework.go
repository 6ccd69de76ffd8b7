package web

import (
	"cmp"
	"slices"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// initiativeWork is what is written about the work on an initiative beside its money: dated points, what may go wrong, what
// others ask, and the owner's word at each budget follow-up.
type initiativeWork struct {
	Milestones   []*milestoneView  `json:"milestones"`
	Risks        []*riskView       `json:"risks"`
	Questions    []*questionView   `json:"questions"`
	Commentaries []*commentaryView `json:"commentaries"`
	// NextFollowUp is the day of the budget follow-up that is to be commented on next.
	NextFollowUp portfolio.Date `json:"next_follow_up"`

	NewMilestone  *formView `json:"-"`
	NewRisk       *formView `json:"-"`
	NewQuestion   *formView `json:"-"`
	NewCommentary *formView `json:"-"`
}

// pointState is how far a milestone is from its day.
type pointState string

// The states of a milestone, in words "work.milestone.…".
const (
	pointReached pointState = "reached"
	pointLate    pointState = "late"
	pointSoon    pointState = "soon"
	pointAhead   pointState = "ahead"
)

// Class is the mark that the state has on a page.
func (s pointState) Class() string {
	return map[pointState]string{pointReached: "done", pointLate: "late", pointSoon: "busy", pointAhead: "open"}[s]
}

type milestoneView struct {
	ID      portfolio.MilestoneID `json:"id"`
	Version int64                 `json:"version"`
	Title   string                `json:"title"`
	Due     portfolio.Date        `json:"due"`
	Done    portfolio.Date        `json:"done"`
	Owner   string                `json:"owner"`
	State   pointState            `json:"state"`
	Example bool                  `json:"example"`
	Word    string                `json:"-"`
	Forms   []*formView           `json:"-"`
	Reach   *formView             `json:"-"`
}

type riskView struct {
	ID          portfolio.RiskID `json:"id"`
	Version     int64            `json:"version"`
	Title       string           `json:"title"`
	Likelihood  portfolio.Level  `json:"likelihood"`
	Consequence portfolio.Level  `json:"consequence"`
	// Weight is likelihood and consequence together.
	Weight   portfolio.Level `json:"weight"`
	Response string          `json:"response"`
	Review   portfolio.Date  `json:"review"`
	Closed   portfolio.Date  `json:"closed"`
	Owner    string          `json:"owner"`
	// Due tells that it is to be looked at again by now.
	Due     bool        `json:"due"`
	Example bool        `json:"example"`
	Forms   []*formView `json:"-"`
}

type questionView struct {
	ID       portfolio.QuestionID `json:"id"`
	Version  int64                `json:"version"`
	Text     string               `json:"text"`
	Benefit  string               `json:"benefit,omitempty"`
	AskedBy  string               `json:"asked_by"`
	Asked    portfolio.Date       `json:"asked"`
	Answer   string               `json:"answer"`
	Answerer string               `json:"answered_by"`
	Answered portfolio.Date       `json:"answered"`
	Example  bool                 `json:"example"`
	Reply    *formView            `json:"-"`
}

type commentaryView struct {
	ID       portfolio.CommentaryID `json:"id"`
	Version  int64                  `json:"version"`
	FollowUp portfolio.Date         `json:"follow_up"`
	Outlook  portfolio.Outlook      `json:"outlook"`
	Text     string                 `json:"text"`
	By       string                 `json:"written_by"`
	Written  portfolio.Date         `json:"written"`
	// Frozen tells that the follow-up was, and the words with it.
	Frozen  bool      `json:"frozen"`
	Example bool      `json:"example"`
	Edit    *formView `json:"-"`
}

// Class is the mark that an outlook has on a page.
func (c *commentaryView) Class() string {
	return map[portfolio.Outlook]string{portfolio.OnTrack: "done", portfolio.AtRisk: "wait", portfolio.OffTrack: "late"}[c.Outlook]
}

// Class is the mark that a risk's weight has on a page.
func (v *riskView) Class() string {
	if v.Closed != 0 {
		return "done"
	}
	return map[portfolio.Level]string{portfolio.LowLevel: "open", portfolio.MediumLevel: "wait", portfolio.HighLevel: "late"}[v.Weight]
}

// riskWeight puts likelihood and consequence together: high where both are at least medium and one is high, low where their
// product is at most that of low and medium.
func riskWeight(likelihood, consequence portfolio.Level) portfolio.Level {
	switch product := likelihood * consequence; {
	case product >= portfolio.MediumLevel*portfolio.HighLevel:
		return portfolio.HighLevel
	case product >= portfolio.LowLevel*portfolio.HighLevel:
		return portfolio.MediumLevel
	}
	return portfolio.LowLevel
}

// soonDays is how many days ahead a milestone is close.
const soonDays = 14

func (r *request) pointState(m *portfolio.Milestone) pointState {
	switch today := r.p.Today; {
	case m.Done != 0:
		return pointReached
	case m.Due < today:
		return pointLate
	case m.Due <= today.AddDays(soonDays):
		return pointSoon
	}
	return pointAhead
}

// fillWork tells of the work on an initiative, and offers what the reader may do to it.
func (r *request) fillWork(i *portfolio.Initiative, v *initiativeView) {
	v.NextFollowUp = r.p.NextFollowUp()
	for m := range r.p.Milestones.All() {
		if m.Initiative == i.ID {
			state := r.pointState(m)
			v.Milestones = append(v.Milestones, &milestoneView{
				ID: m.ID, Version: m.Version, Title: m.Title, Due: m.Due, Done: m.Done, Owner: r.name(cmp.Or(m.Owner, i.ProjectOwner)),
				State: state, Example: m.AnyExample(), Word: r.say("work.milestone."+string(state), cmp.Or(m.Done, m.Due)),
			})
		}
	}
	slices.SortStableFunc(v.Milestones, func(a, b *milestoneView) int { return cmp.Compare(a.Due, b.Due) })
	for k := range r.p.Risks.All() {
		if k.Initiative == i.ID {
			v.Risks = append(v.Risks, &riskView{
				ID: k.ID, Version: k.Version, Title: k.Title, Likelihood: k.Likelihood, Consequence: k.Consequence,
				Weight: riskWeight(k.Likelihood, k.Consequence), Response: k.Response, Review: k.Review, Closed: k.Closed,
				Owner: r.name(cmp.Or(k.Owner, i.ProjectOwner)), Due: k.Closed == 0 && k.Review <= r.p.Today, Example: k.AnyExample(),
			})
		}
	}
	slices.SortStableFunc(v.Risks, func(a, b *riskView) int { // open ones first, the gravest of them before the others
		return cmp.Or(cmp.Compare(a.Closed, b.Closed), cmp.Compare(b.Likelihood*b.Consequence, a.Likelihood*a.Consequence), cmp.Compare(a.Review, b.Review))
	})
	r.fillWords(i, v)
	r.offerWork(i, v)
}

// fillWords tells what was asked and said.
func (r *request) fillWords(i *portfolio.Initiative, v *initiativeView) {
	for q := range r.p.Questions.All() {
		if q.Initiative != i.ID {
			continue
		}
		one := &questionView{
			ID: q.ID, Version: q.Version, Text: q.Text, AskedBy: r.name(q.Asked.By), Asked: store.DayOf(q.Asked.At), Example: q.AnyExample(),
		}
		if b := r.p.Benefits.Ever(q.Benefit); b != nil {
			one.Benefit = b.Title
		}
		if q.Answer != nil {
			one.Answer, one.Answerer, one.Answered = q.Answer.Note, r.name(q.Answer.By), store.DayOf(q.Answer.At)
		}
		v.Questions = append(v.Questions, one)
	}
	slices.Reverse(v.Questions)
	slices.SortStableFunc(v.Questions, func(a, b *questionView) int { // what waits for an answer first
		return cmp.Compare(min(a.Answered, 1), min(b.Answered, 1))
	})
	frozen := map[portfolio.Date]bool{}
	for f := range r.p.FollowUps.All() {
		frozen[f.Date] = true
	}
	for c := range r.p.Commentaries.All() {
		if c.Initiative == i.ID {
			v.Commentaries = append(v.Commentaries, &commentaryView{
				ID: c.ID, Version: c.Version, FollowUp: c.FollowUp, Outlook: c.Outlook, Text: c.Text, By: r.name(c.Written.By),
				Written: store.DayOf(c.Written.At), Frozen: frozen[c.FollowUp], Example: c.AnyExample(),
			})
		}
	}
	slices.SortFunc(v.Commentaries, func(a, b *commentaryView) int { return cmp.Compare(b.FollowUp, a.FollowUp) })
}
