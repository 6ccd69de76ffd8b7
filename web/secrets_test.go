package web

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// lines is a log that is read when all is done.
type lines struct {
	mu sync.Mutex
	bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Buffer.Write(b)
}

func TestSecrets(t *testing.T) {
	s, beside := newSite(t, false), t.TempDir() // the database lies in a folder like it
	var log lines
	s.web.Log = slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	secrets := map[string]string{"the password": chosen, "a wrong password": "gaet-forkert-idag", "the new password": "en anden adgangskode"}
	session := func(r *reader) string {
		at, err := url.Parse(s.server.URL)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range r.client.Jar.Cookies(at) {
			if c.Name == sessionCookie {
				return c.Value
			}
		}
		t.Fatal("no session")
		return ""
	}

	admin := s.as("administrator")
	_, v := admin.asks("/users", map[string]any{"name": "Chef", "email": "chef@example.invalid", "role": "programme_office"})
	secrets["a link"] = strings.TrimPrefix(s.pathOf(v.Link), welcomePath)
	owner := s.as("")
	owner.page(s.pathOf(v.Link))
	owner.get(s.pathOf(v.Link) + "/further")
	owner.post(s.pathOf(v.Link), "password", chosen)
	secrets["a session"] = session(owner)
	s.signsIn("chef@example.invalid", secrets["a wrong password"])
	_, made := owner.asks("/account/tokens", map[string]any{"name": "Regneark", "scope": "write"})
	secrets["a token"] = made.Token
	s.program(made.Token)(http.MethodGet, "/initiatives.json", "")
	s.program(made.Token)(http.MethodPost, "/initiatives/1/comment", `{"note":"x","version":1}`)
	s.program(made.Token+"x")(http.MethodGet, "/initiatives.json", "")
	owner.post("/account/password", "current", chosen, "password", secrets["the new password"])
	secrets["a session after the password"] = session(owner)
	_, v = admin.asks(userPath(8)+"/reset", map[string]any{})
	secrets["a link after a reset"] = strings.TrimPrefix(s.pathOf(v.Link), welcomePath)
	s.as("").post(s.pathOf(v.Link), "password", "kort")
	s.as("").get("/session?return=" + url.QueryEscape(s.pathOf(v.Link)))
	if _, hash, err := s.store.Credentials(t.Context(), "administrator@example.invalid"); err != nil || hash != "" {
		t.Fatal(hash, err)
	}

	t.Run("after sign-ins, links, tokens and resets the log tells of each request, and holds no secret", func(t *testing.T) {
		text := log.String()
		for _, want := range []string{`"/session"`, `"/welcome/…"`, `"/account/tokens"`, `"/initiatives/1/comment"`} {
			if !strings.Contains(text, want) {
				t.Errorf("the log does not tell of %s", want)
			}
		}
		for name, secret := range secrets {
			if len(secret) < 12 {
				t.Errorf("%s is no secret: %q", name, secret)
			}
			if strings.Contains(text, secret) {
				t.Errorf("the log holds %s", name)
			}
		}
		if strings.Contains(text, "argon2id") {
			t.Error("the log holds a password's hash")
		}
	})

	t.Run("the database holds no secret either, but what it is known by", func(t *testing.T) {
		files, err := filepath.Glob(filepath.Join(filepath.Dir(beside), "*", "*"))
		if err != nil || len(files) == 0 {
			t.Fatal(files, err)
		}
		held := false
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			held = held || bytes.Contains(b, []byte("Regneark"))
			for name, secret := range secrets {
				if bytes.Contains(b, []byte(secret)) {
					t.Errorf("%s holds %s", filepath.Base(file), name)
				}
			}
		}
		if !held {
			t.Error("the token's name is not found: the test reads another place")
		}
	})
}
