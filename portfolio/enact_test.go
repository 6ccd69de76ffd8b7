package portfolio_test

import (
	"testing"

	"gevinst/portfolio"
)

func TestEnact(t *testing.T) {
	d := newDesk(t)
	o, e, err := portfolio.NewOverlap(d.Portfolio(), d.By(d.x.Chief, ""), portfolio.Overlap{
		ID: 1, Title: "OPUS", Initiatives: []portfolio.InitiativeID{d.x.Initiative}, Programmes: []portfolio.ProgrammeID{d.x.DIGIT, d.x.KME},
	})
	kept(d, o, e, err)
	round := d.newRound(2)
	decide := func(id portfolio.DecisionID, waiting string) portfolio.By {
		got, e, err := portfolio.NewDecision(d.Portfolio(), d.By(d.x.Office, ""), portfolio.Decision{
			ID: id, Meeting: d.x.Meeting, Title: "OPUS", Outcome: "OPUS udgår af handlingsplanen", Waiting: waiting,
		})
		kept(d, got, e, err)
		by := d.By(d.x.Office, "")
		by.Decision = id
		return by
	}
	place := func(m portfolio.Membership) portfolio.Ruling {
		return portfolio.Ruling{Places: map[portfolio.InitiativeID]portfolio.Membership{d.x.Initiative: m}}
	}
	enact := func(t *testing.T, by portfolio.By, m portfolio.Ruling) {
		t.Helper()
		changes, err := d.Portfolio().Enact(by, m)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range changes {
			d.Save(c.Record, c.Event)
		}
	}

	t.Run("an initiative waits, and goes on waiting by another decision, each time in that decision's words", func(t *testing.T) {
		enact(t, decide(921, "Overblik over KME"), place(portfolio.Awaiting))
		if plan := d.initiative().Plan; plan.State != portfolio.Awaiting || plan.Reason != "Overblik over KME" || plan.Decision != 921 {
			t.Errorf("%+v", plan)
		}
		_, err := d.Portfolio().Enact(byOf(d, 921), place(portfolio.Awaiting))
		refused(t, err, "error.unchanged")
		enact(t, decide(922, "Nyt udbud"), place(portfolio.Awaiting))
		if plan := d.initiative().Plan; plan.Reason != "Nyt udbud" || plan.Decision != 922 {
			t.Errorf("%+v", plan)
		}
	})
	t.Run("one decision moves, closes and settles, or does nothing at all", func(t *testing.T) {
		by, all := d.today(), place(portfolio.OutOfPlan)
		all.Closes, all.Homes = []portfolio.RoundID{round.ID}, map[portfolio.OverlapID]portfolio.ProgrammeID{1: d.x.KME}
		changes, err := d.Portfolio().Enact(by, all)
		if len(changes) != 0 {
			t.Errorf("%d changes beside a refusal", len(changes))
		}
		refusedAt(t, err, "close_rounds", "error.round_unscored")
		if err := d.score(d.x.Director, round, 1, given([]int{4, 2}, []int{2, 1})); err != nil {
			t.Fatal(err)
		}
		enact(t, by, all)
		p := d.Portfolio()
		if plan := d.initiative().Plan; plan.State != portfolio.OutOfPlan || plan.Reason != "Godkendt" || plan.Decision != by.Decision {
			t.Errorf("%+v", plan)
		}
		if p.Rounds.Get(round.ID).Closed == nil || p.Overlaps.Get(1).Home != d.x.KME {
			t.Error("the round is open, or the overlap has no home")
		}
		for _, c := range d.Changes[len(d.Changes)-3:] {
			if c.Event.Decision != by.Decision {
				t.Errorf("%s names decision %d", c.Event.Verb, c.Event.Decision)
			}
		}
	})
	t.Run("what is refused is said at its part, and without a decision nothing is changed", func(t *testing.T) {
		_, err := d.Portfolio().Enact(byOf(d, 922), place(portfolio.OutOfPlan))
		refusedAt(t, err, "plan.1", "error.unchanged")
		_, err = d.Portfolio().Enact(byOf(d, 922), portfolio.Ruling{Homes: map[portfolio.OverlapID]portfolio.ProgrammeID{1: 77}})
		refusedAt(t, err, "home.1", "error.unknown_programme")
		_, err = d.Portfolio().Enact(byOf(d, 0), place(portfolio.InPlan))
		refusedAt(t, err, "decision", "error.decision_required")
	})
	t.Run("each part asks for its own right", func(t *testing.T) {
		by := byOf(d, 922)
		by.User = d.Portfolio().Users.Get(d.x.Director)
		_, err := d.Portfolio().Enact(by, portfolio.Ruling{Closes: []portfolio.RoundID{round.ID}})
		if !portfolio.Is(err, portfolio.Forbidden) {
			t.Errorf("a director closes a round: %v", err)
		}
		_, err = d.Portfolio().Enact(by, portfolio.Ruling{Places: map[portfolio.InitiativeID]portfolio.Membership{77: portfolio.InPlan}})
		if !portfolio.Is(err, portfolio.NotFound) {
			t.Errorf("an initiative that there is not: %v", err)
		}
	})
}

// byOf is an act of the programme office that carries out a decision.
func byOf(d *desk, id portfolio.DecisionID) portfolio.By {
	by := d.By(d.x.Office, "")
	by.Decision = id
	return by
}

// refusedAt fails the test unless err refuses the field with the code.
func refusedAt(t *testing.T, err error, field, code string) {
	t.Helper()
	for _, e := range portfolio.AsRefusals(err) {
		if e.Field == field && e.Code == code {
			return
		}
	}
	t.Errorf("got %v, want %s at %s", err, code, field)
}
