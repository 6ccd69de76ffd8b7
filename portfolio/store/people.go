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
	// sealed is the part of a person that the log has a seal of; the zero value is none.
	sealed sealed
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

// SavePerson records who a user is. How often the person is reminded stays as it is. The user's event of this change tells of it.
func (tx *Tx) SavePerson(p portfolio.Person) {
	p.Email = strings.ToLower(strings.TrimSpace(p.Email))
	tx.person(statement{
		query: `INSERT INTO person (user_id, name, email, password) VALUES ($1, $2, $3, '') ON CONFLICT (user_id) DO UPDATE
			SET name = excluded.name, email = excluded.email`,
		args:   []any{int64(p.User), p.Name, p.Email},
		sealed: sealPerson(p.User, p.Name, p.Email),
	})
}

// SetPassword records the hash of a new password, which ends all that opened the account by the former. The user's event of this
// change tells of it.
func (tx *Tx) SetPassword(id portfolio.UserID, hash string) {
	tx.person(statement{
		query: `UPDATE person SET password = $1 WHERE user_id = $2`, args: []any{hash, int64(id)}, sealed: sealPassword(id, hash),
	})
	tx.endPasses(id, SessionPass, LinkPass, TokenPass)
}

// Remind records how often a person wants a reminder by mail. It changes nothing that anybody else goes by.
func (tx *Tx) Remind(id portfolio.UserID, digest string) {
	tx.person(statement{query: `UPDATE person SET digest = $1 WHERE user_id = $2`, args: []any{digest, int64(id)}})
}

// ResetPerson takes a user's password away, ends all that opens the account, and gives the secret of a link that a new
// password is chosen with.
func (tx *Tx) ResetPerson(link Pass) (secret string) {
	tx.SetPassword(link.User, "")
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

// ErasePerson forgets who a user is, and what opened the account. The log keeps the number alone, for the seals in it say nothing
// without the salt, and its chain holds.
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

// endForChanged ends what opened an account whose rights have changed: whoever sits there signs in to the new ones, and a program
// that may write is to be let in anew. What reads goes on with the rights that the account has now. Of a closed account all ends.
func (tx *Tx) endForChanged() {
	for _, c := range tx.changes {
		u, ok := c.Record.(*portfolio.User)
		if !ok {
			continue
		}
		switch was := tx.base.Users.Get(u.ID); {
		case was == nil:
		case u.Disabled:
			tx.endPasses(u.ID, SessionPass, LinkPass, TokenPass)
		case u.Role != was.Role:
			tx.endPasses(u.ID, SessionPass)
			tx.person(statement{
				query: `UPDATE pass SET ended = $1 WHERE user_id = $2 AND kind = $3 AND scope = $4 AND ended = 0`,
				args:  []any{time.Now().UnixMicro(), int64(u.ID), int64(TokenPass), ScopeWrite},
			})
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
		if change.none != nil {
			if n, err := result.RowsAffected(); err != nil || n == 0 {
				return errors.Join(err, change.none)
			}
		}
		if err := tx.seal(change.sealed); err != nil {
			return err
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
