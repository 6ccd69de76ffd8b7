package portfoliotest

import (
	"slices"

	"pgregory.net/rapid"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/appraisal"
)

func (d *draw) newCase() error {
	id, err := d.id(portfolio.KindBusinessCase)
	if err != nil {
		return err
	}
	c, e, err := portfolio.NewCase(d.p, d.by, portfolio.CaseID(id), d.initiative().ID)
	return save(d, c, e, err)
}

// someCase draws a business case, mostly one in the state that the deed is for; nil where there is none at all.
func (d *draw) someCase(fit portfolio.CaseState) *portfolio.BusinessCase {
	list := d.p.Cases.List()
	if len(list) == 0 {
		return nil
	}
	fits := slices.DeleteFunc(slices.Clone(list), func(c *portfolio.BusinessCase) bool { return c.State != fit })
	if len(fits) > 0 && rapid.IntRange(0, 4).Draw(d.t, "any case") > 0 {
		list = fits
	}
	return rapid.SampledFrom(list).Draw(d.t, "case")
}

func (d *draw) editCase() error {
	c := d.someCase(portfolio.Draft)
	if c == nil {
		return errNothing
	}
	to := c.CaseContent
	to.Summary, to.Lines = d.title(), slices.Clone(to.Lines)
	to.Lines = append(to.Lines, portfolio.CaseLine{
		Kind:    rapid.SampledFrom([]appraisal.Kind{appraisal.Benefit, appraisal.Running, appraisal.OneOff}).Draw(d.t, "kind"),
		Amounts: []portfolio.Estimate{{Likely: d.figure()}},
	})
	next, e, err := c.Edit(d.p, d.by, to)
	return save(d, next, e, err)
}

// stepCase is an owner's step: mostly a draft is sent in.
func (d *draw) stepCase() error {
	c := d.someCase(portfolio.Draft)
	if c == nil {
		return errNothing
	}
	switch rapid.IntRange(0, 7).Draw(d.t, "step") {
	case 0:
		next, e, err := c.Recall(d.p, d.by)
		return save(d, next, e, err)
	case 1:
		next, e, err := c.Discard(d.p, d.by)
		return save(d, next, e, err)
	}
	next, e, err := c.Submit(d.p, d.by)
	return save(d, next, e, err)
}

// assureCase is Finance's step: mostly the case is assured, now and then sent back.
func (d *draw) assureCase() error {
	c := d.someCase(portfolio.Submitted)
	if c == nil {
		return errNothing
	}
	if rapid.IntRange(0, 4).Draw(d.t, "step") == 0 {
		next, e, err := c.Return(d.p, d.by)
		return save(d, next, e, err)
	}
	next, e, err := c.Assure(d.p, d.by)
	return save(d, next, e, err)
}

func (d *draw) approveCase() error {
	c := d.someCase(portfolio.Assured)
	if c == nil {
		return errNothing
	}
	return d.saveAll(c.Approve(d.p, d.by))
}

func (d *draw) milestone() error {
	id, err := d.id(portfolio.KindMilestone)
	if err != nil {
		return err
	}
	m, e, err := portfolio.NewMilestone(d.p, d.by, portfolio.Milestone{
		ID: portfolio.MilestoneID(id), Initiative: d.initiative().ID, Title: d.title(), Due: 20180901, Owner: d.user(),
	})
	return save(d, m, e, err)
}

func (d *draw) commentary() error {
	id, err := d.id(portfolio.KindCommentary)
	if err != nil {
		return err
	}
	c, e, err := portfolio.NewCommentary(d.p, d.by, portfolio.Commentary{
		ID: portfolio.CommentaryID(id), Initiative: d.initiative().ID, FollowUp: rapid.SampledFrom(d.p.Policy.FollowUpDays(2018)).Draw(d.t, "day"),
		Outlook: rapid.SampledFrom(portfolio.Outlooks()).Draw(d.t, "outlook"), Text: d.title(),
	})
	return save(d, c, e, err)
}

// onAccount names the account of a gain, and makes the account with a cap.
func (d *draw) onAccount() error {
	id, err := d.id(portfolio.KindAccount)
	if err != nil {
		return err
	}
	no := rapid.SampledFrom([]string{"6.45.51", "5.32.30"}).Draw(d.t, "account")
	a, e, err := portfolio.NewAccount(d.p, d.by, portfolio.Account{
		ID: portfolio.AccountID(id), No: no, Caps: []portfolio.YearCap{{Year: 2018, Reduction: max(0, d.money())}},
	})
	return save(d, a, e, err)
}

func (d *draw) cutOnAccount() error {
	b := one(d, d.p.Benefits.All(), "benefit")
	if b.Cash == nil {
		return errNothing
	}
	to := *b
	to.Cash = &portfolio.Cash{Step: b.Cash.Step, Account: rapid.SampledFrom([]string{"", "6.45.51", "5.32.30"}).Draw(d.t, "account")}
	next, e, err := b.Edit(d.p, d.by, to)
	return save(d, next, e, err)
}

func (d *draw) overlapHome() error {
	list := d.p.Overlaps.List()
	if len(list) == 0 {
		return errNothing
	}
	o := rapid.SampledFrom(list).Draw(d.t, "overlap")
	home := rapid.SampledFrom(append([]portfolio.ProgrammeID{0}, o.Programmes...)).Draw(d.t, "home")
	next, e, err := o.SetHome(d.p, d.by, home)
	return save(d, next, e, err)
}

// carryOut makes a scenario of one shift, and carries it out.
func (d *draw) carryOut() error {
	id, err := d.id(portfolio.KindScenario)
	if err != nil {
		return err
	}
	s, e, err := portfolio.NewScenario(d.p, d.by, portfolio.Scenario{ID: portfolio.ScenarioID(id), Name: d.title(), Alterations: []portfolio.Alteration{
		{Kind: portfolio.Shift, Initiative: d.initiative().ID, Months: rapid.IntRange(-12, 12).Draw(d.t, "months")},
		{Kind: portfolio.ChangeAmount, Benefit: one(d, d.p.Benefits.All(), "benefit").ID, Amount: amount.Exactly(d.money())},
	}})
	if err := save(d, s, e, err); err != nil {
		return err
	}
	return d.saveAll(s.CarryOut(d.w.Portfolio(), d.by))
}

// stateNeeds draws what an initiative depends on, excludes and takes; circles and doubles are among what is drawn, and refused.
func (d *draw) stateNeeds() error {
	var needs portfolio.Needs
	for i := range d.p.Initiatives.All() {
		switch rapid.IntRange(0, 5).Draw(d.t, "relation") {
		case 0:
			needs.Requires = append(needs.Requires, i.ID)
		case 1:
			needs.Excludes = append(needs.Excludes, i.ID)
		}
	}
	if rapid.IntRange(0, 3).Draw(d.t, "effort known") > 0 {
		needs.Effort = &portfolio.Effort{}
		for range rapid.IntRange(0, 3).Draw(d.t, "uses") {
			needs.Effort.Uses = append(needs.Effort.Uses, portfolio.Use{
				Area: one(d, d.p.Areas.All(), "area").ID, Year: d.month().Year(), Days: d.days(),
			})
		}
	}
	got, e, err := d.initiative().StateNeeds(d.p, d.by, needs)
	return save(d, got, e, err)
}

func (d *draw) capacity() error {
	var years []portfolio.YearDays
	for year := range rapid.IntRange(0, 3).Draw(d.t, "years") {
		years = append(years, portfolio.YearDays{Year: 2019 - year, Days: d.days()})
	}
	got, e, err := one(d, d.p.Areas.All(), "area").SetCapacity(d.p, d.by, years)
	return save(d, got, e, err)
}

func (d *draw) days() int64 { return rapid.Int64Range(-1, 300).Draw(d.t, "days") }
