package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"slices"
	"strings"
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

	t.Run("an account, a closed one, one without a password, none, and what is no address cost the same work and get the same answer", func(t *testing.T) {
		s := newSite(t, false)
		s.opens("known@example.invalid", "viewer", chosen)
		_, id := s.opens("closed@example.invalid", "viewer", chosen)
		s.as("administrator").post(userPath(id)+"/disable", "version", "1")
		_, v := s.as("administrator").asks("/users", map[string]any{"name": "Venter", "email": "waits@example.invalid", "role": "viewer"})
		if v.Link == "" {
			t.Fatal("no link")
		}
		answers := map[string]bool{}
		for _, try := range [][2]string{
			{"known@example.invalid", "not this one"},
			{"closed@example.invalid", "not this one"},
			{"closed@example.invalid", chosen},
			{"viewer@example.invalid", "not this one"},
			{"waits@example.invalid", ""},
			{"nobody@example.invalid", chosen},
			{"", ""},
			{"no address", decoy},
		} {
			before := compared.Load()
			got := s.as("").do(http.MethodPost, "/session", strings.NewReader(url.Values{"email": {try[0]}, "password": {try[1]}}.Encode()),
				"Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json")
			if n := compared.Load() - before; n != 1 {
				t.Errorf("%q costs %d comparisons", try[0], n)
			}
			answers[fmt.Sprint(got.status, got.body)] = true
		}
		if len(answers) != 1 {
			t.Errorf("%d answers: %v", len(answers), answers)
		}
	})

	t.Run("one must wait after as many guesses at an account as at none, is told it in the same words, and nothing is compared meanwhile", func(t *testing.T) {
		s := newSite(t, false)
		s.opens("known@example.invalid", "viewer", chosen)
		answers := map[string]int64{}
		for _, email := range []string{"known@example.invalid", "nobody@example.invalid"} {
			r, before := s.as(""), compared.Load()
			var said strings.Builder
			for range freeTries + 3 {
				got := r.do(http.MethodPost, "/session", strings.NewReader(url.Values{"email": {email}, "password": {"not this one"}}.Encode()),
					"Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json")
				fmt.Fprintln(&said, got.status, got.header.Get("Retry-After") != "")
			}
			answers[said.String()] = compared.Load() - before
		}
		if len(answers) != 1 {
			t.Errorf("%v", answers)
		}
		for _, n := range answers {
			if n != freeTries {
				t.Errorf("%d were compared, want %d", n, freeTries)
			}
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
