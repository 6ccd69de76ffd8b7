package web

import (
	"fmt"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/store"
)

// maxClaimed bounds the months of one claim: ten years.
const maxClaimed = 120

// claimSaving reports what has been realized on a gain: an amount for a run of months, split over them to the øre. A claim adds
// to the ledger and changes no gain, so a version is held to only where the sender names the one it saw.
func (s *Server) claimSaving(r *request) (*done, error) {
	f := r.form
	e := portfolio.Entry{
		Months: claimedMonths(f), Note: f.get("note"),
		Evidence: portfolio.Evidence{Document: f.get("document"), Account: f.get("account"), Transfer: f.get("transfer")},
	}
	d, err := r.onBenefit(portfolio.ClaimSaving, func(tx *store.Tx, by portfolio.By, b *portfolio.Benefit) error {
		if err := seenIfSent(f, b); err != nil {
			return err
		}
		id, err := tx.NextID(portfolio.KindEntry)
		if err != nil {
			return err
		}
		e.ID, e.Benefit = portfolio.EntryID(id), b.ID
		next, event, err := portfolio.NewClaim(tx.Portfolio(), by, e)
		return save(tx, next, event, renamed(err, map[string]string{"months": "from", "amount": "gross", "benefit": "gross"}))
	})
	if d != nil {
		d.created = true
	}
	return d, err
}

// claimedMonths splits the amount over the months, gross and running apart.
func claimedMonths(f *form) []portfolio.MonthGain {
	from, to := f.month("from"), f.month("to")
	gross, running := claimedAmount(f, "gross", true), claimedAmount(f, "running", false)
	if to == 0 {
		to = from
	}
	n := amount.Period{From: from, To: to + 1}.Len()
	switch {
	case from == 0 && f.Errors["from"] == "" && f.get("from") == "":
		f.bad("from", "error.required")
	case from != 0 && n == 0:
		f.bad("to", "error.period")
	case n > maxClaimed:
		f.bad("to", "error.too_many", maxClaimed)
	}
	if f.err() != nil {
		return nil
	}
	grosses, runnings := gross.Even(n), running.Even(n)
	months := make([]portfolio.MonthGain, n)
	for k := range months {
		months[k] = portfolio.MonthGain{Month: from + portfolio.Month(k), Gross: grosses[k], Running: runnings[k]}
	}
	return months
}

// claimedAmount reads an amount that has been realized, and so is known to the øre.
func claimedAmount(f *form, name string, required bool) amount.Money {
	unread := len(f.unread)
	v := figureOrOre(f, name)
	switch {
	case len(f.unread) > unread:
	case !v.Known && required:
		f.bad(name, "error.required")
	case v.Approximate:
		f.bad(name, "error.figure.not_a_figure", f.get(name), "")
	}
	return v.Ore
}

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

// onEntry carries out a change of the entry in the address, and leads to its initiative's page.
func (r *request) onEntry(action portfolio.Action, change func(*store.Tx, portfolio.By, *portfolio.Entry) error) (*done, error) {
	id, err := pathID(r, portfolio.KindEntry)
	if err != nil {
		return nil, err
	}
	var of portfolio.InitiativeID
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		if err := allowed(tx, by, action, nil); err != nil {
			return err
		}
		e, err := tx.Entry(portfolio.EntryID(id))
		if err != nil {
			return err
		}
		of = tx.Portfolio().Benefits.Ever(e.Benefit).Initiative
		if err := r.form.seen(e); err != nil {
			return err
		}
		return change(tx, by, e)
	})
	return &done{location: fmt.Sprintf("/initiatives/%d", of), seq: seq}, err
}

// entryInitiative is the page that an entry's forms stand on.
func (s *Server) entryInitiative(r *request) (*page, error) {
	id, err := pathID(r, portfolio.KindEntry)
	if err != nil {
		return nil, err
	}
	list, err := r.s.Store.Entries(r.Context(), r.p, store.EntryFilter{After: portfolio.EntryID(id) - 1, Limit: 1})
	if err != nil {
		return nil, err
	}
	if len(list) == 0 || list[0].ID != portfolio.EntryID(id) {
		return nil, portfolio.Missing(portfolio.KindEntry, id)
	}
	return r.initiativePage(r.p.Benefits.Ever(list[0].Benefit).Initiative)
}
