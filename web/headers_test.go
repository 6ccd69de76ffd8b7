package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"
)

// inline is what the policy forbids in a page: script and style of its own, in elements or attributes.
var inline = regexp.MustCompile(`<script(?:>| [^>]*>)|<style[\s>]|\sstyle="|\son[a-z]+="|javascript:`)

func TestHeaders(t *testing.T) {
	s := newSite(t, true)
	var addresses [][2]string
	err := chi.Walk(s.web.router, func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		addresses = append(addresses, [2]string{method, strings.TrimSuffix(filled(pattern), "*")})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	addresses = append(addresses, [2]string{"GET", "/there/is/no/such/page"}, [2]string{"PUT", "/initiatives/1"}, [2]string{"TRACE", "/"}, [2]string{"OPTIONS", "/"})

	t.Run("every answer of every address carries the policies, whoever asks", func(t *testing.T) {
		for _, role := range []string{"", "programme_office", "administrator"} {
			reader := s.as(role)
			for _, a := range addresses {
				got := reader.do(a[0], a[1], strings.NewReader("{}"), "Accept", "text/html", "Content-Type", "application/json")
				name := a[0] + " " + a[1] + " as " + role
				if a[1] == "/sign-out" {
					reader = s.as(role)
				}
				for header, want := range map[string]string{
					"Content-Security-Policy": contentPolicy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
					"X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
				} {
					if got.header.Get(header) != want {
						t.Errorf("%s: %s is %q", name, header, got.header.Get(header))
					}
				}
				if got.status >= 500 {
					t.Errorf("%s: %d", name, got.status)
				}
				if got.body != "" && got.header.Get("Content-Type") == "" {
					t.Errorf("%s: no content type", name)
				}
				if at := got.header.Get("Location"); at != "" && (!strings.HasPrefix(at, "/") || strings.HasPrefix(at, "//")) {
					t.Errorf("%s leads to %q", name, at)
				}
				if c := got.header.Get("Cache-Control"); c == "" && a[1] != "/healthz" && a[1] != AssetsPrefix && got.status != http.StatusSeeOther {
					t.Errorf("%s (%d): nothing is said about keeping it", name, got.status)
				}
			}
		}
	})

	t.Run("the policy lets no script or style in but files of our own", func(t *testing.T) {
		for _, word := range []string{"unsafe-inline", "unsafe-eval", "*", "http:", "https:"} {
			if strings.Contains(contentPolicy, word) {
				t.Errorf("it holds %s", word)
			}
		}
		office := s.as("programme_office")
		for _, a := range addresses {
			if a[0] != http.MethodGet || strings.HasPrefix(a[1], AssetsPrefix) {
				continue
			}
			got := office.get(a[1])
			if !strings.HasPrefix(got.header.Get("Content-Type"), "text/html") {
				continue
			}
			for _, found := range inline.FindAllString(got.body, -1) {
				if !strings.Contains(found, "src=") && !strings.Contains(found, `type="application/json"`) {
					t.Errorf("%s holds %s", a[1], found)
				}
			}
		}
	})

	t.Run("the session's cookie is for this site and no script, and over TLS for TLS alone", func(t *testing.T) {
		cookie := func() string { return s.as("").post("/demo/session", "role", "viewer").header.Get("Set-Cookie") }
		for _, part := range []string{"HttpOnly", "SameSite=Lax", "Path=/"} {
			if c := cookie(); !strings.Contains(c, part) {
				t.Errorf("%q lacks %s", c, part)
			}
		}
		if strings.Contains(cookie(), "Secure") {
			t.Error("without TLS it is for TLS alone")
		}
		s.web.Secure = true
		defer func() { s.web.Secure = false }()
		if c := cookie(); !strings.Contains(c, "Secure") {
			t.Errorf("%q lacks Secure", c)
		}
	})

	t.Run("HTTPS is asked for where the program stands behind it, and there alone", func(t *testing.T) {
		if got := s.as("").get("/healthz").header.Get("Strict-Transport-Security"); got != "" {
			t.Errorf("without: %q", got)
		}
		s.web.Secure = true
		defer func() { s.web.Secure = false }()
		if got := s.as("").get("/healthz").header.Get("Strict-Transport-Security"); got != "max-age=31536000" {
			t.Errorf("with: %q", got)
		}
	})
}

func TestBounds(t *testing.T) {
	s := newSite(t, true)

	t.Run("a body beyond its bound is refused as too large, as a form, as JSON and as a question", func(t *testing.T) {
		office, before := s.as("programme_office"), s.seq()
		for _, route := range s.web.routes {
			if route.method != http.MethodPost {
				continue
			}
			much := strings.Repeat("a", int(max(route.body, maxBody))+1)
			bodies := map[string]string{"application/json": `{"note":"` + much + `"}`}
			if route.form != nil {
				bodies["application/x-www-form-urlencoded"] = "note=" + much
			}
			for kind, body := range bodies {
				got := office.do(http.MethodPost, filled(route.pattern), strings.NewReader(body), "Content-Type", kind)
				missing := route.call != nil && got.status == http.StatusNotFound // what is asked about is looked for first
				if got.status != http.StatusRequestEntityTooLarge && got.status != http.StatusForbidden && !missing {
					t.Errorf("%s as %s: %d", route.pattern, kind, got.status)
				}
			}
		}
		if s.seq() != before {
			t.Error("something was written")
		}
	})

	t.Run("a file beyond its bound is refused as too large", func(t *testing.T) {
		files := 0
		for _, route := range s.web.routes {
			names, _ := route.sends.(fields)
			if _, file := names["file"].([]byte); !file {
				continue
			}
			files++
			var b bytes.Buffer
			w := multipart.NewWriter(&b)
			part, err := w.CreateFormFile("file", "x.csv")
			if err != nil {
				t.Fatal(err)
			}
			_, _ = part.Write(make([]byte, max(route.body, maxBody)+1)) // memory does not fail
			_ = w.Close()
			got := s.as(roleFor(route)).do(http.MethodPost, filled(route.pattern), &b, "Content-Type", w.FormDataContentType())
			if got.status != http.StatusRequestEntityTooLarge {
				t.Errorf("%s: %d", route.pattern, got.status)
			}
		}
		if files == 0 {
			t.Error("no form takes a file")
		}
	})

	t.Run("a query beyond its bound is refused, one within it is answered", func(t *testing.T) {
		viewer := s.as("viewer")
		if got := viewer.get("/catalogue?q=" + strings.Repeat("a", maxQuery-2)); got.status != http.StatusOK {
			t.Errorf("within: %d", got.status)
		}
		if got := viewer.get("/catalogue?q=" + strings.Repeat("a", maxQuery)); got.status != http.StatusRequestURITooLong {
			t.Errorf("beyond: %d", got.status)
		}
	})
}
