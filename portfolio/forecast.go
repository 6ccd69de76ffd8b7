package portfolio

import (
	"math/big"

	"gevinst/portfolio/amount"
	"gevinst/portfolio/appraisal"
)

// ForecastTerm is one gain's part of a year's forecast: p x (1 - o) x D, with what it is uncertain by.
type ForecastTerm struct {
	Initiative *Initiative
	Benefit    *Benefit
	// Probability is the stage's, Optimism the benefit type's, Weight p x (1 - o), in basis points.
	Probability, Optimism, Weight Basis
	// Rest is the planned net effect of the year's months without a confirmed entry; Weighted what of it the forecast counts,
	// month by month rounded; SD the standard deviation of that by the business case's low and high. All øre.
	Rest, Weighted, SD amount.Money
	// Ranged tells that the case in force states a range for the gain in the year.
	Ranged bool
}

// term begins a gain's term, which the months without a confirmed entry are added to.
func (p *Portfolio) term(i *Initiative, b *Benefit) ForecastTerm {
	t := ForecastTerm{Initiative: i, Benefit: b, Weight: p.Policy.Weight(i.Stage, b.Type)}
	if p.Policy != nil {
		t.Probability, t.Optimism = p.Policy.Probability[i.Stage], p.Policy.Optimism[b.Type]
	}
	return t
}

// widen says what a term is uncertain by: as wide as the case's estimate is, for the part of it that is still to come.
func (p *Portfolio) widen(t *ForecastTerm, year int) {
	if e, ok := p.rangeIn(t.Initiative.ID, t.Benefit.ID, year); ok && e.Likely != 0 {
		t.Ranged = true
		t.SD = t.Weight.Of(amount.MulDiv(amount.MulDiv(e.High-e.Low, 1, 6), int64(abs(t.Rest)), int64(abs(e.Likely))))
	}
}

func abs(m amount.Money) amount.Money { return max(m, -m) }

type threePoint struct{ Low, Likely, High amount.Money }

// rangeIn is what the case in force says of a gain in a year, net of its running costs; ok where a range is stated.
func (p *Portfolio) rangeIn(i InitiativeID, b BenefitID, year int) (e threePoint, ok bool) {
	c := p.CurrentCase(i)
	if c == nil {
		return e, false
	}
	for _, l := range c.Lines {
		if l.Benefit != b {
			continue
		}
		in := l.In(year - c.FirstYear)
		if !in.Likely.Known {
			continue
		}
		if l.Kind == appraisal.Benefit {
			ok = ok || in.Low.Known || in.High.Known
			e.Low += in.At(Low).Ore
			e.Likely += in.Likely.Ore
			e.High += in.At(High).Ore
			continue
		}
		ok = ok || in.Low.Known || in.High.Known
		e.Low -= in.At(High).Ore
		e.Likely -= in.Likely.Ore
		e.High -= in.At(Low).Ore
	}
	return e, ok
}

// ForecastRange is the forecast with its spread, in øre: mean, standard deviation, and the two figures between which it falls
// four times of five if it is normally distributed. Only what the cases give a range for spreads.
type ForecastRange struct{ Mean, SD, Low, High amount.Money }

// RangeOf works out the range of a year's forecast: the terms are taken as independent of each other.
func (y *Year) RangeOf(terms []*ForecastTerm) ForecastRange {
	r := ForecastRange{Mean: y.Confirmed.Net()}
	sum := new(big.Int)
	for _, t := range terms {
		r.Mean += t.Weighted
		if t.SD == 0 {
			continue
		}
		square := big.NewInt(int64(t.SD))
		sum.Add(sum, square.Mul(square, square))
	}
	r.SD = amount.Money(sum.Sqrt(sum).Int64())
	// 1.2816 standard deviations to each side hold 80 % of the normal distribution.
	width := amount.MulDiv(r.SD, 12_816, 10_000)
	r.Low, r.High = r.Mean-width, r.Mean+width
	return r
}
