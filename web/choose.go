package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/selection"
)

func (s *Server) chooseRoutes() []route {
	return []route{{
		method: http.MethodGet, pattern: "/priorities/selection", action: portfolio.ViewPortfolio, page: s.choose, view: chooseView{},
		query: fields{
			"programme": "", "value": "", "year": 0, "round": portfolio.RoundID(0), "asked": false, "must": []string{}, "floor": amount.Figure{},
			"limit_1": amount.Figure{}, "limit_2": amount.Figure{}, "limit_3": amount.Figure{},
			"capacity": []string{}, "days": []string{}, "free": []string{},
		},
	}}
}

// The values that a selection can go by.
const (
	byEffect = "effect"
	byNPV    = "npv"
	byScore  = "score"
)

// limitYears is how many years of investment a selection limits, the chosen one first.
const limitYears = 3

// chooseView is a selection under limits: the question, which is all in the address, and the answer.
type chooseView struct {
	AsOf  portfolio.Date `json:"as_of"`
	Value string         `json:"value"`
	Year  int            `json:"year"`
	// Limits are what may be invested in each year, null for no limit; Floor is what the year's effect must come to at least.
	Limits []limitView `json:"limits"`
	Floor  ore         `json:"floor_ore"`
	// Capacity are what may be taken of the areas in each year.
	Capacity []*capacityLimit `json:"capacity"`
	// Items are the initiatives with what the choice needs to know of them; LeftOut are those of which something is not known.
	Items   []candidate `json:"items"`
	LeftOut []leftOut   `json:"left_out"`
	// Found tells that there is a choice, Proven that none is better. Total is its value: øre, or thousandths of a point.
	Found  bool  `json:"found"`
	Proven bool  `json:"proven"`
	Total  int64 `json:"total"`
	Bound  int64 `json:"bound"`
	Effect ore   `json:"effect_ore"`
	// Missing is, where nothing meets the question, how far the nearest choice is from each limit and floor, in words; or why there
	// is no answer.
	Missing []string `json:"missing"`
	Example bool     `json:"example"`

	CapacityGroups         []capacityGroup          `json:"-"`
	CapacityHref           string                   `json:"-"`
	CapacityWords          string                   `json:"-"`
	CapacityOpen           bool                     `json:"-"` // the address holds a number or a limit that is off
	MustWords              string                   `json:"-"`
	Heading                string                   `json:"-"` // of Missing
	RoundError             string                   `json:"-"`
	held                   []bound                  // the dimensions of the question, in their order
	TotalWords, BoundWords string                   `json:"-"`
	Values                 []optionView             `json:"-"`
	Rounds                 []optionView             `json:"-"`
	Drop                   []portfolio.InitiativeID `json:"-"`
	MayKeep                bool                     `json:"-"`
	Share                  string                   `json:"-"`
	Name                   string                   `json:"-"`
	FloorText              string                   `json:"-"`
}

type limitView struct {
	Year  int `json:"year"`
	Limit ore `json:"limit_ore"`
	Used  ore `json:"used_ore"`

	Name, Label, Column, Text string
}

// candidate is an initiative that can be chosen, and why it is in or out.
type candidate struct {
	ID     portfolio.InitiativeID `json:"initiative"`
	Title  string                 `json:"title"`
	Stage  portfolio.Stage        `json:"stage"`
	Value  int64                  `json:"value"`
	Effect ore                    `json:"effect_ore"`
	// Invest is what it is still to cost in each of the limits' years; Spent is what it has cost in them already.
	Invest []ore `json:"investment_ore"`
	Spent  []ore `json:"spent_ore"`
	// Days are the person-days that it takes of each of the view's capacities; EffortKnown tells whether that has been stated.
	Days        []int64 `json:"days"`
	EffortKnown bool    `json:"effort_known"`
	// Requires and Excludes are the other candidates that it can only be chosen with, and those that it cannot be chosen beside.
	Requires  []portfolio.InitiativeID `json:"requires"`
	Excludes  []portfolio.InitiativeID `json:"excludes"`
	Mandatory bool                     `json:"mandatory"`
	// Begun tells that it is mandatory because its work has begun.
	Begun   bool   `json:"begun"`
	Chosen  bool   `json:"chosen"`
	Why     string `json:"why"`
	Href    string `json:"href"`
	Example bool   `json:"example"`

	ValueWords, DaysWords string `json:"-"`
}

// leftOut is an initiative of which the selection does not know enough, or a ranked idea that has become none: its ID is 0.
type leftOut struct {
	ID     portfolio.InitiativeID `json:"initiative"`
	Item   portfolio.ItemID       `json:"item"`
	Title  string                 `json:"title"`
	Reason string                 `json:"reason"`
	Href   string                 `json:"href"`

	TakeIn string `json:"-"` // where the idea can be selected
}

// chooseTime is how long a page may search, reasons included: a page is to be there within a second.
const chooseTime = 900 * time.Millisecond

// choose is the page of a selection under limits.
func (s *Server) choose(r *request) (*page, error) {
	g := r.programme()
	v := &chooseView{AsOf: r.shownDay(), MayKeep: r.may(portfolio.KeepScenario, nil), Share: r.self()}
	pg := &page{Template: "choose", Title: r.say("choose.title"), View: v}
	if g == nil {
		return pg, nil
	}
	f := form{Values: r.query}
	v.Value, v.Year = f.get("value"), int(f.int("year"))
	if v.Value == "" {
		v.Value = byEffect
	}
	if v.Year == 0 {
		v.Year = r.defaultYear(g)
	}
	if !slices.Contains([]string{byEffect, byNPV, byScore}, v.Value) {
		f.bad("value", "error.choice", v.Value)
	}
	if v.Year < firstYear || v.Year > lastYear {
		f.bad("year", "error.year")
	}
	v.Floor, v.FloorText = ore{f.figure("floor")}, f.get("floor")
	for k := range limitYears {
		name := fmt.Sprintf("limit_%d", k+1)
		v.Limits = append(v.Limits, limitView{Year: v.Year + k, Limit: ore{f.figure(name)}, Name: name, Text: f.get(name), Label: r.say("choose.limit", v.Year+k), Column: r.say("choose.investment", v.Year+k)})
	}
	round := r.p.Rounds.Get(portfolio.RoundID(f.int("round")))
	v.offer(r, round)
	if err := f.err(); err != nil {
		return nil, err
	}
	asked := v.asked(r, g)
	v.limitCapacity(r, asked, &f)
	v.CapacityHref = r.link(fmt.Sprintf("/capacity?year=%d", v.Year))
	if err := f.err(); err != nil {
		return nil, err
	}
	if v.Value == byScore && (round == nil || round.Closed == nil) {
		v.RoundError = r.say("choose.pick_round")
		v.unanswered(r, v.RoundError)
		v.summarise(r)
		return pg, nil
	}
	v.candidates(r, asked, round, &f)
	err := v.solve(r)
	v.summarise(r)
	return pg, err
}

func (v *chooseView) offer(r *request, round *portfolio.Round) {
	for _, value := range []struct{ code, text string }{{byEffect, r.say("choose.by_effect")}, {byNPV, r.say("choose.by_npv")}, {byScore, r.say("choose.by_score")}} {
		v.Values = append(v.Values, optionView{Value: value.code, Label: value.text, Selected: value.code == v.Value})
	}
	v.Rounds = []optionView{{Label: r.say("choose.no_round")}}
	for closed := range r.p.Rounds.All() {
		if closed.Closed != nil {
			v.Rounds = append(v.Rounds, optionView{Value: strconv.FormatInt(int64(closed.ID), 10), Label: closed.Name, Selected: closed == round})
		}
	}
	v.Name = r.say("choose.scenario_name", v.Year)
}

// asked are the initiatives that the choice is about: those of the programme's plan that are not closed.
func (v *chooseView) asked(r *request, g *portfolio.Programme) (rows []*portfolio.InitiativeYear) {
	for _, row := range r.p.YearOf(g.ID, v.Year).Rows() {
		if i := row.Initiative; i.Plan.State == portfolio.InPlan && !row.Outside && i.Stage != portfolio.Closed {
			rows = append(rows, row)
		}
	}
	return rows
}

// candidates reads what the choice needs of each initiative in the plan. One without it is listed with the reason.
func (v *chooseView) candidates(r *request, asked []*portfolio.InitiativeYear, round *portfolio.Round, f *form) {
	scores := map[portfolio.ItemID]int64{}
	if round != nil && round.Closed != nil {
		for _, ranked := range round.Ranking(r.p.ScoresFor(r.user, round)) {
			if !ranked.Unscored {
				scores[ranked.Item] = ranked.Value
			}
		}
	}
	for _, row := range asked {
		i := row.Initiative
		c := candidate{ID: i.ID, Title: i.Title, Stage: i.Stage, Effect: exactly(row.Now.Net()), Href: r.link(fmt.Sprintf("/initiatives/%d", i.ID)), Example: row.Invented > 0}
		c.Mandatory, c.Begun = v.mandatory(r, i, f)
		reason := v.value(r, row, scores, &c)
		if reason == "" {
			reason = v.invest(r, i, &c)
		}
		if reason == "" {
			reason = v.effort(r, i, &c)
		}
		if reason == "" && v.Floor.Known && c.Effect.Ore < 0 {
			reason = r.say("choose.negative", v.Year)
		}
		if reason != "" {
			v.LeftOut = append(v.LeftOut, leftOut{ID: i.ID, Title: i.Title, Reason: reason, Href: c.Href})
			continue
		}
		v.Example = v.Example || c.Example
		v.Items = append(v.Items, c)
	}
	v.tie(r)
	v.holdBegun(r, asked)
	if v.Value == byScore {
		v.ideas(r, round, scores)
	}
}

// value is what an initiative is worth in the choice; a reason where it is not known.
func (v *chooseView) value(r *request, row *portfolio.InitiativeYear, scores map[portfolio.ItemID]int64, c *candidate) (reason string) {
	if row.Unknown > 0 || len(r.p.BenefitsOf(row.Initiative.ID)) == 0 {
		return r.say("choose.no_amount")
	}
	switch v.Value {
	case byEffect:
		c.Value = int64(row.Now.Net())
	case byNPV:
		npv, ok := r.presentValue(row.Initiative.ID)
		if !ok {
			return r.say("choose.no_case")
		}
		c.Value = int64(npv)
	case byScore:
		score, ok := scores[row.Initiative.Item]
		if !ok || row.Initiative.Item == 0 {
			return r.say("choose.not_scored")
		}
		c.Value = score
	}
	c.ValueWords = v.words(r, c.Value)
	return ""
}

// words writes a value: kroner, or points of a score.
func (v *chooseView) words(r *request, n int64) string {
	if v.Value == byScore {
		return r.say("choose.points", r.points(n))
	}
	m := amount.Money(n)
	if v.Value == byNPV {
		m = roughly(m)
	}
	return r.lang.Style.Figure(amount.Exactly(m))
}

// roughly is an estimate of many years without the figures that say nothing: in whole thousands of kroner, in kroner below one.
func roughly(m amount.Money) amount.Money {
	unit := 1_000 * amount.Krone
	if -unit < m && m < unit {
		unit = amount.Krone
	}
	return amount.MulDiv(m, 1, int64(unit)) * unit
}

// unanswered says why the question has no answer.
func (v *chooseView) unanswered(r *request, why string) {
	v.Heading, v.Missing = r.say("choose.no_answer"), []string{why}
}

func (v *chooseView) solve(r *request) error {
	end, err := r.s.searches.take(r.Context(), r.user.ID)
	if err != nil {
		return err
	}
	defer end()
	ctx, cancel := context.WithTimeout(r.Context(), chooseTime)
	defer cancel()
	p := v.problem()
	if len(p.Limits) > selection.MaxLimits {
		v.unanswered(r, r.say("choose.too_many_limits", selection.MaxLimits))
		return nil
	}
	result, err := selection.Solve(ctx, p)
	if err != nil {
		return refuseSelection(err)
	}
	switch {
	case result.Infeasible != nil:
		v.Heading, v.Missing = r.say("choose.impossible"), v.impossible(r, result.Infeasible)
		return nil
	case !result.Found:
		v.unanswered(r, r.say("selection.time_over"))
		return nil
	}
	v.Found, v.Proven, v.Total, v.Bound = true, result.Proven, result.Value, result.Bound
	v.TotalWords, v.BoundWords = v.words(r, v.Total), v.words(r, v.Bound)
	why, err := selection.Explain(ctx, p, result, chooseTime/time.Duration(2*max(1, len(p.Items))))
	if err != nil {
		return refuseSelection(err)
	}
	reasons := map[string]selection.Why{}
	for _, w := range why {
		reasons[w.ID] = w
	}
	used, effect := make([]amount.Money, len(v.Limits)), amount.Money(0)
	for k := range v.Items {
		c := &v.Items[k]
		c.Chosen = reasons[itemID(c.ID)].Chosen
		if !c.Chosen {
			v.Drop = append(v.Drop, c.ID)
			continue
		}
		effect += c.Effect.Ore
		for d := range used {
			used[d] += c.Invest[d].Ore
		}
		for k, days := range c.Days {
			v.Capacity[k].Used += days
		}
	}
	for k := range v.Items {
		c := &v.Items[k]
		c.Why = v.why(r, reasons[itemID(c.ID)]) + v.ties(r, c)
		if c.Begun {
			c.Why = r.say("choose.begun") + " " + c.Why
		}
	}
	v.sayUsed(r)
	v.Effect = exactly(effect)
	for d := range used {
		v.Limits[d].Used = exactly(used[d])
	}
	return nil
}
