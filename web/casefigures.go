package web

import (
	"cmp"
	"errors"
	"strconv"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/appraisal"
)

// caseFigures are what a version of a business case comes to. A value that does not exist is null, with the reason in words. Unknown
// amounts are left out, and npv_bound says what the present values say of the whole: at_least, at_most, or known_part.
type caseFigures struct {
	// OneOff is all that is paid once; Running and Saving are those of FullYear, the last year that their lines tell of.
	OneOff       ore  `json:"one_off_ore"`
	OneOffAbout  bool `json:"one_off_approximate"`
	Running      ore  `json:"running_ore"`
	RunningAbout bool `json:"running_approximate"`
	Saving       ore  `json:"saving_ore"`
	SavingAbout  bool `json:"saving_approximate"`
	FullYear     int  `json:"full_year"`

	Payback          *float64 `json:"payback_years"`
	PaybackReason    string   `json:"payback_reason,omitempty"`
	Discounted       *float64 `json:"discounted_payback_years"`
	DiscountedReason string   `json:"discounted_payback_reason,omitempty"`
	NPV              ore      `json:"npv_ore"`
	NPVReason        string   `json:"npv_reason,omitempty"`
	NPVBound         string   `json:"npv_bound,omitempty"`
	IRR              *float64 `json:"irr"`
	IRRReason        string   `json:"irr_reason,omitempty"`
	BreakEven        *float64 `json:"break_even"`
	BreakEvenReason  string   `json:"break_even_reason,omitempty"`
	MeanNPV          ore      `json:"mean_npv_ore"`
	LowNPV           ore      `json:"low_npv_ore"`
	HighNPV          ore      `json:"high_npv_ore"`
	Spread           ore      `json:"spread_ore"`
	Net              []ore    `json:"net_ore"`
	Cumulative       []ore    `json:"cumulative_ore"`
	Unknown          int      `json:"unknown"`
	LinesWithoutSums int      `json:"lines_without_amounts"`
	RateSource       string   `json:"rate_source,omitempty"`
	RatePercent      string   `json:"rate_percent"`
	Approximate      bool     `json:"approximate"`
	// Problem tells why the version cannot be counted as it stands.
	Problem string `json:"problem,omitempty"`

	// Shown are the results and what is said of them, Totals the years' sums, as the page and its script show them.
	Shown  map[string]string `json:"-"`
	Totals map[string]string `json:"-"`
	result portfolio.CaseResult
}

// appraised counts a content. keys are the numbers that its lines have in a form, for their sums.
func (r *request) appraised(c *portfolio.CaseContent, keys []int) (caseFigures, error) {
	v := caseFigures{Net: []ore{}, Cumulative: []ore{}, Shown: map[string]string{}, Totals: map[string]string{}}
	for k, l := range c.Lines {
		var sum amount.Total
		for _, e := range l.Amounts {
			sum.Add(e.Likely)
		}
		v.Totals["sum."+strconv.Itoa(keys[k])] = r.bareTotal(sum)
	}
	result, err := r.p.Appraise(c)
	if err != nil {
		if v.Problem = r.caseProblem(err); v.Problem == "" {
			return v, err
		}
		result = portfolio.CaseResult{Rates: result.Rates, RateSource: result.RateSource, FullYear: c.FirstYear + c.Years - 1}
	}
	v.result = result
	v.state(r)
	v.show(r, c)
	v.explain(r, c)
	return v, nil
}

// caseProblem says why a case cannot be counted; "" for a fault.
func (r *request) caseProblem(err error) string {
	if errors.Is(err, appraisal.ErrNoPoint) || errors.Is(err, appraisal.ErrIndex) {
		return r.say("cases.problem.index")
	}
	for _, e := range portfolio.AsRefusals(refuseCase(err)) {
		return r.refusal(e)
	}
	if errors.Is(err, appraisal.ErrRate) {
		return r.say("cases.problem.rate")
	}
	return ""
}

func totalOre(t amount.Total) ore {
	return ore{amount.Figure{Ore: t.Ore, Known: t.Known(), Approximate: t.Approximate}}
}

// caseReason says why a result does not exist.
func (r *request) caseReason(reason appraisal.Reason) string {
	switch reason {
	case 0:
		return ""
	case appraisal.NoBenefits:
		return r.say("cases.no_gain")
	case appraisal.BeyondRates:
		return r.say("error.case.horizon")
	}
	return r.say(caseReasons[reason])
}

func existing[T any](a appraisal.Answer[T]) *T {
	if a.Reason != 0 {
		return nil
	}
	return &a.Value
}

func (v *caseFigures) state(r *request) {
	c := &v.result
	likely := &c.Likely
	v.OneOff, v.Running, v.Saving = totalOre(c.OneOff), totalOre(c.Running), totalOre(c.Saving)
	v.OneOffAbout, v.RunningAbout, v.SavingAbout = c.OneOff.Approximate, c.Running.Approximate, c.Saving.Approximate
	v.Payback, v.PaybackReason = existing(likely.Payback), r.caseReason(likely.Payback.Reason)
	v.Discounted, v.DiscountedReason = existing(likely.DiscountedPayback), r.caseReason(likely.DiscountedPayback.Reason)
	npv := likely.PresentValue()
	v.NPV, v.NPVReason, v.NPVBound = totalOre(npv), r.caseReason(likely.NPV.Reason), npv.Bound().String()
	v.IRR, v.IRRReason = existing(likely.IRR), r.caseReason(likely.IRR.Reason)
	v.BreakEven, v.BreakEvenReason = existing(likely.BreakEven), r.caseReason(likely.BreakEven.Reason)
	v.MeanNPV, v.LowNPV, v.HighNPV = totalOre(c.Mean.PresentValue()), totalOre(c.Bad.PresentValue()), totalOre(c.Good.PresentValue())
	if v.NPV.Known && c.Spread.Reason == 0 {
		v.Spread = exactly(c.Spread.Value)
	}
	v.FullYear = c.FullYear
	v.Net, v.Cumulative = oreOf(likely.Net), oreOf(likely.Cumulative)
	v.Unknown, v.LinesWithoutSums, v.RateSource = likely.Unknown, c.BlankLines, c.RateSource
	v.Approximate = likely.All().Approximate
	v.RatePercent = ratesText(c.Rates)
}

// ratesText tells the rates that a case was counted by: 4, or 3,5 … 2,5 where they fall.
func ratesText(rates []appraisal.Rate) string {
	if len(rates) < 2 {
		return ""
	}
	first, last := percentOf(rates[1].String()), percentOf(rates[len(rates)-1].String())
	if first == last {
		return first
	}
	return first + "–" + last
}

// shortReasons say in a word why a result does not exist; the whole reason stands beside the results.
var shortReasons = map[appraisal.Reason]string{
	appraisal.NothingKnown: "figure.unknown", appraisal.Never: "cases.never", appraisal.NoRoot: "cases.none", appraisal.SeveralRoots: "cases.several",
	appraisal.NoBenefits: "cases.none", appraisal.BeyondRates: "figure.unknown", appraisal.TooLarge: "figure.unknown",
	appraisal.CostUnknown: "figure.unknown", appraisal.BenefitUnknown: "figure.unknown",
}

// show says the results, and the sums of each year.
func (v *caseFigures) show(r *request, c *portfolio.CaseContent) {
	likely := &v.result.Likely
	highest, lowest := amount.Whole, amount.Whole // of what exists although benefits are unknown
	if likely.Unknown > 0 {
		highest, lowest = amount.AtMost, amount.AtLeast
	}
	years := func(written string) string { return r.say("cases.years", written) }
	percent := func(written string) string { return written + "\u00a0%" }
	for _, row := range []struct {
		name   string
		answer appraisal.Answer[float64]
		scale  float64
		bound  amount.Bound
		say    func(string) string
	}{
		{"payback", likely.Payback, 1, highest, years},
		{"discounted_payback", likely.DiscountedPayback, 1, highest, years},
		{"irr", likely.IRR, 100, lowest, percent},
		{"break_even", likely.BreakEven, 100, highest, percent},
	} {
		if key, ok := shortReasons[row.answer.Reason]; ok {
			v.Shown[row.name] = r.say(key)
			continue
		}
		if v.Problem != "" {
			v.Shown[row.name] = r.say("figure.unknown")
			continue
		}
		v.Shown[row.name] = row.say(r.lang.Style.Bounded(row.bound, r.decimal(row.answer.Value*row.scale)))
	}
	for name, sum := range map[string]amount.Total{"one_off": v.result.OneOff, "running": v.result.Running, "saving": v.result.Saving} {
		v.Shown[name] = r.lang.Style.Total(sum)
	}
	for name, value := range map[string]amount.Total{
		"npv": likely.PresentValue(), "mean": v.result.Mean.PresentValue(), "low": v.result.Bad.PresentValue(), "high": v.result.Good.PresentValue(),
		"spread": amount.Sum(v.Spread.Figure),
	} {
		v.Shown[name] = r.kroner(value)
	}
	for t := range c.Years {
		net, sum := "", ""
		if t < len(v.result.Likely.Net) {
			net, sum = r.bareTotal(v.result.Likely.Net[t]), r.bareTotal(v.result.Likely.Cumulative[t])
		}
		year := strconv.Itoa(c.FirstYear + t)
		v.Totals["net."+year], v.Totals["cumulative."+year] = net, sum
	}
}

// explain says what stands beside the results: why one does not exist, of which year and at which rate they are, what is left out.
func (v *caseFigures) explain(r *request, c *portfolio.CaseContent) {
	v.Shown["headline"] = r.caseHeadline(v)
	v.Shown["npv_reason"], v.Shown["payback_reason"], v.Shown["discounted_payback_reason"] = v.NPVReason, v.PaybackReason, v.DiscountedReason
	v.Shown["irr_reason"], v.Shown["break_even_reason"] = v.IRRReason, cmp.Or(v.BreakEvenReason, r.say("cases.break_even_note"))
	v.Shown["full_year"] = r.say("cases.full_year", v.FullYear)
	v.Shown["rate"], v.Shown["rate_source"] = r.say("cases.rate_percent", v.RatePercent), cmp.Or(v.RateSource, c.RateNote)
	v.Shown["rate_note"] = r.say("cases.rate_note", v.RatePercent)
	out := r.say("cases.nothing")
	if v.Unknown > 0 {
		out = r.lang.Count("cases.left_out_amounts", v.Unknown)
	}
	if v.LinesWithoutSums > 0 {
		out += " " + r.lang.Count("cases.blank_lines", v.LinesWithoutSums)
	}
	v.Shown["left_out"] = out
}

// kroner writes a result in whole kroner: it is worked out of estimates, and øre would promise more than it holds.
func (r *request) kroner(t amount.Total) string {
	if !t.Known() {
		return r.say("figure.unknown")
	}
	return r.partly(t, r.lang.Style.Kroner(amount.MulDiv(t.Ore, 1, int64(amount.Krone))*amount.Krone))
}

// partly says of a written sum whether it is approximate, and what its unknown parts make of it.
func (r *request) partly(t amount.Total, written string) string {
	if t.Approximate {
		written = r.say("figure.about", written)
	}
	return r.lang.Style.Bounded(t.Bound(), written)
}

// decimal writes a number that was found with one decimal.
func (r *request) decimal(v float64) string {
	text := strings.Replace(strconv.FormatFloat(v, 'f', 1, 64), "-0.0", "0.0", 1)
	if r.lang.Code == "da" {
		text = strings.Replace(text, ".", ",", 1)
	}
	return strings.Replace(text, "-", "−", 1)
}

// bareTotal writes a sum in kroner without the unit, as the grid's columns have it.
func (r *request) bareTotal(t amount.Total) string {
	if t.Parts == 0 {
		return ""
	}
	if !t.Known() {
		return r.say("figure.unknown")
	}
	return r.partly(t, strings.TrimSuffix(strings.TrimPrefix(r.lang.Style.Kroner(t.Ore), "DKK\u00a0"), "\u00a0kr."))
}
