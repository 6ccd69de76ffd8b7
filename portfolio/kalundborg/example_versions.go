package kalundborg

import (
	"slices"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/appraisal"
	"gevinst/portfolio/store"
)

// The price and wage indexes of the example: invented points, each year against 2016.
const (
	wages portfolio.PriceIndexID = iota + 1
	otherCosts
)

// The versions of the business cases, in the order in which they are begun.
const (
	tgkCase portfolio.CaseID = iota + 1
	deviceCase
	ssoCase
	officeCase
	esdhCase
	telemedicineCase
	smsCase
	casesCase
	officeCaseLater
	lettersCase
)

func indexes() []act {
	v := voice{user: chief, source: example}
	points := func(milli ...int64) (list []portfolio.IndexPoint) {
		for k, m := range milli {
			list = append(list, portfolio.IndexPoint{Year: 2016 + k, Milli: m})
		}
		return list
	}
	return each([]portfolio.PriceIndex{
		{ID: wages, Name: "Løn", Points: points(100_000, 101_800, 103_700, 105_900, 108_300), Source: "Eksempeltal, ikke et offentliggjort indeks"},
		{ID: otherCosts, Name: "Øvrige udgifter", Points: points(100_000, 101_200, 102_500, 104_000, 105_600), Source: "Eksempeltal, ikke et offentliggjort indeks"},
	}, func(x portfolio.PriceIndex) act {
		return v.changes(func(_ *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
			return portfolio.NewPriceIndex(by, x)
		})
	})
}

// version is the first version of an initiative's business case, as its owner delivers it.
type version struct {
	id        portfolio.CaseID
	of        portfolio.InitiativeID
	owner     portfolio.UserID
	assumes   string
	financing portfolio.Financing
	// from and to are how far below and above the likely benefit its owner thinks it may end, in percent; 0 gives no range.
	from, to int64
}

var firstVersions = []version{
	{tgkCase, tgk, employmentHead, "Diktering sparer en time om ugen pr. sagsbehandler.", portfolio.OwnFrame, 80, 110},
	{deviceCase, device, digitalHead, "Levetiden for bærbare forlænges fra tre til fire år.", portfolio.OwnFrame, 90, 105},
	{ssoCase, sso, digitalHead, "De gamle licenser kan opsiges til 1. juni.", portfolio.Pool, 0, 0},
	{officeCase, office365, digitalHead, "Serverrummet kan lukkes, når filerne er flyttet.", portfolio.Pool, 60, 110},
	{esdhCase, esdh, digitalHead, "Arbejdsgangene ved siden af systemet lukkes.", portfolio.OwnFrame, 70, 100},
	{telemedicineCase, telemedicine, elderlyHead, "Staten betaler udstyret, kommunen driften.", portfolio.Pool, 0, 0},
	{smsCase, sms, planner, "Hver sparet påmindelse pr. brev koster 9 kr.", portfolio.OwnFrame, 90, 110},
	{casesCase, cases, planner, "To overlappende systemer opsiges.", portfolio.OwnFrame, 75, 115},
}

var lettersVersion = version{
	lettersCase, letters, citizensHead, "Printaftalerne udløber i februar 2019 og kan opsiges til oktober 2018.", portfolio.OwnFrame, 85, 105,
}

// draftVersion begins a version and fills in what its owner assumes.
func draftVersion(v version) []act {
	by := voice{user: v.owner, source: example}
	begin := by.changes(func(p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
		return portfolio.NewCase(p, by, v.id, v.of)
	})
	fill := on(by, caseOf(v.id), func(c *portfolio.BusinessCase, p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
		to := c.CaseContent
		to.Financing, to.Assumptions = v.financing, []portfolio.Note{{Text: v.assumes, Source: example}}
		to.Lines = slices.Clone(to.Lines)
		for k := range to.Lines {
			to.Lines[k].Amounts = v.ranged(to.Lines[k])
		}
		return c.Edit(p, by, to)
	})
	return []act{begin, fill}
}

// ranged gives the amounts of a benefit its owner's range.
func (v version) ranged(l portfolio.CaseLine) []portfolio.Estimate {
	if v.to == 0 || l.Kind != appraisal.Benefit {
		return l.Amounts
	}
	amounts := slices.Clone(l.Amounts)
	for t, e := range amounts {
		if e.Likely.Known {
			amounts[t].Low = amount.Exactly(amount.MulDiv(e.Likely.Ore, v.from, 100))
			amounts[t].High = amount.Exactly(amount.MulDiv(e.Likely.Ore, v.to, 100))
		}
	}
	return amounts
}

func caseOf(id portfolio.CaseID) func(*portfolio.Portfolio) *portfolio.BusinessCase {
	return func(p *portfolio.Portfolio) *portfolio.BusinessCase { return p.Cases.Get(id) }
}

func submitCase(owner portfolio.UserID, id portfolio.CaseID) act {
	return on(voice{user: owner, source: example}, caseOf(id), func(c *portfolio.BusinessCase, p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
		return c.Submit(p, by)
	})
}

func assureCase(user portfolio.UserID, id portfolio.CaseID) act {
	v := voice{user: user, source: example}.because("beløbene er holdt mod budgettet.")
	return on(v, caseOf(id), func(c *portfolio.BusinessCase, p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
		return c.Assure(p, by)
	})
}

func returnCase(user portfolio.UserID, id portfolio.CaseID, why string) act {
	v := voice{user: user, source: example}.because(why)
	return on(v, caseOf(id), func(c *portfolio.BusinessCase, p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
		return c.Return(p, by)
	})
}

// approveCase is by the area's director, or by a director who carries out the board's decision.
func approveCase(v voice, id portfolio.CaseID) act {
	return func(tx *store.Tx) error {
		c := tx.Portfolio().Cases.Get(id)
		if c == nil {
			return errMissing
		}
		changes, err := c.Approve(tx.Portfolio(), v.by(tx))
		if err != nil {
			return err
		}
		tx.SaveAll(changes)
		return nil
	}
}

// versionSteps are the first versions: written, sent in, assured and approved before the year begins, but for one that Finance
// sends back.
func versionSteps() []Step {
	var write, assure, approve []act
	for _, v := range firstVersions {
		write = append(write, draftVersion(v)...)
		write = append(write, submitCase(v.owner, v.id))
		if v.id == telemedicineCase {
			assure = append(assure, returnCase(deputy, v.id, "driften fra 2019 skal fordeles på årene, og finansieringen skal fremgå."))
			continue
		}
		assure = append(assure, assureCase(deputy, v.id))
		approve = append(approve, approveInArea(v))
	}
	return []Step{
		step(at(2017, 11, 21, 9, 0), "example: price and wage indexes", indexes()...),
		step(at(2017, 11, 22, 10, 0), "example: business cases are written", write...),
		step(at(2017, 11, 24, 13, 0), "example: Finance goes through them", assure...),
		step(at(2017, 11, 24, 15, 0), "example: the directors approve them", approve...),
	}
}

// approveInArea is the area's director's approval; an initiative without an area waits for the board's.
func approveInArea(v version) act {
	return func(tx *store.Tx) error {
		area := tx.Portfolio().Initiatives.Get(v.of).Area
		if area == 0 {
			return nil
		}
		return approveCase(voice{user: directorOf(area), source: example}, v.id)(tx)
	}
}

// adoptCases is the board's approval of what no single director can approve.
func adoptCases() []act {
	return each(firstVersions, func(v version) act {
		return func(tx *store.Tx) error {
			if c := tx.Portfolio().Cases.Get(v.id); c == nil || c.State != portfolio.Assured {
				return nil
			}
			return approveCase(voice{user: director, source: example}.under(plan2019Approved), v.id)(tx)
		}
	})
}

// laterOffice is the version that follows the slip: the saving of 2018 begins in October.
func laterOffice() []act {
	v := voice{user: digitalHead, source: example}
	begin := v.changes(func(p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
		return portfolio.NewCase(p, by, officeCaseLater, office365)
	})
	move := on(v.because("virkningen begynder i oktober i stedet for april."), caseOf(officeCaseLater),
		func(c *portfolio.BusinessCase, p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
			to := c.CaseContent
			to.Dated, to.Lines = by.Today, slices.Clone(to.Lines)
			gain := p.Benefits.Get(officeGain)
			for k, l := range to.Lines {
				if l.Benefit != officeGain {
					continue
				}
				amounts := slices.Clone(l.Amounts)
				for t := range amounts {
					amounts[t] = likelyIn(gain, l.Kind, to.FirstYear+t)
				}
				to.Lines[k].Amounts = version{from: 70, to: 110}.ranged(portfolio.CaseLine{Kind: l.Kind, Amounts: amounts})
			}
			return c.Edit(p, by, to)
		})
	return []act{begin, move, submitCase(digitalHead, officeCaseLater)}
}

func likelyIn(b *portfolio.Benefit, k appraisal.Kind, year int) portfolio.Estimate {
	g := b.InYear(year)
	if k == appraisal.Running {
		return portfolio.Estimate{Likely: amount.Exactly(g.Running)}
	}
	return portfolio.Estimate{Likely: amount.Exactly(g.Gross)}
}
