package web

import (
	"fmt"
	"slices"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/store"
)

// entryView is one line of the ledger: what was claimed for which months, by whom, and what Finance said.
type entryView struct {
	ID      portfolio.EntryID     `json:"id"`
	Version int64                 `json:"version"`
	Benefit portfolio.BenefitID   `json:"benefit_id"`
	Title   string                `json:"benefit"`
	From    portfolio.Month       `json:"from"`
	To      portfolio.Month       `json:"to"`
	Months  []portfolio.MonthGain `json:"months"`
	Gross   ore                   `json:"gross_ore"`
	Running ore                   `json:"running_ore"`
	Net     ore                   `json:"net_ore"`
	State   portfolio.EntryState  `json:"state"`

	ClaimedBy   string         `json:"claimed_by"`
	ClaimedOn   portfolio.Date `json:"claimed_on"`
	SettledBy   string         `json:"settled_by,omitempty"`
	SettledOn   portfolio.Date `json:"settled_on,omitempty"`
	SettledNote string         `json:"settlement_note,omitempty"`

	Document   string            `json:"document,omitempty"`
	Account    string            `json:"account,omitempty"`
	Transfer   string            `json:"transfer,omitempty"`
	Note       string            `json:"note,omitempty"`
	Reverses   portfolio.EntryID `json:"reverses,omitempty"`
	ReversedBy portfolio.EntryID `json:"reversed_by,omitempty"`
	Example    bool              `json:"example"`

	// Span says the months in words.
	Span        string    `json:"-"`
	BenefitHref string    `json:"-"`
	Settle      *formView `json:"-"`
	Reverse     *formView `json:"-"`
	entry       *portfolio.Entry
}

// maxEntries bounds the entries of one page.
const maxEntries = 1000

// entriesOf reads the entries of some gains at once, the latest first.
func (r *request) entriesOf(benefits []*portfolio.Benefit) ([]entryView, error) {
	ids := make([]portfolio.BenefitID, len(benefits))
	titles := make(map[portfolio.BenefitID]string, len(benefits))
	for k, b := range benefits {
		ids[k], titles[b.ID] = b.ID, b.Title
	}
	entries, err := r.s.Store.Entries(r.Context(), r.p, store.EntryFilter{Benefits: ids, Limit: maxEntries})
	if err != nil {
		return nil, err
	}
	list := make([]entryView, len(entries))
	for k, e := range entries {
		list[k] = r.entryView(e, titles[e.Benefit])
	}
	slices.Reverse(list)
	return list, nil
}

func (r *request) entryView(e *portfolio.Entry, title string) entryView {
	total := e.Total()
	v := entryView{
		ID: e.ID, Version: e.Version, Benefit: e.Benefit, Title: title, From: e.Months[0].Month, To: e.Months[len(e.Months)-1].Month,
		Months: e.Months, Gross: exactly(total.Gross), Running: exactly(total.Running), Net: exactly(total.Net()), State: e.State(),
		ClaimedBy: r.name(e.Claim.By), ClaimedOn: store.DayOf(e.Claim.At), Document: e.Evidence.Document, Account: e.Evidence.Account,
		Transfer: e.Evidence.Transfer, Note: e.Note, Reverses: e.Reverses, ReversedBy: e.ReversedBy, Example: e.AnyExample(), entry: e,
	}
	v.Span, v.BenefitHref = r.months(v.From, v.To), r.link(fmt.Sprintf("/benefits/%d", e.Benefit))
	if s := e.Settled; s != nil {
		v.SettledBy, v.SettledOn, v.SettledNote = r.name(s.By), store.DayOf(s.At), s.Note
	}
	return v
}

// fillEntries reads the ledger of the initiative, and offers Finance to settle and reverse.
func (r *request) fillEntries(i *portfolio.Initiative, v *initiativeView) (err error) {
	if v.Entries, err = r.entriesOf(r.p.BenefitsOf(i.ID)); err != nil {
		return err
	}
	for k := range v.Entries {
		e := &v.Entries[k]
		waiting, standing := e.State == portfolio.Claimed, e.State == portfolio.Confirmed && e.Reverses == 0
		if address := fmt.Sprintf("/entries/%d/settlement", e.ID); (waiting && r.maySettle(portfolio.SettleClaim, e.entry)) || r.sent(address) {
			f := r.offer("settle", fmt.Sprintf("settle-%d", e.ID), address, e.entry)
			f.Intro = r.entryWords(e)
			f.Verdict = true
			f.area("note", "")
			v.place(&e.Settle, f)
		}
		if address := fmt.Sprintf("/entries/%d/reversal", e.ID); (standing && r.maySettle(portfolio.ReverseEntry, e.entry)) || r.sent(address) {
			f := r.offer("reverse", fmt.Sprintf("reverse-%d", e.ID), address, e.entry)
			f.Intro = r.entryWords(e)
			f.area("note", "")
			v.place(&e.Reverse, f)
		}
	}
	return nil
}

// entryWords names an entry in a form of its own.
func (r *request) entryWords(e *entryView) string {
	return r.say("initiatives.entry_words", int64(e.ID), e.Title, e.Span, e.Net.Ore, e.ClaimedBy)
}

// months says a run of months, or the one.
func (r *request) months(from, to portfolio.Month) string {
	if from == to {
		return r.lang.Style.ShortMonth(from)
	}
	return r.lang.Style.ShortMonth(from) + " – " + r.lang.Style.ShortMonth(to)
}

// maySettle tells whether to offer Finance's word: nobody is offered his own claim or gain. The verb asks the same.
func (r *request) maySettle(action portfolio.Action, e *portfolio.Entry) bool {
	if !r.may(action, nil) || e.Claim.By == r.user.ID {
		return false
	}
	b := r.p.Benefits.Ever(e.Benefit)
	i := r.p.Initiatives.Ever(b.Initiative)
	return r.user.ID != i.ProjectOwner && r.user.ID != ownerOf(b, i)
}

// proposal is what a claim is filled in with: the planned effect of the first run of months that have passed, are open, and
// have neither a claimed nor a confirmed entry.
func (r *request) proposal(b *portfolio.Benefit) (months amount.Period, gain portfolio.Gain) {
	for m := max(b.From, r.p.OpenFrom()); b.From != 0 && m < portfolio.Ended(r.p.Today); m++ {
		if own := b.Monthly(m); !r.p.Reported(b.ID, m) && own != (portfolio.Gain{}) {
			if months.From == 0 {
				months.From = m
			}
			months.To, gain = m+1, gain.Plus(own)
			continue
		}
		if months.From != 0 {
			break
		}
	}
	return months, gain
}

// claimFields are the inputs of a claim, filled in with what is planned.
func (r *request) claimFields(f *formView, b *portfolio.Benefit) {
	f.Title = r.say("initiatives.form.claim_on", b.Title)
	months, gain := r.proposal(b)
	var gross, running amount.Figure
	if months.From != 0 {
		gross, running = amount.Exactly(gain.Gross), amount.Exactly(gain.Running)
		f.Intro = r.say("initiatives.form.claim_proposed", r.months(months.From, months.To-1))
	}
	f.month("from", months.From)
	f.month("to", max(months.To-1, 0))
	f.figure("gross", gross)
	f.figure("running", running)
	account := ""
	if b.Cash != nil {
		account = b.Cash.Account
	}
	f.text("document", "")
	f.text("account", account)
	f.text("transfer", "")
	f.area("note", "")
}
