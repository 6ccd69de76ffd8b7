package exchange

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"gevinst/portfolio"
)

// rowsFunc gives a list's rows one by one.
type rowsFunc = func(add func(cells ...any)) error

var strategyColumns = []string{"municipality", "title", "from", "to", "focus"}

func strategyRows(p *portfolio.Portfolio) rowsFunc {
	return func(add func(...any)) error {
		if s := p.Strategy; s != nil {
			row := []any{s.Municipality, s.Title, reference(int64(s.From)), reference(int64(s.To)), strings.Join(s.Focus, "\n")}
			add(append(row, origin(s.Sources)...)...)
		}
		return nil
	}
}

// policyColumns: share is in basis points, 10000 being the whole.
var policyColumns = []string{"probability_of_stage", "optimism_of_type", "share"}

func policyRows(p *portfolio.Portfolio) rowsFunc {
	return func(add func(...any)) error {
		if p.Policy == nil {
			return nil
		}
		from := origin(p.Policy.Sources)
		for _, stage := range slices.Sorted(maps.Keys(p.Policy.Probability)) {
			add(append([]any{stage, nil, int(p.Policy.Probability[stage])}, from...)...)
		}
		for _, t := range slices.Sorted(maps.Keys(p.Policy.Optimism)) {
			add(append([]any{nil, t, int(p.Policy.Optimism[t])}, from...)...)
		}
		return nil
	}
}

var requirementColumns = []string{
	"id", "programme", "year", "line", "reading", "kind", "label", "amount", "permanence", "line_example", "line_source",
	"stated_net", "net_source",
}

// requirementRows gives a row a line. A reading of a line, which adds nothing, follows it with its own number in "reading".
func requirementRows(p *portfolio.Portfolio) rowsFunc {
	return func(add func(...any)) error {
		for r := range p.Requirements.All() {
			row := func(line, reading any, l portfolio.Line) {
				add(append([]any{
					int64(r.ID), programmeCode(p, r.Programme), r.Year, line, reading, l.Kind, l.Label, l.Amount, l.Permanence,
					l.Source.Example, sourceText(l.Source), r.StatedNet, sourceText(r.NetSource),
				}, origin(r.Sources)...)...)
			}
			if len(r.Lines) == 0 {
				row(nil, nil, portfolio.Line{})
			}
			for i, l := range r.Lines {
				row(i+1, nil, l)
				for k, part := range l.Reading {
					row(i+1, k+1, part)
				}
			}
		}
		return nil
	}
}

var ledgerColumns = []string{
	"entry", "benefit", "month", "gross", "running", "state", "claimed_by", "claimed_at", "accepted", "settled_by", "settled_at",
	"settled_note", "document", "account", "transfer", "note", "reverses", "reversed_by",
}

// ledgerRows gives a row a month of each entry.
func ledgerRows(entries iter.Seq2[*portfolio.Entry, error]) rowsFunc {
	return func(add func(...any)) error {
		for e, err := range entries {
			if err != nil {
				return err
			}
			settled := []any{nil, nil, nil, nil}
			if s := e.Settled; s != nil {
				settled = []any{s.Accepted, reference(s.By), instant(s.At), s.Note}
			}
			from := origin(e.Sources)
			for _, m := range e.Months {
				row := []any{
					int64(e.ID), int64(e.Benefit), m.Month, m.Gross, m.Running, e.State(), reference(e.Claim.By), instant(e.Claim.At),
				}
				row = append(row, settled...)
				row = append(row, e.Evidence.Document, e.Evidence.Account, e.Evidence.Transfer, e.Note, reference(e.Reverses), reference(e.ReversedBy))
				add(append(row, from...)...)
			}
		}
		return nil
	}
}

var noteColumns = []string{"kind", "id", "note", "text", "example", "source"}

// noteRows gives the remarks of every record, in the order of kinds and ids.
func noteRows(p *portfolio.Portfolio) rowsFunc {
	return func(add func(...any)) error {
		for _, r := range p.Records() {
			for i, n := range notesOf(r) {
				add(r.Kind(), r.Key(), i+1, n.Text, n.Source.Example, sourceText(n.Source))
			}
		}
		return nil
	}
}

func notesOf(r portfolio.Record) []portfolio.Note {
	switch r := r.(type) {
	case *portfolio.Strategy:
		return r.Notes
	case *portfolio.Programme:
		return r.Notes
	case *portfolio.CatalogueItem:
		return r.Notes
	case *portfolio.Initiative:
		return r.Notes
	case *portfolio.Benefit:
		return r.Notes
	case *portfolio.Requirement:
		return r.Notes
	case *portfolio.Overlap:
		return r.Notes
	case *portfolio.Meeting:
		return r.Notes
	case *portfolio.Decision:
		return r.Notes
	}
	return nil
}
