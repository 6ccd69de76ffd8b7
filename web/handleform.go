package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"gevinst/portfolio"
)

// serveForm answers a POST: it reads what was sent, lets the domain decide, and goes to the page of what was changed. What
// is refused comes back filled in.
func (s *Server) serveForm(route route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		req, err := s.request(r, "")
		if err != nil {
			s.fail(w, req, err)
			return
		}
		req.reply = w.Header()
		if !s.allowed(w, req, route) { // nothing is even taken from those who may not send it
			return
		}
		if route.body > maxBody {
			end, err := s.uploads.take(r.Context(), req.user.ID)
			if err != nil {
				s.fail(w, req, err)
				return
			}
			defer end()
		}
		r.Body = http.MaxBytesReader(w, r.Body, route.mostBody())
		defer s.dropSent(r)
		if req.form, err = readForm(r); err != nil {
			s.fail(w, req, err)
			return
		}
		if req.asOf != 0 {
			s.fail(w, req, &portfolio.Error{Kind: portfolio.Invalid, Code: "error.past"})
			return
		}
		if route.limit != nil {
			if wait := route.limit(req); wait > 0 {
				s.tellAct(req, route.act, actWaits, nil)
				s.wait(w, req, wait)
				return
			}
		}
		d, err := route.form(req)
		s.tellAct(req, route.act, cameOf(err), err)
		switch {
		case err != nil:
			s.again(w, req, route, err)
		case d.show != nil:
			s.show(w, req, d.show)
		default:
			s.finish(w, req, route, d)
		}
	}
}

// dropSent takes away what a large file was laid in on its way in. The server itself does so for the request that it made, and
// not for the copy with a context of its own that is answered here.
func (s *Server) dropSent(r *http.Request) {
	if r.MultipartForm == nil {
		return
	}
	if err := r.MultipartForm.RemoveAll(); err != nil {
		s.Log.WarnContext(r.Context(), "what was sent was not taken away", "error", err)
	}
}

// wait tells the sender when to try again.
func (s *Server) wait(w http.ResponseWriter, r *request, wait time.Duration) {
	seconds := int64((wait + time.Second - 1) / time.Second)
	w.Header().Set("Retry-After", strconv.FormatInt(seconds, 10))
	s.failWith(w, r, http.StatusTooManyRequests, &portfolio.Error{Kind: portfolio.Invalid, Code: "account.wait", Args: []any{seconds}})
}

// show answers a form with a page of its own.
func (s *Server) show(w http.ResponseWriter, r *request, pg *page) {
	as := ".json"
	if r.wantsPage() {
		as = ""
	}
	body, err := s.render(r, pg, as)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	body.send(w, r.Request, max(pg.Status, http.StatusOK))
}

// finish goes to the page of what was changed; a program gets the page's JSON at once.
func (s *Server) finish(w http.ResponseWriter, r *request, route route, d *done) {
	if r.wantsPage() {
		location := d.location
		if d.seq != 0 {
			sep := "?"
			if strings.Contains(location, "?") {
				sep = "&"
			}
			location = fmt.Sprintf("%s%ssaved=%d", location, sep, d.seq)
		}
		if d.part != "" {
			location += "#" + d.part
		}
		http.Redirect(w, r.Request, location, http.StatusSeeOther)
		return
	}
	answer, err := s.resource(r, route, d)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	if answer == nil {
		answer = map[string]any{"location": d.location, "seq": d.seq}
	}
	status := http.StatusOK
	if d.created {
		status = http.StatusCreated
		w.Header().Set("Location", d.location)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	// Whoever went away meanwhile has still changed what he asked for.
	_ = json.NewEncoder(w).Encode(answer)
}

// again shows the form once more with what was typed and why it was refused.
func (s *Server) again(w http.ResponseWriter, r *request, route route, err error) {
	if !portfolio.Is(err, portfolio.Invalid) && !portfolio.Is(err, portfolio.Conflict) {
		s.fail(w, r, err)
		return
	}
	if fresh, ferr := s.Store.Snapshot(r.Context()); ferr == nil {
		r.at(fresh) // what came between is part of what is shown
	}
	refusals := portfolio.AsRefusals(err)
	r.form.refuse(r, refusals)
	if err := r.form.meanwhile(r, refusals); err != nil {
		s.fail(w, r, err)
		return
	}
	if route.page == nil || !r.wantsPage() {
		s.failWith(w, r, refusedStatus(r, err), err)
		return
	}
	if !s.router.Match(chi.NewRouteContext(), http.MethodGet, r.path) {
		r.path = path.Dir(r.path) // the form was sent to a part of the page; the page's own links lead to the whole
	}
	pg, perr := route.page(r)
	if perr != nil {
		s.fail(w, r, errors.Join(perr, err))
		return
	}
	body, perr := s.render(r, pg, "")
	if perr != nil {
		s.fail(w, r, perr)
		return
	}
	body.send(w, r.Request, refusedStatus(r, err))
}

// refusedStatus tells a program that named the version in If-Match so in the protocol's own words.
func refusedStatus(r *request, err error) int {
	if r.Header.Get("If-Match") != "" && portfolio.Is(err, portfolio.Conflict) {
		return http.StatusPreconditionFailed
	}
	return statusOf(err)
}
