package appraisal

import (
	"math/big"

	"gevinst/portfolio/amount"
)

// Payback is the time, in years from the start of year 0, until what has come in covers what was paid: the first t where
// the cumulative discounted C_t >= 0, interpolated within the year,
//
//	(t - 1) + |C_{t-1}| / (F_t x d_t),
//
// and 0 where the first year covers itself. The simple payback is the one AtPar. Its reasons are NothingKnown (no years),
// Never, and BeyondRates.
func (d *Discount) Payback(net []amount.Money) Answer[float64] {
	switch {
	case len(net) == 0:
		return none[float64](NothingKnown)
	case len(net) > len(d.growth):
		return none[float64](BeyondRates)
	case net[0] >= 0:
		return found(0.0)
	}
	// C_t grown to year t, times unit^t, is a whole number and has the sign of C_t.
	grown, scale, unit := big.NewInt(int64(net[0])), big.NewInt(1), big.NewInt(d.unit)
	for t := 1; t < len(net); t++ {
		missing := new(big.Int).Mul(grown, big.NewInt(d.growth[t]))
		scale.Mul(scale, unit)
		year := new(big.Int).Mul(big.NewInt(int64(net[t])), scale)
		if grown.Add(missing, year).Sign() < 0 {
			continue
		}
		years := new(big.Rat).SetFrac(missing.Neg(missing), year)
		return found(nearest(years.Add(years, new(big.Rat).SetInt64(int64(t-1)))))
	}
	return none[float64](Never)
}

// BreakEven is the share of the benefits at which the case neither gains nor loses: the present value of the costs
// divided by that of the benefits. 0.8 says that a fifth of the benefits may fail. Its reasons are NoBenefits and
// BeyondRates.
func (d *Discount) BreakEven(benefits, costs []amount.Money) Answer[float64] {
	if max(len(benefits), len(costs)) > len(d.growth) {
		return none[float64](BeyondRates)
	}
	gain, over := d.present(benefits)
	if gain.Sign() <= 0 {
		return none[float64](NoBenefits)
	}
	cost, under := d.present(costs)
	return found(nearest(new(big.Rat).SetFrac(cost.Mul(cost, over), under.Mul(under, gain))))
}

func nearest(q *big.Rat) float64 {
	f, _ := q.Float64()
	return f
}
