package portfolio

import (
	"fmt"
	"slices"

	"gevinst/portfolio/amount"
)

// CarryBasis is by what a requirement that was not met is carried over to the next year.
type CarryBasis uint8

// By the permanent effect that was confirmed, which is the default, or by the year's cash.
const (
	ByPermanent CarryBasis = iota + 1
	ByCash
)

var carryBases = names[CarryBasis]{"permanent", "cash"}

func (b CarryBasis) String() string                { return carryBases.code(b) }
func (b CarryBasis) MarshalText() ([]byte, error)  { return carryBases.text(b) }
func (b *CarryBasis) UnmarshalText(t []byte) error { return carryBases.parse(t, b) }

// CarryBases lists them.
func CarryBases() []CarryBasis { return carryBases.all() }

// CarryOver is what a programme's year leaves to the next, with its arithmetic.
//
// 2026-11-29: what has met one year's requirement does not meet the next one's. Carried over is N - H, and H is what is confirmed
// for good; so a year that begins with a carried-over line has been credited with that level, gain by gain (Credit), and counts the
// rise over it alone: in what is planned, claimed, confirmed and forecast, month by month, and in its own H. By that a chain of
// years adds up: what the last one leaves is the sum of what they asked for anew, less the level that is confirmed at the end. A
// gain that falls counts as a fall, for what was credited must then be found again. One-off gains never met a permanent
// requirement, so nothing is taken off them; nor is it where the line is by the year's cash, or where there is no such line. What
// was credited is worked out from the ledger and not kept in the line: when a December that was credited is reversed, the gain
// counts again in the year after, and the closed year shows that it leaves more than its line says, until it is applied anew.
type CarryOver struct {
	Programme ProgrammeID
	Year      int
	Basis     CarryBasis
	// Net is N, the year's net requirement; H the confirmed full-year effect; V what was confirmed in the year. Both are the rise
	// over Credited, which met the requirements of the years from CreditedFrom to the one before. All øre.
	Net          amount.Figure
	H, V         amount.Money
	Credited     amount.Money
	CreditedFrom int
	Closed       bool // all of the year's months are closed by a budget follow-up
	// Applied is the line that stands in the next year's requirement, nil where none does.
	Applied *Line
}

// Permanent is N - H: what the next year must find for good. A surplus is negative and takes off the next year's requirement.
func (c *CarryOver) Permanent() amount.Figure {
	return amount.Figure{Ore: c.Net.Ore - c.H, Known: c.Net.Known, Approximate: c.Net.Approximate}
}

// Shortfall is max(0, N - V): what the year lacked in cash.
func (c *CarryOver) Shortfall() amount.Figure {
	return amount.Figure{Ore: max(0, c.Net.Ore-c.V), Known: c.Net.Known, Approximate: c.Net.Approximate}
}

// Amount is what is carried over by the basis.
func (c *CarryOver) Amount() amount.Figure {
	if c.Basis == ByCash {
		return c.Shortfall()
	}
	return c.Permanent()
}

// CarryOver works out what a programme's year leaves to the next.
func (p *Portfolio) CarryOver(programme ProgrammeID, year int) CarryOver {
	y := p.YearOf(programme, year)
	c := CarryOver{
		Programme: programme, Year: year, Basis: ByPermanent, Net: y.Net(), H: y.ConfirmedLevel.Net(), V: y.Confirmed.Net(),
		Credited: y.Credited.Net(), CreditedFrom: y.CreditedFrom, Closed: y.Closed,
	}
	if p.Policy != nil && p.Policy.CarryBasis != 0 {
		c.Basis = p.Policy.CarryBasis
	}
	if next := p.Requirement(programme, year+1); next != nil {
		if k := slices.IndexFunc(next.Lines, func(l Line) bool { return l.Kind == CarriedOver }); k >= 0 {
			c.Applied = &next.Lines[k]
		}
	}
	return c
}

// Apply puts what is carried over into the next year's requirement, by a decision, once the year is closed. A line that was
// carried over before gives way. id is a new requirement's, used where the next year has none.
func (c *CarryOver) Apply(p *Portfolio, by By, id RequirementID) (*Requirement, Event, error) {
	if err := by.may(EditRequirement, relation{}); err != nil {
		return nil, Event{}, err
	}
	var no Refusals
	if !c.Closed {
		no = append(no, invalid("", "error.year_open", fmt.Sprint(c.Year)))
	}
	if p.Decisions.Get(by.Decision) == nil {
		no = append(no, invalid("decision", "error.decision_required"))
	}
	if !c.Net.Known {
		no = append(no, invalid("", "error.no_requirement", fmt.Sprint(c.Year)))
	}
	if len(no) > 0 {
		return nil, Event{}, no
	}
	line := Line{
		Kind: CarriedOver, Label: fmt.Sprintf("Overført fra %d", c.Year), Amount: c.Amount(), Permanence: Permanent,
		Source: Source{Document: fmt.Sprintf("Krav %d", c.Year), Derived: true, Example: by.Source.Example},
	}
	if c.Basis == ByCash {
		line.Permanence = OneOff
	}
	next := p.Requirement(c.Programme, c.Year+1)
	if next == nil {
		return NewRequirement(p, by, Requirement{ID: id, Programme: c.Programme, Year: c.Year + 1, Lines: []Line{line}})
	}
	lines := slices.DeleteFunc(slices.Clone(next.Lines), func(l Line) bool { return l.Kind == CarriedOver })
	edited, _, err := next.Edit(p, by, append(lines, line), amount.Figure{})
	if err != nil {
		return nil, Event{}, err
	}
	return edited, by.event("requirement.carry_over"), nil
}
