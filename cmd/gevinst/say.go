package main

import (
	"errors"
	"fmt"
	"slices"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
)

// complain prints why something was not done, a line a reason.
func (c *console) complain(err error) {
	var file *exchange.FileError
	if errors.As(err, &file) {
		for _, line := range file.Say(c.lang.Say) {
			fmt.Fprintln(c.stderr, line)
		}
		return
	}
	refusals := portfolio.AsRefusals(err)
	for _, e := range refusals {
		fmt.Fprintln(c.stderr, "gevinst:", c.refusal(e))
	}
	if len(refusals) == 0 {
		fmt.Fprintln(c.stderr, "gevinst:", err)
	}
}

// refusal says a refusal in words: codes of actions and kinds among its arguments by their names.
func (c *console) refusal(e *portfolio.Error) string {
	args := slices.Clone(e.Args)
	for i, a := range args {
		code, ok := a.(string)
		if !ok {
			continue
		}
		for _, family := range []string{"action.", "kind."} {
			if c.lang.Has(family + code) {
				args[i] = c.lang.Say(family + code)
			}
		}
	}
	return c.lang.Say(e.Code, args...)
}
