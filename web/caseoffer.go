package web

import (
	"gevinst/portfolio"
)

// offerCaseForms offers what the reader may do to the case as it stands: begin a version, send it on, assure it, send it back,
// approve it. The form that was refused is shown again whatever has come between.
func (r *request) offerCaseForms(v *caseView, i *portfolio.Initiative, c *portfolio.BusinessCase) {
	open := r.p.OpenCase(i.ID)
	add := func(name string, may bool, subject portfolio.Record, fill func(*formView)) {
		address := caseHref(i.ID) + "/" + name
		if name == "new" {
			address = caseHref(i.ID)
		}
		if !may && !r.sent(address) {
			return
		}
		f := r.offer("case_"+name, name, address, subject)
		if fill != nil {
			fill(f)
		}
		switch {
		case f.Sent != nil:
			v.Again = f
		case name == "new":
			v.New = f
		default:
			v.Forms = append(v.Forms, f)
		}
	}
	add("new", open == nil && r.may(portfolio.EditCase, i), i, nil)
	if c == nil || c != open {
		return
	}
	may := func(action portfolio.Action, states ...portfolio.CaseState) bool {
		for _, s := range states {
			if c.State == s {
				return r.may(action, c)
			}
		}
		return false
	}
	own := r.user != nil && r.wrote(c)
	note := func(f *formView) { f.area("note", "") }
	add("submit", may(portfolio.EditCase, portfolio.Draft), c, note)
	add("recall", may(portfolio.EditCase, portfolio.Submitted), c, nil)
	add("assure", may(portfolio.AssureCase, portfolio.Submitted) && !own, c, note)
	add("approve", (may(portfolio.ApproveCase, portfolio.Assured) || may(portfolio.AdoptCase, portfolio.Assured)) && !own, c, func(f *formView) {
		f.choose("decision", "", r.decisions(r.say("cases.no_decision")))
		f.area("note", "")
	})
	add("return", may(portfolio.AssureCase, portfolio.Submitted, portfolio.Assured) || may(portfolio.ApproveCase, portfolio.Assured), c, note)
	add("discard", may(portfolio.EditCase, portfolio.Draft), c, nil)
}

// wrote tells one who has written in the version or owns its initiative: nobody assures or approves his own.
func (r *request) wrote(c *portfolio.BusinessCase) bool {
	for _, id := range c.Authors {
		if id == r.user.ID {
			return true
		}
	}
	i := r.p.Initiatives.Get(c.Initiative)
	return i != nil && (i.ProjectOwner == r.user.ID || i.BenefitOwner == r.user.ID)
}
