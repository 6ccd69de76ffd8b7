package chart

import (
	"slices"
	"strings"

	"gevinst/portfolio/amount"
)

// thousands writes a figure in whole thousands without the unit, which stands
// once above the chart, with its "ca." or as unknown.
func (v Voice) thousands(f amount.Figure) string {
	return v.figure(f, bare(v.Style.Thousands(f.Ore)))
}

// millions writes a figure with its unit, for sentences.
func (v Voice) millions(f amount.Figure) string {
	if f.Ore == 0 {
		return v.figure(f, v.Style.Kroner(0))
	}
	return v.figure(f, v.Style.Millions(f.Ore))
}

// bareMillions writes a figure in millions without the unit.
func (v Voice) bareMillions(f amount.Figure) string {
	return v.figure(f, bare(v.Style.Millions(f.Ore)))
}

func (v Voice) figure(f amount.Figure, written string) string {
	if !f.Known {
		return v.Style.Figure(f)
	}
	if f.Approximate {
		return v.Say(keyApproximate, written)
	}
	return written
}

// total writes a sum: "mindst" or "højst" while parts are unknown.
func (v Voice) total(t amount.Total, write func(amount.Figure) string) string {
	written := write(figureOf(t))
	if !t.Known() {
		return written
	}
	return v.Style.Bounded(t.Bound(), written)
}

func figureOf(t amount.Total) amount.Figure {
	return amount.Figure{Ore: t.Ore, Known: t.Known(), Approximate: t.Approximate}
}

// bare is the number of a written amount. Its unit stands apart by a
// non-breaking space, before or after it.
func bare(written string) string {
	for part := range strings.SplitSeq(written, "\u00a0") {
		if strings.ContainsAny(part, "0123456789") {
			return part
		}
	}
	return written
}

// example adds the sentence that says so when some or all parts of a chart are
// example data, and reports whether any is.
func (v Voice) example(summary string, parts ...bool) (string, bool) {
	switch {
	case !slices.Contains(parts, true):
		return summary, false
	case slices.Contains(parts, false):
		return summary + " " + v.Say(keyExampleSome), true
	default:
		return summary + " " + v.Say(keyExample), true
	}
}

// each picks one value of every item.
func each[T, V any](items []T, pick func(T) V) []V {
	out := make([]V, len(items))
	for i, item := range items {
		out[i] = pick(item)
	}
	return out
}

func sum(ms []amount.Money) amount.Money {
	var total amount.Money
	for _, m := range ms {
		total += m
	}
	return total
}

func num(text string) Cell { return Cell{Text: text, Num: true} }
