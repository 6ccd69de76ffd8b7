package web

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/store"
)

// maxUpload bounds a request with a file, in bytes: the file itself, or the same once more as text.
const maxUpload = 8 << 20

// maxReading bounds the time that a file is read in.
const maxReading = 30 * time.Second

func (s *Server) importRoutes() []route {
	routes := []route{{method: http.MethodGet, pattern: "/import", action: portfolio.ViewPortfolio, page: s.importKinds, view: importKinds{}}}
	for _, k := range exchange.Kinds() {
		show := func(r *request) (*page, error) { return r.importShown(k, &importView{}), nil }
		routes = append(
			routes,
			route{method: http.MethodGet, pattern: "/import/" + k.String(), action: k.Action(), page: show, list: true, view: importView{}},
			route{
				method: http.MethodPost, pattern: "/import/" + k.String(), action: k.Action(), page: show,
				form: func(r *request) (*done, error) { return r.importFile(k) }, body: maxUpload, view: importView{}, sends: importFields.and(columnFields(k)),
			},
			route{
				method: http.MethodPost, pattern: "/import/" + k.String() + "/mappings/{id}/remove", action: k.Action(), page: show, view: importView{}, sends: seenFields,
				form: func(r *request) (*done, error) {
					return r.onMapping(k.String(), k.Action(), "/import/"+k.String(), func(to *portfolio.Mapping) { to.Removed = true })
				},
			},
		)
	}
	return routes
}

var importFields = changeFields.and(fields{"file": []byte(nil), "content": "", "name": "", "do": "", "mark": ""})

// importKinds are the kinds of file that the reader may read in.
type importKinds struct {
	Kinds []string `json:"kinds"`

	Links []importLink `json:"-"`
	// NoClaims tells one who confirms claims why no ledger is among them.
	NoClaims bool `json:"-"`
}

// importLink leads to the page of a kind of file, with what stands as files to begin from.
type importLink struct {
	Kind            exchange.Kind
	Href, CSV, XLSX string
	Current         bool
}

func (s *Server) importKinds(r *request) (*page, error) {
	v := &importKinds{Kinds: []string{}, Links: r.importLinks(0)}
	for _, l := range v.Links {
		v.Kinds = append(v.Kinds, l.Kind.String())
	}
	v.NoClaims = r.may(portfolio.SettleClaim, nil) && exchange.MayImport(r.user, exchange.Claims) != nil
	return &page{Template: "imports", Title: r.say("import.title"), View: v}, nil
}

func (r *request) importLinks(current exchange.Kind) []importLink {
	var list []importLink
	for _, k := range exchange.Kinds() {
		if r.asOf == 0 && exchange.MayImport(r.user, k) == nil {
			at := "/import/" + k.String()
			list = append(list, importLink{k, at, at + ".csv", at + ".xlsx", k == current})
		}
	}
	return list
}

// CanImport tells the pages whether to offer a file.
func (r *request) CanImport() bool { return len(r.importLinks(0)) > 0 }

// CanEdit tells the pages whether to offer a list as a file that can be read in again: their own lists show other columns.
func (r *request) CanEdit(kind string) bool {
	return slices.ContainsFunc(r.importLinks(0), func(l importLink) bool { return l.Kind.String() == kind })
}

// importView is the page of a kind of file: what it may hold, what is wrong with one, or what one would change.
type importView struct {
	Items []exchange.ColumnInfo `json:"items"`
	// Next is always null: all columns are there.
	Next      *int64      `json:"next"`
	Errors    []string    `json:"errors"`
	LeftAlone []string    `json:"columns_left_alone"`
	New       int         `json:"new"`
	Changed   int         `json:"changed"`
	Same      int         `json:"same"`
	Rows      []importRow `json:"rows"`
	// More counts the rows that change something and are not listed.
	More int `json:"more"`
	// Header is the file's, Mapping the saved one that it was read by, and Columns which of its columns was read as what.
	Header  []string          `json:"header"`
	Mapping string            `json:"mapping"`
	Columns map[string]string `json:"columns"`
	// Mark tells this preview from another: what is read in is what was seen.
	Mark string `json:"mark"`
	// Moved tells that the portfolio has changed since the file was first shown.
	Moved bool `json:"moved,omitempty"`
	// Content is the file that was read, for sending it again without choosing it again.
	Content  string        `json:"-"`
	FileName string        `json:"-"`
	Read     bool          `json:"-"`
	Kind     exchange.Kind `json:"-"`
	Links    []importLink  `json:"-"`
	// Told tells that the columns were chosen, and not found by their names.
	Told    bool          `json:"-"`
	Parts   []mappingPart `json:"-"`
	MaySave bool          `json:"-"`
	Saved   []mappingView `json:"-"`
}

type importRow struct {
	Row     int                    `json:"row"`
	No      string                 `json:"no"`
	Title   string                 `json:"title"`
	New     bool                   `json:"new"`
	Changes []exchange.FieldChange `json:"changes,omitempty"`
}

func (r *request) importShown(k exchange.Kind, v *importView) *page {
	v.Kind, v.Items, v.Links = k, k.Columns(), r.importLinks(k)
	if v.Columns == nil {
		v.Columns = map[string]string{}
	}
	v.Saved, v.MaySave, v.Parts = r.importMappings(k), r.maySaveMapping(), r.columnForm(k, v)
	return &page{
		Template: "import", Title: r.say("import.title"), View: v,
		Table: func() exchange.Table { return k.Export(r.p) },
	}
}

// importFile reads a file. It says what the file would change, and changes it when asked to: all of it, or nothing.
func (r *request) importFile(k exchange.Kind) (*done, error) {
	name, content, err := r.sentFile()
	if err != nil {
		return nil, err
	}
	v := &importView{FileName: name, Content: base64.StdEncoding.EncodeToString(content)}
	file, err := r.readFile(k, v, content)
	var bad *exchange.FileError
	if errors.As(err, &bad) {
		v.Errors = bad.Say(r.lang.Say)
		pg := r.importShown(k, v)
		pg.Status = http.StatusUnprocessableEntity
		return &done{show: pg}, nil
	}
	if err != nil {
		return nil, err
	}
	if err := r.keepImportMapping(k, v.Columns); err != nil {
		return nil, err
	}
	v.shows(file)
	if r.form.get("do") != "apply" {
		return &done{show: r.importShown(k, v)}, nil
	}
	if r.form.get("mark") != v.Mark { // somebody else's change would be undone unseen
		v.Moved = true
		pg := r.importShown(k, v)
		pg.Status = http.StatusConflict
		return &done{show: pg}, nil
	}
	// Whoever leaves the page meanwhile does not undo it.
	r.Request = r.WithContext(context.WithoutCancel(r.Context()))
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		by.Note = r.say("import.note", strings.ToValidUTF8(path.Base(name[:min(len(name), 200)]), ""))
		return file.Apply(r.Context(), tx, by)
	})
	if err != nil {
		return nil, err
	}
	return &done{location: importedTo[k], seq: seq, resource: func(r *request) (*page, error) { return r.importShown(k, v), nil }}, nil
}

// importedTo is where what was read in is seen.
var importedTo = map[exchange.Kind]string{
	exchange.Catalogue: "/catalogue", exchange.Initiatives: "/initiatives", exchange.Benefits: "/benefits",
	exchange.Requirements: "/savings", exchange.Claims: "/benefits",
}

// sentFile gives the file that was chosen, or the one that was shown and is sent again.
func (r *request) sentFile() (name string, content []byte, err error) {
	name, content = r.form.fileName, r.form.file
	if kept := r.form.get("content"); len(content) == 0 && kept != "" {
		if content, err = base64.StdEncoding.DecodeString(kept); err != nil {
			return "", nil, &portfolio.Error{Kind: portfolio.Invalid, Field: "file", Code: "error.form"}
		}
		name = r.form.get("name")
	}
	if len(content) == 0 && name == "" { // an empty file is said to be that
		return "", nil, &portfolio.Error{Kind: portfolio.Invalid, Field: "file", Code: "error.required"}
	}
	return name, content, nil
}

func (r *request) readFile(k exchange.Kind, v *importView, content []byte) (file *exchange.Import, err error) {
	err = r.withinTime(func(ctx context.Context) error {
		if err := v.mapped(ctx, r, k, content); err != nil {
			return err
		}
		reading := exchange.Reading{Kind: k, Store: r.s.Store, Portfolio: r.p, User: r.user}
		if v.Told {
			reading.Mapping = v.Columns
		}
		file, err = reading.Read(ctx, bytes.NewReader(content))
		return err
	})
	return file, err
}

// withinTime reads a file, and refuses one that takes too long.
func (r *request) withinTime(read func(context.Context) error) error {
	ctx, stop := context.WithTimeout(r.Context(), maxReading)
	defer stop()
	err := read(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return &portfolio.Error{Kind: portfolio.Invalid, Field: "file", Code: "import.too_slow", Args: []any{int(maxReading.Seconds())}}
	}
	return err
}

// maxShownRows is how many of a file's changes are listed one by one.
const maxShownRows = 500

// shows takes over what a file would change.
func (v *importView) shows(m *exchange.Import) {
	v.LeftAlone, v.New, v.Changed, v.Same = m.LeftAlone, m.Count(exchange.New), m.Count(exchange.Changed), m.Count(exchange.Same)
	v.Read, v.Mark = true, m.Mark()
	for _, row := range m.Rows {
		switch {
		case row.Action == exchange.Same:
		case len(v.Rows) == maxShownRows:
			v.More++
		default:
			v.Rows = append(v.Rows, importRow{row.Row, row.Label, row.Title, row.Action == exchange.New, row.Changes})
		}
	}
}
