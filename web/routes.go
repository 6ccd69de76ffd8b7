package web

import (
	"net/http"
	"slices"
	"time"

	"github.com/go-chi/httprate"

	"gevinst/portfolio"
)

// table lists every address, room by room.
func (s *Server) table() []route {
	return slices.Concat(
		s.sessionRoutes(),
		s.overviewRoutes(),
		s.savingsRoutes(),
		s.catalogueRoutes(),
		s.importRoutes(),
		s.initiativeRoutes(),
		s.benefitRoutes(),
		s.planRoutes(),
		s.decisionRoutes(),
		s.historyRoutes(),
		s.userRoutes(),
		s.statementRoutes(),
		s.evaluateCaseRoutes(),
		s.evaluateSelectionRoutes(),
	)
}

func (s *Server) sessionRoutes() []route {
	routes := []route{
		{method: http.MethodGet, pattern: "/session", page: s.signInPage},
		{
			method: http.MethodPost, pattern: "/session", page: s.signInPage, form: s.signIn,
			limit: httprate.NewRateLimiter(maxAttempts, time.Minute), counted: attempt,
		},
		{method: http.MethodPost, pattern: "/sign-out", form: s.signOut},
		{method: http.MethodPost, pattern: "/language", form: s.setLanguage},
	}
	if s.Demo {
		routes = append(routes, route{method: http.MethodPost, pattern: "/demo/session", form: s.demoSignIn})
	}
	return routes
}

func (s *Server) overviewRoutes() []route {
	return []route{{method: http.MethodGet, pattern: "/", action: portfolio.ViewPortfolio, page: s.overview}}
}

func (s *Server) savingsRoutes() []route {
	return []route{
		{method: http.MethodGet, pattern: "/savings", action: portfolio.ViewPortfolio, page: s.savings, list: true},
		{method: http.MethodGet, pattern: "/savings/{year}", action: portfolio.ViewPortfolio, page: s.savingsYear, list: true},
	}
}
