package selection

import (
	"cmp"
	"slices"
)

// step is an item's turn in the dynamic programme. Items that are related follow each other; as long as one of them is still
// to come, the decisions that it asks about are remembered, a bit each.
type step struct {
	item     int32
	bit      uint64
	parents  uint64 // decided items that this one requires
	children uint64 // decided items that require this one
	barred   uint64
	keep     uint64 // what is still asked about afterwards
}

func (s *step) mayEnter(context uint64) bool {
	return context&s.parents == s.parents && context&s.barred == 0
}

func (s *step) mayLeave(context uint64) bool { return context&s.children == 0 }

// steps orders the items: those whose decision the prices make plainest first, so that little is kept when the doubtful ones
// come; where they say the same of all, as when the values are the weights, the largest first: few sums of large amounts are
// possible, and what small ones can still add is soon too little. It reports false if too many items hang together.
func (c *core) steps(p *pricing) ([]step, bool) {
	components := c.components()
	weight, value := make([]wide, len(components)), make([]int64, len(components))
	order := make([]int, len(components))
	for i, comp := range components {
		if len(comp) > largestComponent {
			return nil, false
		}
		order[i] = i
		for _, k := range comp {
			if s := p.surplus[k].abs(); weight[i].less(s) {
				weight[i] = s
			}
			value[i] = max(value[i], c.value[k])
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case weight[b].less(weight[a]):
			return -1
		case weight[a].less(weight[b]):
			return 1
		}
		return cmp.Compare(value[b], value[a])
	})
	var steps []step
	for _, i := range order {
		steps = append(steps, c.stepsOf(components[i])...)
	}
	return steps, true
}

// components are the sets of items that hang together by relations.
func (c *core) components() [][]int32 {
	seen := make([]bool, len(c.item))
	var all [][]int32
	for k := range c.item {
		if seen[k] {
			continue
		}
		seen[k] = true
		comp := []int32{int32(k)}
		for at := 0; at < len(comp); at++ {
			for _, partner := range c.rel.partners(comp[at]) {
				if !seen[partner] {
					seen[partner] = true
					comp = append(comp, partner)
				}
			}
		}
		all = append(all, comp)
	}
	return all
}

func (r *relations) partners(k int32) []int32 {
	return slices.Concat(r.needs[k], r.neededBy[k], r.bars[k])
}

func (c *core) stepsOf(comp []int32) []step {
	place := make(map[int32]int, len(comp))
	for at, k := range comp {
		place[k] = at
	}
	mask := func(items []int32, before int) (m uint64) {
		for _, k := range items {
			if place[k] < before {
				m |= 1 << place[k]
			}
		}
		return m
	}
	steps := make([]step, len(comp))
	for at, k := range comp {
		s := step{
			item: k, bit: 1 << at,
			parents: mask(c.rel.needs[k], at), children: mask(c.rel.neededBy[k], at), barred: mask(c.rel.bars[k], at),
		}
		for earlier := range at + 1 {
			for _, partner := range c.rel.partners(comp[earlier]) {
				if place[partner] > at {
					s.keep |= 1 << earlier
				}
			}
		}
		steps[at] = s
	}
	return steps
}
