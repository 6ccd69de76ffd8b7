package web

import (
	"fmt"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
)

// creditedView is what earlier years' requirements have been credited with, gain by gain: the full-year level that does not count
// again in the year.
type creditedView struct {
	partHead
	Items []creditedRow `json:"items"`
	Next  *int64        `json:"next"`
	Total creditedRow   `json:"total"`
	// From is the first of the years that were credited, 0 where none was.
	From int `json:"credited_from,omitempty"`

	Years string `json:"-"`
}

// creditedRow is one gain's level, the programme's part of it.
type creditedRow struct {
	Initiative portfolio.InitiativeID `json:"initiative_id,omitempty"`
	Title      string                 `json:"initiative"`
	Benefit    portfolio.BenefitID    `json:"id,omitempty"`
	Of         string                 `json:"title"`
	Gross      ore                    `json:"gross_full_year_ore"`
	Running    ore                    `json:"running_full_year_ore"`
	Net        ore                    `json:"net_full_year_ore"`
	Example    bool                   `json:"example"`
	Href       string                 `json:"-"`
	OfHref     string                 `json:"-"`
}

// creditedYears names the years before a year that were credited.
func creditedYears(from, year int) string {
	if from == year-1 {
		return fmt.Sprint(from)
	}
	return fmt.Sprintf("%d–%d", from, year-1)
}

func (v *creditedRow) of(g portfolio.Gain) {
	v.Gross, v.Running, v.Net = exactly(g.Gross), exactly(g.Running), exactly(g.Net())
}

func (r *request) creditedRow(c *portfolio.Credit) creditedRow {
	b := c.Benefit
	v := creditedRow{
		Initiative: b.Initiative, Title: r.initiativeTitle(b.Initiative), Benefit: b.ID, Of: b.Title, Example: b.AnyExample(),
		Href: r.link(fmt.Sprintf("/initiatives/%d#entries", b.Initiative)), OfHref: r.link(fmt.Sprintf("/benefits/%d", b.ID)),
	}
	v.of(c.Level)
	return v
}

// creditsOf lists the gains that were credited, as the filter leaves them.
func creditsOf(y *shownYear) (list []*portfolio.Credit) {
	for _, row := range y.rows {
		for k := range row.Credits {
			list = append(list, &row.Credits[k])
		}
	}
	return list
}

func (r *request) creditedHead(y *shownYear) creditedView {
	v := creditedView{partHead: r.partHead(y, creditedName), Items: []creditedRow{}, Total: creditedRow{Title: r.say("savings.total")}}
	v.Total.of(y.Credited)
	if y.CreditedFrom < y.number() {
		v.From, v.Years = y.CreditedFrom, creditedYears(y.CreditedFrom, y.number())
	}
	return v
}

// credited is the part as the year's page has it: the largest gains, the others in one row.
func (r *request) credited(y *shownYear) creditedView {
	v, kept, others := r.creditedHead(y), creditsOf(y), []*portfolio.Credit(nil)
	if len(kept) > maxGroups {
		kept, others = split(kept, maxGroups-1, func(c *portfolio.Credit) int64 { return int64(max(c.Level.Net(), -c.Level.Net())) })
	}
	for _, c := range kept {
		v.Items = append(v.Items, r.creditedRow(c))
	}
	if len(others) > 0 {
		rest, sum := creditedRow{Title: r.lang.Count("savings.other_gains", len(others)), Href: v.Full}, portfolio.Gain{}
		for _, c := range others {
			sum = sum.Plus(c.Level)
			rest.Example = rest.Example || c.Benefit.AnyExample()
		}
		rest.of(sum)
		v.Items = append(v.Items, rest)
	}
	return v
}

func (s *Server) creditedPart(r *request) (*page, error) {
	y, empty, err := r.partsOf("savings.part.credited")
	if y == nil {
		return empty, err
	}
	v, all := r.creditedHead(y), creditsOf(y)
	q := form{Values: r.query}
	after := q.int("after")
	if err := q.err(); err != nil {
		return nil, err
	}
	shown, next := paged(all, after, func(c *portfolio.Credit) int64 { return int64(c.Benefit.ID) })
	for _, c := range shown {
		v.Items = append(v.Items, r.creditedRow(c))
	}
	v.Next, v.Links = next, r.listLinks(after, next)
	return r.partPage(y, &v.partHead, &v, func() exchange.Table {
		t := exchange.Table{Columns: []string{"initiative", "initiative_title", "benefit", "title", "gross_full_year", "running_full_year", "net_full_year", "example"}}
		for _, c := range all {
			row := r.creditedRow(c)
			t.Add(int64(row.Initiative), row.Title, int64(row.Benefit), row.Of, row.Gross.Figure, row.Running.Figure, row.Net.Figure, row.Example)
		}
		return t
	}), nil
}

// creditedWords say that a level was credited to earlier years, "" where none was.
func (r *request) creditedWords(key string, level amount.Money, from, year int) string {
	if level == 0 || from == year {
		return ""
	}
	return r.say(key, money(r.lang, amount.Exactly(level), r.lang.Style.Short), creditedYears(from, year), year)
}
