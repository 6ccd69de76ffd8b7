package web

import (
	"slices"
	"strconv"
	"strings"

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
	case selection.NoRoom:
		say("selection.no_room")
	case selection.NoWay:
		say("choose.no_way")
	default:
		say("selection.unexplained")
	}
	for _, lack := range w.Lacks {
		switch {
		case lack.Dimension >= len(v.Limits): // the effect has a floor and no limit
		case w.Code == selection.NoRoom:
			say("choose.lack_must", v.Limits[lack.Dimension].Year, r.inKroner(lack.By))
		default:
			say("choose.lack", r.inKroner(lack.By), v.Limits[lack.Dimension].Year)
		}
	}
	return strings.Join(words, " ")
}

func (r *request) inKroner(n int64) string {
	return r.lang.Style.Figure(amount.Exactly(amount.Money(n)))
}

// titles are the names of initiatives.
func (v *chooseView) titles(ids []string) string {
	names := make([]string, len(ids))
	for k, id := range ids {
		names[k] = id
		if at := slices.IndexFunc(v.Items, func(c candidate) bool { return strconv.FormatInt(int64(c.ID), 10) == id }); at >= 0 {
			names[k] = v.Items[at].Title
		}
	}
	return strings.Join(names, ", ")
}

// impossible says how far the nearest choice is from what was asked, and what alone would make it possible.
func (v *chooseView) impossible(r *request, f *selection.Infeasible) []string {
	var words []string
	say := func(key string, args ...any) { words = append(words, r.say(key, args...)) }
	for d, over := range f.Over {
		if over > 0 && d < len(v.Limits) {
			say("choose.over", v.Limits[d].Year, r.inKroner(over))
		}
	}
	for _, below := range f.Below {
		if below > 0 {
			say("choose.below", v.Year, r.inKroner(below))
		}
	}
	for _, relief := range f.Relief {
		switch {
		case relief.Floor:
			say("choose.floor_gives", r.inKroner(relief.By))
		case relief.Dimension < len(v.Limits):
			say("choose.limit_gives", v.Limits[relief.Dimension].Year, r.inKroner(relief.By))
		}
	}
	return words
}
