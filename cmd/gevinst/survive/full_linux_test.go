package survive

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// bound lets no file of the program grow beyond a size in bytes, which the program meets as it meets a full disk.
func (p *program) bound(t *testing.T, size uint64) {
	t.Helper()
	limit := unix.Rlimit{Cur: size, Max: unix.RLIM_INFINITY}
	if err := unix.Prlimit(p.Process.Pid, unix.RLIMIT_FSIZE, &limit, nil); err != nil {
		t.Fatal(err)
	}
}

// largest is the size of the largest file of a folder.
func largest(t *testing.T, dir string) (size uint64) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		size = max(size, uint64(info.Size()))
	}
	return size
}

func TestFullDisk(t *testing.T) {
	t.Run("when nothing more fits, a write is refused and logged, reading goes on, and writing too once there is room", func(t *testing.T) {
		dir := t.TempDir()
		at, all := folder(dir), newBook()
		p := start(t, at.flags...)
		v := signIn(t, p.base, "programme_office")
		p.bound(t, largest(t, dir)+64<<10)
		written := 0
		for ; all.comment(v, 1, fmt.Sprintf("bemærkning %d", written)); written++ {
			if written > 100_000 {
				t.Fatal("the disk does not get full")
			}
		}
		for range 3 {
			if all.comment(v, 1, "der er ikke plads") {
				t.Error("a write was acknowledged on a full disk")
			}
			if got, err := v.get("/initiatives/1"); got != http.StatusOK {
				t.Errorf("reading: %d, %v", got, err)
			}
		}
		if !strings.Contains(p.log.String(), "commit: disk I/O error") && !strings.Contains(p.log.String(), "disk is full") {
			t.Errorf("the log does not say why:\n%s", p.log)
		}
		at.check(t)
		p.bound(t, unix.RLIM_INFINITY)
		for n := range 50 {
			if note := fmt.Sprintf("igen %d", n); !all.comment(v, 1, note) {
				t.Fatalf("%s was refused although there is room\n%s", note, p.log)
			}
		}
		if p.ask("/readyz") != http.StatusOK {
			t.Error("it is not ready")
		}
		p.terminate(t)
		at.check(t)
		there := at.notes(t)
		all.hold(t, there)
		if there["der er ikke plads"] > 0 {
			t.Error("what was refused is there")
		}
		figures.add(t, "full disk, embedded", "%d writes until full, refused while full, %d after, 0 lost, check passed", written, 50)
	})
}
