package portfolio_test

import (
	"testing"

	"pgregory.net/rapid"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/portfoliotest"
)

func TestRandomVerbs(t *testing.T) {
	t.Run("no sequence of verbs makes anything count twice, leaves anything of what is reversed, or lets anyone settle an own claim", func(t *testing.T) {
		settled, reversed := 0, 0
		rapid.Check(t, func(t *rapid.T) {
			b := portfoliotest.NewBook()
			a := portfoliotest.NewActs(portfoliotest.Small(b))
			for range rapid.IntRange(20, 80).Draw(t, "acts") {
				then, from := b.Portfolio(), len(b.Changes)
				if _, _, err := a.Act(t, b); err != nil {
					t.Fatal(err)
				}
				for _, c := range b.Changes[from:] {
					e, ok := c.Record.(*portfolio.Entry)
					if !ok || e.Settled == nil || e.ReversedBy != 0 {
						continue
					}
					settled++
					if e.Reverses != 0 {
						reversed++
					}
					if portfoliotest.SettledOwn(then, e) {
						t.Fatalf("%s: user %d settled an own claim: %+v", c.Event.Verb, c.Event.Actor, e)
					}
				}
			}
			for _, fault := range portfoliotest.Unsound(b.Portfolio(), a.Entries()) {
				t.Error(fault)
			}
		})
		if settled == 0 || reversed == 0 {
			t.Errorf("%d settled and %d reversed: it was not tried", settled, reversed)
		}
	})
	t.Run("however a gain is shared out, its parts come to no more than it, and whole shares to it exactly", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			b := portfoliotest.NewBook()
			x := portfoliotest.Small(b)
			first := portfolio.Basis(rapid.IntRange(0, 20).Draw(t, "first")) * 500 // parts of half an øre are frequent
			second := portfolio.Whole - first
			if rapid.Bool().Draw(t, "less than whole") {
				second = portfolio.Basis(rapid.IntRange(0, int(second)).Draw(t, "second"))
			}
			to := *b.Portfolio().Benefits.Get(x.Benefit)
			to.Gross = amount.Exactly(amount.Money(rapid.Int64Range(0, 9_999).Draw(t, "øre")))
			by := b.By(x.Office, "")
			by.Decision = x.Decision
			gain := portfoliotest.Did(b.Portfolio().Benefits.Get(x.Benefit).Edit(b.Portfolio(), by, to)).Keep(b)
			portfoliotest.Did(gain.Allocate(b.Portfolio(), b.By(x.Chief, ""), []portfolio.Allocation{
				{Programme: x.DIGIT, Share: first}, {Programme: x.KME, Share: second},
			})).Keep(b)
			p := b.Portfolio()
			for m := range 12 {
				sum := p.YearOf(x.DIGIT, 2018).Months[m].Now.Gross + p.YearOf(x.KME, 2018).Months[m].Now.Gross
				whole := p.Benefits.Get(x.Benefit).Monthly(month(m + 1)).Gross
				if sum > whole || first+second == portfolio.Whole && sum != whole {
					t.Fatalf("%d øre of %d in month %d", sum, whole, m+1)
				}
			}
		})
	})
}
