package portfolio_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gevinst/portfolio"
	"gevinst/portfolio/portfoliotest"
)

func TestMark(t *testing.T) {
	t.Run("tables with the same mark hold the same records, and what a change leaves alone keeps its mark", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			b := portfoliotest.NewBook()
			a := portfoliotest.NewActs(portfoliotest.Small(b))
			was := b.Portfolio()
			for range 40 {
				if _, _, err := a.Act(t, b); err != nil {
					t.Fatal(err)
				}
				p := b.Portfolio()
				sameMark(t, was.Initiatives, p.Initiatives)
				sameMark(t, was.Benefits, p.Benefits)
				sameMark(t, was.Users, p.Users)
				was = p
			}
		})
	})
}

func sameMark[K ~int64, T any](t *rapid.T, was, now portfolio.Table[K, T]) {
	if same := slices.Equal(was.List(), now.List()); same != (was.Mark() == now.Mark()) {
		t.Fatalf("the same records: %t; the same mark: %t", same, !same)
	}
}
