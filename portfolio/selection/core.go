package selection

import "slices"

// core is what is left to decide when the consequences of the problem itself are drawn: the open items, renumbered in the
// same order, and the dimensions that can bind, their amounts divided by the common divisor.
type core struct {
	item   []int32 // of the model
	value  []int64 // divided by unit
	unit   int64
	weight [][]int64
	upper  []int64 // the sum of the weights where there is no limit
	lower  []int64
	rel    relations

	settled      []choice // of the model's items; open for those in item
	settledValue int64
}

// reduce draws the consequences. It reports false when nothing can meet the problem.
func (m *model) reduce() (*core, bool) {
	state := make([]choice, len(m.ids))
	nothing := func(int32) {}
	for i, c := range m.first {
		if c != open && !m.rel.decide(state, int32(i), c, nothing) {
			return nil, false
		}
	}
	for {
		room := m.room(state)
		if slices.ContainsFunc(room, func(r int64) bool { return r < 0 }) {
			return nil, false
		}
		changed := false
		for i, c := range state {
			if c != open || m.fits(state, room, int32(i)) && m.wanted(int32(i), state) {
				continue
			}
			if !m.rel.decide(state, int32(i), out, nothing) {
				return nil, false
			}
			changed = true
		}
		if !changed {
			return m.coreOf(state, room)
		}
	}
}

// room is what the items that are in leave of each limit.
func (m *model) room(state []choice) []int64 {
	room := slices.Clone(m.upper)
	for d := range room {
		if room[d] == NoLimit {
			continue
		}
		for i, c := range state {
			if c == in {
				room[d] -= m.weight[d][i]
			}
		}
	}
	return room
}

// fits reports whether an open item can be in at all: with everything that it requires it stays within the limits, and
// nothing among them is out or excludes another.
func (m *model) fits(state []choice, room []int64, i int32) bool {
	if m.rel.alone(i) {
		for d, r := range room {
			if r != NoLimit && m.weight[d][i] > r {
				return false
			}
		}
		return true
	}
	trial, added := slices.Clone(state), []int32(nil)
	if !m.rel.decide(trial, i, in, func(k int32) { added = append(added, k) }) {
		return false
	}
	for d, r := range room {
		if r == NoLimit {
			continue
		}
		for _, k := range added {
			if trial[k] == in {
				r -= m.weight[d][k]
			}
		}
		if r < 0 {
			return false
		}
	}
	return true
}

// wanted reports whether the best set could hold the item: one that is worth nothing serves only another or a floor.
func (m *model) wanted(i int32, state []choice) bool {
	if m.value[i] > 0 {
		return true
	}
	for _, child := range m.rel.neededBy[i] {
		if state[child] == open {
			return true
		}
	}
	for d, floor := range m.lower {
		if floor > 0 && m.weight[d][i] > 0 {
			return true
		}
	}
	return false
}

func (m *model) coreOf(state []choice, room []int64) (*core, bool) {
	c := &core{settled: state, unit: 1}
	index := make([]int32, len(state))
	for i, s := range state {
		index[i] = -1
		switch s {
		case open:
			index[i] = int32(len(c.item))
			c.item = append(c.item, int32(i))
			c.value = append(c.value, m.value[i])
		case in:
			c.settledValue += m.value[i]
		}
	}
	if g := divisor(c.value); g > 1 {
		c.unit = g
		for k := range c.value {
			c.value[k] /= g
		}
	}
	c.rel = newRelations(len(c.item))
	for k, i := range c.item {
		for _, parent := range m.rel.needs[i] {
			if index[parent] >= 0 {
				c.rel.require(int32(k), index[parent])
			}
		}
		for _, other := range m.rel.bars[i] {
			if index[other] >= 0 {
				c.rel.exclude(int32(k), index[other])
			}
		}
	}
	for d := range m.weight {
		if !c.addDimension(m, d, state, room[d]) {
			return nil, false
		}
	}
	return c, true
}

// addDimension keeps a dimension if it can bind; it reports false if its floor cannot be reached.
func (c *core) addDimension(m *model, d int, state []choice, room int64) bool {
	weights, total, floor := make([]int64, len(c.item)), int64(0), m.lower[d]
	for k, i := range c.item {
		weights[k] = m.weight[d][i]
		total += weights[k]
	}
	for i, s := range state {
		if s == in {
			floor -= m.weight[d][i]
		}
	}
	floor = max(floor, 0)
	if total < floor || room < floor {
		return false
	}
	if room >= total && floor == 0 {
		return true
	}
	g := max(divisor(weights), 1)
	for k := range weights {
		weights[k] /= g
	}
	c.weight = append(c.weight, weights)
	c.upper = append(c.upper, min(room, total)/g)
	c.lower = append(c.lower, (floor+g-1)/g)
	return c.upper[len(c.upper)-1] >= c.lower[len(c.lower)-1]
}

// divisor is the greatest common divisor, 0 if all are 0.
func divisor(amounts []int64) int64 {
	var g int64
	for _, a := range amounts {
		a = max(a, -a)
		for a != 0 {
			g, a = a, g%a
		}
	}
	return g
}

// feasible reports whether a complete choice of the open items meets every limit, floor and relation.
func (c *core) feasible(chosen []bool) bool {
	for d, weights := range c.weight {
		var sum int64
		for k, w := range weights {
			if chosen[k] {
				sum += w
			}
		}
		if sum > c.upper[d] || sum < c.lower[d] {
			return false
		}
	}
	for k := range chosen {
		if !chosen[k] {
			continue
		}
		for _, parent := range c.rel.needs[k] {
			if !chosen[parent] {
				return false
			}
		}
		for _, other := range c.rel.bars[k] {
			if chosen[other] {
				return false
			}
		}
	}
	return true
}
