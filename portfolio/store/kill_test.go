package store_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gevinst/portfolio/portfoliotest"
	"gevinst/portfolio/store"
)

// killed names, in the environment of a copy of this test binary, the database that it writes to until it is killed.
const killed = "STORE_TEST_WRITES_TO"

func TestMain(m *testing.M) {
	if path := os.Getenv(killed); path != "" {
		if err := writeForever(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// writeForever writes claims, one to three in each transaction, and tells of each that was acknowledged.
func writeForever(path string) error {
	s, err := store.Open(context.Background(), store.Options{Path: path, Clock: clock})
	if err != nil {
		return err
	}
	x := portfoliotest.World{Owner: 5, Benefit: 1} // as Small gives them
	for k := 0; ; k++ {
		r, err := s.Write(context.Background(), func(tx *store.Tx) error {
			for m := range 1 + k%3 {
				if _, err := claim(tx, x.Owner, x.Benefit, m+1); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if _, err := fmt.Println(r.Last); err != nil {
			return err
		}
	}
}

func TestKilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gevinst.db")
	open := func() *store.Store {
		s, err := store.Open(t.Context(), store.Options{Path: path, Clock: clock})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s := open()
	if x := found(t, s); x.Owner != 5 || x.Benefit != 1 {
		t.Fatalf("the small portfolio is another: %+v", x)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	t.Run("a program that is killed at any moment loses nothing that it acknowledged, and breaks nothing", func(t *testing.T) {
		for range 20 {
			last := killAfter(t, path, 1+rand.IntN(40), time.Duration(rand.IntN(4000))*time.Microsecond)
			s := open()
			p := snapshot(t, s)
			if p.Seq < last {
				t.Errorf("event %d was acknowledged, and the log ends at %d", last, p.Seq)
			}
			report := sound(t, s)
			if report.Events != p.Seq {
				t.Errorf("the log has %d events, the portfolio knows %d", report.Events, p.Seq)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// killAfter lets a child write, kills it a moment after it acknowledged a number of transactions, and gives the last event
// that it acknowledged.
func killAfter(t *testing.T, path string, transactions int, moment time.Duration) (last int64) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), killed+"="+path)
	var stderr strings.Builder
	child.Stderr = &stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for n := 1; lines.Scan(); n++ {
		if _, err := fmt.Sscan(lines.Text(), &last); err != nil {
			t.Fatalf("%q: %v", lines.Text(), err)
		}
		if n == transactions {
			time.Sleep(moment)
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := child.Wait(); err == nil || stderr.Len() > 0 {
		t.Fatalf("the child ended by itself: %v %s", err, &stderr)
	}
	return last
}
