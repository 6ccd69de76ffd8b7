package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gevinst/portfolio"
	"gevinst/portfolio/kalundborg"
	"gevinst/portfolio/store"
)

// signOnSite is a site whose people sign in at a provider.
type signOnSite struct {
	*site
	idp *idp
	log *lines
	// later is how far the site's clock is ahead.
	later atomic.Int64
}

// text is what has been logged so far.
func (l *lines) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.String()
}

const (
	viewers   = "Alle medarbejdere"
	directors = "CN=Direktion,OU=Grupper,DC=kommune"
)

func newSignOnSite(t testing.TB, change func(*SignOn)) *signOnSite {
	t.Helper()
	s := &signOnSite{site: newSite(t, true), log: &lines{}}
	s.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.web.ServeHTTP(w, r) }))
	t.Cleanup(s.server.Close)
	s.idp = newIDP(t, s.server.URL)
	o := SignOn{
		Issuer: s.idp.server.URL, ClientID: clientID, ClientSecret: clientSecret, Scopes: []string{"profile", "email"}, EmailClaim: "email", GroupsClaim: "groups",
		Roles: []GroupRole{{directors, portfolio.Director}, {"Økonomi", portfolio.EconomyChief}, {viewers, portfolio.Viewer}},
	}
	if change != nil {
		change(&o)
	}
	var err error
	s.web, err = New(Options{
		Store: s.store, Log: slog.New(slog.NewJSONHandler(s.log, nil)), Demo: true, Version: "test", PublicURL: s.server.URL + "/", SignOn: &o,
		Clock: func() time.Time { return time.Now().Add(time.Duration(s.later.Load())) },
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// follow goes where an answer leads, as browsers do, until there is a page or the address begins with stop.
func (r *reader) follow(got *http.Response, stop string) *http.Response {
	r.Helper()
	for got.StatusCode/100 == 3 {
		at, err := got.Location()
		if err != nil {
			r.Fatal(err)
		}
		if stop != "" && strings.HasPrefix(at.String(), stop) {
			return got
		}
		got = r.browses(http.MethodGet, at.String(), nil)
	}
	return got
}

func (r *reader) browses(method, address string, form url.Values) *http.Response {
	r.Helper()
	req, err := http.NewRequest(method, address, strings.NewReader(form.Encode()))
	if err != nil {
		r.Fatal(err)
	}
	req.Header.Set("Accept", "text/html")
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	got, err := r.client.Do(req)
	if err != nil {
		r.Fatal(err)
	}
	r.Cleanup(func() { _ = got.Body.Close() })
	return got
}

// identified goes to the provider and signs in there; it gives the address that the provider leads back to.
func (s *signOnSite) identified(r *reader, email, back string) string {
	s.Helper()
	got := r.follow(r.browses(http.MethodGet, s.server.URL+"/sign-on?return="+url.QueryEscape(back), nil), "")
	if !strings.HasPrefix(got.Request.URL.String(), s.idp.server.URL+"/login/") {
		s.Fatalf("%s is asked at %s: %d", email, got.Request.URL, got.StatusCode)
	}
	id := got.Request.URL.Query().Get("authRequestID")
	got = r.browses(http.MethodPost, s.idp.server.URL+"/login/username", url.Values{"id": {id}, "username": {email}, "password": {theirPassword}})
	got = r.follow(got, s.server.URL)
	at, err := got.Location()
	if err != nil {
		s.Fatalf("%s at %s: %d %v", email, got.Request.URL, got.StatusCode, err)
	}
	return at.RequestURI()
}

// signsOn goes the whole way in a new browser.
func (s *signOnSite) signsOn(email string) (*reader, answer) {
	s.Helper()
	r := s.as("")
	return r, r.get(s.identified(r, email, "/account"))
}

// account finds the account of a mail address.
func (s *signOnSite) account(email string) *portfolio.User {
	s.Helper()
	id, _, err := s.store.Credentials(s.Context(), email)
	if err != nil {
		s.Fatal(err)
	}
	return s.now().Users.Get(id)
}

// inside tells whether the reader is signed in.
func (r *reader) inside() bool {
	r.Helper()
	return r.get("/account").status == http.StatusOK
}

// turnedAway expects a page that says why, and nobody signed in.
func (s *signOnSite) turnedAway(r *reader, got answer, status int, key string) {
	s.Helper()
	words := s.web.languages["da"].Say(key)
	if got.status != status || !strings.Contains(got.body, words) {
		s.Errorf("%d, want %d and %q\n%s", got.status, status, words, got.body)
	}
	if r.inside() {
		s.Error("signed in all the same")
	}
	if !strings.Contains(s.log.text(), `"reason":"`+key+`"`) {
		s.Errorf("the log does not tell of %s", key)
	}
}

func TestSignOn(t *testing.T) {
	s := newSignOnSite(t, nil)
	const new = "ny.chef@example.invalid"
	s.idp.knows(new, "Andre", viewers)

	t.Run("whoever is not known gets an account with the role of the groups, by an act of the account's own", func(t *testing.T) {
		r, got := s.signsOn("ny.chef@example.invalid")
		if got.status != http.StatusSeeOther || got.header.Get("Location") != "/account" || !r.inside() {
			t.Fatalf("%d %s", got.status, got.body)
		}
		u := s.account(new)
		if u == nil || u.Role != portfolio.Viewer || u.Disabled {
			t.Fatalf("%+v", u)
		}
		events, err := s.store.Events(t.Context(), s.now(), store.EventFilter{Limit: 1})
		if err != nil || len(events) != 1 || events[0].Verb != "user.sign_on" || events[0].Actor != u.ID || events[0].Note != viewers {
			t.Errorf("%+v %v", events, err)
		}
		if !strings.Contains(r.page("/history"), "Chef, Plan, Byg &amp; Miljø fik ved login") {
			t.Error("the history does not tell of it")
		}
	})

	t.Run("the next time nothing is written", func(t *testing.T) {
		before := s.now().Seq
		if r, _ := s.signsOn(new); !r.inside() || s.now().Seq != before {
			t.Errorf("%d events more", s.now().Seq-before)
		}
	})

	t.Run("other groups give another role, and end the sessions that had the former", func(t *testing.T) {
		former, _ := s.signsOn(new)
		s.idp.knows(new, viewers, directors)
		r, _ := s.signsOn(new)
		if u := s.account(new); u.Role != portfolio.Director || !r.inside() || former.inside() {
			t.Errorf("%s, inside %t, former inside %t", u.Role, r.inside(), former.inside())
		}
	})

	t.Run("a group of one's own is written without a list by some, and counts", func(t *testing.T) {
		s.idp.set(func() { s.idp.claims["groups"] = "Økonomi" })
		defer s.idp.set(func() { delete(s.idp.claims, "groups") })
		s.signsOn(new)
		if u := s.account(new); u.Role != portfolio.EconomyChief {
			t.Error(u.Role)
		}
	})

	t.Run("an account that was there is known by its mail address, however it is written", func(t *testing.T) {
		_, id := s.opens("kendt@example.invalid", "viewer", chosen)
		s.idp.knows("Kendt@Example.invalid", directors)
		r, _ := s.signsOn("Kendt@Example.invalid")
		if u := s.account("kendt@example.invalid"); u.ID != id || u.Role != portfolio.Director || !r.inside() {
			t.Errorf("%+v", u)
		}
		if got := s.signsIn("kendt@example.invalid", chosen); got.status != http.StatusSeeOther {
			t.Errorf("the password: %d", got.status)
		}
	})

	t.Run("who comes without a group that has a role is turned away in words, and no account is made", func(t *testing.T) {
		for k, groups := range [][]string{nil, {"Andre"}, {strings.ToLower(viewers)}} {
			email, before := fmt.Sprintf("fremmed%d@example.invalid", k), s.now().Seq
			s.idp.knows(email, groups...)
			r, got := s.signsOn(email)
			s.turnedAway(r, got, http.StatusForbidden, "sign_on.no_group")
			if s.account(email) != nil || s.now().Seq != before {
				t.Error("an account was made")
			}
			if !strings.Contains(s.log.text(), `"subject":"`+email+`"`) {
				t.Error("the log does not tell whom the provider meant")
			}
		}
	})

	t.Run("a mail address that the provider has not verified is nobody's", func(t *testing.T) {
		s.idp.knows("kendt@example.invalid", viewers)
		s.idp.set(func() { s.idp.people["kendt@example.invalid"].verified = false })
		r, got := s.signsOn("kendt@example.invalid")
		s.turnedAway(r, got, http.StatusForbidden, "sign_on.no_email")
	})

	t.Run("a closed account stays closed", func(t *testing.T) {
		_, id := s.opens("lukket@example.invalid", "viewer", chosen)
		s.as("administrator").post(userPath(id)+"/disable", "version", "2")
		s.idp.knows("lukket@example.invalid", directors)
		r, got := s.signsOn("lukket@example.invalid")
		s.turnedAway(r, got, http.StatusForbidden, "sign_on.closed")
	})

	t.Run("the last administrator stays one, whatever the groups say", func(t *testing.T) {
		id := kalundborg.SignIn(portfolio.Administrator)
		email := s.now().Person(id).Email
		s.idp.knows(email, viewers)
		r, _ := s.signsOn(email)
		if u := s.now().Users.Get(id); u.Role != portfolio.Administrator || !r.inside() {
			t.Errorf("%s, inside %t", u.Role, r.inside())
		}
	})

	t.Run("the way leads back to a page of this site alone", func(t *testing.T) {
		for back, want := range map[string]string{
			"/savings/2018?programme=KME": "/savings/2018?programme=KME", "//elsewhere.example": "/", "https://elsewhere.example/": "/", `/\elsewhere.example`: "/",
			"/session?return=%2Fplan": "/plan", "/" + strings.Repeat("x", longestReturn): "/", "": "/",
		} {
			r := s.as("")
			if got := r.get(s.identified(r, new, back)); got.header.Get("Location") != want {
				t.Errorf("%.50q leads to %q", back, got.header.Get("Location"))
			}
		}
	})

	t.Run("signing out ends the session at the provider too, and leads back; who came by password stays here", func(t *testing.T) {
		r, _ := s.signsOn(new)
		got := r.post("/sign-out")
		leads := strings.TrimPrefix(got.header.Get("Refresh"), "0; url=")
		if got.status != http.StatusOK || !strings.HasPrefix(leads, s.idp.server.URL+"/end_session?") || r.inside() {
			t.Fatalf("%d %q", got.status, leads)
		}
		end := r.follow(r.browses(http.MethodGet, leads, nil), s.server.URL)
		if at := end.Header.Get("Location"); !strings.HasPrefix(at, s.server.URL+"/session") {
			t.Errorf("the provider leads to %q: %d", at, end.StatusCode)
		}
		r.post("/session", "email", "kendt@example.invalid", "password", chosen)
		if got := r.post("/sign-out"); got.status != http.StatusSeeOther || got.header.Get("Location") != "/session" {
			t.Errorf("after a password: %d %q", got.status, got.header.Get("Location"))
		}
	})

	t.Run("the description of the interface knows the addresses", func(t *testing.T) {
		d := description(t, s.web)
		for _, path := range []string{"/sign-on", "/sign-on/callback"} {
			if d.at("paths", path, "get", "responses", "303") == nil {
				t.Errorf("%s is not described", path)
			}
		}
	})

	t.Run("the log and its checks hold", func(t *testing.T) {
		report, err := s.store.Check(t.Context())
		if err != nil || len(report.Violations) > 0 {
			t.Error(report.Violations, err)
		}
	})

	t.Run("nothing that opens something is logged or kept", func(t *testing.T) {
		s.noSecrets(t)
	})
}

// secretShape finds what a token answer holds.
var secretShape = regexp.MustCompile(`"(?:access_token|id_token|refresh_token)":"([^"]+)"`)

func (s *signOnSite) noSecrets(t *testing.T) {
	secrets := []string{clientSecret, theirPassword}
	for _, answer := range s.idp.answered {
		for _, m := range secretShape.FindAllStringSubmatch(answer, -1) {
			secrets = append(secrets, m[1])
		}
	}
	if len(secrets) < 10 {
		t.Fatalf("only %d secrets: the test reads another place", len(secrets))
	}
	text := s.log.text()
	if !strings.Contains(text, `"/sign-on/callback"`) {
		t.Error("the log does not tell of the sign-ons")
	}
	for _, secret := range secrets {
		if strings.Contains(text, secret) {
			t.Errorf("the log holds %.20s…", secret)
		}
	}
	for _, name := range []string{"code=", "state=", ticketCookie} {
		if strings.Contains(text, name) {
			t.Errorf("the log holds %s", name)
		}
	}
}
