package portfolio

import (
	"slices"

	"gevinst/portfolio/amount"
)

func moneyOf(ore int64) amount.Money { return amount.Money(ore) }

// initiativeYear folds an initiative's gains into its part of a programme's year; nil when it has nothing to do with the
// programme.
func (p *Portfolio) initiativeYear(i *Initiative, programme ProgrammeID, year int) *InitiativeYear {
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
			row.addBenefit(p, i, b, part, year)
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
		row.PartPlan = row.Plan
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

func (r *InitiativeYear) addBenefit(p *Portfolio, i *Initiative, b *Benefit, part Part, year int) {
	in, adopted := i.Plan.State == InPlan, i.Plan.State == InPlan || i.Plan.Left
	planned, ledger, term := b.PlannedTerms(), p.Ledger(b.ID), p.term(i, b)
	open := Ended(p.Today)
	for m := range r.Months {
		month := amount.NewMonth(year, m+1)
		var f Figures
		confirmed, isConfirmed := ledger.Confirmed(month)
		claimed, isClaimed := ledger.Claimed(month)
		f.Confirmed, f.Claimed = confirmed.part(part), claimed.part(part)
		if adopted {
			f.Plan = planned.Monthly(month).part(part)
		}
		if in {
			f.Now = b.Monthly(month).part(part)
		}
		if !isConfirmed {
			f.Weighted = term.Weight.Of(f.Now.Net())
			term.Rest, term.Weighted = term.Rest+f.Now.Net(), term.Weighted+f.Weighted
			if !isClaimed {
				f.Expected, f.WeightedOpen = f.Now, f.Weighted
			}
		}
		if month < open {
			r.ToDate = r.ToDate.Plus(f.Confirmed)
		}
		r.Months[m].add(&f, 1)
		r.Figures.add(&f, 1)
	}
	r.ConfirmedLevel = r.ConfirmedLevel.Plus(b.confirmedLevel(ledger, year).part(part))
	if !in {
		if adopted && planned.approximate() {
			r.LeftApproximate++
		}
		return
	}
	if term.Rest != 0 {
		p.widen(&term, year)
		r.Terms = append(r.Terms, term)
	}
	r.Level = r.Level.Plus(b.LevelAtEnd(year).part(part))
	r.FullYear = r.FullYear.Plus(b.FullYear().part(part))
	if b.approximate() {
		r.Approximate++
	}
}

// confirmedLevel is a recurring gain's confirmed effect in December, for a whole year. Where December is confirmed as planned it
// is the planned level itself, so that twelfths lose no øre; a one-off gain has none.
func (b *Benefit) confirmedLevel(l *Ledger, year int) Gain {
	december := amount.NewMonth(year, 12)
	confirmed, any := l.Confirmed(december)
	switch {
	case !any || b.OneOff:
		return Gain{}
	case confirmed == b.Monthly(december):
		return b.LevelAtEnd(year)
	}
	return Gain{confirmed.Gross * 12, confirmed.Running * 12}
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
