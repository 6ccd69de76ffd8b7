package web

import (
	"fmt"
	"slices"

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
	Tasks    []task       `json:"tasks"`
	// Meeting is the board's last meeting; Since what has changed after it.
	Meeting string     `json:"last_board_meeting"`
	Since   []sentence `json:"changes_since"`
	More    string     `json:"-"`
	Lines   []lineView `json:"lines"`
	Confirm []rowView  `json:"-"`
}

type funnelStep struct {
	Step  string `json:"step"`
	Label string `json:"-"`
	Count int    `json:"count"`
	Href  string `json:"-"`
}

// task is something that waits for the reader.
type task struct {
	Text string `json:"text"`
	Href string `json:"href"`
}

// maxSince is how many changes the front page lists.
const maxSince = 12

func (s *Server) overview(r *request) (*page, error) {
	g := r.programme()
	if g == nil || r.p.Strategy == nil {
		return r.emptyPage(r.say("nav.overview")), nil
	}
	y := r.p.YearOf(g.ID, r.defaultYear(g))
	full := &savingsView{yearFigures: r.figuresOf(g, y), YearHref: fmt.Sprintf("/savings/%d", y.Year)}
	r.fillTotal(full, y)
	v := &overviewView{
		yearFigures: full.yearFigures, YearHref: r.link(full.YearHref), Lines: r.lines(y.Requirement),
		BurnUp: r.burnUp(full), Bridge: r.bridge(full), Confirm: full.Confirm,
	}
	var err error
	if v.Tasks, err = r.tasks(y); err != nil {
		return nil, err
	}
	r.fillFunnel(v)
	if err := r.fillSince(v); err != nil {
		return nil, err
	}
	notice, err := r.notice()
	if err != nil {
		return nil, err
	}
	return &page{Template: "overview", Title: r.say("overview.title", y.Year), View: v, Example: v.Example, Notice: notice, Charts: true}, nil
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
	f := store.EventFilter{Limit: maxSince + 1}
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

// tasks are what waits for the reader, by what the reader is.
func (r *request) tasks(y *portfolio.Year) ([]task, error) {
	if r.user == nil || r.asOf != 0 {
		return nil, nil
	}
	var list []task
	add := func(href, key string, args ...any) { list = append(list, task{r.say(key, args...), href}) }
	switch r.user.Role {
	case portfolio.EconomyChief:
		for _, row := range y.Rows() {
			if net := row.Claimed.Net(); net != 0 {
				add(fmt.Sprintf("/initiatives/%d#entries", row.Initiative.ID), "task.settle", row.Initiative.Title, net)
			}
		}
	case portfolio.ProjectOwner:
		for _, i := range r.p.Where(portfolio.Filter{Owner: r.user.ID}) {
			if err := r.ownerTasks(i, add); err != nil {
				return nil, err
			}
		}
	case portfolio.Director, portfolio.ProgrammeOffice:
		for d := range r.p.Decisions.All() {
			if d.Waiting != "" {
				add(fmt.Sprintf("/decisions#decision-%d", d.ID), "task.waiting", d.Waiting)
			}
		}
		for _, i := range r.p.Where(portfolio.Filter{Plan: portfolio.InPlan}) {
			if i.ProjectOwner == 0 {
				place := "about"
				if r.may(portfolio.AssignOwner, i) {
					place = "owners"
				}
				add(fmt.Sprintf("/initiatives/%d#%s", i.ID, place), "task.no_owner", i.Title)
			}
		}
	}
	return list, nil
}

// ownerTasks are what an initiative asks of its owner: amounts that are missing, claims that Finance has sent back, and months
// that have passed without a claim.
func (r *request) ownerTasks(i *portfolio.Initiative, add func(href, key string, args ...any)) error {
	href := fmt.Sprintf("/initiatives/%d", i.ID)
	benefits := r.p.BenefitsOf(i.ID)
	if len(benefits) == 0 {
		add(href+"#benefits", "task.no_benefit", i.Title)
	}
	rejected, err := r.rejected(benefits)
	if err != nil {
		return err
	}
	open := portfolio.Ended(r.p.Today)
	for _, b := range benefits {
		if b.Cash == nil || i.Plan.State != portfolio.InPlan {
			continue
		}
		if b.Unknown() {
			add(href+"#benefits", "task.no_amount", r.benefitTitle(b))
			continue
		}
		claim := fmt.Sprintf("%s#claim-%d", href, b.ID)
		if e := rejected[b.ID]; e != nil {
			add(claim, "task.rejected", r.benefitTitle(b), r.months(e.Months[0].Month, e.Months[len(e.Months)-1].Month), e.Settled.Note)
			continue // the month it left open asks for the same
		}
		for m := max(b.From, r.p.OpenFrom()); m < open; m++ {
			if !r.reported(b.ID, m) && b.Monthly(m).Net() != 0 {
				add(claim, "task.claim", r.benefitTitle(b), m)
				break
			}
		}
	}
	return nil
}

// reported tells a month that has been claimed or confirmed on the gain.
func (r *request) reported(b portfolio.BenefitID, m portfolio.Month) bool {
	_, claimed := r.p.Ledger(b).Claimed(m)
	_, confirmed := r.p.Ledger(b).Confirmed(m)
	return claimed || confirmed
}

// rejected is, gain by gain, the latest claim that was sent back and left an open month without another.
func (r *request) rejected(benefits []*portfolio.Benefit) (map[portfolio.BenefitID]*portfolio.Entry, error) {
	ids := make([]portfolio.BenefitID, len(benefits))
	for k, b := range benefits {
		ids[k] = b.ID
	}
	entries, err := r.s.Store.Entries(r.Context(), r.p, store.EntryFilter{Benefits: ids, Limit: maxEntries})
	if err != nil {
		return nil, err
	}
	left := map[portfolio.BenefitID]*portfolio.Entry{}
	for _, e := range entries {
		if e.State() == portfolio.Rejected && slices.ContainsFunc(e.Months, func(m portfolio.MonthGain) bool {
			return m.Month >= r.p.OpenFrom() && !r.reported(e.Benefit, m.Month)
		}) {
			left[e.Benefit] = e
		}
	}
	return left, nil
}

// emptyPage says what to do while there is nothing to show.
func (r *request) emptyPage(title string) *page {
	return &page{Template: "empty", Title: title, View: struct{}{}, Table: func() exchange.Table { return exchange.Table{} }}
}
