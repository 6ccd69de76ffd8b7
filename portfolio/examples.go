package portfolio

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// WithoutExamples takes the invented data out of a record: an invented record is removed; on a real one each invented value
// gives way to the last that was not invented, or to the unknown. earlier are the record's events, the latest first.
// What users have stated themselves stays. It gives nil where nothing was invented.
func WithoutExamples(by By, r Record, earlier []Event) (*Change, error) {
	if err := by.may(RemoveExamples, relation{}); err != nil {
		return nil, err
	}
	m := r.meta()
	if m.Removed || !m.AnyExample() || r.Kind() == KindUser || r.Kind() == KindPolicy {
		return nil, nil // accounts stay, and so does the default of the forecast, with their marks
	}
	next := clone(r)
	if m.Example() {
		next.meta().Removed = true
		return &Change{next, by.event(Verb(r.Kind().String() + ".remove_example"))}, nil
	}
	fields, err := rawFields(r)
	if err != nil {
		return nil, err
	}
	sources := make(Sources, len(m.Sources))
	// Backwards, for a later effect month ("from") is told of apart from the terms that it belongs to.
	for _, field := range slices.Backward(slices.Sorted(maps.Keys(m.Sources))) {
		src := m.Sources[field]
		if !src.Example {
			sources[field] = src
			continue
		}
		value, from, err := lastReal(r.Kind(), field, earlier)
		if err != nil {
			return nil, err
		}
		for name := range value {
			fields[name] = value[name]
		}
		for _, name := range named(field) {
			if _, ok := value[name]; !ok {
				delete(fields, name)
			}
		}
		if from != nil {
			sources[field] = *from
		}
	}
	if fields["sources"], err = json.Marshal(sources); err != nil {
		return nil, fmt.Errorf("remove examples: %w", err)
	}
	text, err := json.Marshal(fields)
	if err != nil {
		return nil, fmt.Errorf("remove examples: %w", err)
	}
	restored, err := Decode(r.Kind(), format[r.Kind()], string(text))
	if err != nil {
		return nil, err
	}
	return &Change{restored, by.event(Verb(r.Kind().String() + ".remove_example"))}, nil
}

// named gives the payload's names of what a source calls a field: the terms of a benefit are several, with the sort of gain
// that they are of.
func named(field string) []string {
	switch field {
	case "terms":
		return []string{
			"type", "cash", "time", "indicator", "price_year", "from", "ramp", "one_off", "gross", "running", "planned",
		}
	case "now":
		return []string{"now", "planned"}
	case "from":
		return []string{"from", "planned"}
	case "lines":
		return []string{"lines", "stated_net", "net_source"}
	}
	return []string{field}
}

// lastReal finds the latest value of a field that was not invented, with its own source if it had one.
func lastReal(k Kind, field string, earlier []Event) (map[string]json.RawMessage, *Source, error) {
	for _, e := range earlier {
		was, err := Decode(k, e.Format, e.Payload)
		if err != nil {
			return nil, nil, fmt.Errorf("event %d: %w", e.Seq, err)
		}
		if was.meta().Sources.Example(field) {
			continue
		}
		all, err := rawFields(was)
		if err != nil {
			return nil, nil, err
		}
		value := map[string]json.RawMessage{}
		for _, name := range named(field) {
			if raw, ok := all[name]; ok {
				value[name] = raw
			}
		}
		if src, ok := was.meta().Sources[field]; ok {
			return value, &src, nil
		}
		return value, nil, nil
	}
	return nil, nil, nil
}

func rawFields(r Record) (map[string]json.RawMessage, error) {
	text, _, err := Encode(r)
	if err != nil {
		return nil, err
	}
	fields := map[string]json.RawMessage{}
	if err := json.Unmarshal([]byte(text), &fields); err != nil {
		return nil, fmt.Errorf("read fields of %s: %w", r.Kind(), err)
	}
	return fields, nil
}

func clone(r Record) Record {
	c := reflect.New(reflect.TypeOf(r).Elem())
	c.Elem().Set(reflect.ValueOf(r).Elem())
	return c.Interface().(Record)
}
