package agenda

import (
	"slices"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// recommendations propose what the board should decide: what stands on its meeting's list, and what could fill the year's gap.
func (w *writer) recommendations() string {
	list := []string{w.say("report.recommend.note")}
	day := w.item.AsOf
	if w.item.Meeting != nil {
		day = max(day, w.item.Meeting.Date)
	}
	for _, m := range w.p.Matters(day) {
		if text := w.recommend(m); text != "" {
			list = append(list, text)
		}
	}
	if gap := w.item.Figures.GapIfAll; gap.Known && gap.Ore > 0 {
		for _, f := range w.p.BringForward(w.g.ID, w.item.Year) {
			if len(f.Strains) > 0 { // that is for the board to weigh, not to be put to it as ready
				continue
			}
			list = append(list, w.say("report.recommend.forward", f.Initiative.Title, f.From, amount.Exactly(f.InYear), w.item.Year))
		}
	}
	return w.say("report.recommend.lead") + "\n" + bullets(list)
}

// recommend words a matter as a recommendation; "" where it is another programme's, where the decision that waits says it already, or
// where nothing is asked of the board.
func (w *writer) recommend(m portfolio.Matter) string {
	switch of := m.Subject.(type) {
	case *portfolio.Decision:
		if m.Kind == portfolio.DecisionWaits {
			return w.say("report.recommend.waiting", sentence(of.Waiting))
		}
	case *portfolio.Initiative:
		if by := w.p.Decisions.Get(of.Plan.Decision); of.Programme == w.g.ID && (by == nil || !by.Waits()) {
			return w.say("report.recommend.place", of.Title)
		}
	case *portfolio.BusinessCase:
		if i := w.p.Initiatives.Get(of.Initiative); i != nil && i.Programme == w.g.ID {
			return w.say("report.recommend.case", i.Title)
		}
	case *portfolio.Round:
		return w.say("report.recommend.round", of.Name)
	case *portfolio.Overlap:
		if slices.Contains(of.Programmes, w.g.ID) {
			return w.say("report.recommend.home", of.Title)
		}
	case *portfolio.Requirement:
		if of.Programme == w.g.ID {
			return w.say("report.recommend.carry_over", m.Carry.Amount(), m.Carry.Year, m.Carry.Year+1)
		}
	}
	return ""
}

func (w *writer) presentation() string {
	var slipped, forward []string
	for _, h := range w.p.Holes(w.g.ID, w.item.Year) {
		level := ""
		if h.Level == 0 {
			level = " " + w.say("report.presentation.permanent")
		}
		slipped = append(slipped, w.say("report.presentation.slip", h.Initiative.Title, amount.Exactly(h.InYear), w.item.Year)+level)
	}
	for _, row := range w.year.Rows() {
		if now, was := w.moved(row.Initiative); now < was && row.Now.Net() > row.Plan.Net() {
			forward = append(forward, w.say("report.presentation.forward", row.Initiative.Title, now, was, amount.Exactly(row.Now.Net()-row.Plan.Net()), w.item.Year))
		}
	}
	list := []string{w.say("report.presentation.lead", w.g.Name, w.item.AsOf)}
	if len(slipped) > 0 {
		list = append(list, w.say("report.presentation.slipped")+"\n"+bullets(slipped))
	}
	if len(forward) > 0 {
		list = append(list, w.say("report.presentation.forwarded")+"\n"+bullets(forward))
	}
	return paragraphs(list...)
}

// moved is the month in which an initiative's effect begins now, and the one that was adopted; the work's end where no effect has
// moved. They are equal where nothing has.
func (w *writer) moved(i *portfolio.Initiative) (now, was portfolio.Month) {
	for _, b := range w.p.BenefitsOf(i.ID) {
		if planned := b.PlannedTerms(); b.From != 0 && planned.From != 0 && b.From != planned.From {
			return b.From, planned.From
		}
	}
	if planned := i.PlannedSchedule(); i.Now.Done != 0 && planned.Done != 0 {
		return i.Now.Done, planned.Done
	}
	return 0, 0
}
