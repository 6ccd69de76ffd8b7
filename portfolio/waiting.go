package portfolio

import "slices"

// FollowUpDone tells that what a board ordered has been delivered.
type FollowUpDone struct {
	// No is the follow-up's number in its decision, from 1.
	No int `json:"no"`
	CaseStep
}

// Waits tells that a part of the decision still waits.
func (d *Decision) Waits() bool { return d.Waiting != "" && d.Settled == nil }

// Followed tells whether the follow-up with the number, from 1, has been delivered.
func (d *Decision) Followed(no int) bool {
	return slices.ContainsFunc(d.Done, func(f FollowUpDone) bool { return f.No == no })
}

// Schedule sets the board's meeting at which what waits is taken up again; 0 leaves that open.
func (d *Decision) Schedule(p *Portfolio, by By, at MeetingID) (*Decision, Event, error) {
	if err := by.may(RecordDecision, relation{}); err != nil {
		return nil, Event{}, err
	}
	if !d.Waits() {
		return nil, Event{}, invalid("", "error.nothing_waits")
	}
	if at != 0 {
		m := p.Meetings.Get(at)
		if m == nil || m.Type != BoardMeeting {
			return nil, Event{}, invalid("meeting", "error.unknown_meeting")
		}
		if m.Date <= p.HeldOn(d) {
			return nil, Event{}, invalid("meeting", "error.meeting_before")
		}
	}
	next := *d
	next.TakenUpAt = at
	next.touch(by, "taken_up_at")
	return &next, by.event("decision.schedule"), nil
}

// Settle tells by which other decision (By.Decision) what waited was settled. What that did to initiatives are changes of their own.
func (d *Decision) Settle(p *Portfolio, by By) (*Decision, Event, error) {
	if err := by.may(RecordDecision, relation{}); err != nil {
		return nil, Event{}, err
	}
	if !d.Waits() {
		return nil, Event{}, invalid("", "error.nothing_waits")
	}
	other := p.Decisions.Get(by.Decision)
	if other == nil {
		return nil, Event{}, invalid("decision", "error.decision_required")
	}
	if other.ID == d.ID {
		return nil, Event{}, invalid("decision", "error.settles_itself")
	}
	if p.HeldOn(other) < p.HeldOn(d) {
		return nil, Event{}, invalid("decision", "error.meeting_before")
	}
	next := *d
	next.Settled = by.step()
	next.touch(by, "settled")
	return &next, by.event("decision.settle"), nil
}

// FollowUp tells that the follow-up with the number, from 1, has been delivered; the note says with what.
func (d *Decision) FollowUp(by By, no int) (*Decision, Event, error) {
	if err := by.may(RecordDecision, relation{}); err != nil {
		return nil, Event{}, err
	}
	if no < 1 || no > len(d.FollowUps) {
		return nil, Event{}, invalid("no", "error.unknown_follow_up")
	}
	if d.Followed(no) {
		return nil, Event{}, invalid("no", "error.followed_up")
	}
	next := *d
	next.Done = append(slices.Clone(d.Done), FollowUpDone{no, *by.step()})
	next.touch(by, "followed_up")
	return &next, by.event("decision.follow_up"), nil
}

// HeldOn is the day of a decision's meeting, 0 where there is none.
func (p *Portfolio) HeldOn(d *Decision) Date { return p.dayOf(d.Meeting) }

// TakenUpOn is the day of the meeting at which what waits is taken up again, 0 where none is set.
func (p *Portfolio) TakenUpOn(d *Decision) Date { return p.dayOf(d.TakenUpAt) }

func (p *Portfolio) dayOf(id MeetingID) Date {
	if m := p.Meetings.Ever(id); m != nil {
		return m.Date
	}
	return 0
}
