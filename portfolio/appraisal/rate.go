package appraisal

import (
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"gevinst/portfolio/amount"
)

// Rate is a rate a year, exact, in units of 10^-18: 3.5 % is 35 * Percent / 10.
type Rate int64

// Percent is one hundredth. MinRate and MaxRate bound what is accepted: beyond them a rate is a slip, such as 4 for 4 %.
const (
	Percent Rate = 1e16
	MinRate      = -50 * Percent
	MaxRate      = 100 * Percent

	whole = 100 * Percent
)

var (
	// ErrRate refuses a rate that cannot be read, is finer than 10^-18, or lies outside MinRate..MaxRate.
	ErrRate = errors.New("appraisal: not a rate between -0.5 and 1 with at most 18 decimals")
	// ErrNoTable refuses a day before the first rate table: what applied then is not known here.
	ErrNoTable = errors.New("appraisal: no rate table applied on the day")
	// ErrHorizon refuses a year that the rates do not reach: the ministry's rate there is not known here.
	ErrHorizon = errors.New("appraisal: no rate is given for the year")
)

// ParseRate reads a decimal fraction as JSON writes numbers: 0.035, 3.5e-2. It errs with ErrRate and never rounds.
func ParseRate(s string) (Rate, error) {
	mantissa, exponent, scientific := strings.Cut(strings.ToLower(s), "e")
	if scientific { // bounded before it is raised: 1e-999999 would be a million digits
		if e, err := strconv.Atoi(exponent); err != nil || e < -40 || e > 40 {
			return 0, fmt.Errorf("%w: %q", ErrRate, s)
		}
	}
	if len(s) > 60 || strings.Trim(mantissa, "-.0123456789") != "" {
		return 0, fmt.Errorf("%w: %.60q", ErrRate, s)
	}
	q, ok := new(big.Rat).SetString(s)
	if !ok {
		return 0, fmt.Errorf("%w: %q", ErrRate, s)
	}
	q.Mul(q, new(big.Rat).SetInt64(int64(whole)))
	if !q.IsInt() || !q.Num().IsInt64() || !Rate(q.Num().Int64()).Valid() {
		return 0, fmt.Errorf("%w: %q", ErrRate, s)
	}
	return Rate(q.Num().Int64()), nil
}

// Valid reports whether r lies in MinRate..MaxRate.
func (r Rate) Valid() bool { return MinRate <= r && r <= MaxRate }

// String writes r as the shortest decimal fraction, as ParseRate reads it.
func (r Rate) String() string {
	digits := new(big.Rat).SetFrac64(int64(r), int64(whole)).FloatString(18)
	return strings.TrimSuffix(strings.TrimRight(digits, "0"), ".")
}

// Table is the social discount rate as the Ministry of Finance has set it from a day on.
type Table struct {
	ValidFrom amount.Date
	Steps     []Step // in the order of their years
	Source    string // in the source's own language
	Note      string // where we read the source otherwise than it stands; Danish
}

// Step is the rate for the years up to and with Through, counted from the case's first year; Through 0 has no end.
type Step struct {
	Through int
	Rate    Rate
}

// Tables lists the rate tables by the day they are valid from. A table holds for the cases dated until the next begins.
func Tables() []Table {
	return []Table{
		{
			ValidFrom: amount.NewDate(2013, 5, 31),
			Steps:     []Step{{0, 4 * Percent}},
			Source:    "Finansministeriet: Ny og lavere samfundsøkonomisk diskonteringsrente, 31-05-2013",
			Note:      "4 pct. i alle år. Ministeriets faldende rente efter år 35 er ikke medtaget.",
		},
		{
			ValidFrom: amount.NewDate(2021, 1, 7),
			Steps:     []Step{{35, 35 * Percent / 10}, {70, 25 * Percent / 10}},
			Source:    "Finansministeriet: Dokumentationsnotat for den samfundsøkonomiske diskonteringsrente, 07-01-2021",
		},
	}
}

// TableOn finds the table in force on the day a case is dated. Before 2013-05-31 it errs with ErrNoTable.
func TableOn(dated amount.Date) (Table, error) {
	tables := Tables()
	for i := len(tables) - 1; i >= 0; i-- {
		if dated >= tables[i].ValidFrom {
			return tables[i], nil
		}
	}
	return Table{}, fmt.Errorf("%w: %s is before %s", ErrNoTable, dated, tables[0].ValidFrom)
}

// Rates gives the rate of each year t = 1..last; index 0 is 0 and counts for nothing. It errs with ErrHorizon where the
// table ends before last: for 2021's that is t = 70.
func (t Table) Rates(last int) ([]Rate, error) {
	rates := make([]Rate, 1, last+1)
	for _, step := range t.Steps {
		for len(rates) <= last && (step.Through == 0 || len(rates) <= step.Through) {
			rates = append(rates, step.Rate)
		}
	}
	if len(rates) <= last {
		return nil, fmt.Errorf("%w: t = %d, the table of %s ends before", ErrHorizon, len(rates), t.ValidFrom)
	}
	return rates, nil
}
