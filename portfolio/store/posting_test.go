package store_test

import (
	"iter"
	"slices"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/portfoliotest"
	"gevinst/portfolio/store"
)

// takeIn records a finance file of n postings on one account, a kroner each.
func takeIn(t *testing.T, s *store.Store, x portfoliotest.World, n int64) store.Receipt {
	t.Helper()
	return write(t, s, func(tx *store.Tx) error {
		by := tx.By(x.Chief, "")
		aid, err := tx.NextID(portfolio.KindAccount)
		if err != nil {
			return err
		}
		a, e, err := portfolio.NewAccount(tx.Portfolio(), by, portfolio.Account{ID: portfolio.AccountID(aid), No: "6.45.51"})
		if err != nil {
			return err
		}
		tx.Save(a, e)
		id, err := tx.NextID(portfolio.KindFinanceFile)
		if err != nil {
			return err
		}
		f, e, err := portfolio.NewFinanceFile(by, portfolio.FinanceFile{ID: portfolio.FinanceFileID(id), Name: "budget.csv", Digest: "x", Rows: n, Taken: n})
		if err != nil {
			return err
		}
		tx.Save(f, e)
		first, err := tx.Reserve(portfolio.KindPosting, n)
		if err != nil {
			return err
		}
		p := tx.Portfolio()
		tx.SaveMany(portfolio.KindPosting, n, func(yield func(portfolio.Record, portfolio.Event) bool) {
			for k := range n {
				t, e, err := portfolio.NewPosting(p, by, portfolio.Posting{
					ID: portfolio.PostingID(first + k), File: f.ID, Row: k, Account: a.ID, Month: amount.NewMonth(2018, 1+int(k%12)),
					Measure: portfolio.Actual, Ore: amount.Krone, Same: k,
				})
				if err != nil || !yield(t, e) {
					return
				}
			}
		})
		return nil
	})
}

func TestPostings(t *testing.T) {
	forEach(t, func(t *testing.T, s *store.Store, x portfoliotest.World) {
		before := snapshot(t, s)
		const n = 1_201
		r := takeIn(t, s, x, n)
		t.Run("many records are one transaction, one event each, and the log is sound", func(t *testing.T) {
			if r.First != before.Seq+1 || r.Last != before.Seq+2+n {
				t.Errorf("receipt %+v after %d", r, before.Seq)
			}
			sound(t, s)
		})
		t.Run("they are seen as sums", func(t *testing.T) {
			p := snapshot(t, s)
			if got, ok := p.PostedIn(1, 2018, portfolio.Actual); !ok || got != n*amount.Krone {
				t.Errorf("%d, %t", got, ok)
			}
			if got, _ := p.Posted(1, amount.NewMonth(2018, 1), portfolio.Actual); got != 101*amount.Krone {
				t.Errorf("January has %d", got)
			}
			past, err := s.At(t.Context(), before.Seq, before.Today)
			if err != nil {
				t.Fatal(err)
			}
			if _, ok := past.PostedIn(1, 2018, portfolio.Actual); ok {
				t.Error("the past knows them")
			}
		})
		t.Run("a portfolio read anew has the same sums as one that was extended", func(t *testing.T) {
			now, err := s.At(t.Context(), r.Last, before.Today)
			if err != nil {
				t.Fatal(err)
			}
			sums := func(p *portfolio.Portfolio) []portfolio.AccountTally {
				return slices.SortedFunc(p.AccountTallies(), func(a, b portfolio.AccountTally) int { return int(a.Month - b.Month) })
			}
			if a, b := sums(now), sums(snapshot(t, s)); !slices.Equal(a, b) {
				t.Errorf("%v and %v", a, b)
			}
		})
		t.Run("they are read a page at a time", func(t *testing.T) {
			list, err := s.Postings(t.Context(), snapshot(t, s), store.PostingFilter{Account: 1, First: amount.NewMonth(2018, 2), Last: amount.NewMonth(2018, 2), Limit: 50})
			if err != nil || len(list) != 50 || list[0].Month != amount.NewMonth(2018, 2) {
				t.Errorf("%d, %v", len(list), err)
			}
		})
		t.Run("a posting that is known is refused, and nothing of the transaction stays", func(t *testing.T) {
			was := snapshot(t, s).Seq
			_, err := s.Write(t.Context(), func(tx *store.Tx) error {
				by := tx.By(x.Chief, "")
				f, e, err := portfolio.NewFinanceFile(by, portfolio.FinanceFile{ID: 2, Name: "igen.csv", Digest: "y"})
				if err != nil {
					return err
				}
				tx.Save(f, e)
				tx.SaveMany(portfolio.KindPosting, 1, one(portfolio.NewPosting(tx.Portfolio(), by, portfolio.Posting{
					ID: n + 1, File: 2, Account: 1, Month: amount.NewMonth(2018, 1), Measure: portfolio.Actual, Ore: amount.Krone,
				})))
				return nil
			})
			if !portfolio.Is(err, portfolio.Conflict) || snapshot(t, s).Seq != was {
				t.Errorf("%v, from %d to %d", err, was, snapshot(t, s).Seq)
			}
		})
	})
}

// one is the sequence of what a verb gave.
func one(r *portfolio.Posting, e portfolio.Event, err error) iter.Seq2[portfolio.Record, portfolio.Event] {
	return func(yield func(portfolio.Record, portfolio.Event) bool) {
		if err == nil {
			yield(r, e)
		}
	}
}
