package portfolio

import (
	"fmt"
	"slices"
	"strings"

	"gevinst/portfolio/amount"
)

// CaseMerge is what becomes of an owner's copy when the version has moved on since it was taken.
type CaseMerge struct {
	// Mine is what the copy changes, Theirs what others have changed since.
	Mine, Theirs []CaseChange
	// Both are fields that both have changed, and not to the same.
	Both []CaseChange
	// Content is the version as it stands with what is mine in it; where both changed a field, mine stands.
	Content CaseContent
}

// MergeCase holds an owner's copy against the version that it was taken from (base) and the version as it stands now.
func MergeCase(base, now, mine *CaseContent) CaseMerge {
	m := CaseMerge{Mine: DiffCases(base, mine), Theirs: DiffCases(base, now)}
	theirs := make(map[string]CaseChange, len(m.Theirs))
	for _, c := range m.Theirs {
		theirs[c.key()] = c
	}
	for _, c := range m.Mine {
		if t, ok := theirs[c.key()]; ok && (t.After != c.After || t.Is != c.Is || t.Added != c.Added || t.Removed != c.Removed) {
			m.Both = append(m.Both, c)
		}
	}
	if len(m.Theirs) == 0 {
		m.Content = *mine
		return m
	}
	m.Content = *now
	m.Content.Lines = slices.Clone(now.Lines)
	m.take(base, mine)
	return m
}

// key names what a change is of: an amount by its calendar year, which two contents may count from different first years.
func (c *CaseChange) key() string {
	if c.Year == 0 {
		return c.Field
	}
	return fmt.Sprintf("%d/%d/%s", c.Line, c.Year, c.Point)
}

// take brings the copy's changes into the content, field by field.
func (m *CaseMerge) take(base, mine *CaseContent) {
	to := &m.Content
	first := to.FirstYear
	keep := to.Lines
	for _, c := range m.Mine {
		if c.Line == 0 {
			copyField(to, mine, c.Field)
		}
	}
	to.Lines = keep
	if to.FirstYear != first {
		to.shift(first)
	}
	for _, c := range m.Mine {
		if c.Line != 0 {
			m.takeLine(c, mine)
		}
	}
	for _, l := range mine.Lines { // lines that have no id yet are new
		if l.ID == 0 {
			to.Lines = append(to.Lines, l)
		}
	}
}

func copyField(to, from *CaseContent, field string) {
	switch field {
	case "dated":
		to.Dated = from.Dated
	case "price_year":
		to.PriceYear = from.PriceYear
	case "first_year":
		to.FirstYear = from.FirstYear
	case "years":
		to.Years = from.Years
	case "rate":
		to.Rate = from.Rate
	case "rate_note":
		to.RateNote = from.RateNote
	case "financing":
		to.Financing = from.Financing
	case "financing_note":
		to.FinancingNote = from.FinancingNote
	case "assumptions":
		to.Assumptions = from.Assumptions
	case "summary":
		to.Summary = from.Summary
	}
}

// shift keeps the amounts in their calendar years when the first year has moved.
func (c *CaseContent) shift(was int) {
	for k := range c.Lines {
		l := &c.Lines[k]
		moved := make([]Estimate, 0, c.Years)
		for t := range min(c.Years, was+len(l.Amounts)-c.FirstYear) {
			moved = append(moved, l.In(c.FirstYear+t-was))
		}
		l.Amounts = moved
	}
}

func (m *CaseMerge) takeLine(c CaseChange, mine *CaseContent) {
	to := &m.Content
	from, l := mine.Line(c.Line), to.Line(c.Line)
	switch {
	case c.Removed:
		to.Lines = slices.DeleteFunc(to.Lines, func(l CaseLine) bool { return l.ID == c.Line })
	case from == nil:
	case l == nil: // taken out by others while it was changed here: what was typed is kept
		to.Lines = append(to.Lines, *from)
	case c.Year != 0:
		l.set(c.Year-to.FirstYear, c.Point, c.After, to.Years)
	default:
		switch c.Field[strings.LastIndexByte(c.Field, '.')+1:] {
		case "kind":
			l.Kind = from.Kind
		case "title":
			l.Title = from.Title
		case "note":
			l.Note = from.Note
		case "benefit":
			l.Benefit = from.Benefit
		case "index":
			l.Index = from.Index
		case "price_year":
			l.PriceYear = from.PriceYear
		}
	}
}

func (l *CaseLine) set(t int, point Point, f amount.Figure, years int) {
	if t < 0 || t >= years {
		return
	}
	amounts := slices.Clone(l.Amounts)
	for len(amounts) <= t {
		amounts = append(amounts, Estimate{})
	}
	switch point {
	case Low:
		amounts[t].Low = f
	case High:
		amounts[t].High = f
	default:
		amounts[t].Likely = f
	}
	l.Amounts = amounts
}
