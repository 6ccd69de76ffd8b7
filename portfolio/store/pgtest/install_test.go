package pgtest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFindIn(t *testing.T) {
	install := func(dir string, programs ...string) string {
		t.Helper()
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		for _, p := range programs {
			if err := os.WriteFile(filepath.Join(dir, p), nil, 0o755); err != nil {
				t.Fatal(err)
			}
		}
		return dir
	}
	root := t.TempDir()
	old := install(root+"/debian/9.6/bin", "initdb", "postgres")
	newest := install(root+"/debian/17/bin", "initdb", "postgres")
	install(root+"/debian/18/bin", "psql") // the client alone
	client := install(root+"/client", "psql")
	onPath := install(root+"/own", "initdb", "postgres")
	packaged := []string{root + "/debian/*/bin", root + "/absent/*/bin"}

	for _, c := range []struct {
		title, want    string
		path, packaged []string
	}{
		{"what is on PATH comes first", onPath, []string{client, onPath}, packaged},
		{"without it the newest package that holds a server", newest, []string{client}, packaged},
		{"an old one if there is no other", old, nil, []string{root + "/debian/9*/bin"}},
	} {
		t.Run(c.title, func(t *testing.T) {
			got, err := findIn(c.path, c.packaged)
			if err != nil || got != c.want {
				t.Errorf("got %q, %v; want %q", got, err, c.want)
			}
		})
	}

	t.Run("where there is none, the error names what to install", func(t *testing.T) {
		_, err := findIn([]string{client}, []string{root + "/absent/*/bin"})
		if err == nil || !strings.Contains(err.Error(), "apt-get install postgresql") ||
			!strings.Contains(err.Error(), "brew install postgresql") {
			t.Errorf("got %v", err)
		}
	})
}
