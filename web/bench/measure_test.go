package bench

import (
	"flag"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"
)

var each = flag.Duration("each", time.Second, "how long each contestant is measured")

// rounds is how often the contestants take turns, so that what disturbs the machine disturbs them alike.
const rounds = 9

// sample is what one contestant needed for one act.
type sample struct {
	cpu      []time.Duration // a round's processor time per act
	p50, p99 time.Duration
	rate     []float64 // a round's acts a second
}

// race lets contestants take turns. Each is an act that is repeated; before, if any, is done ahead of each act outside the
// clock.
func race(b *testing.B, contestants ...contestant) []sample {
	b.Helper()
	taken := make([][]time.Duration, len(contestants))
	samples := make([]sample, len(contestants))
	for _, c := range contestants {
		c.once(b) // what is done the first time only is not what is measured
	}
	for range rounds {
		for k, c := range contestants {
			var cpu, wall time.Duration
			acts := 0
			for acts < 3 || wall < *each/rounds {
				var was time.Time
				var spent time.Duration
				if c.before == nil {
					was, spent = c.burst(b, &taken[k], &acts, *each/rounds)
				} else {
					c.before(b)
					start := processor()
					was = time.Now()
					c.act(b)
					took := time.Since(was)
					spent = processor() - start
					taken[k] = append(taken[k], took)
					acts++
				}
				cpu, wall = cpu+spent, wall+time.Since(was)
			}
			samples[k].cpu = append(samples[k].cpu, cpu/time.Duration(acts))
			samples[k].rate = append(samples[k].rate, float64(acts)/wall.Seconds())
		}
	}
	for k := range samples {
		slices.Sort(taken[k])
		samples[k].p50, samples[k].p99 = taken[k][len(taken[k])/2], taken[k][len(taken[k])*99/100]
	}
	return samples
}

// contestant is an act to be repeated, by one or by several at a time.
type contestant struct {
	act    func(testing.TB)
	before func(testing.TB)
	// crowd is how many do it at a time; 0 is one.
	crowd int
}

func (c contestant) once(b *testing.B) {
	if c.before != nil {
		c.before(b)
	}
	c.act(b)
}

// burst repeats the act for a while. Asking for the processor's time costs as much as a small act, so it is asked twice.
func (c contestant) burst(b *testing.B, taken *[]time.Duration, acts *int, long time.Duration) (began time.Time, cpu time.Duration) {
	start := processor()
	began = time.Now()
	var mu sync.Mutex
	var all sync.WaitGroup
	for range max(1, c.crowd) {
		all.Go(func() {
			var mine []time.Duration
			for was := began; was.Sub(began) < long || len(mine) < 3; {
				c.act(b)
				now := time.Now()
				mine, was = append(mine, now.Sub(was)), now
			}
			mu.Lock()
			defer mu.Unlock()
			*taken = append(*taken, mine...)
			*acts += len(mine)
		})
	}
	all.Wait()
	return began, processor() - start
}

// processor is the time that the processor has spent on this process.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// typical is the processor time of an act in a round like most.
func (s sample) typical() time.Duration { return median(s.cpu) }

func median[T int64 | time.Duration | float64](list []T) T {
	sorted := slices.Sorted(slices.Values(list))
	return sorted[len(sorted)/2]
}
