package selection

import "math"

// guide is a linear programme in floating point, solved by the dual simplex method with bounded variables: most value over
// rows that are at most their right-hand side, every item between 0 and 1. It proposes prices for the rows and tells which
// items are undecided; bounds and decisions are computed elsewhere, in integers.
//
// Variables are the n items, then one slack per row. The dictionary is condensed: only the columns of nonbasic variables are
// kept. The basis of slacks is dual feasible when every item of positive value starts at 1, so no first phase is needed.
type guide struct {
	m, n   int
	table  []float64 // row-major: basic = constant - sum of table x nonbasic
	cost   []float64 // by nonbasic place: value gained per unit
	basic  []int32   // variable by row
	loose  []int32   // variable by column
	lo, hi []float64 // by variable
	x      []float64 // by variable
	place  []int32   // by variable: its row if basic, else -1-column
	z      float64
}

const (
	tolerance = 1e-9
	tinyPivot = 1e-9
)

func newGuide(value []int64, rows []row) *guide {
	n, m := len(value), len(rows)
	g := &guide{
		m: m, n: n, table: make([]float64, m*n), cost: make([]float64, n), basic: make([]int32, m), loose: make([]int32, n),
		lo: make([]float64, n+m), hi: make([]float64, n+m), x: make([]float64, n+m), place: make([]int32, n+m),
	}
	scale := math.Ldexp(1, int(shiftOf(value))-rowBits)
	for j, v := range value {
		g.cost[j], g.loose[j], g.place[j], g.hi[j] = float64(v)*scale, int32(j), int32(-1-j), 1
		if v > 0 {
			g.x[j] = 1
			g.z += g.cost[j]
		}
	}
	for i, r := range rows {
		s := n + i
		g.basic[i], g.place[s], g.hi[s] = int32(s), int32(i), math.Inf(1)
		g.x[s] = math.Ldexp(float64(r.rhs), -rowBits)
		for k, j := range r.item {
			a := math.Ldexp(float64(r.coef[k]), -rowBits)
			g.table[i*n+int(j)] = a
			g.x[s] -= a * g.x[j]
		}
	}
	return g
}

// copyFrom takes over another programme of the same size.
func (g *guide) copyFrom(o *guide) {
	copy(g.table, o.table)
	copy(g.cost, o.cost)
	copy(g.basic, o.basic)
	copy(g.loose, o.loose)
	copy(g.lo, o.lo)
	copy(g.hi, o.hi)
	copy(g.x, o.x)
	copy(g.place, o.place)
	g.z = o.z
}

func (g *guide) clone() *guide {
	o := *g
	o.table, o.cost = make([]float64, len(g.table)), make([]float64, len(g.cost))
	o.basic, o.loose, o.place = make([]int32, len(g.basic)), make([]int32, len(g.loose)), make([]int32, len(g.place))
	o.lo, o.hi, o.x = make([]float64, len(g.lo)), make([]float64, len(g.hi)), make([]float64, len(g.x))
	o.copyFrom(g)
	return &o
}

// fix holds an item at 0 or 1.
func (g *guide) fix(j int32, to float64) {
	g.lo[j], g.hi[j] = to, to
	if col := g.place[j]; col < 0 {
		g.move(int(-1-col), to-g.x[j])
	}
}

// move changes a nonbasic variable and what depends on it.
func (g *guide) move(col int, by float64) {
	if by == 0 {
		return
	}
	g.x[g.loose[col]] += by
	g.z += g.cost[col] * by
	for i, b := range g.basic {
		g.x[b] -= g.table[i*g.n+col] * by
	}
}

// solve runs until the best point of the relaxation is reached, the value falls below enough, or a row is found that nothing
// can meet: then it gives that row's place and whether the row asks for more, and ok is false.
func (g *guide) solve(enough float64) (broken int, more, ok bool) {
	for range 200 + 40*(g.m+g.n) {
		row, below := g.worst()
		if row < 0 || g.z < enough {
			return -1, false, true
		}
		col := g.entering(row, below)
		if col < 0 {
			return row, below, false
		}
		g.pivot(row, col, below)
	}
	return -1, false, true // prices are good for a bound whenever one stops
}

// worst finds the basic variable that is furthest outside its bounds.
func (g *guide) worst() (row int, below bool) {
	row, most := -1, tolerance
	for i, b := range g.basic {
		if d := g.lo[b] - g.x[b]; d > most {
			row, below, most = i, true, d
		}
		if d := g.x[b] - g.hi[b]; d > most {
			row, below, most = i, false, d
		}
	}
	return row, below
}

// entering finds the nonbasic variable that repairs the row at the least cost per unit.
func (g *guide) entering(row int, below bool) int {
	best, least, size := -1, math.Inf(1), 0.0
	t := g.table[row*g.n : (row+1)*g.n]
	for k, a := range t {
		if !below {
			a = -a
		}
		v := g.loose[k]
		if g.lo[v] == g.hi[v] || math.Abs(a) < tinyPivot || (a > 0) == (g.x[v] <= g.lo[v]) {
			continue // held, or its only way is the wrong one
		}
		a = math.Abs(a)
		ratio := math.Abs(g.cost[k]) / a
		if ratio < least-1e-12 || ratio <= least+1e-12 && a > size {
			best, least, size = k, min(ratio, least), a
		}
	}
	return best
}

// pivot lets the row's variable leave at the bound that it breaks, and the column's enter.
func (g *guide) pivot(row, col int, below bool) {
	leaving, entering := g.basic[row], g.loose[col]
	bound := g.hi[leaving]
	if below {
		bound = g.lo[leaving]
	}
	t := g.table[row*g.n : (row+1)*g.n]
	p := t[col]
	g.move(col, (g.x[leaving]-bound)/p)
	g.x[leaving] = bound

	inverse := 1 / p
	for k := range t {
		t[k] *= inverse
	}
	t[col] = inverse
	for i := range g.m {
		if i == row {
			continue
		}
		other := g.table[i*g.n : (i+1)*g.n]
		if f := other[col]; f != 0 {
			other[col] = 0
			subtract(other, t, f)
		}
	}
	if f := g.cost[col]; f != 0 {
		g.cost[col] = 0
		subtract(g.cost, t, f)
	}
	g.basic[row], g.loose[col] = entering, leaving
	g.place[entering], g.place[leaving] = int32(row), int32(-1-col)
}

// subtract takes f times t from a.
func subtract(a, t []float64, f float64) {
	t = t[:len(a)]
	for k := range a {
		a[k] -= f * t[k]
	}
}

// prices are the rows' prices at the present point, in place.
func (g *guide) prices(into []float64) {
	clear(into)
	for k, v := range g.loose {
		if v >= int32(g.n) {
			into[v-int32(g.n)] = max(0, -g.cost[k])
		}
	}
}

// ray are the prices that show that nothing meets a row.
func (g *guide) ray(row int, more bool, into []float64) {
	clear(into)
	sign := -1.0
	if more {
		sign = 1
	}
	for k, v := range g.loose {
		if v >= int32(g.n) {
			into[v-int32(g.n)] = max(0, sign*g.table[row*g.n+k])
		}
	}
	if b := g.basic[row]; b >= int32(g.n) {
		into[b-int32(g.n)] = 1
	}
}

// penalties estimate what it costs to push a row's item down to 0 and up to 1: one step of the dual method each way.
func (g *guide) penalties(row int) (down, up float64) {
	down, up = math.Inf(1), math.Inf(1)
	f := g.x[g.basic[row]]
	for k, a := range g.table[row*g.n : (row+1)*g.n] {
		v := g.loose[k]
		if g.lo[v] == g.hi[v] || math.Abs(a) < tinyPivot {
			continue
		}
		ratio := math.Abs(g.cost[k]) / math.Abs(a)
		if (a > 0) == (g.x[v] <= g.lo[v]) { // raising or lowering it as it may lowers the row's item
			down = min(down, ratio*f)
		} else {
			up = min(up, ratio*(1-f))
		}
	}
	return down, up
}
