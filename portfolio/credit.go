package portfolio

import (
	"slices"

	"gevinst/portfolio/amount"
)

// Credit is what a gain has already been credited with by a programme when a year begins: the full-year level, the programme's
// part of it, that met the requirements of earlier years. In the year only the rise over it counts.
type Credit struct {
	Benefit *Benefit
	Level   Gain

	whole Gain // of the gain, before its part is taken: a month is parted as the gain's own months are, so that both round alike
	part  Part
}

// Monthly is the credited part of a month of the year: what brings it again is no rise.
func (c *Credit) Monthly(m Month) Gain {
	if c.whole == (Gain{}) {
		return Gain{}
	}
	monthly := func(yearly amount.Money) amount.Money { return amount.Effect{Annual: yearly, From: m}.Monthly(m) }
	return Gain{monthly(c.whole.Gross), monthly(c.whole.Running)}.part(c.part)
}

// CreditedFrom is the first of the earlier years whose requirements have been credited with what was confirmed of them, by being
// carried over on the permanent basis year after year up to this one; the year itself where none has.
func (p *Portfolio) CreditedFrom(programme ProgrammeID, year int) int {
	for p.Requirement(programme, year).carriesOver() {
		year--
	}
	return year
}

// carriesOver tells that what the year before did not meet for good is in the requirement. A carried-over line is by the permanent
// effect, as is the default, unless it says that it is one year's.
func (r *Requirement) carriesOver() bool {
	return r != nil && slices.ContainsFunc(r.Lines, func(l Line) bool { return l.Kind == CarriedOver && l.Permanence != OneOff })
}

// Credit gives what a programme credited a gain with before a year.
func (p *Portfolio) Credit(b *Benefit, programme ProgrammeID, year int) Credit {
	return p.credit(b, p.Part(b, programme), p.CreditedFrom(programme, year), year)
}

// credit is the level of the last December that is confirmed among the years from first on: each year was credited with its rise
// over what had been credited before it, and the rises add up to that level. A year of which nobody reported moves nothing.
func (p *Portfolio) credit(b *Benefit, part Part, first, year int) Credit {
	c := Credit{Benefit: b, part: part}
	for y := year - 1; y >= first; y-- {
		if level, any := b.confirmedLevel(p.Ledger(b.ID), y); any {
			c.whole, c.Level = level, level.part(part)
			break
		}
	}
	return c
}

// rise is what of an effect by the terms is above what was credited. What is not known has no rise.
func (t *Terms) rise(effect, credited Gain) Gain {
	if t.From == 0 || t.OneOff {
		return effect
	}
	if t.Gross.Known {
		effect.Gross -= credited.Gross
	}
	if t.Running.Known {
		effect.Running -= credited.Running
	}
	return effect
}

// GainMonth is what a gain counts in one month for the programme that credited it: the plan as adopted, the present terms, what is
// confirmed and what is claimed.
type GainMonth struct {
	Plan, Now, Confirmed, Claimed Gain
	// IsConfirmed and IsClaimed tell that entries stand in the month, whatever they come to.
	IsConfirmed, IsClaimed bool
}

// GainMonth works out a gain's month. What was credited is taken off what is confirmed, or off what is claimed where nothing is
// confirmed yet: of a month it is taken once.
func (p *Portfolio) GainMonth(c *Credit, m Month) (g GainMonth) {
	b, ledger, credited := c.Benefit, p.Ledger(c.Benefit.ID), c.Monthly(m)
	planned := b.PlannedTerms()
	g.Plan, g.Now = planned.rise(planned.Monthly(m).part(c.part), credited), b.rise(b.Monthly(m).part(c.part), credited)
	g.Confirmed, g.IsConfirmed = ledger.Confirmed(m)
	g.Claimed, g.IsClaimed = ledger.Claimed(m)
	g.Confirmed, g.Claimed = g.Confirmed.part(c.part), g.Claimed.part(c.part)
	switch {
	case g.IsConfirmed:
		g.Confirmed = g.Confirmed.Minus(credited)
	case g.IsClaimed:
		g.Claimed = g.Claimed.Minus(credited)
	}
	return g
}
