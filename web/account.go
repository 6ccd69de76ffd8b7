package web

import (
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

func (s *Server) accountRoutes() []route {
	const own = portfolio.ViewPortfolio
	return []route{
		{method: http.MethodGet, pattern: "/account", action: own, private: true, page: s.account, view: accountView{}},
		{method: http.MethodGet, pattern: "/account/data.json", action: own, private: true, page: s.accountData, view: accountData{}},
		{method: http.MethodPost, pattern: "/account/digest", action: own, session: true, page: s.account, form: s.setDigest, view: accountView{}, sends: fields{"digest": ""}},
		{method: http.MethodPost, pattern: "/account/password", act: "set_password", action: own, session: true, page: s.account, form: s.byPassword(s.setPassword), limit: s.guessedOwn, view: accountView{}, sends: fields{"current": "", "password": ""}},
		{method: http.MethodPost, pattern: "/account/tokens", act: "make_token", action: own, session: true, page: s.account, form: s.newToken, view: accountView{}, sends: fields{"name": "", "scope": "", "days": int64(0)}},
		{method: http.MethodPost, pattern: "/account/sessions/end", act: "end_sessions", action: own, session: true, page: s.account, form: s.endOwnSessions, view: accountView{}, sends: fields{}},
		{method: http.MethodPost, pattern: "/account/passes/{pass}/end", act: "end_pass", action: own, session: true, page: s.account, form: s.endOwnPass, view: accountView{}, sends: fields{}},
	}
}

// accountView is all that is kept of a person beside what was done: who it is, and what opens the account.
type accountView struct {
	ID      portfolio.UserID `json:"id"`
	Version int64            `json:"version"`
	Name    string           `json:"name"`
	Email   string           `json:"email"`
	Role    portfolio.Role   `json:"role"`
	// State is open or closed.
	State   string `json:"state"`
	Example bool   `json:"example"`
	// Digest is how often reminders are mailed: "" for never, daily or weekly.
	Digest string `json:"digest"`
	// Provider is who the person is at the organisation's identity provider, null for nobody yet.
	Provider *store.Identity `json:"provider"`
	Sessions []passView      `json:"sessions"`
	Links    []passView      `json:"links"`
	Tokens   []passView      `json:"tokens"`
	// Link and Token are new, and told this once.
	Link  string `json:"link,omitempty"`
	Token string `json:"token,omitempty"`

	// Reset tells the reader that somebody else reset the account.
	Reset string `json:"-"`
	// Base is the address that the forms belong to.
	Base    string        `json:"-"`
	Own     bool          `json:"-"`
	Change  bool          `json:"-"`
	Erased  bool          `json:"-"`
	History string        `json:"-"`
	Forms   []*recordForm `json:"-"`
}

// passView is a session, a one-time link or a token. Its id opens nothing.
type passView struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Scope string `json:"scope,omitempty"`
	// Issuer made it.
	Issuer portfolio.UserID `json:"issuer"`
	// State is open, or ended: by somebody, by time, or by being used.
	State   string `json:"state"`
	Created string `json:"created"`
	Used    string `json:"used,omitempty"`
	Expires string `json:"expires,omitempty"`
	Ended   string `json:"ended,omitempty"`
	// Current is the session that asks.
	Current bool `json:"current"`

	CreatedText string `json:"-"`
	UsedText    string `json:"-"`
	ExpiresText string `json:"-"`
}

const (
	passOpen  = "open"
	passEnded = "ended"
)

// accountOf gathers what is kept of a user.
func (r *request) accountOf(u *portfolio.User, base string) (*accountView, error) {
	p, err := r.s.Store.Snapshot(r.Context()) // one's own mail address too, which r.p shows administrators alone
	if err != nil {
		return nil, err
	}
	list, err := r.s.Store.Passes(r.Context(), u.ID)
	if err != nil {
		return nil, err
	}
	identity, err := r.s.Store.Identity(r.Context(), u.ID)
	if err != nil {
		return nil, err
	}
	person := p.Person(u.ID)
	v := &accountView{
		ID: u.ID, Version: u.Version, Name: r.name(u.ID), Email: person.Email, Role: u.Role, State: accountState(u), Example: u.AnyExample(),
		Digest: person.Digest, Provider: identity, Sessions: []passView{}, Links: []passView{}, Tokens: []passView{},
		Base: base, Own: r.user.ID == u.ID, Erased: person.Name == "", History: r.historyOf(u.ID),
	}
	for k := range list {
		one := r.passView(&list[k])
		switch list[k].Kind {
		case store.SessionPass:
			v.Sessions = append(v.Sessions, one)
		case store.LinkPass:
			v.Links = append(v.Links, one)
		case store.TokenPass:
			v.Tokens = append(v.Tokens, one)
		}
	}
	return v, nil
}

func (r *request) passView(p *store.Pass) passView {
	v := passView{
		ID: p.ID, Label: p.Label, Scope: p.Scope, Issuer: p.Issuer, State: passEnded, Current: r.pass != nil && r.pass.ID == p.ID,
		Created: clock(p.Created), Used: clock(p.Used), Expires: clock(p.Expires), Ended: clock(p.Ended),
		CreatedText: r.clock(p.Created), UsedText: r.clock(p.Used), ExpiresText: r.clock(p.Expires),
	}
	if r.s.fresh(p, r.s.Clock()) {
		v.State = passOpen
	}
	return v
}

// clock is an instant in JSON, "" for never.
func clock(at portfolio.Instant) string {
	if at == 0 {
		return ""
	}
	return at.Time().In(store.Copenhagen).Format(time.RFC3339)
}

// clock is an instant in words: the day and the time of day.
func (r *request) clock(at portfolio.Instant) string {
	if at == 0 {
		return ""
	}
	return r.lang.Style.ShortDate(store.DayOf(at)) + " " + at.Time().In(store.Copenhagen).Format("15:04")
}

// account is the page of one's own account.
func (s *Server) account(r *request) (*page, error) {
	v, err := r.accountOf(r.user, "/account")
	if err != nil {
		return nil, err
	}
	if r.asOf == 0 {
		v.Change, v.Reset = true, r.wasReset()
		v.Forms, err = r.accountForms(v)
	}
	return &page{Template: "account", Title: r.say("account.title"), View: v}, err
}

func (r *request) accountForms(v *accountView) ([]*recordForm, error) {
	forms := []*recordForm{r.digestForm(v.Digest), r.tokenForm()}
	_, hash, err := r.s.Store.Credentials(r.Context(), v.Email)
	if err != nil || hash == "" || r.s.onlySignOn() { // who signs in otherwise has none to change
		return forms, err
	}
	f := r.record("password", "/account/password", r.say("account.change_password"), r.say("account.save_password"))
	f.add(recordField{Name: "current", Label: r.say("account.current_password"), Kind: "password", Required: true})
	f.add(recordField{Name: "password", Label: r.say("account.new_password"), Hint: r.say("users.password_hint", minPassword), Kind: "password", Required: true})
	return append(forms, f), nil
}

// digests are how often a person may want to be reminded.
var digests = []string{"", "daily", "weekly"}

func (r *request) digestForm(chosen string) *recordForm {
	f := r.record("digest", "/account/digest", r.say("account.reminders"), r.say("form.save"))
	options := []optionView{
		{Value: digests[0], Label: r.say("account.digest.never")},
		{Value: digests[1], Label: r.say("account.digest.daily")},
		{Value: digests[2], Label: r.say("account.digest.weekly")},
	}
	f.add(recordField{Name: "digest", Label: r.say("account.digest"), Hint: r.say("account.digest_hint"), Kind: "select", Value: chosen, Options: options})
	return f
}

// endOwnSessions ends the sessions elsewhere.
func (s *Server) endOwnSessions(r *request) (*done, error) {
	defer s.passes.forget()
	if err := s.Store.EndSessions(r.Context(), r.user.ID, r.pass.ID, s.Clock()); err != nil {
		return nil, err
	}
	return &done{location: "/account", resource: s.account}, nil
}

// endOwnPass ends one of one's own sessions, links or tokens.
func (s *Server) endOwnPass(r *request) (*done, error) {
	return r.endPass(r.user.ID, "/account", s.account)
}

func (r *request) endPass(user portfolio.UserID, location string, shows pageFunc) (*done, error) {
	defer r.s.passes.forget()
	if err := r.s.Store.EndPass(r.Context(), user, chi.URLParam(r.Request, "pass"), r.s.Clock()); err != nil {
		return nil, err
	}
	return &done{location: location, resource: shows}, nil
}
