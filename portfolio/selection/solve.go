package selection

import (
	"context"
	"math"
)

// Result is the answer to a problem.
type Result struct {
	// Found tells that there is a choice. Without it, Infeasible tells that there is none; nil then means that the time ran
	// out before either was known.
	Found bool
	// Chosen are the ids, sorted.
	Chosen []string
	Value  int64
	// Proven tells that no choice is worth more: Bound equals Value.
	Proven bool
	// Settled tells that the rule among equals was followed to its end as well. It can be false with Proven true where very
	// many choices are worth the same.
	Settled bool
	// Bound is what no choice can be worth more than.
	Bound int64
	// Infeasible tells why there is no choice.
	Infeasible *Infeasible
}

// Solve finds the best choice. It refuses a problem that is not well formed with an *Error; when the time is up it gives the
// best choice so far, and a bound.
func Solve(ctx context.Context, p Problem) (*Result, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	if p.TimeLimit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, p.TimeLimit)
		defer cancel()
	}
	m := newModel(p)
	o := m.optimum(ctx)
	if o.impossible {
		return &Result{Infeasible: m.infeasible(ctx)}, nil
	}
	return &Result{
		Found: o.found, Chosen: m.names(o.chosen), Value: o.value, Bound: o.bound,
		Proven: o.found && o.bound == o.value, Settled: o.settled,
	}, nil
}

// outcome is the answer in the model's own terms.
type outcome struct {
	found      bool
	impossible bool
	settled    bool
	chosen     []bool
	value      int64
	bound      int64
}

// proven tells that the value is the optimum.
func (o *outcome) proven() bool { return o.found && o.bound == o.value }

func (m *model) optimum(ctx context.Context) outcome {
	c, ok := m.reduce()
	if !ok {
		return outcome{impossible: true}
	}
	r := c.relax()
	if r.hopeless {
		return outcome{impossible: true}
	}
	var best incumbent
	bound, complete := c.solve(ctx, r, &best, m.indifferent)
	if !best.found {
		return outcome{impossible: complete, bound: c.settledValue + c.unit*bound}
	}
	o := outcome{found: true, settled: complete, value: c.settledValue + c.unit*best.value, bound: c.settledValue + c.unit*bound}
	o.chosen = make([]bool, len(m.ids))
	for i, s := range c.settled {
		o.chosen[i] = s == in
	}
	for k, i := range c.item {
		o.chosen[i] = best.chosen[k]
	}
	return o
}

func (m *model) names(chosen []bool) []string {
	names := []string{}
	for i, c := range chosen {
		if c {
			names = append(names, m.ids[i])
		}
	}
	return names
}

// fewNodes is what branching is given before the dynamic programme is tried on several dimensions.
const fewNodes = 4000

// solve chooses the method. With one dimension it is the dynamic programme over few states, the table over all capacities
// where the bounds leave more states than that, and many states where the table would be too large. With several, branching
// does it unless the values follow the weights, and the dynamic programme only where few sums are possible.
func (c *core) solve(ctx context.Context, r *relaxation, best *incumbent, indifferent bool) (bound int64, complete bool) {
	tried := len(c.weight) <= 1
	if tried && c.enumerateOne(ctx, r, best) == done {
		return best.value, true
	}
	b := c.branching(r, best)
	b.indifferent = indifferent
	if !tried {
		if bound, complete = b.search(ctx, fewNodes); complete || ctx.Err() != nil {
			return bound, complete
		}
		if c.enumerate(ctx, c.relax(), best, mostOfSeveral) == done {
			return best.value, true
		}
	}
	return b.search(ctx, math.MaxInt64/2)
}

// capacitiesAState is how many cells of the table take as long as one state.
const capacitiesAState = 32

func (c *core) enumerateOne(ctx context.Context, r *relaxation, best *incumbent) verdict {
	few := math.MaxInt
	if len(c.weight) == 1 {
		few = max(64, int(c.upper[0]/capacitiesAState))
	}
	if c.enumerate(ctx, r, best, few) == done || c.tabulate(ctx, best) == done {
		return done
	}
	return c.enumerate(ctx, r, best, math.MaxInt)
}
