package finance

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"gevinst/portfolio/amount"
)

// DateForms are the ways in which a file may write when an amount belongs: a day, a month, SAP's period (001.2018), or a period's
// number beside a column of the year.
var DateForms = []string{
	"dd-mm-yyyy", "dd.mm.yyyy", "dd/mm/yyyy", "yyyymmdd", "yyyy-mm-dd", "ppp.yyyy", "mm.yyyy", "yyyy-mm", "yyyymm", "name yyyy", "p",
}

// calendar is how a file says the month.
type calendar struct {
	form string
	// december takes SAP's periods 13 to 16, in which a closed year is corrected, as December.
	december bool
	workbook bool
}

// The years that a file may be of.
const firstYear, lastYear = 2000, 2100

// parse reads the month; year is that of the row, 0 where it has none. code tells why it is none.
func (c calendar) parse(text string, year int) (amount.Month, string) {
	s := strings.TrimSpace(blanks.Replace(text))
	if s == "" {
		return 0, "finance.month_empty"
	}
	day, month := 1, 0
	ok := false
	switch c.form {
	case "dd-mm-yyyy", "dd.mm.yyyy", "dd/mm/yyyy":
		day, month, year, ok = three(dayOnly(s), c.form[2:3])
	case "yyyy-mm-dd":
		year, month, day, ok = three(dayOnly(s), "-")
	case "yyyymmdd":
		if ok = len(s) == 8 && digits(s); ok {
			year, month, day = whole4(s[:4]), whole4(s[4:6]), whole4(s[6:])
		}
	case "yyyymm":
		if ok = len(s) == 6 && digits(s); ok {
			year, month = whole4(s[:4]), whole4(s[4:])
		}
	case "yyyy-mm":
		year, month, ok = two(s, 4, 2)
	case "mm.yyyy":
		month, year, ok = two(s, 2, 4)
	case "ppp.yyyy":
		if month, year, ok = two(s, 3, 4); !ok && len(s) == 7 && digits(s) {
			month, year, ok = whole4(s[:3]), whole4(s[3:]), true
		}
	case "name yyyy":
		month, year, ok = named(s)
	case "p":
		month, ok = whole4(s), digits(s) && len(s) <= 3 && year != 0
	}
	if !ok && c.workbook && strings.Contains(c.form, "dd") {
		if d := serial(s); d != 0 {
			return c.within(d.Year(), d.Month().Of())
		}
	}
	switch {
	case !ok:
		return 0, "finance.month_form"
	case month >= 13 && month <= 16 && strings.HasPrefix(c.form, "p"):
		if !c.december {
			return 0, "finance.month_closing"
		}
		month = 12
	case month < 1 || month > 12 || day < 1 || day > 31:
		return 0, "finance.month_none"
	}
	if d := amount.NewDate(year, month, day); d.Month() != amount.NewMonth(year, month) {
		return 0, "finance.month_none"
	}
	return c.within(year, month)
}

func (c calendar) within(year, month int) (amount.Month, string) {
	if year < firstYear || year > lastYear {
		return 0, "finance.month_year"
	}
	return amount.NewMonth(year, month), ""
}

// dayOnly leaves the time of a day out, which is midnight's.
func dayOnly(s string) string {
	d, rest, _ := strings.Cut(s, " ")
	if strings.Trim(rest, "0:. ") == "" {
		return d
	}
	return s
}

func three(s, mark string) (a, b, c int, ok bool) {
	part := strings.Split(s, mark)
	if len(part) != 3 || len(part[0])+len(part[1])+len(part[2]) > 8 {
		return 0, 0, 0, false
	}
	for _, p := range part {
		if p == "" || !digits(p) {
			return 0, 0, 0, false
		}
	}
	if longest := max(len(part[0]), len(part[2])); longest != 4 {
		return 0, 0, 0, false
	}
	return whole4(part[0]), whole4(part[1]), whole4(part[2]), true
}

// two reads two numbers of so many digits with a mark between.
func two(s string, first, second int) (a, b int, ok bool) {
	if len(s) != first+1+second || !strings.ContainsAny(s[first:first+1], ".-/ ") || !digits(s[:first]) || !digits(s[first+1:]) {
		return 0, 0, false
	}
	return whole4(s[:first]), whole4(s[first+1:]), true
}

func whole4(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// monthWords are the first three letters of the months' names, in Danish and in English.
var monthWords = []string{"jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec", "may", "oct"}

// monthWord is the month that a word begins like, 0 for none.
func monthWord(s string) int {
	if len(s) < 3 {
		return 0
	}
	switch k := slices.Index(monthWords, strings.ToLower(s[:3])); k {
	case 12:
		return 5
	case 13:
		return 10
	default:
		return k + 1
	}
}

// named reads "januar 2018", "jan-18".
func named(s string) (month, year int, ok bool) {
	at := strings.LastIndexAny(s, " -.")
	if at < 0 || !digits(s[at+1:]) {
		return 0, 0, false
	}
	year = whole4(s[at+1:])
	if len(s)-at-1 == 2 {
		year += 2000
	}
	month = monthWord(s)
	return month, year, month != 0 && year >= 1000
}

// serial reads the number by which a workbook knows a day; 0 is one that is no day of this or the last century.
func serial(s string) amount.Date {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || n < 20_000 || n > 80_000 {
		return 0
	}
	first := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	return amount.DateOf(first.AddDate(0, 0, int(n)))
}

// guessDates finds the first form that all samples are of.
func guessDates(samples []string, year int, workbook bool) string {
	for _, form := range DateForms {
		c := calendar{form: form, december: true, workbook: workbook}
		n := 0
		for _, s := range samples {
			if _, code := c.parse(s, year); code == "" {
				n++
			}
		}
		if n > 0 && n == len(samples) {
			return form
		}
	}
	return DateForms[0]
}
