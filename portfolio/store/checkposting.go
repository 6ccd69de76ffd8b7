package store

import (
	"fmt"

	"gevinst/portfolio"
)

type postingRow struct {
	ID       int64  `db:"id"`
	Format   int64  `db:"format"`
	Body     string `db:"body"`
	Account  int64  `db:"account_id"`
	File     int64  `db:"file_id"`
	Month    int64  `db:"month"`
	Measure  int64  `db:"measure"`
	Ore      int64  `db:"ore"`
	Identity string `db:"identity"`
}

// postings holds the postings' columns against their bodies, and their sums against the ones that the replayed events add up to.
func (c *checker) postings() error {
	var failed error
	query := `SELECT id, format, body, account_id, file_id, month, measure, ore, identity FROM posting WHERE id > $1 ORDER BY id LIMIT $2`
	for r := range paged(c, query, func(r *postingRow) int64 { return r.ID }, &failed) {
		record, err := portfolio.Decode(portfolio.KindPosting, r.Format, r.Body)
		if err != nil {
			continue // the replay has named it already
		}
		t := record.(*portfolio.Posting)
		want := postingRow{
			r.ID, r.Format, r.Body, int64(t.Account), int64(t.File), int64(t.Month), int64(t.Measure), int64(t.Ore), t.Identity(),
		}
		if *r != want {
			c.say("columns", fmt.Sprintf("posting %d", r.ID), "its columns are not what its body says")
		}
	}
	if failed != nil {
		return failed
	}
	list, err := accountTallies(c.ctx, c.tx, c.report.Events)
	if err != nil {
		return err
	}
	stored := make(map[portfolio.AccountTally]bool, len(list))
	for _, t := range list {
		stored[t] = true
	}
	for t := range c.replayed.AccountTallies() {
		if !stored[t] {
			c.say("postings", fmt.Sprintf("account %d", t.Account), "its postings of %s add up to something else than the log says", t.Month)
		}
		delete(stored, t)
	}
	for t := range stored {
		c.say("postings", fmt.Sprintf("account %d", t.Account), "has postings in %s that the log does not tell of", t.Month)
	}
	return nil
}
