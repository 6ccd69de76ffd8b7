package web

import (
	"cmp"
	"fmt"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/store"
	"gevinst/web/chart"
)

// indicator tells how a gain without kroner is measured, and how far it has come; nil for one that has no indicator.
func (r *request) indicator(b *portfolio.Benefit) *indicatorView {
	in := b.Indicator
	if in == nil {
		return nil
	}
	style := r.lang.Style
	v := &indicatorView{
		BaselineDate: in.BaselineDate, Method: in.Method, Measurements: []measurementView{},
		Baseline: style.Thousandths(in.Baseline) + " " + in.Unit, Target: style.Thousandths(in.Target) + " " + in.Unit,
	}
	d := chart.MeasuredData{
		Unit: in.Unit, AsOf: r.shownDay(), Baseline: in.Baseline, Target: in.Target, BaselineDay: in.BaselineDate, Example: b.AnyExample(),
	}
	for _, m := range in.Measurements {
		d.Points = append(d.Points, chart.Measure{Day: m.Date, Value: m.Value})
		v.Measurements = append(v.Measurements, measurementView{m.Date, m.Value, r.name(m.By), m.Note, style.Thousandths(m.Value)})
	}
	v.Chart = chart.Measured(r.voice(), d)
	share, ok := in.Achievement()
	switch {
	case in.Target == in.Baseline:
		v.Words = r.say("benefits.achievement_undefined")
	case !ok:
		v.Words = r.say("benefits.achievement_none")
	case share < 0:
		v.Words = r.say("benefits.achievement_back", r.lang.Percent(portfolio.Basis(-share)))
	default:
		v.Words = r.say("benefits.achievement", r.lang.Percent(portfolio.Basis(share)))
	}
	if ok {
		v.Achievement = &share
	}
	return v
}

// converted tells what the gain was before a decision made kroner of it; nil where none did.
func (r *request) converted(b *portfolio.Benefit) *conversionView {
	c := b.Converted
	if c == nil {
		return nil
	}
	v := &conversionView{
		Hours: c.Time.HoursPerYear, Decision: c.Decision, By: r.name(c.By), Date: store.DayOf(c.At),
		Href: r.link(fmt.Sprintf("/decisions#decision-%d", c.Decision)),
	}
	if c.Time.Rate != 0 {
		v.Rate = exactly(c.Time.Rate)
	}
	if d := r.p.Decisions.Ever(c.Decision); d != nil {
		v.Title = d.Title
	}
	v.Words = r.say("benefits.converted", r.hours(v.Hours), r.rate(&c.Time), r.lang.Style.Date(v.Date), v.By)
	return v
}

// openWords says what a gain still owes.
func (r *request) openWords(b *portfolio.Benefit) string {
	open, ok := r.p.OpenGain(b)
	if !ok {
		return ""
	}
	var words []string
	if open.Unknown {
		words = append(words, r.say("benefits.open_unknown"))
	}
	if open.Until != 0 {
		words = append(words, r.say("benefits.open_until", r.lang.Style.MonthName(open.Until)))
	}
	if n := len(open.Missing); n > 0 {
		words = append(words, r.lang.Count("benefits.open_missing", n)+" "+r.months(open.Missing[0], open.Missing[n-1]))
	}
	if open.Short {
		words = append(words, r.say("benefits.open_short"))
	}
	return strings.Join(words, "; ")
}

// benefitEffects draws the gain's years: what falls in each beside the full-year level at its end.
func (r *request) benefitEffects(b *portfolio.Benefit, v *benefitPage) chart.Chart {
	d := chart.EffectYearsData{AsOf: r.shownDay(), Example: b.AnyExample()}
	for _, y := range v.Years {
		d.Years = append(d.Years, chart.YearEffect{Year: y.Year, InYear: y.InYear.Figure, FullYear: y.Level.Figure})
	}
	return chart.EffectYears(r.voice(), d)
}

// monthPart is one month of a gain's year.
type monthPart struct {
	Month portfolio.Month
	portfolio.Gain
}

// monthsOf are the months that make a gain's year.
func monthsOf(b *portfolio.Benefit, year int) []monthPart {
	var list []monthPart
	for m := range amount.Year(year).Months() {
		if own := b.Monthly(m); own != (portfolio.Gain{}) {
			list = append(list, monthPart{m, own})
		}
	}
	return list
}

// openGain is a gain that a closed initiative still owes, and who is asked.
type openGain struct {
	Title, Href, Asked, What string
}

// openGains lists what a closed initiative still owes: its gains outlive the project.
func (r *request) openGains(i *portfolio.Initiative) []openGain {
	if i.Stage != portfolio.Closed {
		return nil
	}
	var list []openGain
	for _, b := range r.p.BenefitsOf(i.ID) {
		what := r.openWords(b)
		if what == "" {
			continue
		}
		asked := cmp.Or(ownerOf(b, i), i.ProjectOwner)
		list = append(list, openGain{
			b.Title, r.link(fmt.Sprintf("/benefits/%d", b.ID)), cmp.Or(r.name(asked), r.say("initiatives.none_named")), what,
		})
	}
	return list
}
