package portfolio_test

import (
	"testing"

	"gevinst/portfolio"
)

func TestMapping(t *testing.T) {
	d := newDesk(t)
	m, e, err := portfolio.NewMapping(d.Portfolio(), d.By(d.x.Chief, ""), portfolio.Mapping{ID: 1, Name: "OPUS", For: "finance"})
	kept(d, m, e, err)
	t.Run("Finance and the programme office keep mappings, others do not", func(t *testing.T) {
		for who, want := range map[portfolio.UserID]bool{
			d.x.Chief: true, d.x.Office: true, d.x.Owner: false, d.x.Director: false, d.x.Viewer: false, d.x.Admin: false,
		} {
			_, _, made := portfolio.NewMapping(d.Portfolio(), d.By(who, ""), portfolio.Mapping{Name: "x", For: "ledger"})
			_, _, edited := m.Edit(d.Portfolio(), d.By(who, ""), portfolio.Mapping{Name: "y"})
			if (made == nil) != want || (edited == nil) != want {
				t.Errorf("user %d: %v, %v", who, made, edited)
			}
		}
	})
	t.Run("one name is one mapping", func(t *testing.T) {
		_, _, err := portfolio.NewMapping(d.Portfolio(), d.By(d.x.Office, ""), portfolio.Mapping{ID: 2, Name: "OPUS", For: "finance"})
		refused(t, err, "error.taken")
	})
	t.Run("a mapping that is taken away is gone, its name is free, and the history says so", func(t *testing.T) {
		to := *m
		to.Removed = true
		next, e, err := m.Edit(d.Portfolio(), d.By(d.x.Chief, ""), to)
		kept(d, next, e, err)
		if e.Verb != "mapping.remove" || d.Portfolio().MappingBy("finance", "OPUS") != nil {
			t.Errorf("%s, %v", e.Verb, d.Portfolio().MappingBy("finance", "OPUS"))
		}
		again, e, err := portfolio.NewMapping(d.Portfolio(), d.By(d.x.Chief, ""), portfolio.Mapping{ID: 2, Name: "OPUS", For: "finance"})
		kept(d, again, e, err)
	})
}
