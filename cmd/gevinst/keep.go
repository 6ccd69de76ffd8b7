package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"

	"gevinst/portfolio/store"
)

type migrateCmd struct{}

// Run brings the database's layout up to date.
func (migrateCmd) Run(ctx context.Context, p *place) error {
	return p.withNew(ctx, func(*store.Store) error { return nil }) // to open it is to migrate it
}

type examplesCmd struct {
	Remove examplesRemoveCmd `cmd:"" help:"Take the example data out; facts and what users stated stay."`
}

type examplesRemoveCmd struct{}

// Run takes the example data out of the portfolio.
func (examplesRemoveCmd) Run(ctx context.Context, p *place, out *console) error {
	return p.with(ctx, func(s *store.Store) error {
		now, err := s.Snapshot(ctx)
		if err != nil {
			return err
		}
		actor, err := p.actor(now)
		if err != nil {
			return err
		}
		n, err := s.RemoveExamples(ctx, actor)
		if err != nil {
			return err
		}
		out.print("%s", out.lang.Say("command.examples_removed", n))
		return nil
	})
}

type versionCmd struct{}

// Run prints the version.
func (versionCmd) Run(out *console) error {
	out.print("gevinst %s %s %s/%s", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}

// version is the module's, with the revision where the build recorded it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(unknown)"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return info.Main.Version + " " + s.Value
		}
	}
	return info.Main.Version
}

// buildID tells builds of the same version apart, by when the program was built.
func buildID() string {
	name, err := os.Executable()
	if err != nil {
		return version()
	}
	info, err := os.Stat(name)
	if err != nil {
		return version()
	}
	return fmt.Sprintf("%s-%d", version(), info.ModTime().UnixNano())
}
