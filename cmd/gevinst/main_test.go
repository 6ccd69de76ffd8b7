package main

import (
	"bufio"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// asProgram makes the test's own binary be the program, so that tests can start it, signal it and kill it.
const asProgram = "GEVINST_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

// program gives the program as a command.
func program(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Env = append(os.Environ(), asProgram+"=1", "LANG=C")
	return cmd
}

// freeAddress is one that nothing listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close() //nolint:errcheck // it only found the number
	return l.Addr().String()
}

// startDemo starts a demonstration and waits for the line that says it listens.
func startDemo(t *testing.T, address string, flags ...string) *exec.Cmd {
	t.Helper()
	cmd := program(t, append([]string{"demo", "--addr", address}, flags...)...)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var logged strings.Builder
	cmd.Stderr = &logged
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil || !strings.Contains(line, address) {
		_ = cmd.Process.Kill() // the test has failed already
		_ = cmd.Wait()
		t.Fatalf("it did not start: %q, %v\n%s", line, err, logged.String())
	}
	return cmd
}
