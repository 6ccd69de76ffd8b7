package amount

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// FigureReason is why a text was refused as a figure.
type FigureReason uint8

// The reasons.
const (
	Empty      FigureReason = iota + 1
	NotAFigure              // no figure, or its digits are grouped wrongly
	Ambiguous               // it could be read otherwise, as by an English eye
	TooPrecise              // finer than one øre
	TooLarge                // beyond Max
)

// String is the reason's code, such as "ambiguous".
func (r FigureReason) String() string {
	switch r {
	case Empty:
		return "empty"
	case NotAFigure:
		return "not_a_figure"
	case Ambiguous:
		return "ambiguous"
	case TooPrecise:
		return "too_precise"
	case TooLarge:
		return "too_large"
	}
	return "FigureReason(" + strconv.Itoa(int(r)) + ")"
}

// FigureError refuses a text as a figure.
type FigureError struct {
	Value   string // as it was given
	Reason  FigureReason
	Reading string // the one or two ways to read it, to the nearest øre: "1,23 kr. eller 1.234 kr."
}

func (e *FigureError) Error() string {
	switch e.Reason {
	case Empty:
		return "the figure is empty"
	case Ambiguous:
		return fmt.Sprintf("%q is ambiguous: %s", e.Value, e.Reading)
	case TooPrecise:
		return fmt.Sprintf("%q is finer than one øre", e.Value)
	case TooLarge:
		return fmt.Sprintf("%q is more than %s", e.Value, English.Kroner(Max))
	}
	return fmt.Sprintf("%q is not a figure", e.Value)
}

var (
	spaces = regexp.MustCompile(`[ \x{a0}\x{2000}-\x{200a}\x{202f}]+`)

	// Groups: about, currency before, opening, digits, closing, scale,
	// currency after, closing after the unit.
	figureText = regexp.MustCompile(`^(ca\. ?|ca |c\. ?)?(?:(kr\.?|dkk) ?)?([-−(]? ?)` +
		`([0-9](?:[0-9., ]*[0-9])?)` +
		`( ?[-−)])?(?: ?(mio\.?|t\.?))?(?: ?(kr\.?|dkk))?( ?\))?$`)

	spaceGroups = regexp.MustCompile(`^[1-9][0-9]{0,2}( [0-9]{3})+$`)
	pointGroups = regexp.MustCompile(`^[1-9][0-9]{0,2}(\.[0-9]{3})+$`)
	english     = regexp.MustCompile(`^([1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.([0-9]+))?$`)
)

// ParseDanish reads a figure the Danish way: 3,9 mio. kr., 1.700 t.kr.,
// 1.234.567,89, 1.000- and (1.000) for negatives, "ca." for approximate. A
// point is a decimal mark only before one or two last digits, without a comma.
// What could be read in two ways is refused rather than guessed; every error
// is a *FigureError.
func ParseDanish(s string) (Figure, error) {
	refuse := func(r FigureReason, readings ...string) (Figure, error) {
		return Figure{}, &FigureError{Value: s, Reason: r, Reading: strings.Join(readings, " eller ")}
	}
	text := strings.ToLower(spaces.ReplaceAllString(strings.TrimSpace(s), " "))
	if text == "" {
		return refuse(Empty)
	}
	part := figureText.FindStringSubmatch(text)
	if part == nil {
		return refuse(NotAFigure)
	}
	about, before, opening, digits := part[1] != "", part[2], strings.TrimSpace(part[3]), part[4]
	closing, scale, after, last := strings.TrimSpace(part[5]), part[6], part[7], part[8]

	negative, ok := sign(opening, closing+strings.TrimSpace(last))
	exponent, known := exponent(scale, before, after)
	if !ok || !known {
		return refuse(NotAFigure)
	}

	readings, reason := read(digits, scale)
	if reason == NotAFigure {
		return refuse(NotAFigure)
	}
	var amounts []Money
	var texts []string
	exact := true
	for _, r := range readings {
		m, precise, fits := r.ore(exponent)
		if !fits {
			continue
		}
		if negative {
			m = -m
		}
		amounts, texts, exact = append(amounts, m), append(texts, Danish.Kroner(m)), exact && precise
	}
	switch {
	case len(amounts) == 0:
		return refuse(TooLarge)
	case reason == Ambiguous:
		return refuse(Ambiguous, texts...)
	case !exact:
		return refuse(TooPrecise, texts...)
	}
	return Figure{Ore: amounts[0], Known: true, Approximate: about}, nil
}

// sign reads the marks around the digits; ok is false unless they are one
// leading minus, one trailing minus, a pair of brackets, or nothing.
func sign(opening, closing string) (negative, ok bool) {
	switch opening + closing {
	case "":
		return false, true
	case "-", minus, "()":
		return true, true
	}
	return false, false
}

// exponent is how many decimal places lie between the unit and the øre.
func exponent(scale, before, after string) (int, bool) {
	if before != "" && after != "" {
		return 0, false
	}
	switch strings.TrimSuffix(scale, ".") {
	case "mio":
		return 8, true
	case "t":
		return 5, after != "" // "5 t" may as well be hours or tonnes
	}
	return 2, true
}

// decimalText is a number as its whole and decimal digits.
type decimalText struct{ whole, decimals string }

// read finds the one reading of the digits, or why there is not just one; then
// it returns the readings there may be.
func read(digits, scale string) ([]decimalText, FigureReason) {
	if m := english.FindStringSubmatch(digits); m != nil {
		joined := strings.ReplaceAll(m[1], ",", "")
		englishOnly := m[2] != "" || strings.Count(digits, ",") > 1
		switch {
		case englishOnly:
			return []decimalText{{joined, m[2]}}, Ambiguous
		case !strings.HasPrefix(scale, "mio"): // in millions three decimals are common, thousands of them not
			whole, decimals, _ := strings.Cut(digits, ",")
			return []decimalText{{whole, decimals}, {joined, ""}}, Ambiguous
		}
	}
	if whole, decimals, found := strings.Cut(digits, ","); found {
		return one(ungroup(whole), decimals)
	}
	whole, decimals, found := cutLast(digits, ".")
	switch {
	case !found:
		return one(ungroup(digits), "")
	case pointGroups.MatchString(digits):
		return one(ungroup(digits), "")
	case strings.Contains(whole, "."):
		return nil, NotAFigure
	case len(decimals) <= 2:
		return one(ungroup(whole), decimals)
	}
	whole = ungroup(whole)
	if !allDigits(whole) || !allDigits(decimals) {
		return nil, NotAFigure
	}
	return []decimalText{{whole, decimals}, {whole + decimals, ""}}, Ambiguous
}

func one(whole, decimals string) ([]decimalText, FigureReason) {
	if !allDigits(whole) || decimals != "" && !allDigits(decimals) {
		return nil, NotAFigure
	}
	return []decimalText{{whole, decimals}}, 0
}

// ungroup takes away well-placed thousands marks; others stay, to be refused.
func ungroup(s string) string {
	switch {
	case pointGroups.MatchString(s):
		return strings.ReplaceAll(s, ".", "")
	case spaceGroups.MatchString(s):
		return strings.ReplaceAll(s, " ", "")
	}
	return s
}

func allDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func cutLast(s, separator string) (before, after string, found bool) {
	i := strings.LastIndex(s, separator)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(separator):], true
}

// ore is the number times 10^exponent, half to even, and whether that was
// exact and at most Max.
func (d decimalText) ore(exponent int) (m Money, exact, fits bool) {
	padded := d.decimals + strings.Repeat("0", exponent)
	rest := strings.TrimRight(padded[exponent:], "0")
	n, err := strconv.ParseInt(d.whole+padded[:exponent], 10, 64)
	if err != nil || Money(n) > Max {
		return 0, false, false
	}
	if rest > "5" || rest == "5" && n%2 == 1 {
		n++
	}
	return Money(n), rest == "", true
}
