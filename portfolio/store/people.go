package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/mail"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"gevinst/portfolio"
)

// statement is a change of who a user is, or of what opens the account: outside the log, but in the same transaction.
type statement struct {
	query string
	args  []any
	// none is the refusal if it changes nothing; nil is no matter.
	none *portfolio.Error
}

// The longest name and mail address, in characters.
const (
	maxName  = 200
	maxEmail = 200
)

// CheckPerson refuses a name that nobody can read and a mail address that is none.
func CheckPerson(p portfolio.Person) error {
	var refused portfolio.Refusals
	bad := func(field, code string, args ...any) {
		refused = append(refused, &portfolio.Error{Kind: portfolio.Invalid, Field: field, Code: code, Args: args})
	}
	switch {
	case strings.TrimSpace(p.Name) == "":
		bad("name", "error.required")
	case utf8.RuneCountInString(p.Name) > maxName:
		bad("name", "error.too_long", maxName)
	case strings.ContainsFunc(p.Name, func(c rune) bool { return !unicode.IsPrint(c) || c == utf8.RuneError }):
		bad("name", "error.unseen")
	}
	if a, err := mail.ParseAddress(p.Email); err != nil || a.Address != p.Email || utf8.RuneCountInString(p.Email) > maxEmail {
		bad("email", "users.bad_email")
	}
	return refused.Or()
}

// SavePerson records who a user is, and the hash of a password ("" leaves the one there is). A new password ends the sessions
// and links that there are.
func (tx *Tx) SavePerson(p portfolio.Person, passwordHash string) {
	p.Email = strings.ToLower(strings.TrimSpace(p.Email))
	tx.person(statement{
		query: `INSERT INTO person (user_id, name, email, password, digest) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (user_id) DO UPDATE
			SET name = excluded.name, email = excluded.email, digest = excluded.digest,
			password = CASE WHEN excluded.password = '' THEN person.password ELSE excluded.password END`,
		args: []any{int64(p.User), p.Name, p.Email, passwordHash, p.Digest},
	})
	if passwordHash != "" {
		tx.endPasses(p.User, SessionPass, LinkPass)
	}
}

// ResetPerson takes a user's password away, ends all that opens the account, and gives the secret of a link that a new
// password is chosen with.
func (tx *Tx) ResetPerson(link Pass) (secret string) {
	tx.person(statement{query: `UPDATE person SET password = '' WHERE user_id = $1`, args: []any{int64(link.User)}})
	tx.endPasses(link.User, SessionPass, LinkPass, TokenPass)
	return tx.Issue(link)
}

// Issue makes a pass and gives its secret, which cannot be had again.
func (tx *Tx) Issue(p Pass) (secret string) {
	secret, made := issue(p)
	tx.person(made)
	return secret
}

// TakeLink ends a link for good: who comes second is refused.
func (tx *Tx) TakeLink(id string, at time.Time) {
	tx.person(statement{
		query: `UPDATE pass SET used = $1, ended = $1 WHERE digest = $2 AND kind = $3 AND ended = 0 AND expires > $1`,
		args:  []any{at.UnixMicro(), id, int64(LinkPass)},
		none:  &portfolio.Error{Kind: portfolio.NotFound, Code: "welcome.gone"},
	})
}

// ErasePerson forgets who a user is, and what opened the account. The log keeps the number alone, and its chain holds.
func (tx *Tx) ErasePerson(id portfolio.UserID) {
	tx.person(statement{query: `DELETE FROM person WHERE user_id = $1`, args: []any{int64(id)}})
	tx.person(statement{query: `DELETE FROM pass WHERE user_id = $1`, args: []any{int64(id)}})
	tx.person(statement{query: `DELETE FROM reminder WHERE user_id = $1`, args: []any{int64(id)}})
	for _, query := range forgetUpload {
		tx.person(statement{query: query, args: []any{int64(id)}})
	}
}

func (tx *Tx) person(change statement) { tx.people = append(tx.people, change) }

func (tx *Tx) endPasses(id portfolio.UserID, kinds ...PassKind) {
	for _, kind := range kinds {
		tx.person(statement{
			query: `UPDATE pass SET ended = $1 WHERE user_id = $2 AND kind = $3 AND ended = 0`,
			args:  []any{time.Now().UnixMicro(), int64(id), int64(kind)},
		})
	}
}

// endForChanged ends what opened an account whose rights have changed: whoever sits there signs in to the new ones. A closed
// account's tokens end too; those of an open one have the rights it has now.
func (tx *Tx) endForChanged() {
	for _, c := range tx.changes {
		u, ok := c.Record.(*portfolio.User)
		switch {
		case !ok || c.Event.Verb == "user.create":
		case u.Disabled:
			tx.endPasses(u.ID, SessionPass, LinkPass, TokenPass)
		default:
			tx.endPasses(u.ID, SessionPass)
		}
	}
}

func (tx *Tx) savePeople() error {
	persons := len(tx.people)
	tx.endForChanged()
	for _, change := range tx.people {
		result, err := tx.sql.ExecContext(tx.ctx, change.query, change.args...)
		if err != nil {
			if taken(err) {
				return &portfolio.Error{Kind: portfolio.Invalid, Code: "error.email_taken", Field: "email"}
			}
			return fmt.Errorf("save person: %w", err)
		}
		if change.none == nil {
			continue
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, change.none)
		}
	}
	if persons == 0 {
		return nil
	}
	if _, err := tx.sql.ExecContext(tx.ctx, `UPDATE head SET people_seq = people_seq + 1 WHERE id = 1`); err != nil {
		return fmt.Errorf("count the change of people: %w", err)
	}
	return nil
}

// readPeople reads who the users are; the caller holds the lock.
func (s *Store) readPeople(ctx context.Context) error {
	h, err := s.head(ctx)
	if err != nil {
		return err
	}
	var list []struct {
		User   portfolio.UserID `db:"user_id"`
		Name   string           `db:"name"`
		Email  string           `db:"email"`
		Digest string           `db:"digest"`
	}
	if err := s.read.SelectContext(ctx, &list, `SELECT user_id, name, email, digest FROM person`); err != nil {
		return fmt.Errorf("read people: %w", err)
	}
	people := make(map[portfolio.UserID]portfolio.Person, len(list))
	for _, p := range list {
		people[p.User] = portfolio.Person{User: p.User, Name: p.Name, Email: p.Email, Digest: p.Digest}
	}
	s.now = s.now.WithPeople(people, h.PeopleSeq)
	return nil
}

// Credentials finds the user that a mail address belongs to and the hash of the password; no user is id 0.
func (s *Store) Credentials(ctx context.Context, email string) (portfolio.UserID, string, error) {
	var row struct {
		User     portfolio.UserID `db:"user_id"`
		Password string           `db:"password"`
	}
	err := s.read.GetContext(ctx, &row, `SELECT user_id, password FROM person WHERE email = $1 AND email <> ''`,
		strings.ToLower(strings.TrimSpace(email)))
	if errors.Is(err, sql.ErrNoRows) {
		return 0, "", nil
	}
	if err != nil {
		return 0, "", fmt.Errorf("read credentials: %w", err)
	}
	return row.User, row.Password, nil
}
