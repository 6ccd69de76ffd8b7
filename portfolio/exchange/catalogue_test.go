package exchange_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/portfoliotest"
	"gevinst/portfolio/store"
	"gevinst/web/locale"
)

// place is a small portfolio in a database of its own: areas "Digitalisering & IT" and "Plan, Byg & Miljø", and item 1,
// "Office 365", in the first.
type place struct {
	*store.Store
	portfoliotest.World
}

func newPlace(t *testing.T) *place {
	t.Helper()
	clock := func() time.Time { return time.Date(2018, 9, 3, 8, 0, 0, 0, time.UTC) }
	s, err := store.Open(context.Background(), store.Options{Path: filepath.Join(t.TempDir(), "g.db"), Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	p := &place{Store: s}
	if _, err := s.Write(context.Background(), func(tx *store.Tx) error { p.World = portfoliotest.Small(tx); return nil }); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *place) now(t *testing.T) *portfolio.Portfolio {
	t.Helper()
	now, err := p.Snapshot(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return now
}

// reading reads a file against what stands, as one would who may.
func (p *place) reading(t *testing.T, kind exchange.Kind, file string) (*exchange.Import, error) {
	t.Helper()
	r := exchange.Reading{Kind: kind, Store: p.Store, Portfolio: p.now(t)}
	return r.Read(context.Background(), strings.NewReader(file))
}

func (p *place) readKind(t *testing.T, kind exchange.Kind, file string) *exchange.Import {
	t.Helper()
	m, err := p.reading(t, kind, file)
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	return m
}

func (p *place) read(t *testing.T, file string) *exchange.Import {
	t.Helper()
	return p.readKind(t, exchange.Catalogue, file)
}

func (p *place) apply(m *exchange.Import, user portfolio.UserID) error {
	ctx := context.Background()
	_, err := p.Write(ctx, func(tx *store.Tx) error { return m.Apply(ctx, tx, tx.By(user, "import")) })
	return err
}

func (p *place) importFile(t *testing.T, file string) *exchange.Import {
	t.Helper()
	c := p.read(t, file)
	if err := p.apply(c, p.Office); err != nil {
		t.Fatalf("apply: %v", err)
	}
	return c
}

func language(t *testing.T, code string) *locale.Language {
	t.Helper()
	all, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	return all[code]
}

const danish = "nr;side;titel;område;ophav;skal-opgave;gevinsttyper;idébeskrivelse\r\n" +
	"1;73;Office 365 / Cloud;Digitalisering & IT;Lokal;nej;Effektivisering, Kvalitet;\"Første linje\nanden linje\"\r\n" +
	"\r\n" +
	"2;98;Digital sagsbehandling;plan, byg & miljø;fælles-offentlig;ja;service;'=ikke en formel\r\n"

func TestImport(t *testing.T) {
	t.Run("a file says row by row what it would change, and writes nothing by being read", func(t *testing.T) {
		p := newPlace(t)
		before := p.now(t).Seq
		c := p.read(t, danish)
		if len(c.Rows) != 2 || c.Rows[0].Action != exchange.Changed || c.Rows[1].Action != exchange.New || c.Rows[1].Row != 4 {
			t.Fatalf("rows: %+v", c.Rows)
		}
		want := exchange.FieldChange{Column: "title", Before: "Office 365", After: "Office 365 / Cloud"}
		if got := c.Rows[0].Changes[1]; got != want {
			t.Errorf("second change is %+v, want %+v", got, want)
		}
		if p.now(t).Seq != before {
			t.Error("the log grew")
		}
	})
	t.Run("what is applied is what the file says, and the same file again changes nothing", func(t *testing.T) {
		p := newPlace(t)
		p.importFile(t, danish)
		got := p.now(t).ItemByNo(2)
		if got == nil || got.Page != 98 || got.Area != p.OtherArea || got.Origin != portfolio.JointPublic || !got.Mandatory ||
			len(got.Types) != 1 || got.Types[0] != portfolio.Service || got.Idea != "=ikke en formel" {
			t.Fatalf("item 2 is %+v", got)
		}
		if idea := p.now(t).ItemByNo(1).Idea; idea != "Første linje\nanden linje" {
			t.Errorf("idea of item 1 is %q", idea)
		}
		before := p.now(t).Seq
		if c := p.importFile(t, danish); c.Count(exchange.Same) != 2 {
			t.Errorf("second time: %+v", c.Rows)
		}
		if p.now(t).Seq != before {
			t.Error("the log grew")
		}
	})
	t.Run("the same file in other encodings and with other separators says the same", func(t *testing.T) {
		ansi, err := charmap.Windows1252.NewEncoder().String(danish)
		if err != nil {
			t.Fatal(err)
		}
		english := "title\tno\tarea\nDigital sagsbehandling\t2\tPlan, Byg & Miljø\n"
		for name, file := range map[string]string{
			"cp1252": ansi, "with mark": "\ufeff" + danish, "tabs": english,
			"commas": "no,title,area\n2,Digital sagsbehandling,\"Plan, Byg & Miljø\"\n",
			"bare":   "No;Title;AREA;;\n2;Digital sagsbehandling;Plan, Byg & Miljø;;\n",
		} {
			p := newPlace(t)
			p.importFile(t, file)
			if got := p.now(t).ItemByNo(2); got == nil || got.Title != "Digital sagsbehandling" || got.Area != p.OtherArea {
				t.Errorf("%s: item 2 is %+v", name, got)
			}
		}
	})
	t.Run("a column that is not there leaves its field", func(t *testing.T) {
		p := newPlace(t)
		p.importFile(t, danish)
		p.importFile(t, "no;title;area\n2;Ny titel;Plan, Byg & Miljø\n")
		if got := p.now(t).ItemByNo(2); got.Title != "Ny titel" || got.Page != 98 || !got.Mandatory {
			t.Errorf("item 2 is %+v", got)
		}
	})
	t.Run("who may not import is refused, also when the file changes nothing", func(t *testing.T) {
		p := newPlace(t)
		before := p.now(t).Seq
		for _, file := range []string{danish, "no;title;area\n1;Office 365;Digitalisering & IT\n"} {
			for _, user := range []portfolio.UserID{p.Viewer, p.Director, p.Admin, p.Owner} {
				if err := p.apply(p.read(t, file), user); !portfolio.Is(err, portfolio.Forbidden) {
					t.Errorf("user %d: %v", user, err)
				}
			}
		}
		if p.now(t).Seq != before {
			t.Error("the log grew")
		}
	})
	t.Run("what somebody changed after the file was read is a conflict, and nothing is written", func(t *testing.T) {
		p := newPlace(t)
		c := p.read(t, danish)
		p.importFile(t, "no;title;area\n1;Imens;Digitalisering & IT\n")
		before := p.now(t).Seq
		if err := p.apply(c, p.Office); !portfolio.Is(err, portfolio.Conflict) {
			t.Errorf("got %v", err)
		}
		if p.now(t).Seq != before || p.now(t).ItemByNo(2) != nil {
			t.Error("a part was written")
		}
	})
	t.Run("a number that somebody took after the file was read is refused with its row", func(t *testing.T) {
		p := newPlace(t)
		c := p.read(t, danish)
		p.importFile(t, "no;title;area\n2;Imens;Digitalisering & IT\n3;Imens;Digitalisering & IT\n")
		var bad *exchange.FileError
		if err := p.apply(c, p.Office); !errors.As(err, &bad) || bad.Rows[0].Row != 4 || bad.Rows[0].Code != "import.meanwhile" {
			t.Errorf("got %v", err)
		}
	})
}
