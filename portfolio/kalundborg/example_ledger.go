package kalundborg

import (
	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/store"
)

// The entries, in the order in which they are claimed.
const (
	smsCut portfolio.EntryID = iota + 1
	deviceCut
	tgkCut
	mayWrong
	mayAgain
	june
	july
	august
)

// months gives the same amount, in thousands of kroner, for each month of 2018 from first to last.
func months(first, last int, gross, running int64) []portfolio.MonthGain {
	var list []portfolio.MonthGain
	for m := first; m <= last; m++ {
		list = append(list, portfolio.MonthGain{Month: amount.NewMonth(2018, m), Gross: thousand(gross), Running: thousand(running)})
	}
	return list
}

func claim(owner portfolio.UserID, e portfolio.Entry) act {
	return voice{user: owner, source: example}.changes(func(p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
		return portfolio.NewClaim(p, by, e)
	})
}

// cut is a transfer that takes every month to come out of the budget at once.
func cut(id portfolio.EntryID, owner portfolio.UserID, of portfolio.BenefitID, transfer string, list []portfolio.MonthGain) act {
	return claim(owner, portfolio.Entry{
		ID: id, Benefit: of, Months: list, Evidence: portfolio.Evidence{Transfer: transfer, Document: "Eksempelbilag", Account: "Eksempelkonto"},
	})
}

// caseMonth is one month's saving by digital case handling.
func caseMonth(id portfolio.EntryID, month int, gross, running int64, note string) act {
	return claim(planner, portfolio.Entry{
		ID: id, Benefit: casesGain, Months: months(month, month, gross, running), Note: note,
		Evidence: portfolio.Evidence{Document: "Eksempelbilag", Account: "Eksempelkonto"},
	})
}

func confirm(user portfolio.UserID, id portfolio.EntryID) act {
	return settle(voice{user: user, source: example}.because("kontrolleret mod budgettet."), id, true)
}

func settle(v voice, id portfolio.EntryID, accept bool) act {
	return func(tx *store.Tx) error {
		claimed, err := tx.Entry(id)
		if err != nil {
			return err
		}
		return v.changes(func(p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
			return claimed.Settle(p, by, accept)
		})(tx)
	}
}

// rejectMay sends the first claim of May back: it left the new running costs out.
func rejectMay() act {
	v := voice{user: deputy, source: example}.because("de nye driftsudgifter på 10.000 kr. om måneden er ikke trukket fra. Indmeld igen med dem.")
	return settle(v, mayWrong, false)
}

// freeze is the budget follow-up of 30 June 2018, made once June was confirmed.
func freeze() act {
	return voice{user: chief, source: example}.changes(func(p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
		return portfolio.NewFollowUp(p, by, 1, "Budgetopfølgning pr. 30. juni 2018", 20180630)
	})
}

// slip moves Office 365 six months.
func slip() act {
	v := voice{user: digitalHead, source: example}.because("leverandørens flytning af filer er udskudt et halvt år; intet varigt er tabt.")
	return func(tx *store.Tx) error {
		i := tx.Portfolio().Initiatives.Get(office365)
		if i == nil {
			return errMissing
		}
		changes, err := i.ReportDelay(tx.Portfolio(), v.by(tx), 6)
		if err != nil {
			return err
		}
		tx.SaveAll(changes)
		return nil
	}
}
