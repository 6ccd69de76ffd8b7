package portfolio_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/appraisal"
)

// onAccount gives the desk's gain a budget account that was cut by some kroner in 2018.
func (d *desk) onAccount(kroner int64) *portfolio.Account {
	d.Helper()
	b := *d.Portfolio().Benefits.Get(d.x.Benefit)
	b.Cash = &portfolio.Cash{Step: portfolio.BudgetReduction, Account: "6.45.51"}
	next, e, err := d.Portfolio().Benefits.Get(d.x.Benefit).Edit(d.Portfolio(), d.decided(), b)
	kept(d, next, e, err)
	a, e, err := portfolio.NewAccount(d.Portfolio(), d.By(d.x.Chief, ""), portfolio.Account{ID: 1, No: "6.45.51"})
	kept(d, a, e, err)
	a, e, err = a.Edit(d.Portfolio(), d.By(d.x.Chief, ""), "It", []portfolio.YearCap{{Year: 2018, Reduction: amount.Money(kroner) * amount.Krone}})
	return kept(d, a, e, err)
}

func TestCaps(t *testing.T) {
	t.Run("claims on an account never exceed what it was cut by, and it is said who counts it already", func(t *testing.T) {
		d := newDesk(t)
		d.onAccount(2_500)
		d.claimed(4)
		d.settled(d.claimed(5), true)
		_, _, err := d.claim(d.x.Owner, 501, 6)
		refused(t, err, "error.account_cap")
		if args := portfolio.AsRefusals(err)[0].Args; !slices.Equal(args, []any{"6.45.51", "2018", amount.Money(250_000), amount.Money(200_000), "Licenser og drift"}) {
			t.Errorf("it says %v", args)
		}
		if _, _, err := d.claim(d.x.Owner, 500, 6); err != nil {
			t.Error(err)
		}
		if _, _, err := d.claim(d.x.Owner, 9_999_999, 13); err != nil { // January 2019 has no cap
			t.Error(err)
		}
	})
	t.Run("a rejected claim leaves its part to others", func(t *testing.T) {
		d := newDesk(t)
		d.onAccount(1_000)
		d.settled(d.claimed(4), false)
		if _, _, err := d.claim(d.x.Owner, 1_000, 4); err != nil {
			t.Error(err)
		}
	})
	t.Run("those that draw on one cut claim no more than its cap together", func(t *testing.T) {
		d := newDesk(t)
		o, e, err := portfolio.NewOverlap(d.Portfolio(), d.By(d.x.Chief, ""), portfolio.Overlap{
			ID: 1, Title: "OPUS", Initiatives: []portfolio.InitiativeID{d.x.Initiative}, Programmes: []portfolio.ProgrammeID{d.x.DIGIT, d.x.KME},
			Cap: amount.Exactly(150_000),
		})
		kept(d, o, e, err)
		d.claimed(4)
		_, _, err = d.claim(d.x.Owner, 501, 5)
		refused(t, err, "error.overlap_cap")
	})
}

func TestOverlapHome(t *testing.T) {
	d := newDesk(t)
	d.settled(d.claimed(4), true)
	o, e, err := portfolio.NewOverlap(d.Portfolio(), d.By(d.x.Chief, ""), portfolio.Overlap{
		ID: 1, Title: "OPUS", Initiatives: []portfolio.InitiativeID{d.x.Initiative}, Programmes: []portfolio.ProgrammeID{d.x.DIGIT, d.x.KME},
	})
	kept(d, o, e, err)
	counted := func() [2]amount.Money {
		p := d.Portfolio()
		return [2]amount.Money{p.YearOf(d.x.DIGIT, 2018).Confirmed.Net(), p.YearOf(d.x.KME, 2018).Confirmed.Net()}
	}
	if got := counted(); got != [2]amount.Money{} {
		t.Errorf("while its home waits it counts %v", got)
	}
	_, _, err = o.SetHome(d.Portfolio(), d.By(d.x.Chief, ""), d.x.KME)
	refused(t, err, "error.decision_required")
	by := d.By(d.x.Chief, "")
	by.Decision = d.x.Decision
	o, e, err = o.SetHome(d.Portfolio(), by, d.x.KME)
	kept(d, o, e, err)
	if got := counted(); got != [2]amount.Money{0, 100_000} {
		t.Errorf("at home in KME it counts %v", got)
	}
}

func TestCarryOver(t *testing.T) {
	d := newDesk(t)
	for m := 4; m <= 12; m++ {
		if m != 8 {
			d.settled(d.claimed(m), true)
		}
	}
	p := d.Portfolio()
	c := p.CarryOver(d.x.DIGIT, 2018)
	t.Run("by default a year carries over what was not confirmed for good", func(t *testing.T) {
		// N 3,900,000; December has 1,000 confirmed, so H = 12,000; V = 8 x 1,000.
		for title, got := range map[string][2]amount.Money{
			"H": {c.H, 12_000_00}, "V": {c.V, 8_000_00}, "permanent": {c.Permanent().Ore, 3_888_000_00}, "shortfall": {c.Shortfall().Ore, 3_892_000_00},
			"amount": {c.Amount().Ore, 3_888_000_00},
		} {
			if got[0] != got[1] {
				t.Errorf("%s %d, want %d", title, got[0], got[1])
			}
		}
	})
	by := d.By(d.x.Chief, "")
	by.Decision = d.x.Decision
	t.Run("it is applied when the year is closed, and not before", func(t *testing.T) {
		_, _, err := c.Apply(p, by, 9)
		refused(t, err, "error.year_open")
	})
	c.Closed = true
	t.Run("it is applied by a decision", func(t *testing.T) {
		_, _, err := c.Apply(p, d.By(d.x.Chief, ""), 9)
		refused(t, err, "error.decision_required")
		r, e, err := c.Apply(p, by, 9)
		kept(d, r, e, err)
		if got := d.Portfolio().YearOf(d.x.DIGIT, 2019).Net(); got != amount.Exactly(3_888_000_00) {
			t.Errorf("2019 requires %v", got)
		}
		if line := d.Portfolio().CarryOver(d.x.DIGIT, 2018).Applied; line == nil || !line.Source.Derived {
			t.Errorf("the applied line is %+v", line)
		}
	})
	t.Run("applied again, the line gives way to the new one", func(t *testing.T) {
		c.Basis = portfolio.ByCash
		r, e, err := c.Apply(d.Portfolio(), by, 0)
		kept(d, r, e, err)
		if len(r.Lines) != 1 || r.Lines[0].Amount.Ore != 3_892_000_00 || r.Lines[0].Permanence != portfolio.OneOff {
			t.Errorf("lines %+v", r.Lines)
		}
	})
	t.Run("a surplus takes off the next year's requirement", func(t *testing.T) {
		over := portfolio.CarryOver{Net: amount.Exactly(10), H: 15, V: 4}
		if over.Permanent().Ore != -5 || over.Shortfall().Ore != 6 {
			t.Errorf("%d, %d", over.Permanent().Ore, over.Shortfall().Ore)
		}
	})
}

func TestForecastTerms(t *testing.T) {
	d := newDesk(t)
	c := d.newCase()
	to := c.CaseContent
	to.Lines = slices.Clone(to.Lines)
	k := slices.IndexFunc(to.Lines, func(l portfolio.CaseLine) bool { return l.Kind == appraisal.Benefit })
	to.Lines[k].Amounts = slices.Clone(to.Lines[k].Amounts)
	to.Lines[k].Amounts[0].Low, to.Lines[k].Amounts[0].High = amount.Exactly(750_000_00), amount.Exactly(1_350_000_00)
	next, e, err := c.Edit(d.Portfolio(), d.By(d.x.Owner, ""), to)
	kept(d, next, e, err)
	d.settled(d.claimed(4), true)
	p := d.Portfolio()
	y := p.YearOf(d.x.DIGIT, 2018)
	terms := []*portfolio.ForecastTerm{}
	for _, row := range y.Rows() {
		for k := range row.Terms {
			terms = append(terms, &row.Terms[k])
		}
	}
	t.Run("the terms add up to the forecast", func(t *testing.T) {
		if len(terms) != 1 || y.Confirmed.Net()+terms[0].Weighted != y.Forecast().Ore {
			t.Errorf("%+v, forecast %v", y.Rows(), y.Forecast())
		}
	})
	t.Run("a term says what it is made of", func(t *testing.T) {
		// eight months of 100,000 are left; started: half of it; (1,350-750)/6 = 100,000 on a likely net of 900,000
		term := *terms[0]
		if term.Rest != 800_000_00 || term.Weighted != 400_000_00 || term.Weight != 5_000 || term.SD != 44_444_44 {
			t.Errorf("%+v", term)
		}
	})
	t.Run("the range is told around the forecast", func(t *testing.T) {
		r := y.RangeOf(terms)
		if r.Mean != y.Forecast().Ore || r.SD != 44_444_44 || r.High-r.Mean != 56_959_99 || r.Mean-r.Low != 56_959_99 {
			t.Errorf("%+v", r)
		}
	})
}

func TestReconcile(t *testing.T) {
	d := newDesk(t)
	a := d.onAccount(50_000)
	f, e, err := portfolio.NewFinanceFile(d.By(d.x.Chief, ""), portfolio.FinanceFile{ID: 1, Name: "budget.csv", Digest: "x"})
	kept(d, f, e, err)
	for k, row := range []portfolio.Posting{
		{Month: month(1), Measure: portfolio.OriginalBudget, Ore: 9_000_00},
		{Month: month(4), Measure: portfolio.BudgetChange, Ore: -700_00},
		{Month: month(4), Measure: portfolio.Actual, Ore: 100_00},
	} {
		row.ID, row.File, row.Account = portfolio.PostingID(k+1), 1, a.ID
		t, e, err := portfolio.NewPosting(d.Portfolio(), d.By(d.x.Chief, ""), row)
		kept(d, t, e, err)
	}
	d.settled(d.claimed(4), true)
	d.claimed(5)
	find := func() *portfolio.Reconciliation {
		list := d.Portfolio().Reconcile(2018)
		if len(list) != 1 {
			t.Fatalf("%+v", list)
		}
		return &list[0]
	}
	r := find()
	t.Run("what is confirmed is held against what the account was cut by", func(t *testing.T) {
		if r.Confirmed != 1_000_00 || r.Claimed != 1_000_00 || r.Cut != 700_00 || r.Difference() != 300_00 || r.Budget != 8_300_00 || r.Spent != 100_00 || !r.Open() {
			t.Errorf("%+v", r)
		}
	})
	t.Run("an explained difference is closed until it becomes another", func(t *testing.T) {
		x, e, err := a.Explain(d.Portfolio(), d.By(d.x.Chief, "resten omplaceres i maj"), 1, 2018)
		kept(d, x, e, err)
		if find().Open() {
			t.Error("it is still open")
		}
		d.settled(d.claimed(6), true)
		if !find().Open() {
			t.Error("a new difference is closed by an old word")
		}
	})
}

func TestBudgetMonths(t *testing.T) {
	t.Run("a budget change over twelve months is the year's amount to the øre", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			yearly := portfolio.Gain{Gross: amount.Money(rapid.Int64Range(-1e12, 1e12).Draw(t, "gross")), Running: amount.Money(rapid.Int64Range(0, 1e9).Draw(t, "running"))}
			first := month(rapid.IntRange(1, 12).Draw(t, "first"))
			list := portfolio.BudgetMonths(first, first+11, yearly)
			var sum portfolio.Gain
			for _, m := range list {
				sum = sum.Plus(m.Gain())
			}
			if len(list) != 12 || sum != yearly {
				t.Fatalf("%d months, %+v", len(list), sum)
			}
		})
	})
	t.Run("from July it brings half of it in the first year", func(t *testing.T) {
		var half amount.Money
		for _, m := range portfolio.BudgetMonths(month(7), month(12), portfolio.Gain{Gross: 1_200_000_00}) {
			half += m.Gross
		}
		if half != 600_000_00 {
			t.Errorf("%d", half)
		}
	})
}
