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

// NewOverlap joins what draws on one cut. An initiative can be in one overlap only.
func NewOverlap(p *Portfolio, by By, o Overlap) (*Overlap, Event, error) {
	if err := by.may(EditOverlap, relation{}); err != nil {
		return nil, Event{}, err
	}
	no := refuseText("title", o.Title, 300, true)
	for k, id := range o.Initiatives {
		if slices.Contains(o.Initiatives[:k], id) {
			no = append(no, invalid("initiatives", "error.taken", id))
		}
		if p.Initiatives.Get(id) == nil {
			no = append(no, invalid("initiatives", "error.unknown_initiative"))
		}
		if p.OverlapOf(id) != nil {
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
	if len(no) > 0 {
		return nil, Event{}, no
	}
	o.Meta = newMeta(by)
	return &o, by.event("overlap.create"), nil
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
