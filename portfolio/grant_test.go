package portfolio_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/portfoliotest"
)

var update = flag.Bool("update", false, "write the expected files anew")

// golden holds a text against testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s:\n%s\nwant:\n%s", name, got, want)
	}
}

func TestGrants(t *testing.T) {
	t.Run("the rights are as agreed", func(t *testing.T) {
		var b strings.Builder
		fmt.Fprintf(&b, "%-20s", "")
		for _, r := range portfolio.Roles() {
			fmt.Fprintf(&b, "%-17s", r)
		}
		for _, a := range portfolio.Actions() {
			fmt.Fprintf(&b, "|\n%-20s", a)
			for _, r := range portfolio.Roles() {
				fmt.Fprintf(&b, "%-17s", portfolio.Reach(a, r))
			}
		}
		golden(t, "grants.golden", b.String()+"|\n")
	})
}

// deed is a verb done to the small portfolio by somebody: only whether he may is asked, so the deed itself may be refused.
type deed struct {
	action portfolio.Action
	do     func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error
	// related tells what ties the subject to its owner and its director; other verbs are for all subjects or none.
	related bool
}

func err3[A, B any](_ A, _ B, err error) error { return err }
func err2[A any](_ A, err error) error         { return err }

// deeds are all verbs, by name.
var deeds = map[string]deed{
	"NewUser": {portfolio.ManageAccounts, func(p *portfolio.Portfolio, by portfolio.By, _ portfoliotest.World) error {
		return err3(portfolio.NewUser(p, by, 99, 0))
	}, false},
	"User.SetRole": {portfolio.ManageAccounts, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3(p.Users.Get(x.Viewer).SetRole(p, by, 0))
	}, false},
	"User.Disable": {portfolio.ManageAccounts, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3(p.Users.Get(x.Admin).Disable(p, by))
	}, false},
	"User.Enable": {portfolio.ManageAccounts, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3((&portfolio.User{ID: x.Viewer, Erased: true}).Enable(by))
	}, false},
	"User.ResetPassword": {portfolio.ManageAccounts, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3((&portfolio.User{ID: x.Viewer, Disabled: true}).ResetPassword(by))
	}, false},
	"User.Unbind": {portfolio.ManageAccounts, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3(p.Users.Get(x.Viewer).Unbind(by))
	}, false},
	"User.Correct": {portfolio.ManageAccounts, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3(p.Users.Get(x.Viewer).Correct(by))
	}, false},
	"User.Erase": {portfolio.ManageAccounts, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3(p.Users.Get(x.Admin).Erase(p, by))
	}, false},
	"User.SetPassword": {portfolio.KeepAccount, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3(p.Users.Get(x.Owner).SetPassword(by))
	}, true},
	"NewArea": {portfolio.EditStructure, func(_ *portfolio.Portfolio, by portfolio.By, _ portfoliotest.World) error {
		return err3(portfolio.NewArea(by, portfolio.Area{}))
	}, false},
	"Area.SetDirector": {portfolio.EditStructure, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3(p.Areas.Get(x.Area).SetDirector(p, by, 99))
	}, false},
	"Area.SetCapacity": {portfolio.PlanCapacity, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3(p.Areas.Get(x.Area).SetCapacity(p, by, []portfolio.YearDays{{Year: 1}}))
	}, true},
	"NewStrategy": {portfolio.EditStructure, func(_ *portfolio.Portfolio, by portfolio.By, _ portfoliotest.World) error {
		return err3(portfolio.NewStrategy(by, portfolio.Strategy{}))
	}, false},
	"NewProgramme": {portfolio.EditStructure, func(_ *portfolio.Portfolio, by portfolio.By, _ portfoliotest.World) error {
		return err3(portfolio.NewProgramme(by, portfolio.Programme{}))
	}, false},
	"NewPolicy": {portfolio.EditRequirement, func(_ *portfolio.Portfolio, by portfolio.By, _ portfoliotest.World) error {
		return err3(portfolio.NewPolicy(by, tooLikely))
	}, false},
	"Policy.Edit": {portfolio.EditRequirement, func(p *portfolio.Portfolio, by portfolio.By, _ portfoliotest.World) error {
		return err3(p.Policy.Edit(by, tooLikely))
	}, false},
	"NewItem": {portfolio.EditCatalogue, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3(portfolio.NewItem(p, by, portfolio.CatalogueItem{Area: x.Area}))
	}, true},
	"CatalogueItem.Edit": {portfolio.EditCatalogue, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3(p.Items.Get(x.Item).Edit(p, by, portfolio.CatalogueItem{}))
	}, true},
	"CatalogueItem.Prioritise": {portfolio.PrioritiseItem, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3(p.Items.Get(x.Item).Prioritise(p, by, "", portfolio.Approval{}))
	}, true},
	"CatalogueItem.Propose": {portfolio.ProposeItem, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3(p.Items.Get(x.Item).Propose(p, by, ""))
	}, false},
	"CatalogueItem.Decline": {portfolio.PrioritiseItem, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3(p.Items.Get(x.Item).Decline(p, by))
	}, true},
	"CatalogueItem.Decide": {portfolio.SelectItem, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3(p.Items.Get(x.Item).Decide(p, by, true))
	}, false},
	"NewInitiative": {portfolio.SelectItem, func(p *portfolio.Portfolio, by portfolio.By, _ portfoliotest.World) error {
		return err3(portfolio.NewInitiative(p, by, portfolio.Initiative{}))
	}, false},
	"Initiative.Edit": {portfolio.EditBenefit, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3(p.Initiatives.Get(x.Initiative).Edit(p, by, portfolio.Initiative{OneOff: amount.Exactly(amount.Max + 1)}))
	}, true},
	"Initiative.Assign": {portfolio.AssignOwner, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3(p.Initiatives.Get(x.Initiative).Assign(p, by, 99, 99))
	}, true},
	"Initiative.Advance": {portfolio.AdvanceInitiative, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3(p.Initiatives.Get(x.Initiative).Advance(p, by, portfolio.Selected))
	}, true},
	"Initiative.SetPlan": {portfolio.ChangePlan, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3(p.Initiatives.Get(x.Initiative).SetPlan(p, by, 0, ""))
	}, false},
	"Initiative.StateNeeds": {portfolio.StateNeeds, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3(p.Initiatives.Get(x.Initiative).StateNeeds(p, by, portfolio.Needs{Requires: []portfolio.InitiativeID{x.Initiative}}))
	}, true},
	"Initiative.Comment": {portfolio.Comment, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3(p.Initiatives.Get(x.Initiative).Comment(p, by))
	}, true},
	"Initiative.ReportDelay": {portfolio.ReportDelay, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err2(p.Initiatives.Get(x.Initiative).ReportDelay(p, by, 0))
	}, true},
	"NewBenefit": {portfolio.EditBenefit, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3(portfolio.NewBenefit(p, by, portfolio.Benefit{Initiative: x.Initiative}))
	}, true},
	"Benefit.Edit": {portfolio.EditBenefit, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3(p.Benefits.Get(x.Benefit).Edit(p, by, portfolio.Benefit{}))
	}, true},
	"NewClaim": {portfolio.ClaimSaving, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3(portfolio.NewClaim(p, by, portfolio.Entry{Benefit: x.Benefit}))
	}, true},
	"Entry.Settle": {portfolio.SettleClaim, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3((&portfolio.Entry{Benefit: x.Benefit}).Settle(p, by, false))
	}, false},
	"Entry.Reverse": {portfolio.ReverseEntry, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err2((&portfolio.Entry{Benefit: x.Benefit}).Reverse(p, by, 9))
	}, false},
	"NewRequirement": {portfolio.EditRequirement, func(p *portfolio.Portfolio, by portfolio.By, _ portfoliotest.World) error {
		return err3(portfolio.NewRequirement(p, by, portfolio.Requirement{}))
	}, false},
	"Requirement.Edit": {portfolio.EditRequirement, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3(p.Requirements.Get(x.Requirement).Edit(p, by, []portfolio.Line{{}}, amount.Figure{}))
	}, false},
	"NewOverlap": {portfolio.EditOverlap, func(p *portfolio.Portfolio, by portfolio.By, _ portfoliotest.World) error {
		return err3(portfolio.NewOverlap(p, by, portfolio.Overlap{}))
	}, false},
	"NewMeeting": {portfolio.RecordDecision, func(_ *portfolio.Portfolio, by portfolio.By, _ portfoliotest.World) error {
		return err3(portfolio.NewMeeting(by, portfolio.Meeting{}))
	}, false},
	"Decision.Schedule": {portfolio.RecordDecision, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3(p.Decisions.Get(x.Decision).Schedule(p, by, 0))
	}, false},
	"Decision.Settle": {portfolio.RecordDecision, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3(p.Decisions.Get(x.Decision).Settle(p, by))
	}, false},
	"Decision.FollowUp": {portfolio.RecordDecision, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err3(p.Decisions.Get(x.Decision).FollowUp(by, 0))
	}, false},
	"NewDecision": {portfolio.RecordDecision, func(p *portfolio.Portfolio, by portfolio.By, _ portfoliotest.World) error {
		return err3(portfolio.NewDecision(p, by, portfolio.Decision{}))
	}, false},
	"Portfolio.Enact": {portfolio.ChangePlan, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		return err2(p.Enact(by, portfolio.Ruling{Places: map[portfolio.InitiativeID]portfolio.Membership{x.Initiative: 0}}))
	}, false},
	"NewFollowUp": {portfolio.CloseMonths, func(p *portfolio.Portfolio, by portfolio.By, _ portfoliotest.World) error {
		return err3(portfolio.NewFollowUp(p, by, 1, "", 0))
	}, false},
	"WithoutExamples": {portfolio.RemoveExamples, func(p *portfolio.Portfolio, by portfolio.By, x portfoliotest.World) error {
		_, err := portfolio.WithoutExamples(by, p.Initiatives.Get(x.Initiative), nil)
		return err
	}, false},
}

var tooLikely = portfolio.Policy{Probability: map[portfolio.Stage]portfolio.Basis{portfolio.Started: portfolio.Whole + 1}}

// TestPermission holds every verb against the grant table, for every role, as the subject's own and as a stranger. Each deed
// is wrong in itself: one that is forbidden and yet refused for another reason has not asked for permission first.
func TestPermission(t *testing.T) {
	b := portfoliotest.NewBook()
	x := portfoliotest.Small(b)
	p := b.Portfolio()
	people := map[string]struct {
		id    portfolio.UserID
		reach portfolio.Scope // what ties him to the subject
	}{
		"the owner": {x.Owner, portfolio.Own}, "an owner of other things": {x.Stranger, portfolio.Never},
		"the area's director": {x.Director, portfolio.OwnArea}, "the programme office": {x.Office, portfolio.Never}, "the economy chief": {x.Chief, portfolio.Never},
		"an administrator": {x.Admin, portfolio.Never}, "a viewer": {x.Viewer, portfolio.Never},
	}
	elsewhere := otherDirector(b, x)
	for name, d := range deeds {
		t.Run(name, func(t *testing.T) {
			ask := func(who string, p *portfolio.Portfolio, by portfolio.By, want bool) {
				t.Helper()
				err := d.do(p, by, x)
				forbidden := portfolio.Is(err, portfolio.Forbidden) && strings.HasPrefix(err.Error(), "error.forbidden")
				if forbidden == want {
					t.Errorf("%s: %v, want allowed=%t", who, err, want)
				}
				if forbidden && len(portfolio.AsRefusals(err)) != 1 {
					t.Errorf("%s: %v, want nothing said beside", who, err)
				}
			}
			for who, u := range people {
				by := b.By(u.id, "")
				may := false
				switch reach := portfolio.Reach(d.action, by.User.Role); reach {
				case portfolio.Any:
					may = true
				case portfolio.Own, portfolio.OwnArea:
					may = d.related && u.reach == reach
				}
				ask(who, p, by, may)
			}
			by := b.By(x.Director, "")
			ask("a director of another area", elsewhere, by, portfolio.Reach(d.action, portfolio.Director) == portfolio.Any)
			ask("nobody", p, portfolio.By{}, false)
			closed := *p.Users.Get(x.Office)
			closed.Disabled = true
			ask("a closed account", p, portfolio.By{User: &closed, Today: portfoliotest.Today}, false)
			ask("a role that does not exist", p, portfolio.By{User: &portfolio.User{ID: 77, Role: 77}}, false)
		})
	}
}

// otherDirector gives the portfolio with the director sent to the other area.
func otherDirector(b *portfoliotest.Book, x portfoliotest.World) *portfolio.Portfolio {
	p := b.Portfolio()
	here, there := *p.Areas.Get(x.Area), *p.Areas.Get(x.OtherArea)
	here.Director, there.Director = 0, x.Director
	return p.Extend(portfolio.Change{Record: &here}, portfolio.Change{Record: &there})
}

func TestPermissionDetails(t *testing.T) {
	b := portfoliotest.NewBook()
	x := portfoliotest.Small(b)
	p := b.Portfolio()
	t.Run("nobody adds a gain to another's initiative by naming himself its owner", func(t *testing.T) {
		_, _, err := portfolio.NewBenefit(p, b.By(x.Stranger, ""), portfolio.Benefit{
			Initiative: x.Initiative, Owner: x.Stranger, Title: "Min", Type: portfolio.Quality, Indicator: &portfolio.Indicator{Unit: "%"},
		})
		if !portfolio.Is(err, portfolio.Forbidden) {
			t.Errorf("got %v, want forbidden", err)
		}
	})
	t.Run("a page offers what the verbs allow", func(t *testing.T) {
		i := p.Initiatives.Get(x.Initiative)
		for u, want := range map[portfolio.UserID]bool{x.Owner: true, x.Stranger: false, x.Director: true, x.Office: true, x.Chief: false} {
			if got := p.May(p.Users.Get(u), portfolio.EditBenefit, i); got != want {
				t.Errorf("user %d: %t, want %t", u, got, want)
			}
		}
		if p.May(nil, portfolio.ViewPortfolio, nil) {
			t.Error("nobody may look")
		}
	})
	t.Run("the first account makes itself, and only as an administrator", func(t *testing.T) {
		empty := portfolio.New(portfoliotest.Today)
		if _, e, err := portfolio.NewUser(empty, portfolio.By{}, 1, portfolio.Administrator); err != nil || e.Actor != 1 {
			t.Errorf("actor %d, %v", e.Actor, err)
		}
		for _, at := range []*portfolio.Portfolio{empty, p} {
			role := portfolio.Viewer
			if at == p {
				role = portfolio.Administrator
			}
			if _, _, err := portfolio.NewUser(at, portfolio.By{}, 99, role); !portfolio.Is(err, portfolio.Forbidden) {
				t.Errorf("got %v, want forbidden", err)
			}
		}
	})
	t.Run("the last administrator stays", func(t *testing.T) {
		u := p.Users.Get(x.Admin)
		refused(t, err3(u.Disable(p, b.By(x.Admin, ""))), "error.last_administrator")
		refused(t, err3(u.SetRole(p, b.By(x.Admin, ""), portfolio.Viewer)), "error.last_administrator")
		if err := err3(u.SetRole(p, b.By(x.Admin, ""), portfolio.Administrator)); err != nil {
			t.Error(err)
		}
	})
}

// refused fails the test unless err is a refusal with the code.
func refused(t *testing.T, err error, code string) {
	t.Helper()
	for _, e := range portfolio.AsRefusals(err) {
		if e.Code == code {
			return
		}
	}
	t.Errorf("got %v, want %s", err, code)
}
