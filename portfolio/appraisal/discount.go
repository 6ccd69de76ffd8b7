package appraisal

import (
	"errors"
	"fmt"
	"math/big"
	"math/bits"

	"gevinst/portfolio/amount"
)

// ErrTooLarge refuses amounts whose sum or present value an int64 of øre does not hold.
var ErrTooLarge = errors.New("appraisal: the amounts are too large together")

// Discount tells what an øre in each year is worth in the first. It is made once and then used for any number of cases;
// it is safe for concurrent use.
type Discount struct {
	// Year t divides by growth[t] / unit, in lowest terms over all years: 4 % is 26 / 25. growth[0] is unit.
	unit   int64
	growth []int64
	// factors are d_t in units of 2^-63, rounded down; nil where some d_t is above 1.
	factors []uint64
}

// NewDiscount takes the rate of each year; that of year 0 counts for nothing. It errs with ErrRate.
func NewDiscount(rates []Rate) (*Discount, error) {
	shared, falling := int64(whole), true
	for t, r := range rates {
		if t == 0 {
			continue
		}
		if !r.Valid() {
			return nil, fmt.Errorf("%w: %s in year %d", ErrRate, r, t)
		}
		shared = gcd(shared, int64(r))
		falling = falling && r >= 0
	}
	d := &Discount{unit: int64(whole) / shared, growth: make([]int64, len(rates))}
	for t, r := range rates {
		if t == 0 {
			r = 0
		}
		d.growth[t] = int64(whole+r) / shared
	}
	if falling {
		d.factors = d.fixed()
	}
	return d, nil
}

// AtPar discounts nothing over the years 0..last: with it, the discounted payback is the simple one.
func AtPar(last int) *Discount {
	d := &Discount{unit: 1, growth: make([]int64, last+1)}
	for t := range d.growth {
		d.growth[t] = 1
	}
	d.factors = d.fixed()
	return d
}

func (d *Discount) fixed() []uint64 {
	factors := make([]uint64, len(d.growth))
	unit, q := big.NewInt(d.unit), new(big.Int)
	num, den := new(big.Int).Lsh(big.NewInt(1), 63), big.NewInt(1)
	for t, g := range d.growth {
		if t > 0 {
			num.Mul(num, unit)
			den.Mul(den, big.NewInt(g))
		}
		factors[t] = q.Quo(num, den).Uint64()
	}
	return factors
}

// NPV is the present value of what each year brings net, in øre, rounded once, half to even. It errs with ErrHorizon where
// net has more years than there are rates, and with ErrTooLarge.
//
// The sum S of F_t x factor_t is held in 128 bits. Each factor is less than one unit of 2^-63 too small, and that of year
// 0 is exact, so S is off by less than E = sum |F_t| units. Where everything within E of S rounds alike, that is the answer;
// elsewhere, and for amounts that 128 bits might not hold, the ratio is computed exactly.
func (d *Discount) NPV(net []amount.Money) (amount.Money, error) {
	if len(net) > len(d.growth) {
		return 0, fmt.Errorf("%w: t = %d", ErrHorizon, len(d.growth))
	}
	const half = 1 << 62
	var hi, lo, carry, off, all uint64
	for t, factor := range d.factors[:min(len(net), len(d.factors))] {
		f := uint64(net[t])
		sign := uint64(net[t] >> 63) // all ones below zero
		size := (f ^ sign) - sign
		all |= size
		off += size
		h, l := bits.Mul64(f, factor)
		h -= factor & sign // f is 2^64 too large where net is negative
		lo, carry = bits.Add64(lo, l, 0)
		hi, _ = bits.Add64(hi, h, carry)
	}
	if d.factors == nil || all>>55 != 0 || len(net) > 128 { // below, off < 2^62 and |S| < 2^125
		return rounded(d.present(net))
	}
	below, rest := int64(hi<<1|lo>>63), lo&(1<<63-1)
	switch {
	case rest+off <= half:
		return amount.Money(below), nil
	case rest >= half+off:
		return amount.Money(below + 1), nil
	}
	return rounded(d.present(net))
}

// present is the present value as a ratio, from the last year to the first: V_{t-1} = F_{t-1} + V_t x unit / growth_t.
func (d *Discount) present(net []amount.Money) (num, den *big.Int) {
	num, den = new(big.Int), big.NewInt(1)
	unit, f := big.NewInt(d.unit), new(big.Int)
	for t := len(net) - 1; t >= 0; t-- {
		num.Add(num, f.Mul(f.SetInt64(int64(net[t])), den))
		if t > 0 {
			num.Mul(num, unit)
			den.Mul(den, f.SetInt64(d.growth[t]))
		}
	}
	return num, den
}

// rounded divides, half to even. den is positive.
func rounded(num, den *big.Int) (amount.Money, error) {
	q, r := new(big.Int).DivMod(num, den, new(big.Int)) // 0 <= r < den
	if c := r.Lsh(r, 1).Cmp(den); c > 0 || c == 0 && q.Bit(0) == 1 {
		q.Add(q, big.NewInt(1))
	}
	if !q.IsInt64() {
		return 0, ErrTooLarge
	}
	return amount.Money(q.Int64()), nil
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a)
}
