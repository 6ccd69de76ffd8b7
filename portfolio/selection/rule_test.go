package selection

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"
)

// hard cannot be proved in a second: ten limits, and values that follow the weights.
var hard = kind{items: 81, limits: 10, amounts: 1_000_000, unit: 1, like: "weights and more", tightness: 50}

func TestTheRuleAmongEquals(t *testing.T) {
	item := func(id string, value, weight int64) Item { return Item{ID: id, Value: value, Weights: []int64{weight}} }
	for title, c := range map[string]struct {
		items []Item
		limit int64
		want  []string
	}{
		"the fewest items are taken":                   {[]Item{item("a", 2, 2), item("b", 2, 2), item("c", 4, 4)}, 4, []string{"c"}},
		"then the smallest sorted ids":                 {[]Item{item("c", 2, 2), item("d", 2, 2), item("a", 1, 1), item("b", 3, 3)}, 4, []string{"a", "b"}},
		"ids are compared as text":                     {[]Item{item("10", 1, 1), item("9", 1, 1)}, 1, []string{"10"}},
		"an item worth nothing is left":                {[]Item{item("a", 0, 0), item("b", 1, 1)}, 4, []string{"b"}},
		"a limit of 0 takes what weighs nothing":       {[]Item{item("a", 1, 0), item("b", 9, 1)}, 0, []string{"a"}},
		"nothing at all is a choice":                   {[]Item{item("a", -1, 0)}, 4, []string{}},
		"no items are no trouble":                      {nil, 4, []string{}},
		"ids in any alphabet are compared by encoding": {[]Item{item("å", 1, 1), item("z", 1, 1)}, 1, []string{"z"}},
	} {
		t.Run(title, func(t *testing.T) {
			r, err := Solve(t.Context(), Problem{Items: c.items, Limits: []int64{c.limit}})
			if err != nil || !slices.Equal(r.Chosen, c.want) || !r.Proven || !r.Settled {
				t.Fatalf("got %+v, %v, want %v", r, err, c.want)
			}
		})
	}
}

func TestTheOrderOfRowsDoesNotMatter(t *testing.T) {
	for _, k := range []kind{
		{items: 40, limits: 1, amounts: 9, unit: 1, relations: 20},
		{items: 30, limits: 4, amounts: 20, unit: 1, floors: true, relations: 10, negative: true},
		{items: 40, limits: 10, amounts: 1000, unit: 1, mandatory: 5},
		{items: 60, limits: 1, amounts: 200, unit: 10, like: "weights"},
	} {
		t.Run(fmt.Sprintf("the same answer whatever the order: %d items, %d limits", k.items, k.limits), func(t *testing.T) {
			r := rand.New(rand.NewPCG(7, 6))
			for range 20 {
				p := k.make(r)
				first, err := Solve(t.Context(), p)
				if err != nil {
					t.Fatal(err)
				}
				for range 3 {
					r.Shuffle(len(p.Items), func(i, j int) { p.Items[i], p.Items[j] = p.Items[j], p.Items[i] })
					again, err := Solve(t.Context(), p)
					if err != nil || !reflect.DeepEqual(first, again) {
						t.Fatalf("got %+v, %v, first %+v", again, err, first)
					}
				}
			}
		})
	}
}

func TestTimeLimit(t *testing.T) {
	for name, k := range map[string]kind{
		"ten limits":             hard,
		"ten limits, subset sum": {items: 81, limits: 10, amounts: 1_000_000, unit: 1, like: "weights", tightness: 50},
		"one limit, fine amounts": {
			items: 81, limits: 1, amounts: MaxAmount / 2, unit: 1, like: "weights and more", tightness: 50,
		},
		"a thousand items": {items: MaxItems, limits: MaxLimits, amounts: MaxAmount, unit: 1, like: "weights", tightness: 50},
	} {
		t.Run("when the time is up the best so far comes with a bound that holds: "+name, func(t *testing.T) {
			p := k.make(rand.New(rand.NewPCG(2, 7)))
			p.TimeLimit = 100 * time.Millisecond
			r, err := Solve(t.Context(), p)
			if err != nil {
				t.Fatal(err)
			}
			if !r.Found || r.Value > r.Bound {
				t.Fatalf("got %+v", r)
			}
			chosen := make([]bool, len(p.Items))
			var value int64
			for i, it := range p.Items {
				if chosen[i] = slices.Contains(r.Chosen, it.ID); chosen[i] {
					value += it.Value
				}
			}
			if value != r.Value || !meets(p, chosen) {
				t.Fatalf("worth %d, said %d", value, r.Value)
			}
			p.TimeLimit = 2 * time.Second
			if longer, err := Solve(t.Context(), p); err != nil || longer.Value > r.Bound || longer.Value < r.Value || longer.Bound > r.Bound {
				t.Fatalf("with more time %d of %d, before %d of %d (%v)", longer.Value, longer.Bound, r.Value, r.Bound, err)
			}
		})
	}
}

func TestProblemsThatAreRefused(t *testing.T) {
	ok := func(id string) Item { return Item{ID: id, Weights: []int64{1}} }
	with := func(change func(*Problem)) Problem {
		p := Problem{Items: []Item{ok("a"), ok("b")}, Limits: []int64{1}}
		change(&p)
		return p
	}
	for title, c := range map[string]struct {
		p     Problem
		field string
		code  Fault
	}{
		"an id twice":              {with(func(p *Problem) { p.Items[1].ID = "a" }), "items[1].id", Duplicate},
		"no id":                    {with(func(p *Problem) { p.Items[1].ID = "" }), "items[1].id", NoID},
		"an unknown requirement":   {with(func(p *Problem) { p.Items[0].Requires = []string{"b", "x"} }), "items[0].requires[1]", Unknown},
		"an unknown exclusion":     {with(func(p *Problem) { p.Items[0].Excludes = []string{"x"} }), "items[0].excludes[0]", Unknown},
		"an item against itself":   {with(func(p *Problem) { p.Items[0].Excludes = []string{"a"} }), "items[0].excludes[0]", Self},
		"a negative weight":        {with(func(p *Problem) { p.Items[1].Weights[0] = -1 }), "items[1].weights[0]", Negative},
		"a weight too large":       {with(func(p *Problem) { p.Items[1].Weights[0] = MaxAmount + 1 }), "items[1].weights[0]", TooLarge},
		"a value too large":        {with(func(p *Problem) { p.Items[1].Value = -MaxAmount - 1 }), "items[1].value", TooLarge},
		"a weight too many":        {with(func(p *Problem) { p.Items[1].Weights = []int64{1, 1} }), "items[1].weights", Length},
		"a floor too few":          {with(func(p *Problem) { p.Floors = []int64{} }), "floors", Length},
		"a limit too large":        {with(func(p *Problem) { p.Limits[0] = MaxSum + 1 }), "limits[0]", TooLarge},
		"a floor too large":        {with(func(p *Problem) { p.Floors = []int64{MaxSum + 1} }), "floors[0]", TooLarge},
		"more limits than allowed": {with(func(p *Problem) { p.Limits = make([]int64, MaxLimits+1) }), "limits", TooMany},
		"more items than allowed":  {with(func(p *Problem) { p.Items = make([]Item, MaxItems+1) }), "items", TooMany},
	} {
		t.Run("the field is named for "+title, func(t *testing.T) {
			_, err := Solve(t.Context(), c.p)
			var e *Error
			if !errors.As(err, &e) || e.Field != c.field || e.Code != c.code {
				t.Fatalf("got %v", err)
			}
		})
	}
	t.Run("items that require each other are chosen together", func(t *testing.T) {
		p := with(func(p *Problem) {
			p.Items[0].Requires, p.Items[1].Requires = []string{"b"}, []string{"a"}
			p.Items[0].Value, p.Items[1].Value = 5, -4
			p.Limits[0] = 2
		})
		if r, err := Solve(t.Context(), p); err != nil || !slices.Equal(r.Chosen, []string{"a", "b"}) {
			t.Fatalf("got %+v, %v", r, err)
		}
	})
	t.Run("sums of the largest amounts do not overflow", func(t *testing.T) {
		p := Problem{Limits: []int64{MaxSum}}
		for i := range MaxItems {
			p.Items = append(p.Items, Item{ID: fmt.Sprint(i), Value: MaxAmount, Weights: []int64{MaxAmount}})
		}
		if r, err := Solve(t.Context(), p); err != nil || r.Value != MaxSum || !r.Settled {
			t.Fatalf("got %d, %v", r.Value, err)
		}
		p.Limits[0]--
		if r, err := Solve(t.Context(), p); err != nil || r.Value != MaxSum-MaxAmount || !r.Settled {
			t.Fatalf("got %d, %v", r.Value, err)
		}
	})
}
