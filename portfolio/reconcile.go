package portfolio

import "gevinst/portfolio/amount"

// Explanation is Finance's word on why what is counted and what the account shows are not the same in a year.
type Explanation struct {
	ID      ExplanationID `json:"id"`
	Account AccountID     `json:"account"`
	Year    int           `json:"year"`
	Text    string        `json:"text"`
	// Difference is what was explained, in øre: when the difference becomes another, it is open again.
	Difference amount.Money `json:"difference_ore"`
	Given      CaseStep     `json:"given"`
	Meta
}

func (x *Explanation) Kind() Kind { return KindExplanation }
func (x *Explanation) Key() int64 { return int64(x.ID) }

// Reconciliation holds what is counted on an account in a year against what the account shows. Amounts are øre, savings
// positive.
type Reconciliation struct {
	Account *Account
	Year    int
	// Claimed and Confirmed are gross, of the gains that name the account.
	Claimed, Confirmed amount.Money
	Benefits           []*Benefit
	// Cut is by how much the budget of the account was changed downwards; Known tells that a posting says so.
	Cut   amount.Money
	Known bool
	// Budget is the corrected budget, Spent the actuals, both of the year.
	Budget, Spent amount.Money
	// Explained is the last word on the difference, nil where it is open.
	Explained *Explanation
}

// Difference is what is confirmed beyond what the account shows as cut; below 0, the account was cut by more.
func (r *Reconciliation) Difference() amount.Money { return r.Confirmed - r.Cut }

// Open tells a difference that nobody has explained.
func (r *Reconciliation) Open() bool {
	return r.Difference() != 0 && (r.Explained == nil || r.Explained.Difference != r.Difference())
}

// Reconcile lists the accounts of a year that have a gain, or a change of budget.
func (p *Portfolio) Reconcile(year int) []Reconciliation {
	gains := map[string][]*Benefit{}
	for b := range p.Benefits.All() {
		if b.Cash != nil && b.Cash.Account != "" {
			gains[b.Cash.Account] = append(gains[b.Cash.Account], b)
		}
	}
	explained := map[AccountID]*Explanation{}
	for x := range p.Explanations.All() {
		if x.Year == year {
			explained[x.Account] = x // the latest stands last
		}
	}
	var list []Reconciliation
	for a := range p.Accounts.All() {
		r := Reconciliation{Account: a, Year: year, Explained: explained[a.ID], Benefits: gains[a.No]}
		changes, changed := p.PostedIn(a.ID, year, BudgetChange)
		original, _ := p.PostedIn(a.ID, year, OriginalBudget)
		r.Cut, r.Known, r.Budget = -changes, changed, original+changes
		r.Spent, _ = p.PostedIn(a.ID, year, Actual)
		for _, b := range r.Benefits {
			for m := amount.NewMonth(year, 1); m <= amount.NewMonth(year, 12); m++ {
				claimed, _ := p.Ledger(b.ID).Claimed(m)
				confirmed, _ := p.Ledger(b.ID).Confirmed(m)
				r.Claimed += claimed.Gross
				r.Confirmed += confirmed.Gross
			}
		}
		if len(r.Benefits) > 0 || changed {
			list = append(list, r)
		}
	}
	return list
}

// Explain says why the account and what is counted differ in a year; the words are the act's note.
func (a *Account) Explain(p *Portfolio, by By, id ExplanationID, year int) (*Explanation, Event, error) {
	if err := by.may(ImportFinance, relation{}); err != nil {
		return nil, Event{}, err
	}
	no := refuseText("note", by.Note, 4000, true)
	x := Explanation{ID: id, Account: a.ID, Year: year, Text: by.Note, Given: *by.step(), Meta: newMeta(by)}
	found := false
	for _, r := range p.Reconcile(year) {
		if r.Account.ID == a.ID {
			x.Difference, found = r.Difference(), true
		}
	}
	if !found {
		no = append(no, invalid("year", "error.nothing_to_explain"))
	}
	if len(no) > 0 {
		return nil, Event{}, no
	}
	return &x, by.event("explanation.give"), nil
}
