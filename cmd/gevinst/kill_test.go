package main

import (
	"math/rand/v2"
	"os/exec"
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
		// The last hash is over every event, so that equal ones mean equal logs.
		want, err := program(t, "check", "--data", whole).CombinedOutput()
		if err != nil {
			t.Fatalf("check: %v\n%s", err, want)
		}
		if got, err := program(t, "check", "--data", broken).CombinedOutput(); err != nil || string(got) != string(want) {
			t.Errorf("%v\n%s\nwant %s", err, got, want)
		}
	})
}
