package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/store"
)

type importCmd struct {
	Catalogue importCatalogueCmd `cmd:"" help:"Read catalogue items from a CSV file. All of it is written, or nothing."`
}

type importCatalogueCmd struct {
	File   string `arg:"" help:"The CSV file."`
	DryRun bool   `help:"Say what would change, and write nothing."`
}

// Run reads a catalogue in.
func (cmd *importCatalogueCmd) Run(ctx context.Context, p *place, out *console) error {
	return p.with(ctx, func(s *store.Store) error {
		now, err := s.Snapshot(ctx)
		if err != nil {
			return err
		}
		actor := portfolio.UserID(0)
		if !cmd.DryRun {
			if actor, err = p.actor(now); err != nil {
				return err
			}
			if err := exchange.MayImport(now, now.Users.Get(actor)); err != nil {
				return err
			}
		}
		catalogue, err := cmd.read(now)
		if err != nil {
			return err
		}
		out.rows(catalogue)
		counts := []any{catalogue.Count(exchange.New), catalogue.Count(exchange.Changed), catalogue.Count(exchange.Same)}
		if cmd.DryRun {
			out.print("%s", out.lang.Say("import.would", counts...))
			return nil
		}
		note := out.lang.Say("import.note", filepath.Base(cmd.File))
		if _, err := s.Write(ctx, func(tx *store.Tx) error { return catalogue.Apply(tx, tx.By(actor, note)) }); err != nil {
			return err
		}
		out.print("%s", out.lang.Say("import.done", counts...))
		return nil
	})
}

func (cmd *importCatalogueCmd) read(now *portfolio.Portfolio) (*exchange.Catalogue, error) {
	f, err := os.Open(cmd.File)
	if err != nil {
		return nil, fmt.Errorf("import: %w", err)
	}
	defer f.Close() //nolint:errcheck // it was only read
	return exchange.ReadCatalogue(now, f)
}

// rows prints what each row changes; those that change nothing are only counted.
func (c *console) rows(catalogue *exchange.Catalogue) {
	if len(catalogue.LeftAlone) > 0 {
		c.print("%s", c.lang.Say("import.left_alone", strings.Join(catalogue.LeftAlone, ", ")))
	}
	for _, r := range catalogue.Rows {
		if r.Action == exchange.Same {
			continue
		}
		c.print("%s", c.lang.Say("import."+r.Action.String(), r.Row, r.No, r.Title))
		if r.Action == exchange.New {
			continue
		}
		for _, change := range r.Changes {
			c.print("%s", c.lang.Say("import.change", change.Column, change.Before, change.After))
		}
	}
}
