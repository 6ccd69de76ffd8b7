package chart

import (
	"slices"
	"strconv"
	"strings"

	"gevinst/portfolio/amount"
)

// YearSum is what one year's savings are in each state, in øre, against its
// requirement.
type YearSum struct {
	Year        int
	Requirement amount.Figure
	Confirmed   amount.Figure
	Claimed     amount.Figure // claimed and not yet confirmed
	Expected    amount.Figure // planned for the months without an entry, not weighted
	Href        string
}

// YearStackData is a row of years.
type YearStackData struct {
	AsOf    amount.Date
	Years   []YearSum
	Example bool // the savings are example data
}

func (y YearSum) saved() amount.Total { return amount.Sum(y.Confirmed, y.Claimed, y.Expected) }

// YearStack draws a column for each year, stacked by state, and the year's
// requirement as a bar across it.
func YearStack(v Voice, in YearStackData) Chart {
	// A requirement is a fact beside the example's amounts.
	stated := slices.ContainsFunc(in.Years, func(y YearSum) bool { return y.Requirement.Known })
	summary, example := v.example(yearsSummary(v, in), in.Example, in.Example && !stated)
	return Chart{
		ID: "years", Title: v.Say(keyYearsTitle), Unit: v.Say(keyUnitMio), AsOf: v.Style.Date(in.AsOf),
		Summary: summary, Option: yearsOption(v, in, summary), Table: yearsTable(v, in),
		Height: "chart-m", Example: example,
	}
}

// left is the requirement less all savings; unknown if any of them is.
func (y YearSum) left() amount.Figure {
	saved := y.saved()
	return amount.Figure{
		Ore: y.Requirement.Ore - saved.Ore, Known: y.Requirement.Known && saved.Unknown == 0,
		Approximate: y.Requirement.Approximate || saved.Approximate,
	}
}

func yearsSummary(v Voice, in YearStackData) string {
	if len(in.Years) == 0 {
		return v.Say(keyYearsEmpty)
	}
	said := make([]string, len(in.Years))
	for i, y := range in.Years {
		year := strconv.Itoa(y.Year)
		saved, wanted, left := v.total(y.saved(), v.millions), v.millions(y.Requirement), y.left()
		switch {
		case !left.Known:
			said[i] = v.Say(keyYearsYear, year, saved, wanted)
		case left.Ore > 0:
			said[i] = v.Say(keyYearsMissing, year, saved, wanted, v.millions(left))
		default:
			said[i] = v.Say(keyYearsReached, year, saved, wanted)
		}
	}
	return strings.Join(said, " ")
}

func yearsTable(v Voice, in YearStackData) Table {
	t := Table{Head: []string{
		v.Say(keyYear), v.Say(keyRequirement), v.Say(keyConfirmed), v.Say(keyClaimed), v.Say(keyExpected),
		v.Say(keyTotal), v.Say(keyMissing),
	}}
	for _, y := range in.Years {
		cells := []Cell{{Text: strconv.Itoa(y.Year), Href: y.Href}}
		for _, f := range []amount.Figure{y.Requirement, y.Confirmed, y.Claimed, y.Expected} {
			cells = append(cells, num(v.thousands(f)))
		}
		cells = append(cells, num(v.total(y.saved(), v.thousands)), num(v.thousands(y.left())))
		t.Rows = append(t.Rows, Row{Cells: cells, Example: in.Example})
	}
	return t
}
