package store_test

import (
	"sync"
	"testing"

	"gevinst/portfolio/store"
)

func TestMigrate(t *testing.T) {
	forEachHouse(t, func(t *testing.T, build func(testing.TB) house) {
		t.Run("an empty database opens as an empty portfolio", func(t *testing.T) {
			s := build(t).open(t)
			if p := snapshot(t, s); p.Seq != 0 || len(p.Records()) != 0 {
				t.Errorf("seq %d with %d records, want nothing", p.Seq, len(p.Records()))
			}
			if r := sound(t, s); r.Events != 0 || r.Head != "" {
				t.Errorf("report %+v, want an empty log", r)
			}
		})
		t.Run("migrating twice changes nothing", func(t *testing.T) {
			h := build(t)
			s := h.open(t)
			x := found(t, s)
			if err := s.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			again := h.open(t)
			if snapshot(t, again).Initiatives.Get(x.Initiative) == nil {
				t.Error("the initiative is gone")
			}
			same(t, "the portfolio opened again", snapshot(t, again), snapshot(t, s))
		})
		t.Run("programs that start at the same time on an empty database all open it", func(t *testing.T) {
			h := build(t)
			var wg sync.WaitGroup
			for range 4 {
				wg.Go(func() {
					s, err := store.Open(t.Context(), h.options)
					if err != nil {
						t.Error(err)
						return
					}
					if err := s.Close(); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			sound(t, h.open(t))
		})
		t.Run("a program older than the database says so", func(t *testing.T) {
			h := build(t)
			h.open(t)
			if _, err := h.raw(t).Exec(`INSERT INTO migration (number, name) VALUES (9999, '9999_later.sql')`); err != nil {
				t.Fatal(err)
			}
			s, err := store.Open(t.Context(), h.options)
			if err == nil {
				_ = s.Close()
				t.Fatal("opened, want a refusal")
			}
			if want := "use a newer program"; !contains(err.Error(), want) {
				t.Errorf("%v, want %q", err, want)
			}
		})
	})
}
