// Package officetest lets LibreOffice open, recalculate and save files for tests: what our files are to somebody else's program.
package officetest

import (
	"context"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// programs are the names that LibreOffice has on Debian, elsewhere on Linux, and on macOS.
var programs = []string{"soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice"}

// recalculate has every formula worked out anew when a file is opened, whatever the file says that it comes to.
const recalculate = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
`

// startup bounds how long the program may take for all files together: a few seconds, and minutes on a machine with much to do.
const startup = 5 * time.Minute

// Saved opens the files by their names, recalculates them, and gives them as LibreOffice saves them in the format that the
// extension names, such as xlsx. All are converted in one start, which takes several seconds. Without the program the test fails.
func Saved(t testing.TB, extension string, files map[string][]byte) map[string][]byte {
	t.Helper()
	program := find(t)
	dir := t.TempDir()
	profile, out := filepath.Join(dir, "profile"), filepath.Join(dir, "out")
	write(t, filepath.Join(profile, "user", "registrymodifications.xcu"), []byte(recalculate))
	args := []string{
		"-env:UserInstallation=" + (&url.URL{Scheme: "file", Path: profile}).String(),
		"--headless", "--norestore", "--convert-to", extension, "--outdir", out,
	}
	for name, b := range files {
		path := filepath.Join(dir, "in", name)
		write(t, path, b)
		args = append(args, path)
	}
	ctx, stop := context.WithTimeout(t.Context(), startup)
	defer stop()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(os.Environ(), "HOME="+dir)
	cmd.WaitDelay = 5 * time.Second
	said, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("LibreOffice: %v\n%s", err, said)
	}
	saved := make(map[string][]byte, len(files))
	for name := range files {
		b, err := os.ReadFile(filepath.Join(out, name[:len(name)-len(filepath.Ext(name))]+"."+extension))
		if err != nil {
			t.Fatalf("LibreOffice did not save %s: %v\n%s", name, err, said)
		}
		saved[name] = b
	}
	return saved
}

func find(t testing.TB) string {
	t.Helper()
	for _, name := range programs {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal("LibreOffice (soffice) is missing. Install it with: apt-get install -y libreoffice-calc-nogui libreoffice-writer-nogui (macOS: brew install --cask libreoffice)")
	return ""
}

func write(t testing.TB, path string, b []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}
