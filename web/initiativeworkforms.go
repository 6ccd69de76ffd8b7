package web

import (
	"fmt"
	"slices"
	"strconv"

	"gevinst/portfolio"
)

// workForm is a form on a part of an initiative: what it is called in the words, where it is sent, and by which right.
type workForm struct {
	key, id, address string
	action           portfolio.Action
	subject          portfolio.Record
}

// part makes a form of the initiative's page and fills it in; nil where there is no occasion for it, or the reader may not. A
// refused one is shown on top instead, whoever may have taken the occasion away meanwhile.
func (r *request) part(v *initiativeView, w workForm, occasion bool, fill func(*formView)) *formView {
	if !r.sent(w.address) && (!occasion || !r.may(w.action, w.subject)) {
		return nil
	}
	f := r.offer(w.key, w.id, w.address, w.subject)
	fill(f)
	var at *formView
	v.place(&at, f)
	return at
}

// forms leaves out what is not offered.
func forms(list ...*formView) []*formView {
	return slices.DeleteFunc(list, func(f *formView) bool { return f == nil })
}

// offerWork offers what the reader may do to the parts of the work.
func (r *request) offerWork(i *portfolio.Initiative, v *initiativeView) {
	r.offerNewWork(i, v)
	for _, row := range v.Milestones {
		m := r.p.Milestones.Get(row.ID)
		form := func(name string) workForm {
			return workForm{"milestone_" + name, fmt.Sprintf("milestone-%d-%s", m.ID, name), fmt.Sprintf("/milestones/%d/%s", m.ID, name), portfolio.EditMilestone, m}
		}
		row.Reach = r.part(v, form("reach"), m.Done == 0, func(f *formView) {
			f.Title = r.say("work.form.reach_of", m.Title)
			f.text("done", r.p.Today.String())
		})
		row.Forms = forms(
			r.part(v, form("edit"), true, func(f *formView) {
				f.Title = r.say("work.form.edit_of", m.Title)
				r.milestoneFields(f, m)
				f.text("done", m.Done.String())
				f.text("note", "")
			}),
			r.part(v, form("remove"), true, func(f *formView) { r.removal(f, m.Title) }),
		)
	}
	for _, row := range v.Risks {
		k := r.p.Risks.Get(row.ID)
		form := func(name string) workForm {
			return workForm{"risk_" + name, fmt.Sprintf("risk-%d-%s", k.ID, name), fmt.Sprintf("/risks/%d/%s", k.ID, name), portfolio.EditMilestone, k}
		}
		row.Forms = forms(
			r.part(v, form("edit"), true, func(f *formView) {
				f.Title = r.say("work.form.edit_of", k.Title)
				r.riskFields(f, k)
				f.text("note", "")
			}),
			r.part(v, form("close"), k.Closed == 0, func(f *formView) {
				f.Title = r.say("work.form.close_of", k.Title)
				f.text("closed", r.p.Today.String())
				f.area("note", "")
			}),
			r.part(v, form("remove"), true, func(f *formView) { r.removal(f, k.Title) }),
		)
	}
	for _, row := range v.Questions {
		q := r.p.Questions.Get(row.ID)
		at := workForm{"question_answer", fmt.Sprintf("answer-%d", q.ID), fmt.Sprintf("/questions/%d/answer", q.ID), portfolio.AnswerQuestion, q}
		row.Reply = r.part(v, at, q.Answer == nil, func(f *formView) { f.area("note", "") })
	}
	for _, row := range v.Commentaries {
		c := r.p.Commentaries.Get(row.ID)
		at := workForm{"commentary_edit", fmt.Sprintf("commentary-%d", c.ID), fmt.Sprintf("/commentaries/%d/edit", c.ID), portfolio.WriteCommentary, c}
		row.Edit = r.part(v, at, !row.Frozen, func(f *formView) {
			f.Title = r.say("work.form.commentary_of", c.FollowUp)
			r.outlookFields(f, c)
		})
	}
}

// offerNewWork offers to add a part.
func (r *request) offerNewWork(i *portfolio.Initiative, v *initiativeView) {
	form := func(key, name string, action portfolio.Action) workForm {
		return workForm{key, name + "-new", fmt.Sprintf("/initiatives/%d/%s", i.ID, name), action, i}
	}
	v.NewMilestone = r.part(v, form("milestone_new", "milestones", portfolio.EditMilestone), true, func(f *formView) { r.milestoneFields(f, &portfolio.Milestone{}) })
	v.NewRisk = r.part(v, form("risk_new", "risks", portfolio.EditMilestone), true, func(f *formView) { r.riskFields(f, &portfolio.Risk{}) })
	v.NewQuestion = r.part(v, form("question_new", "questions", portfolio.AskQuestion), true, func(f *formView) {
		about := []optionView{{Label: r.say("work.question.whole")}}
		for _, b := range r.p.BenefitsOf(i.ID) {
			about = append(about, optionView{Value: strconv.FormatInt(int64(b.ID), 10), Label: b.Title})
		}
		f.area("text", "")
		f.choose("benefit", "", about)
	})
	day := v.NextFollowUp
	open := day != 0 && r.p.CommentaryOn(i.ID, day) == nil
	v.NewCommentary = r.part(v, form("commentary_new", "commentaries", portfolio.WriteCommentary), open, func(f *formView) {
		f.Title = r.say("work.form.commentary_of", day)
		f.hidden("follow_up", day.String())
		r.outlookFields(f, &portfolio.Commentary{})
	})
}

func (r *request) milestoneFields(f *formView, m *portfolio.Milestone) {
	f.text("title", m.Title)
	f.text("due", m.Due.String())
	f.choose("owner", idText(m.Owner), r.people(r.say("work.owner_of_initiative"), mayOwn))
}

func (r *request) riskFields(f *formView, k *portfolio.Risk) {
	levels := codes(r, "level", portfolio.Levels(), r.say("initiatives.choose"))
	f.text("title", k.Title)
	f.choose("likelihood", k.Likelihood.String(), levels)
	f.choose("consequence", k.Consequence.String(), levels)
	f.area("response", k.Response)
	f.text("review", k.Review.String())
	f.choose("owner", idText(k.Owner), r.people(r.say("work.owner_of_initiative"), mayOwn))
}

func (r *request) outlookFields(f *formView, c *portfolio.Commentary) {
	f.choose("outlook", c.Outlook.String(), codes(r, "outlook", portfolio.Outlooks(), r.say("initiatives.choose")))
	f.area("text", c.Text)
}

// removal asks before a part is taken out.
func (r *request) removal(f *formView, title string) {
	f.Title = r.say("work.form.remove_of", title)
	f.text("note", "")
}
