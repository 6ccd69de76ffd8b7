package portfolio

import "gevinst/portfolio/amount"

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

// Worth is what the hours of a year cost at the rate, in øre: what a conversion into a budget reduction starts from. Without
// a rate it is unknown.
func (t *FreedTime) Worth() amount.Figure {
	if t.Rate == 0 || t.HoursPerYear > int64(amount.Max)/int64(t.Rate) {
		return amount.Figure{}
	}
	return amount.Exactly(amount.Money(t.HoursPerYear) * t.Rate)
}

// Measurement is a value of an indicator on a day, in thousandths of its unit.
type Measurement struct {
	Date  Date   `json:"date"`
	Value int64  `json:"value_milli"`
	By    UserID `json:"by"`
	Note  string `json:"note,omitempty"`
}

// Indicator is a gain that is measured in a unit of its own; values are in thousandths of the unit.
type Indicator struct {
	Unit     string `json:"unit"`
	Baseline int64  `json:"baseline_milli"`
	Target   int64  `json:"target_milli"`
	// BaselineDate is the day on which the baseline was measured, and Method how it is measured.
	BaselineDate Date   `json:"baseline_date,omitempty"`
	Method       string `json:"method,omitempty"`
	// Measurements are in the order of their days, one a day.
	Measurements []Measurement `json:"measurements,omitempty"`
}

// Achievement is how much of the way from baseline to target the last measurement has come, in basis points:
// (value - baseline) / (target - baseline). ok is false without a measurement, and where target and baseline are the same.
func (i *Indicator) Achievement() (share int64, ok bool) {
	if len(i.Measurements) == 0 || i.Target == i.Baseline {
		return 0, false
	}
	come, way := i.Measurements[len(i.Measurements)-1].Value-i.Baseline, i.Target-i.Baseline
	if way < 0 { // the less the better
		come, way = -come, -way
	}
	return int64(amount.MulDiv(amount.Money(come), int64(Whole), way)), true
}

// Conversion tells of freed time that was turned into a budget reduction, by which decision.
type Conversion struct {
	Time     FreedTime  `json:"time"`
	Decision DecisionID `json:"decision"`
	By       UserID     `json:"by"`
	At       Instant    `json:"at"`
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
	// Adverse marks a dis-benefit: something that gets worse. Its kroner, and its hours, are not above zero.
	Adverse bool `json:"adverse,omitempty"`
	// Change is what is done otherwise so that the gain comes; Focus names the strategy's focuses that it serves.
	Change string   `json:"change,omitempty"`
	Focus  []string `json:"focus,omitempty"`
	// Converted tells of the freed time that the gain was before a decision made kroner of it.
	Converted *Conversion `json:"converted,omitempty"`
	Notes     []Note      `json:"notes,omitempty"`
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

// Part is the stretch of a gain that a programme counts: a share, after the shares of the programmes named before it.
type Part struct{ After, Share Basis }

// all is a whole gain.
var all = Part{Share: Whole}

// Of takes the part of an amount. Stretches that meet share their rounded border, so the parts of one amount never come to more
// than it, and to the øre when they are all of it.
func (s Part) Of(m amount.Money) amount.Money { return (s.After + s.Share).Of(m) - s.After.Of(m) }

func (g Gain) part(s Part) Gain { return Gain{s.Of(g.Gross), s.Of(g.Running)} }

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
