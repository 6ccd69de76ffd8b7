package portfoliotest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"gevinst/portfolio"
)

// Picture tells everything that a portfolio knows, a line a thing: every record, every sum of the ledger, and the years of
// every programme with their rows. Two portfolios with the same picture are the same to any page.
func Picture(p *portfolio.Portfolio) []string {
	lines := []string{fmt.Sprintf("seq %d at %d, open from %s", p.Seq, p.At, p.OpenFrom())}
	for _, r := range p.Records() {
		lines = append(lines, fmt.Sprintf("%s %d %s", r.Kind(), r.Key(), encode(r)))
	}
	for t := range p.Tallies() {
		if t.Gross != 0 || t.Running != 0 || t.Entries != 0 {
			lines = append(lines, fmt.Sprintf("ledger %d %s claimed=%t %d %d %d", t.Benefit, t.Month, t.Claimed, t.Gross, t.Running, t.Entries))
		}
	}
	for i := range p.Initiatives.All() {
		for _, b := range p.BenefitsOf(i.ID) {
			lines = append(lines, fmt.Sprintf("initiative %d has benefit %d", i.ID, b.ID))
		}
	}
	for g := range p.Programmes.All() {
		for year := 2017; year <= 2020; year++ {
			y := p.YearOf(g.ID, year)
			lines = append(lines, fmt.Sprintf("%s %d %s", g.Code, year, encode(y)))
			for _, row := range y.Rows() {
				lines = append(lines, fmt.Sprintf("%s %d row %s", g.Code, year, encode(row)))
			}
		}
	}
	return lines
}

func encode(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // everything that a portfolio holds can be written
	}
	return string(b)
}

// Differences lists the lines that only one of two pictures has; "" when they are the same.
func Differences(got, want []string) string {
	var b strings.Builder
	for _, l := range got {
		if !slices.Contains(want, l) {
			b.WriteString("got:  " + l + "\n")
		}
	}
	for _, l := range want {
		if !slices.Contains(got, l) {
			b.WriteString("want: " + l + "\n")
		}
	}
	if b.Len() == 0 && !slices.Equal(got, want) {
		return "the same lines in another order"
	}
	return b.String()
}
