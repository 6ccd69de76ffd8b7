package portfolio

import (
	"reflect"
	"slices"
)

// NewBenefit describes a gain of an initiative.
func NewBenefit(p *Portfolio, by By, b Benefit) (*Benefit, Event, error) {
	i := p.Initiatives.Get(b.Initiative)
	if i == nil {
		return nil, Event{}, Missing(KindInitiative, b.Initiative)
	}
	// By the initiative's owners: whom the new gain names as its owner gives nobody a right to add it.
	if err := by.may(EditBenefit, p.relationTo(i)); err != nil {
		return nil, Event{}, err
	}
	if !p.canOwn(b.Owner) {
		return nil, Event{}, invalid("owner", "error.cannot_own")
	}
	if b.Allocations == nil {
		b.Allocations = []Allocation{{i.Programme, Whole}}
	}
	if err := b.refuse(p); err != nil {
		return nil, Event{}, err
	}
	b.Converted = nil
	b.Meta = newMeta(by)
	return &b, by.event("benefit.create"), nil
}

// differs names the fields in which two values of a gain differ.
func (b *Benefit) differs(o *Benefit) []string {
	var fields []string
	for _, f := range [...]struct {
		name string
		same bool
	}{
		{"title", b.Title == o.Title},
		{"owner", b.Owner == o.Owner},
		{"terms", b.sameGain(o) && b.Terms.same(&o.Terms)},
		{"change", b.Change == o.Change},
		{"focus", slices.Equal(b.Focus, o.Focus)},
	} {
		if !f.same {
			fields = append(fields, f.name)
		}
	}
	return fields
}

// sameGain reports that two values are gains of one sort. With the terms it is one statement: neither is right without the other.
func (b *Benefit) sameGain(o *Benefit) bool {
	return b.Type == o.Type && b.PriceYear == o.PriceYear && b.Adverse == o.Adverse &&
		reflect.DeepEqual(b.Cash, o.Cash) && reflect.DeepEqual(b.Time, o.Time) && reflect.DeepEqual(b.Indicator, o.Indicator)
}

// same reports that two terms say the same; a ramp of nothing is no ramp.
func (t *Terms) same(o *Terms) bool {
	return t.From == o.From && t.OneOff == o.OneOff && t.Gross == o.Gross && t.Running == o.Running && slices.Equal(t.Ramp, o.Ramp)
}

// Edit changes what is expected of a gain. The initiative and the allocation stay. Fields that stay as they were keep their
// source.
func (b *Benefit) Edit(p *Portfolio, by By, to Benefit) (*Benefit, Event, error) {
	if err := by.may(EditBenefit, p.relationTo(b)); err != nil {
		return nil, Event{}, err
	}
	next := *b
	next.Title, next.Type, next.Owner = to.Title, to.Type, to.Owner
	next.Cash, next.Time, next.Indicator = to.Cash, to.Time, to.Indicator
	next.Terms, next.PriceYear = to.Terms, to.PriceYear
	next.Adverse, next.Change, next.Focus = to.Adverse, to.Change, to.Focus
	if b.Indicator != nil && next.Indicator != nil { // measured values are no part of what is expected
		indicator := *next.Indicator
		indicator.Measurements = b.Indicator.Measurements
		next.Indicator = &indicator
	}
	if b.Time != nil && next.Cash != nil {
		return nil, Event{}, invalid("cashability", "error.by_decision")
	}
	if err := next.refuse(p); err != nil {
		return nil, Event{}, err
	}
	if next.Owner != b.Owner && !p.canOwn(next.Owner) {
		return nil, Event{}, invalid("owner", "error.cannot_own")
	}
	if next.Cash == nil && p.Ledger(b.ID).Any() {
		return nil, Event{}, invalid("cashability", "error.has_entries")
	}
	changed := b.differs(&next)
	if b.Planned == nil && !b.Terms.same(&next.Terms) {
		was := b.Terms
		next.Planned = &was
	}
	next.touch(by, changed...)
	return &next, by.event("benefit.edit"), nil
}

// move gives the benefit a new effect month and keeps the adopted terms beside it.
func (b *Benefit) move(by By, from Month) *Benefit {
	next := *b
	was := b.PlannedTerms()
	next.Planned = &was
	next.From = from
	next.touch(by, "from")
	return &next
}

// Allocate sets which programmes count how much of the gain; together at most all of it.
func (b *Benefit) Allocate(p *Portfolio, by By, shares []Allocation) (*Benefit, Event, error) {
	if err := by.may(EditRequirement, relation{}); err != nil {
		return nil, Event{}, err
	}
	next := *b
	next.Allocations = shares
	if err := next.refuse(p); err != nil {
		return nil, Event{}, err
	}
	next.touch(by, "allocations")
	return &next, by.event("benefit.allocate"), nil
}

// Measure records a value of the gain's indicator on a day; a second value of the same day takes the first one's place, and
// the history keeps both.
func (b *Benefit) Measure(p *Portfolio, by By, day Date, value int64) (*Benefit, Event, error) {
	if err := by.may(EditBenefit, p.relationTo(b)); err != nil {
		return nil, Event{}, err
	}
	if b.Indicator == nil {
		return nil, Event{}, invalid("value", "error.no_indicator")
	}
	if day > by.Today {
		return nil, Event{}, invalid("date", "error.date_to_come")
	}
	next, indicator := *b, *b.Indicator
	kept := slices.DeleteFunc(slices.Clone(indicator.Measurements), func(m Measurement) bool { return m.Date == day })
	indicator.Measurements = append(kept, Measurement{Date: day, Value: value, By: by.User.ID, Note: by.Note})
	slices.SortFunc(indicator.Measurements, func(a, b Measurement) int { return int(a.Date) - int(b.Date) })
	next.Indicator = &indicator
	if err := next.refuse(p); err != nil {
		return nil, Event{}, err
	}
	return &next, by.event("benefit.measure"), nil
}

// Convert turns freed time into a budget reduction, which only a decision can: from then on the gain has kroner and counts.
// The hours are kept beside it.
func (b *Benefit) Convert(p *Portfolio, by By, terms Terms, account string) (*Benefit, Event, error) {
	if err := by.may(ConvertTime, relation{}); err != nil {
		return nil, Event{}, err
	}
	var no Refusals
	if b.Time == nil {
		no = append(no, invalid("", "error.no_time"))
	}
	if p.Decisions.Get(by.Decision) == nil {
		no = append(no, invalid("decision", "error.decision_required"))
	}
	if !terms.Gross.Known {
		no = append(no, invalid("gross", "error.required"))
	}
	if len(no) > 0 {
		return nil, Event{}, no
	}
	next := *b
	next.Converted = &Conversion{Time: *b.Time, Decision: by.Decision, By: by.User.ID, At: by.At}
	next.Time, next.Cash, next.Terms = nil, &Cash{Step: BudgetReduction, Account: account}, terms
	if next.PriceYear == 0 {
		next.PriceYear = by.Today.Year()
	}
	if b.Planned == nil {
		was := b.Terms
		next.Planned = &was
	}
	if err := next.refuse(p); err != nil {
		return nil, Event{}, err
	}
	next.touch(by, "terms")
	return &next, by.event("benefit.convert"), nil
}
