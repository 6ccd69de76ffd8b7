package bench

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"gevinst/portfolio/store"
	"gevinst/portfolio/store/pgtest"
)

// size is how large a generated portfolio is.
type size struct{ initiatives, months int }

func (z size) String() string {
	return fmt.Sprintf("%d initiatives, %d ledger months", z.initiatives, z.months)
}

// sizes that are measured; -short takes smaller ones.
var (
	small    = size{81, 10_000}
	deep     = size{81, 1_000_000}
	wide     = size{10_000, 10_000}
	large    = size{10_000, 1_000_000}
	middling = size{1_000, 100_000}
)

func shrink() {
	deep, wide, large, middling = size{81, 100_000}, size{1_000, 10_000}, size{1_000, 100_000}, size{200, 20_000}
	*each /= 4
}

// made are the databases of this run: each is generated once.
var made = struct {
	dir    string
	stores map[string]*store.Store
	pg     *pgtest.Server
	urls   map[size]string
	run    *testing.B
}{stores: map[string]*store.Store{}, urls: map[size]string{}}

func dir(b *testing.B) string {
	b.Helper()
	if made.dir == "" {
		d, err := os.MkdirTemp("", "gevinst-bench-")
		if err != nil {
			b.Fatal(err)
		}
		made.dir = d
	}
	return made.dir
}

func file(b *testing.B, z size) string {
	return filepath.Join(dir(b), fmt.Sprintf("%d-%d", z.initiatives, z.months), "gevinst.db")
}

// embedded gives the portfolio of a size in an embedded database.
func embedded(b *testing.B, z size) *store.Store {
	b.Helper()
	return opened(b, "embedded", z, store.Options{Path: file(b, z), Clock: clock})
}

// postgres gives it in PostgreSQL, whose commits wait for the disk.
func postgres(b *testing.B, z size) *store.Store {
	b.Helper()
	return opened(b, "PostgreSQL", z, store.Options{URL: address(b, z), Clock: clock})
}

// address is the URL of the size's database, which lives as long as the run.
func address(b *testing.B, z size) string {
	b.Helper()
	if _, ok := made.urls[z]; !ok {
		made.urls[z] = server(b).NewDatabase(made.run)
	}
	return made.urls[z]
}

func opened(b *testing.B, kind string, z size, o store.Options) *store.Store {
	b.Helper()
	key := kind + z.String()
	if s := made.stores[key]; s != nil {
		return s
	}
	s, err := store.Open(context.Background(), o)
	if err != nil {
		b.Fatal(err)
	}
	made.stores[key] = s
	if p, err := s.Snapshot(context.Background()); err != nil || p.Seq > 0 { // it was made earlier in the run
		if err != nil {
			b.Fatal(err)
		}
		return s
	}
	start := time.Now()
	if err := generate(context.Background(), s, z.initiatives, z.months); err != nil {
		b.Fatal(err)
	}
	tell("load "+z.String()+", "+kind, short(time.Since(start)))
	return s
}

// forget closes a portfolio that is not measured any more, so that its memory is not another's.
func forget(b *testing.B, kind string, z size) {
	b.Helper()
	key := kind + z.String()
	if s := made.stores[key]; s != nil {
		delete(made.stores, key)
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	}
}

func server(b *testing.B) *pgtest.Server {
	b.Helper()
	if made.pg == nil {
		s, err := pgtest.Start()
		if err != nil {
			b.Fatal(err)
		}
		made.pg = s
	}
	return made.pg
}

func closeAll() {
	for _, s := range made.stores {
		_ = s.Close() // the databases go with the folder
	}
	if made.pg != nil {
		made.pg.Stop()
	}
	if made.dir != "" {
		_ = os.RemoveAll(made.dir)
	}
}
