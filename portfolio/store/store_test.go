package store_test

import (
	"context"
	"flag"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"pgregory.net/rapid"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/portfoliotest"
	"gevinst/portfolio/store"
	"gevinst/portfolio/store/pgtest"
)

// house is an empty database of one of the two kinds, and the way to open it.
type house struct {
	options  store.Options
	postgres bool
}

// forEachHouse runs the test on both databases, each empty.
func forEachHouse(t *testing.T, test func(t *testing.T, build func(testing.TB) house)) {
	t.Helper()
	t.Run("embedded", func(t *testing.T) { test(t, embedded) })
	t.Run("PostgreSQL", func(t *testing.T) { test(t, onPostgres) })
}

// forEach runs the test on both databases, each with the small portfolio.
func forEach(t *testing.T, test func(t *testing.T, s *store.Store, x portfoliotest.World)) {
	t.Helper()
	forEachHouse(t, func(t *testing.T, build func(testing.TB) house) {
		s := build(t).open(t)
		test(t, s, found(t, s))
	})
}

func embedded(tb testing.TB) house {
	return house{options: store.Options{Path: filepath.Join(tb.TempDir(), "ø data", "gevinst.db"), Clock: clock}}
}

func onPostgres(tb testing.TB) house {
	return house{options: store.Options{URL: pgtest.Shared(tb).NewDatabase(tb), Clock: clock}, postgres: true}
}

// clock stands on the day of the launch data's story.
func clock() time.Time { return time.Date(2018, 9, 3, 12, 0, 0, 0, time.UTC) }

func (h house) open(tb testing.TB) *store.Store {
	tb.Helper()
	s, err := store.Open(tb.Context(), h.options)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Errorf("close: %v", err)
		}
	})
	return s
}

// raw is a way to the tables that passes the store by, as somebody with the database's password has.
func (h house) raw(tb testing.TB) *sqlx.DB {
	tb.Helper()
	driver, source := "sqlite", "file:"+h.options.Path
	if h.postgres {
		driver, source = "postgres", h.options.URL
	}
	db, err := sqlx.Connect(driver, source)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := db.Close(); err != nil {
			tb.Errorf("close: %v", err)
		}
	})
	return db
}

// found writes the small portfolio in one transaction.
func found(tb testing.TB, s *store.Store) portfoliotest.World {
	tb.Helper()
	var x portfoliotest.World
	write(tb, s, func(tx *store.Tx) error {
		x = portfoliotest.Small(tx)
		return nil
	})
	return x
}

func write(tb testing.TB, s *store.Store, change func(*store.Tx) error) store.Receipt {
	tb.Helper()
	r, err := s.Write(context.Background(), change)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func snapshot(tb testing.TB, s *store.Store) *portfolio.Portfolio {
	tb.Helper()
	p, err := s.Snapshot(context.Background())
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

// sound fails the test unless the check finds nothing; it gives the report.
func sound(tb testing.TB, s *store.Store) store.Report {
	tb.Helper()
	r, err := s.Check(context.Background())
	if err != nil {
		tb.Fatal(err)
	}
	for _, v := range r.Violations {
		tb.Errorf("check: %s", v)
	}
	return r
}

// same fails the test unless both portfolios tell the same.
func same(tb interface{ Fatalf(string, ...any) }, what string, got, want *portfolio.Portfolio) {
	if d := portfoliotest.Differences(portfoliotest.Picture(got), portfoliotest.Picture(want)); d != "" {
		tb.Fatalf("%s:\n%s", what, d)
	}
}

// random checks a property of a few random databases: each costs a database and its transactions.
func random(t *testing.T, n string, property func(*rapid.T)) {
	t.Helper()
	was := flag.Lookup("rapid.checks").Value.String()
	if err := flag.Set("rapid.checks", n); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = flag.Set("rapid.checks", was) }()
	rapid.Check(t, property)
}

// claim reports 1,000 kr. in each of the months of 2018.
func claim(tx *store.Tx, by portfolio.UserID, benefit portfolio.BenefitID, months ...int) (*portfolio.Entry, error) {
	id, err := tx.NextID(portfolio.KindEntry)
	if err != nil {
		return nil, err
	}
	e := portfolio.Entry{ID: portfolio.EntryID(id), Benefit: benefit}
	for _, m := range months {
		e.Months = append(e.Months, portfolio.MonthGain{Month: amount.NewMonth(2018, m), Gross: 1_000 * amount.Krone})
	}
	got, event, err := portfolio.NewClaim(tx.Portfolio(), tx.By(by, ""), e)
	if err != nil {
		return nil, err
	}
	tx.Save(got, event)
	return got, nil
}

// refusedAs fails the test unless err is a refusal of the kind with the code.
func refusedAs(tb testing.TB, err error, kind portfolio.ErrorKind, code string) {
	tb.Helper()
	if !portfolio.Is(err, kind) || !strings.Contains(err.Error(), code) {
		tb.Errorf("got %v, want a refusal %q of kind %d", err, code, kind)
	}
}
