package web

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
)

// comparisonView holds two versions of a business case against each other: their results, and everything that they say
// differently, by amount and percent.
type comparisonView struct {
	Initiative portfolio.InitiativeID `json:"initiative"`
	Title      string                 `json:"title"`
	A          int                    `json:"a"`
	B          int                    `json:"b"`
	Results    []comparedRow          `json:"results"`
	Changes    []comparedRow          `json:"changes"`
	// Course tells who moved the two versions and those between them on, and in what words.
	Course []versionCourse `json:"course"`

	As       []optionView `json:"-"`
	Bs       []optionView `json:"-"`
	Headline string       `json:"-"`
	List     string       `json:"-"`
	Home     string       `json:"-"`
	CaseHref string       `json:"-"`
	Links    listLinks    `json:"-"`
}

// versionCourse is one version's way.
type versionCourse struct {
	No      int            `json:"no"`
	Authors []string       `json:"authors"`
	Steps   []caseStepView `json:"steps"`
	Step    string         `json:"-"`
	Href    string         `json:"-"`
}

// comparedRow is one thing in both versions. An amount has its difference in øre and in percent of what it was, a number of years,
// a rate or a share its difference; a text has what it said before and after.
type comparedRow struct {
	Label   string `json:"label"`
	Line    int64  `json:"line,omitempty"`
	Year    int    `json:"year,omitempty"`
	Point   string `json:"point,omitempty"`
	Before  ore    `json:"before_ore"`
	After   ore    `json:"after_ore"`
	Change  ore    `json:"change_ore"`
	Percent string `json:"change_percent,omitempty"`
	// Bounds tell what a sum that leaves unknown amounts out says of the whole one.
	BeforeBound string `json:"before_bound,omitempty"`
	AfterBound  string `json:"after_bound,omitempty"`
	Was         string `json:"was,omitempty"`
	Is          string `json:"is,omitempty"`
	// Numbers are of what is no amount: years, fractions, or a count.
	NumberBefore *float64 `json:"before,omitempty"`
	NumberAfter  *float64 `json:"after,omitempty"`
	NumberChange *float64 `json:"change,omitempty"`
	// Amount tells that it is one, and Whole that a whole line came or went.
	Amount bool   `json:"amount"`
	Whole  string `json:"line_change,omitempty"`
	// Number tells that the texts are of one. Shown say the values as the page has them.
	Number                               bool   `json:"-"`
	ShownBefore, ShownAfter, ShownChange string `json:"-"`
}

func (s *Server) compareCases(r *request) (*page, error) {
	i, err := r.caseInitiative()
	if err != nil {
		return nil, err
	}
	versions := r.p.CasesOf(i.ID)
	v := &comparisonView{
		Initiative: i.ID, Title: i.Title, List: r.link("/initiatives"), Home: r.link(fmt.Sprintf("/initiatives/%d", i.ID)), CaseHref: r.link(caseHref(i.ID)), Links: r.listLinks(0, nil),
	}
	pg := &page{Template: "casecompare", Title: r.say("cases.compare.of", i.Title), View: v, Table: func() exchange.Table { return v.table() }}
	if len(versions) == 0 {
		return pg, nil
	}
	a, err := r.comparedVersion("a", versions, max(len(versions)-2, 0))
	if err != nil {
		return nil, err
	}
	b, err := r.comparedVersion("b", versions, len(versions)-1)
	if err != nil {
		return nil, err
	}
	v.A, v.B = a.No, b.No
	for _, c := range versions {
		no := strconv.Itoa(c.No)
		label := r.say("cases.version", c.No) + ", " + r.caseStep(c)
		v.As = append(v.As, optionView{Value: no, Label: label, Selected: c == a})
		v.Bs = append(v.Bs, optionView{Value: no, Label: label, Selected: c == b})
	}
	if err := r.compareResults(v, a, b); err != nil {
		return nil, err
	}
	for _, change := range portfolio.DiffCases(&a.CaseContent, &b.CaseContent) {
		v.Changes = append(v.Changes, r.comparedChange(&change, a, b))
	}
	v.Headline = r.lang.Count("cases.compare.found", len(v.Changes))
	for _, c := range versions {
		if c.No < min(a.No, b.No) || c.No > max(a.No, b.No) {
			continue
		}
		course := versionCourse{No: c.No, Authors: r.authors(c), Step: r.caseStep(c), Href: r.link(caseHref(i.ID) + "?no=" + strconv.Itoa(c.No))}
		if course.Steps, err = r.caseSteps(c); err != nil {
			return nil, err
		}
		v.Course = append(v.Course, course)
	}
	return pg, nil
}

// comparedVersion is the version whose number stands in the address, else the one at the place.
func (r *request) comparedVersion(name string, versions []*portfolio.BusinessCase, place int) (*portfolio.BusinessCase, error) {
	text := r.value(name)
	if text == "" {
		return versions[place], nil
	}
	no, err := strconv.Atoi(text)
	for _, c := range versions {
		if err == nil && c.No == no {
			return c, nil
		}
	}
	return nil, &portfolio.Error{Kind: portfolio.NotFound, Field: name, Code: "error.unknown_case"}
}

func (r *request) compareResults(v *comparisonView, a, b *portfolio.BusinessCase) error {
	was, err := r.appraised(&a.CaseContent, formKeys(&a.CaseContent))
	if err != nil {
		return err
	}
	is, err := r.appraised(&b.CaseContent, formKeys(&b.CaseContent))
	if err != nil {
		return err
	}
	for _, row := range []struct {
		key           string
		before, after amount.Total
	}{
		{"cases.one_off", was.result.OneOff, is.result.OneOff},
		{"cases.running", was.result.Running, is.result.Running},
		{"cases.saving", was.result.Saving, is.result.Saving},
		{"cases.npv", was.result.Likely.PresentValue(), is.result.Likely.PresentValue()},
		{"cases.mean", was.result.Mean.PresentValue(), is.result.Mean.PresentValue()},
		{"cases.spread", amount.Sum(was.Spread.Figure), amount.Sum(is.Spread.Figure)},
	} {
		v.Results = append(v.Results, r.comparedAmount(comparedRow{Label: r.say(row.key)}, row.before, row.after))
	}
	whole := was.Unknown+is.Unknown == 0
	for _, row := range []struct {
		key, name, unit string
		before, after   *float64
		scale           float64
	}{
		{"cases.payback", "payback", "cases.change.years", was.Payback, is.Payback, 1},
		{"cases.discounted", "discounted_payback", "cases.change.years", was.Discounted, is.Discounted, 1},
		{"cases.irr", "irr", "cases.change.points", was.IRR, is.IRR, 100},
		{"cases.break_even", "break_even", "cases.change.points", was.BreakEven, is.BreakEven, 100},
	} {
		text := comparedRow{Label: r.say(row.key), Was: was.Shown[row.name], Is: is.Shown[row.name]}
		v.Results = append(v.Results, r.comparedNumber(text, row.before, row.after, whole, func(change float64) string {
			return r.say(row.unit, r.decimal(change*row.scale))
		}))
	}
	for _, row := range []struct {
		key           string
		before, after int
	}{{"cases.full_year_of", was.FullYear, is.FullYear}, {"cases.unknown", was.Unknown, is.Unknown}} {
		before, after := float64(row.before), float64(row.after)
		text := comparedRow{Label: r.say(row.key), Was: strconv.Itoa(row.before), Is: strconv.Itoa(row.after)}
		v.Results = append(v.Results, r.comparedNumber(text, &before, &after, true, func(change float64) string {
			return strings.Replace(strconv.Itoa(int(change)), "-", "−", 1)
		}))
	}
	return nil
}

// comparedNumber holds two numbers against each other, which the row says in words. Where they are bounds there is nothing known
// between them.
func (r *request) comparedNumber(row comparedRow, before, after *float64, whole bool, say func(float64) string) comparedRow {
	row.Number, row.NumberBefore, row.NumberAfter, row.ShownBefore, row.ShownAfter = true, before, after, row.Was, row.Is
	if before == nil || after == nil || !whole {
		return row
	}
	change := *after - *before
	row.NumberChange, row.ShownChange = &change, say(change)
	if change > 0 {
		row.ShownChange = "+" + row.ShownChange
	}
	return row
}

// comparedAmount holds two sums against each other. Where something is left out of either, it is not known what lies between them.
func (r *request) comparedAmount(row comparedRow, before, after amount.Total) comparedRow {
	row.Amount, row.Before, row.After = true, totalOre(before), totalOre(after)
	row.BeforeBound, row.AfterBound = before.Bound().String(), after.Bound().String()
	row.ShownBefore, row.ShownAfter = r.kroner(before), r.kroner(after)
	if !before.Known() || !after.Known() || before.Unknown+after.Unknown > 0 {
		return row
	}
	row.Change = ore{amount.Figure{Ore: after.Ore - before.Ore, Known: true, Approximate: before.Approximate || after.Approximate}}
	row.ShownChange = signed(r.kroner(amount.Sum(row.Change.Figure)), row.Change.Ore)
	if before.Ore != 0 {
		size := before.Ore
		if size < 0 { // a case that was bad by 100 and is bad by 50 is better by half
			size = -size
		}
		share := new(big.Rat).SetFrac64(int64(row.Change.Ore), int64(size))
		text := share.Mul(share, big.NewRat(100, 1)).FloatString(1)
		if r.lang.Code == "da" {
			text = strings.Replace(text, ".", ",", 1)
		}
		row.Percent = signed(strings.Replace(text, "-", "−", 1), row.Change.Ore) + "\u00a0%"
	}
	return row
}

// signed puts a plus before what has grown; what has fallen has its minus.
func signed(text string, m amount.Money) string {
	if m > 0 {
		return "+" + text
	}
	return text
}

// comparedChange says one difference: of which line, of what in it, in which year.
func (r *request) comparedChange(c *portfolio.CaseChange, a, b *portfolio.BusinessCase) comparedRow {
	row := comparedRow{Line: int64(c.Line), Year: c.Year, Was: c.Was, Is: c.Is}
	if c.Line == 0 {
		row.Label = r.caseFieldName(c.Field)
		row.ShownBefore, row.ShownAfter = r.caseFieldText(c.Field, c.Was), r.caseFieldText(c.Field, c.Is)
		return row
	}
	line := b.Line(c.Line)
	if line == nil {
		line = a.Line(c.Line)
	}
	row.Label = r.caseChangeName(c, line)
	switch {
	case c.Added:
		row.Whole, row.Was, row.Is = "added", "", ""
		row.ShownAfter = r.say("cases.line_added")
	case c.Removed:
		row.Whole, row.Was, row.Is = "removed", "", ""
		row.ShownAfter = r.say("cases.line_removed")
	case c.Year != 0:
		row.Point = c.Point.String()
		return r.comparedAmount(row, amount.Sum(c.Before), amount.Sum(c.After))
	default:
		part := changedPart(c)
		row.ShownBefore, row.ShownAfter = r.caseFieldText(part, c.Was), r.caseFieldText(part, c.Is)
	}
	return row
}

// caseChangeName says what a change is of: which line, of what in it, in which year.
func (r *request) caseChangeName(c *portfolio.CaseChange, line *portfolio.CaseLine) string {
	name := r.say("case_line." + line.Kind.String())
	if line.Title != "" {
		name += ": " + line.Title
	}
	switch {
	case c.Added || c.Removed:
	case c.Year == 0:
		name += ", " + strings.ToLower(r.caseFieldName(changedPart(c)))
	case c.Point == portfolio.Likely:
		name += fmt.Sprintf(", %d", c.Year)
	default:
		name += fmt.Sprintf(", %d (%s)", c.Year, strings.ToLower(r.say("case_point."+c.Point.String())))
	}
	return name
}

func changedPart(c *portfolio.CaseChange) string {
	return c.Field[strings.LastIndexByte(c.Field, '.')+1:]
}

// caseFieldKeys are what the fields of a case and of its lines are called.
var caseFieldKeys = map[string]string{
	"dated": "cases.dated", "price_year": "cases.field.price_year", "first_year": "cases.field.first_year", "years": "cases.field.years",
	"rate": "cases.field.rate", "rate_note": "cases.field.rate_note", "financing": "cases.financing",
	"financing_note": "cases.field.financing_note", "assumptions": "cases.assumptions", "summary": "cases.field.summary",
	"kind": "cases.field.kind", "title": "cases.field.title", "note": "cases.note", "benefit": "kind.benefit", "index": "kind.price_index",
}

func (r *request) caseFieldName(field string) string { return r.say(caseFieldKeys[field]) }

// caseFieldText says a field's value as the page would.
func (r *request) caseFieldText(field, text string) string {
	id, _ := strconv.ParseInt(text, 10, 64)
	switch {
	case text == "":
		return ""
	case field == "kind":
		return r.say("case_line." + text)
	case field == "financing":
		return r.say("financing." + text)
	case field == "rate":
		return percentOf(text) + "\u00a0%"
	case field == "dated":
		if d, err := amount.ParseDate(text); err == nil {
			return r.lang.Style.Date(d)
		}
	case field == "benefit":
		if b := r.p.Benefits.Ever(portfolio.BenefitID(id)); b != nil {
			return b.Title
		}
	case field == "index":
		if x := r.p.Indexes.Ever(portfolio.PriceIndexID(id)); x != nil {
			return x.Name
		}
	}
	return text
}

func (v *comparisonView) table() exchange.Table {
	t := exchange.Table{Columns: []string{"what", "line", "year", "point", "before", "after", "change", "percent", "was", "is", "before_bound", "after_bound"}}
	for _, rows := range [][]comparedRow{v.Results, v.Changes} {
		for _, row := range rows {
			var line, year any
			if row.Line != 0 {
				line = row.Line
			}
			if row.Year != 0 {
				year = row.Year
			}
			t.Add(row.Label, line, year, row.Point, row.Before.Figure, row.After.Figure, row.Change.Figure, row.Percent, row.Was, row.Is, row.BeforeBound, row.AfterBound)
		}
	}
	return t
}
