package portfolio

import (
	"fmt"

	"gevinst/portfolio/amount"
)

// Violation is an invariant that does not hold: the rule's name, the subject, and what is wrong.
type Violation struct {
	Rule    string
	Subject string
	Text    string
}

func (v Violation) String() string { return v.Rule + ": " + v.Subject + ": " + v.Text }

// subjectOf names a record as a violation does.
func subjectOf(r Record) string { return fmt.Sprintf("%s %d", r.Kind(), r.Key()) }

// Check lists the invariants that do not hold. An empty list is a sound portfolio.
func (p *Portfolio) Check() []Violation {
	var bad []Violation
	say := func(rule string, r Record, format string, args ...any) {
		bad = append(bad, Violation{rule, subjectOf(r), fmt.Sprintf(format, args...)})
	}
	numbers := map[int]bool{}
	for c := range p.Items.All() {
		if numbers[c.No] {
			say("unique-number", c, "number %d stands twice", c.No)
		}
		numbers[c.No] = true
		if p.Areas.Get(c.Area) == nil && (c.Area != 0 || c.Sources.Of("area").IsZero()) {
			say("reference", c, "area %d does not exist", c.Area)
		}
	}
	overlapped := map[InitiativeID]bool{}
	for o := range p.Overlaps.All() {
		for _, id := range o.Initiatives {
			if overlapped[id] {
				say("counted-once", o, "initiative %d is in two overlaps", id)
			}
			overlapped[id] = true
		}
	}
	for i := range p.Initiatives.All() {
		if p.Programmes.Get(i.Programme) == nil {
			say("reference", i, "programme %d does not exist", i.Programme)
		}
		if i.Plan.State != 0 && p.Decisions.Get(i.Plan.Decision) == nil {
			say("by-decision", i, "its place in the plan follows from no decision")
		}
	}
	for b := range p.Benefits.All() {
		if p.Initiatives.Get(b.Initiative) == nil {
			say("reference", b, "initiative %d does not exist", b.Initiative)
		}
		if err := b.refuse(p); err != nil {
			say("benefit", b, "%v", err)
		}
	}
	p.checkCases(say)
	p.checkNeeds(say)
	for r := range p.Requirements.All() {
		if err := r.refuse(p); err != nil {
			say("requirement", r, "%v", err)
		}
	}
	return append(bad, p.checkSums()...)
}

// checkSums holds the year's totals against its months and its initiatives.
func (p *Portfolio) checkSums() []Violation {
	var bad []Violation
	for r := range p.Requirements.All() {
		y := p.YearOf(r.Programme, r.Year)
		var months, rows Figures
		for m := range y.Months {
			months.add(&y.Months[m], 1)
		}
		for _, row := range y.Rows() {
			rows.add(&row.Figures, 1)
		}
		for name, sum := range map[string]Figures{"months": months, "initiatives": rows} {
			if sum != y.Figures {
				bad = append(bad, Violation{"sum-of-parts", fmt.Sprintf("year %d", r.Year), name + " do not add up to the year"})
			}
		}
	}
	return bad
}

// CheckEntry lists what does not hold of one ledger entry; original is the entry that it reverses, or nil.
func (p *Portfolio) CheckEntry(e, original *Entry) []Violation {
	var bad []Violation
	say := func(rule, text string) {
		bad = append(bad, Violation{rule, fmt.Sprintf("entry %d", e.ID), text})
	}
	if p.Benefits.Ever(e.Benefit) == nil {
		say("reference", "its benefit does not exist")
	}
	if e.Settled != nil && e.Reverses == 0 && e.Settled.By == e.Claim.By {
		say("own-claim", "was settled by the one who claimed it")
	}
	if e.Reverses == 0 {
		return bad
	}
	if original == nil || original.ReversedBy != e.ID {
		say("reversal", "the entry it reverses does not name it")
		return bad
	}
	net := map[Month]amount.Money{}
	for _, m := range append(append([]MonthGain(nil), e.Months...), original.Months...) {
		net[m.Month] += m.Gross - m.Running
	}
	for m, ore := range net {
		if ore != 0 {
			say("reversal", fmt.Sprintf("does not bring %s to zero", m))
		}
	}
	return bad
}
