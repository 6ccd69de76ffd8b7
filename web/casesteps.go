package web

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// caseStepView is an act on a version: who, when, in what words, and by which decision.
type caseStepView struct {
	State    string               `json:"step"`
	By       string               `json:"by"`
	At       string               `json:"at"`
	Note     string               `json:"note,omitempty"`
	Decision portfolio.DecisionID `json:"decision,omitempty"`
	Day      string               `json:"-"`
	Label    string               `json:"-"`
	Href     string               `json:"-"`
}

// caseStep says how far a version has come, and when it came there.
func (r *request) caseStep(c *portfolio.BusinessCase) string {
	at := map[portfolio.CaseState]*portfolio.CaseStep{portfolio.Submitted: c.Submitted, portfolio.Assured: c.Assured, portfolio.Approved: c.Approved}[c.State]
	if by := r.p.Cases.Ever(c.SupersededBy); by != nil {
		at = by.Approved
	}
	said := r.say("case_state." + c.State.String())
	if at == nil {
		return said
	}
	return said + " " + r.lang.Style.ShortDate(store.DayOf(at.At))
}

// authors are those who have written in a version, the first first.
func (r *request) authors(c *portfolio.BusinessCase) []string {
	list := make([]string, len(c.Authors))
	for k, id := range c.Authors {
		list[k] = r.name(id)
	}
	return list
}

// caseDeeds are the steps of a version's way by the verbs that take them.
var caseDeeds = map[portfolio.Verb]struct{ code, key string }{
	"business_case.submit":    {"submitted", "cases.step.submitted"},
	"business_case.recall":    {"recalled", "cases.step.recalled"},
	"business_case.return":    {"returned", "cases.step.returned"},
	"business_case.assure":    {"assured", "cases.step.assured"},
	"business_case.approve":   {"approved", "cases.step.approved"},
	"business_case.supersede": {"superseded", "cases.step.superseded"},
}

// caseSteps tell a version's whole way, the first step first: who moved it on, and what was said when it was saved. The version
// itself knows its last steps only; the log has what was said each time it was sent in or back.
func (r *request) caseSteps(c *portfolio.BusinessCase) ([]caseStepView, error) {
	steps := store.EventFilter{Kind: portfolio.KindBusinessCase, Subject: int64(c.ID), Verbs: slices.Sorted(maps.Keys(caseDeeds)), Limit: maxHistory}
	saved := steps
	saved.Verbs, saved.Noted = []portfolio.Verb{"business_case.edit"}, true
	var events []portfolio.Event
	for _, f := range []store.EventFilter{steps, saved} {
		found, err := r.s.Store.Events(r.Context(), r.p, f)
		if err != nil {
			return nil, err
		}
		events = append(events, found...)
	}
	slices.SortFunc(events, func(a, b portfolio.Event) int { return cmp.Compare(a.Seq, b.Seq) })
	views := make([]caseStepView, 0, len(events))
	for _, e := range events {
		var args []any
		if by := r.p.Cases.Ever(c.SupersededBy); by != nil && e.Verb == "business_case.supersede" {
			args = append(args, by.No)
		}
		deed, ok := caseDeeds[e.Verb]
		if !ok {
			deed.code, deed.key = "edited", "cases.step.edited"
		}
		s := caseStepView{
			State: deed.code, By: r.name(e.Actor), At: e.At.Time().In(store.Copenhagen).Format("2006-01-02T15:04:05Z07:00"), Note: e.Note,
			Decision: e.Decision, Day: r.lang.Style.Date(store.DayOf(e.At)), Label: r.say(deed.key, args...),
		}
		if s.Decision != 0 {
			s.Href = r.link(fmt.Sprintf("/decisions#decision-%d", s.Decision))
		}
		views = append(views, s)
	}
	return views, nil
}

// lastReturn is the last time that a version was sent back, or nil.
func lastReturn(steps []caseStepView) *caseStepView {
	for k, s := range slices.Backward(steps) {
		if s.State == "returned" {
			return &steps[k]
		}
	}
	return nil
}
