package web

import (
	"html/template"
	"strings"

	"gevinst/portfolio"
)

// planLines are a row as the page writes it: in the time line, and in the table. Both are comparable, so that what did not change
// is not written again.
type planLines struct {
	Time planTime
	Sums planCells
}

type planTime struct {
	Title, Href, State, Words, SlipWords, Reason string
	Stage                                        portfolio.Stage
	Plan                                         portfolio.Membership
	Example, ExampleStage, ExampleDates          bool
	Bars                                         template.HTML
	Move                                         planMove
}

type planCells struct {
	Title, Href, PlannedWords, NowWords, SlipWords string
	Plan                                           portfolio.Membership
	Example, ExampleEffect                         bool
	Effects                                        template.HTML
}

func (r *request) planLines(v *planRow) (planLines, error) {
	bars, err := joined(r, "plan-bar", v.Bars)
	if err != nil {
		return planLines{}, err
	}
	effects, err := joined(r, "plan-effect", v.Effects)
	if err != nil {
		return planLines{}, err
	}
	return planLines{
		planTime{
			v.Title, v.Href, v.State, v.Words, v.SlipWords, v.Reason, v.Stage, v.Plan, v.Example, v.ExampleStage, v.ExampleDates, bars, v.Move,
		},
		planCells{v.Title, v.Href, v.PlannedWords, v.NowWords, v.SlipWords, v.Plan, v.Example, v.ExampleEffect, effects},
	}, nil
}

// joined writes a list's parts one after the other.
func joined[T comparable](r *request, name string, list []T) (template.HTML, error) {
	var b strings.Builder
	for _, v := range list {
		html, err := r.s.fragment(r.lang, name, v)
		if err != nil {
			return "", err
		}
		b.WriteString(string(html))
	}
	return template.HTML(b.String()), nil //nolint:gosec // its parts are written by html/template
}
