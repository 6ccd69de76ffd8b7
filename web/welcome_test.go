package web

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestWelcome(t *testing.T) {
	s := newSite(t, false)
	admin := s.as("administrator")
	var later time.Duration
	s.web.Clock = func() time.Time { return time.Now().Add(later) }
	link := func(email string) string {
		_, v := admin.asks("/users", map[string]any{"name": "Læser", "email": email, "role": "viewer"})
		return s.pathOf(v.Link)
	}

	t.Run("a link works once, and looking at it uses nothing up", func(t *testing.T) {
		path := link("once@example.invalid")
		for range 3 {
			says(t, s.as("").page(path), "once@example.invalid", "Vælg en adgangskode")
			var v welcomeView
			if s.as("").json(path+".json", &v); v.Email != "once@example.invalid" {
				t.Errorf("%+v", v)
			}
		}
		if got := s.as("").post(path, "password", "for kort"); got.status != http.StatusUnprocessableEntity {
			t.Errorf("a short password: %d", got.status)
		}
		first := s.as("")
		if got := first.post(path, "password", chosen); got.status != http.StatusSeeOther || first.get("/").status != http.StatusOK {
			t.Fatalf("%d %s", got.status, got.body)
		}
		if got := s.as("").post(path, "password", "en andens adgangskode"); got.status != http.StatusNotFound {
			t.Errorf("the second time: %d", got.status)
		}
		if s.signsIn("once@example.invalid", chosen).status != http.StatusSeeOther {
			t.Error("the first password does not open")
		}
	})

	t.Run("the page of a link is kept nowhere, and tells no other site where it is", func(t *testing.T) {
		for _, path := range []string{link("kept@example.invalid"), "/welcome/JKLMNOPQRSTUVWXYZ234567ABC"} {
			got := s.as("").get(path)
			if got.header.Get("Cache-Control") != "no-store" || got.header.Get("Referrer-Policy") != "same-origin" || got.header.Get("ETag") != "" {
				t.Errorf("%d %v", got.status, got.header)
			}
			if strings.Contains(got.body, `href="http`) || strings.Contains(got.body, `src="http`) {
				t.Error("the page leads to another site")
			}
		}
	})

	t.Run("a link leads where people reach the program, whatever host a request names; where nobody has said so, none is made", func(t *testing.T) {
		asks := func(path, host string) answer {
			req, err := http.NewRequest(http.MethodPost, s.server.URL+path, strings.NewReader(`{"name":"Læser","email":"vaert@example.invalid","role":"viewer"}`))
			if err != nil {
				t.Fatal(err)
			}
			at, err := url.Parse(s.server.URL)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range admin.client.Jar.Cookies(at) { // by the true address, whatever the request names
				req.AddCookie(c)
			}
			req.Host = host
			req.Header.Set("Content-Type", "application/json")
			for _, name := range []string{"X-Forwarded-Host", "X-Host", "Forwarded"} {
				req.Header.Set(name, "host=elsewhere.example")
			}
			res, err := admin.client.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			body, err := io.ReadAll(res.Body)
			if err != nil {
				t.Fatal(err)
			}
			return answer{res.StatusCode, res.Header, string(body)}
		}
		_, id := s.opens("nulstil@example.invalid", "viewer", chosen)
		before, users := s.seq(), len(s.now().Users.List())
		for _, host := range []string{"elsewhere.example", "127.0.0.1.elsewhere.example", "localhost.elsewhere.example:8080", "10.0.0.5", "[2001:db8::1]:80", "0.0.0.0"} {
			for _, path := range []string{"/users", userPath(id) + "/reset"} {
				if got := asks(path, host); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "--public-url") {
					t.Errorf("%s at %s: %d %s", path, host, got.status, got.body)
				}
			}
		}
		if s.seq() != before || len(s.now().Users.List()) != users || s.signsIn("nulstil@example.invalid", chosen).status != http.StatusSeeOther {
			t.Error("what was refused was done")
		}
		s.web.PublicURL = "https://gevinst.example/"
		defer func() { s.web.PublicURL = "" }()
		got := asks("/users", "elsewhere.example")
		if got.status != http.StatusCreated || !strings.Contains(got.body, `"https://gevinst.example/welcome/`) || strings.Contains(got.body, "elsewhere") {
			t.Errorf("%d %s", got.status, got.body)
		}
	})

	t.Run("of many who send it at once one is let in", func(t *testing.T) {
		path := link("race@example.invalid")
		answers := make(chan int)
		for k := range 8 {
			go func() {
				answers <- s.as("").post(path, "password", fmt.Sprintf("adgangskode nummer %d", k)).status
			}()
		}
		in := 0
		for range 8 {
			switch status := <-answers; status {
			case http.StatusSeeOther:
				in++
			case http.StatusNotFound:
			default:
				t.Errorf("%d", status)
			}
		}
		if in != 1 {
			t.Errorf("%d were let in", in)
		}
	})

	t.Run("a used, an old, a replaced and an invented link are refused in the same words", func(t *testing.T) {
		used, old, replaced := link("used@example.invalid"), link("old@example.invalid"), link("replaced@example.invalid")
		s.as("").post(used, "password", chosen)
		for u := range s.now().Users.All() {
			if s.now().Person(u.ID).Email == "replaced@example.invalid" {
				admin.post(userPath(u.ID) + "/reset")
			}
		}
		later = WelcomeLasts + time.Minute
		defer func() { later = 0 }()
		words := map[string]bool{}
		for _, path := range []string{used, old, replaced, "/welcome/JKLMNOPQRSTUVWXYZ234567ABC"} {
			got := s.as("").do(http.MethodGet, path, nil, "Accept", "application/json")
			words[fmt.Sprint(got.status, got.body)] = true
		}
		if len(words) != 1 {
			t.Errorf("%v", words)
		}
	})

	t.Run("a reset takes the old password away before a new one is chosen", func(t *testing.T) {
		_, id := s.opens("reset@example.invalid", "viewer", chosen)
		got, v := admin.asks(userPath(id)+"/reset", map[string]any{})
		if got.status != http.StatusOK || v.Link == "" {
			t.Fatalf("%d %s", got.status, got.body)
		}
		if s.signsIn("reset@example.invalid", chosen).status == http.StatusSeeOther {
			t.Error("the old password opens")
		}
		if got := s.as("").post(s.pathOf(v.Link), "password", "en ny adgangskode"); got.status != http.StatusSeeOther {
			t.Errorf("%d", got.status)
		}
		if s.signsIn("reset@example.invalid", "en ny adgangskode").status != http.StatusSeeOther {
			t.Error("the new password does not open")
		}
	})
}
