package kalundborg

import (
	"errors"
	"fmt"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// act is one change.
type act func(*store.Tx) error

// do runs acts in their order and stops at the first that fails.
func do(acts ...act) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		for _, a := range acts {
			if err := a(tx); err != nil {
				return err
			}
		}
		return nil
	}
}

// join makes one list of acts of several.
func join(lists ...[]act) []act {
	var all []act
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

// each makes an act of every element.
func each[T any](list []T, f func(T) act) []act {
	acts := make([]act, len(list))
	for i, v := range list {
		acts[i] = f(v)
	}
	return acts
}

// voice is who records, from where, by which decision, and why.
type voice struct {
	user     portfolio.UserID
	source   portfolio.Source
	decision portfolio.DecisionID
	note     string
}

func (v voice) by(tx *store.Tx) portfolio.By {
	by := tx.By(v.user, v.note)
	by.Source, by.Decision = v.source, v.decision
	return by
}

// under gives the voice with a board's decision.
func (v voice) under(d portfolio.DecisionID) voice {
	v.decision = d
	return v
}

// because gives the voice with a reason. Events have no source, so an invented reason says itself that it is one.
func (v voice) because(note string) voice {
	if v.source.Example {
		note = "Eksempeldata: " + note
	}
	v.note = note
	return v
}

// from gives the voice with another source.
func (v voice) from(s portfolio.Source) voice {
	v.source = s
	return v
}

// changes makes an act of a verb with one change.
func (v voice) changes(verb func(*portfolio.Portfolio, portfolio.By) (portfolio.Record, portfolio.Event, error)) act {
	return func(tx *store.Tx) error {
		r, e, err := verb(tx.Portfolio(), v.by(tx))
		if err != nil {
			return err
		}
		if portfolio.MetaOf(r).Version == 0 {
			if err := claimID(tx, r); err != nil {
				return err
			}
		}
		tx.Save(r, e)
		return nil
	}
}

// claimID takes the next id of a new record's kind. The records are written here with the ids they are to have, so another
// one means that something else has been recorded before.
func claimID(tx *store.Tx, r portfolio.Record) error {
	id, err := tx.NextID(r.Kind())
	if err != nil {
		return err
	}
	if id != r.Key() {
		return fmt.Errorf("the next %s is number %d, not %d: something else has been recorded before", r.Kind(), id, r.Key())
	}
	return nil
}

var errMissing = errors.New("the facts have not been loaded")

// on makes an act of a verb on a record that is there already.
func on[T any](v voice, find func(*portfolio.Portfolio) *T, verb func(*T, *portfolio.Portfolio, portfolio.By) (portfolio.Record, portfolio.Event, error)) act {
	return v.changes(func(p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
		r := find(p)
		if r == nil {
			return nil, portfolio.Event{}, errMissing
		}
		return verb(r, p, by)
	})
}
