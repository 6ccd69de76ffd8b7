package appraisal

import (
	"errors"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gevinst/portfolio/amount"
)

// figures are exact amounts; unknown stands for null.
func figures(amounts ...amount.Money) []amount.Figure {
	out := make([]amount.Figure, len(amounts))
	for t, m := range amounts {
		if m != unknown {
			out[t] = amount.Exactly(m)
		}
	}
	return out
}

const unknown amount.Money = -1 << 63

func TestEvaluate(t *testing.T) {
	line := func(k Kind, amounts ...amount.Money) Line { return Line{k, 2018, figures(amounts...)} }

	t.Run("costs are taken from benefits, and every figure follows", func(t *testing.T) {
		got, err := Evaluate(Case{Dated: 2017_11_06, Lines: []Line{
			line(Benefit, 0, 500, 500, 500), line(Running, 0, 50, 50, 50), line(OneOff, 1000),
		}})
		if err != nil {
			t.Fatal(err)
		}
		// Python's fractions: 450 in each of three years at 4 % less 1000 is 248.79, paid back after 2 + 2/9 years; the costs are 80059/97550 of the benefits.
		if !slices.Equal(Known(got.Net), []amount.Money{-1000, 450, 450, 450}) ||
			!slices.Equal(Known(got.Cumulative), []amount.Money{-1000, -550, -100, 350}) {
			t.Errorf("net %v, cumulative %v", got.Net, got.Cumulative)
		}
		if got.NPV != found(amount.Money(249)) || !same(got.Payback, found(2+2.0/9)) || got.Unknown != 0 {
			t.Errorf("%+v", got)
		}
		if !same(got.BreakEven, found(80059.0/97550)) {
			t.Errorf("break-even %v", got.BreakEven)
		}
		if got.DiscountedPayback.Value <= got.Payback.Value || got.IRR.Value < 0.16 || got.IRR.Value > 0.17 {
			t.Errorf("discounted %v, internal rate %v", got.DiscountedPayback, got.IRR)
		}
	})

	t.Run("unknown amounts are left out and counted, and a year of nothing else is not known", func(t *testing.T) {
		got, err := Evaluate(Case{Dated: 2017_11_06, Lines: []Line{
			line(Benefit, unknown, unknown, 300), line(OneOff, unknown, 100),
		}})
		if err != nil {
			t.Fatal(err)
		}
		if got.Unknown != 3 || got.Net[0].Known() || got.Cumulative[0].Known() || !got.Net[1].Known() ||
			!slices.Equal(Known(got.Cumulative), []amount.Money{0, -100, 200}) || got.NPV.Value != 181 {
			t.Errorf("%+v", got)
		}
	})

	t.Run("what is not known of the costs or the benefits bounds every figure, or leaves none", func(t *testing.T) {
		no := none[float64]
		for _, c := range []struct {
			title                         string
			lines                         []Line
			unknown                       int
			npv                           amount.Money
			bound                         amount.Bound
			payback, discounted, irr, par Answer[float64]
		}{
			{
				"all is known",
				[]Line{line(Benefit, 0, 200), line(OneOff, 100)},
				0, 92, amount.Whole,
				found(0.5), found(0.52), found(1.0), found(0.52),
			},
			{
				"a running cost",
				[]Line{line(Benefit, 0, 200), line(Running, 0, unknown), line(OneOff, 100)},
				1, 92, amount.AtMost,
				no(CostUnknown), no(CostUnknown), no(CostUnknown), no(CostUnknown),
			},
			{
				"a line of costs without any amount",
				[]Line{line(Running), line(Benefit, 0, 200), line(OneOff, 100)},
				1, 92, amount.AtMost,
				no(CostUnknown), no(CostUnknown), no(CostUnknown), no(CostUnknown),
			},
			{
				"all costs",
				[]Line{line(Benefit, 0, 200), line(OneOff, unknown, unknown)},
				2, 192, amount.AtMost,
				no(CostUnknown), no(CostUnknown), no(CostUnknown), no(CostUnknown),
			},
			{
				"a benefit, in a case that pays without it",
				[]Line{line(Benefit, 0, 200), line(Benefit, unknown), line(OneOff, 100)},
				1, 92, amount.AtLeast,
				found(0.5), found(0.52), found(1.0), found(0.52),
			},
			{
				"a benefit, without which it does not pay",
				[]Line{line(Benefit, unknown, unknown), line(OneOff, 100)},
				2, -100, amount.AtLeast,
				no(BenefitUnknown), no(BenefitUnknown), no(BenefitUnknown), no(BenefitUnknown),
			},
			{
				"some of both",
				[]Line{line(Benefit, unknown, 200), line(OneOff, 100), line(Running)},
				2, 92, amount.KnownPart,
				no(CostUnknown), no(CostUnknown), no(CostUnknown), no(CostUnknown),
			},
		} {
			t.Run(c.title, func(t *testing.T) {
				got, err := Evaluate(Case{Dated: 2017_11_06, Lines: c.lines})
				if err != nil {
					t.Fatal(err)
				}
				if value := got.PresentValue(); got.Unknown != c.unknown || value.Ore != c.npv || value.Bound() != c.bound || got.NPV.Value != c.npv {
					t.Errorf("%d unknown, NPV %v, %s %d", got.Unknown, got.NPV, value.Bound(), value.Ore)
				}
				if !same(got.Payback, c.payback) || !same(got.DiscountedPayback, c.discounted) || !same(got.IRR, c.irr) || !same(got.BreakEven, c.par) {
					t.Errorf("payback %v, discounted %v, internal rate %v, break-even %v", got.Payback, got.DiscountedPayback, got.IRR, got.BreakEven)
				}
			})
		}
	})

	t.Run("a line without any amount is unknown in every year", func(t *testing.T) {
		got, err := Evaluate(Case{Dated: 2017_11_06, Lines: []Line{line(Benefit), line(OneOff, 100, 0, 0)}})
		if err != nil {
			t.Fatal(err)
		}
		for year, net := range got.Net {
			if net.Bound() != amount.AtLeast {
				t.Errorf("year %d: %q", year, net.Bound())
			}
		}
	})

	t.Run("a case without amounts is counted and not valued", func(t *testing.T) {
		for _, lines := range [][]Line{nil, {line(Benefit, unknown), line(OneOff)}} {
			got, err := Evaluate(Case{Dated: 2017_02_01, Lines: lines})
			if err != nil {
				t.Fatal(err)
			}
			if got.Unknown != len(lines) || got.PresentValue().Known() || got.NPV.Reason != NothingKnown || got.Payback.Reason != NothingKnown ||
				got.DiscountedPayback.Reason != NothingKnown || got.IRR.Reason != NothingKnown || got.BreakEven.Reason != NothingKnown {
				t.Errorf("%+v", got)
			}
		}
	})

	t.Run("approximate amounts make the years approximate that they are in", func(t *testing.T) {
		got, err := Evaluate(Case{Dated: 2017_11_06, Lines: []Line{{Benefit, 2018, []amount.Figure{amount.Exactly(1), amount.About(300_000_00)}}}})
		if err != nil || got.Net[0].Approximate || !got.Net[1].Approximate || !got.Cumulative[1].Approximate {
			t.Errorf("%+v, %v", got, err)
		}
	})

	t.Run("given rates take the table's place", func(t *testing.T) {
		c := Case{Lines: []Line{line(Benefit, 0, 3)}, Rates: []Rate{0, 100 * Percent}}
		if got, err := Evaluate(c); err != nil || got.NPV != found(amount.Money(2)) {
			t.Errorf("%+v, %v", got, err)
		}
	})

	t.Run("what cannot be counted is refused by name", func(t *testing.T) {
		long := make([]amount.Money, 72)
		huge := slices.Repeat([]amount.Money{amount.Max}, 71)
		for _, c := range []struct {
			why  error
			from Case
		}{
			{ErrNoTable, Case{Dated: 2013_05_30}},
			{ErrHorizon, Case{Dated: 2021_01_07, Lines: []Line{line(Benefit, long...)}}},
			{ErrHorizon, Case{Lines: []Line{line(Benefit, 1, 2)}, Rates: []Rate{0}}},
			{ErrRate, Case{Lines: []Line{line(Benefit, 1, 2)}, Rates: []Rate{0, 4 * 100 * Percent}}},
			{ErrTooLarge, Case{Dated: 2017_11_06, Lines: []Line{line(Benefit, amount.Max+1)}}},
			{ErrTooLarge, Case{Dated: 2017_11_06, Lines: slices.Repeat([]Line{line(OneOff, huge...)}, 1000)}},
			{amount.ErrPriceYear, Case{Dated: 2017_11_06, Lines: []Line{line(Benefit, 1), {OneOff, 2019, figures(1)}}}},
		} {
			if _, err := Evaluate(c.from); !errors.Is(err, c.why) {
				t.Errorf("got %v, want %v", err, c.why)
			}
		}
	})

	t.Run("a value that grows beyond all amounts is no value", func(t *testing.T) {
		c := Case{Lines: []Line{line(Benefit, append(row(0, 69, 0), amount.Max)...)}, Rates: slices.Repeat([]Rate{MinRate}, 71)}
		if got, err := Evaluate(c); err != nil || got.NPV != none[amount.Money](TooLarge) {
			t.Errorf("%+v, %v", got.NPV, err)
		}
	})
}

func TestEstimate(t *testing.T) {
	for _, c := range []struct {
		title    string
		e        Estimate
		mean, sd amount.Money
	}{
		// Python: round(Fraction(a + 4*m + b, 6)) and round(Fraction(b - a, 6)), half to even.
		{"a skewed one", Estimate{100000000, 150000000, 260000000}, 160000000, 26666667},
		{"half an øre goes to nothing", Estimate{0, 0, 3}, 0, 0},
		{"one and a half goes to two", Estimate{0, 0, 9}, 2, 2},
		{"below zero likewise", Estimate{-9, 0, 0}, -2, 2},
		{"two and a sixth", Estimate{1, 2, 4}, 2, 0},
		{"a certain one", Estimate{100, 100, 100}, 100, 0},
		{"a loss or a gain", Estimate{-30000, 0, 60000}, 5000, 15000},
	} {
		t.Run(c.title, func(t *testing.T) {
			if !c.e.Valid() || c.e.Mean() != c.mean || c.e.SD() != c.sd {
				t.Errorf("%v: valid %v, mean %d, sd %d", c.e, c.e.Valid(), c.e.Mean(), c.e.SD())
			}
		})
	}
	t.Run("points out of order or bounds are not valid", func(t *testing.T) {
		for _, e := range []Estimate{{2, 1, 3}, {1, 3, 2}, {0, 0, amount.Max + 1}, {-amount.Max - 1, 0, 0}} {
			if e.Valid() {
				t.Errorf("%v is valid", e)
			}
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		points := rapid.SliceOfN(rapid.Int64Range(-int64(amount.Max), int64(amount.Max)), 3, 3).Draw(t, "points")
		slices.Sort(points)
		e := Estimate{amount.Money(points[0]), amount.Money(points[1]), amount.Money(points[2])}
		if m := e.Mean(); m < e.Low || m > e.High || e.SD() < 0 {
			t.Errorf("%v: mean %d, sd %d", e, m, e.SD())
		}
	})
}

func TestSpread(t *testing.T) {
	wide := func(widths ...amount.Money) (list []Estimate) {
		for _, w := range widths {
			list = append(list, Estimate{-w, 0, 0})
		}
		return list
	}
	forty := slices.Repeat([][]Estimate{wide(12_345_678)}, 41)
	forty[0] = nil
	for _, c := range []struct {
		title string
		d     *Discount
		years [][]Estimate
		want  Answer[amount.Money]
	}{
		// Python: the sum of the squares as a Fraction, its root by isqrt.
		{"of nothing", AtPar(0), nil, found(amount.Money(0))},
		{"one and a half goes to two", AtPar(0), [][]Estimate{wide(9)}, found(amount.Money(2))},
		{"a later year counts for less", on(t, 2017_11_06, 2), [][]Estimate{wide(100), wide(144)}, found(amount.Money(28))},
		{"several lines", on(t, 2017_11_06, 3), [][]Estimate{wide(100000000), wide(50000000, 30000000), wide(50000000, 30000000)}, found(amount.Money(21114651))},
		{"undiscounted it is wider", AtPar(2), [][]Estimate{wide(100000000), wide(50000000, 30000000), wide(50000000, 30000000)}, found(amount.Money(21602469))},
		{"past the year in which the rate falls", on(t, 2021_01_07, 41), forty, found(amount.Money(7465912))},
		{"of the widest amounts", AtPar(0), [][]Estimate{slices.Repeat([]Estimate{{-amount.Max, 0, amount.Max}}, 3)}, found(amount.Money(577350269189626))},
		{"of more years than there are rates", AtPar(0), [][]Estimate{nil, wide(1)}, none[amount.Money](BeyondRates)},
	} {
		t.Run(c.title, func(t *testing.T) {
			if got := c.d.Spread(c.years); got != c.want {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
	t.Run("below zero the rates may make it more than an amount can hold", func(t *testing.T) {
		d, err := NewDiscount(slices.Repeat([]Rate{MinRate}, 71))
		if err != nil {
			t.Fatal(err)
		}
		years := make([][]Estimate, 71)
		years[70] = wide(amount.Max)
		if got := d.Spread(years); got != none[amount.Money](TooLarge) {
			t.Errorf("%v", got)
		}
	})
}

func TestIndex(t *testing.T) {
	for _, c := range []struct {
		x        amount.Money
		from, to int64
		want     amount.Money
	}{
		// Python: round(Fraction(x * to, from)), half to even.
		{100000000, 1000, 1021, 102100000},
		{100000000, 1021, 1000, 97943193},
		{33333, 1000, 1018, 33933},
		{-50, 100, 101, -50},
		{50, 100, 103, 52},
		{150, 100, 103, 154},
		{50, 100, 101, 50},
		{1e15, 1041, 1073, 1030739673390970},
	} {
		ix, err := NewIndex("wages", "test", map[int]int64{2018: c.from, 2019: c.to})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := ix.Restate(c.x, 2018, 2019); err != nil || got != c.want {
			t.Errorf("%d from %d to %d is %d, %v, want %d", c.x, c.from, c.to, got, err, c.want)
		}
		if got, err := ix.Restate(c.x, 2018, 2018); err != nil || got != c.x {
			t.Errorf("in its own year %d is %d, %v", c.x, got, err)
		}
	}
	ix, err := NewIndex("wages", "test", map[int]int64{2018: 1000, 2019: 1021})
	if err != nil {
		t.Fatal(err)
	}
	t.Run("a line is restated, and only then added to one of the other year", func(t *testing.T) {
		old := Line{Benefit, 2018, []amount.Figure{amount.About(1000), {}}}
		now := Line{OneOff, 2019, figures(21)}
		if _, err := Net(old, now); !errors.Is(err, amount.ErrPriceYear) {
			t.Errorf("two price years were added: %v", err)
		}
		restated, err := ix.RestateLine(old, 2019)
		if err != nil || restated.Amounts[0] != amount.About(1021) || restated.Amounts[1].Known || old.Amounts[0].Ore != 1000 {
			t.Fatalf("%+v, %v", restated, err)
		}
		if net, err := Net(restated, now); err != nil || net[0].Ore != 1000 || net[1].Unknown != 1 {
			t.Errorf("%+v, %v", net, err)
		}
	})
	t.Run("a year without a point, or too large an amount, is refused", func(t *testing.T) {
		for _, years := range [][2]int{{2017, 2018}, {2018, 2017}} {
			if _, err := ix.Restate(1, years[0], years[1]); !errors.Is(err, ErrNoPoint) {
				t.Errorf("%v: %v", years, err)
			}
		}
		if _, err := ix.RestateLine(Line{Benefit, 2018, figures(amount.Max + 1)}, 2019); !errors.Is(err, ErrTooLarge) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("points that make no index are refused", func(t *testing.T) {
		for _, points := range []map[int]int64{nil, {2018: 0}, {2018: -1, 2019: 5}, {2018: 1, 2019: 2000}} {
			if _, err := NewIndex("x", "test", points); !errors.Is(err, ErrIndex) {
				t.Errorf("%v: %v", points, err)
			}
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Int64Range(-int64(amount.Max), int64(amount.Max)).Draw(t, "x")
		from, to := rapid.Int64Range(500, 2000).Draw(t, "from"), rapid.Int64Range(500, 2000).Draw(t, "to")
		ix, err := NewIndex("wages", "test", map[int]int64{1: from, 2: to})
		if err != nil {
			t.Fatal(err)
		}
		got, err := ix.Restate(amount.Money(x), 1, 2)
		if exact := new(big.Rat).Mul(big.NewRat(x, 1), big.NewRat(to, from)); err != nil || !halfEven(exact, got) {
			t.Errorf("%d x %d / %d is %d, %v", x, to, from, got, err)
		}
	})
}

func TestKindsAndReasonsHaveCodes(t *testing.T) {
	for _, k := range []Kind{Benefit, Running, OneOff} {
		text, err := k.MarshalText()
		var back Kind
		if err != nil || back.UnmarshalText(text) != nil || back != k {
			t.Errorf("%s is read as %s", text, back)
		}
	}
	for _, text := range []string{"", "cost", "Benefit"} {
		if k := new(Kind); k.UnmarshalText([]byte(text)) == nil {
			t.Errorf("%q is read as %s", text, k)
		}
	}
	for r := NothingKnown; r <= BenefitUnknown; r++ {
		if r.String() == "" {
			t.Errorf("reason %d has no code", r)
		}
	}
}
