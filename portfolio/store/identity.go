package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"gevinst/portfolio"
)

// Identity is who somebody is at an identity provider: the provider's name for itself, and the subject, which it never gives to
// another. It is kept with the person, outside the log, so that it is erased with the person.
type Identity struct {
	Issuer  string `db:"issuer" json:"issuer"`
	Subject string `db:"subject" json:"subject"`
}

// Identified finds the user that an identity is bound to; none is id 0.
func (s *Store) Identified(ctx context.Context, i Identity) (portfolio.UserID, error) {
	var id portfolio.UserID
	err := s.read.GetContext(ctx, &id, `SELECT user_id FROM person WHERE issuer = $1 AND subject = $2 AND subject <> ''`, i.Issuer, i.Subject)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("find an identity: %w", err)
	}
	return id, nil
}

// Identity tells who a user is at an identity provider; nil is nobody.
func (s *Store) Identity(ctx context.Context, user portfolio.UserID) (*Identity, error) {
	var i Identity
	err := s.read.GetContext(ctx, &i, `SELECT issuer, subject FROM person WHERE user_id = $1 AND subject <> ''`, int64(user))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read an identity: %w", err)
	}
	return &i, nil
}

// Bind ties a user to an identity. A user that is somebody else at the same provider stays that, and this one is refused; one of
// another provider is from before the organisation changed it, and gives way.
func (tx *Tx) Bind(user portfolio.UserID, i Identity) {
	tx.person(statement{
		query:  `UPDATE person SET issuer = $1, subject = $2 WHERE user_id = $3 AND (subject = '' OR issuer <> $1 OR subject = $2)`,
		args:   []any{i.Issuer, i.Subject, int64(user)},
		none:   &portfolio.Error{Kind: portfolio.Forbidden, Code: "sign_on.another"},
		sealed: sealIdentity(user, i),
	})
}

// Unbind forgets who a user is at an identity provider, and ends the user's sessions, save the one that is kept; "" keeps none. The
// next sign-on with the user's mail address binds anew.
func (tx *Tx) Unbind(user portfolio.UserID, kept string) {
	tx.person(statement{
		query: `UPDATE person SET issuer = '', subject = '' WHERE user_id = $1`, args: []any{int64(user)}, sealed: sealIdentity(user, Identity{}),
	})
	tx.person(endSessions(user, kept, time.Now()))
}
