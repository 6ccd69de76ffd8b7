package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"path"
	"strconv"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/store"
)

// caseBookView is the page where a business case's workbook is sent back: what is wrong with it, or what it would change.
type caseBookView struct {
	Initiative portfolio.InitiativeID `json:"initiative"`
	Title      string                 `json:"title"`
	// State is that of the version under way, null where there is none. Only a draft takes a workbook in.
	State   *portfolio.CaseState `json:"state"`
	Errors  []string             `json:"errors"`
	Changes []caseBookChange     `json:"changes"`
	// Conflicts counts the changes of what others have changed too, Meanwhile what they have changed since the file was made.
	Conflicts int `json:"conflicts"`
	Meanwhile int `json:"meanwhile"`
	// From tells which version the file was made from, as its number and the version of the record.
	From string `json:"from"`
	// Mark tells this preview from another: what is taken in is what was seen.
	Mark  string `json:"mark"`
	Moved bool   `json:"moved,omitempty"`

	Content  string    `json:"-"`
	FileName string    `json:"-"`
	Read     bool      `json:"-"`
	Draft    bool      `json:"-"`
	May      bool      `json:"-"`
	New      *formView `json:"-"`
	List     string    `json:"-"`
	Home     string    `json:"-"`
	CaseHref string    `json:"-"`
}

// caseBookChange is one cell of the file that says something else than the version it was made from.
type caseBookChange struct {
	Cell     string `json:"cell"`
	Label    string `json:"label"`
	Before   string `json:"before"`
	Now      string `json:"now"`
	After    string `json:"after"`
	Conflict bool   `json:"conflict"`
	// Outside tells that the year is none of the case's any more, so that the amount has no place.
	Outside bool `json:"outside"`
}

func (s *Server) caseBook(r *request) (*page, error) {
	i, err := r.caseInitiative()
	if err != nil {
		return nil, err
	}
	return r.caseBookShown(i, &caseBookView{}), nil
}

func (r *request) caseBookShown(i *portfolio.Initiative, v *caseBookView) *page {
	v.Initiative, v.Title, v.CaseHref = i.ID, i.Title, caseHref(i.ID)
	v.List, v.Home = r.link("/initiatives"), r.link(fmt.Sprintf("/initiatives/%d", i.ID))
	v.May = r.may(portfolio.EditCase, i)
	if c := r.p.OpenCase(i.ID); c != nil {
		v.State, v.Draft = &c.State, c.State == portfolio.Draft
	} else if v.May {
		v.New = r.offer("case_new", "new", caseHref(i.ID), i)
	}
	return &page{Template: "caseworkbook", Title: r.say("casebook.of", i.Title), View: v}
}

// sendCaseBook reads a workbook. It says what would change, cell by cell, and changes it when asked to.
func (s *Server) sendCaseBook(r *request) (*done, error) {
	i, err := r.caseInitiative()
	if err != nil {
		return nil, err
	}
	if !r.may(portfolio.EditCase, i) {
		return nil, &portfolio.Error{Kind: portfolio.Forbidden, Code: "error.forbidden", Args: []any{portfolio.EditCase.String()}}
	}
	name, content, err := r.sentFile()
	if err != nil {
		return nil, err
	}
	show := func(v *caseBookView, status int) (*done, error) {
		v.FileName = name
		pg := r.caseBookShown(i, v)
		pg.Status = status
		return &done{show: pg}, nil
	}
	file, err := r.readCaseBook(i.ID, content)
	if bad := (*exchange.FileError)(nil); errors.As(err, &bad) {
		return show(&caseBookView{Errors: bad.Say(r.lang.Say)}, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return nil, err
	}
	now := r.p.OpenCase(i.ID)
	if now == nil || now.State != portfolio.Draft { // the page says so, and offers a new version
		return show(&caseBookView{}, http.StatusConflict)
	}
	v, merged := r.caseBookPreview(file, now)
	v.Content = base64.StdEncoding.EncodeToString(content)
	if r.form.get("do") != "apply" {
		return show(v, http.StatusOK)
	}
	if r.form.get("mark") != v.Mark { // somebody else's change would be undone unseen
		v.Moved = true
		return show(v, http.StatusConflict)
	}
	r.form.Values.Set("version", strconv.FormatInt(now.Version, 10))
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		c, err := openCase(tx.Portfolio(), int64(i.ID))
		if err != nil {
			return err
		}
		if err := allowed(tx, by, portfolio.EditCase, c); err != nil {
			return err
		}
		if err := r.form.seen(c); err != nil {
			return err
		}
		if c.Same(merged) {
			return nil
		}
		by.Note = r.say("import.note", strings.ToValidUTF8(path.Base(name[:min(len(name), 200)]), ""))
		next, e, err := c.Edit(tx.Portfolio(), by, merged)
		return save(tx, next, e, err)
	})
	return &done{location: caseHref(i.ID), seq: seq, resource: func(r *request) (*page, error) { return r.caseBookShown(i, v), nil }}, err
}

func (r *request) readCaseBook(of portfolio.InitiativeID, content []byte) (file *exchange.CaseFile, err error) {
	reading := exchange.CaseReading{Portfolio: r.p, Initiative: of, User: r.user, Base: func(id portfolio.CaseID, version int64) (*portfolio.BusinessCase, error) {
		c := r.p.Cases.Get(id)
		if c == nil {
			return nil, nil
		}
		was, err := r.caseAt(c, version)
		if err != nil || was.Version != version {
			return nil, err
		}
		return was, nil
	}}
	err = r.withinTime(func(ctx context.Context) error {
		file, err = reading.Read(ctx, bytes.NewReader(content))
		return err
	})
	return file, err
}

// caseBookPreview holds the file against the draft as it stands, and gives what the draft would say with it.
func (r *request) caseBookPreview(file *exchange.CaseFile, now *portfolio.BusinessCase) (*caseBookView, portfolio.CaseContent) {
	base, mine := &file.Base.CaseContent, &file.Content
	m := portfolio.MergeCase(base, &now.CaseContent, mine)
	theirs, both := map[string]portfolio.CaseChange{}, map[string]bool{}
	for _, t := range m.Theirs {
		theirs[changeKey(&t)] = t
	}
	for _, c := range m.Both {
		both[changeKey(&c)] = true
	}
	v := &caseBookView{Read: true, Conflicts: len(m.Both), Meanwhile: len(m.Theirs), From: fmt.Sprintf("%d.%d", file.Base.No, file.Base.Version)}
	sum := sha256.New()
	fmt.Fprintf(sum, "%d %d %d %d\n", file.Base.ID, file.Base.Version, now.ID, now.Version) // a hash takes everything
	for _, c := range m.Mine {
		change := caseBookChange{Cell: file.Cell(c.Field), Conflict: both[changeKey(&c)]}
		line := changedLine(&c, base, mine)
		if line == nil {
			change.Label = r.caseFieldName(c.Field)
		} else {
			change.Label = r.caseChangeName(&c, line)
		}
		change.Before, change.After = r.caseBookTexts(&c)
		change.Now = change.Before
		if t, ok := theirs[changeKey(&c)]; ok {
			_, change.Now = r.caseBookTexts(&t)
		}
		t := c.Year - m.Content.FirstYear
		change.Outside = c.Year != 0 && c.After.Known && (t < 0 || t >= m.Content.Years)
		v.Changes = append(v.Changes, change)
		fmt.Fprintf(sum, "%q\n", [...]string{c.Field, c.Was, c.Is, fmt.Sprint(c.Before), fmt.Sprint(c.After)})
	}
	v.Mark = base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:15])
	return v, m.Content
}

// changedLine is the line that a change is of, one that is new in the file among them; nil for the case's own fields.
func changedLine(c *portfolio.CaseChange, base, mine *portfolio.CaseContent) *portfolio.CaseLine {
	if rest, ok := strings.CutPrefix(c.Field, "lines.+"); ok {
		place, _, _ := strings.Cut(rest, ".")
		if k, err := strconv.Atoi(place); err == nil && k < len(mine.Lines) {
			return &mine.Lines[k]
		}
	}
	if c.Line == 0 {
		return nil
	}
	if line := mine.Line(c.Line); line != nil {
		return line
	}
	return base.Line(c.Line)
}

// caseBookTexts say what a change leads from and to.
func (r *request) caseBookTexts(c *portfolio.CaseChange) (before, after string) {
	switch {
	case c.Added:
		return "", r.say("cases.line_added")
	case c.Removed:
		return c.Was, r.say("cases.line_removed")
	case c.Year != 0:
		return money(r.lang, c.Before, r.lang.Style.Kroner), money(r.lang, c.After, r.lang.Style.Kroner)
	}
	return r.caseFieldText(changedPart(c), c.Was), r.caseFieldText(changedPart(c), c.Is)
}
