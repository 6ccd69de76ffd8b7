package portfolio

// Priority is a unit's wish to work with an item in a period, as a director approved it.
type Priority struct {
	Period string `json:"period"`
	// By is the director who approved it, Approved the day on which he did. At is when that was recorded.
	By       UserID  `json:"by"`
	At       Instant `json:"at"`
	Approved Date    `json:"approved,omitempty"`
}

// Proposal is a unit's wish that waits for its director.
type Proposal struct {
	Period string  `json:"period"`
	By     UserID  `json:"by"`
	At     Instant `json:"at"`
}

// Approval is a director's yes, given elsewhere, as somebody else records it.
type Approval struct {
	Director UserID
	On       Date
}

// ApprovalOf tells which director approved a priority, 0 where that is not known: before approvals were recorded with the director's
// name and the day, whoever entered the priority stood in his place.
func (p *Portfolio) ApprovalOf(q *Priority) UserID {
	if u := p.Users.Ever(q.By); q.Approved != 0 || u != nil && u.Role == Director {
		return q.By
	}
	return 0
}

// Propose records that a unit wishes to work with the item in a period. It waits for the area's director, and takes the place of a
// wish that waited.
func (c *CatalogueItem) Propose(p *Portfolio, by By, period string) (*CatalogueItem, Event, error) {
	if err := by.may(ProposeItem, p.relationTo(c)); err != nil {
		return nil, Event{}, err
	}
	if no := c.refusePeriod(period); no != nil {
		return nil, Event{}, no
	}
	next := *c
	next.Proposal = &Proposal{Period: period, By: by.User.ID, At: by.At}
	next.touch(by, "proposal")
	return &next, by.event("catalogue_item.propose"), nil
}

// Prioritise records that the unit wants to work with the item in a period, as a director approved. A director approves himself, and
// now; whoever else records it says who approved, and on which day.
func (c *CatalogueItem) Prioritise(p *Portfolio, by By, period string, approval Approval) (*CatalogueItem, Event, error) {
	if err := by.may(PrioritiseItem, p.relationTo(c)); err != nil {
		return nil, Event{}, err
	}
	if by.User.Role == Director {
		approval = Approval{by.User.ID, by.Today}
	}
	no := c.refusePeriod(period)
	if u := p.Users.Get(approval.Director); u == nil || u.Role != Director {
		no = append(no, invalid("director", "error.director_required"))
	}
	switch {
	case approval.On == 0:
		no = append(no, invalid("approved", "error.required"))
	case approval.On > by.Today:
		no = append(no, invalid("approved", "error.date_to_come"))
	}
	if len(no) > 0 {
		return nil, Event{}, no
	}
	next := *c
	next.Proposal, next.Priority = nil, &Priority{Period: period, By: approval.Director, At: by.At, Approved: approval.On}
	next.touch(by, "priority")
	return &next, by.event("catalogue_item.prioritise"), nil
}

// Decline turns down the wish that waits; the note says why.
func (c *CatalogueItem) Decline(p *Portfolio, by By) (*CatalogueItem, Event, error) {
	if err := by.may(PrioritiseItem, p.relationTo(c)); err != nil {
		return nil, Event{}, err
	}
	if c.Proposal == nil {
		return nil, Event{}, invalid("", "error.nothing_proposed")
	}
	if no := refuseText("note", by.Note, 4000, true); no != nil {
		return nil, Event{}, no
	}
	next := *c
	next.Proposal = nil
	next.touch(by, "proposal")
	return &next, by.event("catalogue_item.decline"), nil
}

// refusePeriod refuses a period that says nothing, and any for an item that a board has decided on.
func (c *CatalogueItem) refusePeriod(period string) Refusals {
	no := refuseText("period", period, 40, true)
	if c.Selection != nil {
		no = append(no, invalid("", "error.item_decided"))
	}
	return no
}
