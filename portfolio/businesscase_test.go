package portfolio_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/appraisal"
)

func (d *desk) newCase() *portfolio.BusinessCase {
	d.Helper()
	id, _ := d.NextID(portfolio.KindBusinessCase)
	c, e, err := portfolio.NewCase(d.Portfolio(), d.By(d.x.Owner, ""), portfolio.CaseID(id), d.x.Initiative)
	return kept(d, c, e, err)
}

// step does one letter of a case's way: s submit, r recall, a assure, b send back, p approve, d discard, n a new version.
func (d *desk) caseStep(c *portfolio.BusinessCase, letter rune) (*portfolio.BusinessCase, error) {
	p := d.Portfolio()
	var next *portfolio.BusinessCase
	var e portfolio.Event
	var err error
	switch letter {
	case 's':
		next, e, err = c.Submit(p, d.By(d.x.Owner, "klar"))
	case 'r':
		next, e, err = c.Recall(p, d.By(d.x.Owner, ""))
	case 'a':
		next, e, err = c.Assure(p, d.By(d.x.Chief, "tallene holder"))
	case 'b':
		next, e, err = c.Return(p, d.By(d.x.Chief, "driften mangler"))
	case 'd':
		next, e, err = c.Discard(p, d.By(d.x.Owner, ""))
	case 'n':
		next, e, err = portfolio.NewCase(p, d.By(d.x.Owner, ""), c.ID+1, c.Initiative)
	case 'p':
		changes, err := c.Approve(p, d.By(d.x.Director, "godkendt"))
		if err != nil {
			return c, err
		}
		for _, change := range changes {
			d.Save(change.Record, change.Event)
		}
		return d.Portfolio().Cases.Get(c.ID), nil
	}
	if err != nil {
		return c, err
	}
	d.Save(next, e)
	return next, nil
}

func TestCaseStates(t *testing.T) {
	// A letter with "!" after it is refused and changes nothing.
	for _, c := range []struct {
		way  string
		want portfolio.CaseState
	}{
		{"", portfolio.Draft},
		{"s", portfolio.Submitted},
		{"sa", portfolio.Assured},
		{"sap", portfolio.Approved},
		{"sb", portfolio.Draft},
		{"sab", portfolio.Draft},
		{"sr", portfolio.Draft},
		{"sar!", portfolio.Assured},
		{"a!p!b!r!", portfolio.Draft},
		{"ss!n!d!", portfolio.Submitted},
		{"sp!", portfolio.Submitted},
		{"sas!a!n!", portfolio.Assured},
		{"saps!a!b!p!r!d!", portfolio.Approved},
		{"sapn", portfolio.Draft},
		{"sapnsap", portfolio.Approved},
	} {
		t.Run("a business case that goes the way "+c.way, func(t *testing.T) {
			d := newDesk(t)
			now := d.newCase()
			for i, letter := range c.way {
				if letter == '!' {
					continue
				}
				next, err := d.caseStep(now, letter)
				if refuse := strings.HasPrefix(c.way[i+1:], "!"); refuse != (err != nil) {
					t.Fatalf("step %d (%c): %v", i, letter, err)
				}
				now = next
			}
			if now.State != c.want {
				t.Errorf("is %s, want %s", now.State, c.want)
			}
			if bad := d.Portfolio().Check(); len(bad) > 0 {
				t.Error(bad)
			}
		})
	}
	t.Run("a new approval supersedes the old version, which stays as it was", func(t *testing.T) {
		d := newDesk(t)
		c := d.newCase()
		for _, letter := range "sapnsap" {
			c, _ = d.caseStep(c, letter)
		}
		versions := d.Portfolio().CasesOf(d.x.Initiative)
		if len(versions) != 2 || versions[0].State != portfolio.Superseded || versions[0].SupersededBy != versions[1].ID {
			t.Fatalf("versions %+v", versions)
		}
		if got := d.Portfolio().CurrentCase(d.x.Initiative); got.No != 2 {
			t.Errorf("version %d counts, want 2", got.No)
		}
		if diff := portfolio.DiffCases(&versions[0].CaseContent, &versions[1].CaseContent); len(diff) > 0 {
			t.Errorf("the new version began as something else: %v", diff)
		}
	})
}

func TestCaseIndependence(t *testing.T) {
	d := newDesk(t)
	c := d.newCase()
	c, _ = d.caseStep(c, 's')
	t.Run("who has written in a case does not assure it", func(t *testing.T) {
		wrote := *c
		wrote.Authors = append(wrote.Authors, d.x.Chief)
		_, _, err := wrote.Assure(d.Portfolio(), d.By(d.x.Chief, ""))
		refused(t, err, "error.own_case")
	})
	c, _ = d.caseStep(c, 'a')
	t.Run("the programme office does not approve", func(t *testing.T) {
		_, err := c.Approve(d.Portfolio(), d.decided())
		refused(t, err, "error.forbidden")
	})
	t.Run("a director of another area approves by the board's decision only", func(t *testing.T) {
		elsewhere := otherDirector(d.Book, d.x)
		by := d.By(d.x.Director, "")
		_, err := c.Approve(elsewhere, by)
		refused(t, err, "error.forbidden")
		by.Decision = d.x.Decision
		if _, err := c.Approve(elsewhere, by); err != nil {
			t.Error(err)
		}
		by.Decision = 99
		_, err = c.Approve(elsewhere, by)
		refused(t, err, "error.decision_required")
	})
	t.Run("a director sends back what Finance has assured, with a reason", func(t *testing.T) {
		_, _, err := c.Return(d.Portfolio(), d.By(d.x.Director, ""))
		refused(t, err, "error.required")
		next, _, err := c.Return(d.Portfolio(), d.By(d.x.Director, "for dyr"))
		if err != nil || next.State != portfolio.Draft || next.Returned.Note != "for dyr" || next.Assured != nil {
			t.Errorf("%+v, %v", next, err)
		}
	})
}

func TestFirstCase(t *testing.T) {
	d := newDesk(t)
	c := d.newCase()
	t.Run("a first version begins with what the initiative and its gains say", func(t *testing.T) {
		kroner := func(n int64) portfolio.Estimate {
			return portfolio.Estimate{Likely: amount.Exactly(amount.Money(n) * amount.Krone)}
		}
		want := []portfolio.CaseLine{
			{ID: 1, Kind: appraisal.OneOff, Amounts: []portfolio.Estimate{kroner(1_500_000)}},
			{
				ID: 2, Kind: appraisal.Running, Title: "Licenser og drift", Benefit: d.x.Benefit,
				Amounts: []portfolio.Estimate{kroner(450_000), kroner(600_000), kroner(600_000), kroner(600_000)},
			},
			{
				ID: 3, Kind: appraisal.Benefit, Title: "Licenser og drift", Benefit: d.x.Benefit,
				Amounts: []portfolio.Estimate{kroner(1_350_000), kroner(1_800_000), kroner(1_800_000), kroner(1_800_000)},
			},
		}
		if diff := cmp.Diff(want, c.Lines); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("it is in the prices that the gains are stated in, and what is in others is left out", func(t *testing.T) {
		if c.PriceYear != 2018 {
			t.Errorf("prices of %d", c.PriceYear)
		}
		d := newDesk(t)
		id, _ := d.NextID(portfolio.KindBenefit)
		b, e, err := portfolio.NewBenefit(d.Portfolio(), d.decided(), portfolio.Benefit{
			ID: portfolio.BenefitID(id), Initiative: d.x.Initiative, Title: "Porto", Type: portfolio.Efficiency, PriceYear: 2017,
			Cash:  &portfolio.Cash{Step: portfolio.BudgetReduction},
			Terms: portfolio.Terms{From: month(1), Gross: amount.Exactly(100)},
		})
		kept(d, b, e, err)
		for _, l := range d.newCase().Lines {
			if l.Benefit == b.ID && len(l.Amounts) > 0 {
				t.Errorf("amounts of 2017 stand among those of 2018: %+v", l)
			}
		}
	})
	t.Run("it comes to what was worked out by hand", func(t *testing.T) {
		r, err := d.Portfolio().Appraise(&c.CaseContent)
		if err != nil {
			t.Fatal(err)
		}
		// net -600,000, then three years of 1,200,000; at 4 %: -600,000 + 1,200,000 (1/1.04 + 1/1.04² + 1/1.04³)
		// = 2,730,109.2398... kr. (worked out with exact fractions); paid back half way through the second year.
		if r.Likely.NPV.Value != 273_010_924 || r.Likely.Payback.Value != 0.5 {
			t.Errorf("NPV %d, payback %v", r.Likely.NPV.Value, r.Likely.Payback.Value)
		}
		if r.OneOff.Ore != 150_000_000 || r.Running.Ore != 60_000_000 || r.Saving.Ore != 180_000_000 {
			t.Errorf("one-off %d, running %d, saving %d", r.OneOff.Ore, r.Running.Ore, r.Saving.Ore)
		}
		if r.Spread.Value != 0 || r.FullYear != 2021 || r.Mean.NPV != r.Likely.NPV {
			t.Errorf("without a range the spread is %v and the mean %v, a full year %d", r.Spread, r.Mean.NPV, r.FullYear)
		}
	})
	t.Run("an initiative that says nothing gets the three lines, and may be sent in without amounts", func(t *testing.T) {
		id, _ := d.NextID(portfolio.KindInitiative)
		i, e, err := portfolio.NewInitiative(d.Portfolio(), d.decided(), portfolio.Initiative{
			ID: portfolio.InitiativeID(id), Title: "Ny", Programme: d.x.DIGIT, Background: portfolio.NewIdea,
		})
		kept(d, i, e, err)
		c, _, err := portfolio.NewCase(d.Portfolio(), d.decided(), 9, i.ID)
		if err != nil || len(c.Lines) != 3 || !c.NoAmounts() {
			t.Fatalf("%+v, %v", c, err)
		}
		r, err := d.Portfolio().Appraise(&c.CaseContent)
		if err != nil || r.BlankLines != 3 || r.Likely.NPV.Reason != appraisal.NothingKnown {
			t.Errorf("%+v, %v", r, err)
		}
		if _, _, err := c.Submit(d.Portfolio(), d.decided()); err != nil {
			t.Error(err)
		}
	})
}

func TestAppraise(t *testing.T) {
	d := newDesk(t)
	index, e, err := portfolio.NewPriceIndex(d.By(d.x.Chief, ""), portfolio.PriceIndex{
		ID: 1, Name: "Løn", Source: "tabel", Points: []portfolio.IndexPoint{{Year: 2017, Milli: 100_000}, {Year: 2018, Milli: 102_500}},
	})
	kept(d, index, e, err)
	at := func(low, likely, high int64) portfolio.Estimate {
		return portfolio.Estimate{Low: amount.Exactly(amount.Money(low)), Likely: amount.Exactly(amount.Money(likely)), High: amount.Exactly(amount.Money(high))}
	}
	c := portfolio.CaseContent{
		Dated: 20171106, PriceYear: 2018, FirstYear: 2018, Years: 2,
		Lines: []portfolio.CaseLine{
			{Kind: appraisal.OneOff, Amounts: []portfolio.Estimate{at(80, 100, 180)}},
			{Kind: appraisal.Benefit, Index: 1, PriceYear: 2017, Amounts: []portfolio.Estimate{at(0, 0, 0), at(100, 200, 240)}},
		},
	}
	r, err := d.Portfolio().Appraise(&c)
	if err != nil {
		t.Fatal(err)
	}
	for title, got := range map[string][2]amount.Money{
		"the likely net of the second year is 200 øre of 2017 in 2018's prices": {r.Likely.Net[1].Ore, 205},
		"the bad case has the high cost":                                        {r.Bad.Net[0].Ore, -180},
		"the bad case has the low benefit, 100 restated, rounded to even":       {r.Bad.Net[1].Ore, 102},
		"the good case has the low cost":                                        {r.Good.Net[0].Ore, -80},
		"the good case has the high benefit":                                    {r.Good.Net[1].Ore, 246},
		// widths 100 and 246-102=144, the latter a year away: sqrt(100² + (144/1.04)²) / 6 = 28.47
		"the spread is that of the present value, as the mean is": {r.Spread.Value, 28},
		// means (80+400+180)/6 = 110 and (102+820+246)/6 = 194.67 -> 195; -110 + 195/1.04 = 77.5
		"the mean's present value": {r.Mean.NPV.Value, 78},
	} {
		t.Run(title, func(t *testing.T) {
			if got[0] != got[1] {
				t.Errorf("got %d, want %d", got[0], got[1])
			}
		})
	}
	t.Run("a longer horizon leaves the three lines as they were, and says of which year they are", func(t *testing.T) {
		for _, c := range []struct {
			title          string
			years          int
			benefit, other []amount.Figure
			saving         amount.Total
			full           int
		}{
			{"stated to its end", 2, []amount.Figure{{}, amount.Exactly(7)}, nil, amount.Sum(amount.Exactly(7)), 2019},
			{"a year longer", 3, []amount.Figure{{}, amount.Exactly(7)}, nil, amount.Sum(amount.Exactly(7)), 2019},
			{"a line ended before", 5, []amount.Figure{amount.Exactly(7)}, []amount.Figure{{}, amount.About(5)}, amount.Sum(amount.About(5), amount.Exactly(0)), 2019},
			{"its last year is stated as unknown", 5, []amount.Figure{amount.Exactly(7), {}}, nil, amount.Sum(amount.Figure{}), 2019},
			{"its last year is stated as nothing", 5, []amount.Figure{amount.Exactly(7), amount.Exactly(0)}, nil, amount.Sum(amount.Exactly(0)), 2019},
			{"nothing is stated", 3, nil, nil, amount.Sum(amount.Figure{}), 2020},
		} {
			content := portfolio.CaseContent{Dated: 20171106, PriceYear: 2018, FirstYear: 2018, Years: c.years}
			content.Lines = append(content.Lines, portfolio.CaseLine{Kind: appraisal.OneOff, Amounts: make([]portfolio.Estimate, c.years)})
			for k, amounts := range [][]amount.Figure{c.benefit, c.other} {
				if k > 0 && amounts == nil {
					continue
				}
				l := portfolio.CaseLine{Kind: appraisal.Benefit}
				for _, f := range amounts {
					l.Amounts = append(l.Amounts, portfolio.Estimate{Likely: f})
				}
				content.Lines = append(content.Lines, l)
			}
			got, err := d.Portfolio().Appraise(&content)
			if err != nil || got.Saving != c.saving || got.FullYear != c.full {
				t.Errorf("%s: %+v of %d, %v", c.title, got.Saving, got.FullYear, err)
			}
		}
	})
	t.Run("a line of another price level without an index is refused", func(t *testing.T) {
		draft := d.newCase()
		bad := draft.CaseContent
		bad.Lines = []portfolio.CaseLine{{ID: 1, Kind: appraisal.Benefit, PriceYear: 2016, Index: 1}}
		_, _, err := draft.Edit(d.Portfolio(), d.By(d.x.Owner, ""), bad)
		refused(t, err, "error.no_index")
	})
}

func TestCaseEdit(t *testing.T) {
	for title, c := range map[string]struct {
		change func(*portfolio.CaseContent)
		field  string
		want   string
	}{
		"before any rate table":      {func(c *portfolio.CaseContent) { c.Dated = 20120101 }, "dated", "error.case.no_table"},
		"of no day":                  {func(c *portfolio.CaseContent) { c.Dated = 0 }, "dated", "error.case.no_table"},
		"of no years":                {func(c *portfolio.CaseContent) { c.Years = 0 }, "years", "error.case.years"},
		"of a price level of long":   {func(c *portfolio.CaseContent) { c.PriceYear = 1899 }, "price_year", "error.year"},
		"with a rate as a percent":   {func(c *portfolio.CaseContent) { c.Rate, c.RateNote = "4", "x" }, "rate", "error.case.rate"},
		"with a rate without reason": {func(c *portfolio.CaseContent) { c.Rate = "0.03" }, "rate_note", "error.required"},
		"with a line of no kind":     {func(c *portfolio.CaseContent) { c.Lines[0].Kind = 0 }, "lines.1.kind", "error.required"},
		"with a line that never was": {func(c *portfolio.CaseContent) { c.Lines[0].ID = 77 }, "lines.77", "error.case.line"},
		"with one line twice":        {func(c *portfolio.CaseContent) { c.Lines[0].ID = 2 }, "lines.2", "error.case.line"},
		"with another's gain":        {func(c *portfolio.CaseContent) { c.Lines[1].Benefit = 99 }, "lines.2.benefit", "error.unknown_benefit"},
		"with more years than it has": {
			func(c *portfolio.CaseContent) { c.Lines[0].Amounts = make([]portfolio.Estimate, 5) }, "lines.1.amounts", "error.too_many",
		},
		"with low above likely": {func(c *portfolio.CaseContent) {
			c.Lines[0].Amounts = []portfolio.Estimate{{Low: amount.Exactly(2), Likely: amount.Exactly(1)}}
		}, "lines.1.amounts.0.likely", "error.case.order"},
		"with low and no likely": {func(c *portfolio.CaseContent) {
			c.Lines[0].Amounts = []portfolio.Estimate{{Low: amount.Exactly(2)}}
		}, "lines.1.amounts.0.likely", "error.case.likely"},
		"with an amount beyond all": {func(c *portfolio.CaseContent) {
			c.Lines[0].Amounts = []portfolio.Estimate{{Likely: amount.Exactly(amount.Max + 1)}}
		}, "lines.1.amounts.0.likely", "error.too_large"},
	} {
		t.Run("a case "+title+" is refused at the field", func(t *testing.T) {
			d := newDesk(t)
			draft := d.newCase()
			to := draft.CaseContent
			to.Lines = append([]portfolio.CaseLine(nil), to.Lines...)
			c.change(&to)
			_, _, err := draft.Edit(d.Portfolio(), d.By(d.x.Owner, ""), to)
			refused(t, err, c.want)
			for _, e := range portfolio.AsRefusals(err) {
				if e.Code == c.want && e.Field != c.field {
					t.Errorf("at %q, want %q", e.Field, c.field)
				}
			}
		})
	}
	t.Run("a line that was taken out never gives its id to another", func(t *testing.T) {
		d := newDesk(t)
		draft := d.newCase()
		to := draft.CaseContent
		to.Lines = append(append([]portfolio.CaseLine(nil), to.Lines[:2]...), portfolio.CaseLine{Kind: appraisal.Benefit, Title: "ny"})
		next, e, err := draft.Edit(d.Portfolio(), d.By(d.x.Office, ""), to)
		kept(d, next, e, err)
		if got := next.Lines[2].ID; got != 4 {
			t.Errorf("the new line is %d, want 4", got)
		}
		if !next.Example() && len(next.Authors) != 2 {
			t.Errorf("authors %v", next.Authors)
		}
	})
}
