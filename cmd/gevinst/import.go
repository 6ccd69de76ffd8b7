package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/exchange/finance"
	"gevinst/portfolio/store"
)

type importCmd struct {
	What    string `arg:"" help:"What the file holds: catalogue, initiatives, benefits, requirements, ledger or finance. Or the folder of an export, whose portfolio is made again in an empty place."`
	File    string `arg:"" optional:"" help:"CSV file or Excel workbook. All of it is written, or nothing."`
	Mapping string `help:"Names that the file gives its columns: the name that they were saved under for such files, a JSON file, or the name of one in the data folder's mappings." placeholder:"NAME"`
	Measure string `help:"Of a finance file that does not say: what its amounts are, original_budget, budget_change or actual." enum:",original_budget,budget_change,actual" default:""`
	DryRun  bool   `help:"Say what would change, and write nothing."`
}

// Run reads a file in, or the folder of an export.
func (cmd *importCmd) Run(ctx context.Context, p *place, out *console) error {
	kind := exchange.KindOf(cmd.What)
	switch {
	case cmd.What == finance.Kind && cmd.File != "":
		return p.with(ctx, func(s *store.Store) error { return cmd.finance(ctx, p, out, s) })
	case kind == 0 && cmd.File != "":
		return usage(cmd.What + " is no kind of file: give catalogue, initiatives, benefits, requirements, ledger or finance")
	case cmd.Measure != "":
		return usage("--measure is for finance files")
	case kind == 0 && (cmd.DryRun || cmd.Mapping != ""):
		return usage("a folder is read in whole: without --dry-run and --mapping")
	case kind == 0:
		return cmd.folder(ctx, p, out)
	case cmd.File == "":
		return usage("say which file to read: gevinst import " + cmd.What + " FILE")
	}
	return p.with(ctx, func(s *store.Store) error { return cmd.file(ctx, p, out, s, kind) })
}

func (cmd *importCmd) folder(ctx context.Context, p *place, out *console) error {
	if _, err := os.Stat(cmd.What); err != nil {
		return fmt.Errorf("import: %w", err)
	}
	return p.reachNew(ctx, func(s *store.Store) error {
		report, err := exchange.ImportDir(ctx, s, cmd.What)
		if err != nil {
			return errors.Join(out.violations(report), err)
		}
		out.print("%s", out.lang.Say("command.restored", cmd.What, report.Events, report.Head))
		return nil
	})
}

func (cmd *importCmd) file(ctx context.Context, p *place, out *console, s *store.Store, kind exchange.Kind) error {
	now, err := s.Snapshot(ctx)
	if err != nil {
		return err
	}
	r := exchange.Reading{Kind: kind, Store: s, Portfolio: now, Limits: exchange.Local, Progress: out.progress}
	actor := portfolio.UserID(0)
	if !cmd.DryRun || p.As != "" {
		if actor, err = p.actor(now); err != nil {
			return err
		}
		r.User = now.Users.Get(actor)
		if err := exchange.MayImport(r.User, kind); err != nil {
			return err
		}
	}
	if saved := now.MappingBy(kind.String(), cmd.Mapping); saved != nil {
		r.Mapping = saved.Columns
	} else if r.Mapping, err = p.mapping(cmd.Mapping); err != nil {
		return err
	}
	file, err := cmd.read(ctx, r)
	if err != nil {
		return err
	}
	out.rows(file)
	counts := []any{file.Count(exchange.New), file.Count(exchange.Changed), file.Count(exchange.Same)}
	if cmd.DryRun {
		out.print("%s", out.lang.Say("import.would", counts...))
		return nil
	}
	note := out.lang.Say("import.note", filepath.Base(cmd.File))
	if _, err := s.Write(ctx, func(tx *store.Tx) error { return file.Apply(ctx, tx, tx.By(actor, note)) }); err != nil {
		return err
	}
	out.print("%s", out.lang.Say("import.done", counts...))
	return nil
}

func (cmd *importCmd) read(ctx context.Context, r exchange.Reading) (*exchange.Import, error) {
	f, err := os.Open(cmd.File)
	if err != nil {
		return nil, fmt.Errorf("import: %w", err)
	}
	defer f.Close() //nolint:errcheck // it was only read
	return r.Read(ctx, f)
}

// mapping finds what the columns of a source's files are called: in the file that is named, or in one of that name among the
// data folder's mappings. None is asked for by "".
func (p *place) mapping(name string) (exchange.Mapping, error) {
	if name == "" {
		return nil, nil
	}
	file := name
	if name == filepath.Base(name) && filepath.Ext(name) == "" {
		file = filepath.Join(p.Data, "mappings", name+".json")
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read the mapping: %w", err)
	}
	m := exchange.Mapping{}
	if err := json.Unmarshal(text, &m); err != nil {
		return nil, fmt.Errorf("read the mapping %s: %w", file, err)
	}
	return m, nil
}

// manyRows is from how many rows on a file's progress, and not each of its rows, is told.
const manyRows = 20_000

// progress tells on stderr how far a large file has been read.
func (c *console) progress(rows, of int) {
	if of >= manyRows && rows > 0 {
		fmt.Fprintln(c.stderr, c.lang.Say("import.progress", rows, of))
	}
}

// rows prints what each row changes; those that change nothing are only counted.
func (c *console) rows(file *exchange.Import) {
	if len(file.LeftAlone) > 0 {
		c.print("%s", c.lang.Say("import.left_alone", strings.Join(file.LeftAlone, ", ")))
	}
	if len(file.Rows) >= manyRows {
		return
	}
	for _, r := range file.Rows {
		if r.Action == exchange.Same {
			continue
		}
		c.print("%s", c.lang.Say("import."+r.Action.String(), r.Row, strings.TrimSpace(r.Label+" "+r.Title)))
		if r.Action == exchange.New {
			continue
		}
		for _, change := range r.Changes {
			c.print("%s", c.lang.Say("import.change", change.Column, change.Before, change.After))
		}
	}
}
