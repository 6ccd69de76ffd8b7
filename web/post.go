package web

import (
	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// write carries out a form: what could not be read is refused before anything is decided, then the domain decides in one
// transaction. It gives the number of the write's last event.
func (r *request) write(change func(tx *store.Tx, by portfolio.By) error) (int64, error) {
	if err := r.form.err(); err != nil {
		return 0, err
	}
	receipt, err := r.s.Store.Write(r.Context(), func(tx *store.Tx) error {
		by := tx.By(r.user.ID, r.form.get("note"))
		by.Decision = portfolio.DecisionID(r.form.int("decision"))
		return change(tx, by)
	})
	return receipt.Last, err
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
