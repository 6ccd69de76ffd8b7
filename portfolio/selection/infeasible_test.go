package selection

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// tight are families where often nothing meets the problem.
var tight = map[string]kind{
	"mandatory beyond the limits": {items: 8, limits: 3, amounts: 30, unit: 1, mandatory: 60, relations: 10},
	"floors beyond the limits":    {items: 8, limits: 2, amounts: 30, unit: 10, floors: true, mandatory: 30, tightness: 20},
	"floors against each other":   {items: 9, limits: 4, amounts: 20, unit: 1, floors: true, tightness: 45, noLimitAtTimes: true},
	"floors and relations":        {items: 8, limits: 2, amounts: 30, unit: 1, floors: true, relations: 40, mandatory: 15},
}

func TestInfeasible(t *testing.T) {
	for name, k := range tight {
		t.Run("how far the nearest choice is off is what trying everything finds: "+name, func(t *testing.T) {
			t.Parallel()
			seen := 0
			for seed := range uint64(250) {
				p := k.make(rand.New(rand.NewPCG(seed, 3)))
				r, err := Solve(context.Background(), p)
				if err != nil {
					t.Fatal(err)
				}
				_, _, found := brute(p, meets)
				if found != (r.Infeasible == nil) {
					t.Fatalf("seed %d: found %v, got %+v", seed, found, r)
				}
				if !found {
					seen++
					checkGaps(t, p, r.Infeasible, fmt.Sprintf("seed %d %+v", seed, p))
				}
			}
			if seen < 25 {
				t.Fatalf("only %d instances could not be met", seen)
			}
		})
	}
}

func checkGaps(t *testing.T, p Problem, f *Infeasible, name string) {
	t.Helper()
	var all [][]bool
	brute(p, func(p Problem, chosen []bool) bool {
		if related(p, chosen) {
			all = append(all, slices.Clone(chosen))
		}
		return false
	})
	if !f.Complete {
		t.Fatalf("%s: not complete", name)
	}
	if len(all) == 0 {
		if f.Contradiction == nil {
			t.Fatalf("%s: what is mandatory contradicts itself, got %+v", name, f)
		}
		return
	}
	constraints := newModel(p).constraints()
	over, below := nearest(p, all)
	if !slices.Equal(f.Over, over) || !slices.Equal(f.Below, below) {
		t.Fatalf("%s: over %v, below %v, want %v and %v", name, f.Over, f.Below, over, below)
	}
	var relief []Relief
	for _, c := range constraints {
		if by, ok := least(p, all, c, constraints); ok {
			relief = append(relief, Relief{c, by})
		}
	}
	if !slices.Equal(f.Relief, relief) {
		t.Fatalf("%s: relief %v, want %v", name, f.Relief, relief)
	}
	if holdable(p, all, f.Conflict) {
		t.Fatalf("%s: %v can be met together", name, f.Conflict)
	}
	for i := range f.Conflict {
		if !holdable(p, all, slices.Delete(slices.Clone(f.Conflict), i, i+1)) {
			t.Fatalf("%s: %v can spare the one at %d", name, f.Conflict, i)
		}
	}
}

// off is by how much a choice misses a constraint.
func off(p Problem, chosen []bool, c Constraint) int64 {
	s := weightOf(p, chosen, c.Dimension)
	if c.Floor {
		return max(0, p.Floors[c.Dimension]-s)
	}
	return max(0, s-p.Limits[c.Dimension])
}

// nearest takes the limits, then the floors, in their order, and keeps each time the choices that miss it least.
func nearest(p Problem, all [][]bool) (over, below []int64) {
	over, below = make([]int64, len(p.Limits)), make([]int64, len(p.Limits))
	for _, c := range newModel(p).constraints() {
		into := over
		if c.Floor {
			into = below
		}
		least := off(p, slices.MinFunc(all, func(a, b []bool) int { return int(off(p, a, c) - off(p, b, c)) }), c)
		into[c.Dimension] = least
		all = slices.DeleteFunc(slices.Clone(all), func(a []bool) bool { return off(p, a, c) > least })
	}
	return over, below
}

func least(p Problem, all [][]bool, c Constraint, constraints []Constraint) (by int64, ok bool) {
	others := slices.DeleteFunc(slices.Clone(constraints), func(o Constraint) bool { return o == c })
	for _, chosen := range all {
		if holds(p, chosen, others) && (!ok || off(p, chosen, c) < by) {
			by, ok = off(p, chosen, c), true
		}
	}
	return by, ok
}

func holds(p Problem, chosen []bool, constraints []Constraint) bool {
	return !slices.ContainsFunc(constraints, func(c Constraint) bool { return off(p, chosen, c) > 0 })
}

func holdable(p Problem, all [][]bool, constraints []Constraint) bool {
	return slices.ContainsFunc(all, func(chosen []bool) bool { return holds(p, chosen, constraints) })
}

func TestContradictionIsNamed(t *testing.T) {
	t.Run("two mandatory items whose requirements exclude each other are named with them", func(t *testing.T) {
		r, err := Solve(t.Context(), Problem{Items: []Item{
			{ID: "a", Mandatory: true, Requires: []string{"b"}},
			{ID: "b", Requires: []string{"a"}},
			{ID: "c", Mandatory: true, Requires: []string{"d"}},
			{ID: "d", Excludes: []string{"b"}},
		}})
		if err != nil {
			t.Fatal(err)
		}
		want := Contradiction{"b", "d", "a", "c"}
		if r.Infeasible == nil || r.Infeasible.Contradiction == nil || *r.Infeasible.Contradiction != want {
			t.Fatalf("got %+v", r.Infeasible)
		}
	})
}
