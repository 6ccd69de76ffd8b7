package portfolio_test

import (
	"math"
	"strings"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// What is stored is added up, drawn and listed for years: a value out of all reason must not come in.
func TestBounds(t *testing.T) {
	d := newDesk(t)
	cash := &portfolio.Cash{Step: portfolio.BudgetReduction}
	long := strings.Repeat("x", 201)
	for title, c := range map[string]struct {
		b    portfolio.Benefit
		want string
	}{
		"a price level of year -1":         {portfolio.Benefit{Type: portfolio.Efficiency, Cash: cash, PriceYear: -1}, "error.year"},
		"a price level of no year":         {portfolio.Benefit{Type: portfolio.Efficiency, Cash: cash, PriceYear: math.MaxInt}, "error.year"},
		"more hours than there are":        {portfolio.Benefit{Type: portfolio.Efficiency, Time: &portfolio.FreedTime{HoursPerYear: math.MaxInt64}}, "error.too_many"},
		"a rate above every amount":        {portfolio.Benefit{Type: portfolio.Efficiency, Time: &portfolio.FreedTime{Rate: amount.Max + 1}}, "error.too_large"},
		"a target that no arithmetic has":  {portfolio.Benefit{Type: portfolio.Service, Indicator: &portfolio.Indicator{Unit: "%", Target: math.MinInt64}}, "error.too_many"},
		"a baseline that none has":         {portfolio.Benefit{Type: portfolio.Service, Indicator: &portfolio.Indicator{Unit: "%", Baseline: math.MaxInt64}}, "error.too_many"},
		"a unit as long as a story":        {portfolio.Benefit{Type: portfolio.Service, Indicator: &portfolio.Indicator{Unit: long}}, "error.too_long"},
		"an account as long as a story":    {portfolio.Benefit{Type: portfolio.Efficiency, Cash: &portfolio.Cash{Step: portfolio.BudgetReduction, Account: long}}, "error.too_long"},
		"a ramp of more than a claim has":  {portfolio.Benefit{Type: portfolio.Efficiency, Cash: cash, Terms: portfolio.Terms{Ramp: slowly(121)}}, "error.too_many"},
		"a ramp of as much as a claim has": {portfolio.Benefit{Type: portfolio.Efficiency, Cash: cash, Terms: portfolio.Terms{Ramp: slowly(120)}}, ""},
	} {
		t.Run("a gain with "+title+" is refused unless it can be counted with", func(t *testing.T) {
			c.b.ID, c.b.Initiative, c.b.Title = 9, d.x.Initiative, "Gevinst"
			_, _, err := portfolio.NewBenefit(d.Portfolio(), d.decided(), c.b)
			if c.want != "" {
				refused(t, err, c.want)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
	t.Run("a claim is no larger in all than an amount may be, however many months it has", func(t *testing.T) {
		e := portfolio.Entry{ID: 1, Benefit: d.x.Benefit}
		for m := range 120 {
			e.Months = append(e.Months, portfolio.MonthGain{Month: month(4) + portfolio.Month(m), Gross: amount.Max, Running: -amount.Max})
		}
		refused(t, err3(portfolio.NewClaim(d.Portfolio(), d.By(d.x.Owner, ""), e)), "error.too_large")
		e.Months = e.Months[:1]
		if _, _, err := portfolio.NewClaim(d.Portfolio(), d.By(d.x.Owner, ""), e); err != nil {
			t.Error(err)
		}
	})
	t.Run("work is planned within the years that money is", func(t *testing.T) {
		i := d.Portfolio().Initiatives.Get(d.x.Initiative)
		for _, s := range []portfolio.Schedule{{Start: amount.NewMonth(1, 1)}, {Done: amount.NewMonth(9999, 12)}} {
			to := *i
			to.Now = s
			refused(t, err3(i.Edit(d.Portfolio(), d.By(d.x.Owner, ""), to)), "error.month")
			to.ID = 9
			refused(t, err3(portfolio.NewInitiative(d.Portfolio(), d.By(d.x.Office, ""), to)), "error.month")
		}
	})
	t.Run("a decision's parts are as long as an agenda's", func(t *testing.T) {
		for title, c := range map[string]struct {
			of   portfolio.Decision
			want string
		}{
			"case":            {portfolio.Decision{Case: long}, "error.too_long"},
			"recommender":     {portfolio.Decision{Recommender: long}, "error.too_long"},
			"waiting":         {portfolio.Decision{Waiting: strings.Repeat("x", 20_001)}, "error.too_long"},
			"recommendations": {portfolio.Decision{Recommendations: []string{"a", strings.Repeat("x", 20_001)}}, "error.too_long"},
			"follow-ups":      {portfolio.Decision{FollowUps: []string{strings.Repeat("x", 20_001)}}, "error.too_long"},
			"item":            {portfolio.Decision{Item: math.MaxInt}, "error.too_many"},
		} {
			c.of.ID, c.of.Meeting, c.of.Title, c.of.Outcome = 9, d.x.Meeting, "Sag", "Godkendes."
			_, _, err := portfolio.NewDecision(d.Portfolio(), d.By(d.x.Office, ""), c.of)
			t.Run(title, func(t *testing.T) { refused(t, err, c.want) })
		}
	})
}

// slowly is a ramp that reaches the whole in its last month.
func slowly(months int) amount.Ramp {
	ramp := make(amount.Ramp, months)
	ramp[months-1] = 10_000
	return ramp
}
