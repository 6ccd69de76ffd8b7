package portfolio

import "iter"

// Ledger is what the entries of one benefit add up to: claimed and confirmed, by month. It is a fold over the entries
// and knows none of them, so that its size does not grow with theirs. A nil Ledger is an empty one.
type Ledger struct {
	from      Month
	claimed   []Gain
	confirmed []Gain
	// seen tells, month by month, how many claimed and confirmed entries touch it: a month whose entries sum to zero
	// has still been reported on, unless they reverse each other.
	claims, confirms []int32
}

// Any reports that entries stand on the benefit, claimed or confirmed.
func (l *Ledger) Any() bool {
	if l == nil {
		return false
	}
	for i := range l.claims {
		if l.claims[i] != 0 || l.confirms[i] != 0 {
			return true
		}
	}
	return false
}

// Claimed is what is claimed and not yet settled in the month.
func (l *Ledger) Claimed(m Month) (g Gain, any bool) { return l.at(m, true) }

// Confirmed is what is confirmed in the month, reversals taken off.
func (l *Ledger) Confirmed(m Month) (g Gain, any bool) { return l.at(m, false) }

func (l *Ledger) at(m Month, claimed bool) (Gain, bool) {
	if l == nil || m < l.from || int(m-l.from) >= len(l.claimed) {
		return Gain{}, false
	}
	k := m - l.from
	if claimed {
		return l.claimed[k], l.claims[k] != 0
	}
	return l.confirmed[k], l.confirms[k] != 0
}

func (l *Ledger) clone() *Ledger {
	if l == nil {
		return &Ledger{}
	}
	return &Ledger{
		from: l.from, claimed: append([]Gain(nil), l.claimed...), confirmed: append([]Gain(nil), l.confirmed...),
		claims: append([]int32(nil), l.claims...), confirms: append([]int32(nil), l.confirms...),
	}
}

// reach makes room for the month.
func (l *Ledger) reach(m Month) int {
	if len(l.claimed) == 0 {
		l.from = m
	}
	for m < l.from {
		grow := int(l.from - m)
		l.claimed = append(make([]Gain, grow), l.claimed...)
		l.confirmed = append(make([]Gain, grow), l.confirmed...)
		l.claims = append(make([]int32, grow), l.claims...)
		l.confirms = append(make([]int32, grow), l.confirms...)
		l.from = m
	}
	for int(m-l.from) >= len(l.claimed) {
		l.claimed, l.confirmed = append(l.claimed, Gain{}), append(l.confirmed, Gain{})
		l.claims, l.confirms = append(l.claims, 0), append(l.confirms, 0)
	}
	return int(m - l.from)
}

// Tally is one line of the ledger's sums as the store adds them up: amounts, and how many entries they come from
// (a reversal counts as one less).
type Tally struct {
	Benefit BenefitID
	Month   Month
	Claimed bool
	Gross   int64
	Running int64
	Entries int32
}

func (l *Ledger) add(m Month, claimed bool, g Gain, entries int32) {
	k := l.reach(m)
	if claimed {
		l.claimed[k] = l.claimed[k].Plus(g)
		l.claims[k] += entries
		return
	}
	l.confirmed[k] = l.confirmed[k].Plus(g)
	l.confirms[k] += entries
}

// fold adds what an entry's event changed: amounts never change, so its new value and the verb tell the whole difference.
func (l *Ledger) fold(e *Entry, verb Verb) {
	for _, m := range e.Months {
		switch verb {
		case "entry.claim":
			l.add(m.Month, true, m.Gain(), 1)
		case "entry.confirm":
			l.add(m.Month, true, Gain{}.Minus(m.Gain()), -1)
			l.add(m.Month, false, m.Gain(), 1)
		case "entry.reject":
			l.add(m.Month, true, Gain{}.Minus(m.Gain()), -1)
		case "entry.record_reversal":
			l.add(m.Month, false, m.Gain(), -1)
		}
	}
}

// Tallies walks every sum of the ledger, for checking.
func (p *Portfolio) Tallies() iter.Seq[Tally] {
	return func(yield func(Tally) bool) {
		for i, l := range p.ledgers {
			if l == nil {
				continue
			}
			for k := range l.claimed {
				m, b := l.from+Month(k), BenefitID(i+1)
				for _, t := range [...]Tally{
					{b, m, true, int64(l.claimed[k].Gross), int64(l.claimed[k].Running), l.claims[k]},
					{b, m, false, int64(l.confirmed[k].Gross), int64(l.confirmed[k].Running), l.confirms[k]},
				} {
					if !yield(t) {
						return
					}
				}
			}
		}
	}
}
