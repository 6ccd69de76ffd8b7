package web

import (
	"fmt"
	"net/http"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

var delayFields = fields{"months": int64(0), "until": portfolio.Date(0)}

// delayPreview is what a delay would move, before it is reported.
type delayPreview struct {
	Months int             `json:"months"`
	Was    portfolio.Month `json:"done_was"`
	Now    portfolio.Month `json:"done_now"`
	Year   int             `json:"year"`
	Rows   []delayRow      `json:"benefits"`
	// Stay are the gains that have begun and so do not move.
	Stay  []string `json:"unmoved"`
	Total delayRow `json:"total"`
	// End says the two ends in words.
	End string `json:"-"`
}

// delayRow is what happens to one gain, net of its running costs and by the initiative's programme.
type delayRow struct {
	Benefit   portfolio.BenefitID `json:"benefit,omitempty"`
	Title     string              `json:"title"`
	FromWas   portfolio.Month     `json:"from_was"`
	From      portfolio.Month     `json:"from"`
	InYearWas ore                 `json:"in_year_was_ore"`
	InYear    ore                 `json:"in_year_ore"`
	FullWas   ore                 `json:"full_year_was_ore"`
	Full      ore                 `json:"full_year_ore"`
}

// readDelay reads how long a delay is: a number of months, or the day on which the work ends instead. Work that ends on a
// month's first day was done at its beginning; on any other day the month is still worked in.
func readDelay(f *form) func(i *portfolio.Initiative) (int, error) {
	months, until := int(f.int("months")), f.date("until")
	return func(i *portfolio.Initiative) (int, error) {
		if until == 0 {
			return months, nil
		}
		refuse := func(code string) (int, error) {
			return 0, &portfolio.Error{Kind: portfolio.Invalid, Field: "until", Code: code}
		}
		if i.Now.Done == 0 {
			return refuse("error.delay_no_end")
		}
		later := int(until.AddDays(-1).Month() + 1 - i.Now.Done)
		switch {
		case months != 0 && months != later:
			return refuse("error.delay_two")
		case later <= 0:
			return refuse("error.delay_not_later")
		}
		return later, nil
	}
}

func reportDelay(r *request) func(*store.Tx, portfolio.By, *portfolio.Initiative) error {
	length := readDelay(r.form)
	return func(tx *store.Tx, by portfolio.By, i *portfolio.Initiative) error {
		months, err := length(i)
		if err != nil {
			return err
		}
		changes, err := i.ReportDelay(tx.Portfolio(), by, months)
		if err != nil {
			return err
		}
		tx.SaveAll(changes)
		return nil
	}
}

func (s *Server) delayPreviewRoute() route {
	return route{
		method: http.MethodPost, pattern: "/initiatives/{id}/delay/preview", action: portfolio.ReportDelay, page: s.initiative, form: s.previewDelay,
		view: initiativeView{}, sends: seenFields.and(delayFields),
	}
}

// previewDelay shows what a delay would move, beside the form as it was filled in. Nothing is written.
func (s *Server) previewDelay(r *request) (*done, error) {
	id, err := pathID(r, portfolio.KindInitiative)
	if err != nil {
		return nil, err
	}
	r.form.Action = fmt.Sprintf("/initiatives/%d/delay", id) // it is that form that is shown again
	i := r.p.Initiatives.Get(portfolio.InitiativeID(id))
	if i == nil {
		return nil, portfolio.Missing(portfolio.KindInitiative, id)
	}
	if !r.may(portfolio.ReportDelay, i) {
		return nil, &portfolio.Error{Kind: portfolio.Forbidden, Code: "error.forbidden", Args: []any{portfolio.ReportDelay.String()}}
	}
	length := readDelay(r.form)
	if err := r.form.seen(i); err != nil {
		return nil, err
	}
	if err := r.form.err(); err != nil {
		return nil, err
	}
	months, err := length(i)
	if err != nil {
		return nil, err
	}
	// The reason may still be to come.
	changes, err := i.ReportDelay(r.p, portfolio.By{User: r.user, Today: r.p.Today, Note: "-"}, months)
	if err != nil {
		return nil, err
	}
	pg, err := r.initiativePage(i.ID)
	if err != nil {
		return nil, err
	}
	v := pg.View.(*initiativeView)
	v.Preview = r.delayed(i, changes, months, v.Year)
	return &done{show: pg}, nil
}

// delayed compares the gains before and after.
func (r *request) delayed(i *portfolio.Initiative, changes []portfolio.Change, months, year int) *delayPreview {
	v := &delayPreview{Months: months, Was: i.Now.Done, Now: i.Now.Done, Year: year, Rows: []delayRow{}, Stay: []string{}}
	moved := map[portfolio.BenefitID]*portfolio.Benefit{}
	for _, c := range changes {
		switch to := c.Record.(type) {
		case *portfolio.Initiative:
			v.Now = to.Now.Done
			v.End = r.say("work.delay.end", r.ended(i.Now), r.ended(to.Now))
		case *portfolio.Benefit:
			moved[to.ID] = to
		}
	}
	v.Total = delayRow{Title: r.say("work.delay.total")}
	for _, b := range r.p.BenefitsOf(i.ID) {
		to := moved[b.ID]
		if to == nil {
			v.Stay = append(v.Stay, b.Title)
			continue
		}
		row := delayRow{Benefit: b.ID, Title: b.Title, FromWas: b.From, From: to.From}
		if b.Cash != nil && b.Gross.Known {
			part := r.p.Part(b, i.Programme)
			row.InYearWas, row.InYear = exactly(part.Of(b.InYear(year).Net())), exactly(part.Of(to.InYear(year).Net()))
			row.FullWas, row.Full = exactly(part.Of(b.FullYear().Net())), exactly(part.Of(to.FullYear().Net()))
		}
		v.Total.add(row)
		v.Rows = append(v.Rows, row)
	}
	return v
}

// add sums what is known.
func (t *delayRow) add(row delayRow) {
	for _, one := range [...]struct {
		sum  *ore
		part ore
	}{{&t.InYearWas, row.InYearWas}, {&t.InYear, row.InYear}, {&t.FullWas, row.FullWas}, {&t.Full, row.Full}} {
		if one.part.Known {
			*one.sum = exactly(one.sum.Ore + one.part.Ore)
		}
	}
}

// ended is the last month of a schedule, in words.
func (r *request) ended(s portfolio.Schedule) string {
	if s.Done == 0 {
		return r.say("figure.unknown")
	}
	return r.lang.Style.MonthName(s.Done - 1)
}
