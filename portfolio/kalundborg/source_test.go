package kalundborg

import (
	"encoding/json"
	"slices"
	"testing"

	"gevinst/portfolio"
)

// records lists everything in the portfolio but the ledger's entries.
func records(p *portfolio.Portfolio) []portfolio.Record {
	list := []portfolio.Record{p.Strategy, p.Policy}
	list = appended(list, p.Users.List())
	list = appended(list, p.Areas.List())
	list = appended(list, p.Programmes.List())
	list = appended(list, p.Items.List())
	list = appended(list, p.Initiatives.List())
	list = appended(list, p.Benefits.List())
	list = appended(list, p.Requirements.List())
	list = appended(list, p.Overlaps.List())
	list = appended(list, p.Meetings.List())
	list = appended(list, p.Decisions.List())
	return appended(list, p.FollowUps.List())
}

func appended[R portfolio.Record](list []portfolio.Record, more []R) []portfolio.Record {
	for _, r := range more {
		list = append(list, r)
	}
	return list
}

type subject struct {
	kind portfolio.Kind
	id   int64
}

func bySubject(p *portfolio.Portfolio) map[subject]portfolio.Record {
	m := map[subject]portfolio.Record{}
	for _, r := range records(p) {
		m[subject{r.Kind(), r.Key()}] = r
	}
	return m
}

// fields gives a record's content field by field, as the log holds it.
func fields(t *testing.T, r portfolio.Record) map[string]string {
	t.Helper()
	payload, _, err := portfolio.Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	raw := map[string]json.RawMessage{}
	if err := json.Unmarshal([]byte(payload), &raw); err != nil {
		t.Fatal(err)
	}
	m := map[string]string{}
	for k, v := range raw {
		if k != "version" && k != "sources" {
			m[k] = string(v)
		}
	}
	return m
}

// cited gives the sources that stand inside a record: of its notes and of a requirement's lines.
func cited(r portfolio.Record) []portfolio.Source {
	var notes []portfolio.Note
	var list []portfolio.Source
	switch r := r.(type) {
	case *portfolio.Strategy:
		notes = r.Notes
	case *portfolio.Programme:
		notes = r.Notes
	case *portfolio.CatalogueItem:
		notes = r.Notes
	case *portfolio.Initiative:
		notes = r.Notes
	case *portfolio.Overlap:
		notes = r.Notes
	case *portfolio.Meeting:
		notes = r.Notes
	case *portfolio.Decision:
		notes = r.Notes
	case *portfolio.Requirement:
		notes = r.Notes
		if r.StatedNet.Known {
			list = append(list, r.NetSource)
		}
		for _, l := range r.Lines {
			list = append(list, l.Source)
			for _, reading := range l.Reading {
				list = append(list, reading.Source)
			}
		}
	}
	for _, n := range notes {
		list = append(list, n.Source)
	}
	return list
}

func TestSources(t *testing.T) {
	_, facts := factsAlone(t)
	o, examples := withExamples(t)
	documents := []string{"326-2017-60501", "326-2017-315951"}

	t.Run("every fact has a document, and none is an example but the accounts and the probabilities", func(t *testing.T) {
		for _, r := range records(facts) {
			sources := portfolio.MetaOf(r).Sources
			if r.Kind() == portfolio.KindUser || r.Kind() == portfolio.KindPolicy {
				if sources.Of("") != (portfolio.Source{Example: true}) {
					t.Errorf("%s %d: %+v", r.Kind(), r.Key(), sources)
				}
				continue
			}
			all := append(cited(r), sources.Of(""))
			for _, s := range sources {
				all = append(all, s)
			}
			for _, s := range all {
				if !slices.Contains(documents, s.Document) || s.Quote == "" || s.Example {
					t.Errorf("%s %d: %+v", r.Kind(), r.Key(), s)
				}
			}
		}
	})

	t.Run("every value that the example sets carries the mark, in a fact's fields too", func(t *testing.T) {
		was := bySubject(facts)
		for key, r := range bySubject(examples) {
			meta, fact := portfolio.MetaOf(r), was[key]
			if fact == nil {
				if !meta.Example() {
					t.Errorf("%s %d is not marked", key.kind, key.id)
				}
				continue
			}
			before, now := fields(t, fact), fields(t, r)
			for field, value := range now {
				if field == "planned" {
					field = "now" // the adopted dates are the example's, kept beside the ones that moved
				}
				if value != before[field] && !meta.ExampleField(field) {
					t.Errorf("%s %d: %s is not marked", key.kind, key.id, field)
				}
			}
			for field := range before {
				if _, ok := now[field]; !ok {
					t.Errorf("%s %d: the example removed %s", key.kind, key.id, field)
				}
			}
		}
		for _, e := range o.entries(t) {
			if !e.Example() {
				t.Errorf("entry %d is not marked", e.ID)
			}
		}
	})

	t.Run("a reason in the example's events says that it is one", func(t *testing.T) {
		for _, e := range o.events(t) {
			if e.Note != "" && !startsWith(e.Note, "Eksempeldata: ") {
				t.Errorf("event %d: %s", e.Seq, e.Note)
			}
		}
	})

	t.Run("what is fact stays fact: no stated value differs under the examples", func(t *testing.T) {
		for key, fact := range bySubject(facts) {
			r := bySubject(examples)[key]
			for field, s := range portfolio.MetaOf(r).Sources {
				if s.Example && fields(t, fact)[field] != "" && stated(key.kind, field, fields(t, fact)[field]) {
					t.Errorf("%s %d: the example overwrote %s = %s", key.kind, key.id, field, fields(t, fact)[field])
				}
			}
		}
	})
}

func startsWith(s, prefix string) bool { return len(s) >= len(prefix) && s[:len(prefix)] == prefix }

// stated reports that a field of a fact holds something that a document says: an empty title, area 0, an unknown origin and
// the first stage of an initiative whose progress is not told do not.
func stated(k portfolio.Kind, field, value string) bool {
	switch field {
	case "title":
		return value != `""`
	case "area":
		return value != "0"
	case "origin":
		return value != `"unknown"`
	case "stage":
		return value != `"selected"`
	}
	return k != portfolio.KindUser && k != portfolio.KindPolicy
}
