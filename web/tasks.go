package web

import (
	"net/http"
	"slices"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/web/worklist"
)

func (s *Server) taskRoutes() []route {
	return []route{{
		method: http.MethodGet, pattern: "/tasks", action: portfolio.ViewPortfolio, page: s.tasks, list: true,
		view: tasksView{}, query: listFields,
	}}
}

// tasksView is everything that waits for the reader.
type tasksView struct {
	Items []taskView `json:"items"`
	// Next is what to send as "after" for the rows that follow.
	Next  *int64 `json:"next"`
	Total int    `json:"total"`
	// Late counts those that should have been done.
	Late   int         `json:"late"`
	Groups []taskGroup `json:"-"`
	Links  listLinks   `json:"-"`
}

// taskGroup is the tasks of one kind.
type taskGroup struct {
	Kind  portfolio.TaskKind
	Title string
	Items []taskView
}

// taskView is something that waits for the reader.
type taskView struct {
	// No counts the reader's tasks by when they are due.
	No         int64                  `json:"no"`
	Kind       portfolio.TaskKind     `json:"kind"`
	Initiative portfolio.InitiativeID `json:"initiative,omitempty"`
	Title      string                 `json:"title"`
	Text       string                 `json:"text"`
	Href       string                 `json:"href"`
	Due        portfolio.Date         `json:"due"`
	Since      portfolio.Date         `json:"since"`
	Month      portfolio.Month        `json:"month"`
	Amount     ore                    `json:"amount_ore"`
	About      bool                   `json:"amount_approximate"`
	Late       bool                   `json:"late"`
	Example    bool                   `json:"example"`
	When       string                 `json:"-"`
}

// tasksOf lists what waits for the reader. Nothing waits in the past.
func (r *request) tasksOf() ([]taskView, error) {
	if r.user == nil || r.asOf != 0 {
		return nil, nil
	}
	found, err := worklist.Of(r.Context(), r.s.Store, r.p, r.user)
	if err != nil {
		return nil, err
	}
	list := make([]taskView, len(found))
	for k, t := range found {
		list[k] = taskView{
			No: int64(k + 1), Kind: t.Kind, Text: worklist.Text(r.lang, r.p, t), Href: worklist.Href(t), Due: t.Due,
			Since: worklist.Since(t), Month: t.Month, Amount: ore{t.Amount}, About: t.Amount.Approximate, Late: t.Late(r.p.Today),
			Example: portfolio.MetaOf(t.Subject).AnyExample(), When: worklist.When(r.lang, t),
		}
		if t.Initiative != nil {
			list[k].Initiative, list[k].Title = t.Initiative.ID, t.Initiative.Title
		}
	}
	return list, nil
}

func (s *Server) tasks(r *request) (*page, error) {
	q := form{Values: r.query}
	after := q.int("after")
	if err := q.err(); err != nil {
		return nil, err
	}
	all, err := r.tasksOf()
	if err != nil {
		return nil, err
	}
	v := &tasksView{Items: []taskView{}, Total: len(all)}
	shown, next := paged(all, after, func(t taskView) int64 { return t.No })
	v.Items = append(v.Items, shown...)
	v.Next, v.Links = next, r.listLinks(after, next)
	for _, t := range all {
		if t.Late {
			v.Late++
		}
	}
	for _, t := range v.Items {
		at := slices.IndexFunc(v.Groups, func(g taskGroup) bool { return g.Kind == t.Kind })
		if at < 0 {
			at = len(v.Groups)
			v.Groups = append(v.Groups, taskGroup{Kind: t.Kind, Title: worklist.Group(r.lang, t.Kind)})
		}
		v.Groups[at].Items = append(v.Groups[at].Items, t)
	}
	return &page{Template: "tasks", Title: r.say("tasks.title"), View: v, Table: func() exchange.Table { return tasksTable(all) }}, nil
}

func tasksTable(all []taskView) exchange.Table {
	t := exchange.Table{Columns: []string{"no", "kind", "initiative", "title", "text", "due", "since", "month", "amount", "late", "example", "href"}}
	for _, v := range all {
		t.Add(v.No, v.Kind.String(), int64(v.Initiative), v.Title, v.Text, v.Due, v.Since, v.Month, v.Amount.Figure, v.Late, v.Example, v.Href)
	}
	return t
}
