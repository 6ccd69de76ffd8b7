package amount

import (
	"fmt"
	"strconv"
	"strings"
)

const (
	nbsp  = "\u00a0"
	minus = "\u2212"
)

// Style writes figures and dates as one language does. Use Danish or English.
// A figure and its unit are held together by a non-breaking space, and the
// minus is U+2212.
type Style struct {
	group, decimal           string
	before                   string // stands before every amount
	krone, thousand, million string // stand after it
	about, unknown           string
	bounds                   [4]string // stand before an amount that is not the whole of it, by Bound
	date, shortDate          string    // formats of day, month number, year, month name, short name
	months                   [12]string
}

// Danish writes 1.234.567,89 kr. and 6. november 2017.
var Danish = Style{
	group: ".", decimal: ",",
	krone: nbsp + "kr.", thousand: nbsp + "t.kr.", million: nbsp + "mio. kr.",
	about: "ca. ", unknown: "ukendt", bounds: [4]string{AtLeast: "mindst ", AtMost: "højst ", KnownPart: "kendt del "},
	date: "%[1]d. %[4]s %[3]d", shortDate: "%02[1]d-%02[2]d-%04[3]d",
	months: [12]string{
		"januar", "februar", "marts", "april", "maj", "juni",
		"juli", "august", "september", "oktober", "november", "december",
	},
}

// English writes DKK 1,234,567.89 and 6 November 2017.
var English = Style{
	group: ",", decimal: ".", before: "DKK" + nbsp,
	thousand: nbsp + "thousand", million: nbsp + "million",
	about: "c. ", unknown: "unknown", bounds: [4]string{AtLeast: "at least ", AtMost: "at most ", KnownPart: "known part "},
	date: "%[1]d %[4]s %[3]d", shortDate: "%[1]d %[5]s %[3]d",
	months: [12]string{
		"January", "February", "March", "April", "May", "June",
		"July", "August", "September", "October", "November", "December",
	},
}

const (
	aThousand = 1000 * Krone
	aMillion  = 1000 * aThousand
)

// Kroner writes m in kroner, with øre when there are any.
func (s Style) Kroner(m Money) string {
	decimals := 2
	if m%Krone == 0 {
		decimals = 0
	}
	return s.before + s.number(m, Krone, decimals, minus) + s.krone
}

// Thousands writes m in whole thousands of kroner, rounded half to even.
func (s Style) Thousands(m Money) string {
	return s.before + s.number(m, aThousand, 0, minus) + s.thousand
}

// Millions writes m in millions with one decimal, or with two or three where
// that makes it exact. What three do not hold is rounded to one, half to even.
func (s Style) Millions(m Money) string {
	decimals := 1
	switch {
	case m%(aMillion/10) == 0 || m%(aMillion/1000) != 0:
	case m%(aMillion/100) == 0:
		decimals = 2
	default:
		decimals = 3
	}
	return s.before + s.number(m, aMillion, decimals, minus) + s.million
}

// Short writes m exactly in the largest unit that holds it: millions from one
// million up, whole thousands, else kroner.
func (s Style) Short(m Money) string {
	switch {
	case m == 0 || m%aThousand != 0:
		return s.Kroner(m)
	case m.abs() >= uint64(aMillion):
		return s.Millions(m)
	}
	return s.Thousands(m)
}

// Plain writes m in kroner with two decimals and no unit, for files. Its minus
// is the ASCII one: spreadsheets read U+2212 as text and cp1252 lacks it.
func (s Style) Plain(m Money) string { return s.number(m, Krone, 2, "-") }

// Figure writes f, with its "ca." where it is approximate.
func (s Style) Figure(f Figure) string {
	switch {
	case !f.Known:
		return s.unknown
	case f.Approximate:
		return s.about + s.stated(f.Ore)
	}
	return s.stated(f.Ore)
}

// Total writes t: "mindst" while parts are unknown, "højst" where they would
// be taken away, "ca." where parts are approximate, unknown where no part is
// known.
func (s Style) Total(t Total) string {
	figure := s.Figure(Figure{Ore: t.Ore, Known: t.Known(), Approximate: t.Approximate})
	if !t.Known() {
		return figure
	}
	return s.Bounded(t.Bound(), figure)
}

// Bounded puts "mindst", "højst" or "kendt del" before what is written of a
// sum that leaves something out.
func (s Style) Bounded(b Bound, written string) string { return s.bounds[b] + written }

// stated is Short, but in millions already where one decimal is exact, the way
// agendas and minutes state amounts: 0,3 mio. kr.
func (s Style) stated(m Money) string {
	if m != 0 && m%(aMillion/10) == 0 {
		return s.Millions(m)
	}
	return s.Short(m)
}

// number writes m in units, rounded half to even to the decimals.
func (s Style) number(m, unit Money, decimals int, sign string) string {
	scale := int64(1)
	for range decimals {
		scale *= 10
	}
	scaled := MulDiv(m, scale, int64(unit))
	digits := fmt.Sprintf("%0*d", decimals+1, scaled.abs())
	point := len(digits) - decimals
	text := grouped(digits[:point], s.group)
	if decimals > 0 {
		text += s.decimal + digits[point:]
	}
	if scaled < 0 {
		return sign + text
	}
	return text
}

func grouped(digits, separator string) string {
	var b strings.Builder
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(separator)
		}
		b.WriteByte(digits[i])
	}
	return b.String()
}

// Date writes 6. november 2017 or 6 November 2017; nothing for none.
func (s Style) Date(d Date) string { return s.day(s.date, d) }

// ShortDate writes 06-11-2017 or 6 Nov 2017; nothing for none.
func (s Style) ShortDate(d Date) string { return s.day(s.shortDate, d) }

func (s Style) day(format string, d Date) string {
	if d == 0 {
		return ""
	}
	name := s.months[d.MonthNumber()-1]
	return fmt.Sprintf(format, d.Day(), d.MonthNumber(), d.Year(), name, name[:3])
}

// MonthName writes juli 2018 or July 2018; nothing for none.
func (s Style) MonthName(m Month) string {
	if m == 0 {
		return ""
	}
	return s.months[m.Of()-1] + " " + strconv.Itoa(m.Year())
}

// ShortMonth writes jul 18 or Jul 18; nothing for none.
func (s Style) ShortMonth(m Month) string {
	if m == 0 {
		return ""
	}
	return fmt.Sprintf("%s %02d", s.months[m.Of()-1][:3], m.Year()%100)
}
