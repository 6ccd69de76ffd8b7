package finance

import (
	"strings"
	"unicode"

	"gevinst/portfolio/exchange"
)

// maxListed is how many errors of a file are listed one by one.
const maxListed = 100

// maxShown bounds how much of a cell a message repeats, in characters.
const maxShown = 60

// refusals gathers what is wrong with a file, in its order.
type refusals struct{ exchange.FileError }

func (r *refusals) add(e exchange.RowError) {
	if len(r.Rows) == maxListed {
		r.More++
		return
	}
	e.Value = shown(e.Value)
	r.Rows = append(r.Rows, e)
}

func (r *refusals) err() error {
	if len(r.Rows) == 0 {
		return nil
	}
	return &r.FileError
}

// shown makes a cell fit for a message: short, on one line, without signs that cannot be seen.
func shown(s string) string {
	s = strings.Map(func(c rune) rune {
		if unicode.IsControl(c) {
			return ' '
		}
		return c
	}, s)
	if r := []rune(s); len(r) > maxShown {
		return string(r[:maxShown]) + "…"
	}
	return s
}
