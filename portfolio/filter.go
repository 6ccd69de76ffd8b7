package portfolio

import "strings"

// Filter narrows what a page shows. The zero value of a field does not narrow.
type Filter struct {
	Area      AreaID
	Programme ProgrammeID
	Stage     Stage
	Plan      Membership
	Owner     UserID
	Origin    Origin
	Type      BenefitType
	State     ItemState
	Mandatory bool
	// Query is looked for in titles and descriptions, whatever the case.
	Query string
}

// Where lists the initiatives that the filter leaves.
func (p *Portfolio) Where(f Filter) []*Initiative {
	var list []*Initiative
	query := strings.ToLower(strings.TrimSpace(f.Query))
	for i := range p.Initiatives.All() {
		switch {
		case f.Area != 0 && i.Area != f.Area,
			f.Programme != 0 && i.Programme != f.Programme,
			f.Stage != 0 && i.Stage != f.Stage,
			f.Plan != 0 && i.Plan.State != f.Plan,
			f.Owner != 0 && i.ProjectOwner != f.Owner && i.BenefitOwner != f.Owner,
			query != "" && !strings.Contains(strings.ToLower(i.Title+"\n"+i.Summary), query):
			continue
		}
		list = append(list, i)
	}
	return list
}

// ItemsWhere lists the catalogue items that the filter leaves.
func (p *Portfolio) ItemsWhere(f Filter) []*CatalogueItem {
	list := make([]*CatalogueItem, 0, p.Items.Len())
	query := strings.ToLower(strings.TrimSpace(f.Query))
	for c := range p.Items.All() {
		if f.Keeps(c, query) {
			list = append(list, c)
		}
	}
	return list
}

// Keeps reports whether the filter leaves the item; query is the filter's, trimmed and in lower case.
func (f Filter) Keeps(c *CatalogueItem, query string) bool {
	switch {
	case f.Area != 0 && c.Area != f.Area,
		f.Origin != 0 && c.Origin != f.Origin,
		f.State != 0 && c.State() != f.State,
		f.Mandatory && !c.Mandatory,
		f.Type != 0 && !hasType(c, f.Type),
		query != "" && !strings.Contains(strings.ToLower(c.Title+"\n"+c.Idea), query):
		return false
	}
	return true
}

func hasType(c *CatalogueItem, t BenefitType) bool {
	for _, has := range c.Types {
		if has == t {
			return true
		}
	}
	return false
}
