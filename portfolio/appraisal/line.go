package appraisal

import (
	"fmt"

	"gevinst/portfolio/amount"
)

// Kind is what a line of a case does to its result.
type Kind uint8

// A benefit adds; a change in running costs and a one-off cost take away. A running cost that falls is negative.
const (
	Benefit Kind = iota + 1
	Running
	OneOff
)

var kinds = [...]string{Benefit: "benefit", Running: "running", OneOff: "one_off"}

func (k Kind) String() string { return kinds[k] }

// UnmarshalText reads benefit, running or one_off.
func (k *Kind) UnmarshalText(b []byte) error {
	for i, code := range kinds {
		if i > 0 && code == string(b) {
			*k = Kind(i)
			return nil
		}
	}
	return fmt.Errorf("appraisal: %.20q is not a kind of line", b)
}

// MarshalText writes String.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// Line is one row of a case: an amount for each year from the case's first on, in the prices of PriceYear. Benefits and
// costs are both positive. Years after the last amount have none.
type Line struct {
	Kind      Kind
	PriceYear int
	Amounts   []amount.Figure
}

// maxTogether bounds the sizes of all amounts of a case together, so that no sum of them overflows.
const maxTogether = 4_000_000_000_000_000_000

// add counts one more amount of a line of the kind.
func (k Kind) add(sum *amount.Total, f amount.Figure) {
	if k == Benefit {
		sum.Add(f)
		return
	}
	sum.Take(f)
}

// unknown counts the line's unknown amounts. A line without any amount is one: what it comes to is not known.
func (l *Line) unknown() int {
	n := amount.Sum(l.Amounts...).Unknown
	if len(l.Amounts) == 0 {
		n = 1
	}
	return n
}

// Net adds lines up year by year, costs taken away. Unknown amounts are left out and counted; a line without any amount is
// unknown in every year. It errs with a *amount.PriceYearError where price years meet, and with ErrTooLarge.
func Net(lines ...Line) ([]amount.Total, error) {
	var together amount.Money
	var net []amount.Total
	for _, l := range lines {
		if l.PriceYear != lines[0].PriceYear {
			return nil, &amount.PriceYearError{Left: lines[0].PriceYear, Right: l.PriceYear}
		}
		for t, f := range l.Amounts {
			if f.Ore < -amount.Max || f.Ore > amount.Max {
				return nil, ErrTooLarge
			}
			if together += max(f.Ore, -f.Ore); together > maxTogether {
				return nil, ErrTooLarge
			}
			if t == len(net) {
				net = append(net, amount.Total{})
			}
			l.Kind.add(&net[t], f)
		}
	}
	for _, l := range lines {
		for t := range net {
			if len(l.Amounts) == 0 {
				l.Kind.add(&net[t], amount.Figure{})
			}
		}
	}
	return net, nil
}

// Cumulative is the running sum of what the years bring; it counts the unknown and approximate parts along.
func Cumulative(net []amount.Total) []amount.Total {
	out := make([]amount.Total, len(net))
	var sum amount.Total
	for t, year := range net {
		sum.AddTotal(year)
		out[t] = sum
	}
	return out
}

// Known gives the known part of each year.
func Known(net []amount.Total) []amount.Money {
	out := make([]amount.Money, len(net))
	for t, year := range net {
		out[t] = year.Ore
	}
	return out
}
