package web

import (
	"strings"

	"gevinst/portfolio/selection"
)

// whySelected says why an item is in or out of a selection.
func (r *request) whySelected(w selection.Why) string {
	var words []string
	say := func(key string, args ...any) { words = append(words, r.say(key, args...)) }
	lack := "selection.lack"
	switch w.Code {
	case selection.Mandatory:
		say(graded(w, "selection.mandatory_costs", "selection.mandatory_costs_at_least", "selection.mandatory_free", "selection.mandatory"), w.Amount)
		if len(w.Items) > 0 {
			say("selection.otherwise", r.names(w.Items))
		}
	case selection.Needed:
		say("selection.needed", r.names(w.Items))
	case selection.Indispensable:
		say("selection.indispensable")
	case selection.Gains:
		say(graded(w, "selection.gains", "selection.gains_at_least", "selection.gains_nothing", "selection.gains_found"), w.Amount)
	case selection.Displaces:
		say(graded(w, "selection.displaces", "selection.displaces_at_least", "selection.displaces_nothing", "selection.displaces_found"), w.Amount)
		if len(w.Items) > 0 {
			say("selection.leave", r.names(w.Items))
		}
	case selection.Barred:
		say("selection.barred", r.names(w.Items))
	case selection.NoRoom:
		lack = "selection.lack_mandatory"
		say("selection.no_room")
	case selection.NoWay:
		say("selection.no_way")
	case selection.Unexplained:
		say("selection.unexplained")
	}
	for _, l := range w.Lacks {
		say(lack, l.Dimension+1, l.By)
	}
	return strings.Join(words, " ")
}

// graded chooses the sentence by how much is known of the amount.
func graded(w selection.Why, exact, atLeast, nothing, unknown string) string {
	switch {
	case w.Amount == 0 && w.Exact:
		return nothing
	case w.Amount == 0:
		return unknown
	case w.Exact:
		return exact
	}
	return atLeast
}

// names lists ids; many are cut short.
func (r *request) names(ids []string) string {
	const most = 10
	if len(ids) <= most {
		return strings.Join(ids, ", ")
	}
	return r.say("selection.more", strings.Join(ids[:most], ", "), len(ids)-most)
}

// impossible says why nothing meets the limits and floors, and how far the nearest choice is off.
func (r *request) impossible(f *selection.Infeasible) impossibleAnswer {
	a := impossibleAnswer{
		Infeasible: true, Gap: make([]int64, len(f.Over)), OverLimit: f.Over, BelowFloor: f.Below, Complete: f.Complete,
		Reasons: []string{},
	}
	say := func(key string, args ...any) { a.Reasons = append(a.Reasons, r.say(key, args...)) }
	if c := f.Contradiction; c != nil {
		say("selection.contradiction", c.A, c.B, c.BecauseOfA, c.BecauseOfB)
	}
	for d := range a.Gap {
		a.Gap[d] = f.Over[d] + f.Below[d]
		if f.Over[d] > 0 {
			say("selection.over", d+1, f.Over[d])
		}
		if f.Below[d] > 0 {
			say("selection.below", d+1, f.Below[d])
		}
	}
	if len(f.Conflict) > 1 {
		var names []string
		for _, c := range f.Conflict {
			key := "selection.limit"
			if c.Floor {
				key = "selection.floor"
			}
			names = append(names, r.say(key, c.Dimension+1))
		}
		say("selection.conflict", strings.Join(names, ", "))
	}
	for _, give := range f.Relief {
		key := "selection.limit_gives"
		if give.Floor {
			key = "selection.floor_gives"
		}
		say(key, give.Dimension+1, give.By)
	}
	return a
}
