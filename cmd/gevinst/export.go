package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/store"
)

type exportCmd struct {
	To string `arg:"" help:"Folder to write into: a new or empty one, or that of an earlier export. Or a file: FILE.xlsx, FILE.json."`
}

// Run writes the portfolio: as a folder that can be read in again, as a workbook, or as JSON.
func (cmd *exportCmd) Run(ctx context.Context, p *place, out *console) error {
	return p.with(ctx, func(s *store.Store) error {
		now, err := cmd.write(ctx, s)
		if err != nil {
			return err
		}
		out.print("%s", out.lang.Say("command.exported", cmd.To, now.Seq))
		return nil
	})
}

func (cmd *exportCmd) write(ctx context.Context, s *store.Store) (*portfolio.Portfolio, error) {
	write := exchange.ExportJSON
	switch filepath.Ext(cmd.To) {
	case ".json":
	case ".xlsx":
		write = exchange.ExportBook
	default:
		return exchange.ExportDir(ctx, s, cmd.To)
	}
	now, err := s.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	return now, whole(cmd.To, func(w io.Writer) error { return write(ctx, s, now, w) })
}

// whole writes a file that takes its place once it is whole. It holds people's names, so it is its owner's alone.
func whole(name string, write func(io.Writer) error) error {
	file, err := os.CreateTemp(filepath.Dir(name), ".export-*")
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	if err = write(file); err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), name)
	}
	if err != nil {
		_ = os.Remove(file.Name()) // the reason why it is not wanted is told
		return fmt.Errorf("export: %w", err)
	}
	return nil
}
