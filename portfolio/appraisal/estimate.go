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

// Spread is the standard deviation of the sum of estimates that are independent of each other: the square root of the sum of
// ((high - low) / 6)², rounded to the nearest øre. The estimates must be Valid.
func Spread(estimates ...Estimate) amount.Money {
	sum := new(big.Int)
	for _, e := range estimates {
		width := big.NewInt(int64(e.High) - int64(e.Low))
		sum.Add(sum, width.Mul(width, width))
	}
	// sqrt(sum)/6 rounded: the whole part of (sqrt(sum)/6 + 1/2) = (2 sqrt(sum) + 6) / 12 = (sqrt(4 sum) + 6) / 12.
	root := new(big.Int).Sqrt(sum.Lsh(sum, 2))
	return amount.Money(root.Add(root, big.NewInt(6)).Int64() / 12)
}
