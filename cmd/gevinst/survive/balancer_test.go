package survive

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// balancer sends requests to the programs that say that they are ready, in turn. It never sends one twice.
type balancer struct {
	*httptest.Server
	mu     sync.Mutex
	behind []*backend
	next   int
}

type backend struct {
	*program
	proxy *httputil.ReverseProxy
	ready atomic.Bool
	// away and back are when it last said that it is not ready, and that it is again.
	away, back atomic.Pointer[time.Time]
}

// balance starts a balancer.
func balance(t *testing.T, programs ...*program) *balancer {
	t.Helper()
	b := &balancer{}
	for _, p := range programs {
		b.add(t, p)
	}
	b.Server = httptest.NewServer(b)
	t.Cleanup(b.Close)
	return b
}

// add puts a program behind the balancer, which looks after its /readyz every few milliseconds until the test ends.
func (b *balancer) add(t *testing.T, p *program) {
	t.Helper()
	to, err := url.Parse(p.base)
	if err != nil {
		t.Fatal(err)
	}
	e := &backend{program: p, proxy: httputil.NewSingleHostReverseProxy(to)}
	e.proxy.ErrorLog = log.New(io.Discard, "", 0) // an error is an answer: 502
	e.proxy.Transport = &http.Transport{DisableKeepAlives: true, DialContext: (&net.Dialer{Timeout: time.Second}).DialContext}
	e.look()
	b.mu.Lock()
	b.behind = append(b.behind, e)
	b.mu.Unlock()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	go func() {
		for ctx.Err() == nil {
			e.look()
			time.Sleep(20 * time.Millisecond)
		}
	}()
}

// choose gives the next program that is ready, nil if none is.
func (b *balancer) choose() *backend {
	b.mu.Lock()
	defer b.mu.Unlock()
	for range b.behind {
		b.next++
		if e := b.behind[b.next%len(b.behind)]; e.ready.Load() {
			return e
		}
	}
	return nil
}

func (e *backend) look() {
	ready, now := e.ask("/readyz") == http.StatusOK, time.Now()
	if was := e.ready.Swap(ready); was && !ready {
		e.away.Store(&now)
	} else if !was && ready {
		e.back.Store(&now)
	}
}

// ServeHTTP passes a request on, or says that nobody is there.
func (b *balancer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	e := b.choose()
	if e == nil {
		http.Error(w, "nobody is ready", http.StatusServiceUnavailable)
		return
	}
	e.proxy.ServeHTTP(w, r)
}
