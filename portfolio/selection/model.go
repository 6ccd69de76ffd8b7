package selection

import (
	"cmp"
	"slices"
)

// choice is what is decided about an item.
type choice int8

const (
	open choice = iota
	in
	out
)

// model is a checked problem with its items in the order of their ids, so that a smaller index is a smaller id.
type model struct {
	ids    []string
	value  []int64
	weight [][]int64 // by dimension, then item
	upper  []int64   // NoLimit where there is none
	lower  []int64   // 0 where there is none
	rel    relations
	first  []choice // what the problem itself decides: mandatory items are in
	// indifferent asks for the best value only: any choice that has it will do.
	indifferent bool
}

// relations are the requirements and exclusions among items, by index.
type relations struct {
	needs    [][]int32
	neededBy [][]int32
	bars     [][]int32 // both ways
}

func newRelations(n int) relations {
	return relations{make([][]int32, n), make([][]int32, n), make([][]int32, n)}
}

func (r *relations) require(child, parent int32) {
	if child == parent || slices.Contains(r.needs[child], parent) {
		return
	}
	r.needs[child] = append(r.needs[child], parent)
	r.neededBy[parent] = append(r.neededBy[parent], child)
}

func (r *relations) exclude(a, b int32) {
	if slices.Contains(r.bars[a], b) {
		return
	}
	r.bars[a] = append(r.bars[a], b)
	r.bars[b] = append(r.bars[b], a)
}

func (r *relations) alone(i int32) bool {
	return len(r.needs[i]) == 0 && len(r.neededBy[i]) == 0 && len(r.bars[i]) == 0
}

// decide settles an item and all that follows from it; it reports false when that contradicts what is settled already.
// Each item that it settles is handed to settled, in the order of settling.
func (r *relations) decide(state []choice, i int32, to choice, settled func(int32)) bool {
	type step struct {
		item int32
		to   choice
	}
	for todo := []step{{i, to}}; len(todo) > 0; {
		s := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if state[s.item] == s.to {
			continue
		}
		if state[s.item] != open {
			return false
		}
		state[s.item] = s.to
		settled(s.item)
		if s.to == out {
			for _, child := range r.neededBy[s.item] {
				todo = append(todo, step{child, out})
			}
			continue
		}
		for _, parent := range r.needs[s.item] {
			todo = append(todo, step{parent, in})
		}
		for _, other := range r.bars[s.item] {
			todo = append(todo, step{other, out})
		}
	}
	return true
}

func newModel(p Problem) *model {
	items := slices.Clone(p.Items)
	slices.SortFunc(items, func(a, b Item) int { return cmp.Compare(a.ID, b.ID) })
	n := len(items)
	m := &model{
		ids: make([]string, n), value: make([]int64, n), weight: make([][]int64, len(p.Limits)),
		upper: slices.Clone(p.Limits), lower: make([]int64, len(p.Limits)), rel: newRelations(n), first: make([]choice, n),
	}
	for d, floor := range p.Floors {
		m.lower[d] = max(floor, 0) // no sum of weights is below 0
	}
	index := make(map[string]int32, n)
	for i, it := range items {
		index[it.ID] = int32(i)
	}
	for d := range m.weight {
		m.weight[d] = make([]int64, n)
	}
	for i, it := range items {
		m.ids[i], m.value[i] = it.ID, it.Value
		for d, w := range it.Weights {
			m.weight[d][i] = w
		}
		if it.Mandatory {
			m.first[i] = in
		}
		for _, id := range it.Requires {
			m.rel.require(int32(i), index[id])
		}
		for _, id := range it.Excludes {
			m.rel.exclude(int32(i), index[id])
		}
	}
	return m
}

// sum is the chosen items' weight in a dimension.
func (m *model) sum(d int, chosen []bool) int64 {
	var s int64
	for i, c := range chosen {
		if c {
			s += m.weight[d][i]
		}
	}
	return s
}

// with asks for the best value with one item's decision changed.
func (m *model) with(i int, to choice) *model {
	other := *m
	other.first = slices.Clone(m.first)
	other.first[i] = to
	other.indifferent = true
	return &other
}
