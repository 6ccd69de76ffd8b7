// Package browser drives a real Chromium in tests.
//
// All tests of a test binary share one headless browser, and each page has a
// context of its own: no cookies, cache or storage in common. What goes wrong
// fails the test at once, with the selector and the page's URL.
package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// timeout bounds every action. It is long because tests of several packages
// share the machine; a passing action never waits for it.
const timeout = 30 * time.Second

var errNotInstalled = errors.New("this test needs Chromium, which is not installed: " +
	"apt-get install chromium (Debian, Ubuntu: chromium-browser) or brew install --cask chromium (macOS)")

// programs are tried in order: names on PATH, then where macOS installs.
var programs = []string{
	"chromium",
	"chromium-browser",
	"google-chrome",
	"google-chrome-stable",
	"/Applications/Chromium.app/Contents/MacOS/Chromium",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
}

// Browser is a running Chromium.
type Browser struct {
	ctx context.Context
}

var shared = sync.OnceValues(launch)

// Start returns the test binary's browser, which the first call starts and
// which ends with the process. A missing one fails the test and names the
// package to install.
func Start(tb testing.TB) *Browser {
	tb.Helper()
	b, err := shared()
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

func launch() (*Browser, error) {
	program, err := find(programs)
	if err != nil {
		return nil, err
	}
	profile, err := os.MkdirTemp("", "gevinst-chromium-")
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program),
		chromedp.UserDataDir(profile),
		chromedp.DisableGPU,
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-quic", true),
		// A page from that cache tells of no load, which going back waits for.
		chromedp.Flag("disable-back-forward-cache", true),
		chromedp.Flag("no-sandbox", os.Geteuid() == 0), // Chromium's sandbox refuses root
		chromedp.ModifyCmdFunc(func(cmd *exec.Cmd) { supervise(cmd, profile) }),
	)
	allocator, _ := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	if err := open(ctx, cancel); err != nil {
		return nil, fmt.Errorf("starting %s: %w", program, err)
	}
	return &Browser{ctx: ctx}, nil
}

// open opens the context's tab. The first use of a context must not carry a
// deadline of its own, since the tab would end with it.
func open(ctx context.Context, cancel context.CancelFunc, steps ...chromedp.Action[chromedp.Void]) error {
	watchdog := time.AfterFunc(timeout, cancel)
	defer watchdog.Stop()
	return chromedp.Do(ctx, steps...)
}

func find(programs []string) (string, error) {
	for _, name := range programs {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errNotInstalled
}

// supervise puts a shell between us and the browser, which removes the profile
// once the browser has ended. The browser ends when its pipes to us close (file
// descriptors 3 and 4), so with the test process, also when that is killed.
func supervise(cmd *exec.Cmd, profile string) {
	const script = `
profile=$1; shift
"$@" &
exec 3<&- 4>&-
wait $!
rm -rf "$profile" || { sleep 1; rm -rf "$profile"; }
`
	cmd.Args = append([]string{"/bin/sh", "-c", script, "supervise", profile, cmd.Path}, cmd.Args[1:]...)
	cmd.Path = "/bin/sh"
	// An interrupt from the terminal reaches the test alone.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}
