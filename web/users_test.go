package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gevinst/portfolio"
)

// usersJSON is the list of accounts as a program reads it.
type usersJSON struct {
	Items []struct {
		ID      int64  `json:"id"`
		Version int64  `json:"version"`
		Name    string `json:"name"`
		Email   string `json:"email"`
		Role    string `json:"role"`
		State   string `json:"state"`
	} `json:"items"`
	Next *int64 `json:"next"`
}

func TestUsers(t *testing.T) {
	t.Run("an administrator sees every account, on the page, as JSON and as a file", func(t *testing.T) {
		s := newSite(t, false)
		r := s.as("administrator")
		var list usersJSON
		r.json("/users.json", &list)
		rows := r.csv("/users.csv")
		body := r.page("/users")
		if len(list.Items) != 7 || len(rows) != 8 {
			t.Fatalf("%d accounts, %d rows", len(list.Items), len(rows)-1)
		}
		for k, u := range list.Items {
			if rows[k+1][1] != u.Name || rows[k+1][2] != u.Email || rows[k+1][3] != u.Role || rows[k+1][4] != u.State || u.Email == "" {
				t.Errorf("%+v, the file has %q", u, rows[k+1])
			}
			says(t, body, u.Email)
		}
	})

	t.Run("nobody else sees the accounts, or opens one", func(t *testing.T) {
		s := newSite(t, false)
		before := s.seq()
		for _, role := range []string{"project_owner", "economy_chief", "director", "programme_office", "viewer"} {
			r := s.as(role)
			for _, path := range []string{"/users", "/users.json", "/users.csv"} {
				if got := r.get(path); got.status != http.StatusForbidden {
					t.Errorf("%s %s: %d", role, path, got.status)
				}
			}
			if got := r.post("/users", "name", "Læser 2", "email", "l2@example.invalid", "role", "viewer"); got.status != http.StatusForbidden {
				t.Errorf("%s opens an account: %d", role, got.status)
			}
		}
		if s.seq() != before {
			t.Errorf("%d events", s.seq()-before)
		}
	})

	t.Run("a new account can sign in, with its own password alone, until it is closed", func(t *testing.T) {
		s := newSite(t, false)
		admin, before := s.as("administrator"), s.seq()
		got := admin.post("/users", "name", "Læser, Borgerservice", "email", "Borger@example.invalid", "role", "viewer")
		if got.status != http.StatusCreated || s.seq() != before+1 {
			t.Fatalf("%d %s", got.status, got.body)
		}
		says(t, got.body, "Læser, Borgerservice", "Engangslink", s.server.URL+"/welcome/")
		if strings.Contains(admin.page("/users/8"), "/welcome/") {
			t.Error("the link is shown twice")
		}
		_, v := admin.asks("/users/8/reset", nil)
		s.as("").post(s.pathOf(v.Link), "password", "meget hemmeligt")
		if got := s.signsIn("borger@example.invalid", "meget hemmeligt"); got.status != http.StatusSeeOther {
			t.Errorf("sign in: %d", got.status)
		}
		if got := s.signsIn("borger@example.invalid", "meget hemmelig!"); got.status == http.StatusSeeOther {
			t.Error("another password opens the account")
		}
		if got := admin.post("/users/8/disable", "version", "3"); got.status != http.StatusSeeOther || s.seq() != before+4 {
			t.Fatalf("close: %d %s", got.status, got.body)
		}
		if got := s.signsIn("borger@example.invalid", "meget hemmeligt"); got.status == http.StatusSeeOther {
			t.Error("a closed account opens")
		}
		says(t, admin.page("/users"), "Lukket", "Læser, Borgerservice", `action="/users/8/enable"`)
	})

	t.Run("a closed account is opened again, as it was, and nobody else opens it; one that was erased is not", func(t *testing.T) {
		s := newSite(t, false)
		admin := s.as("administrator")
		_, id := s.opens("igen@example.invalid", "director", chosen)
		base := userPath(id)
		admin.post(base+"/disable", "version", "2")
		before := s.seq()
		if got := s.as("economy_chief").post(base+"/enable", "version", "3"); got.status != http.StatusForbidden {
			t.Errorf("another opens it: %d", got.status)
		}
		if got := admin.post(base+"/enable", "version", "2", "subject", "user/8"); got.status != http.StatusConflict {
			t.Errorf("by an old version: %d", got.status)
		}
		if got := admin.post(base+"/enable", "version", "3"); got.status != http.StatusSeeOther || s.seq() != before+1 {
			t.Fatalf("%d %s", got.status, got.body)
		}
		if u := s.now().Users.Get(id); u.Disabled || u.Role != portfolio.Director {
			t.Errorf("%+v", u)
		}
		if got := s.signsIn("igen@example.invalid", chosen); got.status != http.StatusSeeOther {
			t.Errorf("sign in: %d", got.status)
		}
		says(t, admin.page("/history"), "åbnede kontoen Chef, Plan, Byg &amp; Miljø igen")
		admin.post(base+"/erase", "version", "4")
		if got := admin.post(base+"/enable", "version", "5"); got.status != http.StatusUnprocessableEntity || !s.now().Users.Get(id).Disabled {
			t.Errorf("erased: %d", got.status)
		}
		if strings.Contains(admin.page("/users"), base+"/enable") {
			t.Error("it is offered")
		}
	})

	t.Run("of two with one name each has a number, however it is written, and nobody else", func(t *testing.T) {
		s := newSite(t, false)
		admin := s.as("administrator")
		if strings.Contains(admin.page("/users"), "Økonomichef (bruger") {
			t.Error("a name of one has a number")
		}
		_, v := admin.asks("/users", map[string]any{"name": "økonomichef", "email": "anden@example.invalid", "role": "viewer"})
		says(t, s.as("viewer").page(fmt.Sprintf("/history?actor=%d", v.ID)), "økonomichef (bruger 8)")
		says(t, admin.page("/users"), "Økonomichef (bruger 3)", "økonomichef (bruger 8)", "Direktør<")
		says(t, admin.page("/users/8"), `value="økonomichef"`)
		admin.post("/users/8/person", "name", "Læsende", "email", "anden@example.invalid")
		if strings.Contains(admin.page("/users"), "Økonomichef (bruger") {
			t.Error("the number stays where the name is one's own again")
		}
	})

	t.Run("a refused account comes back filled in", func(t *testing.T) {
		s := newSite(t, false)
		r, before := s.as("administrator"), s.seq()
		for name, form := range map[string][]string{
			"a name with a mail address in it": {"name", "Læser 2", "email", "Læser <l2@example.invalid>", "role", "viewer"},
			"no mail address":                  {"name", "Læser 2", "email", "læser", "role", "viewer"},
			"no name":                          {"email", "l2@example.invalid", "role", "viewer"},
			"no role":                          {"name", "Læser 2", "email", "l2@example.invalid"},
			"an unknown role":                  {"name", "Læser 2", "email", "l2@example.invalid", "role", "king"},
			"a mail address taken":             {"name", "Læser 2", "email", "viewer@example.invalid", "role", "viewer"},
		} {
			got := r.post("/users", form...)
			if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `role="alert"`) {
				t.Errorf("%s: %d", name, got.status)
			}
		}
		if s.seq() != before {
			t.Errorf("%d events", s.seq()-before)
		}
	})

	t.Run("a role is changed by the version that was seen; who saw an older one is told what happened", func(t *testing.T) {
		s := newSite(t, false)
		r, before := s.as("administrator"), s.seq()
		if got := r.post("/users/6/role", "version", "1", "role", "director"); got.status != http.StatusSeeOther || s.seq() != before+1 {
			t.Fatalf("%d %s", got.status, got.body)
		}
		got := r.post("/users/6/role", "version", "1", "subject", "user/6", "role", "economy_chief")
		if got.status != http.StatusConflict || s.seq() != before+1 {
			t.Fatalf("%d", got.status)
		}
		says(t, got.body, "ændrede rollen for Læser", `<option value="economy_chief" selected>`, `aria-invalid="true"`)
	})

	t.Run("the last administrator stays one, and open", func(t *testing.T) {
		s := newSite(t, false)
		r, before := s.as("administrator"), s.seq()
		for _, got := range []answer{
			r.post("/users/1/role", "version", "1", "role", "viewer"), r.post("/users/1/disable", "version", "1"),
		} {
			if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "Den sidste administrator kan ikke fjernes.") {
				t.Errorf("%d", got.status)
			}
		}
		if got := r.post("/users/99/disable", "version", "1"); got.status != http.StatusNotFound {
			t.Errorf("an account that is not there: %d", got.status)
		}
		if s.seq() != before {
			t.Errorf("%d events", s.seq()-before)
		}
	})
}

func TestRightsPage(t *testing.T) {
	t.Run("everybody signed in reads the grant table as the program asks it", func(t *testing.T) {
		s := newSite(t, false)
		var table struct {
			Items []struct {
				Action string            `json:"action"`
				Grants map[string]string `json:"grants"`
			} `json:"items"`
		}
		r := s.as("viewer")
		r.json("/rights.json", &table)
		rows := r.csv("/rights.csv")
		actions := portfolio.Actions()
		if len(table.Items) != len(actions) || len(rows) != len(actions)+1 {
			t.Fatalf("%d actions, %d rows, want %d", len(table.Items), len(rows)-1, len(actions))
		}
		for k, a := range actions {
			for n, role := range portfolio.Roles() {
				got, want := table.Items[k].Grants[role.String()], portfolio.Reach(a, role)
				if (got == "never") != (want == portfolio.Never) || (want != portfolio.Never && got != want.String()) || rows[k+1][n+1] != got {
					t.Errorf("%s as %s: %q and %q, want %s", a, role, got, rows[k+1][n+1], want)
				}
			}
		}
		says(t, r.page("/rights"), "bekræfte eller afvise indmeldinger", "eget område")
		if got := s.as("").get("/rights"); got.status != http.StatusSeeOther {
			t.Errorf("a stranger: %d", got.status)
		}
		wholePages(t, s.as("administrator"), "/rights", "/users")
	})
}

func TestStatements(t *testing.T) {
	t.Run("anyone may read how accessible the pages are and what is kept, signed in or not", func(t *testing.T) {
		s := newSite(t, false)
		stranger := s.as("")
		says(t, stranger.page("/accessibility"), "axe-core", "Kendte begrænsninger")
		says(t, stranger.page("/privacy"), "aftryk af din adgangskode", "ikke har brugt programmet i 2 timer, og senest efter 12 timer", "slettes efter 30 dage")
		wholePages(t, stranger, "/accessibility", "/privacy")
	})
}
