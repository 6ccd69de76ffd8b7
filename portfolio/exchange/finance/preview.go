package finance

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/store"
)

// Stage is how far a reading has come.
type Stage uint8

// A file is first read, then compared with what is known, then written.
const (
	Reading Stage = iota + 1
	Comparing
	Writing
)

func (s Stage) String() string { return [...]string{"", "reading", "comparing", "writing"}[s] }

// Progress is told now and then: rows of how many, 0 where that is not known.
type Progress func(s Stage, rows, of int)

// MonthSum is what a file has of a measure in a month, in øre.
type MonthSum struct {
	Month   portfolio.Month
	Measure portfolio.Measure
	Ore     amount.Money
}

// NewAccount is an account that the file would make.
type NewAccount struct{ No, Name string }

// Sample is one of the first rows, with how it is read.
type Sample struct {
	Row   int
	Cells []string
	Read  []ReadAs
}

// ReadAs is what a row is read as.
type ReadAs struct {
	Account string
	Month   portfolio.Month
	Measure portfolio.Measure
	Ore     amount.Money
}

// Preview is what a file would bring. Nothing has been written.
type Preview struct {
	// Before is the file that was taken in with the same bytes, nil where there is none.
	Before *portfolio.FinanceFile
	// Rows are those with amounts. Left out are Totals, which add others up, and Heads, which repeat the page's head.
	Rows, Totals, Heads int
	// Balances tells that the file's amounts are what stands, and not added to it.
	Balances bool
	// Postings are the rows' amounts, or their balances; New those that are not known already.
	Postings, New int
	// Sum is the new postings', in øre.
	Sum amount.Money
	// Changes are the first of the amounts that stand and will be others, Changed counts them all. Beside counts those that the
	// file's postings are added to without its repeating what stands there: as a report would be, if it were taken for postings.
	Changes         []Change
	Changed, Beside int
	Accounts        []NewAccount
	Sums            []MonthSum
	First, Last     portfolio.Month
	Samples         []Sample
	// Unread names the columns that nothing is read of.
	Unread []string
	// Warnings are totals rows that do not agree with the rows above them.
	Warnings     []exchange.RowError
	MoreWarnings int
}

// Change is what an account has of a measure in a month before and after, in øre.
type Change struct {
	Account  string
	Month    portfolio.Month
	Measure  portfolio.Measure
	From, To amount.Money
}

// Import is a file with how it is to be read.
type Import struct {
	File     *File
	Mapping  portfolio.Mapping
	Store    *store.Store
	Progress Progress

	head *Head
	plan *plan
	seq  int64 // of the portfolio that found was found against
	*found
}

// found is what the first walk keeps: some dozens of bytes an amount.
type found struct {
	Preview
	accounts map[string]portfolio.AccountID // provisional ones below 0
	amounts  []kept
	index    map[[16]byte]int32
	again    map[[16]byte]int64 // how often what is alike has come
	places   map[place]*placed
	order    []*placed // the places as they came
}

func (m *Import) tell(s Stage, rows, of int) {
	if m.Progress != nil {
		m.Progress(s, rows, of)
	}
}

// tellEvery is after how many rows the progress is told.
const tellEvery = 2_000

// maxSamples is how many of the first rows are shown as they are read.
const maxSamples = 10

// Preview reads the whole file and tells what it would bring. A file that is not good is an *exchange.FileError that names its
// first hundred errors by row, column, value and reason.
func (m *Import) Preview(ctx context.Context) (*Preview, error) {
	p, err := m.Store.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	if err := m.find(ctx, p); err != nil {
		return nil, err
	}
	return &m.found.Preview, nil
}

// find walks the file against a portfolio.
func (m *Import) find(ctx context.Context, p *portfolio.Portfolio) (err error) {
	if m.head, err = m.File.Under(ctx, m.Mapping); err != nil {
		return err
	}
	if m.plan, err = m.File.compile(m.Mapping, m.head.Header); err != nil {
		return err
	}
	f := &found{
		accounts: map[string]portfolio.AccountID{}, index: map[[16]byte]int32{}, again: map[[16]byte]int64{}, places: map[place]*placed{},
	}
	f.Balances, f.Unread = m.plan.balances, Unread(m.Mapping, m.head.Header)
	f.Before = p.FileByDigest(m.File.Digest)
	for a := range p.Accounts.All() {
		f.accounts[a.No] = a.ID
	}
	sums := map[MonthSum]amount.Money{}
	w := newWalker(m.File, m.head, m.plan)
	err = w.walk(ctx, func(l line, items []item) bool {
		if w.rows%tellEvery == 0 {
			m.tell(Reading, w.rows, m.File.lines)
		}
		if len(f.Samples) < maxSamples {
			f.sample(l, len(m.head.Header), items)
		}
		for i := range items {
			f.add(&items[i])
			sums[MonthSum{Month: items[i].month, Measure: items[i].measure}] += items[i].ore
		}
		return true
	})
	if err != nil {
		return err
	}
	if err := w.bad.err(); err != nil {
		return err
	}
	f.Rows, f.Totals, f.Heads = w.rows, w.totals, w.heads
	f.Warnings, f.MoreWarnings = w.warnings.Rows, w.warnings.More
	for key, ore := range sums {
		f.Sums = append(f.Sums, MonthSum{key.Month, key.Measure, ore})
	}
	slices.SortFunc(f.Sums, func(a, b MonthSum) int {
		return cmp.Or(cmp.Compare(a.Month, b.Month), cmp.Compare(a.Measure, b.Measure))
	})
	if err := m.compare(ctx, p, f); err != nil {
		return err
	}
	m.found, m.seq = f, p.Seq
	return nil
}

func (f *found) sample(l line, n int, items []item) {
	s := Sample{Row: l.row, Cells: wide(slices.Clone(l.cells), n)}
	for _, i := range items {
		s.Read = append(s.Read, ReadAs{i.account, i.month, i.measure, i.ore})
	}
	f.Samples = append(f.Samples, s)
}

// add notes an amount: what tells it from all others, and how many are alike before it.
func (f *found) add(i *item) {
	id, ok := f.accounts[i.account]
	if !ok {
		id = -portfolio.AccountID(len(f.Accounts) + 1)
		f.accounts[i.account] = id
		f.Accounts = append(f.Accounts, NewAccount{i.account, i.name})
	}
	k := kept{ore: i.ore, at: f.at(place{id, i.month, i.measure})}
	if f.Balances {
		f.addUp(&k)
	} else {
		f.tellApart(&k, posting(i, id))
	}
	f.amounts = append(f.amounts, k)
	if f.First == 0 || i.month < f.First {
		f.First = i.month
	}
	f.Last = max(f.Last, i.month)
}

// posting is an item on its account. What else a posting has does not tell it from others.
func posting(i *item, id portfolio.AccountID) portfolio.Posting {
	return portfolio.Posting{
		Row: int64(i.row), Account: id, Month: i.month, Measure: i.measure, Ore: i.ore, Voucher: i.voucher, Text: i.text,
	}
}

func asFileError(err error) *exchange.FileError {
	var bad *exchange.FileError
	if errors.As(err, &bad) {
		return bad
	}
	return nil
}
