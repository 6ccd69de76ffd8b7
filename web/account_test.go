package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"gevinst/portfolio"
)

// accountJSON is an account as a program reads it.
type accountJSON struct {
	ID, Version               int64
	Name, Email, Role, State  string
	Digest, Link, Token       string
	Sessions, Links, Tokens   []passView
	History                   []sentence
	Detail, Location, Unknown string
}

// asks sends JSON, as a program does, and reads what comes back.
func (r *reader) asks(path string, body map[string]any, headers ...string) (answer, accountJSON) {
	r.Helper()
	b, err := json.Marshal(body)
	if err != nil {
		r.Fatal(err)
	}
	got := r.do(http.MethodPost, path, strings.NewReader(string(b)), append([]string{"Content-Type", "application/json", "Accept", "application/json"}, headers...)...)
	var v accountJSON
	if strings.Contains(got.header.Get("Content-Type"), "json") {
		if err := json.Unmarshal([]byte(got.body), &v); err != nil {
			r.Fatalf("%s: %v\n%s", path, err, got.body)
		}
	}
	return got, v
}

// opens an account as an administrator does, and has its owner choose a password; the owner is signed in.
func (s *site) opens(email, role, password string) (*reader, portfolio.UserID) {
	s.Helper()
	got, v := s.as("administrator").asks("/users", map[string]any{"name": "Chef, Plan, Byg & Miljø", "email": email, "role": role})
	if got.status != http.StatusCreated || v.Link == "" {
		s.Fatalf("open %s: %d %s", email, got.status, got.body)
	}
	owner := s.as("")
	if got := owner.post(s.pathOf(v.Link), "password", password); got.status != http.StatusSeeOther {
		s.Fatalf("welcome %s: %d %s", email, got.status, got.body)
	}
	return owner, portfolio.UserID(v.ID)
}

func (s *site) pathOf(link string) string {
	s.Helper()
	path, ok := strings.CutPrefix(link, s.server.URL)
	if !ok {
		s.Fatalf("the link %q leads elsewhere", link)
	}
	return path
}

func (s *site) signsIn(email, password string) answer {
	return s.as("").post("/session", "email", email, "password", password)
}

const chosen = "tolv bogstaver og flere"

func TestAccount(t *testing.T) {
	s := newSite(t, false)
	admin := s.as("administrator")
	var later time.Duration
	s.web.Clock = func() time.Time { return time.Now().Add(later) }

	t.Run("a person sees where the account is signed in, and ends one of them", func(t *testing.T) {
		here, _ := s.opens("sessions@example.invalid", "viewer", chosen)
		there := s.as("")
		there.post("/session", "email", "sessions@example.invalid", "password", chosen)
		var v accountJSON
		here.json("/account.json", &v)
		if len(v.Sessions) != 2 || v.Sessions[0].Current || !v.Sessions[1].Current {
			t.Fatalf("%+v", v.Sessions)
		}
		says(t, here.page("/account"), "Her og nu", "/account/passes/"+v.Sessions[0].ID+"/end")
		here.post("/account/passes/" + v.Sessions[0].ID + "/end")
		if got := there.get("/"); got.status != http.StatusSeeOther {
			t.Errorf("the ended session still opens: %d", got.status)
		}
		if got := here.get("/"); got.status != http.StatusOK {
			t.Errorf("the other ended too: %d", got.status)
		}
	})

	t.Run("nobody ends what is another's", func(t *testing.T) {
		_, id := s.opens("victim@example.invalid", "viewer", chosen)
		thief, _ := s.opens("thief@example.invalid", "viewer", chosen)
		var v accountJSON
		admin.json(fmt.Sprintf("/users/%d.json", id), &v)
		if got := thief.post("/account/passes/" + v.Sessions[0].ID + "/end"); got.status != http.StatusNotFound {
			t.Errorf("%d", got.status)
		}
		admin.json(fmt.Sprintf("/users/%d.json", id), &v)
		if v.Sessions[0].State != "open" {
			t.Error("it has ended")
		}
	})

	t.Run("an administrator signs a person out everywhere", func(t *testing.T) {
		owner, id := s.opens("outside@example.invalid", "viewer", chosen)
		admin.post(fmt.Sprintf("/users/%d/sessions/end", id))
		if got := owner.get("/"); got.status != http.StatusSeeOther {
			t.Errorf("%d", got.status)
		}
	})

	t.Run("a session closes by itself when nobody uses it, and after half a day whoever does", func(t *testing.T) {
		defer func() { later = 0 }()
		reader, _ := s.opens("idle@example.invalid", "viewer", chosen)
		for range 11 { // used all day, an hour apart
			if got := reader.get("/"); got.status != http.StatusOK {
				t.Fatalf("after %s: %d", later, got.status)
			}
			later += 65 * time.Minute
		}
		if got := reader.get("/"); got.status != http.StatusOK {
			t.Errorf("after %s: %d", later, got.status)
		}
		later += 5 * time.Minute
		if got := reader.get("/"); got.status != http.StatusSeeOther {
			t.Errorf("after twelve hours: %d", got.status)
		}
		reader.post("/session", "email", "idle@example.invalid", "password", chosen)
		later += 2*time.Hour + time.Minute
		if got := reader.get("/"); got.status != http.StatusSeeOther {
			t.Errorf("after two hours unused: %d", got.status)
		}
	})

	t.Run("a changed role, a closed account, a reset and an erasure sign out at once", func(t *testing.T) {
		for k, act := range []func(id portfolio.UserID, base string) answer{
			func(_ portfolio.UserID, base string) answer {
				return admin.post(base+"/role", "version", "2", "role", "director")
			},
			func(_ portfolio.UserID, base string) answer { return admin.post(base+"/disable", "version", "2") },
			func(_ portfolio.UserID, base string) answer { return admin.post(base + "/reset") },
			func(_ portfolio.UserID, base string) answer { return admin.post(base+"/erase", "version", "2") },
		} {
			reader, id := s.opens(fmt.Sprintf("out%d@example.invalid", k), "viewer", chosen)
			reader.page("/")
			if got := act(id, userPath(id)); got.status >= 400 {
				t.Fatalf("act %d: %d %s", k, got.status, got.body)
			}
			if got := reader.get("/"); got.status != http.StatusSeeOther {
				t.Errorf("act %d: %d", k, got.status)
			}
		}
	})

	t.Run("a person changes the password by the present one, and stays signed in here alone", func(t *testing.T) {
		here, _ := s.opens("change@example.invalid", "viewer", chosen)
		there := s.as("")
		there.post("/session", "email", "change@example.invalid", "password", chosen)
		if got := here.post("/account/password", "current", "not this one", "password", "en helt ny adgangskode"); got.status != http.StatusUnprocessableEntity {
			t.Errorf("without the present one: %d", got.status)
		}
		if got := here.post("/account/password", "current", chosen, "password", "en helt ny adgangskode"); got.status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.status, got.body)
		}
		if here.get("/").status != http.StatusOK || there.get("/").status != http.StatusSeeOther {
			t.Error("signed out here, or not there")
		}
		if s.signsIn("change@example.invalid", chosen).status == http.StatusSeeOther || s.signsIn("change@example.invalid", "en helt ny adgangskode").status != http.StatusSeeOther {
			t.Error("the old password opens, or the new one does not")
		}
	})

	t.Run("a person chooses how often to be reminded, among what there is", func(t *testing.T) {
		reader, id := s.opens("digest@example.invalid", "viewer", chosen)
		for digest, want := range map[string]int{"weekly": http.StatusSeeOther, "hourly": http.StatusUnprocessableEntity} {
			if got := reader.post("/account/digest", "digest", digest); got.status != want {
				t.Errorf("%s: %d", digest, got.status)
			}
		}
		if got := s.now().Person(id); got.Digest != "weekly" || got.Email != "digest@example.invalid" {
			t.Errorf("%+v", got)
		}
	})

	t.Run("a person gets all that is kept, and an administrator can pass it on", func(t *testing.T) {
		owner, id := s.opens("data@example.invalid", "programme_office", chosen)
		owner.post("/initiatives/1/comment", "note", "set og hørt", "version", fmt.Sprint(s.now().Initiatives.Get(1).Version))
		for _, r := range []*reader{owner, admin} {
			path := "/account/data.json"
			if r == admin {
				path = userPath(id) + "/data.json"
			}
			var v accountJSON
			r.json(path, &v)
			if v.Email != "data@example.invalid" || len(v.Sessions) != 1 || len(v.Links) != 1 || len(v.History) != 3 || v.History[0].Note != "set og hørt" || v.History[1].Verb != "user.set_password" || v.History[2].Verb != "user.create" {
				t.Errorf("%+v", v)
			}
		}
	})

	t.Run("who is erased is a number everywhere, and cannot come back", func(t *testing.T) {
		owner, id := s.opens("erased@example.invalid", "programme_office", chosen)
		owner.post("/initiatives/2/comment", "note", "før", "version", fmt.Sprint(s.now().Initiatives.Get(2).Version))
		if got := admin.post(userPath(id)+"/erase", "version", "2"); got.status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.status, got.body)
		}
		for _, path := range []string{"/users", userPath(id), fmt.Sprintf("/history?actor=%d", id)} {
			body := admin.page(path)
			says(t, body, fmt.Sprintf("Bruger %d", id))
			if strings.Contains(body, "erased@example.invalid") {
				t.Errorf("%s knows the address", path)
			}
		}
		if s.signsIn("erased@example.invalid", chosen).status == http.StatusSeeOther {
			t.Error("the account opens")
		}
		if got := admin.post(userPath(id) + "/reset"); got.status != http.StatusUnprocessableEntity {
			t.Errorf("a link for nobody: %d", got.status)
		}
	})

	t.Run("a page of somebody's own is kept nowhere", func(t *testing.T) {
		for _, path := range []string{"/account", "/account.json", "/account/data.json", "/users/1"} {
			got := admin.get(path)
			if got.header.Get("Cache-Control") != "no-store" || got.header.Get("ETag") != "" {
				t.Errorf("%s: %q %q", path, got.header.Get("Cache-Control"), got.header.Get("ETag"))
			}
		}
	})

	t.Run("the pages have their words", func(t *testing.T) {
		wholePages(t, admin, "/account", "/users/1", "/users/1?as_of=2017-02-20")
		for _, lang := range []string{"da", "en"} {
			admin.post("/language", "lang", lang)
			if m := regexp.MustCompile(`\[(account|welcome)\.`).FindString(admin.page("/account") + admin.page("/users/1")); m != "" {
				t.Error(m)
			}
		}
	})
}
