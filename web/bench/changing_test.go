package bench

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"

	"gevinst/portfolio"
)

// changes measures one change, with its event and its hash, and the portfolio carried forward, against a transaction that
// adds one row and one row that tells of it.
func changes(b *testing.B) {
	for _, kind := range kinds {
		s := databases[kind](b, small)
		turn := 0
		ours := contestant{act: func(tb testing.TB) {
			turn++
			if err := editBenefit(context.Background(), s, portfolio.BenefitID(turn%80+1), turn); err != nil {
				tb.Fatal(err)
			}
		}}
		bare := contestant{act: plainWriter(b, kind).one}
		got := race(b, ours, bare)
		atMostTime("one change, "+kind, got[0], got[1], 2.5)
		atMost("one change, "+kind+", processor", got[0], got[1], 2.5)
	}
}

// writers measures sixteen who change at a time, each another gain, against bare transactions that queue on one row.
func writers(b *testing.B) {
	const crowd = 16
	s := postgres(b, small)
	plain := plainWriter(b, "PostgreSQL")
	var turn atomic.Int64
	got := race(b,
		contestant{crowd: crowd, act: func(tb testing.TB) {
			n := turn.Add(1)
			if err := editBenefit(context.Background(), s, portfolio.BenefitID(n%80+1), int(n)); err != nil {
				tb.Error(err)
			}
		}},
		contestant{crowd: crowd, act: plain.queued},
	)
	ratio := median(got[0].rate) / median(got[1].rate)
	add(fmt.Sprintf("%d writers, PostgreSQL: %.0f and %.0f a second", crowd, median(got[0].rate), median(got[1].rate)),
		got[0], got[1], ratio, ">= 0.7 of its rate", ratio >= 0.7)
}

// plainTables is a database beside the program's, with the same settings.
type plainTables struct {
	db   *sql.DB
	body string
	turn atomic.Int64
}

func plainWriter(b *testing.B, kind string) *plainTables {
	b.Helper()
	var db *sql.DB
	var err error
	if kind == "PostgreSQL" {
		db, err = sql.Open("postgres", server(b).NewDatabase(b)+"&binary_parameters=yes")
	} else {
		db, err = sql.Open("sqlite", "file:"+filepath.Join(b.TempDir(), "plain.db")+pragmas+"&_txlock=immediate")
	}
	if err != nil {
		b.Fatal(err)
	}
	if kind == "embedded" {
		db.SetMaxOpenConns(1)
	} else {
		db.SetMaxOpenConns(16)
		db.SetMaxIdleConns(16)
	}
	b.Cleanup(func() { db.Close() })
	for _, statement := range []string{
		`CREATE TABLE thing (id BIGINT PRIMARY KEY, body TEXT NOT NULL)`,
		`CREATE TABLE audit (id BIGINT PRIMARY KEY, at BIGINT NOT NULL, actor BIGINT NOT NULL, body TEXT NOT NULL)`,
		`CREATE TABLE counter (id BIGINT PRIMARY KEY, value BIGINT NOT NULL)`,
		`INSERT INTO counter (id, value) VALUES (1, 0)`,
	} {
		if _, err := db.Exec(statement); err != nil {
			b.Fatal(err)
		}
	}
	t := &plainTables{db: db}
	t.body = fmt.Sprintf("%0400d", 1)
	return t
}

func (t *plainTables) one(tb testing.TB) { t.write(tb, false) }

func (t *plainTables) queued(tb testing.TB) { t.write(tb, true) }

func (t *plainTables) write(tb testing.TB, queue bool) {
	tx, err := t.db.Begin()
	if err != nil {
		tb.Error(err)
		return
	}
	defer tx.Rollback() //nolint:errcheck // after the commit it does nothing
	id := t.turn.Add(1)
	if queue {
		if err := tx.QueryRow(`UPDATE counter SET value = value + 1 WHERE id = 1 RETURNING value`).Scan(&id); err != nil {
			tb.Error(err)
			return
		}
	}
	if _, err := tx.Exec(`INSERT INTO thing (id, body) VALUES ($1, $2)`, id, t.body); err != nil {
		tb.Error(err)
		return
	}
	if _, err := tx.Exec(`INSERT INTO audit (id, at, actor, body) VALUES ($1, $2, $3, $4)`, id, int64(today.UnixMicro()), 2, t.body); err != nil {
		tb.Error(err)
		return
	}
	if err := tx.Commit(); err != nil {
		tb.Error(err)
	}
}
