package chart

import "slices"

// scale is the value axis: round ends and a round step in the unit of the
// values, with zero always inside.
type scale struct{ lo, hi, step int64 }

// scaleOver covers all values with about four steps and some air above. A chart
// without any value still gets an axis.
func scaleOver(values ...int64) scale {
	lo := min(0, slices.Min(append(values, 0)))
	hi := max(0, slices.Max(append(values, 0)))
	if lo == hi {
		hi = 1
	}
	step := roundUp((hi - lo + 3) / 4)
	return scale{lo: -ceil(-lo, step) * step, hi: ceil(hi+(hi-lo)/20, step) * step, step: step}
}

// roundUp gives the next of 1, 2, 5 times a power of ten.
func roundUp(n int64) int64 {
	power := int64(1)
	for power*10 <= n {
		power *= 10
	}
	for _, f := range []int64{1, 2, 5} {
		if f*power >= n {
			return f * power
		}
	}
	return 10 * power
}

// ceil divides two numbers of which n is not negative, rounding up.
func ceil(n, by int64) int64 { return (n + by - 1) / by }

// spread moves places that lie closer than gap apart, in the given order of
// falling values, and keeps the lowest at or above floor.
func spread(places []int64, gap, floor int64) []int64 {
	out := slices.Clone(places)
	for i := 1; i < len(out); i++ {
		out[i] = min(out[i], out[i-1]-gap)
	}
	for i := len(out) - 1; i >= 0; i-- {
		least := floor + int64(len(out)-1-i)*gap
		out[i] = max(out[i], least)
	}
	return out
}
