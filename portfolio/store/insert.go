package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/jmoiron/sqlx"
)

// insertAll adds rows to a table; args are their values, row after row. Statements that recur in the transaction are kept
// prepared, for an import sends the same one thousands of times.
func (tx *Tx) insertAll(name string, columns []string, args []any) error {
	most := tx.store.dialect.rowsAtOnce() * len(columns)
	single := len(args) <= most
	for len(args) > 0 {
		part := args[:min(most, len(args))]
		args = args[len(part):]
		query := insert(name, columns, len(part)/len(columns), tx.store.dialect.numbered())
		if err := tx.execute(query, part, single); err != nil {
			return fmt.Errorf("insert into %s: %w", name, err)
		}
	}
	return nil
}

func (tx *Tx) execute(query string, args []any, once bool) error {
	stmt := tx.prepared[query]
	if stmt == nil && once {
		_, err := tx.sql.ExecContext(tx.ctx, query, args...)
		return err
	}
	if stmt == nil {
		var err error
		if stmt, err = tx.sql.PreparexContext(tx.ctx, query); err != nil { // the transaction's end closes it
			return err
		}
		if tx.prepared == nil {
			tx.prepared = map[string]*sqlx.Stmt{}
		}
		tx.prepared[query] = stmt
	}
	// Whoever is no longer waited for is told so by the transaction; to be told by each statement costs SQLite's driver more than
	// the statement itself.
	_, err := stmt.ExecContext(context.WithoutCancel(tx.ctx), args...)
	return err
}

// insert gives the statement that adds n rows at once; numbered tells that values' places are.
func insert(name string, columns []string, n int, numbered bool) string {
	var b strings.Builder
	b.WriteString("INSERT INTO " + name + " (" + strings.Join(columns, ", ") + ") VALUES ")
	arg := 1
	for row := range n {
		if row > 0 {
			b.WriteString(", ")
		}
		for col := range columns {
			b.WriteString([...]string{"(", ", "}[min(col, 1)])
			if numbered {
				b.WriteString("$" + strconv.Itoa(arg))
			} else {
				b.WriteByte('?')
			}
			arg++
		}
		b.WriteByte(')')
	}
	return b.String()
}
