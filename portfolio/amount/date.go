package amount

import (
	"fmt"
	"strings"
	"time"
)

// Date is a calendar day as the number yyyymmdd. 0 is none.
type Date int32

// NewDate returns a day; days and months out of range run over as in
// [time.Date], so 30 February is 1 or 2 March.
func NewDate(year, month, day int) Date {
	return dayOf(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC))
}

// DateOf is the day of t in t's own zone; none for the zero time.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return 0
	}
	return dayOf(t)
}

func dayOf(t time.Time) Date {
	year, month, day := t.Date()
	return Date(year*10000 + int(month)*100 + day)
}

// ParseDate reads 2017-11-06, 06-11-2017 and 6.11.2017, dashes and points
// alike, and refuses a day the calendar does not have. Empty text is none.
func ParseDate(s string) (Date, error) {
	text := strings.TrimSpace(s)
	if text == "" {
		return 0, nil
	}
	part := strings.Split(text, "-")
	if len(part) != 3 {
		part = strings.Split(text, ".")
	}
	if d, ok := dateOfParts(part); ok {
		return d, nil
	}
	return 0, fmt.Errorf("amount: %q is not a date such as 2017-11-06 or 06-11-2017", s)
}

func dateOfParts(part []string) (Date, bool) {
	if len(part) != 3 {
		return 0, false
	}
	first, second, third := part[0], part[1], part[2]
	shortest := 1
	if len(first) == 4 {
		first, third = third, first
		shortest = 2 // the ISO form has no single digits
	}
	day, okDay := number(first, shortest, 2)
	month, okMonth := number(second, shortest, 2)
	year, okYear := number(third, 4, 4)
	if !okDay || !okMonth || !okYear || year < 1 {
		return 0, false
	}
	d := Date(year*10000 + month*100 + day)
	return d, NewDate(year, month, day) == d
}

// Year is the calendar year, 0 for none.
func (d Date) Year() int { return int(d / 10000) }

// MonthNumber is the month of the year, 1..12; 0 for none.
func (d Date) MonthNumber() int { return int(d / 100 % 100) }

// Day is the day of the month, 0 for none.
func (d Date) Day() int { return int(d % 100) }

// Month is the day's month, none for none.
func (d Date) Month() Month {
	if d == 0 {
		return 0
	}
	return NewMonth(d.Year(), d.MonthNumber())
}

// AddDays moves the day by n calendar days; none stays none.
func (d Date) AddDays(n int) Date {
	if d == 0 {
		return 0
	}
	return NewDate(d.Year(), d.MonthNumber(), d.Day()+n)
}

// Time is midnight at the start of the day in loc; the zero time for none.
func (d Date) Time(loc *time.Location) time.Time {
	if d == 0 {
		return time.Time{}
	}
	return time.Date(d.Year(), time.Month(d.MonthNumber()), d.Day(), 0, 0, 0, 0, loc)
}

// String is 2017-11-06, or empty for none.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year(), d.MonthNumber(), d.Day())
}

// MarshalText writes String.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what ParseDate reads.
func (d *Date) UnmarshalText(b []byte) (err error) {
	*d, err = ParseDate(string(b))
	return err
}
