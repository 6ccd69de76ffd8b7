package portfolio

import (
	"slices"

	"gevinst/portfolio/appraisal"
)

// IndexPoint is an index's value in a year, in thousandths.
type IndexPoint struct {
	Year  int   `json:"year"`
	Milli int64 `json:"milli"`
}

// PriceIndex restates amounts from one price and wage level (p/l) to another. Wages and other costs have different ones.
type PriceIndex struct {
	ID     PriceIndexID `json:"id"`
	Name   string       `json:"name"`
	Points []IndexPoint `json:"points"`
	// Source says where the points are published.
	Source string `json:"source"`
	Meta
}

func (x *PriceIndex) Kind() Kind { return KindPriceIndex }
func (x *PriceIndex) Key() int64 { return int64(x.ID) }

// Has reports that the index has a point for the year.
func (x *PriceIndex) Has(year int) bool {
	return slices.ContainsFunc(x.Points, func(p IndexPoint) bool { return p.Year == year })
}

// Index gives the index as the arithmetic takes it. It errs with appraisal.ErrIndex.
func (x *PriceIndex) Index() (appraisal.Index, error) {
	points := make(map[int]int64, len(x.Points))
	for _, p := range x.Points {
		points[p.Year] = p.Milli
	}
	return appraisal.NewIndex(x.Name, x.Source, points)
}

func (x *PriceIndex) refuse() error {
	no := refuseText("name", x.Name, 100, true)
	no = append(no, refuseText("source", x.Source, 300, true)...)
	years := map[int]bool{}
	for _, p := range x.Points {
		if p.Year < 2000 || p.Year > 2100 || years[p.Year] {
			no = append(no, invalid("points", "error.year"))
		}
		years[p.Year] = true
	}
	if _, err := x.Index(); err != nil {
		no = append(no, invalid("points", "error.index"))
	}
	return no.Or()
}

// NewPriceIndex adds an index.
func NewPriceIndex(by By, x PriceIndex) (*PriceIndex, Event, error) {
	if err := by.may(EditRequirement, relation{}); err != nil {
		return nil, Event{}, err
	}
	if err := x.refuse(); err != nil {
		return nil, Event{}, err
	}
	x.Meta = newMeta(by)
	return &x, by.event("price_index.create"), nil
}

// Edit changes an index's points. Cases that were approved by the old ones keep their amounts: what is restated is worked
// out anew only where a page shows it.
func (x *PriceIndex) Edit(by By, to PriceIndex) (*PriceIndex, Event, error) {
	if err := by.may(EditRequirement, relation{}); err != nil {
		return nil, Event{}, err
	}
	if err := to.refuse(); err != nil {
		return nil, Event{}, err
	}
	next := *x
	next.Name, next.Points, next.Source = to.Name, to.Points, to.Source
	next.touch(by, "name", "points", "source")
	return &next, by.event("price_index.edit"), nil
}
