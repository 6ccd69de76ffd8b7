package portfolio_test

import (
	"slices"
	"testing"

	"gevinst/portfolio"
)

func TestPriority(t *testing.T) {
	d := newDesk(t)
	item := func() *portfolio.CatalogueItem { return d.Portfolio().Items.Get(d.x.Item) }
	propose := func(period string) {
		c, e, err := item().Propose(d.Portfolio(), d.By(d.x.Owner, ""), period)
		kept(d, c, e, err)
	}
	asks := func() bool { return slices.Contains(d.tasks(d.x.Director), "priority_to_approve catalogue_item/1") }

	t.Run("what a unit proposes is no priority until its director has approved it, and asks him for that", func(t *testing.T) {
		if asks() {
			t.Fatal("the director is asked before anything is proposed")
		}
		propose("2019")
		propose("2019-2020")
		if c := item(); c.State() != portfolio.Described || c.Proposal.Period != "2019-2020" || c.Proposal.By != d.x.Owner || !asks() {
			t.Errorf("%+v, the director is asked: %t", c.Proposal, asks())
		}
		if len(slices.DeleteFunc(d.tasks(d.x.Office), func(s string) bool { return s != "priority_to_approve catalogue_item/1" })) > 0 {
			t.Error("the office is asked to approve")
		}
		c, e, err := item().Prioritise(d.Portfolio(), d.By(d.x.Director, ""), "2019-2020", portfolio.Approval{Director: 77, On: 20170101})
		kept(d, c, e, err)
		if c := item(); c.State() != portfolio.Prioritised || c.Proposal != nil || c.Priority.By != d.x.Director || c.Priority.Approved != d.Day || asks() {
			t.Errorf("%+v %+v", c.Proposal, c.Priority)
		}
	})
	t.Run("who records it for the director says who approved it, and on a day that has been", func(t *testing.T) {
		record := func(a portfolio.Approval) (*portfolio.CatalogueItem, portfolio.Event, error) {
			return item().Prioritise(d.Portfolio(), d.By(d.x.Office, ""), "2020", a)
		}
		for title, c := range map[string]struct {
			of          portfolio.Approval
			field, code string
		}{
			"nobody":              {portfolio.Approval{On: d.Day}, "director", "error.director_required"},
			"himself":             {portfolio.Approval{Director: d.x.Office, On: d.Day}, "director", "error.director_required"},
			"a director, no day":  {portfolio.Approval{Director: d.x.Director}, "approved", "error.required"},
			"a director tomorrow": {portfolio.Approval{Director: d.x.Director, On: d.Day.AddDays(1)}, "approved", "error.date_to_come"},
		} {
			t.Run(title, func(t *testing.T) {
				_, _, err := record(c.of)
				refusedAt(t, err, c.field, c.code)
			})
		}
		c, e, err := record(portfolio.Approval{Director: d.x.Director, On: 20180820})
		c = kept(d, c, e, err)
		if c.Priority.By != d.x.Director || c.Priority.Approved != 20180820 || e.Actor != d.x.Office || d.Portfolio().ApprovalOf(c.Priority) != d.x.Director {
			t.Errorf("%+v recorded by %d", c.Priority, e.Actor)
		}
	})
	t.Run("of a priority without a day the director who entered it is the one who approved it, and nobody else is", func(t *testing.T) {
		for who, want := range map[portfolio.UserID]portfolio.UserID{d.x.Director: d.x.Director, d.x.Office: 0} {
			if got := d.Portfolio().ApprovalOf(&portfolio.Priority{Period: "2018", By: who}); got != want {
				t.Errorf("entered by %d, approved by %d", who, got)
			}
		}
	})
	t.Run("a proposal is turned down with a reason, and what was approved stands", func(t *testing.T) {
		_, _, err := item().Decline(d.Portfolio(), d.By(d.x.Director, "nej"))
		refused(t, err, "error.nothing_proposed")
		propose("2021")
		_, _, err = item().Decline(d.Portfolio(), d.By(d.x.Director, ""))
		refusedAt(t, err, "note", "error.required")
		c, e, err := item().Decline(d.Portfolio(), d.By(d.x.Director, "ikke nu"))
		kept(d, c, e, err)
		if c := item(); c.Proposal != nil || c.Priority.Period != "2020" || asks() {
			t.Errorf("%+v %+v", c.Proposal, c.Priority)
		}
	})
	t.Run("a board's word ends it", func(t *testing.T) {
		propose("2021")
		c, e, err := item().Decide(d.Portfolio(), d.decided(), false)
		kept(d, c, e, err)
		if item().Proposal != nil || asks() {
			t.Error("the proposal still waits")
		}
		_, _, err = item().Propose(d.Portfolio(), d.By(d.x.Owner, ""), "2021")
		refused(t, err, "error.item_decided")
	})
}

func TestScoresToGive(t *testing.T) {
	d := newDesk(t)
	asks := func(u portfolio.UserID) bool { return slices.Contains(d.tasks(u), "scores_to_give round/1") }
	t.Run("an open round asks each director for his scores until he has given them, and nobody else", func(t *testing.T) {
		if asks(d.x.Director) {
			t.Fatal("it is asked for before there is a round")
		}
		r := d.newRound(2)
		for who, want := range map[portfolio.UserID]bool{d.x.Director: true, d.x.Office: false, d.x.Owner: false, d.x.Chief: false} {
			if asks(who) != want {
				t.Errorf("user %d is asked: %t", who, !want)
			}
		}
		if err := d.score(d.x.Director, r, 1, given([]int{4, 2}, []int{2, 1})); err != nil {
			t.Fatal(err)
		}
		if asks(d.x.Director) {
			t.Error("he is still asked")
		}
	})
	t.Run("a round that is closed asks nobody", func(t *testing.T) {
		second, e, err := portfolio.NewUser(d.Portfolio(), d.By(d.x.Admin, ""), 90, portfolio.Director)
		kept(d, second, e, err)
		if !asks(second.ID) {
			t.Fatal("the second director is not asked")
		}
		by := d.today()
		r, e, err := d.Portfolio().Rounds.Get(1).Close(d.Portfolio(), by)
		kept(d, r, e, err)
		if asks(second.ID) {
			t.Error("he is asked for a round that is closed")
		}
	})
}
