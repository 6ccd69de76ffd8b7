package portfolio

import (
	"slices"
	"sync"

	"gevinst/portfolio/amount"
)

// Figures are what one month, one initiative or one whole programme adds up to in a year. Sums of months, of initiatives
// and of the year are the same additions, so they agree to the øre.
type Figures struct {
	// Plan is the effect as adopted, of what has left the plan too; Now is by the present terms.
	Plan, Now Gain
	// Confirmed is what Finance has confirmed; Claimed what waits for it.
	Confirmed, Claimed Gain
	// Expected is the planned effect of the months that have neither a confirmed nor a claimed entry. Once all of the year's
	// months are closed it is Missed: it was not fetched, and no entry can come any more.
	Expected, Missed Gain
	// Weighted is the net of the planned effect of every month without a confirmed entry, times the forecast's
	// probability; WeightedOpen is its part in the months that are not claimed either. A closed year has neither.
	Weighted, WeightedOpen amount.Money
}

func (f *Figures) add(o *Figures, sign amount.Money) {
	for _, pair := range [...][2]*Gain{
		{&f.Plan, &o.Plan},
		{&f.Now, &o.Now},
		{&f.Confirmed, &o.Confirmed},
		{&f.Claimed, &o.Claimed},
		{&f.Expected, &o.Expected},
		{&f.Missed, &o.Missed},
	} {
		pair[0].Gross += sign * pair[1].Gross
		pair[0].Running += sign * pair[1].Running
	}
	f.Weighted += sign * o.Weighted
	f.WeightedOpen += sign * o.WeightedOpen
}

// Planned is what the year is to bring, unweighted: confirmed, claimed and expected.
func (f *Figures) Planned() amount.Money {
	return f.Confirmed.Net() + f.Claimed.Net() + f.Expected.Net()
}

// Sums are a year's figures: the whole, month by month, and the levels behind them.
type Sums struct {
	Figures
	Months [12]Figures
	// ToDate is the confirmed part in months that have passed.
	ToDate Gain
	// Level is the full-year level reached when the year ends; FullYear the effect fully phased in.
	Level, FullYear Gain
	// ConfirmedLevel is the confirmed full-year effect: what Finance has confirmed of a recurring gain in December, for a
	// whole year.
	ConfirmedLevel Gain
	// Credited is the full-year level that has met earlier years' requirements: all other sums are of what is above it.
	Credited Gain
	// OneOff is what the initiatives cost once; OneOffUnknown counts those whose cost is not known.
	OneOff        amount.Money
	OneOffUnknown int
	// Known and Unknown count initiatives in the plan with an amount, and without ("uden beløb").
	// Approximate counts the gains with a "ca.".
	Known, Unknown, Approximate int
	// Left counts initiatives with an amount that have left the plan, LeftApproximate their gains with a "ca.": they are in Plan alone.
	Left, LeftApproximate int
	// PartPlan and PartNow are what initiatives without an amount bring by those of their gains that have one: it is in Plan and Now.
	PartPlan, PartNow Gain
	// Invented counts initiatives with a figure that is example data.
	Invented int
}

func (s *Sums) add(o *Sums, sign amount.Money) {
	s.Figures.add(&o.Figures, sign)
	for m := range s.Months {
		s.Months[m].add(&o.Months[m], sign)
	}
	for _, pair := range [...][2]*Gain{
		{&s.ToDate, &o.ToDate},
		{&s.Level, &o.Level},
		{&s.FullYear, &o.FullYear},
		{&s.ConfirmedLevel, &o.ConfirmedLevel},
		{&s.Credited, &o.Credited},
		{&s.PartPlan, &o.PartPlan},
		{&s.PartNow, &o.PartNow},
	} {
		pair[0].Gross += sign * pair[1].Gross
		pair[0].Running += sign * pair[1].Running
	}
	s.OneOff += sign * o.OneOff
	s.OneOffUnknown += int(sign) * o.OneOffUnknown
	s.Known += int(sign) * o.Known
	s.Unknown += int(sign) * o.Unknown
	s.Approximate += int(sign) * o.Approximate
	s.Left += int(sign) * o.Left
	s.LeftApproximate += int(sign) * o.LeftApproximate
	s.Invented += int(sign) * o.Invented
}

// InitiativeYear is an initiative's part in a programme's year.
type InitiativeYear struct {
	Initiative *Initiative
	// Outside tells that the initiative adds nothing to what is planned and expected: it is out of the plan, awaits a
	// decision, or counts elsewhere. What has been claimed and confirmed of one that left the plan still counts.
	Outside bool // beside the initiative, for a walk over all rows looks at these two first
	Sums
	// Overlap is set when the initiative draws on the same cut as another programme.
	Overlap *Overlap
	// Drawn is the full-year effect that is drawn but not counted here, because of the overlap.
	Drawn Gain
	// Terms are its gains' parts of the forecast; they add up to Weighted.
	Terms []ForecastTerm
	// Credits are those of its gains that have met an earlier year's requirement; they add up to Credited.
	Credits []Credit
	// Kroner tells that the initiative has a gain that can count at all.
	Kroner bool
}

// Year is a programme's year: the requirement, and what meets it.
type Year struct {
	Programme ProgrammeID
	Year      int
	// Open is the first month that has not passed.
	Open Month
	// Closed tells that no entry of the year can come any more: what is confirmed is what there is.
	Closed bool
	// CreditedFrom is the first year that the gains were credited to before this one, the year itself where there is none.
	CreditedFrom int
	Requirement  *Requirement
	Sums
	rows []*InitiativeYear // by initiative; nil where the initiative is not of the programme
	// behind are the initiatives that bring less than the adopted plan says, by their ids: few do, and they are asked for often.
	behind []InitiativeID
}

// Rows lists the initiatives of the programme, by id; the ones outside the sums too.
func (y *Year) Rows() []*InitiativeYear {
	list := make([]*InitiativeYear, 0, len(y.rows))
	for _, r := range y.rows {
		if r != nil {
			list = append(list, r)
		}
	}
	return list
}

// Row finds an initiative's part; nil when it has none.
func (y *Year) Row(id InitiativeID) *InitiativeYear {
	if id < 1 || int(id) > len(y.rows) {
		return nil
	}
	return y.rows[id-1]
}

// Net is the net requirement N.
func (y *Year) Net() amount.Figure { return y.Requirement.Net() }

// Gap is what is left of the net requirement when the confirmed is taken off, not below 0; unknown without a requirement.
func (y *Year) Gap() amount.Figure { return y.short(amount.Exactly(y.Confirmed.Net())) }

// Forecast is F = V + sum of p (1 - o) D over the months without a confirmed entry. It is unknown while no initiative of
// the plan has an amount.
func (y *Year) Forecast() amount.Figure {
	if y.Known == 0 && y.Unknown > 0 {
		return amount.Figure{}
	}
	return amount.Figure{Ore: y.Confirmed.Net() + y.Weighted, Known: true, Approximate: y.Approximate > 0 || y.Unknown > 0}
}

// ExpectedGap is what is left of the net requirement when the forecast is taken off, not below 0.
func (y *Year) ExpectedGap() amount.Figure { return y.short(y.Forecast()) }

func (y *Year) short(of amount.Figure) amount.Figure {
	n := y.Net()
	if !n.Known || !of.Known {
		return amount.Figure{}
	}
	return amount.Figure{Ore: max(0, n.Ore-of.Ore), Known: true, Approximate: n.Approximate || of.Approximate}
}

// PlannedTotal is confirmed, claimed and expected together; unknown while no initiative of the plan has an amount.
func (y *Year) PlannedTotal() amount.Figure {
	if y.Known == 0 && y.Unknown > 0 {
		return amount.Figure{}
	}
	return amount.Figure{Ore: y.Planned(), Known: true, Approximate: y.Approximate > 0 || y.Unknown > 0}
}

// yearMemo keeps the years that have been asked for. A change moves only the rows of the initiatives it touched, so the
// next portfolio takes over the sums and replaces those.
type yearMemo struct {
	sync.Mutex
	years map[yearKey]*Year
}

type yearKey struct {
	programme ProgrammeID
	year      int
}

// maxYears bounds what is kept per portfolio.
const maxYears = 64

// YearOf gives a programme's year. It is worked out once per portfolio.
func (p *Portfolio) YearOf(programme ProgrammeID, year int) *Year {
	p.years.Lock()
	defer p.years.Unlock()
	key := yearKey{programme, year}
	if y := p.years.years[key]; y != nil {
		return y
	}
	y, of := &Year{Programme: programme, Year: year}, p.yearFrame(programme, year)
	for i := range p.Initiatives.All() {
		y.set(i.ID, p.initiativeYear(i, of))
	}
	y.settle(p, of)
	if len(p.years.years) < maxYears {
		if p.years.years == nil {
			p.years.years = map[yearKey]*Year{}
		}
		p.years.years[key] = y
	}
	return y
}

func (y *Year) set(id InitiativeID, row *InitiativeYear) {
	for len(y.rows) < int(id) {
		y.rows = append(y.rows, nil)
	}
	if old := y.rows[id-1]; old != nil {
		y.Sums.add(&old.Sums, -1)
	}
	y.rows[id-1] = row
	if row != nil {
		y.Sums.add(&row.Sums, 1)
	}
	if k, listed := slices.BinarySearch(y.behind, id); listed && row.hole() <= 0 {
		y.behind = slices.Delete(y.behind, k, k+1)
	} else if !listed && row.hole() > 0 {
		y.behind = slices.Insert(y.behind, k, id)
	}
}

func (y *Year) settle(p *Portfolio, of yearFrame) {
	y.Requirement = p.Requirement(y.Programme, y.Year)
	y.Open, y.Closed, y.CreditedFrom = of.open, of.closed, of.first
}

// next gives the years of the portfolio that follows, with the touched initiatives worked out anew.
func (m *yearMemo) next(p *Portfolio, touched map[InitiativeID]bool, all bool) *yearMemo {
	if all || m == nil {
		return &yearMemo{}
	}
	m.Lock()
	defer m.Unlock()
	next := &yearMemo{years: make(map[yearKey]*Year, len(m.years))}
	for key, was := range m.years {
		y, of := *was, p.yearFrame(key.programme, key.year)
		if len(touched) > 0 {
			y.rows = append(make([]*InitiativeYear, 0, len(was.rows)+8), was.rows...)
			y.behind = slices.Clone(was.behind)
		}
		for id := range touched {
			var row *InitiativeYear
			if i := p.Initiatives.Get(id); i != nil {
				row = p.initiativeYear(i, of)
			}
			y.set(id, row)
		}
		y.settle(p, of)
		next.years[key] = &y
	}
	return next
}
