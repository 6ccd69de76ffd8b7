package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gevinst/portfolio"
	"gevinst/portfolio/kalundborg"
	"gevinst/portfolio/store"
	"gevinst/portfolio/store/pgtest"
)

// beside is a second program on the site's database.
func (s *site) beside(o store.Options, examples time.Time) *site {
	s.Helper()
	o.Clock = func() time.Time { return examples }
	second, err := store.Open(s.Context(), o)
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() {
		if err := second.Close(); err != nil {
			s.Error(err)
		}
	})
	w, err := New(Options{Store: second, Log: slog.New(slog.DiscardHandler), Demo: true, Version: "test", MostByUser: unbounded})
	if err != nil {
		s.Fatal(err)
	}
	server := httptest.NewServer(watch(s.TB, w))
	s.Cleanup(server.Close)
	return &site{s.TB, server, second, w, nil}
}

// at asks another program of the same site: the cookies go with the host, whatever the port.
func (r *reader) at(s *site) *reader { return &reader{s, r.client} }

func TestFinanceReplicas(t *testing.T) {
	for name, place := range map[string]func(t *testing.T) store.Options{
		"one embedded file":   func(t *testing.T) store.Options { return store.Options{Path: filepath.Join(t.TempDir(), "gevinst.db")} },
		"one PostgreSQL base": func(t *testing.T) store.Options { return store.Options{URL: pgtest.Shared(t).NewDatabase(t)} },
	} {
		t.Run("two programs on "+name, func(t *testing.T) {
			o := place(t)
			first := newSiteOn(t, true, o)
			second := first.beside(o, time.Date(2018, 9, 3, 9, 0, 0, 0, store.Copenhagen))
			here := first.as("economy_chief")
			there := here.at(second)

			t.Run("a file that one is sent is mapped, shown and taken in by the other, once", func(t *testing.T) {
				before := first.seq()
				if got := here.upload("/finance/upload", "opus.csv", opusFile); got.status != http.StatusSeeOther {
					t.Fatalf("%d %s", got.status, got.body)
				}
				page := there.page("/finance/upload")
				says(t, page, "opus.csv (UTF-8 (BOM))", "Kreditnota")
				if got := there.post("/finance/upload/mapping", append(mapped(page), "name", "OPUS")...); got.status != http.StatusSeeOther {
					t.Fatalf("%d %s", got.status, got.body)
				}
				there.settled()
				says(t, here.page("/finance/upload"), "2 rækker giver 2 posteringer: 2 nye", "Én sumrække")
				for _, r := range []*reader{here, there} {
					r.post("/finance/upload/apply")
					says(t, r.settled(), "Filen er indlæst")
				}
				says(t, there.page("/finance/upload"), "Filen er indlæst")
				if n := first.seq() - before; n != 1+1+1+2 {
					t.Errorf("%d events, want the mapping, the account, the file and two postings", n)
				}
			})
			t.Run("what one refuses the other tells in its reader's language", func(t *testing.T) {
				here.upload("/finance/upload", "forkert.csv", strings.Replace(opusFile, "1.234,50\r\nP", "12.34,50\r\nP", 1))
				here.post("/finance/upload/mapping", mapped(here.page("/finance/upload"))...)
				here.settled()
				there.post("/language", "lang", "en")
				says(t, there.page("/finance/upload"), "Row 3", "12.34,50")
				here.post("/language", "lang", "da")
			})
			t.Run("work under way in one is seen from the other, with when that was, and stops when the other puts the file away", func(t *testing.T) {
				here.upload("/finance/upload", "opus.csv", opusFile)
				id := kalundborg.SignIn(portfolio.EconomyChief)
				u, err := first.store.Upload(t.Context(), id, time.Now())
				if err != nil || u == nil {
					t.Fatal(u, err)
				}
				now := time.Now()
				if ok, err := first.store.TakeUpload(t.Context(), u, uploadReading, "of-the-first", now, now.Add(-lostAfter)); !ok || err != nil {
					t.Fatal(err)
				}
				u.State, u.Worker, u.Seen = uploadReading, "of-the-first", portfolio.InstantOf(now)
				u.Told = strings.Replace(u.Told, `"Rows":0,"Of":0`, `"Rows":2000,"Of":9000`, 1)
				if ok, err := first.store.TellUpload(t.Context(), u, u.Worker); !ok || err != nil {
					t.Fatal(err)
				}
				says(t, there.page("/finance/upload"), "2.000 af 9.000 rækker", now.In(store.Copenhagen).Format("15:04:05"))
				if got := there.post("/finance/upload/mapping", "name", "", "option_measure", "actual"); got.status != http.StatusSeeOther {
					t.Errorf("a second reading meanwhile: %d", got.status)
				}
				if u, err := first.store.Upload(t.Context(), id, time.Now()); err != nil || u.Worker != "of-the-first" {
					t.Errorf("the second took it over: %+v %v", u, err)
				}
				u.Seen = portfolio.InstantOf(now.Add(-lostAfter - time.Second))
				if ok, err := first.store.TellUpload(t.Context(), u, u.Worker); !ok || err != nil {
					t.Fatal(err)
				}
				page := there.page("/finance/upload")
				says(t, page, "Programmet, der arbejdede på filen, er stoppet")
				there.post("/finance/upload/mapping", mapped(page)...)
				says(t, there.settled(), "indlæst før")
				if got := there.post("/finance/upload/discard"); got.status != http.StatusSeeOther {
					t.Errorf("%d", got.status)
				}
				if page := here.page("/finance/upload"); strings.Contains(page, "opus.csv") {
					t.Error("it is still there")
				}
			})
			t.Run("a run whose file another program takes away is broken off, and writes nothing", func(t *testing.T) {
				var b strings.Builder
				b.WriteString("Konto;Måned;Bilagsnr.;Tekst;Beløb\n")
				for k := range 3000 {
					fmt.Fprintf(&b, "Prøve 2;2018-03;%d;x;10,00\n", k)
				}
				here.upload("/finance/upload", "lang.csv", b.String())
				u, err := first.store.Upload(t.Context(), kalundborg.SignIn(portfolio.EconomyChief), time.Now())
				if err != nil || u == nil {
					t.Fatal(u, err)
				}
				stopped := make(chan struct{})
				run := &financeRun{stop: func() { close(stopped) }}
				u.Worker, u.State = "of-the-first", uploadReading
				go first.web.beats(t.Context(), *u, uploadTold{}, run)
				there.post("/finance/upload/discard")
				select {
				case <-stopped:
				case <-time.After(20 * beat):
					t.Error("it goes on")
				}
			})
		})
	}
}
