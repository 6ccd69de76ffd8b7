package web

import (
	"context"
	"log/slog"
	"net/http"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"gevinst/portfolio"
)

// observe writes one line a request: what was asked, by which account's number, what was answered, how long it took; and counts it. Never the query, which
// may hold what somebody searched for, never a header, and of the path no key that opens something.
func (s *Server) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start, asker := time.Now(), new(asker)
		r = r.WithContext(context.WithValue(r.Context(), askerKey{}, asker))
		ww := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		next.ServeHTTP(ww, r)
		status, took := ww.Status(), time.Since(start)
		if status == 0 {
			status = http.StatusOK // nothing was written, which is an empty answer
		}
		s.metrics.count(r, status, took)
		if s.Log.Enabled(r.Context(), slog.LevelInfo) {
			line := []any{
				"method", r.Method, "path", loggedPath(r), "status", status, "bytes", ww.BytesWritten(), "took", took,
				"request_id", middleware.GetReqID(r.Context()),
			}
			if asker.user != 0 {
				line = append(line, "user", int64(asker.user))
			}
			s.Log.InfoContext(r.Context(), "request", line...)
		}
	})
}

// asker is who a request's pass is of, told to the line that is written once it is answered; 0 is nobody.
type asker struct{ user portfolio.UserID }

type askerKey struct{}

// maxLogged bounds what a line tells of a path, in bytes.
const maxLogged = 200

// loggedPath is the path as the log has it: where the route takes a token or a key, the pattern alone; what is long is cut.
func loggedPath(r *http.Request) string {
	path, at := r.URL.Path, chi.RouteContext(r.Context())
	if strings.HasPrefix(path, welcomePath) {
		return welcomePath + "…" // also where no route was looked for, or none matches
	}
	if slices.ContainsFunc(at.URLParams.Keys, func(name string) bool { return name == "token" || name == "key" || name == "secret" }) {
		return at.RoutePattern()
	}
	if len(path) > maxLogged {
		path = strings.ToValidUTF8(path[:maxLogged], "") + "…"
	}
	return path
}

// requestNumber is what a proxy may call a request by: short, and nothing but letters, figures and a few marks.
var requestNumber = regexp.MustCompile(`^[A-Za-z0-9._/+=-]{1,64}$`)

// numbered gives each request its number, the proxy's if that is one, and tells it to the asker.
func numbered(next http.Handler) http.Handler {
	tell := middleware.RequestID(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set(middleware.RequestIDHeader, middleware.GetReqID(r.Context()))
		next.ServeHTTP(w, r)
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !requestNumber.MatchString(r.Header.Get(middleware.RequestIDHeader)) {
			r.Header.Del(middleware.RequestIDHeader)
		}
		tell.ServeHTTP(w, r)
	})
}

// recoverer turns a panic into the sentence that any fault gives, and logs where it was.
func (s *Server) recoverer(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil {
				if v == http.ErrAbortHandler {
					panic(v)
				}
				s.Log.ErrorContext(r.Context(), "panic", "value", v, "request_id", middleware.GetReqID(r.Context()), "stack", string(debug.Stack()))
				s.sayFault(w, s.bare(r))
			}
		}()
		next.ServeHTTP(w, r)
	})
}
