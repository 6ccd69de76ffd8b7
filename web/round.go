package web

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/store"
	"gevinst/web/chart"
)

// roundView is a scoring round. While it is open nobody sees another's scores, and only those who hold rounds see the weights;
// when it is closed everybody sees all.
type roundView struct {
	AsOf     portfolio.Date    `json:"as_of"`
	ID       portfolio.RoundID `json:"id"`
	Version  int64             `json:"version"`
	Name     string            `json:"name"`
	Period   string            `json:"period"`
	Opened   portfolio.Date    `json:"opened"`
	OpenedBy string            `json:"opened_by"`
	Closed   *roundClosed      `json:"closed"`
	Scored   int               `json:"directors_who_have_scored"`
	Criteria []criterionView   `json:"criteria"`
	// Items are by catalogue number while the round is open, by rank when it is closed.
	Items []roundItem `json:"items"`
	// Next is always null: a round is one page.
	Next    *int64 `json:"next"`
	Example bool   `json:"example"`

	Effect   string      `json:"-"`
	Years    []choice    `json:"-"`
	Chart    chart.Chart `json:"-"`
	Score    *scoreForm  `json:"-"`
	Close    *recordForm `json:"-"`
	EditHref string      `json:"-"`
	Mine     bool        `json:"-"`
	Links    listLinks   `json:"-"`
	ListHref string      `json:"-"`
	Firm     []firmHead  `json:"-"`
	Weights  bool        `json:"-"`
}

type firmHead struct{ Short, Long string }

// roundClosed tells by what a round was closed.
type roundClosed struct {
	On       portfolio.Date       `json:"on"`
	By       string               `json:"by"`
	Decision portfolio.DecisionID `json:"decision"`
	Title    string               `json:"decision_title"`

	Href string `json:"-"`
}

// criterionView is a criterion; its weight is null for those who may not see it yet.
type criterionView struct {
	Name   string   `json:"name"`
	Weight *int64   `json:"weight"`
	Scale  []string `json:"scale"`
	Cost   bool     `json:"cost"`

	Steps []scaleStep `json:"-"`
}

// scaleStep is a score and what it means.
type scaleStep struct {
	No   int
	Word string
}

// roundItem is an item of a round. What the scores add up to is null while the round is open; values, means and spreads are in
// thousandths of a point.
type roundItem struct {
	No        int    `json:"no"`
	Title     string `json:"title"`
	Mandatory bool   `json:"mandatory"`
	Href      string `json:"href"`
	Example   bool   `json:"example"`
	// Mine are the reader's own scores by criterion, 0 where none is given; empty where he has not scored.
	Mine []int `json:"my_scores"`

	Rank      *int    `json:"rank"`
	Value     *int64  `json:"value_thousandths"`
	Means     []int64 `json:"means_thousandths"`
	Spreads   []int64 `json:"spreads_thousandths"`
	Gap       *int    `json:"greatest_gap"`
	Disagreed *bool   `json:"disagreed"`
	// Firm10, Firm20 and Firm50 tell whether the rank stands whatever happens to each weight within that many per cent.
	Firm10 *bool       `json:"firm_10"`
	Firm20 *bool       `json:"firm_20"`
	Firm50 *bool       `json:"firm_50"`
	Given  []givenView `json:"scores"`

	Effect ore    `json:"-"`
	Firm   []bool `json:"-"`
	// Points is the value, and Spread the widest spread, in words.
	Points, Spread string      `json:"-"`
	Apart          bool        `json:"-"`
	Parts          []scorePart `json:"-"`
}

// givenView is what one director gave an item.
type givenView struct {
	By     string `json:"by"`
	Scores []int  `json:"scores"`
}

// scorePart is a criterion's part in an item's value.
type scorePart struct {
	Name, Weight, Mean, Spread string
	Scores                     []string
	Apart                      bool
}

// disagreement is from how many points between two directors on one criterion a round says that they disagree.
const disagreement = 2

func (s *Server) round(r *request) (*page, error) {
	id, err := pathID(r, portfolio.KindRound)
	if err != nil {
		return nil, err
	}
	return r.roundPage(portfolio.RoundID(id))
}

func (r *request) roundPage(id portfolio.RoundID) (*page, error) {
	round := r.p.Rounds.Get(id)
	if round == nil {
		return nil, portfolio.Missing(portfolio.KindRound, int64(id))
	}
	r.path = fmt.Sprintf("/priorities/%d", id)
	v := &roundView{
		AsOf: r.shownDay(), ID: id, Version: round.Version, Name: round.Name, Period: round.Period, Opened: store.DayOf(round.Opened.At),
		OpenedBy: r.name(round.Opened.By), Scored: r.p.ScoredBy(round), Example: round.AnyExample(), Links: r.listLinks(0, nil),
		ListHref: r.link("/priorities"), Weights: r.seesWeights(round),
	}
	for _, c := range round.Criteria {
		view := criterionView{Name: c.Name, Scale: c.Scale, Cost: c.Cost}
		if v.Weights {
			view.Weight = &c.Weight
		}
		for n, word := range c.Scale {
			view.Steps = append(view.Steps, scaleStep{n + 1, word})
		}
		v.Criteria = append(v.Criteria, view)
	}
	if err := v.fillItems(r, round); err != nil {
		return nil, err
	}
	notice, err := r.notice()
	if err != nil {
		return nil, err
	}
	return &page{
		Template: "round", Title: round.Name, View: v, Notice: notice, Example: v.Example, Charts: v.Chart.Option != nil,
		Table: func() exchange.Table { return v.table() },
	}, nil
}

// seesWeights: those who hold rounds set them; everybody else sees them when nothing can be scored by them any more.
func (r *request) seesWeights(round *portfolio.Round) bool {
	return round.Closed != nil || r.p.May(r.user, portfolio.HoldRound, round)
}

func (v *roundView) fillItems(r *request, round *portfolio.Round) error {
	scores := r.p.ScoresFor(r.user, round)
	if round.Closed == nil {
		for _, id := range round.Items {
			v.Items = append(v.Items, r.roundItem(id, scores))
		}
		slices.SortFunc(v.Items, func(a, b roundItem) int { return cmp.Compare(a.No, b.No) })
		v.Mine = len(scores) > 0
		if r.may(portfolio.ScoreItems, nil) {
			v.Score = r.scoreForm(round, v.Items)
		}
		if r.may(portfolio.HoldRound, round) {
			v.Close = r.closeForm(round)
			if round.Editable(r.p) == nil {
				v.EditHref = r.link(fmt.Sprintf("/priorities/%d/edit", round.ID))
			}
		}
		return nil
	}
	v.Closed = &roundClosed{
		On: store.DayOf(round.Closed.At), By: r.name(round.Closed.By), Decision: round.Closed.Decision,
		Href: r.link(fmt.Sprintf("/decisions#decision-%d", round.Closed.Decision)),
	}
	if d := r.p.Decisions.Ever(round.Closed.Decision); d != nil {
		v.Closed.Title = d.Title
	}
	year, err := v.fillYears(r)
	if err != nil {
		return err
	}
	v.rank(r, round, scores, year)
	return nil
}

func (r *request) roundItem(id portfolio.ItemID, scores []*portfolio.Score) roundItem {
	item := roundItem{Mine: []int{}, Means: []int64{}, Spreads: []int64{}, Given: []givenView{}}
	if c := r.p.Items.Ever(id); c != nil {
		item.No, item.Title, item.Mandatory, item.Example = c.No, r.itemTitle(c), c.Mandatory, c.AnyExample()
		item.Href = r.link(fmt.Sprintf("/catalogue/%d", c.No))
	}
	for _, s := range scores {
		if s.By == r.user.ID {
			item.Mine = orEmpty(givenFor(s, id))
		}
	}
	return item
}

// givenFor are a director's scores of an item.
func givenFor(s *portfolio.Score, id portfolio.ItemID) []int {
	for _, g := range s.Given {
		if g.Item == id {
			return g.Scores
		}
	}
	return nil
}

// fillYears offers the years by which the bubbles' size can go; 0 is a full year.
func (v *roundView) fillYears(r *request) (int, error) {
	f := form{Values: r.query}
	year := int(f.int("year"))
	if year != 0 && (year < firstYear || year > lastYear) {
		f.bad("year", "error.year")
	}
	if err := f.err(); err != nil {
		return 0, err
	}
	v.Effect = r.say("priorities.full_year")
	v.Years = []choice{{r.say("priorities.full_year"), r.with("year", ""), year == 0}}
	if s := r.p.Strategy; s != nil {
		for y := max(s.From, s.To-maxPlanYears+1); y <= s.To; y++ {
			v.Years = append(v.Years, choice{r.say("priorities.in_year", y), r.with("year", strconv.Itoa(y)), y == year})
		}
	}
	if year != 0 {
		v.Effect = r.say("priorities.in_year", year)
	}
	return year, nil
}

// rank puts the closed round's items in order, with what the scores say.
func (v *roundView) rank(r *request, round *portfolio.Round, scores []*portfolio.Score, year int) {
	ranking := round.Ranking(scores)
	shares := []portfolio.Basis{1_000, 2_000, 5_000}
	firm := make([][]bool, len(shares))
	for k, share := range shares {
		firm[k] = round.Firm(ranking, share)
		v.Firm = append(v.Firm, firmHead{r.lang.Percent(share), r.say("priorities.firm_long", r.lang.Percent(share))})
	}
	data := chart.BubblesData{Effect: v.Effect, AsOf: v.AsOf}
	for k, ranked := range ranking {
		item := r.roundItem(ranked.Item, scores)
		item.Effect = ore{r.effectOf(ranked.Item, year)}
		for _, s := range scores {
			if given := givenFor(s, ranked.Item); given != nil {
				item.Given = append(item.Given, givenView{r.name(s.By), given})
			}
		}
		if !ranked.Unscored {
			apart := ranked.Gap >= disagreement
			item.Rank, item.Value, item.Gap, item.Disagreed = &ranked.Rank, &ranked.Value, &ranked.Gap, &apart
			item.Means, item.Spreads = ranked.Means, ranked.Spreads
			item.Firm = []bool{firm[0][k], firm[1][k], firm[2][k]}
			item.Firm10, item.Firm20, item.Firm50 = &item.Firm[0], &item.Firm[1], &item.Firm[2]
			item.Points, item.Apart = r.points(ranked.Value), apart
			item.Parts, item.Spread = r.scoreParts(round, ranked, item.Given)
			if value, complexity := axes(round, ranked); value > 0 && complexity > 0 {
				data.Bubbles = append(data.Bubbles, chart.Bubble{
					Rank: ranked.Rank, Title: item.Title, Href: item.Href, Value: value, Complexity: complexity, Effect: item.Effect.Figure,
					Mandatory: item.Mandatory, Example: v.Example,
				})
			}
		}
		v.Items = append(v.Items, item)
	}
	v.Chart = chart.Bubbles(r.voice(), data)
}

// axes are an item's value and its complexity: the weighted means of the criteria that speak for it, and of those that are a
// cost. 0 where nobody scored any of them.
func axes(round *portfolio.Round, ranked portfolio.Ranked) (value, complexity int64) {
	mean := func(cost bool) int64 {
		sum, weights := int64(0), int64(0)
		for k, c := range round.Criteria {
			if c.Cost == cost && ranked.Means[k] != 0 {
				sum += c.Weight * ranked.Means[k]
				weights += c.Weight
			}
		}
		if weights == 0 {
			return 0
		}
		return int64(amount.MulDiv(amount.Money(sum), 1, weights))
	}
	return mean(false), mean(true)
}

// scoreParts are the criteria of an item's value, and the widest spread among them in words.
func (r *request) scoreParts(round *portfolio.Round, ranked portfolio.Ranked, given []givenView) (parts []scorePart, widest string) {
	most := int64(0)
	for k, c := range round.Criteria {
		part := scorePart{Name: c.Name, Weight: strconv.FormatInt(c.Weight, 10), Mean: r.points(ranked.Means[k]), Spread: r.points(ranked.Spreads[k])}
		low, high := portfolio.MaxScore+1, 0
		for _, g := range given {
			text := "–"
			if n := g.Scores[k]; n > 0 {
				text = strconv.Itoa(n)
				low, high = min(low, n), max(high, n)
			}
			part.Scores = append(part.Scores, text)
		}
		part.Apart = high-low >= disagreement
		if ranked.Spreads[k] > most {
			most, widest = ranked.Spreads[k], r.say("priorities.spread_of", r.points(ranked.Spreads[k]), c.Name)
		}
		parts = append(parts, part)
	}
	if widest == "" {
		widest = "0"
	}
	return parts, widest
}

// points writes thousandths of a point with two decimals at most.
func (r *request) points(n int64) string { return r.lang.Style.Thousandths((n + 5) / 10 * 10) }

// effectOf is what the initiatives that came of an item bring: in a year, or fully phased in for 0. Unknown where none came of
// it, or an amount is missing.
func (r *request) effectOf(id portfolio.ItemID, year int) amount.Figure {
	var total amount.Total
	for _, i := range r.p.InitiativesOf(id) {
		f := amount.Figure{}
		for g := range r.p.Programmes.All() {
			if g.ID != i.Programme {
				continue
			}
			at := year
			if at == 0 {
				at = r.defaultYear(g)
			}
			if row := r.p.YearOf(g.ID, at).Row(i.ID); row != nil && row.Unknown == 0 && !row.Outside {
				f = amount.Exactly(row.FullYear.Net())
				if year != 0 {
					f = amount.Exactly(row.Now.Net())
				}
			}
		}
		total.Add(f)
	}
	if !total.Known() || total.Unknown > 0 {
		return amount.Figure{}
	}
	return amount.Figure{Ore: total.Ore, Known: true, Approximate: total.Approximate}
}

// table is the round as a file, with no more than its reader may see.
func (v *roundView) table() exchange.Table {
	columns := []string{"rank", "no", "title", "mandatory", "value_thousandths", "greatest_gap", "disagreed", "firm_10", "firm_20", "firm_50"}
	for k := range v.Criteria {
		columns = append(columns, fmt.Sprintf("mean_%d_thousandths", k+1), fmt.Sprintf("spread_%d_thousandths", k+1))
	}
	t := exchange.Table{Columns: append(columns, "example")}
	for _, item := range v.Items {
		cells := []any{maybe(item.Rank), item.No, item.Title, item.Mandatory, maybe(item.Value), maybe(item.Gap), maybe(item.Disagreed), maybe(item.Firm10), maybe(item.Firm20), maybe(item.Firm50)}
		for k := range v.Criteria {
			if len(item.Means) == 0 {
				cells = append(cells, nil, nil)
				continue
			}
			cells = append(cells, item.Means[k], item.Spreads[k])
		}
		t.Add(append(cells, v.Example)...)
	}
	return t
}

// maybe is a value that may be missing, as a file has it.
func maybe[T any](v *T) any {
	if v == nil {
		return nil
	}
	return *v
}
