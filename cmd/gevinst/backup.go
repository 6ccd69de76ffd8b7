package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"gevinst/portfolio/store"
)

type backupCmd struct {
	File string `arg:"" help:"File to write. It may take the place of an earlier backup: that stays until the new one is whole."`
}

// Run writes a backup while others go on working.
func (cmd *backupCmd) Run(ctx context.Context, p *place, out *console) error {
	return p.reach(ctx, func(s *store.Store) error {
		mark, err := cmd.write(ctx, s)
		if err != nil {
			return err
		}
		out.print("%s", out.lang.Say("command.backed_up", cmd.File, mark.Events, mark.Head))
		return nil
	})
}

// write keeps the file from others, for it holds people's names and what their passwords are checked against.
func (cmd *backupCmd) write(ctx context.Context, s *store.Store) (mark store.Mark, err error) {
	file, err := os.CreateTemp(filepath.Dir(cmd.File), ".backup-*")
	if err != nil {
		return mark, fmt.Errorf("write the backup: %w", err)
	}
	if mark, err = s.Backup(ctx, file); err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), cmd.File)
	}
	if err != nil {
		_ = os.Remove(file.Name()) // the reason why it is not wanted is told
		return mark, fmt.Errorf("write the backup: %w", err)
	}
	return mark, nil
}

type restoreCmd struct {
	File string `arg:"" help:"Backup to read. The place must be empty."`
}

// Run reads a backup into an empty place, of either kind of database, and checks it.
func (cmd *restoreCmd) Run(ctx context.Context, p *place, out *console) (err error) {
	file, err := os.Open(cmd.File)
	if err != nil {
		return fmt.Errorf("read the backup: %w", err)
	}
	defer file.Close() //nolint:errcheck // it was only read
	return p.reachNew(ctx, func(s *store.Store) error {
		report, err := s.Restore(ctx, file)
		if err != nil {
			return errors.Join(out.violations(report), err)
		}
		out.print("%s", out.lang.Say("command.restored", cmd.File, report.Events, report.Head))
		return nil
	})
}
