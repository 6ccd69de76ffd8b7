package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"gevinst/portfolio"
)

// statusOf maps the kinds of refusal to the answers of the protocol: here, and nowhere else.
func statusOf(err error) int {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.Is(err, errBusy):
		return http.StatusTooManyRequests
	case errors.As(err, &tooLarge):
		return http.StatusRequestEntityTooLarge
	case portfolio.Is(err, portfolio.NotFound):
		return http.StatusNotFound
	case portfolio.Is(err, portfolio.Forbidden):
		return http.StatusForbidden
	case portfolio.Is(err, portfolio.Conflict):
		return http.StatusConflict
	case portfolio.Is(err, portfolio.Invalid):
		return http.StatusUnprocessableEntity
	}
	return http.StatusInternalServerError
}

// problem is an error as RFC 9457 has it.
type problem struct {
	Type   string   `json:"type"`
	Title  string   `json:"title"`
	Status int      `json:"status"`
	Detail string   `json:"detail,omitempty"`
	Errors []reason `json:"errors,omitempty"`
	// Meanwhile tells what others changed, when that is why.
	Meanwhile []sentence `json:"meanwhile,omitempty"`
}

type reason struct {
	Field  string `json:"field,omitempty"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

// fail answers with what went wrong: a refusal in the reader's words, a fault as one sentence and a line in the log.
func (s *Server) fail(w http.ResponseWriter, r *request, err error) {
	status := statusOf(err)
	if r == nil || status == http.StatusInternalServerError {
		if r == nil {
			r = s.bare(&http.Request{Header: http.Header{}})
		}
		s.Log.ErrorContext(r.Context(), "fault", "error", err, "request_id", middleware.GetReqID(r.Context()))
		s.sayFault(w, r)
		return
	}
	s.failWith(w, r, status, err)
}

func (s *Server) failWith(w http.ResponseWriter, r *request, status int, err error) {
	p := problem{Type: "about:blank", Title: r.say(statusKey(status)), Status: status}
	var words []string
	for _, e := range portfolio.AsRefusals(err) {
		text := r.refusal(e)
		p.Errors = append(p.Errors, reason{e.Field, e.Code, text})
		words = append(words, text)
	}
	p.Detail = strings.Join(words, " ")
	if r.form != nil {
		p.Meanwhile = r.form.Meanwhile
	}
	s.answer(w, r, p)
}

// sayFault tells that something broke, and nothing about what.
func (s *Server) sayFault(w http.ResponseWriter, r *request) {
	s.answer(w, r, problem{
		Type: "about:blank", Title: r.say("problem.fault"), Status: http.StatusInternalServerError,
		Detail: r.say("problem.fault_detail", middleware.GetReqID(r.Context())),
	})
}

func statusKey(status int) string {
	switch status {
	case http.StatusNotFound:
		return "problem.not_found"
	case http.StatusForbidden:
		return "problem.forbidden"
	case http.StatusUnauthorized:
		return "problem.sign_in"
	case http.StatusConflict, http.StatusPreconditionFailed:
		return "problem.conflict"
	case http.StatusRequestEntityTooLarge:
		return "problem.too_large"
	}
	return "problem.invalid"
}

func (s *Server) answer(w http.ResponseWriter, r *request, p problem) {
	w.Header().Del("ETag")
	w.Header().Set("Cache-Control", "no-store")
	if !r.wantsPage() {
		b, err := json.Marshal(p)
		if err != nil {
			s.Log.ErrorContext(r.Context(), "write problem", "error", err)
		}
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(p.Status)
		_, _ = w.Write(b) // nobody is left to tell
		return
	}
	b, err := s.html(r, &page{Template: "problem", Title: p.Title, View: p})
	if err != nil {
		s.Log.ErrorContext(r.Context(), "render problem", "error", err)
		http.Error(w, p.Title, p.Status)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(p.Status)
	_, _ = w.Write(b)
}

func (s *Server) notFound(w http.ResponseWriter, r *http.Request) {
	req, err := s.request(r, "")
	if err != nil {
		s.fail(w, req, err)
		return
	}
	s.fail(w, req, &portfolio.Error{Kind: portfolio.NotFound, Code: "error.no_page"})
}

// methods are those that an address may be asked by.
var methods = []string{http.MethodGet, http.MethodHead, http.MethodPost}

// notAllowed answers a method that an address does not take, with those that it takes. Who has not signed in is told what he is
// told of an address that is not there.
func (s *Server) notAllowed(w http.ResponseWriter, r *http.Request) {
	req, err := s.request(r, "")
	if err != nil {
		s.fail(w, req, err)
		return
	}
	if req.user == nil {
		s.fail(w, req, &portfolio.Error{Kind: portfolio.NotFound, Code: "error.no_page"})
		return
	}
	var allowed []string
	for _, method := range methods {
		asked := method
		if method == http.MethodHead {
			asked = http.MethodGet // it is answered as GET is, without the body
		}
		if s.router.Match(chi.NewRouteContext(), asked, r.URL.Path) {
			allowed = append(allowed, method)
		}
	}
	list := strings.Join(allowed, ", ")
	w.Header().Set("Allow", list)
	s.failWith(w, req, http.StatusMethodNotAllowed, &portfolio.Error{Kind: portfolio.Invalid, Code: "error.method", Args: []any{list}})
}

// refusal says a refusal in the reader's words: codes among its arguments are said by name.
func (r *request) refusal(e *portfolio.Error) string {
	args := make([]any, len(e.Args))
	for i, a := range e.Args {
		args[i] = r.word(a)
	}
	return r.say(e.Code, args...)
}

// word says a code of the domain by its name.
func (r *request) word(a any) any {
	switch v := a.(type) {
	case portfolio.Stage:
		return r.say("stage." + v.String())
	case portfolio.EntryState:
		return r.say("entry." + v.String())
	case portfolio.BenefitType:
		return r.say("benefit_type." + v.String())
	case string:
		for _, family := range []string{"action.", "kind."} {
			if r.lang.Has(family + v) {
				return r.say(family + v)
			}
		}
	}
	return a
}
