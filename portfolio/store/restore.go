package store

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"gevinst/portfolio"
)

// Restore reads a backup into an empty database of either kind, makes every table from the events again, and checks it all;
// what does not come out as the backup says is refused, and the database stays empty. It gives what the check reported.
func (s *Store) Restore(ctx context.Context, from io.Reader) (report Report, err error) {
	file, err := openBackup(from)
	if err != nil {
		return report, err
	}
	steps, err := s.dialect.steps()
	if err != nil {
		return report, err
	}
	if file.mark.Step > len(steps) {
		return report, newerLayout(file.mark.Step, len(steps))
	}
	if err := s.Migrate(ctx); err != nil {
		return report, err
	}
	sqlTx, err := s.write.BeginTxx(ctx, nil)
	if err != nil {
		return report, fmt.Errorf("begin: %w", err)
	}
	report, err = s.restore(&Tx{ctx: ctx, store: s, sql: sqlTx}, file)
	if err != nil {
		return report, errors.Join(err, sqlTx.Rollback())
	}
	if err := sqlTx.Commit(); err != nil {
		return report, fmt.Errorf("commit: %w", err)
	}
	return report, nil
}

func (s *Store) restore(tx *Tx, file *backupFile) (report Report, err error) {
	if err := s.dialect.enterAlone(tx.ctx, tx.sql); err != nil {
		return report, err
	}
	for _, t := range carried {
		var there bool
		if err := tx.sql.GetContext(tx.ctx, &there, `SELECT EXISTS (SELECT 1 FROM `+t.name+`)`); err != nil {
			return report, fmt.Errorf("look into %s: %w", t.name, err)
		}
		if there {
			return report, errors.New("a backup is restored into an empty place, and this one is not")
		}
	}
	last, err := tx.readBack(file)
	if err != nil {
		return report, err
	}
	if err := tx.remake(last); err != nil {
		return report, err
	}
	m := file.mark
	if _, err := tx.sql.ExecContext(tx.ctx, `UPDATE head SET seq = $1, at = $2, people_seq = $3 WHERE id = 1`, m.Events, int64(m.At), m.People); err != nil {
		return report, fmt.Errorf("set head: %w", err)
	}
	if report, err = s.checkIn(tx.ctx, tx.sql); err != nil {
		return report, err
	}
	if report.Events != m.Events || report.Head != m.Head {
		report.say("backup", "the file", "says %d events with the hash %s, and holds %d with %s", m.Events, m.Head, report.Events, report.Head)
	}
	if len(report.Violations) > 0 {
		return report, fmt.Errorf("%d invariants do not hold, so nothing was restored", len(report.Violations))
	}
	return report, nil
}

// told is what the events say of a subject: the last of them, and those that an entry's row names.
type told struct {
	last int64
	seqs seqs
}

// readBack fills the carried tables, and notes as the events pass where each subject's last value is.
func (tx *Tx) readBack(file *backupFile) (map[subject]told, error) {
	last := map[subject]told{}
	for t, columns := range file.tables {
		if err := tx.knows(t, columns); err != nil {
			return nil, err
		}
		var args []any
		for row := range file.rows(len(columns)) {
			args = append(args, row...)
			if t == "event" {
				e := eventOf(columns, row)
				key := subject{e.Kind, e.Subject}
				w := written{seqs: last[key].seqs}
				w.note(&portfolio.Change{Event: e})
				last[key] = told{e.Seq, w.seqs}
			}
			if len(args) < maxRows*len(columns) {
				continue
			}
			if err := tx.insertAll(t, columns, args); err != nil {
				return nil, err
			}
			args = args[:0]
		}
		if err := tx.insertAll(t, columns, args); err != nil {
			return nil, err
		}
	}
	return last, file.failed
}

// knows refuses a table or a column that this program's layout does not have: a file is not to choose its own SQL.
func (tx *Tx) knows(name string, columns []string) error {
	if !slices.ContainsFunc(carried, func(t carriedTable) bool { return t.name == name }) {
		return fmt.Errorf("the backup holds a table %q, which this program does not know", name)
	}
	rows, err := tx.sql.QueryContext(tx.ctx, `SELECT * FROM `+name+` WHERE 1 = 0`)
	if err != nil {
		return fmt.Errorf("look at %s: %w", name, err)
	}
	defer rows.Close() //nolint:errcheck // it has no rows
	known, err := rows.Columns()
	if err != nil {
		return fmt.Errorf("look at %s: %w", name, err)
	}
	for _, c := range columns {
		if !slices.Contains(known, c) {
			return fmt.Errorf("the backup's table %s has a column %q, which this program does not know", name, c)
		}
	}
	return rows.Err()
}

// eventOf gives what the row says of whose event it is; a value of another type says nothing, and the check tells.
func eventOf(columns []string, row []any) portfolio.Event {
	number := func(name string) int64 {
		n, _ := row[slices.Index(columns, name)].(int64)
		return n
	}
	verb, _ := row[slices.Index(columns, "verb")].(string)
	return portfolio.Event{Seq: number("seq"), Kind: portfolio.Kind(number("kind")), Subject: number("subject"), Verb: portfolio.Verb(verb)}
}

// remake writes the records' tables: each subject's last value.
func (tx *Tx) remake(last map[subject]told) error {
	byKind := map[portfolio.Kind][]subject{}
	for s := range last {
		byKind[s.kind] = append(byKind[s.kind], s)
	}
	for _, k := range portfolio.Kinds() { // in the order in which they refer to each other, and an entry to an earlier one
		slices.SortFunc(byKind[k], func(a, b subject) int { return cmp.Compare(a.id, b.id) })
		for part := range slices.Chunk(byKind[k], maxRows) {
			rows, err := tx.lastValues(part, last)
			if err != nil {
				return err
			}
			if err := tx.insert(rows); err != nil {
				return err
			}
		}
	}
	return nil
}

func (tx *Tx) lastValues(part []subject, last map[subject]told) ([]*written, error) {
	numbers := make([]string, len(part))
	for i, s := range part {
		numbers[i] = strconv.FormatInt(last[s].last, 10)
	}
	var events []portfolio.Event
	query := `SELECT ` + eventList + ` FROM event WHERE seq IN (` + strings.Join(numbers, ", ") + `) ORDER BY subject`
	if err := tx.sql.SelectContext(tx.ctx, &events, query); err != nil {
		return nil, fmt.Errorf("read back events: %w", err)
	}
	rows := make([]*written, len(events))
	for i := range events {
		e := &events[i]
		r, err := portfolio.Decode(e.Kind, e.Format, e.Payload)
		if err != nil {
			return nil, fmt.Errorf("event %d: %w", e.Seq, err)
		}
		rows[i] = &written{record: r, event: e, seqs: last[subject{e.Kind, e.Subject}].seqs}
	}
	return rows, nil
}

// backupFile is a backup that is being read.
type backupFile struct {
	mark   Mark
	lines  *bufio.Reader
	next   []byte // the line that ended the rows before
	read   int64
	failed error
}

var errNoBackup = errors.New("the file is no backup")

func openBackup(from io.Reader) (*backupFile, error) {
	packed, err := gzip.NewReader(from)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errNoBackup, err)
	}
	f := &backupFile{lines: bufio.NewReaderSize(packed, 64<<10)}
	line, err := f.lines.ReadBytes('\n')
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errNoBackup, err)
	}
	if err := json.Unmarshal(line, &f.mark); err != nil || f.mark.Format == 0 {
		return nil, errNoBackup
	}
	if f.mark.Format > backupFormat {
		return nil, errors.New("the backup was written by a newer program: use that")
	}
	return f, nil
}

// tables gives each table's name and columns; rows then gives its rows. What cannot be read ends both, and is in failed.
func (f *backupFile) tables(yield func(string, []string) bool) {
	for f.failed == nil {
		line := f.next
		if line == nil {
			line = f.line()
		}
		var s section
		if f.failed == nil {
			f.failed = json.Unmarshal(line, &s)
		}
		switch {
		case f.failed != nil:
			f.failed = fmt.Errorf("read backup: %w", f.failed)
		case s.End:
			f.end(s.Rows)
			return
		case s.Table == "" || len(s.Columns) == 0:
			f.failed = errNoBackup
		default:
			f.next = nil
			if !yield(s.Table, s.Columns) {
				return
			}
		}
	}
}

func (f *backupFile) rows(width int) func(func([]any) bool) {
	return func(yield func([]any) bool) {
		for {
			line := f.line()
			if f.failed != nil || line[0] != '[' {
				f.next = line
				return
			}
			row, err := values(line)
			if err == nil && len(row) != width {
				err = fmt.Errorf("a row of %d values in a table of %d columns", len(row), width)
			}
			if err != nil {
				f.failed = fmt.Errorf("read backup: %w", err)
				return
			}
			f.read++
			if !yield(row) {
				return
			}
		}
	}
}

func (f *backupFile) line() []byte {
	line, err := f.lines.ReadBytes('\n')
	if err != nil {
		f.failed = fmt.Errorf("the backup is not whole: %w", err)
	}
	return line
}

// end holds the file's own count against what was read, and reads to its end, where its checksum is.
func (f *backupFile) end(rows int64) {
	if rows != f.read {
		f.failed = fmt.Errorf("the backup is not whole: %d rows of %d", f.read, rows)
		return
	}
	switch n, err := io.Copy(io.Discard, f.lines); {
	case err != nil:
		f.failed = fmt.Errorf("the backup is not whole: %w", err)
	case n > 0:
		f.failed = fmt.Errorf("the backup goes on after its end, by %d bytes", n)
	}
}

func values(line []byte) ([]any, error) {
	in := json.NewDecoder(bytes.NewReader(line))
	in.UseNumber()
	var row []any
	if err := in.Decode(&row); err != nil {
		return nil, err
	}
	for i, v := range row {
		if number, ok := v.(json.Number); ok {
			n, err := number.Int64()
			if err != nil {
				return nil, err
			}
			row[i] = n
		}
	}
	return row, nil
}
