package web

import "gevinst/portfolio"

// caseLead is an initiative's business case in short: its three lines and its payback, of the version that counts.
type caseLead struct {
	No          int                 `json:"no"`
	State       portfolio.CaseState `json:"state"`
	OneOff      ore                 `json:"one_off_ore"`
	Running     ore                 `json:"running_ore"`
	Saving      ore                 `json:"saving_ore"`
	Approximate bool                `json:"approximate"`
	Payback     *float64            `json:"payback_years"`
	Example     bool                `json:"example"`
	Headline    string              `json:"-"`
	Step        string              `json:"-"`
}

// caseLead is nil where no business case has been begun.
func (r *request) caseLead(id portfolio.InitiativeID) (*caseLead, error) {
	c := r.p.CurrentCase(id)
	if c == nil {
		return nil, nil
	}
	f, err := r.appraised(&c.CaseContent, formKeys(&c.CaseContent))
	if err != nil {
		return nil, err
	}
	return &caseLead{
		No: c.No, State: c.State, OneOff: f.OneOff, Running: f.Running, Saving: f.Saving, Approximate: f.Approximate, Payback: f.Payback,
		Example: c.ExampleField("lines"), Headline: f.Shown["headline"], Step: r.say("cases.step_of", c.No, r.caseStep(c)),
	}, nil
}
