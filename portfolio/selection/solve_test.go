package selection

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// families are the small instances that are compared with trying everything.
var families = map[string]kind{
	"one limit":                        {items: 11, limits: 1, amounts: 30, unit: 1},
	"one limit, few amounts, ties":     {items: 11, limits: 1, amounts: 4, unit: 1},
	"one value for all":                {items: 11, limits: 2, amounts: 6, unit: 1, like: "one value"},
	"three limits":                     {items: 10, limits: 3, amounts: 30, unit: 1, noLimitAtTimes: true},
	"ten limits":                       {items: 10, limits: 10, amounts: 100, unit: 1},
	"ten limits, huge":                 {items: 10, limits: 10, amounts: 1_000_000_000, unit: 1_000_000},
	"no limit at all":                  {items: 9, limits: 0, amounts: 30, unit: 1, relations: 40, negative: true},
	"subset sum":                       {items: 11, limits: 1, amounts: 40, unit: 100_000, like: "weights"},
	"subset sum of two":                {items: 11, limits: 2, amounts: 40, unit: 1, like: "weights"},
	"relations":                        {items: 10, limits: 1, amounts: 30, unit: 1, relations: 30, negative: true},
	"relations and mandatory":          {items: 10, limits: 2, amounts: 9, unit: 1, relations: 20, mandatory: 8, negative: true},
	"floors":                           {items: 10, limits: 2, amounts: 12, unit: 1, floors: true, noLimitAtTimes: true},
	"floors, relations, mandatory":     {items: 10, limits: 2, amounts: 9, unit: 1, floors: true, relations: 20, mandatory: 8, negative: true},
	"five floors, relations":           {items: 10, limits: 5, amounts: 1000, unit: 1, floors: true, relations: 20, negative: true, noLimitAtTimes: true},
	"largest amounts, one limit":       {items: 10, limits: 1, amounts: MaxAmount, unit: 1},
	"largest amounts, six limits":      {items: 10, limits: 6, amounts: MaxAmount, unit: 1, floors: true, relations: 10, mandatory: 5, negative: true},
	"strongly correlated, four limits": {items: 11, limits: 4, amounts: 100, unit: 1, like: "weights and more"},
}

const instancesAFamily = 200

func TestSolveFindsWhatTryingEverythingFinds(t *testing.T) {
	for name, k := range families {
		t.Run("the best choice is found and proved: "+name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(instancesAFamily) {
				p := k.make(rand.New(rand.NewPCG(seed, 1)))
				compare(t, p, fmt.Sprint("seed ", seed))
			}
		})
	}
}

func compare(t *testing.T, p Problem, name string) {
	t.Helper()
	want, value, found := brute(p, meets)
	got, err := Solve(context.Background(), p)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if !found {
		if got.Found || got.Infeasible == nil {
			t.Fatalf("%s: got %+v, but nothing meets the problem", name, got)
		}
		return
	}
	if !got.Found || got.Value != value || !slices.Equal(got.Chosen, idsOf(p, want)) {
		t.Fatalf("%s: got %v worth %d, want %v worth %d\n%+v", name, got.Chosen, got.Value, idsOf(p, want), value, p)
	}
	if !got.Proven || !got.Settled || got.Bound != value {
		t.Fatalf("%s: not proved: %+v", name, got)
	}
}

func TestAllMethodsAgree(t *testing.T) {
	for name, k := range families {
		t.Run("branch and bound alone finds what the dynamic programme and the table find: "+name, func(t *testing.T) {
			t.Parallel()
			tables := 0
			for seed := range uint64(instancesAFamily) {
				c, ok := newModel(k.make(rand.New(rand.NewPCG(seed, 2)))).reduce()
				if !ok {
					continue
				}
				var first, second incumbent
				r := c.relax()
				if r.hopeless {
					continue
				}
				var third incumbent
				tabulated := c.tabulate(t.Context(), &third)
				verdict := c.enumerate(t.Context(), r, &first, math.MaxInt)
				bound, complete := c.branching(c.relax(), &second).search(t.Context(), 1<<40)
				if !complete {
					t.Fatalf("seed %d: left open", seed)
				}
				if tabulated == done && (third.value != second.value || !slices.Equal(third.chosen, second.chosen)) {
					t.Fatalf("seed %d: table %+v, branching %+v", seed, third, second)
				}
				tables += int(tabulated)
				if verdict == gaveUp {
					continue // too wide for a word; the other is held to trying everything above
				}
				if first.found != second.found || first.value != second.value || !slices.Equal(first.chosen, second.chosen) {
					t.Fatalf("seed %d: dynamic %+v, branching %+v", seed, first, second)
				}
				if second.found && bound != second.value {
					t.Fatalf("seed %d: bound %d for %d", seed, bound, second.value)
				}
			}
			if k.limits == 1 && k.amounts < 1000 && tables < instancesAFamily/4 {
				t.Fatalf("the table answered only %d times", tables)
			}
		})
	}
}
