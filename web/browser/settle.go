package browser

import (
	"context"
	"time"

	"github.com/chromedp/chromedp"
)

// pause lets the page run the tasks that the last action queued: a form is sent
// by such a task, and what a page reports is told by one. Its answer comes after
// the events those tasks cause. A navigation may end the page before it answers,
// which is no error.
func (p *Page) pause() {
	ctx, cancel := context.WithTimeout(p.ctx, 2*time.Second)
	defer cancel()
	chromedp.Run(ctx, chromedp.Evaluate[chromedp.Void]( // see above
		`new Promise(done => setTimeout(() => setTimeout(done, 10), 10))`, chromedp.EvalAwaitPromise))
}

// settle waits until a navigation that the last action started, if any, has
// loaded its page.
func (p *Page) settle(what string) {
	p.tb.Helper()
	p.pause()
	deadline := time.Now().Add(p.patience)
	for p.seen.isNavigating() {
		if time.Now().After(deadline) {
			p.tb.Fatalf("%s on %s: the page that follows did not load within %s", what, p.here(), p.patience)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// here is the page's address for a message, also if the page does not answer.
func (p *Page) here() string {
	ctx, cancel := context.WithTimeout(p.ctx, 2*time.Second)
	defer cancel()
	url, err := chromedp.Run(ctx, chromedp.Location())
	if err != nil {
		return p.last
	}
	return url
}
