package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"gevinst/portfolio"
)

func TestRuling(t *testing.T) {
	s := newSite(t, true)
	office := s.as("programme_office")
	wantStatus(t, office.post("/meetings", "date", "2018-09-03", "name", "Direktionen", "type", "board"), http.StatusSeeOther)
	meeting := itoa(int64(s.now().Meetings.Len()))
	opus, waits := int64(0), int64(0)
	for i := range s.now().Initiatives.All() {
		if i.Plan.State == portfolio.Awaiting {
			opus = int64(i.ID)
		}
	}
	for d := range s.now().Decisions.All() {
		if d.Waits() {
			waits = int64(d.ID)
		}
	}
	plan := func(id int64) portfolio.Plan { return s.now().Initiatives.Get(portfolio.InitiativeID(id)).Plan }
	listed := func(kind string) (n int) {
		var v meetingJSON
		office.json("/meetings.json", &v)
		for _, m := range v.Items {
			if m.Kind == kind {
				n++
			}
		}
		return n
	}
	at := "/decisions/" + itoa(waits)

	t.Run("the forms offer what a decision may change, what waits first, and what the reader may do alone", func(t *testing.T) {
		body := office.page("/decisions")
		says(t, body, `action="`+at+`/settlement"`, `name="plan.`+itoa(opus)+`"`, "Afventer fortsat", "Udgår af planen", `name="close_rounds"`, `name="home.1"`)
		if first := strings.Index(body, `name="plan.`); !strings.HasPrefix(body[first:], `name="plan.`+itoa(opus)+`"`) {
			t.Error("what waits does not stand first")
		}
		if body := s.as("director").page("/decisions"); strings.Contains(body, `name="close_rounds"`) || !strings.Contains(body, `name="plan.1"`) {
			t.Error("a director, who does not hold rounds, is offered to close one, or is not offered the plan")
		}
	})
	t.Run("a refusal stands at the part that it is about, with all that was chosen, and nothing is written", func(t *testing.T) {
		before := s.seq()
		got := office.post("/decisions", "meeting", meeting, "title", "Planen", "outcome", "Godkendt", "plan.1", "in", "plan.4", "out", "reason", "opgivet")
		wantStatus(t, got, http.StatusUnprocessableEntity)
		if s.seq() != before {
			t.Error("an event was written")
		}
		says(t, got.body, `id="plan.1-error"`, `href="#plan.1"`, `value="opgivet"`, `<option value="out" selected>`)
		wantStatus(t, office.post("/decisions", "meeting", meeting, "title", "Planen", "outcome", "Godkendt", "plan.77", "in"), http.StatusNotFound)
		wantStatus(t, office.post("/decisions", "meeting", meeting, "title", "Planen", "outcome", "Godkendt", "plan.1", "sideways"), http.StatusUnprocessableEntity)
	})
	t.Run("what waited is settled and leaves the plan in one batch, in the decision's words, and the meeting's list is rid of it", func(t *testing.T) {
		if listed("plan_awaits") != 1 || listed("decision_waits") != 1 {
			t.Fatal("nothing waits")
		}
		recorded, version := s.watch(), itoa(s.now().Decisions.Get(portfolio.DecisionID(waits)).Version)
		wantStatus(t, office.post(at+"/settlement", "version", version, "meeting", meeting, "title", "OPUS", "case", "326-2018-9",
			"outcome", "OPUS udgår af handlingsplanen", "plan."+itoa(opus), "out", "plan.1", ""), http.StatusSeeOther)
		verbs := recorded()
		slices.Sort(verbs)
		if strings.Join(verbs, " ") != "decision.record decision.settle initiative.withdraw" {
			t.Errorf("%v", verbs)
		}
		if got := plan(opus); got.State != portfolio.OutOfPlan || got.Reason != "OPUS udgår af handlingsplanen" || int(got.Decision) != s.now().Decisions.Len() {
			t.Errorf("%+v", got)
		}
		if listed("plan_awaits")+listed("decision_waits") != 0 {
			t.Error("the meeting's list still has it")
		}
	})
	t.Run("a decision moves an initiative, closes a round and gives an overlap its home, and its place in the log tells of all three", func(t *testing.T) {
		round := portfolio.RoundID(0)
		for r := range s.now().Rounds.All() {
			if r.Closed == nil {
				round = r.ID
			}
		}
		got := office.do(http.MethodPost, "/decisions", strings.NewReader(
			`{"meeting":`+meeting+`,"title":"Runde og overlap","outcome":"Godkendt.","plan.`+itoa(opus)+`":"awaiting","reason":"Nyt udbud","close_rounds":[`+itoa(int64(round))+`],"home.1":`+itoa(int64(s.now().Programme("KME").ID))+`}`),
			"Content-Type", "application/json", "Accept", "application/json")
		wantStatus(t, got, http.StatusCreated)
		if s.now().Rounds.Get(round).Closed == nil || s.now().Overlaps.Get(1).Home != s.now().Programme("KME").ID || plan(opus).State != portfolio.Awaiting {
			t.Error("not all of it was done")
		}
		var log decisionsJSON
		office.json("/decisions.json", &log)
		var did []string
		for _, d := range log.Items {
			if d.Title != "Runde og overlap" {
				continue
			}
			for _, e := range d.Effects {
				did = append(did, e.Verb)
			}
		}
		slices.Sort(did)
		if strings.Join(did, " ") != "initiative.await overlap.settle round.close" {
			t.Errorf("it did %v", did)
		}
	})
}

func TestRulingForm(t *testing.T) {
	s := newSite(t, true)
	for _, width := range []int{1280, 390} {
		t.Run(fmt.Sprintf("at %d px what a decision changes is chosen by the keyboard, and breaks no rule of accessibility", width), func(t *testing.T) {
			office := s.person(t, "programme_office", width)
			office.to("/decisions")
			office.opens("#decision-form")
			office.Click("#decision-form details > summary")
			office.Eval(`document.querySelector('#decision-form [name="plan.4"]').focus()`, nil)
			office.Press("Ud")
			if !office.yes(`document.querySelector('#decision-form [name="plan.4"]').value === "out"`) {
				t.Error("it was not chosen")
			}
			office.Screenshot(fmt.Sprintf("ruling-%d", width))
			for _, v := range office.Axe() {
				t.Errorf("%s (%s): %s %v", v.ID, v.Impact, v.Help, v.Nodes)
			}
			if office.yes(`document.documentElement.scrollWidth > document.documentElement.clientWidth + 1`) {
				t.Error("the page is wider than the window")
			}
		})
	}
}
