package bench

import "testing"

// BenchmarkFigures measures everything once; the table at the end is the result.
func BenchmarkFigures(b *testing.B) {
	made.run = b
	if testing.Short() {
		shrink()
	}
	for _, part := range []struct {
		name string
		do   func(*testing.B)
	}{
		{"view", firstView},
		{"start", starts},
		{"unchanged", unchangedPages},
		{"kept", keptPages},
		{"rendered", renderedPages},
		{"changes", changes},
		{"case", saving},
		{"writers", writers},
		{"memory", memories},
	} {
		ran := false
		b.Run(part.name, func(b *testing.B) {
			if !ran { // the table wants one measurement, however often it is repeated
				part.do(b)
			}
			ran = true
		})
	}
}
