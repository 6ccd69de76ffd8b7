package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// offer puts the forms on the page of a scenario that has not been carried out.
func (v *scenarioView) offer(r *request, sc *portfolio.Scenario) {
	if sc.Decided != nil || !r.may(portfolio.KeepScenario, sc) {
		return
	}
	path := fmt.Sprintf("/scenarios/%d", sc.ID)
	seen := func(f *recordForm) *recordForm {
		f.add(recordField{Name: "version", Kind: "hidden", Value: strconv.FormatInt(sc.Version, 10)})
		f.add(recordField{Name: "subject", Kind: "hidden", Value: fmt.Sprintf("%s/%d", sc.Kind(), sc.ID)})
		return f
	}
	v.Remove = path + "/alterations/remove"
	alter := seen(r.record("alteration", path+"/alterations", r.say("scenarios.add"), r.say("scenarios.add_do")))
	alter.add(recordField{Name: "kind", Label: r.say("scenarios.kind"), Kind: "select", Options: codes(r, "alteration", portfolio.AlterationKinds(), ""), Required: true})
	initiatives, benefits := r.alterable()
	alter.add(recordField{Name: "initiative", Label: r.say("scenarios.initiative"), Hint: r.say("scenarios.initiative_hint"), Kind: "select", Options: initiatives})
	alter.add(recordField{Name: "months", Label: r.say("scenarios.months"), Hint: r.say("scenarios.months_hint"), Kind: "number"})
	alter.add(recordField{Name: "benefit", Label: r.say("scenarios.benefit"), Hint: r.say("scenarios.benefit_hint"), Kind: "select", Options: benefits})
	alter.add(recordField{Name: "year", Label: r.say("scenarios.year"), Hint: r.say("scenarios.year_hint"), Kind: "number"})
	alter.add(recordField{Name: "amount", Label: r.say("scenarios.amount"), Hint: r.say("scenarios.amount_hint"), Kind: "text"})
	edit := seen(r.record("edit", path, r.say("scenarios.edit"), r.say("scenarios.save")))
	edit.add(recordField{Name: "name", Label: r.say("scenarios.name"), Kind: "text", Value: sc.Name, Required: true})
	edit.add(recordField{Name: "about", Label: r.say("scenarios.about"), Kind: "lines", Value: sc.Note})
	v.Forms = []*recordForm{alter, edit}
	if r.may(portfolio.ChangePlan, nil) && len(sc.Alterations) > 0 {
		carry := seen(r.record("carry-out", path+"/carry-out", r.say("scenarios.carry_out"), r.say("scenarios.carry_out_do")))
		r.addDeciding(carry, r.say("scenarios.carry_out_hint"), anyDecision)
		v.Forms = append(v.Forms, carry)
	}
}

// alterable lists what an alteration can be of: initiatives, and gains in kroner.
func (r *request) alterable() (initiatives, benefits []optionView) {
	initiatives, benefits = []optionView{{}}, []optionView{{}}
	for i := range r.p.Initiatives.All() {
		initiatives = append(initiatives, optionView{Value: strconv.FormatInt(int64(i.ID), 10), Label: i.Title})
		for _, b := range r.p.BenefitsOf(i.ID) {
			if b.Cash != nil {
				benefits = append(benefits, optionView{Value: strconv.FormatInt(int64(b.ID), 10), Label: r.benefitTitle(b)})
			}
		}
	}
	byLabel(r, initiatives)
	byLabel(r, benefits)
	return initiatives, benefits
}

// scenarioDone leads to a scenario's page.
func scenarioDone(id portfolio.ScenarioID, seq int64, created bool) *done {
	return &done{location: fmt.Sprintf("/scenarios/%d", id), seq: seq, created: created, resource: func(r *request) (*page, error) { return r.scenarioPage(id) }}
}

// alterations are those that a form states outright: initiatives to drop, and one to move.
func (f *form) alterations() (list []portfolio.Alteration) {
	for _, text := range f.Values["drop"] {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			f.bad("drop", "error.whole_number", text)
			continue
		}
		list = append(list, portfolio.Alteration{Kind: portfolio.Drop, Initiative: portfolio.InitiativeID(id)})
	}
	if id := f.int("initiative"); id != 0 {
		list = append(list, portfolio.Alteration{Kind: portfolio.Shift, Initiative: portfolio.InitiativeID(id), Months: f.months(), From: f.month("from")})
	}
	return list
}

// months reads how far to move; what is beyond any scenario is refused by the domain.
func (f *form) months() int { return int(min(max(f.int("months"), -1_000), 1_000)) }

// newScenario names a scenario, or adds to one that is there: what is only added takes nothing from anybody, so no version is
// asked for.
func (s *Server) newScenario(r *request) (*done, error) {
	alterations, into := r.form.alterations(), portfolio.ScenarioID(r.form.int("scenario"))
	name := r.form.get("name")
	if name == "" && r.form.int("initiative") != 0 {
		name = r.forwardName()
	}
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		if into != 0 {
			return extendScenario(tx, by, into, alterations)
		}
		sc, err := keepScenario(tx, by, portfolio.Scenario{Name: name, Note: r.form.get("about"), Alterations: alterations})
		if err == nil {
			into = sc.ID
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return scenarioDone(into, seq, r.form.int("scenario") == 0), nil
}

// forwardName is what a scenario is called that moves one initiative.
func (r *request) forwardName() string {
	return r.say("forward.name", r.initiativeTitle(portfolio.InitiativeID(r.form.int("initiative"))))
}

func keepScenario(tx *store.Tx, by portfolio.By, sc portfolio.Scenario) (*portfolio.Scenario, error) {
	id, err := tx.NextID(portfolio.KindScenario)
	if err != nil {
		return nil, err
	}
	sc.ID = portfolio.ScenarioID(id)
	next, e, err := portfolio.NewScenario(tx.Portfolio(), by, sc)
	if err != nil {
		return nil, err
	}
	tx.Save(next, e)
	return next, nil
}

func extendScenario(tx *store.Tx, by portfolio.By, id portfolio.ScenarioID, more []portfolio.Alteration) error {
	return editScenario(tx, by, id, func(sc *portfolio.Scenario) { sc.Alterations = slices.Concat(sc.Alterations, more) })
}

// editScenario changes a scenario in the transaction.
func editScenario(tx *store.Tx, by portfolio.By, id portfolio.ScenarioID, change func(sc *portfolio.Scenario)) error {
	sc := tx.Portfolio().Scenarios.Get(id)
	if sc == nil {
		return portfolio.Missing(portfolio.KindScenario, int64(id))
	}
	to := *sc
	change(&to)
	next, e, err := sc.Edit(tx.Portfolio(), by, to)
	if err != nil {
		return err
	}
	tx.Save(next, e)
	return nil
}

// changeScenario carries out a change of the scenario that the address names, as it was seen.
func (r *request) changeScenario(change func(tx *store.Tx, by portfolio.By, sc *portfolio.Scenario) error) (*done, error) {
	id, err := pathID(r, portfolio.KindScenario)
	if err != nil {
		return nil, err
	}
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		sc := tx.Portfolio().Scenarios.Get(portfolio.ScenarioID(id))
		if sc == nil {
			return portfolio.Missing(portfolio.KindScenario, id)
		}
		if err := r.form.seen(sc); err != nil {
			return err
		}
		return change(tx, by, sc)
	})
	if err != nil {
		return nil, err
	}
	return scenarioDone(portfolio.ScenarioID(id), seq, false), nil
}

// editTo changes a scenario, and reads the form's faults with the domain's.
func (r *request) editTo(change func(to *portfolio.Scenario)) (*done, error) {
	return r.changeScenario(func(tx *store.Tx, by portfolio.By, sc *portfolio.Scenario) error {
		to := *sc
		change(&to)
		if err := r.form.err(); err != nil {
			return err
		}
		next, e, err := sc.Edit(tx.Portfolio(), by, to)
		if err != nil {
			return err
		}
		tx.Save(next, e)
		return nil
	})
}

func (s *Server) editScenario(r *request) (*done, error) {
	return r.editTo(func(to *portfolio.Scenario) {
		if r.form.states("name") {
			to.Name = r.form.get("name")
		}
		if r.form.states("about") {
			to.Note = r.form.get("about")
		}
	})
}

// alter adds an alteration. What the chosen kind does not ask for is left out, whatever the form's other fields hold.
func (s *Server) alter(r *request) (*done, error) {
	f := r.form
	a := portfolio.Alteration{}
	f.code("kind", &a.Kind)
	switch a.Kind {
	case portfolio.Shift:
		a.Initiative, a.Months = portfolio.InitiativeID(f.int("initiative")), f.months()
	case portfolio.Drop:
		a.Initiative = portfolio.InitiativeID(f.int("initiative"))
	case portfolio.ChangeAmount:
		a.Benefit, a.Amount = portfolio.BenefitID(f.int("benefit")), f.figure("amount")
	case portfolio.ChangeRequirement, portfolio.SupposeRequirement:
		a.Year, a.Amount = int(min(max(f.int("year"), 0), lastYear+1)), f.figure("amount")
		code := f.get("programme")
		if code == "" {
			code = programmeCode
		}
		if g := r.p.Programme(code); g != nil {
			a.Programme = g.ID
		}
	}
	d, err := r.editTo(func(to *portfolio.Scenario) {
		to.Alterations = slices.Concat(to.Alterations, []portfolio.Alteration{a})
	})
	return d, atFields(err)
}

// atFields names the form's own fields: the domain tells which of the alterations is refused, and that is the one just sent.
func atFields(err error) error {
	if err == nil || !portfolio.Is(err, portfolio.Invalid) {
		return err
	}
	var no portfolio.Refusals
	for _, e := range portfolio.AsRefusals(err) {
		one := *e
		one.Field = one.Field[strings.LastIndexByte(one.Field, '.')+1:]
		no = append(no, &one)
	}
	return no.Or()
}

// unalter takes one of the alterations away, by its number.
func (s *Server) unalter(r *request) (*done, error) {
	return r.editTo(func(to *portfolio.Scenario) {
		k := r.form.int("no") - 1
		if k < 0 || k >= int64(len(to.Alterations)) {
			r.form.bad("no", "error.choice", r.form.get("no"))
			return
		}
		to.Alterations = slices.Delete(slices.Clone(to.Alterations), int(k), int(k)+1)
	})
}
