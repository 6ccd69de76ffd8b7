package web

import (
	"net/http"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"gevinst/portfolio/store"
	"gevinst/portfolio/store/pgtest"
)

func TestAccountReplicas(t *testing.T) {
	for name, place := range map[string]func(t *testing.T) store.Options{
		"one embedded file":   func(t *testing.T) store.Options { return store.Options{Path: filepath.Join(t.TempDir(), "gevinst.db")} },
		"one PostgreSQL base": func(t *testing.T) store.Options { return store.Options{URL: pgtest.Shared(t).NewDatabase(t)} },
	} {
		o := place(t)
		first := newSiteOn(t, false, o)
		second := first.beside(o, time.Date(2017, 11, 6, 18, 0, 0, 0, store.Copenhagen))
		var later atomic.Int64
		clock := func() time.Time { return time.Now().Add(time.Duration(later.Load())) }
		first.web.Clock, second.web.Clock = clock, clock
		admin := first.as("administrator")

		for act, c := range map[string]struct {
			end   string
			sends []string
		}{
			"a reset": {"reset", nil}, "signing out everywhere": {"sessions/end", nil}, "a closed account": {"disable", []string{"version", "2"}},
			"a changed role": {"role", []string{"version", "2", "role", "viewer"}},
		} {
			t.Run(act+" at one program ends within a second what the other remembers: "+name, func(t *testing.T) {
				email := c.end[:4] + "@example.invalid"
				owner, id := first.opens(email, "programme_office", chosen)
				there := owner.at(second)
				_, v := there.asks("/account/tokens", map[string]any{"name": "Regneark", "scope": "read", "days": "0"})
				if v.Token == "" || !there.inside() { // the other program has seen the session, and remembers it
					t.Fatal("not signed in at the other program")
				}
				token := func() int {
					return second.as("").do(http.MethodGet, "/initiatives.json", nil, "Authorization", "Bearer "+v.Token).status
				}
				if got := token(); got != http.StatusOK {
					t.Fatalf("the token: %d", got)
				}
				if got := admin.post(userPath(id)+"/"+c.end, c.sends...); got.status >= 400 {
					t.Fatalf("%d %s", got.status, got.body)
				}
				if owner.inside() {
					t.Error("still inside where it was ended")
				}
				later.Add(int64(passFresh)) // not a moment more
				if there.inside() {
					t.Error("still inside at the other program after a second")
				}
				want := map[string]int{"reset": http.StatusUnauthorized, "disable": http.StatusUnauthorized}[c.end]
				if got := token(); want != 0 && got != want {
					t.Errorf("the token after a second: %d", got)
				}
				signed := second.as("").post("/session", "email", email, "password", chosen)
				if opens := signed.status == http.StatusSeeOther; opens != (want == 0) {
					t.Errorf("the password at the other program: %d", signed.status)
				}
			})
		}
	}
}
