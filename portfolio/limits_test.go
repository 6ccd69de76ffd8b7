package portfolio_test

import (
	"testing"

	"gevinst/portfolio"
)

func TestStrains(t *testing.T) {
	d := newDesk(t)
	early, late := d.later("Tidlig", 12, 14, 14), d.later("Sen", 14, 20, 20)
	out := d.later("Udgået", 14, 16, 16)
	state := func(i *portfolio.Initiative, needs portfolio.Needs) {
		next, e, err := i.StateNeeds(d.Portfolio(), d.decided(), needs)
		kept(d, next, e, err)
	}
	area, e, err := d.Portfolio().Areas.Get(d.x.Area).SetCapacity(d.Portfolio(), d.By(d.x.Director, ""), []portfolio.YearDays{{Year: 2018, Days: 10}})
	kept(d, area, e, err)
	before := d.Portfolio()
	for _, c := range []struct {
		title string
		of    *portfolio.Initiative
		needs portfolio.Needs
		also  []portfolio.Alteration
		want  []portfolio.Strain
	}{
		{"what is required and in the plan is no limit while it is done in time", late, portfolio.Needs{Requires: []portfolio.InitiativeID{early.ID}}, nil, nil},
		{
			"what is required is done after the effect comes", early,
			portfolio.Needs{Requires: []portfolio.InitiativeID{late.ID}},
			nil,
			[]portfolio.Strain{{Kind: portfolio.RequiredLater, Initiative: early.ID, Other: late.ID}},
		},
		{
			"what is required leaves the plan", early,
			portfolio.Needs{Requires: []portfolio.InitiativeID{out.ID}},
			[]portfolio.Alteration{{Kind: portfolio.Drop, Initiative: out.ID}},
			[]portfolio.Strain{{Kind: portfolio.RequiredOut, Initiative: early.ID, Other: out.ID}},
		},
		{
			"two of the plan exclude each other", late,
			portfolio.Needs{Excludes: []portfolio.InitiativeID{early.ID}},
			nil,
			[]portfolio.Strain{{Kind: portfolio.BothInPlan, Initiative: early.ID, Other: late.ID}},
		},
		{
			"a unit has too few days, and a year that it has not stated is not known to be too few", early,
			portfolio.Needs{Effort: &portfolio.Effort{Uses: []portfolio.Use{{Area: d.x.Area, Year: 2018, Days: 12}, {Area: d.x.Area, Year: 2019, Days: 99}}}},
			nil,
			[]portfolio.Strain{{Kind: portfolio.OverCapacity, Area: d.x.Area, Year: 2018, Days: 2}},
		},
	} {
		t.Run(c.title, func(t *testing.T) {
			was := d.Portfolio().Initiatives.Get(c.of.ID).Needs
			state(d.Portfolio().Initiatives.Get(c.of.ID), c.needs)
			got := d.Portfolio().Under(c.also).StrainedSince(before)
			if len(got) != len(c.want) || len(got) == 1 && got[0] != c.want[0] {
				t.Errorf("%+v, want %+v", got, c.want)
			}
			if len(d.Portfolio().StrainedSince(d.Portfolio())) != 0 {
				t.Error("it breaks more than itself")
			}
			state(d.Portfolio().Initiatives.Get(c.of.ID), was)
		})
	}
	t.Run("an effect is moved before the work that it follows is done", func(t *testing.T) {
		begun := d.later("Begyndt", 9, 14, 14)
		for _, stage := range []portfolio.Stage{portfolio.Analysis, portfolio.Started} {
			next, e, err := begun.Advance(d.Portfolio(), d.decided(), stage)
			if err != nil { // an owner first
				next, e, err = begun.Assign(d.Portfolio(), d.decided(), d.x.Owner, 0)
				begun = kept(d, next, e, err)
				next, e, err = begun.Advance(d.Portfolio(), d.decided(), stage)
			}
			begun = kept(d, next, e, err)
		}
		got := d.Portfolio().Under([]portfolio.Alteration{shift(begun, -1)}).StrainedSince(d.Portfolio())
		if len(got) != 1 || got[0] != (portfolio.Strain{Kind: portfolio.BeforeDone, Initiative: begun.ID}) {
			t.Errorf("%+v", got)
		}
	})
}
