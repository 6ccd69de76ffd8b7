package bench

import (
	"context"
	"strings"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/appraisal"
	"gevinst/portfolio/store"
)

// The grid that an owner may keep: lines and years.
const (
	caseLines = 60
	caseYears = 10
)

// saving measures saving a business case of 60 lines x 10 years, with its event and its hash, against a transaction that adds
// one row and one row that tells of it, both as long as the case.
func saving(b *testing.B) {
	for _, kind := range kinds {
		s := databases[kind](b, small)
		id := beginCase(b, s)
		grids, turn := [2][]portfolio.CaseLine{grid(1), grid(2)}, 0 // what comes in is not what is measured
		ours := contestant{act: func(tb testing.TB) {
			turn++
			if err := saveCase(context.Background(), s, id, grids[turn%2]); err != nil {
				tb.Fatal(err)
			}
		}}
		bare := plainWriter(b, kind)
		bare.body = strings.Repeat("0", len(caseText(b, s, id)))
		got := race(b, ours, contestant{act: bare.one})
		atMostTime("a case of 60 x 10 saved, "+kind, got[0], got[1], 2.5)
		atMost("a case of 60 x 10 saved, "+kind+", processor", got[0], got[1], 2.5)
	}
}

func beginCase(b *testing.B, s *store.Store) portfolio.CaseID {
	b.Helper()
	var id portfolio.CaseID
	_, err := s.Write(context.Background(), func(tx *store.Tx) error {
		n, err := tx.NextID(portfolio.KindBusinessCase)
		if err != nil {
			return err
		}
		id = portfolio.CaseID(n)
		c, e, err := portfolio.NewCase(tx.Portfolio(), tx.By(office, ""), id, 1)
		if err != nil {
			return err
		}
		tx.Save(c, e)
		return nil
	})
	if err == nil {
		lines := grid(0)
		for k := range lines {
			lines[k].ID = 0 // the case gives each its number
		}
		err = saveCase(context.Background(), s, id, lines)
	}
	if err != nil {
		b.Fatal(err)
	}
	return id
}

// grid is what an owner has written in every cell, other amounts each turn.
func grid(turn int) []portfolio.CaseLine {
	lines := make([]portfolio.CaseLine, caseLines)
	for k := range lines {
		lines[k] = portfolio.CaseLine{ID: portfolio.LineID(k + 1), Kind: appraisal.Benefit, Title: "Besparelse"}
		for t := range caseYears {
			lines[k].Amounts = append(lines[k].Amounts, portfolio.Estimate{
				Likely: amount.Exactly(amount.Money(1_000+k*caseYears+t+turn) * amount.Krone),
			})
		}
	}
	return lines
}

// saveCase writes every cell of the grid anew.
func saveCase(ctx context.Context, s *store.Store, id portfolio.CaseID, lines []portfolio.CaseLine) error {
	_, err := s.Write(ctx, func(tx *store.Tx) error {
		was := tx.Portfolio().Cases.Get(id)
		to := was.CaseContent
		to.Years, to.Lines = caseYears, lines
		c, e, err := was.Edit(tx.Portfolio(), tx.By(office, ""), to)
		if err != nil {
			return err
		}
		tx.Save(c, e)
		return nil
	})
	return err
}

func caseText(b *testing.B, s *store.Store, id portfolio.CaseID) string {
	b.Helper()
	p, err := s.Snapshot(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	text, _, err := portfolio.Encode(p.Cases.Get(id))
	if err != nil {
		b.Fatal(err)
	}
	return text
}
