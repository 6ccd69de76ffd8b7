package web

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gevinst/portfolio/kalundborg"
	"gevinst/portfolio/store"
)

// unbounded is how much tests ask: as much as hundreds do.
const unbounded = 1 << 40

// site is the whole program as its readers meet it, on a database of its own.
type site struct {
	testing.TB
	server *httptest.Server
	store  *store.Store
	web    *Server
	clock  func(time.Time) // sets the domain's
}

// newSite serves the launch data and, if asked, the example data.
func newSite(t testing.TB, examples bool) *site {
	t.Helper()
	return newSiteOn(t, examples, store.Options{Path: filepath.Join(t.TempDir(), "gevinst.db")})
}

// newSiteOn is newSite on a database that the test chooses, which must be empty.
func newSiteOn(t testing.TB, examples bool, o store.Options) *site {
	t.Helper()
	ctx := context.Background()
	now := time.Time{}
	o.Clock = func() time.Time { return now }
	s, err := store.Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	steps, today := kalundborg.Facts(), time.Date(2017, 11, 6, 18, 0, 0, 0, store.Copenhagen)
	if examples {
		steps, today = append(steps, kalundborg.Examples()...), time.Date(2018, 9, 3, 9, 0, 0, 0, store.Copenhagen)
	}
	if err := kalundborg.Load(ctx, s, func(at time.Time) { now = at }, steps); err != nil {
		t.Fatal(err)
	}
	now = today
	w, err := New(Options{Store: s, Log: slog.New(slog.DiscardHandler), Demo: true, Version: "test", MostByUser: unbounded})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(watch(t, w))
	t.Cleanup(server.Close)
	return &site{t, server, s, w, func(at time.Time) { now = at }}
}

// reader is somebody at a browser, or a program.
type reader struct {
	*site
	client *http.Client
}

// as signs in by role; "" stays outside.
func (s *site) as(role string) *reader {
	s.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.Fatal(err)
	}
	r := &reader{s, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	if role != "" {
		if got := r.post("/demo/session", "role", role); got.status != http.StatusSeeOther {
			s.Fatalf("sign in as %s: %d %s", role, got.status, got.body)
		}
	}
	return r
}

type answer struct {
	status int
	header http.Header
	body   string
}

func (r *reader) do(method, path string, body io.Reader, headers ...string) answer {
	r.Helper()
	req, err := http.NewRequest(method, r.server.URL+path, body)
	if err != nil {
		r.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := r.client.Do(req)
	if err != nil {
		r.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		r.Fatal(err)
	}
	return answer{res.StatusCode, res.Header, string(b)}
}

// get asks for a page as a browser does.
func (r *reader) get(path string) answer {
	r.Helper()
	return r.do(http.MethodGet, path, nil, "Accept", "text/html")
}

// page asks for a page that must be there.
func (r *reader) page(path string) string {
	r.Helper()
	got := r.get(path)
	if got.status != http.StatusOK {
		r.Fatalf("GET %s: %d\n%s", path, got.status, got.body)
	}
	return got.body
}

// post sends a form of names and values.
func (r *reader) post(path string, pairs ...string) answer {
	r.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return r.do(http.MethodPost, path, strings.NewReader(form.Encode()), "Content-Type", "application/x-www-form-urlencoded", "Accept", "text/html")
}

// json reads an address' JSON into v.
func (r *reader) json(path string, v any) {
	r.Helper()
	got := r.do(http.MethodGet, path, nil)
	if got.status != http.StatusOK {
		r.Fatalf("GET %s: %d\n%s", path, got.status, got.body)
	}
	if err := json.Unmarshal([]byte(got.body), v); err != nil {
		r.Fatalf("GET %s: %v\n%s", path, err, got.body)
	}
}
