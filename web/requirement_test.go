package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// requirementJSON is a programme's year as a program reads it.
type requirementJSON struct {
	ID        int64  `json:"id"`
	Programme string `json:"programme"`
	Year      int    `json:"year"`
	Gross     *int64 `json:"requirement_ore"`
	Realized  *int64 `json:"already_realized_ore"`
	About     bool   `json:"already_realized_approximate"`
	Net       *int64 `json:"net_requirement_ore"`
	NetAbout  bool   `json:"net_requirement_approximate"`
	Confirmed *int64 `json:"confirmed_ore"`
	Left      *int64 `json:"left_to_next_ore"`
	Closed    bool   `json:"closed"`
	Lines     []struct {
		Label  string `json:"label"`
		Amount *int64 `json:"amount_ore"`
	} `json:"lines"`
	Carry *struct {
		Permanent *int64 `json:"permanent_ore"`
		Shortfall *int64 `json:"shortfall_ore"`
		Applied   *int64 `json:"applied_ore"`
		Closed    bool   `json:"closed"`
	} `json:"carry_over"`
}

// required finds a programme's year on the interface.
func (r *reader) required(programme string, year int) requirementJSON {
	r.Helper()
	var list struct {
		Items []requirementJSON `json:"items"`
	}
	r.json("/requirements.json", &list)
	for _, q := range list.Items {
		if q.Programme == programme && q.Year == year {
			var one requirementJSON
			r.json(fmt.Sprintf("/requirements/%d.json", q.ID), &one)
			return one
		}
	}
	r.Fatalf("%s has no requirement in %d", programme, year)
	return requirementJSON{}
}

// breaking is a page with ordinary spaces in its amounts.
func breaking(body string) string { return strings.ReplaceAll(body, "\u00a0", " ") }

func TestRequirements(t *testing.T) {
	t.Run("on the facts alone 4.2 - 0.3 = 3.9, only the 0.3 is approximate, and the split is marked as derived", func(t *testing.T) {
		s := newSite(t, false)
		viewer := s.as("viewer")
		q := viewer.required("DIG", 2018)
		if *q.Gross != 420_000_000 || *q.Realized != 30_000_000 || *q.Net != 390_000_000 || !q.About || q.NetAbout {
			t.Errorf("%+v", q)
		}
		body := viewer.page("/requirements")
		says(t, body, ">2016<", ">2020<", "4.200", "ca. 300", "3.900", "kan læses som:", "afledt, ikke oplyst", "Derfor er budgetreduktionskravet i 2018 4,2 mio. kr.")
		says(t, breaking(viewer.page(fmt.Sprintf("/requirements/%d", q.ID))), "4,2 mio. kr.", "ca. 0,3 mio. kr.", "3,9 mio. kr.", "kan læses som:", "ca. 1,7 mio. kr.", "afledt, ikke oplyst")
		if strings.Contains(body, "Opret et krav") {
			t.Error("a viewer is offered to make one")
		}
		if rows := viewer.csv("/requirements.csv"); len(rows) != 4 {
			t.Errorf("%d rows", len(rows))
		}
	})

	s := newSite(t, true)
	chief := s.as("economy_chief")
	t.Run("the economy chief makes a requirement of a line, with its source", func(t *testing.T) {
		s.wrote(t, 1, func() {
			got := chief.post("/requirements", "programme", "DIG", "year", "2017", "kind", "base", "label", "Årets krav", "amount", "ca. 1,7 mio. kr.",
				"permanence", "permanent", "document", "326-2017-1", "quote", "mangler ca. 1,7 mio. kr.", "derived", "true", "note", "fra budgettet")
			wantStatus(t, got, http.StatusSeeOther)
		})
		q := s.now().Requirement(1, 2017)
		says(t, chief.page(fmt.Sprintf("/requirements/%d", q.ID)), "ca. 1,7 mio. kr.", "326-2017-1", "<q>mangler ca. 1,7 mio. kr.</q>", "afledt, ikke oplyst", "fra budgettet")
	})
	t.Run("a year has one requirement, and a line a name and an amount that can be read", func(t *testing.T) {
		s.wrote(t, 0, func() {
			got := chief.post("/requirements", "programme", "DIG", "year", "2017", "kind", "base", "label", "Igen", "permanence", "permanent", "amount", "1 mio. kr.")
			wantStatus(t, got, http.StatusUnprocessableEntity)
			says(t, got.body, `id="year-error"`, `value="Igen"`)
			got = chief.post("/requirements", "programme", "DIG", "year", "2020", "kind", "base", "label", "", "permanence", "permanent", "amount", "en masse")
			wantStatus(t, got, http.StatusUnprocessableEntity)
			says(t, got.body, `id="label-error"`, `id="amount-error"`, `value="en masse"`)
		})
	})
	t.Run("a line is added, changed and taken out, and the history tells which", func(t *testing.T) {
		q := s.now().Requirement(1, 2017)
		at := fmt.Sprintf("/requirements/%d", q.ID)
		s.wrote(t, 3, func() {
			wantStatus(t, chief.post(at+"/add", "version", versionOf(q), "kind", "adjustment", "label", "Regulering", "permanence", "one_off", "amount", "200.000"), http.StatusSeeOther)
			q = s.now().Requirement(1, 2017)
			wantStatus(t, chief.post(at+"/change", "version", versionOf(q), "line", "2", "label", "Regulering", "kind", "adjustment", "permanence", "one_off", "amount", "250.000"), http.StatusSeeOther)
			says(t, breaking(chief.page(at)), "»200 t.kr. (engangs)«", "»250 t.kr. (engangs)«")
			q = s.now().Requirement(1, 2017)
			if got := q.Gross(); got != amount.About(1_950_000*amount.Krone) {
				t.Errorf("%+v", got)
			}
			wantStatus(t, chief.post(at+"/remove", "version", versionOf(q), "line", "2", "note", "fejl"), http.StatusSeeOther)
		})
		says(t, chief.page(at), "taget ud")
		if got := len(s.now().Requirement(1, 2017).Lines); got != 1 {
			t.Errorf("%d lines", got)
		}
	})
	t.Run("who saw an older version is told what others did, and loses nothing typed", func(t *testing.T) {
		q := s.now().Requirement(1, 2017)
		s.wrote(t, 0, func() {
			got := chief.post(fmt.Sprintf("/requirements/%d/change", q.ID), "version", "1", "line", "1", "label", "Mit navn", "kind", "base", "permanence", "permanent", "amount", "1")
			wantStatus(t, got, http.StatusConflict)
			says(t, got.body, "Det har andre ændret imens", `value="Mit navn"`)
		})
	})
	t.Run("a net requirement that a document states holds until it is given up", func(t *testing.T) {
		q := s.now().Requirement(1, 2018)
		at, line := fmt.Sprintf("/requirements/%d/add", q.ID), []string{"version", versionOf(q), "kind", "adjustment", "label", "Mere", "permanence", "permanent", "amount", "100.000", "stated"}
		s.wrote(t, 0, func() {
			got := chief.post(at, append(line, "keep")...)
			wantStatus(t, got, http.StatusUnprocessableEntity)
			says(t, got.body, "Linjerne giver ikke det krav", `id="stated-error"`)
		})
		s.wrote(t, 1, func() { wantStatus(t, chief.post(at, append(line, "drop")...), http.StatusSeeOther) })
		q = s.now().Requirement(1, 2018)
		wantStatus(t, chief.post(fmt.Sprintf("/requirements/%d/remove", q.ID), "version", versionOf(q), "line", "3"), http.StatusSeeOther)
	})
	t.Run("nobody but the economy chief changes a requirement", func(t *testing.T) {
		q := s.now().Requirement(1, 2018)
		s.wrote(t, 0, func() {
			for _, role := range []string{"programme_office", "director", "viewer"} {
				wantStatus(t, s.as(role).post(fmt.Sprintf("/requirements/%d/remove", q.ID), "version", versionOf(q), "line", "1"), http.StatusForbidden)
			}
		})
	})
}

func TestCarryOver(t *testing.T) {
	s := newSite(t, true)
	chief := s.as("economy_chief")
	t.Run("a year that is open leaves nothing yet, and says why", func(t *testing.T) {
		q := s.now().Requirement(1, 2018)
		at := fmt.Sprintf("/requirements/%d", q.ID)
		body := breaking(chief.page(at))
		says(t, body, "2018 er ikke lukket: frys først en budgetopfølgning", "Varig virkning", "Virkning i året", "3.900.000 kr. − ")
		if strings.Contains(body, "carry-over-form") {
			t.Error("it is offered")
		}
		s.wrote(t, 0, func() {
			got := chief.post(at+"/carry-over", "decision", "1")
			wantStatus(t, got, http.StatusUnprocessableEntity)
			says(t, got.body, "2018 er ikke lukket")
		})
	})
	wantStatus(t, chief.post("/requirements", "programme", "DIG", "year", "2017", "kind", "base", "label", "Årets krav", "amount", "ca. 1,7 mio. kr.", "permanence", "permanent"), http.StatusSeeOther)
	q, next := s.now().Requirement(1, 2017), s.now().Requirement(1, 2018)
	at := fmt.Sprintf("/requirements/%d", q.ID)
	t.Run("a closed year is proposed with its arithmetic, by both bases", func(t *testing.T) {
		says(t, breaking(chief.page(at)), "ca. 1.700.000 kr. − 0 kr. = ca. 1.700.000 kr.", "Overfør til 2018")
		got := chief.required("DIG", 2017)
		if !got.Carry.Closed || *got.Carry.Permanent != 170_000_000 || *got.Carry.Shortfall != 170_000_000 || got.Carry.Applied != nil {
			t.Errorf("%+v", got.Carry)
		}
	})
	t.Run("it is carried over by a decision, and not of another amount than was seen", func(t *testing.T) {
		s.wrote(t, 0, func() {
			got := chief.post(at+"/carry-over", "version", versionOf(next), "carried", "ca. 1.700.000")
			wantStatus(t, got, http.StatusUnprocessableEntity)
			says(t, got.body, `id="decision-error"`, "Vælg den beslutning")
			wantStatus(t, chief.post(at+"/carry-over", "version", versionOf(next), "decision", "99", "carried", "ca. 1.700.000"), http.StatusUnprocessableEntity)
			got = chief.post(at+"/carry-over", "version", versionOf(next), "decision", "1", "carried", "1.600.000")
			wantStatus(t, got, http.StatusConflict)
			says(t, got.body, "er ændret fra", `value="ca. 1.700.000"`)
		})
	})
	t.Run("the line stands in the next year, with the decision behind it, and the old net requirement is worked out anew", func(t *testing.T) {
		recorded := s.watch()
		wantStatus(t, chief.post(at+"/carry-over", "version", versionOf(next), "decision", "1", "carried", "ca. 1.700.000"), http.StatusSeeOther)
		if got := recorded(); len(got) != 1 || got[0] != "requirement.carry_over" {
			t.Errorf("%v", got)
		}
		next = s.now().Requirement(1, 2018)
		l := next.Lines[len(next.Lines)-1]
		if l.Kind != portfolio.CarriedOver || l.Amount != amount.About(1_700_000*amount.Krone) || !l.Source.Derived {
			t.Errorf("%+v", l)
		}
		if got := chief.required("DIG", 2018); *got.Net != 560_000_000 || !got.NetAbout {
			t.Errorf("%+v", got)
		}
		says(t, chief.page(fmt.Sprintf("/requirements/%d", next.ID)), "Overført fra 2017", "overførte det manglende")
		says(t, chief.page(at), "står i kravet til 2018")
		says(t, chief.page("/requirements"), "overført</small>", "foreløbigt</small>")
	})
	t.Run("a programme's year without a requirement after it gets one", func(t *testing.T) {
		kme := s.now().Programme("KME")
		wantStatus(t, chief.post("/requirements", "programme", "KME", "year", "2016", "kind", "base", "label", "Krav", "amount", "1 mio. kr.", "permanence", "permanent"), http.StatusSeeOther)
		at := fmt.Sprintf("/requirements/%d/carry-over", s.now().Requirement(kme.ID, 2016).ID)
		s.wrote(t, 1, func() { wantStatus(t, chief.post(at, "decision", "1"), http.StatusSeeOther) })
		if q := s.now().Requirement(kme.ID, 2017); q == nil || q.Net().Ore != 1_000_000*amount.Krone {
			t.Errorf("%+v", q)
		}
	})
}
