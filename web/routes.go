package web

import (
	"net/http"
	"slices"

	"gevinst/portfolio"
)

// table lists every address, room by room.
//
// The description of the interface (/openapi.json) is made from this list, so each route also says what it takes and gives, by
// values of our types: view is a value of the page's View (of a form: of what it leads to), query the names that a GET reads from
// its address, sends those that a form reads, such as changeFields.and(fields{"months": 0, "state": portfolio.Stage(0)}).
// seenFields has version too; an amount that people type is amount.Figure{}. TestOpenAPI asks every address and tells what is
// missing or not so, and every answer and every accepted body that any other test sends is held against it as well.
func (s *Server) table() []route {
	return slices.Concat(
		s.sessionRoutes(),
		s.signOnRoutes(),
		s.overviewRoutes(),
		s.taskRoutes(),
		s.savingsRoutes(),
		s.queueRoutes(),
		s.overlapRoutes(),
		s.followUpRoutes(),
		s.requirementRoutes(),
		s.yearPartRoutes(),
		s.policyRoutes(),
		s.catalogueRoutes(),
		s.importRoutes(),
		s.financeRoutes(),
		s.feedRoutes(),
		s.initiativeRoutes(),
		s.businessCaseRoutes(),
		s.workRoutes(),
		s.benefitRoutes(),
		s.claimRoutes(),
		s.entryRoutes(),
		s.effectRoutes(),
		s.benefitMapRoutes(),
		s.planRoutes(),
		s.scenarioRoutes(),
		s.chooseRoutes(),
		s.capacityRoutes(),
		s.priorityRoutes(),
		s.decisionRoutes(),
		s.waitingRoutes(),
		s.meetingRoutes(),
		s.reportRoutes(),
		s.directorRoutes(),
		s.historyRoutes(),
		s.userRoutes(),
		s.accountRoutes(),
		s.welcomeRoutes(),
		s.statementRoutes(),
		s.evaluateCaseRoutes(),
		s.evaluateSelectionRoutes(),
	)
}

func (s *Server) sessionRoutes() []route {
	routes := []route{
		{method: http.MethodGet, pattern: "/session", page: s.signInPage, view: signInView{}, query: fields{"return": ""}},
		{
			method: http.MethodPost, pattern: "/session", act: "sign_in", page: s.signInPage, form: s.byPassword(s.signIn),
			limit: s.guessed, sends: fields{"email": "", "password": "", "return": ""},
		},
		{method: http.MethodPost, pattern: "/sign-out", act: "sign_out", form: s.signOut, sends: fields{}},
		{method: http.MethodPost, pattern: "/language", form: s.setLanguage, sends: fields{"lang": "", "return": ""}},
	}
	if s.Demo {
		routes = append(routes, route{method: http.MethodPost, pattern: "/demo/session", act: "sign_in", form: s.demoSignIn, sends: fields{"role": portfolio.Role(0), "return": ""}})
	}
	return routes
}

func (s *Server) overviewRoutes() []route {
	return []route{{method: http.MethodGet, pattern: "/", action: portfolio.ViewPortfolio, page: s.overview, view: either{overviewView{}, struct{}{}}, query: fields{"programme": ""}}}
}

var yearFields = listFields.and(fields{"programme": ""})

func (s *Server) savingsRoutes() []route {
	return []route{
		{method: http.MethodGet, pattern: "/savings", action: portfolio.ViewPortfolio, page: s.savings, list: true, view: either{savingsView{}, struct{}{}}, query: groupedFields},
		{method: http.MethodGet, pattern: "/savings/{year}", action: portfolio.ViewPortfolio, page: s.savingsYear, list: true, view: either{savingsView{}, struct{}{}}, query: groupedFields},
	}
}
