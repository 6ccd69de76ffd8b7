package web

import (
	"slices"
	"strconv"

	"github.com/go-chi/chi/v5"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// itemPage is one idea: what is said of it and by whom, how far it has come, and everything that was done to it.
type itemPage struct {
	itemView
	// Sources tell where each value that is known comes from; one without a source was entered by a user.
	Sources map[string]portfolio.Source `json:"sources"`
	Notes   []portfolio.Note            `json:"notes"`
	// Proposal is what the unit proposes, while it waits for its director.
	Proposal  *proposalView  `json:"proposal"`
	Priority  *priorityView  `json:"priority"`
	Selection *selectionView `json:"selection"`
	History   []sentence     `json:"history"`

	Heading    string                `json:"-"`
	Fields     []itemField           `json:"-"`
	IdeaSource itemField             `json:"-"`
	Class      string                `json:"-"`
	Back       string                `json:"-"`
	EditHref   string                `json:"-"`
	Documents  map[string]string     `json:"-"`
	Prioritise []*recordForm         `json:"-"`
	Decide     *itemForm             `json:"-"`
	Decisions  []itemOption          `json:"-"`
	Programmes []itemOption          `json:"-"`
	Outcomes   []portfolio.ItemState `json:"-"`
	JSON       string                `json:"-"`
}

// itemField is a value and where it comes from.
type itemField struct {
	Label, Value string
	Known        bool
	Source       portfolio.Source
	// Decision leads to the decision whose document the source is, "" where there is none.
	Decision string
}

// priorityView is a priority with the director's approval; "" and null where that is not known.
type priorityView struct {
	Period  string         `json:"period"`
	By      string         `json:"by"`
	On      portfolio.Date `json:"on"`
	Example bool           `json:"example"`
}

type selectionView struct {
	Selected bool                 `json:"selected"`
	Decision portfolio.DecisionID `json:"decision"`
	Title    string               `json:"decision_title"`
	Meeting  string               `json:"meeting"`
	Date     portfolio.Date       `json:"date"`
	// By and On tell who recorded it, and when.
	By      string         `json:"recorded_by"`
	On      portfolio.Date `json:"recorded_on"`
	Href    string         `json:"href"`
	Example bool           `json:"example"`
}

// maxItemHistory is how many changes of an item its page lists.
const maxItemHistory = 200

// itemIn finds the item that the address names.
func (r *request) itemIn(p *portfolio.Portfolio) (*portfolio.CatalogueItem, error) {
	text := chi.URLParam(r.Request, "no")
	no, err := strconv.Atoi(text)
	if err != nil {
		return nil, portfolio.Missing(portfolio.KindCatalogueItem, text)
	}
	if c := p.ItemByNo(no); c != nil {
		return c, nil
	}
	return nil, portfolio.Missing(portfolio.KindCatalogueItem, no)
}

func (s *Server) item(r *request) (*page, error) {
	c, err := r.itemIn(r.p)
	if err != nil {
		return nil, err
	}
	return r.itemPage(c)
}

func (r *request) itemPage(c *portfolio.CatalogueItem) (*page, error) {
	events, err := r.s.Store.Events(r.Context(), r.p, store.EventFilter{Kind: portfolio.KindCatalogueItem, Subject: int64(c.ID), Limit: maxItemHistory})
	if err != nil {
		return nil, err
	}
	v := &itemPage{
		itemView: r.itemView(c, r.p.InitiativesOf(c.ID)), Sources: map[string]portfolio.Source{}, Notes: append([]portfolio.Note{}, c.Notes...),
		Heading: r.itemTitle(c), Class: stateClass(c.State()), Back: r.link("/catalogue"), Documents: r.decisionsByDocument(), JSON: r.link(itemHref(c) + ".json"),
	}
	if v.History, err = r.sentences(events); err != nil {
		return nil, err
	}
	for _, name := range statedFields(c) {
		v.Sources[name] = c.Sources.Of(name)
	}
	r.fillFields(v, c)
	r.fillState(v, c, events)
	r.fillForms(v, c)
	notice, err := r.notice()
	if err != nil {
		return nil, err
	}
	return &page{Template: "item", Title: v.Heading, View: v, Example: c.ExampleField("title"), Notice: notice}, nil
}

// fillFields lists what is said of the item, value by value. What no source states is not known, so it has no source either.
func (r *request) fillFields(v *itemPage, c *portfolio.CatalogueItem) {
	field := func(name, label, value string) itemField {
		f := itemField{Label: r.say(label), Value: value, Known: value != "", Source: c.Sources.Of(name)}
		f.Decision = v.Documents[f.Source.Document]
		return f
	}
	pageNo, origin, mandatory := "", "", ""
	if c.Page != 0 {
		pageNo = strconv.Itoa(c.Page)
	}
	if c.Origin != portfolio.OriginUnknown {
		origin = r.say("origin." + c.Origin.String())
	}
	switch {
	case c.Mandatory:
		mandatory = r.say("mandatory.true")
	case c.Sources.Of("mandatory").Document == "": // a document that does not mention it has not denied it
		mandatory = r.say("mandatory.false")
	}
	v.Fields = []itemField{
		field("no", "catalogue.no", strconv.Itoa(c.No)),
		field("page", "catalogue.page", pageNo),
		field("title", "field.title", c.Title),
		field("area", "field.area", r.area(c.Area)),
		field("origin", "field.origin", origin),
		field("mandatory", "field.mandatory", mandatory),
		field("types", "field.types", r.typeWords(c.Types)),
	}
	v.IdeaSource = field("idea", "field.idea", c.Idea)
}

// fillState tells how the item came where it is: who prioritised it, which decision selected it, and who recorded that.
func (r *request) fillState(v *itemPage, c *portfolio.CatalogueItem, events []portfolio.Event) {
	if c.Proposal != nil {
		waits := r.proposalView(c)
		v.Proposal = &waits
	}
	if q := c.Priority; q != nil {
		by, on := r.approval(q)
		v.Priority = &priorityView{q.Period, by, on, c.ExampleField("priority")}
	}
	if c.Selection == nil {
		return
	}
	v.Selection = &selectionView{Selected: c.Selection.Selected, Decision: c.Selection.Decision, Example: c.ExampleField("selection")}
	if d := r.p.Decisions.Ever(c.Selection.Decision); d != nil {
		v.Selection.Title, v.Selection.Href = r.subject(d)
		if m := r.p.Meetings.Ever(d.Meeting); m != nil {
			v.Selection.Meeting, v.Selection.Date = m.Name, m.Date
		}
	}
	decided := slices.IndexFunc(events, func(e portfolio.Event) bool {
		return e.Verb == "catalogue_item.select" || e.Verb == "catalogue_item.not_select"
	})
	if decided >= 0 {
		v.Selection.By, v.Selection.On = r.name(events[decided].Actor), store.DayOf(events[decided].At)
	}
}

// decisionsByDocument leads from a document's number to the decision it belongs to.
func (r *request) decisionsByDocument() map[string]string {
	hrefs := map[string]string{}
	for d := range r.p.Decisions.All() {
		if d.Document != "" {
			_, hrefs[d.Document] = r.subject(d)
		}
	}
	return hrefs
}
