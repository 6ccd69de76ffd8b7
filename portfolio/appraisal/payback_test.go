package appraisal

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"gevinst/portfolio/amount"
)

func near(got, want float64) bool { return math.Abs(got-want) <= 1e-12*max(1, math.Abs(want)) }

func same(got, want Answer[float64]) bool {
	return got.Reason == want.Reason && near(got.Value, want.Value)
}

// The wanted years were computed apart from this program: Python's fractions.Fraction, the formula as it stands, the
// exact fraction written as a decimal.
func TestPayback(t *testing.T) {
	never := none[float64](Never)
	for _, c := range []struct {
		title              string
		dated              amount.Date
		net                []amount.Money
		simple, discounted Answer[float64]
	}{
		{"within the seventh year", 2017_11_06, row(-100000000, 10, 15000000), found(20.0 / 3), found(7.909567409236651)},
		{"sooner at the lower rate", 2021_01_07, row(-100000000, 10, 15000000), found(20.0 / 3), found(7.727040142706394)},
		{
			"uneven years", 2021_01_06,
			[]amount.Money{-250000000, 40000000, 80000000, 80000000, 80000000},
			found(3.625), found(3.971776),
		},
		{
			"years of nothing first", 2017_02_01,
			[]amount.Money{-390000000, 0, 0, 120000000, 120000000, 120000000, 120000000, 60000000},
			found(5.25), found(5.865822810112),
		},
		{"a year in the red between", 2017_11_06, []amount.Money{-10000, -25000000, 50000033, -1, 7777777}, found(1.5001996698682178), found(1.5202159766574554)},
		{"exactly at a year's end", 2017_11_06, []amount.Money{-25, 26}, found(25.0 / 26), found(1.0)},
		{"simply, and never when discounted", 2021_04_01, row(-9000000000, 40, 400000000), found(22.5), never},
		{"after the rate has changed", 2021_04_01, row(-9000000000, 70, 400000000), found(22.5), found(44.461991170237866)},
		{"never", 2017_11_06, []amount.Money{-420000000, 10, 10}, never, never},
		{"never, of one year", 2017_11_06, []amount.Money{-420000000}, never, never},
		{"at once, where the first year covers itself", 2017_11_06, []amount.Money{0, -5, 3}, found(0.0), found(0.0)},
		{"at once, where the first year gains", 2017_11_06, []amount.Money{7}, found(0.0), found(0.0)},
		{"nothing, of no years", 2017_11_06, nil, none[float64](NothingKnown), none[float64](NothingKnown)},
	} {
		t.Run(c.title, func(t *testing.T) {
			years := max(len(c.net), 1)
			if got := AtPar(years - 1).Payback(c.net); !same(got, c.simple) {
				t.Errorf("simple %v, want %v", got, c.simple)
			}
			if got := on(t, c.dated, years).Payback(c.net); !same(got, c.discounted) {
				t.Errorf("discounted %v, want %v", got, c.discounted)
			}
		})
	}
	t.Run("not told of years that have no rate", func(t *testing.T) {
		net := row(-10, 5, 1)
		if got := AtPar(1).Payback(net); got != none[float64](BeyondRates) {
			t.Errorf("got %v", got)
		}
		if got := AtPar(1).BreakEven(net, nil); got != none[float64](BeyondRates) {
			t.Errorf("got %v", got)
		}
	})
}

func TestPaybackIsTheFirstTimeTheSumIsNotBelowZero(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rates := drawRates(t, MinRate)
		net := drawNet(t, len(rates), 1e12)
		got := with(t, rates).Payback(net)
		for year := range net {
			sum := exact(rates, net[:year+1])
			if sum.Sign() < 0 {
				continue
			}
			want := new(big.Rat)
			if year > 0 { // the part of the year in which its share of the sum comes to cover what was missing
				missing := exact(rates, net[:year])
				missing.Neg(missing)
				want.Add(big.NewRat(int64(year-1), 1), new(big.Rat).Quo(missing, sum.Add(sum, missing)))
			}
			if got != found(nearest(want)) {
				t.Errorf("got %v, want %s", got, want.FloatString(9))
			}
			return
		}
		if len(net) > 0 && got.Reason != Never {
			t.Errorf("got %v, the sum stays below zero", got)
		}
	})
}

func TestBreakEven(t *testing.T) {
	d := on(t, 2017_11_06, 4)
	for _, c := range []struct {
		title           string
		benefits, costs []amount.Money
		want            Answer[float64]
	}{
		// Python's fractions as above.
		{"a fifth may nearly fail", []amount.Money{0, 500, 500, 500}, []amount.Money{1000, 50, 50, 50}, found(0.8206970784213224)},
		{"more than all is needed", []amount.Money{100}, []amount.Money{150}, found(1.5)},
		{"no costs need nothing", []amount.Money{100}, nil, found(0.0)},
		{"no benefits never do", nil, []amount.Money{150}, none[float64](NoBenefits)},
		{"nor do benefits below zero", []amount.Money{-1}, []amount.Money{150}, none[float64](NoBenefits)},
	} {
		t.Run(c.title, func(t *testing.T) {
			if got := d.BreakEven(c.benefits, c.costs); !same(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}
