package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
)

func (s *Server) catalogueRoutes() []route {
	return []route{
		{method: http.MethodGet, pattern: "/catalogue", action: portfolio.ViewPortfolio, page: s.catalogue, list: true, view: catalogueView{}, query: itemFilter},
		{method: http.MethodGet, pattern: "/catalogue/new", action: portfolio.EditCatalogue, page: s.newItemPage, view: itemFormPage{}},
		{method: http.MethodPost, pattern: "/catalogue/new", action: portfolio.EditCatalogue, page: s.newItemPage, form: s.newItem, view: itemPage{}, sends: changeFields.and(itemFields)},
		{method: http.MethodPost, pattern: "/catalogue", action: portfolio.EditCatalogue, page: s.newItemPage, form: s.newItem, view: itemPage{}, sends: changeFields.and(itemFields)},
		{method: http.MethodGet, pattern: "/catalogue/{no}", action: portfolio.ViewPortfolio, page: s.item, view: itemPage{}},
		{method: http.MethodGet, pattern: "/catalogue/{no}/edit", action: portfolio.EditCatalogue, page: s.editItemPage, view: itemFormPage{}},
		{method: http.MethodPost, pattern: "/catalogue/{no}/edit", action: portfolio.EditCatalogue, page: s.editItemPage, form: s.editItem, view: itemPage{}, sends: seenFields.and(itemFields)},
		{method: http.MethodPost, pattern: "/catalogue/{no}/priority", action: portfolio.PrioritiseItem, page: s.item, form: s.prioritiseItem, view: itemPage{}, sends: seenFields.and(approvalFields)},
		{method: http.MethodPost, pattern: "/catalogue/{no}/proposal", action: portfolio.ProposeItem, page: s.item, form: s.proposeItem, view: itemPage{}, sends: seenFields.and(fields{"period": ""})},
		{method: http.MethodPost, pattern: "/catalogue/{no}/decline", action: portfolio.PrioritiseItem, page: s.item, form: s.declineItem, view: itemPage{}, sends: seenFields},
		{method: http.MethodPost, pattern: "/catalogue/{no}/selection", action: portfolio.SelectItem, page: s.item, form: s.decideItem, view: itemPage{}, sends: seenFields.and(selectionFields)},
	}
}

var (
	itemFilter = listFields.and(fields{"q": "", "area": "", "origin": "", "type": "", "state": "", "mandatory": "", "sort": ""})
	itemFields = fields{
		"title": "", "page": 0, "area": portfolio.AreaID(0), "origin": portfolio.Origin(0), "types": []portfolio.BenefitType{},
		"mandatory": false, "idea": "",
	}
	approvalFields  = fields{"period": "", "director": portfolio.UserID(0), "approved": portfolio.Date(0)}
	selectionFields = fields{"outcome": portfolio.ItemState(0), "title": "", "programme": ""}
)

// catalogueView is the catalogue's list: what was searched for, what there is to choose among, and one page of what is left.
type catalogueView struct {
	Items []itemView `json:"items"`
	// Next is the number to send as "after" for the following rows, null on the last page.
	Next *int `json:"next"`
	// Count is how many items the filter leaves, Total how many there are. Of those left a document names Named, example data
	// Invented, and nothing Unstated.
	Count    int             `json:"count"`
	Total    int             `json:"total"`
	Named    int             `json:"named"`
	Invented int             `json:"example_titles"`
	Unstated int             `json:"unnamed"`
	Facets   []itemFacetView `json:"facets"`

	Rows   []itemRow               `json:"-"`
	Query  string                  `json:"-"`
	AsOf   string                  `json:"-"`
	Sorted string                  `json:"-"`
	Sort   map[string]itemSortLink `json:"-"`
	Chosen []choice                `json:"-"`
	// First and Last number the rows shown among those left.
	First    int    `json:"-"`
	Last     int    `json:"-"`
	Start    string `json:"-"`
	More     string `json:"-"`
	All      string `json:"-"`
	NewHref  string `json:"-"`
	CSV      string `json:"-"`
	JSON     string `json:"-"`
	Filtered bool   `json:"-"`
}

// catalogueRows is how many rows a page of a list has.
const catalogueRows = 100

// catalogue is the list of the described ideas.
func (s *Server) catalogue(r *request) (*page, error) {
	notice, err := r.notice()
	if err != nil {
		return nil, err
	}
	sifted := r.s.worked.items.of(itemsKey{r.p.Items.Mark(), r.p.Areas.Mark(), r.with("after", "")}, r.siftItems)
	list, became := sifted.list, r.initiativesByItem()
	v := &catalogueView{
		Items: []itemView{}, Count: len(list), Total: r.p.Items.Len(), Query: r.value("q"), AsOf: r.value("as_of"), Sorted: r.value("sort"),
		Named: sifted.named, Invented: sifted.invented, Unstated: sifted.unstated, Facets: r.itemFacetViews(sifted.counts),
		Sort: r.itemSortLinks(), Chosen: r.chosenItemFacets(), All: r.link("/catalogue"), CSV: r.inForm(".csv"), JSON: r.inForm(".json"),
	}
	v.Filtered = len(v.Chosen) > 0
	start := r.after(list)
	end := min(start+catalogueRows, len(list))
	v.First, v.Last = start+1, end
	for _, c := range list[start:end] {
		v.Items = append(v.Items, r.itemView(c, became[c.ID]))
		v.Rows = append(v.Rows, r.itemRow(c, became[c.ID]))
	}
	if start > 0 {
		v.Start = r.with("after", "")
	}
	if end < len(list) {
		v.Next = &list[end-1].No
		v.More = r.with("after", strconv.Itoa(*v.Next))
	}
	if r.may(portfolio.EditCatalogue, &portfolio.CatalogueItem{}) {
		v.NewHref = "/catalogue/new"
	}
	return &page{
		Template: "catalogue", Title: r.say("nav.catalogue"), View: v, Notice: notice,
		Table: func() exchange.Table { return r.catalogueTable(list, became) },
	}, nil
}

// inForm is this view as a file: every row of the filter, so without the place in the list.
func (r *request) inForm(suffix string) string {
	path, query, found := strings.Cut(r.with("after", ""), "?")
	if !found {
		return path + suffix
	}
	return path + suffix + "?" + query
}

// after finds where the page begins: behind the item whose number the address names, wherever it stands in this order.
func (r *request) after(list []*portfolio.CatalogueItem) int {
	no, err := strconv.Atoi(r.value("after"))
	if err != nil {
		return 0
	}
	c := r.p.ItemByNo(no)
	if c == nil {
		return 0
	}
	before := r.itemOrder()
	for k, o := range list {
		if before(c, o) < 0 {
			return k
		}
	}
	return len(list)
}

// initiativesByItem finds what the items became, in one pass.
func (r *request) initiativesByItem() map[portfolio.ItemID][]*portfolio.Initiative {
	return r.s.worked.became.of(r.p.Initiatives.Mark(), func() map[portfolio.ItemID][]*portfolio.Initiative {
		became := map[portfolio.ItemID][]*portfolio.Initiative{}
		for i := range r.p.Initiatives.All() {
			if i.Item != 0 {
				became[i.Item] = append(became[i.Item], i)
			}
		}
		return became
	})
}

// itemView is an item as programs see it; what is not known is null.
type itemView struct {
	// No is our running number; Page is the catalogue document's.
	No        int                     `json:"no"`
	Page      *int                    `json:"page"`
	Title     *string                 `json:"title"`
	Area      *string                 `json:"area"`
	AreaID    *portfolio.AreaID       `json:"area_id"`
	Origin    portfolio.Origin        `json:"origin"`
	Mandatory bool                    `json:"mandatory"`
	Types     []portfolio.BenefitType `json:"types"`
	Idea      string                  `json:"idea"`
	State     portfolio.ItemState     `json:"state"`
	Period    string                  `json:"period,omitempty"`
	Decision  *portfolio.DecisionID   `json:"decision"`
	// Initiatives are what the item became.
	Initiatives []becameView `json:"initiatives"`
	Example     bool         `json:"example"`
	// ExampleFields name the values that are invented.
	ExampleFields []string `json:"example_fields"`
	Version       int64    `json:"version"`
	Href          string   `json:"href"`
}

type becameView struct {
	ID      portfolio.InitiativeID `json:"id"`
	Title   string                 `json:"title"`
	Stage   portfolio.Stage        `json:"stage"`
	Plan    portfolio.Membership   `json:"plan"`
	Example bool                   `json:"example"`
	Href    string                 `json:"href"`
}

func (r *request) itemView(c *portfolio.CatalogueItem, became []*portfolio.Initiative) itemView {
	v := itemView{
		No: c.No, Page: orNull(c.Page), Title: orNull(c.Title), Area: orNull(r.area(c.Area)), AreaID: orNull(c.Area), Origin: c.Origin,
		Mandatory: c.Mandatory, Types: append([]portfolio.BenefitType{}, c.Types...), Idea: c.Idea, State: c.State(), Initiatives: []becameView{},
		Example: c.AnyExample(), ExampleFields: exampleFields(c), Version: c.Version, Href: itemHref(c),
	}
	if c.Priority != nil {
		v.Period = c.Priority.Period
	}
	if c.Selection != nil {
		v.Decision = orNull(c.Selection.Decision)
	}
	for _, i := range became {
		v.Initiatives = append(v.Initiatives, becameView{
			i.ID, i.Title, i.Stage, i.Plan.State, i.ExampleField("title"), r.link(fmt.Sprintf("/initiatives/%d", i.ID)),
		})
	}
	return v
}

// orNull is a value for JSON; the zero value stands for what is not known.
func orNull[T comparable](v T) *T {
	var none T
	if v == none {
		return nil
	}
	return &v
}

func itemHref(c *portfolio.CatalogueItem) string { return fmt.Sprintf("/catalogue/%d", c.No) }

// catalogueTable is every row of the view, as a file.
func (r *request) catalogueTable(list []*portfolio.CatalogueItem, became map[portfolio.ItemID][]*portfolio.Initiative) exchange.Table {
	t := exchange.Table{Columns: []string{
		"no", "page", "title", "area", "origin", "mandatory", "types", "idea", "state", "period", "decision", "initiatives", "example", "example_fields",
	}}
	for _, c := range list {
		v := r.itemView(c, became[c.ID])
		var types, titles []string
		for _, b := range v.Types {
			types = append(types, b.String())
		}
		for _, i := range v.Initiatives {
			titles = append(titles, i.Title)
		}
		t.Add(v.No, cellOf(v.Page), c.Title, r.area(c.Area), v.Origin.String(), v.Mandatory, strings.Join(types, ","), v.Idea, v.State.String(), v.Period,
			cellOf(v.Decision), strings.Join(titles, ", "), v.Example, strings.Join(v.ExampleFields, ","))
	}
	return t
}

// cellOf is a number in a file, empty where it is not known.
func cellOf[T ~int | ~int64](v *T) any {
	if v == nil {
		return nil
	}
	return int64(*v)
}
