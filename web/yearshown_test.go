package web

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestSplit(t *testing.T) {
	t.Run("the largest are the first of the list sorted by size, each part in the list's order", rapid.MakeCheck(func(t *rapid.T) {
		sizes := rapid.SliceOfN(rapid.Int64Range(-3, 9), 2, 40).Draw(t, "sizes")
		n := rapid.IntRange(1, len(sizes)-1).Draw(t, "n")
		places := make([]int, len(sizes))
		for k := range places {
			places[k] = k
		}
		kept, others := split(places, n, func(k int) int64 { return sizes[k] })
		slices.SortStableFunc(places, func(a, b int) int { return cmp.Compare(sizes[b], sizes[a]) })
		for k, want := range [][]int{places[:n], places[n:]} {
			if got := [][]int{kept, others}[k]; !slices.Equal(got, slices.Sorted(slices.Values(want))) {
				t.Fatalf("of %v the part %d is %v, want %v", sizes, k, got, want)
			}
		}
	}))
}
