package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gevinst/portfolio"
)

// effectsJSON is what the tests read of /effects.json.
type effectsJSON struct {
	Items []struct {
		ID    int64
		Title string
		Years []effectYearJSON
	}
	Total   struct{ Years []effectYearJSON }
	Outside []struct {
		Title, Standing string
		FullYear        *int64 `json:"full_year_ore"`
	}
}

type effectYearJSON struct {
	Year   int
	InYear *int64 `json:"in_year_ore"`
	Level  *int64 `json:"full_year_ore"`
}

func TestEffects(t *testing.T) {
	s := newSite(t, true)
	viewer := s.as("viewer")

	t.Run("every grouping adds up to the programmes' years, to the øre", func(t *testing.T) {
		p := s.now()
		for _, by := range groupingNames {
			var v effectsJSON
			viewer.json("/effects.json?by="+by, &v)
			for k, total := range v.Total.Years {
				var inYear, level, rows, levels int64
				for g := range p.Programmes.All() {
					y := p.YearOf(g.ID, total.Year)
					inYear += int64(y.Now.Net())
					level += int64(y.Sums.Level.Net())
				}
				for _, row := range v.Items {
					rows += *row.Years[k].InYear
					levels += *row.Years[k].Level
				}
				if *total.InYear != inYear || rows != inYear || *total.Level != level || levels != level {
					t.Errorf("by %s in %d: %d and %d, rows %d and %d, the years %d and %d", by, total.Year, *total.InYear, *total.Level, rows, levels, inYear, level)
				}
			}
		}
	})

	t.Run("moving an effect month moves the year's effect and the full year's in every grouping at once", func(t *testing.T) {
		i := s.titled("ESDH")
		at := func(by string) (inYear, level int64) {
			var v effectsJSON
			viewer.json("/effects.json?by="+by, &v)
			for _, y := range v.Total.Years {
				if y.Year == 2018 {
					return *y.InYear, *y.Level
				}
			}
			t.Fatal("no 2018")
			return 0, 0
		}
		was := map[string][2]int64{}
		for _, by := range groupingNames {
			a, b := at(by)
			was[by] = [2]int64{a, b}
		}
		b := s.now().BenefitsOf(i.ID)[0]
		wantStatus(t, s.as("programme_office").post(fmt.Sprintf("/benefits/%d/edit", b.ID), "from", "2019-01", "version", versionOf(b)), http.StatusSeeOther)
		for _, by := range groupingNames {
			if a, b := at(by); a != was[by][0]-160_000_00 || b != was[by][1]-480_000_00 {
				t.Errorf("by %s: from %v to %d and %d", by, was[by], a, b)
			}
		}
	})

	t.Run("what does not count is listed apart with the reason, and hours never in kroner", func(t *testing.T) {
		var v effectsJSON
		viewer.json("/effects.json?by=benefit", &v)
		standing := map[string]string{}
		for _, row := range v.Outside {
			standing[row.Title] = row.Standing
			if row.Standing == "other_unit" && row.FullYear != nil {
				t.Errorf("%s has kroner", row.Title)
			}
		}
		for title, want := range map[string]portfolio.Standing{
			"Mere effektiv brug af OPUS": portfolio.NotInPlan, "Frigjort tid ved færre logins": portfolio.OtherUnit, "Tid til at følge målingerne": portfolio.OtherUnit,
		} {
			if standing[title] != want.String() {
				t.Errorf("%s: %q, want %s", title, standing[title], want)
			}
		}
		wantText(t, viewer.page("/effects"), "tager 900 timer om året", "6.000 timer om året", "Tæller ikke med", "data-chart")
	})

	t.Run("it is narrowed and opened by its address, and the file has every line", func(t *testing.T) {
		i := s.titled("Telemedicin")
		body := viewer.page(fmt.Sprintf("/effects?by=benefit&initiative=%d", i.ID))
		wantText(t, body, "Drift af hjemmemonitorering", "−240")
		wantNoText(t, body, "Lukkede servere")
		wantText(t, viewer.page("/effects"), fmt.Sprintf(`href="/effects?by=benefit&amp;initiative=%d"`, i.ID))
		wantStatus(t, viewer.get("/effects?by=colour"), http.StatusUnprocessableEntity)
		file := viewer.do(http.MethodGet, "/effects.csv?by=area", nil)
		wantStatus(t, file, http.StatusOK)
		wantText(t, file.body, "area;", ";not_in_plan;", ";other_unit;")
		wantStatus(t, viewer.do(http.MethodGet, "/effects.xlsx", nil), http.StatusOK)
	})

	t.Run("without a gain the page says what makes one count", func(t *testing.T) {
		wantText(t, newSite(t, false).as("viewer").page("/effects"), "Ingen gevinster tæller her")
	})
}

func TestBenefitMap(t *testing.T) {
	s := newSite(t, true)
	viewer := s.as("viewer")

	t.Run("every way from initiative to focus is drawn and said", func(t *testing.T) {
		body := viewer.page("/benefits/map")
		wantText(t, body, "<svg", "Sager behandles digitalt fra ansøgning til afgørelse", `<span class="tag">Ulempe</span>`, `stroke-dasharray="6 4"`, "Det samme som tekst")
		picture, list, _ := strings.Cut(body, `<details class="map-list"`)
		wantText(t, picture, `<span class="example">`)
		for b := range s.now().Benefits.All() {
			if s.now().Initiatives.Get(b.Initiative) == nil {
				continue
			}
			href := fmt.Sprintf(`href="/benefits/%d"`, b.ID)
			if !strings.Contains(picture, href) || !strings.Contains(list, href) {
				t.Errorf("%s is not in the picture or not in the list", b.Title)
			}
		}
		if strings.Contains(body, "style=") {
			t.Error("the page has a style of its own, which the policy refuses")
		}
	})

	t.Run("one initiative's map has that one alone", func(t *testing.T) {
		i := s.titled("Single Sign On")
		body := viewer.page(fmt.Sprintf("/benefits/map?initiative=%d", i.ID))
		wantText(t, body, "Frigjort tid ved færre logins", "6.000 timer om året")
		wantNoText(t, body, "Lukkede servere")
		var v struct {
			Items []struct {
				Changes []struct {
					Change   string
					Benefits []struct{ Title string }
				}
			}
		}
		viewer.json(fmt.Sprintf("/benefits/map.json?initiative=%d", i.ID), &v)
		if len(v.Items) != 1 || len(v.Items[0].Changes) != 1 || len(v.Items[0].Changes[0].Benefits) != 2 {
			t.Errorf("%+v", v)
		}
		wantText(t, viewer.page(fmt.Sprintf("/initiatives/%d", i.ID)), fmt.Sprintf(`href="/benefits/map?initiative=%d"`, i.ID))
	})

	t.Run("boxes of a column do not cover each other, and all lie inside the picture", func(t *testing.T) {
		r := &request{s: s.web, p: s.now(), lang: s.web.languages["da"]}
		var items []mapInitiative
		for _, i := range s.now().Initiatives.List() {
			items = append(items, r.mapInitiative(i))
		}
		picture := r.drawMap(items)
		for k, a := range picture.Boxes {
			if a.Y < mapTop || a.Y+a.H > picture.Height {
				t.Errorf("%q lies outside", a.Title)
			}
			for _, b := range picture.Boxes[k+1:] {
				if a.X == b.X && a.Y < b.Y+b.H && b.Y < a.Y+a.H {
					t.Errorf("%q covers %q", a.Title, b.Title)
				}
			}
		}
	})
}

func TestWrapped(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "kort": 1, "Kontorpakke og filer flyttes, og egne servere lukkes": 3, strings.Repeat("a", 60): 3, strings.Repeat("ord ", 60): mapMost,
	} {
		got := wrapped(text)
		if len(got) != want {
			t.Errorf("%q: %d lines %q", text, len(got), got)
		}
		for _, line := range got {
			if n := len([]rune(line)); n > mapChars+2 {
				t.Errorf("%q is %d wide", line, n)
			}
		}
	}
}
