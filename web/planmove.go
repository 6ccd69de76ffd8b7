package web

import (
	"html/template"
	"slices"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/store"
)

var moveFields = fields{"initiative": portfolio.InitiativeID(0), "scenario": portfolio.ScenarioID(0), "move_to": portfolio.Month(0)}

// planMove is the form by which a row is moved in a scenario, or the reason why it cannot be. The time line's script sets the same
// form from the keyboard and the mouse. It is comparable, as the row is.
type planMove struct {
	ID    portfolio.InitiativeID // 0 offers nothing
	Month portfolio.Month        // what is moved stands here now
	// Effect tells that it is an effect month; else the work's end.
	Effect bool
	// At is the month's place on the time line, counted from its beginning; Min and Max are how far it moves.
	At, Min, Max int
	Into         template.HTML
	// Field, Value and Error are the month's field; Open shows a form that was refused.
	Field, Value, Error string
	Open                bool
	Refused             string
}

// maxMove is how far a scenario moves anything, in months.
const maxMove = 60

// planMoves is what the rows' forms have in common.
type planMoves struct {
	offered bool
	first   portfolio.Month
	into    []optionView
	html    template.HTML
}

func (r *request) planMoves(firstYear int) (planMoves, error) {
	m := planMoves{offered: r.may(portfolio.KeepScenario, nil), first: amount.NewMonth(firstYear, 1)}
	if !m.offered {
		return m, nil
	}
	m.into = r.openScenarios()
	html, err := joined(r, "option", m.into)
	m.html = html
	return m, err
}

// openScenarios are those that something can be put into, after a new one.
func (r *request) openScenarios() []optionView {
	list := []optionView{{Label: r.say("forward.new_scenario")}}
	for sc := range r.p.Scenarios.All() {
		if sc.Decided == nil {
			list = append(list, optionView{Value: strconv.FormatInt(int64(sc.ID), 10), Label: sc.Name})
		}
	}
	return list
}

// of offers to move a row, or says why it stays where it is.
func (m planMoves) of(r *request, id portfolio.InitiativeID) (v planMove, err error) {
	if !m.offered {
		return planMove{}, nil
	}
	movable, err := r.p.Movable(id)
	for _, e := range portfolio.AsRefusals(err) {
		return planMove{Refused: r.refusal(e)}, nil
	}
	key := strconv.FormatInt(int64(id), 10)
	v = planMove{
		ID: id, Month: movable.Month, Effect: movable.Effect, At: int(movable.Month - m.first), Min: -min(max(int(movable.Month-movable.Earliest), 0), maxMove), Max: maxMove,
		Into: m.html, Field: "move_to-" + key, Value: movable.Month.String(),
	}
	if r.sent("/plan/moves") && r.form.get("initiative") == key {
		v.Open, v.Field, v.Value, v.Error = true, "move_to", r.form.get("move_to"), r.form.Errors["move_to"]
		r.form.Labels["move_to"] = r.say("plan.move_of", r.initiativeTitle(id))
		into := slices.Clone(m.into)
		for k := range into {
			into[k].Selected = into[k].Value == r.form.get("scenario")
		}
		v.Into, err = joined(r, "option", into)
	}
	return v, err
}

// proposeMove puts a move of the time line into a scenario, a new one or one that is open, in place of what the scenario did to the
// initiative's months before: the form says to which month it goes, not how far. The plan itself stays.
func (s *Server) proposeMove(r *request) (*done, error) {
	f := r.form
	initiative, into, to := portfolio.InitiativeID(f.int("initiative")), portfolio.ScenarioID(f.int("scenario")), f.month("move_to")
	name, created := r.say("plan.move_name", r.initiativeTitle(initiative)), into == 0
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		movable, err := tx.Portfolio().Movable(initiative)
		if err != nil {
			return err
		}
		move := portfolio.Alteration{Kind: portfolio.Shift, Initiative: initiative, Months: int(min(max(to-movable.Month, -1_000), 1_000))}
		if into == 0 {
			sc, err := keepScenario(tx, by, portfolio.Scenario{Name: name, Alterations: []portfolio.Alteration{move}})
			if err == nil {
				into = sc.ID
			}
			return err
		}
		return editScenario(tx, by, into, func(sc *portfolio.Scenario) {
			sc.Alterations = append(slices.DeleteFunc(slices.Clone(sc.Alterations), func(a portfolio.Alteration) bool {
				return a.Kind == portfolio.Shift && a.Initiative == initiative
			}), move)
		})
	})
	if err != nil {
		return nil, atMove(err)
	}
	return scenarioDone(into, seq, created), nil
}

// atMove puts a refusal of the move at the form's month: that is what it is about.
func atMove(err error) error {
	if !portfolio.Is(err, portfolio.Invalid) {
		return err
	}
	var no portfolio.Refusals
	for _, e := range portfolio.AsRefusals(err) {
		one := *e
		one.Field = "move_to"
		no = append(no, &one)
	}
	return no.Or()
}
