package portfolio

import "gevinst/portfolio/amount"

func (b *Benefit) refuse(p *Portfolio) error {
	no := refuseText("title", b.Title, 300, true)
	if b.Type == 0 {
		no = append(no, invalid("type", "error.required"))
	}
	no = append(no, b.refuseGain()...)
	no = append(no, b.refuseSize()...)
	if b.PriceYear != 0 && (b.PriceYear < 2000 || b.PriceYear > 2100) {
		no = append(no, invalid("price_year", "error.year"))
	}
	if len(b.Ramp) > maxMonths {
		no = append(no, invalid("ramp", "error.too_many", maxMonths))
	}
	if !b.Ramp.Valid() {
		no = append(no, invalid("ramp", "error.ramp"))
	}
	if b.From != 0 && (b.From.Year() < 2000 || b.From.Year() > 2100) {
		no = append(no, invalid("from", "error.month"))
	}
	no = append(no, refuseText("change", b.Change, 2000, false)...)
	if len(b.Focus) > 20 {
		no = append(no, invalid("focus", "error.too_many", 20))
	}
	for _, f := range b.Focus {
		no = append(no, refuseText("focus", f, 300, true)...)
	}
	if b.Owner != 0 && p.Users.Get(b.Owner) == nil {
		no = append(no, invalid("owner", "error.unknown_user"))
	}
	var sum Basis
	for _, a := range b.Allocations {
		if p.Programmes.Get(a.Programme) == nil {
			no = append(no, invalid("allocations", "error.unknown_programme"))
		}
		if a.Share < 0 || a.Share > Whole {
			no = append(no, invalid("allocations", "error.share"))
			continue
		}
		sum += a.Share
	}
	if sum > Whole {
		no = append(no, b.refuseTwice(p, sum))
	}
	return no.Or()
}

// Shares say which programmes' requirements count how much of a gain, by their names.
type Shares []NamedShare

// NamedShare is what one programme's requirements count of a gain.
type NamedShare struct {
	Programme string
	Share     Basis
}

func (p *Portfolio) shares(list []Allocation) (named Shares) {
	for _, a := range list {
		if g := p.Programmes.Get(a.Programme); g != nil && a.Share != 0 {
			named = append(named, NamedShare{g.Name, a.Share})
		}
	}
	return named
}

// refuseTwice says that more is asked for than there is, and of a gain that is there already, who counts it.
func (b *Benefit) refuseTwice(p *Portfolio, sum Basis) *Error {
	asked := p.shares(b.Allocations)
	now, of := p.Benefits.Get(b.ID), p.Initiatives.Get(b.Initiative)
	if now == nil || of == nil || len(now.Allocations) == 0 {
		return invalid("allocations", "error.allocated_twice", sum, asked)
	}
	return invalid("allocations", "error.allocated_already", sum, asked, now.Title, of.Title, p.shares(now.Allocations))
}

func (b *Benefit) refuseGain() Refusals {
	set := 0
	for _, has := range [...]bool{b.Cash != nil, b.Time != nil, b.Indicator != nil} {
		if has {
			set++
		}
	}
	switch {
	case set != 1:
		return Refusals{invalid("cashability", "error.required")}
	case b.Cash != nil && b.Type != Efficiency:
		return Refusals{invalid("cashability", "error.kroner_not_here", b.Type)}
	case b.Cash != nil && (b.Cash.Step == 0 || b.Cash.Step == FreedTimeGain || b.Cash.Step == NonFinancial):
		return Refusals{invalid("cashability", "error.required")}
	case b.Cash == nil && (b.Gross.Known || b.Running.Known):
		return Refusals{invalid("gross", "error.kroner_not_here", b.Type)}
	case b.Time != nil && b.Time.HoursPerYear < 0 && !b.Adverse:
		return Refusals{invalid("hours", "error.positive")}
	case b.Time != nil && b.Time.HoursPerYear > 0 && b.Adverse:
		return Refusals{invalid("hours", "error.adverse")}
	case b.Cash != nil && b.Adverse && b.Gross.Known && b.Gross.Ore > 0:
		return Refusals{invalid("gross", "error.adverse")}
	case b.Indicator != nil && b.Indicator.Unit == "":
		return Refusals{invalid("unit", "error.required")}
	}
	for _, f := range [...]amount.Figure{b.Gross, b.Running} {
		if f.Ore > amount.Max || f.Ore < -amount.Max {
			return Refusals{invalid("gross", "error.too_large")}
		}
	}
	return nil
}

// The largest values of what is no amount: hours a year, and a measured value in thousandths of its unit.
const (
	maxHours = 1_000_000_000
	maxMilli = 1_000_000_000_000_000

	// maxMeasurements is one a month for longer than anybody measures.
	maxMeasurements = 600
)

// refuseSize bounds what the one part of the gain holds, so that sums and comparisons of them stay right.
func (b *Benefit) refuseSize() (no Refusals) {
	switch {
	case b.Cash != nil:
		no = refuseText("account", b.Cash.Account, 200, false)
	case b.Time != nil && (b.Time.HoursPerYear > maxHours || b.Time.HoursPerYear < -maxHours):
		no = append(no, invalid("hours", "error.too_many", maxHours))
	case b.Time != nil && (b.Time.Rate > amount.Max || b.Time.Rate < 0):
		no = append(no, invalid("rate", "error.too_large"))
	case b.Indicator != nil:
		no = b.Indicator.refuse()
	}
	return no
}

func (i *Indicator) refuse() Refusals {
	no := refuseText("unit", i.Unit, 200, false)
	no = append(no, refuseText("method", i.Method, 2000, false)...)
	no = append(no, refuseDay("baseline_date", i.BaselineDate, false)...)
	if i.Baseline > maxMilli || i.Baseline < -maxMilli {
		no = append(no, invalid("baseline", "error.too_many", maxMilli/1000))
	}
	if i.Target > maxMilli || i.Target < -maxMilli {
		no = append(no, invalid("target", "error.too_many", maxMilli/1000))
	}
	if len(i.Measurements) > maxMeasurements {
		no = append(no, invalid("date", "error.too_many", maxMeasurements))
	}
	for _, m := range i.Measurements {
		no = append(no, refuseDay("date", m.Date, true)...)
		no = append(no, refuseText("note", m.Note, 1000, false)...)
		if m.Value > maxMilli || m.Value < -maxMilli {
			no = append(no, invalid("value", "error.too_many", maxMilli/1000))
		}
	}
	return no
}
