package finance

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"gevinst/portfolio/amount"
)

// figures is how a file writes amounts.
type figures struct {
	decimal   byte // ',' or '.'
	thousands rune // '.', ',', ' ', '\'' or 0 for none
	unit      amount.Money
	workbook  bool
}

// blanks are those that spreadsheets put between thousands.
var blanks = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ", "\u2019", "'", "\u2212", "-")

// parse reads an amount to the øre; code tells why it is none.
func (f figures) parse(text string) (ore amount.Money, code string) {
	s := strings.TrimSpace(blanks.Replace(text))
	if s == "" {
		return 0, "finance.amount_empty"
	}
	if f.workbook && bare(s) {
		return figures{decimal: '.', unit: f.unit}.number(held(s), false)
	}
	s, negative, code := unsigned(s)
	if code != "" {
		return 0, code
	}
	return f.number(s, negative)
}

// unsigned takes the sign off, wherever it stands, and the currency.
func unsigned(s string) (digits string, negative bool, code string) {
	signs := 0
	take := func(found bool) {
		if found {
			signs++
		}
	}
	if inner, ok := strings.CutPrefix(s, "("); ok {
		if inner, ok = strings.CutSuffix(inner, ")"); !ok {
			return "", false, "finance.not_amount"
		}
		s, negative = strings.TrimSpace(inner), true
		signs++
	}
	for _, unit := range [...]string{"kr.", "kr", "dkk"} {
		if n := len(s) - len(unit); n > 0 && strings.EqualFold(s[n:], unit) {
			s = strings.TrimSpace(s[:n])
			break
		}
	}
	before, ok := strings.CutPrefix(s, "-")
	take(ok)
	negative = negative || ok
	before, ok = strings.CutPrefix(before, "+")
	take(ok)
	after, ok := strings.CutSuffix(before, "-")
	take(ok)
	negative = negative || ok
	after, ok = strings.CutSuffix(after, "+")
	take(ok)
	if signs > 1 {
		return "", false, "finance.two_signs"
	}
	return strings.TrimSpace(after), negative, ""
}

// bare reports a number as workbooks hold it.
func bare(s string) bool {
	return strings.Trim(s, "0123456789.-+eE") == "" && strings.ContainsAny(s, "0123456789") && strings.Count(s, ".") <= 1 && !strings.HasSuffix(s, "-")
}

// held writes a workbook's number to the 15 digits that whoever made it saw.
func held(s string) string {
	if !strings.ContainsAny(s, ".eE") {
		return s
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return s
	}
	if n, err = strconv.ParseFloat(strconv.FormatFloat(n, 'g', 15, 64), 64); err != nil {
		return s
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// maxDigits keeps a sum of øre from running over before it is held against amount.Max.
const maxDigits = 15

func (f figures) number(s string, negative bool) (amount.Money, string) {
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		s, negative = rest, !negative
	}
	kroner, fraction, divided := strings.Cut(s, string(rune(f.decimal)))
	if divided && (fraction == "" || !digits(fraction)) {
		return 0, f.why(s)
	}
	kroner, code := f.ungrouped(kroner)
	if code == "" && kroner == "" && fraction == "" {
		code = "finance.not_amount"
	}
	if code == "finance.not_amount" {
		return 0, f.why(s)
	}
	if code != "" {
		return 0, code
	}
	places := 2
	if f.unit == 1000*amount.Krone {
		places = 5
	}
	kroner = strings.TrimLeft(kroner, "0")
	switch {
	case len(kroner) > maxDigits:
		return 0, "finance.amount_too_large"
	case len(fraction) > places:
		return 0, "finance.amount_too_precise"
	}
	fraction += "00000"[:places-len(fraction)]
	n, err := strconv.ParseInt("0"+kroner+fraction, 10, 64)
	if err != nil || amount.Money(n) > amount.Max {
		return 0, "finance.amount_too_large"
	}
	if negative {
		n = -n
	}
	return amount.Money(n), ""
}

// ungrouped takes the marks between thousands out; they must stand where thousands do.
func (f figures) ungrouped(s string) (string, string) {
	if digits(s) {
		return s, ""
	}
	if f.thousands == 0 || !strings.ContainsRune(s, f.thousands) {
		return "", "finance.not_amount"
	}
	groups := strings.Split(s, string(f.thousands))
	for k, g := range groups {
		if !digits(g) || g == "" {
			return "", "finance.not_amount"
		}
		if (k > 0 && len(g) != 3) || len(g) > 3 {
			return "", "finance.amount_groups"
		}
	}
	return strings.Join(groups, ""), ""
}

// why tells what keeps a text from being an amount: the other decimal mark, or anything else.
func (f figures) why(s string) string {
	if strings.Trim(s, "0123456789.,' ") == "" && strings.ContainsAny(s, "0123456789") {
		return "finance.amount_marks"
	}
	return "finance.not_amount"
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// guessFigures looks at amounts and tells how they are written: what stands before one or two last digits is the decimal mark,
// what stands before three is between thousands.
func guessFigures(samples []string) (decimal byte, thousands rune) {
	decimal = ','
	for _, s := range samples {
		s, _, _ := unsigned(strings.TrimSpace(blanks.Replace(s)))
		at := strings.LastIndexAny(s, ",.")
		if at >= 0 && len(s)-at-1 <= 2 && digits(s[at+1:]) {
			decimal = s[at]
			break
		}
	}
	for _, s := range samples {
		s, _, _ := unsigned(strings.TrimSpace(blanks.Replace(s)))
		kroner, _, _ := strings.Cut(s, string(rune(decimal)))
		if at := strings.LastIndexAny(kroner, "., '"); at >= 0 && len(kroner)-at-1 == 3 {
			r, _ := utf8.DecodeRuneInString(kroner[at:])
			return decimal, r
		}
	}
	if decimal == '.' {
		return decimal, ','
	}
	return decimal, '.'
}
