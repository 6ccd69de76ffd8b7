package appraisal

import (
	"errors"
	"math"
	"math/big"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gevinst/portfolio/amount"
)

// row is first and then n times each.
func row(first amount.Money, n int, each amount.Money) []amount.Money {
	return append([]amount.Money{first}, slices.Repeat([]amount.Money{each}, n)...)
}

func on(t interface{ Fatal(...any) }, dated amount.Date, years int) *Discount {
	table, err := TableOn(dated)
	if err != nil {
		t.Fatal(err)
	}
	rates, err := table.Rates(years - 1)
	if err != nil {
		t.Fatal(err)
	}
	return with(t, rates)
}

func with(t interface{ Fatal(...any) }, rates []Rate) *Discount {
	d, err := NewDiscount(rates)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The wanted figures were computed apart from this program: Python's fractions.Fraction, each d_t an exact fraction, the
// sum rounded with round(), which is half to even.
func TestPresentValueByTheTables(t *testing.T) {
	const krone = amount.Krone
	for _, c := range []struct {
		title string
		dated amount.Date
		net   []amount.Money
		want  amount.Money
	}{
		{"ten even years at 4 %", 2017_11_06, row(-1_000_000*krone, 10, 150_000*krone), 216_634_37},
		{"the same at 3.5 %", 2021_01_07, row(-1_000_000*krone, 10, 150_000*krone), 247_490_80},
		{
			"a case dated on the last day of 4 %", 2021_01_06,
			[]amount.Money{-250000000, 40000000, 80000000, 80000000, 80000000},
			1930079,
		},
		{
			"and on the first of 3.5 %", 2021_01_07,
			[]amount.Money{-250000000, 40000000, 80000000, 80000000, 80000000},
			5198994,
		},
		{
			"a case dated on the first day that a table holds", 2013_05_31,
			[]amount.Money{-123456789, 45678901, 56789012, 67890123},
			33323937,
		},
		{
			"a case of 2017 keeps 4 % past 2021", 2017_02_01,
			[]amount.Money{-390000000, 0, 0, 120000000, 120000000, 120000000, 120000000, 60000000},
			58320131,
		},
		{"the first year is not discounted", 2017_11_06, []amount.Money{-4_200_000 * krone}, -4_200_000 * krone},
		{"40 years change the rate after 35", 2021_04_01, row(-9000000000, 40, 400000000), -442279141},
		{"70 years reach the end of the table", 2021_04_01, row(-9000000000, 70, 400000000), 1777469103},
		{"40 years at 4 % throughout", 2018_04_01, row(-9000000000, 40, 400000000), -1082890447},
		{"70 years at 4 % throughout", 2018_04_01, row(-9000000000, 70, 400000000), 357805992},
		{"year 35 is the last at 3.5 %", 2021_01_07, append(row(0, 34, 0), 100000000000), 29997686166},
		{"year 36 is the first at 2.5 %", 2021_01_07, append(row(0, 35, 0), 100000000000), 29266035284},
		{"an øre next year is still one", 2017_11_06, []amount.Money{0, 1}, 1},
		{"an øre in 17 years is just more than half of one", 2017_11_06, append(row(0, 16, 0), 1), 1},
		{"an øre in 18 years is less", 2017_11_06, append(row(0, 17, 0), 1), 0},
		{"what grows by the rate is worth what was paid", 2017_11_06, []amount.Money{-25, 26}, 0},
		{"37.5 goes to 38, though no factor of 4 % ends", 2017_11_06, []amount.Money{0, 39}, 38},
		{"-37.5 goes to -38", 2017_11_06, []amount.Money{0, -39}, -38},
		{"12.5 goes to 12", 2017_11_06, []amount.Money{0, 13}, 12},
		{"the largest amounts are exact to the øre", 2021_01_07, row(-1e15, 10, 999_999_999_999_993), 7316605322577896},
		{"uneven years, costs between", 2017_11_06, []amount.Money{-10000, -25000000, 50000033, -1, 7777777}, 28827855},
		{"no years are worth nothing", 2017_11_06, nil, 0},
	} {
		t.Run(c.title, func(t *testing.T) {
			if got, err := on(t, c.dated, max(len(c.net), 1)).NPV(c.net); err != nil || got != c.want {
				t.Errorf("got %d, %v, want %d", got, err, c.want)
			}
		})
	}
}

// Computed as above, at rates given year by year.
func TestPresentValueAtOtherRates(t *testing.T) {
	for _, c := range []struct {
		title string
		rates []string
		net   []amount.Money
		want  amount.Money
	}{
		{"half an øre goes to nothing, which is even", []string{"0", "1"}, []amount.Money{0, 1}, 0},
		{"one and a half goes up to two", []string{"0", "1"}, []amount.Money{0, 3}, 2},
		{"minus half goes to nothing", []string{"0", "1"}, []amount.Money{0, -1}, 0},
		{"minus one and a half goes down to minus two", []string{"0", "1"}, []amount.Money{0, -3}, -2},
		{"a rate for each year", []string{"0", "0.05", "0.03", "0.0125"}, []amount.Money{-100000000, 30000000, 40000000, 50000000}, 11218415},
		{"the rate of the first year counts for nothing", []string{"1", "0.05", "0.03", "1.25e-2"}, []amount.Money{-100000000, 30000000, 40000000, 50000000}, 11218415},
		{"rates below zero", []string{"0", "-0.01", "-0.01"}, []amount.Money{-100000000, 50000000, 60000000}, 11723294},
		{"a rate of eighteen decimals", []string{"0", "0.037249817263548192"}, []amount.Money{0, 1e15}, 964087901830805},
	} {
		t.Run(c.title, func(t *testing.T) {
			if got, err := with(t, parsed(t, c.rates...)).NPV(c.net); err != nil || got != c.want {
				t.Errorf("got %d, %v, want %d", got, err, c.want)
			}
		})
	}
}

func TestPresentValuesThatAreRefused(t *testing.T) {
	t.Run("more years than rates", func(t *testing.T) {
		if _, err := on(t, 2017_11_06, 3).NPV(make([]amount.Money, 4)); !errors.Is(err, ErrHorizon) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("what an int64 does not hold", func(t *testing.T) {
		const most = math.MaxInt64
		for _, net := range [][]amount.Money{{most, 1}, {most, most, most, most, 4}} {
			if got, err := AtPar(len(net) - 1).NPV(net); !errors.Is(err, ErrTooLarge) {
				t.Errorf("got %d, %v", got, err)
			}
		}
		if got, err := AtPar(1).NPV([]amount.Money{math.MinInt64, math.MaxInt64}); err != nil || got != -1 {
			t.Errorf("got %d, %v: the sum fits", got, err)
		}
	})
}

// exact is the present value over math/big.Rat, by the formula as it stands.
func exact(rates []Rate, net []amount.Money) *big.Rat {
	one := big.NewRat(1, 1)
	sum, d := new(big.Rat), new(big.Rat).Set(one)
	for t, f := range net {
		if t > 0 {
			r := big.NewRat(int64(rates[t]), int64(whole))
			d.Quo(d, r.Add(r, one))
		}
		v := new(big.Rat).SetInt64(int64(f))
		sum.Add(sum, v.Mul(v, d))
	}
	return sum
}

// halfEven reports whether m is q rounded half to even.
func halfEven(q *big.Rat, m amount.Money) bool {
	off := new(big.Rat).Sub(q, new(big.Rat).SetInt64(int64(m)))
	c := off.Abs(off).Cmp(big.NewRat(1, 2))
	return c < 0 || c == 0 && m%2 == 0
}

func drawRates(t *rapid.T, least Rate) []Rate {
	years := rapid.IntRange(1, 71).Draw(t, "years")
	rate := rapid.OneOf(
		rapid.SampledFrom([]Rate{0, 35 * Percent / 10, 4 * Percent, 25 * Percent, 100 * Percent}),
		rapid.Custom(func(t *rapid.T) Rate { return Rate(rapid.Int64Range(0, 1000).Draw(t, "per mille")) * (Percent / 10) }),
		rapid.Custom(func(t *rapid.T) Rate { return Rate(rapid.Int64Range(int64(least), int64(MaxRate)).Draw(t, "rate")) }),
	)
	if rapid.Bool().Draw(t, "level") {
		return slices.Repeat([]Rate{rate.Draw(t, "every year")}, years)
	}
	return rapid.SliceOfN(rate, years, years).Draw(t, "rates")
}

func drawNet(t *rapid.T, years int, limit int64) []amount.Money {
	small := rapid.Int64Range(-limit, limit).Draw(t, "small")
	amounts := rapid.OneOf(rapid.Int64Range(-limit, limit), rapid.Int64Range(-9, 9), rapid.Just(small))
	return rapid.SliceOfN(rapid.Map(amounts, func(n int64) amount.Money { return amount.Money(n) }), 0, years).Draw(t, "net")
}

func TestPresentValueIsRoundedAsTheExactRatioIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rates := drawRates(t, MinRate)
		net := drawNet(t, len(rates), rapid.SampledFrom([]int64{1e3, 1e9, 1e15, 1e17, math.MaxInt64}).Draw(t, "limit"))
		want := exact(rates, net)
		got, err := with(t, rates).NPV(net)
		if errors.Is(err, ErrTooLarge) {
			limit := new(big.Rat).SetInt64(math.MaxInt64)
			if want.Abs(want).Cmp(limit) < 0 {
				t.Fatalf("%s is refused", want.FloatString(3))
			}
			return
		}
		if err != nil || !halfEven(want, got) {
			t.Errorf("got %d, %v, exact %s", got, err, want.FloatString(6))
		}
	})
}

func TestPresentValueProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rates := drawRates(t, 0) // below zero, the values might not fit
		d := with(t, rates)
		net := drawNet(t, len(rates), 1e9)
		value := func(d *Discount, net []amount.Money) amount.Money {
			v, err := d.NPV(net)
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		v := value(d, net)
		if last := max(len(net)-1, 0); value(AtPar(last), net) != sumOf(net) {
			t.Error("at rate zero it is not the sum")
		}
		if value(d, opposite(net)) != -v {
			t.Error("the opposite amounts are not worth the opposite")
		}
		other := drawNet(t, len(rates), 1e9)
		if diff := value(d, plus(net, other)) - v - value(d, other); diff < -1 || diff > 1 {
			t.Errorf("the sum of two is worth %d øre more than both: more than their roundings", diff)
		}
		if len(net) < len(rates) {
			later := value(with(t, slices.Repeat([]Rate{100 * Percent}, len(rates)+1)), append([]amount.Money{0}, net...))
			now := exact(slices.Repeat([]Rate{100 * Percent}, len(rates)), net)
			if !halfEven(now.Quo(now, big.NewRat(2, 1)), later) {
				t.Error("a year later at 100 % it is not worth half")
			}
		}
	})
}

func sumOf(net []amount.Money) (sum amount.Money) {
	for _, f := range net {
		sum += f
	}
	return sum
}

func opposite(net []amount.Money) []amount.Money {
	out := make([]amount.Money, len(net))
	for t, f := range net {
		out[t] = -f
	}
	return out
}

func plus(a, b []amount.Money) []amount.Money {
	out := make([]amount.Money, max(len(a), len(b)))
	copy(out, a)
	for t, f := range b {
		out[t] += f
	}
	return out
}

// tenYears are like the cases of a portfolio: some millions at first, then gains over ten years.
func tenYears(n int) [][]amount.Money {
	cases := make([][]amount.Money, n)
	for i := range cases {
		cases[i] = row(-amount.Money(i+1)*1_234_567, 10, amount.Money(i+3)*234_567+amount.Money(i%97))
	}
	return cases
}

// naive is the present value as a spreadsheet has it.
func naive(rate float64, net []amount.Money) amount.Money {
	sum := 0.0
	for t, f := range net {
		sum += float64(f) / math.Pow(1+rate, float64(t))
	}
	return amount.Money(math.RoundToEven(sum))
}

func TestTypicalPresentValuesAreFast(t *testing.T) {
	cases, d := tenYears(10_000), on(t, 2017_11_06, 11)
	var sum amount.Money

	t.Run("they allocate nothing, so none is left to the slow exact way", func(t *testing.T) {
		if n := testing.AllocsPerRun(1, func() { sum += all(d, cases) }); n != 0 {
			t.Errorf("%v allocations", n)
		}
	})
	t.Run("they cost less than a third of raising to powers", func(t *testing.T) {
		ours, powers := race(d, cases)
		if ours*3 > powers {
			t.Errorf("10,000 took %v, with powers %v", ours, powers)
		}
	})
}

// race times all cases our way and by powers, in turn; the best of twenty, for other programs disturb and none helps.
func race(d *Discount, cases [][]amount.Money) (ours, powers time.Duration) {
	ours, powers = math.MaxInt64, math.MaxInt64
	for range 20 {
		start := time.Now()
		all(d, cases)
		ours = min(ours, time.Since(start))
		start = time.Now()
		for _, net := range cases {
			naive(0.04, net)
		}
		powers = min(powers, time.Since(start))
	}
	return ours, powers
}

func all(d *Discount, cases [][]amount.Money) (sum amount.Money) {
	for _, net := range cases {
		v, err := d.NPV(net)
		if err != nil {
			panic(err)
		}
		sum += v
	}
	return sum
}

// BenchmarkNPV takes 10,000 cases of ten years at a time, and tells how many times as much a spreadsheet's powers cost.
func BenchmarkNPV(b *testing.B) {
	cases, d := tenYears(10_000), on(b, 2017_11_06, 11)
	var sum amount.Money
	b.Run("10000", func(b *testing.B) {
		for b.Loop() {
			sum += all(d, cases)
		}
		ours, powers := race(d, cases)
		b.ReportMetric(float64(powers)/float64(ours), "powers/ours")
	})
	b.Run("exact-one", func(b *testing.B) {
		for b.Loop() {
			num, den := d.present(cases[0])
			v, err := rounded(num, den)
			if err != nil {
				b.Fatal(err)
			}
			sum += v
		}
	})
}
