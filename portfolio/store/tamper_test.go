package store_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"gevinst/portfolio"
	"gevinst/portfolio/portfoliotest"
	"gevinst/portfolio/store"
)

// intruder changes tables past the store, with every right there is: no trigger and no reference holds him up.
type intruder struct {
	*testing.T
	db *sqlx.DB
	s  *store.Store
}

func newIntruder(t *testing.T, h house) *intruder {
	t.Helper()
	s := h.open(t)
	x := settled(t, s)
	write(t, s, func(tx *store.Tx) error {
		become(tx, portfolio.Person{User: x.Owner, Name: "Projektejer", Email: "ejer@example.invalid", Digest: "daily"}, "$argon2id$…")
		tx.Bind(x.Owner, store.Identity{Issuer: "https://id.example", Subject: "sub-1"})
		become(tx, portfolio.Person{User: x.Viewer, Name: "Læser", Email: "laeser@example.invalid"}, "")
		return nil
	})
	db := h.raw(t)
	db.SetMaxOpenConns(1)
	unguard(t, h, db)
	if h.postgres {
		if _, err := db.Exec(`SET session_replication_role = replica`); err != nil {
			t.Fatal(err)
		}
	}
	return &intruder{t, db, s}
}

// row is a row of a table, by the columns that tell it from others.
type row struct {
	table string
	keys  []string
	value map[string]any
}

func (r row) where() (clause string, args []any) {
	for i, k := range r.keys {
		args = append(args, r.value[k])
		clause += [...]string{" WHERE ", " AND "}[min(i, 1)] + fmt.Sprintf("%s = $%d", k, i+1)
	}
	return clause, args
}

// name is how a check names the row.
func (r row) name() string {
	switch r.table {
	case "head":
		return "head"
	case "account":
		return fmt.Sprintf("user %d", r.value["id"])
	case "entry_month":
		return fmt.Sprintf("entry %d", r.value["entry_id"])
	}
	return fmt.Sprintf("%s %d", r.table, r.value[r.keys[0]])
}

// rows gives the first row of a table and the last.
func (x *intruder) rows(table string) []row {
	x.Helper()
	keys := []string{"id"}
	switch table {
	case "event":
		keys = []string{"seq"}
	case "person":
		keys = []string{"user_id"}
	case "counter":
		keys = []string{"kind"}
	case "entry_month":
		keys = []string{"entry_id", "month"}
	}
	var list []row
	for _, order := range []string{" ASC", " DESC"} {
		r := row{table, keys, map[string]any{}}
		err := x.db.QueryRowx(`SELECT * FROM ` + table + ` ORDER BY ` + strings.Join(keys, order+", ") + order + ` LIMIT 1`).MapScan(r.value)
		if err != nil {
			continue // the small portfolio has no such record
		}
		for c, v := range r.value {
			if text, ok := v.([]byte); ok {
				r.value[c] = string(text)
			}
		}
		list = append(list, r)
	}
	return list
}

// found reports whether the check names what was done to the row.
func (x *intruder) found(r row) bool {
	x.Helper()
	report, err := x.s.Check(x.Context())
	if err != nil {
		x.Errorf("%s: the check ended with %v", r.name(), err)
	}
	return slices.ContainsFunc(report.Violations, func(v portfolio.Violation) bool {
		return v.Subject == r.name() || r.table == "event" && strings.HasPrefix(v.Subject, "event ")
	})
}

// change gives a column of the row another value, and tells whether the database let it.
func (x *intruder) change(r row, column string, to any) (changed row, done bool) {
	clause, args := r.where()
	if n, err := affectedBy(x.db, fmt.Sprintf(`UPDATE %s SET %s = $%d%s`, r.table, column, len(args)+1, clause), append(args, to)...); err != nil || n != 1 {
		return r, false
	}
	changed = row{r.table, r.keys, map[string]any{}}
	for c, v := range r.value {
		changed.value[c] = v
	}
	changed.value[column] = to
	return changed, true
}

func affectedBy(db *sqlx.DB, statement string, args ...any) (int64, error) {
	done, err := db.Exec(statement, args...)
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}

func other(v any) any {
	switch v := v.(type) {
	case int64:
		return v + 1
	case string:
		return v + " "
	}
	return int64(1)
}

func (x *intruder) insert(r row) error {
	var columns, places []string
	var args []any
	for c, v := range r.value {
		args = append(args, v)
		columns, places = append(columns, c), append(places, fmt.Sprintf("$%d", len(args)))
	}
	_, err := x.db.Exec(`INSERT INTO `+r.table+` (`+strings.Join(columns, ", ")+`) VALUES (`+strings.Join(places, ", ")+`)`, args...)
	return err
}

func (x *intruder) remove(r row) {
	x.Helper()
	clause, args := r.where()
	if n, err := affectedBy(x.db, `DELETE FROM `+r.table+clause, args...); err != nil || n != 1 {
		x.Fatalf("%s: %d rows deleted, %v", r.name(), n, err)
	}
}

func TestEveryTamperingIsNamed(t *testing.T) {
	forEachHouse(t, func(t *testing.T, build func(testing.TB) house) {
		x := newIntruder(t, build(t))
		tampered := 0
		for table, placed := range store.Placed() {
			if placed == "forgotten" || table == "migration" || table == "pass" { // what opens an account is outside the log
				continue
			}
			for _, r := range x.rows(table) {
				for column, v := range r.value {
					if table == "head" && column == "people_seq" {
						continue // counts changes outside the log
					}
					to := other(v)
					switch table + "." + column {
					case "person.digest":
						continue // how often somebody is reminded is his alone
					case "counter.value":
						to = int64(0) // numbers that are left out do no harm
					}
					changed, done := x.change(r, column, to)
					if !done {
						continue // the database refuses it
					}
					tampered++
					if !x.found(r) {
						t.Errorf("%s was changed in %s, and the check does not name it", r.name(), column)
					}
					if _, done := x.change(changed, column, v); !done {
						t.Fatalf("%s cannot be put back", r.name())
					}
				}
				if table == "head" {
					continue
				}
				for _, key := range []int64{1_000_000, -7} {
					forged := row{r.table, r.keys, map[string]any{}}
					for c, v := range r.value {
						forged.value[c] = v
					}
					forged.value[r.keys[0]] = key
					if x.insert(forged) != nil {
						continue // the database refuses it
					}
					tampered++
					if !x.found(forged) {
						t.Errorf("%s was inserted, and the check does not name it", forged.name())
					}
					x.remove(forged)
				}
				x.remove(r)
				tampered++
				if !x.found(r) && table != "event" {
					t.Errorf("%s was deleted, and the check does not name it", r.name())
				}
				if err := x.insert(r); err != nil {
					t.Fatal(err)
				}
			}
		}
		sound(t, x.s)
		if tampered < 200 {
			t.Errorf("only %d changes were tried", tampered)
		}
		t.Logf("%d changes, insertions and deletions", tampered)
	})
}

func TestKeptHead(t *testing.T) {
	missed := func(t *testing.T, s *store.Store, seq int64, hash string) string {
		t.Helper()
		found, err := s.CheckHead(t.Context(), seq, hash)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(found)
	}
	forEach(t, func(t *testing.T, s *store.Store, x portfoliotest.World) {
		var early bytes.Buffer
		before, err := s.Backup(t.Context(), &early)
		if err != nil {
			t.Fatal(err)
		}
		write(t, s, func(tx *store.Tx) error {
			_, err := claim(tx, x.Owner, x.Benefit, 4)
			return err
		})
		kept := sound(t, s)

		t.Run("a head stays in the log as the log grows", func(t *testing.T) {
			for _, got := range []string{missed(t, s, before.Events, before.Head), missed(t, s, kept.Events, kept.Head), missed(t, s, 0, "")} {
				if got != "[]" {
					t.Error(got)
				}
			}
		})
		t.Run("a log that was cut off, and every row with it, is sound in itself, and the head gives it away", func(t *testing.T) {
			to := embedded(t)
			if _, err := restore(t, to, early.Bytes()); err != nil {
				t.Fatal(err)
			}
			cut := to.open(t)
			sound(t, cut)
			if got := missed(t, cut, kept.Events, kept.Head); !strings.Contains(got, fmt.Sprintf("event %d: was there", kept.Events)) {
				t.Error(got)
			}
		})
		t.Run("a log that was written anew, as long and sound in itself, is given away too", func(t *testing.T) {
			anew := embedded(t).open(t)
			y := found(t, anew)
			write(t, anew, func(tx *store.Tx) error {
				_, err := claim(tx, y.Owner, y.Benefit, 5)
				return err
			})
			if r := sound(t, anew); r.Events != kept.Events {
				t.Fatalf("it has %d events, want %d", r.Events, kept.Events)
			}
			if got := missed(t, anew, kept.Events, kept.Head); !strings.Contains(got, "another hash") {
				t.Error(got)
			}
		})
	})
}
