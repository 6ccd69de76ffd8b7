package selection

import "math/bits"

// wide is a signed number of 128 bits in two's complement: prices times amounts do not fit in 64.
type wide struct {
	hi int64
	lo uint64
}

// wideOf is v shifted left by k bits; the caller knows that it fits.
func wideOf(v int64, k uint) wide {
	if k >= 64 {
		return wide{v << (k - 64), 0}
	}
	return wide{v >> (64 - k), uint64(v) << k} // a shift by 64 gives the sign, which is right for k = 0
}

// product is a times b.
func product(a, b int64) wide {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	h := int64(hi)
	if a < 0 {
		h -= b
	}
	if b < 0 {
		h -= a
	}
	return wide{h, lo}
}

func (a wide) plus(b wide) wide {
	lo, carry := bits.Add64(a.lo, b.lo, 0)
	return wide{a.hi + b.hi + int64(carry), lo}
}

func (a wide) minus(b wide) wide {
	lo, borrow := bits.Sub64(a.lo, b.lo, 0)
	return wide{a.hi - b.hi - int64(borrow), lo}
}

func (a wide) negative() bool { return a.hi < 0 }

func (a wide) less(b wide) bool {
	return a.hi < b.hi || a.hi == b.hi && a.lo < b.lo
}

// abs is the distance from 0.
func (a wide) abs() wide {
	if a.negative() {
		return wide{}.minus(a)
	}
	return a
}

// down is a divided by 2^k, rounded down; the caller knows that it fits, k below 128.
func (a wide) down(k uint) int64 {
	if k >= 64 {
		return a.hi >> (k - 64)
	}
	return int64(uint64(a.hi)<<(64-k) | a.lo>>k)
}

// length is the number of bits of a number that is not negative.
func (a wide) length() uint {
	if a.hi > 0 {
		return uint(64 + bits.Len64(uint64(a.hi)))
	}
	return uint(bits.Len64(a.lo))
}
