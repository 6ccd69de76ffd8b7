package web

import (
	"fmt"
	"net/http"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// What becomes of a decision after its meeting: when what waits is taken up again, how it is settled, and which follow-ups are done.
func (s *Server) waitingRoutes() []route {
	post := func(part string, form formFunc, sends fields) route {
		return route{
			method: http.MethodPost, pattern: "/decisions/{id}/" + part, action: portfolio.RecordDecision, page: s.decisions, form: form,
			view: decisionView{}, sends: seenFields.and(sends),
		}
	}
	return []route{
		post("meeting", s.scheduleDecision, fields{"meeting": portfolio.MeetingID(0)}),
		post("settlement", s.settleDecision, decisionFields.and(rulingFields)),
		post("follow-ups", s.followUpDecision, fields{"no": 0}),
	}
}

// waitingForms are offered under a decision of which something waits, or whose follow-ups are not all done.
func (r *request) waitingForms(d *portfolio.Decision) (forms []*recordForm) {
	begin := func(part, title, button string) *recordForm {
		f := r.record(fmt.Sprintf("%s-%d", part, d.ID), fmt.Sprintf("/decisions/%d/%s", d.ID, part), r.say(title), r.say(button))
		f.add(recordField{Name: "version", Kind: "hidden", Value: strconv.FormatInt(d.Version, 10)})
		f.add(recordField{Name: "subject", Kind: "hidden", Value: fmt.Sprintf("%s/%d", d.Kind(), d.ID)})
		forms = append(forms, f)
		return f
	}
	if d.Waits() {
		at := begin("meeting", "waiting.schedule", "waiting.schedule_do")
		meetings := []optionView{{Label: r.say("waiting.no_meeting")}}
		for _, m := range r.meetingsLatestFirst() {
			if m.Type == portfolio.BoardMeeting && m.Date > r.p.HeldOn(d) {
				meetings = append(meetings, optionView{Value: strconv.FormatInt(int64(m.ID), 10), Label: r.lang.Style.Date(m.Date) + " " + m.Name})
			}
		}
		chosen := ""
		if d.TakenUpAt != 0 {
			chosen = strconv.FormatInt(int64(d.TakenUpAt), 10)
		}
		at.add(recordField{Name: "meeting", Label: r.say("waiting.meeting"), Hint: r.say("waiting.meeting_hint"), Kind: "select", Options: meetings, Value: chosen})
		at.add(recordField{Name: "note", Label: r.say("priorities.note"), Kind: "text"})
		settlement := begin("settlement", "waiting.settle", "waiting.settle_do")
		r.addDeciding(settlement, r.say("waiting.settle_hint"), anyDecision)
		r.addRuling(settlement)
	}
	var open []optionView
	for k, text := range d.FollowUps {
		if !d.Followed(k + 1) {
			open = append(open, optionView{Value: strconv.Itoa(k + 1), Label: text})
		}
	}
	if len(open) > 0 {
		done := begin("follow-ups", "waiting.follow_up", "waiting.follow_up_do")
		done.add(recordField{Name: "no", Label: r.say("waiting.which"), Kind: "select", Options: open, Required: true})
		done.add(recordField{Name: "note", Label: r.say("priorities.note"), Hint: r.say("waiting.note_hint"), Kind: "text"})
	}
	return forms
}

func (s *Server) scheduleDecision(r *request) (*done, error) {
	at := portfolio.MeetingID(r.form.int("meeting"))
	return r.changeDecision(func(tx *store.Tx, by portfolio.By, d *portfolio.Decision) (*portfolio.Decision, portfolio.Event, error) {
		return d.Schedule(tx.Portfolio(), by, at)
	})
}

// settleDecision settles what waited by a decision that is recorded, or that is recorded with it, and makes what that changes.
func (s *Server) settleDecision(r *request) (*done, error) {
	decision, of := r.form.decision(), r.form.ruling()
	return r.changeDecision(func(tx *store.Tx, by portfolio.By, d *portfolio.Decision) (*portfolio.Decision, portfolio.Event, error) {
		by, err := r.form.decided(tx, by, decision)
		if err != nil {
			return nil, portfolio.Event{}, err
		}
		next, e, err := d.Settle(tx.Portfolio(), by)
		if err != nil {
			return nil, portfolio.Event{}, err
		}
		return next, e, enact(tx, by, of)
	})
}

func (s *Server) followUpDecision(r *request) (*done, error) {
	no := int(min(max(r.form.int("no"), 0), 1_000_000))
	return r.changeDecision(func(_ *store.Tx, by portfolio.By, d *portfolio.Decision) (*portfolio.Decision, portfolio.Event, error) {
		return d.FollowUp(by, no)
	})
}

// changeDecision carries out a change of the decision that the address names, as it was seen.
func (r *request) changeDecision(change func(*store.Tx, portfolio.By, *portfolio.Decision) (*portfolio.Decision, portfolio.Event, error)) (*done, error) {
	id, err := pathID(r, portfolio.KindDecision)
	if err != nil {
		return nil, err
	}
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		d := tx.Portfolio().Decisions.Get(portfolio.DecisionID(id))
		if d == nil {
			return portfolio.Missing(portfolio.KindDecision, id)
		}
		if err := r.form.seen(d); err != nil {
			return err
		}
		next, e, err := change(tx, by, d)
		if err != nil {
			return err
		}
		tx.Save(next, e)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &done{location: "/decisions", seq: seq, resource: func(r *request) (*page, error) {
		return &page{View: r.decisionView(r.p.Decisions.Get(portfolio.DecisionID(id)))}, nil
	}}, nil
}

// fillWaiting tells what became of a decision after its meeting.
func (r *request) fillWaiting(v *decisionView, d *portfolio.Decision) {
	if on := r.p.TakenUpOn(d); on != 0 && d.Waits() {
		v.TakenUpOn, v.TakenUpWords = &on, r.say("waiting.taken_up", r.lang.Style.Date(on))
	}
	if d.Settled != nil {
		v.SettledBy = &d.Settled.Decision
		if by := r.p.Decisions.Ever(d.Settled.Decision); by != nil {
			v.Settled = &followedFrom{by.ID, by.Title, by.Case, r.link(fmt.Sprintf("/decisions#decision-%d", by.ID))}
		}
	}
	v.Done = make([]bool, len(d.FollowUps))
	for _, text := range d.FollowUps {
		v.Ordered = append(v.Ordered, orderedView{Text: text})
	}
	for _, f := range d.Done {
		v.Done[f.No-1] = true
		v.Ordered[f.No-1].Done = r.say("waiting.done", r.lang.Style.Date(store.DayOf(f.At)), f.Note)
	}
}
