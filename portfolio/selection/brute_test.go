package selection

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strconv"
)

// brute tries every choice of the items, by the rule as it is written: the yardstick of the small instances.
func brute(p Problem, ok func(Problem, []bool) bool) (best []bool, value int64, found bool) {
	var bestIDs []string
	chosen := make([]bool, len(p.Items))
	for mask := range 1 << len(p.Items) {
		var v int64
		for i, it := range p.Items {
			if chosen[i] = mask>>i&1 == 1; chosen[i] {
				v += it.Value
			}
		}
		if found && v < value || !ok(p, chosen) {
			continue
		}
		ids := idsOf(p, chosen)
		if !found || v > value || len(ids) < len(bestIDs) || len(ids) == len(bestIDs) && slices.Compare(ids, bestIDs) < 0 {
			best, value, found, bestIDs = slices.Clone(chosen), v, true, ids
		}
	}
	return best, value, found
}

// meets reports whether a choice meets the whole problem.
func meets(p Problem, chosen []bool) bool {
	for d := range p.Limits {
		s := weightOf(p, chosen, d)
		if p.Limits[d] != NoLimit && s > p.Limits[d] || p.Floors != nil && s < p.Floors[d] {
			return false
		}
	}
	return related(p, chosen)
}

func weightOf(p Problem, chosen []bool, d int) (s int64) {
	for i, c := range chosen {
		if c {
			s += p.Items[i].Weights[d]
		}
	}
	return s
}

// related reports whether a choice holds what is mandatory and keeps the relations, whatever the limits.
func related(p Problem, chosen []bool) bool {
	has := func(id string) bool {
		return chosen[slices.IndexFunc(p.Items, func(it Item) bool { return it.ID == id })]
	}
	for i, it := range p.Items {
		if !chosen[i] && it.Mandatory ||
			chosen[i] && (slices.ContainsFunc(it.Excludes, has) || !all(it.Requires, has)) {
			return false
		}
	}
	return true
}

func all(ids []string, has func(string) bool) bool {
	return !slices.ContainsFunc(ids, func(id string) bool { return !has(id) })
}

func idsOf(p Problem, chosen []bool) []string {
	ids := []string{}
	for i, c := range chosen {
		if c {
			ids = append(ids, p.Items[i].ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// kind is a family of random instances.
type kind struct {
	items, limits  int
	amounts        int64 // weights and values are below this
	unit           int64 // all amounts are multiples of it
	like           string
	floors         bool
	relations      int // chances in 100 that an item has one
	mandatory      int // chances in 100
	negative       bool
	tightness      int // the limits in hundredths of all weights
	noLimitAtTimes bool
}

func (k kind) make(r *rand.Rand) Problem {
	p := Problem{}
	order := r.Perm(k.items)
	for i := range k.items {
		it := Item{ID: strconv.Itoa(100 + order[i]), Mandatory: r.IntN(100) < k.mandatory}
		var all int64
		for range k.limits {
			w := r.Int64N(k.amounts) * k.unit
			it.Weights = append(it.Weights, w)
			all += w
		}
		it.Value = k.value(r, all)
		p.Items = append(p.Items, it)
	}
	for i := range p.Items {
		if r.IntN(100) < k.relations {
			if o := r.IntN(k.items); o != i {
				p.Items[i].Requires = append(p.Items[i].Requires, p.Items[o].ID)
			}
		}
		if r.IntN(100) < k.relations {
			if o := r.IntN(k.items); o != i {
				p.Items[i].Excludes = append(p.Items[i].Excludes, p.Items[o].ID)
			}
		}
	}
	for d := range k.limits {
		total := weightOf(p, slices.Repeat([]bool{true}, k.items), d)
		limit := total * int64(cmp.Or(k.tightness, 20+r.IntN(60))) / 100
		var floor int64
		if k.floors {
			floor = r.Int64N(limit + limit/4 + 1)
		}
		if k.noLimitAtTimes && r.IntN(3) == 0 {
			limit = NoLimit
		}
		p.Limits, p.Floors = append(p.Limits, limit), append(p.Floors, floor)
	}
	return p
}

func (k kind) value(r *rand.Rand, weights int64) int64 {
	limits := int64(max(1, k.limits))
	switch k.like {
	case "weights": // subset sum
		return weights / limits / k.unit * k.unit
	case "weights and more": // strongly correlated
		return (weights/limits/k.unit + k.amounts/10) * k.unit
	case "weights or so":
		return (weights/limits/k.unit + r.Int64N(k.amounts/5+1)) * k.unit
	case "one value":
		return 7 * k.unit
	}
	v := r.Int64N(k.amounts) * k.unit
	if k.negative && r.IntN(4) == 0 {
		return -v
	}
	return v
}
