package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"gevinst/portfolio/store"
)

type checkCmd struct {
	Head []keptHead `help:"A head that was kept elsewhere, as a backup, an export or the daily log line gives it: it must still be in the log." placeholder:"EVENTS:HASH"`
}

// keptHead is the number and the hash of an event that was once the log's last.
type keptHead struct {
	seq  int64
	hash string
}

// UnmarshalText reads EVENTS:HASH.
func (k *keptHead) UnmarshalText(text []byte) error {
	number, hash, _ := strings.Cut(string(text), ":")
	seq, err := strconv.ParseInt(number, 10, 64)
	if raw, wrong := hex.DecodeString(hash); err != nil || wrong != nil || seq < 0 || (seq > 0) != (len(raw) == 32) {
		return fmt.Errorf("%q is no head: it is written EVENTS:HASH, such as 1200:9f86…", text)
	}
	*k = keptHead{seq, strings.ToLower(hash)}
	return nil
}

// Run holds the tables against the log, and both against the domain's invariants. It reads the database as it is, so that it
// can tell also of one that no longer opens.
func (cmd *checkCmd) Run(ctx context.Context, p *place, out *console) error {
	return p.reach(ctx, func(s *store.Store) error {
		if err := s.Migrate(ctx); err != nil {
			return err
		}
		report, err := s.Check(ctx)
		if err != nil {
			return err
		}
		for _, k := range cmd.Head {
			missed, err := s.CheckHead(ctx, k.seq, k.hash)
			if err != nil {
				return err
			}
			report.Violations = append(report.Violations, missed...)
		}
		for _, remark := range report.Remarks {
			fmt.Fprintln(out.stderr, remark)
		}
		if err := out.violations(report); err != nil {
			return err
		}
		out.print("%s", out.lang.Say("command.checked", report.Events, report.Head))
		return nil
	})
}

// violations prints a line for each invariant that does not hold, and then refuses.
func (c *console) violations(r store.Report) error {
	for _, v := range r.Violations {
		fmt.Fprintln(c.stderr, v)
	}
	if n := len(r.Violations); n > 0 {
		return fmt.Errorf("%d invariants do not hold", n)
	}
	return nil
}
