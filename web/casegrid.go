package web

import (
	"cmp"
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gevinst/portfolio"
)

// gridView is the case's grid: years across, lines down, each line with its three points and its details. It is made of the
// form's names and values, so that a draft comes back after a refusal exactly as it was typed. Nothing can be typed where it is
// only read.
type gridView struct {
	Years []int
	Lines []caseRow
	// Width is how many columns the table has.
	Width int
	Edit  bool
}

type caseRow struct {
	Key        int
	Kind, Name string
	ID         string
	Title      caseInput
	// First tells that the line is the first of its kind, Heading what the kind is called.
	First   bool
	Heading string
	// Likely, Low and High are the cells of the three rows.
	Likely, Low, High template.HTML
	// Points tells that low or high amounts were stated.
	Points            bool
	Note, PriceYear   caseInput
	Benefit, Index    caseInput
	Benefits, Indexes []optionView
	// Wrong tells that something in the details was refused; Said is what the kind is called of one line.
	Wrong bool
	Said  string
}

// caseInput is an input of the grid by its name, with what it holds and why that was refused.
type caseInput struct{ Name, ID, Value, Error string }

// inputID names an input in the page: points are taken for classes where a link's address is read.
func inputID(name string) string { return "f-" + strings.ReplaceAll(name, ".", "-") }

// gridOf reads the grid from a form's values.
func (r *request) gridOf(c *portfolio.BusinessCase, values url.Values, errors map[string]string, edit bool) gridView {
	f := &form{Values: values}
	field := func(name string) caseInput { return caseInput{name, inputID(name), values.Get(name), errors[name]} }
	g := gridView{Edit: edit, Years: gridYears(f, &c.CaseContent)}
	g.Width = len(g.Years) + 2
	benefits, indexes := r.caseBenefits(c.Initiative), r.caseIndexes()
	for _, key := range formNumbers(f, "line.") {
		l := caseRow{
			Key: key, ID: values.Get(lineField(key, "id")), Kind: values.Get(lineField(key, "kind")), Title: field(lineField(key, "title")),
			Note: field(lineField(key, "note")), PriceYear: field(lineField(key, "price_year")),
			Benefit: field(lineField(key, "benefit")), Index: field(lineField(key, "index")),
		}
		l.Benefits, l.Indexes = selecting(benefits, l.Benefit.Value), selecting(indexes, l.Index.Value)
		l.Wrong = l.Note.Error+l.PriceYear.Error+l.Benefit.Error+l.Index.Error != ""
		g.Lines = append(g.Lines, l)
	}
	slices.SortStableFunc(g.Lines, func(a, b caseRow) int { return cmp.Compare(kindOrder(a.Kind), kindOrder(b.Kind)) })
	row := 0
	for k := range g.Lines {
		l := &g.Lines[k]
		l.First = k == 0 || g.Lines[k-1].Kind != l.Kind
		if kindOrder(l.Kind) < len(caseKinds) {
			l.Heading = r.say(caseHeadings[kindOrder(l.Kind)])
			l.Said = r.say("case_line." + l.Kind)
		}
		l.Name = cmp.Or(l.Title.Value, l.Said)
		for point, into := range map[portfolio.Point]*template.HTML{portfolio.Likely: &l.Likely, portfolio.Low: &l.Low, portfolio.High: &l.High} {
			cells := gridCells{l: l, point: point, word: r.say("case_point." + point.String()), row: row + gridOrder(point), edit: edit, errors: errors}
			*into = cells.write(g.Years, values)
			l.Points = l.Points || point != portfolio.Likely && cells.any
		}
		row += len(portfolio.Points())
	}
	return g
}

// gridOrder is where a point's row stands under its line: the likely amount first.
func gridOrder(p portfolio.Point) int {
	switch p {
	case portfolio.Low:
		return 1
	case portfolio.High:
		return 2
	}
	return 0
}

// caseKinds are the kinds of line in the order in which a case is read: what it costs once, what it costs a year, what it brings.
var caseKinds = []string{"one_off", "running", "benefit"}

// caseHeadings are what they are called over their lines.
var caseHeadings = []string{"cases.kind.one_off", "cases.kind.running", "cases.kind.benefit"}

func kindOrder(kind string) int {
	if k := slices.Index(caseKinds, kind); k >= 0 {
		return k
	}
	return len(caseKinds)
}

// gridYears are the years that the form speaks of: those of the case, and any in which something was typed.
func gridYears(f *form, c *portfolio.CaseContent) []int {
	first, last := c.FirstYear, c.FirstYear+c.Years-1
	whole := func(name string) (int, bool) {
		n, err := strconv.Atoi(f.get(name))
		return n, err == nil
	}
	if y, ok := whole("first_year"); ok && y >= 2000 && y <= 2100 {
		first, last = y, y+c.Years-1
	}
	if n, ok := whole("years"); ok && n >= 1 && n <= portfolio.MaxCaseYears {
		last = first + n - 1
	}
	for _, cells := range sentCells(f) {
		for _, cell := range cells {
			if text := f.get(cell.name); text != "" && text != unknownMark && cell.year >= 1900 && cell.year <= 2200 {
				first, last = min(first, cell.year), max(last, cell.year)
			}
		}
	}
	last = min(last, first+2*portfolio.MaxCaseYears)
	years := make([]int, 0, last-first+1)
	for y := first; y <= last; y++ {
		years = append(years, y)
	}
	return years
}

// selecting gives the options with the one that has the value selected.
func selecting(options []optionView, value string) []optionView {
	list := slices.Clone(options)
	for k := range list {
		list[k].Selected = list[k].Value == value
	}
	return list
}

func (r *request) caseBenefits(id portfolio.InitiativeID) []optionView {
	list := []optionView{{Label: r.say("cases.no_benefit")}}
	for _, b := range r.p.BenefitsOf(id) {
		list = append(list, optionView{Value: idText(b.ID), Label: b.Title})
	}
	return list
}

func (r *request) caseIndexes() []optionView {
	list := []optionView{{Label: r.say("cases.no_index")}}
	for x := range r.p.Indexes.All() {
		list = append(list, optionView{Value: idText(x.ID), Label: x.Name})
	}
	return list
}

// gridCells writes one row of cells outright: a case of sixty lines has eighteen hundred of them, over which the template package
// would take longer than over the rest of the page.
type gridCells struct {
	l      *caseRow
	point  portfolio.Point
	word   string
	row    int
	edit   bool
	errors map[string]string
	any    bool
}

func (g *gridCells) write(years []int, values url.Values) template.HTML {
	var b strings.Builder
	for _, year := range years {
		name := cellField(g.l.Key, year, g.point)
		value := values.Get(name)
		g.any = g.any || value != ""
		if !g.edit {
			class := "num"
			if value == unknownMark {
				class = "num unknown"
			}
			b.WriteString(`<td class="` + class + `">` + template.HTMLEscapeString(value) + `</td>`)
			continue
		}
		b.WriteString(`<td class="cell" data-row="` + strconv.Itoa(g.row) + `" data-col="` + strconv.Itoa(year) + `"><input class="cell num" id="` +
			inputID(name) + `" name="` + name + `" value="` + template.HTMLEscapeString(value) + `" inputmode="decimal" autocomplete="off" aria-label="` +
			template.HTMLEscapeString(g.l.Name+", "+strconv.Itoa(year)+", "+g.word) + `"`)
		if text := g.errors[name]; text != "" {
			b.WriteString(` aria-invalid="true" aria-describedby="` + inputID(name) + `-error"><span class="form-error-message" id="` + inputID(name) + `-error">` +
				template.HTMLEscapeString(text) + `</span></td>`)
			continue
		}
		b.WriteString(`></td>`)
	}
	return template.HTML(b.String()) //nolint:gosec // every text in it is escaped
}
