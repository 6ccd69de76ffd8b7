package portfolio

import (
	"slices"

	"gevinst/portfolio/amount"
)

// Standing is whether a gain is in the sums of effect, and if it is not, why.
type Standing uint8

// A gain counts, or its initiative is not in the plan, or it is counted elsewhere or nowhere because of an overlap, or no
// programme has a share of it, or it is kroner without a budget cut, or it is no kroner at all.
const (
	Counts Standing = iota + 1
	NotInPlan
	InOverlap
	NotAllocated
	NoReduction
	OtherUnit
)

var standings = names[Standing]{"counts", "not_in_plan", "in_overlap", "not_allocated", "no_reduction", "other_unit"}

func (s Standing) String() string               { return standings.code(s) }
func (s Standing) MarshalText() ([]byte, error) { return standings.text(s) }

// Standings lists them.
func Standings() []Standing { return standings.all() }

// Effect is what a gain brings in one year by its present terms, in øre: what falls in the year, and the full-year level
// reached when the year ends.
type Effect struct {
	InYear, Level Gain
}

// EffectPart is a gain's effect as one programme has it, year by year.
type EffectPart struct {
	Benefit    *Benefit
	Initiative *Initiative
	Programme  ProgrammeID
	Standing   Standing
	Years      []Effect
}

// Effects lists what the gains bring in the years first to last, by initiative: each gain once for every programme that counts
// it. The parts that count in a programme add up to what YearOf has of it as Now and Level, to the øre: of what an earlier year
// was credited with, they have the rise alone. A gain that counts
// nowhere stands once, under its initiative's programme, with its whole effect: to be shown apart. The filter's programme is
// held against the parts, the rest of it against the initiatives.
func (p *Portfolio) Effects(f Filter, first, last int) []EffectPart {
	var parts []EffectPart
	programme := f.Programme
	f.Programme = 0
	for _, i := range p.Where(f) {
		for _, b := range p.BenefitsOf(i.ID) {
			parts = append(parts, p.effectParts(i, b, programme, first, last)...)
		}
	}
	return parts
}

func (p *Portfolio) effectParts(i *Initiative, b *Benefit, only ProgrammeID, first, last int) (parts []EffectPart) {
	add := func(g ProgrammeID, s Standing, part Part) {
		one := EffectPart{Benefit: b, Initiative: i, Programme: g, Standing: s, Years: make([]Effect, last-first+1)}
		for k := range one.Years {
			credit := Credit{part: part}
			if s == Counts {
				credit = p.credit(b, part, p.CreditedFrom(g, first+k), first+k)
			}
			one.Years[k] = b.effect(first+k, credit)
		}
		parts = append(parts, one)
	}
	if i.Plan.State == InPlan {
		shared := false
		for g := range p.Programmes.All() {
			if part := p.Part(b, g.ID); part.Share > 0 {
				shared = true
				if only == 0 || only == g.ID {
					add(g.ID, Counts, part)
				}
			}
		}
		if shared {
			return parts
		}
	}
	overlap := p.OverlapOf(i.ID)
	if only == 0 || only == i.Programme || overlap != nil && slices.Contains(overlap.Programmes, only) {
		add(i.Programme, p.apart(i, b, overlap), all)
	}
	return parts
}

// apart tells why a gain counts nowhere, the nature of the gain first.
func (p *Portfolio) apart(i *Initiative, b *Benefit, overlap *Overlap) Standing {
	switch {
	case b.Cash == nil:
		return OtherUnit
	case b.Cash.Step != BudgetReduction:
		return NoReduction
	case i.Plan.State != InPlan:
		return NotInPlan
	case overlap != nil:
		return InOverlap
	}
	return NotAllocated
}

// effect is the part of a year, of what is above the credit. It is taken month by month, as the year's sums take it, so that both
// round alike.
func (b *Benefit) effect(year int, credit Credit) (e Effect) {
	if b.Cash == nil || b.From == 0 || b.From.Year() > year && credit.Level == (Gain{}) {
		return e
	}
	e.Level = b.rise(b.LevelAtEnd(year).part(credit.part), credit.Level)
	if credit.part == all && credit.Level == (Gain{}) {
		e.InYear = b.InYear(year)
		return e
	}
	for m := range amount.Year(year).Months() {
		e.InYear = e.InYear.Plus(b.rise(b.Monthly(m).part(credit.part), credit.Monthly(m)))
	}
	return e
}

// EffectSum adds parts up, year by year. Known and Unknown count the parts with an amount and without; of the known ones
// Approximate counts those with a "ca.". What is known of an unknown gain is in the years, as it is in YearOf.
type EffectSum struct {
	Years                       []Effect
	Known, Unknown, Approximate int
	Invented                    bool
}

// Add adds one part.
func (s *EffectSum) Add(part *EffectPart) {
	if s.Years == nil {
		s.Years = make([]Effect, len(part.Years))
	}
	for k, e := range part.Years {
		s.Years[k].InYear = s.Years[k].InYear.Plus(e.InYear)
		s.Years[k].Level = s.Years[k].Level.Plus(e.Level)
	}
	switch {
	case part.Benefit.Unknown():
		s.Unknown++
	case part.Benefit.approximate() || !part.Benefit.Running.Known:
		s.Approximate++
		s.Known++
	default:
		s.Known++
	}
	s.Invented = s.Invented || part.Benefit.AnyExample()
}

// InYear is the net effect that falls in the k-th year: unknown while no part has an amount, about while one of them lacks it.
func (s *EffectSum) InYear(k int) amount.Figure {
	return s.figure(k, func(e Effect) Gain { return e.InYear })
}

// Level is the net full-year level reached when the k-th year ends.
func (s *EffectSum) Level(k int) amount.Figure {
	return s.figure(k, func(e Effect) Gain { return e.Level })
}

func (s *EffectSum) figure(k int, pick func(Effect) Gain) amount.Figure {
	if s.Known == 0 {
		return amount.Figure{}
	}
	return amount.Figure{Ore: pick(s.Years[k]).Net(), Known: true, Approximate: s.Approximate > 0 || s.Unknown > 0}
}

// OpenGain is what a gain still owes: an amount or a month that is not known, effect that is still to come, months that have
// passed and been reported on by nobody, or an indicator's target.
type OpenGain struct {
	Unknown bool
	// Until is the month in which the effect is fully there, 0 where it is.
	Until Month
	// Missing lists the open months that have passed without an entry.
	Missing []Month
	// Short tells that an indicator has not reached its target, or has never been measured.
	Short bool
}

// OpenGain tells what a gain still owes; ok is false where that is nothing. It outlives the project: a closed initiative's owner
// is asked all the same.
func (p *Portfolio) OpenGain(b *Benefit) (o OpenGain, ok bool) {
	open := Ended(p.Today)
	o.Unknown = b.From == 0 || b.Cash != nil && b.Unknown()
	if full := b.From + Month(max(len(b.Ramp)-1, 0)); b.From != 0 && full >= open {
		o.Until = full
	}
	if b.Cash != nil && !o.Unknown {
		ledger := p.Ledger(b.ID)
		for m := max(b.From, p.OpenFrom()); m < open; m++ {
			_, claimed := ledger.Claimed(m)
			_, confirmed := ledger.Confirmed(m)
			if !claimed && !confirmed && b.Monthly(m) != (Gain{}) {
				o.Missing = append(o.Missing, m)
			}
		}
	}
	if b.Indicator != nil {
		share, measured := b.Indicator.Achievement()
		o.Short = !measured || share < int64(Whole)
	}
	return o, o.Unknown || o.Until != 0 || len(o.Missing) > 0 || o.Short
}
