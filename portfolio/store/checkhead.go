package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"gevinst/portfolio"
)

// CheckHead holds the log against a head that was kept elsewhere: the number of an event and its hash. With Check it finds a
// log that was cut off or written anew, for then the chain that Check follows does not lead through that hash. The empty log's
// head is 0 with "".
func (s *Store) CheckHead(ctx context.Context, seq int64, hash string) ([]portfolio.Violation, error) {
	found := Report{}
	if seq == 0 && hash == "" {
		return nil, nil
	}
	var there string
	err := s.read.GetContext(ctx, &there, `SELECT hash FROM event WHERE seq = $1`, seq)
	switch name := fmt.Sprintf("event %d", seq); {
	case errors.Is(err, sql.ErrNoRows):
		found.say("kept head", name, "was there when the head was kept, and is not in the log")
	case err != nil:
		return nil, fmt.Errorf("check head: %w", err)
	case there != hash:
		found.say("kept head", name, "has another hash than the one that was kept: the log up to it was written anew")
	}
	return found.Violations, nil
}
