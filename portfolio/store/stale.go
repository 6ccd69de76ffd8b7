package store

import (
	"fmt"
	"slices"
	"strings"

	"gevinst/portfolio"
)

// rules are the kinds that other subjects' verbs decide upon: who may act, which months are closed, what overlaps, how far accounts were cut. When one
// of them has changed since the portfolio that a change was decided on, the change is decided again; also when records that
// it may have named were removed.
const rules = `(kind IN (1, 2, 4, 10, 11, 14, 21) OR verb LIKE '%.remove_example')`

// stale asks whether what the change was decided on has moved: the rules, the gain that a claim is on, or the entries of a
// gain that is changed. A budget follow-up freezes everything, so before it nothing may have come between.
func (tx *Tx) stale(before int64) error {
	if before == tx.base.Seq {
		return nil
	}
	var claimed, changed []portfolio.BenefitID
	for _, c := range tx.changes {
		switch r := c.Record.(type) {
		case *portfolio.FollowUp:
			return errStale
		case *portfolio.Benefit:
			changed = append(changed, r.ID)
		case *portfolio.Entry:
			if c.Event.Verb == "entry.claim" {
				claimed = append(claimed, r.Benefit)
			}
		}
	}
	// All others wait meanwhile, so everything is asked for at once, with the hash that the chain goes on from.
	args := []any{tx.base.Seq, before}
	among := func(on []portfolio.BenefitID) string {
		slices.Sort(on)
		on = slices.Compact(on) // a file claims on one gain many times
		places := make([]string, len(on))
		for i, id := range on {
			args = append(args, int64(id))
			places[i] = fmt.Sprintf("$%d", len(args))
		}
		return " IN (" + strings.Join(places, ", ") + ")"
	}
	moved := `(SELECT COUNT(*) FROM event WHERE seq > $1 AND ` + rules + `)`
	if len(claimed) > 0 {
		moved += ` + (SELECT COUNT(*) FROM event WHERE seq > $1 AND kind = 8 AND subject` + among(claimed) + `)`
	}
	if capped := tx.cappedWith(claimed); len(capped) > 0 {
		moved += ` + (SELECT COUNT(*) FROM entry WHERE claimed_seq > $1 AND benefit_id` + among(capped) + `)`
	}
	if len(changed) > 0 {
		moved += ` + (SELECT COUNT(*) FROM entry WHERE seq > $1 AND benefit_id` + among(changed) + `)`
	}
	var came struct {
		Hash  string `db:"hash"`
		Moved int    `db:"moved"`
	}
	if err := tx.sql.GetContext(tx.ctx, &came, `SELECT hash, `+moved+` AS moved FROM event WHERE seq = $2`, args...); err != nil {
		return fmt.Errorf("look for what has moved: %w", err)
	}
	if came.Moved > 0 {
		return errStale
	}
	tx.tip = tip{before, came.Hash}
	return nil
}

// cappedWith lists the gains that the claims are counted together with under a cap: what is claimed on one of them meanwhile
// may leave too little for these.
func (tx *Tx) cappedWith(claimed []portfolio.BenefitID) []portfolio.BenefitID {
	var all []portfolio.BenefitID
	asked := map[portfolio.BenefitID]bool{}
	for _, id := range claimed {
		if !asked[id] {
			asked[id] = true
			all = append(all, tx.Portfolio().CappedWith(id)...)
		}
	}
	return all
}
