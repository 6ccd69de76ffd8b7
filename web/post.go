package web

import (
	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// maxNote bounds the reason that goes with a change, in bytes.
const maxNote = 4000

// write carries out a form: the domain decides in one transaction, and nothing is written of a form that could not be read. It
// gives the number of the write's last event.
func (r *request) write(change func(tx *store.Tx, by portfolio.By) error) (int64, error) {
	return r.writeBy(follows, change)
}

// carryOut carries out a form whose verb itself asks for the decision that it follows from: whoever may do what was decided
// need not be one who records decisions.
func (r *request) carryOut(change func(tx *store.Tx, by portfolio.By) error) (int64, error) {
	return r.writeBy(func(*store.Tx, portfolio.By, portfolio.DecisionID) error { return nil }, change)
}

func (r *request) writeBy(rule func(*store.Tx, portfolio.By, portfolio.DecisionID) error, change func(tx *store.Tx, by portfolio.By) error) (int64, error) {
	note, decision := r.form.get("note"), portfolio.DecisionID(r.form.int("decision"))
	if len(note) > maxNote {
		r.form.bad("note", "error.too_long", maxNote)
	}
	unread := r.form.err()
	receipt, err := r.s.Store.Write(r.Context(), func(tx *store.Tx) error {
		by := tx.By(r.user.ID, note)
		err := rule(tx, by, decision)
		if err == nil {
			by.Decision = decision
			err = change(tx, by)
		}
		if unread != nil && !portfolio.Is(err, portfolio.Forbidden) {
			return unread // the domain was asked about half a form: only whether the sender may counts of its answer
		}
		return err
	})
	return receipt.Last, err
}

// follows refuses to lay a change at the door of a decision that there is not, or by somebody who records none: a decision's
// page shows what it led to.
func follows(tx *store.Tx, by portfolio.By, d portfolio.DecisionID) error {
	switch {
	case d == 0:
		return nil
	case !tx.Portfolio().May(by.User, portfolio.RecordDecision, nil):
		return &portfolio.Error{Kind: portfolio.Forbidden, Code: "error.forbidden", Args: []any{portfolio.RecordDecision.String()}}
	case tx.Portfolio().Decisions.Get(d) == nil:
		return &portfolio.Error{Kind: portfolio.Invalid, Field: "decision", Code: "error.unknown_decision"}
	}
	return nil
}

// notice says what the write that led here did.
func (r *request) notice() (string, error) {
	f := form{Values: r.query}
	seq := f.int("saved")
	if seq <= 0 || seq > r.p.Seq || f.err() != nil {
		return "", nil
	}
	events, err := r.s.Store.Events(r.Context(), r.p, store.EventFilter{After: seq - 1, Before: seq + 1, Limit: 1})
	if err != nil || len(events) == 0 {
		return "", err
	}
	said, err := r.sentences(events)
	if err != nil {
		return "", err
	}
	return r.say("notice.saved", said[0].Who, said[0].Text), nil
}
