package portfolio_test

import (
	"testing"

	"gevinst/portfolio"
)

func TestMovable(t *testing.T) {
	d := newDesk(t)
	d.add(project{title: "Breve", stage: portfolio.Selected, gross: 12, from: 12})
	var moved *portfolio.Initiative
	for i := range d.Portfolio().Initiatives.All() {
		moved = i // the one that was added last
	}
	propose := func(months int) error {
		_, _, err := portfolio.NewScenario(d.Portfolio(), d.By(d.x.Director, ""), portfolio.Scenario{
			ID: 1, Name: "Flyt", Alterations: []portfolio.Alteration{{Kind: portfolio.Shift, Initiative: moved.ID, Months: months}},
		})
		return err
	}
	p := d.Portfolio()
	m, err := p.Movable(moved.ID)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("an effect that has not begun is moved, but into no month that has ended", func(t *testing.T) {
		if !m.Effect || m.Month != p.BenefitsOf(moved.ID)[0].From || m.Earliest != portfolio.Ended(p.Today) {
			t.Errorf("%+v", m)
		}
		if err := propose(int(m.Earliest - m.Month)); m.Earliest < m.Month && err != nil {
			t.Error(err)
		}
		refused(t, propose(int(m.Earliest-m.Month)-1), "error.shift_past")
		if err := propose(60); err != nil {
			t.Error(err)
		}
	})
	t.Run("what the scenario held before may stand there although it has begun, and no more of it is added", func(t *testing.T) {
		s, e, err := portfolio.NewScenario(p, d.By(d.x.Director, ""), portfolio.Scenario{
			ID: 1, Name: "Flyt", Alterations: []portfolio.Alteration{{Kind: portfolio.Shift, Initiative: moved.ID, Months: 1}},
		})
		s = kept(d, s, e, err)
		begun := d.Portfolio().Extend(portfolio.Change{Record: &portfolio.Entry{
			ID: 900, Benefit: p.BenefitsOf(moved.ID)[0].ID, Months: []portfolio.MonthGain{{Month: m.Month, Gross: 1}},
		}, Event: portfolio.Event{Verb: "entry.claim"}})
		to := *s
		to.Name = "Flyttet"
		if _, _, err := s.Edit(begun, d.By(d.x.Director, ""), to); err != nil {
			t.Errorf("its name: %v", err)
		}
		to.Alterations = append(to.Alterations, portfolio.Alteration{Kind: portfolio.Shift, Initiative: moved.ID, Months: 2})
		_, _, err = s.Edit(begun, d.By(d.x.Director, ""), to)
		refused(t, err, "error.shift_begun")
	})
}
