package amount

import (
	"fmt"
	"iter"
	"strconv"
	"strings"
)

// Month is a calendar month, year*12 + month-1, so that m+1 is the next one
// and b-a the months between. 0 is none.
type Month int32

// NewMonth returns a month of 1..12; others run over into the years beside.
func NewMonth(year, month int) Month { return Month(year*12 + month - 1) }

// ParseMonth reads 2018-07 and 07-2018. Empty text is none.
func ParseMonth(s string) (Month, error) {
	text := strings.TrimSpace(s)
	if text == "" {
		return 0, nil
	}
	first, second, _ := strings.Cut(text, "-")
	if len(first) == 2 {
		first, second = second, first
	}
	year, okYear := number(first, 4, 4)
	month, okMonth := number(second, 2, 2)
	if !okYear || !okMonth || year < 1 || month < 1 || month > 12 {
		return 0, fmt.Errorf("amount: %q is not a month such as 2018-07", s)
	}
	return NewMonth(year, month), nil
}

// number reads low to high ASCII digits and nothing else.
func number(s string, low, high int) (int, bool) {
	if len(s) < low || len(s) > high || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

// Year is the calendar year, 0 for none.
func (m Month) Year() int { return int(m / 12) }

// Of is the month of the year, 1..12; 0 for none.
func (m Month) Of() int {
	if m == 0 {
		return 0
	}
	return int(m%12) + 1
}

// First is the month's first day.
func (m Month) First() Date {
	if m == 0 {
		return 0
	}
	return NewDate(m.Year(), m.Of(), 1)
}

// Last is the month's last day.
func (m Month) Last() Date {
	if m == 0 {
		return 0
	}
	return (m + 1).First().AddDays(-1)
}

// String is 2018-07, or empty for none.
func (m Month) String() string {
	if m == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", m.Year(), m.Of())
}

// MarshalText writes String.
func (m Month) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads what ParseMonth reads.
func (m *Month) UnmarshalText(b []byte) (err error) {
	*m, err = ParseMonth(string(b))
	return err
}

// Period is the months from From until, not including, To.
type Period struct{ From, To Month }

// Year is the period January to December of y.
func Year(y int) Period { return Period{NewMonth(y, 1), NewMonth(y+1, 1)} }

// Contains reports whether m lies in the period.
func (p Period) Contains(m Month) bool { return p.From <= m && m < p.To }

// Len is the number of months, 0 if To is not after From.
func (p Period) Len() int { return max(0, int(p.To-p.From)) }

// Months yields the months in order.
func (p Period) Months() iter.Seq[Month] {
	return func(yield func(Month) bool) {
		for m := p.From; m < p.To; m++ {
			if !yield(m) {
				return
			}
		}
	}
}
