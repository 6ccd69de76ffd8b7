package survive

import (
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// ordinary makes a folder of a user to whom a closed folder is closed: root's programs may write everywhere. It gives the way
// to run a command as that user.
func ordinary(t *testing.T) (dir string, as func(*exec.Cmd) *exec.Cmd) {
	t.Helper()
	if os.Geteuid() != 0 {
		return t.TempDir(), func(cmd *exec.Cmd) *exec.Cmd { return cmd }
	}
	nobody, err := user.Lookup("nobody")
	if err != nil {
		t.Fatal(err)
	}
	uid, wrong := strconv.Atoi(nobody.Uid)
	gid, err := strconv.Atoi(nobody.Gid)
	if err != nil || wrong != nil {
		t.Fatal(err, wrong)
	}
	if dir, err = os.MkdirTemp("/tmp", "gevinst-disk-"); err != nil { // root's own temporary folder may be closed to others
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chown(dir, uid, gid); err != nil {
		t.Fatal(err)
	}
	return dir, func(cmd *exec.Cmd) *exec.Cmd {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
		return cmd
	}
}

// mode sets who may do what with a folder and the files in it.
func mode(t *testing.T, dir string, folder, files os.FileMode) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if err := os.Chmod(name, files); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(dir, folder); err != nil {
		t.Fatal(err)
	}
}

func TestReadOnlyDisk(t *testing.T) {
	t.Run("a place that cannot be written to is one clear sentence, and goes on once it can", func(t *testing.T) {
		dir, as := ordinary(t)
		at, all := folder(dir), newBook()
		p := begin(t, as(command("demo")), at.flags...)
		p.await(t)
		v := signIn(t, p.base, "programme_office")
		for _, note := range []string{"den første", "den anden"} {
			if !all.comment(v, 1, note) {
				t.Fatal("a comment was refused")
			}
		}
		p.kill() // what it wrote last is still to be brought into the file
		mode(t, dir, 0o500, 0o400)
		p = begin(t, as(command("demo")), at.flags...)
		if got := p.end(t); got != 1 || strings.Count(p.log.String(), "\n") != 1 || !strings.Contains(p.log.String(), "readonly database") {
			t.Errorf("it ended with %d, and said:\n%s", got, p.log)
		}
		t.Logf("it said: %s", p.log)
		mode(t, dir, 0o700, 0o600)
		p = begin(t, as(command("demo")), at.flags...)
		p.await(t)
		if !all.comment(signIn(t, p.base, "programme_office"), 1, "den tredje") {
			t.Error("a comment was refused")
		}
		p.terminate(t)
		at.check(t)
		all.hold(t, at.notes(t))
	})
}
