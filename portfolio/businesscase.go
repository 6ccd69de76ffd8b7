package portfolio

import (
	"bytes"
	"encoding/json"
	"slices"

	"gevinst/portfolio/amount"
	"gevinst/portfolio/appraisal"
)

// CaseState is how far a version of a business case has come.
type CaseState uint8

// The states. A version is changed as a draft only; an approved one stands as it is until another takes its place.
const (
	Draft CaseState = iota + 1
	Submitted
	Assured
	Approved
	Superseded
)

var caseStates = names[CaseState]{"draft", "submitted", "assured", "approved", "superseded"}

func (s CaseState) String() string                { return caseStates.code(s) }
func (s CaseState) MarshalText() ([]byte, error)  { return caseStates.text(s) }
func (s *CaseState) UnmarshalText(b []byte) error { return caseStates.parse(b, s) }

// CaseStates lists the states in their order.
func CaseStates() []CaseState { return caseStates.all() }

// Financing is what pays for the one-off costs.
type Financing uint8

// The unit's own frame, a pool for digitalization, or capital expenditure.
const (
	OwnFrame Financing = iota + 1
	Pool
	Capital
)

var financings = names[Financing]{"own_frame", "pool", "capital"}

func (f Financing) String() string                { return financings.code(f) }
func (f Financing) MarshalText() ([]byte, error)  { return financings.text(f) }
func (f *Financing) UnmarshalText(b []byte) error { return financings.parse(b, f) }

// Financings lists them.
func Financings() []Financing { return financings.all() }

// Estimate is an amount of one line in one year, in øre, at three points. Low and High may be unknown where Likely is known;
// they are of the amount itself, so a low cost is the good case and a low benefit the bad one.
type Estimate struct {
	Low    amount.Figure `json:"low,omitzero"`
	Likely amount.Figure `json:"likely,omitzero"`
	High   amount.Figure `json:"high,omitzero"`
}

// Estimates are a line's amounts, year by year from the case's first.
type Estimates []Estimate

// MarshalJSON writes what the estimates themselves would be written as, at once: a grid has hundreds, and each is saved with it.
func (list Estimates) MarshalJSON() ([]byte, error) {
	return list.append(make([]byte, 0, 2+40*len(list))), nil
}

func (list Estimates) append(b []byte) []byte {
	b = append(b, '[')
	for k, e := range list {
		if k > 0 {
			b = append(b, ',')
		}
		b = append(b, '{')
		first := true
		for _, point := range [...]Point{Low, Likely, High} {
			f := e.stated(point)
			if !f.Known {
				continue
			}
			if !first {
				b = append(b, ',')
			}
			first = false
			b = append(append(append(b, '"'), point.String()...), `":`...)
			b = f.Append(b)
		}
		b = append(b, '}')
	}
	return append(b, ']')
}

// At is the estimate at a point; where the point itself was not stated, the likely amount stands for it.
func (e Estimate) At(point Point) amount.Figure {
	switch {
	case point == Low && e.Low.Known:
		return e.Low
	case point == High && e.High.Known:
		return e.High
	}
	return e.Likely
}

// Point is one of the three points of an estimate.
type Point uint8

// The points.
const (
	Low Point = iota + 1
	Likely
	High
)

var points = names[Point]{"low", "likely", "high"}

func (p Point) String() string                { return points.code(p) }
func (p Point) MarshalText() ([]byte, error)  { return points.text(p) }
func (p *Point) UnmarshalText(b []byte) error { return points.parse(b, p) }

// Points lists the three points.
func Points() []Point { return points.all() }

// LineID names a line of a business case through all its versions.
type LineID int64

// CaseLine is one row of a business case: an estimate for each year from the case's first on.
type CaseLine struct {
	ID    LineID         `json:"id"`
	Kind  appraisal.Kind `json:"kind"`
	Title string         `json:"title,omitempty"`
	// Benefit is the gain that the line is about, 0 where it is about none.
	Benefit BenefitID `json:"benefit,omitempty"`
	// Index restates the line in other years' prices; PriceYear is the line's own price level, 0 for the case's.
	Index     PriceIndexID `json:"index,omitempty"`
	PriceYear int          `json:"price_year,omitempty"`
	Amounts   Estimates    `json:"amounts,omitempty"`
	Note      string       `json:"note,omitempty"`
}

// In is the line's estimate of a year, counted from the case's first; unknown beyond what was stated.
func (l *CaseLine) In(t int) Estimate {
	if t < 0 || t >= len(l.Amounts) {
		return Estimate{}
	}
	return l.Amounts[t]
}

// CaseContent is what a business case says: what an owner writes, and what two versions are compared by.
type CaseContent struct {
	// Dated chooses the table of discount rates for all of the case's years.
	Dated     Date `json:"dated"`
	PriceYear int  `json:"price_year"`
	FirstYear int  `json:"first_year"`
	// Years is the horizon: how many years the case counts, the first among them.
	Years int `json:"years"`
	// Rate takes the place of the table's rates, with RateNote as its reason; "" leaves the table. A decimal fraction: 0.03.
	Rate          string     `json:"rate,omitempty"`
	RateNote      string     `json:"rate_note,omitempty"`
	Financing     Financing  `json:"financing,omitempty"`
	FinancingNote string     `json:"financing_note,omitempty"`
	Lines         []CaseLine `json:"lines,omitempty"`
	Assumptions   []Note     `json:"assumptions,omitempty"`
	Summary       string     `json:"summary,omitempty"`
}

// Line finds a line by its id, or nil.
func (c *CaseContent) Line(id LineID) *CaseLine {
	for k := range c.Lines {
		if c.Lines[k].ID == id {
			return &c.Lines[k]
		}
	}
	return nil
}

// CaseStep is an act on a version: who, when, and in what words.
type CaseStep struct {
	By   UserID  `json:"by"`
	At   Instant `json:"at"`
	Note string  `json:"note,omitempty"`
	// Decision is the board's, where the step carries one out.
	Decision DecisionID `json:"decision,omitempty"`
}

// BusinessCase is one version of an initiative's business case.
type BusinessCase struct {
	ID         CaseID       `json:"id"`
	Initiative InitiativeID `json:"initiative"`
	// No counts the initiative's versions from 1.
	No    int       `json:"no"`
	State CaseState `json:"state"`
	// Authors are those who have written in it, the first first: none of them assures or approves it.
	Authors []UserID `json:"authors"`
	CaseContent
	// LastLine is the highest line id that was ever given, so that none is given twice.
	LastLine  LineID    `json:"last_line,omitempty"`
	Submitted *CaseStep `json:"submitted,omitempty"`
	Assured   *CaseStep `json:"assured,omitempty"`
	Approved  *CaseStep `json:"approved,omitempty"`
	// Returned is the last time that it was sent back, with the reason.
	Returned     *CaseStep `json:"returned,omitempty"`
	SupersededBy CaseID    `json:"superseded_by,omitempty"`
	Meta
}

func (c *BusinessCase) Kind() Kind { return KindBusinessCase }
func (c *BusinessCase) Key() int64 { return int64(c.ID) }

// encode writes what json.Marshal would. It would read through once more what MarshalJSON gave it, and nearly all of a case is
// its amounts: they are left out, and then written in their places. A text cannot look like a place, for its quotes are escaped.
func (c *BusinessCase) encode() ([]byte, error) {
	const name, place = `"amounts":`, `"amounts":[{}]`
	shell, cells := *c, 0
	shell.Lines = slices.Clone(c.Lines)
	for k := range shell.Lines {
		if l := &shell.Lines[k]; len(l.Amounts) > 0 {
			cells += len(l.Amounts)
			l.Amounts = Estimates{{}}
		}
	}
	rest, err := json.Marshal(&shell)
	if err != nil {
		return nil, err
	}
	b := make([]byte, 0, len(rest)+40*cells)
	for k := range c.Lines {
		if l := &c.Lines[k]; len(l.Amounts) > 0 {
			at := bytes.Index(rest, []byte(place))
			b = append(append(b, rest[:at]...), name...)
			b, rest = l.Amounts.append(b), rest[at+len(place):]
		}
	}
	return append(b, rest...), nil
}

// Open reports that the version is under way: drafted, or waiting for Finance or a director.
func (c *BusinessCase) Open() bool {
	return c.State == Draft || c.State == Submitted || c.State == Assured
}

// NoAmounts reports that the version states no amount at all, which is legal and is counted as such.
func (c *CaseContent) NoAmounts() bool {
	for _, l := range c.Lines {
		if slices.ContainsFunc(l.Amounts, func(e Estimate) bool { return e.Likely.Known }) {
			return false
		}
	}
	return true
}

// CasesOf lists the versions of an initiative's business case, the first first.
func (p *Portfolio) CasesOf(id InitiativeID) []*BusinessCase {
	if id < 1 || int(id) > len(p.casesOf) {
		return nil
	}
	list := make([]*BusinessCase, 0, len(p.casesOf[id-1]))
	for _, c := range p.casesOf[id-1] {
		if version := p.Cases.Get(c); version != nil {
			list = append(list, version)
		}
	}
	return list
}

// CurrentCase is the version that counts: the approved one, else the one under way; nil without any.
func (p *Portfolio) CurrentCase(id InitiativeID) *BusinessCase {
	var open *BusinessCase
	for _, c := range p.CasesOf(id) {
		if c.State == Approved {
			return c
		}
		if c.Open() {
			open = c
		}
	}
	return open
}

// OpenCase is the version under way, or nil.
func (p *Portfolio) OpenCase(id InitiativeID) *BusinessCase {
	for _, c := range p.CasesOf(id) {
		if c.Open() {
			return c
		}
	}
	return nil
}
