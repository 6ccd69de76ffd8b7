package portfolio_test

import (
	"testing"

	"pgregory.net/rapid"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// later adds an initiative of the plan that is selected, with its work and the effect that follows; numbers are months of 2018 and on.
func (d *desk) later(title string, start, done, effect int) *portfolio.Initiative {
	d.Helper()
	id, _ := d.NextID(portfolio.KindInitiative)
	i, e, err := portfolio.NewInitiative(d.Portfolio(), d.decided(), portfolio.Initiative{
		ID: portfolio.InitiativeID(id), Title: title, Programme: d.x.DIGIT, Background: portfolio.NewIdea, Area: d.x.Area,
		Now: portfolio.Schedule{Start: month(start), Done: month(done)},
	})
	i = kept(d, i, e, err)
	i, e, err = i.SetPlan(d.Portfolio(), d.decided(), portfolio.InPlan, "")
	i = kept(d, i, e, err)
	was := d.x.Initiative
	d.x.Initiative = i.ID
	d.gain(portfolio.Benefit{
		Title: title, Type: portfolio.Efficiency, Cash: &portfolio.Cash{Step: portfolio.BudgetReduction},
		Terms: portfolio.Terms{From: month(effect), Gross: amount.Exactly(1_200 * thousand), Running: amount.Exactly(0)},
	})
	d.x.Initiative = was
	return i
}

func (d *desk) scenario(alterations ...portfolio.Alteration) (*portfolio.Scenario, error) {
	id, _ := d.NextID(portfolio.KindScenario)
	s, e, err := portfolio.NewScenario(d.Portfolio(), d.By(d.x.Director, ""), portfolio.Scenario{ID: portfolio.ScenarioID(id), Name: "Hvad nu hvis", Alterations: alterations})
	if err == nil {
		d.Save(s, e)
	}
	return s, err
}

func (d *desk) carryOut(s *portfolio.Scenario, note string) error {
	by := d.By(d.x.Director, note)
	by.Decision = d.x.Decision
	changes, err := s.CarryOut(d.Portfolio(), by)
	for _, c := range changes {
		d.Save(c.Record, c.Event)
	}
	return err
}

func shift(i *portfolio.Initiative, months int) portfolio.Alteration {
	return portfolio.Alteration{Kind: portfolio.Shift, Initiative: i.ID, Months: months}
}

func TestScenarioOvertaken(t *testing.T) {
	effect := func(d *desk, i *portfolio.Initiative) portfolio.Month { return d.Portfolio().BenefitsOf(i.ID)[0].From }
	t.Run("a shift is to a month: what the plan has moved meanwhile is not moved as far again", func(t *testing.T) {
		d := newDesk(t)
		i := d.later("Breve", 13, 15, 20)
		first, err := d.scenario(shift(i, -4))
		if err != nil {
			t.Fatal(err)
		}
		second, _ := d.scenario(shift(i, -5))
		if err := d.carryOut(second, ""); err != nil {
			t.Fatal(err)
		}
		if at := effect(d, i); at != month(15) {
			t.Fatalf("it has effect from %v", at)
		}
		under := d.Portfolio().Under(first.Alterations)
		if at := under.BenefitsOf(i.ID)[0].From; at != month(16) {
			t.Errorf("under the first it has effect from %v", at)
		}
		if p := first.Prospects(d.Portfolio()); p[0].Stands != month(15) || p[0].Hindered != nil {
			t.Errorf("%+v", p)
		}
		if err := d.carryOut(first, ""); err != nil || effect(d, i) != month(16) {
			t.Errorf("%v, from %v", err, effect(d, i))
		}
	})
	t.Run("one whose month the plan has reached does nothing, says so, and is not carried out", func(t *testing.T) {
		d := newDesk(t)
		i := d.later("Breve", 13, 15, 20)
		first, _ := d.scenario(shift(i, -4))
		second, _ := d.scenario(shift(i, -4))
		if err := d.carryOut(second, ""); err != nil {
			t.Fatal(err)
		}
		p := d.Portfolio()
		if p.Under(first.Alterations).YearOf(d.x.DIGIT, 2019).Now != p.YearOf(d.x.DIGIT, 2019).Now {
			t.Error("it still claims to bring more")
		}
		refused(t, first.Prospects(p)[0].Hindered.Or(), "error.shift_there")
		refused(t, d.carryOut(first, ""), "error.shift_there")
	})
	t.Run("carried out it may move into no month that has ended, as by hand, though it could when it was written", func(t *testing.T) {
		d := newDesk(t)
		i := d.later("Breve", 13, 15, 20)
		s, err := d.scenario(shift(i, -9)) // to November 2018, the work from September
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.CarryOut(d.Portfolio().On(20181001), d.decided())
		refused(t, err, "error.shift_past")
	})
	t.Run("a shift of before its month was kept is by so many months", func(t *testing.T) {
		d := newDesk(t)
		i := d.later("Breve", 13, 15, 20)
		if at := d.Portfolio().Under([]portfolio.Alteration{shift(i, -2)}).BenefitsOf(i.ID)[0].From; at != month(18) {
			t.Error(at)
		}
	})
}

func TestScenarioAgainstItself(t *testing.T) {
	d := newDesk(t)
	drop := portfolio.Alteration{Kind: portfolio.Drop, Initiative: d.x.Initiative}
	change := portfolio.Alteration{Kind: portfolio.ChangeAmount, Benefit: d.x.Benefit, Amount: amount.Exactly(1)}
	for title, c := range map[string]struct {
		list []portfolio.Alteration
		code string
	}{
		"what is changed is not dropped":       {[]portfolio.Alteration{change, drop}, "error.drop_altered"},
		"what is moved is not dropped":         {[]portfolio.Alteration{shift(d.initiative(), 2), drop}, "error.drop_altered"},
		"what is dropped is not changed":       {[]portfolio.Alteration{drop, change}, "error.amount_out"},
		"what is dropped is not moved":         {[]portfolio.Alteration{drop, shift(d.initiative(), 2)}, "error.shift_closed"},
		"what is dropped is not dropped again": {[]portfolio.Alteration{drop, drop}, "error.drop_out"},
	} {
		t.Run(title, func(t *testing.T) {
			_, err := d.scenario(c.list...)
			refused(t, err, c.code)
		})
	}
}

func TestSupposedRequirement(t *testing.T) {
	d := newDesk(t)
	of := func(kind portfolio.AlterationKind, year int, kroner amount.Money) portfolio.Alteration {
		return portfolio.Alteration{Kind: kind, Programme: d.x.DIGIT, Year: year, Amount: amount.Exactly(kroner)}
	}
	t.Run("a year that asks nothing is supposed to ask something, and then lacks what is not planned", func(t *testing.T) {
		s, err := d.scenario(of(portfolio.SupposeRequirement, 2019, 2_000*thousand), of(portfolio.ChangeRequirement, 2019, 100*thousand))
		if err != nil {
			t.Fatal(err)
		}
		y := d.Portfolio().Under(s.Alterations).YearOf(d.x.DIGIT, 2019)
		if net := y.Net(); !net.Known || net.Ore != 2_100*thousand || y.Planned() != 1_200*thousand {
			t.Errorf("%+v, planned %d", net, y.Planned())
		}
		if d.Portfolio().Requirement(d.x.DIGIT, 2019) != nil {
			t.Error("the portfolio itself has it now")
		}
		refused(t, d.carryOut(s, ""), "error.scenario_requirement")
	})
	t.Run("another requirement is of a year that has one, a supposed one of a year that has none", func(t *testing.T) {
		_, err := d.scenario(of(portfolio.ChangeRequirement, 2019, 1))
		refused(t, err, "error.suppose_requirement")
		_, err = d.scenario(of(portfolio.SupposeRequirement, 2018, 1))
		refused(t, err, "error.has_requirement")
		_, err = d.scenario(of(portfolio.SupposeRequirement, 1918, 1))
		refused(t, err, "error.year")
	})
}

func TestEffortGoesWithTheWork(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := newDesk(t)
		start := rapid.IntRange(13, 30).Draw(rt, "start")
		i := d.later("Breve", start, start+rapid.IntRange(1, 20).Draw(rt, "length"), 60)
		needs := portfolio.Needs{Effort: &portfolio.Effort{}}
		for year := 2018; year <= 2021; year++ {
			needs.Effort.Uses = append(needs.Effort.Uses, portfolio.Use{Area: d.x.Area, Year: year, Days: rapid.Int64Range(0, 200).Draw(rt, "days")})
		}
		i, e, err := i.StateNeeds(d.Portfolio(), d.decided(), needs)
		i = kept(d, i, e, err)
		m, err := d.Portfolio().Movable(i.ID)
		if err != nil {
			rt.Fatal(err)
		}
		to := d.Portfolio().Under([]portfolio.Alteration{shift(i, int(m.Earliest-m.Month))}).Initiatives.Get(i.ID)
		if to.Now.Start != portfolio.Ended(d.Portfolio().Today) || to.Now.Done-to.Now.Start != i.Now.Done-i.Now.Start {
			rt.Fatalf("the work was %v and is %v", i.Now, to.Now)
		}
		var was, is int64
		for year := 2018; year <= 2021; year++ {
			was, is = was+i.Effort.In(d.x.Area, year), is+to.Effort.In(d.x.Area, year)
		}
		if was != is {
			rt.Fatalf("%d days became %d: %+v, %+v", was, is, i.Effort, to.Effort)
		}
	})
	t.Run("a year's days follow the months that are worked in it", func(t *testing.T) {
		d := newDesk(t)
		i := d.later("Breve", 22, 27, 27) // five months from October 2019: three of them in 2019
		i, e, err := i.StateNeeds(d.Portfolio(), d.decided(), portfolio.Needs{Effort: &portfolio.Effort{Uses: []portfolio.Use{
			{Area: d.x.Area, Year: 2019, Days: 30}, {Area: d.x.Area, Year: 2020, Days: 20},
		}}})
		i = kept(d, i, e, err)
		to := d.Portfolio().Under([]portfolio.Alteration{shift(i, -1)}).Initiatives.Get(i.ID)
		if to.Effort.In(d.x.Area, 2019) != 40 || to.Effort.In(d.x.Area, 2020) != 10 {
			t.Errorf("%+v", to.Effort)
		}
	})
}
