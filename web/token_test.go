package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"gevinst/portfolio"
)

// program is somebody who sends a token and keeps no cookies.
func (s *site) program(token string) func(method, path, body string, headers ...string) answer {
	return func(method, path, body string, headers ...string) answer {
		s.Helper()
		return s.as("").do(method, path, strings.NewReader(body), append([]string{"Authorization", "Bearer " + token, "Content-Type", "application/json"}, headers...)...)
	}
}

func TestTokens(t *testing.T) {
	s := newSite(t, false)
	var later time.Duration
	s.web.Clock = func() time.Time { return time.Now().Add(later) }
	office, id := s.opens("office@example.invalid", "programme_office", chosen)
	issue := func(scope, days string) accountJSON {
		t.Helper()
		got, v := office.asks("/account/tokens", map[string]any{"name": "Regneark", "scope": scope, "days": days})
		if got.status != http.StatusOK || !strings.HasPrefix(v.Token, "gevinst_") {
			t.Fatalf("%d %s", got.status, got.body)
		}
		return v
	}
	const comment = `{"note":"fra et program","version":2}`

	t.Run("a token is shown once, and its list tells what it is and when it was used", func(t *testing.T) {
		v := issue("read", "90")
		if strings.Contains(office.page("/account"), v.Token) || strings.Contains(office.do(http.MethodGet, "/account.json", nil).body, v.Token) {
			t.Error("it is shown again")
		}
		if v.Tokens[0].Used != "" || v.Tokens[0].Label != "Regneark" || v.Tokens[0].Expires == "" {
			t.Errorf("%+v", v.Tokens[0])
		}
		s.program(v.Token)(http.MethodGet, "/initiatives.json", "")
		office.json("/account.json", &v)
		if v.Tokens[0].Used == "" {
			t.Error("its use is not recorded")
		}
		says(t, office.page("/account"), "Regneark")
	})

	t.Run("a token reads what its user may read, and no more", func(t *testing.T) {
		ask := s.program(issue("read", "0").Token)
		for path, want := range map[string]int{"/initiatives.json": 200, "/catalogue.csv": 200, "/account.json": 200, "/users.json": 403, "/initiatives/999.json": 404} {
			if got := ask(http.MethodGet, path, ""); got.status != want {
				t.Errorf("%s: %d, want %d", path, got.status, want)
			}
		}
	})

	t.Run("a token that reads changes nothing; one that writes does, in its user's name", func(t *testing.T) {
		before := s.seq()
		if got := s.program(issue("read", "0").Token)(http.MethodPost, "/initiatives/1/comment", comment); got.status != http.StatusForbidden || s.seq() != before {
			t.Errorf("read: %d", got.status)
		}
		ask := s.program(issue("write", "0").Token)
		if got := ask(http.MethodPost, "/initiatives/1/comment", comment, "Sec-Fetch-Site", "cross-site", "Origin", "https://elsewhere.example"); got.status != http.StatusOK || s.seq() != before+1 {
			t.Errorf("write: %d %s", got.status, got.body)
		}
		says(t, office.page("/history"), "fra et program")
		if got := ask(http.MethodPost, "/users", `{"name":"x","email":"x@example.invalid","role":"administrator"}`); got.status != http.StatusForbidden {
			t.Errorf("what its user may not: %d", got.status)
		}
	})

	t.Run("a token makes no tokens and changes no password", func(t *testing.T) {
		ask := s.program(issue("write", "0").Token)
		for path, body := range map[string]string{
			"/account/tokens": `{"name":"barn","scope":"write"}`, "/account/password": `{"current":"x","password":"tolv bogstaver eller"}`,
			"/account/sessions/end": `{}`, "/account/digest": `{"digest":"daily"}`,
		} {
			if got := ask(http.MethodPost, path, body); got.status != http.StatusForbidden {
				t.Errorf("%s: %d", path, got.status)
			}
		}
	})

	t.Run("a token keeps no accounts, an administrator's either, nor changes anything that reading alone does not", func(t *testing.T) {
		admin, _ := s.opens("admin@example.invalid", "administrator", chosen)
		_, v := admin.asks("/account/tokens", map[string]any{"name": "Drift", "scope": "write", "days": "0"})
		writes := s.program(v.Token)
		_, v = admin.asks("/account/tokens", map[string]any{"name": "Drift", "scope": "read", "days": "0"})
		reads := s.program(v.Token)
		kept, before, people := 0, s.seq(), s.now().PeopleSeq
		for _, route := range s.web.routes {
			if route.form == nil || openRoutes[route.method+" "+route.pattern] {
				continue
			}
			path := filled(route.pattern)
			if route.action == portfolio.ManageAccounts {
				kept++
				body := `{"name":"x","email":"x@example.invalid","role":"administrator","version":1}`
				if got := writes(route.method, path, body); got.status != http.StatusForbidden || !strings.Contains(got.body, `"account.in_person"`) {
					t.Errorf("%s with a token that writes: %d %s", path, got.status, got.body)
				}
			}
			if got := reads(route.method, path, "{}"); got.status != http.StatusForbidden {
				t.Errorf("%s with a token that reads: %d %s", path, got.status, got.body)
			}
		}
		if kept < 8 || s.seq() != before || s.now().PeopleSeq != people {
			t.Errorf("%d addresses keep accounts; %d events, %d changes of people", kept, s.seq()-before, s.now().PeopleSeq-people)
		}
	})

	t.Run("a revoked, an expired and an invented token open nothing, and neither does the session sent with them", func(t *testing.T) {
		revoked, expired := issue("read", "0"), issue("read", "30")
		office.post("/account/passes/" + revoked.Tokens[0].ID + "/end")
		for name, token := range map[string]string{"revoked": revoked.Token, "invented": "gevinst_JKLMNOPQRSTUVWXYZ234567ABC", "empty": ""} {
			if got := office.do(http.MethodGet, "/initiatives.json", nil, "Authorization", "Bearer "+token); got.status != http.StatusUnauthorized {
				t.Errorf("%s: %d", name, got.status)
			}
		}
		if got := s.program(expired.Token)(http.MethodGet, "/initiatives.json", ""); got.status != http.StatusOK {
			t.Errorf("before its time: %d", got.status)
		}
		later = 30*24*time.Hour + time.Minute
		defer func() { later = 0 }()
		if got := s.program(expired.Token)(http.MethodGet, "/initiatives.json", ""); got.status != http.StatusUnauthorized {
			t.Errorf("after its time: %d", got.status)
		}
	})

	t.Run("an administrator revokes anybody's token", func(t *testing.T) {
		v := issue("read", "0")
		says(t, s.as("administrator").page(userPath(id)), v.Tokens[0].ID)
		s.as("administrator").post(userPath(id) + "/passes/" + v.Tokens[0].ID + "/end")
		if got := s.program(v.Token)(http.MethodGet, "/initiatives.json", ""); got.status != http.StatusUnauthorized {
			t.Errorf("%d", got.status)
		}
	})

	t.Run("a new password ends the tokens, a new role those that write; one that reads has the rights that its user has now", func(t *testing.T) {
		admin := s.as("administrator")
		asks := func(v accountJSON) int { return s.program(v.Token)(http.MethodGet, "/initiatives.json", "").status }
		version := func() string { return fmt.Sprint(s.now().Users.Get(id).Version) }
		reads, writes := issue("read", "0"), issue("write", "0")
		if got := office.post("/account/password", "current", chosen, "password", "en helt ny sætning"); got.status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.status, got.body)
		}
		if asks(reads) != http.StatusUnauthorized || asks(writes) != http.StatusUnauthorized {
			t.Error("a token outlives the password")
		}
		reads, writes = issue("read", "0"), issue("write", "0")
		admin.post(userPath(id)+"/role", "role", "viewer", "version", version())
		if asks(reads) != http.StatusOK || asks(writes) != http.StatusUnauthorized {
			t.Errorf("after a new role: %d and %d", asks(reads), asks(writes))
		}
		admin.post(userPath(id)+"/disable", "version", version())
		if got := asks(reads); got != http.StatusUnauthorized {
			t.Errorf("of a closed account: %d", got)
		}
	})
}

func TestLimits(t *testing.T) {
	t.Run("one token may ask so much a minute, and others are not kept waiting", func(t *testing.T) {
		s := newSite(t, false)
		office := s.as("programme_office")
		_, one := office.asks("/account/tokens", map[string]any{"name": "a", "scope": "read"})
		_, other := office.asks("/account/tokens", map[string]any{"name": "b", "scope": "read"})
		statuses := map[int]int{}
		for range mostByToken + 5 {
			statuses[s.program(one.Token)(http.MethodHead, "/privacy.json", "").status]++
		}
		if statuses[http.StatusOK] != mostByToken || statuses[http.StatusTooManyRequests] != 5 {
			t.Errorf("%v", statuses)
		}
		if got := s.program(other.Token)(http.MethodGet, "/privacy.json", ""); got.status != http.StatusOK {
			t.Errorf("another: %d", got.status)
		}
	})

	t.Run("strangers at one place may ask so much a minute; who is signed in there goes on", func(t *testing.T) {
		s := newSite(t, false)
		viewer := s.as("viewer")
		last := answer{}
		for range mostByStranger + 5 {
			last = s.as("").do(http.MethodHead, "/privacy.json", nil)
		}
		if last.status != http.StatusTooManyRequests || last.header.Get("Retry-After") == "" {
			t.Errorf("%d", last.status)
		}
		if got := viewer.get("/"); got.status != http.StatusOK {
			t.Errorf("signed in: %d", got.status)
		}
	})
}
