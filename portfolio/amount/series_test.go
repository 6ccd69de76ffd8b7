package amount

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestSeries(t *testing.T) {
	nov := NewMonth(2018, 11)
	s := Series{From: nov, PriceYear: 2018, Ore: []Money{1, 2, 4}}

	t.Run("a month outside is zero", func(t *testing.T) {
		for m, want := range map[Month]Money{nov - 1: 0, nov: 1, nov + 2: 4, nov + 3: 0, 0: 0} {
			if got := s.At(m); got != want {
				t.Errorf("At(%s) = %d, want %d", m, got, want)
			}
		}
	})
	t.Run("a sum takes the months inside the period", func(t *testing.T) {
		if s.Sum(Year(2018)) != 3 || s.Sum(Year(2019)) != 4 || s.Sum(Year(2020)) != 0 || (Series{}).Sum(Year(2018)) != 0 {
			t.Errorf("got %d, %d, %d", s.Sum(Year(2018)), s.Sum(Year(2019)), s.Sum(Year(2020)))
		}
	})
	t.Run("running sums leave the series alone", func(t *testing.T) {
		got := s.Cumulative()
		if !slices.Equal(got.Ore, []Money{1, 3, 7}) || got.From != nov || got.PriceYear != 2018 || s.Ore[2] != 4 {
			t.Errorf("got %+v from %+v", got, s)
		}
	})
	t.Run("price years do not mix", func(t *testing.T) {
		_, err := s.Plus(Series{From: nov, PriceYear: 2019, Ore: []Money{1}})
		var typed *PriceYearError
		if !errors.Is(err, ErrPriceYear) || !errors.As(err, &typed) || *typed != (PriceYearError{2018, 2019}) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("the zero series adds to anything, without sharing memory", func(t *testing.T) {
		for _, pair := range [][2]Series{{s, {}}, {{}, s}, {s, {PriceYear: 2018}}, {{PriceYear: 2018}, s}} {
			got, err := pair[0].Plus(pair[1])
			if err != nil || got.From != s.From || got.PriceYear != s.PriceYear || !slices.Equal(got.Ore, s.Ore) {
				t.Errorf("%+v + %+v = %+v, %v", pair[0], pair[1], got, err)
				continue
			}
			if got.Ore[0] = 99; s.Ore[0] != 1 {
				t.Fatal("the sum shares memory with its part")
			}
		}
	})
}

func TestSeriesAddMonthByMonth(t *testing.T) {
	series := rapid.Custom(func(t *rapid.T) Series {
		s := Series{From: NewMonth(2018, 1) + Month(rapid.IntRange(-30, 30).Draw(t, "from")), PriceYear: 2018}
		for _, ore := range rapid.SliceOfN(rapid.Int64Range(-1e15, 1e15), 0, 30).Draw(t, "ore") {
			s.Ore = append(s.Ore, Money(ore))
		}
		return s
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := series.Draw(t, "a"), series.Draw(t, "b")
		sum, err := a.Plus(b)
		if err != nil {
			t.Fatal(err)
		}
		for m := range (Period{NewMonth(2015, 1), NewMonth(2024, 1)}).Months() {
			if sum.At(m) != a.At(m)+b.At(m) {
				t.Errorf("%s: %d, want %d + %d", m, sum.At(m), a.At(m), b.At(m))
			}
		}
		all := Period{sum.From, sum.From + Month(len(sum.Ore))}
		if running := sum.Cumulative(); running.At(all.To-1) != sum.Sum(all) {
			t.Errorf("the running sum ends at %d, the sum is %d", running.At(all.To-1), sum.Sum(all))
		}
	})
}
