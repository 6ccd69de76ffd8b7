package web

import (
	"slices"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// readRamp reads percentages, one a month, with commas or spaces between; empty is all at once. A comma with a space behind it
// parts two months, one without is the decimal of 12,5.
func readRamp(f *form) amount.Ramp {
	var ramp amount.Ramp
	for word := range strings.FieldsSeq(strings.ReplaceAll(f.get("ramp"), ";", " ")) {
		word = strings.TrimSuffix(strings.TrimSuffix(word, ","), "%")
		if word == "" {
			continue
		}
		share, err := amount.ParseDanish(word)
		if err != nil || !share.Known || share.Ore < 0 || share.Ore > 100*amount.Krone {
			f.bad("ramp", "benefits.ramp_unread", word)
			return nil
		}
		ramp = append(ramp, int32(share.Ore)) // a hundredth of a per cent, as an øre is of a krone
	}
	return ramp
}

// readMilli reads a measured value; a figure has hundredths, which is fine enough for a person to type.
func readMilli(f *form, name string) int64 {
	if given(f, name+"_milli") {
		return f.int(name + "_milli")
	}
	return int64(f.figure(name).Ore) * 10
}

// readBenefit reads what was sent of a gain, and gives the change that puts it on. What was not sent stays as it is.
func (r *request) readBenefit() func(*portfolio.Benefit) {
	f := r.form
	var sent portfolio.Benefit
	var step portfolio.Cashability
	f.code("type", &sent.Type)
	f.code("cashability", &step)
	sent.Title, sent.Owner, sent.PriceYear = f.get("title"), portfolio.UserID(f.int("owner")), int(f.int("price_year"))
	sent.Adverse, sent.Change, sent.Focus = f.get("adverse") == "true", f.get("change"), readFocus(f)
	sent.Terms = portfolio.Terms{
		From: f.month("from"), Gross: figureOrOre(f, "gross"), Running: figureOrOre(f, "running"), Ramp: readRamp(f),
		OneOff: f.get("recurrence") == once,
	}
	sent.Cash = &portfolio.Cash{Account: f.get("account")}
	sent.Time = &portfolio.FreedTime{HoursPerYear: f.int("hours"), Rate: figureOrOre(f, "rate").Ore}
	sent.Indicator = &portfolio.Indicator{
		Unit: f.get("unit"), Baseline: readMilli(f, "baseline"), Target: readMilli(f, "target"), BaselineDate: f.date("baseline_date"),
		Method: f.get("method"),
	}
	return func(b *portfolio.Benefit) {
		put(f, &b.Title, sent.Title, "title")
		put(f, &b.Type, sent.Type, "type")
		put(f, &b.Owner, sent.Owner, "owner")
		put(f, &b.PriceYear, sent.PriceYear, "price_year")
		put(f, &b.Adverse, sent.Adverse, "adverse")
		put(f, &b.Change, sent.Change, "change")
		put(f, &b.Focus, sent.Focus, "focus")
		put(f, &b.From, sent.From, "from")
		put(f, &b.Gross, sent.Gross, "gross", "gross_ore")
		put(f, &b.Running, sent.Running, "running", "running_ore")
		put(f, &b.Ramp, sent.Ramp, "ramp")
		put(f, &b.OneOff, sent.OneOff, "recurrence")
		if given(f, "cashability") {
			setStep(b, step)
		}
		putGain(f, b, &sent)
	}
}

// put puts on what was sent under one of the names.
func put[T any](f *form, at *T, sent T, names ...string) {
	if slices.ContainsFunc(names, func(name string) bool { return given(f, name) }) {
		*at = sent
	}
}

// putGain puts on the one part that the gain has. Records are never changed in place: each part is a copy. What a dis-benefit
// is stated to cost is below zero in the sums, whichever sign it came with.
func putGain(f *form, b, sent *portfolio.Benefit) {
	if b.Adverse {
		b.Gross.Ore = min(b.Gross.Ore, -b.Gross.Ore)
	}
	if b.Cash != nil {
		own := *b.Cash
		put(f, &own.Account, sent.Cash.Account, "account")
		b.Cash = &own
	}
	if b.Time != nil {
		own := *b.Time
		put(f, &own.HoursPerYear, sent.Time.HoursPerYear, "hours")
		put(f, &own.Rate, sent.Time.Rate, "rate", "rate_ore")
		if b.Adverse {
			own.HoursPerYear = min(own.HoursPerYear, -own.HoursPerYear)
		}
		b.Time = &own
	}
	if b.Indicator != nil {
		own := *b.Indicator
		put(f, &own.Unit, sent.Indicator.Unit, "unit")
		put(f, &own.Baseline, sent.Indicator.Baseline, "baseline", "baseline_milli")
		put(f, &own.Target, sent.Indicator.Target, "target", "target_milli")
		put(f, &own.BaselineDate, sent.Indicator.BaselineDate, "baseline_date")
		put(f, &own.Method, sent.Indicator.Method, "method")
		b.Indicator = &own
	}
}

// readFocus reads the boxes that are ticked; the empty value that goes with them says that they were shown.
func readFocus(f *form) []string {
	return slices.DeleteFunc(slices.Clone(f.Values["focus"]), func(focus string) bool { return focus == "" })
}

// knownFocus refuses a focus that neither the strategy nor the gain has.
func knownFocus(p *portfolio.Portfolio, was, to *portfolio.Benefit) error {
	for _, focus := range to.Focus {
		if !slices.Contains(was.Focus, focus) && (p.Strategy == nil || !slices.Contains(p.Strategy.Focus, focus)) {
			return &portfolio.Error{Kind: portfolio.Invalid, Field: "focus", Code: "error.choice", Args: []any{focus}}
		}
	}
	return nil
}

// setStep gives the gain the one part that its step of the ladder has.
func setStep(b *portfolio.Benefit, step portfolio.Cashability) {
	cash, time, in := b.Cash, b.Time, b.Indicator
	b.Cash, b.Time, b.Indicator = nil, nil, nil
	switch step {
	case portfolio.BudgetReduction, portfolio.SpentLess, portfolio.AvoidedCost:
		next := portfolio.Cash{Step: step}
		if cash != nil {
			next.Account = cash.Account
		}
		b.Cash = &next
	case portfolio.FreedTimeGain:
		if b.Time = time; time == nil {
			b.Time = &portfolio.FreedTime{}
		}
	case portfolio.NonFinancial:
		if b.Indicator = in; in == nil {
			b.Indicator = &portfolio.Indicator{}
		}
	}
}
