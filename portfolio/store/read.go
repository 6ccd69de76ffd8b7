package store

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"

	"github.com/jmoiron/sqlx"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// Snapshot gives the portfolio as it stands. It reads one row; if that has moved, what the new events name is read.
func (s *Store) Snapshot(ctx context.Context) (*portfolio.Portfolio, error) {
	h, err := s.head(ctx)
	if err != nil {
		return nil, err
	}
	return s.upTo(ctx, h)
}

// upTo gives the portfolio as of a head that was just read, or a later one.
func (s *Store) upTo(ctx context.Context, h head) (*portfolio.Portfolio, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if h.Seq < s.now.Seq {
		if err := s.setBack(ctx); err != nil {
			return nil, err
		}
	}
	if h.PeopleSeq > s.now.PeopleSeq {
		if err := s.readPeople(ctx); err != nil {
			return nil, err
		}
	}
	if h.Seq > s.now.Seq {
		if err := s.catchUp(ctx, h.Seq); err != nil {
			return nil, err
		}
	}
	return s.knownToday(), nil
}

// known gives the portfolio that this program has read, without a look at what others may have written since.
func (s *Store) known() *portfolio.Portfolio {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.knownToday()
}

func (s *Store) knownToday() *portfolio.Portfolio {
	if today := s.Today(); s.now.Today != today {
		s.now = s.now.On(today)
	}
	return s.now
}

// maxTail is how many events are read one by one before reading the whole anew is quicker.
const maxTail = 50_000

func (s *Store) catchUp(ctx context.Context, to int64) error {
	if to-s.now.Seq > maxTail {
		return s.reload(ctx)
	}
	var events []portfolio.Event
	if err := s.read.SelectContext(ctx, &events, `SELECT `+eventList+` FROM event WHERE seq > $1 ORDER BY seq`, s.now.Seq); err != nil {
		return fmt.Errorf("read new events: %w", err)
	}
	if len(events) > 0 {
		if err := s.follows(&events[0]); err != nil {
			return err
		}
	}
	changes := make([]portfolio.Change, len(events))
	for i, e := range events {
		r, err := portfolio.Decode(e.Kind, e.Format, e.Payload)
		if err != nil {
			return fmt.Errorf("event %d: %w", e.Seq, err)
		}
		changes[i] = portfolio.Change{Record: r, Event: e}
	}
	s.now = s.now.Extend(changes...)
	if n := len(events); n > 0 {
		s.tip = tip{events[n-1].Seq, events[n-1].Hash}
		s.remember(changes)
	}
	return nil
}

// reload reads the whole portfolio, as of one moment.
func (s *Store) reload(ctx context.Context) error {
	tx, err := s.snapshotTx(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // nothing was written
	var h head
	if err := tx.GetContext(ctx, &h, `SELECT seq, at, people_seq FROM head WHERE id = 1`); err != nil {
		return fmt.Errorf("read head: %w", err)
	}
	var rows []bodies
	for _, k := range portfolio.Kinds() {
		if sumsOnly(k) {
			continue
		}
		if rows, err = appendBodies(ctx, tx, rows, k, `SELECT format, body FROM `+tables[k].name+` ORDER BY id`); err != nil {
			return err
		}
	}
	records, sums, posted, err := s.build(ctx, rows, h.Seq)
	if err != nil {
		return err
	}
	p := portfolio.Load(s.Today(), h.Seq, h.At, records, sums, posted)
	if s.now != nil {
		p = p.WithPeople(s.now.People(), s.now.PeopleSeq)
	}
	s.now, s.tip, s.passed = p, tip{}, nil
	return s.readPeople(ctx)
}

// sumsOnly tells the kinds that a portfolio holds as sums, and not one by one.
func sumsOnly(k portfolio.Kind) bool { return k == portfolio.KindEntry || k == portfolio.KindPosting }

// bodies are one kind's records as they are kept.
type bodies struct {
	kind portfolio.Kind
	rows []body
}

func appendBodies(ctx context.Context, q sqlx.QueryerContext, list []bodies, k portfolio.Kind, query string, args ...any) ([]bodies, error) {
	b := bodies{kind: k}
	if err := sqlx.SelectContext(ctx, q, &b.rows, query, args...); err != nil {
		return nil, fmt.Errorf("read %s: %w", k, err)
	}
	return append(list, b), nil
}

// build makes the records of what was read while the database adds up the ledger as of the event seq, in two halves: in a large
// portfolio all of it takes long, and the processors share it. Sums as of an event do not depend on when they are read.
func (s *Store) build(ctx context.Context, all []bodies, seq int64) (
	records []portfolio.Record, sums []portfolio.Tally, posted []portfolio.AccountTally, err error,
) {
	middle := portfolio.BenefitID(0)
	for _, b := range all {
		if b.kind == portfolio.KindBenefit {
			middle = portfolio.BenefitID(len(b.rows) / 2)
		}
	}
	var reading sync.WaitGroup
	var first, second []portfolio.Tally
	var failed [4]error
	reading.Go(func() { records, failed[0] = decode(all) })
	reading.Go(func() { first, failed[1] = tallies(ctx, s.read, seq, 1, middle) })
	reading.Go(func() { second, failed[2] = tallies(ctx, s.read, seq, middle+1, math.MaxInt64) })
	reading.Go(func() { posted, failed[3] = accountTallies(ctx, s.read, seq) })
	reading.Wait()
	return records, append(first, second...), posted, errors.Join(failed[:]...)
}

func decode(all []bodies) ([]portfolio.Record, error) {
	var list []portfolio.Record
	for _, b := range all {
		list = slices.Grow(list, len(b.rows))
		for _, row := range b.rows {
			r, err := portfolio.Decode(b.kind, row.Format, row.Body)
			if err != nil {
				return nil, err
			}
			list = append(list, r)
		}
	}
	return list, nil
}

// maxPast is how many past views are kept.
const maxPast = 4

// AsOf gives the portfolio as it was known when the day ended.
func (s *Store) AsOf(ctx context.Context, day portfolio.Date) (*portfolio.Portfolio, error) {
	end := portfolio.InstantOf(day.AddDays(1).Time(Copenhagen))
	now, err := s.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	// Instants never decrease with the number, so the last event of the day is found by halving.
	low, high := int64(0), now.Seq
	for low < high {
		mid := (low + high + 1) / 2
		var at portfolio.Instant
		if err := s.read.GetContext(ctx, &at, `SELECT at FROM event WHERE seq = $1`, mid); err != nil {
			return nil, fmt.Errorf("read event %d: %w", mid, err)
		}
		if at < end {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return s.At(ctx, low, day)
}

// At gives the portfolio as it was known after the event seq, seen from a day.
func (s *Store) At(ctx context.Context, seq int64, day portfolio.Date) (*portfolio.Portfolio, error) {
	s.mu.Lock()
	people, peopleSeq := s.now.People(), s.now.PeopleSeq
	for i, p := range s.past {
		if p.Seq == seq && p.Today == day && p.PeopleSeq == peopleSeq {
			s.past = slices.Insert(slices.Delete(s.past, i, i+1), 0, p)
			s.mu.Unlock()
			return p, nil
		}
	}
	s.mu.Unlock()
	p, err := s.loadAt(ctx, seq, day)
	if err != nil {
		return nil, err
	}
	p = p.WithPeople(people, peopleSeq) // names are not part of the past
	s.mu.Lock()
	defer s.mu.Unlock()
	s.past = slices.Insert(s.past, 0, p)
	s.past = s.past[:min(len(s.past), maxPast)]
	return p, nil
}

func (s *Store) loadAt(ctx context.Context, seq int64, day portfolio.Date) (*portfolio.Portfolio, error) {
	var rows []bodies
	var err error
	for _, k := range portfolio.Kinds() {
		if sumsOnly(k) {
			continue
		}
		rows, err = appendBodies(ctx, s.read, rows, k, `SELECT format, payload AS body FROM event e
			WHERE kind = $1 AND seq = (SELECT MAX(seq) FROM event l WHERE l.kind = $1 AND l.subject = e.subject AND l.seq <= $2)
			ORDER BY subject`, int64(k), seq)
		if err != nil {
			return nil, err
		}
	}
	records, sums, posted, err := s.build(ctx, rows, seq)
	if err != nil {
		return nil, err
	}
	var at portfolio.Instant
	if seq > 0 {
		if err := s.read.GetContext(ctx, &at, `SELECT at FROM event WHERE seq = $1`, seq); err != nil {
			return nil, fmt.Errorf("read event %d: %w", seq, err)
		}
	}
	return portfolio.Load(day, seq, at, records, sums, posted), nil
}

// EventFilter narrows the log. Zero values do not narrow.
type EventFilter struct {
	Kind    portfolio.Kind
	Subject int64
	// Verbs leaves all others out.
	Verbs []portfolio.Verb
	// Noted leaves out what was done without a note.
	Noted bool
	// Kinds leaves every other kind out.
	Kinds []portfolio.Kind
	// Except leaves one kind out.
	Except portfolio.Kind
	// Decisions leaves what carries one of them out.
	Decisions []portfolio.DecisionID
	// After and Before are exclusive sequence numbers; Since an instant.
	After, Before int64
	Since         portfolio.Instant
	Limit         int
}

// Events reads the log, the latest first, up to the portfolio's last event.
func (s *Store) Events(ctx context.Context, p *portfolio.Portfolio, f EventFilter) ([]portfolio.Event, error) {
	query := `SELECT ` + eventList + ` FROM event WHERE seq <= $1 AND seq > $2 AND at >= $3`
	args := []any{p.Seq, f.After, int64(f.Since)}
	and := func(clause string, v int64) {
		if v != 0 {
			args = append(args, v)
			query += fmt.Sprintf(" AND "+clause, len(args))
		}
	}
	and("kind = $%d", int64(f.Kind))
	and("kind <> $%d", int64(f.Except))
	and("subject = $%d", f.Subject)
	among := func(column string, n int, value func(int) any) {
		for i := range n {
			args = append(args, value(i))
			query += fmt.Sprintf("%s$%d", [...]string{" AND " + column + " IN (", ", "}[min(i, 1)], len(args))
		}
		query += [...]string{"", ")"}[min(n, 1)]
	}
	among("verb", len(f.Verbs), func(i int) any { return string(f.Verbs[i]) })
	if f.Noted {
		query += " AND note <> ''"
	}
	if len(f.Decisions) > 0 {
		query += " AND decision <> 0" // the index knows only events with a decision
	}
	among("decision", len(f.Decisions), func(i int) any { return int64(f.Decisions[i]) })
	among("kind", len(f.Kinds), func(i int) any { return int64(f.Kinds[i]) })
	and("seq < $%d", f.Before)
	args = append(args, f.Limit)
	query += fmt.Sprintf(" ORDER BY seq DESC LIMIT $%d", len(args))
	var events []portfolio.Event
	if err := s.read.SelectContext(ctx, &events, query, args...); err != nil {
		return nil, fmt.Errorf("read events: %w", err)
	}
	return events, nil
}

// Head gives the hash of the portfolio's last event, "" for an empty log. Kept elsewhere, it gives away a log that was cut off or
// written anew.
func (s *Store) Head(ctx context.Context, p *portfolio.Portfolio) (hash string, err error) {
	if p.Seq == 0 {
		return "", nil
	}
	if err := s.read.GetContext(ctx, &hash, `SELECT hash FROM event WHERE seq = $1`, p.Seq); err != nil {
		return "", fmt.Errorf("read the hash of event %d: %w", p.Seq, err)
	}
	return hash, nil
}

// DayOf is the day an event was recorded on.
func DayOf(at portfolio.Instant) portfolio.Date { return amount.DateOf(at.Time().In(Copenhagen)) }
