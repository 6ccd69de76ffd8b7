package portfolio

import "gevinst/portfolio/amount"

// BudgetMonths spreads one budget change over the months that it takes effect in: a twelfth of the year's amount each, from
// the first month through the last, so that twelve months are the year's amount to the øre. It gives none where the last
// month is before the first.
func BudgetMonths(first, last Month, yearly Gain) []MonthGain {
	gross, running := amount.Effect{From: first, Annual: yearly.Gross}, amount.Effect{From: first, Annual: yearly.Running}
	var list []MonthGain
	for m := first; m <= last && len(list) <= maxMonths; m++ {
		list = append(list, MonthGain{Month: m, Gross: gross.Monthly(m), Running: running.Monthly(m)})
	}
	return list
}
