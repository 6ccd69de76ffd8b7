package amount

import (
	"errors"
	"fmt"
	"slices"
)

// ErrPriceYear says that amounts of different price and wage levels met.
// Errors that wrap it are of type *PriceYearError.
var ErrPriceYear = errors.New("amount: different price years")

// PriceYearError names the two price years that may not be added.
type PriceYearError struct{ Left, Right int }

func (e *PriceYearError) Error() string {
	return fmt.Sprintf("%v: %d and %d", ErrPriceYear, e.Left, e.Right)
}

// Unwrap makes errors.Is(err, ErrPriceYear) hold.
func (e *PriceYearError) Unwrap() error { return ErrPriceYear }

// Series is an amount for each month from From on, in the prices of PriceYear.
type Series struct {
	From      Month
	PriceYear int
	Ore       []Money
}

func (s Series) period() Period { return Period{s.From, s.From + Month(len(s.Ore))} }

// At is the amount of month m, 0 outside the series.
func (s Series) At(m Month) Money {
	if !s.period().Contains(m) {
		return 0
	}
	return s.Ore[m-s.From]
}

// Sum is the amount of all months in p.
func (s Series) Sum(p Period) Money {
	own := s.period()
	var sum Money
	for m := max(p.From, own.From); m < min(p.To, own.To); m++ {
		sum += s.Ore[m-s.From]
	}
	return sum
}

// Plus adds two series month by month over the months of both. The zero Series
// adds to anything; otherwise differing price years give a *PriceYearError.
func (s Series) Plus(o Series) (Series, error) {
	switch {
	case s.isZero():
		return o.clone(), nil
	case o.isZero():
		return s.clone(), nil
	case s.PriceYear != o.PriceYear:
		return Series{}, &PriceYearError{s.PriceYear, o.PriceYear}
	case len(s.Ore) == 0:
		return o.clone(), nil
	case len(o.Ore) == 0:
		return s.clone(), nil
	}
	both := Period{min(s.From, o.From), max(s.period().To, o.period().To)}
	sum := Series{From: both.From, PriceYear: s.PriceYear, Ore: make([]Money, both.Len())}
	for m := range both.Months() {
		sum.Ore[m-both.From] = s.At(m) + o.At(m)
	}
	return sum, nil
}

func (s Series) isZero() bool { return s.From == 0 && s.PriceYear == 0 && len(s.Ore) == 0 }

func (s Series) clone() Series {
	s.Ore = slices.Clone(s.Ore)
	return s
}

// Cumulative is the series of running sums.
func (s Series) Cumulative() Series {
	s = s.clone()
	for i := 1; i < len(s.Ore); i++ {
		s.Ore[i] += s.Ore[i-1]
	}
	return s
}
