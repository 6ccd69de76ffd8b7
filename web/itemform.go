package web

import (
	"net/url"
	"slices"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// itemForm is a form as it is shown: with what is there now, or, when it comes back refused, with what was typed and why.
type itemForm struct {
	Action  string
	Values  url.Values
	Errors  map[string]string
	Refused bool
}

type itemOption struct {
	Value, Label string
	Chosen       bool
}

// itemForm fills a form in. Each form of a page has an address of its own, so what was sent to another is not shown here.
func (r *request) itemForm(action string, now url.Values) *itemForm {
	if r.form != nil && r.form.Action == action {
		return &itemForm{action, r.form.Values, r.form.Errors, true}
	}
	return &itemForm{Action: action, Values: now}
}

// Has reports whether a list of choices has the one.
func (f *itemForm) Has(name, value string) bool { return slices.Contains(f.Values[name], value) }

// itemFormPage is where an item is described or edited.
type itemFormPage struct {
	Item    *itemView       `json:"item"`
	Form    *itemForm       `json:"-"`
	Areas   []itemOption    `json:"-"`
	Origins []itemOption    `json:"-"`
	Types   []itemOption    `json:"-"`
	Marks   map[string]bool `json:"-"`
	Back    string          `json:"-"`
	Crumb   string          `json:"-"`
	// Denied tells that the reader may not edit this item, or not in the past.
	Denied bool `json:"-"`
}

func (s *Server) newItemPage(r *request) (*page, error) {
	action := "/catalogue/new"
	if r.form != nil {
		action = r.form.Action // programs send new items to the list
	}
	v := &itemFormPage{Form: r.itemForm(action, url.Values{"origin": {portfolio.OriginUnknown.String()}}), Back: r.link("/catalogue")}
	r.fillOptions(v)
	return &page{Template: "itemform", Title: r.say("item.new"), View: v}, nil
}

func (s *Server) editItemPage(r *request) (*page, error) {
	c, err := r.itemIn(r.p)
	if err != nil {
		return nil, err
	}
	now := url.Values{
		"version": {strconv.FormatInt(c.Version, 10)}, "title": {c.Title}, "area": areaCodes(c), "origin": {c.Origin.String()},
		"types": codesOf(c.Types), "mandatory": mandatoryCodes(c), "idea": {c.Idea},
	}
	if c.Page != 0 {
		now.Set("page", strconv.Itoa(c.Page))
	}
	view := r.itemView(c, r.p.InitiativesOf(c.ID))
	v := &itemFormPage{
		Item: &view, Form: r.itemForm(itemHref(c)+"/edit", now), Back: r.link(itemHref(c)), Crumb: r.itemTitle(c), Marks: map[string]bool{},
		Denied: !r.may(portfolio.EditCatalogue, c),
	}
	for _, name := range view.ExampleFields {
		v.Marks[name] = true
	}
	r.fillOptions(v)
	return &page{Template: "itemform", Title: r.say("item.edit_title", c.No), View: v}, nil
}

func (r *request) fillOptions(v *itemFormPage) {
	chosen := func(name string, code string) bool { return v.Form.Has(name, code) }
	for _, a := range r.areasByName() {
		code := strconv.FormatInt(int64(a.ID), 10)
		v.Areas = append(v.Areas, itemOption{code, a.Name, chosen("area", code)})
	}
	for _, o := range portfolio.Origins() {
		v.Origins = append(v.Origins, itemOption{o.String(), r.say("origin." + o.String()), chosen("origin", o.String())})
	}
	for _, t := range portfolio.BenefitTypes() {
		v.Types = append(v.Types, itemOption{t.String(), r.say("benefit_type." + t.String()), chosen("types", t.String())})
	}
}

// described reads what a form says of an item, over what is there: a program may state some of it alone.
func (f *form) described(c portfolio.CatalogueItem) portfolio.CatalogueItem {
	if f.states("title") {
		c.Title = f.get("title")
	}
	if f.states("page") {
		c.Page = int(f.int("page"))
	}
	if f.states("area") {
		c.Area = portfolio.AreaID(f.int("area"))
	}
	if f.states("origin") {
		f.code("origin", &c.Origin)
	}
	if f.states("mandatory") {
		c.Mandatory = f.get("mandatory") == "true"
	}
	if f.states("idea") {
		c.Idea = f.get("idea")
	}
	if f.states("types") {
		c.Types = nil
		for _, code := range f.Values["types"] {
			var t portfolio.BenefitType
			if err := t.UnmarshalText([]byte(code)); err != nil || t == 0 {
				f.bad("types", "error.choice", code)
			} else if !slices.Contains(c.Types, t) {
				c.Types = append(c.Types, t)
			}
		}
		slices.Sort(c.Types)
	}
	return c
}

// newItem describes an idea under the next number.
func (s *Server) newItem(r *request) (*done, error) {
	c := r.form.described(portfolio.CatalogueItem{})
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		id, err := tx.NextID(portfolio.KindCatalogueItem)
		if err != nil {
			return err
		}
		c.ID, c.No = portfolio.ItemID(id), 1
		for o := range tx.Portfolio().Items.All() {
			c.No = max(c.No, o.No+1)
		}
		described, e, err := portfolio.NewItem(tx.Portfolio(), by, c)
		if err != nil {
			return err
		}
		tx.Save(described, e)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &done{location: itemHref(&c), seq: seq, created: true, resource: func(r *request) (*page, error) {
		return r.itemPage(r.p.ItemByNo(c.No))
	}}, nil
}

// editItem changes what is said of the item. An edit that changes nothing leaves no trace.
func (s *Server) editItem(r *request) (*done, error) {
	return r.changeItem(func(tx *store.Tx, by portfolio.By, c *portfolio.CatalogueItem) error {
		to := r.form.described(*c)
		if err := r.form.err(); err != nil {
			return err
		}
		edited, e, err := c.Edit(tx.Portfolio(), by, to)
		if err != nil {
			return err
		}
		if !c.Same(edited) {
			tx.Save(edited, e)
		}
		return nil
	})
}

// changeItem finds the item in the portfolio that is written to, holds it to the version that was seen, and carries the
// change out. What it leads to is the item's page.
func (r *request) changeItem(change func(tx *store.Tx, by portfolio.By, c *portfolio.CatalogueItem) error) (*done, error) {
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		c, err := r.itemIn(tx.Portfolio())
		if err != nil {
			return err
		}
		if err := r.form.seen(c); err != nil {
			return err
		}
		return change(tx, by, c)
	})
	if err != nil {
		return nil, err
	}
	c, err := r.itemIn(r.p)
	if err != nil {
		return nil, err
	}
	return &done{location: itemHref(c), seq: seq, resource: r.s.item}, nil
}
