package chart

import (
	"encoding/json"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"
)

// bridgeOption draws each bar as up to three stacked pieces: an unseen one that
// holds it up, one on the level's side of zero, and one across zero for a step
// that passes it, because stacks grow from zero to each side.
func bridgeOption(v Voice, bars []span, summary string) json.RawMessage {
	if len(bars) == 0 {
		return nil
	}
	labels := each(bars, func(b span) string { return b.axisLabel() })
	ends := each(bars, func(b span) int64 { return b.to })
	base, main, across := make([]datum, len(bars)), make([]datum, len(bars)), make([]datum, len(bars))
	for i, b := range bars {
		lo, hi := min(b.from, b.to), max(b.from, b.to)
		figure := text(v.thousands(b.amount), "right", b.ink())
		base[i], across[i] = datum{Value: 0}, datum{Value: 0}
		main[i] = datum{Value: hi - lo, Label: figure, worn: wardrobe[b.look()], Href: b.Href}
		switch {
		case lo >= 0:
			base[i].Value = lo
		case hi <= 0:
			figure.Position = "left"
			base[i].Value, main[i].Value = hi, lo-hi
		default:
			main[i].Value = hi
			across[i] = datum{Value: lo, worn: wardrobe[b.look()], Href: b.Href}
		}
	}
	c := rows(labels, bounds(ends), rowGrid("72"))
	c.SetGlobalOptions(charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(false)}))
	stack := func(name string, data []datum, style *opts.ItemStyle) charts.SingleSeries {
		return charts.SingleSeries{
			Name: name, Type: types.ChartBar, Stack: "bridge", BarWidth: "58%", ItemStyle: style, Data: data,
		}
	}
	held := stack("base", base, dress(unseen))
	held.MarkLines = steps(bars)
	c.MultiSeries = append(c.MultiSeries, held, stack("bridge", main, nil), stack("across", across, nil))
	return option(c, summary, rowPatch(1, 68))
}

// longestLabel is how many letters of a changing step's name stand beside its bar: two lines of them on a phone. The table has all.
const longestLabel = 32

func (s span) axisLabel() string {
	letters := []rune(s.label)
	if s.stands() || len(letters) <= longestLabel {
		return s.label
	}
	kept := string(letters[:longestLabel-1])
	if end := strings.LastIndexByte(kept, ' '); end > longestLabel/2 {
		kept = kept[:end]
	}
	return kept + "…"
}

// bounds is the exact extent: with a figure at every bar there is no axis to be
// read, and the bars may use the whole width. Below zero the figures stand to
// the left of the bars and need room there.
func bounds(values []int64) scale {
	s := scale{hi: 1}
	for i, v := range values {
		if i == 0 {
			s.hi = 0
		}
		s.lo, s.hi = min(s.lo, v), max(s.hi, v)
	}
	if s.lo == s.hi {
		s.hi = 1
	}
	if s.lo < 0 {
		s.lo -= (s.hi - s.lo) / 4
	}
	return s
}

// place is where a line begins or ends.
type place struct {
	Coord [2]int64 `json:"coord"`
}

// steps are the thin lines that lead from one bar's end to the next bar.
func steps(bars []span) *opts.MarkLines {
	lines := &opts.MarkLines{MarkLineStyle: opts.MarkLineStyle{
		Symbol: []string{"none", "none"}, Label: &opts.Label{Show: opts.Bool(false)},
		LineStyle: &opts.LineStyle{Color: Muted, Width: 1, Type: "solid"},
	}}
	for i := 1; i < len(bars); i++ {
		level := bars[i-1].to
		lines.Data = append(lines.Data, []any{
			place{[2]int64{level, int64(i - 1)}},
			place{[2]int64{level, int64(i)}},
		})
	}
	return lines
}

func (s span) look() look {
	if s.from == s.to {
		return unseen // an edge without a bar would look like an amount
	}
	switch s.Kind {
	case Level, Added:
		return level
	case Plan:
		return plan
	case Forecast:
		return expected
	case Claimed:
		return claimed
	case Gap:
		if s.to < 0 {
			return surplus
		}
		return gap
	default:
		return confirmed
	}
}

func (s span) ink() string {
	switch {
	case s.Kind != Gap:
		return Ink
	case s.to < 0:
		return Good
	default:
		return Bad
	}
}
