package store_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"pgregory.net/rapid"

	"gevinst/portfolio"
	"gevinst/portfolio/portfoliotest"
	"gevinst/portfolio/store"
)

// lived gives a database of the house what a backup must bring along: entries in every state, people, and a pass of each kind.
func lived(t *testing.T, h house) *store.Store {
	t.Helper()
	s := h.open(t)
	settled(t, s)
	write(t, s, func(tx *store.Tx) error {
		become(tx, portfolio.Person{User: 1, Name: "Administrator", Email: "admin@kommune.example"}, "$argon2id$…")
		become(tx, portfolio.Person{User: 5, Name: `Projektejer <"Plan, Byg & Miljø">`}, "")
		return nil
	})
	db := h.raw(t)
	for kind, digest := range []string{"session", "link", "token"} {
		if _, err := db.Exec(`INSERT INTO pass VALUES ($1, $2, 1, 1, 'regneark', 'read', 1535968800000000, 0, 0, 0)`, digest, kind+1); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// dump gives every table that is in a backup or made from it, row by row.
func dump(t *testing.T, db *sqlx.DB) map[string]string {
	t.Helper()
	all := map[string]string{}
	for name, placed := range store.Placed() {
		if placed == "forgotten" {
			continue
		}
		rows, err := db.Queryx(`SELECT * FROM ` + name + ` ORDER BY 1, 2`)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for rows.Next() {
			row, err := rows.SliceScan()
			if err != nil {
				t.Fatal(err)
			}
			for i, v := range row {
				if text, ok := v.([]byte); ok {
					row[i] = string(text)
				}
			}
			if name == "pass" && row[1] != int64(3) {
				continue
			}
			fmt.Fprintf(&b, "%q\n", row)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		all[name] = b.String()
	}
	delete(all, "migration") // its steps are named after the database
	return all
}

func backup(t *testing.T, s *store.Store) (store.Mark, []byte) {
	t.Helper()
	var file bytes.Buffer
	mark, err := s.Backup(t.Context(), &file)
	if err != nil {
		t.Fatal(err)
	}
	return mark, file.Bytes()
}

func restore(t *testing.T, h house, file []byte) (store.Report, error) {
	t.Helper()
	s, err := store.Connect(t.Context(), h.options)
	if err != nil {
		t.Fatal(err)
	}
	report, err := s.Restore(t.Context(), bytes.NewReader(file))
	if closed := s.Close(); closed != nil {
		t.Error(closed)
	}
	return report, err
}

func TestBackup(t *testing.T) {
	forEachHouse(t, func(t *testing.T, build func(testing.TB) house) {
		from := build(t)
		s := lived(t, from)
		mark, file := backup(t, s)
		for name, other := range map[string]func(testing.TB) house{"the embedded database": embedded, "PostgreSQL": onPostgres} {
			t.Run("everything comes back, into "+name, func(t *testing.T) {
				to := other(t)
				report, err := restore(t, to, file)
				if err != nil {
					t.Fatal(err, report.Violations)
				}
				if report.Head != mark.Head || report.Events != mark.Events {
					t.Errorf("restored %+v, want %+v", report, mark)
				}
				want, got := dump(t, from.raw(t)), dump(t, to.raw(t))
				for name := range want {
					if got[name] != want[name] {
						t.Errorf("%s:\n%s\nwant\n%s", name, got[name], want[name])
					}
				}
				there := to.open(t)
				same(t, "the portfolio", snapshot(t, there), snapshot(t, s))
				write(t, there, func(tx *store.Tx) error { // the ids go on where they were
					_, err := claim(tx, 5, 1, 7)
					return err
				})
				sound(t, there)
			})
		}
		t.Run("one that is taken while others write is whole, and of one moment", func(t *testing.T) {
			var writers sync.WaitGroup
			var acknowledged int64
			enough := make(chan struct{})
			writers.Go(func() {
				for {
					select {
					case <-enough:
						return
					default:
					}
					acknowledged = write(t, s, func(tx *store.Tx) error {
						_, err := claim(tx, 5, 1, 9, 10)
						return err
					}).Last
				}
			})
			var marks []store.Mark
			for range 5 {
				mark, file := backup(t, s)
				marks = append(marks, mark)
				to := build(t)
				if report, err := restore(t, to, file); err != nil || report.Head != mark.Head {
					t.Errorf("%v: %+v, want %+v", err, report, mark)
				}
			}
			close(enough)
			writers.Wait()
			if !slices.IsSortedFunc(marks, func(a, b store.Mark) int { return int(a.Events - b.Events) }) || marks[0].Events == marks[4].Events || marks[4].Events > acknowledged {
				t.Errorf("backups at %+v while others wrote up to event %d", marks, acknowledged)
			}
			sound(t, s)
		})
		t.Run("an empty portfolio comes back as one", func(t *testing.T) {
			_, file := backup(t, build(t).open(t))
			to := build(t)
			if _, err := restore(t, to, file); err != nil {
				t.Fatal(err)
			}
			sound(t, to.open(t))
		})
		t.Run("a running program sees what was restored beside it", func(t *testing.T) {
			to := build(t)
			running := to.open(t)
			if _, err := restore(t, to, file); err != nil {
				t.Fatal(err)
			}
			if p := snapshot(t, running); p.Seq != mark.Events || p.Person(1).Email != "admin@kommune.example" {
				t.Errorf("it sees event %d, and %+v", p.Seq, p.Person(1))
			}
		})
		t.Run("a place that is not empty is left alone", func(t *testing.T) {
			before := dump(t, from.raw(t))["event"]
			if _, err := restore(t, from, file); err == nil || !contains(err.Error(), "empty place") {
				t.Errorf("got %v", err)
			}
			if dump(t, from.raw(t))["event"] != before {
				t.Error("the log has changed")
			}
		})
		t.Run("there is no backup of a database without a portfolio", func(t *testing.T) {
			s, err := store.Connect(t.Context(), build(t).options)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if _, err := s.Backup(t.Context(), io.Discard); err == nil || !contains(err.Error(), "there is no portfolio") {
				t.Errorf("got %v", err)
			}
		})
	})
}

func TestBackupOfAnything(t *testing.T) {
	t.Run("whatever was done to a portfolio, every table comes back as it was, into either database", func(t *testing.T) {
		random(t, "4", func(rt *rapid.T) {
			from := embedded(t)
			s, err := store.Open(t.Context(), from.options)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close() //nolint:errcheck // it is of no interest any more
			acts := portfoliotest.NewActs(found(t, s))
			for range rapid.IntRange(10, 40).Draw(rt, "transactions") {
				if _, err := s.Write(t.Context(), func(tx *store.Tx) error {
					_, _, err := acts.Act(rt, tx)
					return err
				}); err != nil {
					rt.Fatal(err)
				}
			}
			_, file := backup(t, s)
			want := dump(t, from.raw(t))
			for _, build := range []func(testing.TB) house{embedded, onPostgres} {
				to := build(t)
				if report, err := restore(t, to, file); err != nil {
					rt.Fatal(err, report.Violations)
				}
				got := dump(t, to.raw(t))
				for name := range want {
					if got[name] != want[name] {
						rt.Errorf("%s:\n%s\nwant\n%s", name, got[name], want[name])
					}
				}
			}
		})
	})
}

// edited unpacks a backup, changes its text and packs it again.
func edited(t *testing.T, file []byte, edit func(string) string) []byte {
	t.Helper()
	in, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	after := edit(string(text))
	if after == string(text) {
		t.Fatal("the edit changed nothing")
	}
	return packed(t, after)
}

func packed(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	out := gzip.NewWriter(&b)
	if _, err := io.WriteString(out, text); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRestoreRefuses(t *testing.T) {
	from := embedded(t)
	mark, file := backup(t, lived(t, from))
	replace := func(old, by string) func(*testing.T) []byte {
		return func(t *testing.T) []byte {
			return edited(t, file, func(s string) string { return strings.Replace(s, old, by, 1) })
		}
	}
	withoutLine := func(beginning string) func(*testing.T) []byte {
		return func(t *testing.T) []byte {
			return edited(t, file, func(s string) string {
				lines := strings.SplitAfter(s, "\n")
				k := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, beginning) })
				return strings.Join(slices.Delete(lines, k, k+1), "")
			})
		}
	}
	last := fmt.Sprintf("[%d,", mark.Events)
	for _, c := range []struct {
		title string
		file  func(*testing.T) []byte
		want  string
	}{
		{"a file of something else", func(*testing.T) []byte { return []byte("PK\x03\x04") }, "no backup"},
		{"packed text of something else", func(t *testing.T) []byte { return packed(t, "{}\n") }, "no backup"},
		{"an empty file", func(*testing.T) []byte { return nil }, "no backup"},
		{"a file whose end was lost in copying", func(*testing.T) []byte { return file[:len(file)-9] }, "not whole"},
		{"half a file", func(*testing.T) []byte { return file[:len(file)/2] }, "not whole"},
		{"a file with its last line cut off", withoutLine(`{"end"`), "not whole"},
		{"a file that goes on after its end", func(t *testing.T) []byte { return edited(t, file, func(s string) string { return s + "[]\n" }) }, "after its end"},
		{"a person taken out", withoutLine(`[1,"Administrator"`), "not whole"},
		{"an event's payload changed", replace("Office 365 / Cloud", "Office 365 / cloud"), "invariants"},
		{"the last event taken out, and the count with it", func(t *testing.T) []byte {
			return edited(t, withoutLine(last)(t), func(s string) string {
				var n int64
				at := strings.LastIndex(s, `{"end":true,"rows":`)
				if _, err := fmt.Sscanf(s[at:], `{"end":true,"rows":%d}`, &n); err != nil {
					t.Fatal(err)
				}
				return fmt.Sprintf(`%s{"end":true,"rows":%d}`+"\n", s[:at], n-1)
			})
		}, "invariants"},
		{"another head", replace(mark.Head, strings.Repeat("0", 64)), "invariants"},
		{"another number of events", replace(fmt.Sprintf(`"events":%d`, mark.Events), fmt.Sprintf(`"events":%d`, mark.Events-1)), "invariants"},
		{"a layout of a newer program", replace(fmt.Sprintf(`"step":%d`, mark.Step), `"step":9999`), "use a newer program"},
		{"a file format of a newer program", replace(`"gevinst_backup":1`, `"gevinst_backup":2`), "newer program"},
		{"a table that is not a backup's", replace(`{"table":"person"`, `{"table":"session"`), `"session"`},
		{"a column that is none", replace(`"columns":["user_id"`, `"columns":["user_id, 1) --"`), `does not know`},
		{"a row that is too short", replace(`[1,"Administrator",`, `[1,`), "values in a table"},
		{"an amount with decimals", replace(`[1,"Administrator",`, `[1.5,"Administrator",`), "read backup"},
		{"an event whose number is a text", replace("[2,"+fmt.Sprint(mark.At), `["2",`+fmt.Sprint(mark.At)), "invariants"},
	} {
		t.Run(c.title+" is refused, and the place stays empty", func(t *testing.T) {
			to := embedded(t)
			if _, err := restore(t, to, c.file(t)); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
			s := to.open(t)
			if p := snapshot(t, s); p.Seq != 0 || len(p.People()) != 0 {
				t.Errorf("the place holds %d events", p.Seq)
			}
			if _, err := restore(t, to, file); err != nil {
				t.Errorf("the whole file then: %v", err)
			}
		})
	}
}

func TestEveryTableHasItsPlace(t *testing.T) {
	forEachHouse(t, func(t *testing.T, build func(testing.TB) house) {
		h := build(t)
		h.open(t)
		query := `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`
		if h.postgres {
			query = `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`
		}
		var names []string
		if err := h.raw(t).Select(&names, query); err != nil {
			t.Fatal(err)
		}
		placed := store.Placed()
		t.Run("each table is carried by a backup, made again from the events, or left out by name", func(t *testing.T) {
			for _, name := range names {
				if !slices.Contains([]string{"carried", "remade", "forgotten"}, placed[name]) {
					t.Errorf("%s is %q: name it once, in carried, remade or forgotten", name, placed[name])
				}
				delete(placed, name)
			}
			for name := range placed {
				t.Errorf("there is no table %s", name)
			}
		})
	})
}

func TestBackupIsReadable(t *testing.T) {
	t.Run("a backup says at its beginning when it was taken, and which head the log had", func(t *testing.T) {
		mark, file := backup(t, lived(t, embedded(t)))
		in, err := gzip.NewReader(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		var said store.Mark
		if err := json.NewDecoder(in).Decode(&said); err != nil || said != mark || time.Since(said.Taken) > time.Minute {
			t.Errorf("%v: %+v, want %+v", err, said, mark)
		}
	})
}
