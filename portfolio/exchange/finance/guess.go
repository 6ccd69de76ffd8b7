package finance

import (
	"bufio"
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"gevinst/portfolio"
)

// top reads the first lines as they stand.
func (f *File) top() ([]string, error) {
	in, err := os.Open(f.path)
	if err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	defer in.Close() //nolint:errcheck // it was only read
	text := bufio.NewScanner(f.decoded(in))
	text.Buffer(make([]byte, 1<<16), maxColumns*maxCell)
	var list []string
	for len(list) < headRows && text.Scan() {
		list = append(list, text.Text())
	}
	if err := text.Err(); err != nil {
		return nil, whole("import.cell_too_long", maxCell)
	}
	return list, nil
}

// Look reads the file's beginning and proposes how to read the rest. Of the mappings that were saved, the first whose columns are
// all there is taken; else one is guessed from the headers.
func (f *File) Look(ctx context.Context, saved ...*portfolio.Mapping) (*Head, portfolio.Mapping, error) {
	for _, m := range saved {
		h, err := f.head(ctx, *m)
		if err != nil {
			return nil, portfolio.Mapping{}, err
		}
		if len(m.Columns) > 0 && fits(*m, h.Header) {
			taken := *m
			if taken.Options = maps.Clone(m.Options); taken.Options == nil {
				taken.Options = map[string]string{}
			}
			taken.Options[Amounts] = amountsOf(*m) // mappings are older than that question
			return h, taken, nil
		}
	}
	h, err := f.head(ctx, portfolio.Mapping{})
	if err != nil {
		return nil, portfolio.Mapping{}, err
	}
	return h, f.guess(h), nil
}

// Under reads the beginning as a mapping has it.
func (f *File) Under(ctx context.Context, m portfolio.Mapping) (*Head, error) { return f.head(ctx, m) }

// guess proposes a mapping from the headers and the first rows.
func (f *File) guess(h *Head) portfolio.Mapping {
	m := portfolio.Mapping{For: Kind, Columns: map[string]string{}, Options: map[string]string{}}
	sure := map[string]int{}
	months := 0
	for _, name := range h.Header {
		field, rank := fieldOf(name)
		if field == "" {
			continue
		}
		if _, has := m.Columns[field]; !has || rank < sure[field] {
			if !has && monthOf(field) != 0 {
				months++
			}
			m.Columns[field], sure[field] = name, rank
		}
	}
	m.Options[Layout] = layoutOf(m.Columns, months)
	drop := map[string][]string{
		ByAmount:  append(measureFields(), monthFields()...),
		ByMeasure: append(monthFields(), Amount, Measure),
		ByMonth:   append(measureFields(), Amount, Month),
	}
	for _, field := range drop[m.Options[Layout]] {
		delete(m.Columns, field)
	}
	if m.Columns[portfolio.OriginalBudget.String()] == "" || m.Columns[portfolio.BudgetChange.String()] != "" {
		delete(m.Columns, CorrectedBudget)
	}
	m.Options[Amounts] = amountsOf(m)
	f.guessForms(h, m)
	return m
}

// amountsOf tells whether the amounts are added to what stands, or are what stands. Where that is not said: columns of measures or
// months are a report's, unless each row has its voucher, and so is one that is called a balance.
func amountsOf(m portfolio.Mapping) string {
	reports := m.Options[Layout] == ByMeasure || m.Options[Layout] == ByMonth || strings.HasPrefix(plain(m.Columns[Amount]), "saldo")
	switch {
	case m.Options[Amounts] != "":
		return m.Options[Amounts]
	case reports && m.Columns[Voucher] == "":
		return Balances
	}
	return Postings
}

// AsksMeasure reports that nothing says what the file's amounts are: budget, changes to it, or actuals. That is never guessed, for
// a budget taken for spending would be found by nobody.
func AsksMeasure(m portfolio.Mapping) bool {
	return m.Options[Layout] != ByMeasure && m.Columns[Measure] == "" && m.Options[FixedMeasure] == ""
}

func layoutOf(columns map[string]string, months int) string {
	measures := 0
	for _, field := range measureFields() {
		if columns[field] != "" {
			measures++
		}
	}
	switch {
	case months >= 6:
		return ByMonth
	case columns[Amount] == "" && measures > 0:
		return ByMeasure
	}
	return ByAmount
}

func measureFields() (list []string) {
	for _, m := range portfolio.Measures() {
		list = append(list, m.String())
	}
	return append(list, CorrectedBudget)
}

func monthFields() (list []string) {
	for m := 1; m <= 12; m++ {
		list = append(list, MonthField(m))
	}
	return list
}

// monthOf is the month that a field holds, 0 for none.
func monthOf(field string) int {
	return slices.Index(monthFields(), field) + 1
}

// guessForms looks at the first rows for how dates and amounts are written.
func (f *File) guessForms(h *Head, m portfolio.Mapping) {
	sample := func(fields ...string) (list []string) {
		for _, field := range fields {
			at := slices.Index(h.Header, m.Columns[field])
			for _, row := range h.Rows {
				if at >= 0 && row[at] != "" {
					list = append(list, row[at])
				}
			}
		}
		return list
	}
	year := 0
	if years := sample(Year); len(years) > 0 {
		year, _ = strconv.Atoi(years[0]) // 0 is as good as none
	}
	m.Options[Dates] = guessDates(sample(Month), year, f.Encoding == Workbook)
	decimal, thousands := guessFigures(sample(append(append(measureFields(), monthFields()...), Amount)...))
	m.Options[Decimal], m.Options[Thousands] = nameOf(marks, rune(decimal)), nameOf(marks, thousands)
	m.Options[Sign], m.Options[Unit], m.Options[Closing] = IncomeNegative, Kroner, Refused
	m.Options[Quotes] = Quoted
}
