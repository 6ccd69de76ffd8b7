// Package bench measures the program against yardsticks that run beside it: the least that any program would have to do for
// the same answer. Machines differ and are noisy, so only the ratio of two figures from one run is held against a goal.
//
// It has benchmarks and no tests that look at a clock. "make bench" runs all of it and ends with one table; -short takes
// smaller portfolios and less time.
package bench
