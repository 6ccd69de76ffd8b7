package portfolio

// Question is what Finance, a director or the programme office asks an initiative's owner, and the answer.
type Question struct {
	ID         QuestionID   `json:"id"`
	Initiative InitiativeID `json:"initiative"`
	// Benefit and Case are what it is about, 0 for the initiative itself.
	Benefit BenefitID `json:"benefit,omitempty"`
	Case    CaseID    `json:"case,omitempty"`
	Text    string    `json:"text"`
	Asked   CaseStep  `json:"asked"`
	// Answer is nil while it waits for one.
	Answer *CaseStep `json:"answer,omitempty"`
	Meta
}

func (q *Question) Kind() Kind { return KindQuestion }
func (q *Question) Key() int64 { return int64(q.ID) }

// NewQuestion asks. The initiative's owners find it among their tasks until it is answered.
func NewQuestion(p *Portfolio, by By, q Question) (*Question, Event, error) {
	if err := by.may(AskQuestion, relation{}); err != nil {
		return nil, Event{}, err
	}
	if p.Initiatives.Get(q.Initiative) == nil {
		return nil, Event{}, Missing(KindInitiative, q.Initiative)
	}
	no := refuseText("text", q.Text, 4000, true)
	if b := p.Benefits.Get(q.Benefit); q.Benefit != 0 && (b == nil || b.Initiative != q.Initiative) {
		no = append(no, invalid("benefit", "error.unknown_benefit"))
	}
	if c := p.Cases.Get(q.Case); q.Case != 0 && (c == nil || c.Initiative != q.Initiative) {
		no = append(no, invalid("case", "error.unknown_case"))
	}
	if len(no) > 0 {
		return nil, Event{}, no
	}
	q.Asked, q.Answer = CaseStep{By: by.User.ID, At: by.At}, nil
	q.Meta = newMeta(by)
	return &q, by.event("question.ask"), nil
}

// Reply answers; the answer is the act's note.
func (q *Question) Reply(p *Portfolio, by By) (*Question, Event, error) {
	if err := by.may(AnswerQuestion, p.relationTo(q)); err != nil {
		return nil, Event{}, err
	}
	if q.Answer != nil {
		return nil, Event{}, &Error{Kind: Conflict, Code: "error.answered"}
	}
	if no := refuseText("note", by.Note, 4000, true); no != nil {
		return nil, Event{}, no
	}
	next := *q
	next.Answer = by.step()
	return &next, by.event("question.answer"), nil
}

// Outlook is the owner's own word on where an initiative is heading.
type Outlook uint8

// The outlooks.
const (
	OnTrack Outlook = iota + 1
	AtRisk
	OffTrack
)

var outlooks = names[Outlook]{"on_track", "at_risk", "off_track"}

func (o Outlook) String() string                { return outlooks.code(o) }
func (o Outlook) MarshalText() ([]byte, error)  { return outlooks.text(o) }
func (o *Outlook) UnmarshalText(b []byte) error { return outlooks.parse(b, o) }

// Outlooks lists them.
func Outlooks() []Outlook { return outlooks.all() }

// Commentary is an owner's word on an initiative for one budget follow-up, by the follow-up's day.
type Commentary struct {
	ID         CommentaryID `json:"id"`
	Initiative InitiativeID `json:"initiative"`
	FollowUp   Date         `json:"follow_up"`
	Outlook    Outlook      `json:"outlook"`
	Text       string       `json:"text"`
	Written    CaseStep     `json:"written"`
	Meta
}

func (c *Commentary) Kind() Kind { return KindCommentary }
func (c *Commentary) Key() int64 { return int64(c.ID) }

func (c *Commentary) refuse() Refusals {
	no := refuseText("text", c.Text, 4000, true)
	if c.Outlook == 0 {
		no = append(no, invalid("outlook", "error.required"))
	}
	return append(no, refuseDay("follow_up", c.FollowUp, true)...)
}

// NewCommentary says how an initiative stands at a budget follow-up. There is one for each day.
func NewCommentary(p *Portfolio, by By, c Commentary) (*Commentary, Event, error) {
	i := p.Initiatives.Get(c.Initiative)
	if i == nil {
		return nil, Event{}, Missing(KindInitiative, c.Initiative)
	}
	if err := by.may(WriteCommentary, p.relationTo(i)); err != nil {
		return nil, Event{}, err
	}
	no := c.refuse()
	if p.CommentaryOn(c.Initiative, c.FollowUp) != nil {
		no = append(no, invalid("follow_up", "error.taken", c.FollowUp))
	}
	if len(no) > 0 {
		return nil, Event{}, no
	}
	c.Written, c.Meta = CaseStep{By: by.User.ID, At: by.At}, newMeta(by)
	return &c, by.event("commentary.write"), nil
}

// Edit changes the words, as long as the follow-up has not been frozen.
func (c *Commentary) Edit(p *Portfolio, by By, outlook Outlook, text string) (*Commentary, Event, error) {
	if err := by.may(WriteCommentary, p.relationTo(c)); err != nil {
		return nil, Event{}, err
	}
	next := *c
	next.Outlook, next.Text = outlook, text
	no := next.refuse()
	for f := range p.FollowUps.All() {
		if f.Date == c.FollowUp {
			no = append(no, invalid("", "error.frozen", f.Name))
		}
	}
	if len(no) > 0 {
		return nil, Event{}, no
	}
	next.Written = CaseStep{By: by.User.ID, At: by.At}
	next.touch(by, "outlook", "text")
	return &next, by.event("commentary.edit"), nil
}

// CommentaryOn finds what was said of an initiative for a follow-up, or nil.
func (p *Portfolio) CommentaryOn(id InitiativeID, followUp Date) *Commentary {
	for c := range p.Commentaries.All() {
		if c.Initiative == id && c.FollowUp == followUp {
			return c
		}
	}
	return nil
}
