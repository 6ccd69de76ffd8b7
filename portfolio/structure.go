package portfolio

import (
	"slices"

	"gevinst/portfolio/amount"
)

// Area is a part of the municipality (fagområde) with the director who answers for it.
type Area struct {
	ID       AreaID `json:"id"`
	Name     string `json:"name"`
	Director UserID `json:"director,omitempty"`
	// Capacity is what the unit has for initiatives, by year; a year that is not there is not known.
	Capacity []YearDays `json:"capacity,omitempty"`
	Meta
}

func (a *Area) Kind() Kind { return KindArea }
func (a *Area) Key() int64 { return int64(a.ID) }

// NewArea adds an area.
func NewArea(by By, a Area) (*Area, Event, error) {
	if err := by.may(EditStructure, relation{}); err != nil {
		return nil, Event{}, err
	}
	if a.Name == "" {
		return nil, Event{}, invalid("name", "error.required")
	}
	a.Meta = newMeta(by)
	return &a, by.event("area.create"), nil
}

// SetDirector names the director of the area.
func (a *Area) SetDirector(p *Portfolio, by By, director UserID) (*Area, Event, error) {
	if err := by.may(EditStructure, relation{}); err != nil {
		return nil, Event{}, err
	}
	if p.Users.Get(director) == nil {
		return nil, Event{}, invalid("director", "error.unknown_user")
	}
	next := *a
	next.Director = director
	next.touch(by, "director")
	return &next, by.event("area.set_director"), nil
}

// Strategy is the document for a period that the catalogue is attached to, and the municipality whose it is.
type Strategy struct {
	Municipality string   `json:"municipality"`
	Title        string   `json:"title"`
	From         int      `json:"from"`
	To           int      `json:"to"`
	Focus        []string `json:"focus,omitempty"`
	Notes        []Note   `json:"notes,omitempty"`
	Meta
}

func (s *Strategy) Kind() Kind { return KindStrategy }
func (s *Strategy) Key() int64 { return 1 }

// NewStrategy sets the strategy; there is one.
func NewStrategy(by By, s Strategy) (*Strategy, Event, error) {
	if err := by.may(EditStructure, relation{}); err != nil {
		return nil, Event{}, err
	}
	if s.Title == "" || s.Municipality == "" {
		return nil, Event{}, invalid("title", "error.required")
	}
	s.Meta = newMeta(by)
	return &s, by.event("strategy.create"), nil
}

// Programme is what a requirement is laid upon, and what savings are counted in.
type Programme struct {
	ID    ProgrammeID `json:"id"`
	Code  string      `json:"code"`
	Name  string      `json:"name"`
	Notes []Note      `json:"notes,omitempty"`
	Meta
}

func (g *Programme) Kind() Kind { return KindProgramme }
func (g *Programme) Key() int64 { return int64(g.ID) }

// NewProgramme adds a programme.
func NewProgramme(by By, g Programme) (*Programme, Event, error) {
	if err := by.may(EditStructure, relation{}); err != nil {
		return nil, Event{}, err
	}
	if g.Code == "" || g.Name == "" {
		return nil, Event{}, invalid("name", "error.required")
	}
	g.Meta = newMeta(by)
	return &g, by.event("programme.create"), nil
}

// Basis is a share in basis points: 10,000 is the whole.
type Basis int32

// Whole is all of it.
const Whole Basis = 10_000

// Of takes the share of an amount, rounded half to even to the øre.
func (b Basis) Of(m amount.Money) amount.Money {
	if b == Whole {
		return m
	}
	return amount.MulDiv(m, int64(b), int64(Whole))
}

// Policy is how the municipality reckons its forecast: how likely the effect of a stage is to come, and by how much each
// benefit type is usually overestimated. Both are local policy.
type Policy struct {
	Probability map[Stage]Basis       `json:"probability"`
	Optimism    map[BenefitType]Basis `json:"optimism,omitempty"`
	// FollowUps are the days of the year on which the budget is followed up, as MMDD; none means the usual four.
	FollowUps []int `json:"follow_ups,omitempty"`
	// CarryBasis is by what a requirement that was not met is carried over; none means by the permanent effect.
	CarryBasis CarryBasis `json:"carry_basis,omitempty"`
	Meta
}

func (f *Policy) Kind() Kind { return KindPolicy }
func (f *Policy) Key() int64 { return 1 }

// NewPolicy sets the forecast policy; there is one.
func NewPolicy(by By, f Policy) (*Policy, Event, error) {
	if err := by.may(EditRequirement, relation{}); err != nil {
		return nil, Event{}, err
	}
	if err := f.refuse(); err != nil {
		return nil, Event{}, err
	}
	f.Meta = newMeta(by)
	return &f, by.event("policy.set"), nil
}

// Edit changes the shares of the forecast policy.
func (f *Policy) Edit(by By, to Policy) (*Policy, Event, error) {
	if err := by.may(EditRequirement, relation{}); err != nil {
		return nil, Event{}, err
	}
	if err := to.refuse(); err != nil {
		return nil, Event{}, err
	}
	next := *f
	next.Probability, next.Optimism, next.FollowUps, next.CarryBasis = to.Probability, to.Optimism, to.FollowUps, to.CarryBasis
	next.touch(by, "probability", "optimism", "follow_ups", "carry_basis")
	return &next, by.event("policy.edit"), nil
}

func (f *Policy) refuse() error {
	for _, share := range f.Probability {
		if share < 0 || share > Whole {
			return invalid("probability", "error.share")
		}
	}
	for _, share := range f.Optimism {
		if share < 0 || share > Whole {
			return invalid("optimism", "error.share")
		}
	}
	for _, day := range f.FollowUps {
		if int(amount.NewDate(2001, day/100, day%100)) != 2001_00_00+day { // a day that every year has
			return invalid("follow_ups", "error.date")
		}
	}
	if len(f.FollowUps) > 12 {
		return invalid("follow_ups", "error.too_many", 12)
	}
	return nil
}

// usualFollowUps are 31 March, 30 June, 31 August and 31 December.
var usualFollowUps = []int{331, 630, 831, 1231}

// FollowUpDays lists the days of a year on which the budget is followed up, in their order.
func (f *Policy) FollowUpDays(year int) []Date {
	days := usualFollowUps
	if f != nil && len(f.FollowUps) > 0 {
		days = slices.Sorted(slices.Values(f.FollowUps))
	}
	list := make([]Date, len(days))
	for i, day := range days {
		list[i] = amount.NewDate(year, day/100, day%100)
	}
	return list
}

// Weight is the part of an expected effect that the forecast counts: the stage's probability less the type's optimism.
func (f *Policy) Weight(s Stage, t BenefitType) Basis {
	if f == nil {
		return 0
	}
	return Basis(amount.MulDiv(amount.Money(f.Probability[s]), int64(Whole-f.Optimism[t]), int64(Whole)))
}
