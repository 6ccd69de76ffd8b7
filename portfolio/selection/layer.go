package selection

// sum is a state of the dynamic programme: what some choice of the items so far adds up to.
type sum struct {
	key   uint64 // packed weights
	value int64
	loss  int64 // what the choice gives away against the bound, at least
	count int32
}

// layer holds states by ascending key, and the choice behind each: a bit per item, the smallest id highest, so that of two
// choices with as many items the one whose ids come first is the larger number.
type layer struct {
	words int
	sums  []sum
	sets  []uint64
}

func (l *layer) reset() { l.sums, l.sets = l.sums[:0], l.sets[:0] }

func (l *layer) set(i int) []uint64 { return l.sets[i*l.words : (i+1)*l.words] }

func (l *layer) drop() {
	l.sums = l.sums[:len(l.sums)-1]
	l.sets = l.sets[:len(l.sums)*l.words]
}

// better compares two states of a layer by value, then number of items, then ids.
func (l *layer) better(i, j int) bool {
	a, b := &l.sums[i], &l.sums[j]
	if a.value != b.value {
		return a.value > b.value
	}
	if a.count != b.count {
		return a.count < b.count
	}
	s, t := l.set(i), l.set(j)
	for w := range s {
		if s[w] != t[w] {
			return s[w] > t[w]
		}
	}
	return false
}

// add appends a state, unless one that weighs no more is as good; of two that weigh the same the better stays.
func (l *layer) add(s sum, set []uint64, item int, group uint64) {
	last := len(l.sums) - 1
	comparable := last >= 0 && l.sums[last].key&group == s.key&group
	if comparable && (s.value < l.sums[last].value || s.value == l.sums[last].value && s.count > l.sums[last].count) {
		return
	}
	l.sums = append(l.sums, s)
	l.sets = append(l.sets, set...)
	if item >= 0 {
		l.set(last + 1)[item>>6] |= 1 << (63 - item&63)
	}
	switch {
	case !comparable:
	case !l.better(last+1, last):
		l.drop()
	case l.sums[last].key == s.key:
		l.sums[last] = s
		copy(l.set(last), l.set(last+1))
		l.drop()
	}
}

// stream reads a layer with an item added to every state, or left out (item -1).
type stream struct {
	from  *layer
	item  int
	add   uint64
	value int64
	loss  int64
	at    int
}

// next moves on to the first state worth keeping, and reports whether there is one.
func (s *stream) next(p *programme, now *sum) bool {
	for ; s.at < len(s.from.sums); s.at++ {
		old := &s.from.sums[s.at]
		now.loss = old.loss + s.loss
		now.value = old.value + s.value
		now.key = old.key + s.add
		if now.loss > p.slack || now.value < p.least || !p.packing.within(now.key) {
			continue
		}
		now.count = old.count
		if s.item >= 0 {
			now.count++
		}
		return true
	}
	return false
}

// merge writes the states of two streams in order; it stops when there are too many, and reports so.
func (p *programme) merge(into *layer, a, b *stream) bool {
	var x, y sum
	more, other := a.next(p, &x), b.next(p, &y)
	for more || other {
		if more && (!other || x.key <= y.key) {
			into.add(x, a.from.set(a.at), a.item, p.packing.group)
			a.at++
			more = a.next(p, &x)
		} else {
			into.add(y, b.from.set(b.at), b.item, p.packing.group)
			b.at++
			other = b.next(p, &y)
		}
		if len(into.sums) > p.most {
			return false
		}
	}
	return true
}
