package store_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/portfoliotest"
	"gevinst/portfolio/store"
)

// TestFolds writes random sequences of verbs and holds every way of reading against the others.
func TestFolds(t *testing.T) {
	forEachHouse(t, func(t *testing.T, build func(testing.TB) house) {
		random(t, "6", func(rt *rapid.T) {
			h := build(t)
			s, err := store.Open(t.Context(), h.options)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			var x portfoliotest.World
			write(t, s, func(tx *store.Tx) error {
				x = portfoliotest.Small(tx)
				return nil
			})
			acts := portfoliotest.NewActs(x)
			history := []*portfolio.Portfolio{snapshot(t, s)}
			for range rapid.IntRange(20, 60).Draw(rt, "transactions") {
				_, err := s.Write(t.Context(), func(tx *store.Tx) error {
					for range rapid.IntRange(1, 3).Draw(rt, "acts") {
						if _, _, err := acts.Act(rt, tx); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					rt.Fatal(err)
				}
				if now := snapshot(t, s); now.Seq > history[len(history)-1].Seq {
					now.YearOf(x.DIGIT, 2018) // so that the next is carried forward from it
					history = append(history, now)
				}
			}
			cold, err := store.Open(t.Context(), h.options)
			if err != nil {
				t.Fatal(err)
			}
			defer cold.Close()
			same(rt, "extended against read anew", snapshot(t, s), snapshot(t, cold))
			for range 6 {
				was := rapid.SampledFrom(history).Draw(rt, "past")
				at, err := cold.At(t.Context(), was.Seq, was.Today)
				if err != nil {
					rt.Fatal(err)
				}
				same(rt, "as it was known at an event", at, was)
			}
			if n := checked(rt, cold).Events; n != snapshot(t, s).Seq {
				rt.Errorf("the check read %d events, want %d", n, snapshot(t, s).Seq)
			}
			for u := range snapshot(t, s).Users.All() {
				if u.Role != portfolio.ProgrammeOffice || u.Disabled {
					continue
				}
				if _, err := s.RemoveExamples(t.Context(), u.ID); err != nil {
					rt.Fatal(err)
				}
				checked(rt, s)
				same(rt, "without examples, another program's view", snapshot(t, cold), snapshot(t, s))
				break
			}
		})
	})
}

// checked is sound for a random database.
func checked(t *rapid.T, s *store.Store) store.Report {
	r, err := s.Check(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range r.Violations {
		t.Errorf("check: %s", v)
	}
	return r
}

func TestAsOf(t *testing.T) {
	forEachHouse(t, func(t *testing.T, build func(testing.TB) house) {
		h := build(t)
		day := portfolio.Date(20171107)
		h.options.Clock = func() time.Time { return day.Time(store.Copenhagen).Add(23*time.Hour + 59*time.Minute) }
		s := h.open(t)
		x := found(t, s)
		was := snapshot(t, s)
		day = 20171108
		claimAs := func(month int) int64 {
			return write(t, s, func(tx *store.Tx) error { _, err := claim(tx, x.Owner, x.Benefit, month); return err }).Last
		}
		first := claimAs(1)
		day = 20171110
		last := claimAs(2)
		for _, c := range []struct {
			title string
			day   portfolio.Date
			seq   int64
		}{
			{"before everything nothing is known", 20171106, 0},
			{"a day ends with what was recorded a minute before midnight", 20171107, was.Seq},
			{"a day with an event knows it", 20171108, first},
			{"a day without events knows what the day before knew", 20171109, first},
			{"the last day knows all", 20171110, last},
			{"a day to come knows no more", 20180101, last},
		} {
			t.Run(c.title, func(t *testing.T) {
				p, err := s.AsOf(t.Context(), c.day)
				if err != nil {
					t.Fatal(err)
				}
				if p.Seq != c.seq || p.Today != c.day {
					t.Errorf("event %d seen from %d, want %d from %d", p.Seq, p.Today, c.seq, c.day)
				}
			})
		}
		t.Run("a view of the past is what was current then", func(t *testing.T) {
			p, err := s.AsOf(t.Context(), was.Today)
			if err != nil {
				t.Fatal(err)
			}
			same(t, "the past", p, was)
		})
		t.Run("a clock that goes back does not take the log back", func(t *testing.T) {
			day = 20171109
			seq := claimAs(3)
			if log := events(t, s); log[seq-1].At < log[seq-2].At {
				t.Error("the instant decreased")
			}
			sound(t, s)
		})
	})
}

func TestEntries(t *testing.T) {
	forEach(t, func(t *testing.T, s *store.Store, x portfoliotest.World) {
		var e *portfolio.Entry
		var past []*portfolio.Portfolio
		step := func(change func(*store.Tx) error) {
			write(t, s, change)
			past = append(past, snapshot(t, s))
		}
		step(func(tx *store.Tx) (err error) { e, err = claim(tx, x.Owner, x.Benefit, 4, 5, 6); return err })
		step(func(tx *store.Tx) error { _, err := claim(tx, x.Owner, x.Benefit, 7); return err })
		step(func(tx *store.Tx) error {
			e, err := tx.Entry(e.ID)
			if err != nil {
				return err
			}
			e, event, err := e.Settle(tx.Portfolio(), tx.By(x.Chief, ""), true)
			if err == nil {
				tx.Save(e, event)
			}
			return err
		})
		step(func(tx *store.Tx) error {
			e, err := tx.Entry(e.ID)
			if err != nil {
				return err
			}
			id, err := tx.NextID(portfolio.KindEntry)
			if err != nil {
				return err
			}
			changes, err := e.Reverse(tx.Portfolio(), tx.By(x.Deputy, "forkert konto"), portfolio.EntryID(id))
			tx.SaveAll(changes)
			return err
		})
		states := func(p *portfolio.Portfolio, f store.EntryFilter) []portfolio.EntryState {
			t.Helper()
			if f.Limit == 0 {
				f.Limit = 100
			}
			list, err := s.Entries(t.Context(), p, f)
			if err != nil {
				t.Fatal(err)
			}
			var states []portfolio.EntryState
			for _, e := range list {
				states = append(states, e.State())
			}
			return states
		}
		const c, ok, rev = portfolio.Claimed, portfolio.Confirmed, portfolio.Reversed
		type want = []portfolio.EntryState
		for k, w := range []want{{c}, {c, c}, {ok, c}, {rev, c, ok}} {
			if got := states(past[k], store.EntryFilter{}); !slices.Equal(got, w) {
				t.Errorf("after step %d the entries are %v, want %v", k+1, got, w)
			}
		}
		for _, q := range []struct {
			title  string
			p      *portfolio.Portfolio
			filter store.EntryFilter
			want   want
		}{
			{"what waits now", past[3], store.EntryFilter{Waiting: true}, want{c}},
			{"what waited then", past[1], store.EntryFilter{Waiting: true}, want{c, c}},
			{"those of one gain", past[3], store.EntryFilter{Benefits: []portfolio.BenefitID{x.Benefit, x.Quality}}, want{rev, c, ok}},
			{"those of a gain without entries", past[3], store.EntryFilter{Benefits: []portfolio.BenefitID{x.Quality}}, nil},
			{"those of no gain", past[3], store.EntryFilter{Benefits: []portfolio.BenefitID{}}, nil},
			{"the page after the first", past[3], store.EntryFilter{After: e.ID}, want{c, ok}},
			{"no more than asked for", past[3], store.EntryFilter{Limit: 1}, want{rev}},
		} {
			if got := states(q.p, q.filter); !slices.Equal(got, q.want) {
				t.Errorf("%s: %v, want %v", q.title, got, q.want)
			}
		}
		if g, any := past[3].Ledger(x.Benefit).Confirmed(amount.NewMonth(2018, 5)); any || g != (portfolio.Gain{}) {
			t.Errorf("a reversed month still has %v", g)
		}
		if g, any := past[2].Ledger(x.Benefit).Confirmed(amount.NewMonth(2018, 5)); !any || g.Net() != 1_000*amount.Krone {
			t.Errorf("a confirmed month has %v, want 1,000 kr.", g)
		}
		sound(t, s)
	})
}
