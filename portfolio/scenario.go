package portfolio

import (
	"fmt"
	"slices"

	"gevinst/portfolio/amount"
)

// AlterationKind is what a scenario does to the portfolio.
type AlterationKind uint8

// An initiative's effect is moved by months, later or earlier; it is dropped; a gain's amount is changed; a requirement is.
const (
	Shift AlterationKind = iota + 1
	Drop
	ChangeAmount
	ChangeRequirement
)

var alterationKinds = names[AlterationKind]{"shift", "drop", "change_amount", "change_requirement"}

func (k AlterationKind) String() string                { return alterationKinds.code(k) }
func (k AlterationKind) MarshalText() ([]byte, error)  { return alterationKinds.text(k) }
func (k *AlterationKind) UnmarshalText(b []byte) error { return alterationKinds.parse(b, k) }

// AlterationKinds lists them.
func AlterationKinds() []AlterationKind { return alterationKinds.all() }

// Alteration is one thing that a scenario does otherwise.
type Alteration struct {
	Kind       AlterationKind `json:"kind"`
	Initiative InitiativeID   `json:"initiative,omitempty"`
	Benefit    BenefitID      `json:"benefit,omitempty"`
	Programme  ProgrammeID    `json:"programme,omitempty"`
	Year       int            `json:"year,omitempty"`
	// Months is how far a shift moves: above 0 later, below 0 earlier (bringing forward).
	Months int `json:"months,omitempty"`
	// Amount is a gain's new full-year saving, or what is added to a requirement, in øre.
	Amount amount.Figure `json:"amount,omitzero"`
}

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

func (s *Scenario) refuse(p *Portfolio) error { return s.refuseBeside(p, s.Alterations) }

// refuseBeside refuses shifts that move nothing too, but for those that the scenario had: what could be moved when it was written
// may have begun since.
func (s *Scenario) refuseBeside(p *Portfolio, had []Alteration) error {
	no := refuseText("name", s.Name, 200, true)
	no = append(no, refuseText("note", s.Note, 4000, false)...)
	if len(s.Alterations) > 200 {
		no = append(no, invalid("alterations", "error.too_many", 200))
	}
	for k, a := range s.Alterations {
		field := fmt.Sprintf("alterations.%d", k)
		wrong := a.refuse(p, field)
		if len(wrong) == 0 && a.Kind == Shift && !slices.Contains(had, a) {
			wrong = a.refuseShift(p, field)
		}
		no = append(no, wrong...)
	}
	return no.Or()
}

func (a Alteration) refuse(p *Portfolio, field string) (no Refusals) {
	switch a.Kind {
	case Shift:
		if a.Months == 0 || a.Months > 60 || a.Months < -60 {
			no = append(no, invalid(field+".months", "error.shift", 60))
		}
		fallthrough
	case Drop:
		if p.Initiatives.Get(a.Initiative) == nil {
			no = append(no, invalid(field+".initiative", "error.unknown_initiative"))
		}
	case ChangeAmount:
		if b := p.Benefits.Get(a.Benefit); b == nil || b.Cash == nil {
			no = append(no, invalid(field+".benefit", "error.unknown_benefit"))
		}
	case ChangeRequirement:
		if p.Requirement(a.Programme, a.Year) == nil {
			no = append(no, invalid(field+".year", "error.no_requirement", fmt.Sprint(a.Year)))
		}
	default:
		no = append(no, invalid(field+".kind", "error.required"))
	}
	if a.Kind == ChangeAmount || a.Kind == ChangeRequirement {
		if !a.Amount.Known {
			no = append(no, invalid(field+".amount", "error.required"))
		}
		if a.Amount.Ore > amount.Max || a.Amount.Ore < -amount.Max {
			no = append(no, invalid(field+".amount", "error.too_large"))
		}
	}
	return no
}

// NewScenario names a set of alterations.
func NewScenario(p *Portfolio, by By, s Scenario) (*Scenario, Event, error) {
	if err := by.may(KeepScenario, relation{}); err != nil {
		return nil, Event{}, err
	}
	if err := s.refuseBeside(p, nil); err != nil {
		return nil, Event{}, err
	}
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
	if err := next.refuseBeside(p, s.Alterations); err != nil && !next.Removed {
		return nil, Event{}, err
	}
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

// Carry out makes a scenario's alterations in the portfolio, by a decision, each with its event, and locks the scenario.
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
	if err := s.refuse(p); err != nil {
		return nil, err
	}
	var changes []Change
	now := p
	for k, a := range s.Alterations {
		if a.Kind == ChangeRequirement {
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

// changes are the new values that an alteration makes.
func (a Alteration) changes(p *Portfolio, by By) []Change {
	switch a.Kind {
	case Shift:
		return p.shift(by, a.Initiative, Month(a.Months))
	case Drop:
		if i := p.Initiatives.Get(a.Initiative); i != nil {
			next := *i
			next.Plan = Plan{State: OutOfPlan, Reason: by.Note, Decision: by.Decision}
			next.touch(by, "plan")
			return []Change{{&next, by.event("initiative.withdraw")}}
		}
	case ChangeAmount:
		if b := p.Benefits.Get(a.Benefit); b != nil && b.Cash != nil {
			next := *b
			was := b.PlannedTerms()
			next.Planned, next.Gross = &was, a.Amount
			next.touch(by, "terms")
			return []Change{{&next, by.event("benefit.edit")}}
		}
	case ChangeRequirement:
		if r := p.Requirement(a.Programme, a.Year); r != nil {
			next := *r
			next.Lines = append(slices.Clone(r.Lines), Line{Kind: Adjustment, Label: "", Amount: a.Amount, Permanence: NotStated})
			next.StatedNet = amount.Figure{}
			return []Change{{&next, by.event("requirement.edit")}}
		}
	}
	return nil
}

// shift moves an initiative's dates and the effect of its gains that has not begun; the plan as adopted stays beside them.
func (p *Portfolio) shift(by By, id InitiativeID, months Month) []Change {
	i := p.Initiatives.Get(id)
	if i == nil {
		return nil
	}
	verb, moved := Verb("initiative.bring_forward"), Verb("benefit.move")
	if months > 0 {
		verb = "initiative.delay"
	}
	next := *i
	was := i.PlannedSchedule()
	if was != (Schedule{}) {
		next.Planned = &was
	}
	if months > 0 && next.Now.Done != 0 {
		next.Now.Done += months
	}
	next.touch(by, "now")
	changes := []Change{{&next, by.event(verb)}}
	for _, b := range p.BenefitsOf(id) {
		if b.From == 0 || p.Ledger(b.ID).Any() {
			continue // what has begun to be realized does not move
		}
		changes = append(changes, Change{b.move(by, b.From+months), by.event(moved)})
	}
	return changes
}
