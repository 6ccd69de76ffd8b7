package store

import (
	"fmt"
	"strconv"
	"strings"

	"gevinst/portfolio"
)

// table is where one kind of record is kept: the columns beside the common ones, and their values.
type table struct {
	name    string
	columns []string
	values  func(portfolio.Record, seqs) []any
}

// seqs are the events of the transaction that an entry's row names: they are known once the transaction has its numbers.
type seqs struct{ claimed, settled, reversed int64 }

func none(portfolio.Record, seqs) []any { return nil }

var tables = map[portfolio.Kind]table{
	portfolio.KindUser: {"account", []string{"role", "disabled"}, func(r portfolio.Record, _ seqs) []any {
		u := r.(*portfolio.User)
		return []any{int64(u.Role), flag(u.Disabled)}
	}},
	portfolio.KindArea: {"area", []string{"director"}, func(r portfolio.Record, _ seqs) []any {
		return []any{reference(r.(*portfolio.Area).Director)}
	}},
	portfolio.KindStrategy: {"strategy", nil, none},
	portfolio.KindProgramme: {"programme", []string{"code"}, func(r portfolio.Record, _ seqs) []any {
		return []any{r.(*portfolio.Programme).Code}
	}},
	portfolio.KindPolicy: {"policy", nil, none},
	portfolio.KindCatalogueItem: {"catalogue_item", []string{"no", "area_id"}, func(r portfolio.Record, _ seqs) []any {
		c := r.(*portfolio.CatalogueItem)
		return []any{c.No, reference(c.Area)}
	}},
	portfolio.KindInitiative: {
		"initiative",
		[]string{"programme_id", "item_id", "area_id", "project_owner", "benefit_owner"},
		func(r portfolio.Record, _ seqs) []any {
			i := r.(*portfolio.Initiative)
			return []any{int64(i.Programme), reference(i.Item), reference(i.Area), reference(i.ProjectOwner), reference(i.BenefitOwner)}
		},
	},
	portfolio.KindBenefit: {"benefit", []string{"initiative_id"}, func(r portfolio.Record, _ seqs) []any {
		return []any{int64(r.(*portfolio.Benefit).Initiative)}
	}},
	portfolio.KindEntry: {
		"entry",
		[]string{"benefit_id", "claimed_by", "claimed_seq", "settled_by", "settled_seq", "accepted", "reverses", "reversed_seq"},
		func(r portfolio.Record, s seqs) []any {
			e := r.(*portfolio.Entry)
			var by, accepted any
			if e.Settled != nil {
				by, accepted = int64(e.Settled.By), flag(e.Settled.Accepted)
			}
			return []any{int64(e.Benefit), int64(e.Claim.By), s.claimed, by, reference(s.settled), accepted, reference(e.Reverses), reference(s.reversed)}
		},
	},
	portfolio.KindRequirement: {"requirement", []string{"programme_id", "year"}, func(r portfolio.Record, _ seqs) []any {
		q := r.(*portfolio.Requirement)
		return []any{int64(q.Programme), q.Year}
	}},
	portfolio.KindOverlap: {"overlap", nil, none},
	portfolio.KindMeeting: {"meeting", []string{"date"}, func(r portfolio.Record, _ seqs) []any {
		return []any{int64(r.(*portfolio.Meeting).Date)}
	}},
	portfolio.KindDecision: {"decision", []string{"meeting_id"}, func(r portfolio.Record, _ seqs) []any {
		return []any{int64(r.(*portfolio.Decision).Meeting)}
	}},
	portfolio.KindFollowUp: {"follow_up", []string{"closes_before"}, func(r portfolio.Record, _ seqs) []any {
		return []any{int64(r.(*portfolio.FollowUp).ClosesBefore)}
	}},
	portfolio.KindPriceIndex: {"price_index", nil, none},
	portfolio.KindBusinessCase: {"business_case", []string{"initiative_id", "no", "state"}, func(r portfolio.Record, _ seqs) []any {
		c := r.(*portfolio.BusinessCase)
		return []any{int64(c.Initiative), c.No, int64(c.State)}
	}},
	portfolio.KindMilestone: {"milestone", []string{"initiative_id"}, func(r portfolio.Record, _ seqs) []any {
		return []any{int64(r.(*portfolio.Milestone).Initiative)}
	}},
	portfolio.KindRisk: {"risk", []string{"initiative_id"}, func(r portfolio.Record, _ seqs) []any {
		return []any{int64(r.(*portfolio.Risk).Initiative)}
	}},
	portfolio.KindQuestion: {"question", []string{"initiative_id"}, func(r portfolio.Record, _ seqs) []any {
		return []any{int64(r.(*portfolio.Question).Initiative)}
	}},
	portfolio.KindCommentary: {"commentary", []string{"initiative_id", "follow_up"}, func(r portfolio.Record, _ seqs) []any {
		c := r.(*portfolio.Commentary)
		return []any{int64(c.Initiative), int64(c.FollowUp)}
	}},
	portfolio.KindAccount: {"budget_account", []string{"no"}, func(r portfolio.Record, _ seqs) []any {
		return []any{r.(*portfolio.Account).No}
	}},
	portfolio.KindFinanceFile: {"finance_file", []string{"digest"}, func(r portfolio.Record, _ seqs) []any {
		return []any{r.(*portfolio.FinanceFile).Digest}
	}},
	portfolio.KindPosting: {"posting", []string{"account_id", "file_id", "month", "measure", "ore", "identity"}, func(r portfolio.Record, _ seqs) []any {
		t := r.(*portfolio.Posting)
		return []any{int64(t.Account), int64(t.File), int64(t.Month), int64(t.Measure), int64(t.Ore), t.Identity()}
	}},
	portfolio.KindExplanation: {"explanation", []string{"account_id", "year"}, func(r portfolio.Record, _ seqs) []any {
		x := r.(*portfolio.Explanation)
		return []any{int64(x.Account), x.Year}
	}},
	portfolio.KindMapping: {"mapping", []string{"used_for", "name"}, func(r portfolio.Record, _ seqs) []any {
		m := r.(*portfolio.Mapping)
		return []any{m.For, m.Name}
	}},
	portfolio.KindRound: {"round", nil, none},
	portfolio.KindScore: {"score", []string{"round_id", "given_by"}, func(r portfolio.Record, _ seqs) []any {
		s := r.(*portfolio.Score)
		return []any{int64(s.Round), int64(s.By)}
	}},
	portfolio.KindScenario: {"scenario", nil, none},
	portfolio.KindReport:   {"report", nil, none},
}

// common are the columns that every kind's table has.
var common = []string{"id", "version", "seq", "removed", "format", "body"}

func (t table) all() []string { return append(append([]string(nil), common...), t.columns...) }

// update writes one row over the version that was seen.
func (t table) update() string {
	var b strings.Builder
	b.WriteString("UPDATE " + t.name + " SET ")
	for i, c := range t.all()[1:] {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(c + " = $" + strconv.Itoa(i+2))
	}
	fmt.Fprintf(&b, " WHERE id = $1 AND version = $%d", len(common)+len(t.columns)+1)
	return b.String()
}

var updates = func() map[portfolio.Kind]string {
	m := make(map[portfolio.Kind]string, len(tables))
	for k, t := range tables {
		m[k] = t.update()
	}
	m[portfolio.KindEntry] = settleEntry
	return m
}()

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// reference gives NULL for none, so that the foreign key holds.
func reference[K ~int64](id K) any {
	if id == 0 {
		return nil
	}
	return int64(id)
}
