package web

import (
	"fmt"
	"net/http"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
	"gevinst/web/chart"
)

var (
	lineFields = fields{
		"kind": portfolio.LineKind(0), "label": "", "amount": amount.Figure{}, "permanence": portfolio.Permanence(0), "document": "", "quote": "", "derived": false,
	}
	requirementFields = seenFields.and(fields{"line": 0, "stated": ""})
)

func (s *Server) requirementRoutes() []route {
	form := func(name string, act formFunc, sends fields) route {
		return route{
			method: http.MethodPost, pattern: "/requirements/{id}/" + name, action: portfolio.EditRequirement, page: s.requirement, form: act,
			view: requirementView{}, sends: sends,
		}
	}
	return []route{
		{method: http.MethodGet, pattern: "/requirements", action: portfolio.ViewPortfolio, page: s.requirements, list: true, view: requirementsView{}, query: listFields},
		{
			method: http.MethodPost, pattern: "/requirements", action: portfolio.EditRequirement, page: s.requirements, form: s.newRequirement,
			view: requirementView{}, sends: changeFields.and(lineFields).and(fields{"programme": "", "year": 0}),
		},
		{method: http.MethodGet, pattern: "/requirements/{id}", action: portfolio.ViewPortfolio, page: s.requirement, view: requirementView{}},
		form("add", s.addLine, requirementFields.and(lineFields)),
		form("change", s.changeLine, requirementFields.and(lineFields)),
		form("remove", s.removeLine, requirementFields),
		form("carry-over", s.carryOver, seenFields.and(fields{"carried": amount.Figure{}})),
	}
}

// requirementsView is what each programme must deliver, year beside year.
type requirementsView struct {
	AsOf portfolio.Date `json:"as_of"`
	// Items are the requirements, programme by programme and year by year.
	Items []requirementRow `json:"items"`
	Next  *int64           `json:"next"`

	Years      []int              `json:"-"`
	Programmes []requirementTable `json:"-"`
	Links      listLinks          `json:"-"`
	Form       *recordForm        `json:"-"`
}

// requirementRow is one programme's year: what it must deliver, what is confirmed of it, and what it leaves to the next. Amounts
// are øre; what is not known is null.
type requirementRow struct {
	ID        portfolio.RequirementID `json:"id"`
	Version   int64                   `json:"version"`
	Programme string                  `json:"programme"`
	Name      string                  `json:"programme_name"`
	Year      int                     `json:"year"`
	// Gross is K with what was carried over, Net is N = K - already realized.
	Gross         ore  `json:"requirement_ore"`
	GrossAbout    bool `json:"requirement_approximate"`
	Carried       ore  `json:"carried_over_ore"`
	Realized      ore  `json:"already_realized_ore"`
	RealizedAbout bool `json:"already_realized_approximate"`
	Net           ore  `json:"net_requirement_ore"`
	NetAbout      bool `json:"net_requirement_approximate"`
	// Confirmed is V, the year's confirmed effect; FullYear is H, the confirmed effect of a full year.
	Confirmed ore `json:"confirmed_ore"`
	FullYear  ore `json:"confirmed_full_year_ore"`
	// Left is what the year leaves to the next by the policy's basis; it is final once the year is closed.
	Left    ore        `json:"left_to_next_ore"`
	Closed  bool       `json:"closed"`
	Lines   []lineView `json:"lines"`
	Example bool       `json:"example"`
	Href    string     `json:"-"`
}

type (
	// requirementTable is a programme's years side by side.
	requirementTable struct {
		Code, Name string
		Heads      []choice
		Figures    []requirementFigure
		Rows       []requirementRow
		Chart      chart.Chart
	}
	// requirementFigure is one figure across the years; Note tells how to read it.
	requirementFigure struct {
		Label, Note    string
		Cells          []requirementCell
		Total, Example bool
	}
	requirementCell struct {
		Amount ore
		Stated bool // there is a requirement in the year
		Note   string
	}
)

func (s *Server) requirements(r *request) (*page, error) {
	q := form{Values: r.query}
	after := q.int("after")
	if err := q.err(); err != nil {
		return nil, err
	}
	v := &requirementsView{AsOf: r.shownDay(), Years: r.requirementYears()}
	var all []requirementRow
	for g := range r.p.Programmes.All() {
		t := requirementTable{Code: g.Code, Name: g.Name}
		for _, year := range v.Years {
			head := choice{Label: strconv.Itoa(year)}
			if q := r.p.Requirement(g.ID, year); q != nil {
				row := r.requirementRow(q)
				head.Href = row.Href
				t.Rows = append(t.Rows, row)
			}
			t.Heads = append(t.Heads, head)
		}
		t.Figures, t.Chart = r.requirementFigures(g, v.Years, t.Rows), r.requirementChart(g, v.Years)
		all = append(all, t.Rows...)
		v.Programmes = append(v.Programmes, t)
	}
	v.Items, v.Next = paged(all, after, func(row requirementRow) int64 { return int64(row.ID) })
	v.Links = r.listLinks(after, v.Next)
	if r.may(portfolio.EditRequirement, nil) || r.sent("/requirements") {
		v.Form = r.newRequirementForm()
	}
	notice, err := r.notice()
	if err != nil {
		return nil, err
	}
	return &page{
		Template: "requirements", Title: r.say("requirements.title"), View: v, Notice: notice, Charts: true,
		Table: func() exchange.Table { return requirementTableOf(all) },
	}, nil
}

// requirementYears are the strategy's years with the one before them, whose gap they inherit, and every year that has a requirement.
func (r *request) requirementYears() []int {
	from, to := r.p.Today.Year()-2, r.p.Today.Year()+2
	if s := r.p.Strategy; s != nil && s.From != 0 {
		from, to = s.From-1, s.To
	}
	for q := range r.p.Requirements.All() {
		from, to = min(from, q.Year), max(to, q.Year)
	}
	years := make([]int, 0, to-from+1)
	for y := from; y <= to; y++ {
		years = append(years, y)
	}
	return years
}

func (r *request) requirementRow(q *portfolio.Requirement) requirementRow {
	y, c := r.p.YearOf(q.Programme, q.Year), r.p.CarryOver(q.Programme, q.Year)
	row := requirementRow{
		ID: q.ID, Version: q.Version, Year: q.Year, Gross: ore{q.Gross()}, Carried: carriedIn(q), Realized: ore{q.Realized()}, Net: ore{q.Net()},
		Confirmed: exactly(c.V), FullYear: exactly(c.H), Left: ore{c.Amount()}, Closed: c.Closed, Lines: r.lines(q), Example: r.invented(y),
		Href: r.link(fmt.Sprintf("/requirements/%d", q.ID)),
	}
	row.GrossAbout, row.RealizedAbout, row.NetAbout = row.Gross.Approximate, row.Realized.Approximate, row.Net.Approximate
	if g := r.p.Programmes.Ever(q.Programme); g != nil {
		row.Programme, row.Name = g.Code, g.Name
	}
	return row
}

// carriedIn is what the lines say was carried over into the year: nothing where no line does, for a reading is no line.
func carriedIn(q *portfolio.Requirement) ore {
	sum := amount.Exactly(0)
	for _, l := range q.Lines {
		if l.Kind != portfolio.CarriedOver {
			continue
		}
		if !l.Amount.Known {
			return ore{}
		}
		sum.Ore += l.Amount.Ore
		sum.Approximate = sum.Approximate || l.Amount.Approximate
	}
	return ore{sum}
}

// requirementFigures lays the figures of the rows under their years.
func (r *request) requirementFigures(g *portfolio.Programme, years []int, rows []requirementRow) []requirementFigure {
	of := map[int]*requirementRow{}
	for k := range rows {
		of[rows[k].Year] = &rows[k]
	}
	figure := func(label, note string, pick func(*requirementRow) ore) requirementFigure {
		f := requirementFigure{Label: label, Note: note}
		for _, year := range years {
			cell := requirementCell{Stated: of[year] != nil}
			if cell.Stated {
				cell.Amount = pick(of[year])
			}
			f.Cells = append(f.Cells, cell)
		}
		return f
	}
	list := []requirementFigure{
		figure(r.say("requirements.gross"), "K", func(q *requirementRow) ore { return q.Gross }),
		figure(r.say("requirements.carried_in"), "", func(q *requirementRow) ore { return q.Carried }),
		figure(r.say("requirements.realized"), "", func(q *requirementRow) ore { return q.Realized }),
		figure(r.say("requirements.net"), "N", func(q *requirementRow) ore { return q.Net }),
		figure(r.say("requirements.confirmed"), "V", func(q *requirementRow) ore { return q.Confirmed }),
		figure(r.say("requirements.full_year"), "H", func(q *requirementRow) ore { return q.FullYear }),
		figure(r.say("requirements.left"), "", func(q *requirementRow) ore { return q.Left }),
	}
	list[3].Total = true
	for k, year := range years {
		if of[year] == nil {
			continue
		}
		cell := &list[len(list)-1].Cells[k]
		c := r.p.CarryOver(g.ID, year)
		switch {
		case c.Applied != nil:
			cell.Note = r.say("requirements.left_applied")
		case c.Closed:
			cell.Note = r.say("requirements.left_proposed")
		default:
			cell.Note = r.say("requirements.left_open")
		}
		for f := 4; f < len(list); f++ { // what Finance has confirmed may be invented; the requirement before it is not
			list[f].Example = list[f].Example || r.p.YearOf(g.ID, year).Invented > 0
		}
	}
	return list
}

// requirementChart draws a programme's years: what is saved and expected against what is required.
func (r *request) requirementChart(g *portfolio.Programme, years []int) chart.Chart {
	d := chart.YearStackData{AsOf: r.shownDay()}
	for _, year := range years {
		y := r.p.YearOf(g.ID, year)
		sum := chart.YearSum{
			Year: year, Requirement: y.Net(), Confirmed: amount.Exactly(y.Confirmed.Net()), Claimed: amount.Exactly(y.Claimed.Net()),
			Href: r.link(fmt.Sprintf("/savings/%d?programme=%s", year, g.Code)),
		}
		if y.PlannedTotal().Known {
			sum.Expected = amount.Figure{Ore: y.Expected.Net(), Known: true, Approximate: y.PlannedTotal().Approximate}
		}
		d.Example = d.Example || y.Invented > 0
		d.Years = append(d.Years, sum)
	}
	return chart.YearStack(r.voice(), d)
}

func requirementTableOf(rows []requirementRow) exchange.Table {
	t := exchange.Table{Columns: []string{
		"requirement", "programme", "year", "required", "carried_over", "already_realized", "net_requirement", "confirmed", "confirmed_full_year",
		"left_to_next", "closed", "lines", "example",
	}}
	for _, row := range rows {
		t.Add(int64(row.ID), row.Programme, row.Year, row.Gross.Figure, row.Carried.Figure, row.Realized.Figure, row.Net.Figure,
			row.Confirmed.Figure, row.FullYear.Figure, row.Left.Figure, row.Closed, len(row.Lines), row.Example)
	}
	return t
}
