package web

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/exchange/finance"
	"gevinst/portfolio/store"
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

// A run tells every beat how far it has come, and learns whether it is still wanted; one that was not heard of for so long has ended
// with its program. An embedded database takes no word from a run while that is writing.
const (
	beat      = time.Second
	lostAfter = 2 * time.Minute
)

// financeJob is a file on its way in as the database has it: any program goes on with it.
type financeJob struct {
	*store.Upload
	told uploadTold
	// lost tells that the program that worked on it has ended.
	lost bool
}

// uploadTold is what a file's page shows.
type uploadTold struct {
	Encoding string
	Head     *finance.Head
	Mapping  portfolio.Mapping
	// Rows have been read or written, of so many; 0 where that is not known.
	Rows, Of int
	// Preview has no warnings, and the first of the accounts that it would make; MoreAccounts counts the others.
	Preview      *finance.Preview
	MoreAccounts int
	// Errors and Warnings are in the words of each language, by its code.
	Errors, Warnings map[string][]string
}

// financeJob is the reader's file, nil for none.
func (r *request) financeJob() (*financeJob, error) {
	now := r.s.Clock()
	u, err := r.s.Store.Upload(r.Context(), r.user.ID, now)
	if u == nil || err != nil {
		return nil, err
	}
	j := &financeJob{Upload: u, lost: u.Worker != "" && now.Sub(u.Seen.Time()) > lostAfter}
	if err := json.Unmarshal([]byte(u.Told), &j.told); err != nil {
		return nil, fmt.Errorf("read what is told of an upload: %w", err)
	}
	if rows, of, here := r.s.finance.progress(u.Worker); here {
		j.told.Rows, j.told.Of, u.Seen = rows, of, portfolio.InstantOf(now)
	}
	if j.lost {
		j.State, j.told.Errors = uploadFailed, r.s.inWords(func(r *request) []string { return []string{r.say("finance.lost")} })
	}
	return j, nil
}

// inWords says something in every language, by its code.
func (s *Server) inWords(say func(*request) []string) map[string][]string {
	words := map[string][]string{}
	for code, l := range s.languages {
		words[code] = say(&request{s: s, lang: l})
	}
	return words
}

// keepFinanceFile keeps a file in the place of the one that the reader had, once it is known what is in it.
func (r *request) keepFinanceFile(sent io.Reader, name string) (err error) {
	file, err := finance.Keep(sent, name, finance.Upload)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Remove()) }()
	told := uploadTold{Encoding: file.Encoding.String()}
	if err := r.lookAt(file, &told); err != nil {
		return err
	}
	text, err := json.Marshal(told)
	if err != nil {
		return fmt.Errorf("tell of an upload: %w", err)
	}
	content, err := file.Open()
	if err != nil {
		return err
	}
	defer content.Close() //nolint:errcheck // it was only read
	now := r.s.Clock()
	_, err = r.s.Store.KeepUpload(r.Context(), store.Upload{
		User: r.user.ID, Name: name, State: uploadMapping, Told: string(text), Sent: portfolio.InstantOf(now), Expires: portfolio.InstantOf(now.Add(r.s.KeepUploads)),
	}, content)
	return err
}

// lookAt finds out what is in a file, when it is its turn: one is unpacked at a time, and for no longer than any may be read.
func (r *request) lookAt(file *finance.File, told *uploadTold) error {
	end, err := r.s.looks.take(r.Context(), r.user.ID)
	if err != nil {
		return err
	}
	defer end()
	return r.withinTime(func(ctx context.Context) (err error) {
		told.Head, told.Mapping, err = file.Look(ctx, r.financeMappings()...)
		return err
	})
}

// financeDesk has the runs of this program, by their workers' names.
type financeDesk struct {
	mu   sync.Mutex
	runs map[string]*financeRun
}

// financeRun is work on a file that takes longer than a request may.
type financeRun struct {
	stop  context.CancelFunc
	ended chan struct{}

	mu       sync.Mutex
	rows, of int
}

func (d *financeDesk) begin(worker string, run *financeRun) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.runs == nil {
		d.runs = map[string]*financeRun{}
	}
	d.runs[worker] = run
}

func (d *financeDesk) forget(worker string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.runs, worker)
}

// progress tells how far a run of this program has come; here is false for another's.
func (d *financeDesk) progress(worker string) (rows, of int, here bool) {
	d.mu.Lock()
	run := d.runs[worker]
	d.mu.Unlock()
	if run == nil {
		return 0, 0, false
	}
	run.mu.Lock()
	defer run.mu.Unlock()
	return run.rows, run.of, true
}

// end breaks a run of this program off, and waits for it. Another program's learns at its next beat that its file is gone.
func (d *financeDesk) end(worker string) {
	d.mu.Lock()
	run := d.runs[worker]
	d.mu.Unlock()
	if run != nil {
		run.stop()
		<-run.ended
	}
}

func (run *financeRun) progress(_ finance.Stage, rows, of int) {
	run.mu.Lock()
	defer run.mu.Unlock()
	run.rows, run.of = rows, of
}

// quick is how long a request waits for a small file's work, so that its sender sees the result at once.
const quick = 1500 * time.Millisecond

// work is what a run does with the file: it changes what is told, and gives the next state.
type work func(ctx context.Context, file *finance.File, run *financeRun, told *uploadTold) (string, error)

// workOn does something in the background with a file that nobody works on.
func (s *Server) workOn(ctx context.Context, j *financeJob, state string, do work) error {
	worker, now := rand.Text(), s.Clock()
	took, err := s.Store.TakeUpload(ctx, j.Upload, state, worker, now, now.Add(-lostAfter))
	if err != nil || !took { // who came first works on it, and the page shows that
		return err
	}
	inside, stop := context.WithCancel(context.Background())
	run := &financeRun{stop: stop, ended: make(chan struct{})}
	s.finance.begin(worker, run)
	u := *j.Upload
	u.State, u.Worker = state, worker
	go func() {
		defer close(run.ended)
		defer s.finance.forget(worker)
		defer stop()
		go s.beats(inside, u, j.told, run)
		if err := s.conclude(inside, u, j.told, run, do); err != nil {
			s.Log.Error("finance file", "name", u.Name, "err", err)
		}
	}()
	select {
	case <-run.ended:
	case <-time.After(quick):
	}
	return nil
}

// beats tells now and then how far a run has come, and breaks it off once its file is gone.
func (s *Server) beats(ctx context.Context, u store.Upload, told uploadTold, run *financeRun) {
	again := time.NewTicker(beat)
	defer again.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
		run.mu.Lock()
		told.Rows, told.Of = run.rows, run.of
		run.mu.Unlock()
		there, err := s.tell(ctx, u, told, u.Worker)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			s.Log.WarnContext(ctx, "how far a finance file has come could not be told", "err", err)
		case !there:
			run.stop()
			return
		}
	}
}

// tell records a file's state and what its page shows.
func (s *Server) tell(ctx context.Context, u store.Upload, told uploadTold, worker string) (bool, error) {
	text, err := json.Marshal(told)
	if err != nil {
		return false, fmt.Errorf("tell of an upload: %w", err)
	}
	u.Told, u.Seen = string(text), portfolio.InstantOf(s.Clock())
	return s.Store.TellUpload(ctx, &u, worker)
}

// conclude does a run's work and records what came of it. What went wrong by the file's or the domain's rules is told on the page;
// what should not happen is given too.
func (s *Server) conclude(ctx context.Context, u store.Upload, told uploadTold, run *financeRun, do work) error {
	told.Errors, told.Rows, told.Of = nil, 0, 0
	next, err := s.withFile(ctx, &u, func(file *finance.File) (string, error) { return do(ctx, file, run, &told) })
	var bad *exchange.FileError
	switch {
	case errors.As(err, &bad):
		next, err = uploadRefused, nil
		told.Errors = s.inWords(func(r *request) []string { return bad.Say(r.lang.Say) })
	case err != nil:
		next, told.Errors = uploadFailed, s.inWords(func(r *request) []string { return r.refusedWords(err) })
		if len(portfolio.AsRefusals(err)) > 0 || errors.Is(err, context.Canceled) {
			err = nil
		}
	}
	worker := u.Worker
	u.State, u.Worker = next, ""
	_, terr := s.tell(context.WithoutCancel(ctx), u, told, worker)
	if next == uploadDone {
		terr = errors.Join(terr, s.Store.EmptyUpload(context.WithoutCancel(ctx), u.ID))
	}
	return errors.Join(err, terr)
}

// withFile has the file on this program's disk while it is worked on.
func (s *Server) withFile(ctx context.Context, u *store.Upload, do func(*finance.File) (string, error)) (next string, err error) {
	content := s.Store.UploadContent(ctx, u.ID)
	defer content.Close() //nolint:errcheck // it was only read
	file, err := finance.Keep(content, u.Name, finance.Upload)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, file.Remove()) }()
	return do(file)
}

// readFinanceFile looks through the whole file under a mapping.
func (s *Server) readFinanceFile(ctx context.Context, j *financeJob, m portfolio.Mapping) error {
	return s.workOn(ctx, j, uploadReading, func(ctx context.Context, file *finance.File, run *financeRun, told *uploadTold) (string, error) {
		head, err := file.Under(ctx, m)
		if err != nil {
			return "", err
		}
		load := &finance.Import{File: file, Mapping: m, Store: s.Store, Progress: run.progress}
		preview, err := load.Preview(ctx)
		told.Mapping, told.Head, told.Preview = m, head, nil
		if err != nil {
			return "", err
		}
		told.shows(s, preview)
		return uploadPreview, nil
	})
}

// takeFinanceFile writes the file that was shown.
func (s *Server) takeFinanceFile(ctx context.Context, j *financeJob, note string) error {
	return s.workOn(ctx, j, uploadWriting, func(ctx context.Context, file *finance.File, run *financeRun, told *uploadTold) (string, error) {
		load := &finance.Import{File: file, Mapping: told.Mapping, Store: s.Store, Progress: run.progress}
		if _, err := load.Preview(ctx); err != nil {
			return "", err
		}
		out, err := load.Apply(ctx, j.User, note)
		if err != nil {
			return "", err
		}
		told.shows(s, out.Preview)
		return uploadDone, nil
	})
}

// shows takes over what a file would bring, or did.
func (t *uploadTold) shows(s *Server, p *finance.Preview) {
	short := *p
	short.Accounts = p.Accounts[:min(len(p.Accounts), maxAccountsNamed)]
	t.MoreAccounts = len(p.Accounts) - len(short.Accounts)
	t.Warnings = s.inWords(func(r *request) (list []string) {
		for _, w := range p.Warnings {
			list = append(list, w.Say(r.lang.Say))
		}
		if p.MoreWarnings > 0 {
			list = append(list, r.say("finance.more_warnings", p.MoreWarnings))
		}
		return list
	})
	short.Warnings, short.MoreWarnings = nil, 0
	t.Preview = &short
}
