package store

import (
	"errors"
	"fmt"
	"iter"

	"gevinst/portfolio"
)

// bulk is a great number of new records of one kind, which are written as they come and never held together.
type bulk struct {
	kind    portfolio.Kind
	n       int64
	records iter.Seq2[portfolio.Record, portfolio.Event]
}

// SaveMany records n new records of one kind after everything else of the transaction, one event each. They are asked for when
// they are written, so that memory does not grow with their number; the ids must have been reserved. It may be used once in a
// transaction. records must give exactly n, and the same each time it is walked.
func (tx *Tx) SaveMany(kind portfolio.Kind, n int64, records iter.Seq2[portfolio.Record, portfolio.Event]) {
	tx.bulk = &bulk{kind, n, records}
}

// writeMany writes the bulk: seq is its first event's number, hash the one before, batch the transaction's.
func (tx *Tx) writeMany(seq int64, hash string, at portfolio.Instant, batch int64) (err error) {
	b, t := tx.bulk, tables[tx.bulk.kind]
	columns := t.all()
	var rows, events []any
	count := int64(0)
	if err := tx.store.dialect.room(tx.ctx, tx.sql, roomForMany); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, tx.store.dialect.room(tx.ctx, tx.sql, usualRoom)) }()
	flush := func() error {
		if err := tx.insertAll(t.name, columns, rows); err != nil {
			if taken(err) {
				return &portfolio.Error{Kind: portfolio.Conflict, Code: "error.taken_meanwhile", Args: []any{b.kind.String()}}
			}
			return err
		}
		err := tx.insertAll("event", eventColumns, events)
		rows, events = rows[:0], events[:0]
		return err
	}
	for r, e := range b.records {
		portfolio.MetaOf(r).Version = 1
		e.Kind, e.Subject, e.Seq, e.At, e.Batch = b.kind, r.Key(), seq+count, at, batch
		if e.Payload, e.Format, err = portfolio.Encode(r); err != nil {
			return err
		}
		e.Hash = e.Chain(hash)
		hash = e.Hash
		w := written{record: r, event: &e}
		rows = append(append(rows, w.common()...), t.values(r, seqs{})...)
		events = append(events, eventValues(&e)...)
		if count++; count%maxRows == 0 {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if count != b.n {
		return fmt.Errorf("save many: %d records came, %d were told of", count, b.n)
	}
	return flush()
}
