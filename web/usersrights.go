package web

import (
	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
)

// rightsView is the grant table as it is asked at every change: what each role may do, and to what.
type rightsView struct {
	Items []rightView `json:"items"`
	Next  *int64      `json:"next"`
	Roles []string    `json:"roles"`

	Links listLinks `json:"-"`
}

type rightView struct {
	Action string `json:"action"`
	Label  string `json:"label"`
	// Grants has each role's reach: never, own, area or any.
	Grants map[string]string `json:"grants"`

	Cells []rightCell `json:"-"`
}

type rightCell struct{ Role, Reach string }

// rights is the page of who may do what.
func (s *Server) rights(r *request) (*page, error) {
	v := &rightsView{Links: r.listLinks(0, nil)}
	for _, role := range portfolio.Roles() {
		v.Roles = append(v.Roles, role.String())
	}
	for _, a := range portfolio.Actions() {
		row := rightView{Action: a.String(), Label: r.say("action." + a.String()), Grants: map[string]string{}}
		for _, role := range portfolio.Roles() {
			code := reachCode(portfolio.Reach(a, role))
			row.Grants[role.String()] = code
			row.Cells = append(row.Cells, rightCell{r.say("role." + role.String()), r.say("scope." + code)})
		}
		v.Items = append(v.Items, row)
	}
	return &page{Template: "rights", Title: r.say("frame.rights"), View: v, Table: func() exchange.Table {
		t := exchange.Table{Columns: append([]string{"action"}, v.Roles...)}
		for _, row := range v.Items {
			cells := []any{row.Action}
			for _, role := range v.Roles {
				cells = append(cells, row.Grants[role])
			}
			t.Add(cells...)
		}
		return t
	}}, nil
}

// reachCode names a reach; the domain writes none as a dash.
func reachCode(s portfolio.Scope) string {
	if s == portfolio.Never {
		return "never"
	}
	return s.String()
}
