package portfolio_test

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/portfoliotest"
)

var scale = []string{"slet ikke", "lidt", "noget", "meget", "helt"}

// newRound opens a round on the desk's items: value weighs 3, complexity, a cost, weighs 1.
func (d *desk) newRound(items int) *portfolio.Round {
	d.Helper()
	ids := []portfolio.ItemID{d.x.Item}
	for k := 2; k <= items; k++ {
		id, _ := d.NextID(portfolio.KindCatalogueItem)
		c, e, err := portfolio.NewItem(d.Portfolio(), d.decided(), portfolio.CatalogueItem{ID: portfolio.ItemID(id), No: k, Title: "Idé", Area: d.x.Area})
		kept(d, c, e, err)
		ids = append(ids, c.ID)
	}
	r, e, err := portfolio.NewRound(d.Portfolio(), d.By(d.x.Office, ""), portfolio.Round{
		ID: 1, Name: "Vinter", Period: "2018", Items: ids,
		Criteria: []portfolio.Criterion{{Name: "Værdi", Weight: 3, Scale: scale}, {Name: "Kompleksitet", Weight: 1, Scale: scale, Cost: true}},
	})
	return kept(d, r, e, err)
}

// today is an act of the programme office by a decision of a meeting on the day.
func (d *desk) today() portfolio.By {
	d.Helper()
	id, _ := d.NextID(portfolio.KindMeeting)
	m, e, err := portfolio.NewMeeting(d.By(d.x.Office, ""), portfolio.Meeting{ID: portfolio.MeetingID(id), Date: d.Day, Name: "Direktionen", Type: portfolio.BoardMeeting})
	kept(d, m, e, err)
	id, _ = d.NextID(portfolio.KindDecision)
	got, e, err := portfolio.NewDecision(d.Portfolio(), d.By(d.x.Office, ""), portfolio.Decision{ID: portfolio.DecisionID(id), Meeting: m.ID, Title: "Runden", Outcome: "Godkendt"})
	kept(d, got, e, err)
	return byOf(d, got.ID)
}

func given(scores ...[]int) (list []portfolio.Scored) {
	for k, s := range scores {
		list = append(list, portfolio.Scored{Item: portfolio.ItemID(k + 1), Scores: s})
	}
	return list
}

func (d *desk) score(by portfolio.UserID, r *portfolio.Round, id portfolio.ScoreID, list []portfolio.Scored) error {
	s, e, err := r.GiveScores(d.Portfolio(), d.By(by, ""), id, list)
	if err == nil {
		d.Save(s, e)
	}
	return err
}

func TestRound(t *testing.T) {
	d := newDesk(t)
	r := d.newRound(3)
	second, e, err := portfolio.NewUser(d.Portfolio(), d.By(d.x.Admin, ""), 90, portfolio.Director)
	kept(d, second, e, err)
	if err := d.score(d.x.Director, r, 1, given([]int{4, 2}, []int{2, 1}, []int{0, 0})); err != nil {
		t.Fatal(err)
	}
	if err := d.score(second.ID, r, 2, given([]int{2, 4}, []int{2, 1}, []int{0, 0})); err != nil {
		t.Fatal(err)
	}
	user := func(id portfolio.UserID) *portfolio.User { return d.Portfolio().Users.Get(id) }
	t.Run("while a round is open everybody sees his own scores and how many have scored", func(t *testing.T) {
		for who, want := range map[portfolio.UserID]int{d.x.Director: 1, second.ID: 1, d.x.Office: 0, d.x.Admin: 0, d.x.Viewer: 0} {
			if got := len(d.Portfolio().ScoresFor(user(who), r)); got != want {
				t.Errorf("user %d sees %d scores, want %d", who, got, want)
			}
		}
		if d.Portfolio().ScoredBy(r) != 2 {
			t.Error("it is not told that two have scored")
		}
	})
	t.Run("what is no score is refused at its place", func(t *testing.T) {
		refused(t, d.score(d.x.Director, r, 3, given([]int{6, 1})), "error.score")
		refused(t, d.score(d.x.Director, r, 3, []portfolio.Scored{{Item: 77, Scores: []int{1, 1}}}), "error.unknown_item")
		refused(t, d.score(d.x.Director, r, 3, given([]int{1})), "error.unknown_item")
	})
	t.Run("criteria stand once a score has been given", func(t *testing.T) {
		_, _, err := r.Edit(d.Portfolio(), d.By(d.x.Office, ""), *r)
		refused(t, err, "error.round_scored")
	})
	t.Run("it is closed by a decision, and is locked then", func(t *testing.T) {
		_, _, err := r.Close(d.Portfolio(), d.By(d.x.Office, ""))
		refused(t, err, "error.decision_required")
		_, _, err = r.Close(d.Portfolio(), d.decided())
		refusedAt(t, err, "decision", "error.decision_before_round")
		by := d.today()
		closed, e, err := r.Close(d.Portfolio(), by)
		r = kept(d, closed, e, err)
		refused(t, d.score(d.x.Director, r, 1, given([]int{1, 1})), "error.round_closed")
		if got := len(d.Portfolio().ScoresFor(user(d.x.Viewer), r)); got != 2 {
			t.Errorf("a viewer sees %d scores of the closed round", got)
		}
	})
	ranking := r.Ranking(d.Portfolio().ScoresFor(nil, r))
	t.Run("the ranking is what was worked out by hand", func(t *testing.T) {
		// item 1: value 3 and complexity 3 -> (3 x 3 + 1 x (6 - 3)) / 4 = 3; item 2: 2 and 1 -> (6 + 5) / 4 = 2.75
		if ranking[0].Item != 1 || ranking[0].Value != 3_000 || ranking[1].Item != 2 || ranking[1].Value != 2_750 || !ranking[2].Unscored || ranking[2].Rank != 0 {
			t.Errorf("%+v", ranking)
		}
		if ranking[0].Gap != 2 || ranking[0].Spreads[0] != 1_000 || ranking[1].Spreads[0] != 0 {
			t.Errorf("gap %d, spreads %v", ranking[0].Gap, ranking[0].Spreads)
		}
	})
	t.Run("a rank is firm while no change of weights within the share turns it", func(t *testing.T) {
		// 3w1 + 3w2 against 2w1 + 5w2: w1 > 2 w2; 3 x 0.8 = 2.4 and 2 x 1 x 1.2 = 2.4: at 20 % they meet, at 10 % the order stands
		for share, want := range map[portfolio.Basis]bool{1_000: true, 2_000: false, 5_000: false} {
			if got := r.Firm(ranking, share)[0]; got != want {
				t.Errorf("at %d: %t, want %t", share, got, want)
			}
		}
	})
}

func TestRankingProperties(t *testing.T) {
	criteria := []portfolio.Criterion{{Name: "a", Weight: 3}, {Name: "b", Weight: 2, Cost: true}, {Name: "c", Weight: 5}}
	r := &portfolio.Round{Items: []portfolio.ItemID{1, 2, 3, 4}, Criteria: criteria}
	draw := func(t *rapid.T) (list []*portfolio.Score) {
		for range rapid.IntRange(1, 3).Draw(t, "directors") {
			s := &portfolio.Score{}
			for _, id := range r.Items {
				s.Given = append(s.Given, portfolio.Scored{Item: id, Scores: rapid.SliceOfN(rapid.IntRange(1, 5), 3, 3).Draw(t, "scores")})
			}
			list = append(list, s)
		}
		return list
	}
	t.Run("the order of rows does not matter", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			scores := draw(t)
			first := r.Ranking(scores)
			other := *r
			other.Items = rapid.Permutation(r.Items).Draw(t, "items")
			slices.Reverse(scores)
			for k, one := range other.Ranking(scores) {
				if one.Item != first[k].Item || one.Value != first[k].Value {
					t.Fatalf("%+v and %+v", one, first[k])
				}
			}
		})
	})
	t.Run("a firm rank stands at any weights within the share", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			scores := draw(t)
			ranking := r.Ranking(scores)
			firm := r.Firm(ranking, 2_000)
			moved := &portfolio.Round{Items: r.Items, Criteria: slices.Clone(criteria)}
			for k := range moved.Criteria { // in thousandths, so that a fifth is whole
				moved.Criteria[k].Weight *= rapid.Int64Range(801, 1_199).Draw(t, "weight")
			}
			for k, one := range moved.Ranking(scores) {
				at := slices.IndexFunc(ranking, func(o portfolio.Ranked) bool { return o.Item == one.Item })
				if firm[at] && at != k {
					t.Fatalf("item %d was firm at %d and is at %d", one.Item, at, k)
				}
			}
		})
	})
}

func TestScenario(t *testing.T) {
	d := newDesk(t)
	s, e, err := portfolio.NewScenario(d.Portfolio(), d.By(d.x.Director, ""), portfolio.Scenario{ID: 1, Name: "Frem", Alterations: []portfolio.Alteration{
		{Kind: portfolio.Shift, Initiative: d.x.Initiative, Months: -2},
		{Kind: portfolio.ChangeAmount, Benefit: d.x.Benefit, Amount: amount.Exactly(2_400_000_00)},
	}})
	s = kept(d, s, e, err)
	p := d.Portfolio()
	under := p.Under(s.Alterations)
	t.Run("what if: nothing is written, and every figure can be asked for", func(t *testing.T) {
		// 2,400,000 less 600,000 a year from February: eleven months of 150,000
		if got := under.YearOf(d.x.DIGIT, 2018).Now.Net(); got != 1_650_000_00 {
			t.Errorf("under the scenario 2018 brings %d", got)
		}
		if got := p.YearOf(d.x.DIGIT, 2018).Now.Net(); got != 900_000_00 {
			t.Errorf("the portfolio itself now brings %d", got)
		}
	})
	t.Run("carried out by a decision it gives the figures it promised, and is locked", func(t *testing.T) {
		_, err := s.CarryOut(p, d.By(d.x.Director, ""))
		refused(t, err, "error.decision_required")
		changes, err := s.CarryOut(p, d.decided())
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range changes {
			d.Save(c.Record, c.Event)
		}
		if got := d.Portfolio().YearOf(d.x.DIGIT, 2018).Now; got != under.YearOf(d.x.DIGIT, 2018).Now {
			t.Errorf("it brings %v", got)
		}
		if plan := d.Portfolio().YearOf(d.x.DIGIT, 2018).Plan.Net(); plan != 900_000_00 {
			t.Errorf("the adopted plan is %d", plan)
		}
		_, _, err = d.Portfolio().Scenarios.Get(1).Edit(d.Portfolio(), d.By(d.x.Director, ""), *s)
		refused(t, err, "error.scenario_decided")
	})
}

func TestHoles(t *testing.T) {
	t.Run("the holes carried forward are the rows that bring less than the adopted plan", rapid.MakeCheck(func(t *rapid.T) {
		b := portfoliotest.NewBook()
		x := portfoliotest.Small(b)
		a := portfoliotest.NewActs(x)
		for range rapid.IntRange(1, 60).Draw(t, "acts") {
			b.Portfolio().YearOf(x.DIGIT, 2018) // so that the next is carried forward from it
			if _, _, err := a.Act(t, b); err != nil {
				t.Fatal(err)
			}
		}
		p := b.Portfolio()
		want := map[portfolio.InitiativeID]amount.Money{}
		for _, row := range p.YearOf(x.DIGIT, 2018).Rows() {
			less := row.Plan.Net() - row.Now.Net()
			if row.Initiative.Plan.State != portfolio.InPlan {
				less = row.Plan.Net() - row.Confirmed.Net() - row.Claimed.Net()
			}
			if less > 0 {
				want[row.Initiative.ID] = less
			}
		}
		got := map[portfolio.InitiativeID]amount.Money{}
		for _, h := range p.Holes(x.DIGIT, 2018) {
			got[h.Initiative.ID] = h.InYear
		}
		if !maps.Equal(got, want) {
			t.Fatalf("holes %v, the rows have %v", got, want)
		}
	}))
}

func TestBringForward(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := newDesk(t)
		d.add(project{
			title: "Breve", stage: rapid.SampledFrom([]portfolio.Stage{portfolio.Selected, portfolio.Started, portfolio.Implemented}).Draw(rt, "stage"),
			gross: rapid.Int64Range(1, 999).Draw(rt, "gross"), running: rapid.Int64Range(0, 99).Draw(rt, "running"), from: 12,
		})
		p := d.Portfolio()
		before := p.YearOf(d.x.DIGIT, 2018)
		for _, f := range p.BringForward(d.x.DIGIT, 2018) {
			after := p.Under([]portfolio.Alteration{{Kind: portfolio.Shift, Initiative: f.Initiative.ID, Months: -f.Months}}).YearOf(d.x.DIGIT, 2018)
			if f.InYear != after.Now.Net()-before.Now.Net() || f.Weighted != after.Weighted-before.Weighted || f.InYear <= 0 {
				rt.Fatalf("%s: it says %d (%d), the scenario gives %d (%d)", f.Initiative.Title, f.InYear, f.Weighted,
					after.Now.Net()-before.Now.Net(), after.Weighted-before.Weighted)
			}
		}
	})
	t.Run("an initiative that slipped makes a hole", func(t *testing.T) {
		d := newDesk(t)
		changes, err := d.initiative().ReportDelay(d.Portfolio(), d.By(d.x.Owner, "leverandøren"), 6)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range changes {
			d.Save(c.Record, c.Event)
		}
		holes := d.Portfolio().Holes(d.x.DIGIT, 2018)
		if len(holes) != 1 || holes[0].InYear != 600_000_00 || holes[0].Level != 0 {
			t.Errorf("%+v", holes)
		}
	})
}
