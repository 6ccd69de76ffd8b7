package web

import (
	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/appraisal"
)

// presentValue is the net present value of the case in force.
func (r *request) presentValue(id portfolio.InitiativeID) (amount.Money, bool) {
	version := r.p.CurrentCase(id)
	if version == nil {
		return 0, false
	}
	result, err := r.p.Appraise(&version.CaseContent)
	value := result.Likely.PresentValue()
	if err != nil || !value.Known() || value.Taken > 0 { // what cannot be worked out, or is worth less by an unknown cost, is not known
		return 0, false
	}
	return value.Ore, true
}

// invest is what an initiative costs once in each of the years: by the case in force where that tells it, else all in the year
// that the work begins.
func (v *chooseView) invest(r *request, i *portfolio.Initiative, c *candidate) (reason string) {
	c.Invest = make([]ore, len(v.Limits))
	for k := range c.Invest {
		c.Invest[k] = exactly(0)
	}
	defer v.spend(i, c)
	if version := r.p.CurrentCase(i.ID); version != nil && v.investByCase(&version.CaseContent, c) {
		return ""
	}
	if !i.OneOff.Known {
		return r.say("choose.no_cost")
	}
	start := i.PlannedSchedule().Start
	if start == 0 && i.OneOff.Ore != 0 {
		return r.say("choose.no_start")
	}
	if k := start.Year() - v.Year; i.OneOff.Ore != 0 && k >= 0 && k < len(c.Invest) {
		c.Invest[k] = exactly(i.OneOff.Ore)
	}
	return ""
}

func (v *chooseView) investByCase(content *portfolio.CaseContent, c *candidate) bool {
	found := false
	for _, line := range content.Lines {
		if line.Kind != appraisal.OneOff {
			continue
		}
		for k, limit := range v.Limits {
			at := limit.Year - content.FirstYear
			if at < 0 || at >= content.Years {
				continue
			}
			f := line.In(at).Likely
			if !f.Known {
				return false
			}
			c.Invest[k] = exactly(c.Invest[k].Ore + f.Ore)
			found = true
		}
	}
	return found
}

// spend takes out of the investment what is known to be spent, which no choice gets back: what work that has begun cost in the years
// before this one, and what work that is done has cost up to this year. Of work under way nobody has told how much of this year's
// amount is spent, so all of it stays.
func (v *chooseView) spend(i *portfolio.Initiative, c *candidate) {
	c.Spent = make([]ore, len(c.Invest))
	for k, limit := range v.Limits {
		c.Spent[k] = exactly(0)
		if done := i.Stage >= portfolio.Implemented; i.Begun() && (limit.Year < v.AsOf.Year() || done && limit.Year == v.AsOf.Year()) {
			c.Invest[k], c.Spent[k] = c.Spent[k], c.Invest[k]
		}
	}
}
