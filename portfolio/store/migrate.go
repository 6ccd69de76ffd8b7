package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sort"
	"strconv"
	"strings"

	"github.com/jmoiron/sqlx"

	"gevinst/migrations"
)

type step struct {
	number int
	name   string
	sql    string
}

// Migrate takes every step that the database has not taken, all in one transaction.
func (s *Store) Migrate(ctx context.Context) error {
	steps, err := s.dialect.steps()
	if err != nil {
		return err
	}
	tx, err := s.write.BeginTxx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin migrating: %w", err)
	}
	if err := s.dialect.take(ctx, tx, steps); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit migrations: %w", err)
	}
	return nil
}

func (d dialect) take(ctx context.Context, tx *sqlx.Tx, steps []step) error {
	if err := d.lockMigrations(ctx, tx); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL)`); err != nil {
		return fmt.Errorf("create migration table: %w", err)
	}
	var last int
	if err := tx.GetContext(ctx, &last, `SELECT COALESCE(MAX(number), 0) FROM migration`); err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	if known := steps[len(steps)-1].number; last > known {
		return fmt.Errorf("the database is at step %d, and this program knows %d: use a newer program", last, known)
	}
	for _, step := range steps {
		if step.number <= last {
			continue
		}
		if _, err := tx.ExecContext(ctx, step.sql); err != nil {
			return fmt.Errorf("migration %s: %w", step.name, err)
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO migration (number, name) VALUES ($1, $2)`, step.number, step.name); err != nil {
			return fmt.Errorf("record migration %s: %w", step.name, err)
		}
	}
	return nil
}

// steps lists the steps for the database, in order: the common files and the database's own.
func (d dialect) steps() ([]step, error) {
	names, err := fs.Glob(migrations.Files, "*.sql")
	if err != nil {
		return nil, fmt.Errorf("list migrations: %w", err)
	}
	var steps []step
	for _, name := range names {
		if parts := strings.Split(name, "."); len(parts) == 3 && parts[1] != d.suffix() {
			continue
		}
		number, err := strconv.Atoi(name[:4])
		if err != nil {
			return nil, fmt.Errorf("migration %s has no number: %w", name, err)
		}
		text, err := fs.ReadFile(migrations.Files, name)
		if err != nil {
			return nil, fmt.Errorf("read migration %s: %w", name, err)
		}
		steps = append(steps, step{number, name, string(text)})
	}
	sort.Slice(steps, func(i, j int) bool { return steps[i].number < steps[j].number })
	for i, step := range steps {
		if step.number != i+1 {
			return nil, fmt.Errorf("migration %d is missing or doubled", i+1)
		}
	}
	return steps, nil
}
