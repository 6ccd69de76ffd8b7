package web

import (
	"net/http"
	"time"
)

// statementRoutes are the two pages that anyone may read, signed in or not.
func (s *Server) statementRoutes() []route {
	return []route{
		{method: http.MethodGet, pattern: "/accessibility", page: s.accessibility, view: statementView{}},
		{method: http.MethodGet, pattern: "/privacy", page: s.privacy, view: statementView{}},
	}
}

// statementView is a statement as a program reads it; the sections' words are the page's.
type statementView struct {
	Title    string             `json:"title"`
	Sections []statementSection `json:"sections"`
}

type statementSection struct {
	Heading string   `json:"heading"`
	Text    []string `json:"text"`
}

// section begins a section of a statement: a heading and what stands under it.
func (r *request) section(heading string, text ...string) statementSection {
	s := statementSection{Heading: r.say(heading)}
	for _, key := range text {
		s.Text = append(s.Text, r.say(key))
	}
	return s
}

// accessibility says what has been tested, with what, and what is known not to work.
func (s *Server) accessibility(r *request) (*page, error) {
	return r.statement("frame.accessibility",
		r.section("statements.a.status", "statements.a.status_text", "statements.a.formal"),
		r.section("statements.a.tested", "statements.a.tested_engine", "statements.a.tested_by_hand"),
		r.section("statements.a.limits", "statements.a.limit_timeline", "statements.a.limit_charts", "statements.a.limit_tables", "statements.a.limit_paper", "statements.a.limit_files"),
		r.section("statements.a.report", "statements.a.report_text", "statements.a.supervision"),
	), nil
}

// privacy says what is kept of people, and what is not.
func (s *Server) privacy(r *request) (*page, error) {
	sessions := r.section("statements.p.sessions", "statements.p.sessions_text")
	sessions.Text = append(sessions.Text, r.say("statements.p.sessions_last", r.length(s.Idle), r.length(sessionLength), r.length(s.KeepEnded)), r.say("statements.p.guessing"))
	cookies := r.section("statements.p.cookie", "statements.p.cookie_text", "statements.p.cookie_language")
	cookies.Text = append(cookies.Text, r.say("statements.p.cookie_known", r.length(s.KeepEnded)), r.say("statements.p.no_tracking"))
	uploads := r.section("statements.p.uploads")
	uploads.Text = append(uploads.Text, r.say("statements.p.uploads_text", r.length(s.KeepUploads)), r.say("statements.p.mail_text"))
	return r.statement("frame.privacy",
		r.section("statements.p.kept", "statements.p.kept_account", "statements.p.kept_history", "statements.p.kept_free"),
		sessions,
		uploads,
		cookies,
		r.section("statements.p.log", "statements.p.log_text"),
		r.section("statements.p.see", "statements.p.see_text"),
		r.section("statements.p.erase", "statements.p.erase_text", "statements.p.erase_backup"),
		r.section("statements.p.who", "statements.p.who_text"),
	), nil
}

func (r *request) statement(title string, sections ...statementSection) *page {
	v := statementView{Title: r.say(title), Sections: sections}
	return &page{Template: "statement", Title: v.Title, View: v}
}

// length is how long something lasts in whole minutes, hours or days, whichever says it exactly.
func (r *request) length(d time.Duration) string {
	switch {
	case d%(24*time.Hour) == 0:
		return r.lang.Count("statements.days", int(d/(24*time.Hour)))
	case d%time.Hour == 0:
		return r.lang.Count("statements.hours", int(d/time.Hour))
	}
	return r.lang.Count("statements.minutes", int((d+time.Minute-1)/time.Minute))
}
