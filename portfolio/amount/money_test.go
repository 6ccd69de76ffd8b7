package amount

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		title   string
		m       Money
		weights []int64
		want    []Money
	}{
		{"equal remainders favour the earliest", 100, []int64{1, 1, 1}, []Money{34, 33, 33}},
		{"the largest remainder gets the odd øre", 10, []int64{1, 2, 3}, []Money{2, 3, 5}},
		{"a negative amount mirrors a positive one", -100, []int64{1, 1, 1}, []Money{-34, -33, -33}},
		{"a weight of nothing gets nothing", 101, []int64{0, 1, 0, 1}, []Money{0, 51, 0, 50}},
		{"nothing splits into nothings", 0, []int64{3, 4}, []Money{0, 0}},
		{"the extremes do not overflow", math.MinInt64, []int64{math.MaxInt64}, []Money{math.MinInt64}},
	} {
		t.Run(c.title, func(t *testing.T) {
			if got := c.m.Split(c.weights...); !slices.Equal(got, c.want) {
				t.Errorf("%d.Split(%v) = %v, want %v", c.m, c.weights, got, c.want)
			}
		})
	}
	t.Run("weights that cannot be shared by are a programmer's error", func(t *testing.T) {
		for _, weights := range [][]int64{nil, {0, 0}, {2, -1}, {math.MaxInt64, 1}} {
			if !panics(func() { Money(1).Split(weights...) }) {
				t.Errorf("Split(%v) did not panic", weights)
			}
		}
		if !panics(func() { Money(1).Even(0) }) {
			t.Error("Even(0) did not panic")
		}
	})
}

func panics(f func()) (did bool) {
	defer func() { did = recover() != nil }()
	f()
	return false
}

func TestSplitProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := Money(rapid.Int64().Draw(t, "m"))
		weights := rapid.SliceOfN(rapid.Int64Range(0, math.MaxInt64/20), 1, 20).Draw(t, "weights")
		weights[0]++
		var sum int64
		for _, w := range weights {
			sum += w
		}
		parts := m.Split(weights...)

		left := m
		for i, part := range parts {
			left -= part
			// |part x sum - m x weight| < sum: within one øre of the exact share.
			off := new(big.Int).Mul(big.NewInt(int64(part)), big.NewInt(sum))
			off.Sub(off, new(big.Int).Mul(big.NewInt(int64(m)), big.NewInt(weights[i])))
			if off.CmpAbs(big.NewInt(sum)) >= 0 {
				t.Errorf("part %d of %d by %v is %d, an øre or more off", i, m, weights, part)
			}
		}
		if left != 0 {
			t.Errorf("%d.Split(%v) leaves %d", m, weights, left)
		}
	})
}

func TestTiesGoToTheEarliestAmongMany(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := Money(rapid.Int64Range(0, 1000).Draw(t, "m"))
		weights := rapid.SliceOfN(rapid.Int64Range(1, 3), 1, 60).Draw(t, "weights")
		last := map[int64]Money{}
		for i, part := range m.Split(weights...) {
			if before, seen := last[weights[i]]; seen && part > before {
				t.Errorf("%d by %v: part %d gets %d after %d", m, weights, i, part, before)
			}
			last[weights[i]] = part
		}
	})
}

func TestEvenIsSplitByEqualWeights(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := Money(rapid.Int64().Draw(t, "m"))
		weights := slices.Repeat([]int64{1}, rapid.IntRange(1, 40).Draw(t, "n"))
		if got, want := m.Even(len(weights)), m.Split(weights...); !slices.Equal(got, want) {
			t.Errorf("%d.Even(%d) = %v, want %v", m, len(weights), got, want)
		}
	})
}

func TestMulDiv(t *testing.T) {
	for _, c := range []struct {
		title    string
		m        Money
		num, den int64
		want     Money
	}{
		{"a half goes down to even", 5, 1, 2, 2},
		{"a half goes up to even", 7, 1, 2, 4},
		{"a negative half goes to even", -5, 1, 2, -2},
		{"less than a half goes down", 4, 1, 3, 1},
		{"more than a half goes up", 5, 1, 3, 2},
		{"the product may exceed 64 bits", 1e18, 10000, 10000, 1e18},
		{"two minuses make a plus", -6, -1, 2, 3},
		{"the smallest number stands", math.MinInt64, 1, 1, math.MinInt64},
	} {
		t.Run(c.title, func(t *testing.T) {
			if got := MulDiv(c.m, c.num, c.den); got != c.want {
				t.Errorf("MulDiv(%d, %d, %d) = %d, want %d", c.m, c.num, c.den, got, c.want)
			}
		})
	}
	t.Run("what does not fit or divides by nothing is a programmer's error", func(t *testing.T) {
		for _, c := range [][3]int64{{1, 1, 0}, {1, 1, -1}, {math.MaxInt64, 2, 1}, {math.MinInt64, -1, 1}, {(1<<65 - 1) / 31, 31, 2}, {(1<<64 - 1) / 3, 3, 2}, {math.MaxInt64, math.MaxInt64, 1}} {
			if !panics(func() { MulDiv(Money(c[0]), c[1], c[2]) }) {
				t.Errorf("MulDiv(%v) did not panic", c)
			}
		}
	})
}

func TestMulDivAgreesWithBigArithmetic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.OneOf(rapid.Int64(), rapid.Int64Range(-100, 100)).Draw(t, "m")
		num := rapid.OneOf(rapid.Int64(), rapid.Int64Range(-100, 100)).Draw(t, "num")
		den := rapid.OneOf(rapid.Int64Range(1, math.MaxInt64), rapid.Int64Range(1, 100)).Draw(t, "den")

		// Half to even as the textbook has it: twice the rest against den.
		want, rest := new(big.Int).QuoRem(
			new(big.Int).Mul(big.NewInt(m), big.NewInt(num)), big.NewInt(den), new(big.Int))
		sign := int64(rest.Sign())
		switch rest.Lsh(rest, 1).CmpAbs(big.NewInt(den)) {
		case 1:
			want.Add(want, big.NewInt(sign))
		case 0:
			if want.Bit(0) == 1 {
				want.Add(want, big.NewInt(sign))
			}
		}

		var got Money
		refused := panics(func() { got = MulDiv(Money(m), num, den) })
		if refused == want.IsInt64() || !refused && int64(got) != want.Int64() {
			t.Errorf("MulDiv(%d, %d, %d) = %d (refused %v), want %v", m, num, den, got, refused, want)
		}
	})
}
