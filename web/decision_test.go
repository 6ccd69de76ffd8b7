package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// decisionsJSON is the log as a program reads it.
type decisionsJSON struct {
	Items []decisionJSON `json:"items"`
	Next  *int64         `json:"next"`
	Days  []struct {
		Name string `json:"name"`
		Type string `json:"type"`
	} `json:"days"`
}

type decisionJSON struct {
	ID              int64    `json:"id"`
	Date            string   `json:"date"`
	Item            *int     `json:"item"`
	Title           string   `json:"title"`
	Case            string   `json:"case"`
	KLE             string   `json:"kle"`
	Document        string   `json:"document"`
	Recommendations []string `json:"recommendations"`
	Outcome         string   `json:"outcome"`
	Agreement       string   `json:"agreement"`
	Waiting         string   `json:"waiting"`
	FollowUps       []string `json:"follow_ups"`
	Attachments     []struct {
		Document string `json:"document"`
	} `json:"attachments"`
	Effects []struct {
		Verb string `json:"verb"`
		Text string `json:"text"`
	} `json:"effects"`
	Example bool `json:"example"`
}

func TestDecisions(t *testing.T) {
	s := newSite(t, true)
	r := s.as("director")
	var log decisionsJSON
	r.json("/decisions.json", &log)

	t.Run("the recommendation that OPUS leaves the plan stands beside the decision that it waits", func(t *testing.T) {
		i := slices.IndexFunc(log.Items, func(d decisionJSON) bool { return d.Case == "326-2017-40384" })
		if i < 0 {
			t.Fatal("the decision of 6 November 2017 is not in the log")
		}
		d := log.Items[i]
		if d.Agreement != "waits" || !strings.Contains(d.Waiting, "ERP-samarbejdet i DIGIT Sjælland") {
			t.Errorf("agreement %q, waiting %q", d.Agreement, d.Waiting)
		}
		if !strings.Contains(strings.Join(d.Recommendations, "\n"), `"bedre udnyttelse af OPUS" udgår af handlingsplanen`) {
			t.Errorf("recommendations %q", d.Recommendations)
		}
		if d.KLE != "85.13.00" || d.Document != "326-2017-315951" || *d.Item != 4 || len(d.FollowUps) != 2 || d.Attachments[0].Document != "326-2017-301865" || d.Example {
			t.Errorf("%+v", d)
		}
		body := r.page("/decisions")
		recommended, decided := strings.Index(body, "udgår af handlingsplanen."), strings.Index(body, "Godkendt. Dog beslutning omkring")
		if recommended < 0 || decided < recommended {
			t.Errorf("recommended at %d, decided at %d", recommended, decided)
		}
		says(t, body, "Punkt 4. Digitaliseringsprogrammet", "Noget afventer", "326-2017-40384", "85.13.00", "326-2017-315951", `id="decision-3"`)
	})

	t.Run("a decision says which initiatives it changed, and no other's", func(t *testing.T) {
		for _, d := range log.Items {
			verbs := map[string]int{}
			for _, e := range d.Effects {
				verbs[e.Verb]++
			}
			switch d.Case {
			case "326-2017-40384":
				if verbs["initiative.include"] != 8 || verbs["initiative.await"] != 1 || verbs["initiative.withdraw"] != 1 {
					t.Errorf("6 November 2017 changed %v", verbs)
				}
			case "326-2016-32587":
				if len(d.Effects) != 0 {
					t.Errorf("20 February 2017 changed %v", verbs)
				}
			}
		}
	})

	t.Run("a bare yes is as recommended, a board's own words are not taken for one", func(t *testing.T) {
		want := map[string]string{"2017-02-20": "as_proposed", "2017-10-02": "no_recommendation", "2017-11-06": "waits", "2018-04-09": "own_words"}
		for _, d := range log.Items {
			if w := want[d.Date]; w != "" && d.Agreement != w {
				t.Errorf("%s: %q is %s, want %s", d.Date, d.Outcome, d.Agreement, w)
			}
		}
	})

	t.Run("the latest meeting comes first, and workshops, briefings and deadlines stand between", func(t *testing.T) {
		if !slices.IsSortedFunc(log.Items, func(a, b decisionJSON) int { return strings.Compare(b.Date, a.Date) }) {
			t.Error("the meetings are not in order")
		}
		body := r.page("/decisions")
		places := []int{
			strings.Index(body, "25. juni 2018"), strings.Index(body, "13. november 2017 · Frist: samtaler"), strings.Index(body, "6. november 2017 · Direktionen"),
			strings.Index(body, "9. marts 2017 · Orientering"), strings.Index(body, "20. februar 2017 · Direktionen"), strings.Index(body, "28. november 2016 · Workshop med enhederne"),
		}
		if slices.Contains(places, -1) || !slices.IsSorted(places) {
			t.Errorf("days stand at %v", places)
		}
		if len(log.Days) != 5 {
			t.Errorf("days without decisions: %v", log.Days)
		}
	})

	t.Run("the file has every decision, with the columns of the case", func(t *testing.T) {
		rows := r.csv("/decisions.csv")
		if len(rows) != len(log.Items)+1 {
			t.Fatalf("%d rows, %d decisions", len(rows)-1, len(log.Items))
		}
		for k, d := range log.Items {
			row := rows[k+1]
			if row[4] != d.Title || row[5] != d.Case || row[11] != d.Outcome || row[12] != d.Agreement || row[13] != d.Waiting {
				t.Errorf("the file has %q", row)
			}
		}
	})

	t.Run("as of 6 November 2017 only what had been decided stands there", func(t *testing.T) {
		var then decisionsJSON
		r.json("/decisions.json?as_of=2017-11-06", &then)
		if len(then.Items) != 3 || then.Items[0].Date != "2017-11-06" {
			t.Errorf("%d decisions", len(then.Items))
		}
		body := s.as("programme_office").page("/decisions?as_of=2017-11-06")
		if strings.Contains(body, `method="post" action="/decisions"`) || strings.Contains(body, "2018 · ") {
			t.Error("the past offers a form, or tells what came later")
		}
	})

	t.Run("no word is missing in either language", func(t *testing.T) {
		wholePages(t, s.as("programme_office"), "/decisions", "/decisions?as_of=2017-11-06", "/decisions?as_of=2016-11-28")
	})
}

func TestRecordDecision(t *testing.T) {
	t.Run("the programme office records a meeting and what it decided, line by line", func(t *testing.T) {
		s := newSite(t, false)
		r := s.as("programme_office")
		before := s.seq()
		if got := r.post("/meetings", "date", "06-11-2017", "name", "Direktionen, ekstra", "type", "board"); got.status != http.StatusSeeOther || s.seq() != before+1 {
			t.Fatalf("meeting: %d %s", got.status, got.body)
		}
		says(t, r.page("/decisions"), "6. november 2017 Direktionen, ekstra</option>")
		got := r.post("/decisions", "meeting", "9", "item", "2", "title", "Status", "case", "326-2017-40384", "kle", "85.13.00",
			"recommender", "Direktøren", "recommendations", "Status drøftes\r\n\r\nOverblikket godkendes\r\n", "outcome", "Drøftet.",
			"waiting", "Overblikket afventer", "follow_ups", "Nyt overblik\r\ntil næste møde")
		if got.status != http.StatusSeeOther || s.seq() != before+2 {
			t.Fatalf("decision: %d %s", got.status, got.body)
		}
		says(t, r.page(got.header.Get("Location")), "registrerede beslutningen om Status")
		var log decisionsJSON
		r.json("/decisions.json", &log)
		d := log.Items[0]
		if d.Title != "Status" || len(d.Recommendations) != 2 || len(d.FollowUps) != 2 || d.Agreement != "waits" || d.Example {
			t.Errorf("%+v", d)
		}
	})

	t.Run("a refused decision comes back filled in, with the reasons, and writes nothing", func(t *testing.T) {
		s := newSite(t, false)
		r := s.as("programme_office")
		before := s.seq()
		got := r.post("/decisions", "title", "Status & plan", "item", "x", "recommendations", "Første\nAnden")
		if got.status != http.StatusUnprocessableEntity || s.seq() != before {
			t.Fatalf("got %d, %d events", got.status, s.seq()-before)
		}
		says(t, got.body, `role="alert"`, `value="Status &amp; plan"`, "Første\nAnden</textarea>", `»x« er ikke et helt tal.`, `aria-invalid="true"`, `id="item"`)
		got = r.post("/decisions", "title", "Status", "meeting", "7")
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `aria-describedby="outcome-hint outcome-error"`) {
			t.Errorf("a decision without an outcome: %d", got.status)
		}
	})

	t.Run("a program gets the decision as a resource", func(t *testing.T) {
		s := newSite(t, false)
		got := s.as("director").do(http.MethodPost, "/decisions",
			strings.NewReader(`{"meeting":7,"title":"Status","outcome":"Godkendt.","recommendations":["En","To"]}`),
			"Content-Type", "application/json", "Accept", "application/json")
		if got.status != http.StatusCreated || !strings.Contains(got.body, `"recommendations":["En","To"]`) || !strings.Contains(got.body, `"agreement":"as_proposed"`) {
			t.Errorf("%d %s", got.status, got.body)
		}
	})

	t.Run("who may not record is not offered the forms, and is refused", func(t *testing.T) {
		s := newSite(t, false)
		for _, role := range []string{"project_owner", "economy_chief", "administrator", "viewer"} {
			r, before := s.as(role), s.seq()
			if strings.Contains(r.page("/decisions"), `method="post" action="/decisions"`) {
				t.Errorf("%s is offered the form", role)
			}
			for _, path := range []string{"/decisions", "/meetings"} {
				if got := r.post(path, "title", "Status"); got.status != http.StatusForbidden || s.seq() != before {
					t.Errorf("%s %s: %d", role, path, got.status)
				}
			}
		}
	})
}
