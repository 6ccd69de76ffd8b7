package selection

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"
)

// The instances whose figures are goals. A benchmark fails without a proof, except where values follow the weights under
// many limits: there it reports how far the bound is off after a second, in hundredths of the value.
var goals = []struct {
	name   string
	kind   kind
	proven bool
}{
	{"81 items, one limit", kind{items: 81, limits: 1, amounts: 10_000, unit: 100_000, tightness: 50}, true},
	{"81 items, one limit, subset sum", kind{items: 81, limits: 1, amounts: 100, unit: 1_000_000, tightness: 50, like: "weights"}, true},
	{"81 items, one limit, subset sum of 20,000", kind{items: 81, limits: 1, amounts: 1000, unit: 1_000_000, tightness: 50, like: "weights"}, true},
	{"81 items, one limit, correlated", kind{items: 81, limits: 1, amounts: 100, unit: 1_000_000, tightness: 50, like: "weights and more"}, true},
	{"81 items, ten limits", kind{items: 81, limits: 10, amounts: 10_000, unit: 100_000, tightness: 50}, true},
	{"81 items, ten limits, correlated", kind{items: 81, limits: 10, amounts: 10_000, unit: 100_000, tightness: 50, like: "weights or so"}, false},
}

func BenchmarkSolve(b *testing.B) {
	for _, g := range goals {
		b.Run(g.name, func(b *testing.B) {
			var problems []Problem
			for seed := range uint64(5) {
				p := g.kind.make(rand.New(rand.NewPCG(seed, 10)))
				p.TimeLimit = time.Second
				problems = append(problems, p)
			}
			gap, unit := 0.0, yardstick(b, problems)
			for i := 0; b.Loop(); i++ {
				r, err := Solve(context.Background(), problems[i%len(problems)])
				if err != nil {
					b.Fatal(err)
				}
				gap = max(gap, 100*float64(r.Bound-r.Value)/float64(r.Value))
				if g.proven && !r.Settled {
					b.Fatalf("got %d of %d: %.2f %%", r.Value, r.Bound, gap)
				}
			}
			b.ReportMetric(gap, "%gap")
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(unit), "x-table")
		})
	}
}

// yardstick is what the textbook's table takes for a capacity of 10,000 on the same items: a value per capacity, no rule
// among equals and no choice to show for it. A ratio to it means the same on any machine.
func yardstick(b *testing.B, problems []Problem) time.Duration {
	b.Helper()
	const capacity, rounds = 10_000, 20
	best := make([]int64, capacity+1)
	start := time.Now()
	for round := range rounds {
		clear(best)
		for i, it := range problems[round%len(problems)].Items {
			w := 1 + (i*7919+round)%251
			for c := capacity; c >= w; c-- {
				best[c] = max(best[c], best[c-w]+it.Value)
			}
		}
	}
	return time.Since(start) / rounds
}
