package web

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// catalogueList is the list's JSON as a program reads it.
type catalogueList struct {
	Items []struct {
		No            int
		Page          *int
		Title         *string
		Area          *string
		Origin, State string
		Mandatory     bool
		Types         []string
		Idea          string
		Initiatives   []struct {
			ID    int
			Title string
		}
		Example       bool
		ExampleFields []string `json:"example_fields"`
		Version       int
	}
	Next         *int
	Count, Total int
	Named        int
	Facets       []struct {
		Name   string
		Values []struct {
			Code   string
			Count  int
			Chosen bool
		}
	}
}

func (l catalogueList) numbers() []int {
	var list []int
	for _, i := range l.Items {
		list = append(list, i.No)
	}
	return list
}

func TestCatalogueOfFacts(t *testing.T) {
	s := newSite(t, false)
	viewer := s.as("viewer")

	t.Run("81 items stand there, of which the minutes name eight, by their page", func(t *testing.T) {
		var list catalogueList
		viewer.json("/catalogue.json", &list)
		if list.Total != 81 || list.Count != 81 || len(list.Items) != 81 || list.Named != 8 || list.Next != nil {
			t.Fatalf("total %d, count %d, items %d, named %d, next %v", list.Total, list.Count, len(list.Items), list.Named, list.Next)
		}
		pages := map[int]string{}
		for _, i := range list.Items {
			if i.Page != nil {
				pages[*i.Page] = *i.Title
			} else if i.Title != nil || i.Area != nil {
				t.Errorf("no. %d has a title or an area that no document states", i.No)
			}
			if i.Example || len(i.ExampleFields) > 0 || i.Origin != "unknown" {
				t.Errorf("no. %d: example %v, origin %s", i.No, i.ExampleFields, i.Origin)
			}
		}
		for page, title := range map[int]string{49: "Kopiering af tekst fra PDF-filer til (eksempelvis) fagsystemer", 103: "Udbredelse af SMS-service"} {
			if pages[page] != title {
				t.Errorf("page %d: %q", page, pages[page])
			}
		}
		body := viewer.page("/catalogue")
		if want := "81 indsatser, heraf 8 navngivet i referatet"; !strings.Contains(body, want) {
			t.Errorf("the page does not say %q", want)
		}
		if strings.Contains(body, "Eksempeldata</span>") {
			t.Error("facts carry the mark of example data")
		}
	})

	t.Run("an item's page says which document states each value, and how it was selected", func(t *testing.T) {
		body := viewer.page("/catalogue/8")
		for _, want := range []string{
			"<h1>Device Strategi</h1>", "Dokument 326-2017-315951", "<q>Device Strategi (side 54 i kataloget)</q>", "326-2017-60501", "afledt",
			"Udvalgt ved beslutningen", "2. oktober 2017", "Digitaliseringskonsulent", `href="/initiatives/2"`,
		} {
			if !strings.Contains(body, want) {
				t.Errorf("the page does not say %q", want)
			}
		}
		if strings.Contains(body, "Eksempeldata</span>") || strings.Contains(body, "<form method=\"post\" action=\"/catalogue") {
			t.Error("the page is marked as an example, or offers a viewer a form")
		}
	})

	t.Run("what is not known is null, and says so", func(t *testing.T) {
		var item map[string]any
		viewer.json("/catalogue/1.json", &item)
		if item["page"] != nil || item["title"] != nil || item["area"] != nil || item["no"] != 1.0 {
			t.Errorf("got %v", item)
		}
		if body := viewer.page("/catalogue/1"); !strings.Contains(body, "ikke navngivet i referatet") || !strings.Contains(body, "ikke oplyst") {
			t.Error("the page does not say what is not known")
		}
	})

	t.Run("a number that there is not is not found, in any form", func(t *testing.T) {
		for _, path := range []string{"/catalogue/82", "/catalogue/82.json", "/catalogue/x", "/catalogue/0", "/catalogue/82/edit"} {
			if got := s.as("programme_office").get(path); got.status != http.StatusNotFound {
				t.Errorf("%s: %d", path, got.status)
			}
		}
		got := s.as("programme_office").post("/catalogue/82/edit", "version", "1", "title", "x")
		if got.status != http.StatusNotFound {
			t.Errorf("POST: %d", got.status)
		}
	})
}

func TestCatalogueList(t *testing.T) {
	s := newSite(t, true)
	viewer := s.as("viewer")
	read := func(t *testing.T, query string) catalogueList {
		t.Helper()
		var list catalogueList
		viewer.json("/catalogue.json?"+query, &list)
		return list
	}

	t.Run("a facet's count is how many rows choosing it leaves, under the other filters", func(t *testing.T) {
		for _, query := range []string{"", "origin=local", "area=3&type=service", "q=digital&state=prioritised"} {
			list := read(t, query)
			if len(list.Facets) != 5 {
				t.Fatalf("%q: %d facets", query, len(list.Facets))
			}
			for _, f := range list.Facets {
				for _, v := range f.Values {
					chosen := read(t, query+"&"+f.Name+"="+v.Code)
					if strings.Contains(query, f.Name+"=") {
						continue // the first value of a name counts; choosing another replaces it
					}
					if chosen.Count != v.Count || len(chosen.Items) != v.Count {
						t.Errorf("%q and %s=%s: %d rows, the facet says %d", query, f.Name, v.Code, chosen.Count, v.Count)
					}
				}
			}
		}
	})

	t.Run("the other values of a chosen facet keep the counts that choosing them instead would give", func(t *testing.T) {
		for _, v := range read(t, "area=3").Facets[0].Values {
			if alone := read(t, "area="+v.Code); alone.Count != v.Count || v.Chosen != (v.Code == "3") {
				t.Errorf("area %s: %d rows, the facet says %d (chosen %t)", v.Code, alone.Count, v.Count, v.Chosen)
			}
		}
	})

	t.Run("the search looks in titles and ideas, whatever the case, also of Æ, Ø and Å", func(t *testing.T) {
		lower, upper := read(t, "q=%C3%A6ldre"), read(t, "q=%C3%86LDRE")
		if lower.Count == 0 || !slices.Equal(lower.numbers(), upper.numbers()) {
			t.Errorf("%v and %v", lower.numbers(), upper.numbers())
		}
		for _, i := range lower.Items {
			if !strings.Contains(strings.ToLower(*i.Title+i.Idea), "ældre") {
				t.Errorf("no. %d does not have the word", i.No)
			}
		}
	})

	t.Run("titles and areas sort as Danes do, pages and numbers as numbers, and back", func(t *testing.T) {
		danish := viewer.web.languages["da"].Sorter()
		for _, name := range []string{"title", "area", "page", "no"} {
			up, down := read(t, "sort="+name), read(t, "sort=-"+name)
			before := func(l catalogueList, a, b int) int {
				x, y := l.Items[a], l.Items[b]
				switch name {
				case "title":
					return danish(*x.Title, *y.Title)
				case "area":
					return danish(*x.Area, *y.Area)
				case "page":
					return *x.Page - *y.Page
				}
				return x.No - y.No
			}
			for k := 1; k < len(up.Items); k++ {
				if before(up, k-1, k) > 0 || before(down, k-1, k) < 0 {
					t.Errorf("sort=%s: row %d is out of order", name, k)
				}
			}
		}
		var areas []string
		for _, i := range read(t, "sort=area").Items {
			areas = append(areas, *i.Area)
		}
		if last := slices.Compact(areas)[8:]; !slices.Equal(last, []string{"Ældre- og Sundhedsområdet", "Økonomi & Løn"}) {
			t.Errorf("the last areas are %q: Æ and Ø come after Z", last)
		}
	})

	t.Run("the page, the JSON and the file have the same rows in the same order", func(t *testing.T) {
		for _, query := range []string{"", "area=4&sort=-title", "q=borger", "mandatory=true&sort=page"} {
			list := read(t, query)
			got := viewer.do(http.MethodGet, "/catalogue.csv?"+query, nil)
			rows := csv.NewReader(strings.NewReader(strings.TrimPrefix(got.body, "\ufeff")))
			rows.Comma = ';'
			lines, err := rows.ReadAll()
			if err != nil || len(lines) != list.Count+1 {
				t.Fatalf("%q: %d lines, %v", query, len(lines), err)
			}
			body := viewer.page("/catalogue?" + query)
			body = body[strings.Index(body, "<tbody>"):]
			for k, i := range list.Items {
				if line := lines[k+1]; line[0] != strconv.Itoa(i.No) || line[2] != *i.Title || line[3] != *i.Area || line[4] != i.Origin || line[8] != i.State {
					t.Errorf("%q row %d: %v", query, k, line)
				}
				href := fmt.Sprintf(`<a href="/catalogue/%d">`, i.No)
				at := strings.Index(body, href)
				if at < 0 {
					t.Fatalf("%q: no. %d is not on the page, or out of order", query, i.No)
				}
				body = body[at:]
			}
		}
	})

	t.Run("every invented row carries the mark, and a fact's row does not", func(t *testing.T) {
		body := viewer.page("/catalogue")
		rows := strings.Split(body[strings.Index(body, "<tbody>"):], "<tr>")[1:]
		list := read(t, "")
		for k, i := range list.Items {
			if marked := strings.Contains(rows[k], "Eksempeldata</span>"); marked != i.Example {
				t.Errorf("no. %d: marked %t, example %t", i.No, marked, i.Example)
			}
		}
	})

	t.Run("what nothing fits says so and leads back; a filter can be taken away by itself", func(t *testing.T) {
		body := viewer.page("/catalogue?q=findesikke&origin=local")
		for _, want := range []string{"Ingen indsatser passer", `href="/catalogue?origin=local"`, `href="/catalogue?q=findesikke"`} {
			if !strings.Contains(body, want) {
				t.Errorf("the page lacks %q", want)
			}
		}
	})

	t.Run("the past keeps its links in the past", func(t *testing.T) {
		body := viewer.page("/catalogue?as_of=2017-11-06")
		if !strings.Contains(body, "heraf 8 navngivet") || !strings.Contains(body, `href="/catalogue/8?as_of=2017-11-06"`) {
			t.Error("the list is not as it was, or leads out of the past")
		}
	})
}

// TestCataloguePaging walks lists longer than a page: however they are sorted, every item comes once.
func TestCataloguePaging(t *testing.T) {
	s := newSite(t, true)
	_, err := s.store.Write(t.Context(), func(tx *store.Tx) error {
		for k := range 170 {
			id, err := tx.NextID(portfolio.KindCatalogueItem)
			if err != nil {
				return err
			}
			c, e, err := portfolio.NewItem(tx.Portfolio(), tx.By(2, ""), portfolio.CatalogueItem{
				ID: portfolio.ItemID(id), No: int(id), Title: fmt.Sprintf("Afprøvning %d", k%7), Area: portfolio.AreaID(k%5 + 1),
			})
			if err != nil {
				return err
			}
			tx.Save(c, e)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	viewer := s.as("viewer")
	rapid.Check(t, func(t *rapid.T) {
		query := rapid.SampledFrom([]string{"", "sort=title", "sort=-page", "sort=area&type=unknown", "sort=-no&q=afpr%C3%B8vning"}).Draw(t, "query")
		seen := map[int]bool{}
		after, count := "", 0
		for range 5 {
			var list catalogueList
			viewer.json("/catalogue.json?"+query+after, &list)
			if len(list.Items) > 100 {
				t.Fatalf("%d rows on a page", len(list.Items))
			}
			for _, no := range list.numbers() {
				if seen[no] {
					t.Fatalf("no. %d comes twice", no)
				}
				seen[no] = true
			}
			count = list.Count
			if list.Next == nil {
				break
			}
			after = "&after=" + strconv.Itoa(*list.Next)
		}
		if len(seen) != count {
			t.Fatalf("%d of %d items came", len(seen), count)
		}
	})
	if body := viewer.page("/catalogue"); strings.Count(body, `scope="row"`) != 100 || !strings.Contains(body, "after=100") || !strings.Contains(body, "1–100 af 251") {
		t.Error("the page does not end after 100 rows, or does not lead on")
	}
}
