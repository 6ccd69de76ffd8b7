package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"
	"iter"

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

// IdentityKey is a posting's identity in a form of fixed size, to keep many of.
func IdentityKey(t *portfolio.Posting) [16]byte {
	key, _ := identityKey(t.Identity()) // which is such a key, written out
	return key
}

func identityKey(identity string) (key [16]byte, err error) {
	if len(identity) != 2*len(key) {
		return key, fmt.Errorf("the identity %q is none of a posting", identity)
	}
	if _, err := hex.Decode(key[:], []byte(identity)); err != nil {
		return key, fmt.Errorf("read a posting's identity: %w", err)
	}
	return key, nil
}

// Identities walks the postings' identities of the months, as they stood in the given portfolio, to tell what a file repeats.
func (s *Store) Identities(ctx context.Context, p *portfolio.Portfolio, first, last portfolio.Month) iter.Seq2[[16]byte, error] {
	return func(yield func([16]byte, error) bool) {
		rows, err := s.read.QueryContext(ctx, `SELECT identity FROM posting WHERE month >= $1 AND month <= $2 AND seq <= $3`, int64(first), int64(last), p.Seq)
		if err != nil {
			yield([16]byte{}, fmt.Errorf("read the postings' identities: %w", err))
			return
		}
		defer rows.Close() //nolint:errcheck // what went wrong is in rows.Err
		for rows.Next() {
			var identity sql.RawBytes
			err := rows.Scan(&identity)
			var key [16]byte
			if err == nil {
				key, err = identityKey(string(identity))
			}
			if !yield(key, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield([16]byte{}, fmt.Errorf("read the postings' identities: %w", err))
		}
	}
}
