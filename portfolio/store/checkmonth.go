package store

import (
	"fmt"
	"slices"

	"gevinst/portfolio"
)

// monthRow is one month of an entry with the entry's marks, which the ledger's sums are made from.
type monthRow struct {
	Entry      int64           `db:"entry_id"`
	Month      portfolio.Month `db:"month"`
	Benefit    int64           `db:"benefit_id"`
	Gross      int64           `db:"gross"`
	Running    int64           `db:"running"`
	Reversal   int64           `db:"reversal"`
	ClaimedSeq int64           `db:"claimed_seq"`
	SettledSeq int64           `db:"settled_seq"`
	Accepted   int64           `db:"accepted"`
}

// monthPage is the months of the entries up to a number.
type monthPage struct {
	to   int64
	rows map[int64][]monthRow
}

// unsettled marks a month whose entry nobody has settled.
const unsettled = -1

// monthsOf holds an entry's months against what the entry says, one by one: sums alone would not tell of an amount that was
// moved from one entry to another, nor of a mark that only a view of the past looks at.
func (c *checker) monthsOf(r *entryRow, e *portfolio.Entry) error {
	if r.ID > c.months.to {
		if err := c.readMonths(r.ID, r.ID+page/maxMonthsUsual); err != nil {
			return err
		}
	}
	var want []monthRow
	accepted := int64(unsettled)
	if e.Settled != nil {
		accepted = flag(e.Settled.Accepted)
	}
	for _, m := range e.Months {
		want = append(want, monthRow{
			r.ID, m.Month, int64(e.Benefit), int64(m.Gross), int64(m.Running), flag(e.Reverses != 0), r.ClaimedSeq, value(r.SettledSeq), accepted,
		})
	}
	if !slices.Equal(c.months.rows[r.ID], want) {
		c.say("months", fmt.Sprintf("entry %d", r.ID), "its months in the ledger are not what it says")
	}
	return nil
}

// maxMonthsUsual is how many months an entry usually has at most: a year.
const maxMonthsUsual = 12

func (c *checker) readMonths(from, to int64) error {
	var rows []monthRow
	err := c.tx.SelectContext(c.ctx, &rows, `SELECT entry_id, month, benefit_id, gross, running, reversal, claimed_seq,
		COALESCE(settled_seq, 0) AS settled_seq, COALESCE(accepted, -1) AS accepted
		FROM entry_month WHERE entry_id >= $1 AND entry_id <= $2 ORDER BY entry_id, month`, from, to)
	if err != nil {
		return fmt.Errorf("check the ledger's months: %w", err)
	}
	c.months = monthPage{to, make(map[int64][]monthRow, len(rows))}
	for _, row := range rows {
		c.months.rows[row.Entry] = append(c.months.rows[row.Entry], row)
	}
	return nil
}
