package exchange

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// writeLog writes a backup of the portfolio that can be handed on: without what passwords and tokens are checked against, and
// with nothing in it but the portfolio, so that the same portfolio gives the same bytes.
func writeLog(ctx context.Context, s *store.Store, p *portfolio.Portfolio, to io.Writer) error {
	from, backup := io.Pipe()
	go func() {
		_, err := s.Backup(ctx, backup)
		backup.CloseWithError(err) // it always succeeds, and the reader is told
	}()
	defer from.Close() //nolint:errcheck // ends the backup where reading it has failed
	packed, err := gzip.NewReader(from)
	if err != nil {
		return fmt.Errorf("read the log: %w", err)
	}
	out := gzip.NewWriter(to)
	f := logFilter{in: bufio.NewReaderSize(packed, 64<<10), out: out, p: p}
	return errors.Join(f.run(), out.Close())
}

// handedOn are the tables of a backup that go along; others hold what lets somebody in.
var handedOn = []string{"event", "person", "counter"}

// logFilter copies a backup line by line.
type logFilter struct {
	in   *bufio.Reader
	out  io.Writer
	p    *portfolio.Portfolio
	rows int64
	// skip leaves out the present table; secret are the places in its rows of what lets somebody in.
	skip   bool
	secret []int
}

// lettingIn are the columns that let somebody in: a password, and who somebody is at the identity provider.
var lettingIn = []string{"password", "issuer", "subject"}

func (f *logFilter) run() error {
	var mark store.Mark
	line, err := f.in.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("read the log: %w", err)
	}
	if err := json.Unmarshal(line, &mark); err != nil {
		return fmt.Errorf("read the log: %w", err)
	}
	if mark.Events != f.p.Seq || mark.People != f.p.PeopleSeq {
		return errMoved
	}
	mark.Taken = f.p.At.Time()
	if err := f.write(mark); err != nil {
		return err
	}
	for {
		line, err := f.in.ReadBytes('\n')
		if err != nil {
			return fmt.Errorf("read the log: %w", err)
		}
		if line[0] == '[' {
			err = f.row(line)
		} else {
			var ended bool
			if ended, err = f.section(line); ended {
				return err
			}
		}
		if err != nil {
			return err
		}
	}
}

// section copies the line that begins a table, or ends the file.
func (f *logFilter) section(line []byte) (ended bool, err error) {
	var s struct {
		Table   string   `json:"table,omitempty"`
		Columns []string `json:"columns,omitempty"`
		End     bool     `json:"end,omitempty"`
		Rows    int64    `json:"rows,omitempty"`
	}
	if err := json.Unmarshal(line, &s); err != nil {
		return false, fmt.Errorf("read the log: %w", err)
	}
	if s.End {
		s.Rows = f.rows
		return true, f.write(s)
	}
	f.skip, f.secret = !slices.Contains(handedOn, s.Table), nil
	for place, name := range s.Columns {
		if s.Table == "person" && slices.Contains(lettingIn, name) {
			f.secret = append(f.secret, place)
		}
	}
	if f.skip {
		return false, nil
	}
	return false, f.write(s)
}

func (f *logFilter) row(line []byte) error {
	if f.skip {
		return nil
	}
	f.rows++
	if len(f.secret) == 0 {
		_, err := f.out.Write(line)
		return err
	}
	var cells []json.RawMessage
	if err := json.Unmarshal(line, &cells); err != nil {
		return fmt.Errorf("read the log: %w", err)
	}
	for _, place := range f.secret {
		cells[place] = json.RawMessage(`""`)
	}
	return f.write(cells)
}

func (f *logFilter) write(v any) error {
	lines := json.NewEncoder(f.out)
	lines.SetEscapeHTML(false)
	return lines.Encode(v)
}
