package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"gevinst/portfolio"
	"gevinst/portfolio/kalundborg"
	"gevinst/portfolio/store"
)

// TestScripts carries out the command lines of testdata/script. Beside testscript's own commands there are:
//
//	story DIR [facts]   load the demonstration into a folder, as demo does
//	saved DIR KIND NAME COLUMN HEADER…   save under the name what such files call their columns
//	answers URL STATUS  wait until the address answers with the status
//	status N COMMAND…   the command ends with the status
//	terminate           send SIGTERM to the programs in the background
func TestScripts(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	if err := os.Symlink(self, filepath.Join(bin, "gevinst")); err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("PATH", bin+string(os.PathListSeparator)+e.Getenv("PATH"))
			e.Setenv(asProgram, "1")
			e.Setenv("ADDR", freeAddress(t))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"story": story, "saved": saved, "answers": answers, "terminate": terminate, "status": status,
		},
	})
}

func story(ts *testscript.TestScript, _ bool, args []string) {
	demo := demoCmd{WithoutExamples: len(args) > 1}
	p := place{Data: ts.MkAbs(args[0])}
	c := &clock{}
	s, err := p.open(context.Background(), c)
	ts.Check(err)
	ts.Check(demo.load(context.Background(), s, c, slog.New(slog.DiscardHandler)))
	ts.Check(s.Close())
}

func saved(ts *testscript.TestScript, _ bool, args []string) {
	m := portfolio.Mapping{ID: 1, For: args[1], Name: args[2], Columns: map[string]string{}}
	for k := 3; k+1 < len(args); k += 2 {
		m.Columns[args[k]] = args[k+1]
	}
	p := place{Data: ts.MkAbs(args[0])}
	s, err := p.open(context.Background(), &clock{})
	ts.Check(err)
	_, err = s.Write(context.Background(), func(tx *store.Tx) error {
		made, e, err := portfolio.NewMapping(tx.Portfolio(), tx.By(kalundborg.SignIn(portfolio.ProgrammeOffice), ""), m)
		if err == nil {
			tx.Save(made, e)
		}
		return err
	})
	ts.Check(err)
	ts.Check(s.Close())
}

func answers(ts *testscript.TestScript, _ bool, args []string) {
	var last any
	for range 200 {
		r, err := http.Get(args[0])
		if err == nil {
			ts.Check(r.Body.Close())
			if r.Status[:3] == args[1] {
				return
			}
			last = r.Status
		} else {
			last = err
		}
		time.Sleep(25 * time.Millisecond)
	}
	ts.Fatalf("%s: want %s, got %v", args[0], args[1], last)
}

func terminate(ts *testscript.TestScript, _ bool, _ []string) {
	for _, cmd := range ts.BackgroundCmds() {
		ts.Check(cmd.Process.Signal(syscall.SIGTERM))
	}
}

func status(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var ended *exec.ExitError
		if !errors.As(err, &ended) {
			ts.Fatalf("%v: %v", args[1:], err)
		}
		got = ended.ExitCode()
	}
	if got != want {
		ts.Fatalf("%v: status %d, want %d", args[1:], got, want)
	}
}
