package portfolio

import (
	"cmp"
	"slices"

	"gevinst/portfolio/amount"
)

// TaskKind is what is asked of somebody. The kinds stand in the order of their weight: of two tasks of one day the one that
// holds others up, or money back, comes first.
type TaskKind uint8

// The kinds.
const (
	ClaimRejected TaskKind = iota + 1
	QuestionToAnswer
	CaseReturned
	ClaimsToSettle
	CaseToAssure
	CaseToApprove
	PriorityToApprove
	ScoresToGive
	CaseOverdue
	CaseMissing
	OwnerMissing
	BenefitOwnerMissing
	MonthUnclaimed
	AmountMissing
	BenefitMissing
	MilestoneDue
	CommentaryDue
	MeasurementDue
	RiskToReview
	DecisionWaiting
)

var taskKinds = names[TaskKind]{
	"claim_rejected", "question_to_answer", "case_returned", "claims_to_settle", "case_to_assure", "case_to_approve", "priority_to_approve",
	"scores_to_give", "case_overdue", "case_missing", "owner_missing", "benefit_owner_missing", "month_unclaimed", "amount_missing", "benefit_missing",
	"milestone_due", "commentary_due", "measurement_due", "risk_to_review", "decision_waiting",
}

func (k TaskKind) String() string                { return taskKinds.code(k) }
func (k TaskKind) MarshalText() ([]byte, error)  { return taskKinds.text(k) }
func (k *TaskKind) UnmarshalText(b []byte) error { return taskKinds.parse(b, k) }

// TaskKinds lists the kinds in the order of their weight.
func TaskKinds() []TaskKind { return taskKinds.all() }

// Task is something that waits for one user. What it has no value for is zero.
type Task struct {
	Kind TaskKind
	// Initiative is what it is about, nil for what is about none: a decision, an idea, a round; Subject the record to work on.
	Initiative *Initiative
	Subject    Record
	// Due is the day by which it should be done; Since is when it began to wait, where somebody else made it wait.
	Due   Date
	Since Instant
	// Month is the month, or the first of several up to Last, that an amount is asked for.
	Month, Last Month
	// Amount is the net sum in øre that waits, where kroner do.
	Amount amount.Figure
	// Note is the reason that somebody gave for it.
	Note string
}

// Late reports that the task should have been done before the day.
func (t Task) Late(today Date) bool { return t.Due != 0 && t.Due < today }

// day is what tasks are sorted by: when it is due, the month it is about, or since when it has waited; those without come last.
func (t Task) day() Date {
	switch {
	case t.Due != 0:
		return t.Due
	case t.Month != 0:
		return t.Month.Last()
	case t.Since != 0:
		return amount.DateOf(t.Since.Time())
	}
	return 1<<31 - 1
}

// subjects gives the records that a task is about in numbers, for an order that does not change from one time to the next.
func (t Task) subjects() (initiative, subject int64) {
	if t.Initiative != nil {
		initiative = int64(t.Initiative.ID)
	}
	return initiative, t.Subject.Key()
}

func sortTasks(list []Task) {
	slices.SortFunc(list, func(a, b Task) int {
		ai, as := a.subjects()
		bi, bs := b.subjects()
		return cmp.Or(cmp.Compare(a.day(), b.day()), cmp.Compare(a.Kind, b.Kind), cmp.Compare(ai, bi), cmp.Compare(as, bs))
	})
}

// The days before its due day from which a milestone, and a budget follow-up's commentary, is asked for.
const (
	milestoneNotice  = 14
	commentaryNotice = 14
)

// Tasks lists what waits for the user, by when it is due and then by weight. rejected is, gain by gain, the latest claim that
// was sent back and left an open month without another: entries are not part of the portfolio, so the caller finds them, for
// the gains that AskedOf names. It is one pass over every table.
func (p *Portfolio) Tasks(u *User, rejected map[BenefitID]*Entry) []Task {
	if u == nil || u.Disabled {
		return nil
	}
	w := &asking{
		p: p, u: u, rejected: rejected, ended: Ended(p.Today), open: p.OpenFrom(),
		assigns: Reach(AssignOwner, u.Role) != Never, settles: p.May(u, SettleClaim, nil), owns: make(map[InitiativeID]bool),
	}
	for b := range p.Benefits.All() {
		if b.Owner == u.ID {
			w.owns[b.Initiative] = true
		}
	}
	w.commentary = p.CommentaryDue()
	w.commented = make(map[InitiativeID]bool)
	for c := range p.Commentaries.All() {
		if c.FollowUp == w.commentary {
			w.commented[c.Initiative] = true
		}
	}
	for i := range p.Initiatives.All() {
		if w.concerns(i) {
			w.initiative(i)
		}
	}
	w.cases()
	w.dated()
	w.decisions()
	w.ideas()
	sortTasks(w.list)
	return w.list
}

// AskedOf lists the gains that the user answers for, by their ids.
func (p *Portfolio) AskedOf(u UserID) []BenefitID {
	var list []BenefitID
	for b := range p.Benefits.All() {
		if i := p.Initiatives.Get(b.Initiative); i != nil && b.asks(i, u) {
			list = append(list, b.ID)
		}
	}
	return list
}

// asks reports that the user answers for the gain: its own owner, else the initiative's benefit owner, and until the initiative
// is closed its project owner too. A closed initiative's gains ask its project owner only where nobody else answers.
func (b *Benefit) asks(i *Initiative, u UserID) bool {
	owner := cmp.Or(b.Owner, i.BenefitOwner)
	if i.Stage == Closed {
		owner = cmp.Or(owner, i.ProjectOwner)
		return u != 0 && owner == u
	}
	return u != 0 && (owner == u || i.ProjectOwner == u)
}

// CommentaryDue is the day of the budget follow-up that owners are to comment on now: the latest that is at most two weeks away,
// unless it, or a later one, has been frozen. 0 is none.
func (p *Portfolio) CommentaryDue() Date {
	soon := p.Today.AddDays(commentaryNotice)
	var day Date
	for _, year := range [...]int{p.Today.Year() - 1, p.Today.Year(), soon.Year()} {
		for _, d := range p.Policy.FollowUpDays(year) {
			if d <= soon {
				day = max(day, d)
			}
		}
	}
	for f := range p.FollowUps.All() {
		if f.Date >= day {
			return 0
		}
	}
	return day
}

// NextFollowUp is the day of the budget follow-up that an owner's commentary would be for: the one that is due, else the next.
func (p *Portfolio) NextFollowUp() Date {
	if due := p.CommentaryDue(); due != 0 {
		return due
	}
	var frozen Date
	for f := range p.FollowUps.All() {
		frozen = max(frozen, f.Date)
	}
	for _, year := range [...]int{p.Today.Year(), p.Today.Year() + 1} {
		for _, d := range p.Policy.FollowUpDays(year) {
			if d >= p.Today && d > frozen {
				return d
			}
		}
	}
	return 0
}
