package chart

import (
	"slices"
	"strconv"

	"gevinst/portfolio/amount"
)

// EffectRow is one initiative: what it gives in the year and in a full year, in
// øre. Unknown figures are named, not drawn.
type EffectRow struct {
	Label     string
	Href      string
	InYear    amount.Figure // confirmed, claimed and expected, not weighted
	Confirmed amount.Figure // of InYear
	Plan      amount.Figure // planned for the year
	FullYear  amount.Figure
	Example   bool
}

// EffectsData compares the year's effect with the permanent one.
type EffectsData struct {
	Year int
	AsOf amount.Date
	Rows []EffectRow
}

// Effects draws two bars for each initiative: the year's effect, solid as far as
// it is confirmed and hatched beyond, in front of the outline of its plan; and
// the full year's in grey.
func Effects(v Voice, in EffectsData) Chart {
	if !slices.ContainsFunc(in.Rows, func(r EffectRow) bool { return r.InYear.Known || r.FullYear.Known }) {
		in.Rows = nil // nothing can be drawn: the summary says what is missing
	}
	summary, example := v.example(effectsSummary(v, in),
		each(in.Rows, func(r EffectRow) bool { return r.Example })...)
	return Chart{
		ID: "effects", Title: v.Say(keyEffectsTitle, strconv.Itoa(in.Year)), Unit: v.Say(keyUnitTkr),
		AsOf: v.Style.Date(in.AsOf), Summary: summary, Option: effectsOption(v, in, summary),
		Table: effectsTable(v, in), Height: heightFor(len(in.Rows) * 3 / 2), Example: example,
	}
}

func effectsSummary(v Voice, in EffectsData) string {
	if len(in.Rows) == 0 {
		return v.Say(keyEffectsEmpty)
	}
	var inYear, fullYear amount.Total
	var widest EffectRow
	var widestBy amount.Money
	for _, r := range in.Rows {
		inYear.Add(r.InYear)
		fullYear.Add(r.FullYear)
		by := r.FullYear.Ore - r.InYear.Ore
		if r.InYear.Known && r.FullYear.Known && by > widestBy {
			widest, widestBy = r, by
		}
	}
	said := v.Say(keyEffectsSum, strconv.Itoa(in.Year),
		v.total(inYear, v.millions), v.total(fullYear, v.millions))
	if widestBy == 0 {
		return said
	}
	return said + " " + v.Say(keyEffectsWidest, widest.Label, v.millions(widest.InYear), v.millions(widest.FullYear))
}

func effectsTable(v Voice, in EffectsData) Table {
	t := Table{Head: []string{
		v.Say(keyEffectsInitiative), v.Say(keyEffectsInYear, strconv.Itoa(in.Year)), v.Say(keyEffectsSecured),
		v.Say(keyEffectsPlanned), v.Say(keyEffectsFullYear),
	}}
	totals := make([]amount.Total, 4)
	for _, r := range in.Rows {
		cells := []Cell{{Text: r.Label, Href: r.Href}}
		for i, f := range []amount.Figure{r.InYear, r.Confirmed, r.Plan, r.FullYear} {
			cells = append(cells, num(v.thousands(f)))
			totals[i].Add(f)
		}
		t.Rows = append(t.Rows, Row{Cells: cells, Example: r.Example})
	}
	if len(in.Rows) == 0 {
		return t
	}
	cells := []Cell{{Text: v.Say(keyTotal)}}
	for _, total := range totals {
		cells = append(cells, num(v.total(total, v.thousands)))
	}
	t.Rows = append(t.Rows, Row{Cells: cells, Total: true})
	return t
}
