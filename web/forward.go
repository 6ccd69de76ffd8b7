package web

import (
	"fmt"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// forwardView is what a year lacks because initiatives slipped or left, and what could come earlier to fill it, the cheapest in
// disruption first. Amounts are øre, net.
type forwardView struct {
	Year int `json:"year"`
	// Missing is the requirement less what is planned, ExpectedGap less the forecast; null without a requirement.
	Missing     ore        `json:"missing_ore"`
	ExpectedGap ore        `json:"expected_gap_ore"`
	Holes       []holeView `json:"holes"`
	Proposals   []proposal `json:"proposals"`
	// Further counts the proposals that disturb more than those shown.
	Further int `json:"further_proposals"`

	Into []optionView `json:"-"`
}

// holeView is what an initiative brings less than the adopted plan: in the year, and at its end for a full year.
type holeView struct {
	ID     portfolio.InitiativeID `json:"initiative"`
	Title  string                 `json:"title"`
	InYear ore                    `json:"in_year_ore"`
	Level  ore                    `json:"full_year_ore"`
	Href   string                 `json:"href"`

	Example bool `json:"example"`
}

// proposal is an initiative that could come earlier, and what the year then lacks.
type proposal struct {
	ID               portfolio.InitiativeID `json:"initiative"`
	Title            string                 `json:"title"`
	Stage            portfolio.Stage        `json:"stage"`
	Months           int                    `json:"months"`
	From             portfolio.Month        `json:"from"`
	InYear           ore                    `json:"in_year_ore"`
	Weighted         ore                    `json:"weighted_ore"`
	FullYear         ore                    `json:"full_year_ore"`
	MissingAfter     ore                    `json:"missing_after_ore"`
	ExpectedGapAfter ore                    `json:"expected_gap_after_ore"`
	// Notes say what goes along with the effect, Broken which limits the plan would break and does not now.
	Notes   []string `json:"notes"`
	Broken  []string `json:"limits_broken"`
	Example bool     `json:"example"`
	Href    string   `json:"href"`

	Was portfolio.Month `json:"-"`
	// Carry is where it is carried out by a decision, "" for those who may not.
	Carry string `json:"-"`
}

// mostProposals is how many ways to fill a hole are shown.
const mostProposals = 20

// less is what is left of an amount, unknown where it is.
func (o ore) less(m amount.Money) ore {
	if o.Known {
		o.Ore -= m
	}
	return o
}

// forward finds a year's holes and what could fill them.
func (r *request) forward(g *portfolio.Programme, year int) forwardView {
	y := r.p.YearOf(g.ID, year)
	v := forwardView{Year: year, Missing: missing(y), ExpectedGap: ore{y.ExpectedGap()}, Holes: []holeView{}, Proposals: []proposal{}}
	for _, h := range r.p.Holes(g.ID, year) {
		v.Holes = append(v.Holes, holeView{
			ID: h.Initiative.ID, Title: h.Initiative.Title, InYear: exactly(h.InYear), Level: exactly(h.Level),
			Href: r.link(fmt.Sprintf("/initiatives/%d", h.Initiative.ID)), Example: r.exampleInitiative(h.Initiative),
		})
	}
	all := r.p.BringForward(g.ID, year)
	shown := all[:min(len(all), mostProposals)]
	v.Further = len(all) - len(shown)
	for _, f := range shown {
		one := proposal{
			ID: f.Initiative.ID, Title: f.Initiative.Title, Stage: f.Initiative.Stage, Months: f.Months, From: f.From, Was: f.From + portfolio.Month(f.Months),
			InYear: exactly(f.InYear), Weighted: exactly(f.Weighted), FullYear: exactly(f.FullYear), Example: r.exampleInitiative(f.Initiative),
			Href: r.link(fmt.Sprintf("/initiatives/%d", f.Initiative.ID)),
		}
		one.Notes, one.Broken = r.workNotes(f.Initiative, f.Work), r.strainWords(r.p, f.Strains)
		one.MissingAfter, one.ExpectedGapAfter = v.Missing.less(f.InYear), v.ExpectedGap.less(f.Weighted)
		v.Proposals = append(v.Proposals, one)
	}
	if len(v.Proposals) == 0 {
		return v
	}
	if r.may(portfolio.KeepScenario, nil) {
		v.Into = r.openScenarios()
		for k := range v.Proposals {
			if one := &v.Proposals[k]; r.may(portfolio.ChangePlan, nil) {
				one.Carry = r.link(fmt.Sprintf("/scenarios/carry-out?initiative=%d&months=%d&from=%s", one.ID, -one.Months, one.Was))
			}
		}
	}
	return v
}

// workNotes say what moves with an effect that comes earlier: the work, where it has not begun, its days of the units and what it costs.
func (r *request) workNotes(i *portfolio.Initiative, to portfolio.Schedule) []string {
	if to.Start >= i.Now.Start {
		return []string{}
	}
	list := []string{r.say("forward.work", r.planPeriod(to.Start, lastMonth(to.Done)), r.planPeriod(i.Now.Start, lastMonth(i.Now.Done)))}
	if was, is := i.Now.Start.Year(), to.Start.Year(); was != is && i.OneOff.Known && i.OneOff.Ore != 0 {
		list = append(list, r.say("forward.cost", i.OneOff, is, was))
	}
	if i.Effort == nil {
		list = append(list, r.say("forward.effort_unknown"))
	}
	return list
}

// strainWords say which limits a plan breaks.
func (r *request) strainWords(p *portfolio.Portfolio, strains []portfolio.Strain) []string {
	list := []string{}
	for _, s := range strains {
		one, other := r.initiativeTitle(s.Initiative), r.initiativeTitle(s.Other)
		switch s.Kind {
		case portfolio.BeforeDone:
			list = append(list, r.say("limits.before_done", one, r.lang.Style.MonthName(p.Initiatives.Get(s.Initiative).Now.Done)))
		case portfolio.RequiredOut:
			list = append(list, r.say("limits.required_out", one, other))
		case portfolio.RequiredLater:
			list = append(list, r.say("limits.required_later", one, other, r.lang.Style.MonthName(p.Initiatives.Get(s.Other).Now.Done)))
		case portfolio.BothInPlan:
			list = append(list, r.say("limits.both", one, other))
		case portfolio.OverCapacity:
			list = append(list, r.lang.Count("limits.over", int(s.Days), r.area(s.Area), s.Year))
		}
	}
	return list
}

// forwards are the years of the plan that something slipped or left, and those that lack something all the same.
func (r *request) forwards(g *portfolio.Programme, years []*portfolio.Year) []forwardView {
	list := []forwardView{}
	for _, y := range years {
		if lack := missing(y); lack.Known && lack.Ore > 0 || len(r.p.Holes(g.ID, y.Year)) > 0 {
			list = append(list, r.forward(g, y.Year))
		}
	}
	return list
}

// exampleInitiative tells that the gains of an initiative are invented.
func (r *request) exampleInitiative(i *portfolio.Initiative) bool {
	for _, b := range r.p.BenefitsOf(i.ID) {
		if b.AnyExample() {
			return true
		}
	}
	return i.Example()
}

// missing is what a year's plan lacks: the requirement less what is planned, below 0 where more is planned.
func missing(y *portfolio.Year) ore {
	net, planned := y.Net(), y.PlannedTotal()
	if !net.Known || !planned.Known {
		return ore{}
	}
	return ore{amount.Figure{Ore: net.Ore - planned.Ore, Known: true, Approximate: net.Approximate || planned.Approximate}}
}
