package portfolio

// Movable tells what of an initiative a shift can move, and how far.
type Movable struct {
	// Month is the effect month that has not begun, the earliest where there are several; of an initiative without one it is the
	// month from which the work is done.
	Month Month
	// Earliest is the first month that it can be moved to: none that has ended, and work is not done sooner by being wished for.
	Earliest Month
	// Effect tells that Month is an effect month.
	Effect bool
}

// Movable finds what a shift of the initiative can move, or refuses: what is closed or out of the plan, whose effect has begun, or
// that has neither an effect month nor an end, stays where it is.
func (p *Portfolio) Movable(id InitiativeID) (Movable, error) {
	i := p.Initiatives.Get(id)
	if i == nil {
		return Movable{}, invalid("initiative", "error.unknown_initiative")
	}
	if i.Stage == Closed || i.Plan.State == OutOfPlan {
		return Movable{}, invalid("initiative", "error.shift_closed")
	}
	if first := p.firstUnbegun(id); first != 0 {
		return Movable{Month: first, Earliest: Ended(p.Today), Effect: true}, nil
	}
	for _, b := range p.BenefitsOf(id) {
		if p.Ledger(b.ID).Any() {
			return Movable{}, invalid("initiative", "error.shift_begun")
		}
	}
	if i.Now.Done == 0 || i.Stage >= Implemented {
		return Movable{}, invalid("initiative", "error.shift_undated")
	}
	return Movable{Month: i.Now.Done, Earliest: i.Now.Done}, nil
}

// refuseShift refuses a new shift of what cannot be moved, and of an effect that is still to come into months that have ended. One that
// is overdue lies there already: what if it had come in time is a fair question.
func (a Alteration) refuseShift(p *Portfolio, field string) Refusals {
	m, err := p.Movable(a.Initiative)
	for _, e := range AsRefusals(err) {
		no := *e
		no.Field = field + "." + e.Field
		return Refusals{&no}
	}
	if a.Months < 0 && m.Month >= m.Earliest && m.Month+Month(a.Months) < m.Earliest {
		return Refusals{invalid(field+".months", "error.shift_past", m.Earliest)}
	}
	return nil
}
