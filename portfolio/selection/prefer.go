package selection

// preferences are the core's relations and one more kind: where an item is worth at least as much as another, weighs no more
// anywhere, and comes first among equals, the best set never holds the other without it. Both must be free of relations, and
// weigh the same where there is a floor.
func (c *core) preferences() relations {
	r := newRelations(len(c.item))
	for k := range c.item {
		r.needs[k] = append(r.needs[k], c.rel.needs[k]...)
		r.neededBy[k] = append(r.neededBy[k], c.rel.neededBy[k]...)
		r.bars[k] = append(r.bars[k], c.rel.bars[k]...)
	}
	for a := range c.item {
		for b := range c.item {
			if a != b && c.rel.alone(int32(a)) && c.rel.alone(int32(b)) && c.dominates(a, b) {
				r.needs[b] = append(r.needs[b], int32(a))
				r.neededBy[a] = append(r.neededBy[a], int32(b))
			}
		}
	}
	return r
}

func (c *core) dominates(a, b int) bool {
	if c.value[a] < c.value[b] || c.value[a] == c.value[b] && a > b {
		return false
	}
	for d, w := range c.weight {
		if w[a] > w[b] || w[a] < w[b] && c.lower[d] > 0 {
			return false
		}
	}
	return true
}

// hopeful reports whether a choice that agrees with what is decided, and is worth no more than the bound, can be better than
// the best known by the whole rule.
func (b *branching) hopeful(bound int64) bool {
	if !b.best.found || bound > b.best.value {
		return true
	}
	if bound < b.best.value || b.indifferent {
		return false
	}
	switch fewest := b.fewest(); {
	case fewest > b.best.count:
		return false
	case fewest < b.best.count:
		return true
	}
	for k, s := range b.state {
		switch {
		case b.best.chosen[k] && s == out:
			return false
		case !b.best.chosen[k] && s != out:
			return true
		}
	}
	return false
}

// fewest is how many items, at least, a choice needs that is worth as much as the best.
func (b *branching) fewest() int {
	var value int64
	count := 0
	for k, s := range b.state {
		if s == in {
			value += b.core.value[k]
			count++
		}
	}
	for _, k := range b.byValue {
		if value >= b.best.value || b.core.value[k] <= 0 {
			break
		}
		if b.state[k] == open {
			value += b.core.value[k]
			count++
		}
	}
	if value < b.best.value {
		return len(b.state) + 1
	}
	return count
}
