package chart

import (
	"strconv"

	"gevinst/portfolio/amount"
)

// saved is what the year comes to: confirmed, claimed and, if known, expected.
func (in BurnUpData) saved() amount.Money {
	return sum(in.Confirmed) + sum(in.Claimed) + sum(in.Expected)
}

// left is what the requirement exceeds the year's savings by; negative is a
// surplus. It takes over the requirement's "ca.".
func (in BurnUpData) left() amount.Figure {
	left := in.Requirement
	left.Ore -= in.saved()
	return left
}

func (in BurnUpData) empty() bool { return in.saved() == 0 && sum(in.Plan) == 0 }

func (v Voice) sum(months []amount.Money) string { return v.millions(amount.Exactly(sum(months))) }

func burnUpSummary(v Voice, in BurnUpData) string {
	year := strconv.Itoa(in.Year)
	line := v.Say(keyBurnUpNoLine, year)
	if in.Requirement.Known {
		line = v.Say(keyBurnUpLine, year, v.millions(in.Requirement))
	}
	if in.empty() {
		return line + " " + v.Say(keyBurnUpEmpty)
	}
	said := v.Say(keyBurnUpSumFirm, v.sum(in.Confirmed), v.sum(in.Claimed))
	if in.Expected != nil {
		said = v.Say(keyBurnUpSum, v.sum(in.Confirmed), v.sum(in.Claimed),
			v.sum(in.Expected), v.millions(amount.Exactly(in.saved())))
	}
	if !in.Requirement.Known || in.Expected == nil {
		return line + " " + said
	}
	if left := in.left(); left.Ore > 0 {
		missing := keyBurnUpMissing
		if sum(in.Expected) == 0 { // the year is closed, say: nothing is expected that could come
			missing = keyBurnUpFirm
		}
		return line + " " + said + " " + v.Say(missing, v.millions(left))
	}
	return line + " " + said + " " + v.Say(keyBurnUpReached)
}

// burnUpTable gives the months' own amounts, and the sum the chart shows.
func burnUpTable(v Voice, in BurnUpData) Table {
	t := Table{Head: []string{
		v.Say(keyBurnUpMonth), v.Say(keyPlan), v.Say(keyConfirmed), v.Say(keyClaimed), v.Say(keyExpected),
		v.Say(keyBurnUpOwn), v.Say(keyBurnUpCumulative),
	}}
	columns := [][]amount.Money{in.Plan, in.Confirmed, in.Claimed, in.Expected}
	var running amount.Money
	for i := range 12 {
		cells := []Cell{{Text: v.Style.ShortMonth(amount.NewMonth(in.Year, i+1))}}
		var own amount.Money
		for j, months := range columns {
			month := figureAt(months, i)
			cells = append(cells, num(v.thousands(month)))
			if j > 0 {
				own += month.Ore
			}
		}
		running += own
		t.Rows = append(t.Rows, Row{
			Cells:   append(cells, num(v.thousands(amount.Exactly(own))), num(v.thousands(amount.Exactly(running)))),
			Example: in.Example,
		})
	}
	total := []Cell{{Text: v.Say(keyTotal)}}
	for _, months := range columns {
		total = append(total, num(v.thousands(amount.Figure{Ore: sum(months), Known: months != nil})))
	}
	saved := num(v.thousands(amount.Exactly(in.saved())))
	t.Rows = append(t.Rows, Row{Cells: append(total, saved, saved), Total: true, Example: in.Example})
	if !in.Requirement.Known {
		return t
	}
	t.Rows = append(t.Rows, resultRow(v.Say(keyRequirement), v.thousands(in.Requirement), len(t.Head)))
	if in.Expected == nil {
		return t
	}
	t.Rows = append(t.Rows, resultRow(v.Say(keyMissing), v.thousands(in.left()), len(t.Head)))
	return t
}

// resultRow has its one figure in the last column.
func resultRow(label, figure string, columns int) Row {
	cells := make([]Cell, columns)
	cells[0] = Cell{Text: label}
	cells[columns-1] = num(figure)
	return Row{Cells: cells, Total: true}
}

func figureAt(months []amount.Money, i int) amount.Figure {
	if i >= len(months) {
		return amount.Figure{}
	}
	return amount.Exactly(months[i])
}
