package web

import (
	"net/http"
	"strconv"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/store"
)

func (s *Server) historyRoutes() []route {
	return []route{{method: http.MethodGet, pattern: "/history", action: portfolio.ViewPortfolio, page: s.history, list: true, view: historyView{}, query: historyFields}}
}

var historyFields = listFields.and(fields{"kind": portfolio.Kind(0), "subject": int64(0), "actor": portfolio.UserID(0), "postings": false, "before": int64(0)})

// historyView is what has been recorded, the latest first.
type historyView struct {
	AsOf  portfolio.Date `json:"as_of"`
	Items []sentence     `json:"items"`
	// Next is the number to send as "before" for the older ones; null at the end.
	Next *int64 `json:"next"`

	Days          []historyDay `json:"-"`
	Facets        []facet      `json:"-"`
	Chips         []queryTag   `json:"-"`
	Older, Newest string       `json:"-"`
	Links         listLinks    `json:"-"`
	All           string       `json:"-"`
}

// historyDay is a day's changes, and the way to the portfolio as it was known when the day ended.
type historyDay struct {
	Title, ID, AsOf string
	Items           []historyItem
}

type historyItem struct {
	sentence
	// Clock is the time of day, Permanent the address that shows the event first.
	Clock, Permanent string
}

// history is the page of every change.
func (s *Server) history(r *request) (*page, error) {
	f, err := r.historyFilter()
	if err != nil {
		return nil, err
	}
	v := &historyView{AsOf: r.shownDay(), All: r.link("/history"), Links: listLinks{XLSX: r.historyFile(".xlsx"), CSV: r.historyFile(".csv"), JSON: r.historyFile(".json")}}
	if r.asFile() {
		all, _, err := r.recorded(f, 0)
		if err != nil {
			return nil, err
		}
		return &page{View: v, Table: func() exchange.Table { return historyTable(all) }}, nil
	}
	if v.Items, v.Next, err = r.recorded(f, pageRows); err != nil {
		return nil, err
	}
	v.Days = r.historyDays(v.Items)
	v.Facets, v.Chips = r.historyFacets(), r.historyChips(f)
	if v.Next != nil {
		v.Older = r.historyLink(r.path, strconv.FormatInt(*v.Next, 10))
	}
	if f.before != 0 {
		v.Newest = r.historyLink(r.path, "")
	}
	return &page{Template: "history", Title: r.say("nav.history"), View: v}, nil
}

// historyQuery is what the address narrows the log to. before and after are sequence numbers, themselves not included.
type historyQuery struct {
	kind          portfolio.Kind
	subject       int64
	actor         portfolio.UserID
	before, after int64
	// except is what is left out unless it is asked for: the postings of a finance file, of which the file's own line tells.
	except portfolio.Kind
}

func (r *request) historyFilter() (historyQuery, error) {
	f := form{Values: r.query}
	q := historyQuery{subject: f.int("subject"), actor: portfolio.UserID(f.int("actor")), before: f.int("before"), after: f.int("after")}
	f.code("kind", &q.kind)
	if q.kind == 0 && f.get("postings") == "" {
		q.except = portfolio.KindPosting
	}
	if q.subject != 0 && q.kind == 0 {
		f.bad("kind", "history.kind_first")
	}
	return q, f.err()
}

// asFile tells whether the answer is a file, which has every row of the view.
func (r *request) asFile() bool {
	suffix := strings.TrimPrefix(r.URL.Path, r.path)
	if suffix == "" {
		suffix = accepted(r.Request, true)
	}
	return suffix != "" && suffix != ".json"
}

// The log is read in batches. What a single page looks through for one actor is bounded; where it stops, the next page goes on.
const (
	historyBatch = 200
	historyLooks = 50
)

// recorded reads the log by the filter, the latest first. It gives at most most sentences, or all for 0, and where to go on.
func (r *request) recorded(q historyQuery, most int) (list []sentence, next *int64, err error) {
	list = []sentence{}
	f := store.EventFilter{Kind: q.kind, Except: q.except, Subject: q.subject, Before: q.before, After: q.after, Limit: historyBatch}
	if most > 0 && q.actor == 0 {
		f.Limit = most + 1 // one more tells what the last one changed, and that there are more
	}
	var last int64
	for look := 1; ; look++ {
		events, err := r.s.Store.Events(r.Context(), r.p, f)
		if err != nil {
			return nil, nil, err
		}
		// Sentences are made before an actor's are chosen: what a change did is seen against the change before it, whoever made it.
		said, err := r.sentences(events)
		if err != nil {
			return nil, nil, err
		}
		for k, one := range said {
			if most > 0 && len(list) == most {
				return list, &last, nil
			}
			last = one.Seq
			if q.actor == 0 || events[k].Actor == q.actor {
				list = append(list, one)
			}
		}
		if len(events) < f.Limit {
			return list, nil, nil
		}
		f.Before = events[len(events)-1].Seq
		if most > 0 && look == historyLooks {
			return list, &f.Before, nil
		}
	}
}

// historyDays divides the sentences by the day they were recorded on; they come in order.
func (r *request) historyDays(list []sentence) []historyDay {
	var days []historyDay
	for _, one := range list {
		day, clock := one.At[:10], one.At[11:16]
		if n := len(days); n == 0 || days[n-1].ID != day {
			link := "/?as_of=" + day
			if day >= r.p.Today.String() {
				link = "/" // a day that has not passed is now
			}
			days = append(days, historyDay{Title: one.Day, ID: day, AsOf: link})
		}
		number := strconv.FormatInt(one.Seq, 10)
		last := &days[len(days)-1]
		last.Items = append(last.Items, historyItem{one, clock, r.link("/history?before="+strconv.FormatInt(one.Seq+1, 10)) + "#event-" + number})
	}
	return days
}

// historyTable is the log as a file, one line an event.
func historyTable(list []sentence) exchange.Table {
	t := exchange.Table{Columns: []string{"seq", "at", "who", "verb", "text", "note", "changes", "example"}}
	for _, one := range list {
		changes := make([]string, len(one.Changes))
		for i, c := range one.Changes {
			changes[i] = c.Field + ": " + c.Before + " → " + c.After
		}
		t.Add(one.Seq, one.At, one.Who, one.Verb, one.Text, one.Note, strings.Join(changes, "; "), one.Example)
	}
	return t
}
