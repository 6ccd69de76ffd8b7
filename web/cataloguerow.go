package web

import (
	"slices"
	"strings"

	"gevinst/portfolio"
)

// itemRow is an item's row; it is comparable, so that a row that did not change is not written again.
type itemRow struct {
	No, Page    int
	Title, Href string
	Named       bool
	Area        string
	Origin      portfolio.Origin
	Types       string
	Mandatory   bool
	State       portfolio.ItemState
	Class       string
	// Became is the initiative that the item became, Others how many more there are.
	Became, BecameHref string
	BecameExample      bool
	Others             int
	Marks              itemMarks
}

// itemMarks tell what of a row is invented: Row everything that is known of it, or else field by field.
type itemMarks struct{ Row, Page, Title, Area, Origin, Types, Mandatory, State bool }

func (r *request) itemRow(c *portfolio.CatalogueItem, became []*portfolio.Initiative) itemRow {
	row := itemRow{
		No: c.No, Page: c.Page, Title: r.itemTitle(c), Href: r.link(itemHref(c)), Named: c.Title != "", Area: r.area(c.Area), Origin: c.Origin,
		Types: r.typeWords(c.Types), Mandatory: c.Mandatory, State: c.State(), Class: stateClass(c.State()), Marks: marksOf(c),
	}
	if len(became) > 0 {
		row.Became, row.BecameHref = r.subject(became[0])
		row.BecameExample, row.Others = became[0].ExampleField("title"), len(became)-1
	}
	return row
}

func (r *request) typeWords(types []portfolio.BenefitType) string {
	words := make([]string, len(types))
	for k, t := range types {
		words[k] = r.say("benefit_type." + t.String())
	}
	return strings.Join(words, ", ")
}

// stateClass is how a state looks: begun, done, stopped.
func stateClass(s portfolio.ItemState) string {
	switch s {
	case portfolio.Prioritised:
		return "state-busy"
	case portfolio.ItemSelected:
		return "state-done"
	case portfolio.NotSelected:
		return "state-stop"
	}
	return "state-open"
}

// statedFields names what is known of an item, in the order of the page.
func statedFields(c *portfolio.CatalogueItem) []string {
	var fields []string
	add := func(name string, stated bool) {
		if stated {
			fields = append(fields, name)
		}
	}
	add("page", c.Page != 0)
	add("title", c.Title != "")
	add("area", c.Area != 0)
	add("origin", c.Origin != portfolio.OriginUnknown)
	add("mandatory", c.Mandatory)
	add("types", len(c.Types) > 0)
	add("idea", c.Idea != "")
	add("priority", c.Priority != nil)
	add("selection", c.Selection != nil)
	return fields
}

func exampleFields(c *portfolio.CatalogueItem) []string {
	fields := []string{}
	for _, f := range statedFields(c) {
		if c.ExampleField(f) {
			fields = append(fields, f)
		}
	}
	return fields
}

// marksOf decides where the mark of example data stands: once on the row when all that is known of it is invented, or else at
// each invented value.
func marksOf(c *portfolio.CatalogueItem) itemMarks {
	invented := exampleFields(c)
	if len(invented) == 0 {
		return itemMarks{}
	}
	if len(invented) == len(statedFields(c)) {
		return itemMarks{Row: true}
	}
	has := func(field string) bool { return slices.Contains(invented, field) }
	return itemMarks{
		Page: has("page"), Title: has("title"), Area: has("area"), Origin: has("origin"), Types: has("types"), Mandatory: has("mandatory"),
		State: (has("priority") && c.Selection == nil) || has("selection"),
	}
}
