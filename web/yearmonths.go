package web

import (
	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
)

// heatView is where in the year the money is, and how sure it is: a row for each group, a cell for each month.
type heatView struct {
	partHead
	Items  []heatRow         `json:"items"`
	Next   *int64            `json:"next"`
	Total  heatRow           `json:"total"`
	Months []portfolio.Month `json:"-"`
	Key    []heatKey         `json:"-"`
}

type heatRow struct {
	ID      int64       `json:"id"`
	Title   string      `json:"title"`
	Months  []heatMonth `json:"months"`
	Sum     ore         `json:"planned_ore"`
	Example bool        `json:"example"`
	Href    string      `json:"-"`
}

// heatMonth is a month's own amounts. State is "confirmed", "claimed" or "expected" where the month is that alone, "mixed" where
// it is several, "none" where nothing falls in it.
type heatMonth struct {
	Month     portfolio.Month `json:"month"`
	Confirmed ore             `json:"confirmed_ore"`
	Claimed   ore             `json:"claimed_ore"`
	Expected  ore             `json:"expected_ore"`
	State     string          `json:"state"`
	Symbol    string          `json:"-"`
	Word      string          `json:"-"`
	Sum       ore             `json:"-"`
}

type heatKey struct{ State, Symbol, Word string }

// heatStates are the cells' states from the surest, each with its sign: tone alone would say nothing in black and white.
var heatStates = []heatKey{
	{"confirmed", "■", "chart.confirmed"},
	{"claimed", "▤", "chart.claimed"},
	{"expected", "□", "chart.expected"},
	{"mixed", "◧", "savings.heat_mixed"},
	{"none", "·", "savings.heat_none"},
}

func heatState(f *portfolio.Figures) heatKey {
	at, states := 4, 0
	for k, g := range []portfolio.Gain{f.Confirmed, f.Claimed, f.Expected} {
		if g != (portfolio.Gain{}) {
			at = k
			states++
		}
	}
	if states > 1 {
		at = 3
	}
	return heatStates[at]
}

func (r *request) heatOf(y *shownYear) func(*yearGroup) heatRow {
	words := r.heatKeys()
	return func(g *yearGroup) heatRow {
		v := heatRow{ID: g.id, Title: g.title, Href: g.href, Example: g.example, Sum: planned(g.sums.Expected, g.sums)}
		if v.Sum.Known {
			v.Sum.Ore = g.sums.Planned()
		}
		for m := range g.sums.Months {
			f := &g.sums.Months[m]
			state := heatState(f)
			v.Months = append(v.Months, heatMonth{
				Month: amount.NewMonth(y.number(), m+1), Confirmed: exactly(f.Confirmed.Net()), Claimed: exactly(f.Claimed.Net()),
				Expected: exactly(f.Expected.Net()), State: state.State, Symbol: state.Symbol, Word: words[state.State], Sum: exactly(f.Planned()),
			})
		}
		return v
	}
}

func (r *request) heatKeys() map[string]string {
	words := map[string]string{}
	for _, k := range heatStates {
		words[k.State] = r.say(k.Word)
	}
	return words
}

func (r *request) heatHead(y *shownYear, by string, groups []*yearGroup) heatView {
	v := heatView{partHead: r.partHead(y, "months"), Total: r.heatOf(y)(r.total(y, groups))}
	v.By, v.ByWord = by, r.say(groupWords[by])
	for m := 1; m <= 12; m++ {
		v.Months = append(v.Months, amount.NewMonth(y.number(), m))
	}
	for _, k := range heatStates {
		v.Key = append(v.Key, heatKey{k.State, k.Symbol, r.say(k.Word)})
	}
	return v
}

func (r *request) heat(y *shownYear, by string, groups []*yearGroup) heatView {
	v := r.heatHead(y, by, groups)
	v.Items = groupRows(r.bounded(y, by, v.Part, groups, maxGroups, bulletSize), r.heatOf(y))
	return v
}

func (s *Server) heatPart(r *request) (*page, error) {
	y, empty, err := r.partsOf("savings.part.months")
	if y == nil {
		return empty, err
	}
	by, err := r.by()
	if err != nil {
		return nil, err
	}
	groups := r.groups(y, by)
	v := r.heatHead(y, by, groups)
	shown, next, err := r.pagedGroups(y, by, groups, &v.partHead)
	if err != nil {
		return nil, err
	}
	v.Items, v.Next = groupRows(shown, r.heatOf(y)), next
	return r.partPage(y, &v.partHead, &v, func() exchange.Table {
		t := exchange.Table{Columns: []string{"by", "id", "title", "month", "state", "confirmed", "claimed", "expected", "example"}}
		for _, g := range groups {
			r.nameGroup(y, by, g)
			row := r.heatOf(y)(g)
			for _, m := range row.Months {
				t.Add(by, row.ID, row.Title, m.Month, m.State, m.Confirmed.Figure, m.Claimed.Figure, m.Expected.Figure, row.Example)
			}
		}
		return t
	}), nil
}
