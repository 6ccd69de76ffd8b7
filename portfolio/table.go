package portfolio

import "iter"

// Table holds one kind's records by their dense ids. Tables are never changed in place: put copies the row of pointers.
type Table[K ~int64, T any] struct {
	rows []*T
	live int
}

// Get finds a record; nil where there is none, or it has been removed.
func (t Table[K, T]) Get(id K) *T {
	if r := t.Ever(id); r != nil && !any(r).(Record).meta().Removed {
		return r
	}
	return nil
}

// Ever finds a record even if it has been removed, as the history does.
func (t Table[K, T]) Ever(id K) *T {
	if id < 1 || int(id) > len(t.rows) {
		return nil
	}
	return t.rows[id-1]
}

// Len counts the records that have not been removed.
func (t Table[K, T]) Len() int { return t.live }

// All walks the records that have not been removed, by id.
func (t Table[K, T]) All() iter.Seq[*T] {
	return func(yield func(*T) bool) {
		for _, r := range t.rows {
			if r != nil && !any(r).(Record).meta().Removed && !yield(r) {
				return
			}
		}
	}
}

// List is All as a slice of its own.
func (t Table[K, T]) List() []*T {
	list := make([]*T, 0, t.live)
	for r := range t.All() {
		list = append(list, r)
	}
	return list
}

// last is the highest id that has been given, to what has been removed too; 0 for none.
func (t Table[K, T]) last() K { return K(len(t.rows)) }

// Mark tells a table from any other: two tables with the same mark hold the same records.
type Mark struct {
	first any // the row of pointers, which is copied before it is changed; holding it keeps its place from being used again
	rows  int
}

// Mark is the table's, to remember what was worked out of it.
func (t Table[K, T]) Mark() Mark {
	if len(t.rows) == 0 {
		return Mark{}
	}
	return Mark{&t.rows[0], len(t.rows)}
}

// put sets a row in a table whose rows belong to the caller.
func (t *Table[K, T]) put(id int64, r *T, removed bool) {
	for int64(len(t.rows)) < id {
		t.rows = append(t.rows, nil)
	}
	if old := t.rows[id-1]; old != nil && !any(old).(Record).meta().Removed {
		t.live--
	}
	if !removed {
		t.live++
	}
	t.rows[id-1] = r
}

func (t Table[K, T]) own() Table[K, T] {
	t.rows = append(make([]*T, 0, len(t.rows)+8), t.rows...)
	return t
}
