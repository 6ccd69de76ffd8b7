package survive

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/jmoiron/sqlx"
	_ "github.com/lib/pq"
	_ "modernc.org/sqlite"
)

// place is where a portfolio is, as the program's flags name it and as one reads it past the program.
type place struct {
	flags          []string
	driver, source string
}

func folder(dir string) place {
	return place{[]string{"--data", dir}, "sqlite", "file:" + filepath.Join(dir, "gevinst.db")}
}

func database(url string) place { return place{[]string{"--database-url", url}, "postgres", url} }

// notes counts each note in the log.
func (p place) notes(t *testing.T) map[string]int {
	t.Helper()
	db, err := sqlx.Connect(p.driver, p.source)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // it was only read
	var rows []struct {
		Note string
		N    int
	}
	if err := db.Select(&rows, `SELECT note, COUNT(*) AS n FROM event WHERE note <> '' GROUP BY note`); err != nil {
		t.Fatal(err)
	}
	there := make(map[string]int, len(rows))
	for _, r := range rows {
		there[r.Note] = r.N
	}
	return there
}

// check runs the program's check, which must find nothing.
func (p place) check(t *testing.T) string {
	t.Helper()
	return do(t, append([]string{"check"}, p.flags...)...)
}

// unalike is what differs from one telling of the same story to the next: the seals of its people have salts of their own, and the
// log's hashes are over them.
var unalike = regexp.MustCompile(`"head":"[^"]*"|"seal":\{[^}]*\}`)

// told is what the place holds, as exported, once its log has been checked.
func (p place) told(t *testing.T) string {
	t.Helper()
	p.check(t)
	file := filepath.Join(t.TempDir(), "portfolio.json")
	do(t, append([]string{"export", file}, p.flags...)...)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return unalike.ReplaceAllString(string(text), "")
}
