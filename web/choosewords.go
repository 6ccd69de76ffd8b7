package web

import (
	"slices"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/selection"
)

// why says why an initiative is in or out: with titles for ids, and kroner or points for the value.
func (v *chooseView) why(r *request, w selection.Why) string {
	var words []string
	say := func(key string, args ...any) { words = append(words, r.say(key, args...)) }
	value := v.words(r, w.Amount)
	switch w.Code {
	case selection.Mandatory:
		switch graded(w, "exact", "least", "free", "") {
		case "exact":
			say("choose.mandatory_costs", value)
		case "least":
			say("choose.mandatory_costs_least", value)
		case "free":
			say("choose.mandatory_free")
		default:
			say("choose.mandatory")
		}
		if len(w.Items) > 0 {
			say("selection.otherwise", v.titles(w.Items))
		}
	case selection.Needed:
		say("selection.needed", v.titles(w.Items))
	case selection.Indispensable:
		say("choose.indispensable")
	case selection.Gains:
		if w.Amount == 0 {
			say(graded(w, "", "", "selection.gains_nothing", "selection.gains_found"))
		} else {
			say("choose.gains", value)
		}
	case selection.Displaces:
		if w.Amount == 0 {
			say(graded(w, "", "", "selection.displaces_nothing", "selection.displaces_found"))
		} else {
			say("choose.displaces", value)
		}
		if len(w.Items) > 0 {
			say("selection.leave", v.titles(w.Items))
		}
	case selection.Barred:
		say("selection.barred", v.titles(w.Items))
	case selection.NoRoom:
		say("selection.no_room")
	case selection.NoWay:
		say("choose.no_way")
	default:
		say("selection.unexplained")
	}
	for _, lack := range w.Lacks { // of the effect, which has a floor and no limit, nothing lacks
		switch b := v.held[lack.Dimension]; {
		case b.capacity != nil && w.Code == selection.NoRoom:
			say("choose.lack_must_days", b.capacity.Name, b.year, lack.By)
		case b.capacity != nil:
			say("choose.lack_days", lack.By, b.capacity.Name, b.year)
		case w.Code == selection.NoRoom:
			say("choose.lack_must", b.year, r.inKroner(lack.By))
		default:
			say("choose.lack", r.inKroner(lack.By), b.year)
		}
	}
	return strings.Join(words, " ")
}

// ties says what an initiative's dependencies and exclusions mean for it: which it can only be done with, which wait for it, and
// which keep it out. It begins with a space, or is empty.
func (v *chooseView) ties(r *request, c *candidate) string {
	var words strings.Builder
	say := func(key string, ids []string) {
		if len(ids) > 0 {
			words.WriteString(" " + r.say(key, v.titles(ids)))
		}
	}
	var with, waiting, beside []string
	for k := range v.Items {
		o := &v.Items[k]
		switch id := itemID(o.ID); {
		case slices.Contains(c.Requires, o.ID) && c.Chosen == o.Chosen:
			with = append(with, id)
		case slices.Contains(c.Requires, o.ID):
			waiting = append(waiting, id) // it is out, and what it depends on is in
		case slices.Contains(c.Excludes, o.ID) && o.Chosen:
			beside = append(beside, id)
		}
	}
	if c.Chosen {
		say("choose.needs_chosen", with)
		say("choose.needed_for", v.chosenDependants(c.ID))
	} else {
		say("choose.needs_out", with)
		say("choose.needs_in", waiting)
		say("choose.beside", beside)
	}
	return words.String()
}

// chosenDependants are the chosen ones that depend on an initiative.
func (v *chooseView) chosenDependants(id portfolio.InitiativeID) (ids []string) {
	for k := range v.Items {
		if o := &v.Items[k]; o.Chosen && slices.Contains(o.Requires, id) {
			ids = append(ids, itemID(o.ID))
		}
	}
	return ids
}

func (r *request) inKroner(n int64) string {
	return r.lang.Style.Figure(amount.Exactly(amount.Money(n)))
}

// titles are the names of initiatives.
func (v *chooseView) titles(ids []string) string {
	names := make([]string, len(ids))
	for k, id := range ids {
		names[k] = id
		if at := slices.IndexFunc(v.Items, func(c candidate) bool { return itemID(c.ID) == id }); at >= 0 {
			names[k] = v.Items[at].Title
		}
	}
	return strings.Join(names, ", ")
}

// impossible says how far the nearest choice is from what was asked, which limits make it so, and what alone would make it possible.
func (v *chooseView) impossible(r *request, f *selection.Infeasible) []string {
	var words []string
	say := func(key string, args ...any) { words = append(words, r.say(key, args...)) }
	title := func(id string) string { return v.titles([]string{id}) }
	if c := f.Contradiction; c != nil {
		if c.A == c.BecauseOfA && c.B == c.BecauseOfB {
			say("choose.both_must", title(c.A), title(c.B))
		} else {
			say("selection.contradiction", title(c.A), title(c.B), title(c.BecauseOfA), title(c.BecauseOfB))
		}
	}
	for d, over := range f.Over {
		switch b := v.held[d]; {
		case over <= 0:
		case b.capacity != nil:
			say("choose.over_days", b.capacity.Name, b.year, over)
		default:
			say("choose.over", b.year, r.inKroner(over))
		}
	}
	for _, below := range f.Below {
		if below > 0 {
			say("choose.below", v.Year, r.inKroner(below))
		}
	}
	if len(f.Conflict) > 1 {
		var names []string
		for _, c := range f.Conflict {
			names = append(names, v.held[c.Dimension].name(r, c.Floor))
		}
		say("selection.conflict", strings.Join(names, ", "))
	}
	for _, relief := range f.Relief {
		switch b := v.held[relief.Dimension]; {
		case relief.Floor:
			say("choose.floor_gives", r.inKroner(relief.By))
		case b.capacity != nil:
			say("choose.days_give", b.capacity.Name, b.year, relief.By)
		default:
			say("choose.limit_gives", b.year, r.inKroner(relief.By))
		}
	}
	return words
}

// name is what a limit or the requirement is called.
func (b bound) name(r *request, floor bool) string {
	switch {
	case floor:
		return r.say("choose.the_floor", b.year)
	case b.capacity != nil:
		return r.say("choose.the_days", b.capacity.Name, b.year)
	}
	return r.say("choose.the_limit", b.year)
}
