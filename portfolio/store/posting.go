package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"gevinst/portfolio"
)

// accountTallies adds up the postings as they stood after the event seq: one line an account, month and measure.
func accountTallies(ctx context.Context, q sqlx.QueryerContext, seq int64) ([]portfolio.AccountTally, error) {
	var list []portfolio.AccountTally
	err := sqlx.SelectContext(ctx, q, &list, `SELECT account_id, month, measure, SUM(ore) AS ore FROM posting WHERE seq <= $1
		GROUP BY account_id, month, measure`, seq)
	if err != nil {
		return nil, fmt.Errorf("add up the postings: %w", err)
	}
	return list, nil
}

// PostingFilter narrows the postings that are read. Zero values do not narrow.
type PostingFilter struct {
	Account     portfolio.AccountID
	File        portfolio.FinanceFileID
	First, Last portfolio.Month
	Measure     portfolio.Measure
	// After leaves postings with a greater id; Limit bounds how many.
	After portfolio.PostingID
	Limit int
}

// Postings reads postings as they stood in the given portfolio, by id. It gives at most Limit.
func (s *Store) Postings(ctx context.Context, p *portfolio.Portfolio, f PostingFilter) ([]*portfolio.Posting, error) {
	query := `SELECT format, body FROM posting WHERE seq <= $1 AND id > $2 AND removed = 0`
	args := []any{p.Seq, int64(f.After)}
	and := func(clause string, v int64) {
		if v != 0 {
			args = append(args, v)
			query += fmt.Sprintf(" AND "+clause, len(args))
		}
	}
	and("account_id = $%d", int64(f.Account))
	and("file_id = $%d", int64(f.File))
	and("month >= $%d", int64(f.First))
	and("month <= $%d", int64(f.Last))
	and("measure = $%d", int64(f.Measure))
	args = append(args, f.Limit)
	query += fmt.Sprintf(" ORDER BY id LIMIT $%d", len(args))
	var rows []body
	if err := s.read.SelectContext(ctx, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("read postings: %w", err)
	}
	list := make([]*portfolio.Posting, len(rows))
	for i, row := range rows {
		r, err := portfolio.Decode(portfolio.KindPosting, row.Format, row.Body)
		if err != nil {
			return nil, err
		}
		list[i] = r.(*portfolio.Posting)
	}
	return list, nil
}

// KnownPostings lists the identities of the postings of the months, to tell what a file repeats.
func (tx *Tx) KnownPostings(first, last portfolio.Month) (map[string]bool, error) {
	rows, err := tx.sql.QueryContext(tx.ctx, `SELECT identity FROM posting WHERE month >= $1 AND month <= $2`, int64(first), int64(last))
	if err != nil {
		return nil, fmt.Errorf("read the postings' identities: %w", err)
	}
	defer rows.Close() //nolint:errcheck // what went wrong is in rows.Err
	known := map[string]bool{}
	for rows.Next() {
		var identity string
		if err := rows.Scan(&identity); err != nil {
			return nil, fmt.Errorf("read the postings' identities: %w", err)
		}
		known[identity] = true
	}
	return known, rows.Err()
}
