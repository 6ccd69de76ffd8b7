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
func (r *request) tasksOf() ([]portfolio.Task, error) {
	if r.user == nil || r.asOf != 0 {
		return nil, nil
	}
	return worklist.Of(r.Context(), r.s.Store, r.p, r.user)
}

// taskViews says tasks in words; before is how many of the reader's tasks come before them.
func (r *request) taskViews(tasks []portfolio.Task, before int) []taskView {
	list := make([]taskView, len(tasks))
	for k, t := range tasks {
		list[k] = taskView{
			No: int64(before + k + 1), Kind: t.Kind, Text: worklist.Text(r.lang, r.p, t), Href: worklist.Href(t), Due: t.Due,
			Since: worklist.Since(t), Month: t.Month, Amount: ore{t.Amount}, About: t.Amount.Approximate, Late: t.Late(r.p.Today),
			Example: portfolio.MetaOf(t.Subject).AnyExample(), When: worklist.When(r.lang, t),
		}
		if t.Initiative != nil {
			list[k].Initiative, list[k].Title = t.Initiative.ID, t.Initiative.Title
		}
	}
	return list
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
	from := int(min(max(after, 0), int64(len(all)))) // a task is known by its number
	end := min(from+pageRows, len(all))
	v := &tasksView{Items: r.taskViews(all[from:end], from), Total: len(all)}
	if last := int64(end); end < len(all) {
		v.Next = &last
	}
	v.Links = r.listLinks(after, v.Next)
	for _, t := range all {
		if t.Late(r.p.Today) {
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
	return &page{Template: "tasks", Title: r.say("tasks.title"), View: v, Table: func() exchange.Table { return tasksTable(r.taskViews(all, 0)) }}, nil
}

func tasksTable(all []taskView) exchange.Table {
	t := exchange.Table{Columns: []string{"no", "kind", "initiative", "title", "text", "due", "since", "month", "amount", "late", "example", "href"}}
	for _, v := range all {
		t.Add(v.No, v.Kind.String(), int64(v.Initiative), v.Title, v.Text, v.Due, v.Since, v.Month, v.Amount.Figure, v.Late, v.Example, v.Href)
	}
	return t
}
