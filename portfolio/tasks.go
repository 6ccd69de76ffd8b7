package portfolio

import (
	"cmp"

	"gevinst/portfolio/amount"
)

// asking gathers one user's tasks.
type asking struct {
	p        *Portfolio
	u        *User
	rejected map[BenefitID]*Entry
	// ended is the first month that has not ended, open the first that no budget follow-up has closed.
	ended, open Month
	// commentary is the follow-up that is to be commented on, commented what has been.
	commentary Date
	commented  map[InitiativeID]bool
	// assigns tells one who names owners somewhere, settles one who settles claims; owns has the initiatives with a gain that the
	// user alone is named for.
	assigns, settles bool
	owns             map[InitiativeID]bool
	list             []Task
}

func (w *asking) add(t Task) { w.list = append(w.list, t) }

// underWay reports that the work on an initiative of the plan has begun and is not over.
func underWay(i *Initiative) bool {
	return i.Plan.State == InPlan && i.Stage >= Analysis && i.Stage < Closed
}

// runs reports that the user is the one who answers for the work itself.
func (w *asking) runs(i *Initiative) bool {
	return cmp.Or(i.ProjectOwner, i.BenefitOwner) == w.u.ID
}

// concerns tells whether anything of an initiative can be the user's task: of most initiatives nothing is most users'.
func (w *asking) concerns(i *Initiative) bool {
	return w.assigns || w.settles || i.ProjectOwner == w.u.ID || i.BenefitOwner == w.u.ID || w.owns[i.ID]
}

// initiative asks for what an initiative lacks, and for what stands on it.
func (w *asking) initiative(i *Initiative) {
	w.offices(i)
	if w.runs(i) {
		w.caseOf(i)
	}
	if w.runs(i) && underWay(i) && w.commentary != 0 && !w.commented[i.ID] {
		w.add(Task{Kind: CommentaryDue, Initiative: i, Subject: i, Due: w.commentary})
	}
	benefits := w.p.BenefitsOf(i.ID)
	if len(benefits) == 0 && i.Plan.State == InPlan && i.Stage < Closed && (w.runs(i) || i.BenefitOwner == w.u.ID) {
		w.add(Task{Kind: BenefitMissing, Initiative: i, Subject: i})
	}
	claimed, first := amount.Money(0), Month(0)
	for _, b := range benefits {
		if b.asks(i, w.u.ID) {
			w.benefit(i, b)
		}
		if !w.settles {
			continue
		}
		if sum, from := w.p.Ledger(b.ID).waiting(); from != 0 && !w.p.relationTo(b).owns(w.u.ID) {
			claimed += sum
			if first == 0 || from < first {
				first = from
			}
		}
	}
	if first != 0 {
		w.add(Task{Kind: ClaimsToSettle, Initiative: i, Subject: i, Month: first, Amount: amount.Exactly(claimed)})
	}
}

// offices asks whoever may name owners for those that are missing. Gains live on, so a closed initiative is asked about too.
func (w *asking) offices(i *Initiative) {
	if i.Plan.State != InPlan || (i.ProjectOwner != 0 && i.BenefitOwner != 0) || !w.p.May(w.u, AssignOwner, i) {
		return
	}
	if i.ProjectOwner == 0 && i.Stage < Closed {
		w.add(Task{Kind: OwnerMissing, Initiative: i, Subject: i})
		return
	}
	if i.BenefitOwner != 0 {
		return
	}
	for _, b := range w.p.BenefitsOf(i.ID) {
		if b.Owner == 0 {
			w.add(Task{Kind: BenefitOwnerMissing, Initiative: i, Subject: i})
			return
		}
	}
}

// caseOf asks an owner for a business case: for one that was sent back, whatever has become of the initiative, since somebody
// waits for the answer; and while the work is under way for the first version, or for one that should have been approved when
// it began. What waits for Finance or a director is theirs.
func (w *asking) caseOf(i *Initiative) {
	starts := i.Now.Start.First()
	approved := false
	var open *BusinessCase
	versions := w.p.CasesOf(i.ID)
	for _, c := range versions {
		approved = approved || c.State == Approved
		if c.Open() {
			open = c
		}
	}
	switch {
	case open != nil && open.State != Draft:
	case open != nil && open.Returned != nil:
		w.add(Task{Kind: CaseReturned, Initiative: i, Subject: open, Since: open.Returned.At, Note: open.Returned.Note})
	case !underWay(i):
	case len(versions) == 0:
		w.add(Task{Kind: CaseMissing, Initiative: i, Subject: i, Due: starts})
	case !approved && starts != 0 && starts <= w.p.Today:
		w.add(Task{Kind: CaseOverdue, Initiative: i, Subject: versions[len(versions)-1], Due: starts})
	}
}

// benefit asks for what a gain lacks: its amount, a claim that must be mended, a month that has passed, a measurement.
func (w *asking) benefit(i *Initiative, b *Benefit) {
	if i.Plan.State != InPlan {
		return
	}
	if b.Indicator != nil {
		w.measurement(i, b)
	}
	if b.Cash == nil {
		return
	}
	t := Task{Initiative: i, Subject: b}
	if b.Unknown() {
		t.Kind = AmountMissing
		w.add(t)
		return
	}
	if e := w.rejected[b.ID]; e != nil && e.Settled != nil && len(e.Months) > 0 {
		t.Kind, t.Amount, t.Note = ClaimRejected, amount.Exactly(e.Total().Net()), e.Settled.Note
		t.Month, t.Last = e.Months[0].Month, e.Months[len(e.Months)-1].Month
		w.add(t)
		return // the month it left open asks for the same
	}
	for m := max(b.From, w.open); m < w.ended; m++ {
		if net := b.Monthly(m).Net(); net != 0 && !w.p.Reported(b.ID, m) {
			t.Kind, t.Month, t.Amount = MonthUnclaimed, m, amount.Exactly(net)
			w.add(t)
			return
		}
	}
}

// Reported tells a month that has been claimed or confirmed on the gain.
func (p *Portfolio) Reported(b BenefitID, m Month) bool {
	_, claimed := p.Ledger(b).Claimed(m)
	_, confirmed := p.Ledger(b).Confirmed(m)
	return claimed || confirmed
}

// waiting is the net sum of what is claimed and not settled, in øre, and the first month of it; 0 where nothing is.
func (l *Ledger) waiting() (sum amount.Money, first Month) {
	if l == nil {
		return 0, 0
	}
	for k, n := range l.claims {
		if n == 0 {
			continue
		}
		if first == 0 {
			first = l.from + Month(k)
		}
		sum += l.claimed[k].Net()
	}
	return sum, first
}

// measurement asks for a value of the indicator once the effect month has passed, and then once a year.
func (w *asking) measurement(i *Initiative, b *Benefit) {
	if b.From == 0 || b.From >= w.ended {
		return
	}
	due := b.From.Last()
	if n := len(b.Indicator.Measurements); n > 0 {
		last := b.Indicator.Measurements[n-1].Date
		due = max(due, amount.NewDate(last.Year()+1, last.MonthNumber(), last.Day()))
	}
	if due < w.p.Today {
		w.add(Task{Kind: MeasurementDue, Initiative: i, Subject: b, Due: due})
	}
}

// cases asks Finance to assure and directors to approve, but nobody his own, and not what has left the plan.
func (w *asking) cases() {
	for c := range w.p.Cases.All() {
		t := Task{Subject: c}
		switch {
		case c.State == Submitted && c.Submitted != nil && w.p.May(w.u, AssureCase, c):
			t.Kind, t.Since = CaseToAssure, c.Submitted.At
		case c.State == Assured && c.Assured != nil && w.p.May(w.u, ApproveCase, c):
			t.Kind, t.Since = CaseToApprove, c.Assured.At
		default:
			continue
		}
		if t.Initiative = w.p.Initiatives.Get(c.Initiative); t.Initiative != nil && t.Initiative.Plan.State != OutOfPlan && c.independent(w.p, By{User: w.u}) == nil {
			w.add(t)
		}
	}
}

// dated asks for milestones, risks and answers. Each asks its own owner, else whoever runs the initiative.
func (w *asking) dated() {
	mine := func(id InitiativeID, own UserID) *Initiative {
		i := w.p.Initiatives.Get(id)
		if i == nil || i.Plan.State == OutOfPlan || i.Stage == Closed || cmp.Or(own, i.ProjectOwner, i.BenefitOwner) != w.u.ID {
			return nil
		}
		return i
	}
	soon := w.p.Today.AddDays(milestoneNotice)
	for m := range w.p.Milestones.All() {
		if m.Done != 0 || m.Due > soon {
			continue
		}
		if i := mine(m.Initiative, m.Owner); i != nil {
			w.add(Task{Kind: MilestoneDue, Initiative: i, Subject: m, Due: m.Due})
		}
	}
	for r := range w.p.Risks.All() {
		if r.Closed != 0 || r.Review > w.p.Today {
			continue
		}
		if i := mine(r.Initiative, r.Owner); i != nil {
			w.add(Task{Kind: RiskToReview, Initiative: i, Subject: r, Due: r.Review})
		}
	}
	for q := range w.p.Questions.All() {
		i := w.p.Initiatives.Get(q.Initiative)
		if q.Answer == nil && i != nil && w.answers(q, i) {
			w.add(Task{Kind: QuestionToAnswer, Initiative: i, Subject: q, Since: q.Asked.At, Note: q.Text})
		}
	}
}

// answers reports that a question is the user's to answer: both owners may, and each sees it until one of them has.
func (w *asking) answers(q *Question, i *Initiative) bool {
	if b := w.p.Benefits.Get(q.Benefit); b != nil {
		return b.asks(i, w.u.ID)
	}
	return i.ProjectOwner == w.u.ID || i.BenefitOwner == w.u.ID
}

// decisions asks those who record decisions for the ones that wait.
func (w *asking) decisions() {
	if !w.p.May(w.u, RecordDecision, nil) {
		return
	}
	for d := range w.p.Decisions.All() {
		if d.Waits() {
			w.add(Task{Kind: DecisionWaiting, Subject: d, Note: d.Waiting})
		}
	}
}

// ideas asks a director to approve what his units propose, and each director for his scores in the rounds that are open.
func (w *asking) ideas() {
	if w.u.Role != Director {
		return // the office records what a director approved, and is not asked to
	}
	for c := range w.p.Items.All() {
		if c.Proposal != nil && w.p.May(w.u, PrioritiseItem, c) {
			w.add(Task{Kind: PriorityToApprove, Subject: c, Since: c.Proposal.At, Note: c.Proposal.Period})
		}
	}
	for r := range w.p.Rounds.All() {
		if r.Closed == nil && len(w.p.ScoresFor(w.u, r)) == 0 {
			w.add(Task{Kind: ScoresToGive, Subject: r, Since: r.Opened.At})
		}
	}
}
