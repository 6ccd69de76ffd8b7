package web

import (
	"net/http"
	"strings"
	"testing"

	"gevinst/portfolio"
)

func TestItemPriority(t *testing.T) {
	s := newSite(t, true)
	owner, office, director := s.as("project_owner"), s.as("programme_office"), s.as("director")
	const at = "/catalogue/19" // of Plan, Byg & Miljø, which the director directs
	version := func() string { return itoa(s.now().ItemByNo(19).Version) }
	directs := itoa(int64(s.ofRole(portfolio.Director)[0]))
	if s.now().ItemByNo(19).State() != portfolio.Described {
		t.Fatal("it is prioritised already")
	}

	t.Run("the unit proposes, and it stands as waiting on the item, in the overview and among the director's tasks", func(t *testing.T) {
		says(t, owner.page(at), `action="`+at+`/proposal"`)
		if strings.Contains(owner.page(at), at+`/priority"`) {
			t.Error("an owner is offered to approve")
		}
		wantStatus(t, owner.post(at+"/proposal", "version", version(), "period", ""), http.StatusUnprocessableEntity)
		wantStatus(t, owner.post(at+"/proposal", "version", version(), "period", "2019-2020"), http.StatusSeeOther)
		says(t, owner.page(at), "Foreslået til 2019-2020 af", "Afventer direktøren")
		says(t, office.page("/priorities"), "Forslag fra enhederne, der afventer deres direktør", at+"#prioritise")
		says(t, director.page("/tasks"), "Prioriteringer til godkendelse", "til 2019-2020", at+"#prioritise")
		if strings.Contains(office.page("/tasks"), "Prioriteringer til godkendelse") || s.now().ItemByNo(19).State() != portfolio.Described {
			t.Error("the office is asked, or it is prioritised before anybody approved")
		}
	})
	t.Run("the office records the director's approval with his name and its day, or not at all", func(t *testing.T) {
		refused := office.post(at+"/priority", "version", version(), "period", "2019-2020")
		wantStatus(t, refused, http.StatusUnprocessableEntity)
		wantText(t, refused.body, "Vælg den direktør, der har godkendt det.", `id="approved-error"`)
		wantStatus(t, office.post(at+"/priority", "version", version(), "period", "2019-2020", "director", directs, "approved", "2018-08-20"), http.StatusSeeOther)
		says(t, office.page(at), "Prioriteret til 2019-2020, godkendt af Direktør, 20. august 2018")
		var v struct {
			Items []struct {
				No         int
				ApprovedBy string `json:"approved_by"`
				Approved   string
			}
			Proposals []struct{ No int }
		}
		office.json("/priorities.json", &v)
		found := false
		for _, item := range v.Items {
			found = found || item.No == 19 && item.ApprovedBy == "Direktør" && item.Approved == "2018-08-20"
		}
		if !found || len(v.Proposals) != 0 {
			t.Errorf("%+v", v)
		}
	})
	t.Run("the director approves himself, or turns a proposal down with a reason that the history keeps", func(t *testing.T) {
		wantStatus(t, owner.post(at+"/proposal", "version", version(), "period", "2021"), http.StatusSeeOther)
		wantStatus(t, owner.post(at+"/decline", "version", version(), "note", "nej"), http.StatusForbidden)
		wantStatus(t, director.post(at+"/decline", "version", version()), http.StatusUnprocessableEntity)
		wantStatus(t, director.post(at+"/decline", "version", version(), "note", "Vi venter på udbuddet"), http.StatusSeeOther)
		says(t, director.page(at), "Prioriteret til 2019-2020", "afviste forslaget", "Vi venter på udbuddet")
		wantStatus(t, director.post(at+"/priority", "version", version(), "period", "2021"), http.StatusSeeOther)
		says(t, director.page(at), "Prioriteret til 2021, godkendt af Direktør, 3. september 2018")
	})
	t.Run("a director is asked for the scores of an open round until he has given them", func(t *testing.T) {
		says(t, director.page("/"), "Giv dine vurderinger i", "/priorities/2#scores")
		round := s.now().Rounds.Get(2)
		wantStatus(t, director.post("/priorities/2/scores", "item."+itoa(int64(round.Items[0]))+".0", "3"), http.StatusSeeOther)
		if strings.Contains(director.page("/tasks"), "Giv dine vurderinger i") {
			t.Error("he is still asked")
		}
	})
}
