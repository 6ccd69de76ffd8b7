package store

import (
	"context"
	"errors"

	"gevinst/portfolio"
)

// Placed names every table that a backup carries, that a restore makes again, and that is left out.
func Placed() map[string]string {
	placed := map[string]string{}
	for _, t := range carried {
		placed[t.name] += "carried"
	}
	for _, name := range remade {
		placed[name] += "remade"
	}
	for _, k := range portfolio.Kinds() {
		placed[tables[k].name] += "remade"
	}
	for _, name := range forgotten {
		placed[name] += "forgotten"
	}
	return placed
}

// MigrateTo takes the steps up to a number, as the program of that time did.
func MigrateTo(ctx context.Context, o Options, number int) (err error) {
	s, err := Connect(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	steps, err := s.dialect.steps()
	if err != nil {
		return err
	}
	tx, err := s.write.BeginTxx(ctx, nil)
	if err != nil {
		return err
	}
	if err := s.dialect.take(ctx, tx, steps[:number]); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// Steps is how many migrations there are.
func Steps() (int, error) {
	steps, err := sqliteDialect.steps()
	return len(steps), err
}
