package web

import (
	"errors"
	"strconv"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/appraisal"
)

// caseFigures are what a version of a business case comes to. A value that does not exist is null, with the reason in words.
type caseFigures struct {
	// OneOff is all that is paid once; Running and Saving are those of the case's last year, which is a full one.
	OneOff       ore  `json:"one_off_ore"`
	OneOffAbout  bool `json:"one_off_approximate"`
	Running      ore  `json:"running_ore"`
	RunningAbout bool `json:"running_approximate"`
	Saving       ore  `json:"saving_ore"`
	SavingAbout  bool `json:"saving_approximate"`

	Payback          *float64 `json:"payback_years"`
	PaybackReason    string   `json:"payback_reason,omitempty"`
	Discounted       *float64 `json:"discounted_payback_years"`
	DiscountedReason string   `json:"discounted_payback_reason,omitempty"`
	NPV              ore      `json:"npv_ore"`
	NPVReason        string   `json:"npv_reason,omitempty"`
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

	// Shown are the results, Totals the years' sums, as the page and its script show them.
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
		v.Problem = r.caseProblem(err)
		if v.Problem == "" {
			return v, err
		}
		return v, nil
	}
	v.result = result
	v.state(r)
	v.show(r, c)
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

func answerOre(a appraisal.Answer[amount.Money]) ore {
	return ore{amount.Figure{Ore: a.Value, Known: a.Reason == 0}}
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
	v.NPV, v.NPVReason = answerOre(likely.NPV), r.caseReason(likely.NPV.Reason)
	v.IRR, v.IRRReason = existing(likely.IRR), r.caseReason(likely.IRR.Reason)
	v.BreakEven, v.BreakEvenReason = existing(likely.BreakEven), r.caseReason(likely.BreakEven.Reason)
	v.MeanNPV, v.LowNPV, v.HighNPV = answerOre(c.MeanNPV), answerOre(c.Bad.NPV), answerOre(c.Good.NPV)
	if v.NPV.Known {
		v.Spread = exactly(c.Spread)
	}
	v.Net, v.Cumulative = oreOf(likely.Net), oreOf(likely.Cumulative)
	v.Unknown, v.LinesWithoutSums, v.RateSource = likely.Unknown, c.BlankLines, c.RateSource
	if n := len(likely.Cumulative); n > 0 {
		v.Approximate = likely.Cumulative[n-1].Approximate
	}
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
}

// show says the results, and the sums of each year.
func (v *caseFigures) show(r *request, c *portfolio.CaseContent) {
	likely := &v.result.Likely
	put := func(name string, reason appraisal.Reason, text string) {
		if key, ok := shortReasons[reason]; ok {
			text = r.say(key)
		}
		v.Shown[name] = text
	}
	put("one_off", 0, r.lang.Style.Total(v.result.OneOff))
	put("running", 0, r.lang.Style.Total(v.result.Running))
	put("saving", 0, r.lang.Style.Total(v.result.Saving))
	put("payback", likely.Payback.Reason, r.yearsText(v.Payback))
	put("discounted_payback", likely.DiscountedPayback.Reason, r.yearsText(v.Discounted))
	put("irr", likely.IRR.Reason, r.shareText(v.IRR))
	put("break_even", likely.BreakEven.Reason, r.shareText(v.BreakEven))
	put("npv", likely.NPV.Reason, r.kroner(v.NPV))
	put("mean", v.result.MeanNPV.Reason, r.kroner(v.MeanNPV))
	put("spread", likely.NPV.Reason, r.kroner(v.Spread))
	put("low", v.result.Bad.NPV.Reason, r.kroner(v.LowNPV))
	put("high", v.result.Good.NPV.Reason, r.kroner(v.HighNPV))
	for t := range c.Years {
		net, sum := "", ""
		if t < len(v.result.Likely.Net) {
			net, sum = r.bareTotal(v.result.Likely.Net[t]), r.bareTotal(v.result.Likely.Cumulative[t])
		}
		year := strconv.Itoa(c.FirstYear + t)
		v.Totals["net."+year], v.Totals["cumulative."+year] = net, sum
	}
}

// kroner writes a result in whole kroner: it is worked out of estimates, and øre would promise more than it holds.
func (r *request) kroner(v ore) string {
	if !v.Known {
		return r.say("figure.unknown")
	}
	return r.lang.Style.Kroner(amount.MulDiv(v.Ore, 1, int64(amount.Krone)) * amount.Krone)
}

func (r *request) yearsText(years *float64) string {
	if years == nil {
		return ""
	}
	return r.say("cases.years", r.decimal(*years))
}

func (r *request) shareText(share *float64) string {
	if share == nil {
		return ""
	}
	return r.decimal(*share*100) + "\u00a0%"
}

// decimal writes a number that was found with one decimal.
func (r *request) decimal(v float64) string {
	text := strconv.FormatFloat(v, 'f', 1, 64)
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
	text := strings.TrimSuffix(strings.TrimPrefix(r.lang.Style.Kroner(t.Ore), "DKK\u00a0"), "\u00a0kr.")
	if t.Approximate {
		text = r.say("figure.about", text)
	}
	if t.Unknown > 0 {
		text = r.say("cases.at_least", text)
	}
	return text
}
