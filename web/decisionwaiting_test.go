package web

import (
	"net/http"
	"strings"
	"testing"
)

// waitingJSON is a decision as a program reads it.
type waitingJSON struct {
	ID        int64   `json:"id"`
	Case      string  `json:"case"`
	Version   int64   `json:"version"`
	Agreement string  `json:"agreement"`
	Waiting   string  `json:"waiting"`
	TakenUpOn *string `json:"taken_up_on"`
	SettledBy *int64  `json:"settled_by"`
	FollowUps []string
	Done      []bool `json:"followed_up"`
}

func TestDecisionThatWaits(t *testing.T) {
	s := newSite(t, true)
	office := s.as("programme_office")
	opus := func() (found waitingJSON) {
		t.Helper()
		var list struct{ Items []waitingJSON }
		office.json("/decisions.json", &list)
		for _, d := range list.Items {
			if strings.Contains(d.Waiting, "OPUS") {
				return d
			}
		}
		t.Fatal("no decision on OPUS")
		return found
	}
	matters := func(meeting string) (waits bool, ordered int) {
		t.Helper()
		var v meetingJSON
		office.json("/meetings"+meeting+".json", &v)
		for _, m := range v.Items {
			waits = waits || m.Kind == "decision_waits" && strings.Contains(m.Text, "OPUS")
			if m.Kind == "follow_up_ordered" && strings.Contains(m.Detail, "handlingsplan 2018") {
				ordered++
			}
		}
		return waits, ordered
	}
	at := "/decisions/" + itoa(opus().ID)
	created := office.post("/meetings", "date", "2018-10-22", "name", "Direktionen", "type", "board")
	wantStatus(t, created, http.StatusSeeOther)
	var list meetingJSON
	office.json("/meetings.json", &list)
	october := itoa(list.Meetings[0].ID)

	t.Run("it is put on a meeting and stands on that one's list, not on an earlier one's", func(t *testing.T) {
		refused := office.post(at+"/meeting", "version", "1", "meeting", itoa(list.Meetings[len(list.Meetings)-1].ID))
		wantStatus(t, refused, http.StatusUnprocessableEntity)
		wantText(t, refused.body, "Det må ikke ligge før beslutningens eget møde.", `action="`+at+`/meeting"`)
		wantStatus(t, office.post(at+"/meeting", "version", "1", "meeting", october), http.StatusSeeOther)
		if d := opus(); d.TakenUpOn == nil || *d.TakenUpOn != "2018-10-22" {
			t.Errorf("%+v", d)
		}
		says(t, office.page("/decisions"), "Tages op igen 22. oktober 2018")
		if waits, _ := matters("/" + october); !waits {
			t.Error("it is not on its meeting's list")
		}
	})
	t.Run("a follow-up that is told as delivered leaves the list, and the decision says with what", func(t *testing.T) {
		_, before := matters("/" + october)
		wantStatus(t, office.post(at+"/follow-ups", "version", "2", "no", "1", "note", "dok. 326-2018-77"), http.StatusSeeOther)
		if _, after := matters("/" + october); after != before-1 {
			t.Errorf("%d ordered before, %d after", before, after)
		}
		if d := opus(); len(d.Done) == 0 || !d.Done[0] {
			t.Errorf("%+v", d)
		}
		says(t, office.page("/decisions"), "Leveret 3. september 2018. dok. 326-2018-77")
		wantStatus(t, office.post(at+"/follow-ups", "version", "2", "no", "1"), http.StatusConflict)
	})
	t.Run("it is settled by a decision that is recorded with it, in one batch, with its case", func(t *testing.T) {
		wantStatus(t, office.post(at+"/settlement", "version", "3"), http.StatusUnprocessableEntity)
		wantStatus(t, office.post(at+"/settlement", "version", "3", "meeting", october, "title", "OPUS", "outcome", "OPUS udgår"), http.StatusUnprocessableEntity)
		wantStatus(t, office.post("/meetings", "date", "2018-09-03", "name", "Direktionen", "type", "board"), http.StatusSeeOther)
		today, recorded := itoa(int64(s.now().Meetings.Len())), s.watch()
		wantStatus(t, office.post(at+"/settlement", "version", "3", "meeting", today, "title", "OPUS", "case", "326-2018-9", "outcome", "OPUS udgår"), http.StatusSeeOther)
		if verbs := recorded(); strings.Join(verbs, " ") != "decision.record decision.settle" {
			t.Errorf("%v", verbs)
		}
		if d := opus(); d.SettledBy == nil || d.Agreement == "waits" {
			t.Errorf("%+v", d)
		}
		says(t, office.page("/decisions"), "Afgjort ved")
		if waits, _ := matters(""); waits {
			t.Error("it still waits")
		}
		says(t, office.page("/history"), "afgjorde det, der afventede i", "326-2018-9")
	})
	t.Run("a viewer is offered none of it", func(t *testing.T) {
		viewer := s.as("viewer")
		if strings.Contains(viewer.page("/decisions"), "/settlement") {
			t.Error("the form is shown")
		}
		wantStatus(t, viewer.post(at+"/meeting", "version", "4", "meeting", october), http.StatusForbidden)
	})
}
