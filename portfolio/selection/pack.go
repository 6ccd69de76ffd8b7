package selection

import (
	"math/bits"
	"slices"
)

// packing writes the sums of weights of all dimensions into one word, each in a field of its own with a guard bit above it:
// one addition adds an item in every dimension, and one subtraction tells whether a limit is passed.
type packing struct {
	add    []uint64 // by item
	limit  uint64   // the limits, all guard bits set
	guards uint64
	floors []packedFloor
	// group masks the fields in which two sums must agree before the rest compares them: all but the lowest, as that is
	// where less is better; and that too where it has a floor.
	group uint64
}

type packedFloor struct {
	at    uint
	width uint
	floor uint64
}

// pack reports false when the fields need more than a word.
func (c *core) pack() (packing, bool) {
	p := packing{add: make([]uint64, len(c.item)), group: ^uint64(0)}
	order := make([]int, 0, len(c.weight))
	for d := range c.weight {
		order = append(order, d)
	}
	slices.SortStableFunc(order, func(a, b int) int { // those without a floor first, which is lowest
		return min(int(c.lower[a]), 1) - min(int(c.lower[b]), 1)
	})
	at := uint(0)
	for place, d := range order {
		width := uint(bits.Len64(uint64(c.upper[d])))
		if at+width+1 > 64 {
			return p, false
		}
		p.limit |= uint64(c.upper[d])<<at | 1<<(at+width)
		p.guards |= 1 << (at + width)
		for k, w := range c.weight[d] {
			p.add[k] |= uint64(w) << at
		}
		if c.lower[d] > 0 {
			p.floors = append(p.floors, packedFloor{at, width, uint64(c.lower[d])})
		}
		at += width + 1
		if place == 0 && c.lower[d] == 0 {
			p.group <<= at
		}
	}
	if len(order) == 0 {
		p.group = 0
	}
	return p, true
}

// within reports whether a sum keeps every limit.
func (p *packing) within(sum uint64) bool { return (p.limit-sum)&p.guards == p.guards }

// reaches reports whether a sum reaches every floor.
func (p *packing) reaches(sum uint64) bool {
	for _, f := range p.floors {
		if sum>>f.at&(1<<f.width-1) < f.floor {
			return false
		}
	}
	return true
}
