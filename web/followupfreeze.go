package web

import (
	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/store"
)

// fillFreeze offers to freeze the figures, with what that closes said before anything is sent.
func (r *request) fillFreeze(v *followUpsView, all []frozenView, waiting []*portfolio.Entry) {
	day, name := r.dueFollowUp(all), ""
	if day != 0 {
		name = r.say("followups.proposed_name", day)
	}
	if r.form != nil { // what was typed decides, when the page is shown again
		sent := form{Values: r.form.Values}
		day = sent.date("date")
	}
	v.WouldClose = r.closing(day, waiting)
	f := r.record("freeze", "/follow-ups", r.say("followups.freeze"), r.say("followups.freeze_send"))
	f.add(recordField{Name: "date", Label: r.say("followups.date"), Hint: r.say("followups.date_hint"), Kind: "text", Value: dayText(day), Required: true})
	f.add(recordField{Name: "name", Label: r.say("followups.name"), Kind: "text", Value: name, Required: true})
	f.add(recordField{Name: "note", Label: r.say("requirements.note"), Kind: "text"})
	v.Form = f
}

// dayText is a day in a field, as the field's hint writes it; nothing for none.
func dayText(d portfolio.Date) string {
	if d == 0 {
		return ""
	}
	return amount.Danish.ShortDate(d)
}

// dueFollowUp is the latest day of the policy that has come and is later than all that are frozen; 0 where none is due.
func (r *request) dueFollowUp(frozen []frozenView) portfolio.Date {
	var last, due portfolio.Date
	for _, f := range frozen {
		last = max(last, f.Date)
	}
	for _, year := range [...]int{r.p.Today.Year() - 1, r.p.Today.Year()} {
		for _, day := range r.p.Policy.FollowUpDays(year) {
			if day <= r.p.Today && day > last {
				due = max(due, day)
			}
		}
	}
	return due
}

// previewFreeze shows what a day would close. Nothing is written.
func (s *Server) previewFreeze(r *request) (*done, error) {
	r.form.Action = "/follow-ups" // it is that form that is shown again
	if r.form.get("date") == "" {
		r.form.bad("date", "error.required")
	}
	r.form.date("date")
	if err := r.form.err(); err != nil {
		return nil, err
	}
	pg, err := s.followUps(r)
	if err != nil {
		return nil, err
	}
	pg.View.(*followUpsView).Asked = true
	return &done{show: pg}, nil
}

// freeze freezes the figures as they stand under a name, and closes the months that have ended by the day. A day is frozen
// once: its commentaries are by the day.
func (s *Server) freeze(r *request) (*done, error) {
	name, day := r.form.get("name"), r.form.date("date")
	var made portfolio.FollowUpID
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		for f := range tx.Portfolio().FollowUps.All() {
			if f.Date == day && day != 0 {
				return &portfolio.Error{Kind: portfolio.Invalid, Field: "date", Code: "followups.frozen_already", Args: []any{day, f.Name}}
			}
		}
		id, err := tx.NextID(portfolio.KindFollowUp)
		if err != nil {
			return err
		}
		made = portfolio.FollowUpID(id)
		next, e, err := portfolio.NewFollowUp(tx.Portfolio(), by, made, name, day)
		return save(tx, next, e, err)
	})
	return &done{location: "/follow-ups", created: true, seq: seq, resource: func(r *request) (*page, error) {
		all, err := r.frozenViews()
		if err != nil {
			return nil, err
		}
		for _, f := range all {
			if f.ID == made {
				return &page{View: f}, nil
			}
		}
		return nil, portfolio.Missing(portfolio.KindFollowUp, int64(made))
	}}, err
}
