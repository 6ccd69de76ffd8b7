package web

import (
	"fmt"
	"net/http"
	"net/mail"
	"strconv"
	"unicode/utf8"

	"github.com/go-chi/chi/v5"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/store"
)

func (s *Server) userRoutes() []route {
	return []route{
		{method: http.MethodGet, pattern: "/users", action: portfolio.ViewAccounts, page: s.users, list: true, view: usersView{}, query: listFields},
		{method: http.MethodPost, pattern: "/users", action: portfolio.ManageAccounts, page: s.users, form: s.newUser, view: userView{}, sends: changeFields.and(fields{"name": "", "email": "", "role": portfolio.Role(0), "password": ""})},
		{method: http.MethodPost, pattern: "/users/{id}/role", action: portfolio.ManageAccounts, page: s.users, form: s.setRole, view: userView{}, sends: seenFields.and(fields{"role": portfolio.Role(0)})},
		{method: http.MethodPost, pattern: "/users/{id}/disable", action: portfolio.ManageAccounts, page: s.users, form: s.disableUser, view: userView{}, sends: seenFields},
		{method: http.MethodGet, pattern: "/rights", action: portfolio.ViewPortfolio, page: s.rights, list: true, view: rightsView{}},
	}
}

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

	// Href is what has been done with the account.
	Href  string       `json:"-"`
	Roles []optionView `json:"-"`
	// Change tells that the reader may change the account. Action is the form of the row that was refused.
	Change          bool   `json:"-"`
	Action, Refused string `json:"-"`
}

const (
	accountOpen   = "open"
	accountClosed = "closed"
)

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
	v := userView{
		ID: u.ID, Version: u.Version, Name: r.name(u.ID), Email: r.p.Person(u.ID).Email, Role: u.Role, State: accountOpen, Example: u.AnyExample(),
		Change: !u.Disabled && r.may(portfolio.ManageAccounts, u),
	}
	if u.Disabled {
		v.State = accountClosed
	}
	chosen := u.Role.String()
	base := fmt.Sprintf("/users/%d", u.ID)
	if r.form != nil && (r.form.Action == base+"/role" || r.form.Action == base+"/disable") {
		v.Action, v.Refused, v.Version = r.form.Action, r.form.Errors["role"]+r.form.Errors[""], r.form.int("version")
		if r.form.Action == base+"/role" {
			chosen = r.form.get("role")
		}
	}
	v.Roles, v.Href = roleOptions(r, chosen), r.link(fmt.Sprintf("/history?kind=user&subject=%d", u.ID))
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
	f.add(recordField{Name: "password", Label: r.say("users.password"), Hint: r.say("users.password_hint", minPassword), Kind: "password", Required: true})
	return f
}

// A password's length in letters is what makes it hard to guess; a bound on the other side keeps the hashing cheap.
const (
	minPassword = 12
	maxPassword = 200
)

// person reads who the account is for, and a password that is long enough.
func (f *form) person() (portfolio.Person, string) {
	p := portfolio.Person{Name: f.get("name"), Email: f.get("email")}
	if p.Name == "" {
		f.bad("name", "error.required")
	}
	if len(p.Name) > 200 {
		f.bad("name", "error.too_long", 200)
	}
	if a, err := mail.ParseAddress(p.Email); err != nil || a.Address != p.Email || len(p.Email) > 200 {
		f.bad("email", "users.bad_email")
	}
	password := f.Values.Get("password") // spaces at its ends are part of it
	if n := utf8.RuneCountInString(password); n < minPassword || n > maxPassword {
		f.bad("password", "users.bad_password", minPassword, maxPassword)
	}
	return p, password
}

// newUser opens an account.
func (s *Server) newUser(r *request) (*done, error) {
	person, password := r.form.person()
	var role portfolio.Role
	r.form.code("role", &role)
	if err := r.form.err(); err != nil {
		return nil, err
	}
	hash, err := HashPassword(password)
	if err != nil {
		return nil, err
	}
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
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
		tx.SavePerson(person, hash)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return r.userDone(person.User, seq, true), nil
}

func (r *request) userDone(id portfolio.UserID, seq int64, created bool) *done {
	return &done{location: "/users", seq: seq, created: created, resource: func(r *request) (*page, error) {
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

func (r *request) changeUser(verb func(*portfolio.User, *portfolio.Portfolio, portfolio.By) (*portfolio.User, portfolio.Event, error)) (*done, error) {
	number := chi.URLParam(r.Request, "id")
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return nil, portfolio.Missing(portfolio.KindUser, number)
	}
	id := portfolio.UserID(n)
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		p := tx.Portfolio()
		u := p.Users.Get(id)
		if u == nil {
			return portfolio.Missing(portfolio.KindUser, id)
		}
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
	return r.userDone(id, seq, false), nil
}
