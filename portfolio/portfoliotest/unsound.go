package portfoliotest

import (
	"fmt"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// Unsound lists what no sequence of verbs may bring about, over all entries of the portfolio's ledger: an invariant that does not
// hold, a ledger that is not the sum of its entries with the reversed ones left out, or a gain that counts twice.
func Unsound(p *portfolio.Portfolio, entries []*portfolio.Entry) (bad []string) {
	for _, v := range p.Check() {
		bad = append(bad, v.String())
	}
	byID := map[portfolio.EntryID]*portfolio.Entry{}
	for _, e := range entries {
		byID[e.ID] = e
	}
	sums := map[portfolio.Tally]portfolio.Gain{} // without its amounts a tally says whose sum it is
	for _, e := range entries {
		for _, v := range p.CheckEntry(e, byID[e.Reverses]) {
			bad = append(bad, v.String())
		}
		s := e.State()
		if s != portfolio.Claimed && s != portfolio.Confirmed || e.Reverses != 0 {
			continue
		}
		for _, m := range e.Months {
			at := portfolio.Tally{Benefit: e.Benefit, Month: m.Month, Claimed: s == portfolio.Claimed}
			sums[at] = sums[at].Plus(m.Gain())
		}
	}
	for t := range p.Tallies() {
		at := portfolio.Tally{Benefit: t.Benefit, Month: t.Month, Claimed: t.Claimed}
		if got := (portfolio.Gain{Gross: amount.Money(t.Gross), Running: amount.Money(t.Running)}); got != sums[at] {
			bad = append(bad, fmt.Sprintf("the ledger has %v of %+v, its entries come to %v", got, at, sums[at]))
		}
		delete(sums, at)
	}
	for at, g := range sums {
		bad = append(bad, fmt.Sprintf("the ledger has nothing of %+v, its entries come to %v", at, g))
	}
	return append(bad, twice(p)...)
}

// twice lists the months in which an initiative counts for more, over all programmes, than its gains bring: a gain counts
// somewhere between nothing and itself, whatever its sign, less what an earlier year was credited with.
func twice(p *portfolio.Portfolio) (bad []string) {
	const first, last = 2017, 2020
	for i := range p.Initiatives.All() {
		for year := first; year <= last; year++ {
			var rows []*portfolio.InitiativeYear
			for g := range p.Programmes.All() {
				if row := p.YearOf(g.ID, year).Row(i.ID); row != nil {
					rows = append(rows, row)
				}
			}
			for m := range 12 {
				month := amount.NewMonth(year, m+1)
				var whole, counted counts
				for _, b := range p.BenefitsOf(i.ID) {
					confirmed, _ := p.Ledger(b.ID).Confirmed(month)
					claimed, _ := p.Ledger(b.ID).Claimed(month)
					whole.add(b.Monthly(month), confirmed, claimed)
				}
				for _, row := range rows {
					f := &row.Months[m]
					counted.add(f.Now, f.Confirmed, f.Claimed)
					for k := range row.Credits { // what an earlier year was credited with is taken off
						credited := portfolio.Gain{}.Minus(row.Credits[k].Monthly(month))
						whole.add(credited, credited, credited)
					}
				}
				for k := range whole {
					if c := counted[k].most + counted[k].least; c > whole[k].most || c < whole[k].least {
						bad = append(bad, fmt.Sprintf("initiative %d counts %d øre in %s, its gains bring between %d and %d", i.ID, c, month, whole[k].least, whole[k].most))
					}
				}
			}
		}
	}
	return bad
}

// counts are sums of amounts above and below zero: gross and running of what is expected now, confirmed and claimed.
type counts [6]struct{ most, least amount.Money }

func (c *counts) add(gains ...portfolio.Gain) {
	for k, g := range gains {
		for n, m := range [...]amount.Money{g.Gross, g.Running} {
			at := &c[2*k+n]
			at.most, at.least = at.most+max(0, m), at.least+min(0, m)
		}
	}
}

// SettledOwn reports that an entry was settled by the one who claimed it, or who owned its gain in the portfolio as it was then.
func SettledOwn(then *portfolio.Portfolio, e *portfolio.Entry) bool {
	u := e.Settled.By
	if e.Reverses == 0 && u == e.Claim.By { // a reversal is confirmed as it is recorded
		return true
	}
	b := then.Benefits.Get(e.Benefit)
	if b == nil {
		return false
	}
	i := then.Initiatives.Get(b.Initiative)
	owner := b.Owner
	if owner == 0 {
		owner = i.BenefitOwner
	}
	return u == owner || u == i.ProjectOwner
}
