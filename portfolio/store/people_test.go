package store_test

import (
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/portfoliotest"
	"gevinst/portfolio/store"
)

// become says who a user is and, where one is given, by which hash of a password the account opens.
func become(tx *store.Tx, p portfolio.Person, hash string) {
	u, admin := tx.Portfolio().Users.Get(p.User), portfolio.UserID(1)
	portfoliotest.Did(u.Correct(tx.By(admin, ""))).Keep(tx)
	tx.SavePerson(p)
	tx.Remind(p.User, p.Digest)
	if hash != "" {
		tx.SetPassword(p.User, hash)
	}
}

// erase closes an account and forgets who had it.
func erase(tx *store.Tx, id portfolio.UserID) {
	portfoliotest.Did(tx.Portfolio().Users.Get(id).Erase(tx.Portfolio(), tx.By(1, ""))).Keep(tx)
	tx.ErasePerson(id)
}

func TestPeople(t *testing.T) {
	forEachHouse(t, func(t *testing.T, build func(testing.TB) house) {
		h := build(t)
		here, there := h.open(t), h.open(t)
		x := found(t, here)
		save := func(id portfolio.UserID, name, mail, password string) error {
			_, err := here.Write(t.Context(), func(tx *store.Tx) error {
				become(tx, portfolio.Person{User: id, Name: name, Email: mail}, password)
				return nil
			})
			return err
		}
		if err := save(x.Owner, "Chef, Plan, Byg & Miljø", " Plan@Example.dk ", "hash"); err != nil {
			t.Fatal(err)
		}
		t.Run("every program knows the name", func(t *testing.T) {
			for _, s := range []*store.Store{here, there} {
				if got := snapshot(t, s).Person(x.Owner); got.Name != "Chef, Plan, Byg & Miljø" || got.Email != "plan@example.dk" {
					t.Errorf("%+v", got)
				}
			}
		})
		t.Run("mail addresses are for administrators alone", func(t *testing.T) {
			p := snapshot(t, here)
			for u := range p.Users.All() {
				got := p.For(u).Person(x.Owner)
				if want := u.Role == portfolio.Administrator; (got.Email != "") != want || got.Name == "" {
					t.Errorf("a %s sees %+v", u.Role, got)
				}
			}
		})
		t.Run("credentials are found by the mail, however it is written", func(t *testing.T) {
			id, hash, err := there.Credentials(t.Context(), "PLAN@example.dk")
			if id != x.Owner || hash != "hash" || err != nil {
				t.Errorf("user %d, %q, %v", id, hash, err)
			}
		})
		t.Run("no mail is nobody's", func(t *testing.T) {
			if err := save(x.Viewer, "Gæst", "", "gæst"); err != nil {
				t.Fatal(err)
			}
			for _, mail := range []string{"", "nobody@example.dk"} {
				if id, hash, err := here.Credentials(t.Context(), mail); id != 0 || hash != "" || err != nil {
					t.Errorf("%q is user %d, %q, %v", mail, id, hash, err)
				}
			}
		})
		t.Run("a mail address belongs to one", func(t *testing.T) {
			refusedAs(t, save(x.Office, "Programkontor", "plan@example.dk", ""), portfolio.Invalid, "error.email_taken")
		})
		t.Run("a change without a password leaves the one there is", func(t *testing.T) {
			if err := save(x.Owner, "Chef", "plan@example.dk", ""); err != nil {
				t.Fatal(err)
			}
			if _, hash, _ := here.Credentials(t.Context(), "plan@example.dk"); hash != "hash" {
				t.Errorf("the password is %q, want it unchanged", hash)
			}
		})
		t.Run("a user is one person at an identity provider, and a person one user", func(t *testing.T) {
			bind := func(id portfolio.UserID, issuer, subject string) error {
				_, err := here.Write(t.Context(), func(tx *store.Tx) error {
					if u := tx.Portfolio().Users.Get(id); u != nil {
						portfoliotest.Did(u.Correct(tx.By(x.Admin, ""))).Keep(tx)
					}
					tx.Bind(id, store.Identity{Issuer: issuer, Subject: subject})
					return nil
				})
				return err
			}
			for range 2 {
				if err := bind(x.Owner, "https://id.example", "1"); err != nil {
					t.Fatal(err)
				}
			}
			refusedAs(t, bind(x.Owner, "https://id.example", "2"), portfolio.Forbidden, "sign_on.another")
			refusedAs(t, bind(x.Viewer, "https://id.example", "1"), portfolio.Invalid, "error.email_taken")
			refusedAs(t, bind(9999, "https://id.example", "3"), portfolio.Forbidden, "sign_on.another")
			if err := save(x.Owner, "Chef", "plan@example.dk", ""); err != nil {
				t.Fatal(err)
			}
			for subject, want := range map[string]portfolio.UserID{"1": x.Owner, "2": 0, "": 0} {
				if id, err := there.Identified(t.Context(), store.Identity{Issuer: "https://id.example", Subject: subject}); id != want || err != nil {
					t.Errorf("%q is user %d, %v", subject, id, err)
				}
			}
			if err := bind(x.Owner, "https://other.example", "2"); err != nil {
				t.Error(err)
			}
			write(t, here, func(tx *store.Tx) error {
				portfoliotest.Did(tx.Portfolio().Users.Get(x.Owner).Unbind(tx.By(x.Admin, ""))).Keep(tx)
				tx.Unbind(x.Owner, "")
				return nil
			})
			if i, err := there.Identity(t.Context(), x.Owner); i != nil || err != nil {
				t.Errorf("%+v, %v", i, err)
			}
		})
		t.Run("an erased person is forgotten everywhere, and the chain holds", func(t *testing.T) {
			past, err := here.At(t.Context(), 3, portfoliotest.Today)
			if err != nil || past.Person(x.Owner).Name == "" {
				t.Fatalf("the past names %+v, %v", past.Person(x.Owner), err)
			}
			write(t, here, func(tx *store.Tx) error {
				erase(tx, x.Owner)
				return nil
			})
			for _, s := range []*store.Store{here, there} {
				if got := snapshot(t, s).Person(x.Owner); got != (portfolio.Person{}) {
					t.Errorf("still known as %+v", got)
				}
				past, err := s.At(t.Context(), 3, portfoliotest.Today)
				if err != nil || past.Person(x.Owner) != (portfolio.Person{}) {
					t.Errorf("the past still names %+v, %v", past.Person(x.Owner), err)
				}
			}
			if id, _, _ := here.Credentials(t.Context(), "plan@example.dk"); id != 0 {
				t.Error("the account still opens")
			}
			sound(t, here)
		})
	})
}
