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
	return p.serve(ctx, c, cmd.listening, web.Options{Log: log, Demo: true}, func(s *store.Store, address string) error {
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
// left as it is.
func (cmd *demoCmd) load(ctx context.Context, s *store.Store, c *clock, log *slog.Logger) error {
	steps := kalundborg.Facts()
	if !cmd.WithoutExamples {
		steps = append(steps, kalundborg.Examples()...)
	}
	now, err := s.Snapshot(ctx)
	if err != nil {
		return err
	}
	if now.Seq > 0 {
		told := slices.IndexFunc(steps, func(step kalundborg.Step) bool { return portfolio.InstantOf(step.At) == now.At })
		if told < 0 {
			return nil
		}
		steps = steps[told+1:]
	}
	defer c.release()
	err = kalundborg.Load(ctx, s, c.set, steps)
	switch {
	case err != nil && now.Seq > 0:
		log.Warn("the rest of the story does not fit what has been recorded since", "error", err)
	case err != nil:
		return fmt.Errorf("load the demonstration: %w", err)
	}
	return nil
}
