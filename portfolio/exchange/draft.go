package exchange

import (
	"slices"
	"strings"

	"gevinst/portfolio"
)

// drafted is a subject as rows tell of it.
type drafted[D any] struct {
	*layout[D]
	d     *D
	first cells
	// before is what stood when the first row was read.
	before []said
	bad    bool
}

func (one *drafted[D]) made() portfolio.Kind { return one.layout.made }

func (one *drafted[D]) taken(p *portfolio.Portfolio) bool { return one.layout.taken(p, one.d) }

func (one *drafted[D]) write(a act) error { return one.layout.write(a, one.d) }

// refused tells which row and column a refusal of the domain's is about.
func (one *drafted[D]) refused(e *portfolio.Error) RowError {
	if e.Kind == portfolio.Forbidden {
		return RowError{Row: one.first.row, Code: "import.forbidden"}
	}
	out := RowError{Row: one.first.row, Column: e.Field, Code: e.Code, Args: e.Args}
	if other, ok := one.fields[e.Field]; ok {
		out.Column = other
	}
	r := one.first
	if one.row != nil {
		if at := one.row(one.d, e); at.row != 0 {
			r = at
			out.Row = at.row
		}
	}
	if out.Column != "" && r.given(out.Column) {
		c := r.get(out.Column)
		out.Column, out.Value = c.header(), c.text
	}
	return out
}

// try carries the change out on nothing, and names what the domain would refuse.
func (in *reader) try(s *subject) {
	a := act{
		p: in.p, by: portfolio.By{User: in.User, At: in.p.At, Today: in.p.Today},
		save: func(r portfolio.Record, _ portfolio.Event) { portfolio.MetaOf(r).Version++ },
	}
	for _, e := range portfolio.AsRefusals(s.write(a)) {
		in.bad.add(s.refused(e))
	}
}

// compare lists what differs, in the order of the columns.
func compare(before, after []said) []FieldChange {
	var changes []FieldChange
	for _, a := range after {
		if was := textOf(before, a.column); !sameText(was, a.text) {
			changes = append(changes, FieldChange{a.column, was, a.text})
		}
	}
	for _, b := range before { // lines that are gone
		if b.text != "" && !slices.ContainsFunc(after, func(a said) bool { return a.column == b.column }) {
			changes = append(changes, FieldChange{b.column, b.text, ""})
		}
	}
	return changes
}

// textOf finds what a column says; "" where it says nothing.
func textOf(list []said, column string) string {
	for i := range list {
		if list[i].column == column {
			return list[i].text
		}
	}
	return ""
}

// says reports that a column says the text already.
func says(list []said, column, text string) bool {
	return slices.ContainsFunc(list, func(s said) bool { return s.column == column && sameText(s.text, text) })
}

// sameText reports that two cells say the same; spreadsheets and browsers break lines differently.
func sameText(a, b string) bool {
	return strings.ReplaceAll(a, "\r\n", "\n") == strings.ReplaceAll(b, "\r\n", "\n")
}
