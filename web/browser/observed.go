package browser

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
)

// Request is one request of a page. A redirect is a request of its own.
type Request struct {
	URL string
	// Status is 0 while there is no answer and if the request failed or was blocked.
	Status int
	// EncodedBytes is what went over the wire, headers included; 0 from the cache.
	EncodedBytes int64
}

// observed collects what the browser tells about a page.
type observed struct {
	mu         sync.Mutex
	errors     []string
	requests   []*Request
	open       map[network.RequestID]*Request
	main       cdp.FrameID
	navigating bool
}

// event is called in the order of the browser's messages.
func (o *observed) event(event any) {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeAssert {
			o.errors = append(o.errors, "console: "+arguments(e.Args))
		}
	case *runtime.EventExceptionThrown:
		o.errors = append(o.errors, "exception: "+exception(e.ExceptionDetails))
	case *log.EventEntryAdded: // violations of the content security policy among them
		if e.Entry.Level == log.EntryLevelError {
			o.errors = append(o.errors, strings.TrimSpace(fmt.Sprintf("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL)))
		}
	case *page.EventFrameNavigated:
		if e.Frame.ParentID == "" {
			o.main = e.Frame.ID
		}
	case *page.EventFrameRequestedNavigation:
		if e.FrameID == o.main && e.Disposition == page.ClientNavigationDispositionCurrentTab {
			o.navigating = true
		}
	case *page.EventNavigatedWithinDocument:
		if e.FrameID == o.main {
			o.navigating = false
		}
	case *page.EventFrameStoppedLoading: // also after a download or an empty answer
		if e.FrameID == o.main {
			o.navigating = false
		}
	default:
		o.request(event)
	}
}

func (o *observed) request(event any) {
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if e.RedirectResponse != nil {
			o.answer(e.RequestID, e.RedirectResponse)
			o.finish(e.RequestID, e.RedirectResponse.EncodedDataLength)
		}
		if strings.HasPrefix(e.Request.URL, "data:") {
			return // it is part of the page
		}
		r := &Request{URL: e.Request.URL}
		o.requests = append(o.requests, r)
		if o.open == nil {
			o.open = map[network.RequestID]*Request{}
		}
		o.open[e.RequestID] = r
	case *network.EventResponseReceived:
		o.answer(e.RequestID, e.Response)
	case *network.EventLoadingFinished:
		o.finish(e.RequestID, e.EncodedDataLength)
	}
}

func (o *observed) answer(id network.RequestID, response *network.Response) {
	if r := o.open[id]; r != nil {
		r.Status = int(response.Status)
	}
}

func (o *observed) finish(id network.RequestID, bytes float64) {
	if r := o.open[id]; r != nil {
		r.EncodedBytes = int64(bytes)
	}
}

func (o *observed) forgetRequests() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.requests, o.open = nil, nil
}

func (o *observed) isNavigating() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.navigating
}

// ConsoleErrors is everything the page complained of since it was opened: calls
// of console.error, uncaught exceptions, violations of the content security
// policy, and resources that did not load.
func (p *Page) ConsoleErrors() []string {
	p.pause()
	p.seen.mu.Lock()
	defer p.seen.mu.Unlock()
	return slices.Clone(p.seen.errors)
}

// Requests is what the page asked for since the last Goto, in order, the icon
// that the browser looks for among it, without data URLs.
func (p *Page) Requests() []Request {
	p.pause()
	p.seen.mu.Lock()
	defer p.seen.mu.Unlock()
	var all []Request
	for _, r := range p.seen.requests {
		all = append(all, *r)
	}
	return all
}

func arguments(args []*runtime.RemoteObject) string {
	var texts []string
	for _, a := range args {
		if a.Description != "" {
			texts = append(texts, a.Description)
		} else {
			texts = append(texts, string(a.Value))
		}
	}
	return strings.Join(texts, " ")
}

func exception(d *runtime.ExceptionDetails) string {
	text := d.Text
	if d.Exception != nil {
		text += " " + d.Exception.Description
	}
	return fmt.Sprintf("%s %s:%d", text, d.URL, d.LineNumber+1)
}
