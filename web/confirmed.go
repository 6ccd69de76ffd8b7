package web

import (
	"cmp"
	"slices"

	"gevinst/portfolio"
)

// confirmedParts are the initiatives that the confirmed and the claimed come from, by number: the largest, and what the others
// bring in one row, so that the parts always add up.
func (r *request) confirmedParts(y *shownYear) []rowView {
	var parts []*portfolio.InitiativeYear
	for _, row := range y.Rows() {
		if row.Confirmed.Net() != 0 || row.Claimed.Net() != 0 {
			parts = append(parts, row)
		}
	}
	if len(parts) <= maxBars {
		return r.rows(parts)
	}
	slices.SortFunc(parts, func(a, b *portfolio.InitiativeYear) int {
		return cmp.Or(cmp.Compare(moved(b), moved(a)), cmp.Compare(a.Initiative.ID, b.Initiative.ID))
	})
	largest, others := parts[:maxBars-1], parts[maxBars-1:]
	slices.SortFunc(largest, func(a, b *portfolio.InitiativeYear) int { return cmp.Compare(a.Initiative.ID, b.Initiative.ID) })
	rest := rowView{Title: r.lang.Count("savings.others", len(others)), Href: r.partHref(y, "", false)}
	var confirmed, toDate, claimed portfolio.Gain
	for _, row := range others {
		confirmed, toDate, claimed = confirmed.Plus(row.Confirmed), toDate.Plus(row.ToDate), claimed.Plus(row.Claimed)
		rest.Example = rest.Example || row.Invented > 0
	}
	rest.Confirmed, rest.ToDate, rest.Claimed = exactly(confirmed.Net()), exactly(toDate.Net()), exactly(claimed.Net())
	return append(r.rows(largest), rest)
}

// moved is how much of the year's confirmed and claimed an initiative moves, whatever the sign.
func moved(row *portfolio.InitiativeYear) int64 {
	return int64(max(row.Confirmed.Net(), -row.Confirmed.Net()) + max(row.Claimed.Net(), -row.Claimed.Net()))
}

func (r *request) rows(of []*portfolio.InitiativeYear) []rowView {
	list := make([]rowView, len(of))
	for i, row := range of {
		list[i] = r.row(row)
	}
	return list
}
