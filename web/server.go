// Package web is what people and programs see: pages, JSON and files, all functions of one portfolio.
package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/httprate"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
	"gevinst/web/digest"
	"gevinst/web/locale"
)

// Options are what a server is made of.
type Options struct {
	Store *store.Store
	Log   *slog.Logger
	// Demo lets anyone sign in as any role, and says so on every page.
	Demo bool
	// Secure marks cookies for HTTPS alone.
	Secure bool
	// Version tells builds apart, so that a new one is not taken for an unchanged page.
	Version string
	// Idle is how long a session lasts that nobody uses; 0 is two hours.
	Idle time.Duration
	// KeepEnded is how long ended sessions, links and tokens are kept, for their owner to see; 0 is 30 days.
	KeepEnded time.Duration
	// KeepUploads is how long a file that was sent waits to be taken in; 0 is 24 hours.
	KeepUploads time.Duration
	// Clock tells the real time, which sessions go by; nil is time.Now.
	Clock func() time.Time
	// PublicURL is where people reach the program, for links that are passed on; "" makes links for an asker at
	// this machine alone.
	PublicURL string
	// SignOn is the identity provider that people sign in at; nil is none.
	SignOn *SignOn
	// Mail tells people what others did to their accounts; nil tells nobody.
	Mail *digest.SMTP
	// Proxies are those whose word on where a request comes from is taken.
	Proxies []netip.Prefix
	// MostByUser is how much one user may ask in a minute, in all browsers; 0 is 3000.
	MostByUser int
}

// How much may be asked in a minute: by one token, from one place by those who have not signed in, and by one user in all browsers,
// where the options say nothing else: far more than anybody reads.
const (
	mostByToken    = 600
	mostByStranger = 600
	mostByUser     = 3000
)

// Server answers requests.
type Server struct {
	Options
	assets    *Assets
	languages map[string]*locale.Language
	templates map[string]func() (*pages, error)
	passes    *passes
	provider  *provider
	lockout   *lockout
	strangers *httprate.RateLimiter
	programs  *httprate.RateLimiter
	people    *httprate.RateLimiter
	uploads   *turns
	searches  *turns
	looks     *turns
	cache     *pageCache
	fragments map[string]*fragments
	worked    workings
	known     knownYears
	metrics   *metrics
	router    chi.Router
	routes    []route
	leaving   atomic.Bool
	finance   financeDesk
}

// New makes a server. It fails where a text is missing; templates are read when they are first used.
func New(o Options) (*Server, error) {
	s := &Server{
		Options: o, cache: newPageCache(maxCached), templates: map[string]func() (*pages, error){}, fragments: map[string]*fragments{},
		lockout: newLockout(), strangers: httprate.NewRateLimiter(mostByStranger, time.Minute), programs: httprate.NewRateLimiter(mostByToken, time.Minute),
		uploads: newTurns(mostUploads, mostUploadsEach), searches: newTurns(mostSearches(), mostSearchesEach), looks: newTurns(mostLooks, mostLooks),
	}
	if s.Idle == 0 {
		s.Idle = 2 * time.Hour
	}
	if s.KeepEnded == 0 {
		s.KeepEnded = 30 * 24 * time.Hour
	}
	if s.KeepUploads == 0 {
		s.KeepUploads = 24 * time.Hour
	}
	if s.MostByUser == 0 {
		s.MostByUser = mostByUser
	}
	// Pages tell nobody how much is left: who reads them does not come near.
	s.people = httprate.NewRateLimiter(s.MostByUser, time.Minute, httprate.WithResponseHeaders(httprate.ResponseHeaders{RetryAfter: "Retry-After"}))
	if s.Clock == nil {
		s.Clock = time.Now
	}
	s.passes = &passes{s: s, seen: map[string]*seenPass{}}
	var err error
	if s.SignOn != nil {
		if s.provider, err = newProvider(*s.SignOn, s.PublicURL, s.Clock); err != nil {
			return nil, err
		}
	}
	if s.languages, err = locale.Load(); err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	if s.assets, err = LoadAssets(); err != nil {
		return nil, err
	}
	for code, l := range s.languages {
		s.fragments[code] = newFragments()
		s.templates[code] = sync.OnceValues(func() (*pages, error) { return s.parse(l) }) // most use one language
	}
	s.metrics = s.newMetrics()
	s.routes = s.table()
	s.router = s.newRouter()
	return s, nil
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.leaving.Load() {
		w.Header().Set("Connection", "close") // or the next request might come as the connection is closed
	}
	s.router.ServeHTTP(w, r)
}

// Leave is called some time before the server stops: everything is still answered, but balancers and clients are told to look
// elsewhere, so that no request comes too late.
func (s *Server) Leave() { s.leaving.Store(true) }

// ready reports whether the database answers, and goes on to.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if s.leaving.Load() {
		w.WriteHeader(http.StatusServiceUnavailable)
		fmt.Fprintln(w, "stopping")
		return
	}
	if err := s.Store.Ping(ctx); err != nil {
		s.Log.ErrorContext(ctx, "the database does not answer", "error", err)
		w.WriteHeader(http.StatusServiceUnavailable)
		fmt.Fprintln(w, "the database does not answer")
		return
	}
	fmt.Fprintln(w, "ready")
}

func healthy(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	fmt.Fprintln(w, "alive")
}

// programmeCode names the programme that the front page and the year's page are about unless the address says otherwise.
const programmeCode = "DIG"

func (r *request) programme() *portfolio.Programme {
	if code := r.value("programme"); code != "" {
		if g := r.p.Programme(code); g != nil {
			return g
		}
	}
	return r.p.Programme(programmeCode)
}
