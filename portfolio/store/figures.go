package store

import (
	"context"
	"fmt"
	"time"
)

// Figures are what whoever runs the program watches of its database.
type Figures struct {
	// Seq is the last event.
	Seq int64 `db:"-"`
	// Initiatives, Benefits and Entries are how many there are, Sessions how many have not run out.
	Initiatives, Benefits int   `db:"-"`
	Entries               int64 `db:"entries"`
	Sessions              int64 `db:"sessions"`
	// Writes are the changes of this process that were carried out; Retries how often one began anew because others wrote at the
	// same time.
	Writes, Retries int64 `db:"-"`
}

// Figures counts. It fails where the database does not answer.
func (s *Store) Figures(ctx context.Context) (Figures, error) {
	var f Figures
	p, err := s.Snapshot(ctx)
	if err != nil {
		return f, err
	}
	err = s.read.GetContext(ctx, &f,
		`SELECT (SELECT count(*) FROM entry) AS entries, (SELECT count(*) FROM pass WHERE kind = 1 AND ended = 0 AND expires > $1) AS sessions`, time.Now().UnixMicro())
	if err != nil {
		return f, fmt.Errorf("count entries and sessions: %w", err)
	}
	f.Seq, f.Initiatives, f.Benefits = p.Seq, p.Initiatives.Len(), p.Benefits.Len()
	f.Writes, f.Retries = s.writes.Load(), s.retries.Load()
	return f, nil
}
