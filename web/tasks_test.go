package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// kinds counts the reader's tasks by kind.
func (r *reader) kinds() map[string]int {
	r.Helper()
	var v struct {
		Items []struct {
			Kind string `json:"kind"`
		} `json:"items"`
		Total int `json:"total"`
	}
	r.json("/tasks.json", &v)
	count := map[string]int{}
	for _, t := range v.Items {
		count[t.Kind]++
	}
	if len(v.Items) != v.Total {
		r.Errorf("%d of %d tasks on the first page", len(v.Items), v.Total)
	}
	return count
}

func TestTaskPage(t *testing.T) {
	s := newSite(t, true)
	i := s.titled("Digital sagsbehandling")

	t.Run("each role finds what waits for it, and nothing of the others'", func(t *testing.T) {
		for role, want := range map[string][]string{
			"project_owner":    {"commentary_due"},
			"economy_chief":    {"claims_to_settle"},
			"director":         {"decision_waiting"},
			"programme_office": {"decision_waiting"},
			"viewer":           nil,
			"administrator":    nil,
		} {
			got := s.as(role).kinds()
			for _, kind := range want {
				if got[kind] == 0 {
					t.Errorf("%s: no %s among %v", role, kind, got)
				}
			}
			if want == nil && len(got) > 0 {
				t.Errorf("%s: %v", role, got)
			}
			if role != "project_owner" && got["commentary_due"] > 0 {
				t.Errorf("%s is asked for a commentary", role)
			}
		}
	})
	t.Run("the claims of one initiative are one task, with its sum", func(t *testing.T) {
		chief := s.as("economy_chief")
		if n := chief.kinds()["claims_to_settle"]; n != 1 {
			t.Errorf("%d tasks", n)
		}
		if body := chief.page("/tasks"); !strings.Contains(body, "Afgør indmeldingen på "+i.Title+": 140\u00a0t.kr.") {
			t.Error("the page does not say so")
		}
	})
	t.Run("the page groups them, in both languages, and the files have the same rows", func(t *testing.T) {
		owner := s.as("project_owner")
		for lang, want := range map[string]string{"da": "Kommentarer til budgetopfølgningen</h2>", "en": "Commentaries for the budget follow-up</h2>"} {
			owner.post("/language", "lang", lang)
			if body := owner.page("/tasks"); !strings.Contains(body, want) || strings.Contains(body, "[task") || strings.Contains(body, "%!") {
				t.Errorf("%s: %s", lang, body)
			}
		}
		total := 0
		for _, n := range owner.kinds() {
			total += n
		}
		csv := owner.do(http.MethodGet, "/tasks.csv", nil)
		if lines := strings.Count(strings.TrimSpace(csv.body), "\n"); csv.status != http.StatusOK || lines != total {
			t.Errorf("%d: %d lines, want %d\n%s", csv.status, lines, total, csv.body)
		}
	})
	t.Run("in the past nothing waits", func(t *testing.T) {
		if body := s.as("economy_chief").page("/tasks?as_of=2018-08-01"); !strings.Contains(body, "Opgaver vises kun for i dag.") {
			t.Error("the page does not say so")
		}
	})
	t.Run("a claim that was sent back waits for its owner with the reason, until the month is claimed again", func(t *testing.T) {
		chief, owner := s.as("economy_chief"), s.as("project_owner")
		gain := s.now().BenefitsOf(i.ID)[0]
		entries, err := s.store.Entries(s.Context(), s.now(), store.EntryFilter{Benefits: []portfolio.BenefitID{gain.ID}, Waiting: true, Limit: 10})
		if err != nil || len(entries) != 2 {
			t.Fatalf("%v %v", entries, err)
		}
		last := entries[1]
		if got := chief.post(fmt.Sprintf("/entries/%d/settlement", last.ID), "version", "1", "settlement", "reject", "note", "mangler bilag"); got.status != http.StatusSeeOther {
			t.Fatal(got.status, got.body)
		}
		if body := owner.page("/"); !strings.Contains(body, "Afvist: Digital sagsbehandling") || !strings.Contains(body, "mangler bilag") {
			t.Error("the front page does not tell of it")
		}
		owner.post(fmt.Sprintf("/benefits/%d/claim", gain.ID), "from", last.Months[0].Month.String(), "gross", "80000", "running", "10000")
		if owner.kinds()["claim_rejected"] != 0 {
			t.Error("it still waits")
		}
	})
	t.Run("the front page lists twelve and tells how many there are", func(t *testing.T) {
		_, err := s.store.Write(s.Context(), func(tx *store.Tx) error {
			for n := range 130 {
				id, err := tx.NextID(portfolio.KindMilestone)
				if err != nil {
					return err
				}
				m, e, err := portfolio.NewMilestone(tx.Portfolio(), tx.By(i.ProjectOwner, ""), portfolio.Milestone{
					ID: portfolio.MilestoneID(id), Initiative: i.ID, Title: fmt.Sprintf("Punkt %d", n), Due: 20180901,
				})
				if err != nil {
					return err
				}
				tx.Save(m, e)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		owner := s.as("project_owner")
		body := owner.page("/")
		section := body[strings.Index(body, `<ul class="tasks">`):]
		if n := strings.Count(section[:strings.Index(section, "</ul>")], "<li"); n != maxTasks {
			t.Errorf("%d tasks on the front page", n)
		}
		var v struct {
			Total int   `json:"tasks_total"`
			Tasks []any `json:"tasks"`
		}
		owner.json("/overview.json", &v)
		if v.Total < 130 || len(v.Tasks) != maxTasks || !strings.Contains(body, fmt.Sprintf("Se alle %d opgaver", v.Total)) {
			t.Errorf("%d of %d tasks", len(v.Tasks), v.Total)
		}
		var first, second tasksJSON
		owner.json("/tasks.json", &first)
		if first.Next == nil || len(first.Items) != pageRows {
			t.Fatalf("%d items, next %v", len(first.Items), first.Next)
		}
		owner.json(fmt.Sprintf("/tasks.json?after=%d", *first.Next), &second)
		if len(first.Items)+len(second.Items) != v.Total || second.Next != nil || slices.Contains(first.Items, second.Items[0]) {
			t.Errorf("%d and %d items", len(first.Items), len(second.Items))
		}
	})
}

type tasksJSON struct {
	Items []struct {
		No   int64  `json:"no"`
		Text string `json:"text"`
	} `json:"items"`
	Next *int64 `json:"next"`
}
