package web

import (
	"net/http"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
)

func (s *Server) feedRoutes() []route {
	return []route{{
		method: http.MethodGet, pattern: "/feed", action: portfolio.ViewPortfolio, page: s.feed, list: true, view: feedView{},
		query: listFields.and(fields{"from": 0, "to": 0}),
	}}
}

// feedRows is how many rows of the feed a JSON page has: reporting tools read them all.
const feedRows = 10_000

// maxFeedYears bounds how many years a feed is asked for.
const maxFeedYears = 30

// feedView is the one long table that reporting tools read.
type feedView struct {
	AsOf  portfolio.Date     `json:"as_of"`
	From  int                `json:"from"`
	To    int                `json:"to"`
	Items []exchange.FeedRow `json:"items"`
	Next  *int64             `json:"next"`

	Measures []string           `json:"-"`
	Columns  []string           `json:"-"`
	Rows     int                `json:"-"`
	Shown    []exchange.FeedRow `json:"-"`
	Links    listLinks          `json:"-"`
}

// feed is the page that tells of the table and, under its suffixes, the table itself.
func (s *Server) feed(r *request) (*page, error) {
	f := form{Values: r.query}
	v := &feedView{AsOf: r.shownDay(), Measures: exchange.Measures()}
	v.From, v.To = exchange.FeedYears(r.p)
	if from := int(f.int("from")); from != 0 {
		v.From = from
	}
	if to := int(f.int("to")); to != 0 {
		v.To = to
	}
	after := f.int("after")
	if v.From < 2000 || v.To > 2100 || v.To < v.From || v.To-v.From >= maxFeedYears {
		f.bad("from", "error.year")
	}
	if after < 0 {
		f.bad("after", "error.positive")
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	rows := exchange.Feed(r.p, v.From, v.To)
	table := func() exchange.Table { return exchange.FeedTable(rows) }
	v.Rows, v.Columns = len(rows), exchange.FeedTable(nil).Columns
	v.Shown = rows[:min(len(rows), pageRows)]
	after = min(after, int64(len(rows)))
	v.Items = rows[after:min(after+feedRows, int64(len(rows)))]
	if last := after + feedRows; last < int64(len(rows)) {
		v.Next = &last
	}
	v.Links.XLSX, v.Links.CSV, v.Links.JSON = r.fileLink(".xlsx"), r.fileLink(".csv"), r.fileLink(".json")
	return &page{Template: "feed", Title: r.say("feed.title"), View: v, Table: table}, nil
}

// fileLink is this page's address as a file, with the same filter.
func (r *request) fileLink(suffix string) string {
	if len(r.query) == 0 {
		return r.path + suffix
	}
	return r.path + suffix + "?" + r.query.Encode()
}
