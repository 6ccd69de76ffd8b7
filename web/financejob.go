package web

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"sync"
	"time"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/exchange/finance"
)

// The states of a file that somebody is taking in.
const (
	uploadNone    = "none"
	uploadMapping = "mapping" // its columns are to be named
	uploadReading = "reading"
	uploadRefused = "refused" // it has rows that are wrong
	uploadPreview = "preview"
	uploadWriting = "writing"
	uploadDone    = "done"
	uploadFailed  = "failed"
)

// financeDesk has the files that are being taken in, at most one a user. They live in the process: when it ends, what is not
// written whole is not written at all, and the file is sent again.
type financeDesk struct {
	mu   sync.Mutex
	jobs map[portfolio.UserID]*financeJob
}

// financeJob is a file on its way in. What it does takes longer than a request may.
type financeJob struct {
	file *finance.File
	head *finance.Head

	mu       sync.Mutex
	state    string
	mapping  portfolio.Mapping
	rows, of int
	load     *finance.Import
	preview  *finance.Preview
	outcome  *finance.Outcome
	bad      *exchange.FileError
	refused  error // what the domain did not take
	stop     context.CancelFunc
	ended    chan struct{}
}

func (d *financeDesk) of(user portfolio.UserID) *financeJob {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.jobs[user]
}

// put lays a file on the user's place; nil clears it. What lay there is stopped and taken away.
func (d *financeDesk) put(user portfolio.UserID, job *financeJob) error {
	d.mu.Lock()
	old := d.jobs[user]
	if d.jobs == nil {
		d.jobs = map[portfolio.UserID]*financeJob{}
	}
	d.jobs[user] = job
	if job == nil {
		delete(d.jobs, user)
	}
	d.mu.Unlock()
	if old == nil {
		return nil
	}
	return old.end()
}

// end stops what is being done and takes the kept file away. What has been committed stays.
func (j *financeJob) end() error {
	j.mu.Lock()
	stop, ended := j.stop, j.ended
	j.mu.Unlock()
	if stop != nil {
		stop()
		<-ended
	}
	return j.file.Remove()
}

// newFinanceJob keeps a file and finds out what is in it.
func (r *request) newFinanceJob(file io.Reader, name string) (*financeJob, error) {
	kept, err := finance.Keep(file, name, finance.Upload)
	if err != nil {
		return nil, err
	}
	j := &financeJob{file: kept, state: uploadMapping}
	if j.head, j.mapping, err = kept.Look(r.Context(), r.financeMappings()...); err != nil {
		return nil, errors.Join(err, kept.Remove())
	}
	return j, nil
}

// quick is how long a request waits for a small file's work, so that its sender sees the result at once.
const quick = 1500 * time.Millisecond

// start does the work of a state in the background, then goes on to the next. Only one thing is done at a time.
func (j *financeJob) start(log *slog.Logger, state string, work func(ctx context.Context) (string, error)) {
	j.mu.Lock()
	if j.state == uploadReading || j.state == uploadWriting {
		j.mu.Unlock()
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	j.state, j.rows, j.of, j.bad, j.refused, j.stop, j.ended = state, 0, 0, nil, nil, stop, ended
	j.mu.Unlock()
	go func() {
		defer close(ended)
		defer stop()
		next, err := work(ctx)
		j.mu.Lock()
		defer j.mu.Unlock()
		j.state = next
		if errors.As(err, &j.bad) {
			j.state = uploadRefused
			return
		}
		if err != nil {
			j.state, j.refused = uploadFailed, err
			if len(portfolio.AsRefusals(err)) == 0 && !errors.Is(err, context.Canceled) {
				log.Error("finance file", "name", j.file.Name, "err", err)
			}
		}
	}()
	select {
	case <-ended:
	case <-time.After(quick):
	}
}

// progress notes how far the work has come.
func (j *financeJob) progress(_ finance.Stage, rows, of int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.rows, j.of = rows, of
}

// read looks through the whole file under a mapping.
func (j *financeJob) read(s *Server, m portfolio.Mapping) {
	j.start(s.Log, uploadReading, func(ctx context.Context) (string, error) {
		load := &finance.Import{File: j.file, Mapping: m, Store: s.Store, Progress: j.progress}
		head, err := j.file.Under(ctx, m)
		if err != nil {
			return "", err
		}
		preview, err := load.Preview(ctx)
		j.mu.Lock()
		defer j.mu.Unlock()
		j.mapping, j.head = m, head
		if err != nil {
			return "", err
		}
		j.load, j.preview = load, preview
		return uploadPreview, nil
	})
}

// take writes the file that was shown.
func (j *financeJob) take(s *Server, user portfolio.UserID, note string) {
	j.mu.Lock()
	load := j.load
	j.mu.Unlock()
	j.start(s.Log, uploadWriting, func(ctx context.Context) (string, error) {
		out, err := load.Apply(ctx, user, note)
		if err != nil {
			return "", err
		}
		j.mu.Lock()
		defer j.mu.Unlock()
		j.outcome = out
		return uploadDone, nil
	})
}
