package web

import (
	"context"
	"runtime"
	"sync"
	"time"

	"gevinst/portfolio"
)

// turns bound how much of what takes memory or a processor goes on at a time: in all, and for one user, so that nobody has them
// all. The others wait for theirs.
type turns struct {
	all  chan struct{}
	each int

	mu   sync.Mutex
	owns map[portfolio.UserID]chan struct{}
}

// What goes on at a time: requests with a file, each of which is held in memory; selections that are searched for, so that one who
// asks for many leaves the others a processor; and files of the finance system that are looked at.
const (
	mostUploads, mostUploadsEach = 4, 2
	mostSearchesEach             = 1
	mostLooks                    = 1
)

func mostSearches() int { return max(2, runtime.GOMAXPROCS(0)-1) }

// longestQueue is how long one waits for a turn.
const longestQueue = 10 * time.Second

// errBusy refuses who has waited for his turn in vain.
var errBusy = &portfolio.Error{Kind: portfolio.Invalid, Code: "error.busy"}

func newTurns(all, each int) *turns {
	return &turns{all: make(chan struct{}, all), each: each, owns: map[portfolio.UserID]chan struct{}{}}
}

// take waits for a turn, and gives what ends it.
func (t *turns) take(ctx context.Context, user portfolio.UserID) (end func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, longestQueue)
	defer cancel()
	own := t.own(user)
	select {
	case own <- struct{}{}:
	case <-ctx.Done():
		return nil, errBusy
	}
	select {
	case t.all <- struct{}{}:
		return func() { <-t.all; <-own }, nil
	case <-ctx.Done():
		<-own
		return nil, errBusy
	}
}

func (t *turns) own(user portfolio.UserID) chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.owns[user] == nil {
		t.owns[user] = make(chan struct{}, t.each)
	}
	return t.owns[user]
}
