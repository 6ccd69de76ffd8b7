package web

import (
	"fmt"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// settleEntry confirms a claim or sends it back.
func (s *Server) settleEntry(r *request) (*done, error) {
	verdict := r.form.get("settlement")
	if verdict != "accept" && verdict != "reject" {
		r.form.bad("settlement", "error.choice", verdict)
	}
	return r.onEntry(portfolio.SettleClaim, func(tx *store.Tx, by portfolio.By, e *portfolio.Entry) error {
		next, event, err := e.Settle(tx.Portfolio(), by, verdict == "accept")
		return save(tx, next, event, err)
	})
}

// reverseEntry takes a confirmed entry away by one of the opposite amounts.
func (s *Server) reverseEntry(r *request) (*done, error) {
	return r.onEntry(portfolio.ReverseEntry, func(tx *store.Tx, by portfolio.By, e *portfolio.Entry) error {
		id, err := tx.NextID(portfolio.KindEntry)
		if err != nil {
			return err
		}
		changes, err := e.Reverse(tx.Portfolio(), by, portfolio.EntryID(id))
		if err != nil {
			return err
		}
		tx.SaveAll(changes)
		return nil
	})
}

// onEntry carries out a change of the entry in the address, and leads to its page.
func (r *request) onEntry(action portfolio.Action, change func(*store.Tx, portfolio.By, *portfolio.Entry) error) (*done, error) {
	id, err := pathID(r, portfolio.KindEntry)
	if err != nil {
		return nil, err
	}
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		if err := allowed(tx, by, action, nil); err != nil {
			return err
		}
		e, err := tx.Entry(portfolio.EntryID(id))
		if err != nil {
			return err
		}
		if err := r.form.seen(e); err != nil {
			return err
		}
		return change(tx, by, e)
	})
	return &done{location: fmt.Sprintf("/entries/%d", id), seq: seq}, err
}
