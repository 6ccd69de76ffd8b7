package web

import (
	"sync"
	"time"
)

// lockout slows down whoever guesses at passwords. It counts by what was typed and by where it came from, whether there is
// such an account or not, so that waiting tells nothing either.
type lockout struct {
	mu    sync.Mutex
	tried map[string]*tries
}

// tries are the attempts that failed; one is forgiven a minute.
type tries struct {
	failed int
	last   time.Time
	until  time.Time
}

// What may fail before one must wait: for an account, and for a place, where many may sit.
const (
	freeTries      = 10
	freePlaceTries = 100
	firstWait      = 5 * time.Second
	longestWait    = 15 * time.Minute
	maxTried       = 50_000
)

func newLockout() *lockout { return &lockout{tried: map[string]*tries{}} }

// attempt counts an attempt as failed beforehand, so that many at the same time are many. It gives how long to wait where it may
// not be made yet, and then counts nothing: the wait ends however often somebody knocks.
func (l *lockout) attempt(now time.Time, account, place string) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	a, p := l.of("account "+account, now), l.of("place "+place, now)
	if wait := max(a.until.Sub(now), p.until.Sub(now)); wait > 0 {
		return wait
	}
	a.fail(now, freeTries)
	p.fail(now, freePlaceTries)
	return 0
}

// succeeded takes back what the attempt counted.
func (l *lockout) succeeded(account, place string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.tried, "account "+account)
	if p := l.tried["place "+place]; p != nil {
		p.failed, p.until = max(0, p.failed-1), time.Time{}
	}
}

func (l *lockout) of(key string, now time.Time) *tries {
	t := l.tried[key]
	if t == nil {
		if len(l.tried) >= maxTried {
			l.forgive(now)
		}
		t = &tries{last: now}
		l.tried[key] = t
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
