package portfolio_test

import (
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

const thousand = 1_000 * amount.Krone

// project is one initiative of the worked example, in 1,000 kr.
type project struct {
	title                string
	stage                portfolio.Stage
	gross, running       int64
	from                 int
	confirmed, claimedIn []int
}

// add sets up a project by verbs: in the plan, brought to its stage, with its entries.
func (d *desk) add(c project) {
	d.Helper()
	id, _ := d.NextID(portfolio.KindInitiative)
	i, e, err := portfolio.NewInitiative(d.Portfolio(), d.decided(), portfolio.Initiative{
		ID: portfolio.InitiativeID(id), Title: c.title, Programme: d.x.DIGIT, Background: portfolio.NewIdea, Area: d.x.Area,
	})
	kept(d, i, e, err)
	i, e, err = i.Assign(d.Portfolio(), d.decided(), d.x.Owner, 0)
	kept(d, i, e, err)
	i, e, err = i.SetPlan(d.Portfolio(), d.decided(), portfolio.InPlan, "")
	kept(d, i, e, err)
	for i.Stage < c.stage {
		i, e, err = i.Advance(d.Portfolio(), d.decided(), i.Stage+1)
		kept(d, i, e, err)
	}
	bid, _ := d.NextID(portfolio.KindBenefit)
	b, e, err := portfolio.NewBenefit(d.Portfolio(), d.decided(), portfolio.Benefit{
		ID: portfolio.BenefitID(bid), Initiative: i.ID, Title: c.title, Type: portfolio.Efficiency, Cash: &portfolio.Cash{Step: portfolio.BudgetReduction},
		Terms: portfolio.Terms{From: month(c.from), Gross: amount.Exactly(amount.Money(c.gross) * thousand), Running: amount.Exactly(amount.Money(c.running) * thousand)},
	})
	d.x.Benefit = kept(d, b, e, err).ID
	for k, months := range [][]int{c.confirmed, c.claimedIn} {
		if len(months) == 0 {
			continue
		}
		eid, _ := d.NextID(portfolio.KindEntry)
		entry := portfolio.Entry{ID: portfolio.EntryID(eid), Benefit: b.ID}
		for _, m := range months {
			g := b.Monthly(month(m))
			entry.Months = append(entry.Months, portfolio.MonthGain{Month: month(m), Gross: g.Gross, Running: g.Running})
		}
		got, event, err := portfolio.NewClaim(d.Portfolio(), d.By(d.x.Owner, ""), entry)
		if got = kept(d, got, event, err); k == 0 {
			d.settled(got, true)
		}
	}
}

func months(from, to int) (list []int) {
	for m := from; m <= to; m++ {
		list = append(list, m)
	}
	return list
}

// workedExample is a year that can be reckoned by hand: see the amounts at each project.
func workedExample(t *testing.T) *desk {
	d := newDesk(t)
	changes, err := d.initiative().ReportDelay(d.Portfolio(), d.By(d.x.Owner, "forsinket"), 6)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range changes { // Office 365: 900 in 2018, now 300
		d.Save(c.Record, c.Event)
	}
	d.add(project{"TGK", portfolio.Realizing, 1_680, 240, 4, months(4, 12), nil})                        // 1,080 confirmed
	d.add(project{"Device Strategi", portfolio.Realizing, 1_200, 0, 3, months(3, 12), nil})              // 1,000
	d.add(project{"SMS-service", portfolio.Realizing, 276, 36, 2, months(2, 12), nil})                   // 220
	d.add(project{"Digital sagsbehandling", portfolio.Realizing, 960, 120, 5, []int{5, 6}, []int{7, 8}}) // 140, 140 claimed, 280 to come
	d.add(project{"ESDH", portfolio.Implemented, 480, 0, 9, nil, nil})                                   // 160 to come
	return d
}

func TestForecast(t *testing.T) {
	y := workedExample(t).Portfolio().YearOf(1, 2018)
	for _, c := range []struct {
		title string
		got   amount.Money
		want  amount.Money
	}{
		{"the plan as adopted", y.Plan.Net(), 3_920},
		{"the plan after the slip", y.Now.Net(), 3_320},
		{"confirmed", y.Confirmed.Net(), 2_440},
		{"confirmed to date", y.ToDate.Net(), 1_480},
		{"claimed", y.Claimed.Net(), 140},
		{"expected beyond", y.Expected.Net(), 740},
		{"planned in all", y.PlannedTotal().Ore, 3_320},
		{"weighted: 378 + 120 + 150", y.Weighted, 648},
		{"weighted without what is claimed", y.WeightedOpen, 522},
		{"the forecast", y.Forecast().Ore, 3_088},
		{"required", y.Net().Ore, 3_900},
		{"missing to what is confirmed", y.Gap().Ore, 1_460},
		{"missing to the forecast", y.ExpectedGap().Ore, 812},
		{"a full year, fully phased in", y.FullYear.Net(), 5_400},
	} {
		if c.got != c.want*thousand {
			t.Errorf("%s: %d øre, want %d,000 kr.", c.title, c.got, c.want)
		}
	}
	if y.Known != 6 || y.Unknown != 0 || y.Forecast() != amount.Exactly(3_088*thousand) {
		t.Errorf("%d known, %d unknown, forecast %+v", y.Known, y.Unknown, y.Forecast())
	}
	t.Run("an initiative without an amount makes the forecast approximate, not smaller", func(t *testing.T) {
		d := workedExample(t)
		i, e, err := portfolio.NewInitiative(d.Portfolio(), d.decided(), portfolio.Initiative{ID: 9, Title: "Ny", Programme: d.x.DIGIT, Background: portfolio.NewIdea})
		kept(d, i, e, err)
		i, e, err = i.SetPlan(d.Portfolio(), d.decided(), portfolio.InPlan, "")
		kept(d, i, e, err)
		y := d.Portfolio().YearOf(d.x.DIGIT, 2018)
		if want := amount.About(3_088 * thousand); y.Forecast() != want || y.Unknown != 1 {
			t.Errorf("%+v with %d unknown, want %+v", y.Forecast(), y.Unknown, want)
		}
	})
	t.Run("optimism takes its part off", func(t *testing.T) {
		d := workedExample(t)
		f := *d.Portfolio().Policy
		f.Optimism = map[portfolio.BenefitType]portfolio.Basis{portfolio.Efficiency: 2_500}
		got, e, err := d.Portfolio().Policy.Edit(d.By(d.x.Chief, ""), f)
		kept(d, got, e, err)
		if y := d.Portfolio().YearOf(d.x.DIGIT, 2018); y.Weighted != 486*thousand { // 648 x 0.75
			t.Errorf("weighted %d øre, want 486,000 kr.", y.Weighted)
		}
	})
	t.Run("nothing known forecasts the unknown", func(t *testing.T) {
		y := &portfolio.Year{Sums: portfolio.Sums{Unknown: 3}}
		if y.Forecast().Known || y.PlannedTotal().Known || y.Gap().Known {
			t.Errorf("%+v, %+v, %+v", y.Forecast(), y.PlannedTotal(), y.Gap())
		}
	})
	t.Run("a surplus is no gap", func(t *testing.T) {
		y := &portfolio.Year{Requirement: &portfolio.Requirement{StatedNet: amount.Exactly(10)}}
		y.Confirmed.Gross = 11
		if got := y.Gap(); got != amount.Exactly(0) {
			t.Errorf("%+v", got)
		}
	})
}

func TestRequirement(t *testing.T) {
	line := func(k portfolio.LineKind, f amount.Figure) portfolio.Line {
		return portfolio.Line{Kind: k, Label: "x", Amount: f, Permanence: portfolio.Permanent}
	}
	const mio = 1_000_000 * amount.Krone
	for _, c := range []struct {
		title  string
		lines  []portfolio.Line
		stated amount.Figure
		want   amount.Figure
	}{
		{"base and carried over, less what is realized", []portfolio.Line{
			line(portfolio.Base, amount.Exactly(25*mio/10)), line(portfolio.CarriedOver, amount.Exactly(17*mio/10)), line(portfolio.AlreadyRealized, amount.Exactly(3*mio/10)),
		}, amount.Figure{}, amount.Exactly(39 * mio / 10)},
		{"adjustments and earlier years' effect add", []portfolio.Line{
			line(portfolio.Base, amount.Exactly(10)), line(portfolio.Adjustment, amount.Exactly(-3)), line(portfolio.EarlierYears, amount.Exactly(2)),
		}, amount.Figure{}, amount.Exactly(9)},
		{"a surplus carried over reduces", []portfolio.Line{line(portfolio.Base, amount.Exactly(10)), line(portfolio.CarriedOver, amount.Exactly(-4))}, amount.Figure{}, amount.Exactly(6)},
		{"one ca. makes all of it ca.", []portfolio.Line{line(portfolio.Base, amount.About(10)), line(portfolio.AlreadyRealized, amount.Exactly(4))}, amount.Figure{}, amount.About(6)},
		{"ca. realized too", []portfolio.Line{line(portfolio.Base, amount.Exactly(10)), line(portfolio.AlreadyRealized, amount.About(4))}, amount.Figure{}, amount.About(6)},
		{"a net that a document states without ca. is without", []portfolio.Line{line(portfolio.Base, amount.About(10))}, amount.Exactly(10), amount.Exactly(10)},
		{"one unknown line makes it unknown", []portfolio.Line{line(portfolio.Base, amount.Exactly(10)), line(portfolio.CarriedOver, amount.Figure{})}, amount.Figure{}, amount.Figure{}},
		{"unknown what is realized", []portfolio.Line{line(portfolio.Base, amount.Exactly(10)), line(portfolio.AlreadyRealized, amount.Figure{})}, amount.Figure{}, amount.Figure{}},
		{"no lines", nil, amount.Figure{}, amount.Figure{}},
		{"nothing required is known to be nothing", []portfolio.Line{line(portfolio.Base, amount.Exactly(0))}, amount.Figure{}, amount.Exactly(0)},
	} {
		t.Run(c.title, func(t *testing.T) {
			d := newDesk(t)
			r, e, err := d.Portfolio().Requirements.Get(d.x.Requirement).Edit(d.Portfolio(), d.By(d.x.Chief, ""), c.lines, c.stated)
			kept(d, r, e, err)
			if got := d.Portfolio().YearOf(d.x.DIGIT, 2018).Net(); got != c.want {
				t.Errorf("%+v, want %+v", got, c.want)
			}
		})
	}
	t.Run("a year without a requirement requires the unknown", func(t *testing.T) {
		y := newDesk(t).Portfolio().YearOf(2, 2018)
		if y.Net().Known || y.Gap().Known || y.ExpectedGap().Known {
			t.Errorf("%+v, %+v", y.Net(), y.Gap())
		}
	})
	for _, c := range []struct {
		title string
		r     portfolio.Requirement
		want  string
	}{
		{"a stated net that the lines do not make", portfolio.Requirement{Year: 2019, Lines: []portfolio.Line{line(portfolio.Base, amount.Exactly(10))}, StatedNet: amount.Exactly(9)}, "error.net_disagrees"},
		{"a stated net of unknown lines", portfolio.Requirement{Year: 2019, Lines: []portfolio.Line{line(portfolio.Base, amount.Figure{})}, StatedNet: amount.Exactly(9)}, "error.net_disagrees"},
		{"a second one for a year", portfolio.Requirement{Year: 2018}, "error.taken"},
		{"a year that is none", portfolio.Requirement{Year: 18}, "error.year"},
		{"a line without a kind", portfolio.Requirement{Year: 2019, Lines: []portfolio.Line{{Permanence: portfolio.Permanent}}}, "error.required"},
		{"too large a line", portfolio.Requirement{Year: 2019, Lines: []portfolio.Line{line(portfolio.Base, amount.Exactly(amount.Max+1))}}, "error.too_large"},
		{"an unknown programme", portfolio.Requirement{Programme: 9, Year: 2019}, "error.unknown_programme"},
	} {
		t.Run("refused: "+c.title, func(t *testing.T) {
			d := newDesk(t)
			if c.r.ID = 2; c.r.Programme == 0 {
				c.r.Programme = d.x.DIGIT
			}
			refused(t, err3(portfolio.NewRequirement(d.Portfolio(), d.By(d.x.Chief, ""), c.r)), c.want)
		})
	}
}

func TestClosedYear(t *testing.T) {
	// The gain brings 100,000 net a month from April; three months are confirmed, the next two claimed, four have no entry.
	months := func(t *testing.T, through portfolio.Date) *portfolio.Year {
		d := newDesk(t)
		d.Day = 20190115
		d.confirm(d.x.Benefit, 150_000, 50_000, 4, 6)
		d.reported(d.x.Benefit, 150_000, 50_000, 7, 8)
		d.Portfolio().YearOf(d.x.DIGIT, 2018) // so that the closing is carried forward
		d.freeze(through)
		return d.Portfolio().YearOf(d.x.DIGIT, 2018)
	}
	t.Run("while a month is open, the formula stands: an entry may still come in it", func(t *testing.T) {
		y := months(t, 20181130)
		if y.Closed || y.Expected.Net() != 400*thousand || y.Missed != (portfolio.Gain{}) || y.Forecast().Ore != (300+300)*thousand {
			t.Errorf("closed %t, expected %d, missed %d, forecast %v", y.Closed, y.Expected.Net(), y.Missed.Net(), y.Forecast())
		}
	})
	t.Run("once all months are closed the forecast is what is confirmed, and the rest was not fetched", func(t *testing.T) {
		y := months(t, 20181231)
		if !y.Closed || y.Expected != (portfolio.Gain{}) || y.Missed.Net() != 400*thousand || y.Claimed.Net() != 200*thousand {
			t.Errorf("closed %t, expected %d, missed %d, claimed %d", y.Closed, y.Expected.Net(), y.Missed.Net(), y.Claimed.Net())
		}
		if y.Forecast() != amount.Exactly(300*thousand) || y.ExpectedGap() != y.Gap() || y.Weighted != 0 || y.WeightedOpen != 0 || len(y.Rows()[0].Terms) > 0 {
			t.Errorf("forecast %v, expected gap %v, gap %v, terms %v", y.Forecast(), y.ExpectedGap(), y.Gap(), y.Rows()[0].Terms)
		}
	})
}
