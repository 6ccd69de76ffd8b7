package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gevinst/portfolio"
)

// send posts a JSON object as a program does.
func (r *reader) sendObject(path string, body any) (answer, problem) {
	r.Helper()
	b, err := json.Marshal(body)
	if err != nil {
		r.Fatal(err)
	}
	return r.sendText(path, string(b))
}

func (r *reader) sendText(path, body string) (answer, problem) {
	r.Helper()
	got := r.do(http.MethodPost, path, strings.NewReader(body), "Content-Type", "application/json")
	var p problem
	if got.header.Get("Content-Type") == "application/problem+json" {
		if err := json.Unmarshal([]byte(got.body), &p); err != nil {
			r.Fatal(err)
		}
	}
	return got, p
}

func TestHandle(t *testing.T) {
	s := newSite(t, true)
	viewer, office := s.as("viewer"), s.as("programme_office")

	t.Run("HEAD answers as GET does, without the body", func(t *testing.T) {
		for _, path := range []string{"/", "/savings/2018.json", "/catalogue.csv", "/session", "/healthz"} {
			get, head := viewer.do(http.MethodGet, path, nil), viewer.do(http.MethodHead, path, nil)
			if head.status != http.StatusOK || head.body != "" || head.header.Get("Content-Type") != get.header.Get("Content-Type") {
				t.Errorf("%s: %d %q %q", path, head.status, head.header.Get("Content-Type"), head.body)
			}
		}
		if got := viewer.do(http.MethodHead, "/users", nil); got.status != http.StatusForbidden {
			t.Errorf("what a reader may not see: %d", got.status)
		}
	})

	t.Run("what is not there is not there, whatever a reader says to have", func(t *testing.T) {
		if got := viewer.do(http.MethodGet, "/initiatives/99999", nil, "If-None-Match", "*"); got.status != http.StatusNotFound {
			t.Errorf("%d", got.status)
		}
	})

	t.Run("a method that an address does not take is answered with those that it takes, to who is signed in", func(t *testing.T) {
		for _, asked := range []struct{ method, path, allow string }{
			{http.MethodDelete, "/", "GET, HEAD"},
			{http.MethodPut, "/initiatives/1", "GET, HEAD"},
			{http.MethodPatch, "/catalogue.csv", "GET, HEAD"},
			{http.MethodGet, "/initiatives/1/comment", "POST"},
			{http.MethodHead, "/sign-out", "POST"},
			{http.MethodDelete, "/users", "GET, HEAD, POST"},
			{http.MethodPost, "/healthz", "GET, HEAD"},
			{http.MethodPost, "/openapi.json", "GET, HEAD"},
			{http.MethodTrace, "/session", "GET, HEAD, POST"},
		} {
			got := viewer.do(asked.method, asked.path, nil, "Accept", "application/json")
			if got.status != http.StatusMethodNotAllowed || got.header.Get("Allow") != asked.allow {
				t.Errorf("%s %s: %d, allow %q", asked.method, asked.path, got.status, got.header.Get("Allow"))
			}
			if asked.method != http.MethodHead && (got.header.Get("Content-Type") != "application/problem+json" || !strings.Contains(got.body, asked.allow)) {
				t.Errorf("%s %s: %s", asked.method, asked.path, got.body)
			}
			stranger := s.as("").do(asked.method, asked.path, nil, "Accept", "application/json")
			nowhere := s.as("").do(asked.method, "/there/is/no/such/page", nil, "Accept", "application/json")
			if stranger.status != http.StatusNotFound || stranger.body != nowhere.body || stranger.header.Get("Allow") != "" {
				t.Errorf("a stranger's %s %s: %d %s", asked.method, asked.path, stranger.status, stranger.body)
			}
		}
		got := viewer.do(http.MethodPut, "/initiatives/1", nil, "Accept", "text/html")
		if got.status != http.StatusMethodNotAllowed || !strings.Contains(got.body, "Adressen kan ikke bruges på den måde") {
			t.Errorf("as a page: %d %s", got.status, got.body)
		}
		for _, method := range []string{http.MethodGet, http.MethodPut} {
			if got := viewer.do(method, "/there/is/no/such/page", nil); got.status != http.StatusNotFound {
				t.Errorf("%s of what is not there: %d", method, got.status)
			}
		}
	})

	t.Run("before the first event every page stands empty, in each of its forms", func(t *testing.T) {
		admin := s.as("administrator")
		for _, route := range s.web.routes {
			if route.method != http.MethodGet || strings.Contains(route.pattern, "{id}") || strings.Contains(route.pattern, "{no}") {
				continue
			}
			for _, suffix := range route.suffixes() {
				path := strings.ReplaceAll(route.path(suffix), "{year}", "2018") + "?as_of=1900-01-01"
				for _, reader := range []*reader{office, admin} {
					if got := reader.do(http.MethodGet, path, nil); got.status >= http.StatusInternalServerError {
						t.Errorf("%s: %d", path, got.status)
					}
				}
			}
		}
	})

	t.Run("who has not signed in makes nobody read the past", func(t *testing.T) {
		if got := s.as("").get("/session?as_of=garbage"); got.status != http.StatusOK {
			t.Errorf("%d", got.status)
		}
	})

	t.Run("a program that sends JSON is refused in JSON", func(t *testing.T) {
		for name, got := range map[string]answer{
			"no such address":   viewer.do(http.MethodPost, "/nowhere", strings.NewReader("{}"), "Content-Type", "application/json"),
			"from another site": viewer.do(http.MethodPost, "/meetings", strings.NewReader("{}"), "Content-Type", "application/json", "Sec-Fetch-Site", "cross-site"),
			"not signed in":     s.as("").do(http.MethodPost, "/meetings", strings.NewReader("{}"), "Content-Type", "application/json; charset=utf-8"),
			"no right":          viewer.do(http.MethodPost, "/meetings", strings.NewReader("{}"), "Content-Type", "application/json"),
		} {
			if got.status < 400 || got.header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s: %d %s", name, got.status, got.header.Get("Content-Type"))
			}
		}
	})

	t.Run("a body is one JSON object, and not too large", func(t *testing.T) {
		before := s.seq()
		for body, want := range map[string]int{
			`{"note":"` + strings.Repeat("x", maxBody) + `"}`: http.StatusRequestEntityTooLarge,
			`{"note":"a"} {"note":"b"}`:                       http.StatusUnprocessableEntity,
			`{"note":"a"} and more`:                           http.StatusUnprocessableEntity,
			`{"note":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + `}`: http.StatusUnprocessableEntity,
			`["a"]`: http.StatusUnprocessableEntity,
		} {
			if got, _ := office.sendText("/initiatives/1/comment", body); got.status != want {
				t.Errorf("%.40s: %d, want %d", body, got.status, want)
			}
		}
		if s.seq() != before {
			t.Error("something was written")
		}
	})

	t.Run("a text is text: no bytes that are none, and nothing that is not seen", func(t *testing.T) {
		before := s.seq()
		for _, note := range []string{"a\x00b", "\x1b[31mred", "\xff\xfe", "a\u0085b"} {
			got := office.post("/initiatives/1/comment", "note", note)
			if got.status != http.StatusUnprocessableEntity {
				t.Errorf("%q: %d", note, got.status)
			}
		}
		if s.seq() != before {
			t.Error("something was written")
		}
		if got := office.post("/initiatives/1/comment", "note", "two\r\nlines\tand a tab, æøå 😀"); got.status != http.StatusSeeOther {
			t.Errorf("an ordinary text: %d", got.status)
		}
	})

	t.Run("a change follows from a decision that there is, and only who records decisions says so", func(t *testing.T) {
		owner := s.as("project_owner")
		var i struct{ Version int64 }
		owner.json("/initiatives/8.json", &i)
		before := s.seq()
		for name, c := range map[string]struct {
			by       *reader
			decision string
			want     int
		}{
			"an owner":            {owner, "1", http.StatusForbidden},
			"one that is not":     {office, "99999", http.StatusUnprocessableEntity},
			"one below zero":      {office, "-1", http.StatusUnprocessableEntity},
			"what is no decision": {office, "garbage", http.StatusUnprocessableEntity},
		} {
			got, _ := c.by.sendObject("/initiatives/8/edit", map[string]any{"summary": name, "decision": c.decision, "version": i.Version})
			if got.status != c.want {
				t.Errorf("%s: %d, want %d: %s", name, got.status, c.want, got.body)
			}
		}
		if s.seq() != before {
			t.Error("something was written")
		}
		if got, _ := office.sendObject("/initiatives/8/edit", map[string]any{"summary": "as decided", "decision": 1, "version": i.Version}); got.status != http.StatusOK {
			t.Errorf("one that is: %d %s", got.status, got.body)
		}
	})

	t.Run("a note to a change is bounded", func(t *testing.T) {
		var i struct{ Version int64 }
		office.json("/initiatives/8.json", &i)
		got, p := office.sendObject("/initiatives/8/edit", map[string]any{"summary": "x", "note": strings.Repeat("x", 5000), "version": i.Version})
		if got.status != http.StatusUnprocessableEntity || len(p.Errors) == 0 || p.Errors[0].Field != "note" {
			t.Errorf("%d %s", got.status, got.body)
		}
	})
}

func TestPageCache(t *testing.T) {
	t.Run("addresses count toward what is kept, so that long ones do not fill the memory", func(t *testing.T) {
		c := newPageCache(1 << 20)
		for k := range 1000 {
			address := fmt.Sprintf("/session.json?x=%d%s", k, strings.Repeat("a", 50_000))
			c.put(cacheKey{address: address, day: portfolio.Date(20180903)}, newRendered("application/json", []byte("{}")))
		}
		if n := len(c.items); n == 0 || n > 20 {
			t.Errorf("%d kept", n)
		}
	})
}
