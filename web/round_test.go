package web

import (
	"net/http"
	"strings"
	"testing"

	"gevinst/portfolio"
)

// roundJSON is a round as a program reads it.
type roundJSON struct {
	Version  int64 `json:"version"`
	Scored   int   `json:"directors_who_have_scored"`
	Criteria []struct {
		Name   string   `json:"name"`
		Weight *int64   `json:"weight"`
		Scale  []string `json:"scale"`
	} `json:"criteria"`
	Items []struct {
		No     int   `json:"no"`
		Mine   []int `json:"my_scores"`
		Rank   *int  `json:"rank"`
		Value  *int64
		Gap    *int  `json:"greatest_gap"`
		Firm10 *bool `json:"firm_10"`
		Given  []struct {
			By     string `json:"by"`
			Scores []int  `json:"scores"`
		} `json:"scores"`
	} `json:"items"`
	Closed *struct {
		Decision int64 `json:"decision"`
	} `json:"closed"`
}

// openExample is the example's open round: the other director has scored in it, the one of the demonstration has not.
const openExample = "/priorities/2"

// telling are words that only the weights and the scores of the open round could bring into an answer.
func telling(body string) []string {
	var found []string
	for _, word := range []string{`"weight":20`, `"weight":15`, `"scores":[3,3,2,3,4,2,3]`, `[4,4,4,4,3,2,2]`, `"given"`, "value_thousandths\":3"} {
		if strings.Contains(body, word) {
			found = append(found, word)
		}
	}
	return found
}

func TestRoundIsSecret(t *testing.T) {
	s := newSite(t, true)
	paths := []string{
		openExample + ".json", openExample + ".csv", openExample, openExample + ".json?as_of=2018-08-30", "/priorities.json", "/priorities.csv", "/history.json", "/history.csv",
		"/history.json?kind=score", "/history.json?kind=round&subject=2", "/history.json?kind=score&subject=3", "/history.json?as_of=2018-08-30", "/openapi.json", "/decisions.json", "/tasks.json",
		"/priorities/1.json?as_of=2018-03-10", "/priorities/1.csv?as_of=2018-03-10",
	}
	for _, role := range portfolio.Roles() {
		r := s.as(role.String())
		t.Run("no weight and no score of an open round leaks to "+role.String(), func(t *testing.T) {
			for _, path := range paths {
				got := r.get(path)
				if got.status != http.StatusOK {
					t.Errorf("%s: %d", path, got.status)
				}
				found := telling(got.body)
				if role == portfolio.ProgrammeOffice && strings.HasPrefix(path, "/priorities/") { // it set the weights
					found = deleteWeights(found)
				}
				if strings.Contains(path, "as_of=2018-03-10") && role == portfolio.Director {
					continue // the past shows a director his own scores, which is tested beside
				}
				if len(found) > 0 {
					t.Errorf("%s tells %v", path, found)
				}
			}
			var v roundJSON
			r.json(openExample+".json", &v)
			for _, c := range v.Criteria {
				if (c.Weight != nil) != (role == portfolio.ProgrammeOffice) {
					t.Errorf("the weight of %s: %v", c.Name, c.Weight)
				}
			}
			for _, item := range v.Items {
				if len(item.Mine) > 0 || len(item.Given) > 0 || item.Rank != nil {
					t.Errorf("%d: %+v", item.No, item)
				}
			}
			if v.Scored != 1 {
				t.Errorf("%d are said to have scored", v.Scored)
			}
		})
	}
	t.Run("no page, list or file of any address tells, whoever asks", func(t *testing.T) {
		for _, role := range portfolio.Roles() {
			r := s.as(role.String())
			for _, route := range s.web.routes {
				if route.method != http.MethodGet || strings.HasPrefix(route.pattern, "/priorities") {
					continue
				}
				for _, suffix := range route.suffixes() {
					if suffix != ".json" && suffix != ".csv" { // a page and a workbook are made of the same
						continue
					}
					got := r.get(filled(route.path(suffix)))
					for _, word := range append(telling(got.body), scoresIn(got.body)...) {
						t.Errorf("%s tells %s: %s", role, filled(route.path(suffix)), word)
					}
				}
			}
		}
	})
	t.Run("what is looked for is there once a round is closed", func(t *testing.T) {
		if found := telling(s.as("viewer").get("/priorities/1.json").body); len(found) < 2 {
			t.Errorf("found %v", found)
		}
	})
	t.Run("the past of a round that was closed later shows a director his own scores alone", func(t *testing.T) {
		var v roundJSON
		s.as("director").json("/priorities/1.json?as_of=2018-03-10", &v)
		for _, item := range v.Items {
			if len(item.Mine) != 7 || len(item.Given) != 0 {
				t.Errorf("%+v", item)
			}
		}
	})
}

// scoresIn finds an answer that repeats what a round holds.
func scoresIn(body string) (found []string) {
	for _, word := range []string{`"given":`, `&#34;given&#34;`, `"my_scores":[3`, `"criteria":[`} {
		if strings.Contains(body, word) {
			found = append(found, word)
		}
	}
	return found
}

func deleteWeights(found []string) (kept []string) {
	for _, word := range found {
		if !strings.HasPrefix(word, `"weight"`) {
			kept = append(kept, word)
		}
	}
	return kept
}

func TestRound(t *testing.T) {
	s := newSite(t, true)
	office, director := s.as("programme_office"), s.as("director")

	t.Run("the office opens a round, a director scores alone, and a decision closes it for all to see", func(t *testing.T) {
		before := s.seq()
		pairs := []string{"name", "Ekstra", "period", "2019", "items", "6", "items", "11"}
		for k, name := range []string{"Værdi", "Kompleksitet"} {
			n := string(rune('0' + k))
			pairs = append(pairs, "criteria."+n+".name", name, "criteria."+n+".weight", "10", "criteria."+n+".scale", "a\nb\nc\nd\ne")
		}
		got := office.post("/priorities", append(pairs, "criteria.1.cost", "true")...)
		if got.status != http.StatusSeeOther || s.seq() != before+1 {
			t.Fatalf("open: %d %s", got.status, got.body)
		}
		at := strings.Split(got.header.Get("Location"), "?")[0]
		says(t, director.page(at), `name="item.6.0"`, "2 b")
		got = director.post(at+"/scores", "item.6.0", "5", "item.6.1", "1", "item.11.0", "2", "item.11.1", "2")
		if got.status != http.StatusSeeOther || s.seq() != before+2 {
			t.Fatalf("score: %d %s", got.status, got.body)
		}
		says(t, director.page(at), "Du har vurderet.", `<option value="5" selected>`)
		var v roundJSON
		office.json(at+".json", &v)
		if v.Scored != 1 || v.Items[0].Rank != nil {
			t.Errorf("%+v", v)
		}
		got = office.post(at+"/close", "version", "1", "decision", "5")
		if got.status != http.StatusUnprocessableEntity || s.seq() != before+2 {
			t.Fatalf("closed by an older decision: %d", got.status)
		}
		says(t, got.body, "Beslutningen er ældre end runden", `id="decision-error"`)
		wantStatus(t, office.post("/meetings", "date", "2018-09-03", "name", "Direktionen", "type", "board"), http.StatusSeeOther)
		got = office.post(at+"/close", "version", "1", "meeting", itoa(int64(s.now().Meetings.Len())), "title", "Prioritering", "case", "326-2018-7", "outcome", "Godkendt")
		if got.status != http.StatusSeeOther || s.seq() != before+5 {
			t.Fatalf("close: %d %s", got.status, got.body)
		}
		s.oneBatch(t, "decision.record", "round.close")
		before += 2
		s.as("viewer").json(at+".json", &v)
		if v.Closed == nil || int(v.Closed.Decision) != s.now().Decisions.Len() || v.Items[0].No != 6 || *v.Items[0].Rank != 1 || v.Items[0].Given[0].Scores[0] != 5 || *v.Criteria[0].Weight != 10 || !*v.Items[0].Firm10 {
			t.Errorf("%+v", v)
		}
		got = director.post(at+"/scores", "item.6.0", "1")
		if got.status < 400 || s.seq() != before+3 {
			t.Errorf("scores after closing: %d", got.status)
		}
	})

	t.Run("a round is changed by form until the first score, and then it says why it stands", func(t *testing.T) {
		pairs := []string{"name", "Ny runde", "period", "2019", "items", "6", "criteria.0.name", "Værdi", "criteria.0.weight", "10", "criteria.0.scale", "a\nb\nc\nd\ne"}
		got := office.post("/priorities", pairs...)
		if got.status != http.StatusSeeOther {
			t.Fatalf("open: %d %s", got.status, got.body)
		}
		at := strings.Split(got.header.Get("Location"), "?")[0]
		says(t, office.page(at), at+"/edit")
		says(t, office.page(at+"/edit"), `value="Værdi"`, `value="10"`, "a\nb\nc", `name="version" value="1"`, `id="item-6" name="items" value="6" checked`)
		before := s.seq()
		got = office.post(at, append(pairs, "version", "1", "criteria.1.name", "Modenhed", "criteria.1.weight", "tyve", "criteria.1.scale", "a\nb\nc\nd\ne")...)
		if got.status != http.StatusUnprocessableEntity || s.seq() != before {
			t.Errorf("a weight that is none: %d", got.status)
		}
		says(t, got.body, `value="tyve"`, `href="#criteria.1.weight"`)
		got = office.post(at, append(pairs, "version", "1", "criteria.1.name", "Modenhed", "criteria.1.weight", "20", "criteria.1.scale", "a\nb\nc\nd\ne", "items", "11")...)
		if got.status != http.StatusSeeOther || s.seq() != before+1 {
			t.Fatalf("edit: %d %s", got.status, got.body)
		}
		var v roundJSON
		office.json(at+".json", &v)
		if len(v.Criteria) != 2 || *v.Criteria[1].Weight != 20 || len(v.Items) != 2 || v.Version != 2 {
			t.Errorf("%+v", v)
		}
		if got := office.post(at, append(pairs, "version", "1")...); got.status != http.StatusConflict {
			t.Errorf("a version that was changed meanwhile: %d", got.status)
		}
		if got := director.post(at, append(pairs, "version", "2")...); got.status != http.StatusForbidden {
			t.Errorf("a director: %d", got.status)
		}
		if got := director.post(at+"/scores", "item.6.0", "4"); got.status != http.StatusSeeOther {
			t.Fatalf("score: %d", got.status)
		}
		if got := office.post(at, append(pairs, "version", "2")...); got.status != http.StatusConflict {
			t.Errorf("after a score: %d", got.status)
		}
		says(t, office.page(at+"/edit"), "vurdering")
		if body := office.page(at); strings.Contains(body, at+"/edit") || strings.Contains(office.page(at+"/edit"), "<textarea") {
			t.Error("a scored round is offered to be changed")
		}
	})

	t.Run("a wrong score comes back at its field, with what else was typed", func(t *testing.T) {
		before := s.seq()
		got := director.post(openExample+"/scores", "item.11.0", "9", "item.11.1", "4")
		if got.status != http.StatusUnprocessableEntity || s.seq() != before {
			t.Fatalf("got %d", got.status)
		}
		says(t, got.body, "Giv fra 1 til 5.", `<a href="#item.11.0">`, `<option value="4" selected>`)
	})

	t.Run("a round without words or items is refused where they lack", func(t *testing.T) {
		got := office.post("/priorities", "name", "Ny", "period", "2019", "criteria.0.name", "Værdi", "criteria.0.weight", "3", "criteria.0.scale", "en\nto")
		if got.status != http.StatusUnprocessableEntity {
			t.Fatalf("got %d", got.status)
		}
		says(t, got.body, "Skriv ord til alle 5 trin.", `value="Værdi"`, "en\nto</textarea>")
	})

	t.Run("the closed round shows rank, spread, disagreement and bubbles", func(t *testing.T) {
		body := s.as("viewer").page("/priorities/1")
		says(t, body, "Rangorden", "uenighed", "Værdi mod kompleksitet", "skal-opgave", "Udbredelse af SMS-service")
		says(t, s.as("viewer").page("/priorities/1?year=2018"), "virkning i 2018")
	})
}

func TestPriorities(t *testing.T) {
	s := newSite(t, true)
	r := s.as("director")
	t.Run("the overview counts every item once a unit, and says who approved a priority and when", func(t *testing.T) {
		var v struct {
			Items []struct {
				No         int    `json:"no"`
				Period     string `json:"period"`
				ApprovedBy string `json:"approved_by"`
				Approved   string `json:"approved"`
			} `json:"items"`
			Units []struct {
				Name      string `json:"name"`
				Items     int    `json:"described_in_all"`
				Described int    `json:"described"`
				Prio      int    `json:"prioritised"`
				Selected  int    `json:"selected"`
				Not       int    `json:"not_selected"`
			} `json:"units"`
		}
		r.json("/priorities.json", &v)
		sum := 0
		for _, u := range v.Units {
			sum += u.Items
			if u.Described+u.Prio+u.Selected+u.Not != u.Items {
				t.Errorf("%+v", u)
			}
		}
		if sum != 81 || len(v.Items) != 28 {
			t.Errorf("%d items, %d prioritised", sum, len(v.Items))
		}
		for _, item := range v.Items {
			if item.Period != "2017-2018" || item.ApprovedBy == "" || item.Approved != "2017-11-10" {
				t.Errorf("%+v", item)
			}
		}
		if rows := r.csv("/priorities.csv"); len(rows) != 29 {
			t.Errorf("%d rows", len(rows))
		}
		says(t, r.page("/priorities"), "Giv dine vurderinger", "Plan, Byg &amp; Miljø", `href="/catalogue?state=prioritised&amp;area=3"`)
	})
	t.Run("it answers on facts alone, and says what to do", func(t *testing.T) {
		s := newSite(t, false)
		says(t, s.as("viewer").page("/priorities"), "Der har ikke været nogen prioriteringsrunde.", "Ingen katalogindsats er prioriteret endnu.")
	})
}
