package web

import (
	"fmt"
	"slices"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// sharedForm is a form on an overlap: inputs, and boxes for who draws on the cut.
type sharedForm struct {
	*recordForm
	Boxes []fieldView
}

// sharedForms offers to settle where an overlap counts, to change it, and to take it away.
func (r *request) sharedForms(v *sharedCutView) (list []*sharedForm) {
	edits := r.may(portfolio.EditOverlap, v.overlap)
	if action := fmt.Sprintf("/overlaps/%d/home", v.ID); r.may(portfolio.SettleOverlap, v.overlap) || r.sent(action) {
		list = append(list, r.homeForm(v, action))
	}
	if action := fmt.Sprintf("/overlaps/%d/edit", v.ID); edits || r.sent(action) {
		list = append(list, r.sharedForm(fmt.Sprintf("edit-%d", v.ID), action, r.say("overlaps.edit"), r.say("form.save"), v.overlap))
	}
	if action := fmt.Sprintf("/overlaps/%d/remove", v.ID); edits || r.sent(action) {
		f := r.record(fmt.Sprintf("remove-%d", v.ID), action, r.say("overlaps.remove"), r.say("overlaps.remove"))
		seenInputs(f, v.overlap)
		f.add(recordField{Name: "note", Label: r.say("requirements.note"), Kind: "text"})
		list = append(list, &sharedForm{recordForm: f})
	}
	return list
}

// seenInputs hold the version of the record that the form was filled in from.
func seenInputs(f *recordForm, of portfolio.Record) {
	f.add(recordField{Name: "version", Kind: "hidden", Value: strconv.FormatInt(portfolio.MetaOf(of).Version, 10)})
	f.add(recordField{Name: "subject", Kind: "hidden", Value: fmt.Sprintf("%s/%d", of.Kind(), of.Key())})
}

func (r *request) homeForm(v *sharedCutView, action string) *sharedForm {
	f := r.record(fmt.Sprintf("home-%d", v.ID), action, r.say("overlaps.settle"), r.say("overlaps.settle_send"))
	seenInputs(f, v.overlap)
	homes := []optionView{{Value: "", Label: r.say("overlaps.no_home")}}
	for _, id := range v.overlap.Programmes {
		if g := r.p.Programmes.Get(id); g != nil {
			homes = append(homes, optionView{Value: idText(id), Label: g.Name})
		}
	}
	f.add(recordField{Name: "home", Label: r.say("overlaps.home"), Hint: r.say("overlaps.home_hint"), Kind: "select", Value: idText(v.overlap.Home), Options: homes})
	f.add(recordField{Name: "decision", Label: r.say("requirements.decision"), Kind: "select", Options: r.decisions(r.say("requirements.choose_decision")), Required: true})
	f.add(recordField{Name: "note", Label: r.say("requirements.note"), Kind: "text"})
	return &sharedForm{recordForm: f}
}

// sharedForm makes or changes an overlap; o is nil for a new one.
func (r *request) sharedForm(id, action, title, button string, o *portfolio.Overlap) *sharedForm {
	f := &sharedForm{recordForm: r.record(id, action, title, button)}
	if o != nil {
		seenInputs(f.recordForm, o)
	} else {
		o = &portfolio.Overlap{}
		for g := range r.p.Programmes.All() {
			o.Programmes = append(o.Programmes, g.ID)
		}
	}
	f.add(recordField{Name: "title", Label: r.say("overlaps.name"), Hint: r.say("overlaps.name_hint"), Kind: "text", Value: o.Title, Required: true})
	f.add(recordField{Name: "cap", Label: r.say("overlaps.cap"), Hint: r.say("overlaps.cap_hint"), Kind: "text", Value: typed(o.Cap)})
	f.add(recordField{Name: "note", Label: r.say("requirements.note"), Kind: "text"})
	var programmes, initiatives []optionView
	for g := range r.p.Programmes.All() {
		programmes = append(programmes, optionView{Value: idText(g.ID), Label: g.Name, Selected: slices.Contains(o.Programmes, g.ID)})
	}
	for i := range r.p.Initiatives.All() {
		initiatives = append(initiatives, optionView{Value: idText(i.ID), Label: i.Title, Selected: slices.Contains(o.Initiatives, i.ID)})
	}
	f.boxes("programmes", r.say("overlaps.programmes"), r.say("overlaps.programmes_hint"), programmes)
	f.boxes("initiatives", r.say("overlaps.initiatives"), r.say("overlaps.initiatives_hint"), initiatives)
	return f
}

// boxes adds a choice of any number, as it was sent if the form comes back.
func (f *sharedForm) boxes(name, label, hint string, options []optionView) {
	in := fieldView{ID: f.ID + "-" + name, Name: name, Label: label, Hint: hint, Boxes: true, Options: options}
	if f.sent != nil {
		in.ID, in.Error = name, f.sent.Errors[name]
		f.sent.Labels[name] = label
		if given(f.sent, name) {
			for k := range options {
				options[k].Selected = slices.Contains(f.sent.Values[name], options[k].Value)
			}
		}
	}
	f.Boxes = append(f.Boxes, in)
}

// idsOf reads the ticked boxes.
func idsOf[K ~int64](f *form, name string) (ids []K) {
	for _, text := range f.Values[name] {
		if text == "" {
			continue
		}
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			f.bad(name, "error.whole_number", text)
		}
		ids = append(ids, K(id))
	}
	return ids
}

// readOverlap reads a form; a program may send only what it changes.
func readOverlap(f *form) func(*portfolio.Overlap) {
	sent := portfolio.Overlap{
		Title: f.get("title"), Cap: figureOrOre(f, "cap"), Initiatives: idsOf[portfolio.InitiativeID](f, "initiatives"),
		Programmes: idsOf[portfolio.ProgrammeID](f, "programmes"),
	}
	return func(o *portfolio.Overlap) {
		if given(f, "title") {
			o.Title = sent.Title
		}
		if given(f, "cap") || given(f, "cap_ore") {
			o.Cap = sent.Cap
		}
		if f.Values.Has("initiatives") {
			o.Initiatives = sent.Initiatives
		}
		if f.Values.Has("programmes") {
			o.Programmes = sent.Programmes
		}
	}
}

// elsewhere refuses an initiative that another overlap has already, and names that.
func elsewhere(p *portfolio.Portfolio, o *portfolio.Overlap) error {
	var no portfolio.Refusals
	for _, id := range o.Initiatives {
		if other := p.OverlapOf(id); other != nil && other.ID != o.ID {
			no = append(no, &portfolio.Error{
				Kind: portfolio.Invalid, Field: "initiatives", Code: "overlaps.in_another", Args: []any{p.Initiatives.Get(id).Title, other.Title},
			})
		}
	}
	return no.Or()
}

func (s *Server) newOverlap(r *request) (*done, error) {
	put := readOverlap(r.form)
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		id, err := tx.NextID(portfolio.KindOverlap)
		if err != nil {
			return err
		}
		o := portfolio.Overlap{ID: portfolio.OverlapID(id)}
		put(&o)
		if err := elsewhere(tx.Portfolio(), &o); err != nil {
			return err
		}
		next, e, err := portfolio.NewOverlap(tx.Portfolio(), by, o)
		return save(tx, next, e, err)
	})
	return &done{location: "/overlaps", created: true, seq: seq}, err
}

// onOverlap carries out a change of the overlap in the address.
func (r *request) onOverlap(action portfolio.Action, write func(func(*store.Tx, portfolio.By) error) (int64, error), change func(*store.Tx, portfolio.By, *portfolio.Overlap) error) (*done, error) {
	id, err := pathID(r, portfolio.KindOverlap)
	if err != nil {
		return nil, err
	}
	seq, err := write(func(tx *store.Tx, by portfolio.By) error {
		o := tx.Portfolio().Overlaps.Get(portfolio.OverlapID(id))
		if o == nil {
			return portfolio.Missing(portfolio.KindOverlap, id)
		}
		if err := allowed(tx, by, action, o); err != nil {
			return err
		}
		if err := r.form.seen(o); err != nil {
			return err
		}
		return change(tx, by, o)
	})
	return &done{location: "/overlaps", seq: seq}, err
}

func (s *Server) editOverlap(r *request) (*done, error) {
	put := readOverlap(r.form)
	return r.onOverlap(portfolio.EditOverlap, r.write, func(tx *store.Tx, by portfolio.By, o *portfolio.Overlap) error {
		to := *o
		put(&to)
		if err := elsewhere(tx.Portfolio(), &to); err != nil {
			return err
		}
		next, e, err := o.Edit(tx.Portfolio(), by, to)
		return save(tx, next, e, err)
	})
}

func (s *Server) removeOverlap(r *request) (*done, error) {
	return r.onOverlap(portfolio.EditOverlap, r.write, func(tx *store.Tx, by portfolio.By, o *portfolio.Overlap) error {
		to := *o
		to.Removed = true
		next, e, err := o.Edit(tx.Portfolio(), by, to)
		return save(tx, next, e, err)
	})
}

// settleHome says, by a decision, which programme counts what is drawn; none lets it wait again.
func (s *Server) settleHome(r *request) (*done, error) {
	home := portfolio.ProgrammeID(r.form.int("home"))
	return r.onOverlap(portfolio.SettleOverlap, r.carryOut, func(tx *store.Tx, by portfolio.By, o *portfolio.Overlap) error {
		next, e, err := o.SetHome(tx.Portfolio(), by, home)
		return save(tx, next, e, err)
	})
}
