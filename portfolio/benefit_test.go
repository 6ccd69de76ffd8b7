package portfolio_test

import (
	"reflect"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/portfoliotest"
)

func TestBenefit(t *testing.T) {
	d := newDesk(t)
	cash := &portfolio.Cash{Step: portfolio.BudgetReduction}
	kroner := portfolio.Terms{From: month(4), Gross: amount.Exactly(100)}
	indicator := &portfolio.Indicator{Unit: "%"}
	share := func(shares ...portfolio.Basis) (list []portfolio.Allocation) {
		for k, s := range shares {
			list = append(list, portfolio.Allocation{Programme: []portfolio.ProgrammeID{d.x.DIGIT, d.x.KME}[k], Share: s})
		}
		return list
	}
	for _, c := range []struct {
		title string
		b     portfolio.Benefit
		want  string
	}{
		{"kroner on quality", portfolio.Benefit{Type: portfolio.Quality, Cash: cash, Terms: kroner}, "error.kroner_not_here"},
		{"kroner on service", portfolio.Benefit{Type: portfolio.Service, Cash: cash, Terms: kroner}, "error.kroner_not_here"},
		{"an amount on an indicator", portfolio.Benefit{Type: portfolio.Quality, Indicator: indicator, Terms: kroner}, "error.kroner_not_here"},
		{"a running cost on freed time", portfolio.Benefit{Type: portfolio.Efficiency, Time: &portfolio.FreedTime{HoursPerYear: 1}, Terms: portfolio.Terms{Running: amount.Exactly(0)}}, "error.kroner_not_here"},
		{"two gains in one", portfolio.Benefit{Type: portfolio.Efficiency, Cash: cash, Indicator: indicator}, "error.required"},
		{"no gain at all", portfolio.Benefit{Type: portfolio.Efficiency}, "error.required"},
		{"freed time as a step of kroner", portfolio.Benefit{Type: portfolio.Efficiency, Cash: &portfolio.Cash{Step: portfolio.FreedTimeGain}}, "error.required"},
		{"an indicator without a unit", portfolio.Benefit{Type: portfolio.Service, Indicator: &portfolio.Indicator{}}, "error.required"},
		{"negative hours", portfolio.Benefit{Type: portfolio.Efficiency, Time: &portfolio.FreedTime{HoursPerYear: -1}}, "error.positive"},
		{"a ramp that does not end at all", portfolio.Benefit{Type: portfolio.Efficiency, Cash: cash, Terms: portfolio.Terms{Ramp: amount.Ramp{5_000}}}, "error.ramp"},
		{"more than is counted with", portfolio.Benefit{Type: portfolio.Efficiency, Cash: cash, Terms: portfolio.Terms{Gross: amount.Exactly(amount.Max + 1)}}, "error.too_large"},
		{"shares of more than the whole", portfolio.Benefit{Type: portfolio.Efficiency, Cash: cash, Allocations: share(6_000, 4_001)}, "error.allocated_twice"},
		{"a share of more than the whole", portfolio.Benefit{Type: portfolio.Efficiency, Cash: cash, Allocations: share(10_001)}, "error.share"},
		{"a negative share", portfolio.Benefit{Type: portfolio.Efficiency, Cash: cash, Allocations: share(10_000, -1)}, "error.share"},
		{"no title", portfolio.Benefit{Title: "-", Type: portfolio.Efficiency, Cash: cash}, "error.required"},
		{"an unknown owner", portfolio.Benefit{Type: portfolio.Efficiency, Cash: cash, Owner: 99}, "error.cannot_own"},
		{"shares of the whole", portfolio.Benefit{Type: portfolio.Efficiency, Cash: cash, Allocations: share(6_000, 4_000)}, ""},
		{"an amount nobody knows yet", portfolio.Benefit{Type: portfolio.Efficiency, Cash: cash}, ""},
	} {
		t.Run(c.title, func(t *testing.T) {
			c.b.ID, c.b.Initiative = 9, d.x.Initiative
			switch c.b.Title {
			case "":
				c.b.Title = "Gevinst"
			case "-":
				c.b.Title = ""
			}
			_, _, err := portfolio.NewBenefit(d.Portfolio(), d.decided(), c.b)
			if c.want != "" {
				refused(t, err, c.want)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
	t.Run("who asks for more than there is, is told who counts it already", func(t *testing.T) {
		d := newDesk(t)
		b := d.Portfolio().Benefits.Get(d.x.Benefit)
		_, _, err := b.Allocate(d.Portfolio(), d.By(d.x.Chief, ""), share(6_000, 4_001))
		refused(t, err, "error.allocated_already")
		digit, kme := d.Portfolio().Programmes.Get(d.x.DIGIT).Name, d.Portfolio().Programmes.Get(d.x.KME).Name
		want := []any{
			portfolio.Basis(10_001),
			portfolio.Shares{{Programme: digit, Share: 6_000}, {Programme: kme, Share: 4_001}},
			b.Title, d.Portfolio().Initiatives.Get(b.Initiative).Title,
			portfolio.Shares{{Programme: digit, Share: portfolio.Whole}},
		}
		if got := portfolio.AsRefusals(err)[0].Args; !reflect.DeepEqual(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
	})
	t.Run("a gain that has entries keeps its kroner", func(t *testing.T) {
		d := newDesk(t)
		d.claimed(4)
		b := d.Portfolio().Benefits.Get(d.x.Benefit)
		refused(t, err3(b.Edit(d.Portfolio(), d.decided(), portfolio.Benefit{Title: "x", Type: portfolio.Quality, Indicator: indicator})), "error.has_entries")
	})
	t.Run("an edit keeps the source of what it leaves alone", func(t *testing.T) {
		d := newDesk(t)
		by := d.decided()
		by.Source = portfolio.Source{Example: true}
		b := *d.Portfolio().Benefits.Get(d.x.Benefit)
		b.Terms.Gross = amount.About(7)
		got, e, err := d.Portfolio().Benefits.Get(d.x.Benefit).Edit(d.Portfolio(), by, b)
		b = *kept(d, got, e, err)
		if !b.ExampleField("terms") || b.ExampleField("title") || b.Planned == nil {
			t.Errorf("sources %v, planned %v", b.Sources, b.Planned)
		}
		to := b
		to.Title = "Nyt navn"
		got, e, err = b.Edit(d.Portfolio(), d.decided(), to)
		if b = *kept(d, got, e, err); !b.ExampleField("terms") {
			t.Error("a new title has made an invented amount a fact")
		}
	})
	t.Run("a new title does not part the plan from the present", func(t *testing.T) {
		d := newDesk(t)
		b := d.Portfolio().Benefits.Get(d.x.Benefit)
		to := *b
		to.Title, to.Ramp = "Nyt navn", amount.Ramp{}
		got, e, err := b.Edit(d.Portfolio(), d.decided(), to)
		if b = kept(d, got, e, err); b.Planned != nil {
			t.Errorf("planned %+v", b.Planned)
		}
	})
}

func TestNothingCountsTwice(t *testing.T) {
	t.Run("a gain shared by two programmes is whole over both", func(t *testing.T) {
		d := newDesk(t)
		b := portfolio.Benefit{
			ID: 3, Initiative: d.x.Initiative, Title: "Delt", Type: portfolio.Efficiency, Cash: &portfolio.Cash{Step: portfolio.BudgetReduction},
			Terms:       portfolio.Terms{From: month(1), Gross: amount.Exactly(1_200_001)},
			Allocations: []portfolio.Allocation{{Programme: d.x.DIGIT, Share: 2_500}, {Programme: d.x.KME, Share: 7_500}},
		}
		before := d.Portfolio().YearOf(d.x.DIGIT, 2018).Now.Gross
		got, e, err := portfolio.NewBenefit(d.Portfolio(), d.decided(), b)
		kept(d, got, e, err)
		digit, kme := d.Portfolio().YearOf(d.x.DIGIT, 2018), d.Portfolio().YearOf(d.x.KME, 2018)
		if sum := digit.Now.Gross - before + kme.Now.Gross; sum != 1_200_001 {
			t.Errorf("%d øre over both, want 1,200,001", sum)
		}
		if kme.Known != 1 || kme.OneOff != 0 {
			t.Errorf("KME counts %d initiatives that cost %d once, want 1 that costs it nothing", kme.Known, kme.OneOff)
		}
	})
	t.Run("a gain without an amount is missing wherever it would count", func(t *testing.T) {
		d := newDesk(t)
		got, e, err := portfolio.NewBenefit(d.Portfolio(), d.decided(), portfolio.Benefit{
			ID: 3, Initiative: d.x.Initiative, Title: "Ukendt", Type: portfolio.Efficiency, Cash: &portfolio.Cash{Step: portfolio.BudgetReduction},
			Allocations: []portfolio.Allocation{{Programme: d.x.KME, Share: portfolio.Whole}},
		})
		kept(d, got, e, err)
		if y := d.Portfolio().YearOf(d.x.KME, 2018); y.Unknown != 1 || y.Forecast().Known {
			t.Errorf("%d unknown, forecast %+v; want it unknown", y.Unknown, y.Forecast())
		}
	})
	t.Run("only a budget reduction counts", func(t *testing.T) {
		for _, step := range []portfolio.Cashability{portfolio.SpentLess, portfolio.AvoidedCost} {
			d := newDesk(t)
			before := d.Portfolio().YearOf(d.x.DIGIT, 2018).Now
			got, e, err := portfolio.NewBenefit(d.Portfolio(), d.decided(), portfolio.Benefit{
				ID: 3, Initiative: d.x.Initiative, Title: "Tæller ikke", Type: portfolio.Efficiency, Cash: &portfolio.Cash{Step: step},
				Terms: portfolio.Terms{From: month(1), Gross: amount.Exactly(100)},
			})
			kept(d, got, e, err)
			if now := d.Portfolio().YearOf(d.x.DIGIT, 2018).Now; now != before {
				t.Errorf("%s moved the year from %v to %v", step, before, now)
			}
		}
	})
	for _, c := range []struct {
		title      string
		home       func(portfoliotest.World) portfolio.ProgrammeID
		digit, kme amount.Money // in kroner
	}{
		{"an overlap at home here counts here", func(x portfoliotest.World) portfolio.ProgrammeID { return x.DIGIT }, 900_000, 0},
		{"an overlap at home elsewhere counts there", func(x portfoliotest.World) portfolio.ProgrammeID { return x.KME }, 0, 900_000},
		{"an overlap whose home awaits a decision counts nowhere", func(portfoliotest.World) portfolio.ProgrammeID { return 0 }, 0, 0},
	} {
		t.Run(c.title, func(t *testing.T) {
			d := newDesk(t)
			o, e, err := portfolio.NewOverlap(d.Portfolio(), d.By(d.x.Chief, ""), portfolio.Overlap{
				ID: 1, Title: "OPUS", Initiatives: []portfolio.InitiativeID{d.x.Initiative}, Programmes: []portfolio.ProgrammeID{d.x.DIGIT, d.x.KME}, Home: c.home(d.x),
			})
			kept(d, o, e, err)
			for g, want := range map[portfolio.ProgrammeID]amount.Money{d.x.DIGIT: c.digit, d.x.KME: c.kme} {
				y := d.Portfolio().YearOf(g, 2018)
				row := y.Row(d.x.Initiative)
				if row == nil || y.Now.Net() != want*amount.Krone {
					t.Fatalf("programme %d: %v, want %d kr.", g, y.Now, want)
				}
				counts := want != 0
				if row.Outside == counts || (row.Drawn.Net() == 1_200_000*amount.Krone) == counts || y.Known != map[bool]int{true: 1}[counts] || (y.OneOff != 0) != counts {
					t.Errorf("programme %d: outside %t, drawn %v, %d initiatives, %d once", g, row.Outside, row.Drawn, y.Known, y.OneOff)
				}
			}
		})
	}
	for title, o := range map[string]portfolio.Overlap{
		"an initiative twice":        {Initiatives: []portfolio.InitiativeID{1, 1}, Programmes: []portfolio.ProgrammeID{1, 2}},
		"an unknown initiative":      {Initiatives: []portfolio.InitiativeID{9}, Programmes: []portfolio.ProgrammeID{1, 2}},
		"one programme twice":        {Initiatives: []portfolio.InitiativeID{1}, Programmes: []portfolio.ProgrammeID{1, 1}},
		"an unknown programme":       {Initiatives: []portfolio.InitiativeID{1}, Programmes: []portfolio.ProgrammeID{1, 9}},
		"a home outside":             {Initiatives: []portfolio.InitiativeID{1}, Programmes: []portfolio.ProgrammeID{1, 2}, Home: 9},
		"no initiative":              {Programmes: []portfolio.ProgrammeID{1, 2}},
		"an initiative of another's": {Initiatives: []portfolio.InitiativeID{1}, Programmes: []portfolio.ProgrammeID{1, 2}},
	} {
		t.Run("no overlap of "+title, func(t *testing.T) {
			d := newDesk(t)
			first := portfolio.Overlap{ID: 1, Title: "Første", Initiatives: []portfolio.InitiativeID{1}, Programmes: []portfolio.ProgrammeID{1, 2}}
			if title == "an initiative of another's" {
				made, e, err := portfolio.NewOverlap(d.Portfolio(), d.By(d.x.Chief, ""), first)
				kept(d, made, e, err)
			}
			o.ID, o.Title = 2, "Anden"
			if err := err3(portfolio.NewOverlap(d.Portfolio(), d.By(d.x.Chief, ""), o)); !portfolio.Is(err, portfolio.Invalid) {
				t.Errorf("got %v", err)
			}
		})
	}
}
