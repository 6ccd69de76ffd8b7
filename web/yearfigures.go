package web

import (
	"fmt"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// yearFigures is a programme's year as the page and the interface have it. Amounts are øre; what is not known is null.
type yearFigures struct {
	Programme string `json:"programme"`
	Name      string `json:"programme_name"`
	Year      int    `json:"year"`
	// AsOf is the day the figures are known at; "to date" counts months that had ended by PassedTo.
	AsOf     portfolio.Date `json:"as_of"`
	PassedTo portfolio.Date `json:"to_date_through"`

	Requirement                ore  `json:"requirement_ore"`
	RequirementApproximate     bool `json:"requirement_approximate"`
	AlreadyRealized            ore  `json:"already_realized_ore"`
	AlreadyRealizedApproximate bool `json:"already_realized_approximate"`
	NetRequirement             ore  `json:"net_requirement_ore"`
	NetRequirementApproximate  bool `json:"net_requirement_approximate"`

	Confirmed       ore `json:"confirmed_ore"`
	ConfirmedToDate ore `json:"confirmed_to_date_ore"`
	Claimed         ore `json:"claimed_ore"`
	// Plan is the year as the plan was adopted, Expected the planned effect of months without any entry.
	Plan                ore    `json:"plan_ore"`
	Expected            ore    `json:"expected_ore"`
	Planned             ore    `json:"planned_ore"`
	PlannedApproximate  bool   `json:"planned_approximate"`
	Forecast            ore    `json:"forecast_ore"`
	ForecastApproximate bool   `json:"forecast_approximate"`
	ForecastReason      string `json:"forecast_reason,omitempty"`
	Gap                 ore    `json:"gap_ore"`
	ExpectedGap         ore    `json:"expected_gap_ore"`
	// Level is the full-year level reached when the year ends.
	Level ore `json:"full_year_ore"`
	// Credited is the full-year level that has met the requirements of earlier years, from CreditedFrom on: all the year's
	// figures are of what is above it.
	Credited     ore `json:"credited_ore"`
	CreditedFrom int `json:"credited_from,omitempty"`
	// Closed tells that no entry of the year can come any more; Missed is what was planned then and neither claimed nor confirmed.
	Closed      bool `json:"closed"`
	Missed      ore  `json:"not_fetched_ore"`
	Approximate bool `json:"approximate"`
	Unknown     int  `json:"initiatives_without_amount"`
	Example     bool `json:"example"`
	// Narrowed tells that the figures are of an area or a stage: the requirement is still the whole programme's, so nothing is
	// said of a gap.
	Narrowed bool          `json:"narrowed"`
	Months   []monthFigure `json:"months"`

	// CreditedWords say what was credited and why it does not count, "" where nothing was; CreditedHref opens it.
	CreditedWords string `json:"-"`
	CreditedHref  string `json:"-"`
}

// monthFigure is one month's own amounts. What is claimed and not yet confirmed is in Claimed only; Forecast is the weighted
// effect of a month with no entry, Expected the same unweighted.
type monthFigure struct {
	Month     portfolio.Month `json:"month"`
	Plan      ore             `json:"plan_ore"`
	Claimed   ore             `json:"claimed_ore"`
	Confirmed ore             `json:"confirmed_ore"`
	Forecast  ore             `json:"forecast_ore"`
	Expected  ore             `json:"expected_ore"`
}

// figuresOf gives the figures of a programme's year.
func (r *request) figuresOf(g *portfolio.Programme, y *portfolio.Year) yearFigures {
	f := yearFigures{
		Programme: g.Code, Name: g.Name, Year: y.Year, AsOf: r.shownDay(), PassedTo: (y.Open - 1).Last(),
		Requirement: ore{y.Requirement.Gross()}, AlreadyRealized: ore{y.Requirement.Realized()}, NetRequirement: ore{y.Net()},
		Confirmed: exactly(y.Confirmed.Net()), ConfirmedToDate: exactly(y.ToDate.Net()), Claimed: exactly(y.Claimed.Net()),
		Planned: ore{y.PlannedTotal()}, Forecast: ore{y.Forecast()}, Gap: ore{y.Gap()}, ExpectedGap: ore{y.ExpectedGap()},
		Unknown: y.Unknown, Example: r.invented(y), Credited: exactly(y.Credited.Net()), Closed: y.Closed, Missed: exactly(y.Missed.Net()),
		CreditedWords: r.creditedWords("savings.credited", y.Credited.Net(), y.CreditedFrom, y.Year),
		CreditedHref:  r.link(fmt.Sprintf("/savings/%d/credited?programme=%s", y.Year, g.Code)),
	}
	if y.CreditedFrom < y.Year {
		f.CreditedFrom = y.CreditedFrom
	}
	f.RequirementApproximate, f.AlreadyRealizedApproximate = f.Requirement.Approximate, f.AlreadyRealized.Approximate
	f.NetRequirementApproximate = f.NetRequirement.Approximate
	f.PlannedApproximate, f.ForecastApproximate = f.Planned.Approximate, f.Forecast.Approximate
	if f.Planned.Known {
		f.Plan, f.Expected, f.Level = exactly(y.Plan.Net()), exactly(y.Expected.Net()), exactly(y.Level.Net())
	}
	if !f.Forecast.Known {
		f.ForecastReason = r.say("savings.forecast_reason")
	}
	f.Approximate = y.Requirement.Approximate() || f.Planned.Approximate || f.Forecast.Approximate
	for m := range y.Months {
		fig := &y.Months[m]
		month := monthFigure{
			Month:     amount.NewMonth(y.Year, m+1),
			Confirmed: exactly(fig.Confirmed.Net()), Claimed: exactly(fig.Claimed.Net()),
		}
		if f.Planned.Known {
			month.Plan, month.Expected = exactly(fig.Plan.Net()), exactly(fig.Expected.Net())
			month.Forecast = exactly(fig.WeightedOpen)
		}
		f.Months = append(f.Months, month)
	}
	return f
}

// narrowedFigures are the figures of what the filter leaves of a year.
func (r *request) narrowedFigures(y *shownYear) yearFigures {
	f := r.figuresOf(y.programme, y.Year)
	if f.Narrowed = y.narrowed(); f.Narrowed {
		f.Gap, f.ExpectedGap = ore{}, ore{}
		f.CreditedHref = r.partHref(y, creditedName, false)
	}
	return f
}

// invented tells whether a part of the year's figures is example data.
func (r *request) invented(y *portfolio.Year) bool {
	return y.Invented > 0 || (y.Requirement != nil && y.Requirement.AnyExample())
}

// defaultYear is the year of the domain's day, or the next one with a requirement, or the last that had one.
func (r *request) defaultYear(g *portfolio.Programme) int {
	today, next, last := r.p.Today.Year(), 0, 0
	for q := range r.p.Requirements.All() {
		if q.Programme != g.ID {
			continue
		}
		if q.Year >= today && (next == 0 || q.Year < next) {
			next = q.Year
		}
		last = max(last, q.Year)
	}
	switch {
	case next != 0:
		return next
	case last != 0:
		return last
	}
	return today
}
