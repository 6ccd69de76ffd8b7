package selection

// incumbent is the best choice of the core's items found so far.
type incumbent struct {
	found  bool
	chosen []bool
	value  int64
	count  int
}

// take adds an item to a choice.
func (b *incumbent) take(k int, value int64) {
	b.chosen[k] = true
	b.value += value
	b.count++
}

// better compares two choices by the whole rule.
func (b *incumbent) better(than *incumbent) bool {
	switch {
	case b.value != than.value:
		return b.value > than.value
	case b.count != than.count:
		return b.count < than.count
	}
	return earlier(b.chosen, than.chosen)
}

// offer takes over a feasible choice if it is better by the whole rule.
func (b *incumbent) offer(value []int64, chosen []bool) bool {
	one := incumbent{found: true, chosen: chosen}
	for k, c := range chosen {
		if c {
			one.value += value[k]
			one.count++
		}
	}
	if b.found && !one.better(b) {
		return false
	}
	b.found, b.value, b.count = true, one.value, one.count
	b.chosen = append(b.chosen[:0], chosen...)
	return true
}

// earlier reports whether a's sorted ids come before b's, both of the same length: at the first item that only one of them
// has, it is a's.
func earlier(a, b []bool) bool {
	for k := range a {
		if a[k] != b[k] {
			return a[k]
		}
	}
	return false
}
