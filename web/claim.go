package web

import (
	"fmt"
	"net/http"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

func (s *Server) claimRoutes() []route {
	return []route{
		{method: http.MethodGet, pattern: "/benefits/{id}/claim", action: portfolio.ClaimSaving, page: s.claimPage, view: claimView{}, query: fields{"spread": ""}},
		{method: http.MethodPost, pattern: "/benefits/{id}/claim", action: portfolio.ClaimSaving, page: s.claimPage, form: s.claimSaving, view: benefitPage{}, sends: claimFields},
		{method: http.MethodPost, pattern: "/benefits/{id}/claim/preview", action: portfolio.ClaimSaving, page: s.claimPage, form: s.previewClaim, view: claimView{}, sends: claimFields},
	}
}

var claimFields = seenFields.and(fields{
	"spread": "", "from": portfolio.Month(0), "to": portfolio.Month(0), "through": 0, "gross": amount.Figure{}, "gross_ore": int64(0),
	"running": amount.Figure{}, "running_ore": int64(0), "document": "", "account": "", "transfer": "",
})

// yearly is the spread of a budget change: the amount is a full year's, and each month takes a twelfth. Otherwise the amount
// is that of the months together.
const yearly = "yearly"

// claimYears is how many budget years a budget change may be chosen to run through, this year included; claimThrough how many
// after this one it runs through unless it is said: a budget has three years after its own.
const (
	claimYears   = 10
	claimThrough = 3
)

// claimView is the form that reports what a gain has brought, filled in with what is expected.
type claimView struct {
	Benefit         portfolio.BenefitID    `json:"benefit_id"`
	Title           string                 `json:"benefit"`
	Initiative      portfolio.InitiativeID `json:"initiative_id"`
	InitiativeTitle string                 `json:"initiative"`
	// OpenFrom is the first month that may be claimed, "" where none is closed.
	OpenFrom portfolio.Month `json:"open_from"`
	// Months are what the form as filled in would record, month by month, and their sums; none before it can be read.
	Months  []portfolio.MonthGain `json:"months"`
	Gross   ore                   `json:"gross_ore"`
	Running ore                   `json:"running_ore"`
	Net     ore                   `json:"net_ore"`

	// Form is nil where nothing can be claimed, and Why then says why not.
	Form        *formView    `json:"-"`
	Why         string       `json:"-"`
	Closed      string       `json:"-"`
	Kinds       []optionLink `json:"-"`
	BenefitHref string       `json:"-"`
	OfHref      string       `json:"-"`
}

// optionLink is one of several ways to see a page.
type optionLink struct {
	Label, Href string
	Current     bool
}

func claimHref(id portfolio.BenefitID) string { return fmt.Sprintf("/benefits/%d/claim", id) }

// claimPage is the form; one that was refused comes back filled in.
func (s *Server) claimPage(r *request) (*page, error) {
	id, err := pathID(r, portfolio.KindBenefit)
	if err != nil {
		return nil, err
	}
	b := r.p.Benefits.Get(portfolio.BenefitID(id))
	if b == nil {
		return nil, portfolio.Missing(portfolio.KindBenefit, id)
	}
	v := &claimView{
		Benefit: b.ID, Title: b.Title, Initiative: b.Initiative, InitiativeTitle: r.initiativeTitle(b.Initiative), OpenFrom: r.p.OpenFrom(),
		BenefitHref: r.link(fmt.Sprintf("/benefits/%d", b.ID)), OfHref: r.link(fmt.Sprintf("/initiatives/%d", b.Initiative)),
	}
	if v.OpenFrom != 0 {
		v.Closed = r.say("claims.closed", v.OpenFrom-1)
	}
	if v.Why = r.unclaimable(b); v.Why == "" {
		r.fillClaim(b, v)
	}
	return &page{Template: "claim", Title: r.say("initiatives.form.claim_on", r.benefitTitle(b)), View: v, Example: b.Example()}, nil
}

// unclaimable says why nothing can be claimed on the gain, "" where something can.
func (r *request) unclaimable(b *portfolio.Benefit) string {
	switch {
	case b.Cash == nil:
		return r.say("claims.no_kroner")
	case r.asOf != 0:
		return r.say("claims.in_the_past")
	case !r.may(portfolio.ClaimSaving, b):
		return r.say("claims.not_yours")
	}
	return ""
}

// fillClaim makes the form of the kind that is asked for, with what it would record if it were sent as it stands.
func (r *request) fillClaim(b *portfolio.Benefit, v *claimView) {
	spread := r.value("spread")
	if r.form != nil {
		spread = r.form.get("spread")
	}
	key := "claim"
	if spread == yearly {
		key = "claim_yearly"
	}
	f := r.offer(key, "claim", claimHref(b.ID), b)
	f.Preview, f.Back = f.Action+"/preview", v.BenefitHref
	for _, kind := range [...]struct{ name, label string }{{"", "claims.kind.months"}, {yearly, "claims.kind.yearly"}} {
		href := claimHref(b.ID)
		if kind.name != "" {
			href += "?spread=" + kind.name
		}
		if kind.name == "" || !b.OneOff {
			v.Kinds = append(v.Kinds, optionLink{r.say(kind.label), href, (spread == yearly) == (kind.name == yearly)})
		}
	}
	if spread == yearly {
		r.yearlyFields(f, b)
	} else {
		r.claimFields(f, b)
	}
	f.text("document", "")
	f.text("account", b.Cash.Account)
	f.text("transfer", "")
	f.area("note", "")
	v.Form = f
	r.spread(v, f)
}

// spread shows month by month what the form would record. What cannot be read shows none; the refusal says why.
func (r *request) spread(v *claimView, f *formView) {
	sent := &form{Values: map[string][]string{}, Errors: map[string]string{}}
	for _, in := range f.Hidden {
		sent.Values.Set(in.Name, in.Value)
	}
	for _, in := range f.Fields {
		sent.Values.Set(in.Name, in.Value)
	}
	if f.Sent != nil {
		sent.Values = f.Sent.Values // as it was sent: a program may have left something out that is filled in here
	}
	v.Months = claimedMonths(sent)
	if len(v.Months) == 0 {
		return
	}
	total := (&portfolio.Entry{Months: v.Months}).Total()
	v.Gross, v.Running, v.Net = exactly(total.Gross), exactly(total.Running), exactly(total.Net())
}

// proposal is what a claim is filled in with: the planned effect of the first run of months that have passed, are open, and
// have neither a claimed nor a confirmed entry.
func (r *request) proposal(b *portfolio.Benefit) (months amount.Period, gain portfolio.Gain) {
	for m := max(b.From, r.p.OpenFrom()); b.From != 0 && m < portfolio.Ended(r.p.Today); m++ {
		if own := b.Monthly(m); !r.p.Reported(b.ID, m) && own != (portfolio.Gain{}) {
			if months.From == 0 {
				months.From = m
			}
			months.To, gain = m+1, gain.Plus(own)
			continue
		}
		if months.From != 0 {
			break
		}
	}
	return months, gain
}

// claimFields are the inputs of a claim of one month or several, filled in with what is planned.
func (r *request) claimFields(f *formView, b *portfolio.Benefit) {
	months, gain := r.proposal(b)
	var gross, running amount.Figure
	if months.From != 0 {
		gross, running = amount.Exactly(gain.Gross), amount.Exactly(gain.Running)
		f.Intro = r.say("initiatives.form.claim_proposed", r.months(months.From, months.To-1))
	}
	f.month("from", months.From)
	f.month("to", max(months.To-1, 0))
	f.figure("gross", gross)
	f.figure("running", running)
}

// yearlyFields are the inputs of a budget change, filled in with the full year as it is planned, from the first open month that
// nothing has been reported of.
func (r *request) yearlyFields(f *formView, b *portfolio.Benefit) {
	from, first := max(b.From, r.p.OpenFrom()), r.p.Today.Year()
	if from == 0 {
		from = r.p.Today.Month() + 1
	}
	for n := 0; r.p.Reported(b.ID, from) && n < maxClaimed; n++ {
		from++
	}
	f.hidden("spread", yearly)
	f.month("from", from)
	var years []optionView
	for y := first; y < first+claimYears; y++ {
		years = append(years, optionView{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
	}
	f.choose("through", strconv.Itoa(max(first+claimThrough, min(from.Year(), first+claimYears-1))), years)
	var gross, running amount.Figure
	if full := b.FullYear(); b.Gross.Known {
		gross, running = amount.Exactly(full.Gross), amount.Exactly(full.Running)
	}
	f.figure("gross", gross)
	f.figure("running", running)
}
