package store_test

import (
	"slices"
	"sync"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/portfoliotest"
	"gevinst/portfolio/store"
)

// atOnce runs n copies of a deed at the same time.
func atOnce(n int, deed func(k int)) {
	var wg sync.WaitGroup
	start := make(chan struct{})
	for k := range n {
		wg.Go(func() {
			<-start
			deed(k)
		})
	}
	close(start)
	wg.Wait()
}

func TestConcurrentWriters(t *testing.T) {
	forEachHouse(t, func(t *testing.T, build func(testing.TB) house) {
		t.Run("every acknowledged event is in the log, gapless and chained", func(t *testing.T) {
			h := build(t)
			stores := []*store.Store{h.open(t), h.open(t)} // two programs on one database
			x := found(t, stores[0])
			var mu sync.Mutex
			acknowledged := map[int64]portfolio.EntryID{}
			atOnce(16, func(k int) {
				for range 8 {
					var e *portfolio.Entry
					r, err := stores[k%2].Write(t.Context(), func(tx *store.Tx) (err error) {
						e, err = claim(tx, x.Owner, x.Benefit, 1+k%12)
						return err
					})
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					acknowledged[r.First] = e.ID
					mu.Unlock()
				}
			})
			if len(acknowledged) != 16*8 {
				t.Errorf("%d acknowledged, want %d", len(acknowledged), 16*8)
			}
			for _, e := range events(t, stores[0]) {
				if id, ok := acknowledged[e.Seq]; ok && (e.Kind != portfolio.KindEntry || e.Subject != int64(id)) {
					t.Errorf("event %d is of %s %d, want entry %d", e.Seq, e.Kind, e.Subject, id)
				}
				delete(acknowledged, e.Seq)
			}
			if len(acknowledged) != 0 {
				t.Errorf("acknowledged and not in the log: %v", acknowledged)
			}
			for _, s := range stores {
				sound(t, s)
				same(t, "extended against read anew", snapshot(t, s), snapshot(t, h.open(t)))
			}
		})
		t.Run("writers of the rules themselves all come through", func(t *testing.T) {
			h := build(t)
			stores := []*store.Store{h.open(t), h.open(t)}
			x := found(t, stores[0])
			before := snapshot(t, stores[0]).Areas.Len()
			atOnce(16, func(k int) {
				for range 3 {
					_, err := stores[k%2].Write(t.Context(), func(tx *store.Tx) error {
						id, err := tx.NextID(portfolio.KindArea)
						if err != nil {
							return err
						}
						a, e, err := portfolio.NewArea(tx.By(x.Office, ""), portfolio.Area{ID: portfolio.AreaID(id), Name: "Område"})
						if err != nil {
							return err
						}
						tx.Save(a, e)
						return nil
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
			if got := snapshot(t, stores[1]).Areas.Len(); got != before+48 {
				t.Errorf("%d areas, want %d", got, before+48)
			}
			sound(t, stores[0])
		})
		t.Run("of many who settle one claim, one does", func(t *testing.T) {
			h := build(t)
			stores := []*store.Store{h.open(t), h.open(t)}
			x := found(t, stores[0])
			var e *portfolio.Entry
			write(t, stores[0], func(tx *store.Tx) (err error) { e, err = claim(tx, x.Owner, x.Benefit, 5); return err })
			done := make([]bool, 16)
			atOnce(16, func(k int) {
				_, err := stores[k%2].Write(t.Context(), func(tx *store.Tx) error {
					e, err := tx.Entry(e.ID)
					if err != nil {
						return err
					}
					e, event, err := e.Settle(tx.Portfolio(), tx.By([]portfolio.UserID{x.Chief, x.Deputy}[k/8], "nej"), k%2 == 0)
					if err != nil {
						return err
					}
					tx.Save(e, event)
					return nil
				})
				if done[k] = err == nil; err != nil && !portfolio.Is(err, portfolio.Conflict) {
					t.Errorf("got %v, want a conflict", err)
				}
			})
			if n := len(slices.DeleteFunc(done, func(d bool) bool { return !d })); n != 1 {
				t.Errorf("%d settled it, want one", n)
			}
			sound(t, stores[0])
		})
		t.Run("many writers and readers share few connections", func(t *testing.T) {
			s := build(t).open(t)
			x := found(t, s)
			atOnce(80, func(k int) {
				if k%2 == 0 {
					snapshot(t, s)
					return
				}
				if _, err := s.Write(t.Context(), func(tx *store.Tx) error { _, err := claim(tx, x.Owner, x.Benefit, 4); return err }); err != nil {
					t.Error(err)
				}
			})
			sound(t, s)
		})
	})
}

func TestTwoPrograms(t *testing.T) {
	forEachHouse(t, func(t *testing.T, build func(testing.TB) house) {
		h := build(t)
		here, there := h.open(t), h.open(t)
		x := found(t, here)
		t.Run("each sees what the other wrote", func(t *testing.T) {
			for k := range 4 {
				writer, reader := here, there
				if k%2 == 1 {
					writer, reader = there, here
				}
				write(t, writer, func(tx *store.Tx) error { _, err := claim(tx, x.Owner, x.Benefit, 6); return err })
				same(t, "the other program's view", snapshot(t, reader), snapshot(t, writer))
			}
		})
		t.Run("a claim decided before another program closed its month is decided again and refused", func(t *testing.T) {
			if !h.postgres {
				return // the embedded database lets nobody in between a change's beginning and its end
			}
			tries := 0
			_, err := here.Write(t.Context(), func(tx *store.Tx) error {
				tries++
				if _, err := claim(tx, x.Owner, x.Benefit, 7); err != nil {
					return err
				}
				if tries == 1 {
					freeze(t, there, x, "30. juli", 20180731)
				}
				return nil
			})
			refusedAs(t, err, portfolio.Invalid, "error.month_closed")
			if tries != 2 {
				t.Errorf("decided %d times, want 2", tries)
			}
		})
		sound(t, here)
	})
}

// freeze closes the months that have ended by the date.
func freeze(tb testing.TB, s *store.Store, x portfoliotest.World, name string, date portfolio.Date) {
	tb.Helper()
	write(tb, s, func(tx *store.Tx) error {
		id, err := tx.NextID(portfolio.KindFollowUp)
		if err != nil {
			return err
		}
		f, e, err := portfolio.NewFollowUp(tx.Portfolio(), tx.By(x.Chief, ""), portfolio.FollowUpID(id), name, date)
		if err != nil {
			return err
		}
		tx.Save(f, e)
		return nil
	})
}

// TestDecidedAgain holds what one record's verb decides about others when a change comes between the decision and the
// writing. Only PostgreSQL lets anything come between.
func TestDecidedAgain(t *testing.T) {
	type scene struct {
		title   string
		between func(*testing.T, *store.Store, portfoliotest.World)
		change  func(*store.Tx, portfoliotest.World) error
		// want is the code that the second decision refuses with; "" when it stands.
		want  string
		tries int
	}
	edit := func(tx *store.Tx, x portfoliotest.World, to portfolio.Benefit) error {
		b, e, err := tx.Portfolio().Benefits.Get(x.Benefit).Edit(tx.Portfolio(), tx.By(x.Office, ""), to)
		if err != nil {
			return err
		}
		tx.Save(b, e)
		return nil
	}
	quality := portfolio.Benefit{Title: "Nu kvalitet", Type: portfolio.Quality, Indicator: &portfolio.Indicator{Unit: "%"}}
	claimed := func(t *testing.T, s *store.Store, x portfoliotest.World) {
		write(t, s, func(tx *store.Tx) error { _, err := claim(tx, x.Owner, x.Benefit, 8); return err })
	}
	for _, c := range []scene{
		{
			"a gain that has been claimed meanwhile does not lose its kroner", claimed,
			func(tx *store.Tx, x portfoliotest.World) error { return edit(tx, x, quality) }, "error.has_entries", 2,
		},
		{
			"a claim on a gain that has lost its kroner meanwhile is refused",
			func(t *testing.T, s *store.Store, x portfoliotest.World) {
				write(t, s, func(tx *store.Tx) error { return edit(tx, x, quality) })
			},
			func(tx *store.Tx, x portfoliotest.World) error {
				_, err := claim(tx, x.Owner, x.Benefit, 8)
				return err
			},
			"error.kroner_not_here", 2,
		},
		{
			"another claim on the same gain is not decided again", claimed,
			func(tx *store.Tx, x portfoliotest.World) error {
				_, err := claim(tx, x.Owner, x.Benefit, 8)
				return err
			}, "", 1,
		},
		{
			"an account closed meanwhile claims nothing",
			func(t *testing.T, s *store.Store, x portfoliotest.World) {
				write(t, s, func(tx *store.Tx) error {
					u, e, err := tx.Portfolio().Users.Get(x.Owner).Disable(tx.Portfolio(), tx.By(x.Admin, ""))
					if err == nil {
						tx.Save(u, e)
					}
					return err
				})
			},
			func(tx *store.Tx, x portfoliotest.World) error {
				_, err := claim(tx, x.Owner, x.Benefit, 8)
				return err
			},
			"error.forbidden", 2,
		},
		{
			"a follow-up freezes what came just before it too", claimed,
			func(tx *store.Tx, x portfoliotest.World) error {
				id, err := tx.NextID(portfolio.KindFollowUp)
				if err != nil {
					return err
				}
				f, e, err := portfolio.NewFollowUp(tx.Portfolio(), tx.By(x.Chief, ""), portfolio.FollowUpID(id), "august", 20180831)
				if err != nil {
					return err
				}
				tx.Save(f, e)
				return nil
			}, "", 2,
		},
	} {
		decided := func(t *testing.T, same bool) {
			h := onPostgres(t)
			here := h.open(t)
			there := here
			if !same {
				there = h.open(t)
			}
			x := found(t, here)
			tries := 0
			r, err := here.Write(t.Context(), func(tx *store.Tx) error {
				if tries++; tries == 1 {
					c.between(t, there, x)
				}
				return c.change(tx, x)
			})
			if c.want != "" {
				if err == nil || !contains(err.Error(), c.want) {
					t.Errorf("got %v, want %s", err, c.want)
				}
			} else if err != nil {
				t.Fatal(err)
			}
			if tries != c.tries {
				t.Errorf("decided %d times, want %d", tries, c.tries)
			}
			for f := range snapshot(t, here).FollowUps.All() {
				if f.Frozen != r.First-1 {
					t.Errorf("frozen as of event %d, want %d: all that came before it", f.Frozen, r.First-1)
				}
			}
			sound(t, here)
		}
		t.Run(c.title, func(t *testing.T) {
			t.Run("when another program wrote it", func(t *testing.T) { decided(t, false) })
			t.Run("when the same program wrote it, which looks in its memory alone", func(t *testing.T) { decided(t, true) })
		})
	}
}
