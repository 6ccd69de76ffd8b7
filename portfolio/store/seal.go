package store

import (
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"gevinst/portfolio"
)

// sealed is the part of a person that a statement writes, as the log is to know it: a digest, with a salt that stands with the
// person. So the log has no name, one that is erased cannot be guessed from it, and what was changed past the program is found.
type sealed struct {
	user portfolio.UserID
	put  func(to *portfolio.Seal, salt string)
}

func sealPerson(id portfolio.UserID, name, email string) sealed {
	return sealed{id, func(to *portfolio.Seal, salt string) { to.Person = sealOf(salt, "person", name, email) }}
}

func sealPassword(id portfolio.UserID, hash string) sealed {
	return sealed{id, func(to *portfolio.Seal, salt string) { to.Password = sealOf(salt, "password", hash) }}
}

func sealIdentity(id portfolio.UserID, i Identity) sealed {
	return sealed{id, func(to *portfolio.Seal, salt string) { to.Identity = sealOf(salt, "identity", i.Issuer, i.Subject) }}
}

// sealOf is the digest of a part; of one that is empty there is none.
func sealOf(salt, part string, values ...string) string {
	if strings.Join(values, "") == "" {
		return ""
	}
	sum := sha256.New()
	for _, v := range append([]string{salt, part}, values...) { // lengths first: no two different lists may give the same bytes
		fmt.Fprintf(sum, "%d:%s", len(v), v)
	}
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil))
}

// personRow is who a user is, with all that the log has a seal of.
type personRow struct {
	ID       int64  `db:"user_id"`
	Name     string `db:"name"`
	Email    string `db:"email"`
	Password string `db:"password"`
	Issuer   string `db:"issuer"`
	Subject  string `db:"subject"`
	Salt     string `db:"salt"`
}

const personColumns = `user_id, name, email, password, issuer, subject, salt`

func (r *personRow) seal() portfolio.Seal {
	return portfolio.Seal{
		Person: sealOf(r.Salt, "person", r.Name, r.Email), Password: sealOf(r.Salt, "password", r.Password),
		Identity: sealOf(r.Salt, "identity", r.Issuer, r.Subject),
	}
}

// seal puts the seal of what a statement wrote into the user's last value of this change. There must be one: no person is changed
// without an event. The other parts keep the seals they have, so that what was changed past the program is found after this too;
// a person that has none yet is sealed whole.
func (tx *Tx) seal(s sealed) error {
	if s.put == nil {
		return nil
	}
	var u *portfolio.User
	for _, c := range tx.changes {
		if changed, ok := c.Record.(*portfolio.User); ok && changed.ID == s.user {
			u = changed
		}
	}
	if u == nil {
		return fmt.Errorf("user %d: who it is was changed, and no event tells of it", s.user)
	}
	var row personRow
	err := tx.sql.GetContext(tx.ctx, &row, `SELECT `+personColumns+` FROM person WHERE user_id = $1`, int64(s.user))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return fmt.Errorf("read a person to seal: %w", err)
	case u.Seal != (portfolio.Seal{}):
		s.put(&u.Seal, row.Salt)
		return nil
	}
	row.Salt = rand.Text()
	if _, err := tx.sql.ExecContext(tx.ctx, `UPDATE person SET salt = $1 WHERE user_id = $2`, row.Salt, int64(s.user)); err != nil {
		return fmt.Errorf("keep the salt of a seal: %w", err)
	}
	u.Seal = row.seal()
	return nil
}

// broken tells which part of a person the log has another seal of; "" is none. A password that is not there opens nothing, and an
// identity that is not there is nobody: an export leaves both out.
func (r *personRow) broken(told portfolio.Seal) string {
	is := r.seal()
	switch {
	case is.Person != told.Person:
		return "name, mail address or salt"
	case is.Password != "" && is.Password != told.Password:
		return "password"
	case is.Identity != "" && is.Identity != told.Identity:
		return "identity at the provider"
	}
	return ""
}

// people holds every person against the seal that the log has, and every seal against its person.
func (c *checker) people() error {
	var failed error
	there := map[portfolio.UserID]bool{}
	query := `SELECT ` + personColumns + ` FROM person WHERE user_id > $1 ORDER BY user_id LIMIT $2`
	for r := range paged(c, query, func(r *personRow) int64 { return r.ID }, &failed) {
		name, u := fmt.Sprintf("person %d", r.ID), c.replayed.Users.Get(portfolio.UserID(r.ID))
		there[portfolio.UserID(r.ID)] = true
		switch {
		case u == nil:
			c.say("person", name, "stands in its table, and no event tells of the account")
		case u.Erased:
			c.say("person", name, "was erased, and stands in its table")
		case u.Seal == portfolio.Seal{}:
			c.report.Remarks = append(c.report.Remarks, portfolio.Violation{
				Rule: "person", Subject: name, Text: "has no seal in the log yet: it gets one when its name or password is next changed",
			})
		default:
			if part := r.broken(u.Seal); part != "" {
				c.say("person", name, "its %s is not what the log has the seal of", part)
			}
		}
	}
	for u := range c.replayed.Users.All() {
		if u.Seal != (portfolio.Seal{}) && !there[u.ID] {
			c.say("person", fmt.Sprintf("person %d", u.ID), "is told of by the log, and stands in no table")
		}
	}
	return failed
}

// counters holds the numbers that were given out against those that the log names: one that was set back would be given twice.
func (c *checker) counters() error {
	highest := map[portfolio.Kind]int64{}
	for s := range c.last {
		highest[s.kind] = max(highest[s.kind], s.id)
	}
	var rows []struct {
		Kind  int64 `db:"kind"`
		Value int64 `db:"value"`
	}
	if err := c.tx.SelectContext(c.ctx, &rows, `SELECT kind, value FROM counter`); err != nil {
		return fmt.Errorf("check counters: %w", err)
	}
	for _, r := range rows {
		name, k := fmt.Sprintf("counter %d", r.Kind), portfolio.Kind(r.Kind)
		if _, known := tables[k]; !known || int64(k) != r.Kind {
			c.say("counter", name, "counts a kind that does not exist")
			continue
		}
		if r.Value < highest[k] {
			c.say("counter", name, "gave out %s %d last, and the log has %d", k, r.Value, highest[k])
		}
		delete(highest, k)
	}
	for k, id := range highest {
		if k != portfolio.KindStrategy && k != portfolio.KindPolicy { // of these there is one, which has no number
			c.say("counter", fmt.Sprintf("counter %d", k), "is not there, and the log has %s %d", k, id)
		}
	}
	return nil
}
