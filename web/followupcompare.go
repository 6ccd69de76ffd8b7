package web

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
	"gevinst/web/chart"
)

// movedView is a programme's year at two budget follow-ups, or at one and today, initiative by initiative.
type movedView struct {
	Programme string       `json:"programme"`
	Name      string       `json:"programme_name"`
	Year      int          `json:"year"`
	A         movedPoint   `json:"a"`
	B         movedPoint   `json:"b"`
	Items     []movedRow   `json:"items"`
	Next      *int64       `json:"next"`
	Total     movedFigures `json:"total"`
	Example   bool         `json:"example"`

	Moved      chart.Chart  `json:"-"`
	Said       []movedRow   `json:"-"`
	As, Bs     []optionView `json:"-"`
	Of         []choice     `json:"-"`
	Years      []optionView `json:"-"`
	Links      listLinks    `json:"-"`
	ListedHref string       `json:"-"`
	TotalWords movedRow     `json:"-"`
}

// movedPoint is one of the two times: a frozen follow-up, or today.
type movedPoint struct {
	FollowUp *portfolio.FollowUpID `json:"follow_up"`
	Name     string                `json:"name"`
	Date     portfolio.Date        `json:"date"`
	Seq      int64                 `json:"seq"`
	Net      ore                   `json:"net_requirement_ore"`
	Gap      ore                   `json:"expected_gap_ore"`
	Example  bool                  `json:"example"`
	// Word names it in a sentence and over a column.
	Word string `json:"-"`

	p   *portfolio.Portfolio
	day portfolio.Date // the follow-up that owners' words are for
	y   *portfolio.Year
}

// movedFigures are the year's figures at the two times, and what has changed from the first to the second.
type movedFigures struct {
	Confirmed  movedFigure `json:"confirmed"`
	Claimed    movedFigure `json:"claimed"`
	Expected   movedFigure `json:"expected"`
	Forecast   movedFigure `json:"forecast"`
	Difference ore         `json:"forecast_difference_ore"`
}

type movedFigure struct {
	A          ore    `json:"a_ore"`
	B          ore    `json:"b_ore"`
	Difference ore    `json:"difference_ore"`
	Signed     string `json:"-"`
	Worse      bool   `json:"-"`
}

// movedRow is one initiative at the two times, with what its owner said for each.
type movedRow struct {
	ID    portfolio.InitiativeID `json:"id"`
	Title string                 `json:"title"`
	movedFigures
	SaidA   *ownersWord `json:"commentary_a"`
	SaidB   *ownersWord `json:"commentary_b"`
	Example bool        `json:"example"`
	Href    string      `json:"-"`
}

// ownersWord is an owner's commentary on an initiative for a follow-up.
type ownersWord struct {
	FollowUp portfolio.Date    `json:"follow_up"`
	Outlook  portfolio.Outlook `json:"outlook"`
	Text     string            `json:"text"`
	By       string            `json:"by"`
}

func (s *Server) compareFollowUps(r *request) (*page, error) {
	g := r.programme()
	if g == nil {
		return r.emptyPage(r.say("followups.compare_title")), nil
	}
	q := form{Values: r.query}
	after, year := q.int("after"), int(q.int("year"))
	if err := q.err(); err != nil {
		return nil, err
	}
	v := &movedView{Programme: g.Code, Name: g.Name, ListedHref: r.link("/follow-ups")}
	var err error
	if v.A, v.B, err = r.movedPoints(); err != nil {
		return nil, err
	}
	v.Year = year
	if v.Year < firstYear || v.Year > lastYear {
		v.Year = v.A.Date.Year()
	}
	for _, at := range []*movedPoint{&v.A, &v.B} {
		at.y = at.p.YearOf(g.ID, v.Year)
		at.Net, at.Gap = ore{at.y.Net()}, ore{at.y.ExpectedGap()}
		v.Example = v.Example || at.y.Invented > 0
	}
	all := r.movedRows(v)
	v.Items, v.Next = paged(all, after, func(row movedRow) int64 { return int64(row.ID) })
	v.Links = r.listLinks(after, v.Next)
	for _, row := range v.Items {
		if row.SaidA != nil || row.SaidB != nil {
			v.Said = append(v.Said, row)
		}
	}
	v.Total = r.movedFigures(totalsAt(v.A.y), totalsAt(v.B.y))
	v.TotalWords = movedRow{movedFigures: v.Total}
	v.Moved = r.movedChart(v, all)
	r.fillComparedChoices(v, g)
	return &page{
		Template: "compared", Title: r.say("followups.compare_title"), View: v, Example: v.Example, Charts: true,
		Table: func() exchange.Table { return movedTable(all) },
	}, nil
}

// movedPoints reads which two are compared: the latest frozen and today, unless the address says otherwise.
func (r *request) movedPoints() (a, b movedPoint, err error) {
	latest := r.today()
	for f := range r.p.FollowUps.All() {
		if latest.FollowUp == nil || f.Date > latest.Date {
			if latest, err = r.frozenPoint(f); err != nil {
				return a, b, err
			}
		}
	}
	if a, err = r.movedPoint("a", latest); err == nil {
		b, err = r.movedPoint("b", r.today())
	}
	return a, b, err
}

func (r *request) movedPoint(name string, otherwise movedPoint) (movedPoint, error) {
	switch of := r.value(name); of {
	case "":
		return otherwise, nil
	case "now":
		return r.today(), nil
	default:
		id, err := strconv.ParseInt(of, 10, 64)
		f := r.p.FollowUps.Get(portfolio.FollowUpID(id))
		if err != nil || f == nil {
			return movedPoint{}, &portfolio.Error{Kind: portfolio.Invalid, Field: name, Code: "error.choice", Args: []any{of}}
		}
		return r.frozenPoint(f)
	}
}

// today is the portfolio as the page sees it.
func (r *request) today() movedPoint {
	return movedPoint{
		Name: r.say("followups.now"), Date: r.shownDay(), Seq: r.p.Seq, Word: r.say("followups.now_word"), p: r.p, day: r.p.NextFollowUp(),
	}
}

// frozenPoint is the portfolio as it was known when the follow-up was frozen, seen from its day.
func (r *request) frozenPoint(f *portfolio.FollowUp) (movedPoint, error) {
	past, err := r.s.at(r.Context(), frozenAt(f))
	if err != nil {
		return movedPoint{}, err
	}
	return movedPoint{
		FollowUp: &f.ID, Name: f.Name, Date: f.Date, Seq: f.Frozen, Example: f.AnyExample(), Word: r.say("followups.word", f.Date),
		p: past.For(r.user), day: f.Date,
	}, nil
}

// figuresAt are the year's figures of an initiative, or of all, at one time.
type figuresAt struct{ confirmed, claimed, expected, forecast amount.Figure }

func totalsAt(y *portfolio.Year) figuresAt {
	at := figuresAt{confirmed: amount.Exactly(y.Confirmed.Net()), claimed: amount.Exactly(y.Claimed.Net()), forecast: y.Forecast()}
	if y.PlannedTotal().Known {
		at.expected = amount.Figure{Ore: y.Expected.Net(), Known: true, Approximate: y.PlannedTotal().Approximate}
	}
	return at
}

// rowAt are an initiative's figures; nothing is known of one that was not there, or of what has no amount.
func rowAt(row *portfolio.InitiativeYear) (at figuresAt) {
	if row == nil {
		return at
	}
	at.confirmed, at.claimed = amount.Exactly(row.Confirmed.Net()), amount.Exactly(row.Claimed.Net())
	if row.Unknown == 0 {
		about := row.Approximate > 0
		at.expected = amount.Figure{Ore: row.Expected.Net(), Known: true, Approximate: about}
		at.forecast = amount.Figure{Ore: row.Confirmed.Net() + row.Weighted, Known: true, Approximate: about}
	}
	return at
}

func (r *request) movedFigures(a, b figuresAt) movedFigures {
	c := movedFigures{
		Confirmed: r.movedFigure(a.confirmed, b.confirmed), Claimed: r.movedFigure(a.claimed, b.claimed),
		Expected: r.movedFigure(a.expected, b.expected), Forecast: r.movedFigure(a.forecast, b.forecast),
	}
	c.Difference = c.Forecast.Difference
	return c
}

func (r *request) movedFigure(a, b amount.Figure) movedFigure {
	c := movedFigure{A: ore{a}, B: ore{b}}
	if a.Known && b.Known {
		c.Difference = ore{amount.Figure{Ore: b.Ore - a.Ore, Known: true, Approximate: a.Approximate || b.Approximate}}
		c.Signed, c.Worse = thousands(r.lang, c.Difference), b.Ore < a.Ore
		if b.Ore > a.Ore {
			c.Signed = "+" + c.Signed
		}
	}
	return c
}

// movedRows are the initiatives of either time, by id.
func (r *request) movedRows(v *movedView) []movedRow {
	type word struct {
		of  portfolio.InitiativeID
		day portfolio.Date
	}
	said := map[word]*ownersWord{}
	for c := range r.p.Commentaries.All() {
		said[word{c.Initiative, c.FollowUp}] = &ownersWord{c.FollowUp, c.Outlook, c.Text, r.name(c.Written.By)}
	}
	rows := map[portfolio.InitiativeID][2]*portfolio.InitiativeYear{}
	for k, y := range []*portfolio.Year{v.A.y, v.B.y} {
		for _, row := range y.Rows() {
			pair := rows[row.Initiative.ID]
			pair[k] = row
			rows[row.Initiative.ID] = pair
		}
	}
	list := make([]movedRow, 0, len(rows))
	for id, pair := range rows {
		row := movedRow{
			ID: id, Title: r.initiativeTitle(id), movedFigures: r.movedFigures(rowAt(pair[0]), rowAt(pair[1])),
			SaidA: said[word{id, v.A.day}], SaidB: said[word{id, v.B.day}],
		}
		for _, at := range pair {
			row.Example = row.Example || at != nil && at.Invented > 0
		}
		if r.p.Initiatives.Get(id) != nil {
			row.Href = r.link(fmt.Sprintf("/initiatives/%d", id))
		}
		list = append(list, row)
	}
	slices.SortFunc(list, func(a, b movedRow) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// movedChart draws which initiatives moved the forecast.
func (r *request) movedChart(v *movedView, rows []movedRow) chart.Chart {
	d := chart.MovedData{
		From: v.A.Word, To: v.B.Word, AsOf: v.B.Date, Was: v.Total.Forecast.A.Figure, Is: v.Total.Forecast.B.Figure,
	}
	for _, row := range rows {
		moved := row.Forecast.Difference.Figure
		if !moved.Known { // of one side alone: all that is known of it is new, or gone
			moved = amount.Figure{Ore: row.Forecast.B.Ore - row.Forecast.A.Ore, Known: row.Forecast.A.Known || row.Forecast.B.Known}
		}
		d.Moves = append(d.Moves, chart.Move{Label: row.Title, Amount: moved, Href: row.Href, Example: row.Example})
	}
	return chart.Moved(r.voice(), d)
}

// fillComparedChoices offers the times, the programmes and the years to compare.
func (r *request) fillComparedChoices(v *movedView, g *portfolio.Programme) {
	at := func(p movedPoint) string {
		if p.FollowUp == nil {
			return "now"
		}
		return fmt.Sprint(int64(*p.FollowUp))
	}
	points := []optionView{}
	for f := range r.p.FollowUps.All() {
		points = append(points, optionView{Value: fmt.Sprint(int64(f.ID)), Label: f.Name})
	}
	points = append(points, optionView{Value: "now", Label: r.say("followups.now")})
	chosen := func(value string) []optionView {
		list := slices.Clone(points)
		for k := range list {
			list[k].Selected = list[k].Value == value
		}
		return list
	}
	v.As, v.Bs = chosen(at(v.A)), chosen(at(v.B))
	for _, year := range r.requirementYears() {
		v.Years = append(v.Years, optionView{Value: fmt.Sprint(year), Label: fmt.Sprint(year), Selected: year == v.Year})
	}
	for o := range r.p.Programmes.All() {
		v.Of = append(v.Of, choice{o.Name, r.with("programme", o.Code), o.ID == g.ID})
	}
}

func movedTable(rows []movedRow) exchange.Table {
	t := exchange.Table{Columns: []string{
		"initiative", "title", "confirmed_a", "confirmed_b", "confirmed_difference", "claimed_a", "claimed_b", "expected_a", "expected_b",
		"forecast_a", "forecast_b", "forecast_difference", "outlook_a", "commentary_a", "outlook_b", "commentary_b", "example",
	}}
	for _, row := range rows {
		cells := []any{
			int64(row.ID), row.Title, row.Confirmed.A.Figure, row.Confirmed.B.Figure, row.Confirmed.Difference.Figure, row.Claimed.A.Figure,
			row.Claimed.B.Figure, row.Expected.A.Figure, row.Expected.B.Figure, row.Forecast.A.Figure, row.Forecast.B.Figure, row.Difference.Figure,
		}
		for _, w := range []*ownersWord{row.SaidA, row.SaidB} {
			if w == nil {
				cells = append(cells, "", "")
				continue
			}
			cells = append(cells, w.Outlook.String(), w.Text)
		}
		t.Add(append(cells, row.Example)...)
	}
	return t
}
