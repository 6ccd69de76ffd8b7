package web

import (
	"fmt"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/store"
)

// requirementView is one programme's year with its lines and sources, what it leaves to the next year, and its history.
type requirementView struct {
	requirementRow
	// Stated tells that a document states the net requirement; its source stands beside it.
	Stated    bool             `json:"net_stated"`
	NetSource portfolio.Source `json:"net_source"`
	Notes     []noteView       `json:"notes"`
	Carry     *carryView       `json:"carry_over"`
	History   []sentence       `json:"history"`

	Numbered []numberedLine `json:"-"`
	Years    []choice       `json:"-"`
	Add      *recordForm    `json:"-"`
	Listed   string         `json:"-"`
	Savings  string         `json:"-"`
	JSON     string         `json:"-"`
}

// numberedLine is a line with the forms that change it.
type numberedLine struct {
	lineView
	No    int
	Forms []*recordForm
}

// carryView is what a year leaves to the next, by both bases, with the arithmetic in words.
type carryView struct {
	Year  int                  `json:"year"`
	Next  int                  `json:"next_year"`
	Basis portfolio.CarryBasis `json:"basis"`
	// Net is N, FullYear H and InYear V; Permanent is N - H, Shortfall max(0, N - V), Amount the one that the basis chooses.
	Net       ore  `json:"net_requirement_ore"`
	FullYear  ore  `json:"confirmed_full_year_ore"`
	InYear    ore  `json:"confirmed_ore"`
	Permanent ore  `json:"permanent_ore"`
	Shortfall ore  `json:"shortfall_ore"`
	Amount    ore  `json:"amount_ore"`
	About     bool `json:"amount_approximate"`
	Closed    bool `json:"closed"`
	// Applied is the line that stands in the next year already, null where none does.
	Applied ore `json:"applied_ore"`
	// Credited met the requirements of earlier years: H and V are of what is above it.
	Credited ore `json:"credited_ore"`

	PermanentWords string      `json:"-"`
	ShortfallWords string      `json:"-"`
	CreditedWords  string      `json:"-"`
	CreditedHref   string      `json:"-"`
	WhyNot         string      `json:"-"`
	NextHref       string      `json:"-"`
	AppliedLabel   string      `json:"-"`
	Form           *recordForm `json:"-"`
}

// maxLineHistory bounds the events of a requirement that its page tells.
const maxLineHistory = 50

func (s *Server) requirement(r *request) (*page, error) {
	id, err := pathID(r, portfolio.KindRequirement)
	if err != nil {
		return nil, err
	}
	q := r.p.Requirements.Get(portfolio.RequirementID(id))
	if q == nil {
		return nil, portfolio.Missing(portfolio.KindRequirement, id)
	}
	v := &requirementView{
		requirementRow: r.requirementRow(q), Stated: q.StatedNet.Known, NetSource: q.NetSource, Notes: orEmpty(notesOf(q.Notes)), Carry: r.carryView(q),
		Listed: r.link("/requirements"), JSON: r.link(fmt.Sprintf("/requirements/%d.json", q.ID)),
	}
	v.Savings = r.link(fmt.Sprintf("/savings/%d?programme=%s", q.Year, v.Programme))
	for o := range r.p.Requirements.All() {
		if o.Programme == q.Programme {
			v.Years = append(v.Years, choice{fmt.Sprint(o.Year), r.link(fmt.Sprintf("/requirements/%d", o.ID)), o.ID == q.ID})
		}
	}
	edits := r.may(portfolio.EditRequirement, q)
	for k, l := range v.Lines {
		line := numberedLine{lineView: l, No: k + 1}
		line.Forms = r.lineForms(q, k+1, edits)
		v.Numbered = append(v.Numbered, line)
	}
	if action := fmt.Sprintf("/requirements/%d/add", q.ID); edits || r.sent(action) {
		v.Add = r.lineForm(q, "add", action, r.say("requirements.add"), 0)
	}
	if v.History, err = r.requirementHistory(q); err != nil {
		return nil, err
	}
	notice, err := r.notice()
	if err != nil {
		return nil, err
	}
	return &page{Template: "requirement", Title: r.say("requirements.one", v.Name, q.Year), View: v, Notice: notice}, nil
}

// carryView tells what the year leaves to the next; nil where its requirement is not known.
func (r *request) carryView(q *portfolio.Requirement) *carryView {
	c := r.p.CarryOver(q.Programme, q.Year)
	if !c.Net.Known {
		return nil
	}
	style := r.lang.Style
	v := &carryView{
		Year: q.Year, Next: q.Year + 1, Basis: c.Basis, Net: ore{c.Net}, FullYear: exactly(c.H), InYear: exactly(c.V),
		Permanent: ore{c.Permanent()}, Shortfall: ore{c.Shortfall()}, Amount: ore{c.Amount()}, About: c.Amount().Approximate, Closed: c.Closed,
		Credited: exactly(c.Credited), CreditedWords: r.creditedWords("requirements.credited", c.Credited, c.CreditedFrom, q.Year),
	}
	bare := func(f amount.Figure) string { return money(r.lang, f, style.Kroner) }
	v.PermanentWords = r.say("requirements.carry_words", bare(c.Net), bare(amount.Exactly(c.H)), bare(c.Permanent()))
	v.ShortfallWords = r.say("requirements.carry_words", bare(c.Net), bare(amount.Exactly(c.V)), bare(c.Shortfall()))
	if c.V > c.Net.Ore {
		v.ShortfallWords = r.say("requirements.carry_none", bare(amount.Exactly(c.V)), bare(c.Net))
	}
	next := r.p.Requirement(q.Programme, q.Year+1)
	if next != nil {
		v.NextHref = r.link(fmt.Sprintf("/requirements/%d", next.ID))
	}
	if c.Applied != nil {
		v.Applied, v.AppliedLabel = ore{c.Applied.Amount}, c.Applied.Label
	}
	if g := r.p.Programmes.Ever(q.Programme); g != nil {
		v.CreditedHref = r.link(fmt.Sprintf("/savings/%d/credited?programme=%s", q.Year, g.Code))
	}
	if !c.Closed {
		v.WhyNot = r.say("error.year_open", fmt.Sprint(q.Year))
	}
	if action := fmt.Sprintf("/requirements/%d/carry-over", q.ID); (c.Closed && r.may(portfolio.EditRequirement, q)) || r.sent(action) {
		v.Form = r.carryForm(action, v, next)
	}
	return v
}

// requirementHistory tells each change of the requirement with the lines that it added, took out or moved.
func (r *request) requirementHistory(q *portfolio.Requirement) ([]sentence, error) {
	events, err := r.s.Store.Events(r.Context(), r.p, store.EventFilter{Kind: portfolio.KindRequirement, Subject: int64(q.ID), Limit: maxLineHistory})
	if err != nil {
		return nil, err
	}
	said, err := r.sentences(events)
	if err != nil {
		return nil, err
	}
	stood := make([]*portfolio.Requirement, len(events))
	for k, e := range events {
		record, err := portfolio.Decode(e.Kind, e.Format, e.Payload)
		if err != nil {
			return nil, fmt.Errorf("event %d: %w", e.Seq, err)
		}
		stood[k] = record.(*portfolio.Requirement)
	}
	for k := range said {
		said[k].Changes, said[k].Href = nil, ""
		if k+1 < len(stood) {
			said[k].Changes = r.lineChanges(stood[k+1].Lines, stood[k].Lines)
		}
	}
	return said, nil
}

// lineChanges compares the lines before and after a change; a line is the same one while its kind and label are.
func (r *request) lineChanges(was, is []portfolio.Line) []fieldChange {
	type name struct {
		kind  portfolio.LineKind
		label string
	}
	before := map[name]portfolio.Line{}
	for _, l := range was {
		before[name{l.Kind, l.Label}] = l
	}
	var list []fieldChange
	for _, l := range is {
		old, stood := before[name{l.Kind, l.Label}]
		delete(before, name{l.Kind, l.Label})
		switch {
		case !stood:
			list = append(list, fieldChange{l.Label, "", r.lineWords(l)})
		case r.lineWords(old) != r.lineWords(l):
			list = append(list, fieldChange{l.Label, r.lineWords(old), r.lineWords(l)})
		}
	}
	for _, l := range was {
		if old, gone := before[name{l.Kind, l.Label}]; gone {
			list = append(list, fieldChange{l.Label, r.lineWords(old), r.say("requirements.line_gone")})
		}
	}
	return list
}

// lineWords says all of a line but its name.
func (r *request) lineWords(l portfolio.Line) string {
	text := money(r.lang, l.Amount, r.lang.Style.Short) + " (" + r.say("permanence."+l.Permanence.String()) + ")"
	if l.Source.Document != "" {
		text += ", " + l.Source.Document
	}
	if l.Source.Quote != "" {
		text += ", " + l.Source.Quote
	}
	if l.Source.Derived {
		text += ", " + r.say("savings.derived")
	}
	return text
}
