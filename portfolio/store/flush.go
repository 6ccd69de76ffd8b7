package store

import (
	"cmp"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gevinst/portfolio"
)

// flush numbers the events, chains them, and writes everything. The head's row is taken first: from here to the commit this
// writer is alone, and all that is left to do is to write.
func (tx *Tx) flush() (Receipt, error) {
	if err := tx.savePeople(); err != nil {
		return Receipt{}, err
	}
	own := int64(len(tx.changes))
	n := own
	if tx.bulk != nil {
		if own == 0 {
			return Receipt{}, errors.New("save many: nothing tells what the records are of")
		}
		n += tx.bulk.n
	}
	if n == 0 {
		return Receipt{}, nil
	}
	var last head
	err := tx.sql.StmtxContext(tx.ctx, tx.store.kept.takeNumbers).GetContext(tx.ctx, &last, n, int64(tx.now))
	if err != nil {
		return Receipt{}, fmt.Errorf("take the next number: %w", err)
	}
	first := last.Seq - n + 1
	if err := tx.stale(first - 1); err != nil {
		return Receipt{}, err
	}
	if err := tx.chain(first, last.At); err != nil {
		return Receipt{}, err
	}
	if err := tx.writeRecords(); err != nil {
		return Receipt{}, err
	}
	if err := tx.writeEvents(); err != nil {
		return Receipt{}, err
	}
	if tx.bulk != nil {
		if err := tx.writeMany(first+own, tx.changes[own-1].Event.Hash, last.At, first); err != nil {
			return Receipt{}, err
		}
	}
	return Receipt{first, last.Seq}, nil
}

func (tx *Tx) chain(first int64, at portfolio.Instant) error {
	hash, err := tx.hashBefore(first)
	if err != nil {
		return err
	}
	for i := range tx.changes {
		c := &tx.changes[i]
		e := &c.Event
		e.Seq, e.At, e.Batch = first+int64(i), at, first
		if e.Payload, e.Format, err = portfolio.Encode(c.Record); err != nil {
			return err
		}
		e.Hash = e.Chain(hash)
		hash = e.Hash
	}
	// What a view showed of these changes while they were being decided had no numbers yet.
	tx.view, tx.viewed = tx.base, 0
	return nil
}

func (tx *Tx) hashBefore(seq int64) (string, error) {
	if seq == 1 {
		return "", nil
	}
	if tx.tip.seq == seq-1 {
		return tx.tip.hash, nil
	}
	tx.store.mu.Lock()
	known := tx.store.tip
	tx.store.mu.Unlock()
	if known.seq == seq-1 {
		return known.hash, nil
	}
	var hash string
	if err := tx.sql.GetContext(tx.ctx, &hash, `SELECT hash FROM event WHERE seq = $1`, seq-1); err != nil {
		return "", fmt.Errorf("read the hash of event %d: %w", seq-1, err)
	}
	return hash, nil
}

// written is the last value of a record in the transaction, and what its events were.
type written struct {
	record portfolio.Record
	event  *portfolio.Event
	isNew  bool
	count  int64
	seqs   seqs
}

func (w *written) note(c *portfolio.Change) {
	w.record, w.event = c.Record, &c.Event
	w.count++
	switch c.Event.Verb {
	case "entry.claim":
		w.seqs.claimed = c.Event.Seq
	case "entry.confirm", "entry.reject":
		w.seqs.settled = c.Event.Seq
	case "entry.reverse":
		w.seqs.reversed = c.Event.Seq
	case "entry.record_reversal":
		w.seqs.claimed, w.seqs.settled = c.Event.Seq, c.Event.Seq
	}
}

type subject struct {
	kind portfolio.Kind
	id   int64
}

func (tx *Tx) writeRecords() error {
	index := make(map[subject]*written, len(tx.changes))
	order := make([]*written, 0, len(tx.changes))
	for i := range tx.changes {
		c := &tx.changes[i]
		key := subject{c.Event.Kind, c.Event.Subject}
		w := index[key]
		if w == nil {
			w = &written{isNew: portfolio.MetaOf(c.Record).Version == 1}
			index[key] = w
			order = append(order, w)
		}
		w.note(c)
	}
	// New rows first, in the order in which kinds refer to each other.
	slices.SortStableFunc(order, func(a, b *written) int {
		if a.isNew != b.isNew {
			return cmp.Compare(flag(b.isNew), flag(a.isNew))
		}
		return cmp.Compare(a.event.Kind, b.event.Kind)
	})
	for len(order) > 0 && order[0].isNew {
		n := 1
		for n < len(order) && n < maxRows && order[n].isNew && order[n].event.Kind == order[0].event.Kind {
			n++
		}
		if err := tx.insert(order[:n]); err != nil {
			return err
		}
		order = order[n:]
	}
	for _, w := range order {
		if err := tx.update(w); err != nil {
			return err
		}
	}
	return nil
}

// maxRows is how many rows are gathered before they are sent.
const maxRows = 500

func (tx *Tx) insert(rows []*written) error {
	t := tables[rows[0].event.Kind]
	args := make([]any, 0, len(rows)*(len(common)+len(t.columns)))
	for _, w := range rows {
		args = append(args, w.common()...)
		args = append(args, t.values(w.record, w.seqs)...)
	}
	if err := tx.insertAll(t.name, t.all(), args); err != nil {
		if taken(err) {
			return &portfolio.Error{Kind: portfolio.Conflict, Code: "error.taken_meanwhile", Args: []any{rows[0].event.Kind.String()}}
		}
		return err
	}
	if rows[0].event.Kind == portfolio.KindEntry {
		return tx.insertMonths(rows)
	}
	return nil
}

func (w *written) common() []any {
	m := portfolio.MetaOf(w.record)
	return []any{w.event.Subject, m.Version, w.event.Seq, flag(m.Removed), w.event.Format, w.event.Payload}
}

func (tx *Tx) update(w *written) error {
	t := tables[w.event.Kind]
	args := w.common()
	if w.event.Kind == portfolio.KindEntry {
		e := w.record.(*portfolio.Entry)
		args = append(args, reference(settledBy(e)), reference(w.seqs.settled), accepted(e), reference(w.seqs.reversed))
	} else {
		args = append(args, t.values(w.record, w.seqs)...)
	}
	args = append(args, portfolio.MetaOf(w.record).Version-w.count)
	if tx.together() {
		args = append(args, eventValues(w.event)...)
	}
	var done sql.Result
	var err error
	if kept := tx.store.kept.update[w.event.Kind]; tx.together() || !tx.store.dialect.together() {
		done, err = tx.sql.StmtxContext(tx.ctx, kept).ExecContext(tx.ctx, args...)
	} else {
		done, err = tx.sql.ExecContext(tx.ctx, updates[w.event.Kind], args...)
	}
	if err != nil {
		if taken(err) {
			return &portfolio.Error{Kind: portfolio.Conflict, Code: "error.taken_meanwhile", Args: []any{w.event.Kind.String()}}
		}
		return fmt.Errorf("update %s: %w", t.name, err)
	}
	n, err := done.RowsAffected()
	if err != nil {
		return fmt.Errorf("update %s: %w", t.name, err)
	}
	if n == 0 { // somebody else's change came first: decide again on what it left
		return errStale
	}
	if w.event.Kind == portfolio.KindEntry && w.seqs.settled != 0 {
		return tx.settleMonths(w)
	}
	return nil
}

var eventColumns = []string{
	"seq", "at", "actor", "verb", "kind", "subject", "note", "decision", "batch", "format", "payload", "hash",
}

// eventList is the columns as a query names them.
var eventList = strings.Join(eventColumns, ", ")

func eventValues(e *portfolio.Event) []any {
	return []any{
		e.Seq, int64(e.At), int64(e.Actor), string(e.Verb), int64(e.Kind), e.Subject, e.Note, int64(e.Decision), e.Batch, e.Format,
		e.Payload, e.Hash,
	}
}

// together tells that the change's only event goes with its record, one that stood before.
func (tx *Tx) together() bool {
	return tx.store.dialect.together() && len(tx.changes) == 1 && portfolio.MetaOf(tx.changes[0].Record).Version > 1
}

func (tx *Tx) writeEvents() error {
	if tx.together() {
		return nil
	}
	if len(tx.changes) == 1 {
		if _, err := tx.sql.StmtxContext(tx.ctx, tx.store.kept.tell).ExecContext(tx.ctx, eventValues(&tx.changes[0].Event)...); err != nil {
			return fmt.Errorf("insert into event: %w", err)
		}
		return nil
	}
	for batch := range slices.Chunk(tx.changes, maxRows) {
		args := make([]any, 0, len(batch)*len(eventColumns))
		for i := range batch {
			args = append(args, eventValues(&batch[i].Event)...)
		}
		if err := tx.insertAll("event", eventColumns, args); err != nil {
			return err
		}
	}
	return nil
}
