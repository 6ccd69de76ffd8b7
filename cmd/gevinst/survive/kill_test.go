package survive

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"
)

func TestKilled(t *testing.T) {
	t.Run("what was acknowledged is there after kill -9 at any moment, and each check finds nothing", func(t *testing.T) {
		at, all := folder(t.TempDir()), newBook()
		first := start(t, at.flags...) // the story is told before
		first.kill()
		for round := range *kills {
			p, before := start(t, at.flags...), all.count()
			moment := time.Duration(rand.IntN(300)) * time.Millisecond
			var writers sync.WaitGroup
			for k := range 4 {
				v := signIn(t, p.base, "programme_office")
				writers.Go(func() {
					for n := 0; ; n++ {
						note := fmt.Sprintf("omgang %d, skriver %d, nummer %d", round, k, n)
						if n%4 < 3 && all.comment(v, 1+k, note) || n%4 == 3 && all.edit(v, 1+k, note, p.ended) {
							continue
						}
						return
					}
				})
			}
			for deadline := time.Now().Add(10 * time.Second); all.count() == before && time.Now().Before(deadline); {
				time.Sleep(time.Millisecond) // some rounds would end before anything was written
			}
			time.Sleep(moment)
			p.kill()
			writers.Wait()
			at.check(t)
			if t.Failed() {
				t.Fatalf("in round %d, killed after %s", round, moment)
			}
		}
		all.hold(t, at.notes(t))
		if all.count() < *kills {
			t.Errorf("only %d changes were made", all.count())
		}
		figures.add(t, "kill -9 under writes, embedded", "%d kills, %d acknowledged, %d cut off, 0 lost, 0 twice, check passed each time",
			*kills, all.count(), len(all.unanswered))
	})
}
