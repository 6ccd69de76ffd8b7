package portfolio

import (
	"cmp"
	"slices"

	"gevinst/portfolio/amount"
)

// Forward is an initiative that could bring its effect earlier, and what that would give.
type Forward struct {
	Initiative *Initiative
	// Months is how far the effect can come forward: to the month after the project is done, or the first open month.
	Months int
	From   Month // the first effect month as it would be
	// Work is when the work would be done; it moves only where it has not begun and would not be done in time.
	Work Schedule
	// Strains are the limits that the move would break.
	Strains []Strain
	// InYear is what the year gains, net; Weighted the same by the forecast; FullYear is the initiative's full-year net, which
	// does not change. Øre.
	InYear, Weighted, FullYear amount.Money
}

// MovesWork tells that the work comes earlier too.
func (f *Forward) MovesWork() bool { return f.Work != f.Initiative.Now }

// Disruption is how much a move disturbs: the less work is left to do, and the fewer months it moves, the less.
func (f *Forward) Disruption() int {
	left := map[Stage]int{Realizing: 0, Implemented: 1, Started: 2, Analysis: 3, Selected: 4}[f.Initiative.Stage]
	return left*100 + f.Months
}

// strained sorts what breaks a limit after what breaks none.
func (f *Forward) strained() int { return min(len(f.Strains), 1) }

// BringForward lists the initiatives of a programme's plan whose effect has not begun and could begin earlier, so that a year
// gains by it: what keeps every limit first, of that the cheapest in disruption, then the one that gives most. Work that has begun stays
// where it is; work that has not moves as a whole.
func (p *Portfolio) BringForward(programme ProgrammeID, year int) []Forward {
	var list []Forward
	bounds := p.limits()
	for _, row := range p.YearOf(programme, year).Rows() {
		i := row.Initiative
		if i.Plan.State != InPlan || row.Outside || i.Stage == Closed {
			continue
		}
		first, earliest := p.firstUnbegun(i.ID), max(Ended(p.Today), p.earliestDone(i))
		if first == 0 || earliest == 0 || earliest >= first {
			continue
		}
		f := Forward{Initiative: i, Months: int(first - earliest), From: earliest, Work: i.Now, FullYear: row.FullYear.Net()}
		for _, b := range p.BenefitsOf(i.ID) {
			f.gain(p, b, programme, year)
		}
		if f.InYear > 0 {
			to := p.brought(i, i.Now.Done-earliest)
			f.Work, f.Strains = to.Now, bounds.moved(to, earliest)
			list = append(list, f)
		}
	}
	slices.SortFunc(list, func(a, b Forward) int {
		return cmp.Or(
			cmp.Compare(a.strained(), b.strained()), cmp.Compare(a.Disruption(), b.Disruption()), cmp.Compare(b.InYear, a.InYear),
			cmp.Compare(a.Initiative.ID, b.Initiative.ID),
		)
	})
	return list
}

// gain adds what the year gains when a gain that has not begun comes earlier: month by month as the year itself is added up.
func (f *Forward) gain(p *Portfolio, b *Benefit, programme ProgrammeID, year int) {
	part := p.Part(b, programme)
	if part.Share == 0 || b.From == 0 || p.Ledger(b.ID).Any() {
		return
	}
	moved, weight := b.Terms, p.Policy.Weight(f.Initiative.Stage, b.Type)
	moved.From -= Month(f.Months)
	for m := amount.NewMonth(year, 1); m <= amount.NewMonth(year, 12); m++ {
		was, is := b.Monthly(m).part(part).Net(), moved.Monthly(m).part(part).Net()
		f.InYear += is - was
		f.Weighted += weight.Of(is) - weight.Of(was)
	}
}

// firstUnbegun is the earliest effect month among an initiative's gains that have not begun to be realized; 0 for none.
func (p *Portfolio) firstUnbegun(id InitiativeID) Month {
	var first Month
	for _, b := range p.BenefitsOf(id) {
		if b.From != 0 && b.Cash != nil && !p.Ledger(b.ID).Any() && (first == 0 || b.From < first) {
			first = b.From
		}
	}
	return first
}

// Hole is what a year lacks because an initiative slipped or left the plan.
type Hole struct {
	Initiative *Initiative
	// InYear and Level are the adopted plan less what is still to come: in the year, and at its end for a full year. Øre, net.
	InYear, Level amount.Money
}

// hole is by how much the initiative brings less in the year than the adopted plan says; 0 or below where it does not. What has
// left the plan brings what stands in the ledger, and no more.
func (r *InitiativeYear) hole() amount.Money {
	switch {
	case r == nil:
		return 0
	case r.Initiative.Plan.State != InPlan:
		return r.Plan.Net() - r.Figures.Planned()
	}
	return r.Plan.Net() - r.Now.Net()
}

// Holes lists the initiatives of a programme that bring less in a year than the adopted plan says, the greatest first.
func (p *Portfolio) Holes(programme ProgrammeID, year int) []Hole {
	var list []Hole
	y := p.YearOf(programme, year)
	for _, id := range y.behind {
		h := Hole{Initiative: y.Row(id).Initiative, InYear: y.Row(id).hole()}
		for _, b := range p.BenefitsOf(id) {
			planned := b.PlannedTerms()
			lost := planned.LevelAtEnd(year).Net()
			if h.Initiative.Plan.State == InPlan {
				lost -= b.LevelAtEnd(year).Net()
			}
			h.Level += p.Part(b, programme).Of(lost)
		}
		list = append(list, h)
	}
	slices.SortFunc(list, func(a, b Hole) int {
		return cmp.Or(cmp.Compare(b.InYear, a.InYear), cmp.Compare(a.Initiative.ID, b.Initiative.ID))
	})
	return list
}
