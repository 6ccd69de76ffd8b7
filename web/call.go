package web

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	"gevinst/portfolio"
)

// callFunc answers a program's question from what it sends: it counts, and nothing is stored. What it gives becomes the
// answer's JSON.
type callFunc func(*request) (any, error)

// serveCall answers a POST that asks and changes nothing, in JSON both ways.
func (s *Server) serveCall(route route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		req, err := s.request(r, "")
		if err != nil {
			s.fail(w, req, err)
			return
		}
		if !s.allowed(w, req, route) {
			return
		}
		answer, err := s.answerCall(req, route)
		if err != nil {
			s.fail(w, req, err)
			return
		}
		b, err := json.Marshal(answer)
		if err != nil {
			s.fail(w, req, err)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(append(b, '\n')) // nobody is left to tell
	}
}

// answerCall counts when it is the asker's turn.
func (s *Server) answerCall(r *request, route route) (any, error) {
	end, err := s.searches.take(r.Context(), r.user.ID)
	if err != nil {
		return nil, err
	}
	defer end()
	return route.call(r)
}

// read takes the body as one JSON object. A name that is not known is refused: a misspelt one would else be left out of
// the count in silence.
func (r *request) read(into any) error {
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	err := d.Decode(into)
	if err == nil {
		if _, err = d.Token(); errors.Is(err, io.EOF) {
			return nil
		}
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	refusal := &portfolio.Error{Kind: portfolio.Invalid, Code: "error.body"}
	var mistyped *json.UnmarshalTypeError
	if errors.As(err, &mistyped) && mistyped.Field != "" {
		refusal.Field, refusal.Code = mistyped.Field, "error.call.type"
	} else if err != nil {
		if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
			refusal.Field, refusal.Code = strings.Trim(name, `"`), "error.call.unknown_field"
		}
	}
	return refusal
}
