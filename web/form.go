package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/store"
)

// form is what somebody sent, and, when it is shown again, why it was refused.
type form struct {
	Values url.Values
	// Summary lists the refusals in words; Errors has them by field.
	Summary []reason
	Errors  map[string]string
	// Labels are the fields' names in words, as the form that is shown again calls them.
	Labels map[string]string
	// Meanwhile tells what others changed since the sender last saw the subject.
	Meanwhile []sentence
	// Action is the address it was sent to: a page with several forms fills in the right one.
	Action string
	json   bool
	// file is what was sent as "file", fileName what it was called there. One that is too large for memory is left where it came in.
	file     []byte
	fileName string
	large    *multipart.FileHeader
	// kind and subject are what the sender saw a version of.
	kind    portfolio.Kind
	subject int64
	// refusals reading the form itself has found, such as a figure that cannot be read.
	unread portfolio.Refusals
}

// readForm reads a form, or a JSON object with the same names. If-Match stands for the form's version.
func readForm(r *http.Request) (*form, error) {
	f := &form{Values: url.Values{}, Errors: map[string]string{}, Labels: map[string]string{}, Action: r.URL.Path}
	var err error
	switch mediaType(r) {
	case "application/json":
		f.json = true
		err = f.readJSON(r)
	case "multipart/form-data":
		err = f.readFile(r)
	default:
		err = f.readForm(r)
	}
	if err != nil {
		return nil, err
	}
	f.refuseUnseen()
	if match := strings.Trim(r.Header.Get("If-Match"), `W/"`); match != "" {
		f.Values.Set("version", match)
	}
	return f, nil
}

// mediaType is what the sender says the body is, "" if that cannot be read.
func mediaType(r *http.Request) string {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return ""
	}
	return media
}

func sendsJSON(r *http.Request) bool { return mediaType(r) == "application/json" }

// refuseUnseen refuses what is no text, and characters that nobody sees: a database may not take them, a terminal obeys them.
func (f *form) refuseUnseen() {
	for name, values := range f.Values {
		for _, text := range values {
			if !utf8.ValidString(text) || strings.ContainsFunc(text, func(c rune) bool { return unicode.IsControl(c) && !strings.ContainsRune("\r\n\t", c) }) {
				f.bad(name, "error.unseen")
			}
		}
	}
}

func (f *form) readForm(r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return unreadable(err)
	}
	f.Values = r.PostForm
	return nil
}

// unreadable refuses what was sent; that it was too large is said as that.
func unreadable(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return tooLarge
	}
	return &portfolio.Error{Kind: portfolio.Invalid, Code: "error.form"}
}

// readFile reads a form with a file in it: the body is bounded.
func (f *form) readFile(r *http.Request) error {
	if err := r.ParseMultipartForm(maxUpload); err != nil {
		return unreadable(err)
	}
	f.Values = r.PostForm
	sent, head, err := r.FormFile("file")
	if errors.Is(err, http.ErrMissingFile) {
		return nil
	}
	if err != nil {
		return unreadable(err)
	}
	defer sent.Close() //nolint:errcheck // it was only read
	f.fileName = head.Filename
	if head.Size > maxUpload {
		f.large = head
		return nil
	}
	if f.file, err = io.ReadAll(sent); err != nil {
		return unreadable(err)
	}
	return nil
}

func (f *form) readJSON(r *http.Request) error {
	var fields map[string]any
	d := json.NewDecoder(r.Body)
	d.UseNumber()
	err := d.Decode(&fields)
	if err == nil {
		if _, err = d.Token(); errors.Is(err, io.EOF) {
			err = nil
		} else if err == nil {
			err = errors.New("more than one value")
		}
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return tooLarge
	}
	if err != nil {
		return &portfolio.Error{Kind: portfolio.Invalid, Code: "error.body"}
	}
	for name, v := range fields {
		f.Values[name] = nil // null and [] are stated too
		list, ok := v.([]any)
		if !ok {
			list = []any{v}
		}
		for _, one := range list {
			switch one := one.(type) {
			case nil:
			case string, json.Number, bool:
				f.Values.Add(name, fmt.Sprint(one))
			default:
				return &portfolio.Error{Kind: portfolio.Invalid, Field: name, Code: "error.body"}
			}
		}
	}
	return nil
}

func (f *form) get(name string) string {
	if f == nil {
		return ""
	}
	return strings.TrimSpace(f.Values.Get(name))
}

// states reports whether the sender says anything about the name: a form says all it has, a box that is not ticked too, a
// JSON object only what it names.
func (f *form) states(name string) bool { return !f.json || f.Values.Has(name) }

func (f *form) bad(field, code string, args ...any) {
	f.unread = append(f.unread, &portfolio.Error{Kind: portfolio.Invalid, Field: field, Code: code, Args: args})
}

// int reads a whole number; empty is 0.
func (f *form) int(name string) int64 {
	text := f.get(name)
	if text == "" {
		return 0
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		f.bad(name, "error.whole_number", text)
	}
	return n
}

// figure reads an amount as Danes write it; empty is unknown.
func (f *form) figure(name string) amount.Figure {
	text := f.get(name)
	if text == "" {
		return amount.Figure{}
	}
	v, err := amount.ParseDanish(text)
	if err != nil {
		f.badFigure(name, err)
	}
	return v
}

func (f *form) badFigure(name string, err error) {
	e, ok := err.(*amount.FigureError)
	if !ok {
		f.bad(name, "error.figure.not_a_figure", f.get(name), "")
		return
	}
	// Both languages write the readings as Danes do; only the word between them is Danish.
	f.bad(name, "error.figure."+e.Reason.String(), e.Value, strings.ReplaceAll(e.Reading, " eller ", " / "))
}

// month reads a month; empty is none.
func (f *form) month(name string) amount.Month {
	m, err := amount.ParseMonth(f.get(name))
	if err != nil {
		f.bad(name, "error.month")
	}
	return m
}

// date reads a day; empty is none.
func (f *form) date(name string) amount.Date {
	d, err := amount.ParseDate(f.get(name))
	if err != nil {
		f.bad(name, "error.date")
	}
	return d
}

// code reads one of an enum's codes; empty is its zero.
func (f *form) code(name string, into interface{ UnmarshalText([]byte) error }) {
	if err := into.UnmarshalText([]byte(f.get(name))); err != nil {
		f.bad(name, "error.choice", f.get(name))
	}
}

// err gives what could not be read, or nil.
func (f *form) err() error { return f.unread.Or() }

// seen refuses the change of a record that has moved on since the sender saw it.
func (f *form) seen(r portfolio.Record) error {
	f.kind, f.subject = r.Kind(), r.Key()
	v := f.int("version")
	if v == 0 {
		return &portfolio.Error{Kind: portfolio.Invalid, Field: "version", Code: "error.version"}
	}
	return store.Seen(r, v)
}

func (f *form) refuse(r *request, refusals portfolio.Refusals) {
	for _, e := range refusals {
		text := r.refusal(e)
		f.Summary = append(f.Summary, reason{e.Field, e.Code, text})
		if key := "field." + e.Field; r.lang.Has(key) {
			f.Labels[e.Field] = r.say(key)
		}
		if f.Errors[e.Field] == "" {
			f.Errors[e.Field] = text
		}
	}
}

// meanwhile finds what others did to the subject since the version that the sender saw. What was typed stays, with the new
// version: sending it again is then a choice.
func (f *form) meanwhile(r *request, refusals portfolio.Refusals) error {
	for _, e := range refusals {
		if e.Code != "error.changed" || len(e.Args) < 2 {
			continue
		}
		seen, now := e.Args[0].(int64), e.Args[1].(int64)
		// One more than came between: what it changed is seen by what was there before it.
		n := int(min(max(now-seen, 1), 50))
		events, err := r.s.Store.Events(r.Context(), r.p, store.EventFilter{Kind: f.kind, Subject: f.subject, Limit: n + 1})
		if err != nil {
			return err
		}
		said, err := r.sentences(events)
		if err != nil {
			return err
		}
		f.Meanwhile = said[:min(n, len(said))]
		f.Values.Set("version", strconv.FormatInt(now, 10))
	}
	return nil
}
