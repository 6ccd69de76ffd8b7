package portfolio_test

import (
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/portfoliotest"
)

func TestOwners(t *testing.T) {
	book := portfoliotest.NewBook()
	portfoliotest.Small(book)
	p := book.Portfolio()
	var initiative *portfolio.Initiative
	for i := range p.Initiatives.All() {
		initiative = i
		break
	}
	by := portfolio.By{Today: p.Today}
	for u := range p.Users.All() {
		if u.Role == portfolio.ProgrammeOffice {
			by.User = u
		}
	}
	for u := range p.Users.All() {
		looksOn := u.Role == portfolio.Viewer || u.Role == portfolio.Administrator
		name := "a " + u.Role.String() + " can be named an owner"
		if looksOn {
			name = "a " + u.Role.String() + " cannot be named an owner, of an initiative or of a gain"
		}
		t.Run(name, func(t *testing.T) {
			_, _, err := initiative.Assign(p, by, u.ID, u.ID)
			if (err != nil) != looksOn {
				t.Errorf("assign: %v", err)
			}
			_, _, err = portfolio.NewBenefit(p, by, portfolio.Benefit{
				ID: 999, Initiative: initiative.ID, Title: "Gevinst", Type: portfolio.Efficiency, Owner: u.ID,
				Cash: &portfolio.Cash{Step: portfolio.BudgetReduction},
			})
			if (err != nil) != looksOn {
				t.Errorf("new gain: %v", err)
			}
		})
	}
}
