package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"gevinst/portfolio"
)

func TestNeedsForm(t *testing.T) {
	s := newSite(t, true)
	cases := s.titled("Digital sagsbehandling")
	path := fmt.Sprintf("/initiatives/%d/needs", cases.ID)
	send := func(role string, pairs ...string) answer {
		version := s.now().Initiatives.Get(cases.ID).Version
		return s.as(role).post(path, append(pairs, "version", strconv.FormatInt(version, 10))...)
	}
	esdh, sso, digital := s.titled("ESDH"), s.titled("Single"), s.area("Digitalisering & IT")
	t.Run("its owner and the programme office state needs, and nobody else", func(t *testing.T) {
		for role, want := range map[string]int{
			"project_owner": http.StatusSeeOther, "programme_office": http.StatusSeeOther, "director": http.StatusForbidden,
			"economy_chief": http.StatusForbidden, "viewer": http.StatusForbidden,
		} {
			if got := send(role, "requires", itemID(esdh.ID)); got.status != want {
				t.Errorf("%s: %d, want %d", role, got.status, want)
			}
		}
		says(t, s.as("viewer").page(fmt.Sprintf("/initiatives/%d", cases.ID)), "Afhænger af", esdh.Title, "dagsværk for Digital sagsbehandling")
	})
	t.Run("a circle is refused by its way, and nothing typed is lost", func(t *testing.T) {
		back := s.now().Initiatives.Get(esdh.ID)
		got := s.as("programme_office").post(fmt.Sprintf("/initiatives/%d/needs", esdh.ID), "version", strconv.FormatInt(back.Version, 10),
			"requires", itemID(cases.ID), "unit", idText(digital), "use_year", "2019", "use_days", "17")
		if got.status != http.StatusUnprocessableEntity {
			t.Fatalf("got %d", got.status)
		}
		says(t, got.body, "De ville vente på hinanden: ESDH, bedre udnyttelse → Digital sagsbehandling", `value="17"`)
	})
	for title, rows := range map[string][]string{
		"a row without an area": {"unit", "", "use_year", "2019", "use_days", "4"}, "a row without days": {"unit", idText(digital), "use_year", "2019", "use_days", ""},
		"days that are no number": {"unit", idText(digital), "use_year", "2019", "use_days", "mange"},
		"half a day":              {"unit", idText(digital), "use_year", "2019", "use_days", "1,5"},
		"days and none at once":   {"unit", idText(digital), "use_year", "2019", "use_days", "4", "no_effort", "true"},
	} {
		t.Run("work is refused as "+title, func(t *testing.T) {
			if got := send("programme_office", rows...); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `id="effort-error"`) {
				t.Errorf("got %d", got.status)
			}
		})
	}
	t.Run("no work is known as none, no rows as unknown", func(t *testing.T) {
		send("programme_office", "requires", itemID(sso.ID), "no_effort", "true")
		if e := s.now().Initiatives.Get(cases.ID).Effort; e == nil || len(e.Uses) != 0 {
			t.Errorf("got %+v", e)
		}
		send("programme_office", "unit", "", "use_year", "2019", "use_days", "")
		if i := s.now().Initiatives.Get(cases.ID); i.Effort != nil || len(i.Requires) != 1 {
			t.Errorf("got %+v", i.Needs)
		}
	})
}

func TestCapacity(t *testing.T) {
	s := newSite(t, true)
	elderly, digital := s.area("Ældre- og Sundhedsområdet"), s.area("Digitalisering & IT")
	send := func(role string, of portfolio.AreaID, pairs ...string) answer {
		version := s.now().Areas.Get(of).Version
		return s.as(role).post(fmt.Sprintf("/capacity/%d/days", of), append(pairs, "version", strconv.FormatInt(version, 10), "year", "2018")...)
	}
	t.Run("what is taken stands against what there is, and too much is said in words", func(t *testing.T) {
		says(t, s.as("viewer").page("/capacity?year=2018"), "680 taget af 700: 20 tilbage", "240 taget af 180: 60 for mange", "0 taget, kapaciteten er ikke oplyst")
		says(t, s.as("viewer").page(fmt.Sprintf("/capacity/%d?year=2018", digital)), "Office 365 / Cloud", "Taget i alt", "angav kapaciteten")
	})
	t.Run("the area's director and the programme office state it, and nobody else", func(t *testing.T) {
		for role, want := range map[string]int{
			"director": http.StatusSeeOther, "programme_office": http.StatusSeeOther, "project_owner": http.StatusForbidden, "economy_chief": http.StatusForbidden,
		} {
			if got := send(role, digital, "days_1", "690"); got.status != want {
				t.Errorf("%s: %d, want %d", role, got.status, want)
			}
		}
		if got := send("director", elderly, "days_1", "1"); got.status != http.StatusForbidden {
			t.Errorf("another director's area: %d", got.status)
		}
	})
	t.Run("a year that is not named stays, one sent empty is not known any more", func(t *testing.T) {
		send("programme_office", digital, "days_1", "")
		a := s.now().Areas.Get(digital)
		if _, known := a.CapacityIn(2018); known {
			t.Error("2018 is known")
		}
		if days, known := a.CapacityIn(2019); !known || days != 400 {
			t.Errorf("2019: %d %t", days, known)
		}
	})
	t.Run("what is no number of days is refused at its field, and kept there", func(t *testing.T) {
		got := send("programme_office", digital, "days_2", "mange")
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `id="days_2-error"`) || !strings.Contains(got.body, `value="mange"`) {
			t.Errorf("got %d", got.status)
		}
	})
}

func TestFlowOfCapacity(t *testing.T) {
	s := newSite(t, true)
	digital := s.area("Digitalisering & IT")
	director := s.person(t, "director", 1280)
	focus := func(css string) {
		t.Helper()
		for range 200 {
			if director.yes(fmt.Sprintf("document.activeElement.matches('%s')", css)) {
				return
			}
			director.Press(kb.Tab)
		}
		t.Fatalf("the keyboard does not come to %s", css)
	}
	director.to("/priorities/selection?year=2018")
	director.reads("main", "Det bedste valg er værd 3,32 mio. kr.")
	director.to(fmt.Sprintf("/capacity/%d?year=2018", digital))
	focus(".offers summary")
	director.Press(kb.Enter)
	focus("#capacity-days_1")
	director.Press("500" + kb.Enter) // what a field holds is chosen when the keyboard comes to it
	director.reads(".notice", "angav kapaciteten for Digitalisering & IT")
	director.reads("main", "680 taget af 500: 180 for mange")
	director.to("/priorities/selection?year=2018&asked=true")
	director.reads("main", "dagsværk i Digitalisering & IT i 2018", "Det valgte tager", "af 500")
	focus("main form summary") // the areas' capacity is folded
	director.Press(kb.Enter)
	focus("#free-" + capacityKey(digital, 2018))
	director.Press(" " + kb.Enter)
	director.reads("main", "Det bedste valg er værd 3,32 mio. kr.")
	for _, e := range director.ConsoleErrors() {
		t.Error(e)
	}
}
