// Package pgtest starts a real PostgreSQL for tests.
//
// The server lives in a temporary folder, listens on a free port of 127.0.0.1
// and on a socket in that folder, and never outlives the test process, however
// that process ends. The superuser is postgres, without a password.
package pgtest

import (
	"bufio"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/lib/pq" // the driver that the URLs are for
)

// Fast is a set of settings for Start: commits do not wait for the disk.
// It suits tests that ask what the database answers, never those that measure.
var Fast = []string{"fsync=off", "synchronous_commit=off", "full_page_writes=off"}

// startTimeout bounds one start on a machine that is busy with other tests.
const startTimeout = 60 * time.Second

// Server is a running PostgreSQL with an empty database named postgres.
type Server struct {
	port      int
	bin       string // where PostgreSQL's programs are
	home      cluster
	admin     *sql.DB
	databases atomic.Int64

	stop    func()
	stopped chan struct{} // closed once the server is gone and its folder removed
}

// Start creates and starts a server. The settings are written as in
// postgresql.conf, for instance "work_mem=64MB"; without any, a commit is
// durable as in production. The error names what to install if PostgreSQL is
// missing.
func Start(settings ...string) (*Server, error) {
	bin, err := findBinaries()
	if err != nil {
		return nil, err
	}
	return started(bin, settings, func() (cluster, error) { return createCluster(bin) })
}

// started starts a server on a folder that fill makes.
func started(bin string, settings []string, fill func() (cluster, error)) (*Server, error) {
	// Another process may take the port between our look and the server's bind.
	for attempt := 1; ; attempt++ {
		s, err := launch(bin, settings, fill)
		if attempt == 3 || !errors.Is(err, errPortTaken) {
			return s, err
		}
	}
}

var errPortTaken = errors.New("the port was taken meanwhile")

// launch starts a server on a new cluster and returns when it takes connections.
func launch(bin string, settings []string, fill func() (cluster, error)) (*Server, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	home, err := fill()
	if err != nil {
		return nil, err
	}
	cmd := home.command(supervised(bin, home.dir, port, settings)...)
	cmd.SysProcAttr.Setpgid = true // an interrupt from the terminal reaches the test alone
	// The supervisor waits on its standard input. The kernel closes our end when
	// this process ends, also when it panics or is killed.
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	stderr, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		home.remove() // from here on the supervisor does
		return nil, fmt.Errorf("starting PostgreSQL: %w", err)
	}

	s := &Server{port: port, bin: bin, home: home, stopped: make(chan struct{})}
	s.stop = sync.OnceFunc(func() { stdin.Close() })
	ready := make(chan error, 1)
	go s.watch(cmd, stderr, ready)
	select {
	case err = <-ready:
	case <-time.After(startTimeout):
		err = fmt.Errorf("PostgreSQL did not start within %s", startTimeout)
	}
	if err == nil {
		s.admin, err = sql.Open("postgres", s.URL("postgres"))
	}
	if err != nil {
		s.stop()
		<-s.stopped
		return nil, err
	}
	return s, nil
}

// watch reports on ready how the start went, then drains the server's log until
// the server is gone.
func (s *Server) watch(cmd *exec.Cmd, stderr io.Reader, ready chan<- error) {
	defer close(s.stopped)
	var log strings.Builder
	lines := bufio.NewScanner(stderr)
	for lines.Scan() {
		fmt.Fprintln(&log, lines.Text())
		if strings.Contains(lines.Text(), "database system is ready to accept") {
			ready <- nil
			io.Copy(io.Discard, stderr) // ends with the server
			s.stop()
			cmd.Wait() // the supervisor's status says nothing
			return
		}
	}
	err := fmt.Errorf("PostgreSQL ended at its start:\n%s", log.String())
	if strings.Contains(log.String(), "could not bind") {
		err = fmt.Errorf("%w: %w", errPortTaken, err)
	}
	s.stop()
	cmd.Wait()
	ready <- err
}

// URL is the lib/pq connection URL of the database with the name.
func (s *Server) URL(database string) string {
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/%s?sslmode=disable", s.port, database)
}

// NewDatabase creates an empty database for the test and returns its URL. It is
// dropped with whatever is still connected to it when the test ends.
func (s *Server) NewDatabase(tb testing.TB) string {
	tb.Helper()
	name := fmt.Sprintf("test_%d", s.databases.Add(1))
	if _, err := s.admin.Exec("CREATE DATABASE " + name); err != nil {
		tb.Fatalf("creating a database for the test: %v", err)
	}
	tb.Cleanup(func() {
		select {
		case <-s.stopped:
			return
		default:
		}
		if _, err := s.admin.Exec("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			tb.Errorf("dropping the test's database: %v", err)
		}
	})
	return s.URL(name)
}

// Stop ends the server at once and removes its folder. It may be called twice.
func (s *Server) Stop() {
	s.stop()
	<-s.stopped
	s.admin.Close()
}

var shared = sync.OnceValues(func() (*Server, error) { return Start(Fast...) })

// Shared returns the server that all tests of the test binary use together. It
// is Fast, starts with the first call and ends with the process. A test that
// measures, or that counts on commits being durable, calls Start.
func Shared(tb testing.TB) *Server {
	tb.Helper()
	s, err := shared()
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func freePort() (int, error) {
	l, err := net.ListenTCP("tcp4", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		return 0, fmt.Errorf("finding a free port: %w", err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
