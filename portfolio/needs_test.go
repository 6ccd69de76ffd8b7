package portfolio_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// initiatives adds initiatives to the desk's one, by these titles, in the plan.
func (d *desk) initiatives(titles ...string) (ids []portfolio.InitiativeID) {
	d.Helper()
	for _, title := range titles {
		id, _ := d.NextID(portfolio.KindInitiative)
		i, e, err := portfolio.NewInitiative(d.Portfolio(), d.decided(), portfolio.Initiative{
			ID: portfolio.InitiativeID(id), Title: title, Programme: d.x.DIGIT, Background: portfolio.NewIdea, Area: d.x.OtherArea, OneOff: amount.Exactly(1),
		})
		kept(d, i, e, err)
		i, e, err = i.SetPlan(d.Portfolio(), d.decided(), portfolio.InPlan, "")
		ids = append(ids, kept(d, i, e, err).ID)
	}
	return ids
}

func (d *desk) needs(of portfolio.InitiativeID, n portfolio.Needs) error {
	i, e, err := d.Portfolio().Initiatives.Get(of).StateNeeds(d.Portfolio(), d.By(d.x.Office, ""), n)
	if err == nil {
		d.Save(i, e)
	}
	return err
}

func TestNeeds(t *testing.T) {
	type ids = []portfolio.InitiativeID
	d := newDesk(t)
	made := d.initiatives("Login", "Sager", "Arkiv")
	login, cases, archive := made[0], made[1], made[2]
	for of, n := range map[portfolio.InitiativeID]portfolio.Needs{
		cases:   {Requires: ids{login}, Excludes: ids{d.x.Initiative}},
		archive: {Requires: ids{cases, cases}},
	} {
		if err := d.needs(of, n); err != nil {
			t.Fatal(err)
		}
	}
	use := func(uses ...portfolio.Use) portfolio.Needs {
		return portfolio.Needs{Effort: &portfolio.Effort{Uses: uses}}
	}
	for title, c := range map[string]struct {
		of    portfolio.InitiativeID
		needs portfolio.Needs
		want  string
	}{
		"it depends on itself":                        {login, portfolio.Needs{Requires: ids{login}}, "error.needs_itself (requires)"},
		"it excludes itself":                          {login, portfolio.Needs{Excludes: ids{login}}, "error.needs_itself (excludes)"},
		"two would wait for each other, by their way": {login, portfolio.Needs{Requires: ids{cases}}, "error.dependency_cycle (requires) Login → Sager → Login"},
		"three would wait for each other":             {login, portfolio.Needs{Requires: ids{archive}}, "error.dependency_cycle (requires) Login → Arkiv → Sager → Login"},
		"it depends on what it excludes":              {archive, portfolio.Needs{Requires: ids{cases}, Excludes: ids{login}}, "error.requires_excluded (excludes) Login"},
		"it depends on what excludes it":              {d.x.Initiative, portfolio.Needs{Requires: ids{cases}}, "error.requires_excluded (excludes) Sager"},
		"it depends on what is not there":             {login, portfolio.Needs{Requires: ids{99}}, "error.unknown_initiative (requires)"},
		"it excludes what is not there":               {login, portfolio.Needs{Excludes: ids{99}}, "error.unknown_initiative (excludes)"},
		"a unit is not there":                         {login, use(portfolio.Use{Area: 99, Year: 2018, Days: 1}), "error.unknown_area (effort)"},
		"a year is none":                              {login, use(portfolio.Use{Area: d.x.Area, Year: 18, Days: 1}), "error.year (effort)"},
		"days are below zero":                         {login, use(portfolio.Use{Area: d.x.Area, Year: 2018, Days: -1}), "error.days (effort) 1000000"},
		"days are more than any unit has":             {login, use(portfolio.Use{Area: d.x.Area, Year: 2018, Days: 1_000_001}), "error.days (effort) 1000000"},
	} {
		t.Run("needs are refused where "+title, func(t *testing.T) {
			if err := d.needs(c.of, c.needs); err == nil || err.Error() != c.want {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
	t.Run("a unit's year is stated once", func(t *testing.T) {
		twice := use(portfolio.Use{Area: d.x.Area, Year: 2018, Days: 1}, portfolio.Use{Area: d.x.Area, Year: 2018, Days: 2})
		if err := d.needs(login, twice); !portfolio.Is(err, portfolio.Invalid) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("an exclusion holds for both, and what depends is told from the other side", func(t *testing.T) {
		p := d.Portfolio()
		if got := p.Exclusions(d.x.Initiative); !slices.Equal(got, ids{cases}) {
			t.Errorf("got %v", got)
		}
		if got := p.Exclusions(cases); !slices.Equal(got, ids{d.x.Initiative}) {
			t.Errorf("got %v", got)
		}
		if got := p.Dependants(cases); !slices.Equal(got, ids{archive}) {
			t.Errorf("got %v", got)
		}
		if got := p.Initiatives.Get(archive).Requires; !slices.Equal(got, ids{cases}) {
			t.Errorf("it is kept as %v", got)
		}
	})
}

func TestRemarks(t *testing.T) {
	d := newDesk(t)
	other := d.initiatives("Anden")[0]
	item := *d.Portfolio().Items.Get(d.x.Item)
	mandatory := func(id portfolio.InitiativeID) {
		i := *d.Portfolio().Initiatives.Get(id)
		item.Mandatory, i.Item = true, item.ID
		d.Save(&item, portfolio.Event{})
		d.Save(&i, portfolio.Event{})
	}
	mandatory(d.x.Initiative)
	if err := d.needs(other, portfolio.Needs{Excludes: []portfolio.InitiativeID{d.x.Initiative}}); err != nil {
		t.Fatal(err)
	}
	if got := d.Portfolio().Remarks(); len(got) != 0 {
		t.Errorf("one of the two may be left out: %v", got)
	}
	mandatory(other)
	if got := d.Portfolio().Remarks(); len(got) != 1 || got[0].Rule != "mandatory-excluded" {
		t.Errorf("two that must both be done and exclude each other are told as %v", got)
	}
	if bad := d.Portfolio().Check(); len(bad) != 0 {
		t.Errorf("that is no violation: %v", bad)
	}
}

func TestUnitYear(t *testing.T) {
	d := newDesk(t)
	made := d.initiatives("Login", "Sager", "Ude")
	uses := func(id portfolio.InitiativeID, days int64) {
		if err := d.needs(id, portfolio.Needs{Effort: &portfolio.Effort{Uses: []portfolio.Use{{Area: d.x.OtherArea, Year: 2018, Days: days}}}}); err != nil {
			t.Fatal(err)
		}
	}
	unit := func() portfolio.UnitYear {
		return d.Portfolio().UnitYear(d.Portfolio().Areas.Get(d.x.OtherArea), 2018)
	}
	if y := unit(); y.Known || y.Taken != 0 || y.Over() != 0 || len(y.Unknown) != 3 {
		t.Errorf("where nothing is stated nothing is known: %+v", y)
	}
	uses(made[0], 40)
	uses(made[1], 0)
	uses(made[2], 30)
	i, e, err := d.Portfolio().Initiatives.Get(made[2]).SetPlan(d.Portfolio(), d.decided(), portfolio.OutOfPlan, "ude")
	kept(d, i, e, err)
	a, e, err := d.Portfolio().Areas.Get(d.x.OtherArea).SetCapacity(d.Portfolio(), d.By(d.x.Office, ""), []portfolio.YearDays{{Year: 2019, Days: 50}, {Year: 2018, Days: 35}})
	kept(d, a, e, err)
	if y := unit(); !y.Known || y.Taken != 40 || y.Over() != 5 || len(y.Uses) != 1 || len(y.Unknown) != 0 {
		t.Errorf("the plan's initiatives take what they state, and a stated 0 is known: %+v", y)
	}
	for title, years := range map[string][]portfolio.YearDays{
		"a year twice": {{Year: 2018, Days: 1}, {Year: 2018, Days: 2}}, "a year that is none": {{Year: 17, Days: 1}}, "less than nothing": {{Year: 2018, Days: -1}},
	} {
		if _, _, err := a.SetCapacity(d.Portfolio(), d.By(d.x.Office, ""), years); !portfolio.Is(err, portfolio.Invalid) {
			t.Errorf("%s: %v", title, err)
		}
	}
}

// Whatever is stated in whatever order, the initiatives can be put in an order in which each comes after all that it depends on.
func TestNeedsCanBeOrdered(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		d := newDesk(t)
		all := append(d.initiatives("a", "b", "c", "d"), d.x.Initiative)
		for range rapid.IntRange(1, 15).Draw(r, "statements") {
			of := rapid.SampledFrom(all).Draw(r, "of")
			needs := portfolio.Needs{
				Requires: rapid.SliceOfN(rapid.SampledFrom(all), 0, 2).Draw(r, "requires"),
				Excludes: rapid.SliceOfN(rapid.SampledFrom(all), 0, 1).Draw(r, "excludes"),
			}
			if err := d.needs(of, needs); err != nil && !portfolio.Is(err, portfolio.Invalid) {
				r.Fatal(err)
			}
		}
		p, done := d.Portfolio(), []portfolio.InitiativeID{}
		for range all {
			for _, id := range all {
				waits := func(id portfolio.InitiativeID) bool { return !slices.Contains(done, id) }
				if waits(id) && !slices.ContainsFunc(p.Initiatives.Get(id).Requires, waits) {
					done = append(done, id)
				}
			}
		}
		if len(done) != len(all) {
			r.Fatalf("only %v of %v can be done", done, all)
		}
		if bad := p.Check(); len(bad) > 0 {
			r.Fatal(bad)
		}
	})
}

func TestCheckNeeds(t *testing.T) {
	for title, c := range map[string]struct {
		spoil func(first, second *portfolio.Initiative, area *portfolio.Area)
		rule  string
	}{
		"a circle": {func(first, second *portfolio.Initiative, _ *portfolio.Area) {
			first.Requires, second.Requires = []portfolio.InitiativeID{second.ID}, []portfolio.InitiativeID{first.ID}
		}, "needs"},
		"an initiative that depends on itself": {func(first, _ *portfolio.Initiative, _ *portfolio.Area) {
			first.Requires = []portfolio.InitiativeID{first.ID}
		}, "needs"},
		"an initiative that excludes itself": {func(first, _ *portfolio.Initiative, _ *portfolio.Area) {
			first.Excludes = []portfolio.InitiativeID{first.ID}
		}, "needs"},
		"work below nothing": {func(first, _ *portfolio.Initiative, area *portfolio.Area) {
			first.Effort = &portfolio.Effort{Uses: []portfolio.Use{{Area: area.ID, Year: 2018, Days: -1}}}
		}, "needs"},
		"a dependency on what is not there": {func(first, _ *portfolio.Initiative, _ *portfolio.Area) {
			first.Requires = []portfolio.InitiativeID{99}
		}, "reference"},
		"a capacity below nothing": {func(_, _ *portfolio.Initiative, area *portfolio.Area) {
			area.Capacity = []portfolio.YearDays{{Year: 2018, Days: -1}}
		}, "capacity"},
	} {
		t.Run("a check tells of "+title, func(t *testing.T) {
			d := newDesk(t)
			other := d.initiatives("Anden")[0]
			first, second, area := *d.Portfolio().Initiatives.Get(d.x.Initiative), *d.Portfolio().Initiatives.Get(other), *d.Portfolio().Areas.Get(d.x.Area)
			c.spoil(&first, &second, &area)
			for _, r := range []portfolio.Record{&first, &second, &area} {
				d.Save(r, portfolio.Event{})
			}
			if bad := d.Portfolio().Check(); len(bad) != 1 || bad[0].Rule != c.rule {
				t.Errorf("got %v", bad)
			}
		})
	}
}
