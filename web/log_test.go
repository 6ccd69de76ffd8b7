package web

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"
)

func TestAccessLog(t *testing.T) {
	s := newSite(t, true)
	var text bytes.Buffer
	s.web.Log = slog.New(slog.NewJSONHandler(&text, nil))
	last := func(t *testing.T) map[string]any {
		t.Helper()
		lines := strings.Split(strings.TrimSpace(text.String()), "\n")
		var line map[string]any
		if err := json.Unmarshal([]byte(lines[len(lines)-1]), &line); err != nil {
			t.Fatal(err)
		}
		return line
	}

	t.Run("a request is one line, with the number that the asker gets", func(t *testing.T) {
		text.Reset()
		got := s.as("").do(http.MethodGet, "/savings/2018.json", nil)
		line := last(t)
		if strings.Count(text.String(), "\n") != 1 || line["method"] != "GET" || line["path"] != "/savings/2018.json" || line["status"] != 401.0 ||
			line["request_id"] == "" || line["request_id"] != got.header.Get("X-Request-Id") {
			t.Errorf("%s", text.String())
		}
	})

	t.Run("neither query, header, cookie nor what was sent is told", func(t *testing.T) {
		text.Reset()
		office := s.as("programme_office")
		office.do(http.MethodGet, "/initiatives?q=hemmelig-soegning", nil, "Authorization", "Bearer hemmelig-noegle", "Cookie", "x=hemmelig-kage")
		office.post("/session", "email", "hemmelig@example.org", "password", "hemmelig-kode")
		office.get("/initiatives/%00?token=hemmelig")
		if strings.Contains(text.String(), "hemmelig") || !strings.Contains(text.String(), "/initiatives") {
			t.Errorf("%s", text.String())
		}
	})

	t.Run("a proxy's number is kept if it is one, and never a text of any kind", func(t *testing.T) {
		for sent, kept := range map[string]bool{
			"4f2a-77": true, "req_9/0.1=": true, strings.Repeat("a", 65): false, "a b": false, "<b>": false,
		} {
			got := s.as("").do(http.MethodGet, "/healthz", nil, "X-Request-Id", sent).header.Get("X-Request-Id")
			if (got == sent) != kept || got == "" || last(t)["request_id"] != got {
				t.Errorf("%q became %q", sent, got)
			}
		}
	})

	t.Run("a key in a path is left out, and a long path is cut", func(t *testing.T) {
		r := chi.NewRouter()
		r.Use(s.web.observe)
		r.Get("/feeds/{token}/calendar.ics", func(http.ResponseWriter, *http.Request) {})
		for path, want := range map[string]string{
			"/feeds/aGVtbWVsaWc/calendar.ics":    "/feeds/{token}/calendar.ics",
			"/feeds/aGVtbWVs%61Wc/calendar.ics":  "/feeds/{token}/calendar.ics",
			"/" + strings.Repeat("å", maxLogged): "/" + strings.Repeat("å", maxLogged/2-1) + "…",
		} {
			req, err := http.NewRequest(http.MethodGet, "http://site.test"+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			r.ServeHTTP(new(nobody), req)
			if got := last(t)["path"]; got != want {
				t.Errorf("%s is logged as %v", path, got)
			}
		}
	})
}

// nobody takes an answer and keeps nothing.
type nobody struct{}

func (*nobody) Header() http.Header         { return http.Header{} }
func (*nobody) Write(b []byte) (int, error) { return len(b), nil }
func (*nobody) WriteHeader(int)             {}
