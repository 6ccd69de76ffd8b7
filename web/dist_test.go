package web

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/fstest"
)

func testAssets(t *testing.T) *Assets {
	t.Helper()
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	a, err := loadAssets(fstest.MapFS{
		"manifest.json":   file(`{"app.css":"app-AB.css","sans.woff2":"sans-CD.woff2"}`),
		"app-AB.css":      file("plain"),
		"app-AB.css.br":   file("brotli"),
		"app-AB.css.gz":   file("gzip"),
		"sans-CD.woff2":   file("font"),
		"secret-not.json": file("{}"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAssets(t *testing.T) {
	t.Run("a file is sent in the best encoding the client takes", func(t *testing.T) {
		a := testAssets(t)
		for accept, want := range map[string][2]string{
			"":                         {"", "plain"},
			"gzip, deflate, br, zstd":  {"br", "brotli"},
			"gzip":                     {"gzip", "gzip"},
			"br;q=0, gzip;q=0.5":       {"gzip", "gzip"},
			"br;q=0.0":                 {"", "plain"},
			"BR":                       {"br", "brotli"},
			"identity, br;q=nonsense":  {"", "plain"},
			"deflate, gzip;q=0, zstd ": {"", "plain"},
		} {
			r := httptest.NewRequest(http.MethodGet, a.Path("app.css"), nil)
			r.Header.Set("Accept-Encoding", accept)
			w := httptest.NewRecorder()
			a.ServeHTTP(w, r)
			if got := [2]string{w.Header().Get("Content-Encoding"), w.Body.String()}; got != want {
				t.Errorf("Accept-Encoding %q: got %v, want %v", accept, got, want)
			}
			if w.Header().Get("Vary") != "Accept-Encoding" {
				t.Errorf("Accept-Encoding %q: the answer depends on it and does not say so", accept)
			}
		}
	})

	t.Run("a hashed file may be kept for ever and says what it is", func(t *testing.T) {
		a := testAssets(t)
		w := httptest.NewRecorder()
		a.ServeHTTP(w, httptest.NewRequest(http.MethodGet, a.Path("sans.woff2"), nil))
		for name, want := range map[string]string{
			"Cache-Control":  "public, max-age=31536000, immutable",
			"Content-Type":   "font/woff2",
			"Content-Length": "4",
		} {
			if got := w.Header().Get(name); got != want {
				t.Errorf("%s: got %q, want %q", name, got, want)
			}
		}
	})

	t.Run("what the manifest does not name is not found", func(t *testing.T) {
		a := testAssets(t)
		for _, target := range []string{
			"/assets/", "/assets/app.css", "/assets/app-AB.css.br", "/assets/manifest.json", "/assets/secret-not.json",
		} {
			w := httptest.NewRecorder()
			a.ServeHTTP(w, httptest.NewRequest(http.MethodGet, target, nil))
			if w.Code != http.StatusNotFound {
				t.Errorf("%s: got %d, want 404", target, w.Code)
			}
		}
	})

	t.Run("a HEAD has the headers and no body, a POST is refused", func(t *testing.T) {
		a := testAssets(t)
		head, post := httptest.NewRecorder(), httptest.NewRecorder()
		a.ServeHTTP(head, httptest.NewRequest(http.MethodHead, a.Path("app.css"), nil))
		a.ServeHTTP(post, httptest.NewRequest(http.MethodPost, a.Path("app.css"), nil))
		if head.Code != http.StatusOK || head.Body.Len() != 0 || head.Header().Get("Content-Length") != "5" {
			t.Errorf("HEAD: got %d, %d bytes, %v", head.Code, head.Body.Len(), head.Header())
		}
		if post.Code != http.StatusMethodNotAllowed {
			t.Errorf("POST: got %d, want 405", post.Code)
		}
	})

	t.Run("without a bundle the program starts and knows it", func(t *testing.T) {
		a, err := loadAssets(fstest.MapFS{".gitkeep": {}})
		if err != nil {
			t.Fatal(err)
		}
		if a.Built() || a.Path("app.css") != "" {
			t.Errorf("built %v, path %q", a.Built(), a.Path("app.css"))
		}
	})

	t.Run("a bundle that lost a file is refused", func(t *testing.T) {
		_, err := loadAssets(fstest.MapFS{"manifest.json": {Data: []byte(`{"app.css":"app-AB.css"}`)}})
		if err == nil {
			t.Fatal("a manifest naming a missing file was taken")
		}
	})
}
