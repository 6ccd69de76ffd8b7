package kalundborg

import (
	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/store"
)

// budgetLine is an invented budget account: the gain that is cut there, its budget a month before the cut, the cut a month in
// thousands of kroner and the months of it that the budget already shows.
type budgetLine struct {
	gain              portfolio.BenefitID
	no, name          string
	monthly, cut      int64
	cutFrom, cutUntil int
	// adopted is the reduction of 2018 that the council has adopted, in thousands of kroner.
	adopted int64
}

// The case handling's account shows the cut of one month more than is confirmed: July was moved before it was confirmed.
var budgetLines = []budgetLine{
	{tgkGain, "Eksempel 5.32.30", "Løn, sagsbehandling", 2_100, 140, 4, 12, 1_680},
	{deviceGain, "Eksempel 6.45.51", "It-udstyr", 450, 100, 3, 12, 1_000},
	{smsGain, "Eksempel 6.45.53", "Porto og breve", 120, 23, 2, 12, 253},
	{casesGain, "Eksempel 6.45.54", "Systemer, byg og miljø", 600, 80, 5, 7, 640},
	{officeGain, "Eksempel 6.45.55", "Servere og licenser", 700, 0, 0, 0, 1_350},
}

// onAccount names the account that a gain is cut on.
func onAccount(b portfolio.Benefit) portfolio.Benefit {
	for _, l := range budgetLines {
		if l.gain == b.ID {
			cash := *b.Cash
			cash.Account = l.no
			b.Cash = &cash
		}
	}
	return b
}

func budgetAccounts() []act {
	v := voice{user: chief, source: example}
	var acts []act
	for k, l := range budgetLines {
		id := portfolio.AccountID(k + 1)
		acts = append(acts,
			v.changes(func(p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
				return portfolio.NewAccount(p, by, portfolio.Account{ID: id, No: l.no, Name: l.name})
			}),
			on(v, func(p *portfolio.Portfolio) *portfolio.Account { return p.Accounts.Get(id) },
				func(a *portfolio.Account, p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
					return a.Edit(p, by, l.name, []portfolio.YearCap{{Year: 2018, Reduction: thousand(l.adopted), Source: example}})
				}))
	}
	return acts
}

// budgetFile is what the finance system says on 31 August 2018: the budget, its changes, and what was spent.
func budgetFile() []act {
	v := voice{user: chief, source: example}
	var rows []portfolio.Posting
	add := func(k int, m int, of portfolio.Measure, thousands int64, text string) {
		rows = append(rows, portfolio.Posting{
			File: 1, Row: int64(len(rows) + 2), Account: portfolio.AccountID(k + 1), Month: amount.NewMonth(2018, m), Measure: of, Ore: thousand(thousands), Text: text,
		})
	}
	for k, l := range budgetLines {
		for m := 1; m <= 12; m++ {
			add(k, m, portfolio.OriginalBudget, l.monthly, "Eksempel: vedtaget budget")
			left := l.monthly
			if l.cut != 0 && m >= l.cutFrom && m <= l.cutUntil {
				add(k, m, portfolio.BudgetChange, -l.cut, "Eksempel: omplacering")
				left -= l.cut
			}
			if m <= 8 {
				add(k, m, portfolio.Actual, left, "Eksempel: forbrug")
			}
		}
	}
	var sum amount.Money
	for _, r := range rows {
		sum += r.Ore
	}
	file := portfolio.FinanceFile{ID: 1, Name: "Eksempel: budget og forbrug august 2018.csv", Digest: "eksempel", Rows: int64(len(rows)), Taken: int64(len(rows)), Sum: sum}
	return append([]act{v.changes(func(_ *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
		return portfolio.NewFinanceFile(by, file)
	})}, takeRows(v, rows))
}

func takeRows(v voice, rows []portfolio.Posting) act {
	return func(tx *store.Tx) error {
		first, err := tx.Reserve(portfolio.KindPosting, int64(len(rows)))
		if err != nil {
			return err
		}
		for k, row := range rows {
			row.ID = portfolio.PostingID(first + int64(k))
			t, e, err := portfolio.NewPosting(tx.Portfolio(), v.by(tx), row)
			if err != nil {
				return err
			}
			tx.Save(t, e)
		}
		return nil
	}
}
