package portfolio

import "slices"

// Origin is where a catalogue item comes from.
type Origin uint8

// The origins; the minutes do not give them item by item.
const (
	OriginUnknown Origin = iota + 1
	JointPublic
	JointMunicipal
	Local
)

var origins = names[Origin]{"unknown", "joint_public", "joint_municipal", "local"}

func (o Origin) String() string                { return origins.code(o) }
func (o Origin) MarshalText() ([]byte, error)  { return origins.text(o) }
func (o *Origin) UnmarshalText(b []byte) error { return origins.parse(b, o) }

// Origins lists the origins.
func Origins() []Origin { return origins.all() }

// BenefitType is what a benefit is.
type BenefitType uint8

// The types. The minutes name efficiency, and service and quality in one phrase; the split in three is ours.
const (
	Efficiency BenefitType = iota + 1
	Quality
	Service
)

var benefitTypes = names[BenefitType]{"efficiency", "quality", "service"}

func (t BenefitType) String() string                { return benefitTypes.code(t) }
func (t BenefitType) MarshalText() ([]byte, error)  { return benefitTypes.text(t) }
func (t *BenefitType) UnmarshalText(b []byte) error { return benefitTypes.parse(b, t) }

// BenefitTypes lists the types.
func BenefitTypes() []BenefitType { return benefitTypes.all() }

// ItemState is how far a catalogue item has come.
type ItemState uint8

// The states of an item.
const (
	Described ItemState = iota + 1
	Prioritised
	ItemSelected
	NotSelected
)

var itemStates = names[ItemState]{"described", "prioritised", "selected", "not_selected"}

func (s ItemState) String() string                { return itemStates.code(s) }
func (s ItemState) MarshalText() ([]byte, error)  { return itemStates.text(s) }
func (s *ItemState) UnmarshalText(b []byte) error { return itemStates.parse(b, s) }

// ItemStates lists the states.
func ItemStates() []ItemState { return itemStates.all() }

// CatalogueItem is one described idea of the strategy's catalogue (indsatsområde).
type CatalogueItem struct {
	ID ItemID `json:"id"`
	// No is our running number, unique; the catalogue itself numbers by page.
	No int `json:"no"`
	// Page is the page in the catalogue, 0 where it is not known.
	Page int `json:"page,omitempty"`
	// Title is "" and Area 0 where a document speaks of the item without naming it; no user may leave them so.
	Title     string        `json:"title"`
	Area      AreaID        `json:"area"`
	Origin    Origin        `json:"origin"`
	Mandatory bool          `json:"mandatory,omitempty"`
	Types     []BenefitType `json:"types,omitempty"`
	Idea      string        `json:"idea,omitempty"`
	// Proposal is the unit's wish while it waits for its director, Priority is set once he has approved one, Selection once a board
	// has decided.
	Proposal  *Proposal  `json:"proposal,omitempty"`
	Priority  *Priority  `json:"priority,omitempty"`
	Selection *Selection `json:"selection,omitempty"`
	Notes     []Note     `json:"notes,omitempty"`
	Meta
}

// Selection is a board's word on an item.
type Selection struct {
	Selected bool       `json:"selected"`
	Decision DecisionID `json:"decision"`
}

func (c *CatalogueItem) Kind() Kind { return KindCatalogueItem }
func (c *CatalogueItem) Key() int64 { return int64(c.ID) }

// State follows from what has been recorded.
func (c *CatalogueItem) State() ItemState {
	switch {
	case c.Selection != nil && c.Selection.Selected:
		return ItemSelected
	case c.Selection != nil:
		return NotSelected
	case c.Priority != nil:
		return Prioritised
	}
	return Described
}

// maxText bounds free text, in bytes.
const maxText = 20_000

func (c *CatalogueItem) refuse(p *Portfolio, by By) error {
	var no Refusals
	stated := !by.Source.IsZero() // what a document leaves open stays open
	if c.No <= 0 || c.No > 1_000_000 {
		no = append(no, invalid("no", "error.positive"))
	}
	if o := p.ItemByNo(c.No); o != nil && o.ID != c.ID {
		no = append(no, invalid("no", "error.taken", c.No))
	}
	if c.Page < 0 || c.Page > 100_000 {
		no = append(no, invalid("page", "error.positive"))
	}
	no = append(no, refuseText("title", c.Title, 300, !stated)...)
	no = append(no, refuseText("idea", c.Idea, maxText, false)...)
	if p.Areas.Get(c.Area) == nil && (c.Area != 0 || !stated) {
		no = append(no, invalid("area", "error.unknown_area"))
	}
	if c.Origin == 0 {
		no = append(no, invalid("origin", "error.required"))
	}
	return no.Or()
}

func refuseText(field, s string, most int, required bool) Refusals {
	switch {
	case required && s == "":
		return Refusals{invalid(field, "error.required")}
	case len(s) > most:
		return Refusals{invalid(field, "error.too_long", most)}
	}
	return nil
}

// NewItem describes an idea in the catalogue.
func NewItem(p *Portfolio, by By, c CatalogueItem) (*CatalogueItem, Event, error) {
	if err := by.may(EditCatalogue, p.relationTo(&c)); err != nil {
		return nil, Event{}, err
	}
	if c.Origin == 0 {
		c.Origin = OriginUnknown
	}
	if err := c.refuse(p, by); err != nil {
		return nil, Event{}, err
	}
	c.Proposal, c.Priority, c.Selection = nil, nil, nil
	sources := c.Sources
	c.Meta = newMeta(by)
	c.Sources = c.Sources.and(sources)
	return &c, by.event("catalogue_item.create"), nil
}

// Edit changes what the catalogue says of the idea. Fields that stay as they were keep their source.
func (c *CatalogueItem) Edit(p *Portfolio, by By, to CatalogueItem) (*CatalogueItem, Event, error) {
	if err := by.may(EditCatalogue, p.relationTo(c)); err != nil {
		return nil, Event{}, err
	}
	next := *c
	next.Page, next.Title, next.Area, next.Origin = to.Page, to.Title, to.Area, to.Origin
	next.Mandatory, next.Types, next.Idea = to.Mandatory, to.Types, to.Idea
	if err := next.refuse(p, by); err != nil {
		return nil, Event{}, err
	}
	if changed := c.differs(&next); len(changed) > 0 {
		next.touch(by, changed...)
	}
	return &next, by.event("catalogue_item.edit"), nil
}

// differs names the described fields in which two values of an item differ.
func (c *CatalogueItem) differs(o *CatalogueItem) []string {
	var fields []string
	add := func(name string, same bool) {
		if !same {
			fields = append(fields, name)
		}
	}
	add("page", c.Page == o.Page)
	add("title", c.Title == o.Title)
	add("area", c.Area == o.Area)
	add("origin", c.Origin == o.Origin)
	add("mandatory", c.Mandatory == o.Mandatory)
	add("types", slices.Equal(c.Types, o.Types))
	add("idea", c.Idea == o.Idea)
	return fields
}

// Same reports that an edit to the given value would change nothing.
func (c *CatalogueItem) Same(o *CatalogueItem) bool { return len(c.differs(o)) == 0 }

// Decide records a board's word on the item, by its decision.
func (c *CatalogueItem) Decide(p *Portfolio, by By, selected bool) (*CatalogueItem, Event, error) {
	if err := by.may(SelectItem, relation{}); err != nil {
		return nil, Event{}, err
	}
	if p.Decisions.Get(by.Decision) == nil {
		return nil, Event{}, invalid("decision", "error.decision_required")
	}
	if c.State() == ItemSelected {
		return nil, Event{}, invalid("", "error.item_decided")
	}
	next := *c
	next.Proposal, next.Selection = nil, &Selection{Selected: selected, Decision: by.Decision}
	next.touch(by, "selection")
	verb := Verb("catalogue_item.select")
	if !selected {
		verb = "catalogue_item.not_select"
	}
	return &next, by.event(verb), nil
}
