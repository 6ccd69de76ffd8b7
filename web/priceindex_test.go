package web

import (
	"net/http"
	"strconv"
	"testing"

	"gevinst/portfolio"
)

func TestIndexes(t *testing.T) {
	d := begun(t)

	t.Run("only the economy chief enters them", func(t *testing.T) {
		for _, as := range []*reader{d.owner, d.office, d.director} {
			wantStatus(t, as.post("/indexes", "name", "Løn", "source", "KL", "points", "2017 100"), http.StatusForbidden)
		}
	})

	t.Run("a line that cannot be read is named, and what was typed stays", func(t *testing.T) {
		got := d.chief.post("/indexes", "name", "Løn", "source", "KL", "points", "2017 100\n2018 mange")
		wantStatus(t, got, http.StatusUnprocessableEntity)
		wantText(t, got.body, "2018 mange", `value="Løn"`, `id="points-error"`)
	})

	t.Run("an index takes a line from its own prices to the case's", func(t *testing.T) {
		recorded := d.watch()
		wantStatus(t, d.chief.post("/indexes", "name", "Løn", "source", "KL's skøn", "points", "2017 100\n2018 102,5"), http.StatusSeeOther)
		if verbs := recorded(); len(verbs) != 1 || verbs[0] != "price_index.create" {
			t.Fatalf("recorded %v", verbs)
		}
		var index portfolio.PriceIndexID
		for x := range d.now().Indexes.All() {
			if x.Source == "KL's skøn" {
				index = x.ID
			}
		}
		line := d.read().Case.Lines[2]
		wantStatus(t, d.grid(d.owner, lineField(0, "id"), strconv.FormatInt(line.ID, 10), lineField(0, "price_year"), "2016", lineField(0, "index"), idText(index)), http.StatusUnprocessableEntity)
		wantStatus(t, d.grid(d.owner, lineField(0, "id"), strconv.FormatInt(line.ID, 10), lineField(0, "price_year"), "2017", lineField(0, "index"), idText(index)), http.StatusSeeOther)
		c := d.read().Case
		if got := c.Lines[2].Restated; got == nil || *got != 1_537_500_00 || *c.Figures.Net[1] != 462_500_00 {
			t.Errorf("restated %v, net %d", got, *c.Figures.Net[1])
		}
		wantText(t, d.owner.page(d.at), "1.537.500 kr.")
	})

	t.Run("an edit names the version that was seen", func(t *testing.T) {
		var x *portfolio.PriceIndex
		for one := range d.now().Indexes.All() {
			x = one
		}
		at := indexHref(x.ID)
		wantStatus(t, d.chief.post(at, "name", "Lønninger", "version", versionOf(x)), http.StatusSeeOther)
		wantStatus(t, d.chief.post(at, "name", "Lønsum", "version", versionOf(x)), http.StatusConflict)
		wantText(t, d.chief.page("/indexes"), "Lønninger", "102,5", "KL&#39;s skøn")
	})
}
