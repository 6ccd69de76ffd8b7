package portfolio

import (
	"slices"

	"gevinst/portfolio/amount"
)

// Overlap joins initiatives that draw on the same budget cut as another programme. What they bring counts in the home alone;
// while the home awaits a decision it counts nowhere.
type Overlap struct {
	ID          OverlapID      `json:"id"`
	Title       string         `json:"title"`
	Initiatives []InitiativeID `json:"initiatives"`
	// Programmes are those that draw on the cut.
	Programmes []ProgrammeID `json:"programmes"`
	// Home is the programme that counts it; 0 awaits a decision.
	Home  ProgrammeID   `json:"home,omitempty"`
	Cap   amount.Figure `json:"cap,omitzero"`
	Notes []Note        `json:"notes,omitempty"`
	Meta
}

func (o *Overlap) Kind() Kind { return KindOverlap }
func (o *Overlap) Key() int64 { return int64(o.ID) }

func (o *Overlap) refuse(p *Portfolio) Refusals {
	no := refuseText("title", o.Title, 300, true)
	for k, id := range o.Initiatives {
		if slices.Contains(o.Initiatives[:k], id) {
			no = append(no, invalid("initiatives", "error.taken", id))
		}
		if p.Initiatives.Get(id) == nil {
			no = append(no, invalid("initiatives", "error.unknown_initiative"))
		}
		if other := p.OverlapOf(id); other != nil && other.ID != o.ID {
			no = append(no, invalid("initiatives", "error.taken", id))
		}
	}
	for k, id := range o.Programmes {
		if p.Programmes.Get(id) == nil || slices.Contains(o.Programmes[:k], id) {
			no = append(no, invalid("programmes", "error.unknown_programme"))
		}
	}
	if len(o.Initiatives) == 0 || len(o.Programmes) < 2 {
		no = append(no, invalid("programmes", "error.required"))
	}
	if o.Home != 0 && !slices.Contains(o.Programmes, o.Home) {
		no = append(no, invalid("home", "error.unknown_programme"))
	}
	if o.Cap.Known && (o.Cap.Ore < 0 || o.Cap.Ore > amount.Max) {
		no = append(no, invalid("cap", "error.too_large"))
	}
	return no
}

// NewOverlap joins what draws on one cut. An initiative can be in one overlap only.
func NewOverlap(p *Portfolio, by By, o Overlap) (*Overlap, Event, error) {
	if err := by.may(EditOverlap, relation{}); err != nil {
		return nil, Event{}, err
	}
	no := o.refuse(p)
	if len(no) > 0 {
		return nil, Event{}, no
	}
	o.Meta = newMeta(by)
	return &o, by.event("overlap.create"), nil
}

// Edit changes what an overlap is called, its cap and who is in it. Its home stays.
func (o *Overlap) Edit(p *Portfolio, by By, to Overlap) (*Overlap, Event, error) {
	if err := by.may(EditOverlap, relation{}); err != nil {
		return nil, Event{}, err
	}
	next := *o
	next.Title, next.Initiatives, next.Programmes, next.Cap, next.Removed = to.Title, to.Initiatives, to.Programmes, to.Cap, to.Removed
	if no := next.refuse(p); len(no) > 0 && !next.Removed {
		return nil, Event{}, no
	}
	next.touch(by, "title", "initiatives", "programmes", "cap")
	return &next, by.event("overlap.edit"), nil
}

// SetHome settles, by a decision, which programme counts what is drawn; 0 lets it wait again, and then it counts nowhere.
func (o *Overlap) SetHome(p *Portfolio, by By, home ProgrammeID) (*Overlap, Event, error) {
	if err := by.may(SettleOverlap, relation{}); err != nil {
		return nil, Event{}, err
	}
	next := *o
	next.Home = home
	no := next.refuse(p)
	if p.Decisions.Get(by.Decision) == nil {
		no = append(no, invalid("decision", "error.decision_required"))
	}
	if home == o.Home {
		no = append(no, invalid("home", "error.unchanged"))
	}
	if len(no) > 0 {
		return nil, Event{}, no
	}
	next.touch(by, "home")
	return &next, by.event("overlap.settle"), nil
}

// OverlapOf finds the overlap that an initiative is in, or nil.
func (p *Portfolio) OverlapOf(id InitiativeID) *Overlap {
	for o := range p.Overlaps.All() {
		if slices.Contains(o.Initiatives, id) {
			return o
		}
	}
	return nil
}
