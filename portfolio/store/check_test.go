package store_test

import (
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"gevinst/portfolio"
	"gevinst/portfolio/portfoliotest"
	"gevinst/portfolio/store"
)

// settled founds the small portfolio with a claim, a confirmed entry, a reversed one and its reversal.
func settled(t *testing.T, s *store.Store) portfoliotest.World {
	t.Helper()
	x := found(t, s)
	write(t, s, func(tx *store.Tx) error {
		for k := range 3 {
			e, err := claim(tx, x.Owner, x.Benefit, 4, 5)
			if err != nil {
				return err
			}
			if k == 0 {
				continue
			}
			e, event, err := e.Settle(tx.Portfolio(), tx.By(x.Chief, ""), true)
			if err != nil {
				return err
			}
			tx.Save(e, event)
			if k == 1 {
				continue
			}
			id, err := tx.NextID(portfolio.KindEntry)
			if err != nil {
				return err
			}
			changes, err := e.Reverse(tx.Portfolio(), tx.By(x.Deputy, "forkert"), portfolio.EntryID(id))
			if err != nil {
				return err
			}
			tx.SaveAll(changes)
		}
		return nil
	})
	return x
}

// unguard takes away what keeps the log from being changed and rows from being lost, as one with all rights can.
func unguard(t *testing.T, h house, db *sqlx.DB) {
	t.Helper()
	statements := []string{`DROP TRIGGER event_no_change ON event`, `DROP TRIGGER event_no_truncate ON event`}
	if !h.postgres {
		db.SetMaxOpenConns(1)
		statements = []string{`DROP TRIGGER event_no_update`, `DROP TRIGGER event_no_delete`, `DROP TRIGGER event_no_replace`}
	}
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
}

func TestCheckNamesTampering(t *testing.T) {
	forEachHouse(t, func(t *testing.T, build func(testing.TB) house) {
		t.Run("nothing is said of what nobody tampered with", func(t *testing.T) {
			s := build(t).open(t)
			settled(t, s)
			sound(t, s)
		})
		h := build(t)
		s := h.open(t)
		settled(t, s)
		db := h.raw(t)
		unguard(t, h, db)
		const last = `(SELECT MAX(seq) FROM event)`
		for _, c := range []struct {
			title, statements string
			want              []string // rule and subject of what must be among the findings
		}{
			{"a payload was changed", `UPDATE event SET payload = REPLACE(payload, 'Office 365 / Cloud', 'Andet') WHERE kind = 7`, []string{"chain: event", "replay: initiative 1"}},
			{"a payload is no payload", `UPDATE event SET payload = '{' WHERE seq = 10`, []string{"chain: event 10", "payload: event 10"}},
			{"a payload tells of another subject", `UPDATE event SET payload = '{"id":99,"name":"x","version":1}' WHERE kind = 2 AND subject = 1`, []string{"chain: event", "payload: event"}},
			{"a payload is a part of nothing", `UPDATE event SET payload = REPLACE(payload, '"initiative":1', '"initiative":0') WHERE kind = 8`, []string{"payload: event", "chain: event"}},
			{"a reason was changed", `UPDATE event SET note = 'pænere' WHERE seq = ` + last, []string{"chain: event"}},
			{"an actor was changed", `UPDATE event SET actor = 1 WHERE seq = ` + last, []string{"chain: event"}},
			{"an instant was moved", `UPDATE event SET at = at - 1 WHERE seq = ` + last, []string{"chain: event", "instant: event"}},
			{"the last event was deleted", `DELETE FROM event WHERE seq = ` + last, []string{"head: head"}},
			{"the last event was deleted and the head with it", `DELETE FROM event WHERE seq = ` + last + `; UPDATE head SET seq = seq - 1`, []string{"replay: entry 4"}},
			{"an event was deleted in the middle", `DELETE FROM event WHERE seq = 12`, []string{"gapless: event 13", "chain: event 13"}},
			{"two events changed places", `UPDATE event SET seq = -1 WHERE seq = 4; UPDATE event SET seq = 4 WHERE seq = 5; UPDATE event SET seq = 5 WHERE seq = -1`, []string{"chain: event 4", "chain: event 5"}},
			{"a row's body was changed", `UPDATE area SET body = REPLACE(body, 'IT', 'HR') WHERE id = 1`, []string{"replay: area 1"}},
			{"a row's body is no record", `UPDATE area SET body = '' WHERE id = 1`, []string{"replay: area 1"}},
			{"a row's column was changed", `UPDATE initiative SET project_owner = 2 WHERE id = 1`, []string{"columns: initiative 1"}},
			{"a row's column was emptied", `UPDATE area SET director = NULL WHERE id = 1`, []string{"columns: area 1"}},
			{"a row's version was changed", `UPDATE strategy SET version = 7`, []string{"columns: strategy 1"}},
			{"a row's format was changed", `UPDATE policy SET format = 1`, []string{"replay: policy 1"}},
			{"a row was marked as removed", `UPDATE benefit SET removed = 1 WHERE id = 1`, []string{"columns: benefit 1"}},
			{"a row's number was changed", `UPDATE benefit SET seq = seq + 1 WHERE id = 1`, []string{"replay: benefit 1"}},
			{"an entry's settler was changed", `UPDATE entry SET settled_by = 4 WHERE id = 2`, []string{"columns: entry 2"}},
			{"an entry's marks were moved", `UPDATE entry SET settled_seq = settled_seq - 1 WHERE id = 2`, []string{"columns: entry 2"}},
			{"an entry's version was changed", `UPDATE entry SET version = 9 WHERE id = 1`, []string{"columns: entry 1"}},
			{"an entry was marked as removed", `UPDATE entry SET removed = 1 WHERE id = 1`, []string{"columns: entry 1"}},
			{"an entry's month was raised", `UPDATE entry_month SET gross = gross + 1 WHERE entry_id = 2 AND month = 24219`, []string{"months: entry 2", "ledger: benefit 1"}},
			{"an amount was moved from one entry to another", `UPDATE entry_month SET gross = gross + 1 WHERE entry_id = 2 AND month = 24219; UPDATE entry_month SET gross = gross - 1 WHERE entry_id = 3 AND month = 24219`, []string{"months: entry 2", "months: entry 3"}},
			{"an entry's month was settled earlier", `UPDATE entry_month SET settled_seq = settled_seq - 1 WHERE entry_id = 2`, []string{"months: entry 2"}},
			{"an entry's month was given to another gain", `UPDATE entry_month SET benefit_id = 2 WHERE entry_id = 2`, []string{"months: entry 2", "ledger: benefit"}},
			{"an entry's month was deleted", `DELETE FROM entry_month WHERE entry_id = 1`, []string{"months: entry 1", "ledger: benefit 1"}},
			{"an entry got a month more", `INSERT INTO entry_month SELECT entry_id, month + 1, benefit_id, gross, running, reversal, claimed_seq, settled_seq, accepted FROM entry_month WHERE entry_id = 1 AND month = 24220`, []string{"months: entry 1", "ledger: benefit 1"}},
			{"a row was put in without an event", `INSERT INTO meeting SELECT 99, version, seq, removed, format, body, date FROM meeting WHERE id = 1`, []string{"replay: meeting 99"}},
			{"a row was taken out", `DELETE FROM requirement`, []string{"replay: requirement 1"}},
			{"an entry was taken out", `DELETE FROM entry_month WHERE entry_id = 1; DELETE FROM entry WHERE id = 1`, []string{"replay: entry 1"}},
		} {
			t.Run(c.title, func(t *testing.T) {
				undo := copied(t, h, db)
				for statement := range strings.SplitSeq(c.statements, ";") {
					if n, err := affected(db, statement); err != nil || n == 0 {
						t.Fatalf("%s: touched %d rows, %v", statement, n, err)
					}
				}
				r, err := s.Check(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				for _, want := range c.want {
					named := false
					for _, v := range r.Violations {
						named = named || strings.HasPrefix(v.String(), want)
					}
					if !named {
						t.Errorf("%q is not named among %v", want, r.Violations)
					}
				}
				undo()
				sound(t, s)
			})
		}
	})
}

func affected(db *sqlx.DB, statement string) (int64, error) {
	done, err := db.Exec(statement)
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}

// copied keeps every table as it is, and gives what puts it back.
func copied(t *testing.T, h house, db *sqlx.DB) (undo func()) {
	t.Helper()
	order := []string{
		"head", "event", "account", "area", "strategy", "programme", "policy", "catalogue_item", "initiative", "benefit", "entry",
		"entry_month", "requirement", "overlap", "meeting", "decision", "follow_up",
	}
	run := func(statement string) {
		t.Helper()
		if _, err := db.Exec(statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	for _, name := range order {
		run("DROP TABLE IF EXISTS kept_" + name)
		run("CREATE TABLE kept_" + name + " AS SELECT * FROM " + name)
	}
	return func() {
		t.Helper()
		for k := len(order) - 1; k >= 0; k-- {
			switch {
			case order[k] == "entry" && h.postgres:
				run("TRUNCATE entry, entry_month") // an entry may name a later one
			case order[k] == "meeting" && h.postgres:
				run("TRUNCATE meeting, decision")
			default:
				run("DELETE FROM " + order[k])
			}
		}
		for _, name := range order {
			if name == "decision" {
				continue
			}
			run("INSERT INTO " + name + " SELECT * FROM kept_" + name)
			if name == "meeting" {
				run("INSERT INTO decision SELECT * FROM kept_decision")
			}
		}
	}
}
