package web

import (
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// carryOutView is a move that is to be carried out in the plan by a decision.
type carryOutView struct {
	Initiative portfolio.InitiativeID `json:"initiative"`
	Title      string                 `json:"title"`
	// Months is how far it moves, below 0 earlier; Text says so in words.
	Months int             `json:"months"`
	From   portfolio.Month `json:"from"`
	Text   string          `json:"text"`
	// Notes say what moves along, Broken which limits the plan would break and does not now.
	Notes  []string `json:"notes"`
	Broken []string `json:"limits_broken"`

	Form     *recordForm `json:"-"`
	ListHref string      `json:"-"`
}

// carryOutPage asks for the decision by which one initiative is moved in the plan.
func (s *Server) carryOutPage(r *request) (*page, error) {
	f := r.form // a refused form says which move it was about, else the address does
	if f == nil {
		f = &form{Values: r.query}
	}
	a := portfolio.Alteration{Kind: portfolio.Shift, Initiative: portfolio.InitiativeID(f.int("initiative")), Months: f.months(), From: f.month("from")}
	if a.Initiative != 0 && r.p.Initiatives.Get(a.Initiative) == nil {
		return nil, portfolio.Missing(portfolio.KindInitiative, int64(a.Initiative))
	}
	r.path = "/scenarios/carry-out"
	v := &carryOutView{Initiative: a.Initiative, Months: a.Months, Notes: []string{}, Broken: []string{}, ListHref: r.link("/scenarios")}
	v.Form = r.record("carry-out", "/scenarios/carry-out", r.say("forward.carry_out"), r.say("forward.carry_out_do"))
	v.Form.Open = true
	if a.Initiative != 0 && a.Months != 0 {
		v.tell(r, &a)
		v.Form.add(recordField{Name: "initiative", Kind: "hidden", Value: strconv.FormatInt(int64(a.Initiative), 10)})
		v.Form.add(recordField{Name: "months", Kind: "hidden", Value: strconv.Itoa(a.Months)})
		v.Form.add(recordField{Name: "from", Kind: "hidden", Value: a.From.String()})
	} else {
		initiatives, _ := r.alterable()
		v.Form.add(recordField{Name: "initiative", Label: r.say("scenarios.initiative"), Kind: "select", Options: initiatives, Required: true})
		v.Form.add(recordField{Name: "months", Label: r.say("scenarios.months"), Hint: r.say("scenarios.months_hint"), Kind: "number", Required: true})
	}
	r.addDeciding(v.Form, r.say("decisions.deciding_hint"), anyDecision)
	return &page{Template: "carryout", Title: r.say("forward.carry_out"), View: v}, nil
}

// tell says what moves, from the month that it stands at, what goes with it, and the limits that it breaks.
func (v *carryOutView) tell(r *request, a *portfolio.Alteration) {
	if m, err := r.p.Movable(a.Initiative); err == nil && a.From == 0 {
		a.From = m.Month
	}
	v.From, v.Title, v.Text = a.From, r.initiativeTitle(a.Initiative), r.alterationWords(*a)
	under := r.p.Under([]portfolio.Alteration{*a})
	v.Notes = r.workNotes(r.p.Initiatives.Get(a.Initiative), under.Initiatives.Get(a.Initiative).Now)
	v.Broken = r.strainWords(under, under.StrainedSince(r.p))
}

// bringForward takes a move over into the plan, by a decision. It is kept as a scenario, so that what was decided stays to be
// seen beside what came of it.
func (s *Server) bringForward(r *request) (*done, error) {
	alterations, name, decision := r.form.alterations(), r.forwardName(), r.form.decision()
	var id portfolio.ScenarioID
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		by, err := r.form.decided(tx, by, decision)
		if err != nil {
			return err
		}
		sc, err := keepScenario(tx, by, portfolio.Scenario{Name: name, Alterations: alterations})
		if err != nil {
			return err
		}
		id = sc.ID
		return carryOut(tx, by, sc)
	})
	if err != nil {
		return nil, err
	}
	return scenarioDone(id, seq, true), nil
}

// carryOutScenario makes a scenario's alterations in the plan, by a decision.
func (s *Server) carryOutScenario(r *request) (*done, error) {
	decision := r.form.decision()
	return r.changeScenario(func(tx *store.Tx, by portfolio.By, sc *portfolio.Scenario) error {
		by, err := r.form.decided(tx, by, decision)
		if err != nil {
			return err
		}
		return carryOut(tx, by, sc)
	})
}

func carryOut(tx *store.Tx, by portfolio.By, sc *portfolio.Scenario) error {
	changes, err := sc.CarryOut(tx.Portfolio(), by)
	if err != nil {
		return err
	}
	tx.SaveAll(changes)
	return nil
}
