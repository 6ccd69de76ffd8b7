package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/store"
)

type overlapsJSON struct {
	Year       int `json:"year"`
	Programmes []struct {
		Programme string `json:"programme"`
		Net       *int64 `json:"net_requirement_ore"`
		Counted   *int64 `json:"counted_ore"`
		Shared    *int64 `json:"of_it_shared_ore"`
	} `json:"programmes"`
	Items []struct {
		ID       int64  `json:"id"`
		Home     string `json:"home"`
		Cap      *int64 `json:"cap_ore"`
		InYear   *int64 `json:"in_year_ore"`
		FullYear *int64 `json:"full_year_ore"`
		Planned  *int64 `json:"planned_gross_ore"`
		Over     *int64 `json:"over_cap_ore"`
	} `json:"items"`
}

func (r *reader) shared(path string) (v overlapsJSON) {
	r.Helper()
	r.json(path, &v)
	return v
}

func TestOverlaps(t *testing.T) {
	s := newSite(t, true)
	chief, viewer := s.as("economy_chief"), s.as("viewer")
	counted := func(v overlapsJSON) (sum int64) {
		for _, g := range v.Programmes {
			sum += *g.Counted
		}
		return sum
	}
	waiting := viewer.shared("/overlaps.json")

	t.Run("while its home waits OPUS is drawn between the programmes and counts in neither", func(t *testing.T) {
		o := waiting.Items[0]
		if waiting.Year != 2019 || o.Home != "" || *o.FullYear != 60_000_000 || o.Cap != nil || o.Over != nil {
			t.Errorf("%+v", waiting)
		}
		for _, g := range waiting.Programmes {
			if *g.Shared != 0 {
				t.Errorf("%+v", g)
			}
		}
		body := breaking(viewer.page("/overlaps"))
		says(t, body, "overlappet tegnet én gang", "(afventer)", "Afventer en beslutning; tæller ingen steder", "600 t.kr.", "Eksempeldata", "beslutning har givet det et hjem")
		if strings.Contains(body, "home-1-form") {
			t.Error("a viewer is offered to settle it")
		}
	})
	t.Run("a home is settled by a decision alone, and then it counts there once", func(t *testing.T) {
		o, kme := s.now().Overlaps.Get(1), s.now().Programme("KME")
		s.wrote(t, 0, func() {
			got := chief.post("/overlaps/1/home", "version", versionOf(o), "home", idText(kme.ID))
			wantStatus(t, got, http.StatusUnprocessableEntity)
			says(t, got.body, `id="decision-error"`)
			wantStatus(t, viewer.post("/overlaps/1/home", "version", versionOf(o), "home", idText(kme.ID), "decision", "3"), http.StatusForbidden)
		})
		recorded := s.watch()
		wantStatus(t, chief.post("/overlaps/1/home", "version", versionOf(o), "home", idText(kme.ID), "decision", "3"), http.StatusSeeOther)
		if got := recorded(); len(got) != 1 || got[0] != "overlap.settle" {
			t.Errorf("%v", got)
		}
		body := breaking(viewer.page("/overlaps?year=2019"))
		says(t, body, "Heraf indregnet i KL&#39;s Moderniserings- og effektiviseringsprogram (KME)", "tæller her")
		if strings.Contains(body, "(afventer)") {
			t.Error("it is still drawn between them")
		}
		// OPUS awaits a decision on the plan too, so nothing of it is expected yet; once it is in the plan it counts in its home.
		if now := viewer.shared("/overlaps.json?year=2019"); counted(now) != counted(waiting) {
			t.Errorf("%+v", now)
		}
		s.include(t, s.titled("OPUS").ID)
		now := viewer.shared("/overlaps.json?year=2019")
		if counted(now)-counted(waiting) != *waiting.Items[0].InYear {
			t.Errorf("%+v", now)
		}
		for _, g := range now.Programmes {
			if want := map[string]int64{"KME": *waiting.Items[0].InYear}[g.Programme]; *g.Shared != want {
				t.Errorf("%s has %d of it, want %d", g.Programme, *g.Shared, want)
			}
		}
	})
	t.Run("what is planned above the cap is told", func(t *testing.T) {
		o := s.now().Overlaps.Get(1)
		s.wrote(t, 1, func() {
			wantStatus(t, chief.post("/overlaps/1/edit", "version", versionOf(o), "title", o.Title, "cap", "500.000", "initiatives", "", "initiatives", idText(o.Initiatives[0]),
				"programmes", "", "programmes", "1", "programmes", "2"), http.StatusSeeOther)
		})
		v := viewer.shared("/overlaps.json?year=2019").Items[0]
		if *v.Cap != 50_000_000 || *v.Over != *v.Planned-50_000_000 {
			t.Errorf("%+v", v)
		}
		says(t, breaking(viewer.page("/overlaps?year=2019")), "mere end loftet")
	})
	t.Run("an initiative is in one overlap, and the refusal names the one that counts it", func(t *testing.T) {
		s.wrote(t, 0, func() {
			got := chief.post("/overlaps", "title", "Igen", "programmes", "1", "programmes", "2", "initiatives", idText(s.titled("OPUS").ID), "cap", "1 mio. kr.")
			wantStatus(t, got, http.StatusUnprocessableEntity)
			says(t, got.body, "er allerede i overlappet »OPUS, DIGIT Sjælland og KME (U14)« og tælles der", `value="Igen"`, `id="initiatives-error"`)
			wantStatus(t, chief.post("/overlaps", "title", "Ét program", "programmes", "1", "initiatives", "4"), http.StatusUnprocessableEntity)
		})
	})
	t.Run("an overlap is made and taken away; who saw an older version is told", func(t *testing.T) {
		s.wrote(t, 1, func() {
			wantStatus(t, chief.post("/overlaps", "title", "Fælles aftale", "programmes", "1", "programmes", "2", "initiatives", idText(s.titled("ESDH").ID)), http.StatusSeeOther)
		})
		o := last(s.now().Overlaps)
		at := fmt.Sprintf("/overlaps/%d", o.ID)
		s.wrote(t, 1, func() {
			wantStatus(t, chief.post(at+"/edit", "version", versionOf(o), "title", "Fælles licensaftale"), http.StatusSeeOther)
			got := chief.post(at+"/edit", "version", versionOf(o), "title", "Mit navn")
			wantStatus(t, got, http.StatusConflict)
			says(t, got.body, "Det har andre ændret imens", `value="Mit navn"`)
		})
		s.wrote(t, 1, func() {
			wantStatus(t, chief.post(at+"/remove", "version", versionOf(s.now().Overlaps.Get(o.ID))), http.StatusSeeOther)
		})
		if got := len(viewer.shared("/overlaps.json").Items); got != 1 {
			t.Errorf("%d overlaps", got)
		}
	})
	t.Run("the list is a file too, and with the facts alone what OPUS brings is unknown", func(t *testing.T) {
		if rows := viewer.csv("/overlaps.csv"); len(rows) != 2 {
			t.Errorf("%v", rows)
		}
		facts := newSite(t, false).as("viewer")
		if o := facts.shared("/overlaps.json").Items[0]; o.FullYear != nil || o.InYear != nil {
			t.Errorf("%+v", o)
		}
		says(t, facts.page("/overlaps"), "Én af indsatserne er uden beløb.", "ukendt")
	})
}

// include puts an initiative into the plan, by the board's decision of 6 November 2017.
func (s *site) include(t *testing.T, id portfolio.InitiativeID) {
	t.Helper()
	_, err := s.store.Write(s.Context(), func(tx *store.Tx) error {
		by := tx.By(s.ofRole(portfolio.Director)[0], "besluttet")
		by.Decision = 3
		next, e, err := tx.Portfolio().Initiatives.Get(id).SetPlan(tx.Portfolio(), by, portfolio.InPlan, "besluttet")
		return save(tx, next, e, err)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestCapsInClaims(t *testing.T) {
	s := newSite(t, true)
	chief, office := s.as("economy_chief"), s.as("programme_office")
	esdh, tele := s.titled("ESDH"), s.titled("Digital sagsbehandling")
	first, second := s.now().BenefitsOf(esdh.ID)[0], s.now().BenefitsOf(tele.ID)[0]
	claim := func(b *portfolio.Benefit, gross string) answer {
		return office.post(fmt.Sprintf("/benefits/%d/claim", b.ID), "from", "2019-01", "to", "2019-12", "gross", gross, "document", "326-2019-1")
	}
	wantStatus(t, chief.post("/overlaps", "title", "Fælles licensaftale", "programmes", "1", "programmes", "2", "cap", "400.000",
		"initiatives", idText(esdh.ID), "initiatives", idText(tele.ID)), http.StatusSeeOther)

	t.Run("a claim up to the overlap's cap is taken; more is refused with who counts it already, and nothing typed is lost", func(t *testing.T) {
		wantStatus(t, claim(first, "300.000"), http.StatusSeeOther)
		s.wrote(t, 0, func() {
			got := claim(second, "100.001")
			wantStatus(t, got, http.StatusUnprocessableEntity)
			says(t, breaking(got.body), "»Fælles licensaftale« har i 2019 et loft på 400", "300", "er allerede indmeldt eller bekræftet", first.Title, `value="100.001"`, `id="gross-error"`)
		})
		s.wrote(t, 1, func() { wantStatus(t, claim(second, "100.000"), http.StatusSeeOther) })
	})
	t.Run("a budget account's cap is held the same way, across the gains that are cut on it", func(t *testing.T) {
		b := s.onCappedAccount(t)
		account := s.now().AccountByNo(b.Cash.Account)
		reduction := account.Cap(2018).Ore
		s.wrote(t, 0, func() {
			got := office.post(fmt.Sprintf("/benefits/%d/claim", b.ID), "from", "2018-12", "gross", amount.Danish.Plain(reduction+amount.Krone))
			wantStatus(t, got, http.StatusUnprocessableEntity)
			says(t, breaking(got.body), "Konto "+account.No+" er i 2018 skåret med", "mere end det, der er skåret", `id="gross-error"`)
		})
	})
}

// onCappedAccount is a gain that is cut on an account whose reduction of 2018 is known, outside every overlap.
func (s *site) onCappedAccount(t *testing.T) *portfolio.Benefit {
	t.Helper()
	p := s.now()
	for b := range p.Benefits.All() {
		if b.Cash == nil || p.OverlapOf(b.Initiative) != nil {
			continue
		}
		if a := p.AccountByNo(b.Cash.Account); a != nil && a.Cap(2018).Known {
			return b
		}
	}
	t.Fatal("no gain is cut on an account with a cap")
	return nil
}
