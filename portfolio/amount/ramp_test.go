package amount

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestRamp(t *testing.T) {
	for _, c := range []struct {
		title string
		ramp  Ramp
		valid bool
	}{
		{"no ramp is all at once", nil, true},
		{"a ramp ends at all", Ramp{2500, 5000, 10000}, true},
		{"a ramp may fall on the way", Ramp{5000, 0, 10000}, true},
		{"a ramp that stops short is invalid", Ramp{2500, 5000}, false},
		{"a ramp beyond all is invalid", Ramp{10001, 10000}, false},
		{"a negative share is invalid", Ramp{-1, 10000}, false},
	} {
		t.Run(c.title, func(t *testing.T) {
			if c.ramp.Valid() != c.valid {
				t.Errorf("%v.Valid() = %v", c.ramp, !c.valid)
			}
		})
	}
	for k, want := range map[int]int32{-1: 0, 0: 2500, 1: 5000, 2: 10000, 500: 10000} {
		if got := (Ramp{2500, 5000, 10000}).Share(k); got != want {
			t.Errorf("Share(%d) = %d, want %d", k, got, want)
		}
	}
	if (Ramp{}).Share(0) != 10000 || Ramp(nil).Share(-1) != 0 {
		t.Error("an empty ramp is not all at once")
	}
}

func TestEffect(t *testing.T) {
	july := NewMonth(2018, 7)
	for _, c := range []struct {
		title           string
		effect          Effect
		years           map[int]Money
		full, level2018 Money
		june, jul, aug  Money
	}{
		{
			"1,200,000 kr. from 1 July brings half in year one",
			Effect{Annual: 1_200_000 * Krone, From: july},
			map[int]Money{2017: 0, 2018: 600_000 * Krone, 2019: 1_200_000 * Krone},
			1_200_000 * Krone, 1_200_000 * Krone,
			0, 100_000 * Krone, 100_000 * Krone,
		},
		{
			"a ramp phases the months in",
			Effect{Annual: 1_200_000 * Krone, From: july, Ramp: Ramp{2500, 5000, 10000}},
			map[int]Money{2018: 475_000 * Krone, 2019: 1_200_000 * Krone},
			1_200_000 * Krone, 1_200_000 * Krone,
			0, 25_000 * Krone, 50_000 * Krone,
		},
		{
			"the level at the year's end is that of December's share",
			Effect{Annual: 1_200_000 * Krone, From: july, Ramp: Ramp{0, 0, 0, 0, 0, 7500, 10000}},
			map[int]Money{2018: 75_000 * Krone, 2019: 1_200_000 * Krone},
			1_200_000 * Krone, 900_000 * Krone,
			0, 0, 0,
		},
		{
			"what begins in December has reached its level by the year's end",
			Effect{Annual: 1_200_000 * Krone, From: NewMonth(2018, 12)},
			map[int]Money{2018: 100_000 * Krone, 2019: 1_200_000 * Krone},
			1_200_000 * Krone, 1_200_000 * Krone,
			0, 0, 0,
		},
		{
			"a one-off comes once and has no full year",
			Effect{Annual: 300_000 * Krone, From: july, OneOff: true},
			map[int]Money{2017: 0, 2018: 300_000 * Krone, 2019: 0},
			0, 0,
			0, 300_000 * Krone, 0,
		},
		{
			"without a month nothing has come",
			Effect{Annual: 300_000 * Krone},
			map[int]Money{2018: 0, 2019: 0},
			300_000 * Krone, 0,
			0, 0, 0,
		},
		{
			"a one-off without a month has not come either",
			Effect{Annual: 300_000 * Krone, OneOff: true},
			map[int]Money{0: 0, 2018: 0},
			0, 0,
			0, 0, 0,
		},
	} {
		t.Run(c.title, func(t *testing.T) {
			for year, want := range c.years {
				if got := c.effect.InYear(year); got != want {
					t.Errorf("in %d: %d, want %d", year, got, want)
				}
			}
			if c.effect.FullYear() != c.full || c.effect.LevelAtEnd(2018) != c.level2018 || c.effect.LevelAtEnd(2017) != 0 {
				t.Errorf("full year %d, level %d, before %d", c.effect.FullYear(), c.effect.LevelAtEnd(2018), c.effect.LevelAtEnd(2017))
			}
			got := []Money{c.effect.Monthly(july - 1), c.effect.Monthly(july), c.effect.Monthly(july + 1)}
			if !slices.Equal(got, []Money{c.june, c.jul, c.aug}) {
				t.Errorf("June to August: %v", got)
			}
		})
	}
}

func drawEffect(t *rapid.T) Effect {
	e := Effect{
		Annual: Money(rapid.Int64Range(-1e15, 1e15).Draw(t, "annual")),
		From:   NewMonth(2018, 1) + Month(rapid.IntRange(0, 47).Draw(t, "from")),
		OneOff: rapid.Bool().Draw(t, "one-off"),
	}
	e.Ramp = rapid.SliceOfN(rapid.Int32Range(0, whole), 0, 30).Draw(t, "ramp")
	if len(e.Ramp) > 0 {
		e.Ramp = append(e.Ramp, whole)
	}
	return e
}

func TestEffectProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := drawEffect(t)
		if !e.Ramp.Valid() {
			t.Fatalf("%v is not valid", e.Ramp)
		}
		var years Money
		for y := 2016; y < 2030; y++ {
			years += e.InYear(y)
		}
		if e.OneOff && years != e.Annual {
			t.Errorf("the years of a one-off of %d sum to %d", e.Annual, years)
		}

		done := e.From.Year() + 1 + len(e.Ramp)/12 + 1
		if !e.OneOff && (e.InYear(done) != e.Annual || e.LevelAtEnd(done) != e.Annual) {
			t.Errorf("phased in, %d brings %d and stands at %d, not %d", done, e.InYear(done), e.LevelAtEnd(done), e.Annual)
		}

		later := e
		later.From += Month(rapid.IntRange(-40, 40).Draw(t, "shift"))
		if later.FullYear() != e.FullYear() {
			t.Errorf("shifted, the full year goes from %d to %d", e.FullYear(), later.FullYear())
		}

		opposite := e
		opposite.Annual = -e.Annual
		for m := range Year(e.From.Year()).Months() {
			if e.Monthly(m) != -opposite.Monthly(m) {
				t.Errorf("%s: %d is not mirrored by %d", m, e.Monthly(m), opposite.Monthly(m))
			}
			part := e.Annual.Even(12)[m.Of()-1].abs()
			if !e.OneOff && e.Monthly(m).abs() > part {
				t.Errorf("%s brings %d, more than its twelfth %d", m, e.Monthly(m), part)
			}
		}
	})
}

func TestEffectsAreCountedWithoutAllocating(t *testing.T) {
	e := Effect{Annual: math.MaxInt32, From: NewMonth(2018, 2), Ramp: Ramp{3333, 10000}}
	var sum Money
	if n := testing.AllocsPerRun(100, func() { sum += e.Monthly(NewMonth(2018, 2)) + e.InYear(2018) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
