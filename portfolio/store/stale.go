package store

import (
	"fmt"
	"slices"
	"strings"

	"gevinst/portfolio"
)

// passed is what is remembered of an event: enough to tell whether a change that was decided before it still stands.
type passed struct {
	Seq     int64               `db:"seq"`
	Kind    portfolio.Kind      `db:"kind"`
	Verb    portfolio.Verb      `db:"verb"`
	Subject int64               `db:"subject"`
	Benefit portfolio.BenefitID `db:"benefit"` // that an entry is on
	Hash    string              `db:"hash"`
}

// maxPassed is how many events may have come between before a change is decided anew without a look at them.
const maxPassed = 1_000

// rules are the kinds that other subjects' verbs decide upon: who may act, which months are closed, what overlaps, how far
// accounts were cut.
var rules = []portfolio.Kind{
	portfolio.KindUser, portfolio.KindArea, portfolio.KindProgramme, portfolio.KindRequirement, portfolio.KindOverlap,
	portfolio.KindFollowUp, portfolio.KindAccount,
}

// stale tells whether what the change was decided on has moved. The rules have, or records that it may have named were removed;
// the gain that a claim is on was changed, or others claimed on it or on one that is counted together with it under a cap, so
// that too little may be left; or entries came on a gain that is changed. A budget follow-up freezes everything, so before it
// nothing may have come between; and before a file of the finance system no other file, for what it brings is the difference to
// what stands.
func (tx *Tx) stale(before int64) error {
	if before == tx.base.Seq {
		return nil
	}
	claimed, counted := map[portfolio.BenefitID]bool{}, map[portfolio.BenefitID]bool{}
	filed := false
	for _, c := range tx.changes {
		switch r := c.Record.(type) {
		case *portfolio.FollowUp:
			return errStale
		case *portfolio.FinanceFile:
			filed = true
		case *portfolio.Benefit:
			counted[r.ID] = true
		case *portfolio.Entry:
			if c.Event.Verb == "entry.claim" && !claimed[r.Benefit] { // a file claims on one gain many times
				claimed[r.Benefit] = true
				for _, id := range tx.Portfolio().CappedWith(r.Benefit) {
					counted[id] = true
				}
			}
		}
	}
	came, err := tx.came(before)
	if err != nil {
		return err
	}
	for _, e := range came {
		if slices.Contains(rules, e.Kind) || strings.HasSuffix(string(e.Verb), ".remove_example") ||
			filed && e.Kind == portfolio.KindFinanceFile || e.Kind == portfolio.KindBenefit && claimed[portfolio.BenefitID(e.Subject)] || counted[e.Benefit] {
			return errStale
		}
	}
	tx.tip = tip{before, came[len(came)-1].Hash}
	return nil
}

// came lists the events between what the change was decided on and the one before its own: from memory where this program wrote
// them, for all others wait meanwhile.
func (tx *Tx) came(before int64) ([]passed, error) {
	n := before - tx.base.Seq
	if n < 0 || n > maxPassed {
		return nil, errStale
	}
	if list := tx.store.remembered(tx.base.Seq, before); list != nil {
		return list, nil
	}
	var list []passed
	err := tx.sql.SelectContext(tx.ctx, &list, `SELECT e.seq, e.kind, e.verb, e.subject, COALESCE(n.benefit_id, 0) AS benefit, e.hash
		FROM event e LEFT JOIN entry n ON e.kind = $1 AND n.id = e.subject WHERE e.seq > $2 ORDER BY e.seq`,
		int64(portfolio.KindEntry), tx.base.Seq)
	if err != nil {
		return nil, fmt.Errorf("look for what has moved: %w", err)
	}
	if int64(len(list)) != n {
		return nil, errStale
	}
	return list, nil
}

// remember keeps what has just been written or read. The caller holds the lock.
func (s *Store) remember(changes []portfolio.Change) {
	changes = changes[max(0, len(changes)-maxPassed):]
	if n := len(s.passed); n > 0 && s.passed[n-1].Seq != changes[0].Event.Seq-1 {
		s.passed = nil
	}
	for i := range changes {
		e := &changes[i].Event
		p := passed{Seq: e.Seq, Kind: e.Kind, Verb: e.Verb, Subject: e.Subject, Hash: e.Hash}
		if entry, ok := changes[i].Record.(*portfolio.Entry); ok {
			p.Benefit = entry.Benefit
		}
		s.passed = append(s.passed, p)
	}
	if n := len(s.passed); n > 2*maxPassed {
		s.passed = slices.Clone(s.passed[n-maxPassed:])
	}
}

// remembered gives the events after one number up to another; nil where not all are remembered.
func (s *Store) remembered(after, upTo int64) []passed {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.passed) == 0 {
		return nil
	}
	first, last := s.passed[0].Seq, s.passed[len(s.passed)-1].Seq
	if after+1 < first || upTo > last {
		return nil
	}
	return s.passed[after+1-first : upTo+1-first]
}
