package web

import (
	"fmt"
	"net/http"
	"slices"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
)

func (s *Server) benefitMapRoutes() []route {
	return []route{{
		method: http.MethodGet, pattern: "/benefits/map", action: portfolio.ViewPortfolio, page: s.benefitMap, list: true, view: benefitMapView{},
		query: initiativeFields.and(fields{"initiative": portfolio.InitiativeID(0)}),
	}}
}

// mapRows is how many initiatives one picture holds: about a sheet of paper.
const mapRows = 20

// benefitMapView is the benefit map: from initiative to change to gain to the strategy's focus.
type benefitMapView struct {
	Items   []mapInitiative `json:"items"`
	Next    *int64          `json:"next"`
	Picture mapPicture      `json:"-"`
	Facets  []facet         `json:"-"`
	Chips   []queryTag      `json:"-"`
	Query   string          `json:"-"`
	AsOf    string          `json:"-"`
	Links   listLinks       `json:"-"`
}

type (
	mapInitiative struct {
		ID      portfolio.InitiativeID `json:"id"`
		Title   string                 `json:"title"`
		Changes []mapChange            `json:"changes"`
		Href    string                 `json:"-"`
	}
	// mapChange is what is done otherwise, "" where nobody has said what, and the gains that come of it.
	mapChange struct {
		Text     string       `json:"change"`
		Benefits []mapBenefit `json:"benefits"`
	}
	mapBenefit struct {
		ID          portfolio.BenefitID   `json:"id"`
		Title       string                `json:"title"`
		Adverse     bool                  `json:"adverse"`
		Cashability portfolio.Cashability `json:"cashability"`
		Focus       []string              `json:"focus"`
		Example     bool                  `json:"example"`
		// Size says how much it is, in its own unit.
		Size string `json:"-"`
		Href string `json:"-"`
	}
)

func (s *Server) benefitMap(r *request) (*page, error) {
	filter, after, err := r.initiativeFilter()
	if err != nil {
		return nil, err
	}
	q := form{Values: r.query}
	only := portfolio.InitiativeID(q.int("initiative"))
	if err := q.err(); err != nil {
		return nil, err
	}
	all := r.p.Where(filter)
	if only != 0 {
		all = slices.DeleteFunc(all, func(i *portfolio.Initiative) bool { return i.ID != only })
	}
	v := &benefitMapView{Items: []mapInitiative{}, Query: r.value("q"), AsOf: r.value("as_of")}
	shown, next := pagedBy(all, after, mapRows, func(i *portfolio.Initiative) int64 { return int64(i.ID) })
	for _, i := range shown {
		v.Items = append(v.Items, r.mapInitiative(i))
	}
	v.Next, v.Links, v.Picture = next, r.listLinks(after, next), r.drawMap(v.Items)
	v.Facets = []facet{r.facet("area", r.say("field.area"), r.areas()), r.facet("programme", r.say("kind.programme"), r.programmes())}
	v.Chips = r.chips(v.Facets)
	title := r.say("benefits.map")
	if only != 0 {
		v.Chips = append(v.Chips, queryTag{r.initiativeTitle(only), r.with("initiative", "")})
	}
	return &page{Template: "benefitmap", Title: title, View: v, Table: func() exchange.Table { return r.mapTable(all) }}, nil
}

// mapInitiative gathers an initiative's gains under what is done otherwise so that they come.
func (r *request) mapInitiative(i *portfolio.Initiative) mapInitiative {
	v := mapInitiative{ID: i.ID, Title: i.Title, Changes: []mapChange{}, Href: r.link(fmt.Sprintf("/initiatives/%d", i.ID))}
	for _, b := range r.p.BenefitsOf(i.ID) {
		k := slices.IndexFunc(v.Changes, func(c mapChange) bool { return c.Text == b.Change })
		if k < 0 {
			k = len(v.Changes)
			v.Changes = append(v.Changes, mapChange{Text: b.Change})
		}
		v.Changes[k].Benefits = append(v.Changes[k].Benefits, r.mapBenefit(b))
	}
	return v
}

func (r *request) mapBenefit(b *portfolio.Benefit) mapBenefit {
	v := mapBenefit{
		ID: b.ID, Title: b.Title, Adverse: b.Adverse, Cashability: b.Cashability(), Focus: append([]string{}, b.Focus...),
		Example: b.AnyExample(), Href: r.link(fmt.Sprintf("/benefits/%d", b.ID)),
	}
	if b.Cash == nil {
		v.Size = r.benefitRow(b, r.p.Today.Year()).Other
		return v
	}
	key := "benefits.map_yearly"
	if b.OneOff {
		key = "benefits.map_once"
	}
	v.Size = r.say(key, money(r.lang, netOf(&b.Terms), r.lang.Style.Short))
	return v
}

// mapTable has a line for each way through the map.
func (r *request) mapTable(all []*portfolio.Initiative) exchange.Table {
	t := exchange.Table{Columns: []string{
		"initiative", "initiative_title", "change", "benefit", "title", "cashability", "adverse", "focus", "example",
	}}
	for _, i := range all {
		of := r.mapInitiative(i)
		for _, c := range of.Changes {
			for _, b := range c.Benefits {
				for _, focus := range orNone(b.Focus) {
					t.Add(int64(of.ID), of.Title, c.Text, int64(b.ID), b.Title, b.Cashability.String(), b.Adverse, focus, b.Example)
				}
			}
		}
	}
	return t
}

// orNone gives one empty focus for a gain that names none, so that it is in the file all the same.
func orNone(list []string) []string {
	if len(list) == 0 {
		return []string{""}
	}
	return list
}
