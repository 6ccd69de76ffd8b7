package selection

import (
	"context"
	"slices"
)

// programme is the dynamic programme over the packed sums of weights. It keeps only states that the bound allows to end
// within slack of it: a first guess of the slack is small and grows until the best choice found lies within it, which proves
// that nothing better was cut off.
type programme struct {
	core    *core
	packing packing
	steps   []step
	most    int // states in a layer
	left    int64
	slack   int64
	least   int64 // what a state must be worth by now
	spare   []*layer
}

// How many states a layer may hold: as many as fit in maxBytes; with several dimensions, where states rarely compare and
// branching does well, fewer.
const (
	maxBytes         = 32 << 20
	mostOfSeveral    = 1 << 16
	bytesOfState     = 32
	largestComponent = 64
)

// verdict is how far a method came.
type verdict uint8

const (
	gaveUp verdict = iota
	done           // with nothing found: there is nothing
)

// enumerate solves the core by the dynamic programme if it stays small enough; what it finds before it gives up is in best.
// A layer holds at most most states.
func (c *core) enumerate(ctx context.Context, r *relaxation, best *incumbent, most int) verdict {
	packing, ok := c.pack()
	if !ok {
		return gaveUp
	}
	steps, ok := c.steps(r.pricing)
	if !ok {
		return gaveUp
	}
	words := (len(c.item) + 63) / 64
	p := &programme{core: c, packing: packing, steps: steps, most: min(most, maxBytes/(bytesOfState+8*words))}
	l := newLosses(r.pricing)
	for slack := max(1, l.bound>>13); ; {
		all := slack >= l.all
		if !p.run(ctx, words, l, slack, all, best) {
			return gaveUp
		}
		if all || best.found && l.slack(best.value) <= slack {
			return done
		}
		slack *= 8
		if best.found {
			slack = min(slack, l.slack(best.value))
		}
	}
}

// losses are the surpluses of the root's prices in a unit in which they fit in a word: what it costs to decide an item
// against them.
type losses struct {
	pricing *pricing
	cut     uint
	bound   int64
	all     int64 // a slack that keeps everything
	in, out []int64
}

func newLosses(p *pricing) *losses {
	const bits = 58
	l := &losses{pricing: p, all: 1 << bits, in: make([]int64, len(p.surplus)), out: make([]int64, len(p.surplus))}
	size := p.bound.abs().length()
	if size > bits {
		l.cut = size - bits
	}
	l.bound = p.bound.abs().down(l.cut)
	for j, s := range p.surplus {
		loss := l.all
		if s.abs().length() < bits+l.cut {
			loss = s.abs().down(l.cut)
		}
		if s.negative() {
			l.in[j] = loss
		} else {
			l.out[j] = loss
		}
	}
	return l
}

// slack is how far a choice of the value may lie below the bound, rounded up.
func (l *losses) slack(value int64) int64 {
	gap := l.pricing.bound.minus(wideOf(value, l.pricing.scale))
	if gap.length() >= 58+l.cut {
		return l.all
	}
	return gap.down(l.cut) + 1
}

// run enumerates what can end within the slack; with all set nothing is cut off by value.
func (p *programme) run(ctx context.Context, words int, l *losses, slack int64, all bool, best *incumbent) bool {
	p.slack, p.left = slack, 0
	for _, v := range p.core.value {
		p.left += max(v, 0)
	}
	goal := int64(-nothingKnown)
	if !all {
		goal = l.pricing.whole(l.pricing.bound.minus(wideOf(slack, l.cut)))
	}
	start := p.layer(words)
	start.sums = append(start.sums, sum{})
	start.sets = append(start.sets, make([]uint64, words)...)
	groups := []group{{0, start}}
	for _, s := range p.steps {
		if ctx.Err() != nil {
			return false
		}
		p.left -= max(p.core.value[s.item], 0)
		p.least = goal - p.left
		lossIn, lossOut := l.in[s.item], l.out[s.item]
		if all {
			lossIn, lossOut = 0, 0
		}
		var ok bool
		if groups, ok = p.advance(groups, s, lossIn, lossOut, words); !ok {
			return false
		}
	}
	for _, g := range groups {
		p.harvest(g.layer, best)
	}
	return true
}

// harvest offers the states that reach every floor.
func (p *programme) harvest(l *layer, best *incumbent) {
	top := -1
	for i := range l.sums {
		if p.packing.reaches(l.sums[i].key) && (top < 0 || l.better(i, top)) {
			top = i
		}
	}
	if top >= 0 {
		chosen := make([]bool, len(p.core.item))
		for k := range chosen {
			chosen[k] = l.set(top)[k>>6]>>(63-k&63)&1 == 1
		}
		best.offer(p.core.value, chosen)
	}
	p.spare = append(p.spare, l)
}

// group holds the states that agree in those decisions that later items still ask about.
type group struct {
	context uint64
	layer   *layer
}

func (p *programme) layer(words int) *layer {
	if n := len(p.spare); n > 0 {
		l := p.spare[n-1]
		p.spare = p.spare[:n-1]
		l.reset()
		return l
	}
	return &layer{words: words}
}

// advance decides one item in every state.
func (p *programme) advance(groups []group, s step, lossIn, lossOut int64, words int) ([]group, bool) {
	k := int(s.item)
	var next []group
	pending := map[uint64]*stream{}
	send := func(context uint64, x *stream) bool {
		y := pending[context]
		if y == nil {
			pending[context] = x
			return true
		}
		into := p.layer(words)
		ok := p.merge(into, x, y)
		pending[context] = &stream{from: into, item: -1}
		return ok
	}
	for _, g := range groups {
		if s.mayLeave(g.context) && !send(g.context&s.keep, &stream{from: g.layer, item: -1, loss: lossOut}) {
			return nil, false
		}
		if s.mayEnter(g.context) && !send((g.context|s.bit)&s.keep,
			&stream{from: g.layer, item: k, add: p.packing.add[k], value: p.core.value[k], loss: lossIn}) {
			return nil, false
		}
	}
	for context, x := range pending {
		into := p.layer(words)
		if !p.merge(into, x, &stream{from: &layer{words: words}}) {
			return nil, false
		}
		next = append(next, group{context, into})
	}
	for _, g := range groups {
		p.spare = append(p.spare, g.layer)
	}
	slices.SortFunc(next, func(a, b group) int {
		if a.context < b.context {
			return -1
		}
		return 1
	})
	return next, true
}
