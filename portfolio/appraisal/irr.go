package appraisal

import (
	"math"
	"math/big"

	"gevinst/portfolio/amount"
)

// IRR is the rate r > -1, as a fraction, at which the present value of net is zero, where there is exactly one such rate;
// the float64 nearest to it. Its reasons are NothingKnown (no years), NoRoot and SeveralRoots. Amounts that are all zero
// are worth zero at every rate: that is SeveralRoots.
//
// With y = 1 + r the present value is zero where the polynomial of F_t y^(T-t) is. One change of sign in the amounts means
// one root (Descartes); with more, Sturm's chain counts them.
func IRR(net []amount.Money) Answer[float64] {
	if len(net) == 0 {
		return none[float64](NothingKnown)
	}
	p := make(poly, len(net))
	for t, f := range net {
		p[len(net)-1-t] = big.NewInt(int64(f))
	}
	for len(p) > 0 && p[0].Sign() == 0 { // years of nothing at the end take part in no root y > 0
		p = p[1:]
	}
	p = p.trim()
	if len(p) == 0 {
		return none[float64](SeveralRoots)
	}
	switch p.signChanges() {
	case 0:
		return none[float64](NoRoot)
	case 1:
		return found(p.rate())
	}
	roots, single := p.positiveRoots()
	switch roots {
	case 0:
		return none[float64](NoRoot)
	case 1:
		return found(single.rate())
	}
	return none[float64](SeveralRoots)
}

// rate finds r where p(1 + r) = 0. p must have exactly one root above zero, and change its sign there. Every sign is
// exact: the rates tried are floats, which are whole numbers over powers of two.
func (p poly) rate() float64 {
	at := p.signAt(pointAt(0))
	if at == 0 {
		return 0
	}
	// The order of floats of one sign is that of their bits, so halving the bits reaches neighbours in some sixty steps
	// however small or large the rate is. No root of amounts in int64 over a lifetime lies outside these bounds.
	side, least, most := 1.0, 0x1p-90, 0x1p70
	if at != p[0].Sign() { // between y = 0 and y = 1
		side, most = -1, 1-0x1p-53
	}
	lo, hi := math.Float64bits(least), math.Float64bits(most)
	for hi-lo > 1 {
		mid := lo + (hi-lo)/2
		if p.signAt(pointAt(side*math.Float64frombits(mid))) == at {
			lo = mid
		} else {
			hi = mid
		}
	}
	low, high := side*math.Float64frombits(lo), side*math.Float64frombits(hi)
	if p.signAt(between(pointAt(low), pointAt(high))) == at {
		return high
	}
	return low
}

// point is y = num / 2^shift.
type point struct {
	num   *big.Int
	shift uint
}

// pointAt is y = 1 + r, exactly.
func pointAt(r float64) point {
	if r == 0 {
		return point{big.NewInt(1), 0}
	}
	fraction, exponent := math.Frexp(r)
	num, exponent := int64(fraction*(1<<53)), exponent-53
	for num%2 == 0 {
		num, exponent = num/2, exponent+1
	}
	y, one := big.NewInt(num), big.NewInt(1)
	if exponent >= 0 {
		return point{y.Add(y.Lsh(y, uint(exponent)), one), 0}
	}
	shift := uint(-exponent)
	return point{y.Add(y, one.Lsh(one, shift)), shift}
}

func between(a, b point) point {
	shift := max(a.shift, b.shift)
	sum := new(big.Int).Lsh(a.num, shift-a.shift)
	return point{sum.Add(sum, new(big.Int).Lsh(b.num, shift-b.shift)), shift + 1}
}
