// Package amount holds what the portfolio counts with: money in whole øre,
// months and days, effects over time, and figures as people write them.
// It is pure arithmetic: no clock, no files, no floating point.
package amount

import (
	"cmp"
	"fmt"
	"math"
	"math/bits"
	"slices"
)

// Money is an amount in whole øre. Savings are positive.
type Money int64

// Krone is 100 øre.
const Krone Money = 100

// Max is the largest amount accepted as input, in øre. It leaves room to add
// some nine thousand such amounts before an int64 overflows.
const Max Money = 1e15

// Split divides m in proportion to weights by the largest remainder: every
// part is within one øre of its exact share and the parts sum to m. Equal
// remainders favour the earliest part, and a negative m mirrors a positive
// one. It panics unless all weights are >= 0 with a sum in 1..MaxInt64.
func (m Money) Split(weights ...int64) []Money {
	var sum uint64
	for _, w := range weights {
		if w < 0 {
			panic(fmt.Sprintf("amount: negative weight %d", w))
		}
		if sum += uint64(w); sum > math.MaxInt64 {
			panic("amount: the weights' sum is too large")
		}
	}
	if sum == 0 {
		panic("amount: no positive weight")
	}

	type share struct {
		index     int
		remainder uint64
	}
	left := m.abs()
	parts := make([]uint64, len(weights))
	shares := make([]share, len(weights))
	total := left
	for i, w := range weights {
		hi, lo := bits.Mul64(total, uint64(w))
		q, r := bits.Div64(hi, lo, sum)
		parts[i], shares[i] = q, share{i, r}
		left -= q
	}
	slices.SortStableFunc(shares, func(a, b share) int { return cmp.Compare(b.remainder, a.remainder) })
	for _, s := range shares[:left] {
		parts[s.index]++
	}

	out := make([]Money, len(parts))
	for i, p := range parts {
		out[i] = signed(p, m < 0)
	}
	return out
}

// Even splits m into n parts of equal weight; n must be positive.
func (m Money) Even(n int) []Money {
	if n <= 0 {
		panic(fmt.Sprintf("amount: %d parts", n))
	}
	out := make([]Money, n)
	for k := range out {
		out[k] = m.evenPart(n, k)
	}
	return out
}

// evenPart is Even(n)[k] without the slice: the odd øre go to the first parts.
func (m Money) evenPart(n, k int) Money {
	q, r := m/Money(n), m%Money(n)
	switch {
	case Money(k) < r:
		return q + 1
	case Money(k) < -r:
		return q - 1
	}
	return q
}

// MulDiv returns m x num / den with one rounding, half to even. The product is
// held in 128 bits. It panics if den <= 0 or the result does not fit.
func MulDiv(m Money, num, den int64) Money {
	if den <= 0 {
		panic(fmt.Sprintf("amount: division by %d", den))
	}
	d := uint64(den)
	negative := (m < 0) != (num < 0)
	limit := uint64(math.MaxInt64)
	if negative {
		limit++
	}
	hi, lo := bits.Mul64(m.abs(), Money(num).abs())
	if hi >= d {
		panic("amount: the result does not fit")
	}
	q, r := bits.Div64(hi, lo, d)
	up := r > d-r || r == d-r && q%2 == 1
	if q > limit || up && q == limit { // before adding: q may be the largest uint64
		panic("amount: the result does not fit")
	}
	if up {
		q++
	}
	return signed(q, negative)
}

// abs is |m|, also of the smallest int64.
func (m Money) abs() uint64 {
	if m < 0 {
		return -uint64(m)
	}
	return uint64(m)
}

func signed(u uint64, negative bool) Money {
	if negative {
		return Money(-u)
	}
	return Money(u)
}
