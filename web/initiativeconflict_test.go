package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

func TestTwoAtOnce(t *testing.T) {
	s := newSite(t, true)
	i := s.titled("Office 365")
	address, seen := fmt.Sprintf("/initiatives/%d/edit", i.ID), versionOf(i)
	owner, office := s.asUser(s.titled("Office 365").ProjectOwner), s.as("programme_office")
	wantStatus(t, office.post(address, "summary", "Fra programkontoret.", "version", seen), http.StatusSeeOther)

	recorded := s.watch()
	late := owner.post(address, "summary", "Fra ejeren.", "one_off", "1.700.000", "version", seen, "subject", fmt.Sprintf("initiative/%d", i.ID))
	t.Run("the second is told who changed what, and keeps his own input", func(t *testing.T) {
		wantStatus(t, late, http.StatusConflict)
		wantText(t, late.body, "Digitaliseringskonsulent", "rettede indsatsen Office 365", "Fra programkontoret.", "Fra ejeren.", `value="1.700.000"`,
			fmt.Sprintf(`name="version" value="%d"`, i.Version+1))
		if verbs := recorded(); len(verbs) != 0 {
			t.Errorf("recorded %v", verbs)
		}
	})

	t.Run("sending it again is then a choice", func(t *testing.T) {
		again := owner.post(address, "summary", "Fra ejeren.", "one_off", "1.700.000", "version", strconv.FormatInt(i.Version+1, 10))
		wantStatus(t, again, http.StatusSeeOther)
		if now := s.now().Initiatives.Get(i.ID); now.Summary != "Fra ejeren." {
			t.Errorf("the summary is %q", now.Summary)
		}
	})

	t.Run("a program names its version by If-Match", func(t *testing.T) {
		send := func(version string) answer {
			return office.do(http.MethodPost, address, strings.NewReader(`{"summary":"Fra et program."}`),
				"Content-Type", "application/json", "If-Match", version)
		}
		stale := send(`"` + seen + `"`)
		if stale.status != http.StatusConflict && stale.status != http.StatusPreconditionFailed {
			t.Fatalf("status %d, want a conflict\n%s", stale.status, stale.body)
		}
		var problem struct{ Status int }
		if err := json.Unmarshal([]byte(stale.body), &problem); err != nil || problem.Status != stale.status {
			t.Errorf("the problem is %s (%v)", stale.body, err)
		}
		wantStatus(t, send(`"`+versionOf(s.now().Initiatives.Get(i.ID))+`"`), http.StatusOK)
		now := s.now().Initiatives.Get(i.ID)
		if now.Summary != "Fra et program." || int64(now.OneOff.Ore) != 1_700_000_00 {
			t.Errorf("summary %q, one-off %d: what was not sent must stay", now.Summary, now.OneOff.Ore)
		}
	})
}
