package bench

import (
	"context"
	"fmt"
	"time"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	. "gevinst/portfolio/portfoliotest"
	"gevinst/portfolio/store"
	"gevinst/web"
)

// today is the instant that every generated portfolio is read at.
var today = time.Date(2018, 9, 3, 9, 0, 0, 0, store.Copenhagen)

func clock() time.Time { return today }

const (
	admin portfolio.UserID = iota + 1
	office
	chief
	director
	viewer
	firstOwner
)

const (
	areas = 9
	// digital is the programme that the initiatives are of; the front page is about it.
	digital portfolio.ProgrammeID = 1
	// perEntry is how many months an entry has: a year, as most do.
	perEntry = 12
	batch    = 5000
)

// generate fills an empty portfolio with n catalogue items, as many initiatives with owners and gains, and ledger entries
// of so many months in all. The same arguments give the same portfolio.
func generate(ctx context.Context, s *store.Store, n, months int) error {
	steps := []func(*store.Tx) error{found(n), items(n)}
	steps = append(steps, inBatches(n, initiatives)...)
	steps = append(steps, inBatches(n, benefits)...)
	steps = append(steps, inBatches((months+perEntry-1)/perEntry, func(tx *store.Tx, from, to int) error {
		return entries(tx, n, months, from, to)
	})...)
	for _, step := range steps {
		if _, err := s.Write(ctx, step); err != nil {
			return fmt.Errorf("generate: %w", err)
		}
	}
	return nil
}

func inBatches(n int, do func(tx *store.Tx, from, to int) error) []func(*store.Tx) error {
	var steps []func(*store.Tx) error
	for from := 0; from < n; from += batch {
		steps = append(steps, func(tx *store.Tx) error { return do(tx, from, min(from+batch, n)) })
	}
	return steps
}

func email(id portfolio.UserID) string { return fmt.Sprintf("bruger%d@example.org", id) }

func owners(n int) int { return max(4, n/20) }

// password opens the reader's account, the only one that anybody signs in to.
const password = "kun til målinger"

var readerHash = func() string {
	hash, err := web.HashPassword(password)
	if err != nil {
		panic(err)
	}
	return hash
}()

func found(n int) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		// The first account makes itself; the others are made by it.
		roles := []portfolio.Role{
			portfolio.Administrator, portfolio.ProgrammeOffice, portfolio.EconomyChief, portfolio.Director, portfolio.Viewer,
		}
		first, err := tx.Reserve(portfolio.KindUser, int64(len(roles)+owners(n)))
		if err != nil || first != 1 {
			return fmt.Errorf("the portfolio is not empty: %w", err)
		}
		Did(portfolio.NewUser(tx.Portfolio(), tx.By(0, ""), admin, portfolio.Administrator)).Keep(tx)
		p, by := tx.Portfolio(), tx.By(admin, "")
		for id := office; id < firstOwner+portfolio.UserID(owners(n)); id++ {
			role := portfolio.ProjectOwner
			if id < firstOwner {
				role = roles[id-1]
			}
			Did(portfolio.NewUser(p, by, id, role)).Keep(tx)
			tx.SavePerson(portfolio.Person{User: id, Name: fmt.Sprintf("Bruger %d", id), Email: email(id)})
			if id == viewer {
				tx.SetPassword(id, readerHash)
			}
		}
		return structure(tx)
	}
}

func structure(tx *store.Tx) error {
	by := tx.By(office, "")
	Did(portfolio.NewStrategy(by, portfolio.Strategy{Municipality: "Kalundborg Kommune", Title: "Strategi", From: 2016, To: 2020})).Keep(tx)
	for id := portfolio.AreaID(1); id <= areas; id++ {
		Did(portfolio.NewArea(by, portfolio.Area{ID: id, Name: fmt.Sprintf("Fagområde %d", id)})).Keep(tx)
	}
	Did(portfolio.NewProgramme(by, portfolio.Programme{ID: digital, Code: "DIG", Name: "Digitalisering"})).Keep(tx)
	Did(portfolio.NewMeeting(by, portfolio.Meeting{ID: 1, Date: 20171106, Name: "Styregruppe", Type: portfolio.BoardMeeting})).Keep(tx)
	finance := tx.By(chief, "")
	Did(portfolio.NewPolicy(finance, portfolio.Policy{Probability: map[portfolio.Stage]portfolio.Basis{
		portfolio.Selected: 5_000, portfolio.Analysis: 5_000, portfolio.Started: 7_000, portfolio.Implemented: 9_000, portfolio.Realizing: 9_500,
	}})).Keep(tx)
	Did(portfolio.NewDecision(tx.Portfolio(), by, portfolio.Decision{ID: 1, Meeting: 1, Title: "Handlingsplan", Outcome: "Godkendt"})).Keep(tx)
	p := tx.Portfolio()
	Did(portfolio.NewRequirement(p, finance, portfolio.Requirement{ID: 1, Programme: digital, Year: 2018, Lines: []portfolio.Line{
		{Kind: portfolio.Base, Label: "Krav", Amount: amount.Exactly(3_900_000 * amount.Krone), Permanence: portfolio.Permanent},
	}})).Keep(tx)
	for kind, most := range map[portfolio.Kind]int64{
		portfolio.KindArea: areas, portfolio.KindProgramme: 1, portfolio.KindMeeting: 1, portfolio.KindDecision: 1, portfolio.KindRequirement: 1,
	} {
		if _, err := tx.Reserve(kind, most); err != nil {
			return err
		}
	}
	return nil
}

func areaOf(k int) portfolio.AreaID { return portfolio.AreaID(k%areas + 1) }

func items(n int) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		p, by := tx.Portfolio(), tx.By(office, "")
		for k := range n {
			Did(portfolio.NewItem(p, by, portfolio.CatalogueItem{
				ID: portfolio.ItemID(k + 1), No: k + 1, Page: 10 + k, Title: title(k), Area: areaOf(k), Origin: portfolio.Local,
				Mandatory: k%5 == 0, Types: []portfolio.BenefitType{portfolio.Efficiency}, Idea: "Hvad der gøres i dag, og hvad der kan gøres i stedet.",
			})).Keep(tx)
		}
		_, err := tx.Reserve(portfolio.KindCatalogueItem, int64(n))
		return err
	}
}

func title(k int) string {
	words := [...]string{"Digital post", "Selvbetjening", "Ruteplanlægning", "Fælles indkøb", "Velfærdsteknologi", "Sagsbehandling", "Energistyring"}
	return fmt.Sprintf("%s %d", words[k%len(words)], k+1)
}

func initiatives(tx *store.Tx, from, to int) error {
	p, by := tx.Portfolio(), tx.By(office, "")
	decided := by
	decided.Decision = 1
	people := p.Users.Len() - int(firstOwner) + 1
	for k := from; k < to; k++ {
		start := amount.NewMonth(2017, 9) + portfolio.Month(k%12)
		i := Did(portfolio.NewInitiative(p, decided, portfolio.Initiative{
			ID: portfolio.InitiativeID(k + 1), Title: title(k), Programme: digital, Background: portfolio.FromCatalogue,
			Item: portfolio.ItemID(k + 1), Area: areaOf(k), OneOff: amount.Exactly(amount.Money(100+k%900) * 1000 * amount.Krone),
			Now: portfolio.Schedule{Start: start, Done: start + 9}, Summary: "Hvorfor og hvordan.",
		})).Keep(tx)
		owner := firstOwner + portfolio.UserID(k%people)
		i = Did(i.Assign(p, by, owner, owner)).Keep(tx)
		i = Did(i.SetPlan(p, decided, portfolio.InPlan, "")).Keep(tx)
		for stage := portfolio.Analysis; stage <= portfolio.Stage(k%5+1); stage++ {
			i = Did(i.Advance(p, by, stage)).Keep(tx)
		}
	}
	_, err := tx.Reserve(portfolio.KindInitiative, int64(to-from))
	return err
}

// benefits gives each initiative one gain, so that the two have the same number.
func benefits(tx *store.Tx, from, to int) error {
	p, by := tx.Portfolio(), tx.By(office, "")
	for k := from; k < to; k++ {
		Did(portfolio.NewBenefit(p, by, portfolio.Benefit{
			ID: portfolio.BenefitID(k + 1), Initiative: portfolio.InitiativeID(k + 1), Title: "Færre timer", Type: portfolio.Efficiency,
			PriceYear: 2018, Cash: &portfolio.Cash{Step: portfolio.BudgetReduction}, Terms: portfolio.Terms{
				From: amount.NewMonth(2018, 1+k%9), Gross: amount.Exactly(amount.Money(60+k%600) * 1000 * amount.Krone),
				Running: amount.Exactly(amount.Money(k%20) * 1000 * amount.Krone),
			},
		})).Keep(tx)
	}
	_, err := tx.Reserve(portfolio.KindBenefit, int64(to-from))
	return err
}

// entries writes claims of a year each over the gains in turn; Finance confirms three of four.
func entries(tx *store.Tx, n, months, from, to int) error {
	p, by, finance := tx.Portfolio(), tx.By(office, ""), tx.By(chief, "")
	first, err := tx.Reserve(portfolio.KindEntry, int64(to-from))
	if err != nil {
		return err
	}
	for k := from; k < to; k++ {
		e := portfolio.Entry{
			ID: portfolio.EntryID(first) + portfolio.EntryID(k-from), Benefit: portfolio.BenefitID(k%n + 1),
			Evidence: portfolio.Evidence{Document: fmt.Sprintf("18/%06d", k)},
		}
		year := amount.NewMonth(2018+k/n%8, 1)
		for m := range min(perEntry, months-k*perEntry) {
			e.Months = append(e.Months, portfolio.MonthGain{
				Month: year + portfolio.Month(m), Gross: amount.Money(100_000 + k%1000), Running: amount.Money(k % 100),
			})
		}
		claim := Did(portfolio.NewClaim(p, by, e)).Keep(tx)
		if k%4 != 0 {
			Did(claim.Settle(p, finance, true)).Keep(tx)
		}
	}
	return nil
}
