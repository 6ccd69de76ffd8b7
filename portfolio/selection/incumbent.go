package selection

// incumbent is the best choice of the core's items found so far.
type incumbent struct {
	found  bool
	chosen []bool
	value  int64
	count  int
}

// offer takes over a feasible choice if it is better by the whole rule.
func (b *incumbent) offer(value []int64, chosen []bool) bool {
	var v int64
	count := 0
	for k, c := range chosen {
		if c {
			v += value[k]
			count++
		}
	}
	if b.found && (v < b.value || v == b.value && (count > b.count || count == b.count && !earlier(chosen, b.chosen))) {
		return false
	}
	b.found, b.value, b.count = true, v, count
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
