package store

import (
	"context"

	"gevinst/portfolio"
)

// RemoveExamples takes the invented data out of the portfolio, by events, in one transaction. It gives how many records it
// touched. The ledger's entries stay as history; without their benefits they count nowhere. An invented record that
// something else still names stays, with its mark.
func (s *Store) RemoveExamples(ctx context.Context, actor portfolio.UserID) (n int, err error) {
	_, err = s.Write(ctx, func(tx *Tx) error {
		var real []portfolio.Record
		for _, r := range tx.Portfolio().Records() {
			if !portfolio.MetaOf(r).Example() {
				real = append(real, r)
			}
		}
		// First the values: what a real record named as an example, it may name no longer.
		values, err := tx.withoutExamples(actor, real)
		if err != nil {
			return err
		}
		whole, err := tx.withoutExamples(actor, tx.Portfolio().Invented())
		n = values + whole
		return err
	})
	return n, err
}

func (tx *Tx) withoutExamples(actor portfolio.UserID, records []portfolio.Record) (n int, err error) {
	by := tx.By(actor, "")
	for _, r := range records {
		events, err := tx.store.Events(tx.ctx, tx.base, EventFilter{Kind: r.Kind(), Subject: r.Key(), Limit: 10_000})
		if err != nil {
			return n, err
		}
		change, err := portfolio.WithoutExamples(by, r, events)
		if err != nil {
			return n, err
		}
		if change != nil {
			tx.Save(change.Record, change.Event)
			n++
		}
	}
	return n, nil
}
