package finance

import (
	"context"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/store"
)

// kept is an amount of the file. Where those are balances, the last of a place has the sum of all, and the others are old.
type kept struct {
	ore  amount.Money
	same int32
	old  bool
	at   *placed
}

// place is what an amount belongs to.
type place struct {
	account portfolio.AccountID
	month   portfolio.Month
	measure portfolio.Measure
}

// placed is what the file has of a place: by how much it changes that, and what it repeats of it.
type placed struct {
	place
	brings, repeats amount.Money
	last            int32 // of the amounts
}

func (f *found) at(p place) *placed {
	at := f.places[p]
	if at == nil {
		at = &placed{place: p, last: -1}
		f.places[p] = at
		f.order = append(f.order, at)
	}
	return at
}

// addUp takes the earlier amounts of a balance together with the one that comes.
func (f *found) addUp(k *kept) {
	if k.at.last >= 0 {
		before := &f.amounts[k.at.last]
		k.ore, before.old = k.ore+before.ore, true
	}
	k.at.last = int32(len(f.amounts))
}

// tellApart numbers an amount among those that are alike, and notes how it will be known again.
func (f *found) tellApart(k *kept, t portfolio.Posting) {
	key := store.IdentityKey(&t)
	if _, alike := f.index[key]; alike {
		first := key
		f.again[first]++
		t.Same = f.again[first]
		key = store.IdentityKey(&t)
		k.same = int32(t.Same)
	}
	f.index[key] = int32(len(f.amounts))
}

// compare finds what of the file is known, and what it changes.
func (m *Import) compare(ctx context.Context, p *portfolio.Portfolio, f *found) error {
	f.Postings = len(f.amounts)
	if f.Balances {
		f.Postings = len(f.order)
		f.compareBalances(p)
	} else if err := m.comparePostings(ctx, p, f); err != nil {
		return err
	}
	for _, k := range f.amounts {
		if !k.old {
			f.New++
		}
	}
	for _, at := range f.order {
		f.Sum += at.brings
		f.change(p, at)
	}
	f.index, f.again, f.places, f.order = nil, nil, nil, nil // they have told what they had to
	return nil
}

// compareBalances finds the balances that stand already.
func (f *found) compareBalances(p *portfolio.Portfolio) {
	for _, at := range f.order {
		says := &f.amounts[at.last]
		stands, ok := p.Posted(at.account, at.month, at.measure)
		says.old = ok && stands == says.ore
		at.brings, at.repeats = says.ore-stands, stands
	}
}

// comparePostings finds which of the file's postings are known.
func (m *Import) comparePostings(ctx context.Context, p *portfolio.Portfolio, f *found) error {
	n := 0
	if f.Last != 0 {
		for key, err := range m.Store.Identities(ctx, p, f.First, f.Last) {
			if err != nil {
				return err
			}
			if n++; n%100_000 == 0 {
				m.tell(Comparing, n, 0)
			}
			if at, ok := f.index[key]; ok {
				f.amounts[at].old = true
			}
		}
	}
	for _, k := range f.amounts {
		if k.old {
			k.at.repeats += k.ore
		} else {
			k.at.brings += k.ore
		}
	}
	return nil
}

// maxChanges is how many of the changes are listed.
const maxChanges = 100

// change notes what becomes of an amount that stands.
func (f *found) change(p *portfolio.Portfolio, at *placed) {
	stands, ok := p.Posted(at.account, at.month, at.measure)
	if !ok || at.brings == 0 {
		return
	}
	if f.Changed++; len(f.Changes) < maxChanges {
		f.Changes = append(f.Changes, Change{p.Accounts.Get(at.account).No, at.month, at.measure, stands, stands + at.brings})
	}
	if at.repeats != stands {
		f.Beside++
	}
}
