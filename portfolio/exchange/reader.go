package exchange

import (
	"strconv"
	"strings"

	"gevinst/portfolio"
)

// reader reads rows against a portfolio.
type reader struct {
	Reading
	p         *portfolio.Portfolio
	sheet     *sheet
	at        map[string]int // the place of each column in a row, from 1
	leftAlone []string
	bad       *FileError

	areas       map[string]portfolio.AreaID
	areaNames   []string
	initiatives map[string][]portfolio.InitiativeID
	users       map[string][]portfolio.UserID
}

// progressStep is after how many rows the progress is told.
const progressStep = 5_000

func (in *reader) progress(rows int) {
	if in.Progress != nil {
		in.Progress(rows, len(in.sheet.rows))
	}
}

// cells are one row's. A column that the file has not is not given.
type cells struct {
	in    *reader
	row   int // as a spreadsheet counts
	texts []string
}

func (r cells) given(column string) bool { return r.in != nil && r.in.at[column] != 0 }

// get gives a column's cell; an empty one where the file has no such column.
func (r cells) get(column string) cell {
	c := cell{in: r.in, row: r.row, column: column}
	if at := r.in.at[column]; at != 0 {
		c.text = r.texts[at-1]
	}
	return c
}

// row makes a row's cells fit to be read; ok is false where they are not, which is in bad by then.
func (in *reader) row(r *sheetRow) (out cells, ok bool) {
	if !in.sheet.fit(r, in.bad) {
		return out, false
	}
	out, ok = cells{in, r.row, r.cells}, true
	for _, at := range in.at {
		text, code, args := clean(r.cells[at-1])
		if code != "" {
			in.bad.add(RowError{Row: r.row, Column: in.sheet.header[at-1], Value: r.cells[at-1], Code: code, Args: args})
			ok = false
		}
		r.cells[at-1] = text
	}
	return out, ok
}

// cell is one cell with where it stands.
type cell struct {
	in     *reader
	row    int
	column string
	text   string
}

// header is the column's name as the file writes it.
func (c cell) header() string {
	if at := c.in.at[c.column]; at != 0 {
		return c.in.sheet.header[at-1]
	}
	return c.column
}

func (c cell) refuse(code string, args ...any) bool {
	c.in.bad.add(RowError{Row: c.row, Column: c.header(), Value: c.text, Code: code, Args: args})
	return false
}

func (c cell) empty() bool { return empty(c.text) }

// title reads a text of one line that must be there.
func (c cell) title(into *string) bool {
	text := strings.TrimSpace(c.text)
	*into = text
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

// string reads a text as it stands, without the blanks around it.
func (c cell) string(into *string) bool {
	*into = strings.TrimSpace(c.text)
	return true
}

func (c cell) yes(into *bool) bool {
	yes, ok := parseYes(c.text)
	*into = yes
	return ok || c.refuse("import.not_yes_or_no")
}

// whole reads a whole number from 1 to most; 0 where the cell is empty.
func (c cell) whole(into *int, most int) bool {
	*into = 0
	if c.empty() {
		return true
	}
	n, code, args := parsePositive(c.text, most)
	if code != "" {
		return c.refuse(code, args...)
	}
	*into = n
	return true
}

// milli reads a whole number of either sign.
func (c cell) milli(into *int64) bool {
	*into = 0
	if c.empty() {
		return true
	}
	n, err := strconv.ParseInt(strings.Replace(strings.TrimSpace(c.text), "\u2212", "-", 1), 10, 64)
	if err != nil {
		return c.refuse("import.not_a_number")
	}
	*into = n
	return true
}

// choice reads one of a vocabulary's words; an empty cell is its zero, unless the vocabulary has a word for it.
func choice[E interface{ String() string }](c cell, v vocabulary[E], into *E) bool {
	e, ok := v.find(c.text)
	if !ok && c.empty() {
		var none E
		*into = none
		return true
	}
	*into = e
	return ok || c.refuse("import.not_a_choice", v.codes())
}

// area reads the name of an area; empty is none, which the column may allow.
func (c cell) area(into *portfolio.AreaID, required bool) bool {
	in := c.in
	if in.areas == nil {
		in.areas = map[string]portfolio.AreaID{}
		for a := range in.p.Areas.All() {
			in.areas[plainWord(a.Name)] = a.ID
			in.areaNames = append(in.areaNames, a.Name)
		}
	}
	*into = 0
	if c.empty() && !required {
		return true
	}
	known := strings.Join(in.areaNames, ", ")
	if c.empty() {
		return c.refuse("import.area_empty", known)
	}
	id, ok := in.areas[plainWord(c.text)]
	*into = id
	return ok || c.refuse("import.area_unknown", known)
}

// programme reads a programme by its code or its name.
func (c cell) programme(into *portfolio.ProgrammeID) bool {
	var known []string
	for g := range c.in.p.Programmes.All() {
		if plain := plainWord(c.text); plain == plainWord(g.Code) || plain == plainWord(g.Name) {
			*into = g.ID
			return true
		}
		known = append(known, g.Code)
	}
	return c.refuse("import.programme_unknown", strings.Join(known, ", "))
}

// user reads an account by its number, its name or its mail address; empty is nobody.
func (c cell) user(into *portfolio.UserID) bool {
	*into = 0
	if c.empty() {
		return true
	}
	text := strings.TrimSpace(c.text)
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		*into = portfolio.UserID(n)
		return c.in.p.Users.Get(*into) != nil || c.refuse("import.user_unknown")
	}
	if c.in.users == nil {
		c.in.users = map[string][]portfolio.UserID{}
		for u := range c.in.p.Users.All() {
			person := c.in.p.Person(u.ID)
			for _, word := range []string{person.Name, person.Email} {
				if word != "" {
					c.in.users[strings.ToLower(word)] = append(c.in.users[strings.ToLower(word)], u.ID)
				}
			}
		}
	}
	switch found := c.in.users[strings.ToLower(text)]; len(found) {
	case 0:
		return c.refuse("import.user_unknown")
	case 1:
		*into = found[0]
		return true
	}
	return c.refuse("import.ambiguous")
}

// titled finds the initiatives of a title.
func (in *reader) titled(title string) []portfolio.InitiativeID {
	if in.initiatives == nil {
		in.initiatives = map[string][]portfolio.InitiativeID{}
		for i := range in.p.Initiatives.All() {
			key := strings.ToLower(i.Title)
			in.initiatives[key] = append(in.initiatives[key], i.ID)
		}
	}
	return in.initiatives[strings.ToLower(strings.TrimSpace(title))]
}

// initiative reads an initiative by its number or its title.
func (c cell) initiative(into *portfolio.InitiativeID) bool {
	if c.empty() {
		return c.refuse("import.empty")
	}
	if n, err := strconv.ParseInt(strings.TrimSpace(c.text), 10, 64); err == nil && c.in.p.Initiatives.Get(portfolio.InitiativeID(n)) != nil {
		*into = portfolio.InitiativeID(n)
		return true
	}
	switch found := c.in.titled(c.text); len(found) {
	case 0:
		return c.refuse("import.initiative_unknown")
	case 1:
		*into = found[0]
		return true
	}
	return c.refuse("import.ambiguous")
}
