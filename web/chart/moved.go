package chart

import (
	"slices"

	"gevinst/portfolio/amount"
)

const (
	keyMovedTitle = "chart.moved.title"
	keyMovedFrom  = "chart.moved.from"
	keyMovedTo    = "chart.moved.to"
	keyMovedOther = "chart.moved.other"
	keyMovedMore  = "chart.moved.more"
	keyMovedLess  = "chart.moved.less"
	keyMovedSame  = "chart.moved.same"
	keyMovedEmpty = "chart.moved.empty"
)

// Move is by how much one part of a sum has changed, in øre: more is positive.
type Move struct {
	Label   string
	Amount  amount.Figure
	Href    string
	Example bool
}

// MovedData is the way from a sum as it was known once to the same sum as it was known later.
type MovedData struct {
	// From and To name the two: a follow-up, or today.
	From, To string
	AsOf     amount.Date
	Was, Is  amount.Figure // øre
	Moves    []Move
}

// maxMoves is how many parts the picture holds; the smaller ones are drawn together.
const maxMoves = 12

// Moved draws what has changed between two sums as a waterfall, the part that moved most first. What the parts do not explain is
// a step of its own, so that the picture always ends where the later sum is.
func Moved(v Voice, in MovedData) Chart {
	c := Chart{
		ID: "moved", Title: v.Say(keyMovedTitle), Unit: v.Say(keyUnitTkr), AsOf: v.Style.Date(in.AsOf), Height: "chart-s",
	}
	if !in.Was.Known || !in.Is.Known {
		c.Summary = v.Say(keyMovedEmpty)
		return c
	}
	steps := in.steps(v)
	bars := spans(v, steps)
	c.Summary, c.Example = v.example(movedSummary(v, in), each(steps, func(s Step) bool { return s.Example })...)
	c.Option, c.Table, c.Height = bridgeOption(v, bars, c.Summary), bridgeTable(v, bars), heightFor(len(bars))
	return c
}

func (in MovedData) steps(v Voice) []Step {
	moves := slices.DeleteFunc(slices.Clone(in.Moves), func(m Move) bool { return !m.Amount.Known || m.Amount.Ore == 0 })
	slices.SortStableFunc(moves, func(a, b Move) int {
		return int(min(max(size(b.Amount.Ore)-size(a.Amount.Ore), -1), 1))
	})
	example := slices.ContainsFunc(in.Moves, func(m Move) bool { return m.Example })
	list := []Step{{Kind: Level, Label: v.Say(keyMovedFrom, in.From), Amount: in.Was, Example: example}}
	rest := in.Is.Ore - in.Was.Ore
	for k, m := range moves {
		if k == maxMoves {
			break
		}
		list = append(list, Step{Kind: Forecast, Label: m.Label, Amount: m.Amount, Href: m.Href, Example: m.Example})
		rest -= m.Amount.Ore
	}
	if rest != 0 {
		list = append(list, Step{Kind: Forecast, Label: v.Say(keyMovedOther), Amount: amount.Exactly(rest), Example: example})
	}
	return append(list, Step{Kind: Level, Label: v.Say(keyMovedTo, in.To), Amount: in.Is, Example: example})
}

func size(m amount.Money) amount.Money { return max(m, -m) }

func movedSummary(v Voice, in MovedData) string {
	more := in.Is.Ore - in.Was.Ore
	by := v.millions(amount.Figure{Ore: size(more), Known: true, Approximate: in.Is.Approximate || in.Was.Approximate})
	was, is := v.millions(in.Was), v.millions(in.Is)
	switch {
	case more > 0:
		return v.Say(keyMovedMore, in.From, was, in.To, is, by)
	case more < 0:
		return v.Say(keyMovedLess, in.From, was, in.To, is, by)
	}
	return v.Say(keyMovedSame, in.From, in.To, is)
}
