package web

import (
	"net"
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// welcomePath is what a one-time link begins with; the rest of it is a secret.
const welcomePath = "/welcome/"

func (s *Server) welcomeRoutes() []route {
	const pattern = welcomePath + "{token}"
	return []route{
		{method: http.MethodGet, pattern: pattern, private: true, page: s.welcome, view: welcomeView{}},
		{method: http.MethodPost, pattern: pattern, act: "use_link", private: true, page: s.welcome, form: s.byPassword(s.choosePassword), sends: fields{"password": ""}},
	}
}

// welcomeView asks whoever has a one-time link to choose a password.
type welcomeView struct {
	Email string `json:"email"`

	Action string      `json:"-"`
	Form   *recordForm `json:"-"`
}

// link finds the link that the address holds. One that was used, one that is too old and one that never was are the same.
func (s *Server) link(r *request) (*store.Pass, *portfolio.User, error) {
	pass, err := s.Store.Pass(r.Context(), store.LinkPass, chi.URLParam(r.Request, "token"), s.Clock())
	if err != nil {
		return nil, nil, err
	}
	if pass != nil {
		if u := r.p.Users.Get(pass.User); u != nil && !u.Disabled {
			return pass, u, nil
		}
	}
	return nil, nil, &portfolio.Error{Kind: portfolio.NotFound, Code: "welcome.gone"}
}

// welcome is the page that a one-time link leads to. To look at it uses nothing up: programs that read mail follow links too.
func (s *Server) welcome(r *request) (*page, error) {
	_, u, err := s.link(r)
	if err != nil {
		return nil, err
	}
	owner, err := s.owner(r, u.ID)
	if err != nil {
		return nil, err
	}
	v := &welcomeView{Email: owner.Email, Action: r.URL.Path}
	v.Form = r.record("welcome", v.Action, "", r.say("welcome.send"))
	v.Form.add(recordField{
		Name: "password", Label: r.say("account.new_password"), Hint: r.say("users.password_hint", minPassword), Kind: "password", Required: true,
	})
	return &page{Template: "welcome", Title: r.say("welcome.title"), View: v}, nil
}

// choosePassword uses the link up: it sets the password, and signs in.
func (s *Server) choosePassword(r *request) (*done, error) {
	pass, u, err := s.link(r)
	if err != nil {
		return nil, err
	}
	r.upon = u.ID
	owner, err := s.owner(r, u.ID)
	if err != nil {
		return nil, err
	}
	password := r.form.newPassword(owner)
	if err := r.form.err(); err != nil {
		return nil, err
	}
	if err := s.keepPassword(r, u.ID, password, func(tx *store.Tx) { tx.TakeLink(pass.ID, s.Clock()) }); err != nil {
		return nil, err
	}
	return &done{location: "/"}, s.open(r, u.ID)
}

// linkable refuses to make a link where nobody has said where people reach the program and the asker is not at this machine: a
// link to whatever host a request names would carry its secret there.
func (r *request) linkable() error {
	if r.s.PublicURL != "" || loopback(r.Host) {
		return nil
	}
	return &portfolio.Error{Kind: portfolio.Invalid, Code: "users.no_address"}
}

// loopback tells whether a request's host is this machine, as whoever asks sees it.
func loopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

// welcomeLink is the address to pass on to whoever the secret is for.
func (r *request) welcomeLink(secret string) string {
	base := strings.TrimSuffix(r.s.PublicURL, "/")
	if base == "" {
		base = "http://" + r.Host
		if r.TLS != nil || r.s.Secure {
			base = "https://" + r.Host
		}
	}
	return base + welcomePath + secret
}
