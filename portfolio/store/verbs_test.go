package store_test

import (
	"context"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"gevinst/portfolio"
	"gevinst/portfolio/portfoliotest"
	"gevinst/portfolio/store"
)

// outcome is what became of a random deed.
type outcome struct {
	done bool
	err  error
}

// deed is a random deed that a writer decides from a seed: again, if it must be decided again, on a portfolio that has moved on.
func deed(ctx context.Context, s *store.Store, x portfoliotest.World, seed int) (outcome, error) {
	var o outcome
	_, err := s.Write(ctx, func(tx *store.Tx) error {
		known, err := s.Entries(ctx, tx.Portfolio(), store.EntryFilter{Limit: 1_000})
		if err != nil {
			return err
		}
		a := portfoliotest.NewActs(x)
		a.Know(known...)
		o = rapid.Custom(func(t *rapid.T) (o outcome) {
			_, o.done, o.err = a.Act(t, tx)
			return o
		}).Example(seed)
		return o.err
	})
	return o, err
}

// TestRandomVerbsAtOnce lets several writers do random deeds at the same time, through two programs.
func TestRandomVerbsAtOnce(t *testing.T) {
	const title = "whatever many do at once, tables and log agree, nothing counts twice, no reversal leaves anything, and nobody has settled an own claim"
	forEachHouse(t, func(t *testing.T, build func(testing.TB) house) {
		t.Run(title, func(t *testing.T) {
			var done, crossed, settled, reversed int
			random(t, "3", func(rt *rapid.T) {
				h := build(t)
				stores := []*store.Store{h.open(t), h.open(t)}
				x := found(t, stores[0])
				seeds := rapid.SliceOfN(rapid.SliceOfN(rapid.IntRange(0, 1<<30), 40, 40), 6, 6).Draw(rt, "seeds")
				var mu sync.Mutex
				atOnce(len(seeds), func(k int) {
					for _, seed := range seeds[k] {
						o, err := deed(context.Background(), stores[k%2], x, seed)
						mu.Lock()
						switch {
						case err == nil && o.done:
							done++
						case portfolio.Is(err, portfolio.Conflict):
							crossed++ // as one is told who saves what another has changed meanwhile
						case err != nil:
							t.Errorf("a deed: %v", err)
						}
						mu.Unlock()
					}
				})
				cold := h.open(t)
				now := snapshot(t, cold)
				for _, s := range stores {
					same(rt, "extended against read anew", snapshot(t, s), now)
				}
				if n := checked(rt, cold).Events; n != now.Seq {
					rt.Errorf("the check read %d events, want %d", n, now.Seq)
				}
				entries, err := cold.Entries(t.Context(), now, store.EntryFilter{Limit: 10_000})
				if err != nil {
					rt.Fatal(err)
				}
				for _, fault := range portfoliotest.Unsound(now, entries) {
					rt.Error(fault)
				}
				byID := map[int64]*portfolio.Entry{}
				for _, e := range entries {
					byID[int64(e.ID)] = e
				}
				for _, e := range events(t, cold) {
					if e.Verb != "entry.confirm" && e.Verb != "entry.reject" && e.Verb != "entry.record_reversal" {
						continue
					}
					then, err := cold.At(t.Context(), e.Seq-1, now.Today)
					if err != nil {
						rt.Fatal(err)
					}
					if settled++; e.Verb == "entry.record_reversal" {
						reversed++
					}
					if portfoliotest.SettledOwn(then, byID[e.Subject]) {
						rt.Errorf("event %d: user %d settled an own claim", e.Seq, e.Actor)
					}
				}
			})
			t.Logf("%d deeds done, %d crossed; %d settled, %d of them reversals", done, crossed, settled, reversed)
			if done == 0 || settled == 0 {
				t.Errorf("%d deeds done, %d settled: it was not tried", done, settled)
			}
		})
	})
}
