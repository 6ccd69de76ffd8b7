package web

import (
	"cmp"
	"fmt"
	"net/http"

	"github.com/go-chi/chi/v5"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

var (
	milestoneInputs = fields{"title": "", "due": portfolio.Date(0), "owner": portfolio.UserID(0)}
	riskInputs      = fields{
		"title": "", "likelihood": portfolio.Level(0), "consequence": portfolio.Level(0), "response": "", "review": portfolio.Date(0), "owner": portfolio.UserID(0),
	}
	outlookInputs = fields{"outlook": portfolio.Outlook(0), "text": ""}
)

func (s *Server) workRoutes() []route {
	milestones := parts[portfolio.MilestoneID, portfolio.Milestone]{
		s, portfolio.KindMilestone, "/milestones",
		func(p *portfolio.Portfolio) portfolio.Table[portfolio.MilestoneID, portfolio.Milestone] {
			return p.Milestones
		},
		func(m *portfolio.Milestone) portfolio.InitiativeID { return m.Initiative },
	}
	risks := parts[portfolio.RiskID, portfolio.Risk]{
		s, portfolio.KindRisk, "/risks",
		func(p *portfolio.Portfolio) portfolio.Table[portfolio.RiskID, portfolio.Risk] { return p.Risks },
		func(k *portfolio.Risk) portfolio.InitiativeID { return k.Initiative },
	}
	questions := parts[portfolio.QuestionID, portfolio.Question]{
		s, portfolio.KindQuestion, "/questions",
		func(p *portfolio.Portfolio) portfolio.Table[portfolio.QuestionID, portfolio.Question] {
			return p.Questions
		},
		func(q *portfolio.Question) portfolio.InitiativeID { return q.Initiative },
	}
	commentaries := parts[portfolio.CommentaryID, portfolio.Commentary]{
		s, portfolio.KindCommentary, "/commentaries",
		func(p *portfolio.Portfolio) portfolio.Table[portfolio.CommentaryID, portfolio.Commentary] {
			return p.Commentaries
		},
		func(c *portfolio.Commentary) portfolio.InitiativeID { return c.Initiative },
	}
	return []route{
		s.newPart("milestones", portfolio.EditMilestone, portfolio.KindMilestone, newMilestone, milestoneInputs),
		milestones.form("edit", portfolio.EditMilestone, editMilestone, milestoneInputs.and(fields{"done": portfolio.Date(0)})),
		milestones.form("reach", portfolio.EditMilestone, reachMilestone, fields{"done": portfolio.Date(0)}),
		milestones.form("remove", portfolio.EditMilestone, removeMilestone, nil),
		s.newPart("risks", portfolio.EditMilestone, portfolio.KindRisk, newRisk, riskInputs),
		risks.form("edit", portfolio.EditMilestone, editRisk, riskInputs),
		risks.form("close", portfolio.EditMilestone, closeRisk, fields{"closed": portfolio.Date(0)}),
		risks.form("remove", portfolio.EditMilestone, removeRisk, nil),
		s.newPart("questions", portfolio.AskQuestion, portfolio.KindQuestion, newQuestion, fields{"text": "", "benefit": portfolio.BenefitID(0)}),
		questions.form("answer", portfolio.AnswerQuestion, answerQuestion, nil),
		s.newPart("commentaries", portfolio.WriteCommentary, portfolio.KindCommentary, newCommentary, outlookInputs.and(fields{"follow_up": portfolio.Date(0)})),
		commentaries.form("edit", portfolio.WriteCommentary, editCommentary, outlookInputs),
		s.delayPreviewRoute(),
	}
}

// parts are an initiative's parts of one kind: where their forms are sent, and how one is found.
type parts[K ~int64, T any] struct {
	s     *Server
	kind  portfolio.Kind
	path  string
	table func(*portfolio.Portfolio) portfolio.Table[K, T]
	of    func(*T) portfolio.InitiativeID
}

// form is the address of a form on one part. act reads what was sent and gives what it does, in the write's transaction.
func (at parts[K, T]) form(name string, action portfolio.Action, act func(*request) func(*store.Tx, portfolio.By, *T) error, sends fields) route {
	form := func(r *request) (*done, error) {
		id, err := pathID(r, at.kind)
		if err != nil {
			return nil, err
		}
		var of portfolio.InitiativeID
		change := act(r)
		seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
			part := at.table(tx.Portfolio()).Get(K(id))
			if part == nil {
				return portfolio.Missing(at.kind, id)
			}
			record := any(part).(portfolio.Record)
			if err := allowed(tx, by, action, record); err != nil {
				return err
			}
			if err := r.form.seen(record); err != nil {
				return err
			}
			of = at.of(part)
			return change(tx, by, part)
		})
		return &done{location: fmt.Sprintf("/initiatives/%d", of), seq: seq}, err
	}
	page := func(r *request) (*page, error) {
		id, err := pathID(r, at.kind)
		if err != nil {
			return nil, err
		}
		part := at.table(r.p).Ever(K(id))
		if part == nil {
			return nil, portfolio.Missing(at.kind, chi.URLParam(r.Request, "id"))
		}
		return r.initiativePage(at.of(part))
	}
	return route{
		method: http.MethodPost, pattern: at.path + "/{id}/" + name, action: action, page: page, form: form,
		view: initiativeView{}, sends: seenFields.and(sends),
	}
}

// newPart is the address of a form that adds a part to an initiative. It takes nothing from what others write, so it is not
// held to a version unless the sender names one.
func (s *Server) newPart(name string, action portfolio.Action, kind portfolio.Kind, add func(*request) func(*store.Tx, portfolio.By, portfolio.InitiativeID, int64) error, sends fields) route {
	form := func(r *request) (*done, error) {
		of, err := pathID(r, portfolio.KindInitiative)
		if err != nil {
			return nil, err
		}
		change := add(r)
		seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
			i := tx.Portfolio().Initiatives.Get(portfolio.InitiativeID(of))
			if i == nil {
				return portfolio.Missing(portfolio.KindInitiative, of)
			}
			if err := allowed(tx, by, action, i); err != nil {
				return err
			}
			if err := seenIfSent(r.form, i); err != nil {
				return err
			}
			id, err := tx.NextID(kind)
			if err != nil {
				return err
			}
			return change(tx, by, i.ID, id)
		})
		return &done{location: fmt.Sprintf("/initiatives/%d", of), seq: seq, created: true}, err
	}
	return route{
		method: http.MethodPost, pattern: "/initiatives/{id}/" + name, action: action, page: s.initiative, form: form,
		view: initiativeView{}, sends: seenFields.and(sends),
	}
}

// readMilestone reads a form; a program may send only what it changes.
func readMilestone(f *form) func(m *portfolio.Milestone) {
	sent := portfolio.Milestone{Title: f.get("title"), Due: f.date("due"), Owner: portfolio.UserID(f.int("owner"))}
	return func(m *portfolio.Milestone) {
		if given(f, "title") {
			m.Title = sent.Title
		}
		if given(f, "due") {
			m.Due = sent.Due
		}
		if given(f, "owner") {
			m.Owner = sent.Owner
		}
	}
}

func newMilestone(r *request) func(*store.Tx, portfolio.By, portfolio.InitiativeID, int64) error {
	put := readMilestone(r.form)
	return func(tx *store.Tx, by portfolio.By, of portfolio.InitiativeID, id int64) error {
		m := portfolio.Milestone{ID: portfolio.MilestoneID(id), Initiative: of}
		put(&m)
		next, e, err := portfolio.NewMilestone(tx.Portfolio(), by, m)
		return save(tx, next, e, err)
	}
}

func editMilestone(r *request) func(*store.Tx, portfolio.By, *portfolio.Milestone) error {
	put, day := readMilestone(r.form), r.form.date("done")
	return func(tx *store.Tx, by portfolio.By, m *portfolio.Milestone) error {
		to := *m
		put(&to)
		if given(r.form, "done") {
			to.Done = day
		}
		next, e, err := m.Edit(tx.Portfolio(), by, to)
		return save(tx, next, e, err)
	}
}

// reachMilestone notes the day on which a milestone was reached: today unless another is sent.
func reachMilestone(r *request) func(*store.Tx, portfolio.By, *portfolio.Milestone) error {
	day := r.form.date("done")
	return func(tx *store.Tx, by portfolio.By, m *portfolio.Milestone) error {
		to := *m
		to.Done = cmp.Or(day, by.Today)
		next, e, err := m.Edit(tx.Portfolio(), by, to)
		return save(tx, next, e, err)
	}
}

func removeMilestone(*request) func(*store.Tx, portfolio.By, *portfolio.Milestone) error {
	return func(tx *store.Tx, by portfolio.By, m *portfolio.Milestone) error {
		to := *m
		to.Removed = true
		next, e, err := m.Edit(tx.Portfolio(), by, to)
		return save(tx, next, e, err)
	}
}

// readRisk reads a form; a program may send only what it changes.
func readRisk(f *form) func(k *portfolio.Risk) {
	sent := portfolio.Risk{Title: f.get("title"), Response: f.get("response"), Review: f.date("review"), Owner: portfolio.UserID(f.int("owner"))}
	f.code("likelihood", &sent.Likelihood)
	f.code("consequence", &sent.Consequence)
	return func(k *portfolio.Risk) {
		for name, put := range map[string]func(){
			"title":       func() { k.Title = sent.Title },
			"likelihood":  func() { k.Likelihood = sent.Likelihood },
			"consequence": func() { k.Consequence = sent.Consequence },
			"response":    func() { k.Response = sent.Response },
			"review":      func() { k.Review = sent.Review },
			"owner":       func() { k.Owner = sent.Owner },
		} {
			if given(f, name) {
				put()
			}
		}
	}
}

func newRisk(r *request) func(*store.Tx, portfolio.By, portfolio.InitiativeID, int64) error {
	put := readRisk(r.form)
	return func(tx *store.Tx, by portfolio.By, of portfolio.InitiativeID, id int64) error {
		k := portfolio.Risk{ID: portfolio.RiskID(id), Initiative: of}
		put(&k)
		next, e, err := portfolio.NewRisk(tx.Portfolio(), by, k)
		return save(tx, next, e, err)
	}
}

// changeRisk edits a risk.
func changeRisk(change func(k *portfolio.Risk, today portfolio.Date)) func(*store.Tx, portfolio.By, *portfolio.Risk) error {
	return func(tx *store.Tx, by portfolio.By, k *portfolio.Risk) error {
		to := *k
		change(&to, by.Today)
		next, e, err := k.Edit(tx.Portfolio(), by, to)
		return save(tx, next, e, err)
	}
}

func editRisk(r *request) func(*store.Tx, portfolio.By, *portfolio.Risk) error {
	put := readRisk(r.form)
	return changeRisk(func(k *portfolio.Risk, _ portfolio.Date) { put(k) })
}

// closeRisk notes the day from which it no longer is one: today unless another is sent.
func closeRisk(r *request) func(*store.Tx, portfolio.By, *portfolio.Risk) error {
	day := r.form.date("closed")
	return changeRisk(func(k *portfolio.Risk, today portfolio.Date) { k.Closed = cmp.Or(day, today) })
}

func removeRisk(*request) func(*store.Tx, portfolio.By, *portfolio.Risk) error {
	return changeRisk(func(k *portfolio.Risk, _ portfolio.Date) { k.Removed = true })
}

func newQuestion(r *request) func(*store.Tx, portfolio.By, portfolio.InitiativeID, int64) error {
	text, about := r.form.get("text"), portfolio.BenefitID(r.form.int("benefit"))
	return func(tx *store.Tx, by portfolio.By, of portfolio.InitiativeID, id int64) error {
		next, e, err := portfolio.NewQuestion(tx.Portfolio(), by, portfolio.Question{ID: portfolio.QuestionID(id), Initiative: of, Benefit: about, Text: text})
		return save(tx, next, e, err)
	}
}

func answerQuestion(*request) func(*store.Tx, portfolio.By, *portfolio.Question) error {
	return func(tx *store.Tx, by portfolio.By, q *portfolio.Question) error {
		next, e, err := q.Reply(tx.Portfolio(), by)
		return save(tx, next, e, err)
	}
}

func newCommentary(r *request) func(*store.Tx, portfolio.By, portfolio.InitiativeID, int64) error {
	c := portfolio.Commentary{FollowUp: r.form.date("follow_up"), Text: r.form.get("text")}
	r.form.code("outlook", &c.Outlook)
	return func(tx *store.Tx, by portfolio.By, of portfolio.InitiativeID, id int64) error {
		c.ID, c.Initiative = portfolio.CommentaryID(id), of
		next, e, err := portfolio.NewCommentary(tx.Portfolio(), by, c)
		return save(tx, next, e, renamed(err, map[string]string{"follow_up": ""}))
	}
}

func editCommentary(r *request) func(*store.Tx, portfolio.By, *portfolio.Commentary) error {
	var outlook portfolio.Outlook
	r.form.code("outlook", &outlook)
	text := r.form.get("text")
	return func(tx *store.Tx, by portfolio.By, c *portfolio.Commentary) error {
		to := *c
		if given(r.form, "outlook") {
			to.Outlook = outlook
		}
		if given(r.form, "text") {
			to.Text = text
		}
		next, e, err := c.Edit(tx.Portfolio(), by, to.Outlook, to.Text)
		return save(tx, next, e, err)
	}
}
