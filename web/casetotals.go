package web

import (
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// caseTotals are what a draft comes to while it is being typed: how each cell was read, what cannot be read, and the same sums
// and results as the page shows once it is saved. Nothing is stored.
type caseTotals struct {
	Readings map[string]string `json:"readings"`
	Errors   map[string]string `json:"errors"`
	Totals   map[string]string `json:"totals"`
	Results  map[string]string `json:"results"`
}

func (s *Server) caseTotals(r *request) (any, error) {
	of, err := pathID(r, portfolio.KindInitiative)
	if err != nil {
		return nil, err
	}
	c, err := openCase(r.p, of)
	if err != nil {
		return nil, err
	}
	if !r.p.May(r.user, portfolio.EditCase, c) {
		return nil, &portfolio.Error{Kind: portfolio.Forbidden, Code: "error.forbidden", Args: []any{portfolio.EditCase.String()}}
	}
	if r.form, err = readForm(r.Request); err != nil {
		return nil, err
	}
	base, err := r.caseAt(c, r.form.int("version"))
	if err != nil {
		return nil, err
	}
	sent := readCase(r.form, &base.CaseContent)
	t := caseTotals{Readings: r.readings(r.form), Errors: map[string]string{}}
	refusals := r.refusedCase(c, sent)
	for _, e := range refusals {
		if t.Errors[e.Field] == "" {
			t.Errors[e.Field] = r.refusal(e)
		}
	}
	figures := caseFigures{}
	if sent.Years >= 1 && sent.Years <= portfolio.MaxCaseYears {
		if figures, err = r.appraised(&sent.CaseContent, sent.lines); err != nil {
			return nil, err
		}
	}
	t.Totals, t.Results = figures.Totals, figures.Shown
	if t.Totals == nil {
		t.Totals, t.Results = map[string]string{}, map[string]string{}
	}
	return t, nil
}

// refusedCase lists everything that is refused of what was sent: what cannot be read, and what the domain does not take. The verb
// is only asked; what it gives is thrown away.
func (r *request) refusedCase(c *portfolio.BusinessCase, sent *sentCase) portfolio.Refusals {
	refusals := portfolio.AsRefusals(r.form.err())
	if _, _, err := c.Edit(r.p, portfolio.By{User: r.user, Today: r.p.Today}, sent.CaseContent); portfolio.Is(err, portfolio.Invalid) {
		refusals = append(refusals, portfolio.AsRefusals(sent.renamed(err))...)
	}
	return refusals
}

// readings say how each cell was read: 3,9 mio. kr. = 3.900.000 kr.
func (r *request) readings(f *form) map[string]string {
	said := map[string]string{}
	for _, cells := range sentCells(f) {
		for _, cell := range cells {
			text := f.get(cell.name)
			if text == "" {
				continue
			}
			if text == unknownMark {
				said[cell.name] = r.say("cases.reading", text, r.say("figure.unknown"))
				continue
			}
			v, err := amount.ParseDanish(text)
			if err != nil {
				continue
			}
			read := money(r.lang, v, r.lang.Style.Kroner)
			if strings.ReplaceAll(text, " ", "\u00a0") == read {
				said[cell.name] = read
				continue
			}
			said[cell.name] = r.say("cases.reading", text, read)
		}
	}
	return said
}
