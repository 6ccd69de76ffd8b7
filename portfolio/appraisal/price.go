package appraisal

import (
	"errors"
	"fmt"
	"maps"

	"gevinst/portfolio/amount"
)

var (
	// ErrIndex refuses an index with a point that is not above zero, or with points more than a thousandfold apart.
	ErrIndex = errors.New("appraisal: an index needs points above zero, at most a thousandfold apart")
	// ErrNoPoint refuses a change of price level to or from a year that the index has no point for.
	ErrNoPoint = errors.New("appraisal: the index has no point for the year")
)

// Index is a price and wage index (p/l): a point for each year. Wages and other costs have different ones.
type Index struct {
	Name, Source string
	points       map[int]int64
}

// NewIndex makes an index of points by year. They may be in any unit, such as tenths of a point: only their ratios count.
// It errs with ErrIndex.
func NewIndex(name, source string, points map[int]int64) (Index, error) {
	least, most := int64(0), int64(0)
	for year, point := range points {
		if point <= 0 {
			return Index{}, fmt.Errorf("%w: %d in %d", ErrIndex, point, year)
		}
		if least == 0 || point < least {
			least = point
		}
		most = max(most, point)
	}
	if least == 0 || most/least > 1000 {
		return Index{}, ErrIndex
	}
	return Index{name, source, maps.Clone(points)}, nil
}

// Restate takes x øre from one price year to another, x^(p) = x^(q) I_p / I_q, rounded half to even to the øre. It errs
// with ErrNoPoint, and with ErrTooLarge where x is beyond amount.Max.
func (ix Index) Restate(x amount.Money, from, to int) (amount.Money, error) {
	if x < -amount.Max || x > amount.Max {
		return 0, ErrTooLarge
	}
	for _, year := range []int{from, to} {
		if ix.points[year] == 0 {
			return 0, fmt.Errorf("%w: %s, %d", ErrNoPoint, ix.Name, year)
		}
	}
	return amount.MulDiv(x, ix.points[to], ix.points[from]), nil
}

// RestateLine takes every known amount of a line to another price year; what is unknown stays so. It errs as Restate does.
func (ix Index) RestateLine(l Line, to int) (Line, error) {
	out := Line{l.Kind, to, make([]amount.Figure, len(l.Amounts))}
	for t, f := range l.Amounts {
		if f.Known {
			var err error
			if f.Ore, err = ix.Restate(f.Ore, l.PriceYear, to); err != nil {
				return Line{}, err
			}
		}
		out.Amounts[t] = f
	}
	return out, nil
}
