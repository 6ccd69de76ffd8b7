package kalundborg

import (
	"context"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/store"
)

// opened is a database with a clock that can be set.
type opened struct {
	*store.Store
	now time.Time
}

func (o *opened) set(t time.Time) { o.now = t }

func open(t *testing.T) *opened {
	t.Helper()
	o := &opened{now: at(2016, 11, 1, 0, 0)}
	s, err := store.Open(context.Background(), store.Options{
		Path: filepath.Join(t.TempDir(), "test.db"), Clock: func() time.Time { return o.now },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	o.Store = s
	return o
}

// loaded gives a database with the steps in it, on the given day.
func loaded(t *testing.T, today time.Time, steps ...[]Step) (*opened, *portfolio.Portfolio) {
	t.Helper()
	o := open(t)
	for _, s := range steps {
		if err := Load(context.Background(), o.Store, o.set, s); err != nil {
			t.Fatal(err)
		}
	}
	o.set(today)
	return o, o.snapshot(t)
}

func (o *opened) snapshot(t *testing.T) *portfolio.Portfolio {
	t.Helper()
	p, err := o.Snapshot(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (o *opened) events(t *testing.T) []portfolio.Event {
	t.Helper()
	list, err := o.Events(context.Background(), o.snapshot(t), store.EventFilter{Limit: 10_000})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func (o *opened) entries(t *testing.T) []*portfolio.Entry {
	t.Helper()
	list, err := o.Entries(context.Background(), o.snapshot(t), store.EntryFilter{Limit: 1_000})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// unsealed gives the events, the latest first, as they are in every place: without the seals of who people are, whose salt is
// chance, and chained anew.
func unsealed(t *testing.T, events []portfolio.Event) []portfolio.Event {
	t.Helper()
	before := ""
	for i := len(events) - 1; i >= 0; i-- {
		e := &events[i]
		if e.Kind == portfolio.KindUser {
			r, err := portfolio.Decode(e.Kind, e.Format, e.Payload)
			if err != nil {
				t.Fatal(err)
			}
			u := r.(*portfolio.User)
			if u.Seal.Person == "" {
				t.Errorf("event %d: nobody is known by the log", e.Seq)
			}
			u.Seal = portfolio.Seal{}
			if e.Payload, _, err = portfolio.Encode(u); err != nil {
				t.Fatal(err)
			}
		}
		e.Hash = e.Chain(before)
		before = e.Hash
	}
	return events
}

func factsAlone(t *testing.T) (*opened, *portfolio.Portfolio) {
	return loaded(t, at(2017, 11, 6, 18, 0), Facts())
}

func withExamples(t *testing.T) (*opened, *portfolio.Portfolio) {
	return loaded(t, at(2018, 9, 3, 9, 0), Facts(), Examples())
}

func TestLoad(t *testing.T) {
	ctx := context.Background()
	first, p := withExamples(t)

	t.Run("two databases get the same events with the same hashes, but for the seals of people", func(t *testing.T) {
		second, _ := withExamples(t)
		a, b := unsealed(t, first.events(t)), unsealed(t, second.events(t))
		if len(a) != len(b) {
			t.Fatalf("%d events and %d", len(a), len(b))
		}
		for i := range a {
			if a[i] != b[i] {
				t.Fatalf("event %d differs:\n%+v\n%+v", a[i].Seq, a[i], b[i])
			}
		}
	})

	t.Run("what is loaded says so", func(t *testing.T) {
		_, facts := factsAlone(t)
		empty := open(t).snapshot(t)
		for _, c := range []struct {
			name            string
			p               *portfolio.Portfolio
			facts, examples bool
		}{{"empty", empty, false, false}, {"facts", facts, true, false}, {"both", p, true, true}} {
			if Loaded(c.p) != c.facts || ExamplesLoaded(c.p) != c.examples {
				t.Errorf("%s: facts %v, examples %v", c.name, Loaded(c.p), ExamplesLoaded(c.p))
			}
		}
	})

	t.Run("loading what is there already is refused and changes nothing", func(t *testing.T) {
		before := first.snapshot(t).Seq
		for _, steps := range [][]Step{Facts(), Examples()} {
			if err := Load(ctx, first.Store, first.set, steps); err == nil {
				t.Error("was not refused")
			}
		}
		if after := first.snapshot(t).Seq; after != before {
			t.Errorf("%d events before, %d after", before, after)
		}
	})

	t.Run("examples without the facts are refused", func(t *testing.T) {
		o := open(t)
		if err := Load(ctx, o.Store, o.set, Examples()); err == nil {
			t.Error("were not refused")
		}
	})

	t.Run("the facts carry the instants of their meetings, Danish time", func(t *testing.T) {
		facts, _ := factsAlone(t)
		var got []string
		for _, e := range facts.events(t) {
			if at := e.At.Time().In(store.Copenhagen).Format("2006-01-02 15:04"); !slices.Contains(got, at) {
				got = append(got, at)
			}
		}
		want := []string{"2017-11-06 11:30", "2017-10-02 10:00", "2017-02-20 12:30", "2016-12-12 09:00", "2016-11-28 09:00"}
		if !slices.Equal(got, want) {
			t.Errorf("%v", got)
		}
	})

	t.Run("each step comes after the one before it, and the last on the day of the figures", func(t *testing.T) {
		steps := append(Facts(), Examples()...)
		for i := range steps[1:] {
			if !steps[i+1].At.After(steps[i].At) {
				t.Errorf("%q is not after %q", steps[i+1].Name, steps[i].Name)
			}
		}
		if day := amount.DateOf(steps[len(steps)-1].At); day != 20180831 {
			t.Errorf("the last step is on %s", day)
		}
	})

	t.Run("every role has an account that signs in for it, with a name and a mail that leads nowhere", func(t *testing.T) {
		_, facts := factsAlone(t)
		for _, role := range portfolio.Roles() {
			u := facts.Users.Get(SignIn(role))
			if u == nil || u.Role != role {
				t.Fatalf("%s: %+v", role, u)
			}
			if who := facts.Person(u.ID); who.Name == "" || filepath.Ext(who.Email) != ".invalid" {
				t.Errorf("%s is %+v", role, who)
			}
		}
	})
}

func TestSound(t *testing.T) {
	o, examples := withExamples(t)
	_, facts := factsAlone(t)
	for name, p := range map[string]*portfolio.Portfolio{"facts": facts, "examples": examples} {
		t.Run("no invariant is broken by the "+name, func(t *testing.T) {
			for _, v := range p.Check() {
				t.Error(v)
			}
		})
	}
	t.Run("no entry breaks an invariant", func(t *testing.T) {
		list := o.entries(t)
		if len(list) != int(august) {
			t.Fatalf("%d entries", len(list))
		}
		for _, e := range list {
			for _, v := range examples.CheckEntry(e, nil) {
				t.Error(v)
			}
		}
	})
}
