package web

import (
	"fmt"
	"strconv"

	"gevinst/portfolio"
)

// What is to become of the net requirement that a document states, when the lines change.
const (
	keepStated = "keep"
	dropStated = "drop"
)

var lineKinds = []portfolio.LineKind{
	portfolio.Base, portfolio.CarriedOver, portfolio.AlreadyRealized, portfolio.EarlierYears, portfolio.Adjustment,
}

var linePermanences = []portfolio.Permanence{portfolio.NotStated, portfolio.Permanent, portfolio.OneOff}

// lineInputs are the fields of a line, filled in with the one that stands.
func (r *request) lineInputs(f *recordForm, l portfolio.Line) {
	if l.Kind == 0 {
		l.Kind, l.Permanence = portfolio.Base, portfolio.NotStated
	}
	f.add(recordField{Name: "kind", Label: r.say("requirements.kind"), Kind: "select", Value: l.Kind.String(), Options: codes(r, "line", lineKinds, "")})
	f.add(recordField{Name: "label", Label: r.say("requirements.label"), Kind: "text", Value: l.Label, Required: true})
	f.add(recordField{Name: "amount", Label: r.say("requirements.amount"), Hint: r.say("requirements.amount_hint"), Kind: "text", Value: typed(l.Amount)})
	f.add(recordField{Name: "permanence", Label: r.say("requirements.permanence"), Kind: "select", Value: l.Permanence.String(), Options: codes(r, "permanence", linePermanences, "")})
	f.add(recordField{Name: "document", Label: r.say("requirements.document"), Hint: r.say("requirements.document_hint"), Kind: "text", Value: l.Source.Document})
	f.add(recordField{Name: "quote", Label: r.say("requirements.quote"), Hint: r.say("requirements.quote_hint"), Kind: "text", Value: l.Source.Quote})
	f.add(recordField{Name: "derived", Label: r.say("requirements.derived"), Kind: "select", Value: strconv.FormatBool(l.Source.Derived), Options: []optionView{
		{Value: "false", Label: r.say("requirements.stated")}, {Value: "true", Label: r.say("savings.derived")},
	}})
}

// lineForm is a form on the lines of a requirement: on the one with the number, or on a new one (0).
func (r *request) lineForm(q *portfolio.Requirement, id, action, title string, no int) *recordForm {
	f := r.record(id, action, title, r.say("form.save"))
	if f.sent != nil && f.sent.int("line") != int64(no) {
		f.sent, f.Open = nil, false // every line's form is sent to the same address
	}
	f.add(recordField{Name: "version", Kind: "hidden", Value: strconv.FormatInt(q.Version, 10)})
	f.add(recordField{Name: "subject", Kind: "hidden", Value: fmt.Sprintf("requirement/%d", q.ID)})
	if no != 0 {
		f.add(recordField{Name: "line", Kind: "hidden", Value: strconv.Itoa(no)})
	}
	return r.lineFormOf(f, q, no)
}

func (r *request) lineFormOf(f *recordForm, q *portfolio.Requirement, no int) *recordForm {
	var l portfolio.Line
	if no > 0 && no <= len(q.Lines) {
		l = q.Lines[no-1]
	}
	if f.Action != fmt.Sprintf("/requirements/%d/remove", q.ID) {
		r.lineInputs(f, l)
	}
	if q.StatedNet.Known {
		net := money(r.lang, q.StatedNet, r.lang.Style.Short)
		f.add(recordField{Name: "stated", Label: r.say("requirements.stated_net", net), Hint: r.say("requirements.stated_net_hint"), Kind: "select", Value: keepStated, Options: []optionView{
			{Value: keepStated, Label: r.say("requirements.keep_stated")}, {Value: dropStated, Label: r.say("requirements.drop_stated")},
		}})
	}
	f.add(recordField{Name: "note", Label: r.say("requirements.note"), Kind: "text"})
	return f
}

// lineForms offers to change a line and to take it out.
func (r *request) lineForms(q *portfolio.Requirement, no int, edits bool) []*recordForm {
	var list []*recordForm
	for _, of := range [...]struct{ name, title string }{{"change", r.say("requirements.change")}, {"remove", r.say("requirements.remove")}} {
		action := fmt.Sprintf("/requirements/%d/%s", q.ID, of.name)
		if !edits && !r.sent(action) {
			continue
		}
		f := r.lineForm(q, fmt.Sprintf("%s-%d", of.name, no), action, of.title, no)
		if of.name == "remove" {
			f.Button = of.title
		}
		list = append(list, f)
	}
	return list
}

func (r *request) newRequirementForm() *recordForm {
	f := r.record("requirement", "/requirements", r.say("requirements.new"), r.say("requirements.new_send"))
	var programmes []optionView
	for g := range r.p.Programmes.All() {
		programmes = append(programmes, optionView{Value: g.Code, Label: g.Name})
	}
	f.add(recordField{Name: "programme", Label: r.say("requirements.programme"), Kind: "select", Options: programmes})
	f.add(recordField{Name: "year", Label: r.say("requirements.year"), Kind: "number", Value: strconv.Itoa(r.p.Today.Year() + 1), Required: true})
	r.lineInputs(f, portfolio.Line{})
	f.add(recordField{Name: "note", Label: r.say("requirements.note"), Kind: "text"})
	return f
}

// carryForm puts the proposal into the next year by a decision. It holds the amount that was seen, so that what is decided is
// what was looked at.
func (r *request) carryForm(action string, v *carryView, next *portfolio.Requirement) *recordForm {
	f := r.record("carry-over", action, r.say("requirements.carry", v.Next), r.say("requirements.carry_send"))
	if next != nil {
		f.add(recordField{Name: "version", Kind: "hidden", Value: strconv.FormatInt(next.Version, 10)})
	}
	carried := recordField{Name: "carried", Kind: "hidden", Value: typed(v.Amount.Figure)}
	f.add(carried)
	f.Fields[len(f.Fields)-1].Value = carried.Value // the amount shown now, also after a refusal
	f.add(recordField{Name: "decision", Label: r.say("requirements.decision"), Hint: r.say("requirements.decision_hint"), Kind: "select", Options: r.decisions(r.say("requirements.choose_decision")), Required: true})
	f.add(recordField{Name: "note", Label: r.say("requirements.note"), Kind: "text"})
	return f
}
