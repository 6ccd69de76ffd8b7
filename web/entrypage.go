package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/store"
)

func (s *Server) entryRoutes() []route {
	return []route{
		{method: http.MethodGet, pattern: "/entries", action: portfolio.ViewPortfolio, page: s.entries, list: true, view: entriesView{}, query: entryFields},
		{method: http.MethodGet, pattern: "/entries/{id}", action: portfolio.ViewPortfolio, page: s.entry, view: entryPage{}},
		{method: http.MethodPost, pattern: "/entries/{id}/settlement", action: portfolio.SettleClaim, page: s.entry, form: s.settleEntry, view: entryPage{}, sends: seenFields.and(fields{"settlement": ""})},
		{method: http.MethodPost, pattern: "/entries/{id}/reversal", action: portfolio.ReverseEntry, page: s.entry, form: s.reverseEntry, view: entryPage{}, sends: seenFields},
	}
}

var entryFields = listFields.and(fields{
	"before": int64(0), "initiative": portfolio.InitiativeID(0), "benefit": portfolio.BenefitID(0), "state": portfolio.EntryState(0),
	"month": portfolio.Month(0),
})

// entriesView is the ledger, the latest entries first, as the filter leaves it.
type entriesView struct {
	Entries []entryView `json:"items"`
	// Next is what to send as "after" for the rows that follow; Previous as "before" for those that led up to these.
	Next     *int64 `json:"next"`
	Previous *int64 `json:"previous"`

	// Of is what the list is narrowed to; QueueHref leads to what waits.
	Of        string       `json:"-"`
	QueueHref string       `json:"-"`
	OfHref    string       `json:"-"`
	Hidden    []queryField `json:"-"`
	Facets    []facet      `json:"-"`
	Month     string       `json:"-"`
	Chips     []queryTag   `json:"-"`
	Pages     pageLinks    `json:"-"`
	Links     listLinks    `json:"-"`
}

// pageLinks lead forwards and back in a list.
type pageLinks struct{ Previous, Next string }

// entries is the list of the ledger's entries.
func (s *Server) entries(r *request) (*page, error) {
	f, err := r.entryFilter()
	if err != nil {
		return nil, err
	}
	v := &entriesView{Month: r.value("month"), QueueHref: r.link("/savings/queue")}
	r.entryNarrowed(v)
	if r.asFile() {
		all, err := r.allEntries(f)
		if err != nil {
			return nil, err
		}
		return &page{View: v, Table: func() exchange.Table { return r.entriesTable(all) }}, nil
	}
	f.Limit = pageRows
	found, err := r.s.Store.EntryPage(r.Context(), r.p, f)
	if err != nil {
		return nil, err
	}
	v.Entries = r.entryViews(found.Entries)
	v.Next, v.Previous, v.Pages = r.turn(found)
	v.Links = r.entryFiles()
	return &page{Template: "entries", Title: r.say("entries.title"), View: v}, nil
}

// entryFilter reads the filter in the address.
func (r *request) entryFilter() (store.EntryFilter, error) {
	q := form{Values: r.query}
	f := store.EntryFilter{
		Latest: true, First: q.month("month"), After: portfolio.EntryID(q.int("after")), Before: portfolio.EntryID(q.int("before")),
	}
	q.code("state", &f.State)
	initiative, benefit := portfolio.InitiativeID(q.int("initiative")), portfolio.BenefitID(q.int("benefit"))
	if initiative != 0 {
		f.Benefits = []portfolio.BenefitID{}
		for _, b := range r.p.BenefitsOf(initiative) {
			if benefit == 0 || b.ID == benefit {
				f.Benefits = append(f.Benefits, b.ID)
			}
		}
	} else if benefit != 0 {
		f.Benefits = []portfolio.BenefitID{benefit}
	}
	return f, q.err()
}

// entryNarrowed says what the list is narrowed to, and offers to narrow it further.
func (r *request) entryNarrowed(v *entriesView) {
	q := form{Values: r.query}
	var gains []optionView
	if i := r.p.Initiatives.Get(portfolio.InitiativeID(q.int("initiative"))); i != nil {
		v.Of, v.OfHref = i.Title, r.link(fmt.Sprintf("/initiatives/%d", i.ID))
		for _, b := range r.p.BenefitsOf(i.ID) {
			gains = append(gains, optionView{Value: idText(b.ID), Label: b.Title})
		}
	} else if b := r.p.Benefits.Get(portfolio.BenefitID(q.int("benefit"))); b != nil {
		v.Of, v.OfHref = r.benefitTitle(b), r.link(fmt.Sprintf("/benefits/%d", b.ID))
	}
	v.Facets = []facet{r.facet("state", r.say("initiatives.entry_state"), codes(r, "entry", portfolio.EntryStates(), ""))}
	kept := []string{"as_of", "programme", "initiative"}
	if len(gains) > 1 {
		v.Facets = append(v.Facets, r.facet("benefit", r.say("kind.benefit"), gains))
	} else {
		kept = append(kept, "benefit")
	}
	for _, name := range kept {
		if value := r.value(name); value != "" {
			v.Hidden = append(v.Hidden, queryField{name, value})
		}
	}
	v.Chips = r.chips(v.Facets)
	if m := q.month("month"); m != 0 {
		v.Chips = append(v.Chips, queryTag{r.lang.Style.MonthName(m), r.turned("", "", "month")})
	}
}

// turn gives the places before and behind a page of entries, and the way there.
func (r *request) turn(found store.EntryPage) (next, previous *int64, links pageLinks) {
	if n := len(found.Entries); n > 0 && found.Beyond {
		last := int64(found.Entries[n-1].ID)
		next, links.Next = &last, r.turned("after", strconv.FormatInt(last, 10))
	}
	if len(found.Entries) > 0 && found.Earlier {
		first := int64(found.Entries[0].ID)
		previous, links.Previous = &first, r.turned("before", strconv.FormatInt(first, 10))
	}
	if len(found.Entries) == 0 && found.Earlier {
		links.Previous = r.turned("", "") // what was turned from is gone: begin again
	}
	return next, previous, links
}

// narrowing is what of this page's address narrows the list: not the place in it, nor what was just saved.
func (r *request) narrowing(drop ...string) url.Values {
	q := url.Values{}
	for name, values := range r.query {
		if !slices.Contains(drop, name) && name != "after" && name != "before" && name != "saved" && len(values) > 0 && values[0] != "" {
			q[name] = values
		}
	}
	return q
}

// turned is this view's address at another place of the list, and without what is dropped.
func (r *request) turned(name, value string, drop ...string) string {
	q := r.narrowing(drop...)
	if name != "" {
		q.Set(name, value)
	}
	if len(q) == 0 {
		return r.path
	}
	return r.path + "?" + q.Encode()
}

func (r *request) entryFiles() listLinks {
	filter := ""
	if q := r.narrowing(); len(q) > 0 {
		filter = "?" + q.Encode()
	}
	return listLinks{XLSX: r.path + ".xlsx" + filter, CSV: r.path + ".csv" + filter, JSON: r.path + ".json" + filter}
}

// allEntries reads every entry that the filter leaves, some at a time.
func (r *request) allEntries(f store.EntryFilter) (all []*portfolio.Entry, err error) {
	const batch = 1000
	f.After, f.Before, f.Limit = 0, 0, batch
	for {
		some, err := r.s.Store.Entries(r.Context(), r.p, f)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
		if len(some) < batch {
			return all, nil
		}
		if last := some[len(some)-1].ID; f.Latest {
			f.Before = last
		} else {
			f.After = last
		}
	}
}

func (r *request) entriesTable(list []*portfolio.Entry) exchange.Table {
	t := exchange.Table{Columns: []string{
		"entry", "initiative", "initiative_title", "benefit", "benefit_title", "from", "to", "gross", "running", "net", "state", "claimed_by",
		"claimed_on", "settled_by", "settled_on", "settlement_note", "document", "account", "transfer", "note", "reverses", "reversed_by",
		"example",
	}}
	for _, e := range list {
		v, of := r.entryView(e), r.p.Benefits.Ever(e.Benefit).Initiative
		t.Add(int64(v.ID), int64(of), r.initiativeTitle(of), int64(v.Benefit), v.Title, v.From, v.To, v.Gross.Figure, v.Running.Figure,
			v.Net.Figure, v.State.String(), v.ClaimedBy, v.ClaimedOn, v.SettledBy, v.SettledOn, v.SettledNote, v.Document, v.Account,
			v.Transfer, v.Note, int64(v.Reverses), int64(v.ReversedBy), v.Example)
	}
	return t
}

// entryPage is one entry of the ledger: its months, its evidence, and all that has become of it.
type entryPage struct {
	entryView
	Initiative      portfolio.InitiativeID `json:"initiative_id"`
	InitiativeTitle string                 `json:"initiative"`
	Decisions       []decisionRef          `json:"decisions"`
	History         []sentence             `json:"history"`

	// Why says why a controller leaves the entry to another, "" where it is his to settle.
	Why             string      `json:"-"`
	ReversesHref    string      `json:"-"`
	ReversedByHref  string      `json:"-"`
	OfHref, AllHref string      `json:"-"`
	Forms           []*formView `json:"-"`
	Again           *formView   `json:"-"`
}

// entry is an entry's own page, where Finance settles and reverses it.
func (s *Server) entry(r *request) (*page, error) {
	id, err := pathID(r, portfolio.KindEntry)
	if err != nil {
		return nil, err
	}
	found, err := r.s.Store.Entries(r.Context(), r.p, store.EntryFilter{After: portfolio.EntryID(id) - 1, Before: portfolio.EntryID(id) + 1, Limit: 1})
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, portfolio.Missing(portfolio.KindEntry, id)
	}
	e := found[0]
	b := r.p.Benefits.Ever(e.Benefit)
	v := &entryPage{
		entryView: r.entryView(e), Initiative: b.Initiative, InitiativeTitle: r.initiativeTitle(b.Initiative),
		OfHref: r.link(fmt.Sprintf("/initiatives/%d", b.Initiative)), AllHref: r.link(fmt.Sprintf("/entries?benefit=%d", b.ID)),
	}
	if e.Reverses != 0 {
		v.ReversesHref = r.link(fmt.Sprintf("/entries/%d", e.Reverses))
	}
	if e.ReversedBy != 0 {
		v.ReversedByHref = r.link(fmt.Sprintf("/entries/%d", e.ReversedBy))
	}
	if err := r.entryPast(e, b, v); err != nil {
		return nil, err
	}
	r.offerEntry(e, v)
	notice, err := r.notice()
	if err != nil {
		return nil, err
	}
	return &page{Template: "entry", Title: r.say("entries.one", id, v.Title), View: v, Example: v.Example, Notice: notice}, nil
}

// entryPast tells what has been done to the entry, and the decisions that it, its gain or its initiative's place in the plan
// follows from.
func (r *request) entryPast(e *portfolio.Entry, b *portfolio.Benefit, v *entryPage) error {
	events, err := r.s.Store.Events(r.Context(), r.p, store.EventFilter{Kind: portfolio.KindEntry, Subject: int64(e.ID), Limit: maxHistory})
	if err != nil {
		return err
	}
	if v.History, err = r.sentences(events); err != nil {
		return err
	}
	decisions := []portfolio.DecisionID{r.p.Initiatives.Ever(b.Initiative).Plan.Decision}
	if b.Converted != nil {
		decisions = append(decisions, b.Converted.Decision)
	}
	for _, one := range events {
		decisions = append(decisions, one.Decision)
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
	return nil
}

// offerEntry offers Finance to settle a claim, or to take a confirmed entry away again.
func (r *request) offerEntry(e *portfolio.Entry, v *entryPage) {
	add := func(key, path string, action portfolio.Action, fits bool, fill func(*formView)) {
		address := fmt.Sprintf("/entries/%d/%s", e.ID, path)
		if !(fits && r.maySettle(action, e)) && !r.sent(address) {
			return
		}
		f := r.offer(key, key, address, e)
		fill(f)
		f.area("note", "")
		if f.Sent != nil {
			v.Again = f
			return
		}
		v.Forms = append(v.Forms, f)
	}
	waiting, standing := v.State == portfolio.Claimed, v.State == portfolio.Confirmed && e.Reverses == 0
	if (waiting || standing) && r.may(portfolio.SettleClaim, nil) {
		if code := r.notMine(e); code != "" {
			v.Why = r.say(code)
		}
	}
	add("settle", "settlement", portfolio.SettleClaim, waiting, func(f *formView) { f.Verdict = true })
	add("reverse", "reversal", portfolio.ReverseEntry, standing, func(f *formView) { f.Intro = r.say("entries.reverse_text") })
}
