package web

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/appraisal"
	"gevinst/portfolio/store"
	"gevinst/web/chart"
)

// assumedField is an assumption in the form: its text and the document that it comes from.
type assumedField struct{ Text, Document caseInput }

// refusedField is a refusal with the way to the input that it concerns.
type refusedField struct{ Href, Label, Detail string }

// blankAssumptions is how many empty rows a draft has for further assumptions.
const blankAssumptions = 2

// caseVersions tells of all versions in short, and draws how the estimate moved between them.
func (r *request) caseVersions(v *caseView, versions []*portfolio.BusinessCase, shown *portfolio.BusinessCase) error {
	d := chart.EstimatesData{AsOf: r.shownDay()}
	for _, c := range versions {
		f, err := r.appraised(&c.CaseContent, formKeys(&c.CaseContent))
		if err != nil {
			return err
		}
		ref := caseRef{
			ID: c.ID, No: c.No, State: c.State, Saving: f.Saving, NPV: f.NPV, Bound: f.NPVBound, Payback: f.Payback, Example: c.AnyExample(),
			Step: r.caseStep(c), Saved: f.Shown["saving"], Paid: f.Shown["payback"], Worth: f.Shown["npv"], Href: r.link(caseHref(c.Initiative) + "?no=" + strconv.Itoa(c.No)), Shown: c == shown,
		}
		if len(c.Authors) > 0 {
			ref.Author = r.name(c.Authors[0])
		}
		v.Versions = append(v.Versions, ref)
		d.Versions = append(d.Versions, chart.Version{
			Label: r.say("cases.version", c.No), Step: ref.Step, Href: ref.Href, NPV: f.result.Likely.PresentValue(), Saving: f.result.Saving, Example: ref.Example,
		})
	}
	v.Moved = chart.Estimates(r.voice(), d)
	return nil
}

// formKeys are the numbers that a content's lines have in a form that nobody has sent yet.
func formKeys(c *portfolio.CaseContent) []int {
	keys := make([]int, len(c.Lines))
	for k := range keys {
		keys[k] = k
	}
	return keys
}

// fillCase tells of one version in full, as a form where the reader may write in it.
func (r *request) fillCase(v *caseView, c *portfolio.BusinessCase) error {
	f, err := r.appraised(&c.CaseContent, formKeys(&c.CaseContent))
	if err != nil {
		return err
	}
	v.Case = r.caseVersion(c, f)
	if v.Case.Steps, err = r.caseSteps(c); err != nil {
		return err
	}
	if c.State == portfolio.Draft {
		v.Returned = lastReturn(v.Case.Steps)
	}
	v.Example = c.ExampleField("lines")
	v.Headline = f.Shown["headline"]
	action := caseHref(c.Initiative) + "/content"
	again := r.sent(action)
	v.Edit = again || c.State == portfolio.Draft && r.may(portfolio.EditCase, c)
	values, errors := caseValues(&c.CaseContent), map[string]string{}
	version := c.Version
	if again {
		values, errors = r.form.Values, r.form.Errors
		if n, err := strconv.ParseInt(r.form.get("version"), 10, 64); err == nil {
			version = n
		}
	}
	v.Draft = fmt.Sprintf("case-%d-u%d-v%d", c.ID, r.user.ID, version) // a browser may be shared
	v.Grid = r.gridOf(c, values, errors, v.Edit)
	v.Points = slices.ContainsFunc(v.Grid.Lines, func(l caseRow) bool { return l.Points }) || values.Get("points") != ""
	v.Head = map[string]caseInput{"version": {Name: "version", Value: strconv.FormatInt(version, 10)}}
	for _, name := range []string{"dated", "price_year", "first_year", "years", "rate", "rate_note", "financing_note", "summary"} {
		v.Head[name] = caseInput{name, inputID(name), values.Get(name), errors[name]}
	}
	v.Financing = selecting(codes(r, "financing", portfolio.Financings(), r.say("initiatives.choose")), values.Get("financing"))
	v.Assumed = assumedFields(values, errors)
	if again {
		v.Refused = r.refusedFields(v)
	}
	v.CashFlow = r.cashFlow(v.Case, v.Example)
	events, err := r.s.Store.Events(r.Context(), r.p, store.EventFilter{Kind: portfolio.KindBusinessCase, Subject: int64(c.ID), Limit: maxHistory})
	if err != nil {
		return err
	}
	v.History, err = r.sentences(events)
	return err
}

func assumedFields(values url.Values, errors map[string]string) []assumedField {
	numbers, last := formNumbers(&form{Values: values}, "assumption."), -1
	for _, n := range numbers {
		last = max(last, n)
	}
	for k := range blankAssumptions {
		numbers = append(numbers, last+1+k)
	}
	list := make([]assumedField, 0, len(numbers))
	for _, n := range numbers {
		text, document := assumptionField(n, "text"), assumptionField(n, "document")
		list = append(list, assumedField{
			caseInput{text, inputID(text), values.Get(text), errors[text]}, caseInput{document, inputID(document), values.Get(document), errors[document]},
		})
	}
	return list
}

// refusedFields leads from each refusal to the cell that it is about, and calls the cell by its line and year.
func (r *request) refusedFields(v *caseView) []refusedField {
	names := map[string]string{}
	for _, l := range v.Grid.Lines {
		for _, part := range []string{"title", "note", "benefit", "index", "price_year"} {
			names[lineField(l.Key, part)] = l.Name
		}
		for _, year := range v.Grid.Years {
			for _, p := range portfolio.Points() {
				names[cellField(l.Key, year, p)] = fmt.Sprintf("%s, %d", l.Name, year)
			}
		}
	}
	list := make([]refusedField, 0, len(r.form.Summary))
	for _, e := range r.form.Summary {
		f := refusedField{Detail: e.Detail, Label: cmp.Or(names[e.Field], r.form.Labels[e.Field])}
		if e.Field != "" && e.Field != "version" {
			f.Href = "#" + inputID(e.Field)
		}
		list = append(list, f)
	}
	return list
}

func (r *request) caseVersion(c *portfolio.BusinessCase, f caseFigures) *caseVersion {
	v := &caseVersion{
		ID: c.ID, Version: c.Version, No: c.No, State: c.State, Authors: r.authors(c), Dated: c.Dated, PriceYear: c.PriceYear,
		FirstYear: c.FirstYear, Years: c.Years, RatePercent: percentOf(c.Rate), RateNote: c.RateNote, Financing: c.Financing,
		FinancingNote: c.FinancingNote, Summary: c.Summary, Assumptions: append([]portfolio.Note{}, c.Assumptions...),
		Lines: []caseLineView{}, Figures: f, Example: c.AnyExample(),
	}
	for k := range c.Lines {
		v.Lines = append(v.Lines, r.caseLine(c, &c.Lines[k]))
	}
	return v
}

func (r *request) caseLine(c *portfolio.BusinessCase, l *portfolio.CaseLine) caseLineView {
	v := caseLineView{
		ID: l.ID, Kind: l.Kind.String(), Title: l.Title, Note: l.Note, Benefit: l.Benefit, Index: l.Index,
		PriceYear: cmp.Or(l.PriceYear, c.PriceYear), Amounts: []caseAmount{},
	}
	for t, e := range l.Amounts {
		v.Amounts = append(v.Amounts, caseAmount{
			Year: c.FirstYear + t, Low: ore{e.Low}, LowAbout: e.Low.Approximate, Likely: ore{e.Likely}, LikelyAbout: e.Likely.Approximate,
			High: ore{e.High}, HighAbout: e.High.Approximate,
		})
	}
	if v.PriceYear != c.PriceYear {
		v.Restated = r.restated(c, l)
	}
	return v
}

// restated is a line's likely amounts together in the case's prices; unknown where its index does not reach.
func (r *request) restated(c *portfolio.BusinessCase, l *portfolio.CaseLine) ore {
	x := r.p.Indexes.Get(l.Index)
	if x == nil {
		return ore{}
	}
	index, err := x.Index()
	if err != nil {
		return ore{}
	}
	line := appraisal.Line{Kind: l.Kind, PriceYear: l.PriceYear}
	for _, e := range l.Amounts {
		line.Amounts = append(line.Amounts, e.Likely)
	}
	if line, err = index.RestateLine(line, c.PriceYear); err != nil {
		return ore{}
	}
	return totalOre(amount.Sum(line.Amounts...))
}

// caseHeadline leads with what the case costs once, what it costs a year, what it saves and when it is paid back.
func (r *request) caseHeadline(f *caseFigures) string {
	switch {
	case f.Problem != "":
		return r.say("cases.headline.problem", f.Problem)
	case !f.OneOff.Known && !f.Running.Known && !f.Saving.Known:
		return r.say("cases.headline.blank")
	}
	text := r.say("cases.headline", f.Shown["one_off"], f.Shown["running"], f.Shown["saving"])
	switch f.result.Likely.Payback.Reason {
	case 0:
		text += " " + r.say("cases.headline.paid", f.Shown["payback"])
	case appraisal.CostUnknown, appraisal.BenefitUnknown:
		text += " " + r.say("cases.headline.open")
	default:
		text += " " + r.say("cases.headline.unpaid", f.PaybackReason)
	}
	if f.Unknown > 0 {
		text += " " + r.lang.Count("cases.headline.unknown", f.Unknown)
	}
	return text
}

func (r *request) cashFlow(c *caseVersion, example bool) chart.Chart {
	likely := &c.Figures.result.Likely
	d := chart.CashFlowData{FirstYear: c.FirstYear, Net: likely.Net, Cumulative: likely.Cumulative, AsOf: r.shownDay(), Example: example}
	if c.Figures.Payback != nil {
		d.Payback, d.Paid = *c.Figures.Payback, true
	}
	return chart.CashFlow(r.voice(), d)
}
