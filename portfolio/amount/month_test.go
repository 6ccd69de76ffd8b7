package amount

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestMonth(t *testing.T) {
	july := NewMonth(2018, 7)
	if july.Year() != 2018 || july.Of() != 7 || july.String() != "2018-07" {
		t.Errorf("July 2018 is %d, %d, %q", july.Year(), july.Of(), july)
	}
	if NewMonth(2018, 13) != NewMonth(2019, 1) || NewMonth(2018, 0) != NewMonth(2017, 12) {
		t.Error("months out of range do not run over")
	}
	for _, c := range []struct {
		month       Month
		first, last Date
	}{
		{july, 20180701, 20180731},
		{NewMonth(2018, 2), 20180201, 20180228},
		{NewMonth(2020, 2), 20200201, 20200229},
		{NewMonth(2018, 12), 20181201, 20181231},
		{0, 0, 0},
	} {
		if c.month.First() != c.first || c.month.Last() != c.last {
			t.Errorf("%s runs from %s to %s", c.month, c.month.First(), c.month.Last())
		}
	}
	var none Month
	if none.Year() != 0 || none.Of() != 0 || none.String() != "" {
		t.Errorf("none is %d, %d, %q", none.Year(), none.Of(), none)
	}
}

func TestParseMonth(t *testing.T) {
	for text, want := range map[string]Month{
		"2018-07": NewMonth(2018, 7), "07-2018": NewMonth(2018, 7), " 2018-12 ": NewMonth(2018, 12), "": 0, " ": 0,
	} {
		if got, err := ParseMonth(text); err != nil || got != want {
			t.Errorf("ParseMonth(%q) = %s, %v, want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"2018-13", "2018-00", "2018", "2018-7", "18-07", "2018-07-01", "0000-01", "+018-07", "juli 2018", "2018/07"} {
		if got, err := ParseMonth(text); err == nil {
			t.Errorf("ParseMonth(%q) = %s, want it refused", text, got)
		}
	}
}

func TestParseDate(t *testing.T) {
	for text, want := range map[string]Date{
		"2017-11-06": 20171106, "06-11-2017": 20171106, "6.11.2017": 20171106, "06.11.2017": 20171106,
		"6-11-2017": 20171106, " 2020-02-29 ": 20200229, "": 0,
	} {
		if got, err := ParseDate(text); err != nil || got != want {
			t.Errorf("ParseDate(%q) = %s, %v, want %s", text, got, err, want)
		}
	}
	for _, text := range []string{
		"2018-02-29", "31-04-2018", "30.02.2018", "2018-13-01", "2018-00-10", "00-01-2018", "0000-01-01",
		"2017-11-6", "2017-11", "6-11-17", "6-11.2017", "2017-11-06-01", "11/06/2017", "+6-11-2017", "6. november 2017",
	} {
		if got, err := ParseDate(text); err == nil {
			t.Errorf("ParseDate(%q) = %s, want it refused", text, got)
		}
	}
}

func TestDate(t *testing.T) {
	d := NewDate(2017, 11, 6)
	if d.Year() != 2017 || d.MonthNumber() != 11 || d.Day() != 6 || d.Month() != NewMonth(2017, 11) || d.String() != "2017-11-06" {
		t.Errorf("6 November 2017 is %s in %s", d, d.Month())
	}
	for _, c := range []struct{ got, want Date }{
		{NewDate(2018, 2, 30), 20180302},
		{NewDate(2017, 12, 31).AddDays(1), 20180101},
		{NewDate(2020, 3, 1).AddDays(-1), 20200229},
		{Date(0).AddDays(5), 0},
	} {
		if c.got != c.want {
			t.Errorf("got %s, want %s", c.got, c.want)
		}
	}
	t.Run("a day is that of the instant's own zone", func(t *testing.T) {
		late := time.Date(2018, 6, 30, 23, 30, 0, 0, time.UTC)
		if got := DateOf(late.In(time.FixedZone("", 2*3600))); got != 20180701 {
			t.Errorf("half past one on 1 July is %s", got)
		}
		if DateOf(late) != 20180630 || DateOf(time.Time{}) != 0 {
			t.Errorf("got %s and %s", DateOf(late), DateOf(time.Time{}))
		}
	})
	t.Run("none has no parts and no time", func(t *testing.T) {
		none := Date(0)
		if none.Year() != 0 || none.MonthNumber() != 0 || none.Day() != 0 || none.Month() != 0 || none.String() != "" || !none.Time(time.UTC).IsZero() {
			t.Errorf("none is %q, %s", none, none.Time(time.UTC))
		}
	})
}

func TestMonthsAndDaysSurviveJSON(t *testing.T) {
	type row struct {
		Month Month `json:"month"`
		Date  Date  `json:"date"`
	}
	if b, err := json.Marshal(row{}); err != nil || string(b) != `{"month":"","date":""}` {
		t.Errorf("none is written %s, %v", b, err)
	}
	rapid.Check(t, func(t *rapid.T) {
		var want row
		if rapid.Bool().Draw(t, "some") {
			want.Month = NewMonth(rapid.IntRange(1, 9999).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"))
			want.Date = want.Month.First().AddDays(rapid.IntRange(1, 27).Draw(t, "days"))
			if midnight := want.Date.Time(time.FixedZone("", 3600)); DateOf(midnight) != want.Date {
				t.Errorf("midnight of %s is %s", want.Date, midnight)
			}
			if want.Date.Month() != want.Month {
				t.Errorf("%s lies in %s", want.Date, want.Date.Month())
			}
		}
		b, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		got := row{Month: 1, Date: 1}
		if err := json.Unmarshal(b, &got); err != nil || got != want {
			t.Errorf("%s was read as %+v, %v", b, got, err)
		}
	})
}

func TestPeriod(t *testing.T) {
	year := Year(2018)
	if year.Len() != 12 || !year.Contains(NewMonth(2018, 1)) || !year.Contains(NewMonth(2018, 12)) || year.Contains(NewMonth(2019, 1)) || year.Contains(NewMonth(2017, 12)) {
		t.Errorf("2018 is %s until %s", year.From, year.To)
	}
	backwards := Period{year.To, year.From}
	if backwards.Len() != 0 || len(slices.Collect(backwards.Months())) != 0 {
		t.Error("a period that ends before it begins has months")
	}
	months := slices.Collect(year.Months())
	if len(months) != 12 || months[0] != NewMonth(2018, 1) || months[11] != NewMonth(2018, 12) {
		t.Errorf("the months of 2018 are %v", months)
	}
	for m := range year.Months() {
		if m.Of() == 3 {
			break
		}
		if m.Of() > 3 {
			t.Error("the loop went on after break")
		}
	}
}
