package web

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// How long a one-time link lasts: one that opens a new account, and one that replaces a lost password.
const (
	WelcomeLasts = 72 * time.Hour
	ResetLasts   = 24 * time.Hour
)

// Link describes a one-time link for a user, made by another.
func Link(user, issuer portfolio.UserID, now time.Time, lasts time.Duration) store.Pass {
	return store.Pass{Kind: store.LinkPass, User: user, Issuer: issuer, Created: portfolio.InstantOf(now), Expires: portfolio.InstantOf(now.Add(lasts))}
}

// named finds the user that the address names.
func (r *request) named() (portfolio.UserID, error) {
	number := chi.URLParam(r.Request, "id")
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || r.p.Users.Get(portfolio.UserID(n)) == nil {
		return 0, portfolio.Missing(portfolio.KindUser, number)
	}
	r.upon = portfolio.UserID(n)
	return r.upon, nil
}

func userPath(id portfolio.UserID) string { return fmt.Sprintf("/users/%d", id) }

// person is the page of one account, for administrators.
func (s *Server) person(r *request) (*page, error) {
	id, err := r.named()
	if err != nil {
		return nil, err
	}
	v, err := r.accountOf(r.p.Users.Get(id), userPath(id))
	if err != nil {
		return nil, err
	}
	if v.Change = r.may(portfolio.ManageAccounts, nil); v.Change && !v.Erased {
		v.Forms = []*recordForm{r.personForm(v)}
	}
	notice, err := r.notice()
	return &page{Template: "person", Title: v.Name, View: v, Notice: notice}, err
}

func (r *request) personForm(v *accountView) *recordForm {
	f := r.record("person", v.Base+"/person", r.say("users.correct"), r.say("form.save"))
	f.add(recordField{Name: "name", Label: r.say("users.name"), Hint: r.say("users.name_hint"), Kind: "text", Value: r.p.Person(v.ID).Name, Required: true})
	f.add(recordField{Name: "email", Label: r.say("users.email"), Kind: "email", Value: v.Email, Required: true})
	return f
}

// personData gives an administrator what is kept of a person, to pass on to whoever asks for it.
func (s *Server) personData(r *request) (*page, error) {
	id, err := r.named()
	if err != nil {
		return nil, err
	}
	return r.data(r.p.Users.Get(id))
}

// correctPerson mends a name or a mail address.
func (s *Server) correctPerson(r *request) (*done, error) {
	id, err := r.named()
	if err != nil {
		return nil, err
	}
	sent := r.form.person()
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		person, err := managed(tx.Portfolio(), by, id)
		if err != nil {
			return err
		}
		person.Name, person.Email = sent.Name, sent.Email
		u, e, err := tx.Portfolio().Users.Get(id).Correct(by)
		if err != nil {
			return err
		}
		tx.Save(u, e)
		tx.SavePerson(person)
		return nil
	})
	if err != nil {
		return nil, err
	}
	s.mailChanged(r, r.p.Person(id), "user.correct")
	return &done{location: userPath(id), seq: seq, resource: s.person}, nil
}

// managed gives who a user is, to one who keeps accounts.
func managed(p *portfolio.Portfolio, by portfolio.By, id portfolio.UserID) (portfolio.Person, error) {
	if !p.May(by.User, portfolio.ManageAccounts, nil) {
		return portfolio.Person{}, &portfolio.Error{Kind: portfolio.Forbidden, Code: "error.forbidden", Args: []any{portfolio.ManageAccounts.String()}}
	}
	person := p.Person(id)
	if person.Name == "" {
		return person, &portfolio.Error{Kind: portfolio.Invalid, Code: "users.is_erased"}
	}
	return person, nil
}

// Reset takes a user's password away, ends what opened the account, and gives the secret of a link that a new password is chosen
// with. A closed account gets none.
func Reset(tx *store.Tx, by portfolio.By, id portfolio.UserID, now time.Time) (secret string, err error) {
	if _, err := managed(tx.Portfolio(), by, id); err != nil {
		return "", err
	}
	u, e, err := tx.Portfolio().Users.Get(id).ResetPassword(by)
	if err != nil {
		return "", err
	}
	tx.Save(u, e)
	return tx.ResetPerson(Link(id, by.User.ID, now, ResetLasts)), nil
}

// Unbind forgets who a person is at the identity provider, and ends the sessions save the one that is kept: whoever signs on next
// with the mail address is the person from then on.
func Unbind(tx *store.Tx, by portfolio.By, id portfolio.UserID, kept string) error {
	if _, err := managed(tx.Portfolio(), by, id); err != nil {
		return err
	}
	u, e, err := tx.Portfolio().Users.Get(id).Unbind(by)
	if err != nil {
		return err
	}
	tx.Save(u, e)
	tx.Unbind(id, kept)
	return nil
}

// Enable opens a closed account again, with the role and the password it had; one that was erased is nobody's.
func Enable(p *portfolio.Portfolio, by portfolio.By, u *portfolio.User) (*portfolio.User, portfolio.Event, error) {
	if _, err := managed(p, by, u.ID); err != nil {
		return nil, portfolio.Event{}, err
	}
	return u.Enable(by)
}

// unbindUser lets an account be bound to another identity at the provider.
func (s *Server) unbindUser(r *request) (*done, error) {
	id, err := r.named()
	if err != nil {
		return nil, err
	}
	defer s.passes.forget()
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error { return Unbind(tx, by, id, r.pass.ID) })
	if err != nil {
		return nil, err
	}
	s.mailChanged(r, r.p.Person(id), "user.unbind")
	return &done{location: userPath(id), seq: seq, resource: s.person}, nil
}

// Erase closes an account if it is open, and forgets who had it. What was done stays, under a number.
func Erase(tx *store.Tx, by portfolio.By, id portfolio.UserID) error {
	if _, err := managed(tx.Portfolio(), by, id); err != nil {
		return err
	}
	u, e, err := tx.Portfolio().Users.Get(id).Erase(tx.Portfolio(), by)
	if err != nil {
		return err
	}
	tx.Save(u, e)
	tx.ErasePerson(id)
	return nil
}

// resetUser takes an account's password away and shows the link to a new one, this once.
func (s *Server) resetUser(r *request) (*done, error) {
	id, err := r.named()
	if err != nil {
		return nil, err
	}
	if id == r.user.ID { // it would lock out whoever asks; the command line is for that
		return nil, &portfolio.Error{Kind: portfolio.Invalid, Code: "users.own_reset"}
	}
	if err := r.linkable(); err != nil {
		return nil, err
	}
	var secret string
	defer s.passes.forget()
	_, err = r.write(func(tx *store.Tx, by portfolio.By) (err error) {
		secret, err = Reset(tx, by, id, s.Clock())
		return err
	})
	if err != nil {
		return nil, err
	}
	s.mailChanged(r, r.p.Person(id), "user.reset")
	return r.linked(id, secret, http.StatusOK)
}

// linked shows an account with the link that opens it.
func (r *request) linked(id portfolio.UserID, secret string, status int) (*done, error) {
	fresh, err := r.s.Store.Snapshot(r.Context())
	if err != nil {
		return nil, err
	}
	r.at(fresh).landed(userPath(id))
	chi.RouteContext(r.Context()).URLParams.Add("id", strconv.FormatInt(int64(id), 10))
	pg, err := r.s.person(r)
	if err != nil {
		return nil, err
	}
	pg.View.(*accountView).Link, pg.Status = r.welcomeLink(secret), status
	return &done{show: pg}, nil
}

// landed goes on as if the form's page had been asked for: what it showed has been done.
func (r *request) landed(path string) { r.form, r.path = nil, path }

// eraseUser forgets who had an account.
func (s *Server) eraseUser(r *request) (*done, error) {
	id, err := r.named()
	if err != nil {
		return nil, err
	}
	defer s.passes.forget()
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		if err := r.form.seen(tx.Portfolio().Users.Get(id)); err != nil {
			return err
		}
		return Erase(tx, by, id)
	})
	return &done{location: userPath(id), seq: seq, resource: s.person}, err
}

// endUserSessions signs a user out everywhere but here.
func (s *Server) endUserSessions(r *request) (*done, error) {
	id, err := r.named()
	if err != nil {
		return nil, err
	}
	defer s.passes.forget()
	return &done{location: userPath(id), resource: s.person}, s.Store.EndSessions(r.Context(), id, r.pass.ID, s.Clock())
}

// endUserPass ends one of a user's sessions, links or tokens.
func (s *Server) endUserPass(r *request) (*done, error) {
	id, err := r.named()
	if err != nil {
		return nil, err
	}
	return r.endPass(id, userPath(id), s.person)
}
