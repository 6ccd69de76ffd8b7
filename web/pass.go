package web

import (
	"context"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"time"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// sessionCookie holds a session's secret.
const sessionCookie = "gevinst"

// shown is the secret that a request opens with: a program's token, or else a browser's session. A request with a token has
// no session, so that no other site's page can make it in somebody's name.
func shown(r *http.Request) (store.PassKind, string) {
	if token, ok := bearer(r); ok {
		return store.TokenPass, token
	}
	if c, err := r.Cookie(sessionCookie); err == nil {
		return store.SessionPass, c.Value
	}
	return store.SessionPass, ""
}

func bearer(r *http.Request) (token string, ok bool) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.TrimSpace(token), strings.EqualFold(scheme, "Bearer")
}

// passes remembers passes for a second, so that a page's requests ask the database once, and one that another program ends
// is over within that second.
type passes struct {
	s    *Server
	mu   sync.Mutex
	seen map[string]*seenPass
}

type seenPass struct {
	store.Pass
	at time.Time
}

const (
	passFresh = time.Second
	maxPasses = 10_000
)

// find gives the open pass of a secret, nil for none, and records that it was used.
func (c *passes) find(ctx context.Context, kind store.PassKind, secret string) (*store.Pass, error) {
	if secret == "" {
		return nil, nil
	}
	now, key := c.s.Clock(), string(rune('0'+kind))+secret
	c.mu.Lock()
	hit := c.seen[key]
	c.mu.Unlock()
	if hit == nil || now.Sub(hit.at).Abs() >= passFresh {
		p, err := c.s.Store.Pass(ctx, kind, secret, now)
		if err != nil || p == nil {
			return nil, err
		}
		hit = &seenPass{*p, now}
		if c.dueAgain(hit, now) {
			c.use(ctx, hit, now)
		}
		c.keep(key, hit)
	}
	if !c.s.fresh(&hit.Pass, now) {
		return nil, nil
	}
	return &hit.Pass, nil
}

// dueAgain tells whether a use is to be recorded: at most once a minute.
func (c *passes) dueAgain(p *seenPass, now time.Time) bool {
	return c.s.fresh(&p.Pass, now) && now.Sub(p.Used.Time()) >= time.Minute
}

// use records a use, and does not keep the reader waiting for those who write. If it cannot be recorded now, the next request
// tries again.
func (c *passes) use(ctx context.Context, p *seenPass, now time.Time) {
	ctx, cancel := context.WithTimeout(ctx, 250*time.Millisecond)
	defer cancel()
	if err := c.s.Store.PassUsed(ctx, p.ID, now); err != nil {
		c.s.Log.WarnContext(ctx, "the use of a pass was not recorded", "error", err)
		return
	}
	p.Used = portfolio.InstantOf(now)
}

func (c *passes) keep(key string, p *seenPass) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.seen) >= maxPasses {
		clear(c.seen)
	}
	c.seen[key] = p
}

// forget makes what this program has ended end here at once.
func (c *passes) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.seen)
}

// fresh reports whether the pass still opens: a session that nobody uses closes by itself.
func (s *Server) fresh(p *store.Pass, now time.Time) bool {
	return p.Open(now) && (p.Kind != store.SessionPass || now.Sub(p.Used.Time()) < s.Idle)
}

type passKey struct{}

// identify finds what a request opens with, and bounds how much may be asked by token, by one user, and from one place by nobody.
func (s *Server) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		kind, secret := shown(r)
		p, err := s.passes.find(r.Context(), kind, secret)
		if err != nil {
			s.fail(w, s.bare(r), err)
			return
		}
		if asker, ok := r.Context().Value(askerKey{}).(*asker); ok && p != nil {
			asker.user = p.User
		}
		limited := false
		switch {
		case p == nil:
			limited = s.strangers.OnLimit(w, r, s.place(r))
		case p.Kind == store.TokenPass:
			limited = s.programs.OnLimit(w, r, p.ID)
		default:
			limited = s.people.OnLimit(w, r, strconv.FormatInt(int64(p.User), 10))
		}
		if limited {
			s.failWith(w, s.bare(r), http.StatusTooManyRequests, &portfolio.Error{Kind: portfolio.Invalid, Code: "error.too_often"})
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), passKey{}, p)))
	})
}

// signedIn finds who opens with the request's pass; nobody where there is none, or the account has been closed.
func (s *Server) signedIn(ctx context.Context, p *portfolio.Portfolio) (*portfolio.User, *store.Pass) {
	pass, ok := ctx.Value(passKey{}).(*store.Pass)
	if !ok || pass == nil {
		return nil, nil
	}
	u := p.Users.Get(pass.User)
	if u == nil || u.Disabled {
		return nil, nil
	}
	return u, pass
}

// place is where a request comes from: the address that the last proxy we know saw. Of an address of the new kind a household
// has 2^64, so its first half counts.
func (s *Server) place(r *http.Request) string {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	address := at.Addr().Unmap()
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for k := len(hops) - 1; k >= 0 && s.trusted(address); k-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[k]))
		if err != nil {
			break
		}
		address = hop.Unmap()
	}
	if address.Is6() {
		return netip.PrefixFrom(address.WithZone(""), 64).Masked().String()
	}
	return address.String()
}

func (s *Server) trusted(address netip.Addr) bool {
	for _, proxy := range s.Proxies {
		if proxy.Contains(address) {
			return true
		}
	}
	return false
}
