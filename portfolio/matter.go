package portfolio

import (
	"cmp"
	"slices"
)

// MatterKind is why something stands on a meeting's list: what is up for decision first, then the follow-ups.
type MatterKind uint8

// A part of a decision waits, an initiative's place in the plan does, a business case is assured, a round has been scored in, a
// scenario is open, an overlap has no home, a closed year's carry-over is not in the next requirement, prioritised items are neither
// selected nor not; then a budget follow-up is due, a board has ordered something, a milestone is due.
const (
	DecisionWaits MatterKind = iota + 1
	PlanAwaits
	CaseAssured
	RoundScored
	ScenarioOpen
	OverlapAwaits
	CarryOverWaits
	ItemsToSelect
	BudgetFollowUp
	FollowUpOrdered
	MilestoneComing
)

var matterKinds = names[MatterKind]{
	"decision_waits", "plan_awaits", "case_assured", "round_scored", "scenario_open", "overlap_awaits", "carry_over_waits", "items_to_select",
	"budget_follow_up", "follow_up_ordered", "milestone_coming",
}

func (k MatterKind) String() string                { return matterKinds.code(k) }
func (k MatterKind) MarshalText() ([]byte, error)  { return matterKinds.text(k) }
func (k *MatterKind) UnmarshalText(b []byte) error { return matterKinds.parse(b, k) }

// MatterKinds lists them in the order in which a meeting takes them.
func MatterKinds() []MatterKind { return matterKinds.all() }

// FollowsUp tells a follow-up from what is up for decision.
func (k MatterKind) FollowsUp() bool { return k >= BudgetFollowUp }

// Matter is one thing that a board's meeting should take up. What it has no value for is zero.
type Matter struct {
	Kind MatterKind
	// Subject is the record that it is about, nil for a budget follow-up and for items to select.
	Subject Record
	Due     Date
	// Text is what was ordered, Carry what is carried over, Count how many items there are to select.
	Text  string
	Carry CarryOver
	Count int
}

// Matters lists what a board that meets on the day should take up, as the portfolio stands: decisions first, by kind and age, then
// the follow-ups that fall due by the day, those without a day last.
func (p *Portfolio) Matters(day Date) []Matter {
	var list []Matter
	add := func(m Matter) { list = append(list, m) }
	for d := range p.Decisions.All() {
		if on := p.TakenUpOn(d); d.Waits() && on <= day { // 0: at no meeting in particular, so at each
			add(Matter{Kind: DecisionWaits, Subject: d, Due: on})
		}
	}
	for i := range p.Initiatives.All() {
		if i.Plan.State == Awaiting {
			add(Matter{Kind: PlanAwaits, Subject: i})
		}
	}
	for c := range p.Cases.All() {
		if i := p.Initiatives.Get(c.Initiative); c.State == Assured && i != nil && i.Plan.State != OutOfPlan {
			add(Matter{Kind: CaseAssured, Subject: c})
		}
	}
	for r := range p.Rounds.All() {
		if r.Closed == nil && p.ScoredBy(r) > 0 {
			add(Matter{Kind: RoundScored, Subject: r})
		}
	}
	for s := range p.Scenarios.All() {
		if s.Decided == nil && len(s.Alterations) > 0 {
			add(Matter{Kind: ScenarioOpen, Subject: s})
		}
	}
	for o := range p.Overlaps.All() {
		if o.Home == 0 {
			add(Matter{Kind: OverlapAwaits, Subject: o})
		}
	}
	for q := range p.Requirements.All() {
		if c := p.CarryOver(q.Programme, q.Year); c.Closed && c.Applied == nil && c.Net.Known && c.Amount().Ore != 0 {
			add(Matter{Kind: CarryOverWaits, Subject: q, Carry: c})
		}
	}
	waiting := 0
	for c := range p.Items.All() {
		if c.State() == Prioritised {
			waiting++
		}
	}
	if waiting > 0 {
		add(Matter{Kind: ItemsToSelect, Count: waiting})
	}
	return append(list, p.followUpMatters(day)...)
}

// followUpMatters lists what is to be followed up by the day.
func (p *Portfolio) followUpMatters(day Date) []Matter {
	var list []Matter
	if next := p.NextFollowUp(); next != 0 && next <= day {
		list = append(list, Matter{Kind: BudgetFollowUp, Due: next})
	}
	for m := range p.Milestones.All() {
		if i := p.Initiatives.Get(m.Initiative); m.Done == 0 && m.Due <= day && i != nil && i.Plan.State == InPlan && i.Stage != Closed {
			list = append(list, Matter{Kind: MilestoneComing, Subject: m, Due: m.Due})
		}
	}
	slices.SortStableFunc(list, func(a, b Matter) int { return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.Kind, b.Kind)) })
	ordered := p.Decisions.List()
	slices.SortStableFunc(ordered, func(a, b *Decision) int { return cmp.Compare(p.HeldOn(b), p.HeldOn(a)) })
	for _, d := range ordered {
		if p.HeldOn(d) > day {
			continue
		}
		for k, text := range d.FollowUps {
			if !d.Followed(k + 1) {
				list = append(list, Matter{Kind: FollowUpOrdered, Subject: d, Text: text})
			}
		}
	}
	return list
}
