package survive

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gevinst/portfolio/store/pgtest"
)

func TestNightly(t *testing.T) {
	for _, c := range []struct {
		title string
		place func(*testing.T) (place, string)
	}{
		{"the embedded database", func(t *testing.T) (place, string) {
			dir := t.TempDir()
			return folder(dir), "GEVINST_DATA=" + dir
		}},
		{"PostgreSQL", func(t *testing.T) (place, string) {
			url := pgtest.Shared(t).NewDatabase(t)
			return database(url), "GEVINST_DATABASE_URL=" + url
		}},
	} {
		t.Run("the nightly routine backs up a running program, and finds a log that was cut off: "+c.title, func(t *testing.T) {
			backups := t.TempDir()
			night := func(setting string) (string, error) {
				cmd := exec.Command("../deploy/nightly")
				cmd.Env = append(os.Environ(), "LANG=C", "GEVINST="+binary, "BACKUPS="+backups, setting)
				out, err := cmd.CombinedOutput()
				return string(out), err
			}
			at, setting := c.place(t)
			p := start(t, at.flags...)
			if out, err := night(setting); err != nil {
				t.Fatalf("the first night: %v\n%s", err, out)
			}
			files, err := filepath.Glob(filepath.Join(backups, "gevinst-*.backup"))
			if err != nil || len(files) != 1 {
				t.Fatalf("it left %v, %v", files, err)
			}
			first := filepath.Join(t.TempDir(), "first")
			if err := os.Rename(files[0], first); err != nil {
				t.Fatal(err)
			}
			all := newBook()
			if !all.comment(signIn(t, p.base, "programme_office"), 1, "den anden dag") {
				t.Fatal("a comment was refused")
			}
			if out, err := night(setting); err != nil {
				t.Fatalf("the second night: %v\n%s", err, out)
			}
			heads, err := os.ReadFile(filepath.Join(backups, "heads"))
			if err != nil || strings.Count(string(heads), "\n") != 2 {
				t.Errorf("two good nights wrote down %q, %v", heads, err)
			}
			p.kill()
			cut, setting := c.place(t) // what the database was on the first day, put in its place
			do(t, append([]string{"restore", first}, cut.flags...)...)
			if out, err := night(setting); err == nil || !strings.Contains(out, "kept head: event") {
				t.Errorf("a log without its last day: %v\n%s", err, out)
			}
		})
	}
}
