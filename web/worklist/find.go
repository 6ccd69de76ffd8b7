// Package worklist finds what waits for a user and says it in words: the front page, the list of tasks and the reminder by mail
// all say the same.
package worklist

import (
	"context"
	"slices"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// The entries are read so many gains, and so many entries, at a time: a statement has room for a number of values.
const (
	gainsAtOnce   = 500
	entriesAtOnce = 1000
)

// Of lists what waits for the user, as portfolio.Tasks does, with the claims that were sent back.
func Of(ctx context.Context, s *store.Store, p *portfolio.Portfolio, u *portfolio.User) ([]portfolio.Task, error) {
	if u == nil || u.Disabled {
		return nil, nil
	}
	left := map[portfolio.BenefitID]*portfolio.Entry{}
	for gains := range slices.Chunk(p.AskedOf(u.ID), gainsAtOnce) {
		if err := rejected(ctx, s, p, gains, left); err != nil {
			return nil, err
		}
	}
	return p.Tasks(u, left), nil
}

// rejected finds, gain by gain, the latest claim that was sent back and left an open month without another.
func rejected(ctx context.Context, s *store.Store, p *portfolio.Portfolio, gains []portfolio.BenefitID, left map[portfolio.BenefitID]*portfolio.Entry) error {
	open := p.OpenFrom()
	for after := portfolio.EntryID(0); ; {
		entries, err := s.Entries(ctx, p, store.EntryFilter{Benefits: gains, After: after, Limit: entriesAtOnce})
		if err != nil {
			return err
		}
		for _, e := range entries {
			after = e.ID
			if e.State() == portfolio.Rejected && slices.ContainsFunc(e.Months, func(m portfolio.MonthGain) bool {
				return m.Month >= open && !p.Reported(e.Benefit, m.Month)
			}) {
				left[e.Benefit] = e
			}
		}
		if len(entries) < entriesAtOnce {
			return nil
		}
	}
}
