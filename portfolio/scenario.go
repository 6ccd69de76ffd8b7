package portfolio

import (
	"fmt"
	"iter"
	"slices"
	"strings"
)

// Scenario is a named set of alterations over the living portfolio.
type Scenario struct {
	ID          ScenarioID   `json:"id"`
	Name        string       `json:"name"`
	Note        string       `json:"note,omitempty"`
	Alterations []Alteration `json:"alterations,omitempty"`
	// Decided tells that it was carried out by a decision; then it is locked.
	Decided *CaseStep `json:"decided,omitempty"`
	Meta
}

func (s *Scenario) Kind() Kind { return KindScenario }
func (s *Scenario) Key() int64 { return int64(s.ID) }

// refuse refuses what a scenario cannot hold. What hinders an alteration now is refused too, but for those that the scenario had: what
// could be done when it was written may not be any more.
func (s *Scenario) refuse(p *Portfolio, had []Alteration) error {
	no := refuseText("name", s.Name, 200, true)
	no = append(no, refuseText("note", s.Note, 4000, false)...)
	if len(s.Alterations) > 200 {
		return append(no, invalid("alterations", "error.too_many", 200))
	}
	for k, now := range p.through(s.Alterations) {
		no = append(no, s.against(k, now, slices.Contains(had, s.Alterations[k]))...)
	}
	return no.Or()
}

// through gives each alteration's number with the portfolio as those before it leave it.
func (p *Portfolio) through(list []Alteration) iter.Seq2[int, *Portfolio] {
	return func(yield func(int, *Portfolio) bool) {
		now := p
		for k := range list {
			if !yield(k, now) {
				return
			}
			now = now.Extend(list[k].changes(now, By{Today: p.Today})...)
		}
	}
}

// against tells what is wrong with an alteration in the portfolio as those before it leave it, and, unless the scenario had it, what
// hinders it.
func (s *Scenario) against(k int, now *Portfolio, had bool) Refusals {
	a, field := s.Alterations[k], fmt.Sprintf("alterations.%d", k)
	no := a.refuse(now, field)
	if had || len(no) > 0 {
		return no
	}
	if a.Kind == Drop && slices.ContainsFunc(s.Alterations[:k], func(o Alteration) bool { return o.Kind != Drop && o.of(now) == a.Initiative }) {
		return Refusals{invalid(field+".initiative", "error.drop_altered")}
	}
	return a.hinder(now, field)
}

// rooted keeps from which month each new shift moves. Whoever writes one says how far, and means the month that he sees it go to.
func (s *Scenario) rooted(p *Portfolio, had []Alteration) []Alteration {
	list := slices.Clone(s.Alterations)
	for k, now := range p.through(list) {
		a := &list[k]
		if m, err := now.Movable(a.Initiative); err == nil && a.Kind == Shift && a.From == 0 && !slices.Contains(had, *a) {
			a.From = m.Month
		}
	}
	return list
}

// Prospect is how one of a scenario's alterations stands in the portfolio as it is now.
type Prospect struct {
	// Stands is the month at which what it shifts stands now, where that is another than when it was written; else 0.
	Stands Month
	// Hindered is why it cannot be carried out; empty where it can.
	Hindered Refusals
}

// Prospects tell how the alterations stand now: what the plan has overtaken since, and what would be refused if they were carried out.
func (s *Scenario) Prospects(p *Portfolio) []Prospect {
	list := make([]Prospect, len(s.Alterations))
	for k, now := range p.through(s.Alterations) {
		a := s.Alterations[k]
		list[k].Hindered = s.against(k, now, false)
		if m, err := now.Movable(a.Initiative); err == nil && a.Kind == Shift && a.From != 0 && a.From != m.Month {
			list[k].Stands = m.Month
		}
	}
	return list
}

// NewScenario names a set of alterations.
func NewScenario(p *Portfolio, by By, s Scenario) (*Scenario, Event, error) {
	if err := by.may(KeepScenario, relation{}); err != nil {
		return nil, Event{}, err
	}
	if err := s.refuse(p, nil); err != nil {
		return nil, Event{}, err
	}
	s.Alterations = s.rooted(p, nil)
	s.Decided, s.Meta = nil, newMeta(by)
	return &s, by.event("scenario.create"), nil
}

// Edit changes what a scenario does. One that has been carried out is locked.
func (s *Scenario) Edit(p *Portfolio, by By, to Scenario) (*Scenario, Event, error) {
	if err := by.may(KeepScenario, relation{}); err != nil {
		return nil, Event{}, err
	}
	if s.Decided != nil {
		return nil, Event{}, &Error{Kind: Conflict, Code: "error.scenario_decided"}
	}
	next := *s
	next.Name, next.Note, next.Alterations, next.Removed = to.Name, to.Note, to.Alterations, to.Removed
	if err := next.refuse(p, s.Alterations); err != nil && !next.Removed {
		return nil, Event{}, err
	}
	next.Alterations = next.rooted(p, s.Alterations)
	next.touch(by, "name", "note", "alterations")
	return &next, by.event("scenario.edit"), nil
}

// Under gives the portfolio as it would be with the alterations: nothing is written, and every page's function can be asked of
// it. An alteration of something that is gone does nothing.
func (p *Portfolio) Under(alterations []Alteration) *Portfolio {
	for _, a := range alterations {
		p = p.Extend(a.changes(p, By{Today: p.Today})...)
	}
	return p
}

// CarryOut makes a scenario's alterations in the portfolio, by a decision, each with its event, and locks the scenario. What breaks a
// limit is not made without a word on why: the board may, but not unawares.
func (s *Scenario) CarryOut(p *Portfolio, by By) ([]Change, error) {
	if err := by.may(ChangePlan, relation{}); err != nil {
		return nil, err
	}
	if s.Decided != nil {
		return nil, &Error{Kind: Conflict, Code: "error.scenario_decided"}
	}
	if p.Decisions.Get(by.Decision) == nil {
		return nil, invalid("decision", "error.decision_required")
	}
	if err := s.refuse(p, nil); err != nil {
		return nil, err
	}
	var changes []Change
	now := p
	for k, a := range s.Alterations {
		if a.Kind == ChangeRequirement || a.Kind == SupposeRequirement {
			return nil, invalid(fmt.Sprintf("alterations.%d", k), "error.scenario_requirement")
		}
		made := a.changes(now, by)
		for _, c := range made {
			if b, ok := c.Record.(*Benefit); ok {
				if err := b.refuse(now); err != nil {
					return nil, err
				}
			}
		}
		now = now.Extend(made...)
		changes = append(changes, made...)
	}
	if broken := now.StrainedSince(p); len(broken) > 0 && strings.TrimSpace(by.Note) == "" {
		return nil, invalid("note", "error.limits_broken", len(broken))
	}
	next := *s
	next.Decided = by.step()
	return append(lastOnly(changes), Change{&next, by.event("scenario.carry_out")}), nil
}

// lastOnly keeps the last change of each record: two alterations of one record are one new value.
func lastOnly(changes []Change) []Change {
	type key struct {
		kind Kind
		id   int64
	}
	last := map[key]int{}
	for k, c := range changes {
		last[key{c.Record.Kind(), c.Record.Key()}] = k
	}
	var kept []Change
	for k, c := range changes {
		if last[key{c.Record.Kind(), c.Record.Key()}] == k {
			kept = append(kept, c)
		}
	}
	return kept
}
