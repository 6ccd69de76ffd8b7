package portfolio

import "slices"

// checkCases lists what does not hold of the business cases and of what is written about an initiative.
func (p *Portfolio) checkCases(say func(rule string, r Record, format string, args ...any)) {
	open, approved := map[InitiativeID]bool{}, map[InitiativeID]bool{}
	for c := range p.Cases.All() {
		if p.Initiatives.Get(c.Initiative) == nil {
			say("reference", c, "initiative %d does not exist", c.Initiative)
		}
		if err := c.CaseContent.refuse(p, c.Initiative); err != nil {
			say("business-case", c, "%v", err)
		}
		if c.Open() && open[c.Initiative] {
			say("one-case", c, "initiative %d has two versions under way", c.Initiative)
		}
		if c.State == Approved && approved[c.Initiative] {
			say("one-case", c, "initiative %d has two approved versions", c.Initiative)
		}
		open[c.Initiative] = open[c.Initiative] || c.Open()
		approved[c.Initiative] = approved[c.Initiative] || c.State == Approved
		for _, step := range [...]*CaseStep{c.Assured, c.Approved} {
			if step != nil && slices.Contains(c.Authors, step.By) {
				say("own-case", c, "was assured or approved by one who wrote in it")
			}
		}
		if (c.State == Approved || c.State == Superseded) && c.Approved == nil {
			say("business-case", c, "is %s, and nobody approved it", c.State)
		}
	}
	commented := map[InitiativeID][]Date{}
	for c := range p.Commentaries.All() {
		if slices.Contains(commented[c.Initiative], c.FollowUp) {
			say("one-commentary", c, "stands twice for %s", c.FollowUp)
		}
		commented[c.Initiative] = append(commented[c.Initiative], c.FollowUp)
	}
}
