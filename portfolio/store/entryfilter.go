package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// EntryFilter narrows the entries that are read. Zero values do not narrow.
type EntryFilter struct {
	// Benefits are the gains that the entries are of; nil is every gain, an empty list none.
	Benefits []portfolio.BenefitID
	// Waiting leaves those that are claimed and not settled, State those in a state.
	Waiting bool
	State   portfolio.EntryState
	// First and Last leave entries with a part in one of the months, the last included.
	First, Last portfolio.Month
	// By leaves what a user claimed, NotBy what others did.
	By, NotBy portfolio.UserID
	// Over and Under bound the net amount, in øre; the bounds themselves are within.
	Over, Under amount.Figure
	// After leaves entries with a greater id, Before those with a smaller one; Limit bounds how many. Latest begins with the
	// latest.
	After, Before portfolio.EntryID
	Latest        bool
	Limit         int
}

// states tells an entry's state as of the event $1, by the events that settled and reversed it.
var states = map[portfolio.EntryState]string{
	portfolio.Claimed:   `COALESCE(settled_seq, 9223372036854775807) > $1`, // as the index has it
	portfolio.Confirmed: `settled_seq <= $1 AND accepted = 1 AND (reversed_seq IS NULL OR reversed_seq > $1)`,
	portfolio.Rejected:  `settled_seq <= $1 AND accepted = 0`,
	portfolio.Reversed:  `reversed_seq <= $1`,
}

// where says the filter in SQL, with what fills it.
func (f *EntryFilter) where(seq int64) (clause string, args []any) {
	var b strings.Builder
	b.WriteString(`claimed_seq <= $1 AND removed = 0 AND id > $2`)
	args = []any{seq, int64(f.After)}
	and := func(clause string, v int64) {
		args = append(args, v)
		fmt.Fprintf(&b, " AND "+clause, len(args))
	}
	if f.Before != 0 {
		and("id < $%d", int64(f.Before))
	}
	if f.By != 0 {
		and("claimed_by = $%d", int64(f.By))
	}
	if f.NotBy != 0 {
		and("claimed_by <> $%d", int64(f.NotBy))
	}
	const net = `(SELECT SUM(m.gross - m.running) FROM entry_month m WHERE m.entry_id = entry.id)`
	if f.Over.Known {
		and(net+" >= $%d", int64(f.Over.Ore))
	}
	if f.Under.Known {
		and(net+" <= $%d", int64(f.Under.Ore))
	}
	if f.First != 0 || f.Last != 0 {
		and("EXISTS (SELECT 1 FROM entry_month m WHERE m.entry_id = entry.id AND m.month >= $%d", int64(f.First))
		and("m.month <= $%d)", int64(max(f.First, f.Last)))
	}
	if f.Waiting {
		b.WriteString(" AND " + states[portfolio.Claimed])
	}
	if f.State != 0 {
		b.WriteString(" AND " + states[f.State])
	}
	if f.Benefits != nil {
		// Numbers of ours are written out: a statement has room for fewer values than there may be gains.
		b.WriteString(" AND benefit_id IN (")
		for i, id := range f.Benefits {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(strconv.FormatInt(int64(id), 10))
		}
		b.WriteByte(')')
	}
	return b.String(), args
}

// Entries reads ledger entries as they stood in the given portfolio, by id or, of the Latest, backwards. It gives at most Limit.
func (s *Store) Entries(ctx context.Context, p *portfolio.Portfolio, f EntryFilter) ([]*portfolio.Entry, error) {
	if f.Benefits != nil && len(f.Benefits) == 0 {
		return nil, nil
	}
	order := "ASC"
	if f.Latest {
		order = "DESC"
	}
	clause, args := f.where(p.Seq)
	args = append(args, f.Limit)
	// The page is found first, then what stands on it is read: as of an event an entry's body is the payload of its last event
	// up to then.
	query := fmt.Sprintf(`SELECT v.format, v.payload AS body FROM (
			SELECT id, claimed_seq, settled_seq, reversed_seq FROM entry WHERE %s ORDER BY id %s LIMIT $%d
		) e JOIN event v ON v.kind = 9 AND v.subject = e.id
		AND v.seq = CASE WHEN e.reversed_seq <= $1 THEN e.reversed_seq WHEN e.settled_seq <= $1 THEN e.settled_seq ELSE e.claimed_seq END
		ORDER BY e.id %s`, clause, order, len(args), order)
	var rows []body
	if err := s.read.SelectContext(ctx, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("read entries: %w", err)
	}
	list := make([]*portfolio.Entry, len(rows))
	for i, row := range rows {
		e, err := row.entry()
		if err != nil {
			return nil, err
		}
		list[i] = e
	}
	return list, nil
}

// EntryPage is some of a list of entries, and whether there are more before and behind it.
type EntryPage struct {
	Entries         []*portfolio.Entry
	Earlier, Beyond bool
}

// EntryPage reads one page of a list that is read forwards and back. Its order is by id or, of the Latest, backwards; After
// and Before are then places in that order: the page that follows an entry, or leads up to it.
func (s *Store) EntryPage(ctx context.Context, p *portfolio.Portfolio, f EntryFilter) (EntryPage, error) {
	back := f.Before != 0
	came := f.After != 0 || back
	if back {
		f.After = 0
	}
	if f.Latest {
		f.After, f.Before = f.Before, f.After
	}
	own := f.Limit
	f.Limit++ // one more tells that there are more
	f.Latest = f.Latest != back
	list, err := s.Entries(ctx, p, f)
	if err != nil {
		return EntryPage{}, err
	}
	more := len(list) > own
	list = list[:min(len(list), own)]
	if back {
		slices.Reverse(list)
		return EntryPage{list, more, true}, nil
	}
	return EntryPage{list, came, more}, nil
}
