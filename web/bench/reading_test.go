package bench

import (
	"database/sql"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"gevinst/portfolio/store"
)

// bare is the least that answers: it reads the counter's row, if it has to ask a database, and sends the bytes it holds.
type bare struct {
	head   *sql.Stmt
	etag   string
	body   []byte
	coding string
}

func (h *bare) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if h.head != nil {
		var seq, at, people int64
		if err := h.head.QueryRowContext(r.Context()).Scan(&seq, &at, &people); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
	}
	w.Header().Set("ETag", h.etag)
	if r.Header.Get("If-None-Match") == h.etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Encoding", h.coding)
	w.Header().Set("Content-Length", strconv.Itoa(len(h.body)))
	w.Write(h.body) //nolint:errcheck // the client would tell
}

func serve(b *testing.B, h http.Handler) *client {
	b.Helper()
	s := httptest.NewServer(h)
	b.Cleanup(s.Close)
	return dial(b, s.URL)
}

// counter prepares the one-row read on connections of its own.
func counter(b *testing.B, kind string) *sql.Stmt {
	b.Helper()
	db := connect(b, kind, small)
	stmt, err := db.Prepare(`SELECT seq, at, people_seq FROM head WHERE id = 1`)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { stmt.Close() })
	return stmt
}

func connect(b *testing.B, kind string, z size) *sql.DB {
	b.Helper()
	driver, name := "sqlite", "file:"+file(b, z)+pragmas
	if kind == "PostgreSQL" {
		driver, name = "postgres", address(b, z)+"&binary_parameters=yes"
	}
	db, err := sql.Open(driver, name)
	if err != nil {
		b.Fatal(err)
	}
	db.SetMaxIdleConns(16)
	b.Cleanup(func() { db.Close() })
	return db
}

// pragmas are the settings that the program opens its own file with.
const pragmas = "?_pragma=journal_mode(WAL)&_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)&_pragma=synchronous(FULL)"

var databases = map[string]func(*testing.B, size) *store.Store{"embedded": embedded, "PostgreSQL": postgres}

var kinds = []string{"embedded", "PostgreSQL"}

// unchangedPages asks for a page that the reader has: nothing but "as you have it" is sent.
func unchangedPages(b *testing.B) {
	for _, kind := range kinds {
		s := newSite(b, databases[kind](b, small))
		ours := dial(b, s.URL)
		etag, _ := ours.get(b, ask("/", s.cookie), http.StatusOK, "Etag")
		compare(b, "page unchanged, 304, "+kind, kind, http.StatusNotModified,
			ours, ask("/", s.cookie, "If-None-Match: "+etag), &bare{etag: etag}, ask("/", s.cookie, "If-None-Match: "+etag))
	}
}

// keptPages asks for a page that has been rendered since the last change.
func keptPages(b *testing.B) {
	for _, kind := range kinds {
		s := newSite(b, databases[kind](b, small))
		ours := dial(b, s.URL)
		etag, body := ours.get(b, ask("/", s.cookie), http.StatusOK, "Etag")
		compare(b, "page changed by nobody, new reader, "+kind, kind, http.StatusOK,
			ours, ask("/", s.cookie), &bare{etag: etag, body: []byte(string(body)), coding: "gzip"}, ask("/", s.cookie))
	}
}

// compare holds an answer against the bare one, with the read of the counter and without it: a program that alone holds a
// file may know its head.
func compare(b *testing.B, what, kind string, status int, ours *client, request []byte, h *bare, plain []byte) {
	b.Helper()
	reads := *h
	reads.head = counter(b, kind)
	knowing, reading := serve(b, h), serve(b, &reads)
	got := race(b,
		contestant{act: func(tb testing.TB) { ours.get(tb, request, status, "") }},
		contestant{act: func(tb testing.TB) { reading.get(tb, plain, status, "") }},
		contestant{act: func(tb testing.TB) { knowing.get(tb, plain, status, "") }},
	)
	atLeast(what+"; bare read of the counter", got[0], got[1], 0.7)
	if strings.HasSuffix(what, "embedded") {
		atLeast(what+"; bare, knows the head", got[0], got[2], 0.7)
	}
}
