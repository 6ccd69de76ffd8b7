package web

import (
	"fmt"
	"net/http"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// initiativeAct reads a form and gives what it does to the initiative, in the write's transaction.
type initiativeAct func(r *request) func(tx *store.Tx, by portfolio.By, i *portfolio.Initiative) error

// initiativeForm is the address of a form on one initiative. Rights come before the version: whoever may not, learns nothing of
// what has changed.
func (s *Server) initiativeForm(name string, action portfolio.Action, act initiativeAct, sends fields) route {
	form := func(r *request) (*done, error) {
		id, err := pathID(r, portfolio.KindInitiative)
		if err != nil {
			return nil, err
		}
		change := act(r)
		seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
			i := tx.Portfolio().Initiatives.Get(portfolio.InitiativeID(id))
			if i == nil {
				return portfolio.Missing(portfolio.KindInitiative, id)
			}
			if err := allowed(tx, by, action, i); err != nil {
				return err
			}
			if err := r.form.seen(i); err != nil {
				return err
			}
			return change(tx, by, i)
		})
		return &done{location: fmt.Sprintf("/initiatives/%d", id), seq: seq}, err
	}
	return route{
		method: http.MethodPost, pattern: "/initiatives/{id}/" + name, action: action, page: s.initiative, form: form,
		view: initiativeView{}, sends: seenFields.and(sends),
	}
}

// allowed asks the grant table, as the verb will again.
func allowed(tx *store.Tx, by portfolio.By, action portfolio.Action, subject portfolio.Record) error {
	if tx.Portfolio().May(by.User, action, subject) {
		return nil
	}
	return &portfolio.Error{Kind: portfolio.Forbidden, Code: "error.forbidden", Args: []any{action.String()}}
}

// save saves what a verb gives, unless it refused.
func save[R portfolio.Record](tx *store.Tx, r R, e portfolio.Event, err error) error {
	if err != nil {
		return err
	}
	tx.Save(r, e)
	return nil
}

func editInitiative(r *request) func(*store.Tx, portfolio.By, *portfolio.Initiative) error {
	f := r.form
	sent := portfolio.Initiative{
		Summary: f.get("summary"), OneOff: figureOrOre(f, "one_off"),
		Now:      portfolio.Schedule{Start: f.month("start"), Done: f.month("done")},
		CaseFile: portfolio.CaseFile{No: f.get("case_no"), URL: f.get("case_url")},
	}
	return func(tx *store.Tx, by portfolio.By, i *portfolio.Initiative) error {
		to := *i
		if given(f, "summary") {
			to.Summary = sent.Summary
		}
		if given(f, "one_off") || given(f, "one_off_ore") {
			to.OneOff = sent.OneOff
		}
		if given(f, "start") {
			to.Now.Start = sent.Now.Start
		}
		if given(f, "done") {
			to.Now.Done = sent.Now.Done
		}
		if given(f, "case_no") {
			to.CaseFile.No = sent.CaseFile.No
		}
		if given(f, "case_url") {
			to.CaseFile.URL = sent.CaseFile.URL
		}
		next, e, err := i.Edit(tx.Portfolio(), by, to)
		return save(tx, next, e, err)
	}
}

func assignOwners(r *request) func(*store.Tx, portfolio.By, *portfolio.Initiative) error {
	project, benefit := portfolio.UserID(r.form.int("project_owner")), portfolio.UserID(r.form.int("benefit_owner"))
	return func(tx *store.Tx, by portfolio.By, i *portfolio.Initiative) error {
		to := [2]portfolio.UserID{i.ProjectOwner, i.BenefitOwner}
		if given(r.form, "project_owner") {
			to[0] = project
		}
		if given(r.form, "benefit_owner") {
			to[1] = benefit
		}
		next, e, err := i.Assign(tx.Portfolio(), by, to[0], to[1])
		return save(tx, next, e, err)
	}
}

func advanceStage(r *request) func(*store.Tx, portfolio.By, *portfolio.Initiative) error {
	var to portfolio.Stage
	r.form.code("stage", &to)
	return func(tx *store.Tx, by portfolio.By, i *portfolio.Initiative) error {
		next, e, err := i.Advance(tx.Portfolio(), by, to)
		return save(tx, next, e, renamed(err, map[string]string{"project_owner": "owners"}))
	}
}

func changePlan(r *request) func(*store.Tx, portfolio.By, *portfolio.Initiative) error {
	var to portfolio.Membership
	r.form.code("state", &to)
	reason := r.form.get("reason")
	return func(tx *store.Tx, by portfolio.By, i *portfolio.Initiative) error {
		by.Note = reason // the history tells why
		next, e, err := i.SetPlan(tx.Portfolio(), by, to, reason)
		return save(tx, next, e, err)
	}
}

// comment adds a remark. It takes nothing from what others write, so it is not held to a version unless the sender names one.
func (s *Server) comment(r *request) (*done, error) {
	id, err := pathID(r, portfolio.KindInitiative)
	if err != nil {
		return nil, err
	}
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		i := tx.Portfolio().Initiatives.Get(portfolio.InitiativeID(id))
		if i == nil {
			return portfolio.Missing(portfolio.KindInitiative, id)
		}
		if err := allowed(tx, by, portfolio.Comment, i); err != nil {
			return err
		}
		if err := seenIfSent(r.form, i); err != nil {
			return err
		}
		next, e, err := i.Comment(tx.Portfolio(), by)
		return save(tx, next, e, err)
	})
	return &done{location: fmt.Sprintf("/initiatives/%d", id), seq: seq}, err
}
