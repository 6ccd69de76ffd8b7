package exchange

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"gevinst/portfolio/amount"
)

// figure reads an amount in kroner as Danes write it; empty is unknown.
func (c cell) figure(into *amount.Figure) bool {
	*into = amount.Figure{}
	if c.empty() {
		return true
	}
	text := c.text
	if c.in.sheet.workbook {
		text = danishNumber(text)
	}
	f, err := amount.ParseDanish(text)
	var no *amount.FigureError
	if errors.As(err, &no) {
		var readings []any
		if no.Reason == amount.Ambiguous || no.Reason == amount.TooPrecise {
			readings = []any{strings.ReplaceAll(no.Reading, " eller ", " / ")}
		}
		return c.refuse("import.figure."+no.Reason.String(), readings...)
	}
	*into = f
	return true
}

// money reads an exact amount; empty is nothing.
func (c cell) money(into *amount.Money) bool {
	var f amount.Figure
	if !c.figure(&f) {
		return false
	}
	*into = f.Ore
	return !f.Approximate || c.refuse("import.not_exact")
}

// numberText is a number as workbooks hold it, with the "ca." that its format shows.
var numberText = regexp.MustCompile(`^(ca\. )?(-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)$`)

// danishNumber writes a workbook's number with a comma, to the 15 digits that a workbook holds, as whoever made it saw it.
// Text that is no such number stays. One that a Dane may have typed as text (1.234) stays ambiguous and is refused as that.
func danishNumber(text string) string {
	part := numberText.FindStringSubmatch(strings.TrimSpace(text))
	if part == nil || !strings.ContainsAny(part[2], ".eE") {
		return text
	}
	if strings.HasSuffix(part[2], "0") && !strings.ContainsAny(part[2], "eE") {
		// No workbook's number ends so, but a text does: 300.000, which a Dane takes for thousands.
		return part[1] + strings.Replace(part[2], ".", ",", 1)
	}
	n, err := strconv.ParseFloat(part[2], 64)
	if err != nil {
		return text
	}
	if n, err = strconv.ParseFloat(strconv.FormatFloat(n, 'g', 15, 64), 64); err != nil {
		return text
	}
	return part[1] + strings.Replace(strconv.FormatFloat(n, 'f', -1, 64), ".", ",", 1)
}

// monthNames are the first three letters of the months' names, in Danish and in English.
var monthNames = map[string]int{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "maj": 5, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "dec": 12,
}

// namedMonth is what spreadsheets make of 2018-07: "jul-18", "juli 2018".
var namedMonth = regexp.MustCompile(`^(\pL{3})\pL*\.?[ -]?([0-9]{4}|[0-9]{2})$`)

// month reads a month; empty is none. A spreadsheet may have made a date of it, or a name.
func (c cell) month(into *amount.Month) bool {
	m, ok := parseMonth(strings.TrimSpace(c.text), c.in.sheet)
	*into = m
	return ok || c.refuse("import.not_a_month")
}

func parseMonth(text string, s *sheet) (amount.Month, bool) {
	if m, err := amount.ParseMonth(strings.ReplaceAll(text, "/", "-")); err == nil {
		return m, true
	}
	if d, err := amount.ParseDate(text); err == nil {
		return d.Month(), true
	}
	if part := namedMonth.FindStringSubmatch(strings.ToLower(text)); part != nil && monthNames[part[1]] != 0 {
		year, err := strconv.Atoi(part[2])
		if year < 100 {
			year += 2000
		}
		return amount.NewMonth(year, monthNames[part[1]]), err == nil
	}
	if serial, err := strconv.Atoi(text); err == nil && s.workbook {
		return s.dateOf(serial).Month(), s.dateOf(serial) != 0
	}
	return 0, false
}

// date reads a day; empty is none. A spreadsheet may have made its own day number of it.
func (c cell) date(into *amount.Date) bool {
	d, err := amount.ParseDate(c.text)
	if serial, none := strconv.Atoi(strings.TrimSpace(c.text)); none == nil && c.in.sheet.workbook {
		d, err = c.in.sheet.dateOf(serial), nil
	}
	*into = d
	return err == nil && (d != 0 || c.empty()) || c.refuse("import.not_a_date")
}

// dateOf reads a workbook's day number; 0 is one that is no day of this or the last century.
func (s *sheet) dateOf(serial int) amount.Date {
	if serial < 20_000 || serial > 80_000 {
		return 0
	}
	first := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	if s.from1904 {
		first = time.Date(1904, time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	return amount.DateOf(first.AddDate(0, 0, serial))
}
