package web

import (
	"net/http"
	"strings"
	"testing"

	"gevinst/portfolio/store"
)

// newDecision is what a form writes of a decision that is not recorded yet.
var newDecision = []string{
	"meeting", "3", "item", "4", "title", "Fremrykning af fjernprint", "case", "326-2018-11111", "kle", "85.00.00-A00", "document", "326-2018-22222",
	"recommendations", "at fjernprint fremrykkes", "outcome", "Godkendt", "recommender", "Digitaliseringschefen",
}

func TestCarryOutWithANewDecision(t *testing.T) {
	s := newSite(t, true)
	r := s.as("director")
	boardMeeting := ""
	for m := range s.now().Meetings.All() {
		if m.Type.String() == "board" {
			boardMeeting = itoa(int64(m.ID))
		}
	}
	written := append([]string{"meeting", boardMeeting}, newDecision[2:]...)
	decisions := s.now().Decisions.Len()

	t.Run("the page says what moves, and asks for a recorded decision or a new one", func(t *testing.T) {
		says(t, r.page("/scenarios?year=2018"), `/scenarios/carry-out?initiative=11&amp;months=-4`)
		says(t, r.page("/scenarios/carry-out?initiative=11&months=-4"), "virkningen kommer 4 måneder tidligere", "Eller en ny beslutning", `name="case"`, `name="months" value="-4"`)
		if got := s.as("economy_chief").get("/scenarios/carry-out?initiative=11&months=-4"); got.status != http.StatusForbidden {
			t.Errorf("the economy chief: %d", got.status)
		}
	})

	t.Run("what is wrong with the new decision is said at its fields, and neither it nor the move is written", func(t *testing.T) {
		before := s.seq()
		got := r.post("/scenarios/carry-out", "initiative", "11", "months", "-4", "title", "Fremrykning", "case", "326-2018-11111")
		if got.status != http.StatusUnprocessableEntity || s.seq() != before {
			t.Fatalf("%d", got.status)
		}
		says(t, got.body, `href="#meeting"`, `href="#outcome"`, `value="326-2018-11111"`, `name="months" value="-4"`)
		got = r.post("/scenarios/carry-out", append([]string{"initiative", "11", "months", "-4", "decision", "5"}, written...)...)
		if got.status != http.StatusUnprocessableEntity || s.seq() != before {
			t.Fatalf("both: %d", got.status)
		}
		says(t, got.body, "Vælg enten en registreret beslutning eller skriv en ny, ikke begge.")
		got = r.post("/scenarios/carry-out", append([]string{"initiative", "11", "months", "0"}, written...)...)
		if got.status != http.StatusUnprocessableEntity || s.seq() != before {
			t.Errorf("a move of nothing: %d, and %d events", got.status, s.seq()-before)
		}
	})

	t.Run("the decision and what it changes are one batch, and the log shows them with the case", func(t *testing.T) {
		got := r.post("/scenarios/carry-out", append([]string{"initiative", "11", "months", "-4"}, written...)...)
		if got.status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.status, got.body)
		}
		if n := s.now().Decisions.Len(); n != decisions+1 {
			t.Fatalf("%d decisions, were %d", n, decisions)
		}
		s.oneBatch(t, "decision.record", "scenario.create", "initiative.bring_forward", "scenario.carry_out")
		says(t, r.page("/decisions"), "Fremrykning af fjernprint", "326-2018-11111", "at fjernprint fremrykkes", "fremrykkede Samlet fjernprint")
	})

	t.Run("a scenario is carried out the same way", func(t *testing.T) {
		if got := r.post("/scenarios", "name", "Uden Office", "drop", "4"); got.status != http.StatusSeeOther {
			t.Fatal(got.status)
		}
		at := itoa(int64(s.now().Scenarios.Len()))
		got := r.post("/scenarios/"+at+"/carry-out", append([]string{"version", "1", "note", "Dropper"}, written...)...)
		if got.status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.status, got.body)
		}
		s.oneBatch(t, "decision.record", "initiative.withdraw", "scenario.carry_out")
		if i := s.now().Initiatives.Get(4); int(i.Plan.Decision) != decisions+2 {
			t.Errorf("it left the plan by decision %d", i.Plan.Decision)
		}
	})
}

// oneBatch holds the latest batch of the log to the verbs it must have, all but the decision's own by that decision.
func (s *site) oneBatch(t *testing.T, verbs ...string) {
	t.Helper()
	list, err := s.store.Events(s.Context(), s.now(), store.EventFilter{Limit: 50})
	if err != nil {
		t.Fatal(err)
	}
	batch, found := list[0].Batch, map[string]bool{}
	for _, e := range list {
		if e.Batch != batch {
			continue
		}
		found[string(e.Verb)] = true
		if !strings.HasPrefix(string(e.Verb), "decision.") && int(e.Decision) != s.now().Decisions.Len() {
			t.Errorf("%s names decision %d", e.Verb, e.Decision)
		}
	}
	for _, verb := range verbs {
		if !found[verb] {
			t.Errorf("the batch has no %s: %v", verb, found)
		}
	}
}
