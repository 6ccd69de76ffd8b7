package exchange_test

import (
	"compress/gzip"
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/store"
)

// filePlace is a place whose database can be closed and opened again.
type filePlace struct {
	*place
	options store.Options
}

func emptyPlace(t *testing.T) *filePlace {
	t.Helper()
	p := &filePlace{options: store.Options{
		Path:  filepath.Join(t.TempDir(), "g.db"),
		Clock: func() time.Time { return time.Date(2018, 9, 3, 8, 0, 0, 0, time.UTC) },
	}}
	return p.reopen(t)
}

func (p *filePlace) reopen(t *testing.T) *filePlace {
	t.Helper()
	s, err := store.Open(context.Background(), p.options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() }) // a test may have closed it
	return &filePlace{&place{Store: s}, p.options}
}

func (p *place) entries(t *testing.T) (list []*portfolio.Entry) {
	t.Helper()
	for e, err := range exchange.Entries(context.Background(), p.Store, p.now(t), store.EntryFilter{}) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, e)
	}
	return list
}

func appendTo(t *testing.T, dir, name, text string) {
	t.Helper()
	f, err := os.OpenFile(filepath.Join(dir, name), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(text); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func unpacked(t *testing.T, dir, name string) string {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // it was only read
	r, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
