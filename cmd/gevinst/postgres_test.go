package main

import (
	"os"
	"path/filepath"
	"testing"

	"gevinst/portfolio/store/pgtest"
)

func TestPostgreSQL(t *testing.T) {
	t.Run("a demonstration on PostgreSQL, named by a file, tells the same story as on the embedded database", func(t *testing.T) {
		url := filepath.Join(t.TempDir(), "url")
		if err := os.WriteFile(url, []byte(pgtest.Shared(t).NewDatabase(t)+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		var stories [2]string
		for i, flags := range [][]string{{"--data", t.TempDir()}, {"--database-url-file", url}} {
			cmd := startDemo(t, freeAddress(t), flags...)
			if err := <-killAfter(cmd, 0); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait() // it says that it was killed
			stories[i] = told(t, flags...)
		}
		if stories[0] != stories[1] {
			t.Errorf("embedded: %s\nPostgreSQL: %s", stories[0], stories[1])
		}
	})
}
