package portfolio

// Milestone is a dated point on an initiative's way, short and with an owner.
type Milestone struct {
	ID         MilestoneID  `json:"id"`
	Initiative InitiativeID `json:"initiative"`
	Title      string       `json:"title"`
	Due        Date         `json:"due"`
	// Owner answers for it; 0 means the initiative's project owner.
	Owner UserID `json:"owner,omitempty"`
	// Done is the day on which it was reached, 0 while it is not.
	Done Date `json:"done,omitempty"`
	Meta
}

func (m *Milestone) Kind() Kind { return KindMilestone }
func (m *Milestone) Key() int64 { return int64(m.ID) }

func (m *Milestone) refuse(p *Portfolio) Refusals {
	no := refuseText("title", m.Title, 200, true)
	no = append(no, refuseDay("due", m.Due, true)...)
	no = append(no, refuseDay("done", m.Done, false)...)
	if m.Owner != 0 && p.Users.Get(m.Owner) == nil {
		no = append(no, invalid("owner", "error.unknown_user"))
	}
	return no
}

// refuseDay refuses days outside the years that the portfolio is about.
func refuseDay(field string, d Date, required bool) Refusals {
	switch {
	case d == 0 && required:
		return Refusals{invalid(field, "error.required")}
	case d != 0 && (d.Year() < 2000 || d.Year() > 2100):
		return Refusals{invalid(field, "error.date")}
	}
	return nil
}

// NewMilestone sets a milestone of an initiative.
func NewMilestone(p *Portfolio, by By, m Milestone) (*Milestone, Event, error) {
	i := p.Initiatives.Get(m.Initiative)
	if i == nil {
		return nil, Event{}, Missing(KindInitiative, m.Initiative)
	}
	if err := by.may(EditMilestone, p.relationTo(i)); err != nil {
		return nil, Event{}, err
	}
	no := m.refuse(p)
	if !p.canOwn(m.Owner) {
		no = append(no, invalid("owner", "error.cannot_own"))
	}
	if len(no) > 0 {
		return nil, Event{}, no
	}
	m.Meta = newMeta(by)
	return &m, by.event("milestone.create"), nil
}

// Edit moves, renames or hands over a milestone, and records that it was reached. Taking it out is Removed.
func (m *Milestone) Edit(p *Portfolio, by By, to Milestone) (*Milestone, Event, error) {
	if err := by.may(EditMilestone, p.relationTo(m)); err != nil {
		return nil, Event{}, err
	}
	next := *m
	next.Title, next.Due, next.Owner, next.Done, next.Removed = to.Title, to.Due, to.Owner, to.Done, to.Removed
	no := next.refuse(p)
	if next.Done > by.Today {
		no = append(no, invalid("done", "error.date_to_come"))
	}
	if next.Owner != m.Owner && !p.canOwn(next.Owner) {
		no = append(no, invalid("owner", "error.cannot_own"))
	}
	if len(no) > 0 {
		return nil, Event{}, no
	}
	for field, same := range map[string]bool{
		"title": next.Title == m.Title, "due": next.Due == m.Due, "owner": next.Owner == m.Owner, "done": next.Done == m.Done,
	} {
		if !same {
			next.touch(by, field)
		}
	}
	verb := Verb("milestone.edit")
	switch {
	case next.Removed:
		verb = "milestone.remove"
	case m.Done == 0 && next.Done != 0:
		verb = "milestone.reach"
	}
	return &next, by.event(verb), nil
}

// Level is how likely, or how grave, a risk is.
type Level uint8

// The levels.
const (
	LowLevel Level = iota + 1
	MediumLevel
	HighLevel
)

var levels = names[Level]{"low", "medium", "high"}

func (l Level) String() string                { return levels.code(l) }
func (l Level) MarshalText() ([]byte, error)  { return levels.text(l) }
func (l *Level) UnmarshalText(b []byte) error { return levels.parse(b, l) }

// Levels lists them.
func Levels() []Level { return levels.all() }

// Risk is something that may go wrong with an initiative, and what is done about it.
type Risk struct {
	ID          RiskID       `json:"id"`
	Initiative  InitiativeID `json:"initiative"`
	Title       string       `json:"title"`
	Likelihood  Level        `json:"likelihood"`
	Consequence Level        `json:"consequence"`
	Response    string       `json:"response,omitempty"`
	// Review is the day on which it is to be looked at again; Owner is 0 for the initiative's project owner.
	Review Date   `json:"review"`
	Owner  UserID `json:"owner,omitempty"`
	// Closed is the day on which it no longer was one, 0 while it is.
	Closed Date `json:"closed,omitempty"`
	Meta
}

func (r *Risk) Kind() Kind { return KindRisk }
func (r *Risk) Key() int64 { return int64(r.ID) }

func (r *Risk) refuse(p *Portfolio) Refusals {
	no := refuseText("title", r.Title, 200, true)
	no = append(no, refuseText("response", r.Response, 2000, false)...)
	no = append(no, refuseDay("review", r.Review, true)...)
	no = append(no, refuseDay("closed", r.Closed, false)...)
	if r.Likelihood == 0 {
		no = append(no, invalid("likelihood", "error.required"))
	}
	if r.Consequence == 0 {
		no = append(no, invalid("consequence", "error.required"))
	}
	if r.Owner != 0 && p.Users.Get(r.Owner) == nil {
		no = append(no, invalid("owner", "error.unknown_user"))
	}
	return no
}

// NewRisk names a risk of an initiative.
func NewRisk(p *Portfolio, by By, r Risk) (*Risk, Event, error) {
	i := p.Initiatives.Get(r.Initiative)
	if i == nil {
		return nil, Event{}, Missing(KindInitiative, r.Initiative)
	}
	if err := by.may(EditMilestone, p.relationTo(i)); err != nil {
		return nil, Event{}, err
	}
	no := r.refuse(p)
	if !p.canOwn(r.Owner) {
		no = append(no, invalid("owner", "error.cannot_own"))
	}
	if len(no) > 0 {
		return nil, Event{}, no
	}
	r.Meta = newMeta(by)
	return &r, by.event("risk.create"), nil
}

// Edit changes what is said of a risk, and closes it. Taking it out is Removed.
func (r *Risk) Edit(p *Portfolio, by By, to Risk) (*Risk, Event, error) {
	if err := by.may(EditMilestone, p.relationTo(r)); err != nil {
		return nil, Event{}, err
	}
	next := to
	next.ID, next.Initiative, next.Meta = r.ID, r.Initiative, r.Meta
	next.Removed = to.Removed
	no := next.refuse(p)
	if next.Closed > by.Today {
		no = append(no, invalid("closed", "error.date_to_come"))
	}
	if next.Owner != r.Owner && !p.canOwn(next.Owner) {
		no = append(no, invalid("owner", "error.cannot_own"))
	}
	if len(no) > 0 {
		return nil, Event{}, no
	}
	next.touch(by, "title", "likelihood", "consequence", "response", "review", "owner", "closed")
	verb := Verb("risk.edit")
	switch {
	case next.Removed:
		verb = "risk.remove"
	case r.Closed == 0 && next.Closed != 0:
		verb = "risk.close"
	}
	return &next, by.event(verb), nil
}
