package portfolio

import (
	"maps"
	"slices"
)

// Source says where a value comes from. The zero value means: entered by the user whom the event names.
type Source struct {
	// Document is the document number, or the meeting, that states the value.
	Document string `json:"document,omitempty"`
	// Quote repeats the few words that state it.
	Quote string `json:"quote,omitempty"`
	// Derived marks what follows from stated figures without being stated itself.
	Derived bool `json:"derived,omitempty"`
	// Example marks invented data, which is shown with its mark wherever it appears.
	Example bool `json:"example,omitempty"`
}

// IsZero reports that a user entered the value.
func (s Source) IsZero() bool { return s == Source{} }

// Sources gives each field of a record its source. The key "" stands for the row and for every field without a key.
type Sources map[string]Source

// Of gives the source of a field.
func (s Sources) Of(field string) Source {
	if v, ok := s[field]; ok {
		return v
	}
	return s[""]
}

// Example reports whether the field's value is invented.
func (s Sources) Example(field string) bool { return s.Of(field).Example }

// with records that the fields now come from src; the map it was is left as it stood.
func (s Sources) with(src Source, fields ...string) Sources {
	next := make(Sources, len(s)+len(fields))
	for k, v := range s {
		next[k] = v
	}
	for _, f := range fields {
		if next[""] == src {
			delete(next, f)
			continue
		}
		next[f] = src
	}
	if len(next) == 0 {
		return nil
	}
	return next
}

// and records further sources by field, the row's first, so that the same facts always give the same bytes.
func (s Sources) and(more Sources) Sources {
	for _, field := range slices.Sorted(maps.Keys(more)) {
		s = s.with(more[field], field)
	}
	return s
}

// Note is a remark with its source: what the minutes leave open, a reading of them, a figure without a year.
type Note struct {
	Text   string `json:"text"`
	Source Source `json:"source,omitzero"`
}

// Meta is what every record has beside its own content.
type Meta struct {
	// Version counts the record's changes from 1; a write names the version it saw.
	Version int64 `json:"version"`
	// Removed takes the record out of every list and total; its history stays.
	Removed bool    `json:"removed,omitempty"`
	Sources Sources `json:"sources,omitempty"`
}

func (m *Meta) meta() *Meta { return m }

// Example reports that the whole record is invented.
func (m *Meta) Example() bool { return m.Sources.Example("") }

// ExampleField reports that one field's value is invented.
func (m *Meta) ExampleField(field string) bool { return m.Sources.Example(field) }

// AnyExample reports that the record or one of its fields is invented.
func (m *Meta) AnyExample() bool {
	for _, s := range m.Sources {
		if s.Example {
			return true
		}
	}
	return false
}
