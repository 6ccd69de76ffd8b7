package finance_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// standing is what an account's months are said to have.
type standing map[portfolio.Month]amount.Money

// report is a file of balances, as the finance system lists them: an amount an account and period.
func (s standing) report(account string) string {
	var b strings.Builder
	b.WriteString("Konto;Periode;Forbrug\n")
	for _, m := range slices.Sorted(maps.Keys(s)) {
		fmt.Fprintf(&b, "%s;%03d.%d;%s\n", account, m.Of(), m.Year(), strings.ReplaceAll(amount.Danish.Plain(s[m]), "−", "-"))
	}
	return b.String()
}

// stands is what the postings of an account add up to, by months.
func (d *desk) stands(t testing.TB, no string) standing {
	t.Helper()
	s, p := standing{}, d.now(t)
	a := p.AccountByNo(no)
	for line := range p.AccountTallies() {
		if a != nil && line.Account == a.ID {
			s[line.Month] += amount.Money(line.Ore)
		}
	}
	return s
}

func TestBalances(t *testing.T) {
	t.Run("after any sequence of reports each month stands as the last that told of it says, and a report again changes nothing", func(t *testing.T) {
		d, n := newDesk(t, false), 0
		rapid.Check(t, func(rt *rapid.T) {
			n++
			account, want := fmt.Sprintf("Prøve %d", n), standing{}
			for range rapid.IntRange(1, 5).Draw(rt, "reports") {
				said := standing{}
				for _, m := range rapid.SliceOfNDistinct(rapid.IntRange(1, 12), 1, 12, rapid.ID[int]).Draw(rt, "months") {
					said[amount.NewMonth(2018, m)] = amount.Money(rapid.SampledFrom([]int64{0, 1, -1, 50_000_00, 60_000_00}).Draw(rt, "øre"))
				}
				d.apply(t, said.report(account))
				maps.Copy(want, said)
				if got := d.stands(t, account); !maps.Equal(got, want) {
					rt.Fatalf("stands at %v, want %v", got, want)
				}
				was := d.now(t).Seq
				if again := d.apply(t, "Udtræk igen;;\n"+said.report(account)); again.New != 0 || d.now(t).Seq != was {
					rt.Fatalf("the same figures again brought %d", again.New)
				}
			}
		})
		if bad, err := d.Check(t.Context()); err != nil || len(bad.Violations) != 0 {
			t.Errorf("%+v, %v", bad, err)
		}
	})
	t.Run("next month's report changes January to what it says, and the preview says from what to what", func(t *testing.T) {
		d := newDesk(t, false)
		d.apply(t, "Konto;Periode;Forbrug\n1;001.2018;50.000,00\n1;002.2018;45.000,00\n")
		const next = "Konto;Periode;Forbrug\n1;001.2018;60.000,00\n1;002.2018;45.000,00\n1;003.2018;40.000,00\n"
		p, err := d.preview(t, next)
		if err != nil {
			t.Fatal(err)
		}
		if !p.Balances || p.Postings != 3 || p.New != 2 || p.Changed != 1 || p.Sum != 50_000_00 || p.Beside != 0 {
			t.Errorf("%+v", p)
		}
		if c := p.Changes; len(c) != 1 || c[0].Account != "1" || c[0].Month != amount.NewMonth(2018, 1) || c[0].Measure != portfolio.Actual || c[0].From != 50_000_00 || c[0].To != 60_000_00 {
			t.Errorf("%+v", c)
		}
		d.apply(t, next)
		if got := d.posted(t, portfolio.Actual); got != 145_000_00 {
			t.Errorf("the account stands at %d", got)
		}
	})
	t.Run("a budget in a column a month is a report too, and its rows on one account are added up", func(t *testing.T) {
		d := newDesk(t, false)
		budget := func(feb string) string {
			return "Konto;Jan;Feb;Mar;Apr;Maj;Jun;Jul;Aug;Sep;Okt;Nov;Dec\n1" + strings.Repeat(";10,00", 12) + "\n1;0,00;" + feb + strings.Repeat(";5,00", 10) + "\n"
		}
		as := []string{"year", "2018", "measure", "original_budget"}
		d.apply(t, budget("100,00"), as...)
		d.apply(t, budget("150,00"), as...)
		if got := d.posted(t, portfolio.OriginalBudget); got != (12*10+150+10*5)*amount.Krone {
			t.Errorf("the budget is %d", got)
		}
	})
	t.Run("a listing of postings is added, also where it stands in a column of actuals", func(t *testing.T) {
		d := newDesk(t, false)
		for k, want := range []amount.Money{10_00, 20_00} {
			d.apply(t, fmt.Sprintf("Konto;Periode;Bilagsnr.;Forbrug\n1;001.2018;%d;10,00\n", k))
			if got := d.posted(t, portfolio.Actual); got != want {
				t.Errorf("%d, want %d", got, want)
			}
		}
	})
	t.Run("where postings come beside an amount that the file does not repeat, the preview says so and shows what it becomes", func(t *testing.T) {
		d := newDesk(t, false)
		d.apply(t, "Konto;Periode;Beløb\n1;001.2018;50.000,00\n2;001.2018;1,00\n")
		p, err := d.preview(t, "Konto;Periode;Beløb\n1;001.2018;60.000,00\n2;001.2018;1,00\n2;001.2018;2,00\n3;001.2018;7,00\n")
		if err != nil {
			t.Fatal(err)
		}
		if p.Balances || p.Beside != 1 || p.Changed != 2 {
			t.Errorf("%+v", p)
		}
		if c := p.Changes; len(c) != 2 || c[0].From != 50_000_00 || c[0].To != 110_000_00 || c[1].From != 1_00 || c[1].To != 3_00 {
			t.Errorf("%+v", p.Changes)
		}
		p, err = d.preview(t, "Konto;Periode;Beløb\n1;001.2018;60.000,00\n", "amounts", "balances")
		if err != nil || p.Beside != 0 || len(p.Changes) != 1 || p.Changes[0].To != 60_000_00 {
			t.Errorf("as balances: %+v, %v", p, err)
		}
	})
	t.Run("a mapping that was saved before it was asked reads a report as one", func(t *testing.T) {
		d := newDesk(t, false)
		d.apply(t, "Konto;Periode;Forbrug\n1;001.2018;50.000,00\n")
		p, err := d.preview(t, "Konto;Periode;Forbrug\n1;001.2018;60.000,00\n", "amounts", "")
		if err != nil || !p.Balances || p.Sum != 10_000_00 {
			t.Errorf("%+v, %v", p, err)
		}
	})
	t.Run("no more changes are listed than can be read, and all are counted", func(t *testing.T) {
		d := newDesk(t, false)
		list := func(kroner int) string {
			var b strings.Builder
			b.WriteString("Konto;Periode;Forbrug\n")
			for k := range 150 {
				fmt.Fprintf(&b, "%d;001.2018;%d,00\n", k, kroner)
			}
			return b.String()
		}
		d.apply(t, list(1))
		if p, err := d.preview(t, list(2)); err != nil || p.Changed != 150 || len(p.Changes) != 100 || p.Changes[99].Account != "99" {
			t.Errorf("%+v, %v", p, err)
		}
	})
}

func TestBalancesAtOnce(t *testing.T) {
	for name, postgres := range map[string]bool{"embedded": false, "PostgreSQL": true} {
		t.Run("of reports that are taken in at the same time the account stands as one of them says, on "+name, func(t *testing.T) {
			d := newDesk(t, postgres)
			d.apply(t, "Konto;Periode;Forbrug\n1;001.2018;50.000,00\n")
			for round := range 10 {
				var all sync.WaitGroup
				errs := make([]error, 4)
				for k := range errs {
					m, err := d.importOf(t, fmt.Sprintf("Konto;Periode;Forbrug\n1;001.2018;%d,00\n", 100*(round+1)+k))
					if err != nil {
						t.Fatal(err)
					}
					if _, err := m.Preview(t.Context()); err != nil {
						t.Fatal(err)
					}
					all.Go(func() { _, errs[k] = m.Apply(t.Context(), d.chief, "") })
				}
				all.Wait()
				if err := errors.Join(errs...); err != nil {
					t.Fatal(err)
				}
				if got := d.posted(t, portfolio.Actual) / amount.Krone; got < amount.Money(100*(round+1)) || got > amount.Money(100*(round+1)+3) {
					t.Fatalf("after round %d the account stands at %d", round, got)
				}
			}
		})
	}
}
