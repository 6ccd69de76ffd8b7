package appraisal

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gevinst/portfolio/amount"
)

func parsed(t interface{ Fatal(...any) }, texts ...string) []Rate {
	rates := make([]Rate, len(texts))
	for i, text := range texts {
		r, err := ParseRate(text)
		if err != nil {
			t.Fatal(err)
		}
		rates[i] = r
	}
	return rates
}

func TestRatesAreReadExactlyOrNotAtAll(t *testing.T) {
	for text, want := range map[string]Rate{
		"0": 0, "0.04": 4 * Percent, "0.035": 35 * Percent / 10, "3.5e-2": 35 * Percent / 10, "4E-2": 4 * Percent,
		"1": 100 * Percent, "-0.5": -50 * Percent, "0.000000000000000001": 1, "-0.0": 0, "0.1e0": 10 * Percent,
	} {
		if got, err := ParseRate(text); err != nil || got != want {
			t.Errorf("%q is %d, %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", "4", "1.01", "-0.51", "0.0000000000000000001", "0,04", "4%", "1/25", "0x1p-5", "1e-999999999", "1e999999999",
		"NaN", "Inf", " 0.04", "0.04 ", "--1", "1e", "1_0e-2", strings.Repeat("0", 70),
	} {
		if got, err := ParseRate(text); !errors.Is(err, ErrRate) {
			t.Errorf("%.20q was read as %s, %v", text, got, err)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		r := Rate(rapid.Int64Range(int64(MinRate), int64(MaxRate)).Draw(t, "rate"))
		if got, err := ParseRate(r.String()); err != nil || got != r {
			t.Errorf("%d is written %s and read as %d, %v", r, r, got, err)
		}
	})
}

func TestRateTables(t *testing.T) {
	t.Run("every table names its source and follows the one before", func(t *testing.T) {
		tables := Tables()
		for i, table := range tables {
			if table.Source == "" || len(table.Steps) == 0 || i > 0 && table.ValidFrom <= tables[i-1].ValidFrom {
				t.Errorf("%+v", table)
			}
		}
	})
	t.Run("a day before the first is refused", func(t *testing.T) {
		if _, err := TableOn(2013_05_30); !errors.Is(err, ErrNoTable) || !strings.Contains(err.Error(), "2013-05-31") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("the table of 2021 ends after year 70, that of 2013 does not", func(t *testing.T) {
		for _, c := range []struct {
			day   amount.Date
			last  int
			want  Rate
			error error
		}{
			{2013_05_31, 1, 4 * Percent, nil},
			{2021_01_06, 71, 4 * Percent, nil},
			{2021_01_07, 0, 0, nil},
			{2021_01_07, 1, 35 * Percent / 10, nil},
			{2021_01_07, 35, 35 * Percent / 10, nil},
			{2021_01_07, 36, 25 * Percent / 10, nil},
			{2030_01_01, 70, 25 * Percent / 10, nil},
			{2021_01_07, 71, 0, ErrHorizon},
		} {
			table, err := TableOn(c.day)
			if err != nil {
				t.Fatal(err)
			}
			rates, err := table.Rates(c.last)
			if !errors.Is(err, c.error) {
				t.Errorf("%d, t = %d: %v", c.day, c.last, err)
				continue
			}
			if err == nil && (len(rates) != c.last+1 || rates[0] != 0 || rates[c.last] != c.want) {
				t.Errorf("%d, t = %d: %s of %d", c.day, c.last, rates[c.last], len(rates))
			}
		}
	})
	t.Run("a rate out of bounds makes no discount, but that of the first year counts for nothing", func(t *testing.T) {
		if _, err := NewDiscount([]Rate{0, MaxRate + 1}); !errors.Is(err, ErrRate) {
			t.Errorf("got %v", err)
		}
		if _, err := NewDiscount([]Rate{MaxRate + 1, 0}); err != nil {
			t.Error(err)
		}
	})
}
