package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"gevinst/portfolio"
)

// PassKind is what a pass is for.
type PassKind uint8

// A session is a browser's, until it is signed out of; a link lets a person choose a password, once; a token is a program's.
const (
	SessionPass PassKind = iota + 1
	LinkPass
	TokenPass
)

// What a token may do of what its user may: look, or change too.
const (
	ScopeRead  = "read"
	ScopeWrite = "write"
)

// secretPrefix marks our secrets, so that a search for secrets gone astray finds them.
var secretPrefix = [...]string{SessionPass: "", LinkPass: "", TokenPass: "gevinst_"}

// Pass is what opens an account beside its password. Its secret is given out once and kept nowhere.
type Pass struct {
	// ID is the secret's digest: it names the pass, and opens nothing.
	ID   string           `db:"digest"`
	Kind PassKind         `db:"kind"`
	User portfolio.UserID `db:"user_id"`
	// Issuer is who made it.
	Issuer portfolio.UserID `db:"issuer"`
	// Label is a session's browser, or a token's name; Scope is what a token may do.
	Label string `db:"label"`
	Scope string `db:"scope"`
	// Used is when it was last seen, to the minute; 0 in Used, Expires and Ended is never.
	Created portfolio.Instant `db:"created"`
	Used    portfolio.Instant `db:"used"`
	Expires portfolio.Instant `db:"expires"`
	Ended   portfolio.Instant `db:"ended"`
}

// Open reports whether the pass still opens the account at the time.
func (p *Pass) Open(at time.Time) bool {
	return p.Ended == 0 && (p.Expires == 0 || p.Expires > portfolio.InstantOf(at))
}

const passColumns = `digest, kind, user_id, issuer, label, scope, created, used, expires, ended`

// digest is what is kept of a secret. Secrets are 130 random bits, so a fast one is enough.
func digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// issue gives the statement that makes a pass, and its secret.
func issue(p Pass) (secret string, made statement) {
	secret = secretPrefix[p.Kind] + rand.Text()
	return secret, statement{
		query: `INSERT INTO pass (` + passColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)`,
		args: []any{
			digest(secret), int64(p.Kind), int64(p.User), int64(p.Issuer), p.Label, p.Scope, int64(p.Created), int64(p.Used), int64(p.Expires),
		},
	}
}

// Issue makes a pass and gives its secret, which cannot be had again.
func (s *Store) Issue(ctx context.Context, p Pass) (secret string, err error) {
	secret, made := issue(p)
	if _, err := s.write.ExecContext(ctx, made.query, made.args...); err != nil {
		return "", fmt.Errorf("make a pass: %w", err)
	}
	return secret, nil
}

// Pass finds the pass of a secret that is still open; nil where there is none.
func (s *Store) Pass(ctx context.Context, kind PassKind, secret string, at time.Time) (*Pass, error) {
	var p Pass
	err := s.read.GetContext(ctx, &p, `SELECT `+passColumns+` FROM pass WHERE digest = $1 AND kind = $2`, digest(secret), int64(kind))
	if errors.Is(err, sql.ErrNoRows) || (err == nil && !p.Open(at)) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read a pass: %w", err)
	}
	return &p, nil
}

// SessionOf tells whose session a secret was given out for, also where it has ended; 0 where there is none, or it is forgotten.
func (s *Store) SessionOf(ctx context.Context, secret string) (portfolio.UserID, error) {
	var user portfolio.UserID
	err := s.read.GetContext(ctx, &user, `SELECT user_id FROM pass WHERE digest = $1 AND kind = $2`, digest(secret), int64(SessionPass))
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("read a pass: %w", err)
	}
	return user, nil
}

// Passes lists a user's passes, the latest first, ended ones too until they are purged.
func (s *Store) Passes(ctx context.Context, user portfolio.UserID) ([]Pass, error) {
	var list []Pass
	if err := s.read.SelectContext(ctx, &list, `SELECT `+passColumns+` FROM pass WHERE user_id = $1 ORDER BY created DESC, digest`, int64(user)); err != nil {
		return nil, fmt.Errorf("read passes: %w", err)
	}
	return list, nil
}

// PassUsed records when a pass was last seen, unless another program has done so within the minute.
func (s *Store) PassUsed(ctx context.Context, id string, at time.Time) error {
	_, err := s.write.ExecContext(ctx, `UPDATE pass SET used = $1 WHERE digest = $2 AND used <= $3`,
		at.UnixMicro(), id, at.Add(-time.Minute).UnixMicro())
	if err != nil {
		return fmt.Errorf("record the use of a pass: %w", err)
	}
	return nil
}

// EndPass ends one of a user's passes; one that has ended stays as it is. A pass that is not the user's is not there.
func (s *Store) EndPass(ctx context.Context, user portfolio.UserID, id string, at time.Time) error {
	result, err := s.write.ExecContext(ctx, `UPDATE pass SET ended = CASE WHEN ended = 0 THEN $1 ELSE ended END WHERE digest = $2 AND user_id = $3`,
		at.UnixMicro(), id, int64(user))
	if err != nil {
		return fmt.Errorf("end a pass: %w", err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, &portfolio.Error{Kind: portfolio.NotFound, Code: "error.no_pass"})
	}
	return nil
}

// EndSessions ends a user's sessions, save the one that is kept; "" keeps none.
func (s *Store) EndSessions(ctx context.Context, user portfolio.UserID, kept string, at time.Time) error {
	ended := endSessions(user, kept, at)
	if _, err := s.write.ExecContext(ctx, ended.query, ended.args...); err != nil {
		return fmt.Errorf("end sessions: %w", err)
	}
	return nil
}

func endSessions(user portfolio.UserID, kept string, at time.Time) statement {
	return statement{
		query: `UPDATE pass SET ended = $1 WHERE user_id = $2 AND kind = $3 AND ended = 0 AND digest <> $4`,
		args:  []any{at.UnixMicro(), int64(user), int64(SessionPass), kept},
	}
}

// PurgePasses forgets the passes that ended or expired before the time, and tells how many.
func (s *Store) PurgePasses(ctx context.Context, before time.Time) (int64, error) {
	result, err := s.write.ExecContext(ctx, `DELETE FROM pass WHERE (ended <> 0 AND ended < $1) OR (expires <> 0 AND expires < $1)`, before.UnixMicro())
	if err != nil {
		return 0, fmt.Errorf("purge passes: %w", err)
	}
	return result.RowsAffected()
}
