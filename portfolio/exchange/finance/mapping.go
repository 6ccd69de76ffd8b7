package finance

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
)

// Kind is what mappings of finance files are for.
const Kind = "finance"

// The options of a mapping.
const (
	Layout       = "layout"
	Amounts      = "amounts"
	FixedMeasure = "measure" // the file's, where no column says
	FixedMonth   = "month"   // the file's, where no column says, such as 2018-01
	FixedYear    = "year"    // the file's, where no column says
	Sign         = "sign"
	Dates        = "dates" // one of DateForms
	Decimal      = "decimal"
	Thousands    = "thousands"
	Unit         = "unit"
	Closing      = "closing" // SAP's periods 13 to 16
	Quotes       = "quotes"
	HeaderRow    = "header_row"
)

// The choices of an option.
const (
	ByAmount  = "amount"   // one column of amounts
	ByMeasure = "measures" // a column a measure
	ByMonth   = "months"   // twelve columns

	Postings = "postings" // amounts are added to what stands
	Balances = "balances" // they are what stands

	IncomeNegative = "income_negative" // as we hold it: costs are positive
	CostNegative   = "cost_negative"

	Kroner   = "kr"
	Thousand = "tkr"
	Refused  = "refuse"
	December = "december"
	Quoted   = "cells"
	NoQuotes = "none"
)

// marks are the signs in amounts.
var marks = map[string]rune{"comma": ',', "point": '.', "space": ' ', "apostrophe": '\'', "none": 0}

func nameOf(marks map[string]rune, r rune) string {
	for name, mark := range marks {
		if mark == r {
			return name
		}
	}
	return ""
}

// Choices lists what each option may be; the others are free: a month, a year, a row.
func Choices() map[string][]string {
	measures := []string{}
	for _, m := range portfolio.Measures() {
		measures = append(measures, m.String())
	}
	return map[string][]string{
		Layout: {ByAmount, ByMeasure, ByMonth}, Amounts: {Postings, Balances}, FixedMeasure: measures, Sign: {IncomeNegative, CostNegative}, Dates: DateForms,
		Decimal: {"comma", "point"}, Thousands: {"point", "comma", "space", "apostrophe", "none"}, Unit: {Kroner, Thousand},
		Closing: {Refused, December}, Quotes: {Quoted, NoQuotes},
	}
}

// column is a column of amounts, with what they are of; zero is what the row says.
type column struct {
	at      int
	measure portfolio.Measure
	month   int
	// less is the column whose amount is taken off, -1 is none.
	less int
}

// plan is a mapping made ready for a file's header.
type plan struct {
	at      map[string]int // the places of the columns that are read
	amounts []column
	measure portfolio.Measure
	month   portfolio.Month
	year    int
	turned  bool
	// balances tells that the amounts are what stands.
	balances bool
	figures  figures
	dates    calendar
}

// place is a column's, -1 for one that is not read.
func (p *plan) place(field string) int {
	if at, ok := p.at[field]; ok {
		return at
	}
	return -1
}

// compile holds a mapping against a header. What does not fit is an *exchange.FileError.
func (f *File) compile(m portfolio.Mapping, header []string) (*plan, error) {
	c := &compiler{m: m, p: &plan{at: map[string]int{}}}
	taken := map[int]string{}
	for _, field := range slices.Sorted(maps.Keys(m.Columns)) {
		name := m.Columns[field]
		at := slices.Index(header, name)
		_, twice := taken[at]
		switch {
		case name == "":
		case !slices.Contains(Fields(), field):
			c.bad("finance.field_unknown", field)
		case at < 0:
			c.bad("finance.column.unknown", name)
		case twice:
			c.bad("finance.column.twice", name)
		default:
			c.p.at[field], taken[at] = at, field
		}
	}
	for option, choices := range Choices() {
		if v := m.Options[option]; v != "" && !slices.Contains(choices, v) {
			c.bad("finance.option", option, v)
		}
	}
	if err := c.refused.err(); err != nil {
		return nil, err
	}
	c.need(Account)
	c.columns()
	c.time()
	c.p.balances = amountsOf(m) == Balances
	c.p.turned = m.Options[Sign] == CostNegative
	c.p.figures = figures{decimal: byte(marks[or(m.Options[Decimal], "comma")]), thousands: marks[or(m.Options[Thousands], "point")], unit: amount.Krone, workbook: f.Encoding == Workbook}
	if m.Options[Unit] == Thousand {
		c.p.figures.unit *= 1000
	}
	if rune(c.p.figures.decimal) == c.p.figures.thousands {
		c.bad("finance.same_marks")
	}
	c.p.dates = calendar{form: or(m.Options[Dates], DateForms[0]), december: m.Options[Closing] == December, workbook: f.Encoding == Workbook}
	return c.p, c.refused.err()
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// compiler gathers what a mapping lacks.
type compiler struct {
	m       portfolio.Mapping
	p       *plan
	refused refusals
}

func (c *compiler) bad(code string, args ...any) {
	c.refused.add(exchange.RowError{Code: code, Args: args})
}

// needs say that a column must be chosen.
var needs = map[string]string{Account: "finance.needs_account", Amount: "finance.needs_amount"}

func (c *compiler) need(field string) {
	if c.p.place(field) < 0 {
		c.bad(needs[field])
	}
}

// columns finds the columns of amounts.
func (c *compiler) columns() {
	switch c.m.Options[Layout] {
	case ByMeasure:
		for _, m := range portfolio.Measures() {
			if at := c.p.place(m.String()); at >= 0 {
				c.p.amounts = append(c.p.amounts, column{at: at, measure: m, less: -1})
			}
		}
		if at := c.p.place(CorrectedBudget); at >= 0 {
			original := c.p.place(portfolio.OriginalBudget.String())
			if original < 0 || c.p.place(portfolio.BudgetChange.String()) >= 0 {
				c.bad("finance.corrected_alone")
			}
			c.p.amounts = append(c.p.amounts, column{at: at, measure: portfolio.BudgetChange, less: original})
		}
		if len(c.p.amounts) == 0 {
			c.bad("finance.needs_measures")
		}
		return
	case ByMonth:
		for m := 1; m <= 12; m++ {
			if at := c.p.place(MonthField(m)); at >= 0 {
				c.p.amounts = append(c.p.amounts, column{at: at, month: m, less: -1})
			}
		}
		if len(c.p.amounts) == 0 {
			c.bad("finance.needs_months")
		}
	default:
		c.need(Amount)
		c.p.amounts = []column{{at: c.p.place(Amount), less: -1}}
	}
	if c.p.place(Measure) >= 0 {
		return
	}
	if err := c.p.measure.UnmarshalText([]byte(c.m.Options[FixedMeasure])); err != nil || c.p.measure == 0 {
		c.bad("finance.needs_measure")
	}
}

// time finds what says the month.
func (c *compiler) time() {
	if year := c.m.Options[FixedYear]; year != "" {
		n, err := strconv.Atoi(year)
		if err != nil || n < firstYear || n > lastYear {
			c.bad("finance.option", FixedYear, year)
		}
		c.p.year = n
	}
	var err error
	if c.p.month, err = amount.ParseMonth(c.m.Options[FixedMonth]); err != nil {
		c.bad("finance.option", FixedMonth, fmt.Sprint(c.m.Options[FixedMonth]))
	}
	hasYear := c.p.year != 0 || c.p.place(Year) >= 0
	switch {
	case c.m.Options[Layout] == ByMonth:
		if !hasYear {
			c.bad("finance.needs_year")
		}
	case c.p.place(Month) < 0:
		if c.p.month == 0 {
			c.bad("finance.needs_month")
		}
	case c.m.Options[Dates] == "p" && !hasYear:
		c.bad("finance.needs_year")
	}
}

// Options lists the options in the order in which a person is asked.
func Options() []string {
	return []string{Layout, Amounts, FixedMeasure, FixedMonth, FixedYear, Dates, Closing, Sign, Unit, Decimal, Thousands, Quotes, HeaderRow}
}
