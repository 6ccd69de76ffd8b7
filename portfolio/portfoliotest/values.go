package portfoliotest

import (
	"iter"
	"slices"

	"pgregory.net/rapid"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

func one[T any](d *draw, all iter.Seq[*T], label string) *T {
	return rapid.SampledFrom(slices.Collect(all)).Draw(d.t, label)
}

func (d *draw) user() portfolio.UserID {
	return rapid.SampledFrom(append(d.p.Users.List(), &portfolio.User{})).Draw(d.t, "user").ID
}

func (d *draw) month() portfolio.Month {
	return amount.NewMonth(2017, 1) + portfolio.Month(rapid.IntRange(0, 35).Draw(d.t, "month"))
}

// money has odd øre, both signs, and now and then nothing.
func (d *draw) money() amount.Money {
	return amount.Money(rapid.Int64Range(-1_000_000_00, 5_000_000_00).Draw(d.t, "øre"))
}

func (d *draw) figure() amount.Figure {
	f := amount.Figure{Ore: d.money(), Known: rapid.IntRange(0, 4).Draw(d.t, "known") > 0, Approximate: rapid.Bool().Draw(d.t, "ca.")}
	return f
}

func (d *draw) title() string {
	return rapid.SampledFrom([]string{"Telefoni", "Én indgang", "SMS-service", "", "<script>"}).Draw(d.t, "title")
}

func (d *draw) schedule() portfolio.Schedule {
	var s portfolio.Schedule
	if rapid.Bool().Draw(d.t, "scheduled") {
		s.Start = d.month()
		s.Done = s.Start + portfolio.Month(rapid.IntRange(0, 12).Draw(d.t, "duration"))
	}
	return s
}

func (d *draw) terms() portfolio.Terms {
	x := portfolio.Terms{OneOff: rapid.Bool().Draw(d.t, "one-off"), Gross: d.figure(), Running: d.figure()}
	if rapid.IntRange(0, 4).Draw(d.t, "dated") > 0 {
		x.From = d.month()
	}
	for range rapid.IntRange(0, 3).Draw(d.t, "ramp") {
		x.Ramp = append(x.Ramp, int32(rapid.IntRange(0, 10_000).Draw(d.t, "share")))
	}
	if len(x.Ramp) > 0 {
		x.Ramp = append(x.Ramp, 10_000)
	}
	return x
}

// benefit draws a gain of any type, mostly kroner.
func (d *draw) benefit() portfolio.Benefit {
	b := portfolio.Benefit{Title: d.title(), Type: rapid.SampledFrom(portfolio.BenefitTypes()).Draw(d.t, "type"), Owner: d.user(), PriceYear: 2018}
	switch rapid.IntRange(0, 5).Draw(d.t, "gain") {
	case 0:
		b.Time = &portfolio.FreedTime{HoursPerYear: 600}
	case 1:
		b.Indicator = &portfolio.Indicator{Unit: "%", Baseline: 1, Target: 2}
	case 2:
		b.Type, b.Cash, b.Terms = portfolio.Efficiency, &portfolio.Cash{Step: portfolio.SpentLess, Account: "6.45.51"}, d.terms()
	default:
		b.Type, b.Cash, b.Terms = portfolio.Efficiency, &portfolio.Cash{Step: portfolio.BudgetReduction}, d.terms()
	}
	for g := range d.p.Programmes.All() {
		if rapid.Bool().Draw(d.t, "allocated") {
			b.Allocations = append(b.Allocations, portfolio.Allocation{
				Programme: g.ID, Share: portfolio.Basis(rapid.IntRange(0, 7_000).Draw(d.t, "share")),
			})
		}
	}
	return b
}

func (d *draw) lines() []portfolio.Line {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) portfolio.Line {
		return portfolio.Line{
			Kind:       rapid.SampledFrom([]portfolio.LineKind{portfolio.Base, portfolio.CarriedOver, portfolio.AlreadyRealized, portfolio.Adjustment}).Draw(t, "kind"),
			Label:      "Linje",
			Amount:     amount.Figure{Ore: amount.Money(rapid.Int64Range(0, 5_000_000_00).Draw(t, "øre")), Known: true, Approximate: rapid.Bool().Draw(t, "ca.")},
			Permanence: rapid.SampledFrom([]portfolio.Permanence{portfolio.NotStated, portfolio.Permanent, portfolio.OneOff}).Draw(t, "permanence"),
		}
	}), 0, 4).Draw(d.t, "lines")
}
