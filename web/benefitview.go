package web

import (
	"fmt"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// benefitView is a gain on its initiative's page, with what may be done to it there.
type benefitView struct {
	benefitRow
	Claim *formView `json:"-"`
	Edit  *formView `json:"-"`
}

// benefitPage is a gain's own page: its terms, year by year, and the entries.
type benefitPage struct {
	benefitRow
	Account  string            `json:"account,omitempty"`
	Price    int               `json:"price_year,omitempty"`
	Planned  portfolio.Terms   `json:"-"`
	Terms    portfolio.Terms   `json:"-"`
	WasNet   ore               `json:"planned_net_ore"`
	Ramp     string            `json:"ramp,omitempty"`
	Shares   []shareView       `json:"allocations"`
	Years    []benefitYear     `json:"years"`
	Entries  []entryView       `json:"entries"`
	Notes    []noteView        `json:"notes"`
	History  []sentence        `json:"history"`
	Overlap  *overlapRef       `json:"overlap"`
	Sources  portfolio.Sources `json:"sources,omitempty"`
	Whole    portfolio.Source  `json:"-"`
	MayClaim bool              `json:"-"`
	MayEdit  bool              `json:"-"`
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
		MayClaim: b.Cash != nil && r.may(portfolio.ClaimSaving, b), MayEdit: r.may(portfolio.EditBenefit, b),
	}
	v.WasNet = ore{netOf(&v.Planned)}
	if b.Cash != nil {
		v.Account = b.Cash.Account
		first := year
		if v.Was != 0 {
			first = min(first, v.Was.Year())
		}
		for y := first; y < year+shownYears; y++ {
			v.Years = append(v.Years, r.benefitYear(b, y))
		}
	}
	for g := range r.p.Programmes.All() {
		if share := r.p.Share(b, g.ID); share > 0 {
			v.Shares = append(v.Shares, shareView{g.Name, share, fmt.Sprintf("%s %%", thousandths(int64(share)*10))})
		}
	}
	if v.Entries, err = r.entriesOf([]*portfolio.Benefit{b}); err != nil {
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
	return &page{Template: "benefit", Title: r.benefitTitle(b), View: v, Example: b.Example(), Notice: notice}, nil
}

// benefitInitiative is the page that a gain's forms stand on.
func (s *Server) benefitInitiative(r *request) (*page, error) {
	id, err := pathID(r, portfolio.KindBenefit)
	if err != nil {
		return nil, err
	}
	b := r.p.Benefits.Get(portfolio.BenefitID(id))
	if b == nil {
		return nil, portfolio.Missing(portfolio.KindBenefit, id)
	}
	return r.initiativePage(b.Initiative)
}
