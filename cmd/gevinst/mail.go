package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"gevinst/portfolio/store"
	"gevinst/web/digest"
	"gevinst/web/locale"
)

// mailing is the mail server that reminders are handed to. The password stands in GEVINST_SMTP_PASSWORD or in a file: on a
// command line everybody on the machine could read it.
type mailing struct {
	SMTPAddr         string `name:"smtp-addr" help:"Mail server for reminders, as host:port. Default: none, and none are sent." placeholder:"HOST:PORT"`
	SMTPFrom         string `name:"smtp-from" help:"Sender of the reminders." placeholder:"EMAIL"`
	SMTPUser         string `name:"smtp-user" help:"User at the mail server; the password is GEVINST_SMTP_PASSWORD or --smtp-password-file." placeholder:"NAME"`
	SMTPPasswordFile string `name:"smtp-password-file" help:"File that holds the password." placeholder:"FILE"`
	SMTPSecurity     string `name:"smtp-security" help:"starttls, tls from the first byte, or none for a server next door." enum:"starttls,tls,none" default:"starttls"`
}

// server gives the mail server, nil where none is named.
func (m *mailing) server(public string) (*digest.SMTP, error) {
	if m.SMTPAddr == "" {
		return nil, nil
	}
	if m.SMTPFrom == "" || public == "" {
		return nil, usage("reminders need --smtp-from and --public-url too")
	}
	password := os.Getenv("GEVINST_SMTP_PASSWORD")
	if m.SMTPPasswordFile != "" {
		text, err := os.ReadFile(m.SMTPPasswordFile)
		if err != nil {
			return nil, fmt.Errorf("read the mail server's password: %w", err)
		}
		password = strings.TrimSpace(string(text))
	}
	return &digest.SMTP{Addr: m.SMTPAddr, From: m.SMTPFrom, User: m.SMTPUser, Password: password, Security: digest.Security(m.SMTPSecurity)}, nil
}

// writer writes reminders: in Danish, for whoever reads them.
func writer(s *store.Store, public string) (digest.Writer, error) {
	languages, err := locale.Load()
	if err != nil {
		return digest.Writer{}, err
	}
	return digest.Writer{Store: s, Language: languages["da"], Public: strings.TrimRight(public, "/")}, nil
}

// mailer gives what sends the reminders, nil where no mail server is named.
func (m *mailing) mailer(s *store.Store, public string, clock func() time.Time, log *slog.Logger) (*digest.Mailer, error) {
	server, err := m.server(public)
	if err != nil || server == nil {
		return nil, err
	}
	w, err := writer(s, public)
	return &digest.Mailer{Writer: w, SMTP: server, Log: log, Clock: clock}, err
}

type digestCmd struct {
	mailing
	PublicURL string `help:"Where people reach the program, for the links." placeholder:"URL"`
	DryRun    bool   `help:"Print what would be sent, and send nothing."`
}

// Run sends today's reminders to those who want them and have not got them, or prints them.
func (cmd *digestCmd) Run(ctx context.Context, p *place, out *console) error {
	c := &clock{today: p.Today}
	return p.with(ctx, func(s *store.Store) error {
		if cmd.DryRun {
			return cmd.print(ctx, s, c, out)
		}
		m, err := cmd.mailer(s, cmd.PublicURL, c.now, newLog(out.stderr))
		if err != nil {
			return err
		}
		if m == nil {
			return usage("name the mail server: --smtp-addr HOST:PORT")
		}
		sent, err := m.Round(ctx)
		out.print("%s", out.lang.Count("digest.sent", sent))
		return err
	})
}

func (cmd *digestCmd) print(ctx context.Context, s *store.Store, c *clock, out *console) error {
	now, err := s.Snapshot(ctx)
	if err != nil {
		return err
	}
	w, err := writer(s, cmd.PublicURL)
	if err != nil {
		return err
	}
	written := 0
	for _, u := range digest.Readers(now, c.now().In(store.Copenhagen).Weekday()) {
		letter, ok, err := w.Write(ctx, now, u)
		if err != nil {
			return err
		}
		if ok {
			written++
			out.print("To: %s\nSubject: %s\n\n%s", letter.To, letter.Subject, letter.Text)
		}
	}
	if written == 0 {
		out.print("%s", out.lang.Say("digest.none"))
	}
	return nil
}
