package survive

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

var (
	kills     = flag.Int("kills", 10, "how often the program is killed under writes")
	failovers = flag.Int("failovers", 1, "how often a primary is killed under load")
	soak      = flag.Duration("soak", 5*time.Second, "how long the mixed load lasts")
)

// binary is the program, built once for all tests.
var binary string

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	flag.Parse()
	dir, err := os.MkdirTemp("", "gevinst-survive-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir) //nolint:errcheck // it is a temporary folder
	binary = filepath.Join(dir, "gevinst")
	if out, err := exec.Command("go", "build", "-o", binary, "gevinst/cmd/gevinst").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "building the program: %v\n%s", err, out)
		return 1
	}
	if err := os.Chmod(dir, 0o755); err != nil { // some tests run it as another user
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	status := m.Run()
	figures.print()
	return status
}

// table is the figures that the tests saw.
type table struct {
	mu   sync.Mutex
	rows [][2]string
}

var figures table

// add puts a figure in the table, and in the test's own log.
func (f *table) add(t *testing.T, what, format string, args ...any) {
	t.Helper()
	figure := fmt.Sprintf(format, args...)
	t.Logf("%s: %s", what, figure)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rows = append(f.rows, [2]string{what, figure})
}

func (f *table) print() {
	if len(f.rows) == 0 {
		return
	}
	fmt.Println("\n| what | figure |\n| --- | --- |")
	for _, row := range f.rows {
		fmt.Printf("| %s | %s |\n", row[0], row[1])
	}
}
