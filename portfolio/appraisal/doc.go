// Package appraisal is the arithmetic of a business case: net present value, payback, internal rate of return, break-even,
// three-point estimates, and the change from one price and wage level (p/l) to another.
//
// It counts amounts by year, in whole øre (amount.Money) and constant prices. Index t = 0 is the case's first year and is
// not discounted:
//
//	NPV = sum (G_t - R_t - P_t) x d_t,  d_0 = 1,  d_t = d_{t-1} / (1 + r_t)
//
// with benefits G, change in running costs R and one-off costs P. Which rates apply follows from the day the case is dated
// (see Tables), for all of its years: a case from 2017 that runs past 2021 keeps the table of 2017.
//
// Rates are decimal fractions, so every result is a ratio of whole numbers. Amounts are rounded once, at the end, half to
// even, to the øre, and the rounding is that of the exact ratio. Years and rates that are found are the float64 nearest to
// the exact value: they are to be shown, and never counted on as money.
//
// What is unknown is not zero: it is left out of every sum and counted.
package appraisal
