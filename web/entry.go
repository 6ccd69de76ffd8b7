package web

import (
	"fmt"

	"gevinst/portfolio"
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

	// Span says the months in words, Href is the entry's own page.
	Span        string `json:"-"`
	Href        string `json:"-"`
	BenefitHref string `json:"-"`
	entry       *portfolio.Entry
}

// maxEntries bounds the entries that a page of something else shows: the latest, and the way to all.
const maxEntries = 50

// entriesOf reads the latest entries of some gains at once, and gives the address of all where those are not: more narrows the
// list of entries to the same.
func (r *request) entriesOf(benefits []*portfolio.Benefit, more string) (list []entryView, all string, err error) {
	ids := make([]portfolio.BenefitID, len(benefits))
	for k, b := range benefits {
		ids[k] = b.ID
	}
	entries, err := r.s.Store.EntryPage(r.Context(), r.p, store.EntryFilter{Benefits: ids, Latest: true, Limit: maxEntries})
	if err != nil {
		return nil, "", err
	}
	if entries.Beyond {
		all = r.link("/entries?" + more)
	}
	return r.entryViews(entries.Entries), all, nil
}

func (r *request) entryViews(entries []*portfolio.Entry) []entryView {
	list := make([]entryView, len(entries))
	for k, e := range entries {
		list[k] = r.entryView(e)
	}
	return list
}

func (r *request) entryView(e *portfolio.Entry) entryView {
	total, title := e.Total(), ""
	if b := r.p.Benefits.Ever(e.Benefit); b != nil {
		title = b.Title
	}
	v := entryView{
		ID: e.ID, Version: e.Version, Benefit: e.Benefit, Title: title, From: e.Months[0].Month, To: e.Months[len(e.Months)-1].Month,
		Months: e.Months, Gross: exactly(total.Gross), Running: exactly(total.Running), Net: exactly(total.Net()), State: e.State(),
		ClaimedBy: r.name(e.Claim.By), ClaimedOn: store.DayOf(e.Claim.At), Document: e.Evidence.Document, Account: e.Evidence.Account,
		Transfer: e.Evidence.Transfer, Note: e.Note, Reverses: e.Reverses, ReversedBy: e.ReversedBy, Example: e.AnyExample(), entry: e,
	}
	v.Span, v.BenefitHref = r.months(v.From, v.To), r.link(fmt.Sprintf("/benefits/%d", e.Benefit))
	v.Href = r.link(fmt.Sprintf("/entries/%d", e.ID))
	if s := e.Settled; s != nil {
		v.SettledBy, v.SettledOn, v.SettledNote = r.name(s.By), store.DayOf(s.At), s.Note
	}
	return v
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
	return r.may(action, nil) && r.notMine(e) == ""
}

// notMine is the code of the reason why an entry is somebody else's to settle, "" where it is not.
func (r *request) notMine(e *portfolio.Entry) string {
	switch b := r.p.Benefits.Ever(e.Benefit); {
	case e.Claim.By == r.user.ID:
		return "error.own_claim"
	case r.owns(b):
		return "error.own_benefit"
	}
	return ""
}

// owns reports that the reader answers for the gain, or for the work that is to bring it.
func (r *request) owns(b *portfolio.Benefit) bool {
	i := r.p.Initiatives.Ever(b.Initiative)
	return r.user.ID == i.ProjectOwner || r.user.ID == ownerOf(b, i)
}
