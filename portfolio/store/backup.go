package store

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/jmoiron/sqlx"

	"gevinst/portfolio"
)

// carried are the tables that a backup holds, in the order in which they are read back. What the events tell is made from
// them again. A later step may add columns to them, with a default: an earlier backup does not have them.
var carried = []carriedTable{
	{name: "event", key: "seq"},
	{name: "person", key: "user_id"},
	{name: "counter", key: "kind"},
	{name: "pass", key: "digest", since: 3, where: "kind = 3"}, // programs go on with their tokens; people sign in again
}

// remade are the tables beside the records' own that a restore makes again.
var remade = []string{"head", "entry_month", "migration"}

// forgotten are the tables that a backup leaves out.
var forgotten = []string{"reminder", "upload", "upload_part"}

// carriedTable has the column that its rows go by, the step that made it, and which rows are carried; "" is all.
type carriedTable struct {
	name, key, where string
	since            int
}

// backupFormat is the layout of the file: a gzip stream of JSON lines. The first is the Mark; then comes, table by table, a
// line that names it and its columns, and a line a row; the last tells how many rows there were.
const backupFormat = 1

// Mark is what a backup says of itself: what the log was when it was taken.
type Mark struct {
	Format int       `json:"gevinst_backup"`
	Taken  time.Time `json:"taken"`
	// Step is the database's layout, the number of its last migration.
	Step   int               `json:"step"`
	Events int64             `json:"events"`
	Head   string            `json:"head"` // the last event's hash
	At     portfolio.Instant `json:"at"`   // its instant
	People int64             `json:"people_seq"`
}

// section begins a table's rows, or ends the file.
type section struct {
	Table   string   `json:"table,omitempty"`
	Columns []string `json:"columns,omitempty"`
	End     bool     `json:"end,omitempty"`
	Rows    int64    `json:"rows,omitempty"`
}

// Backup writes everything that cannot be made again, as of one moment; others go on writing meanwhile. It reads the database
// as it stands, so it serves before an upgrade too.
func (s *Store) Backup(ctx context.Context, to io.Writer) (Mark, error) {
	tx, err := s.snapshotTx(ctx)
	if err != nil {
		return Mark{}, err
	}
	defer tx.Rollback() //nolint:errcheck // nothing was written
	mark, err := s.mark(ctx, tx)
	if err != nil {
		return Mark{}, err
	}
	packed := gzip.NewWriter(to)
	lines := json.NewEncoder(packed)
	lines.SetEscapeHTML(false)
	if err := lines.Encode(mark); err != nil {
		return Mark{}, fmt.Errorf("write backup: %w", err)
	}
	var rows int64
	for _, t := range carried {
		if mark.Step < t.since {
			continue
		}
		n, err := t.write(ctx, tx, lines)
		if err != nil {
			return Mark{}, fmt.Errorf("back up %s: %w", t.name, err)
		}
		rows += n
	}
	if err := errors.Join(lines.Encode(section{End: true, Rows: rows}), packed.Close()); err != nil {
		return Mark{}, fmt.Errorf("write backup: %w", err)
	}
	return mark, nil
}

// mark reads what the log is. A database that a newer program laid out may hold what this one does not know of.
func (s *Store) mark(ctx context.Context, tx *sqlx.Tx) (Mark, error) {
	m := Mark{Format: backupFormat, Taken: time.Now().UTC().Truncate(time.Second)}
	steps, err := s.dialect.steps()
	if err != nil {
		return m, err
	}
	if err := tx.GetContext(ctx, &m.Step, `SELECT COALESCE(MAX(number), 0) FROM migration`); err != nil {
		return m, fmt.Errorf("there is no portfolio: %w", err)
	}
	if m.Step > len(steps) {
		return m, newerLayout(m.Step, len(steps))
	}
	var h head
	if err := tx.GetContext(ctx, &h, `SELECT seq, at, people_seq FROM head WHERE id = 1`); err != nil {
		return m, fmt.Errorf("read head: %w", err)
	}
	m.Events, m.At, m.People = h.Seq, h.At, h.PeopleSeq
	if h.Seq == 0 {
		return m, nil
	}
	if err := tx.GetContext(ctx, &m.Head, `SELECT hash FROM event WHERE seq = $1`, h.Seq); err != nil {
		return m, fmt.Errorf("read the hash of event %d: %w", h.Seq, err)
	}
	return m, nil
}

func newerLayout(step, known int) error {
	return fmt.Errorf("the layout is at step %d, and this program knows %d: use a newer program", step, known)
}

func (t carriedTable) write(ctx context.Context, tx *sqlx.Tx, lines *json.Encoder) (n int64, err error) {
	query := `SELECT * FROM ` + t.name
	if t.where != "" {
		query += ` WHERE ` + t.where
	}
	rows, err := tx.QueryxContext(ctx, query+` ORDER BY `+t.key)
	if err != nil {
		return 0, err
	}
	defer rows.Close() //nolint:errcheck // Err tells what matters
	columns, err := rows.Columns()
	if err != nil {
		return 0, err
	}
	if err := lines.Encode(section{Table: t.name, Columns: columns}); err != nil {
		return 0, err
	}
	for ; rows.Next(); n++ {
		values, err := rows.SliceScan()
		if err != nil {
			return n, err
		}
		for i, v := range values {
			if text, ok := v.([]byte); ok { // a driver's way of giving text
				values[i] = string(text)
			}
		}
		if err := lines.Encode(values); err != nil {
			return n, err
		}
	}
	return n, rows.Err()
}
