package kalundborg

import (
	"testing"

	"gevinst/portfolio"
)

func TestExampleCatalogue(t *testing.T) {
	_, p := withExamples(t)
	type shape struct{ unnamed, all, public, municipal, local, efficiency, quality, service int }
	got := map[string]shape{}
	isNamed := map[int]bool{}
	for _, n := range namedItems {
		isNamed[n.no] = true
	}
	mandatory := 0
	for c := range p.Items.All() {
		name := p.Areas.Get(c.Area).Name
		s := got[name]
		s.all++
		if c.Mandatory {
			mandatory++
		}
		if isNamed[c.No] {
			got[name] = s
			continue
		}
		s.unnamed++
		count(&s.public, c.Origin == portfolio.JointPublic)
		count(&s.municipal, c.Origin == portfolio.JointMunicipal)
		count(&s.local, c.Origin == portfolio.Local)
		for _, b := range c.Types {
			count(&s.efficiency, b == portfolio.Efficiency)
			count(&s.quality, b == portfolio.Quality)
			count(&s.service, b == portfolio.Service)
		}
		got[name] = s
	}

	t.Run("each area has its entries by origin and benefit type", func(t *testing.T) {
		var sum shape
		for name, want := range map[string]shape{
			"Voksenspecialområdet":       {6, 7, 2, 2, 2, 2, 3, 1},
			"Digitalisering & IT":        {8, 12, 4, 2, 2, 6, 1, 1},
			"Plan, Byg & Miljø":          {9, 11, 4, 1, 4, 3, 1, 5},
			"Ældre- og Sundhedsområdet":  {11, 12, 4, 4, 3, 3, 6, 2},
			"Økonomi & Løn":              {5, 5, 1, 1, 3, 4, 1, 0},
			"Borgerservice & Ydelse":     {8, 8, 5, 1, 2, 4, 0, 4},
			"Arbejdsmarked":              {7, 7, 3, 2, 2, 3, 2, 2},
			"Børn & Familie":             {6, 6, 1, 2, 3, 1, 4, 1},
			"Skole & Dagtilbud":          {9, 9, 3, 2, 4, 2, 5, 2},
			"Kultur, Fritid & Ejendomme": {4, 4, 1, 0, 3, 1, 1, 2},
		} {
			if got[name] != want {
				t.Errorf("%s: %+v, want %+v", name, got[name], want)
			}
			g := got[name]
			sum = shape{
				sum.unnamed + g.unnamed, sum.all + g.all, sum.public + g.public, sum.municipal + g.municipal, sum.local + g.local,
				sum.efficiency + g.efficiency, sum.quality + g.quality, sum.service + g.service,
			}
		}
		if want := (shape{73, 81, 28, 17, 28, 29, 24, 20}); sum != want {
			t.Errorf("all: %+v, want %+v", sum, want)
		}
	})

	t.Run("fourteen are mandatory", func(t *testing.T) {
		if mandatory != 14 {
			t.Errorf("%d", mandatory)
		}
	})

	t.Run("pages and areas run in the order of the numbers, and no title or text stands twice", func(t *testing.T) {
		var before *portfolio.CatalogueItem
		seen := map[string]bool{}
		for c := range p.Items.All() {
			if before != nil && (c.Page <= before.Page || c.Area < before.Area) {
				t.Errorf("number %d is on page %d in area %d, after page %d in area %d", c.No, c.Page, c.Area, before.Page, before.Area)
			}
			before = c
			for _, text := range []string{c.Title, c.Idea} {
				if text != "" && seen[text] {
					t.Errorf("number %d: %q stands twice", c.No, text)
				}
				seen[text] = true
			}
			if isNamed[c.No] == (c.Idea != "") {
				t.Errorf("number %d: idea %q", c.No, c.Idea)
			}
		}
	})

	t.Run("units have prioritised some in every area, each by the area's director", func(t *testing.T) {
		areas := map[portfolio.AreaID]bool{}
		for _, no := range prioritised {
			c := p.ItemByNo(no)
			areas[c.Area] = true
			if c.Priority == nil || c.Priority.Period != "2017-2018" || c.Priority.By != p.Areas.Get(c.Area).Director {
				t.Errorf("number %d: %+v", no, c.Priority)
			}
		}
		if len(areas) != 10 {
			t.Errorf("%d areas", len(areas))
		}
	})
}

func count(n *int, yes bool) {
	if yes {
		*n++
	}
}
