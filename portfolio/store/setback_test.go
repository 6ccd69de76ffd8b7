package store_test

import (
	"strings"
	"testing"

	"gevinst/portfolio/store"
)

func TestSetBack(t *testing.T) {
	forEachHouse(t, func(t *testing.T, build func(testing.TB) house) {
		// lost is a running program, and its database after a failover that lost the last event.
		lost := func(t *testing.T) (house, *store.Store) {
			h := build(t)
			s := h.open(t)
			x := found(t, s)
			db := h.raw(t)
			unguard(t, h, db)
			write(t, s, func(tx *store.Tx) error {
				_, err := claim(tx, x.Owner, x.Benefit, 4)
				return err
			})
			for _, statement := range []string{
				`DELETE FROM entry_month`, `DELETE FROM entry`, `DELETE FROM event WHERE kind = 9`,
				`UPDATE head SET seq = (SELECT MAX(seq) FROM event), at = (SELECT MAX(at) FROM event)`, `DELETE FROM counter WHERE kind = 9`,
			} {
				if _, err := db.Exec(statement); err != nil {
					t.Fatal(err)
				}
			}
			return h, s
		}
		t.Run("a program whose database has lost events says so, is not ready, and writes nothing", func(t *testing.T) {
			h, s := lost(t)
			if _, err := s.Snapshot(t.Context()); err == nil || !strings.Contains(err.Error(), "set back") {
				t.Errorf("reading: %v", err)
			}
			if err := s.Ping(t.Context()); err == nil {
				t.Error("it is ready")
			}
			if _, err := s.Write(t.Context(), func(*store.Tx) error { return nil }); err == nil {
				t.Error("it writes")
			}
			sound(t, h.open(t)) // a new process goes on from what is there
		})
		t.Run("also when others have gone on since", func(t *testing.T) {
			h, s := lost(t)
			other := h.open(t)
			for range 2 {
				write(t, other, func(tx *store.Tx) error {
					_, err := claim(tx, 5, 1, 9)
					return err
				})
			}
			if _, err := s.Snapshot(t.Context()); err == nil || !strings.Contains(err.Error(), "set back") {
				t.Errorf("reading: %v", err)
			}
			sound(t, other)
		})
	})
}
