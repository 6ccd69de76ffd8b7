package portfolio_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/portfoliotest"
)

// reread builds the same portfolio from its payloads and the sums of its ledger, as the store does when it starts.
func reread(t interface{ Fatal(...any) }, p *portfolio.Portfolio) *portfolio.Portfolio {
	var records []portfolio.Record
	for _, r := range p.Records() {
		payload, format, err := portfolio.Encode(r)
		if err != nil {
			t.Fatal(err)
		}
		again, err := portfolio.Decode(r.Kind(), format, payload)
		if err != nil {
			t.Fatal(err)
		}
		records = append(records, again)
	}
	var tallies []portfolio.Tally
	for t := range p.Tallies() {
		tallies = append(tallies, t)
	}
	return portfolio.Load(p.Today, p.Seq, p.At, records, tallies, slices.Collect(p.AccountTallies()))
}

func TestFolds(t *testing.T) {
	t.Run("a portfolio carried forward verb by verb is the one read anew, to the øre", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			b := portfoliotest.NewBook()
			x := portfoliotest.Small(b)
			a := portfoliotest.NewActs(x)
			for range rapid.IntRange(1, 80).Draw(t, "acts") {
				if _, _, err := a.Act(t, b); err != nil {
					t.Fatal(err)
				}
				if rapid.IntRange(0, 4).Draw(t, "looked at") == 0 { // then the next is carried forward from it
					b.Portfolio().YearOf(x.DIGIT, 2018)
					b.Portfolio().YearOf(x.KME, 2018)
				}
			}
			p := b.Portfolio()
			if d := portfoliotest.Differences(portfoliotest.Picture(p), portfoliotest.Picture(reread(t, p))); d != "" {
				t.Fatal(d)
			}
			for _, v := range p.Check() {
				t.Error(v)
			}
		})
	})
	t.Run("the year is the sum of its rows and of its months", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			b := portfoliotest.NewBook()
			x := portfoliotest.Small(b)
			a := portfoliotest.NewActs(x)
			for range 60 {
				if _, _, err := a.Act(t, b); err != nil {
					t.Fatal(err)
				}
			}
			for g := range b.Portfolio().Programmes.All() {
				for year := 2017; year <= 2020; year++ {
					sumsAgree(t, b.Portfolio().YearOf(g.ID, year))
				}
			}
		})
	})
	t.Run("a portfolio that has been carried forward stays as it stood", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			b := portfoliotest.NewBook()
			a := portfoliotest.NewActs(portfoliotest.Small(b))
			type moment struct {
				p       *portfolio.Portfolio
				picture []string
			}
			var past []moment
			for range 30 {
				past = append(past, moment{b.Portfolio(), portfoliotest.Picture(b.Portfolio())})
				if _, _, err := a.Act(t, b); err != nil {
					t.Fatal(err)
				}
			}
			for _, m := range past {
				if d := portfoliotest.Differences(portfoliotest.Picture(m.p), m.picture); d != "" {
					t.Fatal(d)
				}
			}
		})
	})
}

// parts are what adds up: amounts, of a month, a row or the whole.
func parts(f portfolio.Figures) [14]amount.Money {
	return [14]amount.Money{
		f.Plan.Gross, f.Plan.Running, f.Now.Gross, f.Now.Running, f.Confirmed.Gross, f.Confirmed.Running,
		f.Claimed.Gross, f.Claimed.Running, f.Expected.Gross, f.Expected.Running, f.Missed.Gross, f.Missed.Running, f.Weighted, f.WeightedOpen,
	}
}

func sumsAgree(t *rapid.T, y *portfolio.Year) {
	var months, rows, rowMonths [14]amount.Money
	var known, unknown int
	var oneOff amount.Money
	add := func(sum *[14]amount.Money, f portfolio.Figures) {
		for k, m := range parts(f) {
			sum[k] += m
		}
	}
	for _, m := range y.Months {
		add(&months, m)
	}
	for _, r := range y.Rows() {
		add(&rows, r.Figures)
		for _, m := range r.Months {
			add(&rowMonths, m)
		}
		known, unknown, oneOff = known+r.Known, unknown+r.Unknown, oneOff+r.OneOff
	}
	want := parts(y.Figures)
	if months != want || rows != want || rowMonths != want {
		t.Errorf("%d: months %v, rows %v, months of rows %v, want %v", y.Year, months, rows, rowMonths, want)
	}
	if known != y.Known || unknown != y.Unknown || oneOff != y.OneOff {
		t.Errorf("%d: %d known, %d unknown, %d øre once; want %d, %d, %d", y.Year, known, unknown, oneOff, y.Known, y.Unknown, y.OneOff)
	}
}
