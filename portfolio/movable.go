package portfolio

// Movable tells what of an initiative a shift can move, and how far.
type Movable struct {
	// Month is the effect month that has not begun, the earliest where there are several; of an initiative without one it is the
	// month from which the work is done.
	Month Month
	// Earliest is the first month that it can be moved to: none that has ended, and work is not done sooner by being wished for, unless
	// it has not begun and can begin sooner; its effect then does not come before it is done.
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
		earliest := Ended(p.Today)
		if p.unbegun(i) && i.Now.Done <= first {
			earliest = p.earliestDone(i)
		}
		return Movable{Month: first, Earliest: earliest, Effect: true}, nil
	}
	for _, b := range p.BenefitsOf(id) {
		if p.Ledger(b.ID).Any() {
			return Movable{}, invalid("initiative", "error.shift_begun")
		}
	}
	if i.Now.Done == 0 || i.Stage >= Implemented {
		return Movable{}, invalid("initiative", "error.shift_undated")
	}
	return Movable{Month: i.Now.Done, Earliest: p.earliestDone(i)}, nil
}

// unbegun tells that an initiative's work has dates and none of it has been done: it can move as a whole.
func (p *Portfolio) unbegun(i *Initiative) bool {
	return !i.Begun() && i.Now.Start >= Ended(p.Today) && i.Now.Done != 0
}

// earliestDone is the first month from which an initiative's work can be done: as it is planned, or as much earlier as work that has not
// begun can begin; 0 where that is not known.
func (p *Portfolio) earliestDone(i *Initiative) Month {
	if p.unbegun(i) {
		return i.Now.Done - (i.Now.Start - Ended(p.Today))
	}
	return i.Now.Done
}

// months is how far a shift moves what stands there now.
func (a Alteration) months(m Movable) Month {
	if a.From == 0 {
		return Month(a.Months)
	}
	return a.From + Month(a.Months) - m.Month
}

// hinderShift tells why what a shift moves stays where it is, or cannot come into the months that it is to come into. What is overdue
// lies in months that have ended already: what if it had come in time is a fair question.
func (a Alteration) hinderShift(p *Portfolio, field string) Refusals {
	m, err := p.Movable(a.Initiative)
	for _, e := range AsRefusals(err) {
		no := *e
		no.Field = field + "." + e.Field
		return Refusals{&no}
	}
	months := a.months(m)
	switch {
	case months == 0:
		return Refusals{invalid(field+".months", "error.shift_there", m.Month)}
	case months > 60 || months < -60:
		return Refusals{invalid(field+".months", "error.shift", 60)}
	case months < 0 && m.Month >= m.Earliest && m.Month+months < m.Earliest:
		return Refusals{invalid(field+".months", "error.shift_past", m.Earliest)}
	}
	return nil
}

// brought gives an initiative with work that has not begun brought earlier, its days of the units with it; any other as it stands.
func (p *Portfolio) brought(i *Initiative, months Month) *Initiative {
	if months <= 0 || !p.unbegun(i) {
		return i
	}
	to := *i
	to.Now = Schedule{Start: i.Now.Start - months, Done: i.Now.Done - months}
	to.Effort = i.Effort.earlier(i.Now, months)
	return &to
}

// shift moves an initiative's dates and the effect of its gains that has not begun; the plan as adopted stays beside them. Work that has
// not begun comes earlier by as much as it must to be done when the effect comes, and takes its days of the units along.
func (p *Portfolio) shift(by By, a Alteration) []Change {
	m, err := p.Movable(a.Initiative)
	months := a.months(m)
	if err != nil || months == 0 {
		return nil
	}
	i := p.Initiatives.Get(a.Initiative)
	verb, moved := Verb("initiative.bring_forward"), Verb("benefit.move")
	if months > 0 {
		verb = "initiative.delay"
	}
	next := *i
	was := i.PlannedSchedule()
	if was != (Schedule{}) {
		next.Planned = &was
	}
	if months < 0 {
		to := p.brought(i, i.Now.Done-(m.Month+months))
		if next.Now, next.Effort = to.Now, to.Effort; !next.Effort.equal(i.Effort) {
			next.touch(by, "effort")
		}
	} else if next.Now.Done != 0 {
		next.Now.Done += months
	}
	next.touch(by, "now")
	changes := []Change{{&next, by.event(verb)}}
	for _, b := range p.BenefitsOf(i.ID) {
		if b.From == 0 || p.Ledger(b.ID).Any() {
			continue // what has begun to be realized does not move
		}
		changes = append(changes, Change{b.move(by, b.From+months), by.event(moved)})
	}
	return changes
}
