package selection

// suggest offers the choice that the guide's point comes closest to: what it has whole, then what still fits by merit.
func (b *branching) suggest() {
	const whole = 1 - 1e-7
	b.measure()
	clear(b.trial)
	for k, s := range b.state {
		if s == in {
			b.trial[k] = true
		} else if s == open && b.guide.x[k] >= whole {
			b.put(int32(k))
		}
	}
	for _, k := range b.byMerit {
		if b.state[k] == open && !b.trial[k] && b.core.value[k] > 0 {
			b.put(k)
		}
	}
	if b.core.feasible(b.trial) && b.best.offer(b.core.value, b.trial) {
		for b.swap() && b.core.feasible(b.trial) && b.best.offer(b.core.value, b.trial) {
		}
	}
}

// put adds an open item to the trial if it fits beside the others.
func (b *branching) put(k int32) {
	for d, weights := range b.core.weight {
		if weights[k] > b.room[d] {
			return
		}
	}
	for _, parent := range b.core.rel.needs[k] {
		if !b.trial[parent] {
			return
		}
	}
	for _, other := range b.core.rel.bars[k] {
		if b.trial[other] {
			return
		}
	}
	b.trial[k] = true
	for d, weights := range b.core.weight {
		b.room[d] -= weights[k]
	}
}

// swap exchanges an item for one outside that is worth more and fits in its place, where neither is related to others. It
// reports whether it found such a pair; the one that gains most is taken.
func (b *branching) swap() bool {
	leave, enter, gain := int32(-1), int32(-1), int64(0)
	for x := range b.trial {
		if !b.trial[x] || !b.core.rel.alone(int32(x)) {
			continue
		}
		for _, y := range b.byValue {
			if b.core.value[y]-b.core.value[x] <= gain {
				break
			}
			if !b.trial[y] && b.core.rel.alone(y) && b.exchangeable(int32(x), y) {
				leave, enter, gain = int32(x), y, b.core.value[y]-b.core.value[x]
			}
		}
	}
	if leave < 0 {
		return false
	}
	b.trial[leave], b.trial[enter] = false, true
	for d, weights := range b.core.weight {
		b.room[d] += weights[leave] - weights[enter]
	}
	return true
}

func (b *branching) exchangeable(leave, enter int32) bool {
	for d, weights := range b.core.weight {
		if weights[enter] > b.room[d]+weights[leave] {
			return false
		}
	}
	return true
}
