package store

import (
	"context"
	"crypto/sha256"
	"fmt"
	"iter"
	"math"

	"github.com/jmoiron/sqlx"

	"gevinst/portfolio"
)

// Report is what a check found.
type Report struct {
	// Events and Head are the log's length and last hash: kept elsewhere, they give away a log that was cut off or
	// written anew.
	Events     int64
	Head       string
	Violations []portfolio.Violation
	// Remarks are sound, and yet somebody should look at them.
	Remarks []portfolio.Violation
}

// Check replays the log and holds it against the tables: the chain, the numbering, every row, who people are, the ledger's sums,
// and the domain's invariants. An error means that the check itself could not be done.
func (s *Store) Check(ctx context.Context) (Report, error) {
	tx, err := s.snapshotTx(ctx)
	if err != nil {
		return Report{}, err
	}
	defer tx.Rollback() //nolint:errcheck // nothing was written
	return s.checkIn(ctx, tx)
}

// checkIn checks what a transaction sees.
func (s *Store) checkIn(ctx context.Context, tx *sqlx.Tx) (Report, error) {
	c := checker{ctx: ctx, tx: tx, last: map[subject]lastEvent{}, replayed: portfolio.New(s.Today())}
	for _, do := range []func() error{c.log, c.counters, c.people, c.rows, c.entries, c.strayMonths, c.sums, c.postings} {
		if err := do(); err != nil {
			return Report{}, err
		}
	}
	c.report.Violations = append(c.report.Violations, c.replayed.Check()...)
	c.report.Remarks = append(c.report.Remarks, c.replayed.Remarks()...)
	return c.report, nil
}

type lastEvent struct {
	seq     int64
	format  int64
	payload [sha256.Size]byte
	seqs    seqs
}

type checker struct {
	ctx      context.Context
	tx       *sqlx.Tx
	last     map[subject]lastEvent
	replayed *portfolio.Portfolio
	report   Report
	months   monthPage
}

func (c *checker) say(rule, subject, format string, args ...any) {
	c.report.say(rule, subject, format, args...)
}

func (r *Report) say(rule, subject, format string, args ...any) {
	r.Violations = append(r.Violations, portfolio.Violation{Rule: rule, Subject: subject, Text: fmt.Sprintf(format, args...)})
}

// page is how many rows are read at a time.
const page = 5000

// paged walks a table by its growing key, a page at a time, so that memory does not grow with the table.
func paged[T any](c *checker, query string, key func(*T) int64, failed *error) iter.Seq[*T] {
	return func(yield func(*T) bool) {
		for after := int64(math.MinInt64); ; { // a number that nobody gives out is found too
			var rows []T
			if err := c.tx.SelectContext(c.ctx, &rows, query, after, page); err != nil {
				*failed = fmt.Errorf("check: %w", err)
				return
			}
			for i := range rows {
				if !yield(&rows[i]) {
					return
				}
				after = key(&rows[i])
			}
			if len(rows) < page {
				return
			}
		}
	}
}

// log walks the events: numbers without gaps, instants that never decrease, each hash over the one before, and the
// payloads that decode. It replays them as it goes.
func (c *checker) log() error {
	var failed error
	var before portfolio.Event
	var batch []portfolio.Change
	for e := range paged(c, `SELECT `+eventList+` FROM event WHERE seq > $1 ORDER BY seq LIMIT $2`, func(e *portfolio.Event) int64 { return e.Seq }, &failed) {
		name := fmt.Sprintf("event %d", e.Seq)
		if e.Seq != before.Seq+1 {
			c.say("gapless", name, "follows event %d", before.Seq)
		}
		if e.At < before.At {
			c.say("instant", name, "was recorded before the event that it follows")
		}
		if want := e.Chain(before.Hash); want != e.Hash {
			c.say("chain", name, "its hash does not fit what it says and the event before it")
		}
		r, err := portfolio.Decode(e.Kind, e.Format, e.Payload)
		switch {
		case err != nil:
			c.say("payload", name, "%v", err)
		case r.Kind() != e.Kind || r.Key() != e.Subject:
			c.say("payload", name, "tells of another subject than it names")
		default:
			batch = append(batch, portfolio.Change{Record: r, Event: *e})
		}
		c.note(e)
		if len(batch) == page {
			c.replayed, batch = c.replayed.Extend(batch...), batch[:0:0]
		}
		before = *e
	}
	c.replayed = c.replayed.Extend(batch...)
	c.report.Events, c.report.Head = before.Seq, before.Hash
	var h head
	if err := c.tx.GetContext(c.ctx, &h, `SELECT seq, at, people_seq FROM head WHERE id = 1`); err != nil {
		return fmt.Errorf("check head: %w", err)
	}
	if h.Seq != before.Seq {
		c.say("head", "head", "says %d events, the log has %d", h.Seq, before.Seq)
	}
	if h.At != before.At {
		c.say("head", "head", "does not have the last event's instant")
	}
	return failed
}

func (c *checker) note(e *portfolio.Event) {
	key := subject{e.Kind, e.Subject}
	w := written{seqs: c.last[key].seqs}
	w.note(&portfolio.Change{Event: *e})
	c.last[key] = lastEvent{e.Seq, e.Format, sha256.Sum256([]byte(e.Payload)), w.seqs}
}

type tableRow struct {
	ID      int64  `db:"id"`
	Version int64  `db:"version"`
	Seq     int64  `db:"seq"`
	Removed int64  `db:"removed"`
	Format  int64  `db:"format"`
	Body    string `db:"body"`
}

// rows holds every row against the last event of its subject, and every subject against its row.
func (c *checker) rows() error {
	for _, k := range portfolio.Kinds() {
		var failed error
		query := `SELECT id, version, seq, removed, format, body FROM ` + tables[k].name + ` WHERE id > $1 ORDER BY id LIMIT $2`
		for r := range paged(c, query, func(r *tableRow) int64 { return r.ID }, &failed) {
			name := fmt.Sprintf("%s %d", k, r.ID)
			last, ok := c.last[subject{k, r.ID}]
			switch {
			case !ok:
				c.say("replay", name, "stands in its table, and no event tells of it")
			case last.seq != r.Seq || last.format != r.Format || last.payload != sha256.Sum256([]byte(r.Body)):
				c.say("replay", name, "is not what event %d says", last.seq)
			}
			if k != portfolio.KindEntry {
				delete(c.last, subject{k, r.ID})
			}
			if err := c.columns(k, r); err != nil {
				return err
			}
		}
		if failed != nil {
			return failed
		}
	}
	for s, last := range c.last {
		if s.kind != portfolio.KindEntry {
			c.say("replay", fmt.Sprintf("%s %d", s.kind, s.id), "is told of by event %d, and stands in no table", last.seq)
		}
	}
	return nil
}

// columns holds a row's columns against its body. Those that entries have of their own are held against the log by entries.
func (c *checker) columns(k portfolio.Kind, r *tableRow) error {
	record, err := portfolio.Decode(k, r.Format, r.Body)
	if err != nil {
		return nil //nolint:nilerr // the replay has named it already
	}
	name := fmt.Sprintf("%s %d", k, r.ID)
	if m := portfolio.MetaOf(record); m.Version != r.Version || flag(m.Removed) != r.Removed {
		c.say("columns", name, "its version, or its removal, is not what its body says")
	}
	t := tables[k]
	if sumsOnly(k) || len(t.columns) == 0 { // those have checks of their own, a page at a time
		return nil
	}
	where, args := "", []any{r.ID}
	for i, v := range t.values(record, seqs{}) {
		if v == nil {
			where += " AND " + t.columns[i] + " IS NULL"
			continue
		}
		args = append(args, v)
		where += fmt.Sprintf(" AND %s = $%d", t.columns[i], len(args))
	}
	var n int
	if err := c.tx.GetContext(c.ctx, &n, `SELECT COUNT(*) FROM `+t.name+` WHERE id = $1`+where, args...); err != nil {
		return fmt.Errorf("check columns of %s: %w", t.name, err)
	}
	if n != 1 {
		c.say("columns", name, "its columns are not what its body says")
	}
	return nil
}
