package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"github.com/go-chi/chi/v5/middleware"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
	"gevinst/web/digest"
)

// What came of an act upon an account, as the log has it.
const (
	actDone    = "done"
	actRefused = "refused"
	actWaits   = "waits"
	actFailed  = "failed"
)

// tellAct writes one line of an act upon an account: who did what to whose, and what came of it. Numbers alone: no name, and nothing
// that was typed. The request's own line has its time and its address.
func (s *Server) tellAct(r *request, act, came string, err error) {
	if act == "" {
		return
	}
	line := []any{"act", act, "came", came, "request_id", middleware.GetReqID(r.Context())}
	if refused := portfolio.AsRefusals(err); len(refused) > 0 {
		line = append(line, "code", refused[0].Code)
	}
	subject := r.upon
	if r.user != nil {
		line = append(line, "user", int64(r.user.ID))
		if subject == 0 {
			subject = r.user.ID
		}
	}
	if subject != 0 {
		line = append(line, "subject", int64(subject))
	}
	level := slog.LevelInfo
	if came != actDone {
		level = slog.LevelWarn
	}
	s.Log.Log(r.Context(), level, "security", line...)
}

// cameOf names what came of an act.
func cameOf(err error) string {
	switch {
	case err == nil:
		return actDone
	case portfolio.AsRefusals(err) != nil:
		return actRefused
	}
	return actFailed
}

// resetShown is for how many days a person is told that somebody else reset the account.
const resetShown = 14

// wasReset tells a person that somebody else lately took away what opened the account; "" where nobody did.
func (r *request) wasReset() string {
	reset := r.user.Reset
	if r.asOf != 0 || reset == nil || reset.By == r.user.ID || store.DayOf(reset.At).AddDays(resetShown) < r.p.Today {
		return ""
	}
	return r.say("users.was_reset", r.name(reset.By), r.lang.Style.Date(store.DayOf(reset.At)))
}

// mailLasts bounds how long the mail server may take over a mail of this kind.
const mailLasts = time.Minute

// mailChanged tells a person by mail what somebody else did to the account, where there is a mail server: at the address that stood
// before. Nobody waits for it.
func (s *Server) mailChanged(r *request, to portfolio.Person, verb portfolio.Verb) {
	if s.Mail == nil || to.Email == "" || to.User == r.user.ID {
		return
	}
	da := s.languages["da"] // as the reminders are
	public, host := strings.TrimSuffix(s.PublicURL, "/"), "gevinst"
	if at, err := url.Parse(public); err == nil && at.Hostname() != "" {
		host = at.Hostname()
	}
	letter := digest.Letter{
		User: to.User, To: to.Email, Subject: da.Say("users.mail_subject"),
		Text: da.Say("users.mail_text", to.Name, r.name(r.user.ID), da.Say("event."+string(verb), to.Name), public+"/account"),
	}
	id := fmt.Sprintf("account-%d-%s@%s", to.User, middleware.GetReqID(r.Context()), host)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), mailLasts)
	go func() {
		defer cancel()
		if err := s.Mail.Send(ctx, letter, id); err != nil {
			s.Log.ErrorContext(ctx, "a person could not be told by mail that the account was changed", "user", int64(to.User), "error", err)
		}
	}()
}
