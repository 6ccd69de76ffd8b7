package exchange

import (
	"strings"

	"gevinst/portfolio"
)

// The domain's own bounds on what a row says.
const (
	maxNo    = 1_000_000
	maxPage  = 100_000
	maxTitle = 300
)

// reader reads rows against a portfolio.
type reader struct {
	p     *portfolio.Portfolio
	sheet *sheet
	at    map[string]int
	bad   *FileError
	areas map[string]portfolio.AreaID
	names []string
	rowOf map[int]int // which row each number stands in
}

// cell is one cell with where it stands.
type cell struct {
	in     *reader
	row    int
	column string
	text   string
}

func (c cell) refuse(code string, args ...any) bool {
	c.in.bad.add(RowError{Row: c.row, Column: c.in.sheet.header[c.in.at[c.column]], Value: c.text, Code: code, Args: args})
	return false
}

// row reads one row; ok is false where it has errors, which are in bad by then.
func (in *reader) row(r *sheetRow) (out Row, ok bool) {
	if !in.sheet.fit(r, in.bad) {
		return out, false
	}
	cells := make(map[string]cell, len(in.at))
	ok = true
	for _, column := range catalogueColumns {
		at, given := in.at[column]
		if !given {
			continue
		}
		text, code, args := clean(r.cells[at])
		c := cell{in, r.row, column, text}
		if code != "" {
			c.text = r.cells[at]
			ok = c.refuse(code, args...)
		}
		cells[column] = c
	}
	if !ok {
		return out, false
	}
	no, ok := in.number(cells[colNo])
	if !ok {
		return out, false
	}
	now := in.p.ItemByNo(no)
	out = Row{Row: r.row, No: no, to: portfolio.CatalogueItem{No: no, Origin: portfolio.OriginUnknown}}
	if now != nil {
		out.to, out.seen = *now, now.Version
	}
	said := itemCells(in.p, &out.to)
	for _, column := range catalogueColumns[1:] {
		c, given := cells[column]
		if !given || (now != nil && sameText(c.text, said[column])) {
			continue
		}
		ok = c.set(&out.to) && ok
	}
	if !ok {
		return out, false
	}
	out.compare(in.p, now)
	if out.Action == Changed && (out.to.Title == "" || out.to.Area == 0) {
		return out, in.named(cells, &out.to)
	}
	return out, true
}

// named refuses the change of an item that stays without a title or an area: a document may leave them open, a user may not.
func (in *reader) named(cells map[string]cell, to *portfolio.CatalogueItem) bool {
	if to.Title == "" {
		return cells[colTitle].refuse("import.title_empty")
	}
	return cells[colArea].refuse("import.area_empty", strings.Join(in.names, ", "))
}

// number reads the running number, which must stand once in the file.
func (in *reader) number(c cell) (int, bool) {
	if empty(c.text) {
		return 0, c.refuse("import.no_empty")
	}
	no, code, args := parsePositive(c.text, maxNo)
	if code != "" {
		return 0, c.refuse(code, args...)
	}
	if first, twice := in.rowOf[no]; twice {
		return 0, c.refuse("import.no_twice", first)
	}
	in.rowOf[no] = c.row
	return no, true
}

// set reads the cell into the item's field.
func (c cell) set(to *portfolio.CatalogueItem) bool {
	text := strings.TrimSpace(c.text)
	switch c.column {
	case colPage:
		return c.page(to)
	case colTitle:
		to.Title = text
		return c.title(text)
	case colArea:
		return c.area(to)
	case colOrigin:
		origin, ok := originWords.find(text)
		to.Origin = origin
		return ok || c.refuse("import.origin_unknown", originWords.codes())
	case colMandatory:
		mandatory, ok := parseYes(text)
		to.Mandatory = mandatory
		return ok || c.refuse("import.not_yes_or_no")
	case colTypes:
		types, word := parseTypes(text)
		to.Types = types
		return word == "" || c.refuse("import.type_unknown", word, typeWords.codes())
	}
	to.Idea = text
	return true
}

func (c cell) page(to *portfolio.CatalogueItem) bool {
	to.Page = 0
	if empty(c.text) {
		return true
	}
	page, code, args := parsePositive(c.text, maxPage)
	if code != "" {
		return c.refuse(code, args...)
	}
	to.Page = page
	return true
}

func (c cell) title(text string) bool {
	switch {
	case text == "":
		return c.refuse("import.title_empty")
	case len(text) > maxTitle:
		return c.refuse("import.title_too_long", maxTitle, len(text))
	case strings.ContainsAny(text, "\n\r\t"):
		return c.refuse("import.title_lines")
	}
	return true
}

func (c cell) area(to *portfolio.CatalogueItem) bool {
	known := strings.Join(c.in.names, ", ")
	if empty(c.text) {
		return c.refuse("import.area_empty", known)
	}
	area, ok := c.in.areas[plainWord(c.text)]
	to.Area = area
	return ok || c.refuse("import.area_unknown", known)
}

// compare finds what the row changes.
func (r *Row) compare(p *portfolio.Portfolio, now *portfolio.CatalogueItem) {
	r.Title = r.to.Title
	after := itemCells(p, &r.to)
	before := map[string]string{}
	switch {
	case now == nil:
		r.Action = New
	case now.Same(&r.to):
		return
	default:
		r.Action, before = Changed, itemCells(p, now)
	}
	for _, column := range catalogueColumns[1:] {
		if before[column] != after[column] {
			r.Changes = append(r.Changes, FieldChange{column, before[column], after[column]})
		}
	}
}
