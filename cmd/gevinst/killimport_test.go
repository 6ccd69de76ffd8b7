package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gevinst/portfolio/store/pgtest"
)

func TestKilledWhileImporting(t *testing.T) {
	url := filepath.Join(t.TempDir(), "url")
	if err := os.WriteFile(url, []byte(pgtest.Shared(t).NewDatabase(t)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, place := range map[string][]string{"the embedded database": {"--data", t.TempDir()}, "PostgreSQL": {"--database-url-file", url}} {
		t.Run("a program killed at any point of an import has all of it or none, on "+name, func(t *testing.T) {
			killedWhileImporting(t, place)
		})
	}
}

func killedWhileImporting(t *testing.T, place []string) {
	at := func(args ...string) *exec.Cmd { return program(t, append(args, place...)...) }
	cmd := startDemo(t, freeAddress(t), place...)
	if err := <-killAfter(cmd, 0); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it says that it was killed
	const rows = 6_000
	var b strings.Builder
	b.WriteString("Konto;Regnskabsperiode;Bilagsnr.;Tekst;Beløb\r\n")
	for k := range rows {
		fmt.Fprintf(&b, "Prøve %d;%03d.2018;%d;Faktura;1,00\r\n", k%20, 1+k%12, k)
	}
	file := filepath.Join(t.TempDir(), "opus.csv")
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	taken := func() bool {
		out, err := at("import", "finance", file, "--measure", "actual", "--dry-run").CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		switch {
		case strings.Contains(string(out), fmt.Sprintf("%d nye og 0 kendte", rows)):
			return false
		case strings.Contains(string(out), fmt.Sprintf("0 nye og %d kendte", rows)):
			return true
		}
		t.Fatalf("neither all nor none:\n%s", out)
		return false
	}
	load := func() *exec.Cmd {
		return at("import", "finance", file, "--measure", "actual", "--as", "economy_chief@example.invalid")
	}
	killed := 0
	for range 12 {
		cmd := load()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		<-killAfter(cmd, time.Duration(50+rand.IntN(900))*time.Millisecond) // it may have ended by itself
		_ = cmd.Wait()
		if taken() {
			break
		}
		killed++
	}
	if !taken() {
		if out, err := load().CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	if !taken() {
		t.Error("it was not taken in")
	}
	if out, err := at("check").CombinedOutput(); err != nil {
		t.Errorf("check after %d kills: %v\n%s", killed, err, out)
	}
	t.Logf("%d killed before it was all there", killed)
}
