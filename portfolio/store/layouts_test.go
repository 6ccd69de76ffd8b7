package store_test

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/portfoliotest"
	"gevinst/portfolio/store"
)

// layouts say what each step made room for, in the order of the steps, so that the log up to any of them fits its layout.
var layouts = map[int]func(*testing.T, *store.Store, portfoliotest.World){
	3: func(t *testing.T, s *store.Store, x portfoliotest.World) { // passes, and how often a person is reminded
		write(t, s, func(tx *store.Tx) error {
			become(tx, portfolio.Person{User: x.Owner, Name: "Projektejer", Email: "ejer@example.invalid", Digest: "weekly"}, "")
			become(tx, portfolio.Person{User: x.Viewer, Name: "Læser", Email: "laeser@example.invalid"}, "$argon2id$none")
			return nil
		})
		for kind, label := range map[store.PassKind]string{store.SessionPass: "Firefox", store.LinkPass: "", store.TokenPass: "Regneark"} {
			at := portfolio.InstantOf(time.Date(2018, 9, 3, 9, 0, 0, 0, store.Copenhagen))
			if _, err := s.Issue(t.Context(), store.Pass{Kind: kind, User: x.Owner, Issuer: x.Admin, Label: label, Scope: "read", Created: at}); err != nil {
				t.Fatal(err)
			}
		}
	},
	4: func(t *testing.T, s *store.Store, x portfoliotest.World) { // what is written about an initiative
		write(t, s, func(tx *store.Tx) error {
			owner, chief := tx.By(x.Owner, ""), tx.By(x.Chief, "")
			p := tx.Portfolio
			portfoliotest.Did(portfolio.NewPriceIndex(chief, portfolio.PriceIndex{
				ID: 1, Name: "Løn", Source: "opfundet", Points: []portfolio.IndexPoint{{Year: 2017, Milli: 100_000}, {Year: 2018, Milli: 101_500}},
			})).Keep(tx)
			portfoliotest.Did(portfolio.NewCase(p(), owner, 1, x.Initiative)).Keep(tx)
			portfoliotest.Did(portfolio.NewMilestone(p(), owner, portfolio.Milestone{ID: 1, Initiative: x.Initiative, Title: "Idrift", Due: 20181001})).Keep(tx)
			portfoliotest.Did(portfolio.NewRisk(p(), owner, portfolio.Risk{
				ID: 1, Initiative: x.Initiative, Title: "Leverandøren", Likelihood: portfolio.LowLevel, Consequence: portfolio.LowLevel, Review: 20181001,
			})).Keep(tx)
			portfoliotest.Did(portfolio.NewQuestion(p(), chief, portfolio.Question{ID: 1, Initiative: x.Initiative, Text: "Hvornår?"})).Keep(tx)
			portfoliotest.Did(portfolio.NewCommentary(p(), owner, portfolio.Commentary{
				ID: 1, Initiative: x.Initiative, FollowUp: 20181231, Outlook: portfolio.OnTrack, Text: "Som planlagt",
			})).Keep(tx)
			return counted(tx, portfolio.KindPriceIndex, portfolio.KindBusinessCase, portfolio.KindMilestone, portfolio.KindRisk, portfolio.KindQuestion, portfolio.KindCommentary)
		})
	},
	5: func(t *testing.T, s *store.Store, x portfoliotest.World) { // what comes from the finance system
		takeIn(t, s, x, 3)
		write(t, s, func(tx *store.Tx) error {
			chief := tx.By(x.Chief, "Konteret forkert")
			portfoliotest.Did(portfolio.NewMapping(tx.Portfolio(), chief, portfolio.Mapping{ID: 1, Name: "OPUS", For: "finance", Columns: map[string]string{"account": "Konto"}})).Keep(tx)
			id, err := tx.NextID(portfolio.KindBenefit)
			if err != nil {
				return err
			}
			portfoliotest.Did(portfolio.NewBenefit(tx.Portfolio(), tx.By(x.Office, ""), portfolio.Benefit{
				ID: portfolio.BenefitID(id), Initiative: x.Initiative, Title: "Porto", Type: portfolio.Efficiency, PriceYear: 2018,
				Cash:  &portfolio.Cash{Step: portfolio.BudgetReduction, Account: "6.45.51"},
				Terms: portfolio.Terms{From: amount.NewMonth(2018, 10), Gross: amount.Exactly(10_000 * amount.Krone), Running: amount.Exactly(0)},
			})).Keep(tx)
			portfoliotest.Did(tx.Portfolio().Accounts.Get(1).Explain(tx.Portfolio(), chief, 1, 2018)).Keep(tx)
			return counted(tx, portfolio.KindMapping, portfolio.KindExplanation, portfolio.KindFinanceFile)
		})
	},
	6: func(t *testing.T, s *store.Store, x portfoliotest.World) { // what directors weigh
		write(t, s, func(tx *store.Tx) error {
			office := tx.By(x.Office, "")
			p := tx.Portfolio
			round := portfoliotest.Did(portfolio.NewRound(p(), office, portfolio.Round{
				ID: 1, Name: "Efterår", Period: "2019", Items: []portfolio.ItemID{x.Item},
				Criteria: []portfolio.Criterion{{Name: "Gevinst", Weight: 10, Scale: strings.Split("1 2 3 4 5", " ")}},
			})).Keep(tx)
			portfoliotest.Did(round.GiveScores(p(), tx.By(x.Director, ""), 1, []portfolio.Scored{{Item: x.Item, Scores: []int{4}}})).Keep(tx)
			portfoliotest.Did(portfolio.NewScenario(p(), office, portfolio.Scenario{
				ID: 1, Name: "Uden", Alterations: []portfolio.Alteration{{Kind: portfolio.Drop, Initiative: x.Initiative}},
			})).Keep(tx)
			portfoliotest.Did(portfolio.NewReport(p(), office, portfolio.Report{
				ID: 1, Title: "Status", Programme: x.DIGIT, Year: 2018, AsOf: 20180903, Known: p().Seq, Sections: []portfolio.Section{{Code: "summary", Text: "Som planlagt"}},
			})).Keep(tx)
			return counted(tx, portfolio.KindRound, portfolio.KindScore, portfolio.KindScenario, portfolio.KindReport)
		})
	},
	7: func(t *testing.T, s *store.Store, x portfoliotest.World) { // who was reminded
		if taken, err := s.TakeReminder(t.Context(), x.Owner, 20180903, portfolio.InstantOf(time.Date(2018, 9, 3, 9, 0, 0, 0, store.Copenhagen))); err != nil || !taken {
			t.Fatal(taken, err)
		}
	},
	9: func(t *testing.T, s *store.Store, x portfoliotest.World) { // who is who at the identity provider
		write(t, s, func(tx *store.Tx) error {
			portfoliotest.Did(tx.Portfolio().Users.Get(x.Owner).Correct(tx.By(x.Admin, ""))).Keep(tx)
			tx.Bind(x.Owner, store.Identity{Issuer: "https://id.example", Subject: "sub-1"})
			return nil
		})
	},
	10: func(t *testing.T, s *store.Store, x portfoliotest.World) { // files that wait
		sent := time.Date(2018, 9, 3, 9, 0, 0, 0, store.Copenhagen)
		_, err := s.KeepUpload(t.Context(), store.Upload{
			User: x.Chief, Name: "opus.csv", Sent: portfolio.InstantOf(sent), Expires: portfolio.InstantOf(sent.AddDate(100, 0, 0)), State: "sent", Told: "{}",
		}, strings.NewReader("Konto;Beløb\r\n6.45.51;1,00\r\n"))
		if err != nil {
			t.Fatal(err)
		}
	},
}

// counted gives out the ids that records of the kinds were given by hand.
func counted(tx *store.Tx, kinds ...portfolio.Kind) error {
	for _, k := range kinds {
		if _, err := tx.NextID(k); err != nil {
			return err
		}
	}
	return nil
}

// writeLayouts writes the data of the last layout, and that of earlier ones that added something and have none.
func writeLayouts(t *testing.T, last int) {
	h := embedded(t)
	s := h.open(t)
	x := settled(t, s)
	write(t, s, func(tx *store.Tx) error {
		chief := tx.By(x.Chief, "")
		portfoliotest.Did(portfolio.NewOverlap(tx.Portfolio(), chief, portfolio.Overlap{
			ID: 1, Title: "Licenser", Initiatives: []portfolio.InitiativeID{x.Initiative}, Programmes: []portfolio.ProgrammeID{x.DIGIT, x.KME},
			Cap: amount.Exactly(100_000 * amount.Krone), Home: x.DIGIT,
		})).Keep(tx)
		portfoliotest.Did(portfolio.NewFollowUp(tx.Portfolio(), chief, 1, "BO1", 20180331)).Keep(tx)
		return counted(tx, portfolio.KindOverlap, portfolio.KindFollowUp)
	})
	for step := 3; step <= last; step++ {
		add := layouts[step]
		if add != nil {
			add(t, s, x)
		}
		_, err := os.Stat(filled(step))
		if step == last || add != nil && errors.Is(err, fs.ErrNotExist) {
			writeFilled(t, h.raw(t), step)
		}
	}
	sound(t, s)
}
