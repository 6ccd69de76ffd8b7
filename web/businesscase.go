package web

import (
	"fmt"
	"io"
	"net/http"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
	"gevinst/web/chart"
)

func (s *Server) businessCaseRoutes() []route {
	return []route{
		{method: http.MethodGet, pattern: "/initiatives/{id}/case", action: portfolio.ViewPortfolio, page: s.businessCase, list: true, view: caseView{}, query: fields{"no": 0}},
		{method: http.MethodPost, pattern: "/initiatives/{id}/case", action: portfolio.EditCase, page: s.businessCase, form: s.newCase, view: caseView{}, sends: seenFields},
		{method: http.MethodPost, pattern: "/initiatives/{id}/case/content", action: portfolio.EditCase, page: s.businessCase, form: s.saveCase, view: caseView{}, sends: caseFields},
		{method: http.MethodPost, pattern: "/initiatives/{id}/case/totals", action: portfolio.EditCase, call: s.caseTotals, view: caseTotals{}, sends: caseFields},
		s.caseForm("submit", portfolio.EditCase, (*portfolio.BusinessCase).Submit),
		s.caseForm("recall", portfolio.EditCase, (*portfolio.BusinessCase).Recall),
		s.caseForm("discard", portfolio.EditCase, (*portfolio.BusinessCase).Discard),
		s.caseForm("assure", portfolio.AssureCase, (*portfolio.BusinessCase).Assure),
		s.returnRoute(),
		s.approveRoute(),
		{method: http.MethodGet, pattern: "/initiatives/{id}/case/compare", action: portfolio.ViewPortfolio, page: s.compareCases, list: true, view: comparisonView{}, query: fields{"a": 0, "b": 0}},
		{method: http.MethodGet, pattern: "/initiatives/{id}/case/workbook", action: portfolio.EditCase, page: s.caseBook, view: caseBookView{}},
		{method: http.MethodPost, pattern: "/initiatives/{id}/case/workbook", action: portfolio.EditCase, page: s.caseBook, form: s.sendCaseBook, body: maxUpload, view: caseBookView{}, sends: importFields},
		{method: http.MethodGet, pattern: "/indexes", action: portfolio.ViewPortfolio, page: s.indexes, list: true, view: indexesView{}},
		{method: http.MethodPost, pattern: "/indexes", action: portfolio.EditRequirement, page: s.indexes, form: s.newIndex, view: indexesView{}, sends: changeFields.and(indexFields)},
		{method: http.MethodPost, pattern: "/indexes/{id}", action: portfolio.EditRequirement, page: s.indexes, form: s.editIndex, view: indexesView{}, sends: seenFields.and(indexFields)},
	}
}

// caseFields are what the grid sends; # stands for a number.
var caseFields = seenFields.and(fields{
	"dated": portfolio.Date(0), "price_year": 0, "first_year": 0, "years": 0, "rate": "", "rate_note": "", "financing": portfolio.Financing(0),
	"financing_note": "", "summary": "", "add": "", "points": "", "assumption.#.text": "", "assumption.#.document": "",
	"line.#.id": portfolio.LineID(0), "line.#.kind": "", "line.#.title": "", "line.#.note": "", "line.#.remove": "",
	"line.#.index": portfolio.PriceIndexID(0), "line.#.price_year": 0, "line.#.benefit": portfolio.BenefitID(0),
	"line.#.y#.low": amount.Figure{}, "line.#.y#.likely": amount.Figure{}, "line.#.y#.high": amount.Figure{},
})

// caseView is an initiative's business case: one version in full, and all of them in short.
type caseView struct {
	Initiative portfolio.InitiativeID `json:"initiative"`
	Title      string                 `json:"title"`
	Case       *caseVersion           `json:"case"`
	Versions   []caseRef              `json:"versions"`

	Headline  string               `json:"-"`
	Returned  *caseStepView        `json:"-"`
	Grid      gridView             `json:"-"`
	Head      map[string]caseInput `json:"-"`
	Financing []optionView         `json:"-"`
	Assumed   []assumedField       `json:"-"`
	Refused   []refusedField       `json:"-"`
	// Edit tells that the reader may type in the grid; Draft names what his browser keeps of it.
	Edit     bool        `json:"-"`
	Draft    string      `json:"-"`
	Points   bool        `json:"-"`
	Example  bool        `json:"-"`
	CashFlow chart.Chart `json:"-"`
	Moved    chart.Chart `json:"-"`
	Forms    []*formView `json:"-"`
	Again    *formView   `json:"-"`
	New      *formView   `json:"-"`
	History  []sentence  `json:"-"`
	Links    listLinks   `json:"-"`
	List     string      `json:"-"`
	Home     string      `json:"-"`
	Compare  string      `json:"-"`
	Indexes  string      `json:"-"`
}

// caseVersion is one version: what it says, how far it has come, and what it comes to.
type caseVersion struct {
	ID            portfolio.CaseID    `json:"id"`
	Version       int64               `json:"version"`
	No            int                 `json:"no"`
	State         portfolio.CaseState `json:"state"`
	Authors       []string            `json:"authors"`
	Dated         portfolio.Date      `json:"dated"`
	PriceYear     int                 `json:"price_year"`
	FirstYear     int                 `json:"first_year"`
	Years         int                 `json:"years"`
	RatePercent   string              `json:"own_rate_percent"`
	RateNote      string              `json:"rate_note"`
	Financing     portfolio.Financing `json:"financing"`
	FinancingNote string              `json:"financing_note"`
	Summary       string              `json:"summary"`
	Assumptions   []portfolio.Note    `json:"assumptions"`
	Lines         []caseLineView      `json:"lines"`
	Figures       caseFigures         `json:"figures"`
	Steps         []caseStepView      `json:"steps"`
	Example       bool                `json:"example"`
}

type caseLineView struct {
	ID        portfolio.LineID       `json:"id"`
	Kind      string                 `json:"kind"`
	Title     string                 `json:"title"`
	Note      string                 `json:"note"`
	Benefit   portfolio.BenefitID    `json:"benefit,omitempty"`
	Index     portfolio.PriceIndexID `json:"index,omitempty"`
	PriceYear int                    `json:"price_year"`
	Amounts   []caseAmount           `json:"amounts"`
	// Restated is the likely amounts together in the case's prices, where the line has other ones.
	Restated ore `json:"restated_ore"`
}

type caseAmount struct {
	Year        int  `json:"year"`
	Low         ore  `json:"low_ore"`
	LowAbout    bool `json:"low_approximate"`
	Likely      ore  `json:"likely_ore"`
	LikelyAbout bool `json:"likely_approximate"`
	High        ore  `json:"high_ore"`
	HighAbout   bool `json:"high_approximate"`
}

// caseRef is a version in the list of them.
type caseRef struct {
	ID      portfolio.CaseID    `json:"id"`
	No      int                 `json:"no"`
	State   portfolio.CaseState `json:"state"`
	Author  string              `json:"author"`
	Saving  ore                 `json:"saving_ore"`
	NPV     ore                 `json:"npv_ore"`
	Bound   string              `json:"npv_bound,omitempty"`
	Payback *float64            `json:"payback_years"`
	Example bool                `json:"example"`
	Step    string              `json:"-"`
	Saved   string              `json:"-"`
	Paid    string              `json:"-"`
	Worth   string              `json:"-"`
	Href    string              `json:"-"`
	Shown   bool                `json:"-"`
}

func (s *Server) businessCase(r *request) (*page, error) {
	i, err := r.caseInitiative()
	if err != nil {
		return nil, err
	}
	versions := r.p.CasesOf(i.ID)
	c, err := r.caseShown(i, versions)
	if err != nil {
		return nil, err
	}
	r.path = caseHref(i.ID)
	v := &caseView{
		Initiative: i.ID, Title: i.Title, List: r.link("/initiatives"), Home: r.link(fmt.Sprintf("/initiatives/%d", i.ID)),
		Links: r.listLinks(0, nil), Compare: caseHref(i.ID) + "/compare", Indexes: r.link("/indexes"),
	}
	if err := r.caseVersions(v, versions, c); err != nil {
		return nil, err
	}
	if c != nil {
		if err := r.fillCase(v, c); err != nil {
			return nil, err
		}
	}
	r.offerCaseForms(v, i, c)
	notice, err := r.notice()
	if err != nil {
		return nil, err
	}
	return &page{
		Template: "case", Title: r.say("cases.of", i.Title), View: v, Notice: notice, Charts: true, Example: c != nil && c.Example(),
		Table: func() exchange.Table { return r.caseTable(c) },
	}, nil
}

// caseInitiative is the initiative that the address names.
func (r *request) caseInitiative() (*portfolio.Initiative, error) {
	id, err := pathID(r, portfolio.KindInitiative)
	if err != nil {
		return nil, err
	}
	i := r.p.Initiatives.Get(portfolio.InitiativeID(id))
	if i == nil {
		return nil, portfolio.Missing(portfolio.KindInitiative, id)
	}
	return i, nil
}

func caseHref(id portfolio.InitiativeID) string { return fmt.Sprintf("/initiatives/%d/case", id) }

// caseShown is the version that the address asks for; without one, what is being worked on, else what counts, else the latest.
func (r *request) caseShown(i *portfolio.Initiative, versions []*portfolio.BusinessCase) (*portfolio.BusinessCase, error) {
	if text := r.value("no"); text != "" && r.form == nil {
		no, err := strconv.Atoi(text)
		for _, c := range versions {
			if err == nil && c.No == no {
				return c, nil
			}
		}
		return nil, &portfolio.Error{Kind: portfolio.NotFound, Field: "no", Code: "error.unknown_case"}
	}
	if c := r.p.OpenCase(i.ID); c != nil {
		return c, nil
	}
	if c := r.p.CurrentCase(i.ID); c != nil {
		return c, nil
	}
	if len(versions) > 0 {
		return versions[len(versions)-1], nil
	}
	return nil, nil
}

// caseTable is the case as a file has it: a row for each line and year that was stated; as Excel it is the workbook that its
// owner can fill in.
func (r *request) caseTable(c *portfolio.BusinessCase) exchange.Table {
	t := exchange.Table{Columns: []string{"line", "kind", "title", "price_year", "year", "low", "likely", "high", "note", "example"}}
	if c == nil {
		return t
	}
	t.Book = func(w io.Writer) error { return exchange.WriteCase(w, r.p, c) }
	for _, l := range c.Lines {
		price := l.PriceYear
		if price == 0 {
			price = c.PriceYear
		}
		row := func(year any, e portfolio.Estimate) {
			t.Add(int64(l.ID), l.Kind.String(), l.Title, price, year, e.Low, e.Likely, e.High, l.Note, c.ExampleField("lines"))
		}
		if len(l.Amounts) == 0 {
			row(nil, portfolio.Estimate{})
		}
		for t, e := range l.Amounts {
			row(c.FirstYear+t, e)
		}
	}
	return t
}
