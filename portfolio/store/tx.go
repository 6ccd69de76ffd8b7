package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"gevinst/portfolio"
)

// Tx gathers what a change writes: records with their events. Nothing reaches the database before the change has been
// decided; then all of it does, or none.
type Tx struct {
	ctx   context.Context
	store *Store
	sql   *sqlx.Tx
	base  *portfolio.Portfolio
	now   portfolio.Instant

	view    *portfolio.Portfolio // base and the changes up to viewed
	viewed  int
	changes []portfolio.Change
	people  []statement
	bulk    *bulk

	prepared map[string]*sqlx.Stmt
	tip      tip // of those who came between, once they are known
}

// Receipt tells which events a write became.
type Receipt struct{ First, Last int64 }

// attempts bounds how often a write starts over because others wrote at the same time. From the second on it is alone.
const attempts = 8

// errStale starts a write over on a newer portfolio.
var errStale = errors.New("the portfolio has moved on")

// Write runs a change in one transaction. The function decides on tx.Portfolio() and saves records with their events;
// it may be run again when somebody else's change came between, so it must do nothing else. What it returns as an error
// undoes everything, a panic too.
func (s *Store) Write(ctx context.Context, change func(*Tx) error) (Receipt, error) {
	var err error
	for try := range attempts {
		var r Receipt
		if try > 0 {
			s.retries.Add(1)
		}
		r, err = s.attempt(ctx, try > 0, change)
		if err == nil {
			s.writes.Add(1)
		}
		if err == nil || !(errors.Is(err, errStale) || crossed(err)) {
			return r, err
		}
	}
	return Receipt{}, fmt.Errorf("write: gave up after %d attempts: %w", attempts, err)
}

// attempt runs a change once: beside other writers, or alone.
func (s *Store) attempt(ctx context.Context, alone bool, change func(*Tx) error) (r Receipt, err error) {
	sqlTx, err := s.write.BeginTxx(ctx, nil)
	if err != nil {
		return r, fmt.Errorf("begin: %w", err)
	}
	done := false
	defer func() {
		if !done { // also when change panics
			err = errors.Join(err, sqlTx.Rollback())
		}
	}()
	base, err := s.enter(ctx, sqlTx, alone)
	if err != nil {
		return r, err
	}
	tx := &Tx{ctx: ctx, store: s, sql: sqlTx, base: base, view: base, now: portfolio.InstantOf(s.clock())}
	if err := change(tx); err != nil {
		return r, err
	}
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return r, ctx.Err()
	}
	written, err := tx.flush()
	if err != nil {
		return r, err
	}
	done = true
	if err := sqlTx.Commit(); err != nil {
		return r, fmt.Errorf("commit: %w", err)
	}
	s.advance(tx, written)
	return written, nil
}

// enter lets a writer in and gives what he decides on: the portfolio as it stands or, beside others, as it stood a moment ago. Alone,
// nobody can come between it and the commit.
func (s *Store) enter(ctx context.Context, tx *sqlx.Tx, alone bool) (*portfolio.Portfolio, error) {
	query := s.dialect.enterBeside()
	if query == "" || alone {
		if err := s.dialect.enterAlone(ctx, tx); err != nil {
			return nil, err
		}
		return s.Snapshot(ctx)
	}
	var h head
	first := s.known().Seq
	if err := tx.GetContext(ctx, &h, query, lockWriters); err != nil {
		return nil, fmt.Errorf("enter: %w", err)
	}
	if known := s.known(); first <= h.Seq && h.Seq <= known.Seq && h.PeopleSeq <= known.PeopleSeq {
		return known, nil // this program's own writers may have moved on since
	}
	return s.upTo(ctx, h)
}

// advance brings the portfolio in memory to the write's end, if nothing came between; if something did, the next reader
// reads it.
func (s *Store) advance(tx *Tx, r Receipt) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(tx.changes) > 0 && tx.bulk == nil && s.now.Seq == r.First-1 { // what came in bulk was not kept: it is read
		if tx.base == s.now {
			s.now = tx.Portfolio() // mostly made already
		} else {
			s.now = s.now.Extend(tx.changes...)
		}
		s.tip = tip{r.Last, tx.changes[len(tx.changes)-1].Event.Hash}
		s.remember(tx.changes)
	}
}

// Portfolio is the portfolio with what this transaction has saved so far.
func (tx *Tx) Portfolio() *portfolio.Portfolio {
	if tx.viewed < len(tx.changes) {
		tx.view = tx.view.Extend(tx.changes[tx.viewed:]...)
		tx.viewed = len(tx.changes)
	}
	return tx.view
}

// By gives the act's circumstances: who, now, today.
func (tx *Tx) By(user portfolio.UserID, note string) portfolio.By {
	return portfolio.By{User: tx.Portfolio().Users.Get(user), At: tx.now, Today: tx.store.Today(), Note: note}
}

// Save records a record's new value with the event that tells of it. There is no saving without an event.
func (tx *Tx) Save(r portfolio.Record, e portfolio.Event) {
	e.Kind, e.Subject = r.Kind(), r.Key()
	portfolio.MetaOf(r).Version++
	tx.changes = append(tx.changes, portfolio.Change{Record: r, Event: e})
}

// SaveAll records several changes.
func (tx *Tx) SaveAll(changes []portfolio.Change) {
	for _, c := range changes {
		tx.Save(c.Record, c.Event)
	}
}

// NextID gives a kind's next id.
func (tx *Tx) NextID(k portfolio.Kind) (int64, error) { return tx.Reserve(k, 1) }

// Reserve takes n ids of a kind and gives the first.
func (tx *Tx) Reserve(k portfolio.Kind, n int64) (int64, error) {
	var last int64
	err := tx.sql.GetContext(tx.ctx, &last, `INSERT INTO counter (kind, value) VALUES ($1, $2)
		ON CONFLICT (kind) DO UPDATE SET value = counter.value + excluded.value RETURNING value`, int64(k), n)
	if err != nil {
		return 0, fmt.Errorf("reserve %s ids: %w", k, err)
	}
	return last - n + 1, nil
}

// Entry reads a ledger entry.
func (tx *Tx) Entry(id portfolio.EntryID) (*portfolio.Entry, error) {
	for i := len(tx.changes) - 1; i >= 0; i-- {
		if e, ok := tx.changes[i].Record.(*portfolio.Entry); ok && e.ID == id {
			return e, nil
		}
	}
	return readEntry(tx.ctx, tx.sql, id)
}

// Seen refuses a change of a record that has another version than the one the user saw.
func Seen(r portfolio.Record, version int64) error {
	if m := portfolio.MetaOf(r); m.Version != version {
		return &portfolio.Error{Kind: portfolio.Conflict, Code: "error.changed", Args: []any{version, m.Version}}
	}
	return nil
}
