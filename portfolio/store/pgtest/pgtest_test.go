package pgtest

import (
	"bufio"
	"bytes"
	"database/sql"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Set in the environment of a copy of this test binary that starts a server and
// then ends the way the value says.
const endsBy = "PGTEST_ENDS_BY"

func TestMain(m *testing.M) {
	if end := os.Getenv(endsBy); end != "" {
		startAndEnd(end)
	}
	os.Exit(m.Run())
}

func startAndEnd(end string) {
	s, err := Start(Fast...)
	if err != nil {
		panic(err)
	}
	var data string
	if err := s.admin.QueryRow("SHOW data_directory").Scan(&data); err != nil {
		panic(err)
	}
	os.Stdout.WriteString(data + "\n")
	switch end {
	case "panic":
		panic("as a test would")
	case "exit":
		os.Exit(0)
	}
	select {} // until killed
}

func TestServer(t *testing.T) {
	t.Run("commits are durable unless asked otherwise", func(t *testing.T) {
		durable, err := Start()
		if err != nil {
			t.Fatal(err)
		}
		defer durable.Stop()
		for _, c := range []struct {
			server *Server
			want   string
		}{{durable, "on"}, {Shared(t), "off"}} {
			if got := show(t, c.server.URL("postgres"), "fsync"); got != c.want {
				t.Errorf("fsync is %s, want %s", got, c.want)
			}
		}
	})

	t.Run("it listens on a socket in its own folder, which is closed to others", func(t *testing.T) {
		dir := show(t, Shared(t).URL("postgres"), "unix_socket_directories")
		info, err := os.Stat(dir)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o700 {
			t.Errorf("the folder's mode is %v, want 0700", info.Mode())
		}
		db := open(t, "postgres:///postgres?user=postgres&sslmode=disable&host="+dir+"&port="+
			show(t, Shared(t).URL("postgres"), "port"))
		if err := db.Ping(); err != nil {
			t.Error(err)
		}
	})

	t.Run("stopping it takes the server and its folder away", func(t *testing.T) {
		s, err := Start(Fast...)
		if err != nil {
			t.Fatal(err)
		}
		data := show(t, s.URL("postgres"), "data_directory")
		pid := serverPID(t, data)
		s.Stop()
		s.Stop()
		if alive(pid) {
			t.Error("the server still runs")
		}
		if _, err := os.Stat(filepath.Dir(data)); !os.IsNotExist(err) {
			t.Errorf("its folder: %v", err)
		}
	})

	t.Run("a setting it does not know is an error with the server's own words", func(t *testing.T) {
		_, err := Start("no_such_setting=1")
		if err == nil || !strings.Contains(err.Error(), "no_such_setting") {
			t.Errorf("got %v", err)
		}
	})

	t.Run("a port that stays taken is an error", func(t *testing.T) {
		l, err := net.Listen("tcp4", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		_, port, err := net.SplitHostPort(l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		if _, err = Start("port=" + port); err == nil || !strings.Contains(err.Error(), "could not bind") {
			t.Errorf("got %v", err)
		}
	})
}

func TestNewDatabase(t *testing.T) {
	s, outer := Shared(t), t
	var connected *sql.DB
	t.Run("databases of one server do not see each other", func(t *testing.T) {
		url, other := s.NewDatabase(t), s.NewDatabase(t)
		connected = open(outer, url) // and still is when this part ends
		if _, err := connected.Exec("CREATE TABLE entry (id BIGINT)"); err != nil {
			t.Fatal(err)
		}
		if _, err := open(t, other).Exec("SELECT id FROM entry"); err == nil {
			t.Error("the other database has the table too")
		}
		if got := show(t, url, "server_encoding"); got != "UTF8" {
			t.Errorf("encoding is %s", got)
		}
	})
	t.Run("they go with their test, although a connection is open", func(t *testing.T) {
		if _, err := connected.Exec("SELECT id FROM entry"); err == nil {
			t.Error("the database is still there")
		}
	})
}

func TestNothingOutlivesTheProcess(t *testing.T) {
	for _, end := range []string{"exit", "panic", "kill"} {
		t.Run("a test binary that ends by "+end+" leaves no server behind", func(t *testing.T) {
			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), endsBy+"="+end)
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			stdout, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			line, err := bufio.NewReader(stdout).ReadString('\n')
			if err != nil {
				t.Fatalf("%v\n%s", err, &stderr)
			}
			data := strings.TrimSpace(line)
			if end == "kill" {
				pid := serverPID(t, data)
				if !alive(pid) {
					t.Fatal("the server does not run")
				}
				if err := cmd.Process.Kill(); err != nil {
					t.Fatal(err)
				}
				defer func() {
					if alive(pid) {
						t.Error("the server still runs")
					}
				}()
			}
			if err := cmd.Wait(); end != "exit" && err == nil {
				t.Errorf("the copy ended well, not by %s", end)
			}
			deadline := time.Now().Add(10 * time.Second)
			for { // the supervisor removes the folder once the server is gone
				if _, err := os.Stat(filepath.Dir(data)); os.IsNotExist(err) {
					return
				}
				if time.Now().After(deadline) {
					t.Fatal("the server's folder is still there")
				}
				time.Sleep(20 * time.Millisecond)
			}
		})
	}
}

func open(t *testing.T, url string) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func show(t *testing.T, url, setting string) string {
	t.Helper()
	var value string
	if err := open(t, url).QueryRow("SHOW " + setting).Scan(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

func serverPID(t *testing.T, data string) int {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(data, "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	pid := 0
	for _, digit := range bytes.Split(content, []byte("\n"))[0] {
		pid = pid*10 + int(digit-'0')
	}
	return pid
}

func alive(pid int) bool { return syscall.Kill(pid, 0) == nil }
