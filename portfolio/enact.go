package portfolio

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// Ruling is what a decision changes at once, besides being recorded: where initiatives stand in the action plan, which scoring
// rounds it closes, and which programme counts what several draw on.
type Ruling struct {
	Places map[InitiativeID]Membership
	// Reason is why initiatives leave the plan or wait; "" leaves it to the decision's own words.
	Reason string
	Closes []RoundID
	Homes  map[OverlapID]ProgrammeID
}

// Enact carries out what was ruled by the decision that the act names (By.Decision). Each is the verb that it would be alone, with
// that verb's rights and rules, and a refusal is said at the part that it is about.
func (p *Portfolio) Enact(by By, of Ruling) (changes []Change, err error) {
	var no Refusals
	add := func(field string, r Record, e Event, err error) {
		for _, refusal := range AsRefusals(err) {
			one := *refusal
			if one.Field != "reason" && one.Field != "decision" { // those are said once, whatever they hold up
				one.Field = field
			}
			no = append(no, &one)
		}
		changes = append(changes, Change{r, e})
	}
	d := p.Decisions.Get(by.Decision)
	for _, id := range slices.Sorted(maps.Keys(of.Places)) {
		i, to, with, reason := p.Initiatives.Get(id), of.Places[id], by, of.Reason
		if i == nil {
			return nil, Missing(KindInitiative, int64(id))
		}
		if d != nil && to != InPlan {
			reason = cmp.Or(reason, d.Waiting, d.Outcome)
		}
		with.Note = cmp.Or(reason, by.Note) // the history tells why
		next, e, err := i.SetPlan(p, with, to, reason)
		add(fmt.Sprintf("plan.%d", id), next, e, err)
	}
	for _, id := range of.Closes {
		r := p.Rounds.Get(id)
		if r == nil {
			return nil, Missing(KindRound, int64(id))
		}
		next, e, err := r.Close(p, by)
		add("close_rounds", next, e, err)
	}
	for _, id := range slices.Sorted(maps.Keys(of.Homes)) {
		o := p.Overlaps.Get(id)
		if o == nil {
			return nil, Missing(KindOverlap, int64(id))
		}
		next, e, err := o.SetHome(p, by, of.Homes[id])
		add(fmt.Sprintf("home.%d", id), next, e, err)
	}
	if forbidden := slices.IndexFunc(no, func(e *Error) bool { return e.Kind == Forbidden }); forbidden >= 0 {
		return nil, no[forbidden] // whoever may not learns nothing else
	}
	if len(no) > 0 {
		return nil, no
	}
	return changes, nil
}
