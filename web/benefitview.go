package web

import (
	"fmt"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
	"gevinst/web/chart"
)

// benefitView is a gain on its initiative's page, with what may be done to it there.
type benefitView struct {
	benefitRow
	// ClaimHref leads to the form that claims on it, "" for whoever may not.
	ClaimHref string `json:"-"`
}

// benefitPage is a gain's own page: its terms, year by year, and the entries.
type benefitPage struct {
	benefitRow
	Account string            `json:"account,omitempty"`
	Price   int               `json:"price_year,omitempty"`
	Planned portfolio.Terms   `json:"-"`
	Terms   portfolio.Terms   `json:"-"`
	WasNet  ore               `json:"planned_net_ore"`
	Ramp    string            `json:"ramp,omitempty"`
	Shares  []shareView       `json:"allocations"`
	Years   []benefitYear     `json:"years"`
	Entries []entryView       `json:"entries"`
	Notes   []noteView        `json:"notes"`
	History []sentence        `json:"history"`
	Overlap *overlapRef       `json:"overlap"`
	Sources portfolio.Sources `json:"sources,omitempty"`
	Whole   portfolio.Source  `json:"-"`
	// EntriesHref leads to all entries, where only the latest are shown; ClaimHref to the form that adds one.
	EntriesHref string `json:"-"`
	ClaimHref   string `json:"-"`

	// Change is what is done otherwise so that the gain comes, Focus what of the strategy it serves.
	Change    string          `json:"change,omitempty"`
	Focus     []string        `json:"focus"`
	Indicator *indicatorView  `json:"indicator"`
	Converted *conversionView `json:"converted"`
	// Open says what the gain still owes, "" where that is nothing.
	Open string `json:"open,omitempty"`
	// RampReading says the ramp month by month.
	RampReading string `json:"-"`
	// Stated is the gross amount as people state it: what a dis-benefit costs is above zero.
	Stated  ore         `json:"-"`
	MapHref string      `json:"-"`
	Effects chart.Chart `json:"-"`
	// Forms are what the reader may do, Again the one that was refused.
	Forms []*formView `json:"-"`
	Again *formView   `json:"-"`
}

// indicatorView is how an indicator is measured, and what it was; values are in thousandths of the unit.
type indicatorView struct {
	BaselineDate portfolio.Date    `json:"baseline_date,omitempty"`
	Method       string            `json:"method,omitempty"`
	Measurements []measurementView `json:"measurements"`
	// Achievement is how much of the way to the target has been come, null where that is not defined; Words says it.
	Achievement *int64      `json:"achievement_basis_points"`
	Words       string      `json:"-"`
	Chart       chart.Chart `json:"-"`
	Baseline    string      `json:"-"`
	Target      string      `json:"-"`
}

type measurementView struct {
	Date  portfolio.Date `json:"date"`
	Value int64          `json:"value_milli"`
	By    string         `json:"by"`
	Note  string         `json:"note,omitempty"`
	Text  string         `json:"-"`
}

// conversionView tells of the freed time that a gain was before a decision made a budget reduction of it.
type conversionView struct {
	Hours    int64                `json:"hours_per_year"`
	Rate     ore                  `json:"rate_ore"`
	Decision portfolio.DecisionID `json:"decision"`
	Title    string               `json:"decision_title"`
	By       string               `json:"by"`
	Date     portfolio.Date       `json:"date"`
	Words    string               `json:"-"`
	Href     string               `json:"-"`
}

// shareView is the part of a gain that a programme counts.
type shareView struct {
	Programme string          `json:"programme"`
	Share     portfolio.Basis `json:"share_basis_points"`
	Text      string          `json:"-"`
}

// shownYears is how many years a gain's page tells.
const shownYears = 4

func (s *Server) benefit(r *request) (*page, error) {
	id, err := pathID(r, portfolio.KindBenefit)
	if err != nil {
		return nil, err
	}
	b := r.p.Benefits.Get(portfolio.BenefitID(id))
	if b == nil {
		return nil, portfolio.Missing(portfolio.KindBenefit, id)
	}
	i := r.p.Initiatives.Ever(b.Initiative)
	year := r.defaultYear(r.p.Programmes.Ever(i.Programme))
	v := &benefitPage{
		benefitRow: r.benefitRow(b, year), Price: b.PriceYear, Planned: b.PlannedTerms(), Terms: b.Terms, Ramp: rampText(b.Ramp),
		Notes: notesOf(b.Notes), Overlap: r.overlapRef(i), Sources: b.Sources, Whole: b.Sources.Of(""),
		Change: b.Change, Focus: b.Focus, RampReading: r.rampReading(&b.Terms),
		Stated: ore{costs(b, b.Gross)}, MapHref: r.link(fmt.Sprintf("/benefits/map?initiative=%d", i.ID)),
		Indicator: r.indicator(b), Converted: r.converted(b), Open: r.openWords(b),
	}
	if v.Focus == nil {
		v.Focus = []string{} // none is known to be named
	}
	v.WasNet = ore{netOf(&v.Planned)}
	if b.Cash != nil && r.may(portfolio.ClaimSaving, b) {
		v.ClaimHref = claimHref(b.ID)
	}
	if b.Cash != nil {
		v.Account = b.Cash.Account
		first := year
		if v.Was != 0 {
			first = min(first, v.Was.Year())
		}
		for y := first; y < year+shownYears; y++ {
			own := r.benefitYear(b, y)
			own.Months = monthsOf(b, y)
			v.Years = append(v.Years, own)
		}
		v.Effects = r.benefitEffects(b, v)
	}
	for g := range r.p.Programmes.All() {
		if share := r.p.Part(b, g.ID).Share; share > 0 {
			v.Shares = append(v.Shares, shareView{g.Name, share, r.lang.Percent(share)})
		}
	}
	if v.Entries, v.EntriesHref, err = r.entriesOf([]*portfolio.Benefit{b}, fmt.Sprintf("benefit=%d", id)); err != nil {
		return nil, err
	}
	events, err := r.s.Store.Events(r.Context(), r.p, store.EventFilter{Kind: portfolio.KindBenefit, Subject: id, Limit: maxHistory})
	if err != nil {
		return nil, err
	}
	if v.History, err = r.sentences(events); err != nil {
		return nil, err
	}
	notice, err := r.notice()
	if err != nil {
		return nil, err
	}
	r.offerBenefit(b, v)
	return &page{
		Template: "benefit", Title: r.benefitTitle(b), View: v, Example: b.Example(), Notice: notice,
		Charts: v.Effects.Option != nil || v.Indicator != nil && v.Indicator.Chart.Option != nil,
	}, nil
}
