package portfolio

import (
	"slices"

	"gevinst/portfolio/amount"
)

func moneyOf(ore int64) amount.Money { return amount.Money(ore) }

// yearFrame is what the rows of a programme's year have in common.
type yearFrame struct {
	programme ProgrammeID
	year      int
	// first is the first year whose requirement the gains were credited to, the year itself where none was.
	first int
	// open is the first month that has not passed; closed tells that no entry of the year can come any more.
	open   Month
	closed bool
}

func (p *Portfolio) yearFrame(programme ProgrammeID, year int) yearFrame {
	return yearFrame{programme, year, p.CreditedFrom(programme, year), Ended(p.Today), p.yearClosed(year)}
}

// yearClosed tells that budget follow-ups have closed every month of the year: of what is in it nothing can come any more, only
// be reversed.
func (p *Portfolio) yearClosed(year int) bool { return p.OpenFrom() > amount.NewMonth(year, 12) }

// initiativeYear folds an initiative's gains into its part of a programme's year; nil when it has nothing to do with the
// programme.
func (p *Portfolio) initiativeYear(i *Initiative, of yearFrame) *InitiativeYear {
	programme := of.programme
	row := &InitiativeYear{Initiative: i, Overlap: p.OverlapOf(i.ID)}
	related := i.Programme == programme || (row.Overlap != nil && slices.Contains(row.Overlap.Programmes, programme))
	benefits := p.BenefitsOf(i.ID)
	for _, b := range benefits {
		if p.Part(b, programme).Share > 0 {
			related = true
		}
	}
	if !related {
		return nil
	}
	if i.OneOff.Known && i.ExampleField("one_off") || slices.ContainsFunc(benefits, func(b *Benefit) bool { return b.AnyExample() }) {
		row.Invented = 1
	}
	elsewhere := row.Overlap != nil && row.Overlap.Home != programme
	row.Outside = i.Plan.State != InPlan || elsewhere
	unknown, counted := len(benefits) == 0, false
	for _, b := range benefits {
		if b.Cash == nil || b.Cash.Step != BudgetReduction {
			continue
		}
		row.Kroner = true
		unknown = unknown || b.Unknown()
		part := p.Part(b, programme)
		if elsewhere {
			row.Drawn = row.Drawn.Plus(b.FullYear())
		}
		if part.Share > 0 {
			counted = true
			row.addBenefit(p, i, b, part, of)
		}
	}
	home := i.Programme
	if row.Overlap != nil {
		home = row.Overlap.Home
	}
	switch {
	case i.Plan.State == InPlan && (home == programme || counted):
		row.count(i, unknown, home == programme)
	case unknown:
		row.PartPlan, row.LeftApproximate = row.Plan, 0
	case i.Plan.Left && row.Drawn == (Gain{}):
		row.Left = 1
	}
	return row
}

// count adds the initiative to those with an amount, or without: in its home, and wherever else a part of it counts. What it
// costs once is its home's.
func (r *InitiativeYear) count(i *Initiative, unknown, home bool) {
	if unknown {
		r.Unknown, r.PartPlan, r.PartNow = 1, r.Plan, r.Now
	} else {
		r.Known = 1
	}
	if !home {
		return
	}
	if i.OneOff.Known {
		r.OneOff = i.OneOff.Ore
	} else {
		r.OneOffUnknown = 1
	}
}

func (r *InitiativeYear) addBenefit(p *Portfolio, i *Initiative, b *Benefit, part Part, of yearFrame) {
	in, adopted := i.Plan.State == InPlan, i.Plan.State == InPlan || i.Plan.Left
	planned, term, credit := b.PlannedTerms(), p.term(i, b), p.credit(b, part, of.first, of.year)
	for m := range r.Months {
		month := amount.NewMonth(of.year, m+1)
		g := p.GainMonth(&credit, month)
		f := Figures{Confirmed: g.Confirmed, Claimed: g.Claimed}
		if adopted {
			f.Plan = g.Plan
		}
		if in {
			f.Now = g.Now
		}
		switch {
		case g.IsConfirmed:
		case of.closed:
			if !g.IsClaimed {
				f.Missed = f.Now
			}
		default:
			f.Weighted = term.Weight.Of(f.Now.Net())
			term.Rest, term.Weighted = term.Rest+f.Now.Net(), term.Weighted+f.Weighted
			if !g.IsClaimed {
				f.Expected, f.WeightedOpen = f.Now, f.Weighted
			}
		}
		if month < of.open {
			r.ToDate = r.ToDate.Plus(f.Confirmed)
		}
		r.Months[m].add(&f, 1)
		r.Figures.add(&f, 1)
	}
	if level, any := b.confirmedLevel(p.Ledger(b.ID), of.year); any {
		r.ConfirmedLevel = r.ConfirmedLevel.Plus(level.part(part).Minus(credit.Level))
	}
	if credit.Level != (Gain{}) {
		r.Credits, r.Credited = append(r.Credits, credit), r.Credited.Plus(credit.Level)
	}
	if !in {
		if adopted && planned.approximate() {
			r.LeftApproximate++
		}
		return
	}
	if term.Rest != 0 {
		p.widen(&term, of.year)
		r.Terms = append(r.Terms, term)
	}
	r.Level = r.Level.Plus(b.rise(b.LevelAtEnd(of.year).part(part), credit.Level))
	r.FullYear = r.FullYear.Plus(b.rise(b.FullYear().part(part), credit.Level))
	if b.approximate() {
		r.Approximate++
	}
}

// confirmedLevel is a recurring gain's confirmed effect in December, for a whole year; any is false where December has none. Where
// it is confirmed as planned it is the planned level itself, so that twelfths lose no øre; a one-off gain has none.
func (b *Benefit) confirmedLevel(l *Ledger, year int) (level Gain, any bool) {
	december := amount.NewMonth(year, 12)
	confirmed, any := l.Confirmed(december)
	switch {
	case !any || b.OneOff:
		return Gain{}, false
	case confirmed == b.Monthly(december):
		return b.LevelAtEnd(year), true
	}
	return Gain{confirmed.Gross * 12, confirmed.Running * 12}, true
}

// Part is the part of a gain that a programme counts. Only a budget reduction counts. Where initiatives of two programmes
// draw on one cut, the whole counts in the overlap's home, and nowhere while the home awaits a decision.
func (p *Portfolio) Part(b *Benefit, programme ProgrammeID) Part {
	if b.Cash == nil || b.Cash.Step != BudgetReduction {
		return Part{}
	}
	if o := p.OverlapOf(b.Initiative); o != nil {
		if o.Home == programme {
			return all
		}
		return Part{}
	}
	var after Basis
	for _, a := range b.Allocations {
		if a.Programme == programme {
			return Part{after, a.Share}
		}
		after += a.Share
	}
	return Part{}
}
