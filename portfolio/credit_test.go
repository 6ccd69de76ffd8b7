package portfolio_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/portfoliotest"
)

// carried puts what a year leaves into the next one's requirement, as if the year were closed.
func carried(b *portfoliotest.Book, x portfoliotest.World, year int) {
	by := b.By(x.Chief, "")
	by.Decision = x.Decision
	c := b.Portfolio().CarryOver(x.DIGIT, year)
	c.Closed = true
	id := portfolio.RequirementID(0)
	if b.Portfolio().Requirement(x.DIGIT, year+1) == nil {
		n, _ := b.NextID(portfolio.KindRequirement)
		id = portfolio.RequirementID(n)
	}
	portfoliotest.Did(c.Apply(b.Portfolio(), by, id)).Keep(b)
}

// confirm claims and confirms amounts of a gain, in kroner, in the months from first to last.
func (d *desk) confirm(of portfolio.BenefitID, gross, running int64, first, last int) *portfolio.Entry {
	d.Helper()
	return d.settled(d.reported(of, gross, running, first, last), true)
}

func (d *desk) reported(of portfolio.BenefitID, gross, running int64, first, last int) *portfolio.Entry {
	d.Helper()
	n, _ := d.NextID(portfolio.KindEntry)
	e := portfolio.Entry{ID: portfolio.EntryID(n), Benefit: of}
	for m := first; m <= last; m++ {
		e.Months = append(e.Months, portfolio.MonthGain{Month: month(m), Gross: amount.Money(gross) * amount.Krone, Running: amount.Money(running) * amount.Krone})
	}
	made, event, err := portfolio.NewClaim(d.Portfolio(), d.By(d.x.Owner, ""), e)
	return kept(d, made, event, err)
}

func TestCredit(t *testing.T) {
	// The gain brings 150,000 less 50,000 a month from April 2018: 1,200,000 net a year. Months are counted from January 2018.
	const net = 1_200_000 * amount.Krone
	for _, c := range []struct {
		title string
		do    func(d *desk)
		// of 2019: what is planned now, confirmed, claimed, expected and forecast beyond; the levels at its end, planned and confirmed
		now, confirmed, claimed, expected, weighted, level, h amount.Money
		credited                                              amount.Money
	}{
		{"what met the requirement of 2018 is not planned again in 2019", func(d *desk) {
			d.confirm(d.x.Benefit, 150_000, 50_000, 4, 12)
			carried(d.Book, d.x, 2018)
		}, 0, 0, 0, 0, 0, 0, 0, net},
		{"nor does it count when it is confirmed again", func(d *desk) {
			d.confirm(d.x.Benefit, 150_000, 50_000, 4, 12)
			carried(d.Book, d.x, 2018)
			d.confirm(d.x.Benefit, 150_000, 50_000, 13, 24)
		}, 0, 0, 0, 0, 0, 0, 0, net},
		{"nor when it is claimed", func(d *desk) {
			d.confirm(d.x.Benefit, 150_000, 50_000, 4, 12)
			carried(d.Book, d.x, 2018)
			d.reported(d.x.Benefit, 150_000, 50_000, 13, 24)
		}, 0, 0, 0, 0, 0, 0, 0, net},
		{"one cut that was confirmed for both years counts in the first", func(d *desk) {
			d.confirm(d.x.Benefit, 150_000, 50_000, 4, 24)
			carried(d.Book, d.x, 2018)
		}, 0, 0, 0, 0, 0, 0, 0, net},
		{"the rise counts, month by month", func(d *desk) {
			d.confirm(d.x.Benefit, 150_000, 50_000, 4, 12)
			carried(d.Book, d.x, 2018)
			d.alter(d.x.Benefit, func(b *portfolio.Benefit) { b.Gross = amount.Exactly(1_920_000 * amount.Krone) })
			d.confirm(d.x.Benefit, 160_000, 50_000, 13, 18)
			d.reported(d.x.Benefit, 155_000, 50_000, 19, 20)
		}, 120_000_00, 60_000_00, 10_000_00, 40_000_00, 30_000_00, 120_000_00, 0, net},
		{"a fall counts as one, for it must be found again", func(d *desk) {
			d.confirm(d.x.Benefit, 150_000, 50_000, 4, 12)
			carried(d.Book, d.x, 2018)
			d.confirm(d.x.Benefit, 125_000, 50_000, 13, 24)
		}, 0, -300_000_00, 0, 0, 0, 0, -300_000_00, net},
		{"what was planned in 2018 and never confirmed counts whole", func(d *desk) {
			d.confirm(d.x.Benefit, 150_000, 50_000, 4, 6)
			carried(d.Book, d.x, 2018)
			d.confirm(d.x.Benefit, 150_000, 50_000, 13, 18)
		}, net, net / 2, 0, net / 2, net / 4, net, 0, 0},
		{"without a carried-over line nothing is left out", func(d *desk) {
			d.confirm(d.x.Benefit, 150_000, 50_000, 4, 24)
		}, net, net, 0, 0, 0, net, net, 0},
		{"nor where the line is by the year's cash", func(d *desk) {
			d.confirm(d.x.Benefit, 150_000, 50_000, 4, 24)
			f, e, err := d.Portfolio().Policy.Edit(d.By(d.x.Chief, ""), portfolio.Policy{
				Probability: d.Portfolio().Policy.Probability, CarryBasis: portfolio.ByCash,
			})
			kept(d, f, e, err)
			carried(d.Book, d.x, 2018)
		}, net, net, 0, 0, 0, net, net, 0},
		{"a one-off gain never met a permanent requirement", func(d *desk) {
			d.alter(d.x.Benefit, func(b *portfolio.Benefit) { b.OneOff, b.From = true, month(12) })
			d.confirm(d.x.Benefit, 1_800_000, 600_000, 12, 12)
			carried(d.Book, d.x, 2018)
			d.confirm(d.x.Benefit, 1_000, 0, 13, 13)
		}, 0, 1_000_00, 0, 0, 0, 0, 0, 0},
		{"a gain whose amount is no longer known is not expected to fall", func(d *desk) {
			d.confirm(d.x.Benefit, 150_000, 50_000, 4, 12)
			carried(d.Book, d.x, 2018)
			d.alter(d.x.Benefit, func(b *portfolio.Benefit) { b.Gross, b.Running = amount.Figure{}, amount.Figure{} })
		}, 0, 0, 0, 0, 0, 0, 0, net},
		{"what is reversed in the closed December counts again", func(d *desk) {
			e := d.confirm(d.x.Benefit, 150_000, 50_000, 4, 12)
			carried(d.Book, d.x, 2018)
			n, _ := d.NextID(portfolio.KindEntry)
			changes, err := e.Reverse(d.Portfolio(), d.By(d.x.Chief, "fejl"), portfolio.EntryID(n))
			if err != nil {
				d.Fatal(err)
			}
			for _, c := range changes {
				d.Save(c.Record, c.Event)
			}
		}, net, 0, 0, net, net / 2, net, 0, 0},
	} {
		t.Run(c.title, func(t *testing.T) {
			d := newDesk(t)
			d.Portfolio().YearOf(d.x.DIGIT, 2019) // so that it is carried forward from one that knew nothing
			c.do(d)
			for how, p := range map[string]*portfolio.Portfolio{"carried forward": d.Portfolio(), "read anew": reread(t, d.Portfolio())} {
				y, left := p.YearOf(d.x.DIGIT, 2019), p.CarryOver(d.x.DIGIT, 2019)
				for of, got := range map[string][2]amount.Money{
					"planned": {y.Now.Net(), c.now}, "confirmed": {y.Confirmed.Net(), c.confirmed}, "claimed": {y.Claimed.Net(), c.claimed},
					"expected": {y.Expected.Net(), c.expected}, "forecast beyond": {y.Weighted, c.weighted}, "level": {y.Level.Net(), c.level},
					"H": {left.H, c.h}, "V": {left.V, c.confirmed}, "credited": {left.Credited, c.credited},
				} {
					if got[0] != got[1] {
						t.Errorf("%s: %s %d, want %d", how, of, got[0], got[1])
					}
				}
			}
		})
	}
	t.Run("a year that nobody reported on passes on what was credited before it", func(t *testing.T) {
		d := newDesk(t)
		d.confirm(d.x.Benefit, 150_000, 50_000, 4, 12)
		carried(d.Book, d.x, 2018)
		carried(d.Book, d.x, 2019)
		d.confirm(d.x.Benefit, 160_000, 50_000, 25, 36)
		c := d.Portfolio().CarryOver(d.x.DIGIT, 2020)
		if c.H != 120_000_00 || c.Credited != net || c.CreditedFrom != 2018 {
			t.Errorf("%+v", c)
		}
	})
	t.Run("each programme was credited with its own part", func(t *testing.T) {
		d := newDesk(t)
		d.alter(d.x.Benefit, func(b *portfolio.Benefit) {
			b.Allocations = []portfolio.Allocation{{Programme: d.x.DIGIT, Share: 3_333}, {Programme: d.x.KME, Share: 6_667}}
		})
		d.confirm(d.x.Benefit, 150_000, 50_000, 4, 24)
		carried(d.Book, d.x, 2018)
		digit, kme := d.Portfolio().YearOf(d.x.DIGIT, 2019), d.Portfolio().YearOf(d.x.KME, 2019)
		if digit.Confirmed.Net() != 0 || digit.Credited.Net() != 399_960_00 || kme.Confirmed.Net() != 800_040_00 || kme.Credited.Net() != 0 {
			t.Errorf("DIGIT counts %d of %d, KME %d", digit.Confirmed.Net(), digit.Credited.Net(), kme.Confirmed.Net())
		}
	})
}

// chain is a random portfolio whose years from 2018 on are carried over, each into the next.
type chain struct {
	*portfoliotest.Book
	x portfoliotest.World
	// asked is what the years ask for anew.
	asked amount.Money
}

// drawChain has gains of all kinds, shared and whole, reported on now and then from 2018 to 2020, by one entry or by many.
func drawChain(t *rapid.T, years int) *chain {
	c := &chain{Book: portfoliotest.NewBook()}
	c.x = portfoliotest.Small(c.Book)
	c.asked = c.Portfolio().Requirement(c.x.DIGIT, 2018).Net().Ore
	keep := func(r portfolio.Record, e portfolio.Event, err error) {
		if err != nil {
			t.Fatal(err)
		}
		c.Save(r, e)
	}
	money := func(of string) amount.Figure {
		return amount.Exactly(amount.Money(rapid.Int64Range(0, 2_000_000_00).Draw(t, of)))
	}
	for range rapid.IntRange(1, 4).Draw(t, "gains") {
		n, _ := c.NextID(portfolio.KindBenefit)
		b := portfolio.Benefit{
			ID: portfolio.BenefitID(n), Initiative: c.x.Initiative, Title: "Gevinst", Type: portfolio.Efficiency, Cash: &portfolio.Cash{Step: portfolio.BudgetReduction},
			Terms: portfolio.Terms{
				From: month(rapid.IntRange(1, 30).Draw(t, "from")), OneOff: rapid.IntRange(0, 5).Draw(t, "one-off") == 0,
				Gross: money("gross"), Running: money("running"), Ramp: rapid.SampledFrom([]amount.Ramp{nil, {2_500, 6_000, 10_000}}).Draw(t, "ramp"),
			},
		}
		share := portfolio.Basis(rapid.SampledFrom([]int{10_000, 10_000, 3_333, 6_667}).Draw(t, "share"))
		b.Allocations = []portfolio.Allocation{{Programme: c.x.KME, Share: portfolio.Whole - share}, {Programme: c.x.DIGIT, Share: share}}
		made, e, err := portfolio.NewBenefit(c.Portfolio(), c.By(c.x.Office, ""), b)
		keep(made, e, err)
		for range rapid.IntRange(0, 5).Draw(t, "entries") {
			c.report(t, made, keep)
		}
	}
	for year := 2018; year < 2018+years-1; year++ {
		carried(c.Book, c.x, year)
		next := c.Portfolio().Requirement(c.x.DIGIT, year+1)
		base := portfolio.Line{Kind: portfolio.Base, Label: "Nyt krav", Permanence: portfolio.Permanent, Amount: money("base")}
		c.asked += base.Amount.Ore
		edited, e, err := next.Edit(c.Portfolio(), c.By(c.x.Chief, ""), append(slices.Clone(next.Lines), base), amount.Figure{})
		keep(edited, e, err)
	}
	return c
}

// report claims some months of a gain, as planned or otherwise, and mostly confirms them.
func (c *chain) report(t *rapid.T, b *portfolio.Benefit, keep func(portfolio.Record, portfolio.Event, error)) {
	n, _ := c.NextID(portfolio.KindEntry)
	e := portfolio.Entry{ID: portfolio.EntryID(n), Benefit: b.ID}
	asPlanned := rapid.Bool().Draw(t, "as planned")
	first := rapid.IntRange(1, 36).Draw(t, "first")
	for m := first; m <= min(36, first+rapid.IntRange(0, 24).Draw(t, "more months")); m++ {
		g := b.Monthly(month(m))
		if !asPlanned {
			g = portfolio.Gain{Gross: amount.Money(rapid.Int64Range(-10_000_00, 90_000_00).Draw(t, "gross")), Running: 1}
		}
		if g != (portfolio.Gain{}) {
			e.Months = append(e.Months, portfolio.MonthGain{Month: month(m), Gross: g.Gross, Running: g.Running})
		}
	}
	if len(e.Months) == 0 {
		return
	}
	made, event, err := portfolio.NewClaim(c.Portfolio(), c.By(c.x.Owner, ""), e)
	keep(made, event, err)
	if rapid.IntRange(0, 4).Draw(t, "confirmed") > 0 {
		settled, event, err := made.Settle(c.Portfolio(), c.By(c.x.Chief, ""), true)
		keep(settled, event, err)
	}
}

// forGood is what the gains of a programme bring by what is confirmed at the end of a year, for good: of each the last December that
// is confirmed, for a whole year.
func (c *chain) forGood(year int) (sum amount.Money) {
	p := c.Portfolio()
	for b := range p.Benefits.All() {
		part := p.Part(b, c.x.DIGIT)
		if part.Share == 0 || b.OneOff {
			continue
		}
		for y := year; y >= 2018; y-- {
			december := amount.NewMonth(y, 12)
			g, any := p.Ledger(b.ID).Confirmed(december)
			if !any {
				continue
			}
			if g == b.Monthly(december) {
				g = b.LevelAtEnd(y)
			} else {
				g.Gross, g.Running = 12*g.Gross, 12*g.Running
			}
			sum += part.Of(g.Gross) - part.Of(g.Running)
			break
		}
	}
	return sum
}

func TestNothingCountsInTwoYears(t *testing.T) {
	for _, years := range []int{2, 3} {
		rapid.Check(t, func(t *rapid.T) {
			c := drawChain(t, years)
			p, last := c.Portfolio(), 2018+years-1
			var met amount.Money
			for year := 2018; year <= last; year++ {
				y, left := p.YearOf(c.x.DIGIT, year), p.CarryOver(c.x.DIGIT, year)
				sumsAgree(t, y)
				if left.Credited != met {
					t.Fatalf("%d was credited with %d, the years before met %d", year, left.Credited, met)
				}
				met += left.H
				c.holdsRise(t, y)
			}
			effectsAgree(t, p, c.x.DIGIT, 2018, last)
			if want := c.forGood(last); met != want {
				t.Fatalf("the years count %d, the gains bring %d for good", met, want)
			}
			if left := p.CarryOver(c.x.DIGIT, last); left.Permanent().Ore != c.asked-met {
				t.Fatalf("the last year leaves %d, asked for is %d and %d is met", left.Permanent().Ore, c.asked, met)
			}
		})
	}
}

// holdsRise holds a year's figures against the gains themselves: with what was credited they are what the gains bring, month by month.
func (c *chain) holdsRise(t *rapid.T, y *portfolio.Year) {
	p := c.Portfolio()
	for m, f := range y.Months {
		at := amount.NewMonth(y.Year, m+1)
		var now, confirmed, claimed, open portfolio.Gain
		for b := range p.Benefits.All() {
			part, credit := p.Part(b, c.x.DIGIT), p.Credit(b, c.x.DIGIT, y.Year)
			if part.Share == 0 {
				continue
			}
			of := func(g portfolio.Gain) portfolio.Gain {
				return portfolio.Gain{Gross: part.Of(g.Gross), Running: part.Of(g.Running)}.Minus(credit.Monthly(at))
			}
			now = now.Plus(of(b.Monthly(at)))
			sum, is := p.Ledger(b.ID).Confirmed(at)
			waits, waiting := p.Ledger(b.ID).Claimed(at)
			switch {
			case is:
				confirmed = confirmed.Plus(of(sum))
				claimed = claimed.Plus(portfolio.Gain{Gross: part.Of(waits.Gross), Running: part.Of(waits.Running)})
			case waiting:
				claimed = claimed.Plus(of(waits))
			default:
				open = open.Plus(of(b.Monthly(at)))
			}
		}
		if f.Now != now || f.Confirmed != confirmed || f.Claimed != claimed || f.Expected != open {
			t.Fatalf("%s has %+v, the gains bring %+v now, %+v confirmed, %+v claimed, %+v open", at, f, now, confirmed, claimed, open)
		}
	}
}
