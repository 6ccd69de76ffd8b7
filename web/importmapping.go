package web

import (
	"bytes"
	"context"
	"fmt"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/store"
)

// columnFields are what a form sends of which column is what: for each of a kind's columns, the file's header.
func columnFields(k exchange.Kind) fields {
	f := fields{"mapping": ""}
	for _, c := range k.Columns() {
		f["column_"+c.Name] = ""
	}
	return f
}

// importMapping is how the columns of a file are read: as was sent, or as the first saved mapping has it whose columns are all
// there; nil where its headers say so by themselves.
func (r *request) importMapping(k exchange.Kind, header []string) (name string, m exchange.Mapping) {
	sent := exchange.Mapping{}
	for _, c := range k.Columns() {
		if field := "column_" + c.Name; r.form.Values.Has(field) {
			sent[c.Name] = r.form.get(field)
		}
	}
	if len(sent) > 0 {
		return r.form.get("mapping"), sent
	}
	for saved := range r.p.Mappings.All() {
		if m := exchange.Mapping(saved.Columns); saved.For == k.String() && m.Fits(header) {
			return saved.Name, m
		}
	}
	return "", nil
}

// keepImportMapping saves the mapping that was sent, if a name was sent with it.
func (r *request) keepImportMapping(k exchange.Kind, m exchange.Mapping) error {
	name := r.form.get("mapping")
	if name == "" {
		return nil
	}
	_, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		return saveMapping(tx, by, portfolio.Mapping{Name: name, For: k.String(), Columns: m})
	})
	return err
}

// mapped notes which column of the file is what.
func (v *importView) mapped(ctx context.Context, r *request, k exchange.Kind, content []byte) error {
	header, err := exchange.Reading{Kind: k}.Header(ctx, bytes.NewReader(content))
	if err != nil {
		return err
	}
	v.Header = header
	if v.Mapping, v.Columns = r.importMapping(k, header); v.Columns != nil {
		v.Told = true
		return nil
	}
	v.Columns = k.Guess(header)
	return nil
}

// columnForm asks which of the file's columns holds what, with the present answers.
func (r *request) columnForm(k exchange.Kind, v *importView) (list []mappingPart) {
	for _, c := range k.Columns() {
		part := mappingPart{ID: "column_" + c.Name, Label: r.columnWord(c), Value: v.Columns[c.Name]}
		if c.Required {
			part.Hint = r.say("import.column_required")
		}
		part.Options = []optionView{{Label: r.say("finance.not_read")}}
		for _, name := range v.Header {
			if name != "" {
				part.Options = append(part.Options, optionView{Value: name, Label: name, Selected: name == part.Value})
			}
		}
		list = append(list, part)
	}
	return list
}

func (r *request) columnWord(c exchange.ColumnInfo) string {
	if r.lang.Code == "da" && c.Danish != "" {
		return c.Danish
	}
	return c.Name
}

// maySaveMapping tells whether the reader keeps mappings.
func (r *request) maySaveMapping() bool {
	return r.may(portfolio.ImportFile, nil) || r.may(portfolio.ImportFinance, nil)
}

// importMappings are the saved mappings of a kind of file, with what takes each away.
func (r *request) importMappings(k exchange.Kind) (list []mappingView) {
	for m := range r.p.Mappings.All() {
		if m.For != k.String() {
			continue
		}
		v := mappingView{ID: m.ID, Version: m.Version, Name: m.Name, Example: m.AnyExample()}
		for _, c := range k.Columns() {
			if header := m.Columns[c.Name]; header != "" {
				v.Reads = append(v.Reads, r.say("finance.mapping_column", r.columnWord(c), header))
			}
		}
		if action := fmt.Sprintf("/import/%s/mappings/%d/remove", k, m.ID); r.maySaveMapping() && r.may(k.Action(), m) || r.sent(action) {
			v.Forms = append(v.Forms, r.mappingRemoval(m, action))
		}
		list = append(list, v)
	}
	return list
}
