package bench

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// program builds the program as it is run, once.
func program(b *testing.B) string {
	b.Helper()
	name := filepath.Join(dir(b), "gevinst")
	if _, err := os.Stat(name); err == nil {
		return name
	}
	build := exec.Command("go", "build", "-trimpath", "-o", name, "./cmd/gevinst")
	build.Dir = filepath.Join("..", "..")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("build the program: %v\n%s", err, out)
	}
	return name
}

// process is the program running by itself.
type process struct {
	cmd     *exec.Cmd
	address string
	// answered is how long it took from its start to its first page.
	answered time.Duration
}

// launch starts the program on the embedded database of a size and asks for a page as soon as it listens.
func launch(b *testing.B, z size, cookie string) *process {
	b.Helper()
	p := &process{cmd: exec.Command(program(b), "serve", "--addr", "127.0.0.1:0", "--data", filepath.Dir(file(b, z)), "--today", "2018-09-03")}
	log, err := p.cmd.StderrPipe()
	if err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	if err := p.cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(p.stop)
	lines := bufio.NewScanner(log)
	for p.address == "" && lines.Scan() {
		var line struct{ Msg, Address, Error string }
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			b.Fatalf("the program says %s", lines.Text())
		}
		if line.Msg == "listening" {
			p.address = line.Address
		}
	}
	if p.address == "" {
		b.Fatal("the program ended at its start")
	}
	go func() {
		for lines.Scan() { // so that it never waits for who reads its log
		}
	}()
	p.ask(b, "/", cookie)
	p.answered = time.Since(start)
	return p
}

func (p *process) ask(b *testing.B, path, cookie string) {
	b.Helper()
	c := dial(b, p.address)
	defer c.conn.Close()
	c.get(b, ask(path, cookie), http.StatusOK, "")
}

func (p *process) stop() {
	if p.cmd.ProcessState == nil {
		_ = p.cmd.Process.Signal(syscall.SIGTERM)
		_ = p.cmd.Wait()
	}
}

// resident is what the process holds of the machine's memory, in bytes.
func (p *process) resident(b *testing.B) int64 {
	b.Helper()
	var kb string
	if runtime.GOOS == "linux" {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
		if err != nil {
			b.Fatal(err)
		}
		_, rest, _ := strings.Cut(string(text), "VmRSS:")
		kb = strings.Fields(rest)[0]
	} else {
		out, err := exec.Command("ps", "-o", "rss=", "-p", strconv.Itoa(p.cmd.Process.Pid)).Output()
		if err != nil {
			b.Fatal(err)
		}
		kb = strings.TrimSpace(string(out))
	}
	n, err := strconv.ParseInt(kb, 10, 64)
	if err != nil {
		b.Fatal(err)
	}
	return n << 10
}

// session gives the cookie of a reader whom the size's database knows, and lets go of the database.
func session(b *testing.B, z size) string {
	b.Helper()
	cookie := newSite(b, embedded(b, z)).cookie
	forget(b, "embedded", z)
	return cookie
}

// starts measures from the program's start to its first page.
func starts(b *testing.B) {
	for _, o := range []struct {
		z    size
		most time.Duration
	}{{small, 100 * time.Millisecond}, {deep, 2 * time.Second}, {large, 2 * time.Second}} {
		cookie := session(b, o.z)
		var took []time.Duration
		for range 5 {
			p := launch(b, o.z, cookie)
			took = append(took, p.answered)
			p.stop()
		}
		report("start to the first page, "+o.z.String(), short(median(took)), "<= "+short(o.most), median(took) <= o.most)
	}
}

// memories measures what the program holds after it has answered some pages and stood idle for a while.
func memories(b *testing.B) {
	for _, o := range []struct {
		z    size
		most int64
	}{{small, 30}, {large, 350}} {
		cookie := session(b, o.z)
		p := launch(b, o.z, cookie)
		for _, path := range pages {
			p.ask(b, path, cookie)
		}
		time.Sleep(5 * time.Second)
		mb := p.resident(b) >> 20
		report("memory, idle after some pages, "+o.z.String(), fmt.Sprintf("%d MB", mb), fmt.Sprintf("<= %d MB", o.most), mb <= o.most)
		p.stop()
	}
}
