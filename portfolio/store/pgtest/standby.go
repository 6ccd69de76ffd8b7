package pgtest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Port is where the server listens, on 127.0.0.1.
func (s *Server) Port() int { return s.port }

// Standby starts a second server that follows this one, and returns once no commit of this one is acknowledged before the
// standby has it on disk.
func (s *Server) Standby(settings ...string) (*Server, error) {
	standby, err := started(s.bin, settings, func() (cluster, error) { return copyCluster(s.bin, s.port) })
	if err != nil {
		return nil, err
	}
	for _, statement := range []string{"ALTER SYSTEM SET synchronous_standby_names = '*'", "SELECT pg_reload_conf()"} {
		if _, err := s.admin.Exec(statement); err != nil {
			standby.Stop()
			return nil, fmt.Errorf("making replication synchronous: %w", err)
		}
	}
	for deadline := time.Now().Add(startTimeout); ; time.Sleep(20 * time.Millisecond) {
		var following bool
		err := s.admin.QueryRow("SELECT EXISTS (SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync')").Scan(&following)
		if following {
			return standby, nil
		}
		if err != nil || time.Now().After(deadline) {
			standby.Stop()
			return nil, errors.Join(errors.New("the standby does not follow"), err)
		}
	}
}

// Promote makes a standby a server that takes writes, and returns when it does.
func (s *Server) Promote() error {
	var done bool
	if err := s.admin.QueryRow("SELECT pg_promote()").Scan(&done); err != nil || !done {
		return errors.Join(errors.New("the standby was not promoted"), err)
	}
	return nil
}

// Kill ends the server and each of its processes with SIGKILL, as a power cut would: nothing is written and nobody is told.
func (s *Server) Kill() error {
	content, err := os.ReadFile(filepath.Join(s.home.data(), "postmaster.pid"))
	if err != nil {
		return fmt.Errorf("finding the server: %w", err)
	}
	first, _, _ := strings.Cut(string(content), "\n")
	server, err := strconv.Atoi(first)
	if err != nil {
		return fmt.Errorf("finding the server: %w", err)
	}
	rows, err := s.admin.Query("SELECT pid FROM pg_stat_activity")
	if err != nil {
		return fmt.Errorf("finding the server's processes: %w", err)
	}
	processes := []int{server} // it would start them anew
	for rows.Next() {
		var pid int
		if err := rows.Scan(&pid); err != nil {
			return errors.Join(err, rows.Close())
		}
		processes = append(processes, pid)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("finding the server's processes: %w", err)
	}
	for _, pid := range processes {
		if err := syscall.Kill(pid, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
			return fmt.Errorf("killing process %d: %w", pid, err)
		}
	}
	return nil
}
