package exchange

import (
	"strconv"

	"gevinst/portfolio"
)

// The domain's own bounds on what a row says.
const (
	maxNo    = 1_000_000
	maxPage  = 100_000
	maxTitle = 300
)

// itemDraft is a catalogue item as a row tells of it.
type itemDraft struct {
	now *portfolio.CatalogueItem
	to  portfolio.CatalogueItem
	row cells
}

var catalogueLayout = layout[itemDraft]{
	key:  "no",
	made: portfolio.KindCatalogueItem,
	told: []string{"id", "state", "period", "prioritised_by", "prioritised_at", "decision", "approved", "proposed_period", "proposed_by", "proposed_at", "example", "source"},
	columns: []column[itemDraft]{
		{name: "no", danish: []string{"nr", "nummer", "løbenr", "løbenummer", "number"}, required: true, form: Number},
		{
			name: "page", danish: []string{"side"}, form: Number,
			set: func(c cell, d *itemDraft) bool { return c.whole(&d.to.Page, maxPage) },
		},
		{
			name: "title", danish: []string{"titel"}, required: true, form: Text,
			set: func(c cell, d *itemDraft) bool { return c.title(&d.to.Title) },
		},
		{
			name: "area", danish: []string{"område", "omraade", "fagområde", "fagomraade"}, required: true, form: Reference,
			set: func(c cell, d *itemDraft) bool { return c.area(&d.to.Area, true) },
		},
		{
			name: "origin", danish: []string{"ophav"}, form: Choice, codes: originWords.list,
			set: func(c cell, d *itemDraft) bool { return choice(c, originWords, &d.to.Origin) },
		},
		{
			name: "mandatory", danish: []string{"skal-opgave"}, form: YesNo,
			set: func(c cell, d *itemDraft) bool { return c.yes(&d.to.Mandatory) },
		},
		{
			name: "types", danish: []string{"gevinsttyper", "gevinsttype", "benefit types"}, form: Choice, codes: typeWords.list,
			set: func(c cell, d *itemDraft) bool { return c.types(&d.to.Types) },
		},
		{
			name: "idea", danish: []string{"idébeskrivelse", "idebeskrivelse", "idé", "ide", "idea description"}, form: Text,
			set: func(c cell, d *itemDraft) bool { return c.string(&d.to.Idea) },
		},
	},
	about: func(r cells) (string, itemDraft, bool) {
		d := itemDraft{row: r}
		c := r.get("no")
		if c.empty() {
			return "", d, c.refuse("import.no_empty")
		}
		var no int
		if !c.whole(&no, maxNo) {
			return "", d, false
		}
		d.to = portfolio.CatalogueItem{No: no, Origin: portfolio.OriginUnknown}
		if d.now = r.in.p.ItemByNo(no); d.now != nil {
			d.to = *d.now
		}
		return strconv.Itoa(no), d, true
	},
	// A document may leave an item without a title or an area; who changes anything of it gives it both.
	end: func(r cells, d *itemDraft) bool {
		switch {
		case d.now != nil && d.now.Same(&d.to):
			return true
		case d.to.Title == "":
			return r.get("title").refuse("import.title_empty")
		case d.to.Area == 0:
			var none portfolio.AreaID
			return cell{in: r.in, row: r.row, column: "area"}.area(&none, true)
		}
		return true
	},
	before: func(p *portfolio.Portfolio, d *itemDraft) []said { return itemSaid(p, d.now) },
	after:  func(p *portfolio.Portfolio, d *itemDraft) []said { return itemSaid(p, &d.to) },
	stands: func(d *itemDraft) portfolio.Record { return present(d.now) },
	title: func(_ *portfolio.Portfolio, d *itemDraft) (string, string) {
		return strconv.Itoa(d.to.No), d.to.Title
	},
	taken: func(p *portfolio.Portfolio, d *itemDraft) bool { return p.ItemByNo(d.to.No) != nil },
	write: func(a act, d *itemDraft) error {
		if d.now != nil {
			next, e, err := d.now.Edit(a.p, a.by, d.to)
			_, err = kept(a, next, e, err)
			return err
		}
		d.to.ID = portfolio.ItemID(a.id)
		next, e, err := portfolio.NewItem(a.p, a.by, d.to)
		_, err = kept(a, next, e, err)
		return err
	},
}

// itemSaid gives an item as our files write it.
func itemSaid(p *portfolio.Portfolio, c *portfolio.CatalogueItem) []said {
	page := ""
	if c.Page != 0 {
		page = strconv.Itoa(c.Page)
	}
	return []said{
		{"no", strconv.Itoa(c.No)},
		{"page", page},
		{"title", c.Title},
		{"area", areaName(p, c.Area)},
		{"origin", c.Origin.String()},
		{"mandatory", text(c.Mandatory)},
		{"types", typesText(c.Types)},
		{"idea", c.Idea},
	}
}

func (c cell) types(into *[]portfolio.BenefitType) bool {
	types, word := parseTypes(c.text)
	*into = types
	return word == "" || c.refuse("import.type_unknown", word, typeWords.codes())
}

func areaName(p *portfolio.Portfolio, id portfolio.AreaID) string {
	if a := p.Areas.Get(id); a != nil {
		return a.Name
	}
	return ""
}
