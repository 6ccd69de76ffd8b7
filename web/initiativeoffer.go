package web

import (
	"fmt"
	"slices"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/store"
)

// place puts a form where it belongs, or first on the page when it is the one that was refused.
func (v *initiativeView) place(at **formView, f *formView) {
	if f.Sent != nil {
		v.Again = f
		return
	}
	*at = f
}

// offerForms offers what the reader may do to the initiative. The refused form is always shown again, so that nothing typed
// is lost even if others have taken the occasion away.
func (r *request) offerForms(i *portfolio.Initiative, v *initiativeView) {
	add := func(name string, action portfolio.Action, fill func(*formView)) {
		address := fmt.Sprintf("/initiatives/%d/%s", i.ID, name)
		if !r.may(action, i) && !r.sent(address) {
			return
		}
		f := r.offer(name, name, address, i)
		fill(f)
		var at *formView
		if v.place(&at, f); at != nil {
			v.Forms = append(v.Forms, at)
		}
	}
	if i.Stage < portfolio.Closed {
		add("stage", portfolio.AdvanceInitiative, func(f *formView) { r.stageForm(f, i) })
		add("delay", portfolio.ReportDelay, func(f *formView) {
			f.text("until", "")
			f.whole("months", 0)
			f.area("note", "")
			f.Preview = f.Action + "/preview"
		})
	}
	add("edit", portfolio.EditBenefit, func(f *formView) {
		f.area("summary", i.Summary)
		f.figure("one_off", i.OneOff)
		f.month("start", i.Now.Start)
		f.month("done", i.Now.Done)
		f.text("case_no", i.CaseFile.No)
		f.text("case_url", i.CaseFile.URL)
		f.text("note", "")
	})
	add("owners", portfolio.AssignOwner, func(f *formView) {
		people := r.people(r.say("initiatives.none_named"), mayOwn)
		f.choose("project_owner", idText(i.ProjectOwner), people)
		f.choose("benefit_owner", idText(i.BenefitOwner), people)
		f.text("note", "")
	})
	add("plan", portfolio.ChangePlan, func(f *formView) {
		states := slices.DeleteFunc(portfolio.Memberships(), func(m portfolio.Membership) bool { return m == i.Plan.State })
		f.choose("state", "", codes(r, "plan_state", states, r.say("initiatives.choose")))
		f.area("reason", "")
		f.choose("decision", "", r.decisions(r.say("initiatives.choose")))
	})
	add("needs", portfolio.StateNeeds, func(f *formView) { r.needsForm(f, i) })
	add("comment", portfolio.Comment, func(f *formView) { f.area("note", "") })
	r.offerBenefitForms(i, v)
}

// stageForm leads one step on; which one is decided by where the initiative is now.
func (r *request) stageForm(f *formView, i *portfolio.Initiative) {
	next := i.Stage + 1
	f.Title = r.say("initiatives.form.stage_to", r.say("stage."+next.String()))
	f.Button = f.Title
	f.hidden("stage", next.String())
	f.text("note", "")
}

func (r *request) offerBenefitForms(i *portfolio.Initiative, v *initiativeView) {
	if r.may(portfolio.EditBenefit, i) {
		v.NewHref = fmt.Sprintf("/initiatives/%d/benefits/new", i.ID)
	}
	for _, row := range v.Benefits {
		if b := r.p.Benefits.Get(row.ID); b.Cash != nil && r.may(portfolio.ClaimSaving, b) {
			row.ClaimHref = claimHref(b.ID)
		}
	}
}

func idText[K ~int64](id K) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(int64(id), 10)
}

// initiativeNotice says what was just done by the first event of the write, which is the one that was asked for; of a delay
// it says what it does to the year.
func (r *request) initiativeNotice(i *portfolio.Initiative, v *initiativeView) (string, error) {
	q := form{Values: r.query}
	seq := q.int("saved")
	if seq <= 0 || seq > r.p.Seq || q.err() != nil {
		return "", nil
	}
	last, err := r.s.Store.Events(r.Context(), r.p, store.EventFilter{After: seq - 1, Before: seq + 1, Limit: 1})
	if err != nil || len(last) == 0 {
		return "", err
	}
	batch, err := r.s.Store.Events(r.Context(), r.p, store.EventFilter{After: last[0].Batch - 1, Before: seq + 1, Limit: maxHistory})
	if err != nil {
		return "", err
	}
	first := batch[len(batch)-1]
	said, err := r.sentences([]portfolio.Event{first})
	if err != nil {
		return "", err
	}
	notice := r.say("notice.saved", said[0].Who, said[0].Text)
	if first.Verb != "initiative.delay" || first.Subject != int64(i.ID) || !v.Planned.Known {
		return notice, nil
	}
	slipped, err := r.slipped(i, batch, v.Year)
	if err != nil {
		return "", err
	}
	was := v.Planned.Figure
	was.Ore += slipped
	return notice + " " + r.say("initiatives.delay_effect", v.Year, was, v.Planned.Figure), nil
}

// slipped is what a delay took out of the year, in øre: of each gain it moved, the effect by the terms before less the one by
// the terms after.
func (r *request) slipped(i *portfolio.Initiative, batch []portfolio.Event, year int) (lost amount.Money, err error) {
	for _, e := range batch {
		if e.Verb != "benefit.move" {
			continue
		}
		before, err := r.s.Store.Events(r.Context(), r.p, store.EventFilter{Kind: e.Kind, Subject: e.Subject, Before: e.Seq, Limit: 1})
		if err != nil || len(before) == 0 {
			return 0, err
		}
		is, err := portfolio.Decode(e.Kind, e.Format, e.Payload)
		if err != nil {
			return 0, err
		}
		was, err := portfolio.Decode(e.Kind, before[0].Format, before[0].Payload)
		if err != nil {
			return 0, err
		}
		earlier, later := was.(*portfolio.Benefit), is.(*portfolio.Benefit)
		part := r.p.Part(later, i.Programme)
		lost += part.Of(earlier.InYear(year).Net()) - part.Of(later.InYear(year).Net())
	}
	return lost, nil
}
