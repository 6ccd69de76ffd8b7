package amount

import (
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// The tables write non-breaking space as ~ to be legible.
func hard(s string) string { return strings.ReplaceAll(s, "~", "\u00a0") }

func TestAmountsInDanishAndEnglish(t *testing.T) {
	for _, c := range []struct {
		title           string
		write           func(Style, Money) string
		m               Money
		danish, english string
	}{
		{"øre are written when there are any", Style.Kroner, 123456789, "1.234.567,89~kr.", "DKK~1,234,567.89"},
		{"whole kroner have no decimals", Style.Kroner, 123456700, "1.234.567~kr.", "DKK~1,234,567"},
		{"øre keep both decimals", Style.Kroner, 50, "0,50~kr.", "DKK~0.50"},
		{"zero is zero", Style.Kroner, 0, "0~kr.", "DKK~0"},
		{"the minus is a minus", Style.Kroner, -100000, "−1.000~kr.", "DKK~−1,000"},
		{"the smallest number is written", Style.Kroner, math.MinInt64, "−92.233.720.368.547.758,08~kr.", "DKK~−92,233,720,368,547,758.08"},

		{"millions have one decimal", Style.Millions, 3_900_000_00, "3,9~mio. kr.", "DKK~3.9~million"},
		{"round millions too", Style.Millions, 4_000_000_00, "4,0~mio. kr.", "DKK~4.0~million"},
		{"two where exact", Style.Millions, 3_950_000_00, "3,95~mio. kr.", "DKK~3.95~million"},
		{"three where exact", Style.Millions, 1_234_567_000_00, "1.234,567~mio. kr.", "DKK~1,234.567~million"},
		{"else rounded to one", Style.Millions, 1_264_567_89, "1,3~mio. kr.", "DKK~1.3~million"},
		{"what rounds to nothing has no sign", Style.Millions, -1, "0,0~mio. kr.", "DKK~0.0~million"},

		{"thousands", Style.Thousands, 1_700_000_00, "1.700~t.kr.", "DKK~1,700~thousand"},
		{"thousands are rounded", Style.Thousands, 1_500_00, "2~t.kr.", "DKK~2~thousand"},
		{"a half goes to even", Style.Thousands, 2_500_00, "2~t.kr.", "DKK~2~thousand"},

		{"short takes millions from one up", Style.Short, -1_700_000_00, "−1,7~mio. kr.", "DKK~−1.7~million"},
		{"one million is a million", Style.Short, 1_000_000_00, "1,0~mio. kr.", "DKK~1.0~million"},
		{"short takes thousands below", Style.Short, 300_000_00, "300~t.kr.", "DKK~300~thousand"},
		{"short stays exact", Style.Short, 1_234_567_00, "1.234.567~kr.", "DKK~1,234,567"},
		{"short writes zero in kroner", Style.Short, 0, "0~kr.", "DKK~0"},

		{"files get two decimals, always", Style.Plain, 123456700, "1.234.567,00", "1,234,567.00"},
		{"files get an ASCII minus", Style.Plain, -5, "-0,05", "-0.05"},
	} {
		t.Run(c.title, func(t *testing.T) {
			if got := c.write(Danish, c.m); got != hard(c.danish) {
				t.Errorf("%d is %q, want %q", c.m, got, hard(c.danish))
			}
			if got := c.write(English, c.m); got != hard(c.english) {
				t.Errorf("%d is %q, want %q", c.m, got, hard(c.english))
			}
		})
	}
}

func TestFiguresAndTotalsSayWhatTheyDoNotKnow(t *testing.T) {
	for _, c := range []struct {
		parts           []Figure
		danish, english string
	}{
		{nil, "ukendt", "unknown"},
		{[]Figure{{}}, "ukendt", "unknown"},
		{[]Figure{About(300_000_00)}, "ca. 0,3~mio. kr.", "c. DKK~0.3~million"},
		{[]Figure{Exactly(250_000_00)}, "250~t.kr.", "DKK~250~thousand"},
		{[]Figure{Exactly(0)}, "0~kr.", "DKK~0"},
		{[]Figure{Exactly(2_100_000_00), {}, {}}, "mindst 2,1~mio. kr.", "at least DKK~2.1~million"},
		{[]Figure{Exactly(2_000_000_00), About(100_000_00), {}}, "mindst ca. 2,1~mio. kr.", "at least c. DKK~2.1~million"},
	} {
		total := Sum(c.parts...)
		if got := Danish.Total(total); got != hard(c.danish) {
			t.Errorf("%+v is %q, want %q", total, got, hard(c.danish))
		}
		if got := English.Total(total); got != hard(c.english) {
			t.Errorf("%+v is %q, want %q", total, got, hard(c.english))
		}
		if len(c.parts) != 1 {
			continue
		}
		if got := Danish.Figure(c.parts[0]); got != hard(c.danish) {
			t.Errorf("%+v is %q, want %q", c.parts[0], got, hard(c.danish))
		}
	}
}

func TestTotalsSayWhichWayTheyAreBound(t *testing.T) {
	for _, c := range []struct {
		title                 string
		added, taken          []Figure
		danish, english, code string
	}{
		{"all is known", []Figure{Exactly(300_000_00)}, []Figure{Exactly(100_000_00)}, "0,2~mio. kr.", "DKK~0.2~million", ""},
		{"something to add is not known", []Figure{Exactly(300_000_00), {}}, []Figure{Exactly(100_000_00)}, "mindst 0,2~mio. kr.", "at least DKK~0.2~million", "at_least"},
		{"something to take away is not known", []Figure{Exactly(300_000_00)}, []Figure{About(100_000_00), {}}, "højst ca. 0,2~mio. kr.", "at most c. DKK~0.2~million", "at_most"},
		{"some of both is not known", []Figure{Exactly(300_000_00), {}}, []Figure{Exactly(100_000_00), {}}, "kendt del 0,2~mio. kr.", "known part DKK~0.2~million", "known_part"},
		{"nothing is known", []Figure{{}}, []Figure{{}}, "ukendt", "unknown", "known_part"},
	} {
		t.Run(c.title, func(t *testing.T) {
			total, twice := Sum(c.added...), Total{}
			for _, f := range c.taken {
				total.Take(f)
			}
			if got := Danish.Total(total); got != hard(c.danish) {
				t.Errorf("%q, want %q", got, hard(c.danish))
			}
			if got := English.Total(total); got != hard(c.english) {
				t.Errorf("%q, want %q", got, hard(c.english))
			}
			twice.AddTotal(total)
			twice.AddTotal(total)
			if total.Bound().String() != c.code || twice.Bound() != total.Bound() {
				t.Errorf("bound %q, of its double %q", total.Bound(), twice.Bound())
			}
		})
	}
}

func TestDatesInDanishAndEnglish(t *testing.T) {
	d, m := NewDate(2017, 11, 6), NewMonth(2018, 7)
	for _, c := range []struct{ got, want string }{
		{Danish.Date(d), "6. november 2017"},
		{English.Date(d), "6 November 2017"},
		{Danish.ShortDate(d), "06-11-2017"},
		{English.ShortDate(d), "6 Nov 2017"},
		{Danish.MonthName(m), "juli 2018"},
		{English.MonthName(m), "July 2018"},
		{Danish.ShortMonth(m), "jul 18"},
		{English.ShortMonth(m), "Jul 18"},
		{Danish.ShortMonth(NewMonth(2008, 5)), "maj 08"},
		{Danish.Date(0) + Danish.ShortDate(0) + Danish.MonthName(0) + Danish.ShortMonth(0), ""},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestWhatIsWrittenExactlyIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := func(limit int64) Money { return Money(rapid.Int64Range(-limit, limit).Draw(t, "n")) }
		ore, thousands := n(int64(Max)), n(int64(Max/aThousand))*aThousand
		for _, c := range []struct {
			text string
			want Figure
		}{
			{Danish.Kroner(ore), Exactly(ore)},
			{Danish.Plain(ore), Exactly(ore)},
			{Danish.Short(ore), Exactly(ore)},
			{Danish.Short(thousands), Exactly(thousands)},
			{Danish.Thousands(thousands), Exactly(thousands)},
			{Danish.Millions(thousands), Exactly(thousands)},
			{Danish.Figure(About(thousands)), About(thousands)},
		} {
			if got, err := ParseDanish(c.text); err != nil || got != c.want {
				t.Errorf("%q was read as %+v, %v, want %+v", c.text, got, err, c.want)
			}
			if !utf8.ValidString(c.text) {
				t.Errorf("%q is not UTF-8", c.text)
			}
		}
	})
}
