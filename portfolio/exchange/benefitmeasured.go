package exchange

import (
	"slices"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// plainly writes a measured value as our files do: a decimal comma and no mark between thousands, which a spreadsheet might take
// for the decimal one.
func plainly(milli int64) string {
	return strings.ReplaceAll(amount.Danish.Thousandths(milli), ".", "")
}

// value reads a measured value as people write it, to the hundredth, in thousandths; empty is 0.
func (c cell) value(into *int64) bool {
	var v amount.Money
	if !c.money(&v) {
		return false
	}
	*into = int64(v) * 10
	return true
}

// measured reads a value that two columns may state, as people write it and in thousandths. What either says that does not
// stand already is meant; where both do, they must agree.
func (r cells) measured(name string, into *int64) bool {
	stood := *into
	plain, milli := stood, stood
	if c := r.get(name + "_milli"); r.given(c.column) && !c.milli(&milli) {
		return false
	}
	c := r.get(name)
	if r.given(name) && strings.TrimSpace(c.text) != plainly(stood) && !c.value(&plain) {
		return false
	}
	switch {
	case plain == stood:
		*into = milli
	case milli == stood || milli == plain:
		*into = plain
	default:
		return c.refuse("import.two_values", name+"_milli")
	}
	return true
}

// measurements reads what the indicator was, a line a day: 2018-06-30 8,2. What was measured is not taken back by a file.
func (c cell) measurements(into *[]portfolio.Measurement) bool {
	list := slices.Clone(*into)
	seen := map[portfolio.Date]bool{}
	for line := range strings.Lines(c.text) {
		day, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if day == "" {
			continue
		}
		one := portfolio.Measurement{}
		var err error
		if one.Date, err = amount.ParseDate(day); err != nil || strings.TrimSpace(rest) == "" || seen[one.Date] {
			return c.refuse("import.not_measurements")
		}
		seen[one.Date] = true
		at := slices.IndexFunc(list, func(m portfolio.Measurement) bool { return m.Date == one.Date })
		if at >= 0 && strings.TrimSpace(rest) == plainly(list[at].Value) {
			continue
		}
		value := c
		value.text = rest
		if !value.value(&one.Value) {
			return false
		}
		if at >= 0 {
			list[at].Value = one.Value
			continue
		}
		list = append(list, one)
	}
	for _, m := range list {
		if !seen[m.Date] {
			return c.refuse("import.measurement_stays", m.Date)
		}
	}
	slices.SortFunc(list, func(a, b portfolio.Measurement) int { return int(a.Date) - int(b.Date) })
	*into = list
	return true
}

func measurementsText(list []portfolio.Measurement) string {
	lines := make([]string, len(list))
	for k, m := range list {
		lines[k] = m.Date.String() + " " + plainly(m.Value)
	}
	return strings.Join(lines, "\n")
}

// focus reads the strategy's focuses, one a line; those that the gain has stay allowed when the strategy is another.
func (c cell) focus(into *[]string) bool {
	allowed := slices.Clone(*into)
	if s := c.in.p.Strategy; s != nil {
		allowed = append(allowed, s.Focus...)
	}
	var list []string
	for line := range strings.Lines(c.text) {
		focus := strings.TrimSpace(line)
		switch {
		case focus == "":
		case !slices.Contains(allowed, focus):
			return c.refuse("import.focus_unknown", strings.Join(allowed, "; "))
		case !slices.Contains(list, focus):
			list = append(list, focus)
		}
	}
	*into = list
	return true
}

// write makes the gain or changes it; what was measured are acts of their own.
func (d *benefitDraft) write(a act) error {
	to, b := d.to, d.now
	var had []portfolio.Measurement
	if d.now != nil && d.now.Indicator != nil {
		had = d.now.Indicator.Measurements
	}
	var measured []portfolio.Measurement
	if to.Indicator != nil {
		measured = to.Indicator.Measurements
		indicator := *to.Indicator
		indicator.Measurements = had
		to.Indicator = &indicator
	}
	var e portfolio.Event
	var err error
	switch {
	case b == nil:
		to.ID = portfolio.BenefitID(a.id)
		b, e, err = portfolio.NewBenefit(a.p, a.by, to)
		b, err = kept(a, b, e, err)
	case !slices.Equal(benefitSaid(a.p, b), benefitSaid(a.p, &to)):
		b, e, err = b.Edit(a.p, a.by, to)
		b, err = kept(a, b, e, err)
	}
	for _, m := range measured {
		if err != nil {
			return err
		}
		if slices.ContainsFunc(had, func(h portfolio.Measurement) bool { return h.Date == m.Date && h.Value == m.Value }) {
			continue
		}
		b, e, err = b.Measure(a.p, a.by, m.Date, m.Value)
		b, err = kept(a, b, e, err)
	}
	return err
}
