package portfolio

import "maps"

// Extend gives the portfolio with the changes in it, in their order. The portfolio it was stays as it stood.
func (p *Portfolio) Extend(changes ...Change) *Portfolio {
	if len(changes) == 0 {
		return p
	}
	next := *p
	b := builder{p: &next, ledgers: map[BenefitID]bool{}, accounts: map[AccountID]bool{}, touched: map[InitiativeID]bool{}}
	for _, c := range changes {
		b.apply(c.Record)
		if e, ok := c.Record.(*Entry); ok {
			b.ledger(e.Benefit).fold(e, c.Event.Verb)
		}
		if c.Event.Seq > 0 {
			next.Seq, next.At = c.Event.Seq, c.Event.At
		}
	}
	next.years = p.years.next(&next, b.touched, b.all)
	return &next
}

// Load builds a portfolio from the records as they stand and the ledger's sums, as the store reads them.
func Load(today Date, seq int64, at Instant, records []Record, tallies []Tally, posted []AccountTally) *Portfolio {
	p := New(today)
	b := builder{p: p, ledgers: map[BenefitID]bool{}, accounts: map[AccountID]bool{}, touched: map[InitiativeID]bool{}, fresh: true}
	for _, r := range records {
		b.apply(r)
	}
	for _, t := range tallies {
		b.ledger(t.Benefit).add(t.Month, t.Claimed, Gain{moneyOf(t.Gross), moneyOf(t.Running)}, t.Entries)
	}
	for _, t := range posted {
		b.post(t)
	}
	p.Seq, p.At = seq, at
	return p
}

// builder copies each table once, on its first change.
type builder struct {
	p        *Portfolio
	owned    [64]bool
	ledgers  map[BenefitID]bool
	accounts map[AccountID]bool
	touched  map[InitiativeID]bool
	// ownBenefits and ownCases: the lists by initiative have been copied.
	ownBenefits, ownCases bool
	// all: the change may move any initiative's figures. fresh: nothing is shared, so nothing needs a copy.
	all, fresh bool
}

// puts sets one kind's row in its table, copying the table first where it is still shared.
func puts[K ~int64, T any](b *builder, k Kind, t *Table[K, T], id K, r *T, removed bool) {
	if !b.owned[k] && !b.fresh {
		*t = t.own()
		b.owned[k] = true
	}
	t.put(int64(id), r, removed)
}

func (b *builder) apply(r Record) {
	p, gone := b.p, r.meta().Removed
	switch r := r.(type) {
	case *User:
		puts(b, KindUser, &p.Users, r.ID, r, gone)
	case *Area:
		puts(b, KindArea, &p.Areas, r.ID, r, gone)
	case *Strategy:
		p.Strategy = present(r, gone)
	case *Programme:
		puts(b, KindProgramme, &p.Programmes, r.ID, r, gone)
	case *Policy:
		p.Policy, b.all = present(r, gone), true
	case *CatalogueItem:
		puts(b, KindCatalogueItem, &p.Items, r.ID, r, gone)
	case *Initiative:
		puts(b, KindInitiative, &p.Initiatives, r.ID, r, gone)
		b.touched[r.ID] = true
	case *Benefit:
		b.benefit(r, gone)
	case *Requirement:
		puts(b, KindRequirement, &p.Requirements, r.ID, r, gone)
		b.all = true // by what is carried over it says what the gains were credited with
	case *Overlap:
		puts(b, KindOverlap, &p.Overlaps, r.ID, r, gone)
		b.all = true
	case *Meeting:
		puts(b, KindMeeting, &p.Meetings, r.ID, r, gone)
	case *Decision:
		puts(b, KindDecision, &p.Decisions, r.ID, r, gone)
	case *FollowUp:
		puts(b, KindFollowUp, &p.FollowUps, r.ID, r, gone)
		b.all = true // of a year that it closes nothing is expected any more
	default:
		b.applyCase(r, gone)
	}
}

func present[T any](r *T, gone bool) *T {
	if gone {
		return nil
	}
	return r
}

func (b *builder) benefit(r *Benefit, gone bool) {
	p, isNew := b.p, b.p.Benefits.Ever(r.ID) == nil
	puts(b, KindBenefit, &p.Benefits, r.ID, r, gone)
	b.touched[r.Initiative] = true
	if isNew {
		addTo(&p.benefitsOf, r.Initiative, r.ID, b.fresh, &b.ownBenefits)
	}
}

// applyCase sets what is written about an initiative's business case and its follow-up.
func (b *builder) applyCase(r Record, gone bool) {
	p := b.p
	switch r := r.(type) {
	case *PriceIndex:
		puts(b, KindPriceIndex, &p.Indexes, r.ID, r, gone)
	case *BusinessCase:
		isNew := p.Cases.Ever(r.ID) == nil
		puts(b, KindBusinessCase, &p.Cases, r.ID, r, gone)
		b.touched[r.Initiative] = true // its ranges are the forecast's
		if isNew {
			addTo(&p.casesOf, r.Initiative, r.ID, b.fresh, &b.ownCases)
		}
	case *Milestone:
		puts(b, KindMilestone, &p.Milestones, r.ID, r, gone)
	case *Risk:
		puts(b, KindRisk, &p.Risks, r.ID, r, gone)
	case *Question:
		puts(b, KindQuestion, &p.Questions, r.ID, r, gone)
	case *Commentary:
		puts(b, KindCommentary, &p.Commentaries, r.ID, r, gone)
	default:
		b.applyFinance(r, gone)
	}
}

// applyFinance sets what comes from the finance system, and what directors weigh. Postings are added up and not kept.
func (b *builder) applyFinance(r Record, gone bool) {
	p := b.p
	switch r := r.(type) {
	case *Account:
		puts(b, KindAccount, &p.Accounts, r.ID, r, gone)
	case *FinanceFile:
		puts(b, KindFinanceFile, &p.Files, r.ID, r, gone)
	case *Explanation:
		puts(b, KindExplanation, &p.Explanations, r.ID, r, gone)
	case *Mapping:
		puts(b, KindMapping, &p.Mappings, r.ID, r, gone)
	case *Round:
		puts(b, KindRound, &p.Rounds, r.ID, r, gone)
	case *Score:
		puts(b, KindScore, &p.scores, r.ID, r, gone)
	case *Scenario:
		puts(b, KindScenario, &p.Scenarios, r.ID, r, gone)
	case *Report:
		puts(b, KindReport, &p.Reports, r.ID, r, gone)
	case *Posting:
		b.post(AccountTally{r.Account, r.Month, r.Measure, int64(r.Ore)})
	}
}

// post adds to an account's sums, copying the account's first where they are still shared.
func (b *builder) post(t AccountTally) {
	p := b.p
	if !b.owned[KindPosting] && !b.fresh {
		p.posted = append([]accountLedger(nil), p.posted...)
		b.owned[KindPosting] = true
	}
	for len(p.posted) < int(t.Account) {
		p.posted = append(p.posted, nil)
	}
	if !b.accounts[t.Account] {
		own := maps.Clone(p.posted[t.Account-1])
		if own == nil {
			own = accountLedger{}
		}
		p.posted[t.Account-1] = own
		b.accounts[t.Account] = true
	}
	p.posted[t.Account-1][postingKey{t.Month, t.Measure}] += moneyOf(t.Ore)
}

// addTo adds a part to the list of its initiative's, copying the lists first where they are still shared.
func addTo[K any](lists *[][]K, of InitiativeID, id K, fresh bool, own *bool) {
	if !*own && !fresh {
		*lists = append([][]K(nil), *lists...)
		*own = true
	}
	for len(*lists) < int(of) {
		*lists = append(*lists, nil)
	}
	old := (*lists)[of-1]
	(*lists)[of-1] = append(old[:len(old):len(old)], id) // never into a shared array
}

// ledger gives the benefit's ledger to write in.
func (b *builder) ledger(id BenefitID) *Ledger {
	p := b.p
	if !b.owned[KindEntry] && !b.fresh {
		p.ledgers = append([]*Ledger(nil), p.ledgers...)
		b.owned[KindEntry] = true
	}
	for len(p.ledgers) < int(id) {
		p.ledgers = append(p.ledgers, nil)
	}
	if !b.ledgers[id] {
		p.ledgers[id-1] = p.ledgers[id-1].clone()
		b.ledgers[id] = true
		if owner := p.Benefits.Ever(id); owner != nil {
			b.touched[owner.Initiative] = true
		}
	}
	return p.ledgers[id-1]
}
