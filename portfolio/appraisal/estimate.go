package appraisal

import (
	"math/big"

	"gevinst/portfolio/amount"
)

// Estimate is an uncertain amount in øre at three points.
type Estimate struct{ Low, Likely, High amount.Money }

// Valid reports whether the points are in order and none is beyond amount.Max.
func (e Estimate) Valid() bool {
	return -amount.Max <= e.Low && e.Low <= e.Likely && e.Likely <= e.High && e.High <= amount.Max
}

// Mean is (low + 4 likely + high) / 6, the mean of the beta distribution that PERT assumes, rounded half to even to the
// øre. The estimate must be Valid.
func (e Estimate) Mean() amount.Money { return amount.MulDiv(e.Low+4*e.Likely+e.High, 1, 6) }

// SD is the standard deviation (high - low) / 6 of the same distribution, rounded likewise. The estimate must be Valid.
func (e Estimate) SD() amount.Money { return amount.MulDiv(e.High-e.Low, 1, 6) }

// Spread is the standard deviation of the present value of estimates, year by year, that are all independent of each other: the
// square root of the sum of (d_t x (high - low) / 6)², rounded to the nearest øre. The estimates must be Valid. Its reasons are
// BeyondRates and TooLarge.
func (d *Discount) Spread(years [][]Estimate) Answer[amount.Money] {
	if len(years) > len(d.growth) {
		return none[amount.Money](BeyondRates)
	}
	// From the last year to the first, as present does, of the squares: V_{t-1} = S_{t-1} + V_t x (unit / growth_t)².
	num, den, factor := new(big.Int), big.NewInt(1), new(big.Int)
	for t := len(years) - 1; t >= 0; t-- {
		squares := new(big.Int)
		for _, e := range years[t] {
			width := big.NewInt(int64(e.High) - int64(e.Low))
			squares.Add(squares, width.Mul(width, width))
		}
		num.Add(num, squares.Mul(squares, den))
		if t > 0 {
			num.Mul(num, factor.Mul(factor.SetInt64(d.unit), factor))
			den.Mul(den, factor.Mul(factor.SetInt64(d.growth[t]), factor))
		}
	}
	// sqrt(V)/6 rounded: the whole part of (sqrt(V)/6 + 1/2) = (2 sqrt(V) + 6) / 12 = (sqrt(4 V) + 6) / 12.
	root := num.Sqrt(num.Quo(num.Lsh(num, 2), den))
	root.Quo(root.Add(root, big.NewInt(6)), big.NewInt(12))
	if !root.IsInt64() {
		return none[amount.Money](TooLarge)
	}
	return found(amount.Money(root.Int64()))
}
