package exchange

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// ExportBook writes the lists that a folder has as one Excel workbook, a sheet a list.
func ExportBook(ctx context.Context, s *store.Store, p *portfolio.Portfolio, w io.Writer) (err error) {
	b, err := newBook()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	for _, f := range lists(p, Entries(ctx, s, p, store.EntryFilter{})) {
		if err := b.list(strings.TrimSuffix(f.name, ".csv"), f.columns, f.unsummed, f.rows); err != nil {
			return fmt.Errorf("export %s: %w", f.name, err)
		}
	}
	return b.end(w)
}

// secret tells what nobody is to read yet: an open scoring round's weights and scores.
func secret(p *portfolio.Portfolio, r portfolio.Record) bool {
	switch r := r.(type) {
	case *portfolio.Round:
		return r.Closed == nil
	case *portfolio.Score:
		round := p.Rounds.Get(r.Round)
		return round == nil || round.Closed == nil
	}
	return false
}

// ExportJSON writes the whole portfolio as one JSON object: what it is known at, then each kind of record under its name, as
// the log has it (amounts in øre), and the ledger's entries last. A scoring round that is open is left out, and its scores: they
// are secret until it is closed.
func ExportJSON(ctx context.Context, s *store.Store, p *portfolio.Portfolio, to io.Writer) error {
	head, err := s.Head(ctx, p)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(to)
	if _, err := fmt.Fprintf(w, `{"seq":%d,"head":%q`, p.Seq, head); err != nil {
		return err
	}
	byKind := map[portfolio.Kind][]portfolio.Record{}
	for _, r := range p.Records() {
		if secret(p, r) {
			continue
		}
		byKind[r.Kind()] = append(byKind[r.Kind()], r)
	}
	for _, k := range portfolio.Kinds() {
		if k == portfolio.KindEntry {
			continue
		}
		l := jsonList{w: w}
		l.begin(k.String())
		for _, r := range byKind[k] {
			l.add(r)
		}
		if err := l.end(); err != nil {
			return err
		}
	}
	l := jsonList{w: w}
	l.begin(portfolio.KindEntry.String())
	for e, err := range Entries(ctx, s, p, store.EntryFilter{}) {
		if err != nil {
			return err
		}
		l.add(e)
	}
	if err := l.end(); err != nil {
		return err
	}
	if _, err := w.WriteString("}\n"); err != nil {
		return err
	}
	return w.Flush()
}

// jsonList writes a named list as it comes; the first error is kept for end.
type jsonList struct {
	w    *bufio.Writer
	some bool
	err  error
}

func (l *jsonList) begin(name string) { _, l.err = fmt.Fprintf(l.w, ",\n%q:[", name) }

func (l *jsonList) add(r portfolio.Record) {
	b, err := json.Marshal(r)
	if l.err = errors.Join(l.err, err); l.err != nil {
		return
	}
	if l.some {
		_, l.err = l.w.WriteString(",\n")
	}
	if l.some = true; l.err == nil {
		_, l.err = l.w.Write(b)
	}
}

func (l *jsonList) end() error {
	if l.err != nil {
		return fmt.Errorf("write JSON: %w", l.err)
	}
	_, err := l.w.WriteString("]")
	return err
}
