package web

import (
	"html"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"gevinst/portfolio"
	"gevinst/web/browser"
)

func TestSignOnForged(t *testing.T) {
	s := newSignOnSite(t, nil)
	const who = "chef@example.invalid"
	s.idp.knows(who, directors)
	if r, _ := s.signsOn(who); !r.inside() {
		t.Fatal("the true answer is not taken")
	}
	at, err := url.Parse(s.server.URL)
	if err != nil {
		t.Fatal(err)
	}
	held := func(r *reader) string {
		for _, c := range r.client.Jar.Cookies(at) {
			if c.Name == ticketCookie {
				return c.Value
			}
		}
		return ""
	}
	holds := func(r *reader, ticket string) {
		r.client.Jar.SetCookies(at, []*http.Cookie{{Name: ticketCookie, Value: ticket, Path: "/"}})
	}
	with := func(answer, name, value string) string {
		u, err := url.Parse(answer)
		if err != nil {
			t.Fatal(err)
		}
		q := u.Query()
		q.Set(name, value)
		u.RawQuery = q.Encode()
		return u.String()
	}

	for title, attack := range map[string]struct {
		key string
		do  func(r *reader, answer string) string
	}{
		"an answer in a browser that asked nothing": {"sign_on.expired", func(r *reader, answer string) string {
			holds(r, "")
			return answer
		}},
		"an answer with another state": {"sign_on.expired", func(_ *reader, answer string) string { return with(answer, "state", "planted") }},
		"an answer without a state":    {"sign_on.expired", func(_ *reader, answer string) string { return with(answer, "state", "") }},
		"a ticket that was changed": {"sign_on.expired", func(r *reader, answer string) string {
			ticket := held(r)
			holds(r, "AAAA"+ticket[4:])
			return answer
		}},
		"a ticket sealed by another program's secret": {"sign_on.expired", func(r *reader, answer string) string {
			o := *s.web.SignOn
			o.ClientSecret = "guessed"
			other, err := newProvider(o, s.server.URL, time.Now)
			if err != nil {
				t.Fatal(err)
			}
			planted := newTicket(time.Now(), "/")
			sealed, err := other.seal(planted)
			if err != nil {
				t.Fatal(err)
			}
			holds(r, sealed)
			return with(answer, "state", planted.State)
		}},
		"an answer that comes too late": {"sign_on.expired", func(_ *reader, answer string) string {
			s.later.Store(int64(ticketLasts + time.Second))
			return answer
		}},
		"another browser's code, for want of what the code was asked with": {"sign_on.not_believed", func(r *reader, answer string) string {
			stolen := s.as("")
			theirs, err := url.Parse(s.identified(stolen, who, "/"))
			if err != nil {
				t.Fatal(err)
			}
			return with(answer, "code", theirs.Query().Get("code"))
		}},
		"a code that was never given": {"sign_on.not_believed", func(_ *reader, answer string) string { return with(answer, "code", "guessed") }},
		"an answer in another issuer's name": {"sign_on.not_believed", func(_ *reader, answer string) string {
			return with(answer, "iss", "https://elsewhere.example")
		}},
		"a refusal of the provider's": {"sign_on.declined", func(_ *reader, answer string) string { return with(answer, "error", "access_denied") }},
		"a refusal that is none of the protocol's": {"sign_on.declined", func(_ *reader, answer string) string {
			return with(answer, "error", "<script>\ncode=1")
		}},
		"a token that another key has signed": {"sign_on.not_believed", func(_ *reader, answer string) string {
			s.idp.set(func() { s.idp.forged = newForgedKey(t) })
			return answer
		}},
		"a token that has run out": {"sign_on.not_believed", func(r *reader, answer string) string {
			s.later.Store(int64(90 * time.Minute))
			mine := newTicket(s.web.Clock(), "/")
			opened, ok := s.web.provider.unseal(held(r), time.Now())
			if !ok {
				t.Fatal("the ticket does not open")
			}
			opened.Until = mine.Until // as if the ticket were younger than the token
			sealed, err := s.web.provider.seal(opened)
			if err != nil {
				t.Fatal(err)
			}
			holds(r, sealed)
			return answer
		}},
	} {
		t.Run(title+" opens nothing", func(t *testing.T) {
			defer s.later.Store(0)
			defer s.idp.set(func() { s.idp.forged = nil })
			r, before := s.as(""), s.now().Seq
			answer := attack.do(r, s.identified(r, who, "/"))
			got := r.get(answer)
			s.turnedAway(r, got, http.StatusUnprocessableEntity, attack.key)
			if s.now().Seq != before || strings.Contains(got.body, "<script>\n") || strings.Contains(got.body, "code=") {
				t.Errorf("%d events more, or the page repeats the address:\n%s", s.now().Seq-before, got.body)
			}
			if held(r) != "" {
				t.Error("the ticket is good for another answer")
			}
		})
	}

	t.Run("a code opens once, the ticket put back or not", func(t *testing.T) {
		r := s.as("")
		answer := s.identified(r, who, "/")
		ticket := held(r)
		if r.get(answer); !r.inside() {
			t.Fatal("the first time")
		}
		again := s.as("")
		s.turnedAway(again, again.get(answer), http.StatusUnprocessableEntity, "sign_on.expired")
		holds(again, ticket)
		s.turnedAway(again, again.get(answer), http.StatusUnprocessableEntity, "sign_on.not_believed")
	})

	t.Run("a token of another sign-on is not taken for this one", func(t *testing.T) {
		s.idp.set(func() { s.idp.nonce = "of-another" })
		defer s.idp.set(func() { s.idp.nonce = "" })
		r, got := s.signsOn(who)
		s.turnedAway(r, got, http.StatusUnprocessableEntity, "sign_on.not_believed")
	})

	t.Run("the ticket tells nobody what is in it, and no script or other site gets it", func(t *testing.T) {
		got := s.as("").get("/sign-on?return=/plan")
		cookie := strings.Join(got.header.Values("Set-Cookie"), "\n")
		for _, want := range []string{ticketCookie + "=", "HttpOnly", "SameSite=Lax", "Max-Age=600"} {
			if !strings.Contains(cookie, want) {
				t.Errorf("%s lacks %s", cookie, want)
			}
		}
		to, err := url.Parse(got.header.Get("Location"))
		if err != nil || to.Query().Get("code_challenge_method") != "S256" || to.Query().Get("nonce") == "" {
			t.Fatal(to, err)
		}
		for _, part := range []string{to.Query().Get("state"), to.Query().Get("nonce"), "plan"} {
			if strings.Contains(cookie, part) {
				t.Errorf("the cookie shows %s", part)
			}
		}
		if got.header.Get("Cache-Control") != "no-store" {
			t.Error("somebody may keep the way")
		}
	})

	t.Run("nothing that opens something is logged", func(t *testing.T) { s.noSecrets(t) })
}

func TestSignOnAway(t *testing.T) {
	s := newSignOnSite(t, nil)
	const who = "chef@example.invalid"
	s.idp.knows(who, directors)
	s.opens("kendt@example.invalid", "viewer", chosen)
	s.idp.set(func() { s.idp.away = true })

	t.Run("without the provider the program runs, says so, and takes passwords", func(t *testing.T) {
		if !strings.Contains(s.as("").page("/session"), `href="/sign-on?return=%2F"`) {
			t.Error("the way to the provider is not offered")
		}
		r := s.as("")
		s.turnedAway(r, r.get("/sign-on"), http.StatusServiceUnavailable, "sign_on.away")
		if got := s.signsIn("kendt@example.invalid", chosen); got.status != http.StatusSeeOther {
			t.Errorf("the password: %d", got.status)
		}
	})
	t.Run("when it comes back it is found without a new start", func(t *testing.T) {
		s.idp.set(func() { s.idp.away = false })
		s.later.Store(int64(providerRest))
		if r, got := s.signsOn(who); !r.inside() {
			t.Errorf("%d %s", got.status, got.body)
		}
	})
	t.Run("one that goes away in the middle lets nobody in", func(t *testing.T) {
		r := s.as("")
		answer := s.identified(r, who, "/")
		s.idp.set(func() { s.idp.away = true })
		s.turnedAway(r, r.get(answer), http.StatusServiceUnavailable, "sign_on.away")
	})
	t.Run("signing out here does not wait for it", func(t *testing.T) {
		s.idp.set(func() { s.idp.away = false })
		r, _ := s.signsOn(who)
		s.idp.set(func() { s.idp.away = true })
		if r.post("/sign-out"); r.inside() {
			t.Error("still signed in")
		}
	})
}

func TestSignOnOnly(t *testing.T) {
	s := newSignOnSite(t, nil)
	_, id := s.opens("kendt@example.invalid", "viewer", chosen)
	_, v := s.as("administrator").asks(userPath(id)+"/reset", map[string]any{})
	o := *s.web.SignOn
	o.Only = true
	var err error
	s.web, err = New(Options{Store: s.store, Log: slog.New(slog.DiscardHandler), Demo: true, Version: "test", MostByUser: unbounded, PublicURL: s.server.URL, SignOn: &o})
	if err != nil {
		t.Fatal(err)
	}

	t.Run("no password, no link and no change of a password opens anything", func(t *testing.T) {
		words := s.web.languages["da"].Say("sign_on.only")
		for path, r := range map[string]*reader{"/session": s.as(""), s.pathOf(v.Link): s.as(""), "/account/password": s.as("viewer")} {
			got := r.post(path, "email", "kendt@example.invalid", "password", chosen, "current", chosen)
			if got.status != http.StatusForbidden || !strings.Contains(got.body, words) {
				t.Errorf("%s: %d", path, got.status)
			}
		}
	})
	t.Run("the page offers the provider alone, in both languages", func(t *testing.T) {
		r := s.as("")
		for _, lang := range []string{"da", "en"} {
			r.post("/language", "lang", lang)
			page := r.page("/session")
			if !strings.Contains(page, "/sign-on?return=") || strings.Contains(page, `type="password"`) || !strings.Contains(page, html.EscapeString(s.web.languages[lang].Say("sign_on.button"))) {
				t.Errorf("%s: %s", lang, page)
			}
		}
	})
}

func TestSignOnSettings(t *testing.T) {
	good := SignOn{
		Issuer: "https://id.example", ClientID: "x", ClientSecret: "y", EmailClaim: "email", GroupsClaim: "groups",
		Roles: []GroupRole{{"g", portfolio.Viewer}},
	}
	const public = "https://gevinst.example"
	if err := good.Check(public); err != nil {
		t.Fatal(err)
	}
	for title, change := range map[string]func(*SignOn){
		"no issuer":                             func(o *SignOn) { o.Issuer = "" },
		"an issuer that others may read":        func(o *SignOn) { o.Issuer = "http://id.example" },
		"an issuer that is called like us":      func(o *SignOn) { o.Issuer = "http://localhost.example" },
		"an issuer that is no address":          func(o *SignOn) { o.Issuer = "https://" },
		"no client":                             func(o *SignOn) { o.ClientID = "" },
		"no secret, which seals the tickets":    func(o *SignOn) { o.ClientSecret = "" },
		"no group with a role":                  func(o *SignOn) { o.Roles = nil },
		"no claim that holds a mail address":    func(o *SignOn) { o.EmailClaim = "" },
		"no claim that holds a person's groups": func(o *SignOn) { o.GroupsClaim = "" },
	} {
		t.Run(title+" is no setting", func(t *testing.T) {
			o := good
			change(&o)
			if o.Check(public) == nil {
				t.Error("passes")
			}
		})
	}
	t.Run("people must be able to come back", func(t *testing.T) {
		for _, public := range []string{"", "gevinst.example", "javascript:1"} {
			if good.Check(public) == nil {
				t.Errorf("%q passes", public)
			}
		}
	})
	t.Run("where no provider is named there is no button and no address", func(t *testing.T) {
		s := newSite(t, false)
		if strings.Contains(s.as("").page("/session"), "sign-on") || s.as("").get("/sign-on").status != http.StatusNotFound {
			t.Error("the sign-on is there")
		}
	})
}

func TestSignOnInBrowser(t *testing.T) {
	s := newSignOnSite(t, nil)
	if !s.web.assets.Built() {
		t.Fatal("the bundle has not been built: run make build")
	}
	s.idp.knows("chef@example.invalid", directors)
	p := browser.Start(t).Page(t, 1280, 900)

	t.Run("a person clicks through to the provider, comes in, and out of both", func(t *testing.T) {
		p.Goto(s.server.URL + "/session?return=/plan")
		for _, v := range p.Axe() {
			t.Errorf("%s (%s): %s %v", v.ID, v.Impact, v.Help, v.Nodes)
		}
		p.Click(`a[href^="/sign-on"]`)
		p.Wait(`input[name="password"]`)
		p.Fill(`input[name="username"]`, "chef@example.invalid")
		p.Fill(`input[name="password"]`, theirPassword)
		p.Click(`button[type="submit"]`)
		p.Wait(`details.user > summary`)
		var at string
		p.Eval(`location.pathname`, &at)
		if at != "/plan" {
			t.Errorf("comes in at %s", at)
		}
		p.Click(`details.user > summary`)
		p.Click(`form[action="/sign-out"] button`)
		p.Wait(`a[href^="/sign-on"]`)
		p.Eval(`location.pathname`, &at)
		if at != "/session" {
			t.Errorf("goes out at %s", at)
		}
		for _, e := range p.ConsoleErrors() {
			if !strings.Contains(e, s.idp.server.URL) { // what the provider's pages lack is not ours
				t.Error(e)
			}
		}
	})
}
