package web

import (
	"cmp"
	"slices"

	"gevinst/portfolio"
)

// itemOrder compares items as the address asks: sort=page, or sort=-page the other way. What is not known comes last either
// way; equals stand by number.
func (r *request) itemOrder() func(a, b *portfolio.CatalogueItem) int {
	name, sign := r.sorting()
	order := r.danish()
	area := map[portfolio.AreaID]string{}
	for a := range r.p.Areas.All() {
		area[a.ID] = a.Name
	}
	return func(a, b *portfolio.CatalogueItem) int {
		by := 0
		switch name {
		case "page":
			by = unknownLast(a.Page, b.Page, sign, cmp.Compare[int])
		case "title":
			by = unknownLast(a.Title, b.Title, sign, order)
		case "area":
			by = unknownLast(area[a.Area], area[b.Area], sign, order)
		default:
			return sign * cmp.Compare(a.No, b.No)
		}
		return cmp.Or(by, cmp.Compare(a.No, b.No))
	}
}

func unknownLast[T comparable](a, b T, sign int, order func(a, b T) int) int {
	var none T
	switch {
	case a == b:
		return 0
	case a == none:
		return 1
	case b == none:
		return -1
	}
	return sign * order(a, b)
}

// itemSortings are the columns that can be sorted by, the first unless the address says another.
var itemSortings = []string{"no", "page", "title", "area"}

func (r *request) sorting() (name string, sign int) {
	name, sign = r.value("sort"), 1
	if len(name) > 0 && name[0] == '-' {
		name, sign = name[1:], -1
	}
	if !slices.Contains(itemSortings, name) {
		return itemSortings[0], 1
	}
	return name, sign
}

// itemSortLink sorts by a column, or turns the order round; Aria is how it is sorted now.
type itemSortLink struct{ Href, Aria string }

func (r *request) itemSortLinks() map[string]itemSortLink {
	now, sign := r.sorting()
	links := map[string]itemSortLink{}
	for _, name := range itemSortings {
		switch {
		case name != now:
			links[name] = itemSortLink{Href: r.with("sort", name)}
		case sign > 0:
			links[name] = itemSortLink{r.with("sort", "-"+name), "ascending"}
		default:
			links[name] = itemSortLink{r.with("sort", name), "descending"}
		}
	}
	return links
}
