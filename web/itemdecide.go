package web

import (
	"errors"
	"net/url"
	"slices"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// fillForms offers what the reader may do with the item.
func (r *request) fillForms(v *itemPage, c *portfolio.CatalogueItem) {
	version := strconv.FormatInt(c.Version, 10)
	if r.may(portfolio.EditCatalogue, c) {
		v.EditHref = itemHref(c) + "/edit"
	}
	v.Prioritise = r.priorityForms(c)
	if !r.may(portfolio.SelectItem, nil) || c.State() == portfolio.ItemSelected {
		return
	}
	v.Decide = r.itemForm(itemHref(c)+"/selection", url.Values{
		"version": {version}, "outcome": {portfolio.ItemSelected.String()}, "title": {c.Title}, "programme": {r.programmeChoice()},
	})
	v.Outcomes = []portfolio.ItemState{portfolio.ItemSelected, portfolio.NotSelected}
	v.Decisions, v.Programmes = r.decisionOptions(v.Decide), r.programmeOptions(v.Decide)
}

func (r *request) programmeChoice() string {
	if g := r.programme(); g != nil {
		return g.Code
	}
	return ""
}

// decisionOptions lists what has been decided, the latest meeting first.
func (r *request) decisionOptions(f *itemForm) []itemOption {
	date := func(d *portfolio.Decision) portfolio.Date {
		if m := r.p.Meetings.Ever(d.Meeting); m != nil {
			return m.Date
		}
		return 0
	}
	decisions := r.p.Decisions.List()
	slices.SortFunc(decisions, func(a, b *portfolio.Decision) int { return int(date(b)) - int(date(a)) })
	options := make([]itemOption, len(decisions))
	for k, d := range decisions {
		code := strconv.FormatInt(int64(d.ID), 10)
		options[k] = itemOption{code, r.say("item.decision_option", date(d), d.Title), f.Has("decision", code)}
	}
	return options
}

func (r *request) programmeOptions(f *itemForm) []itemOption {
	var options []itemOption
	for g := range r.p.Programmes.All() {
		options = append(options, itemOption{g.Code, g.Name, f.Has("programme", g.Code)})
	}
	return options
}

// decideItem records a board's word on the item. What is selected becomes an initiative in the same transaction, so that
// neither stands without the other.
func (s *Server) decideItem(r *request) (*done, error) {
	var outcome portfolio.ItemState
	r.form.code("outcome", &outcome)
	if outcome != portfolio.ItemSelected && outcome != portfolio.NotSelected && r.form.err() == nil {
		r.form.bad("outcome", "error.required")
	}
	return r.changeItem(func(tx *store.Tx, by portfolio.By, c *portfolio.CatalogueItem) error {
		decided, e, err := c.Decide(tx.Portfolio(), by, outcome == portfolio.ItemSelected)
		if outcome == portfolio.NotSelected && err == nil {
			tx.Save(decided, e)
		}
		if outcome == portfolio.NotSelected {
			return err
		}
		i, becomes, ierr := r.becomes(tx, by, c)
		if err := bothRefusals(err, ierr); err != nil {
			return err
		}
		tx.Save(decided, e)
		tx.Save(i, becomes)
		return nil
	})
}

// becomes makes the initiative that the item is to be: in the programme that was chosen, under the item's title unless
// another is given.
func (r *request) becomes(tx *store.Tx, by portfolio.By, c *portfolio.CatalogueItem) (*portfolio.Initiative, portfolio.Event, error) {
	id, err := tx.NextID(portfolio.KindInitiative)
	if err != nil {
		return nil, portfolio.Event{}, err
	}
	i := portfolio.Initiative{
		ID: portfolio.InitiativeID(id), Title: c.Title, Background: portfolio.FromCatalogue, Item: c.ID, Area: c.Area,
	}
	if r.form.states("title") {
		i.Title = r.form.get("title")
	}
	if g := tx.Portfolio().Programme(r.form.get("programme")); g != nil {
		i.Programme = g.ID
	}
	return portfolio.NewInitiative(tx.Portfolio(), by, i)
}

// bothRefusals joins what two verbs refuse, so that all of it is told at once. Anything but a refusal goes before.
func bothRefusals(a, b error) error {
	var all portfolio.Refusals
	for _, err := range []error{a, b} {
		if err == nil {
			continue
		}
		refusals := portfolio.AsRefusals(err)
		if refusals == nil {
			return errors.Join(a, b)
		}
		all = append(all, refusals...)
	}
	return all.Or()
}
