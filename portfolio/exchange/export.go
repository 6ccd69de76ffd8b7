package exchange

import (
	"context"
	"iter"
	"slices"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// file is one list of an export: its columns, and its rows as they are read.
type file struct {
	name    string
	columns []string
	rows    func(add func(cells ...any)) error
	// unsummed are columns of amounts that it makes no sense to add up.
	unsummed []string
}

// Entries walks the ledger's entries as they stood in the portfolio, a part at a time, so that memory does not grow with
// the ledger.
func Entries(ctx context.Context, s *store.Store, p *portfolio.Portfolio, f store.EntryFilter) iter.Seq2[*portfolio.Entry, error] {
	const part = 2_000
	return func(yield func(*portfolio.Entry, error) bool) {
		for f.Limit = part; ; {
			list, err := s.Entries(ctx, p, f)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, e := range list {
				if !yield(e, nil) {
					return
				}
				f.After = e.ID
			}
			if len(list) < part {
				return
			}
		}
	}
}

// lists are the files of an export.
func lists(p *portfolio.Portfolio, entries iter.Seq2[*portfolio.Entry, error]) []file {
	list := []file{
		records("users.csv", p.Users, userColumns, userCells(p)),
		records("areas.csv", p.Areas, areaColumns, areaCells),
		{name: "strategy.csv", columns: withOrigin(strategyColumns), rows: strategyRows(p)},
		{name: "policy.csv", columns: withOrigin(policyColumns), rows: policyRows(p)},
		records("programmes.csv", p.Programmes, programmeColumns, programmeCells),
		records("meetings.csv", p.Meetings, meetingColumns, meetingCells),
		records("decisions.csv", p.Decisions, decisionColumns, decisionCells),
		records("catalogue.csv", p.Items, itemColumns, catalogueCells(p)),
		records("initiatives.csv", p.Initiatives, initiativeColumns, initiativeCells(p)),
		records("benefits.csv", p.Benefits, benefitColumns, benefitCells(p)),
		{name: "requirements.csv", columns: withOrigin(requirementColumns), rows: requirementRows(p), unsummed: []string{"amount", "stated_net"}},
		records("overlaps.csv", p.Overlaps, overlapColumns, overlapCells(p)),
		records("follow_ups.csv", p.FollowUps, followUpColumns, followUpCells),
		{name: "business_cases.csv", columns: withOrigin(caseColumns), rows: caseRows(p), unsummed: []string{"low", "likely", "high"}},
		{name: "price_indexes.csv", columns: withOrigin(indexColumns), rows: indexRows(p)},
		records("milestones.csv", p.Milestones, milestoneColumns, milestoneCells),
		records("risks.csv", p.Risks, riskColumns, riskCells),
		records("questions.csv", p.Questions, questionColumns, questionCells),
		records("commentaries.csv", p.Commentaries, commentaryColumns, commentaryCells),
		{name: "accounts.csv", columns: withOrigin(accountColumns), rows: accountRows(p)},
		{name: "ledger.csv", columns: withOrigin(ledgerColumns), rows: ledgerRows(entries)},
		{name: "notes.csv", columns: noteColumns, rows: noteRows(p)},
	}
	for i := range list {
		switch list[i].name {
		case "benefits.csv": // what was adopted stands beside what is expected now
			list[i].unsummed = []string{"rate", "planned_gross", "planned_running"}
		case "overlaps.csv":
			list[i].unsummed = []string{"cap"}
		}
	}
	return list
}

// records is the list of one kind, a row a record, with where its values come from at the end.
func records[K ~int64, T any](name string, t portfolio.Table[K, T], columns []string, cells func(*T) []any) file {
	return file{name: name, columns: withOrigin(columns), rows: func(add func(...any)) error {
		for r := range t.All() {
			add(append(cells(r), origin(portfolio.MetaOf(any(r).(portfolio.Record)).Sources)...)...)
		}
		return nil
	}}
}

func withOrigin(columns []string) []string { return append(slices.Clone(columns), "example", "source") }
