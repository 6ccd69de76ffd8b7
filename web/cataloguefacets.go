package web

import (
	"slices"
	"strconv"

	"gevinst/portfolio"
)

// itemFacet is a way of dividing the catalogue: its name in the address, the codes that an item has under it, and all codes in
// the order in which they are offered.
type itemFacet struct {
	name, label string
	codes       func(*portfolio.CatalogueItem) []string
	all         func(*request) []string
	word        func(r *request, code string) string
}

// unstated is the code of what is not known of an item.
const unstated = "unknown"

var itemFacets = [...]itemFacet{
	{"area", "field.area", areaCodes, (*request).areaCodes, (*request).areaWord},
	{
		"origin", "field.origin", func(c *portfolio.CatalogueItem) []string { return []string{c.Origin.String()} },
		func(*request) []string { return codesOf(portfolio.Origins()) }, wordIn("origin."),
	},
	{
		"type", "field.types", typeCodes,
		func(*request) []string { return append(codesOf(portfolio.BenefitTypes()), unstated) }, wordIn("benefit_type."),
	},
	{
		"state", "catalogue.state", func(c *portfolio.CatalogueItem) []string { return []string{c.State().String()} },
		func(*request) []string { return codesOf(portfolio.ItemStates()) }, wordIn("item_state."),
	},
	// Only the mandatory can be asked for: of the others a document need not have said that they are not.
	{"mandatory", "field.mandatory", mandatoryCodes, func(*request) []string { return []string{"true"} }, wordIn("mandatory.")},
}

func areaCodes(c *portfolio.CatalogueItem) []string {
	if c.Area == 0 {
		return []string{unstated}
	}
	return []string{strconv.FormatInt(int64(c.Area), 10)}
}

func typeCodes(c *portfolio.CatalogueItem) []string {
	if len(c.Types) == 0 {
		return []string{unstated}
	}
	return codesOf(c.Types)
}

func mandatoryCodes(c *portfolio.CatalogueItem) []string {
	if c.Mandatory {
		return []string{"true"}
	}
	return nil
}

func codesOf[E interface{ String() string }](values []E) []string {
	codes := make([]string, len(values))
	for k, v := range values {
		codes[k] = v.String()
	}
	return codes
}

// areaCodes lists the areas by name, what has none last.
func (r *request) areaCodes() []string {
	var codes []string
	for _, a := range r.areasByName() {
		codes = append(codes, strconv.FormatInt(int64(a.ID), 10))
	}
	return append(codes, unstated)
}

func (r *request) areasByName() []*portfolio.Area {
	areas, order := r.p.Areas.List(), r.danish()
	slices.SortFunc(areas, func(a, b *portfolio.Area) int { return order(a.Name, b.Name) })
	return areas
}

// danish compares names and titles: they are Danish in either language.
func (r *request) danish() func(a, b string) int { return r.s.languages["da"].Sorter() }

func (r *request) areaWord(code string) string {
	id, err := strconv.ParseInt(code, 10, 64)
	if name := r.area(portfolio.AreaID(id)); err == nil && name != "" {
		return name
	}
	return r.unstatedWord(code)
}

// unstatedWord says what is not known; a code that there is not says itself, so that it can be seen and taken away.
func (r *request) unstatedWord(code string) string {
	if code == unstated {
		return r.say("catalogue.unstated")
	}
	return code
}

func wordIn(family string) func(*request, string) string {
	return func(r *request, code string) string {
		if r.lang.Has(family + code) {
			return r.say(family + code)
		}
		return r.unstatedWord(code)
	}
}

// itemFacetCounts are, facet by facet, how many items have each code under the other filters.
type itemFacetCounts []map[string]int

// siftedItems are the items that a filter leaves, in the order asked for, and how many there are of what. Of those left a document
// names some, example data others, and nothing the rest.
type siftedItems struct {
	list                      []*portfolio.CatalogueItem
	counts                    itemFacetCounts
	named, invented, unstated int
}

// siftItems finds the items that the address' filter leaves. An item that one facet alone keeps out still counts in that
// facet: so many there would be if another of its values were chosen.
func (r *request) siftItems() siftedItems {
	v := siftedItems{counts: make(itemFacetCounts, len(itemFacets))}
	var asked [len(itemFacets)]string
	for k, f := range itemFacets {
		v.counts[k], asked[k] = map[string]int{}, r.value(f.name)
	}
	found := r.p.ItemsWhere(portfolio.Filter{Query: r.value("q")})
	v.list = make([]*portfolio.CatalogueItem, 0, len(found))
	for _, c := range found {
		var codes [len(itemFacets)][]string
		failed, failing := 0, 0
		for k, f := range itemFacets {
			codes[k] = f.codes(c)
			if asked[k] != "" && !slices.Contains(codes[k], asked[k]) {
				failed, failing = failed+1, k
			}
		}
		for k := range itemFacets {
			if failed > 1 || (failed == 1 && failing != k) {
				continue
			}
			for _, code := range codes[k] {
				v.counts[k][code]++
			}
		}
		if failed == 0 {
			v.list = append(v.list, c)
		}
	}
	slices.SortFunc(v.list, r.itemOrder())
	v.countTitles()
	return v
}

func (v *siftedItems) countTitles() {
	for _, c := range v.list {
		switch {
		case c.ExampleField("title"):
			v.invented++
		case c.Title == "":
			v.unstated++
		case c.Sources.Of("title").Document != "":
			v.named++
		}
	}
}

type itemFacetView struct {
	Name   string           `json:"name"`
	Label  string           `json:"-"`
	Values []itemFacetValue `json:"values"`
}

// itemFacetValue is a value that can be chosen; its address takes it away again once it is.
type itemFacetValue struct {
	Code   string `json:"code"`
	Label  string `json:"label"`
	Count  int    `json:"count"`
	Chosen bool   `json:"chosen"`
	Href   string `json:"-"`
}

func (r *request) itemFacetViews(counts itemFacetCounts) []itemFacetView {
	views := make([]itemFacetView, 0, len(itemFacets))
	for k, f := range itemFacets {
		v := itemFacetView{Name: f.name, Label: r.say(f.label), Values: []itemFacetValue{}}
		for _, code := range f.all(r) {
			chosen := r.value(f.name) == code
			if counts[k][code] == 0 && !chosen {
				continue
			}
			to := code
			if chosen {
				to = ""
			}
			v.Values = append(v.Values, itemFacetValue{code, f.word(r, code), counts[k][code], chosen, r.with(f.name, to)})
		}
		views = append(views, v)
	}
	return views
}

// chosenItemFacets are what the list is narrowed by, each with the address without it.
func (r *request) chosenItemFacets() []choice {
	var list []choice
	if q := r.value("q"); q != "" {
		list = append(list, choice{Label: r.say("catalogue.searched", q), Href: r.with("q", "")})
	}
	for _, f := range itemFacets {
		if v := r.value(f.name); v != "" {
			list = append(list, choice{Label: r.say(f.label) + ": " + f.word(r, v), Href: r.with(f.name, "")})
		}
	}
	return list
}
