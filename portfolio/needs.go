package portfolio

import (
	"cmp"
	"slices"
	"strings"
)

// Needs is what an initiative cannot be done without, what it cannot be done beside, and the work that it takes of the units.
type Needs struct {
	// Requires are the initiatives that it depends on. Excludes are those that cannot be done beside it: it holds for both,
	// whichever of the two says it. Both are sorted.
	Requires []InitiativeID `json:"requires,omitempty"`
	Excludes []InitiativeID `json:"excludes,omitempty"`
	// Effort is the work that it takes; nil is not known.
	Effort *Effort `json:"effort,omitempty"`
}

// Effort is the work that an initiative takes of the units, in person-days (dagsværk). What it does not name takes none.
type Effort struct {
	Uses []Use `json:"uses"`
}

// Use is how many person-days an initiative takes of a unit (Area) in a year.
type Use struct {
	Area AreaID `json:"area"`
	Year int    `json:"year"`
	Days int64  `json:"days"`
}

// MaxDays bounds the person-days of a unit or an initiative in a year.
const MaxDays = 1_000_000

// maxUses bounds what one initiative or one unit may state.
const maxUses = 100

// In gives the person-days that are taken of a unit in a year; it is not to be asked of an effort that is not known.
func (e *Effort) In(area AreaID, year int) int64 {
	for _, u := range e.Uses {
		if u.Area == area && u.Year == year {
			return u.Days
		}
	}
	return 0
}

// StateNeeds states what an initiative depends on and excludes, and the work that it takes.
func (i *Initiative) StateNeeds(p *Portfolio, by By, to Needs) (*Initiative, Event, error) {
	if err := by.may(StateNeeds, p.relationTo(i)); err != nil {
		return nil, Event{}, err
	}
	to = to.inOrder()
	if no := p.refuseNeeds(i, to); len(no) > 0 {
		return nil, Event{}, no
	}
	next := *i
	next.Needs = to
	for field, same := range map[string]bool{
		"requires": slices.Equal(to.Requires, i.Requires), "excludes": slices.Equal(to.Excludes, i.Excludes),
		"effort": to.Effort.equal(i.Effort),
	} {
		if !same {
			next.touch(by, field)
		}
	}
	return &next, by.event("initiative.state_needs"), nil
}

// inOrder gives the same needs in the one order in which they are kept.
func (n Needs) inOrder() Needs {
	n.Requires, n.Excludes = sortedOnce(n.Requires), sortedOnce(n.Excludes)
	if n.Effort != nil {
		uses := append([]Use{}, n.Effort.Uses...)
		slices.SortFunc(uses, func(a, b Use) int { return cmp.Or(cmp.Compare(a.Area, b.Area), cmp.Compare(a.Year, b.Year)) })
		n.Effort = &Effort{uses}
	}
	return n
}

func sortedOnce(ids []InitiativeID) []InitiativeID {
	return slices.Compact(slices.Sorted(slices.Values(ids)))
}

func (e *Effort) equal(o *Effort) bool {
	if e == nil || o == nil {
		return e == o
	}
	return slices.Equal(e.Uses, o.Uses)
}

// refuseNeeds refuses what cannot be: an initiative that waits for itself, directly or around, or for what it excludes.
func (p *Portfolio) refuseNeeds(i *Initiative, to Needs) (no Refusals) {
	no = append(no, p.refuseNamed(i, "requires", to.Requires)...)
	no = append(no, p.refuseNamed(i, "excludes", to.Excludes)...)
	no = append(no, to.Effort.refuse(p)...)
	if len(no) > 0 {
		return no
	}
	of := func(id InitiativeID) []InitiativeID {
		if id == i.ID {
			return to.Requires
		}
		return p.requiredBy(id)
	}
	if cycle := cycleFrom(i.ID, of); cycle != nil {
		return Refusals{invalid("requires", "error.dependency_cycle", p.path(cycle))}
	}
	barred := append(slices.Clone(to.Excludes), p.excludedBy(i.ID)...)
	for _, id := range closureOf(i.ID, of) {
		if slices.Contains(barred, id) {
			no = append(no, invalid("excludes", "error.requires_excluded", p.Initiatives.Get(id).Title))
		}
	}
	return no
}

func (p *Portfolio) refuseNamed(i *Initiative, field string, ids []InitiativeID) (no Refusals) {
	for _, id := range ids {
		switch {
		case id == i.ID:
			no = append(no, invalid(field, "error.needs_itself"))
		case p.Initiatives.Get(id) == nil:
			no = append(no, invalid(field, "error.unknown_initiative"))
		}
	}
	return no
}

func (e *Effort) refuse(p *Portfolio) (no Refusals) {
	if e == nil {
		return nil
	}
	if len(e.Uses) > maxUses {
		return Refusals{invalid("effort", "error.too_many", maxUses)}
	}
	for k, u := range e.Uses {
		switch {
		case p.Areas.Get(u.Area) == nil:
			no = append(no, invalid("effort", "error.unknown_area"))
		case k > 0 && e.Uses[k-1].Area == u.Area && e.Uses[k-1].Year == u.Year:
			no = append(no, invalid("effort", "error.use_twice", p.Areas.Get(u.Area).Name, u.Year))
		}
		no = append(no, refuseDays("effort", u.Year, u.Days)...)
	}
	return no
}

// refuseDays refuses years outside those that money is counted in, and days that no unit has.
func refuseDays(field string, year int, days int64) (no Refusals) {
	if year < 2000 || year > 2100 {
		no = append(no, invalid(field, "error.year"))
	}
	if days < 0 || days > MaxDays {
		no = append(no, invalid(field, "error.days", MaxDays))
	}
	return no
}

// requiredBy are the initiatives that one depends on and that are there.
func (p *Portfolio) requiredBy(id InitiativeID) []InitiativeID {
	if i := p.Initiatives.Get(id); i != nil {
		return i.Requires
	}
	return nil
}

// excludedBy are the initiatives that say of themselves that they cannot be done beside this one.
func (p *Portfolio) excludedBy(id InitiativeID) (ids []InitiativeID) {
	for o := range p.Initiatives.All() {
		if slices.Contains(o.Excludes, id) {
			ids = append(ids, o.ID)
		}
	}
	return ids
}

// Exclusions lists the initiatives that cannot be done beside this one, whichever of the two says it, sorted.
func (p *Portfolio) Exclusions(id InitiativeID) []InitiativeID {
	ids := p.excludedBy(id)
	if i := p.Initiatives.Get(id); i != nil {
		ids = append(ids, i.Excludes...)
	}
	ids = slices.DeleteFunc(ids, func(o InitiativeID) bool { return p.Initiatives.Get(o) == nil })
	return sortedOnce(ids)
}

// Dependants lists the initiatives that depend directly on this one, sorted.
func (p *Portfolio) Dependants(id InitiativeID) (ids []InitiativeID) {
	for o := range p.Initiatives.All() {
		if slices.Contains(o.Requires, id) {
			ids = append(ids, o.ID)
		}
	}
	return ids
}

// cycleFrom finds the way from an initiative along what it depends on back to itself, both ends included; nil where there is none.
func cycleFrom(start InitiativeID, of func(InitiativeID) []InitiativeID) []InitiativeID {
	seen := map[InitiativeID]bool{}
	var walk func(at InitiativeID, way []InitiativeID) []InitiativeID
	walk = func(at InitiativeID, way []InitiativeID) []InitiativeID {
		for _, next := range of(at) {
			if next == start {
				return append(slices.Clone(way), next)
			}
			if seen[next] {
				continue
			}
			seen[next] = true
			if found := walk(next, append(way, next)); found != nil {
				return found
			}
		}
		return nil
	}
	return walk(start, []InitiativeID{start})
}

// closureOf lists all that an initiative depends on, directly and around, sorted.
func closureOf(start InitiativeID, of func(InitiativeID) []InitiativeID) []InitiativeID {
	var all []InitiativeID
	for open := slices.Clone(of(start)); len(open) > 0; open = open[1:] {
		if !slices.Contains(all, open[0]) {
			all = append(all, open[0])
			open = append(open, of(open[0])...)
		}
	}
	return sortedOnce(all)
}

// path names initiatives in their order.
func (p *Portfolio) path(ids []InitiativeID) string {
	titles := make([]string, len(ids))
	for k, id := range ids {
		if i := p.Initiatives.Get(id); i != nil {
			titles[k] = i.Title
		}
	}
	return strings.Join(titles, " → ")
}

// checkNeeds lists what does not hold of dependencies, exclusions and efforts.
func (p *Portfolio) checkNeeds(say func(rule string, r Record, format string, args ...any)) {
	for i := range p.Initiatives.All() {
		for _, id := range slices.Concat(i.Requires, i.Excludes) {
			if p.Initiatives.Get(id) == nil {
				say("reference", i, "initiative %d does not exist", id)
			}
		}
		if slices.Contains(i.Requires, i.ID) || slices.Contains(i.Excludes, i.ID) {
			say("needs", i, "it depends on itself or excludes itself")
		}
		// Told once, of the first in the circle.
		if cycle := cycleFrom(i.ID, p.requiredBy); len(cycle) > 2 && slices.Min(cycle) == i.ID {
			say("needs", i, "it depends on itself by %s", p.path(cycle))
		}
		if err := i.Effort.refuse(p).Or(); err != nil {
			say("needs", i, "%v", err)
		}
	}
	for a := range p.Areas.All() {
		if err := refuseCapacity(a.Capacity).Or(); err != nil {
			say("capacity", a, "%v", err)
		}
	}
}

// Remarks lists what is sound and yet to be looked at: initiatives that must all be done, and exclude each other.
func (p *Portfolio) Remarks() (list []Violation) {
	for i := range p.Initiatives.All() {
		for _, id := range i.Excludes {
			other := p.Initiatives.Get(id)
			if other == nil || !p.Mandatory(i) || !p.Mandatory(other) {
				continue
			}
			list = append(list, Violation{"mandatory-excluded", subjectOf(i), i.Title + " and " + other.Title + " are both mandatory and exclude each other"})
		}
	}
	return list
}

// Mandatory tells whether an initiative must be done: its catalogue item says so.
func (p *Portfolio) Mandatory(i *Initiative) bool {
	item := p.Items.Get(i.Item)
	return item != nil && item.Mandatory
}
