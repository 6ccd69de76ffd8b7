package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// dialect is which of the two databases it is. Only this file knows what differs between them.
type dialect uint8

const (
	sqliteDialect dialect = iota + 1
	postgresDialect
)

func (d dialect) suffix() string {
	return [...]string{sqliteDialect: "sqlite", postgresDialect: "postgres"}[d]
}

func init() { sqlx.BindDriver("sqlite", sqlx.DOLLAR) }

func (s *Store) connect(ctx context.Context, o Options) error {
	if o.URL != "" {
		s.dialect = postgresDialect
		return s.pools(func() (*sqlx.DB, error) {
			db, err := sqlx.ConnectContext(ctx, "postgres", atOnce(o.URL))
			if err != nil {
				return nil, fmt.Errorf("connect to PostgreSQL: %w", err)
			}
			db.SetMaxOpenConns(16)
			db.SetMaxIdleConns(16)
			return db, nil
		})
	}
	s.dialect, s.walIndex = sqliteDialect, o.Path+"-shm"
	if err := os.MkdirAll(filepath.Dir(o.Path), 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	// A transaction that will write says so at once: one that begins by reading and then wants to write must give up
	// when another has written between. The settings go with every connection of the pool.
	dsn := "file:" + url.PathEscape(o.Path) + "?_pragma=journal_mode(WAL)&_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)&_pragma=synchronous(FULL)"
	write, err := openFile(ctx, dsn+"&_txlock=immediate")
	if err != nil {
		return fmt.Errorf("open %s: %w", o.Path, err)
	}
	write.SetMaxOpenConns(1)
	read, err := openFile(ctx, dsn+"&_pragma=query_only(1)")
	if err != nil {
		return errors.Join(fmt.Errorf("open %s: %w", o.Path, err), write.Close())
	}
	read.SetMaxOpenConns(max(4, runtime.NumCPU()))
	read.SetMaxIdleConns(max(4, runtime.NumCPU()))
	s.write, s.read = write, read
	return nil
}

// patience is how long a program waits for others that open the same empty file.
const patience = 10 * time.Second

// openFile opens the embedded database. Of several programs that open a new file at once one sets up its log, and SQLite sends
// the others away at once, whatever the time they would wait.
func openFile(ctx context.Context, dsn string) (*sqlx.DB, error) {
	until := time.Now().Add(patience)
	for {
		db, err := sqlx.ConnectContext(ctx, "sqlite", dsn)
		if err == nil || !crossed(err) || time.Now().After(until) {
			return db, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// atOnce asks the driver to send a statement together with its values: one way to the server and back instead of two, while
// other writers wait.
func atOnce(address string) string {
	const setting = "binary_parameters=yes"
	switch {
	case strings.Contains(address, "binary_parameters="):
		return address
	case !strings.Contains(address, "://"):
		return address + " " + setting
	case strings.Contains(address, "?"):
		return address + "&" + setting
	}
	return address + "?" + setting
}

// pools opens the writers' connections and the readers'.
func (s *Store) pools(open func() (*sqlx.DB, error)) (err error) {
	if s.write, err = open(); err != nil {
		return err
	}
	if s.read, err = open(); err != nil {
		return errors.Join(err, s.write.Close())
	}
	return nil
}

// stamp is the head of SQLite's index of its log of changes: 48 bytes, twice over, that every commit of every process changes
// before it is seen (sqlite.org/walformat.html, section 2). While they stay the same nothing has been committed, and reading
// them takes a fraction of any query.
type stamp [48]byte

// stamped reads the stamp; ok is false where there is none to go by: with PostgreSQL, where the file cannot be read, and while
// somebody is writing it. Windows does not promise that a file read is what others see of it in memory.
func (s *Store) stamped() (now stamp, ok bool) {
	if s.walIndex == "" || runtime.GOOS == "windows" {
		return now, false
	}
	s.stampOnce.Do(func() { s.stampFile, _ = os.Open(s.walIndex) }) // without it every look is a query
	if s.stampFile == nil {
		return now, false
	}
	var both [2 * len(now)]byte
	if _, err := s.stampFile.ReadAt(both[:], 0); err != nil {
		return now, false
	}
	now = stamp(both[:len(now)])
	return now, now == stamp(both[len(now):])
}

// lockWriters is what writers on PostgreSQL hold from their beginning to their end: together, or one alone.
const lockWriters = 726935

// enterAlone lets a writer in who waits for those who are in, and whom those who come later wait for; on SQLite every writer is
// alone. It is the first lock of each, so that none waits for another with something in hand.
func (d dialect) enterAlone(ctx context.Context, tx *sqlx.Tx) error {
	if d == sqliteDialect {
		return nil
	}
	if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock($1)`, lockWriters); err != nil {
		return fmt.Errorf("enter: %w", err)
	}
	return nil
}

// enterBeside is the query that lets a writer in beside others, with the head as it stood when he began to wait: others move it on
// at any time, so that it is asked for in the same statement. "" is where nobody writes beside others.
func (d dialect) enterBeside() string {
	if d == sqliteDialect {
		return ""
	}
	return `SELECT seq, at, people_seq FROM head, pg_advisory_xact_lock_shared($1) WHERE id = 1`
}

// together reports whether one statement may write an event and its record: it saves a way to the server, while others wait.
func (d dialect) together() bool { return d == postgresDialect }

// lockMigrations keeps programs that start at the same time from migrating at the same time. SQLite's transaction is
// exclusive as it is.
func (d dialect) lockMigrations(ctx context.Context, tx *sqlx.Tx) error {
	if d == sqliteDialect {
		return nil
	}
	if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock(726934)`); err != nil {
		return fmt.Errorf("lock migrations: %w", err)
	}
	return nil
}

// snapshotTx opens a transaction that sees one moment.
func (s *Store) snapshotTx(ctx context.Context) (*sqlx.Tx, error) {
	o := &sql.TxOptions{ReadOnly: true}
	if s.dialect == postgresDialect {
		o.Isolation = sql.LevelRepeatableRead
	}
	tx, err := s.read.BeginTxx(ctx, o)
	if err != nil {
		return nil, fmt.Errorf("begin reading: %w", err)
	}
	return tx, nil
}

// crossed reports that another transaction stood in the way, and that the same one may well succeed if tried again.
func crossed(err error) bool {
	var p *pq.Error
	if errors.As(err, &p) {
		return p.Code == "40001" || p.Code == "40P01"
	}
	var l *sqlite.Error
	return errors.As(err, &l) && l.Code()&0xff == sqlite3.SQLITE_BUSY
}

// numbered reports whether a long statement numbers its values' places ($1, $2): PostgreSQL knows no other, and SQLite's driver
// finds them more quickly without.
func (d dialect) numbered() bool { return d == postgresDialect }

// rowsAtOnce is how many rows go in one statement. SQLite keeps a copy of every page that a statement of several rows touches, to
// undo its first rows if a later one is refused; a statement of one row needs none, and there is no way to a server to save.
func (d dialect) rowsAtOnce() int {
	if d == sqliteDialect {
		return 1
	}
	return maxRows
}

// The memory that SQLite keeps a database's pages in, in KiB: usually, and while a great number of rows is written. In the usual
// one it would write out, and read again, the pages of the indexes over and over.
const usualRoom, roomForMany = 2_000, 64_000

// room sets how much memory a transaction has for pages. PostgreSQL sees to that itself.
func (d dialect) room(ctx context.Context, tx *sqlx.Tx, kib int) error {
	if d != sqliteDialect {
		return nil
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA cache_size = -%d", kib)); err != nil {
		return fmt.Errorf("set the room for pages: %w", err)
	}
	return nil
}

// taken reports that a unique rule of the database refused a row.
func taken(err error) bool {
	var p *pq.Error
	if errors.As(err, &p) {
		return p.Code == "23505"
	}
	var l *sqlite.Error
	return errors.As(err, &l) && (l.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || l.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
}
