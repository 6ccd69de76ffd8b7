package web

import (
	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/store"
)

// maxClaimed bounds the months of one claim: ten years.
const maxClaimed = 120

// claimNames are the form's names for what the verb calls otherwise.
var claimNames = map[string]string{"months": "from", "amount": "gross", "benefit": "gross"}

// readClaim reads what is claimed, without the gain that it is on.
func readClaim(f *form) portfolio.Entry {
	return portfolio.Entry{
		Months: claimedMonths(f), Note: f.get("note"),
		Evidence: portfolio.Evidence{Document: f.get("document"), Account: f.get("account"), Transfer: f.get("transfer")},
	}
}

// claimSaving reports what has been realized on a gain: an amount for a run of months, or a full year's for every month from one
// on, split over them to the øre. A claim adds to the ledger and changes no gain, so a version is held to only where the sender
// names the one it saw.
func (s *Server) claimSaving(r *request) (*done, error) {
	f, e := r.form, readClaim(r.form)
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
		return save(tx, next, event, renamed(err, claimNames))
	})
	if d != nil {
		d.created = true
	}
	return d, err
}

// previewClaim shows month by month what a claim would record, beside the form as it was filled in. Nothing is written, and
// what the claim would be refused for is refused here.
func (s *Server) previewClaim(r *request) (*done, error) {
	id, err := pathID(r, portfolio.KindBenefit)
	if err != nil {
		return nil, err
	}
	b := r.p.Benefits.Get(portfolio.BenefitID(id))
	if b == nil {
		return nil, portfolio.Missing(portfolio.KindBenefit, id)
	}
	if !r.may(portfolio.ClaimSaving, b) {
		return nil, &portfolio.Error{Kind: portfolio.Forbidden, Code: "error.forbidden", Args: []any{portfolio.ClaimSaving.String()}}
	}
	r.form.Action = claimHref(b.ID) // it is that form that is shown again
	e := readClaim(r.form)
	if err := r.form.err(); err != nil {
		return nil, err
	}
	e.Benefit = b.ID
	if _, _, err := portfolio.NewClaim(r.p, portfolio.By{User: r.user, Today: r.p.Today}, e); err != nil {
		return nil, renamed(err, claimNames)
	}
	pg, err := s.claimPage(r)
	return &done{show: pg}, err
}

// claimedMonths splits the amount over the months, gross and running apart.
func claimedMonths(f *form) []portfolio.MonthGain {
	from, to := f.month("from"), f.month("to")
	gross, running := claimedAmount(f, "gross", true), claimedAmount(f, "running", false)
	last, spread := "to", f.get("spread")
	switch spread {
	case "", "total": // the months are those from one to another
	case yearly:
		last, to = "through", throughMonth(f)
	default:
		f.bad("spread", "error.choice", spread)
	}
	if to == 0 {
		to = from
	}
	n := amount.Period{From: from, To: to + 1}.Len()
	switch {
	case from == 0 && f.Errors["from"] == "" && f.get("from") == "":
		f.bad("from", "error.required")
	case from != 0 && n == 0:
		f.bad(last, "error.period")
	case n > maxClaimed:
		f.bad(last, "error.too_many", maxClaimed)
	}
	if f.err() != nil {
		return nil
	}
	if spread == yearly {
		return portfolio.BudgetMonths(from, to, portfolio.Gain{Gross: gross, Running: running})
	}
	grosses, runnings := gross.Even(n), running.Even(n)
	months := make([]portfolio.MonthGain, n)
	for k := range months {
		months[k] = portfolio.MonthGain{Month: from + portfolio.Month(k), Gross: grosses[k], Running: runnings[k]}
	}
	return months
}

// throughMonth is the last month of the budget year that a budget change runs through.
func throughMonth(f *form) portfolio.Month {
	year := int(f.int("through"))
	switch {
	case f.get("through") == "":
		f.bad("through", "error.required")
	case year < 2000 || year > 2100:
		f.bad("through", "error.year")
	default:
		return amount.NewMonth(year, 12)
	}
	return 0
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
