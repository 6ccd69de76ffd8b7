package store

import (
	"context"
	"fmt"

	"gevinst/portfolio"
)

// What a process has read it never reads again, and everything it shows goes by an event's number. So a database that was set
// back under it, by a failover that lost events or by a restore, is refused: it must be read from the start by a new process.

// setBack tells whether the log ends before what this process has read. The caller holds the lock.
func (s *Store) setBack(ctx context.Context) error {
	h, err := s.readHead(ctx) // the one that was seen may be older than what others have read since
	if err != nil {
		return err
	}
	if h.Seq < s.now.Seq {
		return fmt.Errorf("the database was set back from event %d to %d: start the program again", s.now.Seq, h.Seq)
	}
	return nil
}

// follows tells whether a new event goes on from what this process has read. The caller holds the lock.
func (s *Store) follows(e *portfolio.Event) error {
	if s.tip.seq == e.Seq-1 && e.Chain(s.tip.hash) != e.Hash {
		return fmt.Errorf("event %d does not follow the one that was read before: the database was set back, start the program again", e.Seq)
	}
	return nil
}
