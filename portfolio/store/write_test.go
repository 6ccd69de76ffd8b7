package store_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/portfoliotest"
	"gevinst/portfolio/store"
)

var contains = strings.Contains

func events(tb testing.TB, s *store.Store) []portfolio.Event {
	tb.Helper()
	list, err := s.Events(tb.Context(), snapshot(tb, s), store.EventFilter{Limit: 1_000_000})
	if err != nil {
		tb.Fatal(err)
	}
	slices.Reverse(list)
	return list
}

func TestWrite(t *testing.T) {
	forEach(t, func(t *testing.T, s *store.Store, x portfoliotest.World) {
		t.Run("a change is written with its event, numbered, chained and versioned", func(t *testing.T) {
			before := snapshot(t, s)
			r := write(t, s, func(tx *store.Tx) error {
				by := tx.By(x.Office, "efter mødet")
				by.Decision = x.Decision
				i, e, err := before.Initiatives.Get(x.Initiative).Comment(before, by)
				tx.Save(i, e)
				return err
			})
			if want := (store.Receipt{First: before.Seq + 1, Last: before.Seq + 1}); r != want {
				t.Errorf("receipt %+v, want %+v", r, want)
			}
			now := snapshot(t, s)
			if got, want := now.Initiatives.Get(x.Initiative).Version, before.Initiatives.Get(x.Initiative).Version+1; got != want {
				t.Errorf("version %d, want %d", got, want)
			}
			log := events(t, s)
			e := log[len(log)-1]
			want := portfolio.Event{
				Seq: r.First, At: portfolio.InstantOf(clock()), Actor: x.Office, Verb: "initiative.comment", Kind: portfolio.KindInitiative,
				Subject: int64(x.Initiative), Note: "efter mødet", Decision: x.Decision, Batch: r.First, Format: 4,
			}
			want.Payload, _, _ = portfolio.Encode(now.Initiatives.Get(x.Initiative))
			want.Hash = want.Chain(log[len(log)-2].Hash)
			if e != want {
				t.Errorf("event\n%+v, want\n%+v", e, want)
			}
			if r := sound(t, s); r.Events != e.Seq || r.Head != e.Hash {
				t.Errorf("the check's head is %d %s, want %d %s", r.Events, r.Head, e.Seq, e.Hash)
			}
		})
		t.Run("the log is narrowed to the verbs that are asked for, or to what has a note, the latest first", func(t *testing.T) {
			log := events(t, s)
			verbs := []portfolio.Verb{log[0].Verb, log[len(log)-1].Verb}
			for _, noted := range []bool{false, true} {
				var want, seqs []int64
				for _, e := range log {
					if slices.Contains(verbs, e.Verb) && (e.Note != "" || !noted) {
						want = append(want, e.Seq)
					}
				}
				slices.Reverse(want)
				got, err := s.Events(t.Context(), snapshot(t, s), store.EventFilter{Verbs: verbs, Noted: noted, Limit: 1000})
				if err != nil {
					t.Fatal(err)
				}
				for _, e := range got {
					seqs = append(seqs, e.Seq)
				}
				if len(want) == 0 || len(want) == len(log) || !slices.Equal(seqs, want) {
					t.Errorf("noted %v: events %v, want %v", noted, seqs, want)
				}
			}
		})
		t.Run("events of one transaction share its first number", func(t *testing.T) {
			r := write(t, s, func(tx *store.Tx) error {
				for _, m := range []int{1, 2, 3} {
					if _, err := claim(tx, x.Owner, x.Benefit, m); err != nil {
						return err
					}
				}
				return nil
			})
			if r.Last-r.First != 2 {
				t.Fatalf("receipt %+v, want three events", r)
			}
			for _, e := range events(t, s)[r.First-1:] {
				if e.Batch != r.First {
					t.Errorf("event %d is of batch %d, want %d", e.Seq, e.Batch, r.First)
				}
			}
		})
		t.Run("a refused change leaves nothing", func(t *testing.T) {
			before := snapshot(t, s)
			_, err := s.Write(t.Context(), func(tx *store.Tx) error {
				if _, err := claim(tx, x.Owner, x.Benefit, 5); err != nil {
					return err
				}
				_, err := claim(tx, x.Viewer, x.Benefit, 6)
				return err
			})
			refusedAs(t, err, portfolio.Forbidden, "error.forbidden")
			if now := snapshot(t, s); now != before {
				t.Errorf("the portfolio went from %d to %d", before.Seq, now.Seq)
			}
			sound(t, s)
		})
		t.Run("a panic rolls back, and the store goes on", func(t *testing.T) {
			before := snapshot(t, s)
			func() {
				defer func() {
					if recover() == nil {
						t.Error("the panic was swallowed")
					}
				}()
				_, _ = s.Write(t.Context(), func(tx *store.Tx) error {
					if _, err := claim(tx, x.Owner, x.Benefit, 5); err != nil {
						return err
					}
					panic("in the middle")
				})
			}()
			if now := snapshot(t, s); now.Seq != before.Seq {
				t.Errorf("the portfolio went from %d to %d", before.Seq, now.Seq)
			}
			r := write(t, s, func(tx *store.Tx) error { _, err := claim(tx, x.Owner, x.Benefit, 5); return err })
			if r.First != before.Seq+1 {
				t.Errorf("the next event is %d, want %d: gapless", r.First, before.Seq+1)
			}
			sound(t, s)
		})
		t.Run("nothing saved is nothing written", func(t *testing.T) {
			before := snapshot(t, s)
			if r := write(t, s, func(*store.Tx) error { return nil }); r != (store.Receipt{}) {
				t.Errorf("receipt %+v, want none", r)
			}
			if snapshot(t, s) != before {
				t.Error("the portfolio moved")
			}
		})
		t.Run("the second writer on a record that both saw is told of the conflict", func(t *testing.T) {
			seen := snapshot(t, s).Initiatives.Get(x.Initiative).Version
			comment := func(tx *store.Tx) error {
				i := tx.Portfolio().Initiatives.Get(x.Initiative)
				if err := store.Seen(i, seen); err != nil {
					return err
				}
				i, e, err := i.Comment(tx.Portfolio(), tx.By(x.Office, "set"))
				if err != nil {
					return err
				}
				tx.Save(i, e)
				return nil
			}
			write(t, s, comment)
			_, err := s.Write(t.Context(), comment)
			refusedAs(t, err, portfolio.Conflict, "error.changed")
		})
		t.Run("two that number an item alike are told apart by the database", func(t *testing.T) {
			two := func(tx *store.Tx) error {
				p := tx.Portfolio() // as it stood before either
				for range 2 {
					id, err := tx.NextID(portfolio.KindCatalogueItem)
					if err != nil {
						return err
					}
					c, e, err := portfolio.NewItem(p, tx.By(x.Office, ""), portfolio.CatalogueItem{ID: portfolio.ItemID(id), No: 77, Title: "To", Area: x.Area})
					if err != nil {
						return err
					}
					tx.Save(c, e)
				}
				return nil
			}
			_, err := s.Write(t.Context(), two)
			refusedAs(t, err, portfolio.Conflict, "error.taken_meanwhile")
			sound(t, s)
		})
		t.Run("an error that is no refusal comes back as it is", func(t *testing.T) {
			fault := errors.New("no disk")
			if _, err := s.Write(t.Context(), func(*store.Tx) error { return fault }); !errors.Is(err, fault) {
				t.Errorf("got %v, want %v", err, fault)
			}
		})
	})
}

func TestLogOnlyGrows(t *testing.T) {
	forEachHouse(t, func(t *testing.T, build func(testing.TB) house) {
		h := build(t)
		s := h.open(t)
		found(t, s)
		db := h.raw(t)
		attempts := map[string]string{
			"an event cannot be changed":           `UPDATE event SET note = 'anden' WHERE seq = 3`,
			"an event cannot be deleted":           `DELETE FROM event WHERE seq = 3`,
			"the log cannot be deleted":            `DELETE FROM event`,
			"an event cannot be replaced":          `INSERT OR REPLACE INTO event SELECT * FROM event WHERE seq = 3`,
			"an event cannot be changed on insert": `INSERT INTO event SELECT * FROM event WHERE seq = 3 ON CONFLICT (seq) DO UPDATE SET note = 'anden'`,
		}
		if h.postgres {
			delete(attempts, "an event cannot be replaced")
			attempts["the log cannot be emptied"] = `TRUNCATE event`
		} else {
			// SQLite's grammar wants a WHERE between a SELECT and its ON CONFLICT; the one there serves.
			attempts["an event cannot be renumbered"] = `UPDATE event SET seq = seq + 1000`
		}
		for title, statement := range attempts {
			t.Run(title, func(t *testing.T) {
				if _, err := db.Exec(statement); err == nil {
					t.Error("it went through")
				} else if !contains(err.Error(), "events are never") {
					t.Errorf("refused by %v, want the guard", err)
				}
				sound(t, s)
			})
		}
	})
}
