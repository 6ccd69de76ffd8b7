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
			lines = append(lines, fmt.Sprintf("%s %d holes %s", g.Code, year, encode(p.Holes(g.ID, year))))
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

// Differences tells the first few lines in which two pictures differ, around where they part; "" when they are the same.
func Differences(got, want []string) string {
	if len(got) != len(want) {
		return fmt.Sprintf("got %d lines, want %d:\n%s", len(got), len(want), parting(only(got, want), only(want, got)))
	}
	return parting(got, want)
}

func only(these, those []string) []string {
	return slices.DeleteFunc(slices.Clone(these), func(l string) bool { return slices.Contains(those, l) })
}

func parting(got, want []string) string {
	var b strings.Builder
	told := 0
	for k := range max(len(got), len(want)) {
		g, w := line(got, k), line(want, k)
		if g == w {
			continue
		}
		if told++; told > 4 {
			return b.String() + "and more\n"
		}
		at := 0
		for at < min(len(g), len(w)) && g[at] == w[at] {
			at++
		}
		fmt.Fprintf(&b, "%.60s\n  got:  %s\n  want: %s\n", g, around(g, at), around(w, at))
	}
	return b.String()
}

func line(list []string, k int) string {
	if k < len(list) {
		return list[k]
	}
	return ""
}

func around(s string, at int) string { return s[max(0, at-120):min(len(s), at+80)] }
