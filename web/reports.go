package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
	"gevinst/web/agenda"
)

func (s *Server) reportRoutes() []route {
	draft := fields{"meeting": portfolio.MeetingID(0), "year": 0, "programme": ""}
	sent := draft.and(fields{
		"as_of": portfolio.Date(0), "known_seq": int64(0), "title": "", "case": "", "kle": "", "document": "", "type": "", "note": "",
	})
	for _, code := range agenda.Codes() {
		sent = sent.and(fields{code: ""})
	}
	return []route{
		{method: http.MethodGet, pattern: "/reports", action: portfolio.ViewPortfolio, page: s.reports, list: true, view: reportsView{}, query: listFields},
		{method: http.MethodGet, pattern: "/reports/new", action: portfolio.ViewPortfolio, page: s.newReport, view: either{reportView{}, struct{}{}}, query: draft},
		{method: http.MethodGet, pattern: "/reports/compare", action: portfolio.ViewPortfolio, page: s.compareReports, view: reportComparison{}, query: fields{"a": 0, "b": 0}},
		{method: http.MethodGet, pattern: "/reports/{id}", action: portfolio.ViewPortfolio, page: s.report, view: reportView{}},
		{method: http.MethodGet, pattern: "/reports/{id}/document", action: portfolio.ViewPortfolio, page: s.reportDocument, view: reportView{}},
		{method: http.MethodPost, pattern: "/reports", action: portfolio.SendReport, page: s.newReport, form: s.sendReport, view: reportView{}, sends: sent},
		{method: http.MethodPost, pattern: "/reports/preview", action: portfolio.ViewPortfolio, page: s.newReport, form: s.previewReport, view: reportView{}, sends: sent},
		{method: http.MethodPost, pattern: "/reports/document", action: portfolio.ViewPortfolio, page: s.newReport, form: s.draftDocument, view: reportView{}, sends: sent},
	}
}

// reportsView lists the agenda items that were sent, the latest first.
type reportsView struct {
	AsOf  portfolio.Date `json:"as_of"`
	Items []sentReport   `json:"items"`
	Next  *int64         `json:"next"`

	Links   listLinks `json:"-"`
	New     string    `json:"-"`
	Compare string    `json:"-"`
}

type sentReport struct {
	ID      portfolio.ReportID `json:"id"`
	Title   string             `json:"title"`
	Meeting string             `json:"meeting"`
	Date    portfolio.Date     `json:"meeting_date"`
	AsOf    portfolio.Date     `json:"as_of"`
	Sent    portfolio.Date     `json:"sent"`
	By      string             `json:"sent_by"`
	Example bool               `json:"example"`
	Href    string             `json:"-"`
}

func (r *request) sent1(of *portfolio.Report) sentReport {
	v := sentReport{
		ID: of.ID, Title: of.Title, AsOf: of.AsOf, Sent: amount.DateOf(of.Sent.At.Time()), By: r.name(of.Sent.By), Example: of.AnyExample(),
		Href: r.link(fmt.Sprintf("/reports/%d", of.ID)),
	}
	if m := r.p.Meetings.Ever(of.Meeting); m != nil {
		v.Meeting, v.Date = m.Name, m.Date
	}
	return v
}

func (r *request) reportsLatestFirst() []*portfolio.Report {
	list := r.p.Reports.List()
	slices.SortFunc(list, func(a, b *portfolio.Report) int {
		return cmp.Or(cmp.Compare(b.Sent.At, a.Sent.At), cmp.Compare(b.ID, a.ID))
	})
	return list
}

func (s *Server) reports(r *request) (*page, error) {
	q := form{Values: r.query}
	after := q.int("after")
	if err := q.err(); err != nil {
		return nil, err
	}
	all := r.reportsLatestFirst()
	shown, next := paged(all, after, func(of *portfolio.Report) int64 { return int64(of.ID) })
	v := &reportsView{AsOf: r.shownDay(), Next: next, Links: r.listLinks(after, next), New: r.link("/reports/new")}
	for _, of := range shown {
		v.Items = append(v.Items, r.sent1(of))
	}
	if len(all) > 0 {
		v.Compare = r.link("/reports/compare")
	}
	notice, err := r.notice()
	if err != nil {
		return nil, err
	}
	return &page{Template: "reports", Title: r.say("reports.title"), View: v, Notice: notice, Table: func() exchange.Table {
		t := exchange.Table{Columns: []string{"report", "title", "meeting", "meeting_date", "as_of", "sent", "sent_by", "example"}}
		for _, of := range all {
			row := r.sent1(of)
			t.Add(int64(row.ID), row.Title, row.Meeting, row.Date, row.AsOf, row.Sent, row.By, row.Example)
		}
		return t
	}}, nil
}

// keptReport finds the agenda item that the address names.
func (r *request) keptReport(id portfolio.ReportID) (*portfolio.Report, error) {
	if of := r.p.Reports.Get(id); of != nil {
		return of, nil
	}
	return nil, portfolio.Missing(portfolio.KindReport, id)
}

func (r *request) reportAsked() (*portfolio.Report, error) {
	q := form{Values: map[string][]string{"id": {chi.URLParam(r.Request, "id")}}}
	id := portfolio.ReportID(q.int("id"))
	if q.err() != nil {
		id = 0
	}
	return r.keptReport(id)
}

// itemOf is the agenda item as it was sent: its texts from the record, its figures from the portfolio that was known then.
func (r *request) itemOf(of *portfolio.Report) (*agenda.Item, error) {
	p, err := r.s.Store.At(r.Context(), of.Known, of.AsOf)
	if err != nil {
		return nil, err
	}
	p = p.For(r.user)
	g := p.Programmes.Ever(of.Programme)
	if g == nil {
		return nil, portfolio.Missing(portfolio.KindProgramme, of.Programme)
	}
	item := agenda.New(p, r.lang, agenda.Of{Programme: g, Meeting: r.p.Meetings.Ever(of.Meeting), Year: of.Year, AsOf: of.AsOf})
	item.Head = agenda.Head{Title: of.Title, Case: of.Case, KLE: of.KLE, Document: of.Document, Type: of.Type}
	item.Texts(of.Sections)
	return item, nil
}

// report shows what was sent.
func (s *Server) report(r *request) (*page, error) {
	of, err := r.reportAsked()
	if err != nil {
		return nil, err
	}
	item, err := r.itemOf(of)
	if err != nil {
		return nil, err
	}
	v := r.reportView(item)
	sent := r.sent1(of)
	v.ID, v.Sent, v.Word = of.ID, &sent, r.link(fmt.Sprintf("/reports/%d/document", of.ID))
	v.Compare = r.link(fmt.Sprintf("/reports/compare?a=%d", of.ID))
	notice, err := r.notice()
	if err != nil {
		return nil, err
	}
	return &page{Template: "report", Title: item.Title, View: v, Example: item.Example, Notice: notice, Charts: true}, nil
}
