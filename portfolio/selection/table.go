package selection

import (
	"context"
	"math"
	"math/bits"
	"slices"
)

// table solves a core of one dimension by the table over every capacity (Bellman, Dynamic Programming, 1957), a cell a
// nanosecond whatever the values are: it is what answers where the values are the weights, and bounds cut nothing off.
//
// The items are taken from the last id to the first. A cell holds the best value and fewest items in one number, and one bit
// per item and capacity remembers whether taking the item is at least as good as leaving it. Read from the first id, those
// bits give the choice whose ids come first among the best with the fewest items.
type table struct {
	core  *core
	merit []int64 // by item: its value times one more than the number of items, less 1 for being an item
	best  []int64 // by capacity
	taken []uint64
	left  int // cells that may still be computed
}

// How many cells are computed at most, how many capacities a table has, and how many cases the broken relations may lead to.
const (
	mostCells      = 1 << 28
	mostCapacities = 1 << 22
	mostCases      = 4
)

// tabulate solves the core by the table. Relations and the floor are not in it: a best choice that happens to meet them is
// the best of all, and where it breaks a relation the two ways of keeping it are cases of their own, best first by the whole
// rule. It gives up where there are too many cells or cases, or where the floor is what matters.
func (c *core) tabulate(ctx context.Context, best *incumbent) verdict {
	t := c.newTable()
	if t == nil {
		return gaveUp
	}
	var cases []tableCase
	add := func(state []choice) bool {
		one, ok := t.solve(ctx, state)
		if ok && one.found {
			cases = append(cases, one)
		}
		return ok
	}
	if !add(make([]choice, len(c.item))) {
		return gaveUp
	}
	for range mostCases {
		if len(cases) == 0 {
			return gaveUp // what is impossible is for those to show who explain it
		}
		top := 0
		for i := range cases {
			if cases[i].better(&cases[top].incumbent) {
				top = i
			}
		}
		now := cases[top]
		cases = slices.Delete(cases, top, top+1)
		item, broken := c.breaks(now.chosen)
		if !broken {
			if !c.feasible(now.chosen) {
				return gaveUp
			}
			best.offer(c.value, now.chosen)
			return done
		}
		for _, to := range []choice{in, out} {
			state := slices.Clone(now.state)
			if c.rel.decide(state, item, to, func(int32) {}) && !add(state) {
				return gaveUp
			}
		}
	}
	return gaveUp
}

// tableCase is the best choice that agrees with what is decided, whatever else the relations ask for.
type tableCase struct {
	incumbent
	state []choice
}

// breaks finds an item that is in against a relation.
func (c *core) breaks(chosen []bool) (int32, bool) {
	for k, is := range chosen {
		if !is {
			continue
		}
		if slices.ContainsFunc(c.rel.needs[k], func(parent int32) bool { return !chosen[parent] }) ||
			slices.ContainsFunc(c.rel.bars[k], func(other int32) bool { return chosen[other] }) {
			return int32(k), true
		}
	}
	return 0, false
}

// newTable gives nil where one table would already be too large, or its numbers would be.
func (c *core) newTable() *table {
	n := int64(len(c.item))
	if len(c.weight) != 1 || n == 0 || c.upper[0] >= min(mostCapacities, mostCells/n) {
		return nil
	}
	t := &table{core: c, merit: make([]int64, n), best: make([]int64, c.upper[0]+1), left: mostCells}
	var all int64
	for k, v := range c.value {
		all += max(v, -v)
		hi, lo := bits.Mul64(uint64(all), uint64(n+1))
		if hi > 0 || lo > math.MaxInt64/2 {
			return nil
		}
		t.merit[k] = v*(n+1) - 1
	}
	t.taken = make([]uint64, n*int64(t.row()))
	return t
}

// row is how many words an item's bits take.
func (t *table) row() int { return len(t.best)/64 + 1 }

// solve fills the table for what is open; ok is false when there are too many cells or the time is up.
func (t *table) solve(ctx context.Context, state []choice) (one tableCase, ok bool) {
	one = tableCase{incumbent{chosen: make([]bool, len(state))}, state}
	weight, room, before := t.core.weight[0], t.core.upper[0], int64(0)
	for k, s := range state {
		switch s {
		case in:
			room -= weight[k]
			one.take(k, t.core.value[k])
		case open:
			before += weight[k]
		}
	}
	if room < 0 {
		return one, true
	}
	clear(t.best)
	for k := len(state) - 1; k >= 0; k-- {
		if state[k] != open {
			continue
		}
		before -= weight[k]
		from := max(weight[k], room-before) // below it no choice of the items before it comes
		if from > room {
			continue
		}
		if t.left -= int(room - from); t.left < 0 || ctx.Err() != nil {
			return one, false
		}
		t.decide(k, int(from), int(room))
	}
	for k, s := range state {
		if s == open && weight[k] <= room && t.taken[k*t.row()+int(room>>6)]>>(room&63)&1 == 1 {
			room -= weight[k]
			one.take(k, t.core.value[k])
		}
	}
	one.found = true
	return one, true
}

// decide computes the cells of an item, the largest capacity first, as the smaller ones are still to be read without it.
func (t *table) decide(k, from, to int) {
	weight, merit := int(t.core.weight[0][k]), t.merit[k]
	row := t.taken[k*t.row() : (k+1)*t.row()]
	for word := to >> 6; word >= from>>6; word-- {
		lo, hi := max(from, word<<6), min(to, word<<6+63)
		with, without := t.best[lo-weight:hi-weight+1], t.best[lo:hi+1]
		var is uint64
		for i := len(without) - 1; i >= 0; i-- {
			x, y := with[i]+merit, without[i]
			is = is<<1 | uint64(y-x-1)>>63 // x is at least y
			without[i] = max(x, y)
		}
		row[word] = is << (lo & 63)
	}
}
