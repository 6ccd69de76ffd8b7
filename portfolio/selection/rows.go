package selection

import "math/bits"

// row is one inequality over the core's items: the sum of coef times item is at most rhs. Its amounts are shifted left so
// that the largest has rowBits bits: an inequality holds in any unit, and prices then have about the same size everywhere.
type row struct {
	item []int32
	coef []int64
	rhs  int64
}

// rowBits leaves room for the sum over all items in 63 bits.
const rowBits = 50

// rows are the limits and floors of the core. Relations are added where the relaxation breaks them.
func (c *core) rows() []row {
	var out []row
	for d, weights := range c.weight {
		var total int64
		for _, w := range weights {
			total += w
		}
		if c.upper[d] < total {
			out = append(out, newRow(weights, c.upper[d], 1))
		}
		if c.lower[d] > 0 {
			out = append(out, newRow(weights, -c.lower[d], -1))
		}
	}
	return out
}

func newRow(weights []int64, rhs, sign int64) row {
	k := shiftOf(weights)
	r := row{rhs: rhs << k}
	for i, w := range weights {
		if w != 0 {
			r.item, r.coef = append(r.item, int32(i)), append(r.coef, sign*w<<k)
		}
	}
	return r
}

// shiftOf is by how many bits the amounts can be shifted.
func shiftOf(amounts []int64) uint {
	var largest int64
	for _, a := range amounts {
		largest = max(largest, a, -a)
	}
	return uint(max(0, rowBits-bits.Len64(uint64(largest))))
}

const one = 1 << (rowBits - 1)

// requirement says that child is in only if parent is.
func requirement(child, parent int32) row {
	return row{[]int32{child, parent}, []int64{one, -one}, 0}
}

// exclusion says that a and b are not both in.
func exclusion(a, b int32) row {
	return row{[]int32{a, b}, []int64{one, one}, one}
}

// broken are the relations that a point of the relaxation breaks, the first of each item, at most most of them.
func (c *core) broken(x []float64, most int) []row {
	const clearly = 1e-6
	var rows []row
	for i := range c.item {
		child := int32(i)
		for _, parent := range c.rel.needs[i] {
			if len(rows) < most && x[i] > x[parent]+clearly {
				rows = append(rows, requirement(child, parent))
			}
		}
		for _, other := range c.rel.bars[i] {
			if len(rows) < most && other > child && x[i]+x[other] > 1+clearly {
				rows = append(rows, exclusion(child, other))
			}
		}
	}
	return rows
}
