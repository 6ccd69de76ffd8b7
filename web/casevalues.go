package web

import (
	"net/url"
	"strconv"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// caseValues writes a content as its form has it, for the form that is shown first, and for one whose sender's work was put
// together with what others did meanwhile.
func caseValues(c *portfolio.CaseContent) url.Values {
	v := url.Values{
		"dated": {amount.Danish.ShortDate(c.Dated)}, "price_year": {strconv.Itoa(c.PriceYear)},
		"first_year": {strconv.Itoa(c.FirstYear)}, "years": {strconv.Itoa(c.Years)}, "rate": {percentOf(c.Rate)},
		"rate_note": {c.RateNote}, "financing": {c.Financing.String()}, "financing_note": {c.FinancingNote}, "summary": {c.Summary},
	}
	for n, a := range c.Assumptions {
		v.Set(assumptionField(n, "text"), a.Text)
		v.Set(assumptionField(n, "document"), a.Source.Document)
	}
	for key := range c.Lines {
		l := &c.Lines[key]
		v.Set(lineField(key, "id"), idText(l.ID))
		v.Set(lineField(key, "kind"), l.Kind.String())
		v.Set(lineField(key, "title"), l.Title)
		v.Set(lineField(key, "note"), l.Note)
		v.Set(lineField(key, "benefit"), idText(l.Benefit))
		v.Set(lineField(key, "index"), idText(l.Index))
		v.Set(lineField(key, "price_year"), yearText(l.PriceYear))
		for t, e := range l.Amounts {
			for _, p := range [...]struct {
				portfolio.Point
				amount.Figure
			}{{portfolio.Low, e.Low}, {portfolio.Likely, e.Likely}, {portfolio.High, e.High}} {
				text := typed(p.Figure)
				if p.Point == portfolio.Likely && !p.Known {
					text = unknownMark
				}
				v.Set(cellField(key, c.FirstYear+t, p.Point), text)
			}
		}
	}
	return v
}

func yearText(year int) string {
	if year == 0 {
		return ""
	}
	return strconv.Itoa(year)
}

// refit puts the content in the place of what the form said of it. The rest of the form, such as its version, stays.
func (f *form) refit(c *portfolio.CaseContent) {
	for name := range f.Values {
		if strings.HasPrefix(name, "line.") || strings.HasPrefix(name, "assumption.") {
			delete(f.Values, name)
		}
	}
	for name, values := range caseValues(c) {
		f.Values[name] = values
	}
}

// named gives a domain's name of a place in the case the name that the form has for it: "lines.3.amounts.2.low" stands at
// line.0.y2020.low, and a line without an id, "lines.+2", where it was typed.
func (c *sentCase) named(field string) string {
	if n, ok := strings.CutPrefix(field, "assumptions."); ok {
		if k, err := strconv.Atoi(n); err == nil && k < len(c.assumptions) {
			return assumptionField(c.assumptions[k], "text")
		}
		return field
	}
	rest, ok := strings.CutPrefix(field, "lines.")
	if !ok {
		return field
	}
	which, part, _ := strings.Cut(rest, ".")
	key := c.keyOf(which)
	if key < 0 {
		return field
	}
	cell, ok := strings.CutPrefix(part, "amounts.")
	if !ok {
		if part == "" || part == "amounts" {
			part = "title"
		}
		return lineField(key, part)
	}
	year, point, _ := strings.Cut(cell, ".")
	t, err := strconv.Atoi(year)
	if err != nil {
		return field
	}
	return lineField(key, "y"+strconv.Itoa(c.FirstYear+t)+"."+point)
}

// keyOf is the number in the form of a line that the domain names by its id, or by its place; -1 for none.
func (c *sentCase) keyOf(which string) int {
	n, err := strconv.Atoi(strings.TrimPrefix(which, "+"))
	if err != nil {
		return -1
	}
	for k := range c.Lines {
		placed := strings.HasPrefix(which, "+") && k == n
		if placed || int64(c.Lines[k].ID) == int64(n) && !strings.HasPrefix(which, "+") {
			return c.lines[k]
		}
	}
	return -1
}

// renamed gives what the domain refuses the names of the form's inputs.
func (c *sentCase) renamed(err error) error {
	names := map[string]string{}
	for _, e := range portfolio.AsRefusals(err) {
		names[e.Field] = c.named(e.Field)
	}
	return renamed(err, names)
}
