package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"path"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/store"
)

// maxUpload bounds a request with a file, in bytes: the file itself, or the same once more as text.
const maxUpload = 8 << 20

func (s *Server) importRoutes() []route {
	return []route{
		{method: http.MethodGet, pattern: "/catalogue/import", action: portfolio.ImportFile, page: s.importPage, view: importView{}},
		{method: http.MethodPost, pattern: "/catalogue/import", action: portfolio.ImportFile, page: s.importPage, form: s.importCatalogue, body: maxUpload, view: either{importView{}, catalogueView{}}, sends: importFields},
	}
}

var importFields = changeFields.and(fields{"file": []byte(nil), "content": "", "name": "", "do": "", "mark": ""})

// importView is the import's page: what is wrong with a file, or what it would change.
type importView struct {
	Errors    []string    `json:"errors"`
	LeftAlone []string    `json:"columns_left_alone"`
	New       int         `json:"new"`
	Changed   int         `json:"changed"`
	Same      int         `json:"same"`
	Rows      []importRow `json:"rows"`
	// Mark tells this preview from another: what is read in is what was seen.
	Mark string `json:"mark"`
	// Moved tells that the catalogue has changed since the file was first shown.
	Moved bool `json:"moved,omitempty"`
	// Content is the file that was read, for sending it again without choosing it again.
	Content  string `json:"-"`
	FileName string `json:"-"`
	Read     bool   `json:"-"`
}

type importRow struct {
	Row     int                    `json:"row"`
	No      string                 `json:"no"`
	Title   string                 `json:"title"`
	New     bool                   `json:"new"`
	Changes []exchange.FieldChange `json:"changes,omitempty"`
}

func (s *Server) importPage(r *request) (*page, error) { return r.importShown(&importView{}), nil }

func (r *request) importShown(v *importView) *page {
	return &page{Template: "import", Title: r.say("import.title"), View: v}
}

// importCatalogue reads a file of catalogue items. It says what the file would change, and changes it when asked to: all of
// it, or nothing.
func (s *Server) importCatalogue(r *request) (*done, error) {
	name, content := r.form.fileName, r.form.file
	if kept := r.form.get("content"); len(content) == 0 && kept != "" {
		var err error
		if content, err = base64.StdEncoding.DecodeString(kept); err != nil {
			return nil, &portfolio.Error{Kind: portfolio.Invalid, Field: "file", Code: "error.form"}
		}
		name = r.form.get("name")
	}
	if len(content) == 0 {
		return nil, &portfolio.Error{Kind: portfolio.Invalid, Field: "file", Code: "error.required"}
	}
	catalogue, err := exchange.Reading{Kind: exchange.Catalogue, Store: r.s.Store, Portfolio: r.p, User: r.user}.Read(r.Context(), bytes.NewReader(content))
	var bad *exchange.FileError
	if errors.As(err, &bad) {
		pg := r.importShown(&importView{Errors: bad.Say(r.lang.Say), FileName: name})
		pg.Status = http.StatusUnprocessableEntity
		return &done{show: pg}, nil
	}
	if err != nil {
		return nil, err
	}
	v := previewOf(catalogue, name, content)
	if v.Mark, err = markOf(v); err != nil {
		return nil, err
	}
	if r.form.get("do") != "apply" {
		return &done{show: r.importShown(v)}, nil
	}
	if r.form.get("mark") != v.Mark { // somebody else's change would be undone unseen
		v.Moved = true
		pg := r.importShown(v)
		pg.Status = http.StatusConflict
		return &done{show: pg}, nil
	}
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		by.Note = r.say("import.note", strings.ToValidUTF8(path.Base(name[:min(len(name), 200)]), ""))
		return catalogue.Apply(r.Context(), tx, by)
	})
	if err != nil {
		return nil, err
	}
	return &done{location: "/catalogue", seq: seq}, nil
}

// markOf sums up what a preview says.
func markOf(v *importView) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("mark preview: %w", err)
	}
	sum := sha256.Sum256(b)
	return base64.RawURLEncoding.EncodeToString(sum[:15]), nil
}

func previewOf(c *exchange.Import, name string, content []byte) *importView {
	v := &importView{
		LeftAlone: c.LeftAlone, New: c.Count(exchange.New), Changed: c.Count(exchange.Changed), Same: c.Count(exchange.Same),
		Content: base64.StdEncoding.EncodeToString(content), FileName: name, Read: true,
	}
	for _, row := range c.Rows {
		if row.Action != exchange.Same {
			v.Rows = append(v.Rows, importRow{row.Row, row.Label, row.Title, row.Action == exchange.New, row.Changes})
		}
	}
	return v
}

// CanImport tells the catalogue's page whether to offer a file.
func (r *request) CanImport() bool { return r.may(portfolio.ImportFile, nil) }
