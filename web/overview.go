package web

import (
	"fmt"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/store"
	"gevinst/web/chart"
)

// overviewView is the front page: the year in one sentence, the pictures behind it, what waits for the reader, and what has
// changed since the board last met.
type overviewView struct {
	yearFigures
	YearHref string       `json:"-"`
	BurnUp   chart.Chart  `json:"-"`
	Bridge   chart.Chart  `json:"-"`
	Funnel   chart.Chart  `json:"-"`
	Steps    []funnelStep `json:"funnel"`
	// Tasks are the first of what waits for the reader, TaskCount how many there are.
	Tasks     []taskView `json:"tasks"`
	TaskCount int        `json:"tasks_total"`
	// Meeting is the board's last meeting; Since what has changed after it.
	Meeting string     `json:"last_board_meeting"`
	Since   []sentence `json:"changes_since"`
	More    string     `json:"-"`
	Lines   []lineView `json:"lines"`
	Confirm []rowView  `json:"-"`
	// Reset tells the reader that somebody else reset the account.
	Reset string `json:"-"`
}

type funnelStep struct {
	Step  string `json:"step"`
	Label string `json:"-"`
	Count int    `json:"count"`
	Href  string `json:"-"`
}

// maxTasks is how many tasks the front page lists.
const maxTasks = 12

// maxSince is how many changes the front page lists.
const maxSince = 12

func (s *Server) overview(r *request) (*page, error) {
	g := r.programme()
	if g == nil || r.p.Strategy == nil {
		return r.emptyPage(r.say("nav.overview")), nil
	}
	y := r.yearOf(g, r.defaultYear(g), yearFilter{})
	home := fmt.Sprintf("/savings/%d", y.number())
	v := &overviewView{
		yearFigures: r.figuresOf(g, y.Year), YearHref: r.link(home), Lines: r.lines(y.Requirement), Confirm: r.confirmedParts(y),
		Reset: r.wasReset(),
	}
	v.BurnUp, v.Bridge = r.burnUpOf(&v.yearFigures), chart.Bridge(r.voice(), r.bridgeOf(y, home))
	tasks, err := r.tasksOf()
	if err != nil {
		return nil, err
	}
	v.TaskCount, v.Tasks = len(tasks), r.taskViews(tasks[:min(len(tasks), maxTasks)], 0)
	r.fillFunnel(v)
	if err := r.fillSince(v); err != nil {
		return nil, err
	}
	notice, err := r.notice()
	if err != nil {
		return nil, err
	}
	return &page{Template: "overview", Title: r.say("overview.title", y.number()), View: v, Example: v.Example, Notice: notice, Charts: true}, nil
}

// fillFunnel counts how far the catalogue's items and the initiatives have come.
func (r *request) fillFunnel(v *overviewView) {
	prioritised, selected, realizing := 0, 0, 0
	for c := range r.p.Items.All() {
		if c.State() != portfolio.Described {
			prioritised++
		}
	}
	for i := range r.p.Initiatives.All() {
		if i.Plan.State != portfolio.OutOfPlan {
			selected++
		}
		if i.Stage >= portfolio.Realizing && i.Plan.State == portfolio.InPlan {
			realizing++
		}
	}
	v.Steps = []funnelStep{
		{"catalogue", r.say("overview.funnel.catalogue"), r.p.Items.Len(), r.link("/catalogue")},
		{"prioritised", r.say("overview.funnel.prioritised"), prioritised, r.link("/catalogue?state=prioritised")},
		{"selected", r.say("overview.funnel.selected"), selected, r.link("/initiatives")},
		{"realizing", r.say("overview.funnel.realizing"), realizing, r.link("/initiatives?stage=realizing")},
	}
	d := chart.FunnelData{AsOf: v.AsOf}
	for _, step := range v.Steps {
		d.Steps = append(d.Steps, chart.FunnelStep{Label: step.Label, Count: step.Count, Href: step.Href})
	}
	v.Funnel = chart.Funnel(r.voice(), d)
}

// fillSince lists what has been recorded after the day of the board's last meeting.
func (r *request) fillSince(v *overviewView) error {
	// a finance file is one change: its postings would crowd out everything that people did
	f := store.EventFilter{Except: portfolio.KindPosting, Limit: maxSince + 1}
	if m := r.p.LastBoardMeeting(); m != nil {
		v.Meeting = r.lang.Style.Date(m.Date)
		f.Since = portfolio.InstantOf(m.Date.AddDays(1).Time(store.Copenhagen))
	}
	events, err := r.s.Store.Events(r.Context(), r.p, f)
	if err != nil {
		return err
	}
	if len(events) > maxSince {
		events, v.More = events[:maxSince], r.link("/history")
	}
	v.Since, err = r.sentences(events)
	return err
}

// emptyPage says what to do while there is nothing to show.
func (r *request) emptyPage(title string) *page {
	return &page{Template: "empty", Title: title, View: struct{}{}, Table: func() exchange.Table { return exchange.Table{} }}
}
