package web

import (
	"fmt"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
)

// termsView is the forecast with every term of it: what is confirmed, and of each gain p x (1 - o) x the planned effect of the
// months without a confirmed entry. The terms and the confirmed add up to the forecast.
type termsView struct {
	partHead
	Items     []termRow `json:"items"`
	Next      *int64    `json:"next"`
	Confirmed ore       `json:"confirmed_ore"`
	Rest      ore       `json:"rest_ore"`
	Weighted  ore       `json:"weighted_ore"`
	Forecast  ore       `json:"forecast_ore"`
	Reason    string    `json:"forecast_reason,omitempty"`
	forecastRange
	Approximate bool   `json:"approximate"`
	PolicyHref  string `json:"-"`
}

// forecastRange is how far the forecast may be off by the low and the high of the business cases: four times of five it falls
// between Low and High, if it is normally distributed. All are null where no case in force states a range.
type forecastRange struct {
	Low  ore `json:"forecast_low_ore"`
	High ore `json:"forecast_high_ore"`
	SD   ore `json:"forecast_sd_ore"`
	// LowWords and HighWords are for sentences, to the whole thousand kroner: an estimate is not known to the øre.
	LowWords  string `json:"-"`
	HighWords string `json:"-"`
}

// termRow is one gain's term. Certainty is what its initiative's stage makes of it; SD is null where its case states no range.
type termRow struct {
	Initiative  portfolio.InitiativeID `json:"initiative_id"`
	Title       string                 `json:"initiative"`
	Benefit     portfolio.BenefitID    `json:"id"`
	Of          string                 `json:"title"`
	Stage       portfolio.Stage        `json:"stage"`
	Certainty   string                 `json:"certainty"`
	Probability portfolio.Basis        `json:"probability_basis_points"`
	Optimism    portfolio.Basis        `json:"optimism_basis_points"`
	Rest        ore                    `json:"rest_ore"`
	Weighted    ore                    `json:"weighted_ore"`
	SD          ore                    `json:"sd_ore"`
	Example     bool                   `json:"example"`
	Href        string                 `json:"-"`
	OfHref      string                 `json:"-"`
	Word        string                 `json:"-"`
}

// certainties say how sure a stage makes an effect: what is being realized is sure, what has been put in use probable, and the
// rest is not. How likely each is in per cent is local policy.
var certainties = map[portfolio.Stage]string{
	portfolio.Realizing: "certain", portfolio.Closed: "certain", portfolio.Implemented: "probable",
	portfolio.Started: "uncertain", portfolio.Analysis: "uncertain", portfolio.Selected: "uncertain",
}

var certaintyWords = map[string]string{
	"certain": "savings.certain", "probable": "savings.probable", "uncertain": "savings.uncertain",
}

func (r *request) termRow(t *portfolio.ForecastTerm) termRow {
	v := termRow{
		Initiative: t.Initiative.ID, Title: t.Initiative.Title, Benefit: t.Benefit.ID, Of: t.Benefit.Title, Stage: t.Initiative.Stage,
		Certainty: certainties[t.Initiative.Stage], Probability: t.Probability, Optimism: t.Optimism,
		Rest: exactly(t.Rest), Weighted: exactly(t.Weighted), Example: t.Benefit.AnyExample(),
		Href: r.link(fmt.Sprintf("/initiatives/%d", t.Initiative.ID)), OfHref: r.link(fmt.Sprintf("/benefits/%d", t.Benefit.ID)),
	}
	v.Word = r.say(certaintyWords[v.Certainty])
	if t.Ranged {
		v.SD = exactly(t.SD)
	}
	return v
}

// termsOf lists the forecast's terms that the filter leaves.
func termsOf(y *shownYear) []*portfolio.ForecastTerm {
	list := make([]*portfolio.ForecastTerm, 0, len(y.rows))
	for _, row := range y.rows {
		for k := range row.Terms {
			list = append(list, &row.Terms[k])
		}
	}
	return list
}

const thousand = 1000 * amount.Krone

// rangeOf is the forecast's range; unknown where there is no forecast, or nothing that it could be off by.
func (r *request) rangeOf(y *portfolio.Year, terms []*portfolio.ForecastTerm) (v forecastRange) {
	f := y.Forecast()
	of := y.RangeOf(terms)
	if !f.Known || of.SD == 0 {
		return v
	}
	about := func(m amount.Money) ore { return ore{amount.Figure{Ore: m, Known: true, Approximate: f.Approximate}} }
	words := func(m amount.Money) string {
		return r.lang.Style.Figure(amount.Exactly(amount.MulDiv(m, 1, int64(thousand)) * thousand))
	}
	return forecastRange{about(of.Low), about(of.High), about(of.SD), words(of.Low), words(of.High)}
}

func (r *request) termsHead(y *shownYear, terms []*portfolio.ForecastTerm) termsView {
	v := termsView{
		partHead: r.partHead(y, "forecast"), Confirmed: exactly(y.Confirmed.Net()), Weighted: exactly(y.Weighted), Forecast: ore{y.Forecast()},
		forecastRange: r.rangeOf(y.Year, terms), PolicyHref: r.link("/policy"),
	}
	var rest amount.Money
	for k := range terms {
		rest += terms[k].Rest
	}
	v.Rest, v.Approximate = exactly(rest), v.Forecast.Approximate
	if !v.Forecast.Known {
		v.Reason = r.say("savings.forecast_reason")
	}
	return v
}

// forecast is the part as the year's page has it: the largest terms, the others in one row.
func (r *request) forecast(y *shownYear, terms []*portfolio.ForecastTerm) termsView {
	v := r.termsHead(y, terms)
	kept, others := terms, []*portfolio.ForecastTerm(nil)
	if len(terms) > maxGroups {
		kept, others = split(terms, maxGroups-1, func(t *portfolio.ForecastTerm) int64 { return int64(max(t.Rest, -t.Rest)) })
	}
	for k := range kept {
		v.Items = append(v.Items, r.termRow(kept[k]))
	}
	if len(others) > 0 {
		rest := termRow{Title: r.lang.Count("savings.other_terms", len(others)), Href: v.Full}
		for _, t := range others {
			rest.Rest, rest.Weighted = exactly(rest.Rest.Ore+t.Rest), exactly(rest.Weighted.Ore+t.Weighted)
			rest.Example = rest.Example || t.Benefit.AnyExample()
		}
		v.Items = append(v.Items, rest)
	}
	return v
}

func (s *Server) termsPart(r *request) (*page, error) {
	y, empty, err := r.partsOf("savings.part.forecast")
	if y == nil {
		return empty, err
	}
	terms := termsOf(y)
	v := r.termsHead(y, terms)
	q := form{Values: r.query}
	after := q.int("after")
	if err := q.err(); err != nil {
		return nil, err
	}
	shown, next := paged(terms, after, func(t *portfolio.ForecastTerm) int64 { return int64(t.Benefit.ID) })
	for k := range shown {
		v.Items = append(v.Items, r.termRow(shown[k]))
	}
	v.Next, v.Links = next, r.listLinks(after, next)
	return r.partPage(y, &v.partHead, &v, func() exchange.Table {
		t := exchange.Table{Columns: []string{
			"initiative", "initiative_title", "benefit", "title", "stage", "certainty", "probability_percent", "optimism_percent", "rest", "weighted", "sd", "example",
		}}
		for k := range terms {
			row := r.termRow(terms[k])
			t.Add(int64(row.Initiative), row.Title, int64(row.Benefit), row.Of, row.Stage.String(), row.Certainty, r.lang.Percent(row.Probability),
				r.lang.Percent(row.Optimism), row.Rest.Figure, row.Weighted.Figure, row.SD.Figure, row.Example)
		}
		return t
	}), nil
}
