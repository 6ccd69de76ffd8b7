package kalundborg

import (
	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// idea is an invented description of an entry that the minutes do not name: they tell that there are 81, no more.
type idea struct {
	no, page    int
	origin      portfolio.Origin
	benefit     portfolio.BenefitType
	mandatory   bool
	title, text string
}

// The origins and types in the tables of ideas.
const (
	public    = portfolio.JointPublic
	municipal = portfolio.JointMunicipal
	local     = portfolio.Local

	efficiency = portfolio.Efficiency
	quality    = portfolio.Quality
	service    = portfolio.Service
)

// ideas are the 73, by area. The pages are invented too: in the catalogue's order, so that each area has a range of its own
// and the pages that the minutes name fall in theirs.
var ideas = map[portfolio.AreaID][]idea{
	adults: adultsIdeas, digital: digitalIdeas, planning: planningIdeas, elderly: elderlyIdeas, finance: financeIdeas,
	citizens: citizensIdeas, employment: employmentIdeas, families: familiesIdeas, schools: schoolsIdeas, culture: cultureIdeas,
}

// describe fills in what the facts leave open, by the programme office.
func describe() []act {
	by := voice{user: office, source: example}
	var acts []act
	for area := adults; area <= culture; area++ {
		for _, d := range ideas[area] {
			acts = append(acts, on(by, item(d.no),
				func(c *portfolio.CatalogueItem, p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
					to := *c
					to.Area, to.Page, to.Title, to.Idea = area, d.page, d.title, d.text
					to.Origin, to.Types, to.Mandatory = d.origin, []portfolio.BenefitType{d.benefit}, d.mandatory
					return c.Edit(p, by, to)
				}))
		}
	}
	return acts
}

// prioritised are the entries that the units want to work with in 2017-2018, by running number.
var prioritised = []int{1, 3, 6, 11, 12, 14, 17, 22, 23, 26, 31, 32, 35, 37, 43, 45, 48, 49, 52, 56, 59, 63, 64, 69, 70, 76, 79, 80}

// prioritise records the units' wishes of spring 2017, each by the area's director. It is entered after the facts: what a
// past day's view shows is what was recorded then.
func prioritise() []act {
	return each(prioritised, func(no int) act {
		return func(tx *store.Tx) error {
			c := tx.Portfolio().ItemByNo(no)
			if c == nil {
				return errMissing
			}
			by := voice{user: directorOf(c.Area), source: example}.because("prioriteret af enheden i foråret 2017.")
			return on(by, item(no), func(c *portfolio.CatalogueItem, p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
				return c.Prioritise(p, by, "2017-2018", portfolio.Approval{})
			})(tx)
		}
	})
}
