package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"gevinst/portfolio"
)

// personChange is a change of who a user is: outside the log, but in the same transaction.
type personChange struct {
	portfolio.Person
	password string
	erase    bool
}

// SavePerson records a user's name and mail, and the hash of a password ("" leaves the one there is).
func (tx *Tx) SavePerson(p portfolio.Person, passwordHash string) {
	p.Email = strings.ToLower(strings.TrimSpace(p.Email))
	tx.people = append(tx.people, personChange{Person: p, password: passwordHash})
}

// ErasePerson forgets who a user is. The log keeps the number alone, and its chain holds.
func (tx *Tx) ErasePerson(id portfolio.UserID) {
	tx.people = append(tx.people, personChange{Person: portfolio.Person{User: id}, erase: true})
}

func (tx *Tx) savePeople() error {
	for _, p := range tx.people {
		query := `INSERT INTO person (user_id, name, email, password) VALUES ($1, $2, $3, $4) ON CONFLICT (user_id) DO UPDATE
			SET name = excluded.name, email = excluded.email,
			password = CASE WHEN excluded.password = '' THEN person.password ELSE excluded.password END`
		args := []any{int64(p.User), p.Name, p.Email, p.password}
		if p.erase {
			query, args = `DELETE FROM person WHERE user_id = $1`, args[:1]
		}
		if _, err := tx.sql.ExecContext(tx.ctx, query, args...); err != nil {
			if taken(err) {
				return &portfolio.Error{Kind: portfolio.Invalid, Code: "error.email_taken", Field: "email"}
			}
			return fmt.Errorf("save person: %w", err)
		}
	}
	if len(tx.people) == 0 {
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
		User  portfolio.UserID `db:"user_id"`
		Name  string           `db:"name"`
		Email string           `db:"email"`
	}
	if err := s.read.SelectContext(ctx, &list, `SELECT user_id, name, email FROM person`); err != nil {
		return fmt.Errorf("read people: %w", err)
	}
	people := make(map[portfolio.UserID]portfolio.Person, len(list))
	for _, p := range list {
		people[p.User] = portfolio.Person{User: p.User, Name: p.Name, Email: p.Email}
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
