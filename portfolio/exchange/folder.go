package exchange

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// The files of a folder beside its lists: every event, and the checksums of all the others.
const (
	logFile      = "log.jsonl.gz"
	checksumFile = "checksums.txt"
)

// output is one file of a folder.
type output struct {
	name  string
	write func(w io.Writer) error
}

// errMoved starts an export over, on what others have written meanwhile.
var errMoved = errors.New("the portfolio has moved on")

// ExportDir writes the whole portfolio into a folder: a CSV file a list, with stable English headers, in the order of the
// ids, and the log, from which ImportDir makes the same portfolio again. The column "example" names the fields that are
// invented ("*" is the whole row), the column "source" says where each value comes from. Passwords and tokens are never in
// it. It gives the portfolio that was written.
//
// The folder is made if it is not there. One that holds anything but the files of an earlier export is refused, and nothing
// is replaced before every file has been written.
func ExportDir(ctx context.Context, s *store.Store, dir string) (*portfolio.Portfolio, error) {
	for range 3 {
		p, err := exportDir(ctx, s, dir)
		if !errors.Is(err, errMoved) {
			return p, err
		}
	}
	return nil, fmt.Errorf("export: %w", errMoved)
}

func exportDir(ctx context.Context, s *store.Store, dir string) (*portfolio.Portfolio, error) {
	p, err := s.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	head, err := s.Head(ctx, p)
	if err != nil {
		return nil, err
	}
	files := append(lists(p, Entries(ctx, s, p, store.EntryFilter{})), file{
		name: "log.csv", columns: []string{"events", "head"},
		rows: func(add func(...any)) error { add(p.Seq, head); return nil },
	})
	outputs := make([]output, 0, len(files)+2)
	for _, f := range files {
		outputs = append(outputs, output{f.name, f.write})
	}
	outputs = append(outputs, output{logFile, func(w io.Writer) error { return writeLog(ctx, s, p, w) }})
	return p, writeDir(dir, outputs)
}

// writeDir writes the files beside their places, with their checksums, and then puts all of them there.
func writeDir(dir string, outputs []output) (err error) {
	var sums strings.Builder
	outputs = append(outputs, output{checksumFile, func(w io.Writer) error {
		_, err := io.WriteString(w, sums.String())
		return err
	}})
	if err := ours(dir, outputs); err != nil {
		return err
	}
	written := make([]string, 0, len(outputs))
	defer func() {
		if err == nil {
			return
		}
		for _, name := range written {
			err = errors.Join(err, os.Remove(name))
		}
	}()
	for _, f := range outputs {
		name, sum, err := f.writeBeside(dir)
		if name != "" {
			written = append(written, name)
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%s  %s\n", sum, f.name)
	}
	for _, f := range outputs {
		if err := os.Rename(written[0], filepath.Join(dir, f.name)); err != nil {
			return fmt.Errorf("export: %w", err)
		}
		written = written[1:]
	}
	return nil
}

// ours makes the folder, or sees to it that nothing stands in it but our own files.
func ours(dir string, files []output) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	there, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	for _, entry := range there {
		own := func(f output) bool { // also what an export that was cut off left behind
			return f.name == entry.Name() || strings.HasPrefix(entry.Name(), f.unfinished())
		}
		if !slices.ContainsFunc(files, own) {
			return &portfolio.Error{Kind: portfolio.Invalid, Code: "export.folder", Args: []any{dir, entry.Name()}}
		}
	}
	return nil
}

func (f output) unfinished() string { return "." + f.name + "-" }

// writeBeside writes the file beside its place, and gives the name it has until then and its checksum.
func (f output) writeBeside(dir string) (name, sum string, err error) {
	out, err := os.CreateTemp(dir, f.unfinished()+"*")
	if err != nil {
		return "", "", fmt.Errorf("export: %w", err)
	}
	hash := sha256.New()
	w := bufio.NewWriter(io.MultiWriter(out, hash))
	if err = f.write(w); err == nil {
		err = errors.Join(w.Flush(), out.Sync())
	}
	if err = errors.Join(err, out.Close()); err != nil {
		return out.Name(), "", fmt.Errorf("export %s: %w", f.name, err)
	}
	return out.Name(), hex.EncodeToString(hash.Sum(nil)), nil
}

func (f file) write(w io.Writer) error {
	c := newLines(w, f.columns)
	if err := f.rows(c.add); err != nil {
		return err
	}
	return c.end()
}

// ImportDir makes the portfolio that a folder holds, in an empty place: from its log, which is checked as it is read. A
// folder in which a file has been changed since the export is refused: the change would be lost without a word, and a list
// can be read in by itself.
func ImportDir(ctx context.Context, s *store.Store, dir string) (store.Report, error) {
	if err := untouched(dir); err != nil {
		return store.Report{}, err
	}
	log, err := os.Open(filepath.Join(dir, logFile))
	if err != nil {
		return store.Report{}, fmt.Errorf("import: %w", err)
	}
	defer log.Close() //nolint:errcheck // it was only read
	return s.Restore(ctx, log)
}

// untouched holds the files of a folder against the checksums that were written with them.
func untouched(dir string) error {
	list, err := os.ReadFile(filepath.Join(dir, checksumFile))
	if errors.Is(err, os.ErrNotExist) {
		return &portfolio.Error{Kind: portfolio.Invalid, Code: "import.no_export", Args: []any{dir, checksumFile}}
	}
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	for line := range strings.Lines(string(list)) {
		want, name, _ := strings.Cut(strings.TrimRight(line, "\r\n"), "  ")
		if name != filepath.Base(name) {
			return &portfolio.Error{Kind: portfolio.Invalid, Code: "import.no_export", Args: []any{dir, checksumFile}}
		}
		got, err := checksum(filepath.Join(dir, name))
		if err != nil {
			return fmt.Errorf("import: %w", err)
		}
		if got != want {
			return &portfolio.Error{Kind: portfolio.Invalid, Code: "import.folder_changed", Args: []any{name}}
		}
	}
	return nil
}

func checksum(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close() //nolint:errcheck // it was only read
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}
