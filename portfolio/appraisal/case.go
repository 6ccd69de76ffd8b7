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

// Result is what a case comes to. Unknown amounts are left out of every sum. While a cost is unknown nothing can be held against
// the costs: there is no payback, IRR or break-even. While a benefit is, the payback and the break-even are the highest, and the
// IRR the lowest, that they can be.
type Result struct {
	NPV                        Answer[amount.Money] // øre in the first year
	Payback, DiscountedPayback Answer[float64]      // years from the start of the first
	IRR                        Answer[float64]      // a fraction a year
	BreakEven                  Answer[float64]      // the share of the benefits that pays the costs
	Net, Cumulative            []amount.Total       // undiscounted øre, year by year
	Unknown                    int                  // amounts that are left out; a line without any is one
}

// All is what the years bring together.
func (r *Result) All() amount.Total {
	if len(r.Cumulative) == 0 {
		return amount.Total{}
	}
	return r.Cumulative[len(r.Cumulative)-1]
}

// PresentValue is the NPV as a sum that remembers what it leaves out; unknown where there is none.
func (r *Result) PresentValue() amount.Total {
	if r.NPV.Reason != 0 {
		return amount.Total{}
	}
	t := r.All()
	t.Ore = r.NPV.Value
	return t
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
	costs := 0
	for _, l := range c.Lines {
		n := l.unknown()
		r.Unknown += n
		if l.Kind != Benefit {
			costs += n
		}
	}
	if !r.All().Known() {
		r.NPV = none[amount.Money](NothingKnown)
		r.unanswered(NothingKnown)
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
	if costs > 0 {
		r.unanswered(CostUnknown)
		return r, nil
	}
	r.Payback, r.DiscountedPayback, r.IRR = AtPar(len(net)-1).Payback(known), d.Payback(known), IRR(known)
	if r.BreakEven, err = c.breakEven(d); err != nil {
		return Result{}, err
	}
	if r.Unknown > 0 {
		for _, a := range r.answers() {
			if a.Reason != 0 { // a further benefit might bring it about
				*a = none[float64](BenefitUnknown)
			}
		}
	}
	return r, nil
}

// answers are the values that hold what comes in against what is paid.
func (r *Result) answers() [4]*Answer[float64] {
	return [...]*Answer[float64]{&r.Payback, &r.DiscountedPayback, &r.IRR, &r.BreakEven}
}

func (r *Result) unanswered(why Reason) {
	for _, a := range r.answers() {
		*a = none[float64](why)
	}
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
