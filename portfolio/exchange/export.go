package exchange

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// file is one list of an export: its columns, and its rows as they are read.
type file struct {
	name    string
	columns []string
	rows    func(add func(cells ...any)) error
}

// Entries walks the ledger's entries as they stood in the portfolio, a part at a time, so that memory does not grow with
// the ledger.
func Entries(ctx context.Context, s *store.Store, p *portfolio.Portfolio) iter.Seq2[*portfolio.Entry, error] {
	const part = 2_000
	return func(yield func(*portfolio.Entry, error) bool) {
		for after := portfolio.EntryID(0); ; {
			list, err := s.Entries(ctx, p, store.EntryFilter{After: after, Limit: part})
			if err != nil {
				yield(nil, err)
				return
			}
			for _, e := range list {
				if !yield(e, nil) {
					return
				}
				after = e.ID
			}
			if len(list) < part {
				return
			}
		}
	}
}

// ExportDir writes the whole portfolio as CSV files into a folder: one file a list, with stable English headers, in the order
// of the ids. The column "example" names the fields that are invented ("*" is the whole row), the column "source" says where
// each value comes from. Passwords are never in it.
//
// The folder is made if it is not there. One that holds anything but the files of an earlier export is refused, and nothing
// is replaced before every file has been written. head is the hash of the log's last event, which goes with it as log.csv.
func ExportDir(p *portfolio.Portfolio, head string, entries iter.Seq2[*portfolio.Entry, error], dir string) (err error) {
	files := append(lists(p, entries), file{"log.csv", []string{"events", "head"}, func(add func(...any)) error {
		add(p.Seq, head)
		return nil
	}})
	if err := ours(dir, files); err != nil {
		return err
	}
	written := make([]string, 0, len(files))
	defer func() {
		if err == nil {
			return
		}
		for _, name := range written {
			err = errors.Join(err, os.Remove(name))
		}
	}()
	for _, f := range files {
		name, err := f.write(dir)
		if name != "" {
			written = append(written, name)
		}
		if err != nil {
			return err
		}
	}
	for _, f := range files {
		if err := os.Rename(written[0], filepath.Join(dir, f.name)); err != nil {
			return fmt.Errorf("export: %w", err)
		}
		written = written[1:]
	}
	return nil
}

// ours makes the folder, or sees to it that nothing stands in it but our own files.
func ours(dir string, files []file) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	there, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	for _, entry := range there {
		own := func(f file) bool { // also what an export that was cut off left behind
			return f.name == entry.Name() || strings.HasPrefix(entry.Name(), f.unfinished())
		}
		if !slices.ContainsFunc(files, own) {
			return &portfolio.Error{Kind: portfolio.Invalid, Code: "export.folder", Args: []any{dir, entry.Name()}}
		}
	}
	return nil
}

func (f file) unfinished() string { return "." + f.name + "-" }

// write writes the list beside its place and gives the name it has until then.
func (f file) write(dir string) (name string, err error) {
	out, err := os.CreateTemp(dir, f.unfinished()+"*")
	if err != nil {
		return "", fmt.Errorf("export: %w", err)
	}
	defer func() {
		if closed := out.Close(); err == nil && closed != nil {
			err = fmt.Errorf("export %s: %w", f.name, closed)
		}
	}()
	w := bufio.NewWriter(out)
	c := newLines(w, f.columns)
	if err := f.rows(c.add); err != nil {
		return out.Name(), fmt.Errorf("export %s: %w", f.name, err)
	}
	if err := errors.Join(c.end(), w.Flush(), out.Sync()); err != nil {
		return out.Name(), fmt.Errorf("export %s: %w", f.name, err)
	}
	return out.Name(), nil
}

// lists are the files of an export.
func lists(p *portfolio.Portfolio, entries iter.Seq2[*portfolio.Entry, error]) []file {
	return []file{
		records("users.csv", p.Users, userColumns, userCells(p)),
		records("areas.csv", p.Areas, areaColumns, areaCells),
		{"strategy.csv", withOrigin(strategyColumns), strategyRows(p)},
		{"policy.csv", withOrigin(policyColumns), policyRows(p)},
		records("programmes.csv", p.Programmes, programmeColumns, programmeCells),
		records("meetings.csv", p.Meetings, meetingColumns, meetingCells),
		records("decisions.csv", p.Decisions, decisionColumns, decisionCells),
		records("catalogue.csv", p.Items, itemColumns, catalogueCells(p)),
		records("initiatives.csv", p.Initiatives, initiativeColumns, initiativeCells(p)),
		records("benefits.csv", p.Benefits, benefitColumns, benefitCells(p)),
		{"requirements.csv", withOrigin(requirementColumns), requirementRows(p)},
		records("overlaps.csv", p.Overlaps, overlapColumns, overlapCells(p)),
		records("follow_ups.csv", p.FollowUps, followUpColumns, followUpCells),
		{"ledger.csv", withOrigin(ledgerColumns), ledgerRows(entries)},
		{"notes.csv", noteColumns, noteRows(p)},
	}
}

// records is the list of one kind, a row a record, with where its values come from at the end.
func records[K ~int64, T any](name string, t portfolio.Table[K, T], columns []string, cells func(*T) []any) file {
	return file{name, withOrigin(columns), func(add func(...any)) error {
		for r := range t.All() {
			add(append(cells(r), origin(portfolio.MetaOf(any(r).(portfolio.Record)).Sources)...)...)
		}
		return nil
	}}
}

func withOrigin(columns []string) []string { return append(slices.Clone(columns), "example", "source") }
