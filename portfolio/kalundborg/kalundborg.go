// Package kalundborg holds what the program is shown with: the facts that two minutes of Kalundborg Kommune's board of
// directors state, and on top of them an invented story, the example data.
//
// Facts loads what the minutes of 20 February and 6 November 2017 say, each value with its document, and nothing else: what
// they leave open is unknown, what follows from them without being stated is marked as derived. The accounts and the
// forecast's probabilities are needed to use the program at all; they are marked as examples.
//
// Examples goes on where the facts end. All its events come after the meeting of 6 November 2017, so that the portfolio as
// of that day is the facts alone; and every value it sets carries the mark of an example, also where it stands in a field
// of a fact.
//
// Both go through the domain's verbs, by accounts that have the right. Loading them is deterministic: two databases get the
// same events with the same hashes.
package kalundborg

import (
	"context"
	"fmt"
	"time"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// Step is what was recorded at one moment; it is one transaction.
type Step struct {
	At   time.Time
	Name string
	Do   func(tx *store.Tx) error
}

// Load runs the steps, each at its own instant: set moves the clock that the store was opened with. The steps must follow
// what the portfolio holds: facts go into an empty one, examples after the facts. What does not is an error, and the steps
// before the one that failed stay.
func Load(ctx context.Context, s *store.Store, set func(time.Time), steps []Step) error {
	for _, step := range steps {
		set(step.At)
		p, err := s.Snapshot(ctx)
		if err != nil {
			return err
		}
		if at := portfolio.InstantOf(step.At); at < p.At {
			return fmt.Errorf("load %q at %s: the portfolio has later events, of %s", step.Name, at.Time(), p.At.Time())
		}
		if _, err := s.Write(ctx, step.Do); err != nil {
			return fmt.Errorf("load %q: %w", step.Name, err)
		}
	}
	return nil
}

// Loaded reports whether a strategy is there, so that the facts are not loaded again.
func Loaded(p *portfolio.Portfolio) bool { return p.Strategy != nil }

// ExamplesLoaded reports whether the example data is there too, or has been: what was removed is not loaded again.
func ExamplesLoaded(p *portfolio.Portfolio) bool { return p.Initiatives.Ever(letters) != nil }

// at gives a moment of a day in Kalundborg's time.
func at(year, month, day, hour, minute int) time.Time {
	return time.Date(year, time.Month(month), day, hour, minute, 0, 0, store.Copenhagen)
}
