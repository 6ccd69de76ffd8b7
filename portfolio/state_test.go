package portfolio_test

import (
	"fmt"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/portfoliotest"
)

// desk is the small portfolio with hands to work in it.
type desk struct {
	*testing.T
	*portfoliotest.Book
	x portfoliotest.World
}

func newDesk(t *testing.T) *desk {
	b := portfoliotest.NewBook()
	return &desk{t, b, portfoliotest.Small(b)}
}

// decided is an act of the programme office that carries out the board's decision.
func (d *desk) decided() portfolio.By {
	by := d.By(d.x.Office, "som besluttet")
	by.Decision = d.x.Decision
	return by
}

func (d *desk) initiative() *portfolio.Initiative {
	return d.Portfolio().Initiatives.Get(d.x.Initiative)
}

// kept saves what a verb gave; the test ends when it refused.
func kept[R portfolio.Record](d *desk, r R, e portfolio.Event, err error) R {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
	d.Save(r, e)
	return r
}

func TestItemStates(t *testing.T) {
	// One step of an item's way: p prioritise, y select, n decide against. "!" after it: refused.
	for _, c := range []struct {
		way  string
		want portfolio.ItemState
	}{
		{"", portfolio.Described},
		{"p", portfolio.Prioritised},
		{"pp", portfolio.Prioritised},
		{"py", portfolio.ItemSelected},
		{"y", portfolio.ItemSelected},
		{"pn", portfolio.NotSelected},
		{"pnp!", portfolio.NotSelected},
		{"pny", portfolio.ItemSelected},
		{"pyp!n!y!", portfolio.ItemSelected},
	} {
		t.Run(fmt.Sprintf("%q ends as %s", c.way, c.want), func(t *testing.T) {
			d := newDesk(t)
			for k := 0; k < len(c.way); k++ {
				item := d.Portfolio().Items.Get(d.x.Item)
				var next *portfolio.CatalogueItem
				var e portfolio.Event
				var err error
				if c.way[k] == 'p' {
					next, e, err = item.Prioritise(d.Portfolio(), d.decided(), "2018", portfolio.Approval{Director: d.x.Director, On: d.Day})
				} else {
					next, e, err = item.Decide(d.Portfolio(), d.decided(), c.way[k] == 'y')
				}
				if k+1 < len(c.way) && c.way[k+1] == '!' {
					refused(t, err, "error.item_decided")
					k++
					continue
				}
				kept(d, next, e, err)
			}
			if got := d.Portfolio().Items.Get(d.x.Item).State(); got != c.want {
				t.Errorf("got %s", got)
			}
		})
	}
	t.Run("a board's word follows from a decision", func(t *testing.T) {
		d := newDesk(t)
		_, _, err := d.Portfolio().Items.Get(d.x.Item).Decide(d.Portfolio(), d.By(d.x.Office, ""), true)
		refused(t, err, "error.decision_required")
	})
	t.Run("two items never have one number", func(t *testing.T) {
		d := newDesk(t)
		_, _, err := portfolio.NewItem(d.Portfolio(), d.decided(), portfolio.CatalogueItem{ID: 2, No: 1, Title: "To", Area: d.x.Area})
		refused(t, err, "error.taken")
	})
	t.Run("an edit changes the source of what it changed, and of nothing else", func(t *testing.T) {
		d := newDesk(t)
		by := d.decided()
		by.Source = portfolio.Source{Document: "katalog"}
		c := kept3(d)(portfolio.NewItem(d.Portfolio(), by, portfolio.CatalogueItem{ID: 2, No: 2, Title: "To", Area: d.x.Area}))
		to := *c
		to.Title = "To og en halv"
		c = kept3(d)(c.Edit(d.Portfolio(), d.decided(), to))
		if !c.Sources.Of("title").IsZero() || c.Sources.Of("area") != by.Source {
			t.Errorf("sources %v", c.Sources)
		}
	})
}

// kept3 is kept for a verb's three results at once.
func kept3(d *desk) func(*portfolio.CatalogueItem, portfolio.Event, error) *portfolio.CatalogueItem {
	return func(c *portfolio.CatalogueItem, e portfolio.Event, err error) *portfolio.CatalogueItem {
		return kept(d, c, e, err)
	}
}

func TestStages(t *testing.T) {
	stages := portfolio.Stages()
	for _, from := range stages {
		for _, to := range append(stages, 0, 99) {
			t.Run(fmt.Sprintf("from %s to %q", from, to), func(t *testing.T) {
				d := newDesk(t)
				i := *d.initiative()
				i.Stage = from
				next, e, err := i.Advance(d.Portfolio(), d.decided(), to)
				if to == from+1 {
					if next := kept(d, next, e, err); next.Stage != to {
						t.Errorf("got %s", next.Stage)
					}
					return
				}
				refused(t, err, "error.stage")
			})
		}
	}
	t.Run("nothing starts without an owner, unless a document says that it did", func(t *testing.T) {
		d := newDesk(t)
		i := *d.initiative()
		i.Stage, i.ProjectOwner = portfolio.Analysis, 0
		_, _, err := i.Advance(d.Portfolio(), d.decided(), portfolio.Started)
		refused(t, err, "error.owner_first")
		by := d.decided()
		by.Source = portfolio.Source{Document: "2017-1"}
		if _, _, err := i.Advance(d.Portfolio(), by, portfolio.Started); err != nil {
			t.Error(err)
		}
	})
}

func TestPlan(t *testing.T) {
	for _, c := range []struct {
		title    string
		to       portfolio.Membership
		reason   string
		decision bool
		want     string
	}{
		{"out needs a reason", portfolio.OutOfPlan, "", true, "error.required"},
		{"awaiting needs a reason", portfolio.Awaiting, "", true, "error.required"},
		{"out needs a decision", portfolio.OutOfPlan, "udført", false, "error.decision_required"},
		{"it is in already", portfolio.InPlan, "", true, "error.unchanged"},
		{"to nowhere", 0, "x", true, "error.required"},
		{"out, by decision, with a reason", portfolio.OutOfPlan, "udført", true, ""},
		{"awaiting, by decision, with a reason", portfolio.Awaiting, "KME afklares", true, ""},
	} {
		t.Run(c.title, func(t *testing.T) {
			d := newDesk(t)
			by := d.By(d.x.Director, "")
			if c.decision {
				by.Decision = d.x.Decision
			}
			i, e, err := d.initiative().SetPlan(d.Portfolio(), by, c.to, c.reason)
			if c.want != "" {
				refused(t, err, c.want)
				return
			}
			kept(d, i, e, err)
			y := d.Portfolio().YearOf(d.x.DIGIT, 2018)
			if y.Plan.Net() != 900_000*amount.Krone || y.Now != (portfolio.Gain{}) || y.Known != 0 || !y.Row(d.x.Initiative).Outside {
				t.Errorf("the plan as adopted is %v; the year still expects %v of %d initiatives", y.Plan, y.Now, y.Known)
			}
			i, e, err = i.SetPlan(d.Portfolio(), d.decided(), portfolio.InPlan, "")
			kept(d, i, e, err)
			if y := d.Portfolio().YearOf(d.x.DIGIT, 2018); y.Plan.Net() != 900_000*amount.Krone || y.Known != 1 {
				t.Errorf("back in the plan it plans %v", y.Plan)
			}
		})
	}
}

func TestLeavingThePlan(t *testing.T) {
	d := newDesk(t)
	d.settled(d.claimed(4), true)
	i, e, err := d.initiative().SetPlan(d.Portfolio(), d.decided(), portfolio.OutOfPlan, "udført")
	kept(d, i, e, err)
	y := d.Portfolio().YearOf(d.x.DIGIT, 2018)
	if y.Confirmed.Net() != 1_000*amount.Krone || y.Now != (portfolio.Gain{}) || y.Expected != (portfolio.Gain{}) {
		t.Errorf("confirmed %v, now %v, expected %v: what was cut from a budget stays cut", y.Confirmed, y.Now, y.Expected)
	}
}

func TestDelay(t *testing.T) {
	d := newDesk(t)
	const mio12, k900, k300 = 1_200_000 * amount.Krone, 900_000 * amount.Krone, 300_000 * amount.Krone
	before := d.Portfolio().YearOf(d.x.DIGIT, 2018)
	changes, err := d.initiative().ReportDelay(d.Portfolio(), d.By(d.x.Owner, "leverandøren er forsinket"), 6)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range changes {
		d.Save(c.Record, c.Event)
	}
	y := d.Portfolio().YearOf(d.x.DIGIT, 2018)
	i, b := d.initiative(), d.Portfolio().Benefits.Get(d.x.Benefit)
	t.Run("the year loses what falls before the new month, and no full year does", func(t *testing.T) {
		if before.Now.Net() != k900 || y.Now.Net() != k300 || y.Expected.Net() != k300 {
			t.Errorf("from %d to %d øre, want 900,000 to 300,000 kr.", before.Now.Net(), y.Now.Net())
		}
		if before.FullYear.Net() != mio12 || y.FullYear.Net() != mio12 || y.Level.Net() != mio12 {
			t.Errorf("full year %d, at the year's end %d, want 1,200,000 kr.", y.FullYear.Net(), y.Level.Net())
		}
		if got := d.Portfolio().YearOf(d.x.DIGIT, 2019).Now.Net(); got != mio12 {
			t.Errorf("2019 brings %d øre, want 1,200,000 kr.", got)
		}
	})
	t.Run("the plan stays as adopted", func(t *testing.T) {
		if y.Plan.Net() != k900 || b.PlannedTerms().From != amount.NewMonth(2018, 4) || b.From != amount.NewMonth(2018, 10) {
			t.Errorf("plan %d øre from %s, now from %s", y.Plan.Net(), b.PlannedTerms().From, b.From)
		}
		if i.PlannedSchedule().Done != amount.NewMonth(2018, 4) || i.Now.Done != amount.NewMonth(2018, 10) {
			t.Errorf("planned until %s, now until %s", i.PlannedSchedule().Done, i.Now.Done)
		}
	})
	t.Run("what has begun stays begun", func(t *testing.T) {
		if i.Now.Start != amount.NewMonth(2018, 1) {
			t.Errorf("starts %s", i.Now.Start)
		}
		claimed, e, err := portfolio.NewClaim(d.Portfolio(), d.By(d.x.Owner, ""), portfolio.Entry{
			ID: 1, Benefit: b.ID, Months: []portfolio.MonthGain{{Month: amount.NewMonth(2018, 9), Gross: k300}},
		})
		kept(d, claimed, e, err)
		again, err := i.ReportDelay(d.Portfolio(), d.By(d.x.Owner, "igen"), 1)
		if err != nil || len(again) != 1 || again[0].Record.Kind() != portfolio.KindInitiative {
			t.Errorf("%d changes, %v; want the initiative alone", len(again), err)
		}
		if next := again[0].Record.(*portfolio.Initiative); next.PlannedSchedule().Done != amount.NewMonth(2018, 4) {
			t.Errorf("planned until %s: the plan has moved with the second delay", next.PlannedSchedule().Done)
		}
	})
	closed := *i
	closed.Stage = portfolio.Closed
	for title, c := range map[string]struct {
		i      *portfolio.Initiative
		note   string
		months int
		want   string
	}{
		"without a reason":  {i, "", 6, "error.required"},
		"by nothing":        {i, "x", 0, "error.delay_months"},
		"backwards":         {i, "x", -1, "error.delay_months"},
		"by decades":        {i, "x", 61, "error.delay_months"},
		"of what is closed": {&closed, "x", 1, "error.closed"},
	} {
		t.Run("no delay "+title, func(t *testing.T) {
			_, err := c.i.ReportDelay(d.Portfolio(), d.By(d.x.Owner, c.note), c.months)
			refused(t, err, c.want)
		})
	}
}
