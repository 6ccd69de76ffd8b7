package chart

import (
	"slices"
	"strconv"

	"gevinst/portfolio/amount"
)

// Kind says what a step of a bridge is.
type Kind uint8

// The kinds of step. A Level or Gap stands on zero; all others change the level
// before them.
const (
	Level    Kind = iota + 1 // a requirement or an intermediate sum
	Change                   // confirmed
	Plan                     // planned
	Forecast                 // expected beyond what is confirmed and claimed
	Claimed                  // claimed and not yet confirmed
	Gap                      // what is left, the bridge's end
	Added                    // a line that makes the requirement, on top of the first
)

var kinds = [...]string{"", "level", "confirmed", "plan", "expected", "claimed", "gap", "added"}

// String is the kind's code.
func (k Kind) String() string { return kinds[k] }

// Step is one bar of a bridge.
type Step struct {
	// Label names the step. Empty gives the usual word for the kind: the first
	// Level is the requirement, later ones the requirement left.
	Label string
	// Amount in øre is added to the level: a saving is negative. Unknown adds
	// nothing and is shown as unknown. A Level or Gap states its own height;
	// unknown, it stands at what the steps before it leave.
	Amount  amount.Figure
	Kind    Kind
	Href    string
	Example bool
}

// BridgeData is the way from a year's requirement to what is still missing.
type BridgeData struct {
	Year  int
	AsOf  amount.Date
	Steps []Step
}

// span is where a step's bar lies: from and to in øre, from being zero for a
// Level or Gap.
type span struct {
	Step
	label    string
	from, to int64
	// amount is the bar's own figure: a level's height or a change.
	amount amount.Figure
}

func (s Step) stands() bool { return s.Kind == Level || s.Kind == Gap }

// spans walks the steps and carries the level along.
func spans(v Voice, steps []Step) []span {
	out := make([]span, 0, len(steps))
	level := amount.Exactly(0)
	for i, s := range steps {
		bar := span{Step: s, amount: s.Amount}
		switch {
		case s.stands() && s.Amount.Known:
			level = s.Amount
			bar.to = int64(level.Ore)
		case s.stands():
			bar.to, bar.amount = int64(level.Ore), level
		case s.Amount.Known:
			bar.from = int64(level.Ore)
			level.Ore += s.Amount.Ore
			level.Approximate = level.Approximate || s.Amount.Approximate
			bar.to = int64(level.Ore)
		default:
			bar.from, bar.to = int64(level.Ore), int64(level.Ore)
		}
		bar.label = bar.name(v, i)
		out = append(out, bar)
	}
	return out
}

func (s span) name(v Voice, i int) string {
	if s.Label != "" {
		return s.Label
	}
	switch s.Kind {
	case Level:
		if i == 0 {
			return v.Say(keyBridgeRequirement)
		}
		return v.Say(keyBridgeNet)
	case Plan:
		return v.Say(keyPlan)
	case Forecast:
		return v.Say(keyExpected)
	case Claimed:
		return v.Say(keyClaimed)
	case Gap:
		if s.to < 0 {
			return v.Say(keySurplus)
		}
		return v.Say(keyMissing)
	default:
		return v.Say(keyBridgeRealized)
	}
}

// Bar is a step of a bridge as it stands: its name, its own amount, and what is
// left of the requirement after it. All in øre.
type Bar struct {
	Step
	Left amount.Figure
}

// Bars are the bridge's steps with their names and what each leaves.
func Bars(v Voice, in BridgeData) []Bar {
	return each(spans(v, in.Steps), func(s span) Bar {
		b := Bar{s.Step, amount.Exactly(amount.Money(s.to))}
		b.Label, b.Amount = s.label, s.amount
		return b
	})
}

// Bridge draws the way from the requirement to the gap as a waterfall of
// horizontal bars, each step beginning where the one above it ends.
func Bridge(v Voice, in BridgeData) Chart {
	bars := spans(v, in.Steps)
	summary, example := v.example(bridgeSummary(v, in, bars),
		each(in.Steps, func(s Step) bool { return s.Example })...)
	return Chart{
		ID: "bridge", Title: v.Say(keyBridgeTitle, strconv.Itoa(in.Year)), Unit: v.Say(keyUnitTkr),
		AsOf: v.Style.Date(in.AsOf), Summary: summary, Option: bridgeOption(v, bars, summary),
		Table: bridgeTable(v, bars), Height: heightFor(len(bars)), Example: example,
	}
}

func bridgeSummary(v Voice, in BridgeData, bars []span) string {
	year := strconv.Itoa(in.Year)
	if len(bars) == 0 || !bars[0].amount.Known {
		return v.Say(keyBridgeEmpty, year)
	}
	first, last := bars[0], bars[len(bars)-1]
	left := last.amount
	if !last.stands() {
		left = amount.Exactly(amount.Money(last.to))
	}
	covered := first.amount
	covered.Ore -= left.Ore
	said := v.Say(keyBridgeReached, v.millions(first.amount), year)
	if left.Ore > 0 {
		missing := keyBridgeMissing
		if !slices.ContainsFunc(in.Steps, func(s Step) bool { return s.Kind == Forecast || s.Kind == Plan }) {
			missing = keyBridgeFirm
		}
		said = v.Say(missing, v.millions(first.amount), year, v.millions(covered), v.millions(left))
	}
	return said
}

func bridgeTable(v Voice, bars []span) Table {
	t := Table{Head: []string{v.Say(keyBridgeStep), v.Say(keyBridgeAmount), v.Say(keyBridgeLeft)}}
	for _, b := range bars {
		t.Rows = append(t.Rows, Row{
			Cells: []Cell{
				{Text: b.label, Href: b.Href},
				num(v.thousands(b.amount)),
				num(v.thousands(amount.Exactly(amount.Money(b.to)))),
			},
			Total: b.stands(), Example: b.Example,
		})
	}
	return t
}
