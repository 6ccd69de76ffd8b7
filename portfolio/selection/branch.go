package selection

import (
	"cmp"
	"container/heap"
	"context"
	"math"
	"slices"
)

// branching is branch and bound over the core: the most promising open node first, from it straight down to a leaf, and what
// was not taken on the way is kept for later.
type branching struct {
	core    *core
	rel     relations // the core's, and that an item is in only if one that is better in every way is
	best    *incumbent
	root    *relaxation
	guide   *guide
	prices  []float64
	state   []choice
	open    nodes
	made    int64
	byValue []int32
	byMerit []int32 // what the root's prices leave, most first
	trial   []bool
	room    []int64
	ties    int
	// indifferent takes any of several that are worth the same.
	indifferent bool
}

// node is a set of decisions: its own and its parents'. Only what was branched on is kept; the rest follows again.
type node struct {
	parent *node
	item   int32
	to     choice
	depth  int32
	bound  int64
	made   int64
}

// nodes is a heap: the highest bound first, then the deepest, then the oldest, so that the order never depends on chance.
type nodes []*node

func (h nodes) Len() int { return len(h) }
func (h nodes) Less(i, j int) bool {
	a, b := h[i], h[j]
	if a.bound != b.bound {
		return a.bound > b.bound
	}
	if a.depth != b.depth {
		return a.depth > b.depth
	}
	return a.made < b.made
}
func (h nodes) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *nodes) Push(x any)   { *h = append(*h, x.(*node)) }
func (h *nodes) Pop() any {
	old := *h
	n := old[len(old)-1]
	old[len(old)-1] = nil
	*h = old[:len(old)-1]
	return n
}

// tieNodes is how many dives are spent on choosing among equals once the best value is proved.
const tieNodes = 50_000

// search goes on until best is proved, the context ends, nodes have been made, or only the choice among equals is left and
// takes too long. The bound is valid however it ended; complete reports that nothing is left.
func (b *branching) search(ctx context.Context, nodes int64) (bound int64, complete bool) {
	for most := b.made + nodes; b.open.Len() > 0; {
		top := heap.Pop(&b.open).(*node)
		if b.best.found && top.bound <= b.best.value {
			b.ties++
		}
		if b.ties > tieNodes || b.made > most {
			heap.Push(&b.open, top)
			return b.reached(top), false
		}
		if !b.load(top) || !b.hopeful(top.bound) {
			continue
		}
		if left := b.dive(ctx, top); left != nil {
			heap.Push(&b.open, left)
			return b.reached(left), false
		}
	}
	return b.best.value, true
}

func (c *core) branching(r *relaxation, best *incumbent) *branching {
	n := len(c.item)
	b := &branching{
		core: c, best: best, root: r, rel: c.preferences(), guide: r.guide.clone(), prices: make([]float64, len(r.rows)),
		state: make([]choice, n), byValue: make([]int32, n), trial: make([]bool, n), room: make([]int64, len(c.weight)),
	}
	for k := range b.byValue {
		b.byValue[k] = int32(k)
	}
	b.byMerit = slices.Clone(b.byValue)
	slices.SortStableFunc(b.byValue, func(x, y int32) int {
		return cmp.Compare(c.value[y], c.value[x])
	})
	merit := slices.Clone(r.pricing.surplus)
	slices.SortStableFunc(b.byMerit, func(x, y int32) int {
		switch {
		case merit[y].less(merit[x]):
			return -1
		case merit[x].less(merit[y]):
			return 1
		}
		return 0
	})
	b.open = nodes{{item: -1, bound: r.pricing.most()}}
	return b
}

// load goes to a node; it reports false if its decisions contradict each other.
func (b *branching) load(n *node) bool {
	clear(b.state)
	b.guide.copyFrom(b.root.guide)
	for ; n.parent != nil; n = n.parent {
		if !b.decide(n.item, n.to) {
			return false
		}
	}
	return true
}

// decide settles an item and what follows, in the guide too.
func (b *branching) decide(k int32, to choice) bool {
	return b.rel.decide(b.state, k, to, func(i int32) {
		if b.state[i] == in {
			b.guide.fix(i, 1)
		} else {
			b.guide.fix(i, 0)
		}
	})
}

// reached is the bound when a node is left in the middle.
func (b *branching) reached(left *node) int64 {
	bound := left.bound
	if b.open.Len() > 0 {
		bound = max(bound, b.open[0].bound)
	}
	if b.best.found {
		bound = max(bound, b.best.value)
	}
	return bound
}

// dive goes down from a loaded node to a leaf or to where nothing better can be. When the time is up it gives the node that
// it had come to; every node is tried once before the clock is looked at, so that the first already gives a choice.
func (b *branching) dive(ctx context.Context, n *node) *node {
	for {
		if !b.evaluate(n) {
			return nil
		}
		if ctx.Err() != nil {
			return n
		}
		k, to := b.pick()
		if k < 0 {
			b.leaf()
			return nil
		}
		b.made++
		heap.Push(&b.open, &node{parent: n, item: k, to: in + out - to, depth: n.depth + 1, bound: n.bound, made: b.made})
		b.made++
		n = &node{parent: n, item: k, to: to, depth: n.depth + 1, bound: n.bound, made: b.made}
		if !b.decide(k, to) {
			return nil
		}
	}
}

// evaluate bounds the node, settles what the bound settles, and tries the choice that the guide suggests. It reports false
// when nothing better can be below.
func (b *branching) evaluate(n *node) bool {
	if !b.leaveWhatDoesNotFit() {
		return false
	}
	enough := math.Inf(-1)
	if b.best.found {
		enough = math.Ldexp(float64(b.best.value), int(b.root.pricing.shift)-rowBits) - 1e-7
	}
	pricing := b.root.pricing
	if row, more, ok := b.guide.solve(enough); !ok {
		b.guide.ray(row, more, b.prices)
		return !pricing.shows(b.prices, b.state) && b.hopeful(n.bound)
	}
	b.guide.prices(b.prices)
	pricing.set(b.prices, b.state)
	n.bound = min(n.bound, pricing.most())
	if !b.hopeful(n.bound) {
		return false
	}
	b.suggest()
	if !b.best.found {
		return true
	}
	if !b.hopeful(n.bound) {
		return false
	}
	for k := range b.state {
		if b.state[k] == open && pricing.without(k) < b.best.value && !b.decide(int32(k), pricing.favours(k)) {
			return false
		}
	}
	return true
}

// leaveWhatDoesNotFit decides against the items that the rest of a limit is too small for.
func (b *branching) leaveWhatDoesNotFit() bool {
	b.measure()
	for k, s := range b.state {
		if s != open {
			continue
		}
		for d, weights := range b.core.weight {
			if weights[k] > b.room[d] {
				if !b.decide(int32(k), out) {
					return false
				}
				break
			}
		}
	}
	return true
}

// measure computes what the decided items leave of the limits.
func (b *branching) measure() {
	copy(b.room, b.core.upper)
	for d, weights := range b.core.weight {
		for k, s := range b.state {
			if s == in {
				b.room[d] -= weights[k]
			}
		}
	}
}

// pick chooses the item to branch on and the way to go first: the fractional item of which both ways cost most, and the
// cheaper way; where the guide has none, the first open item.
func (b *branching) pick() (int32, choice) {
	const whole, small = 1e-7, 1e-7
	item, to, most := int32(-1), out, math.Inf(-1)
	for row, v := range b.guide.basic {
		if v >= int32(b.guide.n) || b.state[v] != open {
			continue
		}
		if x := b.guide.x[v]; x < whole || x > 1-whole {
			continue
		}
		down, up := b.guide.penalties(row)
		if score := max(min(down, 1), small) * max(min(up, 1), small); score > most {
			item, to, most = v, out, score
			if up <= down {
				to = in
			}
		}
	}
	if item >= 0 {
		return item, to
	}
	return int32(slices.Index(b.state, open)), in
}

// leaf offers the choice of a node where all is decided.
func (b *branching) leaf() {
	for k, s := range b.state {
		b.trial[k] = s == in
	}
	if b.core.feasible(b.trial) {
		b.best.offer(b.core.value, b.trial)
	}
}
