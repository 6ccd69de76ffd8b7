package portfolio

import (
	"reflect"
	"slices"

	"gevinst/portfolio/amount"
)

// Cashability is how hard a benefit is: a ladder, of which only the first step counts toward a requirement.
type Cashability uint8

// The ladder.
const (
	BudgetReduction Cashability = iota + 1
	SpentLess
	FreedTimeGain
	AvoidedCost
	NonFinancial
)

var cashabilities = names[Cashability]{"budget_reduction", "spent_less", "freed_time", "avoided_cost", "non_financial"}

func (c Cashability) String() string                { return cashabilities.code(c) }
func (c Cashability) MarshalText() ([]byte, error)  { return cashabilities.text(c) }
func (c *Cashability) UnmarshalText(b []byte) error { return cashabilities.parse(b, c) }

// Cashabilities lists the ladder from its first step.
func Cashabilities() []Cashability { return cashabilities.all() }

// Terms are when and how much a benefit brings. Gross and Running are kroner a full year once fully phased in (or once, for
// a one-off): the saving, and the new running costs that it takes. A benefit without kroner has neither.
type Terms struct {
	From    Month         `json:"from,omitempty"`
	Ramp    amount.Ramp   `json:"ramp,omitempty"`
	OneOff  bool          `json:"one_off,omitempty"`
	Gross   amount.Figure `json:"gross,omitzero"`
	Running amount.Figure `json:"running,omitzero"`
}

// Cash is a gain in kroner: a budget reduction, spending less, or an avoided cost.
type Cash struct {
	Step Cashability `json:"step"`
	// Account is the budget account that is cut, where it is known.
	Account string `json:"account,omitempty"`
}

// FreedTime is a gain in hours. It is shown in hours and never added to kroner.
type FreedTime struct {
	HoursPerYear int64        `json:"hours_per_year"`
	Rate         amount.Money `json:"rate_ore,omitempty"`
}

// Indicator is a gain that is measured in a unit of its own; values are in thousandths of the unit.
type Indicator struct {
	Unit     string `json:"unit"`
	Baseline int64  `json:"baseline_milli"`
	Target   int64  `json:"target_milli"`
}

// Allocation is the share of a benefit that a programme counts.
type Allocation struct {
	Programme ProgrammeID `json:"programme"`
	Share     Basis       `json:"share"`
}

// Benefit is one gain of one initiative. Exactly one of Cash, Time and Indicator is set, so that a quality gain cannot
// carry kroner.
type Benefit struct {
	ID         BenefitID    `json:"id"`
	Initiative InitiativeID `json:"initiative"`
	Title      string       `json:"title"`
	Type       BenefitType  `json:"type"`
	// Owner answers for this gain; 0 means the initiative's benefit owner.
	Owner     UserID     `json:"owner,omitempty"`
	Cash      *Cash      `json:"cash,omitempty"`
	Time      *FreedTime `json:"time,omitempty"`
	Indicator *Indicator `json:"indicator,omitempty"`
	// Terms are the present ones; Planned the adopted ones, once the two have parted.
	Terms
	Planned *Terms `json:"planned,omitempty"`
	// PriceYear is the price level of the amounts.
	PriceYear   int          `json:"price_year,omitempty"`
	Allocations []Allocation `json:"allocations,omitempty"`
	Notes       []Note       `json:"notes,omitempty"`
	Meta
}

func (b *Benefit) Kind() Kind { return KindBenefit }
func (b *Benefit) Key() int64 { return int64(b.ID) }

// Cashability is the step of the ladder that the benefit stands on.
func (b *Benefit) Cashability() Cashability {
	switch {
	case b.Cash != nil:
		return b.Cash.Step
	case b.Time != nil:
		return FreedTimeGain
	}
	return NonFinancial
}

// PlannedTerms are the terms that the plan was adopted with.
func (b *Benefit) PlannedTerms() Terms {
	if b.Planned != nil {
		return *b.Planned
	}
	return b.Terms
}

// Unknown reports that the amount, or when it takes effect, is not known.
func (t *Terms) Unknown() bool { return !t.Gross.Known || t.From == 0 }

// Gain is an amount in its two parts, in øre.
type Gain struct {
	Gross   amount.Money
	Running amount.Money
}

// Net is the saving less the running costs that it takes.
func (g Gain) Net() amount.Money { return g.Gross - g.Running }

// Plus adds two gains.
func (g Gain) Plus(o Gain) Gain { return Gain{g.Gross + o.Gross, g.Running + o.Running} }

// Minus subtracts a gain.
func (g Gain) Minus(o Gain) Gain { return Gain{g.Gross - o.Gross, g.Running - o.Running} }

func (g Gain) share(s Basis) Gain { return Gain{s.Of(g.Gross), s.Of(g.Running)} }

// effects are the two parts over time. What is not known brings nothing, whatever stands where its amount would.
func (t *Terms) effects() (gross, running amount.Effect) {
	e := amount.Effect{From: t.From, Ramp: t.Ramp, OneOff: t.OneOff}
	gross, running = e, e
	if t.Gross.Known {
		gross.Annual = t.Gross.Ore
	}
	if t.Running.Known {
		running.Annual = t.Running.Ore
	}
	return gross, running
}

// approximate reports that a known part is.
func (t *Terms) approximate() bool {
	return t.Gross.Known && t.Gross.Approximate || t.Running.Known && t.Running.Approximate
}

// Monthly is the planned effect of one month: a twelfth of the year, by the ramp, from the effect month on.
func (t *Terms) Monthly(m Month) Gain {
	gross, running := t.effects()
	return Gain{gross.Monthly(m), running.Monthly(m)}
}

// InYear is what falls in the year.
func (t *Terms) InYear(y int) Gain {
	gross, running := t.effects()
	return Gain{gross.InYear(y), running.InYear(y)}
}

// FullYear is what a full year brings, fully phased in; nothing for a one-off.
func (t *Terms) FullYear() Gain {
	gross, running := t.effects()
	return Gain{gross.FullYear(), running.FullYear()}
}

// LevelAtEnd is the full-year level reached when the year ends.
func (t *Terms) LevelAtEnd(y int) Gain {
	gross, running := t.effects()
	return Gain{gross.LevelAtEnd(y), running.LevelAtEnd(y)}
}

func (b *Benefit) refuse(p *Portfolio) error {
	no := refuseText("title", b.Title, 300, true)
	if b.Type == 0 {
		no = append(no, invalid("type", "error.required"))
	}
	no = append(no, b.refuseGain()...)
	no = append(no, b.refuseSize()...)
	if b.PriceYear != 0 && (b.PriceYear < 2000 || b.PriceYear > 2100) {
		no = append(no, invalid("price_year", "error.year"))
	}
	if len(b.Ramp) > maxMonths {
		no = append(no, invalid("ramp", "error.too_many", maxMonths))
	}
	if !b.Ramp.Valid() {
		no = append(no, invalid("ramp", "error.ramp"))
	}
	if b.From != 0 && (b.From.Year() < 2000 || b.From.Year() > 2100) {
		no = append(no, invalid("from", "error.month"))
	}
	if b.Owner != 0 && p.Users.Get(b.Owner) == nil {
		no = append(no, invalid("owner", "error.unknown_user"))
	}
	var sum Basis
	for _, a := range b.Allocations {
		if p.Programmes.Get(a.Programme) == nil {
			no = append(no, invalid("allocations", "error.unknown_programme"))
		}
		if a.Share < 0 || a.Share > Whole {
			no = append(no, invalid("allocations", "error.share"))
			continue
		}
		sum += a.Share
	}
	if sum > Whole {
		no = append(no, invalid("allocations", "error.allocated_twice"))
	}
	return no.Or()
}

func (b *Benefit) refuseGain() Refusals {
	set := 0
	for _, has := range [...]bool{b.Cash != nil, b.Time != nil, b.Indicator != nil} {
		if has {
			set++
		}
	}
	switch {
	case set != 1:
		return Refusals{invalid("cashability", "error.required")}
	case b.Cash != nil && b.Type != Efficiency:
		return Refusals{invalid("cashability", "error.kroner_not_here", b.Type)}
	case b.Cash != nil && (b.Cash.Step == 0 || b.Cash.Step == FreedTimeGain || b.Cash.Step == NonFinancial):
		return Refusals{invalid("cashability", "error.required")}
	case b.Cash == nil && (b.Gross.Known || b.Running.Known):
		return Refusals{invalid("gross", "error.kroner_not_here", b.Type)}
	case b.Time != nil && b.Time.HoursPerYear < 0:
		return Refusals{invalid("hours", "error.positive")}
	case b.Indicator != nil && b.Indicator.Unit == "":
		return Refusals{invalid("unit", "error.required")}
	}
	for _, f := range [...]amount.Figure{b.Gross, b.Running} {
		if f.Ore > amount.Max || f.Ore < -amount.Max {
			return Refusals{invalid("gross", "error.too_large")}
		}
	}
	return nil
}

// The largest values of what is no amount: hours a year, and a measured value in thousandths of its unit.
const (
	maxHours = 1_000_000_000
	maxMilli = 1_000_000_000_000_000
)

// refuseSize bounds what the one part of the gain holds, so that sums and comparisons of them stay right.
func (b *Benefit) refuseSize() (no Refusals) {
	switch {
	case b.Cash != nil:
		no = refuseText("account", b.Cash.Account, 200, false)
	case b.Time != nil && b.Time.HoursPerYear > maxHours:
		no = append(no, invalid("hours", "error.too_many", maxHours))
	case b.Time != nil && (b.Time.Rate > amount.Max || b.Time.Rate < 0):
		no = append(no, invalid("rate", "error.too_large"))
	case b.Indicator != nil:
		no = refuseText("unit", b.Indicator.Unit, 200, false)
		if b.Indicator.Baseline > maxMilli || b.Indicator.Baseline < -maxMilli {
			no = append(no, invalid("baseline", "error.too_many", maxMilli/1000))
		}
		if b.Indicator.Target > maxMilli || b.Indicator.Target < -maxMilli {
			no = append(no, invalid("target", "error.too_many", maxMilli/1000))
		}
	}
	return no
}

// NewBenefit describes a gain of an initiative.
func NewBenefit(p *Portfolio, by By, b Benefit) (*Benefit, Event, error) {
	i := p.Initiatives.Get(b.Initiative)
	if i == nil {
		return nil, Event{}, Missing(KindInitiative, b.Initiative)
	}
	// By the initiative's owners: whom the new gain names as its owner gives nobody a right to add it.
	if err := by.may(EditBenefit, p.relationTo(i)); err != nil {
		return nil, Event{}, err
	}
	if !p.canOwn(b.Owner) {
		return nil, Event{}, invalid("owner", "error.cannot_own")
	}
	if b.Allocations == nil {
		b.Allocations = []Allocation{{i.Programme, Whole}}
	}
	if err := b.refuse(p); err != nil {
		return nil, Event{}, err
	}
	b.Meta = newMeta(by)
	return &b, by.event("benefit.create"), nil
}

// differs names the fields in which two values of a gain differ.
func (b *Benefit) differs(o *Benefit) []string {
	var fields []string
	for _, f := range [...]struct {
		name string
		same bool
	}{
		{"title", b.Title == o.Title},
		{"owner", b.Owner == o.Owner},
		{"terms", b.sameGain(o) && b.Terms.same(&o.Terms)},
	} {
		if !f.same {
			fields = append(fields, f.name)
		}
	}
	return fields
}

// sameGain reports that two values are gains of one sort. With the terms it is one statement: neither is right without the other.
func (b *Benefit) sameGain(o *Benefit) bool {
	return b.Type == o.Type && b.PriceYear == o.PriceYear &&
		reflect.DeepEqual(b.Cash, o.Cash) && reflect.DeepEqual(b.Time, o.Time) && reflect.DeepEqual(b.Indicator, o.Indicator)
}

// same reports that two terms say the same; a ramp of nothing is no ramp.
func (t *Terms) same(o *Terms) bool {
	return t.From == o.From && t.OneOff == o.OneOff && t.Gross == o.Gross && t.Running == o.Running && slices.Equal(t.Ramp, o.Ramp)
}

// Edit changes what is expected of a gain. The initiative and the allocation stay. Fields that stay as they were keep their
// source.
func (b *Benefit) Edit(p *Portfolio, by By, to Benefit) (*Benefit, Event, error) {
	if err := by.may(EditBenefit, p.relationTo(b)); err != nil {
		return nil, Event{}, err
	}
	next := *b
	next.Title, next.Type, next.Owner = to.Title, to.Type, to.Owner
	next.Cash, next.Time, next.Indicator = to.Cash, to.Time, to.Indicator
	next.Terms, next.PriceYear = to.Terms, to.PriceYear
	if err := next.refuse(p); err != nil {
		return nil, Event{}, err
	}
	if next.Owner != b.Owner && !p.canOwn(next.Owner) {
		return nil, Event{}, invalid("owner", "error.cannot_own")
	}
	if next.Cash == nil && p.Ledger(b.ID).Any() {
		return nil, Event{}, invalid("cashability", "error.has_entries")
	}
	changed := b.differs(&next)
	if b.Planned == nil && !b.Terms.same(&next.Terms) {
		was := b.Terms
		next.Planned = &was
	}
	next.touch(by, changed...)
	return &next, by.event("benefit.edit"), nil
}

// move gives the benefit a new effect month and keeps the adopted terms beside it.
func (b *Benefit) move(by By, from Month) *Benefit {
	next := *b
	was := b.PlannedTerms()
	next.Planned = &was
	next.From = from
	next.touch(by, "from")
	return &next
}
