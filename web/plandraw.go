package web

import (
	"cmp"
	"slices"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// planWords says the row's dates: the plan and, where they have parted, the present; then when its benefits take effect.
func (r *request) planWords(v *planRow) string {
	var parts []string
	switch {
	case v.PlannedFrom == 0 && v.PlannedTo == 0 && v.From == 0 && v.To == 0:
		parts = append(parts, r.say("plan.no_dates"))
	case v.PlannedWords == v.NowWords:
		parts = append(parts, r.say("plan.as_planned", v.NowWords))
	default:
		parts = append(parts, r.say("plan.planned_now", v.PlannedWords, v.NowWords))
	}
	said := map[string]bool{}
	for _, m := range slices.SortedFunc(slices.Values(v.Marks), func(a, b planMark) int { return cmp.Compare(a.From, b.From) }) {
		text := r.say("plan.effect_from", r.lang.Style.ShortMonth(m.From))
		if m.Planned != m.From && m.Planned != 0 {
			text = r.say("plan.effect_moved", r.lang.Style.ShortMonth(m.From), r.lang.Style.ShortMonth(m.Planned))
		}
		if !said[text] { // several benefits may take effect in the same month
			said[text] = true
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "; ") + "."
}

// planPeriod says a stretch of months, both ends included.
func (r *request) planPeriod(from, to portfolio.Month) string {
	switch {
	case from == 0 && to == 0:
		return r.say("plan.no_dates")
	case to == 0:
		return r.say("plan.from", r.lang.Style.ShortMonth(from))
	case from == 0:
		return r.say("plan.to", r.lang.Style.ShortMonth(to))
	case from == to:
		return r.lang.Style.ShortMonth(from)
	}
	return r.lang.Style.ShortMonth(from) + "–" + r.lang.Style.ShortMonth(to)
}

func (r *request) slipWords(slip *int) string {
	switch {
	case slip == nil || *slip == 0:
		return ""
	case *slip > 0:
		return r.lang.Count("plan.later", *slip)
	}
	return r.lang.Count("plan.earlier", -*slip)
}

// bars draws the row: the plan as an outline, the present on top of it, the slip as an arrow between the two ends, or the two
// months of effect where the end stands still, the months of effect as marks, and the present month.
func (r *request) bars(i *portfolio.Initiative, v *planRow, window amount.Period) []span {
	var list []span
	add := func(class, text string, from, to portfolio.Month) {
		from, to = max(from, window.From), min(to, window.To)
		if from < to {
			list = append(list, span{class, int(from - window.From), int(to - from), text})
		}
	}
	was := i.PlannedSchedule()
	if was.Start != 0 && was.Done != 0 {
		add("plan", "", was.Start, was.Done)
	}
	if i.Now.Start != 0 && i.Now.Done != 0 {
		class := "now"
		switch {
		case i.Plan.State != portfolio.InPlan:
			class = "now forecast"
		case i.Stage >= portfolio.Implemented:
			class = "now done"
		}
		add(class, "", i.Now.Start, i.Now.Done)
	}
	if was.Done != 0 && i.Now.Done != 0 {
		add("slip", "", was.Done, i.Now.Done)
		add("slip earlier", "", i.Now.Done, was.Done)
	}
	drawn := map[portfolio.Month]bool{}
	for _, m := range v.Marks {
		if was.Done == i.Now.Done && m.From != 0 && m.Planned != 0 && !drawn[m.From] { // the effect moves alone
			add("slip", "", m.Planned, m.From)
			add("slip earlier", "", m.From, m.Planned)
		}
		if m.From != 0 && !drawn[m.From] {
			drawn[m.From] = true
			add("effect", "◆", m.From, m.From+1)
		}
	}
	today := r.shownDay().Month()
	add("today", "", today, today+1)
	return list
}
