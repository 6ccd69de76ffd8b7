package web

import (
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/web/agenda"
)

// reportComparison holds two agenda items against each other: what the texts say differently, and each initiative's figures.
type reportComparison struct {
	// A and B are the items that were sent; 0 is the item as it would be now.
	A        portfolio.ReportID   `json:"a"`
	B        portfolio.ReportID   `json:"b"`
	Before   string               `json:"before"`
	After    string               `json:"after"`
	Texts    []comparedText       `json:"texts"`
	Figures  []comparedFigure     `json:"figures"`
	Rows     []comparedInitiative `json:"initiatives"`
	AsOf     portfolio.Date       `json:"as_of"`
	Headline string               `json:"-"`
	As       []optionView         `json:"-"`
	Bs       []optionView         `json:"-"`
	Home     string               `json:"-"`
}

type comparedText struct {
	Code    string `json:"code"`
	Heading string `json:"heading"`
	Was     string `json:"was"`
	Is      string `json:"is"`
	Changed bool   `json:"changed"`

	WasParts, IsParts []agenda.Part `json:"-"`
}

// comparedFigure is one of the year's figures in both; the change is null where one of them is not known.
type comparedFigure struct {
	Label  string `json:"label"`
	Before ore    `json:"before_ore"`
	After  ore    `json:"after_ore"`
	Change ore    `json:"change_ore"`
}

// comparedInitiative is what an initiative was to bring in the year in all, in both, and how it stood.
type comparedInitiative struct {
	Initiative portfolio.InitiativeID `json:"initiative"`
	Title      string                 `json:"title"`
	Confirmed  comparedFigure         `json:"confirmed"`
	Planned    comparedFigure         `json:"planned"`
	WasState   string                 `json:"was_state"`
	IsState    string                 `json:"is_state"`
	Changed    bool                   `json:"changed"`
	Example    bool                   `json:"example"`
	Href       string                 `json:"-"`
}

func comparedOre(label string, was, is amount.Figure) comparedFigure {
	f := comparedFigure{Label: label, Before: ore{was}, After: ore{is}}
	if was.Known && is.Known {
		f.Change = ore{amount.Figure{Ore: is.Ore - was.Ore, Known: true, Approximate: was.Approximate || is.Approximate}}
	}
	return f
}

func (s *Server) compareReports(r *request) (*page, error) {
	all := r.reportsLatestFirst()
	v := &reportComparison{AsOf: r.shownDay(), Home: r.link("/reports")}
	pg := &page{Template: "reportcompare", Title: r.say("reports.compare"), View: v}
	if len(all) == 0 {
		return pg, nil
	}
	q := form{Values: r.query}
	v.A, v.B = portfolio.ReportID(q.int("a")), portfolio.ReportID(q.int("b"))
	if err := q.err(); err != nil {
		return nil, err
	}
	if v.A == 0 {
		v.A = all[min(1, len(all)-1)].ID
		if len(all) > 1 && q.get("b") == "" {
			v.B = all[0].ID
		}
	}
	before, of, err := r.comparedItem(v.A, nil)
	if err != nil {
		return nil, err
	}
	after, _, err := r.comparedItem(v.B, of)
	if err != nil {
		return nil, err
	}
	v.Before, v.After = r.itemName(v.A, before), r.itemName(v.B, after)
	for _, of := range all {
		id, name := strconv.FormatInt(int64(of.ID), 10), r.lang.Style.Date(of.AsOf)+": "+of.Title
		v.As = append(v.As, optionView{id, name, of.ID == v.A})
		v.Bs = append(v.Bs, optionView{id, name, of.ID == v.B})
	}
	v.Bs = append([]optionView{{"0", r.say("reports.now"), v.B == 0}}, v.Bs...)
	r.compareItems(v, before, after)
	pg.Example = before.Example || after.Example
	return pg, nil
}

// comparedItem is an item that was sent, or for 0 what would be sent today in the place of like.
func (r *request) comparedItem(id portfolio.ReportID, like *portfolio.Report) (*agenda.Item, *portfolio.Report, error) {
	if id == 0 && like != nil {
		if g := r.p.Programmes.Get(like.Programme); g != nil {
			return agenda.New(r.p, r.lang, agenda.Of{Programme: g, Year: like.Year, AsOf: r.shownDay()}), nil, nil
		}
	}
	of, err := r.keptReport(id)
	if err != nil {
		return nil, nil, err
	}
	item, err := r.itemOf(of)
	return item, of, err
}

func (r *request) itemName(id portfolio.ReportID, item *agenda.Item) string {
	if id == 0 {
		return r.say("reports.now_on", item.AsOf)
	}
	return r.say("reports.on", item.Title, item.AsOf)
}

func (r *request) compareItems(v *reportComparison, before, after *agenda.Item) {
	for _, code := range agenda.Codes() {
		was, is := before.Section(code), after.Section(code)
		v.Texts = append(v.Texts, comparedText{
			Code: code, Heading: is.Heading, Was: was.Text, Is: is.Text, Changed: was.Text != is.Text, WasParts: agenda.Parts(was.Text), IsParts: agenda.Parts(is.Text),
		})
	}
	a, b := before.Figures, after.Figures
	v.Figures = []comparedFigure{
		comparedOre(r.say("report.line.net"), a.Net, b.Net), comparedOre(r.say("report.line.confirmed"), a.Confirmed, b.Confirmed),
		comparedOre(r.say("report.line.claimed"), a.Claimed, b.Claimed), comparedOre(r.say("report.line.expected"), a.Expected, b.Expected),
		comparedOre(r.say("report.line.gap_if_all"), a.GapIfAll, b.GapIfAll), comparedOre(r.say("report.line.forecast"), a.Forecast, b.Forecast),
	}
	changed, was := 0, map[portfolio.InitiativeID]agenda.Status{}
	for _, s := range before.Status {
		was[s.Initiative] = s
	}
	row := func(old, now agenda.Status) {
		one := comparedInitiative{
			Initiative: now.Initiative, Title: now.Title, Confirmed: comparedOre("", old.Confirmed, now.Confirmed), Planned: comparedOre("", inAll(old), inAll(now)),
			WasState: r.standing(old), IsState: r.standing(now), Example: old.Example || now.Example, Href: r.link("/initiatives/" + strconv.FormatInt(int64(now.Initiative), 10)),
		}
		one.Changed = one.WasState != one.IsState || one.Confirmed.Before != one.Confirmed.After || one.Planned.Before != one.Planned.After
		if one.Changed {
			changed++
		}
		v.Rows = append(v.Rows, one)
	}
	for _, s := range after.Status {
		row(was[s.Initiative], s)
		delete(was, s.Initiative)
	}
	for _, s := range before.Status { // what is no longer of the programme
		if _, gone := was[s.Initiative]; gone {
			row(s, agenda.Status{Initiative: s.Initiative, Title: s.Title})
		}
	}
	v.Headline = r.lang.Count("reports.changed", changed)
}

// inAll is what an initiative brings in the year: confirmed, claimed and expected.
func inAll(s agenda.Status) amount.Figure {
	if !s.Expected.Known {
		return amount.Figure{}
	}
	return amount.Figure{Ore: s.Confirmed.Ore + s.Claimed.Ore + s.Expected.Ore, Known: true, Approximate: s.Expected.Approximate}
}

// standing says an initiative's stage, membership and outlook; "" for one that was not there.
func (r *request) standing(s agenda.Status) string {
	if s.Stage == 0 {
		return ""
	}
	text := r.say("stage." + s.Stage.String())
	if s.Membership != portfolio.InPlan {
		text = r.say("plan_state."+s.Membership.String()) + " (" + text + ")"
	}
	if s.Outlook != 0 {
		text += ", " + r.say("outlook."+s.Outlook.String())
	}
	return text
}
