package portfolio

import "strings"

// MeetingKind is what kind of day it was.
type MeetingKind uint8

// A board's meeting decides; a workshop, a briefing and a deadline are points in time that the minutes refer to.
const (
	BoardMeeting MeetingKind = iota + 1
	Workshop
	Briefing
	Deadline
)

var meetingKinds = names[MeetingKind]{"board", "workshop", "briefing", "deadline"}

func (k MeetingKind) String() string                { return meetingKinds.code(k) }
func (k MeetingKind) MarshalText() ([]byte, error)  { return meetingKinds.text(k) }
func (k *MeetingKind) UnmarshalText(b []byte) error { return meetingKinds.parse(b, k) }

// Meeting is a board's meeting, or another day of the same story.
type Meeting struct {
	ID    MeetingID   `json:"id"`
	Date  Date        `json:"date"`
	Name  string      `json:"name"`
	Type  MeetingKind `json:"type"`
	Notes []Note      `json:"notes,omitempty"`
	Meta
}

func (m *Meeting) Kind() Kind { return KindMeeting }
func (m *Meeting) Key() int64 { return int64(m.ID) }

// NewMeeting enters a meeting.
func NewMeeting(by By, m Meeting) (*Meeting, Event, error) {
	if err := by.may(RecordDecision, relation{}); err != nil {
		return nil, Event{}, err
	}
	no := refuseText("name", m.Name, 300, true)
	if m.Date == 0 {
		no = append(no, invalid("date", "error.required"))
	}
	if m.Type == 0 {
		no = append(no, invalid("type", "error.required"))
	}
	if len(no) > 0 {
		return nil, Event{}, no
	}
	m.Meta = newMeta(by)
	return &m, by.event("meeting.create"), nil
}

// Decision is what a board decided on one item. The recommendation is kept beside it, for the two may differ.
type Decision struct {
	ID      DecisionID `json:"id"`
	Meeting MeetingID  `json:"meeting"`
	// Item is the number on the agenda, 0 where it is not known.
	Item  int    `json:"item,omitempty"`
	Title string `json:"title"`
	// Case, KLE and Document are the numbers of the municipality's records (Sagsnr., J.nr., Dokumentnr.).
	Case            string   `json:"case,omitempty"`
	KLE             string   `json:"kle,omitempty"`
	Document        string   `json:"document,omitempty"`
	Type            string   `json:"type,omitempty"`
	Recommender     string   `json:"recommender,omitempty"`
	Recommendations []string `json:"recommendations,omitempty"`
	Outcome         string   `json:"outcome"`
	// Waiting says what a part of the decision waits for, "" when nothing does.
	Waiting string `json:"waiting,omitempty"`
	// TakenUpAt is the meeting at which what waits is taken up again, 0 where none is set; Settled tells by which decision it ended.
	TakenUpAt MeetingID `json:"taken_up_at,omitempty"`
	Settled   *CaseStep `json:"settled,omitempty"`
	// FollowUps are what the board ordered; Done tells of those that were delivered.
	FollowUps   []string       `json:"follow_ups,omitempty"`
	Done        []FollowUpDone `json:"followed_up,omitempty"`
	Attachments []Attachment   `json:"attachments,omitempty"`
	Notes       []Note         `json:"notes,omitempty"`
	Meta
}

// Attachment is a document that lay before the board.
type Attachment struct {
	Title    string `json:"title"`
	Document string `json:"document,omitempty"`
}

func (d *Decision) Kind() Kind { return KindDecision }
func (d *Decision) Key() int64 { return int64(d.ID) }

// NewDecision records what a board decided, at a meeting that has been held.
func NewDecision(p *Portfolio, by By, d Decision) (*Decision, Event, error) {
	if err := by.may(RecordDecision, relation{}); err != nil {
		return nil, Event{}, err
	}
	no := refuseText("title", d.Title, 300, true)
	no = append(no, refuseText("outcome", d.Outcome, maxText, true)...)
	switch m := p.Meetings.Get(d.Meeting); {
	case m == nil:
		no = append(no, invalid("meeting", "error.unknown_meeting"))
	case m.Date > by.Today:
		no = append(no, invalid("meeting", "error.meeting_to_come"))
	}
	if d.Item < 0 {
		no = append(no, invalid("item", "error.positive"))
	}
	if d.Item > maxAgenda {
		no = append(no, invalid("item", "error.too_many", maxAgenda))
	}
	no = append(no, d.refuseTexts()...)
	if len(no) > 0 {
		return nil, Event{}, no
	}
	d.TakenUpAt, d.Settled, d.Done = 0, nil, nil
	d.Meta = newMeta(by)
	return &d, by.event("decision.record"), nil
}

// maxAgenda is the highest number that an item of an agenda has.
const maxAgenda = 9999

// refuseTexts bounds the decision's optional parts.
func (d *Decision) refuseTexts() (no Refusals) {
	for _, of := range [...][2]string{{"case", d.Case}, {"kle", d.KLE}, {"document", d.Document}, {"type", d.Type}, {"recommender", d.Recommender}} {
		no = append(no, refuseText(of[0], of[1], 200, false)...)
	}
	no = append(no, refuseText("waiting", d.Waiting, maxText, false)...)
	no = append(no, refuseText("recommendations", strings.Join(d.Recommendations, "\n"), maxText, false)...)
	return append(no, refuseText("follow_ups", strings.Join(d.FollowUps, "\n"), maxText, false)...)
}

// FollowUp is a budget follow-up: a date at which the figures were frozen under a name. It closes the months before.
type FollowUp struct {
	ID   FollowUpID `json:"id"`
	Name string     `json:"name"`
	Date Date       `json:"date"`
	// ClosesBefore is the first month that stays open.
	ClosesBefore Month `json:"closes_before"`
	// Frozen is the sequence number up to which the figures were known: the view as of it is what was frozen.
	Frozen int64 `json:"frozen_seq"`
	Meta
}

func (f *FollowUp) Kind() Kind { return KindFollowUp }
func (f *FollowUp) Key() int64 { return int64(f.ID) }

// NewFollowUp freezes the figures as they stand and closes the months that have ended by the date.
func NewFollowUp(p *Portfolio, by By, id FollowUpID, name string, date Date) (*FollowUp, Event, error) {
	if err := by.may(CloseMonths, relation{}); err != nil {
		return nil, Event{}, err
	}
	no := refuseText("name", name, 200, true)
	if date == 0 || date > by.Today {
		no = append(no, invalid("date", "error.date_to_come"))
	}
	if len(no) > 0 {
		return nil, Event{}, no
	}
	f := &FollowUp{ID: id, Name: name, Date: date, ClosesBefore: Ended(date), Frozen: p.Seq, Meta: newMeta(by)}
	return f, by.event("follow_up.freeze"), nil
}

// Ended is the first month that has not ended by the close of the day.
func Ended(day Date) Month {
	if day == 0 {
		return 0
	}
	if day == day.Month().Last() {
		return day.Month() + 1
	}
	return day.Month()
}
