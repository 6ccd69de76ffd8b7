package exchange_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/portfoliotest"
	"gevinst/portfolio/store"
	"gevinst/web/locale"
)

var errTried = errors.New("only tried")

// FuzzRead reads any bytes as any kind of file: they are refused in words, or can be applied or are refused by the domain, and
// nothing else.
func FuzzRead(f *testing.F) {
	clock := func() time.Time { return time.Date(2018, 9, 3, 8, 0, 0, 0, time.UTC) }
	s, err := store.Open(f.Context(), store.Options{Path: filepath.Join(f.TempDir(), "g.db"), Clock: clock})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() {
		if err := s.Close(); err != nil {
			f.Error(err)
		}
	})
	var world portfoliotest.World
	if _, err := s.Write(f.Context(), func(tx *store.Tx) error { world = portfoliotest.Small(tx); return nil }); err != nil {
		f.Fatal(err)
	}
	p, err := s.Snapshot(f.Context())
	if err != nil {
		f.Fatal(err)
	}
	languages, err := locale.Load()
	if err != nil {
		f.Fatal(err)
	}
	for k, kind := range exchange.Kinds() {
		table := kind.Export(p)
		for _, write := range []func(*bytes.Buffer) error{
			func(b *bytes.Buffer) error { return exchange.WriteCSV(b, table) },
			func(b *bytes.Buffer) error { return exchange.WriteXLSX(b, table) },
		} {
			var b bytes.Buffer
			if err := write(&b); err != nil {
				f.Fatal(err)
			}
			f.Add(uint8(k), "", b.Bytes())
		}
		f.Add(uint8(k), "titel", []byte(strings.Join(table.Columns, ";")+"\n1;x;y;1.000,00;2018-07\n"))
	}
	f.Add(uint8(0), "", []byte("nr;titel\n99;\"a\nb\"\n"))
	f.Add(uint8(0), "Emne", []byte("\xff\xfen\x00r\x00;\x00E\x00m\x00n\x00e\x00\n\x00"))
	f.Add(uint8(4), "", []byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, which uint8, column string, file []byte) {
		kinds := exchange.Kinds()
		r := exchange.Reading{Kind: kinds[int(which)%len(kinds)], Store: s, Portfolio: p}
		if column != "" {
			r.Mapping = exchange.Mapping{column: "title"}
		}
		m, err := r.Read(t.Context(), bytes.NewReader(file))
		if err != nil {
			bad, ok := errors.AsType[*exchange.FileError](err)
			if !ok || m != nil || len(bad.Rows) == 0 {
				t.Fatalf("%v, %T: %v", m, err, err)
			}
			for _, l := range languages {
				for _, line := range bad.Say(l.Say) {
					if line == "" || strings.Contains(line, "%!") && !strings.Contains(column+string(file), "%!") {
						t.Fatalf("an error in words is %q", line)
					}
				}
			}
			return
		}
		_, err = s.Write(t.Context(), func(tx *store.Tx) error {
			if err := m.Apply(t.Context(), tx, tx.By(world.Office, "")); err != nil {
				return err
			}
			return errTried
		})
		if _, bad := errors.AsType[*exchange.FileError](err); !bad && !errors.Is(err, errTried) && portfolio.AsRefusals(err) == nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
	})
}

// FuzzWriteCSV writes any cell and reads it again: a spreadsheet program finds the same text, but no formula.
func FuzzWriteCSV(f *testing.F) {
	for _, seed := range []string{"", "a;b", "=1+1", "\"", "a\nb", "\t=x", "-5", "+45 12345678", "@x", "'='", "æøå", " x "} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		if !strings.Contains(cell, "\r") { // a CSV reader makes one of both line ends
			var b bytes.Buffer
			if err := exchange.WriteCSV(&b, exchange.Table{Columns: []string{"a", "b"}, Rows: [][]any{{cell, "end"}}}); err != nil {
				t.Fatal(err)
			}
			r := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\ufeff")))
			r.Comma = ';'
			rows, err := r.ReadAll()
			if err != nil || len(rows) != 2 || rows[1][1] != "end" || rows[1][0] != exchange.Harmless(cell) {
				t.Fatalf("%q is read again as %q, %v", cell, rows, err)
			}
		}
		if safe := exchange.Harmless(cell); safe != "" && strings.ContainsAny(safe[:1], "=+@\t\r") {
			t.Fatalf("%q may be taken for a formula", safe)
		}
	})
}
