package portfolio

import (
	"cmp"
	"slices"

	"gevinst/portfolio/amount"
)

// StrainKind is a sort of limit that a plan can break.
type StrainKind uint8

// An initiative of the plan has its effect before its own work is done; it depends on one that is not in the plan, or on work that is
// not done when its effect comes; two of them exclude each other; or they take more of a unit than it has.
const (
	BeforeDone StrainKind = iota + 1
	RequiredOut
	RequiredLater
	BothInPlan
	OverCapacity
)

// Strain is a limit that a plan breaks.
type Strain struct {
	Kind StrainKind
	// Other is what Initiative depends on or excludes; a unit's year has neither.
	Initiative, Other InitiativeID
	Area              AreaID
	Year              int
	// Days is by how much the unit is taken over what it has.
	Days int64
}

func (s Strain) compare(o Strain) int {
	return cmp.Or(
		cmp.Compare(s.Kind, o.Kind), cmp.Compare(s.Initiative, o.Initiative), cmp.Compare(s.Other, o.Other), cmp.Compare(s.Area, o.Area),
		cmp.Compare(s.Year, o.Year),
	)
}

type unitYear struct {
	area AreaID
	year int
}

// limits is what the plan's initiatives may not do to each other, gathered once for many questions.
type limits struct {
	p *Portfolio
	// beside are the pairs of the plan that exclude each other, from both sides.
	beside map[InitiativeID][]InitiativeID
	taken  map[unitYear]int64
}

func (p *Portfolio) limits() *limits {
	l := &limits{p, map[InitiativeID][]InitiativeID{}, map[unitYear]int64{}}
	for i := range p.Initiatives.All() {
		if i.Plan.State != InPlan {
			continue
		}
		for _, id := range i.Excludes {
			if o := p.Initiatives.Get(id); o != nil && o.Plan.State == InPlan && !slices.Contains(l.beside[i.ID], id) {
				l.beside[i.ID], l.beside[id] = append(l.beside[i.ID], id), append(l.beside[id], i.ID)
			}
		}
		if i.Effort != nil {
			for _, u := range i.Effort.Uses {
				l.taken[unitYear{u.Area, u.Year}] += u.Days
			}
		}
	}
	return l
}

// relations are the limits that an initiative of the plan breaks by its own work and by its relations to others, if its effect comes in
// the month.
func (l *limits) relations(i *Initiative, effect Month) (list []Strain) {
	if effect != 0 && i.Stage < Implemented && i.Now.Done > effect {
		list = append(list, Strain{Kind: BeforeDone, Initiative: i.ID})
	}
	for _, id := range i.Requires {
		switch o := l.p.Initiatives.Get(id); {
		case o == nil:
		case o.Plan.State != InPlan:
			list = append(list, Strain{Kind: RequiredOut, Initiative: i.ID, Other: id})
		case effect != 0 && o.Stage < Implemented && o.Now.Done > effect:
			list = append(list, Strain{Kind: RequiredLater, Initiative: i.ID, Other: id})
		}
	}
	for _, id := range l.beside[i.ID] {
		list = append(list, Strain{Kind: BothInPlan, Initiative: min(i.ID, id), Other: max(i.ID, id)})
	}
	return list
}

// over is by how many days a unit's year is taken over what it has, if so many more are; 0 where that is not so or not known.
func (l *limits) over(u unitYear, more int64) int64 {
	if a := l.p.Areas.Get(u.area); a != nil {
		if days, known := a.CapacityIn(u.year); known {
			return max(0, l.taken[u]+more-days)
		}
	}
	return 0
}

// moved are the limits that an initiative breaks, or breaks further, when it moves with its work. What has been implemented is there to
// build on, in the plan or not.
func (l *limits) moved(to *Initiative, effect Month) []Strain {
	list := slices.DeleteFunc(l.relations(to, effect), func(s Strain) bool {
		return s.Kind == RequiredOut && l.p.Initiatives.Get(s.Other).Stage >= Implemented
	})
	was := l.p.Initiatives.Get(to.ID)
	if to.Effort != nil && was.Effort != nil {
		for _, u := range to.Effort.Uses {
			at := unitYear{u.Area, u.Year}
			if days := l.over(at, u.Days-was.Effort.In(u.Area, u.Year)); days > l.over(at, 0) {
				list = append(list, Strain{Kind: OverCapacity, Area: u.Area, Year: u.Year, Days: days})
			}
		}
	}
	slices.SortFunc(list, Strain.compare)
	return list
}

// Strains lists the limits that the plan breaks.
func (p *Portfolio) Strains() []Strain {
	var list []Strain
	l := p.limits()
	for i := range p.Initiatives.All() {
		if i.Plan.State == InPlan && i.Stage != Closed {
			list = append(list, l.relations(i, p.firstUnbegun(i.ID))...)
		}
	}
	for u := range l.taken {
		if days := l.over(u, 0); days > 0 {
			list = append(list, Strain{Kind: OverCapacity, Area: u.area, Year: u.year, Days: days})
		}
	}
	slices.SortFunc(list, Strain.compare)
	return slices.Compact(list)
}

// StrainedSince lists the limits that the plan breaks and did not break before, or breaks further.
func (p *Portfolio) StrainedSince(before *Portfolio) []Strain {
	was := before.Strains()
	return slices.DeleteFunc(p.Strains(), func(s Strain) bool {
		k, there := slices.BinarySearchFunc(was, s, Strain.compare)
		return there && was[k].Days >= s.Days
	})
}

// earlier gives the work as it falls when it is done some months earlier: what is taken of a unit in a year is spread over the months
// worked in it, and each goes with its month. What is stated of a year without any stays there.
func (e *Effort) earlier(was Schedule, months Month) *Effort {
	if e == nil {
		return nil
	}
	days := map[unitYear]int64{}
	for _, u := range e.Uses {
		first, end := max(was.Start, amount.NewMonth(u.Year, 1)), min(was.Done, amount.NewMonth(u.Year+1, 1))
		n := int64(end - first)
		if n <= 0 {
			days[unitYear{u.Area, u.Year}] += u.Days
			continue
		}
		for k := range n {
			days[unitYear{u.Area, (first + Month(k) - months).Year()}] += u.Days*(k+1)/n - u.Days*k/n
		}
	}
	to := Needs{Effort: &Effort{Uses: []Use{}}}
	for u, n := range days {
		if n == 0 {
			continue
		}
		to.Effort.Uses = append(to.Effort.Uses, Use{u.area, u.year, n})
	}
	return to.inOrder().Effort
}
