package browser

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
)

// Set in the environment of a copy of this test binary that starts the browser,
// prints its profile's folder and then waits to be killed.
const holds = "BROWSER_TEST_HOLDS"

func TestMain(m *testing.M) {
	if os.Getenv(holds) != "" {
		b, err := launch()
		if err != nil {
			panic(err)
		}
		os.Stdout.WriteString(profile(b) + "\n")
		select {}
	}
	os.Exit(m.Run())
}

// profile asks the browser where its profile is.
func profile(b *Browser) string {
	line, err := chromedp.CallBrowser(b.ctx, browser.GetBrowserCommandLine, struct{}{})
	if err != nil {
		panic(err)
	}
	for _, arg := range line.Arguments {
		if dir, ok := strings.CutPrefix(arg, "--user-data-dir="); ok {
			return dir
		}
	}
	panic("the browser runs on no profile of ours")
}

func TestBrowser(t *testing.T) {
	t.Run("a missing browser is an error that names the package", func(t *testing.T) {
		_, err := find([]string{"no-such-browser"})
		if err == nil || !strings.Contains(err.Error(), "apt-get install chromium") {
			t.Errorf("got %v", err)
		}
	})

	t.Run("tests share one browser", func(t *testing.T) {
		if first, second := Start(t), Start(t); first != second {
			t.Error("two browsers")
		}
	})

	t.Run("killing the test binary ends the browser and removes its profile", func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), timeout)
		defer cancel()
		cmd := exec.CommandContext(ctx, os.Args[0])
		cmd.Env = append(os.Environ(), holds+"=1")
		var stderr strings.Builder
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
			t.Fatalf("%v\n%s", err, stderr.String())
		}
		dir := strings.TrimSpace(line)
		if _, err := os.Stat(dir); err != nil {
			t.Fatal(err)
		}
		cmd.Process.Kill()
		cmd.Wait() // its status is the kill
		for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
			if _, err := os.Stat(dir); os.IsNotExist(err) {
				return
			}
			if time.Now().After(deadline) {
				t.Fatalf("%s is still there", dir)
			}
		}
	})
}
