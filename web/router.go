package web

import (
	"maps"
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"gevinst/portfolio"
)

// route is one address: how it is reached, which right opens it, and what answers. The router, the tests of rights and the
// description of the interface are all made from the same list.
type route struct {
	method  string
	pattern string
	// action is the right that opens the address; for a form the domain's verb asks again, with the subject at hand.
	// Zero is open to everyone, signed in or not.
	action portfolio.Action
	// page answers a GET; form answers a POST, and page then shows the form again when it is refused.
	page pageFunc
	form formFunc
	// call answers a POST that only asks: JSON in, JSON out, nothing stored.
	call callFunc
	// body bounds what a form may carry, in bytes; 0 means maxBody, or maxOpenBody where it is open to everyone. One that may carry
	// more than maxBody has a right.
	body int64
	// limit tells how long the sender must wait before the form is looked at; nil is no bound.
	limit func(*request) time.Duration
	// private marks pages of one person's: nothing keeps a copy of them.
	private bool
	// leads marks addresses of private pages that lead on, and show a page where they cannot.
	leads bool
	// session marks forms that a person alone may send, signed in, and no token.
	session bool
	// act is what the log calls a form that opens an account, or changes one; "" is none.
	act string
	// list marks pages that have a table, and so answer as CSV too.
	list bool
	// view is a value of the type that the address answers with in JSON: the page's View, or of a form what now stands where it
	// leads to; either{…} where it may be one of several, nil for a form that changes nothing there is a page of.
	view any
	// query are the names that a page reads from its address, beside as_of.
	query fields
	// sends is what the body holds: fields{…} of a form, a value of the question's type for a call.
	sends any
}

type (
	// pageFunc makes a page from the portfolio that the request sees.
	pageFunc func(*request) (*page, error)
	// formFunc carries out what a form asks and tells where to go.
	formFunc func(*request) (*done, error)
)

// maxBody bounds what a form may carry, in bytes, where its route does not say otherwise; maxOpenBody what one may that is open to
// everyone: a mail address, a password, and where to go.
const (
	maxBody     = 1 << 20
	maxOpenBody = 64 << 10
)

func (r route) mostBody() int64 {
	switch {
	case r.body > 0:
		return r.body
	case r.action == 0:
		return maxOpenBody
	}
	return maxBody
}

func (s *Server) newRouter() chi.Router {
	r := chi.NewRouter()
	r.Use(numbered, s.observe, s.recoverer, s.securityHeaders, s.shortQuery, s.crossOrigin(), middleware.GetHead)
	r.Get("/healthz", healthy)
	r.Get("/readyz", s.ready)
	r.Get("/openapi.json", s.describe())
	r.Get(AssetsPrefix+"*", s.assets.ServeHTTP)
	r.Group(func(r chi.Router) {
		r.Use(s.identify)
		for _, route := range s.routes {
			if route.form != nil {
				r.Method(route.method, route.pattern, s.serveForm(route))
				continue
			}
			if route.call != nil {
				r.Method(route.method, route.pattern, s.serveCall(route))
				continue
			}
			for _, suffix := range route.suffixes() {
				r.Method(route.method, route.path(suffix), s.servePage(route, suffix))
			}
		}
		r.NotFound(s.notFound)
		r.MethodNotAllowed(s.notAllowed)
	})
	return r
}

// suffixes are the forms a page can be asked for in by its address.
func (r route) suffixes() []string {
	if r.call != nil || r.leads || strings.HasSuffix(r.pattern, ".json") {
		return []string{""} // its address says that it is JSON, or it is none
	}
	if r.list {
		return []string{"", ".json", ".csv", ".xlsx"}
	}
	return []string{"", ".json"}
}

func (r route) path(suffix string) string {
	if r.pattern == "/" && suffix != "" {
		return "/overview" + suffix
	}
	return r.pattern + suffix
}

// contentPolicy allows what the bundle needs and nothing else: no script or style but files of our own.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// securityHeader is what every answer carries; its values are shared and never changed.
var securityHeader = http.Header{
	"Content-Security-Policy":    {contentPolicy},
	"X-Content-Type-Options":     {"nosniff"},
	"Referrer-Policy":            {"same-origin"},
	"X-Frame-Options":            {"DENY"},
	"Cross-Origin-Opener-Policy": {"same-origin"},
	// What we answer is no other site's to show: a picture, a file or a list behind a sign-in.
	"Cross-Origin-Resource-Policy": {"same-origin"},
	"Permissions-Policy":           {"camera=(), geolocation=(), microphone=()"},
}

// overTLS tells browsers to come by HTTPS alone for a year.
var overTLS = []string{"max-age=31536000"}

func (s *Server) securityHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		maps.Copy(w.Header(), securityHeader)
		if s.Secure {
			w.Header()["Strict-Transport-Security"] = overTLS
		}
		next.ServeHTTP(w, r)
	})
}

// maxQuery bounds what an address may carry after its path, in bytes: the longest filter of ours is a fraction of it.
const maxQuery = 8 << 10

// shortQuery refuses an address that is longer than anything we lead to.
func (s *Server) shortQuery(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if len(r.URL.RawQuery) > maxQuery {
			s.failWith(w, s.bare(r), http.StatusRequestURITooLong, &portfolio.Error{Kind: portfolio.Invalid, Code: "error.too_long", Args: []any{maxQuery}})
			return
		}
		next.ServeHTTP(w, r)
	})
}

// crossOrigin refuses changes that another site's page asks for in the reader's name. A token is not sent by itself, so what
// comes with one is meant.
func (s *Server) crossOrigin() func(http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, s.bare(r), &portfolio.Error{Kind: portfolio.Forbidden, Code: "error.cross_site"})
	}))
	return func(next http.Handler) http.Handler {
		guarded := guard.Handler(next)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if _, ok := bearer(r); ok {
				next.ServeHTTP(w, r)
				return
			}
			guarded.ServeHTTP(w, r)
		})
	}
}
