// Package web is what people and programs see: pages, JSON and files, all functions of one portfolio.
package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/go-chi/chi/v5"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
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
}

// Server answers requests.
type Server struct {
	Options
	assets    *Assets
	languages map[string]*locale.Language
	templates map[string]func() (*pages, error)
	sessions  *scs.SessionManager
	cache     *pageCache
	fragments map[string]*fragments
	worked    workings
	metrics   *metrics
	router    chi.Router
	routes    []route
	leaving   atomic.Bool
}

// New makes a server. It fails where a text is missing; templates are read when they are first used.
func New(o Options) (*Server, error) {
	s := &Server{Options: o, cache: newPageCache(maxCached), templates: map[string]func() (*pages, error){}, fragments: map[string]*fragments{}}
	var err error
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
	s.sessions = s.newSessions()
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
	if code := r.URL.Query().Get("programme"); code != "" {
		if g := r.p.Programme(code); g != nil {
			return g
		}
	}
	return r.p.Programme(programmeCode)
}
