package web

import (
	"net/http"
	"strings"
	"testing"
)

// meetingJSON is a meeting's list as a program reads it.
type meetingJSON struct {
	ID    *int64 `json:"meeting"`
	Date  string `json:"date"`
	Held  bool   `json:"held"`
	Items []struct {
		Kind   string  `json:"kind"`
		Text   string  `json:"text"`
		Detail string  `json:"detail"`
		Due    *string `json:"due"`
		Late   bool    `json:"late"`
		Href   string  `json:"href"`
	} `json:"items"`
	Decided []struct {
		Case string `json:"case"`
	} `json:"decisions"`
	Meetings []struct {
		ID        int64 `json:"id"`
		Held      bool  `json:"held"`
		Decisions int   `json:"decisions"`
	} `json:"meetings"`
}

func TestMeetings(t *testing.T) {
	s := newSite(t, true)
	office := s.as("programme_office")
	if got := office.post("/meetings", "date", "2018-10-08", "name", "Direktionen", "type", "board"); got.status != http.StatusSeeOther {
		t.Fatal(got.status, got.body)
	}
	t.Run("the next meeting is prepared from all that the portfolio knows to wait, and every line leads to where it is settled", func(t *testing.T) {
		r := s.as("viewer")
		var v meetingJSON
		r.json("/meetings.json", &v)
		if v.ID == nil || v.Date != "2018-10-08" || v.Held {
			t.Fatalf("%+v", v)
		}
		kinds := map[string]int{}
		for _, one := range v.Items {
			kinds[one.Kind]++
			if got := r.get(strings.Split(one.Href, "#")[0]); got.status != http.StatusOK {
				t.Errorf("%s leads to %s: %d", one.Text, one.Href, got.status)
			}
			if one.Due != nil && *one.Due > "2018-10-08" {
				t.Errorf("%s is due on %s, after the meeting", one.Text, *one.Due)
			}
		}
		for _, kind := range []string{"decision_waits", "plan_awaits", "round_scored", "scenario_open", "budget_follow_up", "follow_up_ordered"} {
			if kinds[kind] == 0 {
				t.Errorf("no %s: %v", kind, kinds)
			}
		}
		if rows := r.csv("/meetings.csv"); len(rows) != len(v.Items)+1 {
			t.Errorf("%d rows of %d", len(rows), len(v.Items))
		}
		says(t, r.page("/meetings"), "Næste møde:", "Bedre udnyttelse af OPUS", "Budgetopfølgning", "/reports/new?meeting=", `href="/director"`)
		says(t, r.do(http.MethodGet, "/meetings", nil, "Accept", "text/html", "Accept-Language", "en").body, "Næste møde")
	})
	t.Run("a meeting that was held shows what it decided, with its case, and leads to what was known the day before", func(t *testing.T) {
		r := s.as("viewer")
		var list, v meetingJSON
		r.json("/meetings.json", &list)
		id := int64(0)
		for _, m := range list.Meetings {
			if m.Held && m.Decisions > 0 {
				id = m.ID // the first that was held
			}
		}
		r.json("/meetings/"+itoa(id)+".json", &v)
		if !v.Held || len(v.Items) != 0 || len(v.Decided) == 0 || v.Decided[0].Case == "" {
			t.Errorf("%+v", v)
		}
		says(t, r.page("/meetings/"+itoa(id)), "Besluttet på mødet", "/meetings?as_of=2017-02-19")
	})
	t.Run("a meeting that is to come decides nothing, and goes on being prepared", func(t *testing.T) {
		r := s.as("director")
		var v meetingJSON
		r.json("/meetings.json", &v)
		coming, before := itoa(*v.ID), s.seq()
		got := r.post("/scenarios/1/carry-out", "version", "1", "meeting", coming, "title", "Fremryk", "outcome", "Godkendt")
		wantStatus(t, got, http.StatusUnprocessableEntity)
		says(t, got.body, "Mødet er ikke holdt endnu.", `id="meeting-error"`)
		if body := r.page("/scenarios/carry-out"); s.seq() != before || strings.Contains(body, "8. oktober 2018 Direktionen</option>") {
			t.Error("an event was written, or the meeting is offered")
		}
	})
	t.Run("what has been decided leaves the list; on its day a meeting shows it, and is prepared until the day is over", func(t *testing.T) {
		r := s.as("director")
		wantStatus(t, office.post("/meetings", "date", "2018-09-03", "name", "Direktionen", "type", "board"), http.StatusSeeOther)
		var v meetingJSON
		r.json("/meetings.json", &v)
		at := "/scenarios/1"
		meeting := itoa(*v.ID)
		got := r.post(at+"/carry-out", "version", "1", "meeting", meeting, "title", "Fremryk", "outcome", "Godkendt", "case", "326-2018-1")
		if got.status != http.StatusSeeOther {
			t.Fatal(got.status, got.body)
		}
		r.json("/meetings/"+meeting+".json", &v)
		if v.Held || v.Date != "2018-09-03" || len(v.Items) == 0 || len(v.Decided) != 1 || v.Decided[0].Case != "326-2018-1" {
			t.Errorf("%+v", v)
		}
		for _, one := range v.Items {
			if one.Href == at {
				t.Error("the scenario that was carried out still waits")
			}
		}
		says(t, r.page("/meetings/"+meeting), "Besluttet på mødet", "326-2018-1", "Til beslutning")
		if r.json("/meetings.json", &v); v.Date != "2018-09-03" {
			t.Errorf("the next meeting is %s", v.Date)
		}
	})
	t.Run("it answers on facts alone, the overlap that awaits its home among what is up", func(t *testing.T) {
		var v meetingJSON
		newSite(t, false).as("viewer").json("/meetings.json", &v)
		kinds := map[string]int{}
		for _, one := range v.Items {
			kinds[one.Kind]++
		}
		if kinds["decision_waits"] != 1 || kinds["plan_awaits"] == 0 {
			t.Errorf("%v", kinds)
		}
	})
}
