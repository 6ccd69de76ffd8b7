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
		person := tx.Portfolio().Person(r.user.ID)
		person.Digest = digest
		tx.SavePerson(person, "")
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &done{location: "/account", resource: s.account}, nil
}

// guessedOwn counts an attempt at one's own password: whoever sits at somebody's open screen may guess too.
func (s *Server) guessedOwn(r *request) time.Duration {
	return s.guess(r, s.ownEmail(r))
}

// ownEmail is the reader's mail address, "" if it cannot be read now.
func (s *Server) ownEmail(r *request) string {
	p, err := s.Store.Snapshot(r.Context())
	if err != nil {
		return ""
	}
	return p.Person(r.user.ID).Email
}

// setPassword changes one's own password, which ends every session but a new one here.
func (s *Server) setPassword(r *request) (*done, error) {
	password := r.form.newPassword()
	if err := r.form.err(); err != nil {
		return nil, err
	}
	email := s.ownEmail(r)
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

// newPassword reads a password that is long enough; spaces at its ends are part of it.
func (f *form) newPassword() string {
	password := f.Values.Get("password")
	f.unread = append(f.unread, portfolio.AsRefusals(CheckPassword(password))...)
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
		if also != nil {
			also(tx)
		}
		tx.SavePerson(tx.Portfolio().Person(id), hash)
		return nil
	})
	return err
}
