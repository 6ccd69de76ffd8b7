package portfolio

import (
	"fmt"
	"slices"
	"strings"

	"gevinst/portfolio/amount"
)

// CaseChange is one thing that two versions of a business case say differently. Of an amount it is one cell: a line, a year,
// a point.
type CaseChange struct {
	// Field names it as a refusal would: "lines.3.amounts.2.low", "lines.3.title", "years".
	Field string `json:"field"`
	Line  LineID `json:"line,omitempty"`
	Year  int    `json:"year,omitempty"`
	Point Point  `json:"point,omitempty"`
	// Before and After are an amount's; Was and Is what a text said.
	Before amount.Figure `json:"before,omitzero"`
	After  amount.Figure `json:"after,omitzero"`
	Was    string        `json:"was,omitempty"`
	Is     string        `json:"is,omitempty"`
	// Added and Removed tell of a whole line, whose cells are listed too.
	Added   bool `json:"added,omitempty"`
	Removed bool `json:"removed,omitempty"`
}

// DiffCases lists what two versions say differently: the case's own fields, then line by line and year by year. Amounts are
// compared by the calendar year, so that a version that begins a year later is not different in every cell. Of a version and
// itself it lists nothing.
func DiffCases(was, is *CaseContent) []CaseChange {
	var list []CaseChange
	text := func(line LineID, field, before, after string) {
		if before != after {
			list = append(list, CaseChange{Field: field, Line: line, Was: before, Is: after})
		}
	}
	for _, f := range caseFields {
		text(0, f.name, f.say(was), f.say(is))
	}
	for place, id := range lineIDs(was, is) {
		a, b := was.Line(id), is.Line(id)
		if id == 0 { // new lines have no id yet, and there may be several
			a, b = nil, &is.Lines[place]
		}
		field := LineField(id, place)
		switch {
		case a == nil:
			list = append(list, CaseChange{Field: field, Line: id, Is: b.Title, Added: true})
			a = &CaseLine{ID: id}
		case b == nil:
			list = append(list, CaseChange{Field: field, Line: id, Was: a.Title, Removed: true})
			b = &CaseLine{ID: id}
		default:
			text(id, field+".kind", a.Kind.String(), b.Kind.String())
			text(id, field+".title", a.Title, b.Title)
			text(id, field+".note", a.Note, b.Note)
			text(id, field+".benefit", number(a.Benefit), number(b.Benefit))
			text(id, field+".index", number(a.Index), number(b.Index))
			text(id, field+".price_year", number(a.PriceYear), number(b.PriceYear))
		}
		list = append(list, diffAmounts(was, is, a, b, field)...)
	}
	return list
}

func diffAmounts(was, is *CaseContent, a, b *CaseLine, field string) (list []CaseChange) {
	first := min(was.FirstYear, is.FirstYear)
	last := max(was.FirstYear+len(a.Amounts), is.FirstYear+len(b.Amounts))
	for year := first; year < last; year++ {
		before, after := a.In(year-was.FirstYear), b.In(year-is.FirstYear)
		for _, point := range Points() {
			if x, y := before.stated(point), after.stated(point); x != y {
				list = append(list, CaseChange{
					Field: fmt.Sprintf("%s.amounts.%d.%s", field, year-is.FirstYear, point),
					Line:  a.ID, Year: year, Point: point, Before: x, After: y,
				})
			}
		}
	}
	return list
}

// lineIDs lists the lines of two versions: in the later one's order, and after them those that are gone.
func lineIDs(was, is *CaseContent) []LineID {
	var ids []LineID
	for _, l := range is.Lines {
		ids = append(ids, l.ID)
	}
	for _, l := range was.Lines {
		if is.Line(l.ID) == nil {
			ids = append(ids, l.ID)
		}
	}
	return ids
}

// caseFields are the case's own fields, as they are compared.
var caseFields = []struct {
	name string
	say  func(*CaseContent) string
}{
	{"dated", func(c *CaseContent) string { return c.Dated.String() }},
	{"price_year", func(c *CaseContent) string { return number(c.PriceYear) }},
	{"first_year", func(c *CaseContent) string { return number(c.FirstYear) }},
	{"years", func(c *CaseContent) string { return number(c.Years) }},
	{"rate", func(c *CaseContent) string { return c.Rate }},
	{"rate_note", func(c *CaseContent) string { return c.RateNote }},
	{"financing", func(c *CaseContent) string { return c.Financing.String() }},
	{"financing_note", func(c *CaseContent) string { return c.FinancingNote }},
	{"assumptions", func(c *CaseContent) string {
		var parts []string
		for _, a := range c.Assumptions {
			parts = append(parts, strings.TrimSpace(a.Text+" "+a.Source.Document+" "+a.Source.Quote))
		}
		return strings.Join(parts, "\n")
	}},
	{"summary", func(c *CaseContent) string { return c.Summary }},
}

func number[N ~int | ~int64](n N) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(int64(n))
}

// same reports that two lines say the same; amounts of nothing are no amounts.
func (l CaseLine) same(o CaseLine) bool {
	return l.ID == o.ID && l.Kind == o.Kind && l.Title == o.Title && l.Benefit == o.Benefit && l.Index == o.Index &&
		l.PriceYear == o.PriceYear && l.Note == o.Note && slices.Equal(l.Amounts, o.Amounts)
}

// changedFields names the fields of the payload in which two contents differ, for their sources.
func changedFields(was, is *CaseContent) []string {
	var fields []string
	for _, f := range caseFields {
		if f.say(was) != f.say(is) {
			fields = append(fields, f.name)
		}
	}
	if !slices.EqualFunc(was.Lines, is.Lines, CaseLine.same) {
		fields = append(fields, "lines")
	}
	return fields
}
