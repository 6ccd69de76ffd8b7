// Package store keeps the portfolio in a database: an embedded SQLite file, or PostgreSQL. It is the only way to change
// anything (Write), and the only way to read (Snapshot and its past views, the log, the entries).
package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jmoiron/sqlx"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// Store is an open database, migrated, with the portfolio of the last event in memory.
type Store struct {
	// write and read are two pools, so that a reader whom writers wait for never waits for their connections.
	// SQLite has one writer, and readers that do not wait for it.
	write, read *sqlx.DB
	dialect     dialect
	clock       func() time.Time

	kept kept

	seen      atomic.Pointer[seenHead]
	walIndex  string // the embedded database's; see stamped
	stampOnce sync.Once
	stampFile *os.File

	// turn is held by the one of this program's writers who writes. The database would let them in one by one just the same; here
	// each finds in memory what those before it wrote.
	turn chan struct{}

	mu     sync.Mutex
	now    *portfolio.Portfolio
	tip    tip
	passed []passed               // the last events, one after the other up to the portfolio's
	past   []*portfolio.Portfolio // a handful of past views, the latest used first

	writes, retries atomic.Int64 // since the store was opened
}

// tip is the last event this process knows: the next one is chained to its hash.
type tip struct {
	seq  int64
	hash string
}

// Options are how to open a store.
type Options struct {
	// URL names a PostgreSQL database; empty means the embedded file.
	URL string
	// Path is the embedded database's file.
	Path string
	// Clock tells the time; nil is the real one. It is the only clock that the domain sees.
	Clock func() time.Time
}

// Copenhagen is where the domain's days begin and end.
var Copenhagen = mustLocation("Europe/Copenhagen")

func mustLocation(name string) *time.Location {
	l, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // the program carries its own time zones
	}
	return l
}

// Open opens the database, brings its layout up to date and reads the portfolio.
func Open(ctx context.Context, o Options) (*Store, error) {
	s, err := Connect(ctx, o)
	if err != nil {
		return nil, err
	}
	if err := s.start(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Store) start(ctx context.Context) error {
	if err := s.Migrate(ctx); err != nil {
		return err
	}
	if err := s.prepare(ctx); err != nil {
		return err
	}
	return s.reload(ctx)
}

// Connect opens the database without touching it, for Migrate alone.
func Connect(ctx context.Context, o Options) (*Store, error) {
	s := &Store{clock: o.Clock, turn: make(chan struct{}, 1)}
	if s.clock == nil {
		s.clock = time.Now
	}
	if err := s.connect(ctx, o); err != nil {
		return nil, err
	}
	return s, nil
}

// Close closes the database.
func (s *Store) Close() error {
	s.kept.close()
	err := errors.Join(s.read.Close(), s.write.Close())
	if s.stampFile != nil {
		// Last: closing any handle of a file gives up the locks that the process has on it, SQLite's too. For the same
		// reason a process opens an embedded database once.
		_ = s.stampFile.Close()
	}
	return err
}

// Ping reports whether the database answers, is migrated, and is the one that was read.
func (s *Store) Ping(ctx context.Context) error {
	if !s.mu.TryLock() { // somebody is reading it
		_, err := s.readHead(ctx)
		return err
	}
	defer s.mu.Unlock()
	return s.setBack(ctx)
}

// Writable reports why the database takes no changes: a disk or a server that is read-only lets itself be opened all the same.
func (s *Store) Writable(ctx context.Context) error {
	if _, err := s.write.ExecContext(ctx, `UPDATE head SET seq = seq WHERE id = 0`); err != nil { // there is no such row, nor a lock on it
		return fmt.Errorf("the database takes no changes: %w", err)
	}
	return nil
}

// Today is the domain's day.
func (s *Store) Today() portfolio.Date { return amount.DateOf(s.clock().In(Copenhagen)) }

type head struct {
	Seq       int64             `db:"seq"`
	At        portfolio.Instant `db:"at"`
	PeopleSeq int64             `db:"people_seq"`
}

// seenHead is a head with the stamp that was read before it, and when.
type seenHead struct {
	head
	stamp stamp
	at    time.Time
}

// maxSeen bounds how long a stamp is believed, whatever may happen to its file.
const maxSeen = time.Second

// head reads the counter's row, unless the database can tell more cheaply that it has not moved.
func (s *Store) head(ctx context.Context) (head, error) {
	now, ok := s.stamped()
	if last := s.seen.Load(); ok && last != nil && last.stamp == now && time.Since(last.at) < maxSeen {
		return last.head, nil
	}
	h, err := s.readHead(ctx)
	if err == nil && ok { // what was committed between the two is in the row and not in the stamp: the next look reads again
		s.seen.Store(&seenHead{h, now, time.Now()})
	}
	return h, err
}

func (s *Store) readHead(ctx context.Context) (head, error) {
	var h head
	if err := s.kept.head.QueryRowContext(ctx).Scan(&h.Seq, &h.At, &h.PeopleSeq); err != nil {
		return h, fmt.Errorf("read head: %w", err)
	}
	return h, nil
}
