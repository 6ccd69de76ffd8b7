package web

import (
	"fmt"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange/finance"
	"gevinst/portfolio/store"
)

// mappingView is a way of reading the finance system's files that was saved under a name.
type mappingView struct {
	ID      portfolio.MappingID `json:"id"`
	Version int64               `json:"version"`
	Name    string              `json:"name"`
	// Columns give each field the header that it has in the file; Options say how values are written.
	Columns map[string]string `json:"columns"`
	Options map[string]string `json:"options"`
	Example bool              `json:"example"`

	Reads []string      `json:"-"`
	Forms []*recordForm `json:"-"`
}

func (r *request) mappingView(m *portfolio.Mapping) mappingView {
	v := mappingView{ID: m.ID, Version: m.Version, Name: m.Name, Columns: m.Columns, Options: m.Options, Example: m.AnyExample()}
	if v.Columns == nil {
		v.Columns = map[string]string{}
	}
	if v.Options == nil {
		v.Options = map[string]string{}
	}
	for _, field := range finance.Fields() {
		if header := m.Columns[field]; header != "" {
			v.Reads = append(v.Reads, r.say("finance.mapping_column", r.fieldWord(field), header))
		}
	}
	if code := m.Options[finance.FixedMeasure]; code != "" {
		v.Reads = append(v.Reads, r.say("finance.option.measure")+" "+r.say("measure."+code))
	}
	if code := m.Options[finance.Amounts]; code != "" {
		v.Reads = append(v.Reads, r.say("finance.option.amounts")+" "+r.choiceWord(finance.Amounts, code))
	}
	edits := r.may(portfolio.ImportFinance, m)
	if action := fmt.Sprintf("/finance/mappings/%d/rename", m.ID); edits || r.sent(action) {
		f := r.record(fmt.Sprintf("rename-%d", m.ID), action, r.say("finance.mapping_rename", m.Name), r.say("form.save"))
		seenInputs(f, m)
		f.add(recordField{Name: "name", Label: r.say("finance.mapping_name"), Kind: "text", Value: m.Name, Required: true})
		v.Forms = append(v.Forms, f)
	}
	if action := fmt.Sprintf("/finance/mappings/%d/remove", m.ID); edits || r.sent(action) {
		v.Forms = append(v.Forms, r.mappingRemoval(m, action))
	}
	return v
}

// mappingRemoval takes a mapping away.
func (r *request) mappingRemoval(m *portfolio.Mapping, action string) *recordForm {
	f := r.record(fmt.Sprintf("remove-%d", m.ID), action, r.say("finance.mapping_remove", m.Name), r.say("finance.mapping_remove_send"))
	seenInputs(f, m)
	f.add(recordField{Name: "note", Label: r.say("requirements.note"), Hint: r.say("finance.mapping_remove_hint"), Kind: "text"})
	return f
}

func (s *Server) renameMapping(r *request) (*done, error) {
	return r.onMapping(finance.Kind, portfolio.ImportFinance, "/finance", func(to *portfolio.Mapping) { to.Name = r.form.get("name") })
}

func (s *Server) removeMapping(r *request) (*done, error) {
	return r.onMapping(finance.Kind, portfolio.ImportFinance, "/finance", func(to *portfolio.Mapping) { to.Removed = true })
}

// onMapping changes the saved mapping in the address. What is for files of other kinds is not found here.
func (r *request) onMapping(kind string, action portfolio.Action, after string, change func(to *portfolio.Mapping)) (*done, error) {
	id, err := pathID(r, portfolio.KindMapping)
	if err != nil {
		return nil, err
	}
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		m := tx.Portfolio().Mappings.Get(portfolio.MappingID(id))
		if m == nil || m.For != kind {
			return portfolio.Missing(portfolio.KindMapping, id)
		}
		if err := allowed(tx, by, action, m); err != nil {
			return err
		}
		if err := r.form.seen(m); err != nil {
			return err
		}
		to := *m
		change(&to)
		next, e, err := m.Edit(tx.Portfolio(), by, to)
		return save(tx, next, e, err)
	})
	return &done{location: after, seq: seq}, err
}
