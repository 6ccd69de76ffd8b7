package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/jmoiron/sqlx"

	"gevinst/portfolio"
)

// kept are the statements that nearly every change sends, prepared once: a database takes as long to read one as to carry it out.
type kept struct {
	head, takeNumbers, tell *sqlx.Stmt
	// update writes a record of the kind over the version that was seen; where one statement may write both, with the event that
	// tells of it.
	update map[portfolio.Kind]*sqlx.Stmt
}

func (s *Store) prepare(ctx context.Context) (err error) {
	keep := func(on *sqlx.DB, query string) *sqlx.Stmt {
		stmt, failed := on.PreparexContext(ctx, query)
		if failed != nil && err == nil {
			err = fmt.Errorf("prepare %s: %w", query, failed)
		}
		return stmt
	}
	s.kept = kept{
		head: keep(s.read, `SELECT seq, at, people_seq FROM head WHERE id = 1`),
		takeNumbers: keep(s.write, `UPDATE head SET seq = seq + $1, at = CASE WHEN at > $2 THEN at ELSE $2 END WHERE id = 1
			RETURNING seq, at, people_seq`),
		tell:   keep(s.write, insert("event", eventColumns, 1, s.dialect.numbered())),
		update: make(map[portfolio.Kind]*sqlx.Stmt, len(updates)),
	}
	for k, query := range updates {
		if s.dialect.together() {
			query = withEvent(query)
		}
		s.kept.update[k] = keep(s.write, query)
	}
	return err
}

func (k *kept) close() {
	all := append(slices.Collect(maps.Values(k.update)), k.head, k.takeNumbers, k.tell)
	for _, stmt := range all {
		if stmt != nil {
			_ = stmt.Close() // the pool's own Close tells what matters
		}
	}
}

// withEvent is an update with the event that tells of it before it; the event's values come after the update's own, of which each
// has one place.
func withEvent(query string) string {
	own := strings.Count(query, "$")
	places := make([]string, len(eventColumns))
	for k := range places {
		places[k] = "$" + strconv.Itoa(own+k+1)
	}
	return "WITH told AS (INSERT INTO event (" + eventList + ") VALUES (" + strings.Join(places, ", ") + ")) " + query
}
