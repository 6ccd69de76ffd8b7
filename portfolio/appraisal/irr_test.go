package appraisal

import (
	"math"
	"math/big"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gevinst/portfolio/amount"
)

// The wanted rates were computed apart from this program: Python's fractions.Fraction, eighty halvings of an interval,
// then the nearest float64.
// Where there is none, or there are several, the polynomial's discriminant or its signs at chosen rates tell.
func TestInternalRate(t *testing.T) {
	several, no := none[float64](SeveralRoots), none[float64](NoRoot)
	for _, c := range []struct {
		title string
		net   []amount.Money
		want  Answer[float64]
	}{
		{"one year", []amount.Money{-1000, 1100}, found(0.1)},
		{"ten even years", row(-100000000, 10, 15000000), found(0.08144165646436566)},
		{"uneven years", []amount.Money{-100000000, 30000000, 42000000, 68000000}, found(0.1634056006889893)},
		{"seventy years", row(-9000000000, 70, 400000000), found(0.041939193384103755)},
		{"exactly zero, where the sum is", row(-500, 5, 100), found(0.0)},
		{"below zero, where less comes back", []amount.Money{-100, 50}, found(-0.5)},
		{"a loan taken first", []amount.Money{1000, -1500}, found(0.5)},
		{"years of nothing at both ends", []amount.Money{0, -100, 0, 400, 0}, found(1.0)},
		{"a very large one", []amount.Money{-1, 1e9}, found(999999999.0)},
		{"one root among three changes of sign", []amount.Money{-100, 50, -10, 200}, found(0.4206154477648031)},
		{"a root where the value touches zero and turns", []amount.Money{-100, 220, -121}, found(0.1)},
		{"none of costs alone", []amount.Money{-100, -50}, no},
		{"none of gains alone", []amount.Money{0, 50}, no},
		{"none of a value that turns below zero", []amount.Money{-100, 230, -133}, no},
		{"two, 10 % and 20 %", []amount.Money{-100, 230, -132}, several},
		{"two, one of them far below zero", []amount.Money{-100, 60, 60, 60, -5}, several},
		{"three, 0 %, 100 % and 200 %", []amount.Money{-1, 6, -11, 6}, several},
		{"every rate, of nothing", []amount.Money{0, 0}, several},
		{"nothing is known", nil, none[float64](NothingKnown)},
	} {
		t.Run(c.title, func(t *testing.T) {
			if got := IRR(c.net); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// valueAt is the exact present value at the rate.
func valueAt(r float64, net []amount.Money) *big.Rat {
	growth := new(big.Rat).SetFloat64(r)
	growth.Add(growth, big.NewRat(1, 1))
	sum := new(big.Rat)
	for t := len(net) - 1; t >= 0; t-- {
		if t < len(net)-1 {
			sum.Quo(sum, growth)
		}
		sum.Add(sum, new(big.Rat).SetInt64(int64(net[t])))
	}
	return sum
}

func TestThePresentValueTurnsAtTheInternalRate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		invest := amount.Money(rapid.Int64Range(1, 1e12).Draw(t, "invest"))
		gains := rapid.SliceOfN(rapid.Int64Range(0, 1e11), 1, 30).Draw(t, "gains")
		net := []amount.Money{-invest}
		for _, g := range gains {
			net = append(net, amount.Money(g))
		}
		got := IRR(net)
		if sumOf(net) == -invest {
			if got.Reason != NoRoot {
				t.Errorf("got %v of costs alone", got)
			}
			return
		}
		below, above := math.Nextafter(got.Value, -1), math.Nextafter(got.Value, math.Inf(1))
		if got.Reason != 0 || below > -1 && valueAt(below, net).Sign() < 0 || valueAt(above, net).Sign() > 0 {
			t.Errorf("got %v of %v", got, net)
		}
		v, _ := valueAt(got.Value, net).Float64()
		if got.Value > -0.5 && math.Abs(v) > 1e-10*float64(invest)*float64(len(net)) {
			t.Errorf("at %v it is worth %v øre", got, v)
		}
	})
}

func TestRootsAreCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// The amounts are the polynomial of chosen growths y = n / 10, each above zero, times one that has no real root.
		growths := rapid.SliceOfN(rapid.Int64Range(1, 40), 0, 4).Draw(t, "growths")
		p := poly{big.NewInt(3), big.NewInt(2), big.NewInt(1)}
		for range rapid.IntRange(0, 2).Draw(t, "without roots") {
			p = times(p, 7, -3, 1) // its discriminant is below zero: the signs change, and no root comes
		}
		different := map[int64]bool{}
		for _, n := range growths {
			p, different[n] = times(p, -n, 10), true
		}
		net := make([]amount.Money, len(p))
		for i, c := range p {
			net[len(p)-1-i] = amount.Money(c.Int64())
		}
		got := IRR(net)
		switch len(different) {
		case 0:
			if got.Reason != NoRoot {
				t.Errorf("got %v of no roots", got)
			}
		case 1:
			if want := float64(growths[0]-10) / 10; !same(got, found(want)) {
				t.Errorf("got %v, want %v", got, want)
			}
		default:
			if got.Reason != SeveralRoots {
				t.Errorf("got %v of %d roots", got, len(different))
			}
		}
	})
}

func times(p poly, factor ...int64) poly {
	out := make(poly, len(p)+len(factor)-1)
	for i := range out {
		out[i] = new(big.Int)
	}
	for i, c := range p {
		for j, f := range factor {
			out[i+j].Add(out[i+j], new(big.Int).Mul(c, big.NewInt(f)))
		}
	}
	return out
}

func TestTheInternalRateOfTheLongestCaseComesSoon(t *testing.T) {
	net := make([]amount.Money, 71) // signs that change every year, and as many digits as there may be
	seed := int64(20171106)
	for i := range net {
		seed = (seed*6364136223846793005 + 1442695040888963407) % 1e15
		net[i] = amount.Money(max(seed, -seed) + 1)
		if i%2 == 0 {
			net[i] = -net[i]
		}
	}
	start := time.Now()
	got := IRR(net)
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("%v took %v", got, took)
	}
}
