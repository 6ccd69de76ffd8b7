package portfolio_test

import (
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

func (d *desk) place(to portfolio.Membership) {
	d.Helper()
	i, e, err := d.initiative().SetPlan(d.Portfolio(), d.decided(), to, "besluttet")
	kept(d, i, e, err)
}

func TestWhatHasLeftThePlan(t *testing.T) {
	year := func(d *desk) *portfolio.Year { return d.Portfolio().YearOf(d.x.DIGIT, 2018) }
	t.Run("what leaves the plan stays in it as adopted, brings nothing, and makes a hole of all it was to bring", func(t *testing.T) {
		for _, to := range []portfolio.Membership{portfolio.OutOfPlan, portfolio.Awaiting} {
			d := newDesk(t)
			changes, err := d.initiative().ReportDelay(d.Portfolio(), d.By(d.x.Owner, "leverandøren"), 6)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range changes {
				d.Save(c.Record, c.Event)
			}
			year(d) // so that the next is carried forward from it
			d.place(to)
			if y := year(d); y.Plan.Net() != 900*thousand || y.Now.Net() != 0 || y.Planned() != 0 {
				t.Errorf("%s: plan %d, now %d", to, y.Plan.Net(), y.Now.Net())
			}
			holes := d.Portfolio().Holes(d.x.DIGIT, 2018)
			if len(holes) != 1 || holes[0].InYear != 900*thousand || holes[0].Level != 1_200*thousand {
				t.Errorf("%s: %+v", to, holes)
			}
		}
	})
	t.Run("what Finance has confirmed of it is no part of the hole", func(t *testing.T) {
		d := newDesk(t)
		entry, e, err := d.claim(d.x.Owner, 100_000, 4, 5, 6)
		d.settled(kept(d, entry, e, err), true)
		confirmed := year(d).Confirmed.Net()
		d.place(portfolio.OutOfPlan)
		if holes := d.Portfolio().Holes(d.x.DIGIT, 2018); confirmed == 0 || len(holes) != 1 || holes[0].InYear != 900*thousand-confirmed {
			t.Errorf("%d is confirmed, holes %+v", confirmed, holes)
		}
	})
	t.Run("taken in again it is as it was", func(t *testing.T) {
		d := newDesk(t)
		was := year(d).Figures
		d.place(portfolio.OutOfPlan)
		d.place(portfolio.InPlan)
		if y := year(d); y.Figures != was || len(d.Portfolio().Holes(d.x.DIGIT, 2018)) != 0 || d.initiative().Plan.Left {
			t.Errorf("%+v, was %+v", y.Figures, was)
		}
	})
	t.Run("what was never in the plan makes no hole, though it waited for a decision first", func(t *testing.T) {
		d := newDesk(t)
		i, e, err := portfolio.NewInitiative(d.Portfolio(), d.decided(), portfolio.Initiative{
			ID: 2, Title: "Idé", Programme: d.x.DIGIT, Background: portfolio.NewIdea,
		})
		d.x.Initiative = kept(d, i, e, err).ID
		d.gain(portfolio.Benefit{
			Title: "Porto", Type: portfolio.Efficiency, Cash: &portfolio.Cash{Step: portfolio.BudgetReduction},
			Terms: portfolio.Terms{From: month(1), Gross: amount.Exactly(50 * thousand)},
		})
		for _, to := range []portfolio.Membership{portfolio.Awaiting, portfolio.OutOfPlan} {
			d.place(to)
		}
		if y := year(d); y.Plan.Net() != 900*thousand || len(d.Portfolio().Holes(d.x.DIGIT, 2018)) != 0 {
			t.Errorf("plan %d, holes %+v", y.Plan.Net(), d.Portfolio().Holes(d.x.DIGIT, 2018))
		}
	})
}
