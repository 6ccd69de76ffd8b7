package web

import (
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/store"
)

// agreement is how a decision stands to its recommendation.
type agreement string

const (
	waits       agreement = "waits"       // a part of it waits
	asProposed  agreement = "as_proposed" // nothing but the board's yes
	ownWords    agreement = "own_words"   // the board said something of its own: more than the recommendation, or other
	notProposed agreement = "no_recommendation"
)

// approvals are the words by which a board says yes and nothing else.
var approvals = map[string]bool{
	"godkendt": true, "godkendes": true, "godkendtes": true, "tiltrådt": true, "tiltrædes": true, "indstillingen godkendes": true,
	"indstillingen godkendt": true, "indstillingen tiltrædes": true, "som indstillet": true, "taget til efterretning": true,
	"tages til efterretning": true,
}

// agreementOf reads how the decision stands to the recommendation. Only a bare yes is taken for one: whatever else the
// board wrote may add to the recommendation or go against it, and only a person can tell which.
func agreementOf(d *portfolio.Decision) agreement {
	switch {
	case d.Waits():
		return waits
	case len(d.Recommendations) == 0:
		return notProposed
	case approvals[strings.ToLower(strings.TrimRight(strings.TrimSpace(d.Outcome), ". "))]:
		return asProposed
	}
	return ownWords
}

func (r *request) decisionView(d *portfolio.Decision) *decisionView {
	v := &decisionView{
		ID: d.ID, Date: r.p.HeldOn(d), Title: d.Title, Case: d.Case, KLE: d.KLE, Document: d.Document, Type: d.Type, Recommender: d.Recommender,
		Recommendations: orEmpty(d.Recommendations), Outcome: d.Outcome, Agreement: agreementOf(d), Waiting: d.Waiting,
		FollowUps: orEmpty(d.FollowUps), Attachments: orEmpty(d.Attachments), Notes: orEmpty(notesOf(d.Notes)), Changed: []sentence{},
		Example: d.AnyExample(),
	}
	if m := r.p.Meetings.Ever(d.Meeting); m != nil {
		v.Meeting = m.Name
	}
	r.fillWaiting(v, d)
	if d.Item != 0 {
		v.Item, v.ItemWords = &d.Item, r.say("decisions.item_no", d.Item)
	}
	switch v.Agreement {
	case waits:
		v.Mark, v.Look = r.say("decisions.waits"), "state state-wait"
	case asProposed:
		v.Mark, v.Look = r.say("decisions.as_proposed"), "state state-done"
	case ownWords:
		v.Mark, v.Look = r.say("decisions.own_words"), "tag"
	case notProposed:
		v.Mark, v.Look = r.say("decisions.no_recommendation"), "tag"
	}
	return v
}

// orEmpty makes a list that has nothing in it an empty one, as JSON has it.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// maxCarried bounds how many events of the decisions on a page are shown.
const maxCarried = 2_000

// fillCarried gives each decision the events of initiatives, rounds and overlaps that carry it out, in one reading of the log. Where
// there are more than are shown, from is the event where it stopped.
func (r *request) fillCarried(list []*decisionView) (from *int64, err error) {
	if len(list) == 0 {
		return nil, nil
	}
	f := store.EventFilter{Kinds: []portfolio.Kind{portfolio.KindInitiative, portfolio.KindRound, portfolio.KindOverlap}, Limit: maxCarried}
	of := make(map[portfolio.DecisionID]*decisionView, len(list))
	for _, v := range list {
		of[v.ID] = v
		f.Decisions = append(f.Decisions, v.ID)
	}
	carried, err := r.s.Store.Events(r.Context(), r.p, f)
	if err != nil {
		return nil, err
	}
	if len(carried) == maxCarried {
		from = &carried[maxCarried-1].Seq
	}
	said, err := r.sentences(carried)
	if err != nil {
		return nil, err
	}
	for k, one := range said {
		one.Decision = nil // it stands under it
		one.Changes = nil  // the events between these are not here, so what changed since the one before is not known
		v := of[carried[k].Decision]
		v.Changed = append(v.Changed, one)
	}
	return from, nil
}

// decisionTable is the log as a file: every decision, lists with a line each in their cell.
func (r *request) decisionTable(all []*portfolio.Decision) exchange.Table {
	t := exchange.Table{Columns: []string{
		"decision", "date", "meeting", "item", "title", "case", "kle", "document", "type", "recommender", "recommendations", "outcome",
		"agreement", "waiting", "follow_ups", "attachments", "example",
	}}
	for _, d := range all {
		v := r.decisionView(d)
		var item any
		if v.Item != nil {
			item = *v.Item
		}
		attachments := make([]string, len(v.Attachments))
		for i, a := range v.Attachments {
			attachments[i] = strings.TrimSpace(a.Title + " " + a.Document)
		}
		t.Add(int64(v.ID), v.Date, v.Meeting, item, v.Title, v.Case, v.KLE, v.Document, v.Type, v.Recommender, strings.Join(v.Recommendations, "\n"),
			v.Outcome, string(v.Agreement), v.Waiting, strings.Join(v.FollowUps, "\n"), strings.Join(attachments, "\n"), v.Example)
	}
	return t
}
