// Package selection finds the best set of items under limits, and proves that it is the best.
//
// It is a 0-1 programme in whole numbers: the most value, subject to a limit and a floor on the sum of the weights in each
// dimension, items that must be in, items that require others, and pairs that exclude each other. Among sets of equal value
// the one with the fewest items is taken, and among those the one whose sorted ids come first; so the answer depends on
// nothing but the problem, whatever the order of its rows.
//
// The way there:
//
//   - What follows from the mandatory items, the requirements and the exclusions is decided first; what cannot fit is out.
//   - A linear programme in floating point (simplex.go) proposes a price for each limit. A price is only a proposal: the bound
//     that follows from it (the Lagrangian, which holds for every price that is not negative) is computed in integers
//     (bound.go). No decision rests on a floating-point number.
//   - A dynamic programme (states.go) over the sums of weights, divided by their common divisor and packed in one word, answers
//     at once where few sums are possible or the bound leaves few worth keeping.
//   - A table over all capacities of a single limit (table.go) answers where values follow the weights, so that no bound cuts
//     anything off.
//   - Branch and bound (branch.go) does the rest, best bound first, each node with prices of its own.
//
// When time runs out, the best set found comes with the bound that was reached.
package selection
