package web

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/go-chi/chi/v5"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
	"gevinst/web/chart"
)

// initiativeView is one initiative: what it is to bring, what is confirmed, and everything that its owner works on.
type initiativeView struct {
	ID           portfolio.InitiativeID `json:"id"`
	Version      int64                  `json:"version"`
	Title        string                 `json:"title"`
	Summary      string                 `json:"summary"`
	Programme    string                 `json:"programme"`
	Background   portfolio.Background   `json:"background"`
	ItemNo       int                    `json:"catalogue_item,omitempty"`
	AreaID       portfolio.AreaID       `json:"area_id,omitempty"`
	Area         string                 `json:"area"`
	ProjectOwner string                 `json:"project_owner"`
	BenefitOwner string                 `json:"benefit_owner"`
	Stage        portfolio.Stage        `json:"stage"`
	Plan         portfolio.Membership   `json:"plan"`
	Reason       string                 `json:"plan_reason,omitempty"`
	PlanDecision portfolio.DecisionID   `json:"plan_decision,omitempty"`
	Schedule     portfolio.Schedule     `json:"schedule"`
	WasPlanned   portfolio.Schedule     `json:"planned_schedule"`
	Year         int                    `json:"year"`
	initiativeFigures
	Months    []monthFigure     `json:"months"`
	Benefits  []*benefitView    `json:"benefits"`
	Entries   []entryView       `json:"entries"`
	Decisions []decisionRef     `json:"decisions"`
	Notes     []noteView        `json:"notes"`
	Comments  []sentence        `json:"comments"`
	History   []sentence        `json:"history"`
	Overlap   *overlapRef       `json:"overlap"`
	Case      *caseLead         `json:"business_case"`
	Sources   portfolio.Sources `json:"sources,omitempty"`
	// CaseFile is the case in the municipality's document system.
	CaseFile portfolio.CaseFile `json:"case_file"`
	initiativeNeeds
	initiativeWork
	// Preview is what a delay would move, where that was asked.
	Preview *delayPreview `json:"delay_preview,omitempty"`

	// Facts are what is told of it, each with its source; Whole is the source of all the rest.
	Facts []factView       `json:"-"`
	Whole portfolio.Source `json:"-"`
	// AtLeast stands for a full year that is not known: what is known of it, Without the gains that lack an amount or a month.
	AtLeast  ore    `json:"-"`
	Without  int    `json:"-"`
	Headline string `json:"-"`
	Strong   string `json:"-"`
	// FiguresExample tells that a part of the figures is invented.
	FiguresExample bool        `json:"figures_example"`
	BurnUp         chart.Chart `json:"-"`
	// Forms are what the reader may do, in the order of use; NewHref leads to where another gain is described, Again is the form
	// that was refused.
	CreditedWords string      `json:"-"`
	Forms         []*formView `json:"-"`
	NewHref       string      `json:"-"`
	// EntriesHref leads to all entries, where only the latest are shown.
	EntriesHref string `json:"-"`
	// Owed are the gains that a closed initiative still owes.
	Owed     []openGain `json:"-"`
	MapHref  string     `json:"-"`
	CaseHref string     `json:"-"`
	Again    *formView  `json:"-"`
	ListHref string     `json:"-"`
}

// factView is a value with what it is called, and its own source where it is not the source of the whole.
type factView struct {
	Label, Text, Href string
	Source            portfolio.Source
	// Elsewhere tells that the address is another system's.
	Elsewhere bool
}

// decisionRef is a decision that touched the initiative.
type decisionRef struct {
	ID      portfolio.DecisionID `json:"id"`
	Date    portfolio.Date       `json:"date"`
	Title   string               `json:"title"`
	Outcome string               `json:"outcome"`
	Example bool                 `json:"example"`
	Href    string               `json:"-"`
}

// overlapRef says which other programmes draw on the same cut, and where it counts; Home "" awaits a decision.
type overlapRef struct {
	Title      string   `json:"title"`
	Home       string   `json:"home"`
	Programmes []string `json:"programmes"`
	Drawn      ore      `json:"drawn_ore"`
	Text       string   `json:"-"`
	Example    bool     `json:"example"`
}

// maxHistory is how many of its changes the initiative's page tells.
const maxHistory = 100

func (s *Server) initiative(r *request) (*page, error) {
	id, err := pathID(r, portfolio.KindInitiative)
	if err != nil {
		return nil, err
	}
	return r.initiativePage(portfolio.InitiativeID(id))
}

// pathID is the number in the address.
func pathID(r *request, kind portfolio.Kind) (int64, error) {
	text := chi.URLParam(r.Request, "id")
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || id < 1 {
		return 0, portfolio.Missing(kind, text)
	}
	return id, nil
}

func (r *request) initiativePage(id portfolio.InitiativeID) (*page, error) {
	i := r.p.Initiatives.Get(id)
	if i == nil {
		return nil, portfolio.Missing(portfolio.KindInitiative, int64(id))
	}
	// A form on a part of the initiative comes back on this page, whose address the frame's links then are.
	r.path = fmt.Sprintf("/initiatives/%d", id)
	g := r.p.Programmes.Ever(i.Programme)
	v := &initiativeView{
		ID: i.ID, Version: i.Version, Title: i.Title, Summary: i.Summary, Programme: g.Code, Background: i.Background,
		AreaID: i.Area, Area: r.area(i.Area), ProjectOwner: r.name(i.ProjectOwner), BenefitOwner: r.name(i.BenefitOwner),
		Stage: i.Stage, Plan: i.Plan.State, Reason: i.Plan.Reason, PlanDecision: i.Plan.Decision, Schedule: i.Now,
		WasPlanned: i.PlannedSchedule(), Year: r.defaultYear(g), Notes: notesOf(i.Notes), Sources: i.Sources,
		Whole: i.Sources.Of(""), CaseFile: i.CaseFile, ListHref: r.link("/initiatives"),
		MapHref: r.link(fmt.Sprintf("/benefits/map?initiative=%d", i.ID)), CaseHref: r.link(caseHref(i.ID)),
	}
	v.initiativeFigures = r.initiativeFigures(i, v.Year)
	if !v.FullYear.Known {
		v.AtLeast, v.Without = r.atLeast(i)
	}
	v.CreditedWords = r.creditedWords("savings.credited", r.initiativeYear(i, v.Year).Credited.Net(), r.p.CreditedFrom(i.Programme, v.Year), v.Year)
	v.Months = r.initiativeMonths(i, v.Year)
	v.FiguresExample = r.initiativeYear(i, v.Year).Invented > 0
	for _, b := range r.p.BenefitsOf(i.ID) {
		v.Benefits = append(v.Benefits, &benefitView{benefitRow: r.benefitRow(b, v.Year)})
	}
	v.Overlap, v.Owed = r.overlapRef(i), r.openGains(i)
	v.Headline, v.Strong = r.headline(i, v)
	v.Facts = r.initiativeFacts(i, v)
	v.BurnUp = r.initiativeChart(v)
	entries, all, err := r.entriesOf(r.p.BenefitsOf(i.ID), fmt.Sprintf("initiative=%d", i.ID))
	if err != nil {
		return nil, err
	}
	v.Entries, v.EntriesHref = entries, all
	if err := r.fillPast(i, v); err != nil {
		return nil, err
	}
	lead, err := r.caseLead(i.ID)
	if err != nil {
		return nil, err
	}
	v.Case = lead
	r.fillNeeds(i, v)
	r.offerForms(i, v)
	r.fillWork(i, v)
	notice, err := r.initiativeNotice(i, v)
	if err != nil {
		return nil, err
	}
	return &page{
		Template: "initiative", Title: i.Title, View: v, Example: i.Example(), Notice: notice, Charts: v.BurnUp.Option != nil,
	}, nil
}

// initiativeFacts are the values that the page tells, each with its own source where it has one.
func (r *request) initiativeFacts(i *portfolio.Initiative, v *initiativeView) []factView {
	var list []factView
	unknown := r.say("figure.unknown")
	add := func(field, label, text, href string) {
		src := i.Sources.Of(field)
		if src == v.Whole {
			src = portfolio.Source{}
		}
		list = append(list, factView{Label: label, Text: cmp.Or(text, unknown), Href: href, Source: src})
	}
	none := r.say("initiatives.none_named")
	add("project_owner", r.say("field.project_owner"), cmp.Or(v.ProjectOwner, none), "")
	add("benefit_owner", r.say("field.benefit_owner"), cmp.Or(v.BenefitOwner, none), "")
	add("area", r.say("field.area"), v.Area, "")
	background, href := r.say("background."+i.Background.String()), ""
	if c := r.p.Items.Ever(i.Item); c != nil {
		v.ItemNo = c.No
		background, href = fmt.Sprintf("%s: %s", background, r.itemTitle(c)), r.link(fmt.Sprintf("/catalogue/%d", c.No))
	}
	add("background", r.say("initiatives.background"), background, href)
	add("stage", r.say("field.stage"), r.say("stage."+i.Stage.String()), "")
	plan := r.say("initiatives.plan_never")
	if i.Plan.State != 0 {
		plan = r.say("plan_state." + i.Plan.State.String())
	}
	if i.Plan.Reason != "" {
		plan += ": " + i.Plan.Reason
	}
	href = ""
	if i.Plan.Decision != 0 {
		href = r.link(fmt.Sprintf("/decisions#decision-%d", i.Plan.Decision))
	}
	add("plan", r.say("field.plan"), plan, href)
	add("now", r.say("initiatives.schedule_planned"), r.period(v.WasPlanned), "")
	if i.Planned != nil && *i.Planned != i.Now {
		add("now", r.say("initiatives.schedule_now"), r.period(i.Now), "")
	}
	add("one_off", r.say("field.one_off"), money(r.lang, i.OneOff, r.lang.Style.Kroner), "")
	if file := i.CaseFile; file != (portfolio.CaseFile{}) {
		add("case_file", r.say("field.case_file"), cmp.Or(file.No, file.URL), file.URL)
		list[len(list)-1].Elsewhere = file.URL != ""
	}
	return list
}

// period says a schedule; it ends where the month after it begins.
func (r *request) period(s portfolio.Schedule) string {
	style := r.lang.Style
	switch {
	case s.Start == 0 && s.Done == 0:
		return ""
	case s.Done == 0:
		return r.say("initiatives.period_from", style.MonthName(s.Start))
	case s.Start == 0:
		return r.say("initiatives.period_to", style.MonthName(s.Done-1))
	}
	return style.MonthName(s.Start) + " – " + style.MonthName(s.Done-1)
}

func (r *request) overlapRef(i *portfolio.Initiative) *overlapRef {
	o := r.p.OverlapOf(i.ID)
	if o == nil {
		return nil
	}
	v := &overlapRef{Title: o.Title, Example: o.AnyExample()}
	for _, id := range o.Programmes {
		if g := r.p.Programmes.Ever(id); g != nil {
			v.Programmes = append(v.Programmes, g.Name)
		}
	}
	for _, b := range r.p.BenefitsOf(i.ID) {
		if b.Cash != nil && b.Gross.Known {
			v.Drawn = exactly(v.Drawn.Ore + b.FullYear().Net())
			v.Example = v.Example || b.AnyExample()
		}
	}
	v.Text = r.say("initiatives.overlap.awaits")
	if home := r.p.Programmes.Ever(o.Home); home != nil {
		v.Home = home.Name
		v.Text = r.say("initiatives.overlap.home", home.Name)
	}
	return v
}

// fillPast tells what has been done to the initiative, what was said of it, and the decisions that it followed from.
func (r *request) fillPast(i *portfolio.Initiative, v *initiativeView) error {
	events, err := r.s.Store.Events(r.Context(), r.p, store.EventFilter{
		Kind: portfolio.KindInitiative, Subject: int64(i.ID), Limit: maxHistory,
	})
	if err != nil {
		return err
	}
	said, err := r.sentences(events)
	if err != nil {
		return err
	}
	decisions := []portfolio.DecisionID{i.Plan.Decision}
	for k, e := range events {
		decisions = append(decisions, e.Decision)
		if e.Verb == "initiative.comment" {
			v.Comments = append(v.Comments, said[k])
			continue
		}
		v.History = append(v.History, said[k])
	}
	slices.Sort(decisions)
	for _, id := range slices.Compact(decisions) {
		if d := r.p.Decisions.Ever(id); d != nil {
			v.Decisions = append(v.Decisions, decisionRef{
				ID: id, Date: r.decided(d), Title: d.Title, Outcome: d.Outcome, Example: d.AnyExample(),
				Href: r.link(fmt.Sprintf("/decisions#decision-%d", id)),
			})
		}
	}
	slices.SortStableFunc(v.Decisions, func(a, b decisionRef) int { return int(b.Date - a.Date) })
	return nil
}
