package store_test

import (
	"testing"
	"time"

	"gevinst/portfolio"
	"gevinst/portfolio/portfoliotest"
	"gevinst/portfolio/store"
)

func TestPasses(t *testing.T) {
	forEach(t, func(t *testing.T, s *store.Store, x portfoliotest.World) {
		now := time.Now()
		write(t, s, func(tx *store.Tx) error {
			for id, mail := range map[portfolio.UserID]string{x.Owner: "owner@example.dk", x.Viewer: "viewer@example.dk"} {
				become(tx, portfolio.Person{User: id, Name: mail, Email: mail, Digest: "weekly"}, "hash")
			}
			return nil
		})
		issue := func(kind store.PassKind, user portfolio.UserID, lasts time.Duration) string {
			t.Helper()
			p := store.Pass{Kind: kind, User: user, Issuer: user, Label: "Firefox, Windows", Created: portfolio.InstantOf(now), Used: portfolio.InstantOf(now)}
			if lasts != 0 {
				p.Expires = portfolio.InstantOf(now.Add(lasts))
			}
			secret, err := s.Issue(t.Context(), p)
			if err != nil {
				t.Fatal(err)
			}
			return secret
		}
		find := func(kind store.PassKind, secret string, at time.Time) *store.Pass {
			t.Helper()
			p, err := s.Pass(t.Context(), kind, secret, at)
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		opens := func(kind store.PassKind, secret string) bool { return find(kind, secret, now) != nil }

		t.Run("a secret opens as what it was made for, until it expires, and its digest opens nothing", func(t *testing.T) {
			secret := issue(store.SessionPass, x.Owner, time.Hour)
			p := find(store.SessionPass, secret, now)
			if p == nil || p.User != x.Owner || p.Label != "Firefox, Windows" {
				t.Fatalf("%+v", p)
			}
			for name, found := range map[string]*store.Pass{
				"as a token": find(store.TokenPass, secret, now), "by its digest": find(store.SessionPass, p.ID, now),
				"an hour later": find(store.SessionPass, secret, now.Add(time.Hour)), "the empty secret": find(store.SessionPass, "", now),
			} {
				if found != nil {
					t.Errorf("%s it opens", name)
				}
			}
			if find(store.TokenPass, issue(store.TokenPass, x.Owner, 0), now.AddDate(50, 0, 0)) == nil {
				t.Error("a token that never expires has expired")
			}
		})

		t.Run("whose session a secret was given out for is known after its end, until it is forgotten, and of no other secret", func(t *testing.T) {
			secret := issue(store.SessionPass, x.Owner, time.Hour)
			if err := s.EndSessions(t.Context(), x.Owner, "", now); err != nil {
				t.Fatal(err)
			}
			for secret, want := range map[string]portfolio.UserID{
				secret: x.Owner, issue(store.TokenPass, x.Owner, 0): 0, "": 0, secret + "x": 0,
			} {
				if got, err := s.SessionOf(t.Context(), secret); err != nil || got != want {
					t.Errorf("%q is %d's, %v", secret, got, err)
				}
			}
		})

		t.Run("a use is recorded once a minute", func(t *testing.T) {
			secret := issue(store.TokenPass, x.Owner, 0)
			id := find(store.TokenPass, secret, now).ID
			for _, test := range []struct{ after, want time.Duration }{
				{30 * time.Second, 0}, {time.Minute, time.Minute}, {100 * time.Second, time.Minute}, {2 * time.Minute, 2 * time.Minute},
			} {
				if err := s.PassUsed(t.Context(), id, now.Add(test.after)); err != nil {
					t.Fatal(err)
				}
				if got := find(store.TokenPass, secret, now).Used; got != portfolio.InstantOf(now.Add(test.want)) {
					t.Errorf("after %s: used at %s", test.after, got.Time())
				}
			}
		})

		t.Run("a new password ends all that opened the account by the former; a reset leaves nothing but its link", func(t *testing.T) {
			session, link, token := issue(store.SessionPass, x.Owner, time.Hour), issue(store.LinkPass, x.Owner, time.Hour), issue(store.TokenPass, x.Owner, 0)
			others := issue(store.SessionPass, x.Viewer, time.Hour)
			write(t, s, func(tx *store.Tx) error {
				become(tx, portfolio.Person{User: x.Owner, Name: "Chef", Email: "owner@example.dk"}, "another")
				return nil
			})
			if opens(store.SessionPass, session) || opens(store.LinkPass, link) || opens(store.TokenPass, token) || !opens(store.SessionPass, others) {
				t.Error("the wrong passes ended")
			}
			session, token = issue(store.SessionPass, x.Owner, time.Hour), issue(store.TokenPass, x.Owner, 0)
			var reset string
			write(t, s, func(tx *store.Tx) error {
				portfoliotest.Did(tx.Portfolio().Users.Get(x.Owner).ResetPassword(tx.By(x.Admin, ""))).Keep(tx)
				reset = tx.ResetPerson(store.Pass{Kind: store.LinkPass, User: x.Owner, Created: portfolio.InstantOf(now), Expires: portfolio.InstantOf(now.Add(time.Hour))})
				return nil
			})
			if opens(store.SessionPass, session) || opens(store.TokenPass, token) || !opens(store.LinkPass, reset) || !opens(store.SessionPass, others) {
				t.Error("the wrong passes ended")
			}
			if _, hash, err := s.Credentials(t.Context(), "owner@example.dk"); hash != "" || err != nil {
				t.Errorf("the password is %q, %v", hash, err)
			}
		})

		t.Run("a changed role ends sessions and what writes, a closed account everything, whoever writes it", func(t *testing.T) {
			session, token := issue(store.SessionPass, x.Viewer, time.Hour), issue(store.TokenPass, x.Viewer, 0)
			writes, err := s.Issue(t.Context(), store.Pass{Kind: store.TokenPass, User: x.Viewer, Scope: store.ScopeWrite})
			if err != nil {
				t.Fatal(err)
			}
			change := func(verb func(*portfolio.User, *portfolio.Portfolio, portfolio.By) (*portfolio.User, portfolio.Event, error)) {
				t.Helper()
				write(t, s, func(tx *store.Tx) error {
					u, e, err := verb(tx.Portfolio().Users.Get(x.Viewer), tx.Portfolio(), tx.By(x.Admin, ""))
					if err == nil {
						tx.Save(u, e)
					}
					return err
				})
			}
			change(func(u *portfolio.User, p *portfolio.Portfolio, by portfolio.By) (*portfolio.User, portfolio.Event, error) {
				return u.SetRole(p, by, portfolio.Director)
			})
			if opens(store.SessionPass, session) || opens(store.TokenPass, writes) || !opens(store.TokenPass, token) {
				t.Error("after a changed role the wrong passes ended")
			}
			change((*portfolio.User).Disable)
			if opens(store.TokenPass, token) {
				t.Error("the closed account's token opens")
			}
		})

		t.Run("a link is taken once, and who comes second changes nothing", func(t *testing.T) {
			id := find(store.LinkPass, issue(store.LinkPass, x.Owner, time.Hour), now).ID
			take := func(name string) error {
				_, err := s.Write(t.Context(), func(tx *store.Tx) error {
					tx.TakeLink(id, now)
					become(tx, portfolio.Person{User: x.Owner, Name: name, Email: "owner@example.dk"}, name)
					return nil
				})
				return err
			}
			if err := take("first"); err != nil {
				t.Fatal(err)
			}
			refusedAs(t, take("second"), portfolio.NotFound, "welcome.gone")
			if _, hash, _ := s.Credentials(t.Context(), "owner@example.dk"); hash != "first" {
				t.Errorf("the password is %q", hash)
			}
		})

		t.Run("nobody ends another's pass; what has ended keeps its time", func(t *testing.T) {
			secret := issue(store.TokenPass, x.Owner, 0)
			id := find(store.TokenPass, secret, now).ID
			refusedAs(t, s.EndPass(t.Context(), x.Viewer, id, now), portfolio.NotFound, "error.no_pass")
			if !opens(store.TokenPass, secret) {
				t.Error("it has ended")
			}
			for _, at := range []time.Time{now, now.Add(time.Hour)} {
				if err := s.EndPass(t.Context(), x.Owner, id, at); err != nil {
					t.Fatal(err)
				}
			}
			list, err := s.Passes(t.Context(), x.Owner)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range list {
				if p.ID == id && p.Ended != portfolio.InstantOf(now) {
					t.Errorf("ended at %s", p.Ended.Time())
				}
			}
		})

		t.Run("what ended or expired long enough ago is purged, and nothing else", func(t *testing.T) {
			expired, kept := issue(store.SessionPass, x.Owner, time.Minute), issue(store.TokenPass, x.Owner, 0)
			if _, err := s.PurgePasses(t.Context(), now.Add(24*time.Hour)); err != nil {
				t.Fatal(err)
			}
			list, err := s.Passes(t.Context(), x.Owner)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range list {
				if p.Ended != 0 || (p.Expires != 0 && p.Expires < portfolio.InstantOf(now.Add(24*time.Hour))) {
					t.Errorf("%+v is still there", p)
				}
			}
			if opens(store.SessionPass, expired) || !opens(store.TokenPass, kept) {
				t.Error("the wrong passes are gone")
			}
		})

		t.Run("of an erased person nothing is left that opened the account", func(t *testing.T) {
			issue(store.SessionPass, x.Owner, time.Hour)
			write(t, s, func(tx *store.Tx) error {
				erase(tx, x.Owner)
				return nil
			})
			if list, err := s.Passes(t.Context(), x.Owner); len(list) > 0 || err != nil {
				t.Errorf("%v %v", list, err)
			}
		})
	})
}

func TestCheckPerson(t *testing.T) {
	for _, test := range []struct{ title, name, email, field string }{
		{"a name and a mail address are enough", "Chef, Plan, Byg & Miljø", "chef@kommune.dk", ""},
		{"a name is needed", "", "chef@kommune.dk", "name"},
		{"spaces are no name", " \t", "chef@kommune.dk", "name"},
		{"a name can be read", "Chef\x1b[2J", "chef@kommune.dk", "name"},
		{"a mail address is needed", "Chef", "", "email"},
		{"a mail address has somebody in it", "Chef", "@kommune.dk", "email"},
		{"and a place", "Chef", "chef@", "email"},
		{"and nothing else", "Chef", "Chef <chef@kommune.dk>", "email"},
	} {
		t.Run(test.title, func(t *testing.T) {
			var fields string
			for _, e := range portfolio.AsRefusals(store.CheckPerson(portfolio.Person{Name: test.name, Email: test.email})) {
				fields += e.Field
			}
			if fields != test.field {
				t.Errorf("refused %q, want %q", fields, test.field)
			}
		})
	}
}
