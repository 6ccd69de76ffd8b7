package store

import (
	"context"

	"gevinst/portfolio"
)

// RemoveExamples takes the invented data out of the portfolio, by events, in one transaction. It gives how many records it
// touched. The ledger's entries stay as history; without their benefits they count nowhere.
func (s *Store) RemoveExamples(ctx context.Context, actor portfolio.UserID) (n int, err error) {
	_, err = s.Write(ctx, func(tx *Tx) error {
		n = 0
		p := tx.Portfolio()
		by := tx.By(actor, "")
		for _, r := range p.Records() {
			events, err := s.Events(ctx, p, EventFilter{Kind: r.Kind(), Subject: r.Key(), Limit: 10_000})
			if err != nil {
				return err
			}
			change, err := portfolio.WithoutExamples(by, r, events)
			if err != nil {
				return err
			}
			if change != nil {
				tx.Save(change.Record, change.Event)
				n++
			}
		}
		return nil
	})
	return n, err
}
