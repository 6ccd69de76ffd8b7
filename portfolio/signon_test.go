package portfolio_test

import (
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/portfoliotest"
)

func TestSignOn(t *testing.T) {
	b := portfoliotest.NewBook()
	x := portfoliotest.Small(b)
	p := b.Portfolio()
	const unknown = portfolio.UserID(99)

	t.Run("whoever signs in gets the role of the mapping, by an act of the account's own", func(t *testing.T) {
		for _, id := range []portfolio.UserID{unknown, x.Viewer, x.Owner} {
			for _, role := range portfolio.Roles() {
				u, e, err := portfolio.SignOn(p, portfolio.By{}, id, role)
				if err != nil || u.ID != id || u.Role != role || e.Actor != id || e.Verb != "user.sign_on" {
					t.Errorf("%d as %s: %+v, actor %d, %s, %v", id, role, u, e.Actor, e.Verb, err)
				}
			}
		}
		if p.Users.Get(x.Viewer).Role != portfolio.Viewer {
			t.Error("the account that was there has been written in")
		}
	})
	t.Run("nobody gives himself or another a role this way", func(t *testing.T) {
		for _, who := range []portfolio.UserID{x.Admin, x.Viewer, x.Chief} {
			if _, _, err := portfolio.SignOn(p, b.By(who, ""), x.Viewer, portfolio.Director); !portfolio.Is(err, portfolio.Forbidden) {
				t.Errorf("user %d: %v", who, err)
			}
		}
	})
	t.Run("a closed account stays closed", func(t *testing.T) {
		closed := *p.Users.Get(x.Viewer)
		closed.Disabled = true
		refused(t, err3(portfolio.SignOn(p.Extend(portfolio.Change{Record: &closed}), portfolio.By{}, x.Viewer, portfolio.Director)), "sign_on.closed")
	})
	t.Run("no role is no account", func(t *testing.T) {
		refused(t, err3(portfolio.SignOn(p, portfolio.By{}, unknown, 0)), "error.required")
	})
	t.Run("the last administrator stays one, until there is another", func(t *testing.T) {
		refused(t, err3(portfolio.SignOn(p, portfolio.By{}, x.Admin, portfolio.Viewer)), "error.last_administrator")
		second, _, err := portfolio.SignOn(p, portfolio.By{}, unknown, portfolio.Administrator)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := portfolio.SignOn(p.Extend(portfolio.Change{Record: second}), portfolio.By{}, x.Admin, portfolio.Viewer); err != nil {
			t.Error(err)
		}
	})
	t.Run("the first account of all is an administrator's, or there would be none", func(t *testing.T) {
		empty := portfolio.New(portfoliotest.Today)
		for _, role := range portfolio.Roles() {
			_, _, err := portfolio.SignOn(empty, portfolio.By{}, 1, role)
			if (err == nil) != (role == portfolio.Administrator) {
				t.Errorf("%s: %v", role, err)
			}
		}
	})
}
