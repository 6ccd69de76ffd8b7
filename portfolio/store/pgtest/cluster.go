package pgtest

import (
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// cluster is a server's folder and the user it belongs to.
type cluster struct {
	dir   string
	owner *syscall.Credential // nil: whoever runs the test
}

// createCluster makes the folder and initialises the data in it.
func createCluster(bin string) (cluster, error) {
	return filledCluster(filepath.Join(bin, "initdb"), "--username=postgres", "--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C")
}

// copyCluster makes the folder and copies the data of a running server into it, to follow that server.
func copyCluster(bin string, port int) (cluster, error) {
	// A folder on PATH may hold links to some of the programs only.
	server, err := filepath.EvalSymlinks(filepath.Join(bin, "postgres"))
	if err != nil {
		return cluster{}, err
	}
	return filledCluster(filepath.Join(filepath.Dir(server), "pg_basebackup"), "--host=127.0.0.1", "--port="+strconv.Itoa(port), "--username=postgres",
		"--checkpoint=fast", "--wal-method=stream", "--write-recovery-conf", "--no-sync")
}

// filledCluster makes the folder and lets a program of PostgreSQL put the data in it.
func filledCluster(program string, args ...string) (cluster, error) {
	owner, err := ordinaryUser()
	if err != nil {
		return cluster{}, err
	}
	parent := os.TempDir()
	if owner != nil {
		parent = "/tmp" // root's own temporary folder may be closed to others
	}
	dir, err := os.MkdirTemp(parent, "gevinst-pg-")
	if err != nil {
		return cluster{}, err
	}
	c := cluster{dir: dir, owner: owner}
	if owner != nil {
		if err := os.Chown(dir, int(owner.Uid), int(owner.Gid)); err != nil {
			c.remove()
			return cluster{}, err
		}
	}
	fill := c.command(append([]string{program, "--pgdata=" + c.data()}, args...)...)
	if out, err := fill.CombinedOutput(); err != nil {
		c.remove()
		return cluster{}, fmt.Errorf("%s: %w\n%s", filepath.Base(program), err, out)
	}
	return c, nil
}

func (c cluster) data() string { return filepath.Join(c.dir, "data") }

// command runs as the cluster's owner, from its folder, undisturbed by PG…
// variables of the caller.
func (c cluster) command(args ...string) *exec.Cmd {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = c.dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: c.owner}
	return cmd
}

func (c cluster) remove() { os.RemoveAll(c.dir) }

// ordinaryUser is whom PostgreSQL runs as when the test runs as root, which
// PostgreSQL refuses; nil if the test does not.
func ordinaryUser() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(u.Uid, 10, 32)
		if err != nil {
			return nil, err
		}
		gid, err := strconv.ParseUint(u.Gid, 10, 32)
		if err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, fmt.Errorf("PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it as")
}

// supervise runs the server until its own standard input ends, which is when
// the test process does. Only the server holds standard error, so that its end
// is the server's end.
const supervise = `
dir=$1; shift
"$@" </dev/null &
server=$!
exec 2>/dev/null
cat >/dev/null
kill -QUIT $server
wait $server
cd / && rm -rf "$dir"
`

func supervised(bin, dir string, port int, settings []string) []string {
	args := []string{
		"/bin/sh", "-c", supervise, "supervise", dir,
		filepath.Join(bin, "postgres"), "-D", filepath.Join(dir, "data"),
		"-c", "listen_addresses=127.0.0.1", "-c", "port=" + strconv.Itoa(port),
		"-c", "unix_socket_directories=" + dir,
		"-c", "logging_collector=off", "-c", "log_destination=stderr", "-c", "max_connections=200",
	}
	for _, s := range settings {
		args = append(args, "-c", s)
	}
	return args
}
