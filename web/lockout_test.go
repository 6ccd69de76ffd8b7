package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"pgregory.net/rapid"
)

func TestLockout(t *testing.T) {
	start := time.Date(2018, 9, 3, 9, 0, 0, 0, time.UTC)

	at := func(account, place string) guess { return guess{account: account, place: place} }

	t.Run("whoever goes on guessing waits longer and longer, up to a bound, and never for ever", func(t *testing.T) {
		l, now := newLockout(), start
		var waits []time.Duration
		for range 40 {
			wait := l.attempt(now, at("a@example.invalid", "192.0.2.1"))
			if wait > 0 {
				waits = append(waits, wait)
				now = now.Add(wait)
			}
		}
		if !slices.IsSorted(waits[:8]) || waits[0] != firstWait || slices.Max(waits) > longestWait {
			t.Errorf("%v", waits)
		}
	})

	t.Run("a knock while one must wait makes nobody wait longer, and nothing is kept of it", func(t *testing.T) {
		l := newLockout()
		for range freeTries {
			l.attempt(start, at("a", "here"))
		}
		kept := len(l.tried)
		for range 1000 {
			l.attempt(start, at("a", "here"))
		}
		if wait := l.attempt(start.Add(firstWait), at("a", "here")); wait != 0 || len(l.tried) != kept {
			t.Errorf("%s, %d are remembered instead of %d", wait, len(l.tried), kept)
		}
		for k := range 10 * freeTogether {
			l.attempt(start, at(fmt.Sprint(k), "there"))
		}
		if most := kept + 2*freeTogether + 1; len(l.tried) > most {
			t.Errorf("%d are remembered, at most %d were counted", len(l.tried), most)
		}
	})

	t.Run("at one place many accounts are guessed at no faster than one, and from many places one account no faster", func(t *testing.T) {
		for name, many := range map[string]func(k int) guess{
			"accounts": func(k int) guess { return at(fmt.Sprint(k), "here") }, "places": func(k int) guess { return at("a", fmt.Sprint(k)) },
		} {
			l, tried := newLockout(), 0
			for k := range 1000 {
				if l.attempt(start, many(k)) == 0 {
					tried++
				}
			}
			if tried != freeTogether {
				t.Errorf("%s: %d", name, tried)
			}
			if l.attempt(start, at("1", "elsewhere")) != 0 {
				t.Errorf("%s: another is shut out by it", name)
			}
		}
	})

	t.Run("whoever guesses at one place, however long, keeps nobody waiting at another", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			l, now := newLockout(), start
			for _, pause := range rapid.SliceOfN(rapid.IntRange(0, 120), 0, 500).Draw(rt, "pauses") {
				now = now.Add(time.Duration(pause) * time.Second)
				now = now.Add(l.attempt(now, at("a", "stranger's"))) // he takes each attempt as soon as it is free
				if wait := l.attempt(now, at("a", "owner's")); wait != 0 {
					rt.Fatalf("%s", wait)
				}
				l.succeeded(at("a", "owner's"))
			}
		})
	})

	t.Run("a browser that was let in before is kept waiting by its own guesses alone", func(t *testing.T) {
		l, known := newLockout(), guess{account: "a", place: "here", browser: "known"}
		for k := range 10 * freeTogether {
			l.attempt(start, at("a", fmt.Sprint(k)))
			l.attempt(start, at(fmt.Sprint(k), "here"))
		}
		if l.attempt(start, at("a", "here")) == 0 {
			t.Fatal("strangers are not kept waiting")
		}
		for range freeTries {
			if wait := l.attempt(start, known); wait != 0 {
				t.Fatalf("it waits %s", wait)
			}
		}
		if l.attempt(start, known) == 0 {
			t.Error("it may guess for ever")
		}
	})

	t.Run("those who get it right are never kept waiting, however many they are at one place", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			l, now := newLockout(), start
			for _, who := range rapid.SliceOfN(rapid.IntRange(0, 5), 0, 400).Draw(rt, "who") {
				g := at(fmt.Sprint(who), "here")
				if wait := l.attempt(now, g); wait != 0 {
					rt.Fatalf("%s", wait)
				}
				l.succeeded(g)
				now = now.Add(time.Second)
			}
		})
	})

	t.Run("made-up accounts do not fill the memory, however long they are", func(t *testing.T) {
		l, long := newLockout(), strings.Repeat("x", 1<<20)
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		for k := range 100 {
			l.attempt(start, at(fmt.Sprint(long, k), fmt.Sprint(k)))
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		if kept := int64(after.HeapAlloc) - int64(before.HeapAlloc); kept > 1<<20 {
			t.Errorf("100 attempts keep %d bytes", kept)
		}
		for k := range 3 * maxTried {
			l.attempt(start.Add(time.Duration(k)*time.Second), at(fmt.Sprint(k), fmt.Sprint(k)))
		}
		if len(l.tried) > maxTried+3 {
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
		s.as("administrator").post(userPath(id)+"/disable", "version", "2")
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

func TestKeptOut(t *testing.T) {
	s := newSite(t, false)
	s.web.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	owner, _ := s.opens("known@example.invalid", "viewer", chosen)
	from := func(r *reader, place, password string) int {
		return r.do(http.MethodPost, "/session", strings.NewReader(url.Values{"email": {"known@example.invalid"}, "password": {password}}.Encode()),
			"Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json", "X-Forwarded-For", place).status
	}
	guessed := func(place string) (last int) {
		for range freeTries + 1 {
			last = from(s.as(""), place, "not this one")
		}
		return last
	}

	t.Run("a stranger who guesses at one place is kept waiting, and the owner at another signs in", func(t *testing.T) {
		if last := guessed("192.0.2.9"); last != http.StatusTooManyRequests {
			t.Fatalf("the stranger: %d", last)
		}
		if got := from(s.as(""), "192.0.2.1", chosen); got != http.StatusOK {
			t.Errorf("the owner: %d", got)
		}
	})

	t.Run("a browser that was signed in with before is let in where many guess at many places, and at its own, also when its session is over", func(t *testing.T) {
		owner.post("/sign-out")
		for k := range freeTogether / freeTries {
			guessed(fmt.Sprintf("198.51.100.%d", k))
		}
		if got := from(s.as(""), "203.0.113.1", chosen); got != http.StatusTooManyRequests {
			t.Fatalf("a browser that nobody knows: %d", got)
		}
		if got := from(owner, "198.51.100.1", chosen); got != http.StatusOK {
			t.Errorf("the owner's browser: %d", got)
		}
	})

	t.Run("a browser that another was let in with is no better than any", func(t *testing.T) {
		other, _ := s.opens("other@example.invalid", "viewer", chosen)
		if got := from(other, "203.0.113.2", chosen); got != http.StatusTooManyRequests {
			t.Errorf("%d", got)
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
