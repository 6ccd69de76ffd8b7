package web

import (
	"crypto/sha256"
	"strings"
	"sync"
	"time"
)

// lockout slows down whoever guesses at passwords. It counts by what was typed and by where it came from, whether there is
// such an account or not, so that waiting tells nothing either.
type lockout struct {
	mu    sync.Mutex
	tried map[tried]*tries
}

// tried is what attempts are counted by, as a digest: what somebody types is of any length.
type tried [sha256.Size]byte

// tries are the attempts that failed; one is forgiven a minute.
type tries struct {
	failed int
	last   time.Time
	until  time.Time
}

// What may fail before one must wait: for an account from one place; and for an account from wherever, and for a place, where
// many may sit. So nobody keeps another out from a place of his own.
const (
	freeTries    = 10
	freeTogether = 100
	firstWait    = 5 * time.Second
	longestWait  = 15 * time.Minute
	maxTried     = 50_000
)

func newLockout() *lockout { return &lockout{tried: map[tried]*tries{}} }

// guess is an attempt at an account's password: from where, and in which browser, where that has been let in to the account before.
type guess struct{ account, place, browser string }

// guessBound is what an attempt is counted by, and how often it may fail.
type guessBound struct {
	by   tried
	free int
}

// bounds are all that an attempt is counted by. A browser that was let in before is counted by itself, so that no stranger makes it
// wait, wherever he sits.
func (g guess) bounds() []guessBound {
	by := func(what ...string) tried { return sha256.Sum256([]byte(strings.Join(what, "\x00"))) }
	if g.browser != "" {
		return []guessBound{{by("browser", g.browser, g.account), freeTries}}
	}
	return []guessBound{
		{by("account and place", g.account, g.place), freeTries}, {by("account", g.account), freeTogether}, {by("place", g.place), freeTogether},
	}
}

// attempt counts an attempt as failed beforehand, so that many at the same time are many. It gives how long to wait where it may
// not be made yet, and then counts and keeps nothing: the wait ends however often somebody knocks.
func (l *lockout) attempt(now time.Time, g guess) (wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	bounds := g.bounds()
	for _, b := range bounds {
		if t := l.tried[b.by]; t != nil {
			wait = max(wait, t.until.Sub(now))
		}
	}
	if wait > 0 {
		return wait
	}
	for _, b := range bounds {
		l.of(b.by, now).fail(now, b.free)
	}
	return 0
}

// succeeded takes back what the attempt counted, and all that failed for the account there.
func (l *lockout) succeeded(g guess) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for k, b := range g.bounds() {
		if k == 0 {
			delete(l.tried, b.by)
		} else if t := l.tried[b.by]; t != nil {
			t.failed, t.until = max(0, t.failed-1), time.Time{}
		}
	}
}

func (l *lockout) of(by tried, now time.Time) *tries {
	t := l.tried[by]
	if t == nil {
		if len(l.tried) >= maxTried {
			l.forgive(now)
		}
		t = &tries{last: now}
		l.tried[by] = t
	}
	if minutes := int(now.Sub(t.last) / time.Minute); minutes > 0 {
		t.failed, t.last = max(0, t.failed-minutes), now
	}
	return t
}

// forgive drops those who need not wait, so that made-up addresses do not fill the memory.
func (l *lockout) forgive(now time.Time) {
	for key, t := range l.tried {
		if !t.until.After(now) {
			delete(l.tried, key)
		}
	}
	if len(l.tried) >= maxTried {
		clear(l.tried)
	}
}

func (t *tries) fail(now time.Time, free int) {
	t.failed++
	t.last = now
	if over := t.failed - free; over >= 0 {
		t.until = now.Add(min(longestWait, firstWait<<min(over, 10)))
	}
}
