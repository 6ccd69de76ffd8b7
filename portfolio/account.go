package portfolio

import (
	"fmt"
	"slices"
	"strings"

	"gevinst/portfolio/amount"
)

// YearCap is how much of an account's budget was cut in a year, as adopted, in øre: claims on the account never exceed it.
type YearCap struct {
	Year      int          `json:"year"`
	Reduction amount.Money `json:"reduction_ore"`
	Source    Source       `json:"source,omitzero"`
}

// Account is a budget account (konto) of the municipality's finance system.
type Account struct {
	ID AccountID `json:"id"`
	// No is the account's number as Finance writes it; gains name their account by it.
	No   string    `json:"no"`
	Name string    `json:"name,omitempty"`
	Caps []YearCap `json:"caps,omitempty"`
	Meta
}

func (a *Account) Kind() Kind { return KindAccount }
func (a *Account) Key() int64 { return int64(a.ID) }

// Cap is the adopted reduction of a year; unknown where none has been recorded.
func (a *Account) Cap(year int) amount.Figure {
	if a == nil {
		return amount.Figure{}
	}
	for _, c := range a.Caps {
		if c.Year == year {
			return amount.Exactly(c.Reduction)
		}
	}
	return amount.Figure{}
}

func (a *Account) refuse(p *Portfolio) error {
	no := refuseText("no", a.No, 100, true)
	no = append(no, refuseText("name", a.Name, 300, false)...)
	if a.No != strings.TrimSpace(a.No) {
		no = append(no, invalid("no", "error.required"))
	}
	if o := p.AccountByNo(a.No); o != nil && o.ID != a.ID {
		no = append(no, invalid("no", "error.taken", a.No))
	}
	years := map[int]bool{}
	for _, c := range a.Caps {
		if c.Year < 2000 || c.Year > 2100 || years[c.Year] {
			no = append(no, invalid("caps", "error.year"))
		}
		if c.Reduction < 0 || c.Reduction > amount.Max {
			no = append(no, invalid("caps", "error.too_large"))
		}
		years[c.Year] = true
	}
	return no.Or()
}

// NewAccount records a budget account.
func NewAccount(p *Portfolio, by By, a Account) (*Account, Event, error) {
	if err := by.may(ImportFinance, relation{}); err != nil {
		return nil, Event{}, err
	}
	if err := a.refuse(p); err != nil {
		return nil, Event{}, err
	}
	a.Meta = newMeta(by)
	return &a, by.event("account.create"), nil
}

// Edit names an account, and sets by how much each year's budget was cut.
func (a *Account) Edit(p *Portfolio, by By, name string, caps []YearCap) (*Account, Event, error) {
	if err := by.may(ImportFinance, relation{}); err != nil {
		return nil, Event{}, err
	}
	next := *a
	next.Name = name
	next.Caps = slices.SortedFunc(slices.Values(caps), func(x, y YearCap) int { return x.Year - y.Year })
	if err := next.refuse(p); err != nil {
		return nil, Event{}, err
	}
	next.touch(by, "name", "caps")
	return &next, by.event("account.edit"), nil
}

// AccountByNo finds an account by its number, or nil.
func (p *Portfolio) AccountByNo(no string) *Account {
	if no == "" {
		return nil
	}
	for a := range p.Accounts.All() {
		if a.No == no {
			return a
		}
	}
	return nil
}

// Drawn is what is claimed and confirmed in a year on the gains that satisfy of, gross, with the gains' titles.
func (p *Portfolio) drawn(year int, of func(*Benefit) bool) (sum amount.Money, by []string) {
	for b := range p.Benefits.All() {
		if b.Cash == nil || !of(b) {
			continue
		}
		var own amount.Money
		ledger := p.Ledger(b.ID)
		for m := amount.NewMonth(year, 1); m <= amount.NewMonth(year, 12); m++ {
			claimed, _ := ledger.Claimed(m)
			confirmed, _ := ledger.Confirmed(m)
			own += claimed.Gross + confirmed.Gross
		}
		if own != 0 {
			by = append(by, b.Title)
		}
		sum += own
	}
	return sum, by
}

// onAccount tells the gains that are cut on an account.
func onAccount(no string) func(*Benefit) bool {
	return func(b *Benefit) bool { return b.Cash != nil && b.Cash.Account == no }
}

// inOverlap tells the gains of the initiatives that draw on one cut.
func inOverlap(o *Overlap) func(*Benefit) bool {
	return func(b *Benefit) bool { return slices.Contains(o.Initiatives, b.Initiative) }
}

// refuseCaps refuses a claim that would count more than was cut: on its gain's account, or together with those that draw on
// the same cut. It says who counts it already.
func (e *Entry) refuseCaps(p *Portfolio, b *Benefit) (no Refusals) {
	years := map[int]amount.Money{}
	for _, m := range e.Months {
		years[m.Month.Year()] += m.Gross
	}
	account, overlap := (*Account)(nil), p.OverlapOf(b.Initiative)
	if b.Cash != nil {
		account = p.AccountByNo(b.Cash.Account)
	}
	for year, more := range years {
		if cap := account.Cap(year); cap.Known {
			if drawn, by := p.drawn(year, onAccount(account.No)); drawn+more > cap.Ore {
				no = append(no, invalid("amount", "error.account_cap", account.No, fmt.Sprint(year), cap.Ore, drawn, strings.Join(by, ", ")))
			}
		}
		if overlap != nil && overlap.Cap.Known {
			if drawn, by := p.drawn(year, inOverlap(overlap)); drawn+more > overlap.Cap.Ore {
				no = append(no, invalid("amount", "error.overlap_cap", overlap.Title, fmt.Sprint(year), overlap.Cap.Ore, drawn, strings.Join(by, ", ")))
			}
		}
	}
	return no
}

// CappedWith lists the gains that a claim on the gain is counted together with, under a cap; none where no cap is known.
func (p *Portfolio) CappedWith(id BenefitID) []BenefitID {
	b := p.Benefits.Get(id)
	if b == nil || b.Cash == nil {
		return nil
	}
	var shares []func(*Benefit) bool
	if a := p.AccountByNo(b.Cash.Account); a != nil && len(a.Caps) > 0 {
		shares = append(shares, onAccount(a.No))
	}
	if o := p.OverlapOf(b.Initiative); o != nil && o.Cap.Known {
		shares = append(shares, inOverlap(o))
	}
	var list []BenefitID
	for _, share := range shares {
		for other := range p.Benefits.All() {
			if share(other) {
				list = append(list, other.ID)
			}
		}
	}
	return list
}
