package web

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/kalundborg"
	"gevinst/portfolio/store"
)

// calls gives a person at the provider another mail address; the provider's own name for the person stays.
func (p *idp) calls(subject, email string, verified bool) {
	p.set(func() { p.people[subject].email, p.people[subject].verified = email, verified })
}

// bound is who an account is at the provider, "" for nobody.
func (s *signOnSite) bound(id portfolio.UserID) string {
	s.Helper()
	i, err := s.store.Identity(s.Context(), id)
	if err != nil {
		s.Fatal(err)
	}
	if i == nil {
		return ""
	}
	if i.Issuer != s.idp.server.URL {
		s.Errorf("bound at %s", i.Issuer)
	}
	return i.Subject
}

func TestIdentity(t *testing.T) {
	s := newSignOnSite(t, nil)
	admin := s.as("administrator")

	t.Run("an account is bound at the first sign-on, new or found by its mail address, and then known without it", func(t *testing.T) {
		_, known := s.opens("kendt@example.invalid", "viewer", chosen)
		s.idp.knows("sub-1", directors)
		s.idp.calls("sub-1", "kendt@example.invalid", true)
		s.idp.knows("sub-2", viewers)
		s.idp.calls("sub-2", "ny@example.invalid", true)
		s.signsOn("sub-1")
		s.signsOn("sub-2")
		fresh := s.account("ny@example.invalid").ID
		if s.bound(known) != "sub-1" || s.bound(fresh) != "sub-2" {
			t.Fatalf("bound to %q and %q", s.bound(known), s.bound(fresh))
		}
		before := len(s.now().Users.List())
		s.idp.calls("sub-1", "gift@example.invalid", true)
		r, _ := s.signsOn("sub-1")
		if u := s.account("gift@example.invalid"); !r.inside() || u == nil || u.ID != known || len(s.now().Users.List()) != before {
			t.Errorf("with another mail address: %+v, %d accounts before, %d now", u, before, len(s.now().Users.List()))
		}
		s.idp.calls("sub-1", "ubekraeftet@example.invalid", false)
		if r, _ := s.signsOn("sub-1"); !r.inside() || s.account("gift@example.invalid").ID != known {
			t.Error("a mail address that is not verified yet keeps a known person out, or is taken over")
		}
		s.idp.calls("sub-1", "ny@example.invalid", true)
		if r, _ := s.signsOn("sub-1"); !r.inside() || s.account("ny@example.invalid").ID != fresh || s.account("gift@example.invalid").ID != known {
			t.Error("another's mail address is taken from its account, or keeps the person out")
		}
	})

	t.Run("another person with the same mail address is refused in words, and gets nothing of the account", func(t *testing.T) {
		_, id := s.opens("delt@example.invalid", "viewer", chosen)
		s.idp.knows("sub-3", viewers)
		s.idp.calls("sub-3", "delt@example.invalid", true)
		first, _ := s.signsOn("sub-3")
		s.idp.knows("sub-4", directors)
		s.idp.calls("sub-4", "delt@example.invalid", true)
		before := s.now().Seq
		r, got := s.signsOn("sub-4")
		s.turnedAway(r, got, http.StatusForbidden, "sign_on.another")
		if u := s.now().Users.Get(id); s.now().Seq != before || u.Role != portfolio.Viewer || s.bound(id) != "sub-3" || !first.inside() {
			t.Errorf("%+v, bound to %q, %d events", u, s.bound(id), s.now().Seq-before)
		}

		says(t, admin.page(userPath(id)), "sub-3", "Løsn fra kommunens login")
		for _, role := range []string{"viewer", "director", "programme_office", "economy_chief", "project_owner"} {
			if got := s.as(role).post(userPath(id) + "/unbind"); got.status != http.StatusForbidden {
				t.Errorf("a %s unbinds: %d", role, got.status)
			}
		}
		if got := admin.post(userPath(id) + "/unbind"); got.status != http.StatusSeeOther || s.bound(id) != "" || first.inside() {
			t.Fatalf("unbind: %d, bound to %q, the former still inside: %t", got.status, s.bound(id), first.inside())
		}
		if strings.Contains(admin.page(userPath(id)), "sub-3") {
			t.Error("the page still shows the former")
		}
		if r, _ := s.signsOn("sub-4"); !r.inside() || s.bound(id) != "sub-4" || s.now().Users.Get(id).Role != portfolio.Director {
			t.Errorf("after unbinding: bound to %q", s.bound(id))
		}
		former, got := s.signsOn("sub-3")
		s.turnedAway(former, got, http.StatusForbidden, "sign_on.another")
	})

	t.Run("the last administrator is bound too, whatever the groups say", func(t *testing.T) {
		id := kalundborg.SignIn(portfolio.Administrator)
		s.idp.knows("sub-5", viewers)
		s.idp.calls("sub-5", s.now().Person(id).Email, true)
		if r, _ := s.signsOn("sub-5"); !r.inside() || s.bound(id) != "sub-5" || s.now().Users.Get(id).Role != portfolio.Administrator {
			t.Errorf("bound to %q", s.bound(id))
		}
	})

	t.Run("a closed account stays closed for the person it is bound to, under any mail address", func(t *testing.T) {
		_, id := s.opens("forladt@example.invalid", "viewer", chosen)
		s.idp.knows("sub-6", viewers)
		s.idp.calls("sub-6", "forladt@example.invalid", true)
		s.signsOn("sub-6")
		admin.post(userPath(id)+"/disable", "version", "3")
		s.idp.calls("sub-6", "igen@example.invalid", true)
		r, got := s.signsOn("sub-6")
		s.turnedAway(r, got, http.StatusForbidden, "sign_on.closed")
	})

	t.Run("to erase a person forgets who it was at the provider; the chain and a backup hold", func(t *testing.T) {
		s.idp.knows("sub-7", viewers)
		s.idp.calls("sub-7", "slettes@example.invalid", true)
		s.signsOn("sub-7")
		u := s.account("slettes@example.invalid")
		if got := admin.post(userPath(u.ID)+"/erase", "version", "1"); got.status != http.StatusSeeOther || s.bound(u.ID) != "" {
			t.Errorf("%d, bound to %q", got.status, s.bound(u.ID))
		}
		if report, err := s.store.Check(t.Context()); err != nil || len(report.Violations) > 0 {
			t.Error(report.Violations, err)
		}
	})

	t.Run("a person gets to see what the provider calls him, and the history does not hold it", func(t *testing.T) {
		r, _ := s.signsOn("sub-2")
		var v struct{ Provider store.Identity }
		r.json("/account/data.json", &v)
		if v.Provider != (store.Identity{Issuer: s.idp.server.URL, Subject: "sub-2"}) {
			t.Errorf("%+v", v)
		}
		events, err := s.store.Events(t.Context(), s.now(), store.EventFilter{Limit: 10_000})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			if strings.Contains(string(e.Payload)+e.Note, "sub-") {
				t.Errorf("event %d: %s", e.Seq, e.Payload)
			}
		}
	})

	t.Run("a token that names nobody opens nothing", func(t *testing.T) {
		for _, subject := range []string{" ", "\x00", strings.Repeat("x", longestSubject+1)} {
			if named(subject) {
				t.Errorf("%.10q names somebody", subject)
			}
		}
	})

	t.Run("two windows that sign a new person on at once make one account", func(t *testing.T) {
		s.idp.knows("sub-8", viewers)
		s.idp.calls("sub-8", "to.vinduer@example.invalid", true)
		readers, answers := make([]*reader, 4), make([]string, 4)
		for k := range readers {
			readers[k] = s.as("")
			answers[k] = s.identified(readers[k], "sub-8", "/account")
		}
		before := len(s.now().Users.List())
		var all sync.WaitGroup
		for k := range readers {
			all.Go(func() { readers[k].get(answers[k]) })
		}
		all.Wait()
		for k, r := range readers {
			if !r.inside() {
				t.Errorf("window %d is outside", k)
			}
		}
		if n := len(s.now().Users.List()); n != before+1 {
			t.Errorf("%d accounts more", n-before)
		}
	})

	t.Run("another issuer binds anew: the organisation chose it", func(t *testing.T) {
		id := s.account("ny@example.invalid").ID
		if _, err := s.store.Write(t.Context(), func(tx *store.Tx) error {
			u, e, err := tx.Portfolio().Users.Get(id).Unbind(tx.By(1, ""))
			if err != nil {
				return err
			}
			tx.Save(u, e)
			tx.Unbind(id, "")
			tx.Bind(id, store.Identity{Issuer: "https://before.example", Subject: "sub-0"})
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if r, _ := s.signsOn("sub-2"); !r.inside() || s.bound(id) != "sub-2" {
			t.Errorf("bound to %q", s.bound(id))
		}
	})
}
