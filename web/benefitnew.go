package web

import (
	"fmt"

	"gevinst/portfolio"
)

// newBenefitView is the page on which another gain of an initiative is described: first what it is counted in, then what fits.
type newBenefitView struct {
	Initiative portfolio.InitiativeID `json:"initiative_id"`
	Title      string                 `json:"initiative"`
	Measure    string                 `json:"measure"`
	Measures   []choice               `json:"-"`
	Form       *formView              `json:"-"`
	OfHref     string                 `json:"-"`
}

func (s *Server) newBenefitPage(r *request) (*page, error) {
	id, err := pathID(r, portfolio.KindInitiative)
	if err != nil {
		return nil, err
	}
	i := r.p.Initiatives.Get(portfolio.InitiativeID(id))
	if i == nil {
		return nil, portfolio.Missing(portfolio.KindInitiative, id)
	}
	here, action := fmt.Sprintf("/initiatives/%d/benefits/new", i.ID), fmt.Sprintf("/initiatives/%d/benefits", i.ID)
	in := measure(r.value("measure"))
	if r.sent(action) { // what was refused is shown in the form that it came from
		var step portfolio.Cashability
		if err := step.UnmarshalText([]byte(r.form.get("cashability"))); err == nil {
			in, _ = measureOf(step)
		}
	}
	b := portfolio.Benefit{Initiative: i.ID, Type: portfolio.Quality, PriceYear: r.listYear()}
	switch in {
	case inHours:
		b.Time = &portfolio.FreedTime{}
	case inIndicator:
		b.Indicator = &portfolio.Indicator{}
	default:
		in, b.Type, b.Cash = inKroner, portfolio.Efficiency, &portfolio.Cash{Step: portfolio.BudgetReduction}
	}
	v := &newBenefitView{Initiative: i.ID, Title: i.Title, Measure: string(in), OfHref: r.link(fmt.Sprintf("/initiatives/%d", i.ID))}
	for _, m := range measures {
		v.Measures = append(v.Measures, choice{r.say(m.label), here + "?measure=" + string(m.measure), m.measure == in})
	}
	if r.may(portfolio.EditBenefit, i) || r.sent(action) {
		v.Form = r.offer("benefit_new", "benefit-new", action, i)
		r.benefitFields(v.Form, &b)
	}
	return &page{Template: "benefitnew", Title: r.say("initiatives.form.benefit_new"), View: v}, nil
}
