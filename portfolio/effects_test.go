package portfolio_test

import (
	"testing"

	"pgregory.net/rapid"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/portfoliotest"
)

func TestEffects(t *testing.T) {
	t.Run("what counts in a programme adds up to its year, to the øre", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			b := portfoliotest.NewBook()
			a := portfoliotest.NewActs(portfoliotest.Small(b))
			for range rapid.IntRange(1, 60).Draw(t, "acts") {
				if _, _, err := a.Act(t, b); err != nil {
					t.Fatal(err)
				}
			}
			p := b.Portfolio()
			for g := range p.Programmes.All() {
				effectsAgree(t, p, g.ID, 2017, 2020)
			}
		})
	})

	t.Run("moving the effect month moves the year's effect and the level at its end together", func(t *testing.T) {
		d := newDesk(t)
		at := func() portfolio.Effect { return d.effects()[0].Years[0] }
		if e := at(); e.InYear.Net() != 900*thousand || e.Level.Net() != 1_200*thousand {
			t.Fatalf("from April: %+v", e)
		}
		changes, err := d.initiative().ReportDelay(d.Portfolio(), d.By(d.x.Owner, "forsinket"), 12)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range changes {
			d.Save(c.Record, c.Event)
		}
		if e := at(); e != (portfolio.Effect{}) {
			t.Errorf("from April the year after: %+v", e)
		}
		if e := d.effects()[0].Years[1]; e.InYear.Net() != 900*thousand || e.Level.Net() != 1_200*thousand {
			t.Errorf("the year after: %+v", e)
		}
	})

	t.Run("hours, indicators and what is no budget cut stand apart, and so does what is not in the plan", func(t *testing.T) {
		d := newDesk(t)
		d.gain(portfolio.Benefit{Title: "Timer", Type: portfolio.Efficiency, Time: &portfolio.FreedTime{HoursPerYear: 100, Rate: 400 * amount.Krone}})
		d.gain(portfolio.Benefit{
			Title: "Undgået", Type: portfolio.Efficiency, Cash: &portfolio.Cash{Step: portfolio.AvoidedCost},
			Terms: portfolio.Terms{From: month(1), Gross: amount.Exactly(50 * thousand)},
		})
		want := map[string]portfolio.Standing{
			"Licenser og drift": portfolio.Counts, "Færre fejl": portfolio.OtherUnit, "Timer": portfolio.OtherUnit, "Undgået": portfolio.NoReduction,
		}
		for _, part := range d.effects() {
			if part.Standing != want[part.Benefit.Title] {
				t.Errorf("%s: %s", part.Benefit.Title, part.Standing)
			}
			if part.Benefit.Cash == nil && part.Years[0] != (portfolio.Effect{}) {
				t.Errorf("%s has kroner: %+v", part.Benefit.Title, part.Years[0])
			}
		}
		i, e, err := d.initiative().SetPlan(d.Portfolio(), d.decided(), portfolio.OutOfPlan, "opgivet")
		kept(d, i, e, err)
		if part := d.effects()[0]; part.Standing != portfolio.NotInPlan || part.Years[0].Level.Net() != 1_200*thousand {
			t.Errorf("out of the plan: %+v", part)
		}
	})

	t.Run("a sum over an unknown or approximate part says so, and one of unknown parts alone is unknown", func(t *testing.T) {
		d := newDesk(t)
		d.gain(portfolio.Benefit{Title: "Ukendt", Type: portfolio.Efficiency, Cash: &portfolio.Cash{Step: portfolio.BudgetReduction}})
		var all, unknown portfolio.EffectSum
		for _, part := range d.effects() {
			if part.Standing != portfolio.Counts {
				continue
			}
			all.Add(&part)
			if part.Benefit.Unknown() {
				unknown.Add(&part)
			}
		}
		if f := all.InYear(0); !f.Known || !f.Approximate || f.Ore != 900*thousand || all.Unknown != 1 {
			t.Errorf("all: %+v", f)
		}
		if f := unknown.Level(0); f.Known {
			t.Errorf("unknown: %+v", f)
		}
	})
}

func TestOpenGain(t *testing.T) {
	d := newDesk(t)
	gain := func() *portfolio.Benefit { return d.Portfolio().Benefits.Get(d.x.Benefit) }
	on := func(day portfolio.Date) (portfolio.OpenGain, bool) { return d.Portfolio().On(day).OpenGain(gain()) }

	t.Run("before the effect month a gain waits for it", func(t *testing.T) {
		if o, ok := on(20180115); !ok || o.Until != month(4) || len(o.Missing) != 0 {
			t.Errorf("%v %+v", ok, o)
		}
	})
	t.Run("after it, months that nobody has reported on are missing, until they are claimed", func(t *testing.T) {
		if o, ok := on(20180715); !ok || len(o.Missing) != 3 || o.Missing[0] != month(4) || o.Until != 0 {
			t.Fatalf("%v %+v", ok, o)
		}
		e, event, err := d.claim(d.x.Owner, 100_000, 4, 5, 6)
		kept(d, e, event, err)
		if o, ok := on(20180715); ok {
			t.Errorf("still open: %+v", o)
		}
	})
	t.Run("an indicator is open until its target is reached", func(t *testing.T) {
		quality := d.Portfolio().Benefits.Get(d.x.Quality)
		to := *quality
		to.From = month(1)
		quality, e, err := quality.Edit(d.Portfolio(), d.By(d.x.Owner, ""), to)
		quality = kept(d, quality, e, err)
		for _, c := range []struct {
			value int64
			open  bool
		}{{6_000, true}, {3_000, false}} {
			quality, e, err = quality.Measure(d.Portfolio(), d.By(d.x.Owner, ""), d.Portfolio().Today, c.value)
			quality = kept(d, quality, e, err)
			if o, ok := d.Portfolio().On(20190101).OpenGain(quality); ok != c.open || o.Short != c.open {
				t.Errorf("at %d: %v %+v", c.value, ok, o)
			}
		}
	})
}

// effectsAgree holds what counts in a programme against its years.
func effectsAgree(t *rapid.T, p *portfolio.Portfolio, g portfolio.ProgrammeID, first, last int) {
	sum := portfolio.EffectSum{Years: make([]portfolio.Effect, last-first+1)}
	for _, part := range p.Effects(portfolio.Filter{Programme: g}, first, last) {
		if part.Standing == portfolio.Counts {
			sum.Add(&part)
		}
	}
	for k, e := range sum.Years {
		y := p.YearOf(g, first+k)
		if e.InYear != y.Now || e.Level != y.Level {
			t.Fatalf("programme %d in %d: %+v, the year has %+v and %+v", g, first+k, e, y.Now, y.Level)
		}
	}
}

// effects are those of the desk's programme, 2018 and 2019.
func (d *desk) effects() []portfolio.EffectPart {
	return d.Portfolio().Effects(portfolio.Filter{Programme: d.x.DIGIT}, 2018, 2019)
}

// gain adds a gain to the desk's initiative.
func (d *desk) gain(b portfolio.Benefit) *portfolio.Benefit {
	d.Helper()
	id, _ := d.NextID(portfolio.KindBenefit)
	b.ID, b.Initiative = portfolio.BenefitID(id), d.x.Initiative
	made, e, err := portfolio.NewBenefit(d.Portfolio(), d.decided(), b)
	return kept(d, made, e, err)
}
