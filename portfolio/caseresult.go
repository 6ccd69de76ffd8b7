package portfolio

import (
	"gevinst/portfolio/amount"
	"gevinst/portfolio/appraisal"
)

// CaseResult is what a business case comes to.
type CaseResult struct {
	// Likely counts every amount as it most probably is. Bad has the low benefits and the high costs, Good the other way round.
	Likely, Bad, Good appraisal.Result
	// Mean counts every amount at its three-point mean.
	Mean appraisal.Result
	// Spread is the standard deviation of the present value that Mean has, the amounts taken as independent of each other.
	Spread appraisal.Answer[amount.Money]
	// OneOff is all that is paid once. Running and Saving are those of FullYear, the last year that any of their lines tells of.
	OneOff, Running, Saving amount.Total
	FullYear                int
	// BlankLines counts the lines without any amount.
	BlankLines int
	// Rates are the rates that were used, year by year, and RateSource where they come from ("" where the case sets its own).
	Rates      []appraisal.Rate
	RateSource string
}

// Appraise counts a business case: the one arithmetic behind page, calculator, file and check. It errs as
// appraisal.Evaluate does, and with appraisal.ErrNoPoint where a line cannot be restated in the case's prices.
func (p *Portfolio) Appraise(c *CaseContent) (CaseResult, error) {
	var r CaseResult
	var err error
	if r.Rates, r.RateSource, err = c.rates(); err != nil {
		return r, err
	}
	if r.Likely, err = p.evaluate(c, r.Rates, func(CaseLine, Estimate) Point { return Likely }); err != nil {
		return r, err
	}
	if r.Bad, err = p.evaluate(c, r.Rates, func(l CaseLine, _ Estimate) Point { return worse(l.Kind) }); err != nil {
		return r, err
	}
	if r.Good, err = p.evaluate(c, r.Rates, func(l CaseLine, _ Estimate) Point { return better(l.Kind) }); err != nil {
		return r, err
	}
	return r, p.spread(c, &r)
}

func worse(k appraisal.Kind) Point {
	if k == appraisal.Benefit {
		return Low
	}
	return High
}

func better(k appraisal.Kind) Point {
	if k == appraisal.Benefit {
		return High
	}
	return Low
}

// rates gives the rate of each of the case's years: its own, or the table's of the day that it is dated.
func (c *CaseContent) rates() ([]appraisal.Rate, string, error) {
	if c.Rate == "" {
		table, err := appraisal.TableOn(c.Dated)
		if err != nil {
			return nil, "", err
		}
		rates, err := table.Rates(max(c.Years-1, 0))
		return rates, table.Source, err
	}
	own, err := appraisal.ParseRate(c.Rate)
	if err != nil {
		return nil, "", err
	}
	rates := make([]appraisal.Rate, max(c.Years, 1))
	for t := 1; t < len(rates); t++ {
		rates[t] = own
	}
	return rates, "", nil
}

func (p *Portfolio) evaluate(c *CaseContent, rates []appraisal.Rate, at func(CaseLine, Estimate) Point) (appraisal.Result, error) {
	lines := make([]appraisal.Line, 0, len(c.Lines))
	for _, l := range c.Lines {
		line := appraisal.Line{Kind: l.Kind, PriceYear: c.PriceYear, Amounts: make([]amount.Figure, len(l.Amounts))}
		for t, e := range l.Amounts {
			line.Amounts[t] = e.At(at(l, e))
		}
		line, err := p.restate(c, l, line)
		if err != nil {
			return appraisal.Result{}, err
		}
		lines = append(lines, line)
	}
	return appraisal.Evaluate(appraisal.Case{Lines: lines, Rates: rates})
}

// restate brings a line that is stated in another year's prices to the case's.
func (p *Portfolio) restate(c *CaseContent, l CaseLine, line appraisal.Line) (appraisal.Line, error) {
	if l.PriceYear == 0 || l.PriceYear == c.PriceYear {
		return line, nil
	}
	index := p.Indexes.Get(l.Index)
	if index == nil {
		return line, appraisal.ErrNoPoint
	}
	by, err := index.Index()
	if err != nil {
		return line, err
	}
	line.PriceYear = l.PriceYear
	return by.RestateLine(line, c.PriceYear)
}

// spread adds the three-point figures and the three lines that the page leads with.
func (p *Portfolio) spread(c *CaseContent, r *CaseResult) error {
	estimates := make([][]appraisal.Estimate, max(c.Years, 1))
	means, likely := make([]appraisal.Line, 0, len(c.Lines)), make([]appraisal.Line, 0, len(c.Lines))
	for _, l := range c.Lines {
		if len(l.Amounts) == 0 {
			r.BlankLines++
		}
		stated := make([]appraisal.Line, len(Points()))
		for k, point := range Points() {
			line := appraisal.Line{Kind: l.Kind, PriceYear: c.PriceYear, Amounts: make([]amount.Figure, len(l.Amounts))}
			for t, e := range l.Amounts {
				line.Amounts[t] = e.At(point)
			}
			var err error
			if stated[k], err = p.restate(c, l, line); err != nil {
				return err
			}
		}
		mean := appraisal.Line{Kind: l.Kind, PriceYear: c.PriceYear, Amounts: make([]amount.Figure, len(l.Amounts))}
		for t := range l.Amounts {
			f := stated[1].Amounts[t]
			mean.Amounts[t] = f
			if f.Known {
				e := appraisal.Estimate{Low: stated[0].Amounts[t].Ore, Likely: f.Ore, High: stated[2].Amounts[t].Ore}
				mean.Amounts[t].Ore = e.Mean()
				estimates[t] = append(estimates[t], e)
			}
		}
		means, likely = append(means, mean), append(likely, stated[1])
	}
	r.lead(c, likely)
	discount, err := appraisal.NewDiscount(r.Rates)
	if err != nil {
		return err
	}
	r.Spread = discount.Spread(estimates)
	r.Mean, err = appraisal.Evaluate(appraisal.Case{Lines: means, Rates: r.Rates})
	return err
}

// lead adds up the three lines that the page leads with. The years of the horizon after the last that is told of say nothing of a
// full one; a line that ended before it brings nothing in it.
func (r *CaseResult) lead(c *CaseContent, lines []appraisal.Line) {
	last := 0
	for _, l := range lines {
		if l.Kind != appraisal.OneOff {
			last = max(last, len(l.Amounts))
		}
	}
	if last == 0 {
		last = c.Years
	}
	r.FullYear = c.FirstYear + last - 1
	for _, l := range lines {
		full := amount.Exactly(0)
		switch {
		case len(l.Amounts) == 0:
			full = amount.Figure{}
		case len(l.Amounts) == last:
			full = l.Amounts[last-1]
		}
		switch l.Kind {
		case appraisal.OneOff:
			r.OneOff.AddTotal(amount.Sum(l.Amounts...))
			if len(l.Amounts) == 0 {
				r.OneOff.Add(amount.Figure{})
			}
		case appraisal.Running:
			r.Running.Add(full)
		case appraisal.Benefit:
			r.Saving.Add(full)
		}
	}
}
