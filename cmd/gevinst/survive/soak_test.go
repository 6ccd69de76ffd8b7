package survive

import (
	"fmt"
	"net/http"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// read are the addresses of the mixed load: pages, data and files, lists and single things, now and in the past.
var read = []string{
	"/", "/catalogue", "/catalogue.json", "/catalogue.csv", "/catalogue/1", "/initiatives", "/initiatives.xlsx", "/initiatives/4", "/initiatives/4.json",
	"/benefits", "/savings/2018", "/savings/2018.json", "/savings/2018?as_of=2017-11-06", "/plan", "/decisions", "/history",
}

// load is what many visitors do until it is enough.
type load struct {
	*book
	requests atomic.Int64
	enough   atomic.Bool
	mu       sync.Mutex
	failed   []string
}

func (l *load) fail(what string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.failed = append(l.failed, what)
}

func (l *load) reader(v *visitor, k int) {
	for n := k; !l.enough.Load(); n++ {
		path := read[n%len(read)]
		if got, err := v.get(path); err != nil || got != http.StatusOK {
			l.fail(fmt.Sprintf("GET %s: %d, %v", path, got, err))
		}
		l.requests.Add(1)
		time.Sleep(2 * time.Millisecond)
	}
}

func (l *load) writer(v *visitor, k int) {
	for n := 0; !l.enough.Load(); n++ {
		if note := fmt.Sprintf("skriver %d, nummer %d", k, n); !l.comment(v, 1+k, note) {
			l.fail(note)
		}
		l.requests.Add(1)
		time.Sleep(20 * time.Millisecond)
	}
}

// resident is how much memory the process holds, in MB.
func resident(t *testing.T, p *program) float64 {
	t.Helper()
	out, err := exec.Command("ps", "-o", "rss=", "-p", strconv.Itoa(p.Process.Pid)).Output()
	if err != nil {
		t.Fatal(err)
	}
	kb, err := strconv.Atoi(strings.TrimSpace(string(out)))
	if err != nil {
		t.Fatal(err)
	}
	return float64(kb) / 1024
}

func TestSoak(t *testing.T) {
	dir := t.TempDir()
	at, l := folder(dir), &load{book: newBook()}
	p := start(t, at.flags...)
	b := balance(t, p)
	var visitors sync.WaitGroup
	for k := range 6 {
		role := []string{"project_owner", "economy_chief", "director", "programme_office", "administrator", "viewer"}[k]
		v := signIn(t, b.URL, role)
		visitors.Go(func() { l.reader(v, k) })
	}
	for k := range 2 {
		v := signIn(t, b.URL, "programme_office")
		visitors.Go(func() { l.writer(v, k) })
	}
	copied := filepath.Join(t.TempDir(), "nightly.backup")
	t.Run("memory stays flat under mixed load, with backups meanwhile", func(t *testing.T) {
		const samples = 80
		var seen []float64
		for n := range samples {
			time.Sleep(*soak / samples)
			seen = append(seen, resident(t, p))
			if n%20 == 19 {
				do(t, append([]string{"backup", copied}, at.flags...)...)
			}
		}
		t.Logf("memory in MB, %d samples: %.0f", samples, seen)
		second, last := slices.Max(seen[samples/4:samples/2]), slices.Max(seen[samples*3/4:])
		if last > 1.25*second+16 {
			t.Errorf("memory grew from %.0f to %.0f MB: %.0f", second, last, seen)
		}
		figures.add(t, "soak, embedded", "%s, %d requests, %d writes, memory %.0f MB in the second quarter and %.0f in the last", *soak, l.requests.Load(), l.count(), second, last)
	})
	t.Run("a program that is replaced under load drains, and no request fails", func(t *testing.T) {
		before := l.requests.Load()
		b.add(t, start(t, at.flags...))
		took := p.terminate(t)
		time.Sleep(200 * time.Millisecond)
		l.enough.Store(true)
		visitors.Wait()
		for _, f := range l.failed[:min(10, len(l.failed))] {
			t.Error(f)
		}
		figures.add(t, "SIGTERM under load", "stopped after %s, %d requests meanwhile, %d failed in all", took.Round(time.Millisecond), l.requests.Load()-before, len(l.failed))
	})
	t.Run("what was acknowledged is there, and the last backup restores to a part of it", func(t *testing.T) {
		at.check(t)
		l.hold(t, at.notes(t))
		again := folder(t.TempDir())
		do(t, append([]string{"restore", copied}, again.flags...)...)
		_, head, _ := strings.Cut(again.check(t), ": ")
		var events int64
		if _, err := fmt.Sscan(head, &events); err != nil {
			t.Fatal(err)
		}
		hash := head[strings.LastIndex(strings.TrimSpace(head), " ")+1:]
		do(t, append([]string{"check", "--head", fmt.Sprintf("%d:%s", events, strings.TrimSpace(hash))}, at.flags...)...)
	})
}
