package web

import (
	"slices"

	"gevinst/portfolio"
)

// confirmedParts are the initiatives that the confirmed and the claimed come from, by number: the largest, and what the others
// bring in one row, which is the year less what is kept, so that the parts always add up.
func (r *request) confirmedParts(y *shownYear) []rowView {
	var parts []*portfolio.InitiativeYear
	for _, row := range y.Rows() {
		if row.Confirmed.Net() != 0 || row.Claimed.Net() != 0 {
			parts = append(parts, row)
		}
	}
	return r.largestOf(y, parts, moved)
}

// bridgeParts are the initiatives that the confirmed, the claimed and the expected come from, in the same way.
func (r *request) bridgeParts(y *shownYear) []rowView {
	var parts []*portfolio.InitiativeYear
	for _, row := range y.Rows() {
		if row.Confirmed.Net() != 0 || row.Claimed.Net() != 0 || row.Expected.Net() != 0 {
			parts = append(parts, row)
		}
	}
	return r.largestOf(y, parts, func(row *portfolio.InitiativeYear) int64 {
		return moved(row) + int64(max(row.Expected.Net(), -row.Expected.Net()))
	})
}

func (r *request) largestOf(y *shownYear, parts []*portfolio.InitiativeYear, size func(*portfolio.InitiativeYear) int64) []rowView {
	if len(parts) <= maxBars {
		return r.rows(parts, y.Closed)
	}
	largest, others := split(parts, maxBars-1, size)
	confirmed, toDate, claimed, expected := y.Confirmed.Net(), y.ToDate.Net(), y.Claimed.Net(), y.Expected.Net()
	for _, row := range largest {
		confirmed, toDate = confirmed-row.Confirmed.Net(), toDate-row.ToDate.Net()
		claimed, expected = claimed-row.Claimed.Net(), expected-row.Expected.Net()
	}
	return append(r.rows(largest, y.Closed), rowView{
		Title: r.lang.Count("savings.others", len(others)), Href: r.partHref(y, "", false),
		Confirmed: exactly(confirmed), ToDate: exactly(toDate), Claimed: exactly(claimed), open: expected,
		Example: y.Invented > 0 && slices.ContainsFunc(others, func(row *portfolio.InitiativeYear) bool { return row.Invented > 0 }),
	})
}

// moved is how much of the year's confirmed and claimed an initiative moves, whatever the sign.
func moved(row *portfolio.InitiativeYear) int64 {
	return int64(max(row.Confirmed.Net(), -row.Confirmed.Net()) + max(row.Claimed.Net(), -row.Claimed.Net()))
}

func (r *request) rows(of []*portfolio.InitiativeYear, closed bool) []rowView {
	list := make([]rowView, len(of))
	for i, row := range of {
		list[i] = r.row(row, closed)
	}
	return list
}
