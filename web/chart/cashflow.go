package chart

import (
	"math"
	"strconv"

	"gevinst/portfolio/amount"
)

const (
	keyCashFlowTitle = "chart.cashflow.title"
	keyCashFlowNet   = "chart.cashflow.net"
	keyCashFlowSum   = "chart.cashflow.sum"
	keyCashFlowPaid  = "chart.cashflow.paid"
	keyCashFlowNever = "chart.cashflow.never"
	keyCashFlowOpen  = "chart.cashflow.open"
	keyCashFlowMark  = "chart.cashflow.mark"
	keyCashFlowEmpty = "chart.cashflow.empty"
)

// CashFlowData is what a business case brings year by year.
type CashFlowData struct {
	FirstYear int
	// Net is each year's in øre, Cumulative what the years bring together up to it.
	Net, Cumulative []amount.Total
	// Payback is the time in years from the first year's start until the case has paid for itself; Paid tells that it does.
	Payback float64
	Paid    bool
	AsOf    amount.Date
	Example bool
}

// CashFlow draws what each year brings as an outlined bar, for a case is a plan, and what the years bring together as a line;
// the year in which the line comes above zero says when the case is paid back.
func CashFlow(v Voice, in CashFlowData) Chart {
	if len(in.Cumulative) > 0 && !in.Cumulative[len(in.Cumulative)-1].Known() {
		in.Net, in.Cumulative = nil, nil // nothing can be drawn
	}
	summary, example := v.example(cashFlowSummary(v, in), in.Example)
	return Chart{
		ID: "cashflow", Title: v.Say(keyCashFlowTitle), Unit: v.Say(keyUnitMio), AsOf: v.Style.Date(in.AsOf),
		Summary: summary, Option: cashFlowOption(v, in, summary), Table: cashFlowTable(v, in), Height: "chart-m", Example: example,
	}
}

// paidIn is the place of the year in which the case is paid back; -1 where it is not.
func (in CashFlowData) paidIn() int {
	if !in.Paid {
		return -1
	}
	return min(int(math.Ceil(in.Payback)), len(in.Net)-1)
}

// number writes a number with one decimal as the language does.
func (v Voice) number(n float64) string {
	// A tenth of a million is a tenth of what the style writes in millions.
	return bare(v.Style.Millions(amount.Money(math.Round(n*10)) * 100_000 * amount.Krone))
}

func cashFlowSummary(v Voice, in CashFlowData) string {
	if len(in.Net) == 0 {
		return v.Say(keyCashFlowEmpty)
	}
	last := len(in.Net) - 1
	end := v.total(in.Cumulative[last], v.millions)
	from, to := strconv.Itoa(in.FirstYear), strconv.Itoa(in.FirstYear+last)
	switch {
	case in.Paid:
		return v.Say(keyCashFlowPaid, from, to, end, in.years(v))
	case in.Cumulative[last].Bound() != amount.Whole:
		return v.Say(keyCashFlowOpen, from, to, end)
	}
	return v.Say(keyCashFlowNever, from, to, end)
}

// years writes the payback: while benefits are unknown it may be shorter.
func (in CashFlowData) years(v Voice) string {
	written := v.number(in.Payback)
	if in.Cumulative[len(in.Cumulative)-1].Bound() != amount.Whole {
		return v.Style.Bounded(amount.AtMost, written)
	}
	return written
}

func cashFlowTable(v Voice, in CashFlowData) Table {
	t := Table{Head: []string{v.Say(keyYear), v.Say(keyCashFlowNet), v.Say(keyCashFlowSum)}}
	for k := range in.Net {
		t.Rows = append(t.Rows, Row{Example: in.Example, Cells: []Cell{
			{Text: strconv.Itoa(in.FirstYear + k)}, num(v.total(in.Net[k], v.thousands)), num(v.total(in.Cumulative[k], v.thousands)),
		}})
	}
	return t
}
