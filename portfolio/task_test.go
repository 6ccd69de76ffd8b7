package portfolio_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/portfoliotest"
)

// told is a task in short: its kind, the day or the month it names, and what it is about.
func told(t portfolio.Task) string {
	when := t.Due.String()
	if t.Due == 0 {
		when = t.Month.String()
	}
	return strings.TrimSpace(fmt.Sprintf("%s %s/%d %s", t.Kind, t.Subject.Kind(), t.Subject.Key(), when))
}

func (d *desk) tasks(u portfolio.UserID, rejected ...*portfolio.Entry) (list []string) {
	sent := map[portfolio.BenefitID]*portfolio.Entry{}
	for _, e := range rejected {
		sent[e.Benefit] = e
	}
	for _, t := range d.Portfolio().Tasks(d.Portfolio().Users.Get(u), sent) {
		list = append(list, told(t))
	}
	return list
}

// set puts a value straight in, where the way there by verbs is long and not what is asked about.
func set[R portfolio.Record](d *desk, r R) R {
	d.Save(r, portfolio.Event{Verb: "test.set"})
	return r
}

func (d *desk) edit(change func(*portfolio.Initiative)) {
	i := *d.initiative()
	change(&i)
	set(d, &i)
}

func (d *desk) alter(id portfolio.BenefitID, change func(*portfolio.Benefit)) {
	b := *d.Portfolio().Benefits.Get(id)
	change(&b)
	set(d, &b)
}

// version puts in a version of the business case.
func (d *desk) version(state portfolio.CaseState, author portfolio.UserID, returned bool) {
	step := &portfolio.CaseStep{By: d.x.Chief, At: portfoliotest.Start, Note: "mangler drift"}
	c := &portfolio.BusinessCase{ID: 1, Initiative: d.x.Initiative, No: 1, State: state, Authors: []portfolio.UserID{author}}
	switch {
	case returned:
		c.Returned = step
	case state == portfolio.Submitted:
		c.Submitted = step
	case state >= portfolio.Assured:
		c.Submitted, c.Assured = step, step
	}
	set(d, c)
}

func TestTasks(t *testing.T) {
	const (
		missing    = "case_missing initiative/1 2018-01-01"
		april      = "month_unclaimed benefit/1 2018-04"
		commentary = "commentary_due initiative/1 2018-08-31"
	)
	owner := func(d *desk) portfolio.UserID { return d.x.Owner }
	chief := func(d *desk) portfolio.UserID { return d.x.Chief }
	office := func(d *desk) portfolio.UserID { return d.x.Office }
	director := func(d *desk) portfolio.UserID { return d.x.Director }
	viewer := func(d *desk) portfolio.UserID { return d.x.Viewer }
	stranger := func(d *desk) portfolio.UserID { return d.x.Stranger }
	for _, c := range []struct {
		title string
		given func(d *desk)
		who   func(d *desk) portfolio.UserID
		want  []string
	}{
		{"an owner is asked for the case, the month that has passed and the commentary, the oldest first", func(*desk) {}, owner, []string{missing, april, commentary}},
		{"nobody else is", func(*desk) {}, stranger, nil},
		{"a viewer is asked for nothing", func(*desk) {}, viewer, nil},
		{"an owner whose account is closed is asked for nothing", func(d *desk) {
			set(d, &portfolio.User{ID: d.x.Owner, Role: portfolio.ProjectOwner, Disabled: true})
		}, owner, nil},
		{"no case is asked for before the analysis", func(d *desk) {
			d.edit(func(i *portfolio.Initiative) { i.Stage = portfolio.Selected })
		}, owner, []string{april}},
		{"what is out of the plan asks for nothing", func(d *desk) {
			d.edit(func(i *portfolio.Initiative) { i.Plan.State = portfolio.OutOfPlan })
		}, owner, nil},
		{"a draft that nobody approved is overdue once the work has begun", func(d *desk) { d.version(portfolio.Draft, d.x.Owner, false) }, owner, []string{"case_overdue business_case/1 2018-01-01", april, commentary}},
		{"a draft is not, while the work is to come", func(d *desk) {
			d.version(portfolio.Draft, d.x.Owner, false)
			d.edit(func(i *portfolio.Initiative) { i.Now.Start = month(10) })
		}, owner, []string{april, commentary}},
		{"a draft that was sent back waits for its owner", func(d *desk) { d.version(portfolio.Draft, d.x.Owner, true) }, owner, []string{april, commentary, "case_returned business_case/1"}},
		{"also where the board has taken the initiative out of the plan", func(d *desk) {
			d.version(portfolio.Draft, d.x.Owner, true)
			d.edit(func(i *portfolio.Initiative) { i.Plan.State = portfolio.OutOfPlan })
		}, owner, []string{"case_returned business_case/1"}},
		{"or lets it wait", func(d *desk) {
			d.version(portfolio.Draft, d.x.Owner, true)
			d.edit(func(i *portfolio.Initiative) { i.Plan.State, i.Stage = portfolio.Awaiting, portfolio.Selected })
		}, owner, []string{"case_returned business_case/1"}},
		{"and where the work has not begun, or is over", func(d *desk) {
			d.version(portfolio.Draft, d.x.Owner, true)
			d.edit(func(i *portfolio.Initiative) { i.Stage, i.BenefitOwner = portfolio.Closed, d.x.Stranger })
		}, owner, []string{"case_returned business_case/1"}},
		{"a case that Finance has is not the owner's to push", func(d *desk) { d.version(portfolio.Submitted, d.x.Owner, false) }, owner, []string{april, commentary}},
		{"it is Finance's", func(d *desk) { d.version(portfolio.Submitted, d.x.Owner, false) }, chief, []string{"case_to_assure business_case/1"}},
		{"but not of one who has written in it", func(d *desk) { d.version(portfolio.Submitted, d.x.Chief, false) }, chief, nil},
		{"an assured case waits for the director of the area", func(d *desk) { d.version(portfolio.Assured, d.x.Owner, false) }, director, []string{"case_to_approve business_case/1"}},
		{"and of no other area's", func(d *desk) {
			d.version(portfolio.Assured, d.x.Owner, false)
			d.edit(func(i *portfolio.Initiative) { i.Area = d.x.OtherArea })
		}, director, nil},
		{"an approved case asks for nothing", func(d *desk) { d.version(portfolio.Approved, d.x.Owner, false) }, owner, []string{april, commentary}},
		{"an initiative without an owner is the programme office's", func(d *desk) {
			d.edit(func(i *portfolio.Initiative) { i.ProjectOwner, i.BenefitOwner = 0, 0 })
		}, office, []string{"owner_missing initiative/1"}},
		{"and its area's director's", func(d *desk) {
			d.edit(func(i *portfolio.Initiative) { i.ProjectOwner, i.BenefitOwner = 0, 0 })
		}, director, []string{"owner_missing initiative/1"}},
		{"benefits without an owner are told of by themselves", func(d *desk) {
			d.edit(func(i *portfolio.Initiative) { i.BenefitOwner = 0 })
		}, office, []string{"benefit_owner_missing initiative/1"}},
		{"also when the project is closed", func(d *desk) {
			d.edit(func(i *portfolio.Initiative) { i.ProjectOwner, i.BenefitOwner, i.Stage = 0, 0, portfolio.Closed })
		}, office, []string{"benefit_owner_missing initiative/1"}},
		{"an amount that is not known is asked for instead of a claim", func(d *desk) {
			d.alter(d.x.Benefit, func(b *portfolio.Benefit) { b.Gross = amount.Figure{} })
		}, owner, []string{missing, commentary, "amount_missing benefit/1"}},
		{"an initiative without benefits asks for one", func(d *desk) {
			for _, id := range []portfolio.BenefitID{d.x.Benefit, d.x.Quality} {
				d.alter(id, func(b *portfolio.Benefit) { b.Removed = true })
			}
		}, owner, []string{missing, commentary, "benefit_missing initiative/1"}},
		{"a claim asks for the first month after those that were claimed", func(d *desk) { d.claimed(4, 5) }, owner, []string{missing, "month_unclaimed benefit/1 2018-06", commentary}},
		{"months that a follow-up has closed are not asked for", func(d *desk) { d.freeze(20180630) }, owner, []string{missing, "month_unclaimed benefit/1 2018-07", commentary}},
		{"claims of one initiative are one task of Finance", func(d *desk) { d.claimed(4); d.claimed(5, 6) }, chief, []string{"claims_to_settle initiative/1 2018-04"}},
		{"settled claims are none", func(d *desk) { d.settled(d.claimed(4), true) }, chief, nil},
		{"nobody settles his own gain", func(d *desk) {
			d.claimed(4)
			d.alter(d.x.Benefit, func(b *portfolio.Benefit) { b.Owner = d.x.Chief })
		}, chief, []string{april[:len(april)-1] + "5"}},
		{"a milestone is asked for two weeks before, and not three", func(d *desk) {
			set(d, &portfolio.Milestone{ID: 1, Initiative: d.x.Initiative, Title: "Aftale", Due: 20180917})
			set(d, &portfolio.Milestone{ID: 2, Initiative: d.x.Initiative, Title: "Drift", Due: 20180918})
			set(d, &portfolio.Milestone{ID: 3, Initiative: d.x.Initiative, Title: "Test", Due: 20180601, Done: 20180601})
		}, owner, []string{missing, april, commentary, "milestone_due milestone/1 2018-09-17"}},
		{"a milestone with an owner of its own asks that one", func(d *desk) {
			set(d, &portfolio.Milestone{ID: 1, Initiative: d.x.Initiative, Title: "Aftale", Due: 20180801, Owner: d.x.Stranger})
		}, stranger, []string{"milestone_due milestone/1 2018-08-01"}},
		{"a risk is looked at again on its day", func(d *desk) {
			set(d, &portfolio.Risk{ID: 1, Initiative: d.x.Initiative, Review: 20180903, Owner: d.x.Stranger})
			set(d, &portfolio.Risk{ID: 2, Initiative: d.x.Initiative, Review: 20180904, Owner: d.x.Stranger})
			set(d, &portfolio.Risk{ID: 3, Initiative: d.x.Initiative, Review: 20180801, Owner: d.x.Stranger, Closed: 20180802})
		}, stranger, []string{"risk_to_review risk/1 2018-09-03"}},
		{"a question waits until it is answered", func(d *desk) {
			asked := portfolio.CaseStep{By: d.x.Chief, At: portfoliotest.Start}
			set(d, &portfolio.Question{ID: 1, Initiative: d.x.Initiative, Text: "Hvornår?", Asked: asked})
			set(d, &portfolio.Question{ID: 2, Initiative: d.x.Initiative, Text: "Hvem?", Asked: asked, Answer: &asked})
		}, owner, []string{missing, april, commentary, "question_to_answer question/1"}},
		{"a commentary that was written is not asked for again", func(d *desk) {
			set(d, &portfolio.Commentary{ID: 1, Initiative: d.x.Initiative, FollowUp: 20180831})
		}, owner, []string{missing, april}},
		{"nor one that has been frozen over", func(d *desk) { d.freeze(20180831) }, owner, []string{missing}},
		{"an indicator is measured when its effect month has passed", func(d *desk) {
			d.alter(d.x.Quality, func(b *portfolio.Benefit) { b.From, b.Owner = month(5), d.x.Stranger })
		}, stranger, []string{"measurement_due benefit/2 2018-05-31"}},
		{"and again a year after it was", func(d *desk) {
			d.alter(d.x.Quality, func(b *portfolio.Benefit) {
				b.From, b.Owner = amount.NewMonth(2017, 5), d.x.Stranger
				b.Indicator = &portfolio.Indicator{Measurements: []portfolio.Measurement{{Date: 20170902}}}
			})
		}, stranger, []string{"measurement_due benefit/2 2018-09-02"}},
		{"not before", func(d *desk) {
			d.alter(d.x.Quality, func(b *portfolio.Benefit) {
				b.From, b.Owner = amount.NewMonth(2017, 5), d.x.Stranger
				b.Indicator = &portfolio.Indicator{Measurements: []portfolio.Measurement{{Date: 20170904}}}
			})
		}, stranger, nil},
		{"the gains of a closed initiative still ask their owner, and the project asks for nothing", func(d *desk) {
			d.edit(func(i *portfolio.Initiative) { i.Stage, i.BenefitOwner = portfolio.Closed, d.x.Stranger })
		}, stranger, []string{april}},
		{"who no longer is its project owner is left alone", func(d *desk) {
			d.edit(func(i *portfolio.Initiative) { i.Stage, i.BenefitOwner = portfolio.Closed, d.x.Stranger })
		}, owner, nil},
		{"what a decision waits for waits for those who record decisions", func(d *desk) {
			w := *d.Portfolio().Decisions.Get(d.x.Decision)
			w.Waiting = "OPUS afklares"
			set(d, &w)
		}, director, []string{"decision_waiting decision/1"}},
	} {
		t.Run(c.title, func(t *testing.T) {
			d := newDesk(t)
			c.given(d)
			if got := d.tasks(c.who(d)); !slices.Equal(got, c.want) {
				t.Errorf("got  %v\nwant %v", got, c.want)
			}
		})
	}
	t.Run("a claim that was sent back is asked for instead of the month it left open", func(t *testing.T) {
		d := newDesk(t)
		e := d.settled(d.claimed(5), false)
		if got, want := d.tasks(d.x.Owner, e), []string{missing, "claim_rejected benefit/1 2018-05", commentary}; !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
	t.Run("what waits for Finance has its sum", func(t *testing.T) {
		d := newDesk(t)
		d.claimed(4, 5)
		list := d.Portfolio().Tasks(d.Portfolio().Users.Get(d.x.Chief), nil)
		if len(list) != 1 || list[0].Amount != amount.Exactly(2_000*amount.Krone) {
			t.Errorf("%+v", list)
		}
	})
}

func TestFollowUpDays(t *testing.T) {
	for _, c := range []struct {
		today, frozen, due, next portfolio.Date
	}{
		{20180816, 0, 20180630, 20180630},
		{20180816, 20180630, 0, 20180831},
		{20180817, 20180630, 20180831, 20180831},
		{20180903, 20180831, 0, 20181231},
		{20181218, 20180831, 20181231, 20181231},
		{20190102, 20180831, 20181231, 20181231},
		{20190102, 20181231, 0, 20190331},
	} {
		t.Run(fmt.Sprintf("on %s, frozen up to %q, %q is to be commented on", c.today, c.frozen, c.due), func(t *testing.T) {
			d := newDesk(t)
			if c.frozen != 0 {
				d.freeze(min(c.frozen, 20180903))
				if c.frozen > 20180903 {
					set(d, &portfolio.FollowUp{ID: 2, Date: c.frozen})
				}
			}
			p := d.Portfolio().On(c.today)
			if due, next := p.CommentaryDue(), p.NextFollowUp(); due != c.due || next != c.next {
				t.Errorf("due %s, next %s, want %s and %s", due, next, c.due, c.next)
			}
		})
	}
}

func TestManyTasks(t *testing.T) {
	t.Run("of ten thousand initiatives the tasks are found at once, in the same order each time", func(t *testing.T) {
		d := newDesk(t)
		p := d.Portfolio()
		var changes []portfolio.Change
		add := func(r portfolio.Record) { changes = append(changes, portfolio.Change{Record: r}) }
		for n := 2; n <= 10_000; n++ {
			i, b := *d.initiative(), *p.Benefits.Get(d.x.Benefit)
			i.ID, b.ID, b.Initiative = portfolio.InitiativeID(n), portfolio.BenefitID(n+1), portfolio.InitiativeID(n)
			add(&i)
			add(&b)
			add(&portfolio.Milestone{ID: portfolio.MilestoneID(n), Initiative: i.ID, Due: 20180901})
			add(&portfolio.Commentary{ID: portfolio.CommentaryID(n), Initiative: i.ID, FollowUp: 20180630})
		}
		p = p.Extend(changes...)
		u := p.Users.Get(d.x.Owner)
		start := time.Now()
		first := p.Tasks(u, nil)
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("took %s", took)
		}
		second := p.Tasks(u, nil)
		if len(first) != 3*10_000+9_999 || !slices.EqualFunc(first, second, func(a, b portfolio.Task) bool { return told(a) == told(b) }) {
			t.Errorf("%d and %d tasks", len(first), len(second))
		}
	})
}
