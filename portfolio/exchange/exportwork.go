package exchange

import (
	"gevinst/portfolio"
)

// These lists are for people and programs to read; none of them is read in.

var caseColumns = []string{
	"case", "initiative", "no", "state", "dated", "price_year", "first_year", "years", "rate", "financing",
	"line", "kind", "title", "benefit", "index", "line_price_year", "year", "low", "likely", "high", "note",
}

// caseRows gives a row for each line, year and version; a line without amounts and a version without lines have one row.
func caseRows(p *portfolio.Portfolio) rowsFunc {
	return func(add func(...any)) error {
		for c := range p.Cases.All() {
			from := origin(c.Sources)
			head := []any{
				int64(c.ID), int64(c.Initiative), c.No, c.State, c.Dated, c.PriceYear, c.FirstYear, c.Years, c.Rate, c.Financing.String(),
			}
			row := func(cells ...any) {
				line := append(append(make([]any, 0, len(caseColumns)+len(from)), head...), cells...)
				add(append(line, from...)...)
			}
			if len(c.Lines) == 0 {
				row(nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil)
			}
			for _, l := range c.Lines {
				line := func(year any, e portfolio.Estimate) {
					row(int64(l.ID), l.Kind.String(), l.Title, reference(l.Benefit), reference(l.Index), reference(int64(l.PriceYear)), year, e.Low, e.Likely, e.High, l.Note)
				}
				if len(l.Amounts) == 0 {
					line(nil, portfolio.Estimate{})
				}
				for t, e := range l.Amounts {
					line(c.FirstYear+t, e)
				}
			}
		}
		return nil
	}
}

var milestoneColumns = []string{"id", "initiative", "title", "due", "owner", "done"}

func milestoneCells(m *portfolio.Milestone) []any {
	return []any{int64(m.ID), int64(m.Initiative), m.Title, m.Due, reference(m.Owner), m.Done}
}

var riskColumns = []string{"id", "initiative", "title", "likelihood", "consequence", "response", "review", "owner", "closed"}

func riskCells(k *portfolio.Risk) []any {
	return []any{
		int64(k.ID), int64(k.Initiative), k.Title, k.Likelihood, k.Consequence, k.Response, k.Review, reference(k.Owner), k.Closed,
	}
}

var questionColumns = []string{"id", "initiative", "benefit", "case", "text", "asked_by", "asked_at", "answer", "answered_by", "answered_at"}

func questionCells(q *portfolio.Question) []any {
	row := []any{
		int64(q.ID), int64(q.Initiative), reference(q.Benefit), reference(q.Case), q.Text, reference(q.Asked.By), instant(q.Asked.At),
	}
	if q.Answer == nil {
		return append(row, nil, nil, nil)
	}
	return append(row, q.Answer.Note, reference(q.Answer.By), instant(q.Answer.At))
}

var commentaryColumns = []string{"id", "initiative", "follow_up", "outlook", "text", "written_by", "written_at"}

func commentaryCells(c *portfolio.Commentary) []any {
	return []any{int64(c.ID), int64(c.Initiative), c.FollowUp, c.Outlook, c.Text, reference(c.Written.By), instant(c.Written.At)}
}

var accountColumns = []string{"id", "no", "name", "year", "reduction", "year_example", "year_source"}

// accountRows gives a row for each year in which an account's budget was cut; an account without any has one row.
func accountRows(p *portfolio.Portfolio) rowsFunc {
	return func(add func(...any)) error {
		for a := range p.Accounts.All() {
			row := func(year, reduction any, s portfolio.Source) {
				add(append([]any{int64(a.ID), a.No, a.Name, year, reduction, s.Example, sourceText(s)}, origin(a.Sources)...)...)
			}
			if len(a.Caps) == 0 {
				row(nil, nil, portfolio.Source{})
			}
			for _, y := range a.Caps {
				row(y.Year, y.Reduction, y.Source)
			}
		}
		return nil
	}
}

var indexColumns = []string{"id", "name", "published", "year", "milli"}

// indexRows gives a row for each year of a price index, its value in thousandths.
func indexRows(p *portfolio.Portfolio) rowsFunc {
	return func(add func(...any)) error {
		for x := range p.Indexes.All() {
			for _, point := range x.Points {
				add(append([]any{int64(x.ID), x.Name, x.Source, point.Year, point.Milli}, origin(x.Sources)...)...)
			}
		}
		return nil
	}
}
