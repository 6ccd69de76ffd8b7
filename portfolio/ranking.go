package portfolio

import (
	"cmp"
	"slices"

	"gevinst/portfolio/amount"
)

// Ranked is an item's place in a closed round.
type Ranked struct {
	Item ItemID
	Rank int
	// Value is the weighted mean of the scores, in thousandths of a point.
	Value int64
	// Means are the mean score of each criterion in thousandths, 0 where nobody scored it; Spreads the standard deviation;
	// Gap is the greatest distance between two directors on one criterion, in points.
	Means, Spreads []int64
	Gap            int
	// Unscored tells that nobody scored the item; it has no rank.
	Unscored bool
}

// Ranking orders a round's items by value; equal values by the item's number, so that the same scores always give the same
// order. It is of the scores given, in whatever order they are listed.
func (r *Round) Ranking(scores []*Score) []Ranked {
	list := make([]Ranked, 0, len(r.Items))
	for _, id := range r.Items {
		list = append(list, r.rank(id, scores))
	}
	slices.SortFunc(list, func(a, b Ranked) int {
		return cmp.Or(cmp.Compare(flagOf(a.Unscored), flagOf(b.Unscored)), cmp.Compare(b.Value, a.Value), cmp.Compare(a.Item, b.Item))
	})
	for k := range list {
		if !list[k].Unscored {
			list[k].Rank = k + 1
		}
	}
	return list
}

func flagOf(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (r *Round) rank(id ItemID, scores []*Score) Ranked {
	n := len(r.Criteria)
	one := Ranked{Item: id, Means: make([]int64, n), Spreads: make([]int64, n), Unscored: true}
	for k := range r.Criteria {
		var given []int64
		for _, s := range scores {
			if v := s.of(id, k); v > 0 {
				given = append(given, int64(v))
			}
		}
		if len(given) == 0 {
			continue
		}
		one.Unscored = false
		one.Means[k], one.Spreads[k] = meanAndSpread(given)
		one.Gap = max(one.Gap, int(slices.Max(given)-slices.Min(given)))
	}
	one.Value = r.value(one.Means)
	return one
}

func (s *Score) of(id ItemID, criterion int) int {
	for _, g := range s.Given {
		if g.Item == id && criterion < len(g.Scores) {
			return g.Scores[criterion]
		}
	}
	return 0
}

// meanAndSpread gives mean and standard deviation of scores, in thousandths.
func meanAndSpread(given []int64) (mean, spread int64) {
	n, sum, squares := int64(len(given)), int64(0), int64(0)
	for _, v := range given {
		sum += v
		squares += v * v
	}
	mean = int64(amount.MulDiv(amount.Money(sum), 1000, n))
	// variance = (n squares - sum²) / n²; its root in thousandths
	return mean, int64(amount.MulDiv(amount.Money(root((n*squares-sum*sum)*1_000_000)), 1, n))
}

// root is the whole part of a square root.
func root(n int64) int64 {
	low, high := int64(0), int64(3_037_000_499)
	for low < high {
		mid := (low + high + 1) / 2
		if mid*mid <= n {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return low
}

// counted is how a mean score counts: for a cost, a low one is the good one. A criterion that nobody scored counts nothing.
func (c Criterion) counted(mean int64) int64 {
	if mean == 0 || !c.Cost {
		return mean
	}
	return (MaxScore+1)*1000 - mean
}

func (r *Round) value(means []int64) int64 {
	sum, weights := int64(0), int64(0)
	for k, c := range r.Criteria {
		if means[k] != 0 {
			sum += c.Weight * c.counted(means[k])
			weights += c.Weight
		}
	}
	if weights == 0 {
		return 0
	}
	return int64(amount.MulDiv(amount.Money(sum), 1, weights))
}

// Firm tells, item by item in the ranking's order, whether the rank stands whatever happens to the weights within a share (in
// basis points) up or down: every other scored item stays on its side. Each weight may move alone.
func (r *Round) Firm(ranking []Ranked, share Basis) []bool {
	firm := make([]bool, len(ranking))
	for i, a := range ranking {
		firm[i] = !a.Unscored
		for j, b := range ranking {
			if i == j || a.Unscored || b.Unscored {
				continue
			}
			above, below := a, b
			if j < i {
				above, below = b, a
			}
			if !r.always(above, below, share) {
				firm[i] = false
			}
		}
	}
	return firm
}

// always tells that one item stays above another for all weights within the share. The sum of weight times difference is least
// where weights that speak for the upper item are at their lowest, and the others at their highest.
func (r *Round) always(above, below Ranked, share Basis) bool {
	least := int64(0)
	for k, c := range r.Criteria {
		gap := c.counted(above.Means[k]) - c.counted(below.Means[k])
		weight := c.Weight * int64(Whole-share)
		if gap < 0 {
			weight = c.Weight * int64(Whole+share)
		}
		least += weight * gap
	}
	return least > 0
}
