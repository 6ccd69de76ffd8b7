package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
)

func (s *Server) benefitRoutes() []route {
	return []route{
		{method: http.MethodGet, pattern: "/benefits", action: portfolio.ViewPortfolio, page: s.benefits, list: true, view: benefitsView{}, query: benefitFilter},
		{method: http.MethodGet, pattern: "/benefits/{id}", action: portfolio.ViewPortfolio, page: s.benefit, view: benefitPage{}},
		{method: http.MethodPost, pattern: "/benefits/{id}/edit", action: portfolio.EditBenefit, page: s.benefit, form: s.editBenefit, view: benefitPage{}, sends: seenFields.and(benefitFields)},
		{method: http.MethodPost, pattern: "/benefits/{id}/measurements", action: portfolio.EditBenefit, page: s.benefit, form: s.measureBenefit, view: benefitPage{}, sends: measureFields},
		{method: http.MethodPost, pattern: "/benefits/{id}/conversion", action: portfolio.ConvertTime, page: s.benefit, form: s.convertBenefit, view: benefitPage{}, sends: convertFields},
		{method: http.MethodPost, pattern: "/benefits/{id}/allocations", action: portfolio.EditRequirement, page: s.benefit, form: s.allocateBenefit, view: benefitPage{}, sends: allocateFields},
		{method: http.MethodGet, pattern: "/initiatives/{id}/benefits/new", action: portfolio.EditBenefit, page: s.newBenefitPage, view: newBenefitView{}, query: fields{"measure": ""}},
	}
}

var (
	benefitFilter = initiativeFields.and(fields{"cashability": portfolio.Cashability(0), "type": portfolio.BenefitType(0)})
	benefitFields = fields{
		"title": "", "type": portfolio.BenefitType(0), "cashability": portfolio.Cashability(0), "owner": portfolio.UserID(0), "price_year": 0,
		"from": portfolio.Month(0), "gross": amount.Figure{}, "gross_ore": int64(0), "running": amount.Figure{}, "running_ore": int64(0),
		"ramp": "", "recurrence": "", "account": "", "hours": int64(0), "rate": amount.Figure{}, "rate_ore": int64(0), "unit": "",
		"baseline": "", "baseline_milli": int64(0), "target": "", "target_milli": int64(0),
		"baseline_date": portfolio.Date(0), "method": "", "adverse": false, "change": "", "focus": []string{},
	}
	measureFields = seenFields.and(fields{"date": portfolio.Date(0), "value": "", "value_milli": int64(0)})
	convertFields = seenFields.and(fields{
		"gross": amount.Figure{}, "gross_ore": int64(0), "running": amount.Figure{}, "running_ore": int64(0), "from": portfolio.Month(0), "account": "",
	})
	allocateFields = seenFields.and(fields{"programme": []string{}, "share": []string{}})
)

// benefitsView is the list of gains, as the filter leaves it.
type benefitsView struct {
	Items  []benefitRow `json:"items"`
	Next   *int64       `json:"next"`
	Year   int          `json:"year"`
	Total  int          `json:"total"`
	Facets []facet      `json:"-"`
	Query  string       `json:"-"`
	AsOf   string       `json:"-"`
	Links  listLinks    `json:"-"`
	Chips  []queryTag   `json:"-"`

	EffectsHref string `json:"-"`
	MapHref     string `json:"-"`
}

// benefitRow is a gain in the list; it is comparable, so that a row that did not change is not written again. A gain without
// kroner has hours, or a unit with its baseline and target in thousandths.
type benefitRow struct {
	ID              portfolio.BenefitID    `json:"id"`
	Version         int64                  `json:"version"`
	Initiative      portfolio.InitiativeID `json:"initiative_id"`
	InitiativeTitle string                 `json:"initiative"`
	Title           string                 `json:"title"`
	Adverse         bool                   `json:"adverse"`
	Type            portfolio.BenefitType  `json:"type"`
	Cashability     portfolio.Cashability  `json:"cashability"`
	Owner           string                 `json:"owner"`
	// From is the month of effect now, Was the adopted one.
	From        portfolio.Month `json:"from"`
	Was         portfolio.Month `json:"planned_from"`
	OneOff      bool            `json:"one_off"`
	Gross       ore             `json:"gross_ore"`
	Running     ore             `json:"running_ore"`
	Net         ore             `json:"net_ore"`
	Approximate bool            `json:"approximate"`
	Hours       int64           `json:"hours_per_year,omitempty"`
	Rate        ore             `json:"rate_ore"`
	Unit        string          `json:"unit,omitempty"`
	Baseline    int64           `json:"baseline_milli,omitempty"`
	Target      int64           `json:"target_milli,omitempty"`
	// Other says in words what is not kroner.
	Other string `json:"-"`
	// InYear is the planned effect in the year by the present terms, PlanInYear by the adopted ones.
	InYear     ore    `json:"in_year_ore"`
	PlanInYear ore    `json:"plan_ore"`
	Confirmed  ore    `json:"confirmed_ore"`
	ToDate     ore    `json:"confirmed_to_date_ore"`
	Claimed    ore    `json:"claimed_ore"`
	Example    bool   `json:"example"`
	Href       string `json:"-"`
	OfHref     string `json:"-"`
}

// AtMost tells that the net amount is no more than the gross one: what the gain costs to run is not known.
func (v benefitRow) AtMost() bool { return v.Gross.Known && !v.Running.Known }

func (s *Server) benefits(r *request) (*page, error) {
	all, after, err := r.benefitsWhere()
	if err != nil {
		return nil, err
	}
	v := &benefitsView{Items: []benefitRow{}, Year: r.listYear(), Total: len(all), Query: r.value("q"), AsOf: r.value("as_of")}
	v.EffectsHref, v.MapHref = r.link("/effects"), r.link("/benefits/map")
	shown, next := paged(all, after, func(b *portfolio.Benefit) int64 { return int64(b.ID) })
	for _, b := range shown {
		v.Items = append(v.Items, r.benefitRow(b, v.Year))
	}
	v.Next, v.Links = next, r.listLinks(after, next)
	v.Facets = []facet{
		r.facet("type", r.say("benefits.type"), codes(r, "benefit_type", portfolio.BenefitTypes(), "")),
		r.facet("cashability", r.say("benefits.cashability"), codes(r, "cashability", portfolio.Cashabilities(), "")),
		r.facet("area", r.say("field.area"), r.areas()),
		r.facet("programme", r.say("kind.programme"), r.programmes()),
	}
	v.Chips = r.chips(v.Facets)
	return &page{Template: "benefits", Title: r.say("nav.benefits"), View: v, Table: func() exchange.Table {
		return r.benefitsTable(all, v.Year)
	}}, nil
}

// benefitsWhere lists the gains that the filter in the address leaves, by id.
func (r *request) benefitsWhere() (list []*portfolio.Benefit, after int64, err error) {
	of, after, err := r.initiativeFilter()
	if err != nil {
		return nil, 0, err
	}
	query := strings.ToLower(of.Query)
	of.Query = "" // here it is looked for in the gain's own title too
	q := form{Values: r.query}
	var step portfolio.Cashability
	var kind portfolio.BenefitType
	q.code("cashability", &step)
	q.code("type", &kind)
	for _, i := range r.p.Where(of) {
		for _, b := range r.p.BenefitsOf(i.ID) {
			if (step == 0 || b.Cashability() == step) && (kind == 0 || b.Type == kind) &&
				strings.Contains(strings.ToLower(b.Title+"\n"+i.Title), query) {
				list = append(list, b)
			}
		}
	}
	slices.SortFunc(list, func(a, b *portfolio.Benefit) int { return int(a.ID - b.ID) })
	return list, after, q.err()
}

func (r *request) benefitRow(b *portfolio.Benefit, year int) benefitRow {
	i := r.p.Initiatives.Ever(b.Initiative)
	v := benefitRow{
		ID: b.ID, Version: b.Version, Initiative: b.Initiative, InitiativeTitle: i.Title, Title: b.Title, Type: b.Type,
		Cashability: b.Cashability(), Owner: r.name(ownerOf(b, i)), From: b.From, Was: b.PlannedTerms().From, OneOff: b.OneOff,
		Adverse: b.Adverse, Gross: ore{b.Gross}, Running: ore{b.Running}, Net: ore{netOf(&b.Terms)},
		Example: b.AnyExample(), Href: r.link(fmt.Sprintf("/benefits/%d", b.ID)),
		OfHref: r.link(fmt.Sprintf("/initiatives/%d", b.Initiative)),
	}
	v.Approximate = v.Net.Approximate
	switch {
	case b.Time != nil:
		v.Hours = b.Time.HoursPerYear
		if b.Time.Rate != 0 {
			v.Rate = exactly(b.Time.Rate)
		}
		v.Other = r.hours(v.Hours)
	case b.Indicator != nil:
		v.Unit, v.Baseline, v.Target = b.Indicator.Unit, b.Indicator.Baseline, b.Indicator.Target
		v.Other = r.say("benefits.indicator", r.lang.Style.Thousandths(v.Baseline), r.lang.Style.Thousandths(v.Target), v.Unit)
	default:
		y := r.benefitYear(b, year)
		v.InYear, v.PlanInYear, v.Confirmed, v.ToDate, v.Claimed = y.InYear, y.Plan, y.Confirmed, y.ToDate, y.Claimed
	}
	return v
}

// ownerOf is who answers for the gain: its own owner, or else the initiative's.
func ownerOf(b *portfolio.Benefit, i *portfolio.Initiative) portfolio.UserID {
	if b.Owner != 0 {
		return b.Owner
	}
	return i.BenefitOwner
}

// netOf is the full year's saving less what it costs to run. While the running costs are not known it is about that much at
// most, and so approximate.
func netOf(t *portfolio.Terms) amount.Figure {
	if !t.Gross.Known {
		return amount.Figure{}
	}
	return amount.Figure{
		Ore: t.Gross.Ore - t.Running.Ore, Known: true,
		Approximate: t.Gross.Approximate || t.Running.Approximate || !t.Running.Known,
	}
}

// hours says how many a year: freed, or taken.
func (r *request) hours(n int64) string {
	if n < 0 {
		return r.say("benefits.hours_taken", r.lang.Number(-n))
	}
	return r.say("benefits.hours", r.lang.Number(n))
}

// benefitYear is one year of a gain in kroner, net: the effect in the year as adopted and by the present terms, the level
// reached when it ends, and what the ledger has.
type benefitYear struct {
	Year      int `json:"year"`
	Plan      ore `json:"plan_ore"`
	InYear    ore `json:"in_year_ore"`
	Level     ore `json:"full_year_ore"`
	Confirmed ore `json:"confirmed_ore"`
	ToDate    ore `json:"confirmed_to_date_ore"`
	Claimed   ore `json:"claimed_ore"`
	// Months are what makes InYear.
	Months []monthPart `json:"-"`
}

func (r *request) benefitYear(b *portfolio.Benefit, year int) benefitYear {
	y := benefitYear{Year: year, Confirmed: exactly(0), ToDate: exactly(0), Claimed: exactly(0)}
	about := func(t *portfolio.Terms, m amount.Money) ore {
		if t.Unknown() {
			return ore{}
		}
		return ore{amount.Figure{Ore: m, Known: true, Approximate: netOf(t).Approximate}}
	}
	was := b.PlannedTerms()
	y.Plan, y.InYear = about(&was, was.InYear(year).Net()), about(&b.Terms, b.InYear(year).Net())
	y.Level = about(&b.Terms, b.LevelAtEnd(year).Net())
	ledger, open := r.p.Ledger(b.ID), portfolio.Ended(r.p.Today)
	for m := range amount.Year(year).Months() {
		confirmed, _ := ledger.Confirmed(m)
		claimed, _ := ledger.Claimed(m)
		y.Confirmed.Ore += confirmed.Net()
		y.Claimed.Ore += claimed.Net()
		if m < open {
			y.ToDate.Ore += confirmed.Net()
		}
	}
	return y
}

func (r *request) benefitsTable(list []*portfolio.Benefit, year int) exchange.Table {
	t := exchange.Table{Columns: []string{
		"benefit", "title", "initiative", "initiative_title", "type", "cashability", "owner", "from", "planned_from", "gross",
		"running", "net", "hours_per_year", "unit", "baseline", "target", "adverse", "year", "in_year", "plan_in_year", "confirmed",
		"confirmed_to_date", "claimed", "example",
	}}
	for _, b := range list {
		v := r.benefitRow(b, year)
		var hours, baseline, target any
		if b.Time != nil {
			hours = v.Hours
		}
		if b.Indicator != nil {
			baseline, target = amount.Danish.Thousandths(v.Baseline), amount.Danish.Thousandths(v.Target)
		}
		t.Add(int64(v.ID), v.Title, int64(v.Initiative), v.InitiativeTitle, v.Type.String(), v.Cashability.String(), v.Owner, v.From,
			v.Was, v.Gross.Figure, v.Running.Figure, v.Net.Figure, hours, v.Unit, baseline, target, v.Adverse, year, v.InYear.Figure,
			v.PlanInYear.Figure, v.Confirmed.Figure, v.ToDate.Figure, v.Claimed.Figure, v.Example)
	}
	return t
}
