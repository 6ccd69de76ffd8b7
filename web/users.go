package web

import (
	"fmt"
	"net/http"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/store"
)

func (s *Server) userRoutes() []route {
	return []route{
		{method: http.MethodGet, pattern: "/users", action: portfolio.ViewAccounts, page: s.users, list: true, view: usersView{}, query: listFields},
		{method: http.MethodPost, pattern: "/users", act: "open_account", action: portfolio.ManageAccounts, session: true, page: s.users, form: s.newUser, view: accountView{}, sends: changeFields.and(personFields).and(fields{"role": portfolio.Role(0)})},
		{method: http.MethodPost, pattern: "/users/{id}/role", act: "set_role", action: portfolio.ManageAccounts, session: true, page: s.users, form: s.setRole, view: userView{}, sends: seenFields.and(fields{"role": portfolio.Role(0)})},
		{method: http.MethodPost, pattern: "/users/{id}/disable", act: "disable", action: portfolio.ManageAccounts, session: true, page: s.users, form: s.disableUser, view: userView{}, sends: seenFields},
		{method: http.MethodPost, pattern: "/users/{id}/enable", act: "enable", action: portfolio.ManageAccounts, session: true, page: s.users, form: s.enableUser, view: userView{}, sends: seenFields},
		{method: http.MethodGet, pattern: "/users/{id}", action: portfolio.ViewAccounts, private: true, page: s.person, view: accountView{}},
		{method: http.MethodGet, pattern: "/users/{id}/data.json", action: portfolio.ViewAccounts, private: true, page: s.personData, view: accountData{}},
		{method: http.MethodPost, pattern: "/users/{id}/person", act: "correct", action: portfolio.ManageAccounts, session: true, page: s.person, form: s.correctPerson, view: accountView{}, sends: changeFields.and(personFields)},
		{method: http.MethodPost, pattern: "/users/{id}/reset", act: "reset", action: portfolio.ManageAccounts, session: true, page: s.person, form: s.resetUser, view: accountView{}, sends: changeFields},
		{method: http.MethodPost, pattern: "/users/{id}/unbind", act: "unbind", action: portfolio.ManageAccounts, session: true, page: s.person, form: s.unbindUser, view: accountView{}, sends: changeFields},
		{method: http.MethodPost, pattern: "/users/{id}/erase", act: "erase", action: portfolio.ManageAccounts, session: true, page: s.person, form: s.eraseUser, view: accountView{}, sends: seenFields},
		{method: http.MethodPost, pattern: "/users/{id}/sessions/end", act: "end_sessions", action: portfolio.ManageAccounts, session: true, page: s.person, form: s.endUserSessions, view: accountView{}, sends: fields{}},
		{method: http.MethodPost, pattern: "/users/{id}/passes/{pass}/end", act: "end_pass", action: portfolio.ManageAccounts, session: true, page: s.person, form: s.endUserPass, view: accountView{}, sends: fields{}},
		{method: http.MethodGet, pattern: "/rights", action: portfolio.ViewPortfolio, page: s.rights, list: true, view: rightsView{}},
	}
}

var personFields = fields{"name": "", "email": ""}

// usersView lists the accounts, closed ones too.
type usersView struct {
	Items []userView `json:"items"`
	// Next is the account to go on after, null at the end.
	Next *int64 `json:"next"`

	Forms []*recordForm `json:"-"`
	Links listLinks     `json:"-"`
	Total int           `json:"-"`
}

type userView struct {
	ID      portfolio.UserID `json:"id"`
	Version int64            `json:"version"`
	Name    string           `json:"name"`
	Email   string           `json:"email"`
	Role    portfolio.Role   `json:"role"`
	// State is open or closed; who has a closed account cannot sign in, and stays in the history.
	State   string `json:"state"`
	Example bool   `json:"example"`

	// Href is the account's own page.
	Href  string       `json:"-"`
	Roles []optionView `json:"-"`
	// Change tells that the reader may change the account, Reopen that he may open it again. Action is the form of the row that was refused.
	Change, Reopen  bool   `json:"-"`
	Action, Refused string `json:"-"`
}

const (
	accountOpen   = "open"
	accountClosed = "closed"
)

func accountState(u *portfolio.User) string {
	if u.Disabled {
		return accountClosed
	}
	return accountOpen
}

// historyOf is the way to what a user has done.
func (r *request) historyOf(id portfolio.UserID) string {
	return r.link(fmt.Sprintf("/history?actor=%d", id))
}

// users is the page of the accounts.
func (s *Server) users(r *request) (*page, error) {
	f := form{Values: r.query}
	after := f.int("after")
	if err := f.err(); err != nil {
		return nil, err
	}
	all := r.p.Users.List()
	shown, next := paged(all, after, func(u *portfolio.User) int64 { return int64(u.ID) })
	v := &usersView{Items: make([]userView, 0, len(shown)), Next: next, Links: r.listLinks(after, next), Total: len(all)}
	for _, u := range shown {
		v.Items = append(v.Items, r.userView(u))
	}
	if r.may(portfolio.ManageAccounts, nil) {
		v.Forms = []*recordForm{r.userForm()}
	}
	notice, err := r.notice()
	if err != nil {
		return nil, err
	}
	return &page{Template: "users", Title: r.say("nav.users"), View: v, Notice: notice, Table: func() exchange.Table {
		t := exchange.Table{Columns: []string{"user", "name", "email", "role", "state", "example"}}
		for _, u := range all {
			row := r.userView(u)
			t.Add(int64(row.ID), row.Name, row.Email, row.Role.String(), row.State, row.Example)
		}
		return t
	}}, nil
}

func (r *request) userView(u *portfolio.User) userView {
	person, keeps := r.p.Person(u.ID), r.may(portfolio.ManageAccounts, u)
	v := userView{
		ID: u.ID, Version: u.Version, Name: r.name(u.ID), Email: person.Email, Role: u.Role, State: accountState(u), Example: u.AnyExample(),
		Change: keeps && !u.Disabled, Reopen: keeps && u.Disabled && person.Name != "",
	}
	chosen := u.Role.String()
	base := userPath(u.ID)
	if r.form != nil && (r.form.Action == base+"/role" || r.form.Action == base+"/disable" || r.form.Action == base+"/enable") {
		v.Action, v.Refused, v.Version = r.form.Action, r.form.Errors["role"]+r.form.Errors[""], r.form.int("version")
		if r.form.Action == base+"/role" {
			chosen = r.form.get("role")
		}
	}
	v.Roles, v.Href = roleOptions(r, chosen), r.link(base)
	return v
}

func roleOptions(r *request, chosen string) []optionView {
	list := codes(r, "role", portfolio.Roles(), "")
	for k := range list {
		list[k].Selected = list[k].Value == chosen
	}
	return list
}

func (r *request) userForm() *recordForm {
	f := r.record("user", "/users", r.say("users.new"), r.say("users.create"))
	f.add(recordField{Name: "name", Label: r.say("users.name"), Hint: r.say("users.name_hint"), Kind: "text", Required: true})
	f.add(recordField{Name: "email", Label: r.say("users.email"), Kind: "email", Required: true})
	f.add(recordField{
		Name: "role", Label: r.say("users.role"), Kind: "select", Value: portfolio.Viewer.String(), Options: roleOptions(r, ""), Required: true,
	})
	return f
}

// person reads who an account is for.
func (f *form) person() portfolio.Person {
	p := portfolio.Person{Name: f.get("name"), Email: f.get("email")}
	f.unread = append(f.unread, portfolio.AsRefusals(store.CheckPerson(p))...)
	return p
}

// newUser opens an account, and shows the link that its owner chooses a password with, this once.
func (s *Server) newUser(r *request) (*done, error) {
	if err := r.linkable(); err != nil {
		return nil, err
	}
	person := r.form.person()
	var role portfolio.Role
	r.form.code("role", &role)
	var secret string
	_, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		id, err := tx.NextID(portfolio.KindUser)
		if err != nil {
			return err
		}
		person.User = portfolio.UserID(id)
		u, e, err := portfolio.NewUser(tx.Portfolio(), by, person.User, role)
		if err != nil {
			return err
		}
		tx.Save(u, e)
		tx.SavePerson(person)
		secret = tx.Issue(Link(u.ID, by.User.ID, s.Clock(), WelcomeLasts))
		return nil
	})
	if err != nil {
		return nil, err
	}
	r.upon = person.User
	return r.linked(person.User, secret, http.StatusCreated)
}

func (r *request) userDone(id portfolio.UserID, seq int64) *done {
	return &done{location: "/users", seq: seq, resource: func(r *request) (*page, error) {
		return &page{View: r.userView(r.p.Users.Get(id))}, nil
	}}
}

// setRole changes what an account may do.
func (s *Server) setRole(r *request) (*done, error) {
	var role portfolio.Role
	r.form.code("role", &role)
	return r.changeUser(func(u *portfolio.User, p *portfolio.Portfolio, by portfolio.By) (*portfolio.User, portfolio.Event, error) {
		return u.SetRole(p, by, role)
	})
}

// disableUser closes an account. Its name stays in the history.
func (s *Server) disableUser(r *request) (*done, error) {
	return r.changeUser((*portfolio.User).Disable)
}

// enableUser opens a closed account again.
func (s *Server) enableUser(r *request) (*done, error) {
	return r.changeUser(func(u *portfolio.User, p *portfolio.Portfolio, by portfolio.By) (*portfolio.User, portfolio.Event, error) {
		return Enable(p, by, u)
	})
}

func (r *request) changeUser(verb func(*portfolio.User, *portfolio.Portfolio, portfolio.By) (*portfolio.User, portfolio.Event, error)) (*done, error) {
	id, err := r.named()
	if err != nil {
		return nil, err
	}
	defer r.s.passes.forget()
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		p := tx.Portfolio()
		u := p.Users.Get(id)
		if err := r.form.seen(u); err != nil {
			return err
		}
		next, e, err := verb(u, p, by)
		if err != nil {
			return err
		}
		tx.Save(next, e)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return r.userDone(id, seq), nil
}
