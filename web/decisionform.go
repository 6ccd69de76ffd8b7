package web

import (
	"strconv"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// recordForm is a form that records something new. The one that was refused is shown open, with what was typed.
type recordForm struct {
	ID, Action, Title, Button string
	Fields                    []recordField
	Open                      bool
	Ruling                    *rulingForm // what a decision changes, nil on other forms

	sent *form
}

// recordField is one input of a form. Kind is the input's type, "lines" for several lines, "select" for a choice, and "part" for a
// heading over the fields that follow.
type recordField struct {
	ID, Name, Label, Hint, Kind, Value, Error string
	Required                                  bool
	Options                                   []optionView
}

// record begins a form; after a refusal its fields are named so that the summary's links find them.
func (r *request) record(id, action, title, button string) *recordForm {
	f := &recordForm{ID: id, Action: action, Title: title, Button: button}
	if r.form != nil && r.form.Action == action {
		f.sent, f.Open = r.form, true
	}
	return f
}

// add puts in a field.
func (f *recordForm) add(in recordField) { f.Fields = append(f.Fields, f.field(in)) }

// field names a field, and gives it what was sent; a secret is never written back.
func (f *recordForm) field(in recordField) recordField {
	in.ID = f.ID + "-" + in.Name
	if f.sent != nil {
		in.ID, in.Error = in.Name, f.sent.Errors[in.Name]
		f.sent.Labels[in.Name] = in.Label
		in.Value = strings.Join(f.sent.Values[in.Name], "\n")
		if in.Kind == "password" {
			in.Value = ""
		}
	}
	for k := range in.Options {
		in.Options[k].Selected = in.Options[k].Value == in.Value
	}
	return in
}

func (r *request) decisionForm() *recordForm {
	f := r.record("decision", "/decisions", r.say("decisions.new"), r.say("decisions.record"))
	r.addDecision(f)
	r.addRuling(f)
	return f
}

// addDecision puts in the fields that a new decision is recorded by.
func (r *request) addDecision(f *recordForm) {
	meetings := []optionView{{Label: r.say("decisions.choose_meeting")}}
	for _, m := range r.meetingsLatestFirst() {
		if m.Type == portfolio.BoardMeeting && m.Date <= r.p.Today {
			meetings = append(meetings, optionView{Value: strconv.FormatInt(int64(m.ID), 10), Label: r.lang.Style.Date(m.Date) + " " + m.Name})
		}
	}
	f.add(recordField{Name: "meeting", Label: r.say("decisions.meeting"), Hint: r.say("decisions.meeting_hint"), Kind: "select", Options: meetings, Required: true})
	f.add(recordField{Name: "item", Label: r.say("decisions.item"), Kind: "number"})
	f.add(recordField{Name: "title", Label: r.say("decisions.title"), Kind: "text", Required: true})
	f.add(recordField{Name: "case", Label: r.say("decisions.case"), Kind: "text"})
	f.add(recordField{Name: "kle", Label: r.say("decisions.kle"), Kind: "text"})
	f.add(recordField{Name: "document", Label: r.say("decisions.document"), Kind: "text"})
	f.add(recordField{Name: "type", Label: r.say("decisions.type"), Hint: r.say("decisions.type_hint"), Kind: "text"})
	f.add(recordField{Name: "recommender", Label: r.say("decisions.recommender"), Hint: r.say("decisions.recommender_hint"), Kind: "text"})
	f.add(recordField{Name: "recommendations", Label: r.say("decisions.recommendations"), Hint: r.say("decisions.one_per_line"), Kind: "lines"})
	f.add(recordField{Name: "outcome", Label: r.say("decisions.outcome"), Hint: r.say("decisions.outcome_hint"), Kind: "lines", Required: true})
	f.add(recordField{Name: "waiting", Label: r.say("decisions.waiting"), Hint: r.say("decisions.waiting_hint"), Kind: "text"})
	f.add(recordField{Name: "follow_ups", Label: r.say("decisions.follow_ups"), Hint: r.say("decisions.one_per_line"), Kind: "lines"})
}

// anyDecision fits a change that any decision may carry out.
func anyDecision(*portfolio.Decision) bool { return true }

// addDeciding asks by which decision the form's change is made: one that is recorded and fits, or one that is recorded with it.
func (r *request) addDeciding(f *recordForm, hint string, fits func(*portfolio.Decision) bool) {
	f.add(recordField{Name: "decision", Label: r.say("priorities.decision"), Hint: hint, Kind: "select", Options: r.decisionChoices(fits)})
	f.add(recordField{Label: r.say("decisions.write_new"), Hint: r.say("decisions.write_new_hint"), Kind: "part"})
	r.addDecision(f)
	f.add(recordField{Label: r.say("priorities.note"), Hint: r.say("decisions.note_hint"), Name: "note", Kind: "text"})
}

func (r *request) meetingForm() *recordForm {
	f := r.record("meeting", "/meetings", r.say("decisions.new_meeting"), r.say("decisions.record_meeting"))
	f.add(recordField{Name: "date", Label: r.say("decisions.date"), Kind: "date", Required: true})
	f.add(recordField{Name: "name", Label: r.say("decisions.name"), Hint: r.say("decisions.name_hint"), Kind: "text", Required: true})
	var kinds []optionView
	for _, k := range []portfolio.MeetingKind{portfolio.BoardMeeting, portfolio.Workshop, portfolio.Briefing, portfolio.Deadline} {
		kinds = append(kinds, optionView{Value: k.String(), Label: r.dayWord(k)})
	}
	f.add(recordField{Name: "type", Label: r.say("decisions.day_type"), Kind: "select", Value: portfolio.BoardMeeting.String(), Options: kinds, Required: true})
	return f
}

// lines reads a field of several lines, one thing a line; a program may send a list.
func (f *form) lines(name string) []string {
	var list []string
	for _, text := range f.Values[name] {
		for line := range strings.Lines(text) {
			if line = strings.TrimSpace(line); line != "" {
				list = append(list, line)
			}
		}
	}
	return list
}

// newMeeting records a meeting, or another day of the story.
func (s *Server) newMeeting(r *request) (*done, error) {
	m := portfolio.Meeting{Date: r.form.date("date"), Name: r.form.get("name")}
	r.form.code("type", &m.Type)
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		id, err := tx.NextID(portfolio.KindMeeting)
		if err != nil {
			return err
		}
		m.ID = portfolio.MeetingID(id)
		next, e, err := portfolio.NewMeeting(by, m)
		if err != nil {
			return err
		}
		tx.Save(next, e)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &done{location: "/decisions", created: true, seq: seq, resource: func(r *request) (*page, error) {
		m := r.p.Meetings.Get(m.ID)
		return &page{View: dayView{ID: m.ID, Date: m.Date, Name: m.Name, Type: m.Type}}, nil
	}}, nil
}

// decision reads what a board decided.
func (f *form) decision() portfolio.Decision {
	return portfolio.Decision{
		Meeting: portfolio.MeetingID(f.int("meeting")), Item: int(f.int("item")), Title: f.get("title"), Case: f.get("case"), KLE: f.get("kle"),
		Document: f.get("document"), Type: f.get("type"), Recommender: f.get("recommender"), Recommendations: f.lines("recommendations"),
		Outcome: f.get("outcome"), Waiting: f.get("waiting"), FollowUps: f.lines("follow_ups"),
	}
}

// keepDecision records a decision in the transaction.
func keepDecision(tx *store.Tx, by portfolio.By, d portfolio.Decision) (portfolio.DecisionID, error) {
	id, err := tx.NextID(portfolio.KindDecision)
	if err != nil {
		return 0, err
	}
	d.ID = portfolio.DecisionID(id)
	next, e, err := portfolio.NewDecision(tx.Portfolio(), by, d)
	if err != nil {
		return 0, err
	}
	tx.Save(next, e)
	return d.ID, nil
}

// decided lets a change follow from the decision that the form names, or from a new one that it writes out: then the decision is
// recorded in the same transaction, so that neither stands in the log without the other. The whole of the form is in decision, read
// before the transaction.
func (f *form) decided(tx *store.Tx, by portfolio.By, decision portfolio.Decision) (portfolio.By, error) {
	written := false
	for name := range decisionFields {
		written = written || f.get(name) != ""
	}
	switch {
	case !written: // the verb says that one is missing
		return by, nil
	case by.Decision != 0:
		return by, &portfolio.Error{Kind: portfolio.Invalid, Field: "decision", Code: "error.decision_twice"}
	}
	id, err := keepDecision(tx, by, decision)
	by.Decision = id
	return by, err
}

// recordDecision records what a board decided, with the recommendation beside it, and makes what it changes.
func (s *Server) recordDecision(r *request) (*done, error) {
	d, of := r.form.decision(), r.form.ruling()
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) (err error) {
		if d.ID, err = keepDecision(tx, by, d); err != nil {
			return err
		}
		by.Decision = d.ID
		return enact(tx, by, of)
	})
	if err != nil {
		return nil, err
	}
	return &done{location: "/decisions", created: true, seq: seq, resource: func(r *request) (*page, error) {
		return &page{View: r.decisionView(r.p.Decisions.Get(d.ID))}, nil
	}}, nil
}
