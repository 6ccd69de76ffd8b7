package portfolio

import (
	"slices"

	"gevinst/portfolio/amount"
)

// EntryState is what has become of a ledger entry.
type EntryState uint8

// The states of an entry. Only a confirmed one counts; a reversed one stays confirmed and its reversal takes it away.
const (
	Claimed EntryState = iota + 1
	Confirmed
	Rejected
	Reversed
)

var entryStates = names[EntryState]{"claimed", "confirmed", "rejected", "reversed"}

func (s EntryState) String() string                { return entryStates.code(s) }
func (s EntryState) MarshalText() ([]byte, error)  { return entryStates.text(s) }
func (s *EntryState) UnmarshalText(b []byte) error { return entryStates.parse(b, s) }

// EntryStates lists the states.
func EntryStates() []EntryState { return entryStates.all() }

// MonthGain is an entry's part in one month, in øre; it may be negative.
type MonthGain struct {
	Month   Month        `json:"month"`
	Gross   amount.Money `json:"gross_ore"`
	Running amount.Money `json:"running_ore,omitempty"`
}

// Gain gives the two parts.
func (m MonthGain) Gain() Gain { return Gain{m.Gross, m.Running} }

// Evidence is by which document, where, and how the budget was cut.
type Evidence struct {
	Document string `json:"document,omitempty"`
	Account  string `json:"account,omitempty"`
	Transfer string `json:"transfer,omitempty"`
}

// Claim says who reported an entry, and when.
type Claim struct {
	By UserID  `json:"by"`
	At Instant `json:"at"`
}

// Settlement is Finance's word on an entry.
type Settlement struct {
	Accepted bool    `json:"accepted"`
	By       UserID  `json:"by"`
	At       Instant `json:"at"`
	Note     string  `json:"note,omitempty"`
}

// Entry is one budget change, or one saving, on a benefit (gevinstregistrering). Its months and amounts never change.
type Entry struct {
	ID       EntryID     `json:"id"`
	Benefit  BenefitID   `json:"benefit"`
	Months   []MonthGain `json:"months"`
	Evidence Evidence    `json:"evidence,omitzero"`
	Note     string      `json:"note,omitempty"`
	Claim    Claim       `json:"claim"`
	Settled  *Settlement `json:"settled,omitempty"`
	// Reverses names the entry that this one takes away; ReversedBy the one that takes this away.
	Reverses   EntryID `json:"reverses,omitempty"`
	ReversedBy EntryID `json:"reversed_by,omitempty"`
	Meta
}

func (e *Entry) Kind() Kind { return KindEntry }
func (e *Entry) Key() int64 { return int64(e.ID) }

// State follows from what has been recorded.
func (e *Entry) State() EntryState {
	switch {
	case e.ReversedBy != 0:
		return Reversed
	case e.Settled == nil:
		return Claimed
	case e.Settled.Accepted:
		return Confirmed
	}
	return Rejected
}

// Total is the entry's sum over its months.
func (e *Entry) Total() Gain {
	var g Gain
	for _, m := range e.Months {
		g = g.Plus(m.Gain())
	}
	return g
}

// maxMonths bounds an entry: ten years.
const maxMonths = 120

// NewClaim reports what has been realized on a benefit, month by month. Months that a budget follow-up has closed,
// and gains without kroner, are refused.
func NewClaim(p *Portfolio, by By, e Entry) (*Entry, Event, error) {
	b := p.Benefits.Get(e.Benefit)
	if b == nil {
		return nil, Event{}, Missing(KindBenefit, e.Benefit)
	}
	if err := by.may(ClaimSaving, p.relationTo(b)); err != nil {
		return nil, Event{}, err
	}
	no := e.refuseMonths(p)
	if b.Cash == nil {
		no = append(no, invalid("benefit", "error.kroner_not_here", b.Type))
	}
	if len(no) == 0 {
		no = append(no, e.refuseCaps(p, b)...)
	}
	no = append(no, refuseText("document", e.Evidence.Document, 200, false)...)
	no = append(no, refuseText("account", e.Evidence.Account, 200, false)...)
	no = append(no, refuseText("transfer", e.Evidence.Transfer, 200, false)...)
	no = append(no, refuseText("note", e.Note, 4000, false)...)
	if len(no) > 0 {
		return nil, Event{}, no
	}
	e.Months = slices.Clone(e.Months)
	slices.SortFunc(e.Months, func(a, b MonthGain) int { return int(a.Month - b.Month) })
	e.Claim = Claim{By: by.User.ID, At: by.At}
	e.Settled, e.Reverses, e.ReversedBy = nil, 0, 0
	e.Meta = newMeta(by)
	if b.Example() { // what is claimed on an invented benefit is invented too
		e.Sources = Sources{"": b.Sources.Of("")}
	}
	return &e, by.event("entry.claim"), nil
}

func (e *Entry) refuseMonths(p *Portfolio) Refusals {
	if len(e.Months) == 0 {
		return Refusals{invalid("months", "error.required")}
	}
	if len(e.Months) > maxMonths {
		return Refusals{invalid("months", "error.too_many", maxMonths)}
	}
	open := p.OpenFrom()
	seen := make(map[Month]bool, len(e.Months))
	var sum Gain
	for _, m := range e.Months {
		switch {
		case m.Month.Year() < 2000 || m.Month.Year() > 2100:
			return Refusals{invalid("months", "error.month")}
		case seen[m.Month]:
			return Refusals{invalid("months", "error.month_twice", m.Month)}
		case m.Month < open:
			return Refusals{invalid("months", "error.month_closed", m.Month)}
		case m.Gain() == Gain{}:
			return Refusals{invalid("amount", "error.required")}
		case m.Gross > amount.Max || m.Gross < -amount.Max || m.Running > amount.Max || m.Running < -amount.Max:
			return Refusals{invalid("amount", "error.too_large")}
		}
		seen[m.Month] = true
		sum = sum.Plus(m.Gain())
	}
	if sum.Gross > amount.Max || sum.Gross < -amount.Max || sum.Running > amount.Max || sum.Running < -amount.Max {
		return Refusals{invalid("amount", "error.too_large")} // or a handful of entries would run over
	}
	return nil
}

// independent refuses a controller who claimed the entry or owns the benefit: nobody confirms his own.
func (e *Entry) independent(p *Portfolio, by By) error {
	if e.Claim.By == by.User.ID {
		return &Error{Kind: Forbidden, Code: "error.own_claim"}
	}
	if p.relationTo(e).owns(by.User.ID) {
		return &Error{Kind: Forbidden, Code: "error.own_benefit"}
	}
	return nil
}

// Settle confirms or rejects a claim. Rejecting needs a note, which is the act's.
func (e *Entry) Settle(p *Portfolio, by By, accept bool) (*Entry, Event, error) {
	if err := by.may(SettleClaim, relation{}); err != nil {
		return nil, Event{}, err
	}
	if err := e.independent(p, by); err != nil {
		return nil, Event{}, err
	}
	if e.Settled != nil {
		return nil, Event{}, &Error{Kind: Conflict, Code: "error.settled", Args: []any{e.State()}}
	}
	if !accept {
		if no := refuseText("note", by.Note, 4000, true); no != nil {
			return nil, Event{}, no
		}
	}
	if accept {
		for _, m := range e.Months {
			if m.Month < p.OpenFrom() {
				return nil, Event{}, invalid("", "error.month_closed", m.Month)
			}
		}
	}
	next := *e
	next.Settled = &Settlement{Accepted: accept, By: by.User.ID, At: by.At, Note: by.Note}
	verb := Verb("entry.confirm")
	if !accept {
		verb = "entry.reject"
	}
	return &next, by.event(verb), nil
}

// Reverse takes a confirmed entry away by a new one with the opposite amounts, which is confirmed at once; the reason is
// the act's note. A closed month may be reversed in: what was frozen under a name stays frozen there.
func (e *Entry) Reverse(p *Portfolio, by By, id EntryID) ([]Change, error) {
	if err := by.may(ReverseEntry, relation{}); err != nil {
		return nil, err
	}
	if err := e.independent(p, by); err != nil {
		return nil, err
	}
	if e.State() != Confirmed || e.Reverses != 0 {
		return nil, &Error{Kind: Conflict, Code: "error.not_reversible", Args: []any{e.State()}}
	}
	if no := refuseText("note", by.Note, 4000, true); no != nil {
		return nil, no
	}
	was := *e
	was.ReversedBy = id
	r := Entry{
		ID: id, Benefit: e.Benefit, Evidence: e.Evidence, Note: by.Note, Reverses: e.ID,
		Claim:   Claim{By: by.User.ID, At: by.At},
		Settled: &Settlement{Accepted: true, By: by.User.ID, At: by.At, Note: by.Note},
		Meta:    Meta{Sources: e.Sources},
	}
	for _, m := range e.Months {
		r.Months = append(r.Months, MonthGain{m.Month, -m.Gross, -m.Running})
	}
	return []Change{{&was, by.event("entry.reverse")}, {&r, by.event("entry.record_reversal")}}, nil
}
