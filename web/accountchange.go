package web

import (
	"slices"
	"time"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// setDigest chooses how often one is reminded by mail.
func (s *Server) setDigest(r *request) (*done, error) {
	digest := r.form.get("digest")
	if !slices.Contains(digests, digest) {
		r.form.bad("digest", "error.choice", digest)
	}
	if err := r.form.err(); err != nil {
		return nil, err
	}
	_, err := s.Store.Write(r.Context(), func(tx *store.Tx) error {
		tx.Remind(r.user.ID, digest)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &done{location: "/account", resource: s.account}, nil
}

// guessedOwn counts an attempt at one's own password: whoever sits at somebody's open screen may guess too.
func (s *Server) guessedOwn(r *request) time.Duration {
	owner, _ := s.owner(r, r.user.ID) // where it cannot be read the form is refused too
	return s.guess(r, owner.Email)
}

// owner is who has an account, with the mail address, which r.p shows administrators alone.
func (s *Server) owner(r *request, id portfolio.UserID) (portfolio.Person, error) {
	p, err := s.Store.Snapshot(r.Context())
	if err != nil {
		return portfolio.Person{}, err
	}
	return p.Person(id), nil
}

// setPassword changes one's own password, which ends every session but a new one here, and every token.
func (s *Server) setPassword(r *request) (*done, error) {
	owner, err := s.owner(r, r.user.ID)
	if err != nil {
		return nil, err
	}
	password := r.form.newPassword(owner)
	if err := r.form.err(); err != nil {
		return nil, err
	}
	email := owner.Email
	_, hash, err := s.Store.Credentials(r.Context(), email)
	if err != nil {
		return nil, err
	}
	same, err := compare(r.Context(), r.form.Values.Get("current"), hash)
	if err != nil {
		return nil, err
	}
	if !same {
		return nil, &portfolio.Error{Kind: portfolio.Invalid, Field: "current", Code: "account.wrong_password"}
	}
	s.lockout.succeeded(r.guess)
	if err := s.keepPassword(r, r.user.ID, password, nil); err != nil {
		return nil, err
	}
	return &done{location: "/account", resource: s.account}, s.open(r, r.user.ID)
}

// newPassword reads a password that is good enough for its owner; spaces at its ends are part of it.
func (f *form) newPassword(owner portfolio.Person) string {
	password := f.Values.Get("password")
	f.unread = append(f.unread, portfolio.AsRefusals(CheckPassword(password, owner))...)
	return password
}

// keepPassword gives an account a new password, together with what else belongs to it.
func (s *Server) keepPassword(r *request, id portfolio.UserID, password string, also func(*store.Tx)) error {
	hash, err := HashPassword(password)
	if err != nil {
		return err
	}
	defer s.passes.forget()
	_, err = s.Store.Write(r.Context(), func(tx *store.Tx) error {
		u, e, err := tx.Portfolio().Users.Get(id).SetPassword(tx.By(id, ""))
		if err != nil {
			return err
		}
		tx.Save(u, e)
		if also != nil {
			also(tx)
		}
		tx.SetPassword(id, hash)
		return nil
	})
	return err
}
