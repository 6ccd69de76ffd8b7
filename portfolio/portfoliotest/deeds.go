package portfoliotest

import (
	"slices"

	"pgregory.net/rapid"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

func (d *draw) claim() error {
	b := one(d, d.p.Benefits.All(), "benefit")
	id, err := d.id(portfolio.KindEntry)
	if err != nil {
		return err
	}
	e := portfolio.Entry{ID: portfolio.EntryID(id), Benefit: b.ID, Evidence: portfolio.Evidence{Document: "2018-77"}}
	first := d.month()
	for k := range rapid.IntRange(1, 6).Draw(d.t, "months") {
		e.Months = append(e.Months, portfolio.MonthGain{Month: first + portfolio.Month(k), Gross: d.money(), Running: d.money()})
	}
	got, event, err := portfolio.NewClaim(d.p, d.by, e)
	if err != nil {
		return err
	}
	return d.saveAll([]portfolio.Change{{Record: got, Event: event}}, nil)
}

func (d *draw) settle(accept bool) error {
	e := d.entry()
	if e == nil {
		return errNothing
	}
	got, event, err := e.Settle(d.p, d.by, accept)
	if err != nil {
		return err
	}
	return d.saveAll([]portfolio.Change{{Record: got, Event: event}}, nil)
}

func (d *draw) reverse() error {
	e := d.entry()
	if e == nil {
		return errNothing
	}
	id, err := d.id(portfolio.KindEntry)
	if err != nil {
		return err
	}
	return d.saveAll(e.Reverse(d.p, d.by, portfolio.EntryID(id)))
}

func (d *draw) newBenefit() error {
	id, err := d.id(portfolio.KindBenefit)
	if err != nil {
		return err
	}
	b := d.benefit()
	b.ID, b.Initiative = portfolio.BenefitID(id), one(d, d.p.Initiatives.All(), "initiative").ID
	got, e, err := portfolio.NewBenefit(d.p, d.by, b)
	return save(d, got, e, err)
}

func (d *draw) editBenefit() error {
	got, e, err := one(d, d.p.Benefits.All(), "benefit").Edit(d.p, d.by, d.benefit())
	return save(d, got, e, err)
}

func (d *draw) newInitiative() error {
	id, err := d.id(portfolio.KindInitiative)
	if err != nil {
		return err
	}
	got, e, err := portfolio.NewInitiative(d.p, d.by, portfolio.Initiative{
		ID: portfolio.InitiativeID(id), Title: d.title(), Programme: one(d, d.p.Programmes.All(), "programme").ID,
		Background: portfolio.NewIdea, Area: one(d, d.p.Areas.All(), "area").ID, OneOff: d.figure(), Now: d.schedule(),
	})
	return save(d, got, e, err)
}

func (d *draw) initiative() *portfolio.Initiative { return one(d, d.p.Initiatives.All(), "initiative") }

func (d *draw) editInitiative() error {
	got, e, err := d.initiative().Edit(d.p, d.by, portfolio.Initiative{Summary: d.title(), OneOff: d.figure(), Now: d.schedule()})
	return save(d, got, e, err)
}

func (d *draw) assign() error {
	got, e, err := d.initiative().Assign(d.p, d.by, d.user(), d.user())
	return save(d, got, e, err)
}

func (d *draw) advance() error {
	i := d.initiative()
	got, e, err := i.Advance(d.p, d.by, i.Stage+1)
	return save(d, got, e, err)
}

func (d *draw) plan() error {
	to := rapid.SampledFrom(portfolio.Memberships()).Draw(d.t, "plan")
	got, e, err := d.initiative().SetPlan(d.p, d.by, to, d.title())
	return save(d, got, e, err)
}

func (d *draw) comment() error {
	got, e, err := d.initiative().Comment(d.p, d.by)
	return save(d, got, e, err)
}

func (d *draw) delay() error {
	return d.saveAll(d.initiative().ReportDelay(d.p, d.by, rapid.IntRange(0, 12).Draw(d.t, "months")))
}

func (d *draw) item() portfolio.CatalogueItem {
	return portfolio.CatalogueItem{
		No: rapid.IntRange(1, 30).Draw(d.t, "no"), Title: d.title(), Area: one(d, d.p.Areas.All(), "area").ID,
		Origin: rapid.SampledFrom(portfolio.Origins()).Draw(d.t, "origin"), Mandatory: rapid.Bool().Draw(d.t, "mandatory"),
		Types: rapid.SliceOfN(rapid.SampledFrom(portfolio.BenefitTypes()), 0, 3).Draw(d.t, "types"),
	}
}

func (d *draw) newItem() error {
	id, err := d.id(portfolio.KindCatalogueItem)
	if err != nil {
		return err
	}
	c := d.item()
	c.ID = portfolio.ItemID(id)
	got, e, err := portfolio.NewItem(d.p, d.by, c)
	return save(d, got, e, err)
}

func (d *draw) editItem() error {
	got, e, err := one(d, d.p.Items.All(), "item").Edit(d.p, d.by, d.item())
	return save(d, got, e, err)
}

func (d *draw) prioritise() error {
	got, e, err := one(d, d.p.Items.All(), "item").Prioritise(d.p, d.by, "2018", portfolio.Approval{Director: d.user(), On: Today})
	return save(d, got, e, err)
}

func (d *draw) decideItem() error {
	got, e, err := one(d, d.p.Items.All(), "item").Decide(d.p, d.by, rapid.Bool().Draw(d.t, "selected"))
	return save(d, got, e, err)
}

func (d *draw) newRequirement() error {
	id, err := d.id(portfolio.KindRequirement)
	if err != nil {
		return err
	}
	got, e, err := portfolio.NewRequirement(d.p, d.by, portfolio.Requirement{
		ID: portfolio.RequirementID(id), Programme: one(d, d.p.Programmes.All(), "programme").ID,
		Year: rapid.IntRange(2017, 2020).Draw(d.t, "year"), Lines: d.lines(),
	})
	return save(d, got, e, err)
}

func (d *draw) editRequirement() error {
	got, e, err := one(d, d.p.Requirements.All(), "requirement").Edit(d.p, d.by, d.lines(), amount.Figure{})
	return save(d, got, e, err)
}

func (d *draw) policy() error {
	f := portfolio.Policy{Probability: map[portfolio.Stage]portfolio.Basis{}, Optimism: map[portfolio.BenefitType]portfolio.Basis{}}
	for _, s := range portfolio.Stages() {
		f.Probability[s] = portfolio.Basis(rapid.IntRange(0, 10_000).Draw(d.t, "probability"))
	}
	f.Optimism[portfolio.Efficiency] = portfolio.Basis(rapid.IntRange(0, 5_000).Draw(d.t, "optimism"))
	got, e, err := d.p.Policy.Edit(d.by, f)
	return save(d, got, e, err)
}

func (d *draw) overlap() error {
	id, err := d.id(portfolio.KindOverlap)
	if err != nil {
		return err
	}
	o := portfolio.Overlap{ID: portfolio.OverlapID(id), Title: d.title()}
	for i := range d.p.Initiatives.All() {
		if rapid.IntRange(0, 3).Draw(d.t, "joined") == 0 {
			o.Initiatives = append(o.Initiatives, i.ID)
		}
	}
	for g := range d.p.Programmes.All() {
		o.Programmes = append(o.Programmes, g.ID)
	}
	o.Home = rapid.SampledFrom(append(slices.Clone(o.Programmes), 0)).Draw(d.t, "home")
	got, e, err := portfolio.NewOverlap(d.p, d.by, o)
	return save(d, got, e, err)
}

func (d *draw) followUp() error {
	id, err := d.id(portfolio.KindFollowUp)
	if err != nil {
		return err
	}
	got, e, err := portfolio.NewFollowUp(d.p, d.by, portfolio.FollowUpID(id), d.title(), (d.month() - 9).Last())
	return save(d, got, e, err)
}

func (d *draw) meeting() error {
	id, err := d.id(portfolio.KindMeeting)
	if err != nil {
		return err
	}
	got, e, err := portfolio.NewMeeting(d.by, portfolio.Meeting{ID: portfolio.MeetingID(id), Date: d.month().First(), Name: d.title(), Type: portfolio.Workshop})
	return save(d, got, e, err)
}

func (d *draw) decision() error {
	id, err := d.id(portfolio.KindDecision)
	if err != nil {
		return err
	}
	got, e, err := portfolio.NewDecision(d.p, d.by, portfolio.Decision{
		ID: portfolio.DecisionID(id), Meeting: one(d, d.p.Meetings.All(), "meeting").ID, Title: d.title(), Outcome: "Godkendt",
		Waiting: rapid.SampledFrom([]string{"", "OPUS"}).Draw(d.t, "waiting"), FollowUps: []string{d.title()},
	})
	return save(d, got, e, err)
}

// afterDecision sets a day for what waits, settles it by the latest decision, or tells that a follow-up is done.
func (d *draw) afterDecision() error {
	of := one(d, d.p.Decisions.All(), "decision")
	switch rapid.IntRange(0, 2).Draw(d.t, "after") {
	case 0:
		got, e, err := of.Schedule(d.p, d.by, one(d, d.p.Meetings.All(), "meeting").ID)
		return save(d, got, e, err)
	case 1:
		list := d.p.Decisions.List()
		by := d.by
		by.Decision = list[len(list)-1].ID
		got, e, err := of.Settle(d.p, by)
		return save(d, got, e, err)
	}
	got, e, err := of.FollowUp(d.by, 1)
	return save(d, got, e, err)
}

func (d *draw) director() error {
	got, e, err := one(d, d.p.Areas.All(), "area").SetDirector(d.p, d.by, d.user())
	return save(d, got, e, err)
}

func (d *draw) newArea() error {
	id, err := d.id(portfolio.KindArea)
	if err != nil {
		return err
	}
	got, e, err := portfolio.NewArea(d.by, portfolio.Area{ID: portfolio.AreaID(id), Name: d.title()})
	return save(d, got, e, err)
}

func (d *draw) newUser() error {
	id, err := d.id(portfolio.KindUser)
	if err != nil {
		return err
	}
	got, e, err := portfolio.NewUser(d.p, d.by, portfolio.UserID(id), rapid.SampledFrom(portfolio.Roles()).Draw(d.t, "role"))
	return save(d, got, e, err)
}

func (d *draw) role() error {
	u := one(d, d.p.Users.All(), "user to change")
	got, e, err := u.SetRole(d.p, d.by, rapid.SampledFrom([]portfolio.Role{u.Role, portfolio.EconomyChief, portfolio.ProjectOwner}).Draw(d.t, "role"))
	return save(d, got, e, err)
}

func (d *draw) disable() error {
	got, e, err := one(d, d.p.Users.All(), "user to close").Disable(d.p, d.by)
	return save(d, got, e, err)
}

func (d *draw) enable() error {
	got, e, err := one(d, d.p.Users.All(), "user to open").Enable(d.by)
	return save(d, got, e, err)
}
