package web

import (
	"context"
	"net/http"
	"net/url"

	"github.com/go-chi/chi/v5"

	"gevinst/portfolio"
)

// resource gives a program what it changed: what the form's answer names, or else the page that a reader would be led to.
// nil where there is none to show. A change that changed nothing shows what stands there too.
func (s *Server) resource(r *request, of route, d *done) (any, error) {
	show := d.resource
	if show == nil && of.view != nil {
		show = s.pageAt(d.location)
	}
	if show == nil {
		return nil, nil
	}
	fresh, err := s.Store.Snapshot(r.Context())
	if err != nil {
		return nil, err
	}
	pg, err := show(r.at(fresh))
	if err != nil {
		return nil, err
	}
	return listed(pg.View), nil
}

// pageAt finds the page that an address of ours leads to, for whoever may see it.
func (s *Server) pageAt(location string) pageFunc {
	address, err := url.Parse(location)
	if err != nil {
		return nil
	}
	at := chi.NewRouteContext()
	if !s.router.Match(at, http.MethodGet, address.Path) {
		return nil
	}
	for _, route := range s.routes {
		if route.method != http.MethodGet || route.page == nil || route.pattern != at.RoutePattern() {
			continue
		}
		return func(r *request) (*page, error) {
			if r.user == nil || portfolio.Reach(route.action, r.user.Role) == portfolio.Never {
				return nil, &portfolio.Error{Kind: portfolio.Forbidden, Code: "error.forbidden", Args: []any{route.action.String()}}
			}
			there := *r
			there.Request = r.WithContext(context.WithValue(r.Context(), chi.RouteCtxKey, at))
			there.path, there.query, there.form = address.Path, address.Query(), nil
			return route.page(&there)
		}
	}
	return nil
}
