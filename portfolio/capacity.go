package portfolio

import (
	"cmp"
	"slices"
)

// YearDays is how many person-days (dagsværk) a unit has for initiatives in a year.
type YearDays struct {
	Year int   `json:"year"`
	Days int64 `json:"days"`
}

// CapacityIn gives the person-days that the unit has for initiatives in a year; known is false where it has not said.
func (a *Area) CapacityIn(year int) (days int64, known bool) {
	for _, c := range a.Capacity {
		if c.Year == year {
			return c.Days, true
		}
	}
	return 0, false
}

// SetCapacity states what the unit has for initiatives, year by year; a year that is not named is not known.
func (a *Area) SetCapacity(p *Portfolio, by By, capacity []YearDays) (*Area, Event, error) {
	if err := by.may(PlanCapacity, p.relationTo(a)); err != nil {
		return nil, Event{}, err
	}
	next := *a
	next.Capacity = slices.Clone(capacity)
	slices.SortFunc(next.Capacity, func(a, b YearDays) int { return cmp.Compare(a.Year, b.Year) })
	if no := refuseCapacity(next.Capacity); len(no) > 0 {
		return nil, Event{}, no
	}
	if !slices.Equal(next.Capacity, a.Capacity) {
		next.touch(by, "capacity")
	}
	return &next, by.event("area.set_capacity"), nil
}

func refuseCapacity(capacity []YearDays) (no Refusals) {
	if len(capacity) > maxUses {
		return Refusals{invalid("capacity", "error.too_many", maxUses)}
	}
	for k, c := range capacity {
		if k > 0 && capacity[k-1].Year == c.Year {
			no = append(no, invalid("capacity", "error.taken", c.Year))
		}
		no = append(no, refuseDays("capacity", c.Year, c.Days)...)
	}
	return no
}

// UnitYear is a unit's year: what it has for initiatives, and what those of the plan take.
type UnitYear struct {
	Capacity int64
	Known    bool // the capacity has been stated
	Taken    int64
	// Uses are the parts of Taken, by initiative; Unknown are the unit's own initiatives of which the effort is not known.
	Uses    []UnitUse
	Unknown []*Initiative
}

// UnitUse is what one initiative takes of a unit in a year.
type UnitUse struct {
	Initiative *Initiative
	Days       int64
}

// Over is by how many person-days the plan takes more than there is; 0 where that is not so or not known.
func (y UnitYear) Over() int64 {
	if !y.Known {
		return 0
	}
	return max(0, y.Taken-y.Capacity)
}

// UnitYear holds a unit's capacity in a year against what the initiatives of the plan take.
func (p *Portfolio) UnitYear(a *Area, year int) UnitYear {
	y := UnitYear{}
	y.Capacity, y.Known = a.CapacityIn(year)
	for i := range p.Initiatives.All() {
		switch {
		case i.Plan.State != InPlan:
		case i.Effort != nil:
			if days := i.Effort.In(a.ID, year); days > 0 {
				y.Taken += days
				y.Uses = append(y.Uses, UnitUse{i, days})
			}
		case i.Area == a.ID && i.Stage < Closed:
			y.Unknown = append(y.Unknown, i)
		}
	}
	return y
}
