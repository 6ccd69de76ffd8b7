package portfolio_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/appraisal"
)

// contents draws a business case of a few lines over a few years.
func contents(t *rapid.T, label string) portfolio.CaseContent {
	figure := rapid.Custom(func(t *rapid.T) amount.Figure {
		return amount.Figure{Ore: amount.Money(rapid.Int64Range(-9, 9).Draw(t, "øre")), Known: rapid.IntRange(0, 5).Draw(t, "known") > 0}
	})
	c := portfolio.CaseContent{
		Dated: 20171106, PriceYear: 2018, FirstYear: rapid.IntRange(2018, 2019).Draw(t, label+" first"), Years: 4,
		Summary: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, label+" summary"),
	}
	for _, id := range rapid.Permutation([]portfolio.LineID{1, 2, 3}).Draw(t, label+" lines")[:rapid.IntRange(0, 3).Draw(t, label+" n")] {
		l := portfolio.CaseLine{ID: id, Kind: appraisal.Benefit, Title: rapid.SampledFrom([]string{"", "x", "y"}).Draw(t, label+" title")}
		for _, f := range rapid.SliceOfN(figure, 0, 4).Draw(t, label+" amounts") {
			l.Amounts = append(l.Amounts, portfolio.Estimate{Likely: f})
		}
		c.Lines = append(c.Lines, l)
	}
	return c
}

func TestDiffAndMerge(t *testing.T) {
	t.Run("a version and itself differ in nothing", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			c := contents(t, "a")
			if diff := portfolio.DiffCases(&c, &c); len(diff) > 0 {
				t.Fatal(diff)
			}
		})
	})
	t.Run("when nobody else has written, a copy is taken as it is", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			base, mine := contents(t, "base"), contents(t, "mine")
			m := portfolio.MergeCase(&base, &base, &mine)
			if len(m.Both) > 0 || cmp.Diff(m.Content, mine) != "" {
				t.Fatal(m)
			}
		})
	})
	t.Run("a merge keeps every amount of mine, and theirs where mine says nothing new", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			base := contents(t, "base")
			now, mine := contents(t, "now"), contents(t, "mine")
			now.FirstYear, mine.FirstYear = base.FirstYear, base.FirstYear // the years stay: moving them is told of above
			m := portfolio.MergeCase(&base, &now, &mine)
			for _, c := range m.Mine {
				if c.Year == 0 || c.Removed {
					continue
				}
				if mine.Line(c.Line) == nil {
					continue
				}
				l := m.Content.Line(c.Line)
				if l == nil || l.In(c.Year-m.Content.FirstYear).Likely != c.After {
					t.Fatalf("lost %+v in %+v", c, m.Content)
				}
			}
			changed := map[string]bool{}
			for _, c := range m.Mine {
				changed[c.Field] = true
			}
			for _, c := range m.Theirs {
				if c.Year == 0 || changed[c.Field] || mine.Line(c.Line) == nil || now.Line(c.Line) == nil {
					continue
				}
				if got := m.Content.Line(c.Line).In(c.Year - m.Content.FirstYear).Likely; got != c.After {
					t.Fatalf("theirs %+v became %+v", c, got)
				}
			}
		})
	})
	t.Run("what both have changed, and not to the same, is named", func(t *testing.T) {
		line := func(ore int64) portfolio.CaseContent {
			return portfolio.CaseContent{FirstYear: 2018, Years: 1, Lines: []portfolio.CaseLine{{
				ID: 1, Kind: appraisal.Benefit, Amounts: []portfolio.Estimate{{Likely: amount.Exactly(amount.Money(ore))}},
			}}}
		}
		base, now, mine := line(1), line(2), line(3)
		m := portfolio.MergeCase(&base, &now, &mine)
		if len(m.Both) != 1 || m.Both[0].Field != "lines.1.amounts.0.likely" || m.Content.Lines[0].Amounts[0].Likely.Ore != 3 {
			t.Errorf("%+v", m)
		}
		if m := portfolio.MergeCase(&base, &now, &now); len(m.Both) > 0 {
			t.Errorf("the same change is no quarrel: %+v", m.Both)
		}
	})
}
