package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/alexedwards/scs/v2"

	"gevinst/portfolio"
	"gevinst/portfolio/kalundborg"
	"gevinst/portfolio/store"
)

const (
	sessionUser     = "user"
	sessionLanguage = "language"
)

func (s *Server) newSessions() *scs.SessionManager {
	m := scs.New()
	m.Store = &cachedSessions{Sessions: s.Store.Sessions(), seen: map[string]cachedSession{}}
	m.Codec = sessionCodec{}
	m.Lifetime = 12 * time.Hour
	m.Cookie.Name = "gevinst"
	m.Cookie.SameSite = http.SameSiteLaxMode
	m.Cookie.HttpOnly = true
	m.Cookie.Secure = s.Secure
	m.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) {
		s.Log.ErrorContext(r.Context(), "session", "error", err)
		s.sayFault(w, s.bare(r))
	}
	return m
}

// sessionCodec writes a session as JSON: small, and read in a fraction of gob's time.
type sessionCodec struct{}

type sessionBody struct {
	Deadline time.Time      `json:"deadline"`
	Values   map[string]any `json:"values"`
}

// Encode implements scs.Codec.
func (sessionCodec) Encode(deadline time.Time, values map[string]any) ([]byte, error) {
	return json.Marshal(sessionBody{deadline, values})
}

// Decode implements scs.Codec.
func (sessionCodec) Decode(b []byte) (time.Time, map[string]any, error) {
	var body sessionBody
	if err := json.Unmarshal(b, &body); err != nil {
		return time.Time{}, nil, fmt.Errorf("decode session: %w", err)
	}
	return body.Deadline, body.Values, nil
}

// cachedSessions remembers a session for a second, so that a page's requests ask the database once, and a session that
// another program ends is over within that second.
type cachedSessions struct {
	store.Sessions
	mu   sync.Mutex
	seen map[string]cachedSession
}

type cachedSession struct {
	data []byte
	at   time.Time
}

const (
	sessionFresh = time.Second
	maxSessions  = 10_000
)

// Find implements scs.Store.
func (c *cachedSessions) Find(token string) ([]byte, bool, error) {
	c.mu.Lock()
	hit, ok := c.seen[token]
	c.mu.Unlock()
	if ok && time.Since(hit.at) < sessionFresh {
		return hit.data, true, nil
	}
	data, found, err := c.Sessions.Find(token)
	if err != nil || !found {
		return nil, false, err
	}
	c.keep(token, data)
	return data, true, nil
}

// Commit implements scs.Store.
func (c *cachedSessions) Commit(token string, data []byte, expiry time.Time) error {
	if err := c.Sessions.Commit(token, data, expiry); err != nil {
		return err
	}
	c.keep(token, data)
	return nil
}

// Delete implements scs.Store.
func (c *cachedSessions) Delete(token string) error {
	c.mu.Lock()
	delete(c.seen, token)
	c.mu.Unlock()
	return c.Sessions.Delete(token)
}

func (c *cachedSessions) keep(token string, data []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.seen) >= maxSessions {
		clear(c.seen)
	}
	c.seen[token] = cachedSession{data, time.Now()}
}

// signedIn finds the session's user; nil when there is none, or the account has been closed.
func (s *Server) signedIn(ctx context.Context, p *portfolio.Portfolio) *portfolio.User {
	id, ok := s.sessions.Get(ctx, sessionUser).(float64) // JSON knows one kind of number
	if !ok {
		return nil
	}
	u := p.Users.Get(portfolio.UserID(id))
	if u == nil || u.Disabled {
		return nil
	}
	return u
}

// decoy is compared against when no account has the address, so that the answer takes as long and tells nothing.
var decoy = sync.OnceValues(func() (string, error) { return HashPassword("no account has this password") })

// HashPassword makes what the database keeps of a password: argon2id with 19 MiB.
func HashPassword(password string) (string, error) {
	return argon2id.CreateHash(password, &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32})
}

// hashing bounds how many passwords are compared at a time: each takes 19 MiB, and anyone may ask.
var hashing = make(chan struct{}, 4)

// compare tells whether the password is the one of the hash.
func compare(ctx context.Context, password, hash string) (bool, error) {
	select {
	case hashing <- struct{}{}:
		defer func() { <-hashing }()
	case <-ctx.Done():
		return false, ctx.Err()
	}
	same, err := argon2id.ComparePasswordAndHash(password, hash)
	if err != nil {
		return false, fmt.Errorf("compare password: %w", err)
	}
	return same, nil
}

// maxAttempts is how often a minute one mail address may be signed in with from one place.
const maxAttempts = 10

// attempt names whose password is tried, and from where, so that guessing at an account does not keep its owner out.
func attempt(r *request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	return host + " " + strings.ToLower(r.form.get("email"))
}

// signIn opens a session by mail address and password.
func (s *Server) signIn(r *request) (*done, error) {
	if err := r.form.err(); err != nil {
		return nil, err
	}
	id, hash, err := s.Store.Credentials(r.Context(), r.form.get("email"))
	if err != nil {
		return nil, err
	}
	if hash == "" {
		if hash, err = decoy(); err != nil {
			return nil, err
		}
		id = 0
	}
	same, err := compare(r.Context(), r.form.Values.Get("password"), hash) // spaces at its ends are part of it
	if err != nil {
		return nil, err
	}
	u := r.p.Users.Get(id)
	if !same || u == nil || u.Disabled {
		return nil, &portfolio.Error{Kind: portfolio.Invalid, Code: "error.sign_in"}
	}
	return s.open(r, u.ID)
}

// open starts a session under a new token, so that one planted beforehand is worth nothing.
func (s *Server) open(r *request, id portfolio.UserID) (*done, error) {
	if err := s.sessions.RenewToken(r.Context()); err != nil {
		return nil, fmt.Errorf("renew session: %w", err)
	}
	s.sessions.Put(r.Context(), sessionUser, float64(id))
	return &done{location: past(local(r.form.get("return")))}, nil
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
	return s.open(r, u.ID)
}

func (s *Server) signOut(r *request) (*done, error) {
	if err := s.sessions.Destroy(r.Context()); err != nil {
		return nil, fmt.Errorf("end session: %w", err)
	}
	return &done{location: "/session"}, nil
}

func (s *Server) setLanguage(r *request) (*done, error) {
	if _, ok := s.languages[r.form.get("lang")]; ok {
		s.sessions.Put(r.Context(), sessionLanguage, r.form.get("lang"))
	}
	return &done{location: local(r.form.get("return"))}, nil
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
	return &page{Title: r.say("session.title"), Template: "session", View: struct {
		Return string `json:"-"`
	}{local(r.value("return"))}}, nil
}
