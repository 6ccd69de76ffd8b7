package main

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
	"time"
)

// killAfter kills the program, as a power cut would, and tells when it has.
func killAfter(cmd *exec.Cmd, d time.Duration) <-chan error {
	killed := make(chan error, 1)
	time.AfterFunc(d, func() { killed <- cmd.Process.Kill() })
	return killed
}

func TestKilledWhileLoading(t *testing.T) {
	t.Run("a story whose telling was cut off is told to its end by the next start, and no part of it twice", func(t *testing.T) {
		whole, broken, address := t.TempDir(), t.TempDir(), freeAddress(t)
		for range 10 {
			cmd := program(t, "demo", "--data", broken, "--addr", address)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			if err := <-killAfter(cmd, time.Duration(20+rand.IntN(150))*time.Millisecond); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait() // it says that it was killed
		}
		for _, dir := range []string{whole, broken} {
			cmd := startDemo(t, address, "--data", dir)
			if err := <-killAfter(cmd, 0); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait()
		}
		if got, want := told(t, "--data", broken), told(t, "--data", whole); got != want {
			t.Errorf("told %s\nwant %s", got, want)
		}
	})
}

// unalike is what differs from one telling of the same story to the next: the seals of its people have salts of their own, and the
// log's hashes are over them.
var unalike = regexp.MustCompile(`"head":"[^"]*"|"seal":\{[^}]*\}`)

// told is what a database holds, as exported, once its log has been checked.
func told(t *testing.T, flags ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "portfolio.json")
	for _, args := range [][]string{{"check"}, {"export", file}} {
		if out, err := program(t, append(args, flags...)...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", args[0], err, out)
		}
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return unalike.ReplaceAllString(string(text), "")
}
