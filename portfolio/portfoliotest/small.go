package portfoliotest

import (
	"fmt"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// World names what a small portfolio holds.
type World struct {
	// One user of each role, a second owner who owns nothing, and a deputy of the economy chief.
	Admin, Office, Chief, Deputy, Owner, Stranger, Director, Viewer portfolio.UserID
	// Area is directed by Director, OtherArea by nobody.
	Area, OtherArea portfolio.AreaID
	// DIGIT has the requirement of 3,900,000 kr. in 2018; KME has none.
	DIGIT, KME  portfolio.ProgrammeID
	Meeting     portfolio.MeetingID
	Decision    portfolio.DecisionID
	Item        portfolio.ItemID
	Initiative  portfolio.InitiativeID
	Benefit     portfolio.BenefitID // 1,200,000 kr. net a year from April 2018
	Quality     portfolio.BenefitID // no kroner
	Requirement portfolio.RequirementID
}

// Small founds a small valid portfolio in an empty one, by verbs alone: one initiative in the plan, owned, started,
// in the director's area. It panics when a verb refuses, for then the test has nothing to stand on.
func Small(w Writer) World {
	f := founder{w}
	var x World
	x.Admin = f.user(0, portfolio.Administrator)
	for _, u := range []struct {
		id   *portfolio.UserID
		role portfolio.Role
	}{
		{&x.Office, portfolio.ProgrammeOffice},
		{&x.Chief, portfolio.EconomyChief},
		{&x.Deputy, portfolio.EconomyChief},
		{&x.Owner, portfolio.ProjectOwner},
		{&x.Stranger, portfolio.ProjectOwner},
		{&x.Director, portfolio.Director},
		{&x.Viewer, portfolio.Viewer},
	} {
		*u.id = f.user(x.Admin, u.role)
	}
	office := func() portfolio.By { return w.By(x.Office, "") }
	f.structure(&x, office)
	by := office()
	by.Decision = x.Decision
	x.Initiative = portfolio.InitiativeID(f.id(portfolio.KindInitiative))
	i := Did(portfolio.NewInitiative(w.Portfolio(), by, portfolio.Initiative{
		ID: x.Initiative, Title: "Office 365 / Cloud", Programme: x.DIGIT, Background: portfolio.FromCatalogue, Item: x.Item,
		Area: x.Area, OneOff: amount.Exactly(1_500_000 * amount.Krone),
		Now: portfolio.Schedule{Start: amount.NewMonth(2018, 1), Done: amount.NewMonth(2018, 4)},
	})).Keep(w)
	i = Did(i.Assign(w.Portfolio(), office(), x.Owner, x.Owner)).Keep(w)
	i = Did(i.SetPlan(w.Portfolio(), by, portfolio.InPlan, "")).Keep(w)
	for _, stage := range []portfolio.Stage{portfolio.Analysis, portfolio.Started} {
		i = Did(i.Advance(w.Portfolio(), office(), stage)).Keep(w)
	}
	x.Benefit = f.benefit(portfolio.Benefit{
		Initiative: x.Initiative, Title: "Licenser og drift", Type: portfolio.Efficiency, PriceYear: 2018,
		Cash: &portfolio.Cash{Step: portfolio.BudgetReduction},
		Terms: portfolio.Terms{
			From: amount.NewMonth(2018, 4), Gross: amount.Exactly(1_800_000 * amount.Krone), Running: amount.Exactly(600_000 * amount.Krone),
		},
	}, x.Office)
	x.Quality = f.benefit(portfolio.Benefit{
		Initiative: x.Initiative, Title: "Færre fejl", Type: portfolio.Quality,
		Indicator: &portfolio.Indicator{Unit: "fejl pr. 100 sager", Baseline: 9_000, Target: 3_000},
	}, x.Office)
	return x
}

func (f founder) structure(x *World, office func() portfolio.By) {
	w := f.w
	Did(portfolio.NewStrategy(office(), portfolio.Strategy{Municipality: "Kalundborg", Title: "Digitaliseringsstrategi", From: 2016, To: 2020})).Keep(w)
	x.Area, x.OtherArea = portfolio.AreaID(f.id(portfolio.KindArea)), portfolio.AreaID(f.id(portfolio.KindArea))
	area := Did(portfolio.NewArea(office(), portfolio.Area{ID: x.Area, Name: "Digitalisering & IT"})).Keep(w)
	Did(area.SetDirector(w.Portfolio(), office(), x.Director)).Keep(w)
	Did(portfolio.NewArea(office(), portfolio.Area{ID: x.OtherArea, Name: "Plan, Byg & Miljø"})).Keep(w)
	x.DIGIT, x.KME = portfolio.ProgrammeID(f.id(portfolio.KindProgramme)), portfolio.ProgrammeID(f.id(portfolio.KindProgramme))
	Did(portfolio.NewProgramme(office(), portfolio.Programme{ID: x.DIGIT, Code: "DIGIT", Name: "Digitalisering"})).Keep(w)
	Did(portfolio.NewProgramme(office(), portfolio.Programme{ID: x.KME, Code: "KME", Name: "Effektivisering"})).Keep(w)
	Did(portfolio.NewPolicy(w.By(x.Chief, ""), portfolio.Policy{Probability: map[portfolio.Stage]portfolio.Basis{
		portfolio.Started: 5_000, portfolio.Implemented: 7_500, portfolio.Realizing: 9_000,
	}})).Keep(w)
	x.Meeting = portfolio.MeetingID(f.id(portfolio.KindMeeting))
	Did(portfolio.NewMeeting(office(), portfolio.Meeting{ID: x.Meeting, Date: 20171106, Name: "Styregruppe", Type: portfolio.BoardMeeting})).Keep(w)
	x.Decision = portfolio.DecisionID(f.id(portfolio.KindDecision))
	Did(portfolio.NewDecision(w.Portfolio(), office(), portfolio.Decision{ID: x.Decision, Meeting: x.Meeting, Title: "Handlingsplan", Outcome: "Godkendt"})).Keep(w)
	x.Item = portfolio.ItemID(f.id(portfolio.KindCatalogueItem))
	Did(portfolio.NewItem(w.Portfolio(), office(), portfolio.CatalogueItem{ID: x.Item, No: 1, Title: "Office 365", Area: x.Area})).Keep(w)
	x.Requirement = portfolio.RequirementID(f.id(portfolio.KindRequirement))
	Did(portfolio.NewRequirement(w.Portfolio(), w.By(x.Chief, ""), portfolio.Requirement{
		ID: x.Requirement, Programme: x.DIGIT, Year: 2018, Lines: []portfolio.Line{
			{Kind: portfolio.Base, Label: "Krav", Amount: amount.Exactly(4_200_000 * amount.Krone), Permanence: portfolio.Permanent},
			{Kind: portfolio.AlreadyRealized, Label: "Hjemtaget", Amount: amount.Exactly(300_000 * amount.Krone), Permanence: portfolio.Permanent},
		},
	})).Keep(w)
}

type founder struct{ w Writer }

func (f founder) id(k portfolio.Kind) int64 {
	id, err := f.w.NextID(k)
	if err != nil {
		panic(fmt.Errorf("found a portfolio: %w", err))
	}
	return id
}

// Done is what a verb gave.
type Done[R portfolio.Record] struct {
	record R
	event  portfolio.Event
	err    error
}

// Did takes up what a verb gives, to be kept: Did(i.Assign(...)).Keep(w).
func Did[R portfolio.Record](r R, e portfolio.Event, err error) Done[R] { return Done[R]{r, e, err} }

// Keep saves the new value and gives it; it panics when the verb refused.
func (d Done[R]) Keep(w Writer) R {
	if d.err != nil {
		panic(fmt.Errorf("a verb refused: %w", d.err))
	}
	w.Save(d.record, d.event)
	return d.record
}

func (f founder) user(by portfolio.UserID, role portfolio.Role) portfolio.UserID {
	id := portfolio.UserID(f.id(portfolio.KindUser))
	Did(portfolio.NewUser(f.w.Portfolio(), f.w.By(by, ""), id, role)).Keep(f.w)
	return id
}

func (f founder) benefit(b portfolio.Benefit, by portfolio.UserID) portfolio.BenefitID {
	b.ID = portfolio.BenefitID(f.id(portfolio.KindBenefit))
	Did(portfolio.NewBenefit(f.w.Portfolio(), f.w.By(by, ""), b)).Keep(f.w)
	return b.ID
}
