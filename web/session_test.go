package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"gevinst/portfolio"
)

func TestSignIn(t *testing.T) {
	s := newSite(t, true)
	open := func(email, password string) portfolio.UserID {
		t.Helper()
		_, id := s.opens(email, "viewer", password)
		return id
	}

	t.Run("a password is what was typed, spaces at its ends too", func(t *testing.T) {
		open("spaced@example.invalid", " twelve letters ")
		if got := s.as("").post("/session", "email", "spaced@example.invalid", "password", " twelve letters "); got.status != http.StatusSeeOther {
			t.Errorf("the password itself: %d", got.status)
		}
		if got := s.as("").post("/session", "email", "spaced@example.invalid", "password", "twelve letters"); got.status != http.StatusUnprocessableEntity {
			t.Errorf("another password: %d", got.status)
		}
	})

	t.Run("a wrong password, a closed account and no account are refused in the same words", func(t *testing.T) {
		s.as("administrator").post(userPath(open("closed@example.invalid", "twelve letters"))+"/disable", "version", "2")
		words := map[string]bool{}
		for _, email := range []string{"administrator@example.invalid", "closed@example.invalid", "nobody@example.invalid", ""} {
			got := s.as("").do(http.MethodPost, "/session", strings.NewReader(url.Values{"email": {email}, "password": {"twelve letters"}}.Encode()),
				"Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json")
			words[fmt.Sprint(got.status, got.body)] = true
		}
		if len(words) != 1 {
			t.Errorf("%d different answers: %v", len(words), words)
		}
	})

	t.Run("signing in leads back to a page of this site, whatever a browser makes of the address", func(t *testing.T) {
		for _, evil := range []string{"/\t/elsewhere.example", "/\t\\elsewhere.example", "\t//elsewhere.example", "/\x00/elsewhere.example", "///elsewhere.example", "http:/elsewhere.example"} {
			got := s.as("").post("/demo/session", "role", "viewer", "return", evil)
			if at := got.header.Get("Location"); at != "/" {
				t.Errorf("%q leads to %q", evil, at)
			}
			if strings.Contains(s.as("").page("/session?return="+url.QueryEscape(evil)), `value="`+evil+`"`) {
				t.Errorf("%q stands in the form", evil)
			}
		}
		if got := s.as("").post("/demo/session", "role", "viewer", "return", "/savings/2018?programme=KME&as_of=2018-01-01"); got.header.Get("Location") != "/savings/2018?programme=KME&as_of=2018-01-01" {
			t.Errorf("a page of the site: %q", got.header.Get("Location"))
		}
	})

	t.Run("after a run of attempts an address waits, and others do not", func(t *testing.T) {
		open("guessed@example.invalid", "twelve letters")
		statuses := map[int]int{}
		for range 2 * freeTries {
			statuses[s.as("").post("/session", "email", "Guessed@example.invalid ", "password", "not this one").status]++
		}
		if statuses[http.StatusUnprocessableEntity] != freeTries || statuses[http.StatusTooManyRequests] != freeTries {
			t.Errorf("%v", statuses)
		}
		if got := s.as("").post("/session", "email", "spaced@example.invalid", "password", " twelve letters "); got.status != http.StatusSeeOther {
			t.Errorf("another address: %d", got.status)
		}
	})

	t.Run("no more than a few passwords are hashed at a time, for each takes 19 MiB", func(t *testing.T) {
		var wg sync.WaitGroup
		for k := range 20 {
			wg.Go(func() {
				s.as("").post("/session", "email", fmt.Sprintf("nobody%d@example.invalid", k), "password", "not this one")
			})
		}
		most := 0
		done := make(chan struct{})
		go func() { wg.Wait(); close(done) }()
		for busy := true; busy; {
			select {
			case <-done:
				busy = false
			default:
				most = max(most, len(hashing))
			}
		}
		if most < 1 || most > cap(hashing) {
			t.Errorf("%d at a time", most)
		}
	})

	t.Run("who is demoted is shown nothing that was made for the former role", func(t *testing.T) {
		page := "/?as_of=2018-01-01"
		reader, id := s.opens("changed@example.invalid", "viewer", "twelve letters")
		if !strings.Contains(reader.page(page), `value="viewer" aria-pressed="true"`) {
			t.Fatal("the role is not on the page")
		}
		s.as("administrator").post(userPath(id)+"/role", "role", portfolio.Director.String(), "version", "2")
		if got := reader.get(page); got.status != http.StatusSeeOther {
			t.Errorf("still signed in: %d", got.status)
		}
		reader.post("/session", "email", "changed@example.invalid", "password", "twelve letters")
		if !strings.Contains(reader.page(page), `value="director" aria-pressed="true"`) {
			t.Error("the page shows the former role")
		}
	})
}
