package survive

import (
	"bytes"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// program is the program as a process.
type program struct {
	*exec.Cmd
	base   string // http://127.0.0.1:port
	log    *buffer
	ended  chan struct{} // closed once it has
	status error
}

// buffer can be read while the program writes to it.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

func command(args ...string) *exec.Cmd {
	cmd := exec.Command(binary, args...)
	cmd.Env = append(os.Environ(), "LANG=C", "GEVINST_USER_LIMIT=1000000000") // a few visitors ask for hundreds
	return cmd
}

// launch starts a demonstration, by which anyone can sign in, and does not wait for it.
func launch(t *testing.T, flags ...string) *program {
	t.Helper()
	return begin(t, command("demo"), flags...)
}

func begin(t *testing.T, cmd *exec.Cmd, flags ...string) *program {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	p := &program{Cmd: cmd, base: "http://" + address, log: &buffer{}, ended: make(chan struct{})}
	p.Args = append(append(p.Args, "--addr", address), flags...)
	p.Stderr = p.log
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		p.status = p.Wait()
		close(p.ended)
	}()
	t.Cleanup(p.kill)
	return p
}

// start is launch, and waits until the program is ready.
func start(t *testing.T, flags ...string) *program {
	t.Helper()
	p := launch(t, flags...)
	p.await(t)
	return p
}

func (p *program) await(t *testing.T) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); p.ask("/readyz") != http.StatusOK; time.Sleep(5 * time.Millisecond) {
		select {
		case <-p.ended:
			t.Fatalf("it ended: %v\n%s", p.status, p.log)
		default:
		}
		if time.Now().After(deadline) {
			t.Fatalf("it is not ready after a minute\n%s", p.log)
		}
	}
}

// ask gives the status of an answer, 0 for none.
func (p *program) ask(path string) int {
	r, err := (&http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}).Get(p.base + path)
	if err != nil {
		return 0
	}
	_ = r.Body.Close() // the status is all that is asked for
	return r.StatusCode
}

// kill is kill -9, and waits for the end. It may be called twice.
func (p *program) kill() {
	_ = p.Process.Kill() // it may have ended already
	<-p.ended
}

// end waits for the program to end by itself, and gives its exit status.
func (p *program) end(t *testing.T) int {
	t.Helper()
	select {
	case <-p.ended:
	case <-time.After(30 * time.Second):
		t.Fatalf("it goes on\n%s", p.log)
	}
	return p.ProcessState.ExitCode()
}

// terminate asks the program to stop, as systemd does, and tells how long it took.
func (p *program) terminate(t *testing.T) time.Duration {
	t.Helper()
	asked := time.Now()
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if got := p.end(t); got != 0 {
		t.Errorf("it ended with %d\n%s", got, p.log)
	}
	return time.Since(asked)
}

// do runs a command of the program that must succeed, and gives what it printed.
func do(t *testing.T, args ...string) string {
	t.Helper()
	out, err := command(args...).CombinedOutput()
	if err != nil {
		t.Errorf("gevinst %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}
