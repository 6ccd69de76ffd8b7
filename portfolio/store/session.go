package store

import (
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"time"
)

// Sessions keeps the web sessions in the database, for the session manager.
type Sessions struct{ s *Store }

// Sessions gives the session table.
func (s *Store) Sessions() Sessions { return Sessions{s} }

// Find gives a session's data; found is false where there is none that is still valid.
func (t Sessions) Find(token string) (data []byte, found bool, err error) {
	var text string
	err = t.s.read.Get(&text, `SELECT data FROM session WHERE token = $1 AND expiry > $2`, token, time.Now().UnixMicro())
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("read session: %w", err)
	}
	if data, err = base64.StdEncoding.DecodeString(text); err != nil {
		return nil, false, fmt.Errorf("decode session: %w", err)
	}
	return data, true, nil
}

// Commit writes a session until its expiry, and clears away those that have expired.
func (t Sessions) Commit(token string, data []byte, expiry time.Time) error {
	_, err := t.s.write.Exec(`INSERT INTO session (token, data, expiry) VALUES ($1, $2, $3)
		ON CONFLICT (token) DO UPDATE SET data = excluded.data, expiry = excluded.expiry`,
		token, base64.StdEncoding.EncodeToString(data), expiry.UnixMicro())
	if err != nil {
		return fmt.Errorf("write session: %w", err)
	}
	if _, err := t.s.write.Exec(`DELETE FROM session WHERE expiry < $1`, time.Now().UnixMicro()); err != nil {
		return fmt.Errorf("clear expired sessions: %w", err)
	}
	return nil
}

// Delete ends a session.
func (t Sessions) Delete(token string) error {
	if _, err := t.s.write.Exec(`DELETE FROM session WHERE token = $1`, token); err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	return nil
}
