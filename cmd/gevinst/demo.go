package main

import (
	"context"
	"fmt"
	"log/slog"
	"slices"

	"gevinst/portfolio"
	"gevinst/portfolio/kalundborg"
	"gevinst/portfolio/store"
	"gevinst/web"
)

// The days that the demonstration stands on: the end of the example's story, and of the facts'.
const (
	exampleDay = portfolio.Date(20180903)
	factsDay   = portfolio.Date(20171106)
)

type demoCmd struct {
	listening
	WithoutExamples bool `help:"Only what the minutes say."`
}

// Run serves a demonstration until it is told to stop.
func (cmd *demoCmd) Run(ctx context.Context, p *place, out *console) error {
	c := &clock{today: cmd.day(p)}
	log := newLog(out.stderr)
	return p.serve(ctx, c, cmd.listening, web.Options{Log: log, Demo: true}, func(ctx context.Context, s *store.Store, address string) error {
		if err := cmd.load(ctx, s, c, log); err != nil {
			return err
		}
		out.print("%s", out.lang.Say("command.demo", address))
		return nil
	})
}

func (cmd *demoCmd) day(p *place) portfolio.Date {
	switch {
	case p.Today != 0:
		return p.Today
	case cmd.WithoutExamples:
		return factsDay
	}
	return exampleDay
}

// load tells an empty place the story, or the rest of it where the telling was cut off. What somebody has gone on from is
// left as it is. Of several programs that begin at the same time each tells a part.
func (cmd *demoCmd) load(ctx context.Context, s *store.Store, c *clock, log *slog.Logger) error {
	defer c.release()
	for {
		before, err := s.Snapshot(ctx)
		if err != nil {
			return err
		}
		failed := kalundborg.Load(ctx, s, c.set, cmd.untold(before))
		if failed == nil {
			return nil
		}
		now, err := s.Snapshot(ctx)
		switch {
		case err != nil:
			return err
		case now.Seq > before.Seq: // another program told that part, or this one a part of it
		case now.Seq > 0:
			log.Warn("the rest of the story does not fit what has been recorded since", "error", failed)
			return nil
		default:
			return fmt.Errorf("load the demonstration: %w", failed)
		}
	}
}

// untold gives the steps of the story after the one that the portfolio ends with, each to be left out if another program has
// been quicker; none where the portfolio ends with something else.
func (cmd *demoCmd) untold(now *portfolio.Portfolio) []kalundborg.Step {
	steps := kalundborg.Facts()
	if !cmd.WithoutExamples {
		steps = append(steps, kalundborg.Examples()...)
	}
	if now.Seq > 0 {
		told := slices.IndexFunc(steps, func(step kalundborg.Step) bool { return portfolio.InstantOf(step.At) == now.At })
		if told < 0 {
			return nil
		}
		steps = steps[told+1:]
	}
	for i, step := range steps {
		steps[i].Do = func(tx *store.Tx) error {
			if tx.Portfolio().At >= portfolio.InstantOf(step.At) {
				return nil
			}
			return step.Do(tx)
		}
	}
	return steps
}
