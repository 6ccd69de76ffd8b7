package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/exchange/finance"
	"gevinst/portfolio/store"
)

// finance takes in a file of budget and actuals, or says what it would bring.
func (cmd *importCmd) finance(ctx context.Context, p *place, out *console, s *store.Store) (err error) {
	now, err := s.Snapshot(ctx)
	if err != nil {
		return err
	}
	actor := portfolio.UserID(0)
	if !cmd.DryRun || p.As != "" {
		if actor, err = p.actor(now); err != nil {
			return err
		}
		if !now.May(now.Users.Get(actor), portfolio.ImportFinance, nil) {
			return &portfolio.Error{Kind: portfolio.Forbidden, Code: "error.forbidden", Args: []any{portfolio.ImportFinance.String()}}
		}
	}
	load, err := cmd.financeFile(ctx, s, now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, load.File.Remove()) }()
	load.Progress = func(stage finance.Stage, rows, of int) {
		if rows%manyRows == 0 && (stage != finance.Comparing) {
			out.progress(rows, of)
		}
	}
	if cmd.DryRun {
		v, err := load.Preview(ctx)
		if err != nil {
			return err
		}
		out.financePreview(v)
		return nil
	}
	done, err := load.Apply(ctx, actor, out.lang.Say("import.note", filepath.Base(cmd.File)))
	if err != nil {
		return err
	}
	out.financePreview(done.Preview)
	if done.File != nil {
		out.print("%s", out.lang.Say("finance.done"))
	}
	return nil
}

// financeFile keeps the file and finds how it is read: by the mapping that is named, by one that was saved and fits, or by its
// headers.
func (cmd *importCmd) financeFile(ctx context.Context, s *store.Store, now *portfolio.Portfolio) (*finance.Import, error) {
	var saved []*portfolio.Mapping
	for m := range now.Mappings.All() {
		if m.For == finance.Kind && (cmd.Mapping == "" || m.Name == cmd.Mapping) {
			saved = append(saved, m)
		}
	}
	if cmd.Mapping != "" && len(saved) == 0 {
		return nil, portfolio.Missing(portfolio.KindMapping, cmd.Mapping)
	}
	in, err := os.Open(cmd.File)
	if err != nil {
		return nil, fmt.Errorf("import: %w", err)
	}
	defer in.Close() //nolint:errcheck // it was only read
	kept, err := finance.Keep(in, filepath.Base(cmd.File), exchange.Local)
	if err != nil {
		return nil, err
	}
	load := &finance.Import{File: kept, Store: s}
	if cmd.Mapping != "" {
		load.Mapping = *saved[0]
	} else if _, load.Mapping, err = kept.Look(ctx, saved...); err != nil {
		return nil, errors.Join(err, kept.Remove())
	}
	if err := cmd.measure(&load.Mapping); err != nil {
		return nil, errors.Join(err, kept.Remove())
	}
	return load, nil
}

// measure answers what the amounts are where the file does not say.
func (cmd *importCmd) measure(m *portfolio.Mapping) error {
	asks := finance.AsksMeasure(*m)
	switch {
	case asks && cmd.Measure == "":
		return &portfolio.Error{Kind: portfolio.Invalid, Field: "measure", Code: "finance.add_measure"}
	case asks:
		m.Options = maps.Clone(m.Options)
		if m.Options == nil {
			m.Options = map[string]string{}
		}
		m.Options[finance.FixedMeasure] = cmd.Measure
	case cmd.Measure != "" && cmd.Measure != m.Options[finance.FixedMeasure]:
		return &portfolio.Error{Kind: portfolio.Invalid, Field: "measure", Code: "finance.measure_said"}
	}
	return nil
}

// financePreview prints what a file brings.
func (c *console) financePreview(v *finance.Preview) {
	if v.Before != nil {
		c.print("%s", c.lang.Say("finance.same", v.Before.Name))
	}
	for _, sentence := range v.Told(c.lang) {
		c.print("%s", sentence)
	}
	period := "finance.period"
	if v.Balances {
		period = "finance.period_balances"
	}
	if v.New > 0 {
		c.print("%s", c.lang.Say(period, v.First, v.Last, c.lang.Style.Kroner(v.Sum)))
	}
	if v.Beside > 0 {
		c.print("%s. %s", c.lang.Counted("finance.beside", v.Beside), c.lang.Say("finance.beside_do"))
	}
	for _, one := range v.Changes {
		c.print("%s", c.lang.Say("finance.change", one.Account, one.Month, c.lang.Say("measure."+one.Measure.String()), c.lang.Style.Kroner(one.From), c.lang.Style.Kroner(one.To)))
	}
	for _, w := range v.Warnings {
		c.print("%s", w.Say(c.lang.Say))
	}
	for _, a := range v.Accounts {
		c.print("%s: %s %s", c.lang.Say("finance.accounts_made"), a.No, a.Name)
	}
}
