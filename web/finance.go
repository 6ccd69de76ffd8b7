package web

import (
	"fmt"
	"net/http"
	"slices"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/exchange/finance"
	"gevinst/portfolio/store"
)

func (s *Server) financeRoutes() []route {
	yearFields := fields{"year": 0}
	return []route{
		{method: http.MethodGet, pattern: "/finance", action: portfolio.ViewPortfolio, page: s.financeFiles, list: true, view: financeView{}, query: listFields},
		{method: http.MethodGet, pattern: "/finance/upload", action: portfolio.ImportFinance, private: true, page: s.financeUpload, view: uploadView{}},
		{
			method: http.MethodPost, pattern: "/finance/upload", action: portfolio.ImportFinance, page: s.financeUpload, form: s.takeUpload,
			body: finance.Upload.Bytes + maxBody, view: uploadView{}, sends: fields{"file": []byte(nil)},
		},
		{method: http.MethodPost, pattern: "/finance/upload/mapping", action: portfolio.ImportFinance, page: s.financeUpload, form: s.mapUpload, view: uploadView{}, sends: mappingFields()},
		{method: http.MethodPost, pattern: "/finance/upload/apply", action: portfolio.ImportFinance, page: s.financeUpload, form: s.applyUpload, view: uploadView{}, sends: fields{}},
		{method: http.MethodPost, pattern: "/finance/upload/discard", action: portfolio.ImportFinance, page: s.financeUpload, form: s.discardUpload, view: uploadView{}, sends: fields{}},
		{method: http.MethodPost, pattern: "/finance/mappings/{id}/rename", action: portfolio.ImportFinance, page: s.financeFiles, form: s.renameMapping, view: financeView{}, sends: seenFields.and(fields{"name": ""})},
		{method: http.MethodPost, pattern: "/finance/mappings/{id}/remove", action: portfolio.ImportFinance, page: s.financeFiles, form: s.removeMapping, view: financeView{}, sends: seenFields},
		{method: http.MethodGet, pattern: "/finance/accounts", action: portfolio.ViewPortfolio, page: s.financeAccounts, list: true, view: accountsView{}, query: listFields.and(yearFields)},
		{method: http.MethodGet, pattern: "/finance/accounts/{id}", action: portfolio.ViewPortfolio, page: s.financeAccount, list: true, view: budgetAccountView{}, query: listFields.and(yearFields)},
		{
			method: http.MethodPost, pattern: "/finance/accounts/{id}/cap", action: portfolio.ImportFinance, page: s.financeAccount, form: s.capAccount, view: budgetAccountView{},
			sends: seenFields.and(fields{"year": 0, "reduction": amount.Figure{}, "document": "", "name": ""}),
		},
		{
			method: http.MethodPost, pattern: "/finance/accounts/{id}/explain", action: portfolio.ImportFinance, page: s.reconciliation, form: s.explainAccount, view: reconciliationView{},
			sends: changeFields.and(yearFields),
		},
		{method: http.MethodGet, pattern: "/finance/reconciliation", action: portfolio.ViewPortfolio, page: s.reconciliation, list: true, view: reconciliationView{}, query: listFields.and(yearFields)},
	}
}

// financeView lists the files that were taken in, the latest first, and the mappings that were saved.
type financeView struct {
	Items    []financeFileRow `json:"items"`
	Next     *int64           `json:"next"`
	Mappings []mappingView    `json:"mappings"`

	Links  listLinks `json:"-"`
	Upload bool      `json:"-"`
	Nav    []choice  `json:"-"`
	Year   int       `json:"-"`
}

// financeFileRow is a file with what it brought.
type financeFileRow struct {
	ID      portfolio.FinanceFileID `json:"id"`
	Name    string                  `json:"name"`
	Mapping string                  `json:"mapping"`
	// Rows are the file's, Taken the postings that were new, Sum theirs.
	Rows    int64 `json:"rows"`
	Taken   int64 `json:"taken"`
	Sum     ore   `json:"sum_ore"`
	Example bool  `json:"example"`
	// At is when it was taken in, and By who did.
	At      string           `json:"at"`
	By      portfolio.UserID `json:"by"`
	ByName  string           `json:"-"`
	On      string           `json:"-"`
	Href    string           `json:"-"`
	RowsIn  string           `json:"-"`
	TakenIn string           `json:"-"`
}

// financeFiles is the page of the files from the finance system.
func (s *Server) financeFiles(r *request) (*page, error) {
	r.path = "/finance" // the forms of the page are sent to parts of it
	f := form{Values: r.query}
	after := f.int("after")
	if err := f.err(); err != nil {
		return nil, err
	}
	all := r.p.Files.List()
	slices.Reverse(all)
	shown, next := paged(all, after, func(f *portfolio.FinanceFile) int64 { return int64(f.ID) })
	v := &financeView{Items: []financeFileRow{}, Next: next, Mappings: []mappingView{}, Links: r.listLinks(after, next), Upload: r.may(portfolio.ImportFinance, nil), Nav: r.financeNav("/finance")}
	taken, err := r.s.Store.Events(r.Context(), r.p, store.EventFilter{Kind: portfolio.KindFinanceFile, Limit: len(all)})
	if err != nil {
		return nil, err
	}
	for _, one := range shown {
		row := r.financeFileRow(one)
		for _, e := range taken {
			if e.Subject == int64(one.ID) {
				row.At, row.By, row.ByName, row.On = clock(e.At), e.Actor, r.name(e.Actor), r.lang.Style.ShortDate(amount.DateOf(e.At.Time().In(store.Copenhagen)))
			}
		}
		v.Items = append(v.Items, row)
	}
	for _, m := range r.financeMappings() {
		v.Mappings = append(v.Mappings, r.mappingView(m))
	}
	notice, err := r.notice()
	if err != nil {
		return nil, err
	}
	return &page{Template: "finance", Title: r.say("finance.title"), View: v, Notice: notice, Table: func() exchange.Table {
		t := exchange.Table{Columns: []string{"file", "name", "mapping", "rows", "taken", "sum", "example"}}
		for _, one := range all {
			t.Add(int64(one.ID), one.Name, one.Mapping, one.Rows, one.Taken, one.Sum, one.AnyExample())
		}
		return t
	}}, nil
}

func (r *request) financeFileRow(f *portfolio.FinanceFile) financeFileRow {
	return financeFileRow{
		ID: f.ID, Name: f.Name, Mapping: f.Mapping, Rows: f.Rows, Taken: f.Taken, Sum: exactly(f.Sum), Example: f.AnyExample(),
		Href: r.link(fmt.Sprintf("/history?kind=finance_file&subject=%d", f.ID)), RowsIn: r.lang.Number(f.Rows), TakenIn: r.lang.Number(f.Taken),
	}
}

func (r *request) financeMappings() (list []*portfolio.Mapping) {
	for m := range r.p.Mappings.All() {
		if m.For == finance.Kind {
			list = append(list, m)
		}
	}
	return list
}

// financeNav leads between the pages of the finance system's figures.
func (r *request) financeNav(current string) []choice {
	list := []choice{
		{Href: r.link("/finance"), Label: r.say("finance.nav.files"), Current: current == "/finance"},
		{Href: r.link("/finance/accounts"), Label: r.say("finance.nav.accounts"), Current: current == "/finance/accounts"},
		{Href: r.link("/finance/reconciliation"), Label: r.say("finance.nav.reconciliation"), Current: current == "/finance/reconciliation"},
	}
	if r.may(portfolio.ImportFinance, nil) {
		list = append(list, choice{Href: "/finance/upload", Label: r.say("finance.nav.upload"), Current: current == "/finance/upload"})
	}
	return list
}

// financeYear is the year that a page of figures is about.
func (r *request) financeYear() (int, error) {
	f := form{Values: r.query}
	if r.form != nil && r.form.get("year") != "" {
		f.Values = r.form.Values
	}
	year := int(f.int("year"))
	if year == 0 {
		year = r.shownDay().Year()
	}
	if year < 2000 || year > 2100 {
		f.bad("year", "error.year")
	}
	return year, f.err()
}
