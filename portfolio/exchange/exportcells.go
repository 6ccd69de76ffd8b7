package exchange

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"gevinst/portfolio"
)

// Each kind's columns and cells stand beside each other, so that one cannot move without the other.

var userColumns = []string{"id", "role", "disabled", "name", "email"}

func userCells(p *portfolio.Portfolio) func(*portfolio.User) []any {
	return func(u *portfolio.User) []any {
		person := p.Person(u.ID)
		return []any{int64(u.ID), u.Role, u.Disabled, person.Name, person.Email}
	}
}

var areaColumns = []string{"id", "name", "director"}

func areaCells(a *portfolio.Area) []any { return []any{int64(a.ID), a.Name, reference(a.Director)} }

var programmeColumns = []string{"id", "code", "name"}

func programmeCells(g *portfolio.Programme) []any { return []any{int64(g.ID), g.Code, g.Name} }

var meetingColumns = []string{"id", "date", "type", "name"}

func meetingCells(m *portfolio.Meeting) []any { return []any{int64(m.ID), m.Date, m.Type, m.Name} }

var decisionColumns = []string{
	"id", "meeting", "item", "title", "case", "kle", "document", "type", "recommender", "recommendations", "outcome", "waiting",
	"follow_ups", "attachments",
}

func decisionCells(d *portfolio.Decision) []any {
	attachments := make([]string, len(d.Attachments))
	for i, a := range d.Attachments {
		attachments[i] = strings.TrimSuffix(a.Title+" | "+a.Document, " | ")
	}
	return []any{
		int64(d.ID), reference(d.Meeting), reference(int64(d.Item)), d.Title, d.Case, d.KLE, d.Document, d.Type, d.Recommender,
		strings.Join(d.Recommendations, "\n"), d.Outcome, d.Waiting, strings.Join(d.FollowUps, "\n"), strings.Join(attachments, "\n"),
	}
}

// itemColumns begin with those that an import reads.
var itemColumns = append(catalogueLayout.names().columns, "id", "state", "period", "prioritised_by", "prioritised_at", "decision", "approved", "proposed_period", "proposed_by", "proposed_at")

func catalogueCells(p *portfolio.Portfolio) func(*portfolio.CatalogueItem) []any {
	return func(c *portfolio.CatalogueItem) []any {
		row := []any{
			c.No, reference(int64(c.Page)), c.Title, areaName(p, c.Area), c.Origin, c.Mandatory, typesText(c.Types), c.Idea, int64(c.ID), c.State(),
		}
		if c.Priority == nil {
			row = append(row, nil, nil, nil)
		} else {
			row = append(row, c.Priority.Period, reference(c.Priority.By), instant(c.Priority.At))
		}
		if c.Selection == nil {
			row = append(row, nil)
		} else {
			row = append(row, reference(c.Selection.Decision))
		}
		if c.Priority == nil || c.Priority.Approved == 0 {
			row = append(row, nil)
		} else {
			row = append(row, c.Priority.Approved)
		}
		if c.Proposal == nil {
			return append(row, nil, nil, nil)
		}
		return append(row, c.Proposal.Period, reference(c.Proposal.By), instant(c.Proposal.At))
	}
}

var initiativeColumns = []string{
	"id", "title", "programme", "background", "item", "area", "project_owner", "benefit_owner", "stage", "plan", "plan_reason",
	"plan_decision", "one_off", "start", "done", "replanned", "planned_start", "planned_done", "summary",
	"case_file_no", "case_file_url", "left_plan",
}

func initiativeCells(p *portfolio.Portfolio) func(*portfolio.Initiative) []any {
	return func(i *portfolio.Initiative) []any {
		var no, planned, left any
		if i.Plan.Left {
			left = true
		}
		if c := p.Items.Ever(i.Item); c != nil {
			no = c.No
		}
		was := portfolio.Schedule{}
		if i.Planned != nil {
			planned, was = true, *i.Planned
		}
		return []any{
			int64(i.ID), i.Title, programmeCode(p, i.Programme), i.Background, no, areaName(p, i.Area), reference(i.ProjectOwner),
			reference(i.BenefitOwner), i.Stage, i.Plan.State, i.Plan.Reason, reference(i.Plan.Decision), i.OneOff, i.Now.Start, i.Now.Done,
			planned, was.Start, was.Done, i.Summary, i.CaseFile.No, i.CaseFile.URL, left,
		}
	}
}

var benefitColumns = slices.Concat(
	[]string{"id", "initiative", "title", "type", "cashability", "owner", "account", "hours_per_year", "rate", "unit", "baseline_milli", "target_milli"},
	[]string{"from", "ramp", "one_off", "gross", "running"},
	[]string{"replanned", "planned_from", "planned_ramp", "planned_one_off", "planned_gross", "planned_running"},
	[]string{"price_year", "allocations", "adverse", "change", "focus"},
	[]string{"baseline", "target", "baseline_date", "method", "measurements"},
)

func benefitCells(p *portfolio.Portfolio) func(*portfolio.Benefit) []any {
	return func(b *portfolio.Benefit) []any {
		row := []any{int64(b.ID), int64(b.Initiative), b.Title, b.Type, b.Cashability(), reference(b.Owner)}
		var account, hours, rate, unit, baseline, target, replanned any
		switch {
		case b.Cash != nil:
			account = b.Cash.Account
		case b.Time != nil:
			hours, rate = b.Time.HoursPerYear, b.Time.Rate
		case b.Indicator != nil:
			unit, baseline, target = b.Indicator.Unit, b.Indicator.Baseline, b.Indicator.Target
		}
		row = append(append(row, account, hours, rate, unit, baseline, target), termCells(&b.Terms)...)
		if b.Planned != nil {
			replanned = true
		}
		row = append(append(row, replanned), termCells(b.Planned)...)
		shares := make([]string, len(b.Allocations))
		for i, a := range b.Allocations {
			shares[i] = programmeCode(p, a.Programme) + " " + strconv.Itoa(int(a.Share))
		}
		var adverse any
		if b.Adverse {
			adverse = true
		}
		row = append(row, reference(int64(b.PriceYear)), strings.Join(shares, ", "), adverse, b.Change, strings.Join(b.Focus, "\n"))
		if b.Indicator == nil {
			return append(row, nil, nil, nil, nil, nil)
		}
		return append(
			row, plainly(b.Indicator.Baseline), plainly(b.Indicator.Target), b.Indicator.BaselineDate, b.Indicator.Method,
			measurementsText(b.Indicator.Measurements),
		)
	}
}

func termCells(t *portfolio.Terms) []any {
	if t == nil {
		return []any{nil, nil, nil, nil, nil}
	}
	shares := make([]string, len(t.Ramp))
	for i, share := range t.Ramp {
		shares[i] = strconv.Itoa(int(share))
	}
	return []any{t.From, strings.Join(shares, ", "), t.OneOff, t.Gross, t.Running}
}

var overlapColumns = []string{"id", "title", "initiatives", "programmes", "home", "cap"}

func overlapCells(p *portfolio.Portfolio) func(*portfolio.Overlap) []any {
	return func(o *portfolio.Overlap) []any {
		var ids, codes []string
		for _, id := range o.Initiatives {
			ids = append(ids, strconv.FormatInt(int64(id), 10))
		}
		for _, id := range o.Programmes {
			codes = append(codes, programmeCode(p, id))
		}
		return []any{int64(o.ID), o.Title, strings.Join(ids, ", "), strings.Join(codes, ", "), programmeCode(p, o.Home), o.Cap}
	}
}

var followUpColumns = []string{"id", "name", "date", "closes_before", "frozen_seq"}

func followUpCells(f *portfolio.FollowUp) []any {
	return []any{int64(f.ID), f.Name, f.Date, f.ClosesBefore, f.Frozen}
}

func programmeCode(p *portfolio.Portfolio, id portfolio.ProgrammeID) string {
	if g := p.Programmes.Ever(id); g != nil {
		return g.Code
	}
	return ""
}

// reference leaves the cell of none empty.
func reference[K ~int64](id K) any {
	if id == 0 {
		return nil
	}
	return int64(id)
}

func instant(at portfolio.Instant) string { return at.Time().Format("2006-01-02T15:04:05.000000Z") }

// origin gives the last two cells of a record: which fields are invented, and where the others come from, a line a field.
// "*" is the record as a whole.
func origin(sources portfolio.Sources) []any {
	var invented, stated []string
	for _, field := range slices.Sorted(maps.Keys(sources)) {
		name := field
		if name == "" {
			name = "*"
		}
		if sources[field].Example {
			invented = append(invented, name)
		}
		if said := sourceText(sources[field]); said != "" {
			stated = append(stated, name+": "+said)
		}
	}
	return []any{strings.Join(invented, ", "), strings.Join(stated, "\n")}
}

// sourceText is the document, the words that state the value, and whether it only follows from them.
func sourceText(s portfolio.Source) string {
	parts := []string{s.Document, s.Quote}
	if s.Derived {
		parts = append(parts, "derived")
	}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " | ")
}
