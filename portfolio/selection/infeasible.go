package selection

import (
	"context"
	"slices"
)

// Infeasible tells why no choice meets a problem, and how far the nearest one is from it.
type Infeasible struct {
	// Contradiction is set when what is mandatory excludes itself; the limits then have no part in it.
	Contradiction *Contradiction
	// Over is by how much, in each dimension, what is mandatory passes the limit: nothing can pass it by less.
	Over []int64
	// Below is by how much each floor is missed when the limits, raised by Over, are kept and the floors are met as far as
	// possible in their order.
	Below []int64
	// Relief are the limits and floors of which a single one need give way, and by how much at least.
	Relief []Relief
	// Conflict are limits and floors that cannot be met together, of which none can be spared: without any one of them the
	// others can be met. The mandatory items and the relations are part of it throughout.
	Conflict []Constraint
	// Complete is false when the time ended before all of this was known: then Below may be too large, Relief may lack some,
	// and Conflict may hold more than it must.
	Complete bool
}

// Contradiction names two items that exclude each other, and the mandatory items because of which both must be in.
type Contradiction struct{ A, B, BecauseOfA, BecauseOfB string }

// Constraint is a limit, or a floor, of a dimension.
type Constraint struct {
	Dimension int
	Floor     bool
}

// Relief is what one constraint must give way.
type Relief struct {
	Constraint
	By int64
}

func (m *model) infeasible(ctx context.Context) *Infeasible {
	n := len(m.upper)
	f := &Infeasible{Over: make([]int64, n), Below: make([]int64, n), Complete: true}
	must, contradiction := m.closure(m.mandatory())
	if contradiction != nil {
		f.Contradiction = contradiction
		return f
	}
	raised := *m
	raised.upper = slices.Clone(m.upper)
	for d := range raised.upper {
		if need := m.sum(d, must); need > raised.upper[d] {
			f.Over[d], raised.upper[d] = need-raised.upper[d], need
		}
	}
	f.floors(ctx, &raised)
	for _, c := range m.constraints() {
		if by, ok := f.relief(ctx, m, c); ok {
			f.Relief = append(f.Relief, Relief{c, by})
		}
	}
	f.conflict(ctx, m)
	return f
}

// constraints are the limits and floors that are set, the limits first.
func (m *model) constraints() []Constraint {
	var all []Constraint
	for d, limit := range m.upper {
		if limit != NoLimit {
			all = append(all, Constraint{d, false})
		}
	}
	for d, floor := range m.lower {
		if floor > 0 {
			all = append(all, Constraint{d, true})
		}
	}
	return all
}

// floors finds how far each floor can be reached, those before it being met as far as they can.
func (f *Infeasible) floors(ctx context.Context, m *model) {
	wanted := m.lower
	reached := *m
	reached.lower = make([]int64, len(wanted))
	for d, floor := range wanted {
		if floor == 0 {
			continue
		}
		reached.lower[d] = floor
		if o := reached.feasibility().optimum(ctx); o.found {
			continue
		} else if !o.impossible {
			f.Complete = false
		}
		reached.lower[d] = 0
		most := reached.valuing(m.weight[d], 1).optimum(ctx)
		f.Complete = f.Complete && most.proven()
		f.Below[d] = floor - most.value
		reached.lower[d] = most.value
	}
}

// relief is by how much a constraint must give way if it alone does.
func (f *Infeasible) relief(ctx context.Context, m *model, c Constraint) (int64, bool) {
	sign := int64(-1) // the least weight
	if c.Floor {
		sign = 1
	}
	o := m.dropping(c).valuing(m.weight[c.Dimension], sign).optimum(ctx)
	if !o.proven() {
		f.Complete = f.Complete && o.impossible
		return 0, false
	}
	if c.Floor {
		return m.lower[c.Dimension] - o.value, true
	}
	return -o.value - m.upper[c.Dimension], true
}

// conflict drops one constraint after the other and keeps dropped what is not needed for the contradiction.
func (f *Infeasible) conflict(ctx context.Context, m *model) {
	left := m.feasibility()
	for _, c := range m.constraints() {
		without := left.dropping(c)
		o := without.optimum(ctx)
		if o.impossible {
			left = without
			continue
		}
		f.Complete = f.Complete && o.found
		f.Conflict = append(f.Conflict, c)
	}
}

func (m *model) dropping(c Constraint) *model {
	other := *m
	if c.Floor {
		other.lower = slices.Clone(m.lower)
		other.lower[c.Dimension] = 0
	} else {
		other.upper = slices.Clone(m.upper)
		other.upper[c.Dimension] = NoLimit
	}
	return &other
}

// valuing is the same problem with the weights of a dimension for values.
func (m *model) valuing(weights []int64, sign int64) *model {
	other := *m
	other.value = make([]int64, len(weights))
	for i, w := range weights {
		other.value[i] = sign * w
	}
	other.indifferent = true
	return &other
}

// feasibility is the same problem with nothing to gain.
func (m *model) feasibility() *model {
	other := *m
	other.value = make([]int64, len(m.value))
	other.indifferent = true
	return &other
}

func (m *model) mandatory() []int32 {
	var all []int32
	for i, c := range m.first {
		if c == in {
			all = append(all, int32(i))
		}
	}
	return all
}

// closure is what the roots require, themselves among it, and two of them that exclude each other if there are such.
func (m *model) closure(roots []int32) ([]bool, *Contradiction) {
	held, because := make([]bool, len(m.ids)), make([]int32, len(m.ids))
	for _, root := range roots {
		todo := []int32{root}
		for len(todo) > 0 {
			i := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			if !held[i] {
				held[i], because[i] = true, root
				todo = append(todo, m.rel.needs[i]...)
			}
		}
	}
	for a := range held {
		if !held[a] {
			continue
		}
		for _, b := range slices.Sorted(slices.Values(m.rel.bars[a])) {
			if held[b] {
				return held, &Contradiction{m.ids[a], m.ids[b], m.ids[because[a]], m.ids[because[b]]}
			}
		}
	}
	return held, nil
}
