package survive

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"gevinst/portfolio/store/pgtest"
)

// cluster is a primary with its standby, each of which commits durably.
type cluster struct{ primary, standby *pgtest.Server }

func newCluster(t *testing.T) cluster {
	t.Helper()
	primary, err := pgtest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(primary.Stop)
	standby, err := primary.Standby()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(standby.Stop)
	return cluster{primary, standby}
}

// url names both servers: whichever takes writes is meant.
func (c cluster) url() string {
	return fmt.Sprintf("postgres://postgres@/postgres?host=127.0.0.1,127.0.0.1&port=%d,%d&sslmode=disable&target_session_attrs=read-write&connect_timeout=3",
		c.primary.Port(), c.standby.Port())
}

func TestFailover(t *testing.T) {
	for k := range *failovers {
		t.Run(fmt.Sprintf("two programs behind a balancer outlive the primary, time %d", k+1), func(t *testing.T) {
			c := newCluster(t)
			at := database(c.url())
			one, two := launch(t, at.flags...), launch(t, at.flags...) // both at once, on an empty database
			one.await(t)
			two.await(t)
			b, all, enough := balance(t, one, two), newBook(), make(chan struct{})
			var writers sync.WaitGroup
			for k := range 8 {
				v := signIn(t, b.URL, "programme_office")
				writers.Go(func() { all.write(v, k, enough) })
			}
			time.Sleep(time.Second)
			before := all.count()
			if err := c.primary.Kill(); err != nil {
				t.Fatal(err)
			}
			killed := time.Now()
			time.Sleep(500 * time.Millisecond) // what watches over a cluster takes its time
			for _, p := range []*program{one, two} {
				if got := p.ask("/readyz"); got != http.StatusServiceUnavailable {
					t.Errorf("without a database /readyz says %d", got)
				}
				if got := p.ask("/healthz"); got != http.StatusOK {
					t.Errorf("without a database /healthz says %d", got)
				}
			}
			if err := c.standby.Promote(); err != nil {
				t.Fatal(err)
			}
			promoted := time.Now()
			resumed := all.awaitAfter(t, promoted)
			time.Sleep(time.Second)
			close(enough)
			writers.Wait()
			for _, e := range b.behind {
				if e.away.Load() == nil || !e.ready.Load() {
					t.Errorf("a program was not seen away and back: %v, %v", e.away.Load(), e.ready.Load())
				}
			}
			at.check(t)
			all.hold(t, at.notes(t))
			if all.count() <= before {
				t.Error("nothing was written after the promotion")
			}
			figures.add(t, "primary killed under load, PostgreSQL",
				"promoted after %s, first write %s after that; %d acknowledged before and %d after, %d unanswered; 0 lost, 0 twice, check passed",
				promoted.Sub(killed).Round(time.Millisecond), resumed.Sub(promoted).Round(time.Millisecond), before, all.count()-before, len(all.unanswered))
		})
	}
}

// write writes until it is enough: odd writers comments, each sent once, and even ones edits of an initiative that is theirs
// alone, each sent until it is done.
func (b *book) write(v *visitor, k int, enough <-chan struct{}) {
	for n := 0; ; n++ {
		note := fmt.Sprintf("skriver %d, nummer %d", k, n)
		switch {
		case k%2 == 0:
			b.edit(v, 1+k, note, enough)
		case !b.comment(v, 1+k, note):
			time.Sleep(20 * time.Millisecond)
		}
		select {
		case <-enough:
			return
		default:
		}
	}
}

// awaitAfter waits for a note that was acknowledged after an instant, and gives when the first was.
func (b *book) awaitAfter(t *testing.T, instant time.Time) time.Time {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		first := time.Time{}
		b.mu.Lock()
		for _, at := range b.acknowledged {
			if at.After(instant) && (first.IsZero() || at.Before(first)) {
				first = at
			}
		}
		b.mu.Unlock()
		if !first.IsZero() {
			return first
		}
	}
	t.Fatal("no write went through within 30 seconds")
	return time.Time{}
}
