package web

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"net/http"
	"path"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/exchange/finance"
	"gevinst/portfolio/store"
)

// mappingFields are what the form of a mapping sends: a header for each field, a choice for each option, and a name to save under.
func mappingFields() fields {
	f := changeFields.and(fields{"name": ""})
	for _, field := range finance.Fields() {
		f["column_"+field] = ""
	}
	for _, o := range finance.Options() {
		f["option_"+o] = ""
	}
	return f
}

// sentUpload opens the file that was sent.
func (r *request) sentUpload() (io.ReadCloser, error) {
	switch {
	case r.form.large != nil:
		return r.form.large.Open()
	case len(r.form.file) > 0 || r.form.fileName != "": // an empty file is said to be that
		return io.NopCloser(bytes.NewReader(r.form.file)), nil
	}
	return nil, &portfolio.Error{Kind: portfolio.Invalid, Field: "file", Code: "error.required"}
}

// takeUpload keeps a file until it has been looked at and taken in.
func (s *Server) takeUpload(r *request) (*done, error) {
	file, err := r.sentUpload()
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // it was only read
	name := strings.ToValidUTF8(path.Base(strings.ReplaceAll(r.form.fileName, `\`, "/")), "")
	old, err := r.financeJob()
	if err != nil {
		return nil, err
	}
	if old != nil {
		s.finance.end(old.Worker)
	}
	err = r.keepFinanceFile(file, strings.ToValidUTF8(name[:min(len(name), 200)], ""))
	var bad *exchange.FileError
	if errors.As(err, &bad) {
		pg := r.uploadShown(&uploadView{State: uploadNone, Name: name, Errors: bad.Say(r.lang.Say)})
		pg.Status = http.StatusUnprocessableEntity
		return &done{show: pg}, nil
	}
	if err != nil {
		return nil, err
	}
	return r.uploadDone(), nil
}

func (r *request) uploadDone() *done {
	return &done{location: "/finance/upload", resource: r.s.financeUpload}
}

// openJob is the reader's file; there must be one, and its bytes with it.
func (r *request) openJob() (*financeJob, error) {
	j, err := r.financeJob()
	if err != nil || (j != nil && j.State != uploadDone) {
		return j, err
	}
	return nil, &portfolio.Error{Kind: portfolio.Invalid, Field: "file", Code: "finance.gone"}
}

// mapUpload says how the file is to be read, saves that if a name is given, and looks through the whole file.
func (s *Server) mapUpload(r *request) (*done, error) {
	j, err := r.openJob()
	if err != nil {
		return nil, err
	}
	m := r.sentMapping()
	if finance.AsksMeasure(m) {
		return nil, &portfolio.Error{Kind: portfolio.Invalid, Field: "option_" + finance.FixedMeasure, Code: "finance.needs_measure"}
	}
	if m.Name != "" {
		if _, err := r.write(func(tx *store.Tx, by portfolio.By) error { return saveMapping(tx, by, m) }); err != nil {
			return nil, err
		}
	}
	return r.uploadDone(), s.readFinanceFile(r.Context(), j, m)
}

func (r *request) sentMapping() portfolio.Mapping {
	m := portfolio.Mapping{Name: r.form.get("name"), For: finance.Kind, Columns: map[string]string{}, Options: map[string]string{}}
	for _, field := range finance.Fields() {
		if header := r.form.get("column_" + field); header != "" {
			m.Columns[field] = header
		}
	}
	for _, o := range finance.Options() {
		if v := r.form.get("option_" + o); v != "" {
			m.Options[o] = v
		}
	}
	return m
}

// saveMapping keeps a mapping under its name; one that says the same already is left.
func saveMapping(tx *store.Tx, by portfolio.By, m portfolio.Mapping) error {
	old := tx.Portfolio().MappingBy(m.For, m.Name)
	if old != nil {
		if maps.Equal(old.Columns, m.Columns) && maps.Equal(old.Options, m.Options) {
			return nil
		}
		next, e, err := old.Edit(tx.Portfolio(), by, m)
		if err != nil {
			return err
		}
		tx.Save(next, e)
		return nil
	}
	id, err := tx.NextID(portfolio.KindMapping)
	if err != nil {
		return err
	}
	m.ID = portfolio.MappingID(id)
	made, e, err := portfolio.NewMapping(tx.Portfolio(), by, m)
	if err != nil {
		return err
	}
	tx.Save(made, e)
	return nil
}

// applyUpload takes in the file that was shown.
func (s *Server) applyUpload(r *request) (*done, error) {
	j, err := r.openJob()
	if err != nil {
		return nil, err
	}
	if j.State != uploadPreview {
		return nil, &portfolio.Error{Kind: portfolio.Invalid, Code: "finance.not_shown"}
	}
	return r.uploadDone(), s.takeFinanceFile(r.Context(), j, r.say("import.note", j.Name))
}

// discardUpload lets the file go. What is being written is given up; what has been written stays.
func (s *Server) discardUpload(r *request) (*done, error) {
	j, err := r.financeJob()
	if err != nil {
		return nil, err
	}
	if j != nil {
		s.finance.end(j.Worker)
	}
	return r.uploadDone(), s.Store.DropUpload(r.Context(), r.user.ID)
}
