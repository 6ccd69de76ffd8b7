package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/store"
)

// open reads the portfolio that the request sees, and who asks. Nothing is decided yet.
func (s *Server) request(r *http.Request, suffix string) (*request, error) {
	q, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		q = url.Values{} // a broken query narrows nothing
	}
	req := &request{Request: r, s: s, query: q, path: strings.TrimSuffix(r.URL.Path, suffix), lang: s.language(r)}
	if suffix != "" && req.path == "/overview" {
		req.path = "/"
	}
	p, err := s.Store.Snapshot(r.Context())
	if err != nil {
		return nil, err
	}
	req.user, req.pass = s.signedIn(r.Context(), p)
	if asked := q.Get("as_of"); asked != "" && req.user != nil { // reading the past is work, and nothing in it is open to everyone
		m, err := momentAsked(p, asked)
		if err != nil {
			return req.at(p), err
		}
		if m.day != 0 {
			past, err := s.at(r.Context(), m)
			if err != nil {
				return nil, err
			}
			req.moment, req.asOf, p = m, m.day, past
		}
	}
	return req.at(p), nil
}

func (r *request) at(p *portfolio.Portfolio) *request {
	r.p = p.For(r.user)
	return r
}

// bare is a request outside a session, as a fault needs it for its words.
func (s *Server) bare(r *http.Request) *request {
	return &request{Request: r, s: s, lang: s.language(r), path: r.URL.Path, query: url.Values{}, p: portfolio.New(s.Store.Today())}
}

// servePage answers a GET.
func (s *Server) servePage(route route, suffix string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		form := suffix
		if strings.HasSuffix(route.pattern, ".json") {
			form = ".json"
		} else if form == "" {
			form = accepted(r, route.list)
		}
		req, err := s.request(r, suffix)
		if err != nil {
			s.fail(w, req, err)
			return
		}
		if !s.allowed(w, req, route) {
			return
		}
		w.Header().Set("Vary", "Accept, Accept-Encoding, Authorization, Cookie")
		req.reply = w.Header()
		if route.private {
			w.Header().Set("Cache-Control", "no-store")
			s.showIn(w, req, route.page, form)
			return
		}
		key := req.cacheKey(form)
		w.Header().Set("Cache-Control", "private, no-cache")
		w.Header().Set("ETag", key.etag)
		if matches(r.Header.Get("If-None-Match"), key.etag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		if body, ok := s.cache.get(key); ok {
			body.send(w, r, http.StatusOK)
			return
		}
		pg, err := route.page(req)
		if err != nil {
			s.fail(w, req, err)
			return
		}
		body, err := s.render(req, pg, form)
		if err != nil {
			s.fail(w, req, err)
			return
		}
		s.cache.put(key, body)
		body.send(w, r, http.StatusOK)
	}
}

// showIn makes a page that is kept nowhere.
func (s *Server) showIn(w http.ResponseWriter, r *request, make pageFunc, form string) {
	pg, err := make(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	if pg.Redirect != "" {
		http.Redirect(w, r.Request, pg.Redirect, http.StatusSeeOther)
		return
	}
	body, err := s.render(r, pg, form)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	body.send(w, r.Request, max(pg.Status, http.StatusOK))
}

// accepted chooses the form by the Accept header: a page unless data is asked for by name.
func accepted(r *http.Request, list bool) string {
	accept := r.Header.Get("Accept")
	switch {
	case strings.Contains(accept, "text/html"):
		return ""
	case strings.Contains(accept, "application/json"):
		return ".json"
	case list && strings.Contains(accept, "text/csv"):
		return ".csv"
	}
	return ""
}

// allowed asks the grant table for the address; who is not signed in is asked to.
func (s *Server) allowed(w http.ResponseWriter, r *request, route route) bool {
	if route.action == 0 || (r.user != nil && portfolio.Reach(route.action, r.user.Role) != portfolio.Never) {
		if err := r.withinScope(route); err != nil {
			s.fail(w, r, err)
			return false
		}
		return true
	}
	_, program := bearer(r.Request)
	if r.user == nil && r.wantsPage() && r.Method == http.MethodGet && !program {
		http.Redirect(w, r.Request, "/session?return="+url.QueryEscape(r.self()), http.StatusSeeOther)
		return false
	}
	if r.user == nil {
		w.Header().Add("WWW-Authenticate", `Cookie realm="gevinst"`)
		w.Header().Add("WWW-Authenticate", `Bearer realm="gevinst"`)
		s.failWith(w, r, http.StatusUnauthorized, &portfolio.Error{Kind: portfolio.Forbidden, Code: "error.sign_in_first"})
		return false
	}
	s.fail(w, r, &portfolio.Error{Kind: portfolio.Forbidden, Code: "error.forbidden", Args: []any{route.action.String()}})
	return false
}

// withinScope refuses what a token does not reach: its user's rights end where its scope does.
func (r *request) withinScope(route route) error {
	switch {
	case r.pass == nil || r.pass.Kind != store.TokenPass:
		return nil
	case route.session:
		return &portfolio.Error{Kind: portfolio.Forbidden, Code: "account.in_person"}
	case route.form != nil && r.pass.Scope != store.ScopeWrite:
		return &portfolio.Error{Kind: portfolio.Forbidden, Code: "account.only_reads"}
	}
	return nil
}

// wantsPage reports whether a person reads the answer.
func (r *request) wantsPage() bool {
	if strings.HasSuffix(r.URL.Path, ".json") || strings.HasSuffix(r.URL.Path, ".csv") || strings.HasSuffix(r.URL.Path, ".xlsx") || sendsJSON(r.Request) {
		return false
	}
	accept := r.Header.Get("Accept")
	return strings.Contains(accept, "text/html") || !strings.Contains(accept, "application/json")
}

// cacheKey tells answers apart: everything that a page is a function of.
func (r *request) cacheKey(form string) cacheKey {
	k := cacheKey{
		seq: r.p.Seq, people: r.p.PeopleSeq, day: r.p.Today, lang: r.lang.Code, form: form,
		address: r.self(),
	}
	if r.user != nil {
		k.user, k.role = r.user.ID, r.user.Role // a past portfolio does not tell of a role that has changed since
	}
	b := make([]byte, 0, 160)
	b = append(append(b, r.s.Version...), '|')
	for _, n := range [...]int64{k.seq, k.people, int64(k.day), int64(k.user), int64(k.role)} {
		b = append(strconv.AppendInt(b, n, 10), '|')
	}
	for _, text := range [...]string{k.lang, k.form, k.address} {
		b = append(append(b, text...), '|')
	}
	sum := sha256.Sum256(b)
	k.etag = `W/"` + base64.RawURLEncoding.EncodeToString(sum[:15]) + `"`
	return k
}

// matches reports whether the reader has the answer already. "*" is not taken for it: whether there is one is not known yet.
func matches(header, etag string) bool {
	for one := range strings.SplitSeq(header, ",") {
		if strings.TrimSpace(one) == etag {
			return true
		}
	}
	return false
}

// render gives the page in one of its forms.
func (s *Server) render(r *request, pg *page, form string) (*rendered, error) {
	switch form {
	case ".json":
		b, err := json.Marshal(listed(pg.View))
		if err != nil {
			return nil, fmt.Errorf("write JSON: %w", err)
		}
		return newRendered("application/json", append(b, '\n')), nil
	case ".csv":
		return r.file(pg, form, "text/csv; charset=utf-8", exchange.WriteCSV)
	case ".xlsx":
		return r.file(pg, form, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", exchange.WriteXLSX)
	}
	if pg.File != nil {
		return pg.File()
	}
	b, err := s.html(r, pg)
	if err != nil {
		return nil, err
	}
	return newRendered("text/html; charset=utf-8", b), nil
}

// file gives every row of a list as a file, named after its address.
func (r *request) file(pg *page, suffix, contentType string, write func(io.Writer, exchange.Table) error) (*rendered, error) {
	var b bytes.Buffer
	if err := write(&b, pg.Table()); err != nil {
		return nil, err
	}
	out := newRendered(contentType, b.Bytes())
	out.filename = strings.ReplaceAll(strings.Trim(r.path, "/"), "/", "-") + suffix
	return out, nil
}
