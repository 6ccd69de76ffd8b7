package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/selection"
)

// capacityLimit is what the chosen initiatives may take of an area in a year, in person-days.
type capacityLimit struct {
	Area portfolio.AreaID `json:"area"`
	Name string           `json:"name"`
	Year int              `json:"year"`
	// Stated is what the area has stated, less what is taken by initiatives of the plan that are no part of the choice and by work
	// that has begun and is left out of it; null where it has stated nothing.
	Stated *int64 `json:"stated_days"`
	// Limit is what the choice is held to; null for no limit.
	Limit *int64 `json:"limit_days"`
	Used  int64  `json:"used_days"`

	Key, Text, StatedWords, UsedWords string `json:"-"`
	Free                              bool   `json:"-"`
	// Over tells that work that has begun takes more than is stated; Limit is then what it takes.
	Over bool `json:"-"`
}

// has is what an area with a limit has to give.
func (c *capacityLimit) has() *int64 {
	if c.Over {
		return c.Stated
	}
	return c.Limit
}

// capacityGroup is an area's years, as the form has them.
type capacityGroup struct {
	Name    string
	Years   []*capacityLimit
	Limited bool // in any of the years
}

// Shown tells that the choice takes something of the area, or is held to a limit.
func (g capacityGroup) Shown() bool {
	return g.Limited || slices.ContainsFunc(g.Years, func(c *capacityLimit) bool { return c.Used > 0 })
}

// capacityKey names an area's year in the address.
func capacityKey(area portfolio.AreaID, year int) string { return fmt.Sprintf("%d-%d", area, year) }

// limitCapacity reads the limits on areas: as the areas state them, unless the address gives another number or none. Shown are
// the areas that have stated a capacity or that an initiative takes something of.
func (v *chooseView) limitCapacity(r *request, asked []*portfolio.InitiativeYear, f *form) {
	part := map[portfolio.InitiativeID]bool{}
	for _, row := range asked {
		part[row.Initiative.ID] = true
	}
	typed := f.typedDays()
	areas := r.p.Areas.List()
	sorter := r.lang.Sorter()
	slices.SortStableFunc(areas, func(a, b *portfolio.Area) int { return sorter(a.Name, b.Name) })
	for _, a := range areas {
		group, shown := capacityGroup{Name: a.Name}, false
		for k := range limitYears {
			year := v.Year + k
			unit := r.p.UnitYear(a, year)
			c := &capacityLimit{Area: a.ID, Name: a.Name, Year: year, Key: capacityKey(a.ID, year)}
			shown = shown || unit.Known || len(unit.Uses) > 0
			if unit.Known {
				left := unit.Capacity
				for _, u := range unit.Uses {
					if !part[u.Initiative.ID] {
						left -= u.Days
					}
				}
				left = max(0, left)
				c.Stated, c.Limit = &left, &left
			}
			c.StatedWords = r.say("choose.not_stated")
			if c.Stated != nil {
				c.StatedWords = r.say("choose.stated", *c.Stated)
			}
			c.Text, c.Free = typed[c.Key], slices.Contains(f.Values["free"], c.Key)
			v.readLimit(c, f)
			group.Limited = group.Limited || c.Limit != nil
			group.Years = append(group.Years, c)
		}
		if shown {
			v.Capacity, v.CapacityGroups = append(v.Capacity, group.Years...), append(v.CapacityGroups, group)
		}
	}
}

func (v *chooseView) readLimit(c *capacityLimit, f *form) {
	if c.Text != "" {
		days, err := wholeDays(c.Text)
		if err != nil || days < 0 || days > portfolio.MaxDays {
			f.bad("days-"+c.Key, "error.days", portfolio.MaxDays)
		}
		c.Limit = &days
	}
	if c.Free {
		c.Limit = nil
	}
}

// typedDays are the numbers in the address by the area and year that they stand beside.
func (f *form) typedDays() map[string]string {
	typed := map[string]string{}
	for k, key := range f.Values["capacity"] {
		if k < len(f.Values["days"]) {
			typed[key] = strings.TrimSpace(f.Values["days"][k])
		}
	}
	return typed
}

// effort is what an initiative takes of each of the areas' years; a reason where it is not known and a limit holds its own area, or
// any where it has none. Of other areas it is taken to use only what it states.
func (v *chooseView) effort(r *request, i *portfolio.Initiative, c *candidate) (reason string) {
	c.Days = make([]int64, len(v.Capacity))
	if i.Effort == nil {
		c.DaysWords = r.say("figure.unknown")
		held := func(l *capacityLimit) bool { return l.Limit != nil && (i.Area == 0 || l.Area == i.Area) }
		if k := slices.IndexFunc(v.Capacity, held); k >= 0 {
			return r.say("choose.no_days", v.Capacity[k].Name)
		}
		return ""
	}
	c.EffortKnown = true
	var words []string
	for k, l := range v.Capacity {
		if c.Days[k] = i.Effort.In(l.Area, l.Year); c.Days[k] > 0 {
			words = append(words, r.say("needs.use", l.Name, l.Year, c.Days[k]))
		}
	}
	c.DaysWords = strings.Join(words, ", ")
	return ""
}

// sayUsed says what the choice takes of each area; nothing of one that it takes nothing of and that has no limit.
func (v *chooseView) sayUsed(r *request) {
	for _, c := range v.Capacity {
		switch {
		case c.Over:
			c.UsedWords = r.say("choose.days_begun", c.Used, *c.Stated)
		case c.Limit != nil:
			c.UsedWords = r.say("choose.days_used", c.Used, *c.Limit)
		case c.Used > 0:
			c.UsedWords = r.say("choose.days_unlimited", c.Used)
		}
	}
}

// summarise says in a line each what the folded parts of the question hold, and which area the choice comes closest to the limit of.
// Areas that the address says something of are open.
func (v *chooseView) summarise(r *request) {
	must, begun, limited := 0, 0, 0
	for k := range v.Items {
		if v.Items[k].Mandatory {
			must++
		}
		if v.Items[k].Begun {
			begun++
		}
	}
	for _, g := range v.CapacityGroups {
		if g.Limited {
			limited++
		}
	}
	v.MustWords = r.say("choose.must_count", must, len(v.Items), begun)
	v.CapacityWords = r.say("choose.capacity_count", limited, len(v.CapacityGroups))
	var tight *capacityLimit
	for _, c := range v.Capacity {
		v.CapacityOpen = v.CapacityOpen || c.Text != "" || c.Free
		if c.Limit != nil && c.Used > 0 && (tight == nil || c.Used**tight.has() > tight.Used**c.has()) {
			tight = c
		}
	}
	if tight != nil {
		v.CapacityWords += " " + r.say("choose.tightest", tight.Name, tight.Year, tight.Used, *tight.has())
	}
}

// bound is one dimension of the question: investment in a year, an area's person-days in a year, or the effect that must be reached.
type bound struct {
	limit, floor int64
	year         int
	capacity     *capacityLimit // nil for kroner
	weight       func(*candidate) int64
}

// bounds lists what holds the choice. Person-days that suffice for everything are left out: they bind nothing.
func (v *chooseView) bounds() (list []bound) {
	for k, limit := range v.Limits {
		most := selection.NoLimit
		if limit.Limit.Known {
			most = int64(limit.Limit.Ore)
		}
		list = append(list, bound{most, 0, limit.Year, nil, func(c *candidate) int64 { return max(0, int64(c.Invest[k].Ore)) }})
	}
	if v.Floor.Known {
		list = append(list, bound{selection.NoLimit, int64(v.Floor.Ore), v.Year, nil, func(c *candidate) int64 { return int64(c.Effect.Ore) }})
	}
	for k, l := range v.Capacity {
		if l.Limit == nil {
			continue
		}
		var all int64
		for n := range v.Items {
			all += v.Items[n].Days[k]
		}
		if all > *l.Limit {
			list = append(list, bound{*l.Limit, 0, l.Year, l, func(c *candidate) int64 { return c.Days[k] }})
		}
	}
	return list
}

// problem is the question as it is solved: a dimension to each bound, with dependencies and exclusions.
func (v *chooseView) problem() selection.Problem {
	p := selection.Problem{TimeLimit: chooseTime / 2}
	v.held = v.bounds()
	for _, b := range v.held {
		p.Limits, p.Floors = append(p.Limits, b.limit), append(p.Floors, b.floor)
	}
	for n := range v.Items {
		c := &v.Items[n]
		item := selection.Item{ID: itemID(c.ID), Value: c.Value, Mandatory: c.Mandatory}
		for _, b := range v.held {
			item.Weights = append(item.Weights, b.weight(c))
		}
		for _, id := range c.Requires {
			item.Requires = append(item.Requires, itemID(id))
		}
		for _, id := range c.Excludes {
			item.Excludes = append(item.Excludes, itemID(id))
		}
		p.Items = append(p.Items, item)
	}
	return p
}

func itemID(id portfolio.InitiativeID) string { return strconv.FormatInt(int64(id), 10) }

// tie gives the candidates their dependencies and exclusions. One that depends on what is neither a candidate nor done is left out
// with the reason, and so is one that is excluded by what has been done; what is done is no condition any more.
func (v *chooseView) tie(r *request) {
	for {
		at := map[portfolio.InitiativeID]bool{}
		for _, c := range v.Items {
			at[c.ID] = true
		}
		kept := v.Items[:0]
		for _, c := range v.Items {
			reason := v.tied(r, &c, at)
			if reason == "" {
				kept = append(kept, c)
				continue
			}
			v.LeftOut = append(v.LeftOut, leftOut{ID: c.ID, Title: c.Title, Reason: reason, Href: c.Href})
		}
		if len(kept) == len(v.Items) {
			return
		}
		v.Items = kept
	}
}

func (v *chooseView) tied(r *request, c *candidate, at map[portfolio.InitiativeID]bool) (reason string) {
	c.Requires, c.Excludes = []portfolio.InitiativeID{}, []portfolio.InitiativeID{}
	done := func(i *portfolio.Initiative) bool { return i.Stage >= portfolio.Implemented }
	for _, id := range r.p.Initiatives.Get(c.ID).Requires {
		parent := r.p.Initiatives.Get(id)
		switch {
		case at[id]:
			c.Requires = append(c.Requires, id)
		case parent != nil && !done(parent):
			return r.say("choose.parent_out", parent.Title)
		}
	}
	for _, id := range r.p.Exclusions(c.ID) {
		switch other := r.p.Initiatives.Get(id); {
		case at[id]:
			c.Excludes = append(c.Excludes, id)
		case done(other):
			return r.say("choose.excluded_by_done", other.Title)
		}
	}
	return ""
}
