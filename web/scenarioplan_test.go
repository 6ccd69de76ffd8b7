package web

import (
	"net/http"
	"strings"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/store"
)

func TestScenarioOvertakenPage(t *testing.T) {
	s := newSite(t, true)
	r := s.as("programme_office")
	if got := r.post("/scenarios/carry-out", "initiative", "11", "months", "-4", "from", "2019-02", "decision", "5"); got.status != http.StatusSeeOther {
		t.Fatalf("%d %s", got.status, got.body)
	}
	t.Run("a scenario that the plan has overtaken claims nothing more, says so, and moves nothing again", func(t *testing.T) {
		var v scenarioJSON
		r.json("/scenarios/1.json", &v)
		if len(v.Items) != 0 || v.Sides[0].Years[0] != v.Sides[1].Years[0] {
			t.Errorf("%+v", v)
		}
		says(t, r.page("/scenarios/1"), "Overhalet af planen", "Kan ikke gennemføres nu:", "Den står allerede i oktober 2018.")
		says(t, r.page("/scenarios"), "Overhalet af planen")
		before := s.seq()
		got := r.post("/scenarios/1/carry-out", "version", itoa(v.Version), "decision", "5")
		if got.status != http.StatusUnprocessableEntity || s.seq() != before {
			t.Fatalf("%d, and %d events", got.status, s.seq()-before)
		}
		says(t, got.body, "Den står allerede i oktober 2018.")
	})
	t.Run("a form that was sent twice moves once", func(t *testing.T) {
		before := s.seq()
		got := r.post("/scenarios/carry-out", "initiative", "11", "months", "-4", "from", "2019-02", "decision", "5")
		if got.status != http.StatusUnprocessableEntity || s.seq() != before {
			t.Errorf("%d, and %d events", got.status, s.seq()-before)
		}
	})
}

func TestScenarioOfWhatIsCut(t *testing.T) {
	s := newSite(t, true)
	r := s.as("director")
	device := s.titled("Device Strategi")
	if got := r.post("/scenarios", "name", "Uden Device", "drop", itoa(int64(device.ID))); got.status != http.StatusSeeOther {
		t.Fatal(got.status)
	}
	t.Run("what is cut in the budget already stays: the table, the pictures and the initiatives say one effect", func(t *testing.T) {
		var v scenarioJSON
		r.json("/scenarios/2.json", &v)
		for _, side := range v.Sides { // the example's whole requirement is 3,900 in 2018
			if y := side.Years[0]; y.Effect != 3_320*thousandKroner || y.Missing != 580*thousandKroner {
				t.Errorf("%+v", y)
			}
		}
		if len(v.Items) != 1 || v.Items[0].Years[0].More != 0 || v.Items[0].Years[1].More != -1_200*thousandKroner {
			t.Errorf("%+v", v.Items)
		}
		says(t, r.page("/scenarios/2"), "er allerede indarbejdet i budgettet for 2018 og bliver stående.")
	})
	t.Run("a year without a requirement is tried with a supposed one", func(t *testing.T) {
		alter := func(version, kind string) answer {
			return r.post("/scenarios/2/alterations", "kind", kind, "year", "2019", "amount", "6.000.000", "version", version)
		}
		got := alter("1", "change_requirement")
		if got.status != http.StatusUnprocessableEntity {
			t.Fatal(got.status)
		}
		says(t, got.body, "2019 har intet krav. Vælg Antaget krav")
		if got := alter("1", "suppose_requirement"); got.status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.status, got.body)
		}
		var v scenarioJSON
		r.json("/scenarios/2.json?year=2019", &v)
		if y := v.Sides[1].Years[1]; y.Missing != 6_000*thousandKroner-y.Effect {
			t.Errorf("%+v", y)
		}
		says(t, r.page("/scenarios/2?year=2019"), "kravet i 2019 antages at være 6")
	})
}

// ahead adds an initiative of the plan whose work begins in October 2018, and whose effect follows at once in March 2019.
func (s *site) ahead(t *testing.T, days int64) portfolio.InitiativeID {
	t.Helper()
	var id portfolio.InitiativeID
	citizens := s.titled("Samlet fjernprint og udsendelse af post").Area
	_, err := s.store.Write(t.Context(), func(tx *store.Tx) error {
		by := tx.By(s.ofRole(portfolio.ProgrammeOffice)[0], "")
		by.Decision = 5
		no, err := tx.NextID(portfolio.KindInitiative)
		if err != nil {
			return err
		}
		id = portfolio.InitiativeID(no)
		i, e, err := portfolio.NewInitiative(tx.Portfolio(), by, portfolio.Initiative{
			ID: id, Title: "Blanketter", Programme: s.now().Programme(programmeCode).ID, Background: portfolio.NewIdea, Area: citizens, OneOff: amount.Exactly(100 * thousandKroner),
			Now: portfolio.Schedule{Start: amount.NewMonth(2018, 10), Done: amount.NewMonth(2019, 3)},
		})
		if err != nil {
			return err
		}
		tx.Save(i, e)
		if i, e, err = i.SetPlan(tx.Portfolio(), by, portfolio.InPlan, ""); err != nil {
			return err
		}
		tx.Save(i, e)
		i, e, err = i.StateNeeds(tx.Portfolio(), by, portfolio.Needs{Effort: &portfolio.Effort{Uses: []portfolio.Use{
			{Area: citizens, Year: 2018, Days: 30}, {Area: citizens, Year: 2019, Days: days},
		}}})
		if err != nil {
			return err
		}
		tx.Save(i, e)
		if no, err = tx.NextID(portfolio.KindBenefit); err != nil {
			return err
		}
		b, e, err := portfolio.NewBenefit(tx.Portfolio(), by, portfolio.Benefit{
			ID: portfolio.BenefitID(no), Initiative: id, Title: "Porto", Type: portfolio.Efficiency, Cash: &portfolio.Cash{Step: portfolio.BudgetReduction},
			Terms: portfolio.Terms{From: amount.NewMonth(2019, 3), Gross: amount.Exactly(600 * thousandKroner), Running: amount.Exactly(0)},
		})
		if err == nil {
			tx.Save(b, e)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestLimitsOfBringingForward(t *testing.T) {
	t.Run("work that has not begun comes earlier with its effect, and the proposal says what goes along", func(t *testing.T) {
		s := newSite(t, true)
		id := s.ahead(t, 10)
		r := s.as("director")
		var v struct {
			Forward struct {
				Proposals []struct {
					ID     int64    `json:"initiative"`
					Months int      `json:"months"`
					InYear int64    `json:"in_year_ore"`
					Notes  []string `json:"notes"`
					Broken []string `json:"limits_broken"`
				} `json:"proposals"`
			} `json:"bring_forward"`
		}
		r.json("/scenarios.json?year=2019", &v)
		found := false
		for _, p := range v.Forward.Proposals {
			if p.ID == int64(id) {
				found = true
				if p.Months != 1 || p.InYear != 50*thousandKroner || len(p.Notes) != 1 || len(p.Broken) != 0 {
					t.Errorf("%+v", p)
				}
			}
		}
		if !found {
			t.Fatalf("it is not proposed: %+v", v)
		}
		says(t, r.page("/scenarios?year=2019"), "Arbejdet rykker med: sep 18–jan 19 i stedet for okt 18–feb 19.")
	})
	t.Run("what takes more of a unit than it has is proposed last with the reason, and carried out only with a word on why", func(t *testing.T) {
		s := newSite(t, true)
		id := itoa(int64(s.ahead(t, 100))) // of 50 days a month in 2019, one month's come into 2018: 80 of the 60 that there are
		r := s.as("director")
		body := r.page("/scenarios?year=2019")
		says(t, body, "Bryder en grænse:", "Planen tager 20 dagsværk mere af ")
		says(t, r.page("/scenarios/carry-out?initiative="+id+"&months=-1"), "Bryder en grænse:")
		before := s.seq()
		send := []string{"initiative", id, "months", "-1", "decision", "5"}
		got := r.post("/scenarios/carry-out", send...)
		if got.status != http.StatusUnprocessableEntity || s.seq() != before {
			t.Fatalf("%d, and %d events", got.status, s.seq()-before)
		}
		says(t, got.body, "Skriv i bemærkningen, hvorfor den gennemføres alligevel.", `href="#note"`, "Bryder en grænse:")
		if got := r.post("/scenarios/carry-out", append(send, "note", "Der hentes hjælp udefra")...); got.status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.status, got.body)
		}
	})
	t.Run("what another depends on is not taken out unawares", func(t *testing.T) {
		s := newSite(t, true)
		r := s.as("director")
		if got := r.post("/scenarios", "name", "Uden SSO", "drop", itoa(int64(s.titled("Single Sign On").ID))); got.status != http.StatusSeeOther {
			t.Fatal(got.status)
		}
		var v scenarioJSON
		r.json("/scenarios/2.json", &v)
		if len(v.Broken) != 1 || !strings.HasPrefix(v.Broken[0], "Office 365") {
			t.Errorf("%q", v.Broken)
		}
		got := r.post("/scenarios/2/carry-out", "version", itoa(v.Version), "decision", "5")
		if got.status != http.StatusUnprocessableEntity {
			t.Errorf("carried out without a word: %d", got.status)
		}
		says(t, got.body, `href="#note"`)
		if got := r.post("/scenarios/2/carry-out", "version", itoa(v.Version), "decision", "5", "note", "Office 365 har sin egen"); got.status != http.StatusSeeOther {
			t.Errorf("%d %s", got.status, got.body)
		}
	})
	t.Run("the limits read on a phone", func(t *testing.T) {
		s := newSite(t, true)
		id := itoa(int64(s.ahead(t, 100)))
		for name, at := range map[string]string{"proposals": "/scenarios?year=2019", "carry-out": "/scenarios/carry-out?initiative=" + id + "&months=-1"} {
			p := s.person(t, "director", 390)
			p.to(at)
			p.reads("main", "Bryder en grænse:", "Arbejdet rykker med")
			p.Screenshot("limits-" + name + "-390")
			if !p.yes(`document.documentElement.scrollWidth <= innerWidth`) {
				t.Errorf("%s scrolls sideways", at)
			}
			for _, v := range p.Axe() {
				t.Errorf("%s: %s (%s): %s %v", at, v.ID, v.Impact, v.Help, v.Nodes)
			}
		}
	})
}
