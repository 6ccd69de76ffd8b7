package appraisal

import "gevinst/portfolio/amount"

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
