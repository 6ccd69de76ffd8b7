package amount

// whole is the share of everything, in basis points.
const whole = 10000

// Ramp is how an effect phases in: shares in basis points (10000 is all), one
// per month from the effect month. The last is 10000 and holds afterwards. An
// empty ramp is all at once.
type Ramp []int32

// Valid reports that every share is 0..10000 and the last is 10000.
func (r Ramp) Valid() bool {
	for _, share := range r {
		if share < 0 || share > whole {
			return false
		}
	}
	return len(r) == 0 || r[len(r)-1] == whole
}

// Share is the share k months after the effect month, 0 before it.
func (r Ramp) Share(k int) int32 {
	switch {
	case k < 0:
		return 0
	case len(r) == 0:
		return whole
	}
	return r[min(k, len(r)-1)]
}

// Effect is a gain over time. Recurring, it brings Annual in each full year
// from the month From on, phased in by Ramp; one-off, it brings all of Annual
// in From and nothing else. Without From it has not come yet.
type Effect struct {
	Annual Money
	From   Month
	Ramp   Ramp
	OneOff bool
}

// Monthly is the effect in month m: the calendar month's twelfth of Annual
// times the ramp's share, rounded once, half to even. The twelfths are those
// of Annual.Even(12), January first, so that a fully phased-in calendar year
// brings Annual to the øre.
func (e Effect) Monthly(m Month) Money {
	switch {
	case e.From == 0 || m < e.From:
		return 0
	case !e.OneOff:
		return e.phased(e.Annual.evenPart(12, m.Of()-1), m)
	case m == e.From:
		return e.Annual
	}
	return 0
}

// phased is the share of full that has been phased in by month m >= From.
func (e Effect) phased(full Money, m Month) Money {
	share := e.Ramp.Share(int(m - e.From))
	if share == whole {
		return full
	}
	return MulDiv(full, int64(share), whole)
}

// InYear is the effect that falls in calendar year y.
func (e Effect) InYear(y int) Money {
	var sum Money
	for m := range Year(y).Months() {
		sum += e.Monthly(m)
	}
	return sum
}

// FullYear is what a year brings once fully phased in; 0 for a one-off.
func (e Effect) FullYear() Money {
	if e.OneOff {
		return 0
	}
	return e.Annual
}

// LevelAtEnd is the yearly level reached in December of y: Annual times that
// month's share. It is 0 for a one-off, and until From has come.
func (e Effect) LevelAtEnd(y int) Money {
	december := NewMonth(y, 12)
	if e.OneOff || e.From == 0 || december < e.From {
		return 0
	}
	return e.phased(e.Annual, december)
}
