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
	url, dir := filepath.Join(t.TempDir(), "url"), t.TempDir()
	if err := os.WriteFile(url, []byte(pgtest.Shared(t).NewDatabase(t)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		place []string
		// began tells when an import has begun to write, where that can be seen from outside.
		began func(stop <-chan struct{}) bool
	}{
		{"the embedded database", []string{"--data", dir}, grows(filepath.Join(dir, "gevinst.db-wal"))},
		{"PostgreSQL", []string{"--database-url-file", url}, nil},
	} {
		t.Run("a program killed at any point of an import has all of it or none, on "+c.name, func(t *testing.T) {
			killedWhileImporting(t, c.place, c.began)
		})
	}
}

// grows waits until a file grows; false when stopped first. The embedded database's log grows when a transaction is written out.
func grows(path string) func(<-chan struct{}) bool {
	size := func() int64 {
		s, err := os.Stat(path)
		if err != nil {
			return 0 // it is made when the database is opened
		}
		return s.Size()
	}
	return func(stop <-chan struct{}) bool {
		for was := size(); size() <= was; time.Sleep(50 * time.Microsecond) {
			select {
			case <-stop:
				return false
			default:
			}
		}
		return true
	}
}

// posted is how many rows a file to be killed at has; in words, 3.000.
const posted = 3_000

// postings writes the k-th file of its kind: no two bring the same postings.
func postings(t *testing.T, k int) string {
	var b strings.Builder
	b.WriteString("Konto;Regnskabsperiode;Bilagsnr.;Tekst;Beløb\r\n")
	for n := range posted {
		fmt.Fprintf(&b, "Prøve %d;%03d.2018;%d;Faktura;1,00\r\n", n%20, 1+n%12, k*posted+n)
	}
	file := filepath.Join(t.TempDir(), fmt.Sprintf("opus%d.csv", k))
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func killedWhileImporting(t *testing.T, place []string, began func(<-chan struct{}) bool) {
	at := func(args ...string) *exec.Cmd { return program(t, append(args, place...)...) }
	cmd := startDemo(t, freeAddress(t), place...)
	if err := <-killAfter(cmd, 0); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it says that it was killed
	taken := func(file string) bool {
		out, err := at("import", "finance", file, "--measure", "actual", "--dry-run").CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		switch {
		case strings.Contains(string(out), "3.000 nye og 0 kendte"):
			return false
		case strings.Contains(string(out), "0 nye og 3.000 kendte"):
			return true
		}
		t.Fatalf("neither all nor none:\n%s", out)
		return false
	}
	load := func(file string) *exec.Cmd {
		return at("import", "finance", file, "--measure", "actual", "--as", "economy_chief@example.invalid")
	}
	// How long reading takes, and how long reading and writing: what is between is mostly writing.
	first := postings(t, 0)
	begin := time.Now()
	if taken(first) {
		t.Fatal("it was there before")
	}
	reading := time.Since(begin)
	begin = time.Now()
	if out, err := load(first).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	whole := max(time.Since(begin), reading+time.Millisecond)

	all, none, writing := 0, 0, 0
	var left string
	for k := 1; k <= 8; k++ {
		file := postings(t, k)
		cmd := load(file)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if ended := make(chan struct{}); began != nil && k > 2 {
			go func() { _ = cmd.Wait(); close(ended) }()
			if began(ended) {
				<-killAfter(cmd, time.Duration(rand.IntN(10_000))*time.Microsecond)
				writing++
			}
			<-ended
		} else {
			<-killAfter(cmd, reading+rand.N(whole-reading)) // it may have ended by itself
			_ = cmd.Wait()
			close(ended)
		}
		if taken(file) {
			all++
		} else {
			none, left = none+1, file
		}
	}
	if began != nil && writing == 0 {
		t.Error("no kill came while it wrote")
	}
	if left != "" {
		if out, err := load(left).CombinedOutput(); err != nil || !taken(left) {
			t.Errorf("it is not taken in afterwards: %v\n%s", err, out)
		}
	}
	if out, err := at("check").CombinedOutput(); err != nil {
		t.Errorf("check: %v\n%s", err, out)
	}
	t.Logf("of 8 killed imports %d are there and %d are not; %d were seen to be writing", all, none, writing)
}
