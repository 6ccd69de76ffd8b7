package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/appraisal"
)

// The size of a case that is counted for whoever asks. The years are those that a rate table reaches.
const (
	maxCaseLines = 1000
	maxCaseYears = 71
)

func (s *Server) evaluateCaseRoutes() []route {
	return []route{{method: http.MethodPost, pattern: "/evaluate/case.json", action: portfolio.ViewPortfolio, call: evaluateCase, view: caseAnswer{}, sends: caseQuestion{}}}
}

// caseQuestion is a business case as a program sends it. Amounts and rates are taken as they stand, so that each can be
// refused by its place, and a rate is not rounded to a float on its way.
type caseQuestion struct {
	Dated     string `json:"dated,omitempty"`
	PriceYear int    `json:"price_year"`
	FirstYear int    `json:"first_year"`
	Lines     []struct {
		Kind       string            `json:"kind"`
		AmountsOre []json.RawMessage `json:"amounts_ore" holds:"integer,null"`
	} `json:"lines"`
	Rates []json.RawMessage `json:"rates,omitempty" holds:"number,null"`
}

// caseAnswer is what a case comes to: what does not exist is null, with the reason in words. A year of which no amount is
// known is null too. Unknown amounts are left out, and npv_bound says what the present value says of the whole: at_least, at_most,
// or known_part where both benefits and costs are unknown.
type caseAnswer struct {
	NPV                     *amount.Money `json:"npv_ore"`
	NPVReason               string        `json:"npv_reason,omitempty"`
	NPVBound                string        `json:"npv_bound,omitempty"`
	Payback                 *float64      `json:"payback_years"`
	PaybackReason           string        `json:"payback_reason,omitempty"`
	DiscountedPayback       *float64      `json:"discounted_payback_years"`
	DiscountedPaybackReason string        `json:"discounted_payback_reason,omitempty"`
	IRR                     *float64      `json:"irr"`
	IRRReason               string        `json:"irr_reason,omitempty"`
	Net                     []ore         `json:"net_ore"`
	Cumulative              []ore         `json:"cumulative_ore"`
	Unknown                 int           `json:"unknown"`
}

func evaluateCase(r *request) (any, error) {
	var q caseQuestion
	if err := r.read(&q); err != nil {
		return nil, err
	}
	c, err := q.check()
	if err != nil {
		return nil, err
	}
	result, err := appraisal.Evaluate(c)
	if err != nil {
		return nil, refuseCase(err)
	}
	a := caseAnswer{Net: oreOf(result.Net), Cumulative: oreOf(result.Cumulative), Unknown: result.Unknown}
	a.NPV, a.NPVReason = stated(r, result.NPV)
	a.NPVBound = result.PresentValue().Bound().String()
	a.Payback, a.PaybackReason = stated(r, result.Payback)
	a.DiscountedPayback, a.DiscountedPaybackReason = stated(r, result.DiscountedPayback)
	a.IRR, a.IRRReason = stated(r, result.IRR)
	return a, nil
}

func badCase(field, code string, args ...any) error {
	return &portfolio.Error{Kind: portfolio.Invalid, Field: field, Code: code, Args: args}
}

// check reads the question, or refuses the first thing in it that cannot be counted.
func (q caseQuestion) check() (appraisal.Case, error) {
	var c appraisal.Case
	var err error
	if c.Dated, err = amount.ParseDate(q.Dated); err != nil {
		return c, badCase("dated", "error.date")
	}
	switch {
	case c.Dated == 0 && q.Rates == nil: // it is by its day that a case finds its rates
		return c, badCase("dated", "error.required")
	case q.PriceYear < 2000 || q.PriceYear > 2100:
		return c, badCase("price_year", "error.year")
	case q.FirstYear < 2000 || q.FirstYear > 2100:
		return c, badCase("first_year", "error.year")
	case q.Lines == nil:
		return c, badCase("lines", "error.required")
	case len(q.Lines) > maxCaseLines:
		return c, badCase("lines", "error.too_many", maxCaseLines)
	}
	for i := range q.Lines {
		line, err := q.line(i)
		if err != nil {
			return c, err
		}
		c.Lines = append(c.Lines, line)
	}
	c.Rates, err = q.rates()
	return c, err
}

func (q caseQuestion) line(i int) (appraisal.Line, error) {
	from, name := q.Lines[i], fmt.Sprintf("lines[%d]", i)
	line := appraisal.Line{PriceYear: q.PriceYear}
	switch {
	case line.Kind.UnmarshalText([]byte(from.Kind)) != nil:
		return line, badCase(name+".kind", "error.choice", from.Kind)
	case from.AmountsOre == nil:
		return line, badCase(name+".amounts_ore", "error.required")
	case len(from.AmountsOre) > maxCaseYears:
		return line, badCase(name+".amounts_ore", "error.too_many", maxCaseYears)
	}
	line.Amounts = make([]amount.Figure, len(from.AmountsOre))
	for t, raw := range from.AmountsOre {
		if string(raw) == "null" {
			continue
		}
		place := fmt.Sprintf("%s.amounts_ore[%d]", name, t)
		n, err := strconv.ParseInt(string(raw), 10, 64)
		switch {
		case errors.Is(err, strconv.ErrRange) || err == nil && (n < -int64(amount.Max) || n > int64(amount.Max)):
			return line, badCase(place, "error.too_large")
		case err != nil:
			return line, badCase(place, "error.whole_number", fmt.Sprintf("%.40s", raw))
		}
		line.Amounts[t] = amount.Exactly(amount.Money(n))
	}
	return line, nil
}

func (q caseQuestion) rates() ([]appraisal.Rate, error) {
	if len(q.Rates) > maxCaseYears {
		return nil, badCase("rates", "error.too_many", maxCaseYears)
	}
	if q.Rates == nil {
		return nil, nil
	}
	rates := make([]appraisal.Rate, len(q.Rates))
	for t := 1; t < len(rates); t++ { // the first year is not discounted, so its rate is not read
		var err error
		if rates[t], err = appraisal.ParseRate(string(q.Rates[t])); err != nil {
			return nil, badCase(fmt.Sprintf("rates[%d]", t), "error.case.rate", fmt.Sprintf("%.40s", q.Rates[t]))
		}
	}
	return rates, nil
}

// refuseCase says what the arithmetic refuses by the field that it comes from.
func refuseCase(err error) error {
	switch {
	case errors.Is(err, appraisal.ErrNoTable):
		return badCase("dated", "error.case.no_table", appraisal.Tables()[0].ValidFrom)
	case errors.Is(err, appraisal.ErrHorizon):
		return badCase("rates", "error.case.horizon")
	case errors.Is(err, appraisal.ErrTooLarge):
		return badCase("lines", "error.too_large")
	}
	return err
}

var caseReasons = map[appraisal.Reason]string{
	appraisal.NothingKnown: "case.nothing_known",
	appraisal.Never:        "case.never",
	appraisal.NoRoot:       "case.no_root",
	appraisal.SeveralRoots: "case.several_roots",
	appraisal.TooLarge:     "error.too_large",

	appraisal.CostUnknown:    "case.cost_unknown",
	appraisal.BenefitUnknown: "case.benefit_unknown",
}

// stated gives an answer's value, or nothing and the reason in words.
func stated[T any](r *request, a appraisal.Answer[T]) (*T, string) {
	if a.Reason != 0 {
		return nil, r.say(caseReasons[a.Reason])
	}
	return &a.Value, ""
}

func oreOf(years []amount.Total) []ore {
	out := make([]ore, len(years))
	for t, year := range years {
		out[t] = ore{amount.Figure{Ore: year.Ore, Known: year.Known(), Approximate: year.Approximate}}
	}
	return out
}
