package exchange

import (
	"context"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// Apply writes the file's changes by the domain's verbs, all or nothing. What changes nothing gives no event. A subject that
// somebody has changed since the file was read is a conflict.
func (m *Import) Apply(ctx context.Context, tx *store.Tx, by portfolio.By) error {
	if err := MayImport(by.User, m.Kind); err != nil {
		return err
	}
	id, now, err := m.reserve(ctx, tx)
	if err != nil {
		return err
	}
	p := tx.Portfolio() // no row's verb looks at what another row has changed
	a := act{by: by, p: p, save: tx.Save}
	for i := range m.subjects {
		s := &m.subjects[i]
		switch {
		case s.row.Action == Same:
			continue
		case s.now == nil && (s.taken(p) || s.taken(now)):
			return &FileError{Rows: []RowError{{Row: s.row.Row, Code: "import.meanwhile"}}}
		case s.now == nil:
			a.id = id
			id++
		default:
			if err := unchanged(p, s); err != nil {
				return err
			}
		}
		if err := s.write(a); err != nil {
			return s.asFileError(err)
		}
	}
	return nil
}

// reserve takes the ids of what is new and gives the first, with the portfolio as it stands from then on: two imports wait
// for each other there, so that a file which is sent twice at the same time is not read in twice.
func (m *Import) reserve(ctx context.Context, tx *store.Tx) (int64, *portfolio.Portfolio, error) {
	n := m.Count(New)
	if n == 0 {
		return 0, tx.Portfolio(), nil
	}
	first, err := tx.Reserve(m.made(), int64(n))
	if err != nil {
		return 0, nil, err
	}
	now, err := m.store.Snapshot(ctx)
	if err != nil {
		return 0, nil, err
	}
	if m.Kind != Claims || now.Seq == m.seq {
		return first, now, nil
	}
	// What is claimed has no name by which it could be found again, so here nobody may have claimed anything meanwhile.
	events, err := m.store.Events(ctx, now, store.EventFilter{Kind: portfolio.KindEntry, After: m.seq, Limit: 1})
	if err == nil && len(events) > 0 {
		err = &portfolio.Error{Kind: portfolio.Conflict, Code: "import.claimed_meanwhile"}
	}
	return first, now, err
}

func (m *Import) made() portfolio.Kind {
	if len(m.subjects) == 0 {
		return 0
	}
	return m.subjects[0].made()
}

// unchanged refuses the change of a record that is not what it was when the file was read.
func unchanged(p *portfolio.Portfolio, s *subject) error {
	var now portfolio.Record
	switch was := s.now.(type) {
	case *portfolio.CatalogueItem:
		now = present(p.Items.Get(was.ID))
	case *portfolio.Initiative:
		now = present(p.Initiatives.Get(was.ID))
	case *portfolio.Benefit:
		now = present(p.Benefits.Get(was.ID))
	case *portfolio.Requirement:
		now = present(p.Requirements.Get(was.ID))
	}
	if now == nil {
		return portfolio.Missing(s.now.Kind(), s.now.Key())
	}
	return store.Seen(now, s.seen)
}

// present gives a record, or nil that is really nil.
func present[T any, R interface {
	*T
	portfolio.Record
}](r R) portfolio.Record {
	if r == nil {
		return nil
	}
	return r
}

// asFileError tells which row the domain did not take.
func (s *subject) asFileError(err error) error {
	refusals := portfolio.AsRefusals(err)
	if len(refusals) == 0 || refusals[0].Kind != portfolio.Invalid {
		return err
	}
	bad := &FileError{}
	for _, e := range refusals {
		bad.add(s.refused(e))
	}
	return bad
}
