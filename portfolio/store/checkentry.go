package store

import (
	"database/sql"
	"errors"
	"fmt"
	"math"

	"gevinst/portfolio"
)

type entryRow struct {
	ID          int64  `db:"id"`
	Format      int64  `db:"format"`
	Body        string `db:"body"`
	BenefitID   int64  `db:"benefit_id"`
	ClaimedBy   int64  `db:"claimed_by"`
	ClaimedSeq  int64  `db:"claimed_seq"`
	SettledBy   *int64 `db:"settled_by"`
	SettledSeq  *int64 `db:"settled_seq"`
	Accepted    *int64 `db:"accepted"`
	Reverses    *int64 `db:"reverses"`
	ReversedSeq *int64 `db:"reversed_seq"`
}

func value(p *int64) int64 {
	if p == nil {
		return 0
	}
	return *p
}

// entries holds the ledger's rows and months against the log, and each entry against its own invariants.
func (c *checker) entries() error {
	var failed error
	query := `SELECT id, format, body, benefit_id, claimed_by, claimed_seq, settled_by, settled_seq, accepted, reverses, reversed_seq
		FROM entry WHERE id > $1 ORDER BY id LIMIT $2`
	for r := range paged(c, query, func(r *entryRow) int64 { return r.ID }, &failed) {
		name := fmt.Sprintf("entry %d", r.ID)
		e, err := body{r.Format, r.Body}.entry()
		if err != nil {
			continue // the replay has named it already
		}
		told := c.last[subject{portfolio.KindEntry, r.ID}].seqs
		delete(c.last, subject{portfolio.KindEntry, r.ID})
		if told != (seqs{r.ClaimedSeq, value(r.SettledSeq), value(r.ReversedSeq)}) {
			c.say("columns", name, "does not name the events that claimed, settled and reversed it")
		}
		var by, accepted int64
		if e.Settled != nil {
			by, accepted = int64(e.Settled.By), flag(e.Settled.Accepted)
		}
		if r.BenefitID != int64(e.Benefit) || r.ClaimedBy != int64(e.Claim.By) || value(r.SettledBy) != by ||
			value(r.Accepted) != accepted || value(r.Reverses) != int64(e.Reverses) {
			c.say("columns", name, "its columns are not what its body says")
		}
		if err := c.monthsOf(r, e); err != nil {
			return err
		}
		var original *portfolio.Entry
		if e.Reverses != 0 {
			if original, err = c.entry(e.Reverses); err != nil {
				return err
			}
		}
		c.report.Violations = append(c.report.Violations, c.replayed.CheckEntry(e, original)...)
		if e.ReversedBy != 0 {
			if err := c.reversal(e); err != nil {
				return err
			}
		}
	}
	for s, last := range c.last {
		c.say("replay", fmt.Sprintf("%s %d", s.kind, s.id), "is told of by event %d, and stands in no table", last.seq)
	}
	return failed
}

// entry reads an entry that another one names; nil where it is missing or cannot be read, which the replay names.
func (c *checker) entry(id portfolio.EntryID) (*portfolio.Entry, error) {
	var b body
	err := c.tx.GetContext(c.ctx, &b, `SELECT format, body FROM entry WHERE id = $1`, int64(id))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("check entry %d: %w", id, err)
	}
	e, err := b.entry()
	if err != nil {
		return nil, nil //nolint:nilerr // as said above
	}
	return e, nil
}

func (c *checker) reversal(e *portfolio.Entry) error {
	r, err := c.entry(e.ReversedBy)
	if err != nil {
		return err
	}
	if r == nil || r.Reverses != e.ID {
		c.say("reversal", fmt.Sprintf("entry %d", e.ID), "names a reversal that does not name it")
	}
	return nil
}

// strayMonths finds months in the ledger of which no entry tells.
func (c *checker) strayMonths() error {
	var ids []int64
	err := c.tx.SelectContext(c.ctx, &ids, `SELECT DISTINCT entry_id FROM entry_month m WHERE NOT EXISTS (SELECT 1 FROM entry e WHERE e.id = m.entry_id)`)
	if err != nil {
		return fmt.Errorf("check the ledger's months: %w", err)
	}
	for _, id := range ids {
		c.say("months", fmt.Sprintf("entry %d", id), "has months in the ledger, and is none")
	}
	return nil
}

// sums holds the ledger as the tables add it up against the ledger that the replayed events add up to.
func (c *checker) sums() error {
	list, err := tallies(c.ctx, c.tx, c.report.Events, 1, math.MaxInt64)
	if err != nil {
		return err
	}
	type cell struct {
		benefit portfolio.BenefitID
		month   portfolio.Month
		claimed bool
	}
	stored := make(map[cell]portfolio.Tally, len(list))
	for _, t := range list {
		stored[cell{t.Benefit, t.Month, t.Claimed}] = t
	}
	for t := range c.replayed.Tallies() {
		key := cell{t.Benefit, t.Month, t.Claimed}
		if s := stored[key]; s.Gross != t.Gross || s.Running != t.Running || s.Entries != t.Entries {
			c.say("ledger", fmt.Sprintf("benefit %d", t.Benefit), "its entries of %s add up to something else than the log says", t.Month)
		}
		delete(stored, key)
	}
	for _, s := range stored {
		if s.Gross != 0 || s.Running != 0 || s.Entries != 0 {
			c.say("ledger", fmt.Sprintf("benefit %d", s.Benefit), "has entries in %s that the log does not tell of", s.Month)
		}
	}
	return nil
}
