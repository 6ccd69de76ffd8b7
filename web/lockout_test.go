package web

import (
	"fmt"
	"net/http/httptest"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"pgregory.net/rapid"
)

func TestLockout(t *testing.T) {
	start := time.Date(2018, 9, 3, 9, 0, 0, 0, time.UTC)

	t.Run("whoever goes on guessing waits longer and longer, up to a bound, and never for ever", func(t *testing.T) {
		l, now := newLockout(), start
		var waits []time.Duration
		for range 40 {
			wait := l.attempt(now, "a@example.invalid", "192.0.2.1")
			if wait > 0 {
				waits = append(waits, wait)
				now = now.Add(wait)
			}
		}
		if !slices.IsSorted(waits[:8]) || waits[0] != firstWait || slices.Max(waits) > longestWait {
			t.Errorf("%v", waits)
		}
	})

	t.Run("a knock while one must wait makes nobody wait longer", func(t *testing.T) {
		l := newLockout()
		for range freeTries {
			l.attempt(start, "a", "here")
		}
		for range 1000 {
			l.attempt(start, "a", "elsewhere")
		}
		if wait := l.attempt(start.Add(firstWait), "a", "here"); wait != 0 {
			t.Errorf("%s", wait)
		}
	})

	t.Run("at one place many accounts are guessed at no faster than one", func(t *testing.T) {
		l, tried := newLockout(), 0
		for k := range 1000 {
			if l.attempt(start, fmt.Sprint(k), "here") == 0 {
				tried++
			}
		}
		if tried != freePlaceTries {
			t.Errorf("%d", tried)
		}
		if l.attempt(start, "1", "elsewhere") != 0 {
			t.Error("an account is shut by what happened once at another place")
		}
	})

	t.Run("those who get it right are never kept waiting, however many they are at one place", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			l, now := newLockout(), start
			for _, who := range rapid.SliceOfN(rapid.IntRange(0, 5), 0, 400).Draw(rt, "who") {
				if wait := l.attempt(now, fmt.Sprint(who), "here"); wait != 0 {
					rt.Fatalf("%s", wait)
				}
				l.succeeded(fmt.Sprint(who), "here")
				now = now.Add(time.Second)
			}
		})
	})

	t.Run("made-up accounts do not fill the memory", func(t *testing.T) {
		l := newLockout()
		for k := range 3 * maxTried {
			l.attempt(start.Add(time.Duration(k)*time.Second), fmt.Sprint(k), fmt.Sprint(k))
		}
		if len(l.tried) > maxTried+1 {
			t.Errorf("%d are remembered", len(l.tried))
		}
	})
}

func TestEnumeration(t *testing.T) {
	t.Run("what is compared for no account costs what a password costs", func(t *testing.T) {
		p, _, _, err := argon2id.DecodeHash(decoy)
		if err != nil || *p != hashed {
			t.Errorf("%+v, %v", p, err)
		}
	})

	t.Run("an account, a closed one, one without a password and none take as long to refuse", func(t *testing.T) {
		s := newSite(t, false)
		s.opens("known@example.invalid", "viewer", chosen)
		_, id := s.opens("closed@example.invalid", "viewer", chosen)
		s.as("administrator").post(userPath(id)+"/disable", "version", "1")
		least := map[string]time.Duration{}
		for range 6 { // the least of several is what it takes when nothing else runs
			for _, email := range []string{"known@example.invalid", "closed@example.invalid", "viewer@example.invalid", "nobody@example.invalid"} {
				begun := time.Now()
				s.signsIn(email, "not this one")
				if took := time.Since(begun); least[email] == 0 || took < least[email] {
					least[email] = took
				}
			}
		}
		var all []time.Duration
		for _, took := range least {
			all = append(all, took)
		}
		if slices.Max(all) > 2*slices.Min(all) {
			t.Errorf("%v", least)
		}
	})
}

func TestPlace(t *testing.T) {
	s := &Server{Options: Options{Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}}
	for _, test := range []struct{ title, remote, forwarded, want string }{
		{"a stranger's word on where he is, is not taken", "192.0.2.1:5", "198.51.100.7", "192.0.2.1"},
		{"a proxy's is", "10.0.0.1:5", "198.51.100.7", "198.51.100.7"},
		{"of a chain the last that no proxy wrote is", "10.0.0.1:5", "203.0.113.9, 198.51.100.7, 10.0.0.2", "198.51.100.7"},
		{"what is no address is left out", "10.0.0.1:5", "unknown", "10.0.0.1"},
		{"a household of the new kind is one place", "[2001:db8:1:2:3:4:5:6]:5", "", "2001:db8:1:2::/64"},
		{"an old address in the new form is the same place", "[::ffff:192.0.2.1]:5", "", "192.0.2.1"},
	} {
		t.Run(test.title, func(t *testing.T) {
			r := httptest.NewRequest("GET", "/", nil)
			r.RemoteAddr = test.remote
			if test.forwarded != "" {
				r.Header.Set("X-Forwarded-For", test.forwarded)
			}
			if got := s.place(r); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}
