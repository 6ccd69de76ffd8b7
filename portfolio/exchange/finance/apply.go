package finance

import (
	"context"
	"fmt"
	"iter"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// Outcome is what an import did. Where nothing was new it has no file, and nothing was written.
type Outcome struct {
	*Preview
	File *portfolio.FinanceFile
	// Seq is the write's last event, 0 where there is none.
	Seq int64
}

// Apply takes the file in, in one transaction: the accounts that are missing, the file, and a posting for each amount that is not
// known, each with its event. The same file again, or one that brings nothing new, writes nothing.
func (m *Import) Apply(ctx context.Context, user portfolio.UserID, note string) (*Outcome, error) {
	out := &Outcome{}
	var unread error
	r, err := m.Store.Write(ctx, func(tx *store.Tx) error {
		p := tx.Portfolio()
		out.File, unread = nil, nil
		if m.found == nil || m.seq != p.Seq { // others have written meanwhile
			if err := m.find(ctx, p); err != nil {
				return err
			}
		}
		if m.Before != nil || m.New == 0 {
			return nil
		}
		by := tx.By(user, note)
		accounts, err := m.accountsMade(tx, p, by)
		if err != nil {
			return err
		}
		if out.File, err = m.fileMade(tx, by); err != nil {
			return err
		}
		first, err := tx.Reserve(portfolio.KindPosting, int64(m.New))
		if err != nil {
			return err
		}
		tx.SaveMany(portfolio.KindPosting, int64(m.New), m.postings(ctx, tx.Portfolio(), by, accounts, out.File.ID, first, &unread))
		return nil
	})
	if unread != nil { // the write's own error only says that postings were missing
		return nil, unread
	}
	if err != nil {
		return nil, err
	}
	out.Preview, out.Seq = &m.found.Preview, r.Last
	return out, nil
}

// accountsMade opens the accounts that the file names and nobody has. It gives every account's id by its number.
func (m *Import) accountsMade(tx *store.Tx, p *portfolio.Portfolio, by portfolio.By) (map[string]portfolio.AccountID, error) {
	ids := make(map[string]portfolio.AccountID, len(m.accounts))
	for no, id := range m.accounts {
		ids[no] = id
	}
	if len(m.Accounts) == 0 {
		return ids, nil
	}
	first, err := tx.Reserve(portfolio.KindAccount, int64(len(m.Accounts)))
	if err != nil {
		return nil, err
	}
	for k, made := range m.Accounts {
		a, e, err := portfolio.NewAccount(p, by, portfolio.Account{ID: portfolio.AccountID(first + int64(k)), No: made.No, Name: made.Name})
		if err != nil {
			return nil, err
		}
		tx.Save(a, e)
		ids[a.No] = a.ID
	}
	return ids, nil
}

func (m *Import) fileMade(tx *store.Tx, by portfolio.By) (*portfolio.FinanceFile, error) {
	id, err := tx.NextID(portfolio.KindFinanceFile)
	if err != nil {
		return nil, err
	}
	f, e, err := portfolio.NewFinanceFile(by, portfolio.FinanceFile{
		ID: portfolio.FinanceFileID(id), Name: m.File.Name, Digest: m.File.Digest, Mapping: m.Mapping.Name,
		Rows: int64(m.Rows), Taken: int64(m.New), Sum: m.Sum,
	})
	if err != nil {
		return nil, err
	}
	tx.Save(f, e)
	return f, nil
}

// postings walks the file again and makes a posting of each amount that is new. What goes wrong is left in failed.
func (m *Import) postings(
	ctx context.Context, p *portfolio.Portfolio, by portfolio.By, accounts map[string]portfolio.AccountID, file portfolio.FinanceFileID, first int64, failed *error,
) iter.Seq2[portfolio.Record, portfolio.Event] {
	return func(yield func(portfolio.Record, portfolio.Event) bool) {
		at, written := 0, int64(0)
		w := newWalker(m.File, m.head, m.plan)
		err := w.walk(ctx, func(_ line, items []item) bool {
			for i := range items {
				if at >= len(m.amounts) {
					*failed = fmt.Errorf("%s has changed while it was read", m.File.Name)
					return false
				}
				k := m.amounts[at]
				at++
				if k.old {
					continue
				}
				t := posting(&items[i], accounts[items[i].account])
				t.ID, t.File, t.Same = portfolio.PostingID(first+written), file, int64(k.same)
				if m.Balances {
					t.Balance = &k.ore
				}
				r, e, err := portfolio.NewPosting(p, by, t)
				if err != nil {
					*failed = err
					return false
				}
				if written++; written%tellEvery == 0 {
					m.tell(Writing, int(written), m.New)
				}
				if !yield(r, e) {
					return false
				}
			}
			return true
		})
		if err != nil {
			*failed = err
		}
	}
}
