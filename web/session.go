package web

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"gevinst/portfolio"
	"gevinst/portfolio/kalundborg"
	"gevinst/portfolio/store"
	"gevinst/web/locale"
)

// sessionLength is how long a session lasts at most; Options.Idle is how long unused.
const sessionLength = 12 * time.Hour

// signIn opens a session by mail address and password.
func (s *Server) signIn(r *request) (*done, error) {
	if err := r.form.err(); err != nil {
		return nil, err
	}
	email := strings.ToLower(r.form.get("email"))
	id, hash, err := s.Store.Credentials(r.Context(), email)
	if err != nil {
		return nil, err
	}
	r.upon = id
	same, err := compare(r.Context(), r.form.Values.Get("password"), hash) // spaces at its ends are part of it
	if err != nil {
		return nil, err
	}
	u := r.p.Users.Get(id)
	if !same || u == nil || u.Disabled {
		return nil, &portfolio.Error{Kind: portfolio.Invalid, Code: "error.sign_in"}
	}
	s.lockout.succeeded(r.guess)
	return r.opened(s.open(r, u.ID))
}

// guessed counts an attempt at the password of the account whose mail address is sent, and tells how long to wait first.
func (s *Server) guessed(r *request) time.Duration {
	return s.guess(r, strings.ToLower(r.form.get("email")))
}

// guess counts an attempt at an account's password, and keeps with the request what it counted.
func (s *Server) guess(r *request, email string) time.Duration {
	r.guess = guess{email, s.place(r.Request), s.knownBrowser(r, email)}
	return s.lockout.attempt(s.Clock(), r.guess)
}

// knownCookie holds the secret of the last session that a browser was let in to. Its session may be over: it opens nothing then, but
// tells that the account's owner has been here.
const knownCookie = "gevinst_known"

// knownBrowser tells a browser apart that has been let in to the account; "" is one that has not, or not for long.
func (s *Server) knownBrowser(r *request, email string) string {
	c, err := r.Cookie(knownCookie)
	if err != nil || email == "" {
		return ""
	}
	id, err := s.Store.SessionOf(r.Context(), c.Value)
	if err != nil {
		s.Log.WarnContext(r.Context(), "whether a browser is known was not found", "error", err)
		return ""
	}
	p, err := s.Store.Snapshot(r.Context())
	if err != nil || p.Person(id).Email != email {
		return ""
	}
	return c.Value
}

// open starts a session for whoever has shown to be the user, by password, link or otherwise, under a new secret: one planted
// beforehand is worth nothing, and the session that was there before is over.
func (s *Server) open(r *request, id portfolio.UserID) error {
	if err := s.close(r); err != nil {
		return err
	}
	now := portfolio.InstantOf(s.Clock())
	secret, err := s.Store.Issue(r.Context(), store.Pass{
		Kind: store.SessionPass, User: id, Issuer: id, Label: browserName(r.UserAgent()), Created: now, Used: now,
		Expires: portfolio.InstantOf(s.Clock().Add(sessionLength)),
	})
	if err != nil {
		return err
	}
	r.setCookie(sessionCookie, secret, sessionLength)
	r.setCookie(knownCookie, secret, s.KeepEnded)
	return nil
}

// close ends the request's session, if it has one.
func (s *Server) close(r *request) error {
	if r.pass == nil || r.pass.Kind != store.SessionPass {
		return nil
	}
	defer s.passes.forget()
	return s.Store.EndPass(r.Context(), r.pass.User, r.pass.ID, s.Clock())
}

// opened leads to where the reader of the sign-in page was going.
func (r *request) opened(err error) (*done, error) {
	if err != nil {
		return nil, err
	}
	return &done{location: past(local(r.form.get("return")))}, nil
}

// setCookie leaves a cookie that scripts do not see and other sites do not send; no time takes it away.
func (r *request) setCookie(name, value string, last time.Duration) {
	c := http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: int(last.Seconds()), HttpOnly: true, Secure: r.s.Secure, SameSite: http.SameSiteLaxMode,
	}
	if last == 0 {
		c.MaxAge = -1
	}
	r.reply.Add("Set-Cookie", c.String())
}

// demoSignIn opens a session as a role: the account that the demonstration's story gives it.
func (s *Server) demoSignIn(r *request) (*done, error) {
	if !s.Demo {
		return nil, portfolio.Missing(portfolio.KindUser, "")
	}
	var role portfolio.Role
	if err := role.UnmarshalText([]byte(r.form.get("role"))); err != nil || role == 0 {
		return nil, &portfolio.Error{Kind: portfolio.Invalid, Field: "role", Code: "error.required"}
	}
	u := r.p.Users.Get(kalundborg.SignIn(role))
	if u == nil || u.Disabled || u.Role != role {
		return nil, portfolio.Missing(portfolio.KindUser, role)
	}
	r.upon = u.ID
	return r.opened(s.open(r, u.ID))
}

func (s *Server) signOut(r *request) (*done, error) {
	if err := s.close(r); err != nil {
		return nil, err
	}
	r.setCookie(sessionCookie, "", 0)
	if _, err := r.Cookie(signedOnCookie); err == nil && s.provider != nil && r.wantsPage() {
		return s.signOff(r)
	}
	return &done{location: "/session"}, nil
}

// languageCookie holds the chosen language, signed in or not.
const languageCookie = "gevinst_language"

func (s *Server) setLanguage(r *request) (*done, error) {
	if _, ok := s.languages[r.form.get("lang")]; ok {
		r.setCookie(languageCookie, r.form.get("lang"), 365*24*time.Hour)
	}
	return &done{location: local(r.form.get("return"))}, nil
}

func (s *Server) language(r *http.Request) *locale.Language {
	if c, err := r.Cookie(languageCookie); err == nil && s.languages[c.Value] != nil {
		return s.languages[c.Value]
	}
	return s.languages[locale.Codes[0]]
}

// local lets through addresses of this site alone. Browsers leave out control characters and read a backslash as a slash, so
// an address with either may lead elsewhere; url.Parse refuses the former.
func local(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.Contains(address, `\`) {
		return "/"
	}
	return address
}

// past leads from the sign-in page to where its reader was going.
func past(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Path != "/session" {
		return address
	}
	return local(u.Query().Get("return"))
}

// signInPage asks who it is.
func (s *Server) signInPage(r *request) (*page, error) {
	v := signInView{Return: local(r.value("return")), ByPassword: !s.onlySignOn()}
	if s.provider != nil {
		v.SignOn = "/sign-on?return=" + url.QueryEscape(v.Return)
	}
	return &page{Title: r.say("session.title"), Template: "session", View: v}, nil
}

// signInView is the page that asks who it is: by password, at the identity provider, or by either.
type signInView struct {
	Return     string `json:"-"`
	SignOn     string `json:"-"`
	ByPassword bool   `json:"-"`
	// Refused is why somebody who came from the provider is not let in.
	Refused string `json:"-"`
}
