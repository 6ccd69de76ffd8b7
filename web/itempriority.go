package web

import (
	"cmp"
	"fmt"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// proposalView is a unit's wish that waits for its director.
type proposalView struct {
	No     int            `json:"no"`
	Title  string         `json:"title"`
	Area   string         `json:"area"`
	Period string         `json:"period"`
	By     string         `json:"by"`
	On     portfolio.Date `json:"on"`
	Href   string         `json:"href"`
}

func (r *request) proposalView(c *portfolio.CatalogueItem) proposalView {
	return proposalView{
		No: c.No, Title: r.itemTitle(c), Area: r.area(c.Area), Period: c.Proposal.Period, By: r.name(c.Proposal.By), On: store.DayOf(c.Proposal.At),
		Href: r.link(fmt.Sprintf("/catalogue/%d#prioritise", c.No)),
	}
}

// approval tells who approved a priority and on which day; "" and 0 where it is not known.
func (r *request) approval(q *portfolio.Priority) (by string, on portfolio.Date) {
	director := r.p.ApprovalOf(q)
	if director == 0 {
		return "", 0
	}
	return r.name(director), cmp.Or(q.Approved, store.DayOf(q.At))
}

// priorityForms offer to approve, to turn down, or to propose. A director approves himself; who records it for him says who he is.
func (r *request) priorityForms(c *portfolio.CatalogueItem) (forms []*recordForm) {
	if c.Selection != nil {
		return nil
	}
	begin := func(part, title string) *recordForm {
		f := r.record(part, itemHref(c)+"/"+part, r.say(title), r.say(title))
		seenInputs(f, c)
		forms = append(forms, f)
		return f
	}
	period := func(f *recordForm) {
		in := recordField{Name: "period", Label: r.say("item.period"), Hint: r.say("item.period_hint"), Kind: "text", Required: true}
		switch {
		case c.Proposal != nil:
			in.Value = c.Proposal.Period
		case c.Priority != nil:
			in.Value = c.Priority.Period
		}
		f.add(in)
	}
	note := func(f *recordForm, required bool) {
		f.add(recordField{Name: "note", Label: r.say("item.note"), Hint: r.say("item.note_hint"), Kind: "text", Required: required})
	}
	if r.may(portfolio.PrioritiseItem, c) {
		f := begin("priority", "item.prioritise")
		period(f)
		if r.user.Role != portfolio.Director {
			directors := r.people(r.say("item.choose"), func(u *portfolio.User) bool { return u.Role == portfolio.Director })
			area := portfolio.UserID(0)
			if a := r.p.Areas.Get(c.Area); a != nil {
				area = a.Director
			}
			f.add(recordField{Name: "director", Label: r.say("item.approved_by"), Hint: r.say("item.approved_hint"), Kind: "select", Value: idText(area), Options: directors, Required: true})
			f.add(recordField{Name: "approved", Label: r.say("item.approved_on"), Kind: "date", Required: true})
		}
		note(f, false)
		if c.Proposal != nil {
			note(begin("decline", "item.decline"), true)
		}
	}
	if r.may(portfolio.ProposeItem, c) {
		f := begin("proposal", "item.propose")
		period(f)
		note(f, false)
	}
	return forms
}

// prioritiseItem records the unit's wish to work with the item in a period, as its director approved.
func (s *Server) prioritiseItem(r *request) (*done, error) {
	approval := portfolio.Approval{Director: portfolio.UserID(r.form.int("director")), On: r.form.date("approved")}
	return r.changeItem(func(tx *store.Tx, by portfolio.By, c *portfolio.CatalogueItem) error {
		next, e, err := c.Prioritise(tx.Portfolio(), by, r.form.get("period"), approval)
		return save(tx, next, e, err)
	})
}

// proposeItem records a unit's wish, which waits for its director.
func (s *Server) proposeItem(r *request) (*done, error) {
	return r.changeItem(func(tx *store.Tx, by portfolio.By, c *portfolio.CatalogueItem) error {
		next, e, err := c.Propose(tx.Portfolio(), by, r.form.get("period"))
		return save(tx, next, e, err)
	})
}

// declineItem turns the wish down.
func (s *Server) declineItem(r *request) (*done, error) {
	return r.changeItem(func(tx *store.Tx, by portfolio.By, c *portfolio.CatalogueItem) error {
		next, e, err := c.Decline(tx.Portfolio(), by)
		return save(tx, next, e, err)
	})
}
