package store_test

import (
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/portfoliotest"
	"gevinst/portfolio/store"
)

var (
	invented = portfolio.Source{Example: true}
	minutes  = portfolio.Source{Document: "2017-1", Quote: "ca. 1,5 mio."}
)

func TestRemoveExamples(t *testing.T) {
	forEach(t, func(t *testing.T, s *store.Store, x portfoliotest.World) {
		// do carries out a verb by the programme office, with a source.
		do := func(src portfolio.Source, verb func(p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error)) {
			t.Helper()
			write(t, s, func(tx *store.Tx) error {
				by := tx.By(x.Office, "")
				by.Source, by.Decision = src, x.Decision
				r, e, err := verb(tx.Portfolio(), by)
				if err == nil {
					tx.Save(r, e)
				}
				return err
			})
		}
		type (
			pf  = *portfolio.Portfolio
			by  = portfolio.By
			rec = portfolio.Record
			ev  = portfolio.Event
		)
		initiative := func(id portfolio.InitiativeID, title string) portfolio.Initiative {
			return portfolio.Initiative{ID: id, Title: title, Programme: x.DIGIT, Background: portfolio.NewIdea, Area: x.Area}
		}
		edit := func(src portfolio.Source, id portfolio.InitiativeID, kroner int64, summary string) {
			t.Helper()
			do(src, func(p pf, by by) (rec, ev, error) {
				return p.Initiatives.Get(id).Edit(p, by, portfolio.Initiative{OneOff: amount.Exactly(amount.Money(kroner) * amount.Krone), Summary: summary})
			})
		}
		const fact, plain, fiction, lent = 2, 3, 4, 5
		write(t, s, func(tx *store.Tx) error { // the numbers that are given below
			for kind, n := range map[portfolio.Kind]int64{portfolio.KindInitiative: 4, portfolio.KindBenefit: 2, portfolio.KindDecision: 1} {
				if _, err := tx.Reserve(kind, n); err != nil {
					return err
				}
			}
			return nil
		})
		for id, src := range map[portfolio.InitiativeID]portfolio.Source{fact: minutes, plain: minutes, fiction: invented, lent: invented} {
			do(src, func(p pf, by by) (rec, ev, error) { return portfolio.NewInitiative(p, by, initiative(id, "Indsats")) })
		}
		edit(minutes, fact, 1_500_000, "")                     // the document states a cost,
		edit(invented, fact, 900_000, "opdigtet")              // the example another, and a summary,
		edit(invented, plain, 100_000, "opdigtet")             // and here it invents both,
		edit(portfolio.Source{}, plain, 100_000, "som vi ved") // of which a user changes one
		do(invented, func(p pf, by by) (rec, ev, error) { return p.Initiatives.Get(fact).Assign(p, by, x.Owner, x.Owner) })
		do(portfolio.Source{}, func(p pf, by by) (rec, ev, error) { return p.Initiatives.Get(fact).Assign(p, by, x.Owner, x.Stranger) })
		cash := func(id portfolio.BenefitID, of portfolio.InitiativeID) portfolio.Benefit {
			return portfolio.Benefit{
				ID: id, Initiative: of, Title: "Gevinst", Type: portfolio.Efficiency, Cash: &portfolio.Cash{Step: portfolio.BudgetReduction},
				Terms: portfolio.Terms{From: amount.NewMonth(2018, 1), Gross: amount.Exactly(1_200_000 * amount.Krone)},
			}
		}
		do(invented, func(p pf, by by) (rec, ev, error) { return portfolio.NewBenefit(p, by, cash(3, fiction)) })
		do(portfolio.Source{}, func(p pf, by by) (rec, ev, error) { return portfolio.NewBenefit(p, by, cash(4, lent)) })
		do(invented, func(p pf, by by) (rec, ev, error) {
			return p.Initiatives.Get(fiction).SetPlan(p, by, portfolio.InPlan, "")
		})
		write(t, s, func(tx *store.Tx) error { _, err := claim(tx, x.Office, 3, 1, 2); return err })
		do(invented, func(p pf, by by) (rec, ev, error) {
			return portfolio.NewDecision(p, by, portfolio.Decision{ID: 2, Meeting: x.Meeting, Title: "Opdigtet", Outcome: "Godkendt"})
		})
		write(t, s, func(tx *store.Tx) error { // a fact's place in the plan, by an invented decision
			by := tx.By(x.Office, "")
			by.Source, by.Decision = invented, 2
			i, e, err := tx.Portfolio().Initiatives.Get(fact).SetPlan(tx.Portfolio(), by, portfolio.InPlan, "")
			if err == nil {
				tx.Save(i, e)
			}
			return err
		})
		sound(t, s)
		before := snapshot(t, s)

		t.Run("only the programme office may", func(t *testing.T) {
			_, err := s.RemoveExamples(t.Context(), x.Viewer)
			refusedAs(t, err, portfolio.Forbidden, "error.forbidden")
			if snapshot(t, s) != before {
				t.Error("something was removed")
			}
		})
		if _, err := s.RemoveExamples(t.Context(), x.Office); err != nil {
			t.Fatal(err)
		}
		p := snapshot(t, s)
		i := p.Initiatives.Get(fact)
		t.Run("an invented value gives way to the fact before it, with the fact's source", func(t *testing.T) {
			if i.OneOff != amount.Exactly(1_500_000*amount.Krone) || i.Sources.Of("one_off") != minutes {
				t.Errorf("%+v from %+v, want 1,500,000 kr. of the minutes", i.OneOff, i.Sources.Of("one_off"))
			}
		})
		t.Run("an invented value without a fact before it gives way to the unknown", func(t *testing.T) {
			if i.Summary != "" || i.ProjectOwner != 0 || i.Plan.State != 0 {
				t.Errorf("summary %q, owner %d, plan %+v, want none", i.Summary, i.ProjectOwner, i.Plan)
			}
			if c := p.Initiatives.Get(plain); c.OneOff.Known {
				t.Errorf("a cost of %+v, want unknown", c.OneOff)
			}
		})
		t.Run("what a user has changed stays", func(t *testing.T) {
			if i.BenefitOwner != x.Stranger {
				t.Errorf("benefit owner %d, want %d", i.BenefitOwner, x.Stranger)
			}
			if c := p.Initiatives.Get(plain); c.Summary != "som vi ved" {
				t.Errorf("summary %q, want the user's", c.Summary)
			}
		})
		t.Run("what is invented altogether is gone, and its history is not", func(t *testing.T) {
			if p.Initiatives.Get(fiction) != nil || p.Benefits.Get(3) != nil || p.Decisions.Get(2) != nil {
				t.Error("it is still there")
			}
			if p.Initiatives.Ever(fiction) == nil {
				t.Error("its history is gone")
			}
			list, err := s.Entries(t.Context(), p, store.EntryFilter{Benefits: []portfolio.BenefitID{3}, Limit: 10})
			if err != nil || len(list) != 1 || !list[0].Example() {
				t.Errorf("entries %v, %v; want the invented one with its mark", list, err)
			}
			if y := p.YearOf(x.DIGIT, 2018); y.Claimed != (portfolio.Gain{}) {
				t.Errorf("claimed %v, want nothing", y.Claimed)
			}
		})
		t.Run("what a user's own record names stays, with its mark", func(t *testing.T) {
			if c := p.Initiatives.Get(lent); c == nil || !c.Example() {
				t.Errorf("initiative %+v, want the invented one", c)
			}
		})
		t.Run("the past still shows the examples", func(t *testing.T) {
			was, err := s.At(t.Context(), before.Seq, before.Today)
			if err != nil {
				t.Fatal(err)
			}
			same(t, "the past", was, before)
		})
		t.Run("a second time there is nothing to remove", func(t *testing.T) {
			if n, err := s.RemoveExamples(t.Context(), x.Office); n != 0 || err != nil {
				t.Errorf("removed %d, %v", n, err)
			}
		})
		sound(t, s)
	})
}
