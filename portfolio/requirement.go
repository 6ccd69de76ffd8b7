package portfolio

import (
	"slices"

	"gevinst/portfolio/amount"
)

// LineKind is what a line does in a requirement.
type LineKind uint8

// The kinds. All add to the requirement, save what is already realized, which is taken off it.
const (
	Base LineKind = iota + 1
	CarriedOver
	AlreadyRealized
	EarlierYears
	Adjustment
)

var lineKinds = names[LineKind]{"base", "carried_over", "already_realized", "earlier_years", "adjustment"}

func (k LineKind) String() string                { return lineKinds.code(k) }
func (k LineKind) MarshalText() ([]byte, error)  { return lineKinds.text(k) }
func (k *LineKind) UnmarshalText(b []byte) error { return lineKinds.parse(b, k) }

// Permanence is whether an amount comes back every year.
type Permanence uint8

// An amount is permanent, one-off, or the source does not say.
const (
	NotStated Permanence = iota + 1
	Permanent
	OneOff
)

var permanences = names[Permanence]{"not_stated", "permanent", "one_off"}

func (k Permanence) String() string                { return permanences.code(k) }
func (k Permanence) MarshalText() ([]byte, error)  { return permanences.text(k) }
func (k *Permanence) UnmarshalText(b []byte) error { return permanences.parse(b, k) }

// Line is one cited part of a requirement.
type Line struct {
	Kind       LineKind      `json:"kind"`
	Label      string        `json:"label"`
	Amount     amount.Figure `json:"amount"`
	Permanence Permanence    `json:"permanence"`
	Source     Source        `json:"source,omitzero"`
	// Reading splits the line as it may be read, where the total alone is stated. It is shown under the line
	// and never added.
	Reading []Line `json:"reading,omitempty"`
}

// Requirement is what a programme must deliver in a year (budgetreduktionskrav), built of cited lines.
type Requirement struct {
	ID        RequirementID `json:"id"`
	Programme ProgrammeID   `json:"programme"`
	Year      int           `json:"year"`
	Lines     []Line        `json:"lines"`
	// StatedNet is the net requirement where a document states it; it must agree with the lines.
	StatedNet amount.Figure `json:"stated_net,omitzero"`
	NetSource Source        `json:"net_source,omitzero"`
	Notes     []Note        `json:"notes,omitempty"`
	Meta
}

func (r *Requirement) Kind() Kind { return KindRequirement }
func (r *Requirement) Key() int64 { return int64(r.ID) }

// Gross is K: base, carried over, full-year effect of earlier years and adjustments.
func (r *Requirement) Gross() amount.Figure {
	return r.sum(func(k LineKind) bool { return k != AlreadyRealized })
}

// Realized is what is already realized and taken off; zero where the requirement names none.
func (r *Requirement) Realized() amount.Figure {
	return r.sum(func(k LineKind) bool { return k == AlreadyRealized })
}

// Net is N = K - already realized. It is approximate when a part is, unless a document states it without "ca.".
func (r *Requirement) Net() amount.Figure {
	if r == nil {
		return amount.Figure{}
	}
	if r.StatedNet.Known {
		return r.StatedNet
	}
	k, done := r.Gross(), r.Realized()
	if !k.Known || !done.Known {
		return amount.Figure{}
	}
	return amount.Figure{Ore: k.Ore - done.Ore, Known: true, Approximate: k.Approximate || done.Approximate}
}

// sum adds the lines of the kinds; one unknown line makes the sum unknown, for a requirement is not a lower bound.
func (r *Requirement) sum(of func(LineKind) bool) amount.Figure {
	if r == nil || len(r.Lines) == 0 {
		return amount.Figure{}
	}
	f := amount.Exactly(0)
	for _, l := range r.Lines {
		if !of(l.Kind) {
			continue
		}
		if !l.Amount.Known {
			return amount.Figure{}
		}
		f.Ore += l.Amount.Ore
		f.Approximate = f.Approximate || l.Amount.Approximate
	}
	return f
}

// Approximate reports that a line is.
func (r *Requirement) Approximate() bool {
	return r != nil && slices.ContainsFunc(r.Lines, func(l Line) bool { return l.Amount.Approximate })
}

func (r *Requirement) refuse(p *Portfolio) error {
	var no Refusals
	if p.Programmes.Get(r.Programme) == nil {
		no = append(no, invalid("programme", "error.unknown_programme"))
	}
	if r.Year < 2000 || r.Year > 2100 {
		no = append(no, invalid("year", "error.year"))
	}
	if o := p.Requirement(r.Programme, r.Year); o != nil && o.ID != r.ID {
		no = append(no, invalid("year", "error.taken", r.Year))
	}
	for _, l := range r.Lines {
		if l.Kind == 0 || l.Permanence == 0 {
			no = append(no, invalid("lines", "error.required"))
		}
		if l.Amount.Ore > amount.Max || l.Amount.Ore < -amount.Max {
			no = append(no, invalid("lines", "error.too_large"))
		}
	}
	if r.StatedNet.Known {
		k, done := r.Gross(), r.Realized()
		if !k.Known || !done.Known || k.Ore-done.Ore != r.StatedNet.Ore {
			no = append(no, invalid("stated_net", "error.net_disagrees"))
		}
	}
	return no.Or()
}

// NewRequirement sets what a programme must deliver in a year.
func NewRequirement(p *Portfolio, by By, r Requirement) (*Requirement, Event, error) {
	if err := by.may(EditRequirement, relation{}); err != nil {
		return nil, Event{}, err
	}
	if err := r.refuse(p); err != nil {
		return nil, Event{}, err
	}
	r.Meta = newMeta(by)
	return &r, by.event("requirement.create"), nil
}

// Edit changes the lines of a requirement.
func (r *Requirement) Edit(p *Portfolio, by By, lines []Line, statedNet amount.Figure) (*Requirement, Event, error) {
	if err := by.may(EditRequirement, relation{}); err != nil {
		return nil, Event{}, err
	}
	next := *r
	next.Lines, next.StatedNet = lines, statedNet
	if err := next.refuse(p); err != nil {
		return nil, Event{}, err
	}
	next.touch(by, "lines")
	return &next, by.event("requirement.edit"), nil
}
