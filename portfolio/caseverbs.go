package portfolio

import "slices"

// NewCase begins a version of an initiative's business case: the first from what the initiative and its gains already say,
// a later one from the version before it. There is one version under way at a time.
func NewCase(p *Portfolio, by By, id CaseID, initiative InitiativeID) (*BusinessCase, Event, error) {
	i := p.Initiatives.Get(initiative)
	if i == nil {
		return nil, Event{}, Missing(KindInitiative, initiative)
	}
	if err := by.may(EditCase, p.relationTo(i)); err != nil {
		return nil, Event{}, err
	}
	if open := p.OpenCase(initiative); open != nil {
		return nil, Event{}, &Error{Kind: Conflict, Code: "error.case.open", Args: []any{open.No}}
	}
	c := &BusinessCase{ID: id, Initiative: initiative, No: 1, State: Draft, Authors: []UserID{by.User.ID}, Meta: newMeta(by)}
	versions := p.CasesOf(initiative)
	if len(versions) == 0 {
		c.CaseContent = p.firstContent(i, by.Today)
		var err error
		if c.LastLine, err = c.number(0); err != nil {
			return nil, Event{}, err
		}
		c.drawnFrom(p, i)
		return c, by.event("business_case.draft"), nil
	}
	last := versions[len(versions)-1]
	c.No, c.CaseContent, c.LastLine, c.Sources = last.No+1, last.CaseContent, last.LastLine, last.Sources
	return c, by.event("business_case.draft"), nil
}

// drawnFrom marks lines that were drawn from invented figures as invented too, until somebody states them himself.
func (c *BusinessCase) drawnFrom(p *Portfolio, i *Initiative) {
	if !c.Sources.Of("").IsZero() {
		return
	}
	invented := i.OneOff.Known && i.ExampleField("one_off")
	for _, b := range p.BenefitsOf(i.ID) {
		invented = invented || b.Cash != nil && b.ExampleField("terms")
	}
	if invented {
		c.Sources = c.Sources.with(Source{Example: true}, "lines")
	}
}

// Edit changes what a draft says. Lines keep their ids; a line without one is new.
func (c *BusinessCase) Edit(p *Portfolio, by By, to CaseContent) (*BusinessCase, Event, error) {
	if err := by.may(EditCase, p.relationTo(c)); err != nil {
		return nil, Event{}, err
	}
	if err := c.in(Draft); err != nil {
		return nil, Event{}, err
	}
	next := *c
	next.CaseContent = to
	if err := next.CaseContent.refuse(p, c.Initiative); err != nil {
		return nil, Event{}, err
	}
	last, err := next.CaseContent.number(c.LastLine)
	if err != nil {
		return nil, Event{}, err
	}
	next.LastLine = last
	next.wrote(by)
	next.touch(by, changedFields(&c.CaseContent, &next.CaseContent)...)
	return &next, by.event("business_case.edit"), nil
}

// Same reports that an edit to the content would change nothing.
func (c *CaseContent) Same(to CaseContent) bool { return len(changedFields(c, &to)) == 0 }

// wrote notes the actor among the authors.
func (c *BusinessCase) wrote(by By) {
	if !slices.Contains(c.Authors, by.User.ID) {
		c.Authors = append(slices.Clip(c.Authors), by.User.ID)
	}
}

func (c *BusinessCase) in(want ...CaseState) error {
	if !slices.Contains(want, c.State) {
		return &Error{Kind: Conflict, Code: "error.case.state", Args: []any{c.State}}
	}
	return nil
}

func (by By) step() *CaseStep {
	return &CaseStep{By: by.User.ID, At: by.At, Note: by.Note, Decision: by.Decision}
}

// Submit sends a draft to Finance. A case without amounts is legal, and counted as one.
func (c *BusinessCase) Submit(p *Portfolio, by By) (*BusinessCase, Event, error) {
	if err := by.may(EditCase, p.relationTo(c)); err != nil {
		return nil, Event{}, err
	}
	if err := c.in(Draft); err != nil {
		return nil, Event{}, err
	}
	if no := refuseText("note", by.Note, 4000, false); no != nil {
		return nil, Event{}, no
	}
	if len(c.Lines) == 0 {
		return nil, Event{}, invalid("lines", "error.required")
	}
	next := *c
	next.State, next.Submitted = Submitted, by.step()
	next.wrote(by)
	return &next, by.event("business_case.submit"), nil
}

// Recall takes a submitted version back to go on writing in it, until Finance has assured it.
func (c *BusinessCase) Recall(p *Portfolio, by By) (*BusinessCase, Event, error) {
	if err := by.may(EditCase, p.relationTo(c)); err != nil {
		return nil, Event{}, err
	}
	if err := c.in(Submitted); err != nil {
		return nil, Event{}, err
	}
	next := *c
	next.State, next.Submitted = Draft, nil
	return &next, by.event("business_case.recall"), nil
}

// independent refuses one who has written in the version or owns what it is about: nobody assures or approves his own.
func (c *BusinessCase) independent(p *Portfolio, by By) error {
	if slices.Contains(c.Authors, by.User.ID) || p.relationTo(c).owns(by.User.ID) {
		return &Error{Kind: Forbidden, Code: "error.own_case"}
	}
	return nil
}

// Assure is Finance's word that the figures hold.
func (c *BusinessCase) Assure(p *Portfolio, by By) (*BusinessCase, Event, error) {
	if err := by.may(AssureCase, p.relationTo(c)); err != nil {
		return nil, Event{}, err
	}
	if err := c.independent(p, by); err != nil {
		return nil, Event{}, err
	}
	if err := c.in(Submitted); err != nil {
		return nil, Event{}, err
	}
	if no := refuseText("note", by.Note, 4000, false); no != nil {
		return nil, Event{}, no
	}
	next := *c
	next.State, next.Assured = Assured, by.step()
	return &next, by.event("business_case.assure"), nil
}

// Return sends a version back to its owner; the reason is the act's note. Finance may until it has been approved, a director
// once Finance has assured it.
func (c *BusinessCase) Return(p *Portfolio, by By) (*BusinessCase, Event, error) {
	action := AssureCase
	if c.State == Assured && by.may(AssureCase, p.relationTo(c)) != nil {
		action = ApproveCase
	}
	if err := by.may(action, p.relationTo(c)); err != nil {
		return nil, Event{}, err
	}
	if err := c.in(Submitted, Assured); err != nil {
		return nil, Event{}, err
	}
	if no := refuseText("note", by.Note, 4000, true); no != nil {
		return nil, Event{}, no
	}
	next := *c
	next.State, next.Returned = Draft, by.step()
	next.Submitted, next.Assured = nil, nil
	return &next, by.event("business_case.return"), nil
}

// Approve makes an assured version the one that counts, and supersedes the one before it. The director of the initiative's
// area approves, or any director by a decision of the board.
func (c *BusinessCase) Approve(p *Portfolio, by By) ([]Change, error) {
	action := ApproveCase
	if by.Decision != 0 {
		if p.Decisions.Get(by.Decision) == nil {
			return nil, invalid("decision", "error.decision_required")
		}
		action = AdoptCase
	}
	if err := by.may(action, p.relationTo(c)); err != nil {
		return nil, err
	}
	if err := c.independent(p, by); err != nil {
		return nil, err
	}
	if err := c.in(Assured); err != nil {
		return nil, err
	}
	if no := refuseText("note", by.Note, 4000, false); no != nil {
		return nil, no
	}
	var changes []Change // the old one gives way first: there is one that counts at any time
	for _, old := range p.CasesOf(c.Initiative) {
		if old.State == Approved {
			was := *old
			was.State, was.SupersededBy = Superseded, c.ID
			changes = append(changes, Change{&was, by.event("business_case.supersede")})
		}
	}
	next := *c
	next.State, next.Approved = Approved, by.step()
	return append(changes, Change{&next, by.event("business_case.approve")}), nil
}

// Discard gives up a draft; its history stays.
func (c *BusinessCase) Discard(p *Portfolio, by By) (*BusinessCase, Event, error) {
	if err := by.may(EditCase, p.relationTo(c)); err != nil {
		return nil, Event{}, err
	}
	if err := c.in(Draft); err != nil {
		return nil, Event{}, err
	}
	next := *c
	next.Removed = true
	return &next, by.event("business_case.discard"), nil
}
