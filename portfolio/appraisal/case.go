package appraisal

import (
	"errors"

	"gevinst/portfolio/amount"
)

// Case is a business case as arithmetic sees it.
type Case struct {
	// Dated chooses the rate table, unless Rates are given.
	Dated amount.Date
	Lines []Line
	// Rates override the table, year by year; index 0 counts for nothing.
	Rates []Rate
}

// Result is what a case comes to. Unknown amounts are left out of every figure.
type Result struct {
	NPV                        Answer[amount.Money] // øre in the first year
	Payback, DiscountedPayback Answer[float64]      // years from the start of the first
	IRR                        Answer[float64]      // a fraction a year
	BreakEven                  Answer[float64]      // the share of the benefits that pays the costs
	Net, Cumulative            []amount.Total       // undiscounted øre, year by year
	Unknown                    int                  // amounts that are left out
}

// Evaluate counts a case. It errs with ErrNoTable, ErrHorizon, ErrRate, ErrTooLarge or a *amount.PriceYearError; a value
// that does not exist is no error, but an Answer with a Reason. Where no amount is known, nothing but the count is.
func Evaluate(c Case) (Result, error) {
	net, err := Net(c.Lines...)
	if err != nil {
		return Result{}, err
	}
	d, err := c.discount(len(net) - 1)
	if err != nil {
		return Result{}, err
	}
	r := Result{Net: net, Cumulative: Cumulative(net)}
	var all amount.Total
	if len(net) > 0 {
		all = r.Cumulative[len(net)-1]
	}
	r.Unknown = all.Unknown
	if !all.Known() {
		r.NPV = none[amount.Money](NothingKnown)
		nothing := none[float64](NothingKnown)
		r.Payback, r.DiscountedPayback, r.IRR, r.BreakEven = nothing, nothing, nothing, nothing
		return r, nil
	}
	known := Known(net)
	r.NPV.Value, err = d.NPV(known)
	switch {
	case errors.Is(err, ErrTooLarge): // below zero, rates make amounts grow
		r.NPV = none[amount.Money](TooLarge)
	case err != nil:
		return Result{}, err
	}
	r.Payback, r.DiscountedPayback, r.IRR = AtPar(len(net)-1).Payback(known), d.Payback(known), IRR(known)
	r.BreakEven, err = c.breakEven(d)
	return r, err
}

func (c Case) discount(last int) (*Discount, error) {
	rates := c.Rates
	if rates == nil {
		table, err := TableOn(c.Dated)
		if err != nil {
			return nil, err
		}
		if rates, err = table.Rates(max(last, 0)); err != nil {
			return nil, err
		}
	}
	if len(rates) <= last {
		return nil, ErrHorizon
	}
	return NewDiscount(rates)
}

func (c Case) breakEven(d *Discount) (Answer[float64], error) {
	var sides [2][]Line
	for _, l := range c.Lines {
		if l.Kind == Benefit {
			sides[0] = append(sides[0], l)
			continue
		}
		sides[1] = append(sides[1], l)
	}
	benefits, err := Net(sides[0]...)
	if err != nil {
		return Answer[float64]{}, err
	}
	costs, err := Net(sides[1]...)
	if err != nil {
		return Answer[float64]{}, err
	}
	less := Known(costs) // net of nothing but costs is negative
	for t := range less {
		less[t] = -less[t]
	}
	return d.BreakEven(Known(benefits), less), nil
}
