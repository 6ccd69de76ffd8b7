// Package survive holds the tests of what the program lives through: kill -9, a full disk, a lost database server, a long day.
// They build the program and treat it as its operator would. Their short sizes run with all other tests; `make survive` runs
// the long ones. Each adds its figures to one table, which is printed at the end.
package survive
