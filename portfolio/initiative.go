package portfolio

import (
	"strings"

	"gevinst/portfolio/amount"
)

// Stage is how far an initiative has come. Membership of the plan is apart from it.
type Stage uint8

// The stages, in their order.
const (
	Selected Stage = iota + 1
	Analysis
	Started
	Implemented
	Realizing
	Closed
)

var stages = names[Stage]{"selected", "analysis", "started", "implemented", "realizing", "closed"}

func (s Stage) String() string                { return stages.code(s) }
func (s Stage) MarshalText() ([]byte, error)  { return stages.text(s) }
func (s *Stage) UnmarshalText(b []byte) error { return stages.parse(b, s) }

// Stages lists the stages in their order.
func Stages() []Stage { return stages.all() }

// advance names the verb that brings an initiative into each stage.
var advance = map[Stage]Verb{
	Analysis: "initiative.analyse", Started: "initiative.start", Implemented: "initiative.implement",
	Realizing: "initiative.realize", Closed: "initiative.close",
}

// Background is how an initiative came to be one.
type Background uint8

// An initiative comes from the catalogue, is better use of what exists, was decided before the plan, or is new.
const (
	FromCatalogue Background = iota + 1
	BetterUse
	DecidedEarlier
	NewIdea
)

var backgrounds = names[Background]{"catalogue", "better_use", "decided_earlier", "new"}

func (b Background) String() string               { return backgrounds.code(b) }
func (b Background) MarshalText() ([]byte, error) { return backgrounds.text(b) }
func (b *Background) UnmarshalText(t []byte) error {
	return backgrounds.parse(t, b)
}

// Membership is whether an initiative is in the action plan.
type Membership uint8

// The memberships. Zero: never been in the plan.
const (
	InPlan Membership = iota + 1
	Awaiting
	OutOfPlan
)

var memberships = names[Membership]{"in", "awaiting", "out"}

func (m Membership) String() string                { return memberships.code(m) }
func (m Membership) MarshalText() ([]byte, error)  { return memberships.text(m) }
func (m *Membership) UnmarshalText(b []byte) error { return memberships.parse(b, m) }

// Memberships lists them.
func Memberships() []Membership { return memberships.all() }

// Plan is an initiative's place in the action plan and why it has it.
type Plan struct {
	State    Membership `json:"state,omitempty"`
	Reason   string     `json:"reason,omitempty"`
	Decision DecisionID `json:"decision,omitempty"`
	// Left tells that it has been in the plan: what it was to bring stays a part of the plan as adopted.
	Left bool `json:"left,omitempty"`
}

// to is the place that follows: whoever has once been in the plan has left it from then on, until he is in it again.
func (l Plan) to(state Membership, reason string, decision DecisionID) Plan {
	return Plan{State: state, Reason: reason, Decision: decision, Left: state != InPlan && (l.State == InPlan || l.Left)}
}

// Schedule is when an initiative is to be worked on: from Start until Done (half-open).
type Schedule struct {
	Start Month `json:"start,omitempty"`
	Done  Month `json:"done,omitempty"`
}

// refuse refuses months outside the years that money is counted in, and an end that is not after the start.
func (s Schedule) refuse() (no Refusals) {
	if s.Start != 0 && (s.Start.Year() < 2000 || s.Start.Year() > 2100) {
		no = append(no, invalid("start", "error.month"))
	}
	if s.Done != 0 && (s.Done.Year() < 2000 || s.Done.Year() > 2100) {
		no = append(no, invalid("done", "error.month"))
	}
	if s.Start != 0 && s.Done != 0 && s.Done <= s.Start {
		no = append(no, invalid("done", "error.period"))
	}
	return no
}

// CaseFile names a case in the municipality's document system (ESDH), and where it opens.
type CaseFile struct {
	No  string `json:"no,omitempty"`
	URL string `json:"url,omitempty"`
}

// refuse takes addresses of web pages only: a link must not be able to do anything but lead somewhere.
func (f CaseFile) refuse() Refusals {
	no := refuseText("case_no", f.No, 100, false)
	no = append(no, refuseText("case_url", f.URL, 1000, false)...)
	if f.URL != "" && !strings.HasPrefix(f.URL, "https://") && !strings.HasPrefix(f.URL, "http://") {
		no = append(no, invalid("case_url", "error.web_address"))
	}
	return no
}

// Initiative is what has been selected to be done (indsats).
type Initiative struct {
	ID         InitiativeID `json:"id"`
	Title      string       `json:"title"`
	Programme  ProgrammeID  `json:"programme"`
	Background Background   `json:"background"`
	Item       ItemID       `json:"item,omitempty"`
	// Area is 0 where it is not given.
	Area         AreaID `json:"area,omitempty"`
	ProjectOwner UserID `json:"project_owner,omitempty"`
	// BenefitOwner answers for the money after the project is closed; may be the project owner.
	BenefitOwner UserID `json:"benefit_owner,omitempty"`
	Stage        Stage  `json:"stage"`
	Plan         Plan   `json:"plan,omitzero"`
	// OneOff is what the project costs once.
	OneOff amount.Figure `json:"one_off,omitzero"`
	// Now is the present schedule; Planned the adopted one, once the two have parted.
	Now     Schedule  `json:"now,omitzero"`
	Planned *Schedule `json:"planned,omitempty"`
	Summary string    `json:"summary,omitempty"`
	// CaseFile is the initiative's case in the municipality's document system (ESDH).
	CaseFile CaseFile `json:"case_file,omitzero"`
	Needs
	Notes []Note `json:"notes,omitempty"`
	Meta
}

func (i *Initiative) Kind() Kind { return KindInitiative }
func (i *Initiative) Key() int64 { return int64(i.ID) }

// Begun tells that the work has begun, whether or not it is done.
func (i *Initiative) Begun() bool { return i.Stage >= Started }

// PlannedSchedule is the schedule that the plan was adopted with.
func (i *Initiative) PlannedSchedule() Schedule {
	if i.Planned != nil {
		return *i.Planned
	}
	return i.Now
}

// NewInitiative sets up what a board has selected; it starts in the stage "selected".
func NewInitiative(p *Portfolio, by By, i Initiative) (*Initiative, Event, error) {
	if err := by.may(SelectItem, relation{}); err != nil {
		return nil, Event{}, err
	}
	no := refuseText("title", i.Title, 300, true)
	no = append(no, refuseText("summary", i.Summary, maxText, false)...)
	if p.Programmes.Get(i.Programme) == nil {
		no = append(no, invalid("programme", "error.unknown_programme"))
	}
	if i.Area != 0 && p.Areas.Get(i.Area) == nil {
		no = append(no, invalid("area", "error.unknown_area"))
	}
	if i.Item != 0 && p.Items.Get(i.Item) == nil {
		no = append(no, invalid("item", "error.unknown_item"))
	}
	if i.Background == 0 {
		no = append(no, invalid("background", "error.required"))
	}
	no = append(no, i.Now.refuse()...)
	no = append(no, i.CaseFile.refuse()...)
	if len(no) > 0 {
		return nil, Event{}, no
	}
	i.Stage = Selected
	i.ProjectOwner, i.BenefitOwner, i.Plan, i.Needs = 0, 0, Plan{}, Needs{}
	sources := i.Sources
	i.Meta = newMeta(by)
	i.Sources = i.Sources.and(sources)
	return &i, by.event("initiative.create"), nil
}

// Edit changes what is told of the initiative, what it costs once and when it is worked on. They are its part of the business
// case, so whoever may edit its gains may edit them. Fields that stay as they were keep their source; a schedule that gives
// way to another stays beside it as the adopted one.
func (i *Initiative) Edit(p *Portfolio, by By, to Initiative) (*Initiative, Event, error) {
	if err := by.may(EditBenefit, p.relationTo(i)); err != nil {
		return nil, Event{}, err
	}
	no := refuseText("summary", to.Summary, maxText, false)
	if to.OneOff.Ore > amount.Max || to.OneOff.Ore < -amount.Max {
		no = append(no, invalid("one_off", "error.too_large"))
	}
	no = append(no, to.Now.refuse()...)
	no = append(no, to.CaseFile.refuse()...)
	if len(no) > 0 {
		return nil, Event{}, no
	}
	next := *i
	next.Summary, next.OneOff, next.Now, next.CaseFile = to.Summary, to.OneOff, to.Now, to.CaseFile
	if next.CaseFile != i.CaseFile {
		next.touch(by, "case_file")
	}
	if next.Summary != i.Summary {
		next.touch(by, "summary")
	}
	if next.OneOff != i.OneOff {
		next.touch(by, "one_off")
	}
	if next.Now != i.Now {
		next.touch(by, "now")
		if i.Planned == nil && i.Now != (Schedule{}) {
			was := i.Now
			next.Planned = &was
		}
	}
	return &next, by.event("initiative.edit"), nil
}

// Assign names the project owner and the benefit owner; zero leaves the office empty.
func (i *Initiative) Assign(p *Portfolio, by By, projectOwner, benefitOwner UserID) (*Initiative, Event, error) {
	if err := by.may(AssignOwner, p.relationTo(i)); err != nil {
		return nil, Event{}, err
	}
	if projectOwner != i.ProjectOwner && !p.canOwn(projectOwner) {
		return nil, Event{}, invalid("project_owner", "error.cannot_own")
	}
	if benefitOwner != i.BenefitOwner && !p.canOwn(benefitOwner) {
		return nil, Event{}, invalid("benefit_owner", "error.cannot_own")
	}
	next := *i
	next.ProjectOwner, next.BenefitOwner = projectOwner, benefitOwner
	if projectOwner != i.ProjectOwner {
		next.touch(by, "project_owner")
	}
	if benefitOwner != i.BenefitOwner {
		next.touch(by, "benefit_owner")
	}
	return &next, by.event("initiative.assign"), nil
}

// Advance brings the initiative into its next stage. It takes one step at a time, never back.
func (i *Initiative) Advance(p *Portfolio, by By, to Stage) (*Initiative, Event, error) {
	if err := by.may(AdvanceInitiative, p.relationTo(i)); err != nil {
		return nil, Event{}, err
	}
	if to != i.Stage+1 || advance[to] == "" {
		return nil, Event{}, invalid("stage", "error.stage", i.Stage, to)
	}
	if to == Started && i.ProjectOwner == 0 && by.Source.IsZero() {
		return nil, Event{}, invalid("project_owner", "error.owner_first")
	}
	next := *i
	next.Stage = to
	next.touch(by, "stage")
	return &next, by.event(advance[to]), nil
}

// SetPlan moves the initiative into the action plan, out of it, or leaves it awaiting. Leaving and awaiting need a reason,
// and each follows from a decision. What awaits may be left awaiting by another decision, for another reason.
func (i *Initiative) SetPlan(p *Portfolio, by By, to Membership, reason string) (*Initiative, Event, error) {
	if err := by.may(ChangePlan, relation{}); err != nil {
		return nil, Event{}, err
	}
	var no Refusals
	if to == 0 {
		no = append(no, invalid("state", "error.required"))
	}
	if to == i.Plan.State && (to != Awaiting || by.Decision == i.Plan.Decision) {
		no = append(no, invalid("state", "error.unchanged"))
	}
	if p.Decisions.Get(by.Decision) == nil {
		no = append(no, invalid("decision", "error.decision_required"))
	}
	if to != InPlan {
		no = append(no, refuseText("reason", reason, 1000, true)...)
	}
	if len(no) > 0 {
		return nil, Event{}, no
	}
	next := *i
	next.Plan = i.Plan.to(to, reason, by.Decision)
	next.touch(by, "plan")
	return &next, by.event(map[Membership]Verb{
		InPlan: "initiative.include", Awaiting: "initiative.await", OutOfPlan: "initiative.withdraw",
	}[to]), nil
}

// Comment adds a remark to the initiative's history; the remark is the act's note.
func (i *Initiative) Comment(p *Portfolio, by By) (*Initiative, Event, error) {
	if err := by.may(Comment, p.relationTo(i)); err != nil {
		return nil, Event{}, err
	}
	if no := refuseText("note", by.Note, 4000, true); no != nil {
		return nil, Event{}, no
	}
	next := *i
	return &next, by.event("initiative.comment"), nil
}

// ReportDelay moves the initiative's end, and the effect of its benefits that has not begun, by a number of months.
// The plan as adopted stays beside the new dates; the reason is the act's note.
func (i *Initiative) ReportDelay(p *Portfolio, by By, months int) ([]Change, error) {
	if err := by.may(ReportDelay, p.relationTo(i)); err != nil {
		return nil, err
	}
	no := refuseText("note", by.Note, 4000, true)
	if months <= 0 || months > 60 {
		no = append(no, invalid("months", "error.delay_months", 60))
	}
	if i.Stage == Closed {
		no = append(no, invalid("", "error.closed"))
	}
	if len(no) > 0 {
		return nil, no
	}
	next := *i
	was := i.PlannedSchedule()
	next.Planned = &was
	if next.Now.Start > by.Today.Month() {
		next.Now.Start += Month(months)
	}
	if next.Now.Done != 0 {
		next.Now.Done += Month(months)
	}
	if no := next.Now.refuse(); len(no) > 0 {
		return nil, no
	}
	next.touch(by, "now")
	changes := []Change{{&next, by.event("initiative.delay")}}
	for _, b := range p.BenefitsOf(i.ID) {
		if b.From == 0 || p.Ledger(b.ID).Any() {
			continue // what has begun to be realized has not slipped
		}
		moved := b.move(by, b.From+Month(months))
		if err := moved.refuse(p); err != nil {
			return nil, err
		}
		changes = append(changes, Change{moved, by.event("benefit.move")})
	}
	return changes, nil
}
