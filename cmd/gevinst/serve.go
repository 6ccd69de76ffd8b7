package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os/signal"
	"syscall"
	"time"

	"gevinst/portfolio/store"
	"gevinst/web"
)

// listening is where the program answers, and how it stops.
type listening struct {
	Addr        string        `help:"Address to listen on." default:"127.0.0.1:8080"`
	MetricsAddr string        `help:"Address to answer /metrics on, for Prometheus. It asks nobody who they are, so keep it inside. Default: none."`
	Leave       time.Duration `help:"How long to go on answering once told to stop, while /readyz says no, so that a balancer looks elsewhere first." default:"1s"`
	UserLimit   int           `help:"How many requests one user may make in a minute, in all browsers." default:"3000"`
}

type serveCmd struct {
	listening
	Secure bool `help:"Send cookies over HTTPS alone: for a server behind TLS."`
	access
	signingOn
	mailing
}

// Run serves until it is told to stop.
func (cmd *serveCmd) Run(ctx context.Context, p *place, out *console) error {
	log := newLog(out.stderr)
	o := web.Options{Log: log, Secure: cmd.Secure}
	if err := cmd.apply(&o); err != nil {
		return err
	}
	var err error
	if o.SignOn, err = cmd.settings(cmd.PublicURL); err != nil {
		return err
	}
	if o.Mail, err = cmd.server(cmd.PublicURL); err != nil {
		return err
	}
	c := &clock{today: p.Today}
	return p.serve(ctx, c, cmd.listening, o, func(ctx context.Context, s *store.Store, address string) error {
		reminders, err := cmd.mailer(s, cmd.PublicURL, c.now, log)
		if err != nil {
			return err
		}
		if reminders != nil {
			go reminders.Run(ctx)
		}
		log.Info("listening", "address", address)
		return nil
	})
}

func newLog(w io.Writer) *slog.Logger { return slog.New(slog.NewJSONHandler(w, nil)) }

// drain is how long requests under way may take once the program is told to stop.
const drain = 15 * time.Second

// serve opens the place and answers requests until the context ends or a signal tells it to stop. ready is called once it
// listens and before it answers.
func (p *place) serve(ctx context.Context, c *clock, at listening, o web.Options, ready func(context.Context, *store.Store, string) error) (err error) {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", at.Addr)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w", at.Addr, err)
	}
	defer listener.Close() //nolint:errcheck // the server closes it; this is for what fails before
	if at.UserLimit <= 0 {
		return usage("--user-limit must be more than nothing")
	}
	o.Version, o.MostByUser = buildID(), at.UserLimit
	if o.Store, err = p.open(ctx, c); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.Store.Close()) }()
	if err := o.Store.Writable(ctx); err != nil {
		return err
	}
	handler, err := web.New(o)
	if err != nil {
		return err
	}
	if err := ready(ctx, o.Store, "http://"+listener.Addr().String()); err != nil {
		return err
	}
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, WriteTimeout: 2 * time.Minute,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(o.Log.Handler(), slog.LevelWarn),
	}
	if at.MetricsAddr != "" {
		stopMetrics, err := serveMetrics(ctx, at.MetricsAddr, handler.Metrics(), o.Log)
		if err != nil {
			return err
		}
		defer stopMetrics()
	}
	go sealDaily(ctx, o.Store, o.Log)
	go purgeDaily(ctx, o.Store, o.Log, handler.KeepEnded)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	stop() // a second signal ends it at once
	o.Log.Info("stopping")
	handler.Leave()
	time.Sleep(at.Leave)
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer cancel()
	if err := server.Shutdown(late); err != nil {
		return fmt.Errorf("stop: %w", err)
	}
	o.Log.Info("stopped")
	return nil
}

// serveMetrics answers /metrics on an address of its own, until it is told to stop: at once, for whoever watches asks again.
func serveMetrics(ctx context.Context, addr string, handler http.Handler, log *slog.Logger) (stop func(), err error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("cannot listen on %s for /metrics: %w", addr, err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", handler)
	server := &http.Server{
		Handler: mux, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Error("metrics are no longer served", "error", err)
		}
	}()
	log.InfoContext(ctx, "metrics", "address", "http://"+listener.Addr().String()+"/metrics")
	return func() { _ = server.Close() }, nil
}

// sealDaily writes the log's length and last hash into the program's own log, at the start and once a day: a log of events
// that is cut off or written anew later no longer agrees with it.
func sealDaily(ctx context.Context, s *store.Store, log *slog.Logger) {
	day := time.NewTicker(24 * time.Hour)
	defer day.Stop()
	for {
		if err := seal(ctx, s, log); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "the log's head could not be read", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-day.C:
		}
	}
}

func seal(ctx context.Context, s *store.Store, log *slog.Logger) error {
	now, err := s.Snapshot(ctx)
	if err != nil {
		return err
	}
	head, err := s.Head(ctx, now)
	if err != nil {
		return err
	}
	log.InfoContext(ctx, "head", "events", now.Seq, "hash", head)
	return nil
}
