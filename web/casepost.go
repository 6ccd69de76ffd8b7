package web

import (
	"fmt"
	"net/http"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/appraisal"
	"gevinst/portfolio/store"
)

// newCase begins a version: the first from what the initiative already says, a later one from the one before it.
func (s *Server) newCase(r *request) (*done, error) {
	of, err := pathID(r, portfolio.KindInitiative)
	if err != nil {
		return nil, err
	}
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		i := tx.Portfolio().Initiatives.Get(portfolio.InitiativeID(of))
		if i == nil {
			return portfolio.Missing(portfolio.KindInitiative, of)
		}
		if err := allowed(tx, by, portfolio.EditCase, i); err != nil {
			return err
		}
		if err := seenIfSent(r.form, i); err != nil {
			return err
		}
		id, err := tx.NextID(portfolio.KindBusinessCase)
		if err != nil {
			return err
		}
		c, e, err := portfolio.NewCase(tx.Portfolio(), by, portfolio.CaseID(id), i.ID)
		return save(tx, c, e, err)
	})
	return &done{location: caseHref(portfolio.InitiativeID(of)), seq: seq, created: true}, err
}

// openCase is the version under way of the initiative that the address names.
func openCase(p *portfolio.Portfolio, of int64) (*portfolio.BusinessCase, error) {
	if p.Initiatives.Get(portfolio.InitiativeID(of)) == nil {
		return nil, portfolio.Missing(portfolio.KindInitiative, of)
	}
	c := p.OpenCase(portfolio.InitiativeID(of))
	if c == nil {
		return nil, portfolio.Missing(portfolio.KindBusinessCase, of)
	}
	return c, nil
}

// saveCase saves the grid. Where others have saved since, cells that only one side changed are taken over, and what both have
// changed is asked about: then the form comes back with the two put together, one's own where they meet.
func (s *Server) saveCase(r *request) (*done, error) {
	of, err := pathID(r, portfolio.KindInitiative)
	if err != nil {
		return nil, err
	}
	c, err := openCase(r.p, of)
	if err != nil {
		return nil, err
	}
	if !r.may(portfolio.EditCase, c) {
		return nil, &portfolio.Error{Kind: portfolio.Forbidden, Code: "error.forbidden", Args: []any{portfolio.EditCase.String()}}
	}
	base, err := r.caseAt(c, r.form.int("version"))
	if err != nil {
		return nil, err
	}
	sent := readCase(r.form, &base.CaseContent)
	if err := sent.addLine(r.form); err != nil {
		return nil, err
	}
	if r.form.err() != nil { // everything that is to be mended is told at once
		return nil, r.refusedCase(c, sent)
	}
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		now, err := openCase(tx.Portfolio(), of)
		if err != nil {
			return err
		}
		if err := allowed(tx, by, portfolio.EditCase, now); err != nil {
			return err
		}
		if err := r.form.seen(now); err != nil {
			return err
		}
		if now.Same(sent.CaseContent) {
			return nil
		}
		next, e, err := now.Edit(tx.Portfolio(), by, sent.CaseContent)
		return save(tx, next, e, err)
	})
	if portfolio.Is(err, portfolio.Conflict) {
		return nil, r.merge(err, of, base, sent)
	}
	d := &done{location: caseHref(portfolio.InitiativeID(of)), seq: seq}
	if r.form.get("add") != "" { // whoever asked for a line goes on in it: it is the last, and lines are numbered as they stand
		d.part = inputID(lineField(len(sent.Lines)-1, "title"))
	}
	return d, sent.renamed(err)
}

// addLine gives a further line of the kind that the button names, for whoever has no script.
func (c *sentCase) addLine(f *form) error {
	code := f.get("add")
	if code == "" {
		return nil
	}
	var kind appraisal.Kind
	if kind.UnmarshalText([]byte(code)) != nil {
		return &portfolio.Error{Kind: portfolio.Invalid, Field: "add", Code: "error.choice", Args: []any{code}}
	}
	c.Lines = append(c.Lines, portfolio.CaseLine{Kind: kind})
	c.lines = append(c.lines, -1)
	return nil
}

// caseAt is the version of the record that somebody saw, as the log has it.
func (r *request) caseAt(c *portfolio.BusinessCase, version int64) (*portfolio.BusinessCase, error) {
	if version == c.Version || version < 1 || version > c.Version {
		return c, nil // what no one has seen is refused by its version later
	}
	events, err := r.s.Store.Events(r.Context(), r.p, store.EventFilter{Kind: portfolio.KindBusinessCase, Subject: int64(c.ID), Limit: int(c.Version-version) + 1})
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		record, err := portfolio.Decode(e.Kind, e.Format, e.Payload)
		if err != nil {
			return nil, fmt.Errorf("event %d: %w", e.Seq, err)
		}
		if was, ok := record.(*portfolio.BusinessCase); ok && was.Version == version {
			return was, nil
		}
	}
	return c, nil
}

// merge puts the sender's work together with what others saved since he read the case, and fills the form with it. It adds to
// the refusal what both have changed, at its cell and with both values.
func (r *request) merge(refusal error, of int64, base *portfolio.BusinessCase, sent *sentCase) error {
	fresh, err := r.s.Store.Snapshot(r.Context())
	if err != nil {
		return err
	}
	now := fresh.OpenCase(portfolio.InitiativeID(of))
	if now == nil || now.ID != base.ID || now.State != portfolio.Draft {
		return refusal
	}
	m := portfolio.MergeCase(&base.CaseContent, &now.CaseContent, &sent.CaseContent)
	r.form.refit(&m.Content)
	merged := &sentCase{CaseContent: m.Content, lines: formKeys(&m.Content)}
	for k := range m.Content.Assumptions {
		merged.assumptions = append(merged.assumptions, k)
	}
	refusals := portfolio.AsRefusals(refusal)
	theirs := map[string]portfolio.CaseChange{}
	for _, t := range m.Theirs {
		theirs[changeKey(&t)] = t
	}
	for _, mine := range m.Both {
		t := theirs[changeKey(&mine)]
		field := mine.Field
		if mine.Year != 0 { // the merged case may count from another first year
			field = fmt.Sprintf("lines.%d.amounts.%d.%s", mine.Line, mine.Year-m.Content.FirstYear, mine.Point)
		}
		refusals = append(refusals, &portfolio.Error{
			Kind: portfolio.Conflict, Field: merged.named(field), Code: "error.case.both", Args: []any{r.changeText(&t), r.changeText(&mine)},
		})
	}
	return refusals
}

func changeKey(c *portfolio.CaseChange) string {
	if c.Year == 0 {
		return c.Field
	}
	return fmt.Sprintf("%d/%d/%s", c.Line, c.Year, c.Point)
}

// changeText says what a change leads to.
func (r *request) changeText(c *portfolio.CaseChange) string {
	switch {
	case c.Removed:
		return r.say("cases.line_removed")
	case c.Year == 0 && c.Is == "":
		return r.say("cases.nothing")
	case c.Year == 0:
		return c.Is
	}
	return money(r.lang, c.After, r.lang.Style.Kroner)
}

// caseAct is a verb on a version that changes it alone.
type caseAct func(*portfolio.BusinessCase, *portfolio.Portfolio, portfolio.By) (*portfolio.BusinessCase, portfolio.Event, error)

// caseForm is the address of an act on the version under way.
func (s *Server) caseForm(name string, action portfolio.Action, act caseAct) route {
	return s.caseRoute(name, action, func(r *request, tx *store.Tx, by portfolio.By, c *portfolio.BusinessCase) error {
		next, e, err := act(c, tx.Portfolio(), by)
		return save(tx, next, e, err)
	}, action)
}

// returnRoute is open to everyone who may look: Finance and the director send a version back, each at their own time, and the
// verb knows which.
func (s *Server) returnRoute() route {
	return s.caseRoute("return", portfolio.ViewPortfolio, func(_ *request, tx *store.Tx, by portfolio.By, c *portfolio.BusinessCase) error {
		next, e, err := c.Return(tx.Portfolio(), by)
		return save(tx, next, e, err)
	}, portfolio.AssureCase, portfolio.ApproveCase)
}

// approveRoute makes a version the one that counts; the one before it gives way in the same write.
func (s *Server) approveRoute() route {
	return s.caseRoute("approve", portfolio.ApproveCase, func(_ *request, tx *store.Tx, by portfolio.By, c *portfolio.BusinessCase) error {
		changes, err := c.Approve(tx.Portfolio(), by)
		if err != nil {
			return err
		}
		tx.SaveAll(changes)
		return nil
	}, portfolio.ApproveCase, portfolio.AdoptCase)
}

// caseRoute is a form on the version under way. Rights come before the version: whoever may not, learns nothing of what has
// changed. One of the actions is enough here; the verb knows which of them the act needs.
func (s *Server) caseRoute(name string, opens portfolio.Action, act func(*request, *store.Tx, portfolio.By, *portfolio.BusinessCase) error, actions ...portfolio.Action) route {
	form := func(r *request) (*done, error) {
		of, err := pathID(r, portfolio.KindInitiative)
		if err != nil {
			return nil, err
		}
		no := 0
		seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
			c, err := openCase(tx.Portfolio(), of)
			if err != nil {
				return err
			}
			for k, action := range actions {
				if err = allowed(tx, by, action, c); err == nil || k == len(actions)-1 {
					break
				}
			}
			if err != nil {
				return err
			}
			if err := r.form.seen(c); err != nil {
				return err
			}
			no = c.No
			return act(r, tx, by, c)
		})
		location := caseHref(portfolio.InitiativeID(of))
		if name != "discard" {
			location += "?no=" + strconv.Itoa(no)
		}
		return &done{location: location, seq: seq}, err
	}
	return route{
		method: http.MethodPost, pattern: "/initiatives/{id}/case/" + name, action: opens, page: s.businessCase, form: form,
		view: caseView{}, sends: seenFields,
	}
}
