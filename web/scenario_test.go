package web

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
)

// forwardJSON is what a year lacks, and what could come earlier, as a program reads it.
type forwardJSON struct {
	Missing     int64 `json:"missing_ore"`
	ExpectedGap int64 `json:"expected_gap_ore"`
	Holes       []struct {
		Title  string `json:"title"`
		InYear int64  `json:"in_year_ore"`
		Level  int64  `json:"full_year_ore"`
	} `json:"holes"`
	Proposals []struct {
		ID       int64  `json:"initiative"`
		Months   int    `json:"months"`
		From     string `json:"from"`
		InYear   int64  `json:"in_year_ore"`
		Weighted int64  `json:"weighted_ore"`
		FullYear int64  `json:"full_year_ore"`
		Missing  int64  `json:"missing_after_ore"`
		Gap      int64  `json:"expected_gap_after_ore"`
	} `json:"proposals"`
}

// scenarioJSON is a scenario beside others, as a program reads it.
type scenarioJSON struct {
	Version     int64 `json:"version"`
	Alterations []struct {
		Kind string `json:"kind"`
		Text string `json:"text"`
	} `json:"alterations"`
	Broken []string `json:"limits_broken"`
	Items  []struct {
		Title string `json:"title"`
		Years []struct {
			Year       int
			Now, Under int64
			More       int64 `json:"difference_ore"`
		} `json:"years"`
		FullYear int64 `json:"full_year_difference_ore"`
	} `json:"items"`
	Sides []struct {
		ID    *int64 `json:"scenario"`
		Years []struct {
			Year     int   `json:"year"`
			Effect   int64 `json:"effect_ore"`
			Missing  int64 `json:"missing_ore"`
			Gap      int64 `json:"expected_gap_ore"`
			Forecast int64 `json:"forecast_ore"`
		} `json:"years"`
	} `json:"sides"`
	Decided *string `json:"carried_out"`
	From    *int64  `json:"from"`
}

const thousandKroner = 100_000 // øre

func TestBringForwardPage(t *testing.T) {
	s := newSite(t, true)
	r := s.as("director")
	t.Run("the letters can come from February 2019 to October 2018, and fill 240 of the 580 that the plan lacks", func(t *testing.T) {
		var v struct {
			Forward forwardJSON `json:"bring_forward"`
		}
		r.json("/scenarios.json?year=2018", &v)
		f := v.Forward
		if f.Missing != 580*thousandKroner || f.ExpectedGap != 812*thousandKroner {
			t.Errorf("missing %d, expected gap %d", f.Missing, f.ExpectedGap)
		}
		if len(f.Holes) != 1 || f.Holes[0].InYear != 600*thousandKroner || f.Holes[0].Level != 0 || !strings.HasPrefix(f.Holes[0].Title, "Office 365") {
			t.Errorf("holes %+v", f.Holes)
		}
		if len(f.Proposals) == 0 {
			t.Fatal("nothing is proposed")
		}
		p := f.Proposals[0]
		if p.ID != 11 || p.Months != 4 || p.From != "2018-10" || p.InYear != 240*thousandKroner || p.Weighted != 180*thousandKroner || p.FullYear != 960*thousandKroner ||
			p.Missing != 340*thousandKroner || p.Gap != 632*thousandKroner {
			t.Errorf("%+v", p)
		}
		says(t, r.page("/scenarios?year=2018"), "fra februar 2019 til oktober 2018", "Læg i et scenarie", "Udfør ved beslutning")
	})

	t.Run("a proposal is put into a scenario, and changes nothing in the plan", func(t *testing.T) {
		before := s.seq()
		got := r.post("/scenarios", "initiative", "11", "months", "-4", "scenario", "")
		if got.status != http.StatusSeeOther || s.seq() != before+1 {
			t.Fatalf("%d %s", got.status, got.body)
		}
		at := strings.Split(got.header.Get("Location"), "?")[0]
		var v scenarioJSON
		r.json(at+".json", &v)
		if len(v.Alterations) != 1 || len(v.Items) != 1 || v.Items[0].Years[0].More != 240*thousandKroner || v.Items[0].FullYear != 0 {
			t.Errorf("%+v", v)
		}
		if now, under := v.Sides[0].Years[0], v.Sides[1].Years[0]; now.Missing != 580*thousandKroner || under.Missing != 340*thousandKroner || under.Gap != 632*thousandKroner {
			t.Errorf("%+v, %+v", now, under)
		}
		if got := r.post("/scenarios", "initiative", "4", "months", "-1", "scenario", strings.TrimPrefix(at, "/scenarios/")); got.status != http.StatusSeeOther {
			t.Errorf("extended: %d %s", got.status, got.body)
		}
		r.json(at+".json", &v)
		if len(v.Alterations) != 2 || v.Version != 2 {
			t.Errorf("%+v", v)
		}
	})

	t.Run("a proposal is carried out by a decision, which the history names, and not without one", func(t *testing.T) {
		before := s.seq()
		if got := r.post("/scenarios/carry-out", "initiative", "11", "months", "-4"); got.status != http.StatusUnprocessableEntity || s.seq() != before {
			t.Errorf("without a decision: %d", got.status)
		}
		got := r.post("/scenarios/carry-out", "initiative", "11", "months", "-4", "decision", "5")
		if got.status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.status, got.body)
		}
		var year struct {
			Planned int64 `json:"planned_ore"`
			Gap     int64 `json:"expected_gap_ore"`
		}
		r.json("/savings/2018.json", &year)
		if year.Planned != 3_560*thousandKroner || year.Gap != 632*thousandKroner {
			t.Errorf("%+v", year)
		}
		says(t, r.page("/decisions"), "fremrykkede Samlet fjernprint")
	})
}

func TestScenarioPage(t *testing.T) {
	s := newSite(t, true)
	r := s.as("director")
	t.Run("a scenario stands beside today and beside another, and the address carries the comparison", func(t *testing.T) {
		got := r.post("/scenarios", "name", "Uden Office", "drop", "4")
		if got.status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.status, got.body)
		}
		var v scenarioJSON
		s.as("viewer").json("/scenarios/1.json?with=2", &v)
		if len(v.Sides) != 3 || v.Sides[0].ID != nil || *v.Sides[2].ID != 2 {
			t.Fatalf("%+v", v.Sides)
		}
		if v.Sides[2].Years[0].Missing != 880*thousandKroner {
			t.Errorf("without Office 365 the plan lacks %d", v.Sides[2].Years[0].Missing)
		}
		var against scenarioJSON
		s.as("viewer").json("/scenarios/1.json?with=2&from=2", &against)
		found := false
		for _, item := range against.Items { // without Office 365 it brings nothing; in the first scenario it stays
			if strings.HasPrefix(item.Title, "Office 365") {
				found = true
				if item.Years[0].More != 300*thousandKroner {
					t.Errorf("against the other scenario Office 365 brings %d more", item.Years[0].More)
				}
			}
		}
		if !found || against.From == nil || *against.From != 2 || v.From != nil {
			t.Errorf("%+v", against)
		}
		says(t, s.as("viewer").page("/scenarios/1?with=2&from=2"), "I forhold til Uden Office", "under »Uden Office«")
		says(t, s.as("viewer").page("/scenarios/1?with=2"), "Uden Office", "Side om side", "Virkning i 2018, summeret fra januar", "virkningen kommer 4 måneder tidligere", `name="with" value="2" checked`)
		if rows := r.csv("/scenarios/1.csv"); len(rows) != 1+2*3 {
			t.Errorf("%d rows", len(rows))
		}
	})

	t.Run("alterations are added and taken away, each kind by its own fields", func(t *testing.T) {
		var v scenarioJSON
		for k, pairs := range [][]string{
			{"kind", "change_amount", "benefit", "1", "amount", "2.000.000"},
			{"kind", "change_requirement", "year", "2018", "amount", "-500.000"},
			{"kind", "drop", "initiative", "6", "months", "12"},
		} {
			r.json("/scenarios/1.json", &v)
			got := r.post("/scenarios/1/alterations", append(pairs, "version", itoa(v.Version), "subject", "scenario/1")...)
			if got.status != http.StatusSeeOther {
				t.Fatalf("%v: %d %s", pairs, got.status, got.body)
			}
			r.json("/scenarios/1.json", &v)
			if len(v.Alterations) != k+2 {
				t.Errorf("%v: %+v", pairs, v.Alterations)
			}
		}
		if under := v.Sides[1].Years[0]; under.Missing >= 340*thousandKroner {
			t.Errorf("a lower requirement leaves %d missing", under.Missing)
		}
		got := r.post("/scenarios/1/alterations/remove", "no", "4", "version", itoa(v.Version))
		if got.status != http.StatusSeeOther {
			t.Errorf("remove: %d %s", got.status, got.body)
		}
	})

	t.Run("a refused alteration comes back filled in, and one that somebody changed meanwhile is not overwritten", func(t *testing.T) {
		before := s.seq()
		var v scenarioJSON
		r.json("/scenarios/2.json", &v)
		got := r.post("/scenarios/2/alterations", "kind", "shift", "initiative", "4", "months", "0", "version", itoa(v.Version))
		if got.status != http.StatusUnprocessableEntity || s.seq() != before {
			t.Fatalf("%d", got.status)
		}
		says(t, got.body, "Skriv et antal måneder", `href="#months"`)
		if got := r.post("/scenarios/2", "name", "Andet", "version", itoa(v.Version+1)); got.status != http.StatusConflict && got.status != http.StatusUnprocessableEntity {
			t.Errorf("another version: %d", got.status)
		}
	})

	t.Run("carried out by a decision it is locked, and every change names the decision", func(t *testing.T) {
		var v scenarioJSON
		r.json("/scenarios/2.json", &v)
		if got := r.post("/scenarios/2/carry-out", "version", itoa(v.Version)); got.status != http.StatusUnprocessableEntity {
			t.Errorf("without a decision: %d", got.status)
		}
		if got := s.as("economy_chief").post("/scenarios/2/carry-out", "version", itoa(v.Version), "decision", "5"); got.status != http.StatusForbidden {
			t.Errorf("the economy chief: %d", got.status)
		}
		if got := r.post("/scenarios/2/carry-out", "version", itoa(v.Version), "decision", "5", "note", "Dropper"); got.status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.status, got.body)
		}
		r.json("/scenarios/2.json", &v)
		if v.Decided == nil {
			t.Error("it is not said to be carried out")
		}
		if body := r.page("/scenarios/2"); strings.Contains(body, "/scenarios/2/alterations") {
			t.Error("a form is still offered")
		}
		if got := r.post("/scenarios/2/alterations", "kind", "drop", "initiative", "1", "version", itoa(v.Version)); got.status < 400 {
			t.Errorf("changed afterwards: %d", got.status)
		}
	})

	t.Run("it answers on facts alone, and says what to do", func(t *testing.T) {
		says(t, newSite(t, false).as("viewer").page("/scenarios"), "Der er ingen scenarier.")
	})
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
