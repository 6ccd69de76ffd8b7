package portfolio

import (
	"slices"

	"gevinst/portfolio/amount"
)

// AlterationKind is what a scenario does to the portfolio.
type AlterationKind uint8

// An initiative's effect is moved by months, later or earlier; it is dropped; a gain's amount is changed; a requirement is; a year that
// asks nothing yet is supposed to ask something.
const (
	Shift AlterationKind = iota + 1
	Drop
	ChangeAmount
	ChangeRequirement
	SupposeRequirement
)

var alterationKinds = names[AlterationKind]{"shift", "drop", "change_amount", "change_requirement", "suppose_requirement"}

func (k AlterationKind) String() string                { return alterationKinds.code(k) }
func (k AlterationKind) MarshalText() ([]byte, error)  { return alterationKinds.text(k) }
func (k *AlterationKind) UnmarshalText(b []byte) error { return alterationKinds.parse(b, k) }

// AlterationKinds lists them.
func AlterationKinds() []AlterationKind { return alterationKinds.all() }

// Alteration is one thing that a scenario does otherwise.
type Alteration struct {
	Kind       AlterationKind `json:"kind"`
	Initiative InitiativeID   `json:"initiative,omitempty"`
	Benefit    BenefitID      `json:"benefit,omitempty"`
	Programme  ProgrammeID    `json:"programme,omitempty"`
	Year       int            `json:"year,omitempty"`
	// Months is how far a shift moves: above 0 later, below 0 earlier (bringing forward). From is the month that stood there when it was
	// written; the shift is to the month that the two give, wherever the plan has moved meanwhile. 0 is a shift of before that was kept.
	Months int   `json:"months,omitempty"`
	From   Month `json:"from,omitempty"`
	// Amount is a gain's new full-year saving, what is added to a requirement, or a supposed requirement, in øre.
	Amount amount.Figure `json:"amount,omitzero"`
}

func (a Alteration) refuse(p *Portfolio, field string) (no Refusals) {
	switch a.Kind {
	case Shift:
		if a.Months == 0 || a.Months > 60 || a.Months < -60 {
			no = append(no, invalid(field+".months", "error.shift", 60))
		}
		fallthrough
	case Drop:
		if p.Initiatives.Get(a.Initiative) == nil {
			no = append(no, invalid(field+".initiative", "error.unknown_initiative"))
		}
	case ChangeAmount:
		if b := p.Benefits.Get(a.Benefit); b == nil || b.Cash == nil {
			no = append(no, invalid(field+".benefit", "error.unknown_benefit"))
		}
	case ChangeRequirement, SupposeRequirement:
		no = append(no, a.refuseYear(p, field)...)
	default:
		no = append(no, invalid(field+".kind", "error.required"))
	}
	if a.Kind >= ChangeAmount {
		if !a.Amount.Known {
			no = append(no, invalid(field+".amount", "error.required"))
		}
		if a.Amount.Ore > amount.Max || a.Amount.Ore < -amount.Max {
			no = append(no, invalid(field+".amount", "error.too_large"))
		}
	}
	return no
}

func (a Alteration) refuseYear(p *Portfolio, field string) Refusals {
	if p.Programmes.Get(a.Programme) == nil {
		return Refusals{invalid(field+".programme", "error.unknown_programme")}
	}
	if a.Year < 2000 || a.Year > 2100 {
		return Refusals{invalid(field+".year", "error.year")}
	}
	if a.Kind == ChangeRequirement && p.Requirement(a.Programme, a.Year) == nil {
		return Refusals{invalid(field+".year", "error.suppose_requirement", a.Year)}
	}
	return nil
}

// hinder tells why an alteration cannot be made of the portfolio as it stands: what it would move or take out is not there to be, or no
// longer.
func (a Alteration) hinder(p *Portfolio, field string) Refusals {
	switch a.Kind {
	case Shift:
		return a.hinderShift(p, field)
	case Drop:
		if p.Initiatives.Get(a.Initiative).Plan.State == OutOfPlan {
			return Refusals{invalid(field+".initiative", "error.drop_out")}
		}
	case ChangeAmount:
		if i := p.Initiatives.Get(p.Benefits.Get(a.Benefit).Initiative); i == nil || i.Plan.State == OutOfPlan {
			return Refusals{invalid(field+".benefit", "error.amount_out")}
		}
	case SupposeRequirement:
		if p.Requirement(a.Programme, a.Year) != nil {
			return Refusals{invalid(field+".year", "error.has_requirement", a.Year)}
		}
	}
	return nil
}

// of is the initiative that an alteration is about; 0 for none.
func (a Alteration) of(p *Portfolio) InitiativeID {
	if b := p.Benefits.Get(a.Benefit); a.Kind == ChangeAmount && b != nil {
		return b.Initiative
	}
	return a.Initiative
}

// changes are the new values that an alteration makes.
func (a Alteration) changes(p *Portfolio, by By) []Change {
	switch a.Kind {
	case Shift:
		return p.shift(by, a)
	case Drop:
		if i := p.Initiatives.Get(a.Initiative); i != nil {
			next := *i
			next.Plan = i.Plan.to(OutOfPlan, by.Note, by.Decision)
			next.touch(by, "plan")
			return []Change{{&next, by.event("initiative.withdraw")}}
		}
	case ChangeAmount:
		if b := p.Benefits.Get(a.Benefit); b != nil && b.Cash != nil {
			next := *b
			was := b.PlannedTerms()
			next.Planned, next.Gross = &was, a.Amount
			next.touch(by, "terms")
			return []Change{{&next, by.event("benefit.edit")}}
		}
	case ChangeRequirement:
		if r := p.Requirement(a.Programme, a.Year); r != nil {
			next := *r
			next.Lines = append(slices.Clone(r.Lines), Line{Kind: Adjustment, Label: "", Amount: a.Amount, Permanence: NotStated})
			next.StatedNet = amount.Figure{}
			return []Change{{&next, by.event("requirement.edit")}}
		}
	case SupposeRequirement:
		if p.Requirement(a.Programme, a.Year) == nil {
			r := Requirement{ID: p.Requirements.last() + 1, Programme: a.Programme, Year: a.Year}
			r.Lines = []Line{{Kind: Base, Amount: a.Amount, Permanence: NotStated}}
			return []Change{{&r, by.event("requirement.edit")}}
		}
	}
	return nil
}
