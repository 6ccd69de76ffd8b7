package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"gevinst/portfolio"
)

// settleEntry changes what may change on an entry: its settlement and its reversal, each once.
const settleEntry = `UPDATE entry SET version = $2, seq = $3, removed = $4, format = $5, body = $6, settled_by = $7,
	settled_seq = COALESCE(settled_seq, $8), accepted = $9, reversed_seq = COALESCE(reversed_seq, $10)
	WHERE id = $1 AND version = $11`

func settledBy(e *portfolio.Entry) portfolio.UserID {
	if e.Settled == nil {
		return 0
	}
	return e.Settled.By
}

func accepted(e *portfolio.Entry) any {
	if e.Settled == nil {
		return nil
	}
	return flag(e.Settled.Accepted)
}

var monthColumns = []string{
	"entry_id", "month", "benefit_id", "gross", "running", "reversal", "claimed_seq", "settled_seq", "accepted",
}

func (tx *Tx) insertMonths(rows []*written) error {
	var args []any
	for i, w := range rows {
		e := w.record.(*portfolio.Entry)
		for _, m := range e.Months {
			args = append(args, int64(e.ID), int64(m.Month), int64(e.Benefit), int64(m.Gross), int64(m.Running), flag(e.Reverses != 0),
				w.seqs.claimed, reference(w.seqs.settled), accepted(e))
		}
		if len(args) < maxRows*len(monthColumns) && i < len(rows)-1 {
			continue
		}
		if err := tx.insertAll("entry_month", monthColumns, args); err != nil {
			return err
		}
		args = args[:0]
	}
	return nil
}

func (tx *Tx) settleMonths(w *written) error {
	e := w.record.(*portfolio.Entry)
	_, err := tx.sql.ExecContext(tx.ctx, `UPDATE entry_month SET settled_seq = $2, accepted = $3 WHERE entry_id = $1`,
		int64(e.ID), w.seqs.settled, accepted(e))
	if err != nil {
		return fmt.Errorf("settle entry months: %w", err)
	}
	return nil
}

// tallies adds up the ledger of the benefits from one to another as it stood after the event seq: one line a benefit, month and
// state. A large ledger has a million of them, so they are read without sqlx.
func tallies(ctx context.Context, q sqlx.QueryerContext, seq int64, from, to portfolio.BenefitID) (list []portfolio.Tally, err error) {
	const query = `SELECT benefit_id, month, 1 AS claimed, SUM(gross) AS gross, SUM(running) AS running, COUNT(*) AS entries
	FROM entry_month WHERE claimed_seq <= $1 AND (settled_seq IS NULL OR settled_seq > $1) AND benefit_id BETWEEN $2 AND $3
	GROUP BY benefit_id, month
	UNION ALL
	SELECT benefit_id, month, 0, SUM(gross), SUM(running), SUM(1 - 2 * reversal)
	FROM entry_month WHERE settled_seq <= $1 AND accepted = 1 AND benefit_id BETWEEN $2 AND $3 GROUP BY benefit_id, month`
	rows, err := q.QueryContext(ctx, query, seq, int64(from), int64(to))
	if err != nil {
		return nil, fmt.Errorf("add up the ledger: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var benefit, month, claimed, gross, running, entries int64
	for rows.Next() {
		if err := rows.Scan(&benefit, &month, &claimed, &gross, &running, &entries); err != nil {
			return nil, fmt.Errorf("add up the ledger: %w", err)
		}
		list = append(list, portfolio.Tally{
			Benefit: portfolio.BenefitID(benefit), Month: portfolio.Month(month), Claimed: claimed == 1, Gross: gross, Running: running,
			Entries: int32(entries),
		})
	}
	return list, rows.Err()
}

type body struct {
	Format int64  `db:"format"`
	Body   string `db:"body"`
}

func (b body) entry() (*portfolio.Entry, error) {
	r, err := portfolio.Decode(portfolio.KindEntry, b.Format, b.Body)
	if err != nil {
		return nil, err
	}
	return r.(*portfolio.Entry), nil
}

func readEntry(ctx context.Context, q sqlx.QueryerContext, id portfolio.EntryID) (*portfolio.Entry, error) {
	var b body
	err := sqlx.GetContext(ctx, q, &b, `SELECT format, body FROM entry WHERE id = $1`, int64(id))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, portfolio.Missing(portfolio.KindEntry, id)
	}
	if err != nil {
		return nil, fmt.Errorf("read entry %d: %w", id, err)
	}
	return b.entry()
}
