package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/store"
)

// wrote counts the events of the portfolio and holds their number against what was expected.
func (s *site) wrote(t *testing.T, want int64, do func()) {
	t.Helper()
	before := s.seq()
	do()
	if got := s.seq() - before; got != want {
		t.Errorf("%d events, want %d", got, want)
	}
}

// last is the record that was added last.
func last[K ~int64, T any](table portfolio.Table[K, T]) *T {
	list := table.List()
	return list[len(list)-1]
}

func TestMilestonesAndRisks(t *testing.T) {
	s := newSite(t, true)
	i := s.titled("Digital sagsbehandling")
	at := fmt.Sprintf("/initiatives/%d", i.ID)
	owner := s.as("project_owner")

	t.Run("an owner sets a milestone, which the page shows as late, and reaches it", func(t *testing.T) {
		s.wrote(t, 1, func() {
			if got := owner.post(at+"/milestones", "title", "Aftale opsagt", "due", "2018-08-20"); got.status != http.StatusSeeOther {
				t.Fatal(got.status, got.body)
			}
		})
		m := last(s.now().Milestones)
		if body := owner.page(at); !strings.Contains(body, "Aftale opsagt") || !strings.Contains(body, "Forsinket siden 20. august 2018") {
			t.Error("the page does not tell of it")
		}
		s.wrote(t, 1, func() {
			owner.post(fmt.Sprintf("/milestones/%d/reach", m.ID), "version", versionOf(m), "done", "2018-09-01")
		})
		if body := owner.page(at); !strings.Contains(body, "Nået 1. september 2018") {
			t.Error("the page does not tell that it is reached")
		}
	})
	t.Run("what is wrong is said at the field, with what was typed", func(t *testing.T) {
		s.wrote(t, 0, func() {
			got := owner.post(at+"/milestones", "title", "Uden dag", "due", "i morgen")
			if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `value="Uden dag"`) || !strings.Contains(got.body, `id="due-error"`) {
				t.Errorf("%d %s", got.status, got.body)
			}
			m := last(s.now().Milestones)
			got = owner.post(fmt.Sprintf("/milestones/%d/reach", m.ID), "version", versionOf(m), "done", "2018-12-24")
			if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `value="2018-12-24"`) {
				t.Errorf("%d", got.status)
			}
		})
	})
	t.Run("who saw an older version is told what others did meanwhile", func(t *testing.T) {
		m := last(s.now().Milestones)
		edit := fmt.Sprintf("/milestones/%d/edit", m.ID)
		s.wrote(t, 1, func() {
			if got := s.as("programme_office").post(edit, "version", versionOf(m), "title", "Aftalen er opsagt"); got.status != http.StatusSeeOther {
				t.Fatal(got.status, got.body)
			}
			got := owner.post(edit, "version", versionOf(m), "title", "Opsigelse")
			if got.status != http.StatusConflict || !strings.Contains(got.body, "Aftalen er opsagt") || !strings.Contains(got.body, `value="Opsigelse"`) {
				t.Errorf("%d", got.status)
			}
		})
	})
	t.Run("a milestone that is taken out leaves the page and stays in the history", func(t *testing.T) {
		m := last(s.now().Milestones)
		s.wrote(t, 1, func() {
			owner.post(fmt.Sprintf("/milestones/%d/remove", m.ID), "version", versionOf(m))
		})
		if s.now().Milestones.Get(m.ID) != nil || strings.Contains(owner.page(at), "Aftalen er opsagt</th>") {
			t.Error("it is still there")
		}
	})
	t.Run("a risk has its two levels in words, asks for a review and is closed", func(t *testing.T) {
		s.wrote(t, 1, func() {
			owner.post(at+"/risks", "title", "Leverandøren er forsinket", "likelihood", "medium", "consequence", "high", "response", "Møde hver uge", "review", "2018-09-03")
		})
		k := last(s.now().Risks)
		body := owner.page(at)
		for _, want := range []string{"Leverandøren er forsinket", "Møde hver uge", "Mellem</td>", "Høj</td>", "Skal ses på nu"} {
			if !strings.Contains(body, want) {
				t.Errorf("the page does not say %q", want)
			}
		}
		s.wrote(t, 1, func() {
			owner.post(fmt.Sprintf("/risks/%d/close", k.ID), "version", versionOf(k), "closed", "2018-09-02", "note", "leveret")
		})
		if body := owner.page(at); !strings.Contains(body, "Lukket 2. september 2018") {
			t.Error("the page does not tell that it is closed")
		}
	})
	t.Run("what a level is missing is said at its field", func(t *testing.T) {
		s.wrote(t, 0, func() {
			got := owner.post(at+"/risks", "title", "Uden tal", "likelihood", "huge", "review", "2018-10-01")
			if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `id="likelihood-error"`) {
				t.Errorf("%d", got.status)
			}
		})
	})
	t.Run("a viewer and another's owner are refused", func(t *testing.T) {
		other := fmt.Sprintf("/initiatives/%d/milestones", s.titled("Office 365").ID)
		s.wrote(t, 0, func() {
			for _, got := range []answer{s.as("viewer").post(at+"/risks", "title", "x"), owner.post(other, "title", "x", "due", "2018-10-01")} {
				if got.status != http.StatusForbidden {
					t.Errorf("%d", got.status)
				}
			}
		})
	})
}

func TestQuestionsAndCommentaries(t *testing.T) {
	s := newSite(t, true)
	i := s.titled("Digital sagsbehandling")
	at := fmt.Sprintf("/initiatives/%d", i.ID)
	owner, chief := s.as("project_owner"), s.as("economy_chief")

	t.Run("Finance asks, the owner finds it among the tasks and answers once", func(t *testing.T) {
		before := owner.kinds()["question_to_answer"]
		s.wrote(t, 1, func() {
			chief.post(at+"/questions", "text", "Hvornår er systemet opsagt?")
		})
		q := last(s.now().Questions)
		if owner.kinds()["question_to_answer"] != before+1 || !strings.Contains(owner.page("/tasks"), fmt.Sprintf("%s#question-%d", at, q.ID)) {
			t.Error("it is no task")
		}
		s.wrote(t, 1, func() {
			owner.post(fmt.Sprintf("/questions/%d/answer", q.ID), "version", versionOf(q), "note", "Til 1. november.")
		})
		if body := chief.page(at); !strings.Contains(body, "Til 1. november.") || owner.kinds()["question_to_answer"] != before {
			t.Error("the answer is not on the page, or the task is still there")
		}
		s.wrote(t, 0, func() {
			got := owner.post(fmt.Sprintf("/questions/%d/answer", q.ID), "version", versionOf(last(s.now().Questions)), "note", "Igen.")
			if got.status != http.StatusConflict || !strings.Contains(got.body, "allerede besvaret") {
				t.Errorf("%d", got.status)
			}
		})
	})
	t.Run("an owner asks nobody, and Finance answers for nobody", func(t *testing.T) {
		if body := owner.page(at); strings.Contains(body, `id="questions-new"`) {
			t.Error("the owner is offered to ask")
		}
		s.wrote(t, 0, func() {
			if got := owner.post(at+"/questions", "text", "?"); got.status != http.StatusForbidden {
				t.Errorf("%d", got.status)
			}
		})
	})
	t.Run("the follow-up that is due is offered to the owner, and its commentary takes the task away", func(t *testing.T) {
		if body := owner.page(at); !strings.Contains(body, "Kommentar til budgetopfølgningen pr. 31. august 2018") {
			t.Fatal("it is not offered")
		}
		s.wrote(t, 1, func() {
			got := owner.post(at+"/commentaries", "follow_up", "2018-08-31", "outlook", "at_risk", "text", "Opsigelsen trækker ud.")
			if got.status != http.StatusSeeOther {
				t.Fatal(got.status, got.body)
			}
		})
		if body := owner.page(at); !strings.Contains(body, "I fare</span>") || !strings.Contains(body, "Opsigelsen trækker ud.") {
			t.Error("the page does not have it")
		}
		if strings.Contains(owner.page("/tasks"), "Kommentér Digital sagsbehandling") {
			t.Error("it is still a task")
		}
		s.wrote(t, 0, func() {
			if got := owner.post(at+"/commentaries", "follow_up", "2018-08-31", "outlook", "on_track", "text", "To gange."); got.status != http.StatusUnprocessableEntity {
				t.Errorf("%d", got.status)
			}
		})
	})
	t.Run("it may be changed until the follow-up is frozen", func(t *testing.T) {
		c := last(s.now().Commentaries)
		edit := fmt.Sprintf("/commentaries/%d/edit", c.ID)
		s.wrote(t, 1, func() { owner.post(edit, "version", versionOf(c), "outlook", "on_track", "text", "Det gik alligevel.") })
		s.freeze(t, c.FollowUp)
		s.wrote(t, 0, func() {
			got := owner.post(edit, "version", versionOf(last(s.now().Commentaries)), "outlook", "off_track", "text", "Nej.")
			if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "frosset") {
				t.Errorf("%d", got.status)
			}
		})
		if body := owner.page(at); strings.Contains(body, edit) || !strings.Contains(body, "teksten er låst") {
			t.Error("the page still offers it, or does not say that it is locked")
		}
	})
}

func (s *site) freeze(t *testing.T, day portfolio.Date) {
	t.Helper()
	p := s.now()
	for u := range p.Users.All() {
		if u.Role != portfolio.EconomyChief {
			continue
		}
		if err := s.put(u.ID, portfolio.KindFollowUp, func(by portfolio.By, id int64) (portfolio.Record, portfolio.Event, error) {
			return portfolio.NewFollowUp(p, by, portfolio.FollowUpID(id), "Opfølgning", day)
		}); err != nil {
			t.Fatal(err)
		}
		return
	}
}

func TestCaseFile(t *testing.T) {
	s := newSite(t, true)
	i := s.titled("Digital sagsbehandling")
	at := fmt.Sprintf("/initiatives/%d", i.ID)
	owner := s.as("project_owner")
	t.Run("the case opens in the document system, in a new tab that knows nothing of this page", func(t *testing.T) {
		s.wrote(t, 1, func() {
			got := owner.post(at+"/edit", "version", versionOf(s.now().Initiatives.Get(i.ID)), "case_no", "326-2018-1", "case_url", "https://esdh.example/sag/1")
			if got.status != http.StatusSeeOther {
				t.Fatal(got.status, got.body)
			}
		})
		if body := owner.page(at); !strings.Contains(body, `<a href="https://esdh.example/sag/1" target="_blank" rel="noopener noreferrer">326-2018-1`) {
			t.Error("the page has no such link")
		}
		var v struct {
			File portfolio.CaseFile `json:"case_file"`
		}
		owner.json(at+".json", &v)
		if v.File != (portfolio.CaseFile{No: "326-2018-1", URL: "https://esdh.example/sag/1"}) {
			t.Errorf("%+v", v.File)
		}
	})
	t.Run("an address that does anything but open a page is refused at its field", func(t *testing.T) {
		s.wrote(t, 0, func() {
			for _, address := range []string{"javascript:alert(1)", "file:///etc/passwd", "esdh.example"} {
				got := owner.post(at+"/edit", "version", versionOf(s.now().Initiatives.Get(i.ID)), "case_url", address)
				if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `id="case_url-error"`) {
					t.Errorf("%s: %d", address, got.status)
				}
			}
		})
	})
}

func TestDelayPreview(t *testing.T) {
	s := newSite(t, true)
	i := s.titled("ESDH")
	at := fmt.Sprintf("/initiatives/%d/delay", i.ID)
	office := s.as("programme_office")
	version := func() string { return versionOf(s.now().Initiatives.Get(i.ID)) }

	t.Run("before a delay is sent the page shows what it moves, and writes nothing", func(t *testing.T) {
		s.wrote(t, 0, func() {
			got := office.post(at+"/preview", "version", version(), "until", "2018-10-31", "note", "Leverandøren")
			if got.status != http.StatusOK {
				t.Fatal(got.status, got.body)
			}
			// ESDH's 480 a year begins in September: 160 in 2018; two months later 80.
			for _, want := range []string{"Intet er gemt endnu.", "sep 18", "nov 18", ">160</td>", ">80</td>", ">480</td>", "Leverandøren</textarea>", `value="2018-10-31"`, fmt.Sprintf(`action="%s"`, at)} {
				if !strings.Contains(got.body, want) {
					t.Errorf("the page does not have %q", want)
				}
			}
		})
	})
	t.Run("the day is the same as its months", func(t *testing.T) {
		var v struct {
			Preview struct{ Months int } `json:"delay_preview"`
		}
		for sent, want := range map[string]int{"2018-10-31": 2, "2018-10-01": 1, "2018-09-30": 1, "2018-10-02": 2} {
			s.wrote(t, 0, func() {
				v.Preview.Months = 0
				office.answers(at+"/preview", fmt.Sprintf(`{"version":%s,"until":%q}`, version(), sent), &v)
				if v.Preview.Months != want {
					t.Errorf("%s is %d months", sent, v.Preview.Months)
				}
			})
		}
	})
	t.Run("a day that is no later, or says something else than the months, is refused at its field", func(t *testing.T) {
		s.wrote(t, 0, func() {
			for _, sent := range [][]string{{"until", "2018-08-31"}, {"until", "2018-10-31", "months", "5"}, {"until", "snart"}} {
				got := office.post(at, append(sent, "version", version(), "note", "x")...)
				if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `id="until-error"`) {
					t.Errorf("%v: %d", sent, got.status)
				}
			}
		})
	})
	t.Run("a delay by its new end moves plan and forecast, with its reason, and keeps the old dates", func(t *testing.T) {
		s.wrote(t, 2, func() {
			if got := office.post(at, "version", version(), "until", "2018-10-31", "note", "Leverandøren er forsinket"); got.status != http.StatusSeeOther {
				t.Fatal(got.status, got.body)
			}
		})
		now := s.now().Initiatives.Get(i.ID)
		b := s.now().BenefitsOf(i.ID)[0]
		if now.Now.Done != amount.NewMonth(2018, 11) || now.PlannedSchedule().Done != amount.NewMonth(2018, 9) || b.From != amount.NewMonth(2018, 11) || b.PlannedTerms().From != amount.NewMonth(2018, 9) {
			t.Errorf("%+v %+v", now, b)
		}
	})
}

// answers sends JSON and reads the JSON that comes back.
func (r *reader) answers(path, body string, v any) {
	r.Helper()
	got := r.do(http.MethodPost, path, strings.NewReader(body), "Content-Type", "application/json", "Accept", "application/json")
	if got.status != http.StatusOK {
		r.Fatalf("POST %s: %d %s", path, got.status, got.body)
	}
	if err := json.Unmarshal([]byte(got.body), v); err != nil {
		r.Fatal(err)
	}
}

// put carries out a verb as a user, for what has no page.
func (s *site) put(user portfolio.UserID, kind portfolio.Kind, verb func(by portfolio.By, id int64) (portfolio.Record, portfolio.Event, error)) error {
	_, err := s.store.Write(s.Context(), func(tx *store.Tx) error {
		id, err := tx.NextID(kind)
		if err != nil {
			return err
		}
		r, e, err := verb(tx.By(user, ""), id)
		if err != nil {
			return err
		}
		tx.Save(r, e)
		return nil
	})
	return err
}
