package digest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"slices"
	"time"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/store"
)

// Mailer sends each morning's letters.
type Mailer struct {
	Writer
	SMTP *SMTP
	Log  *slog.Logger
	// Clock is the domain's.
	Clock func() time.Time
}

// hour is when the letters go, in Copenhagen.
const hour = 7

// again is how long after a round the next comes; a letter that could not be sent is tried then.
const again = 10 * time.Minute

// Run sends the letters of every morning until the context ends.
func (m *Mailer) Run(ctx context.Context) {
	tick := time.NewTicker(again)
	defer tick.Stop()
	for {
		if _, err := m.Round(ctx); err != nil && ctx.Err() == nil {
			m.Log.ErrorContext(ctx, "reminders could not be sent", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Round sends today's letters that nobody has sent, and tells how many it sent. Before seven it sends none.
func (m *Mailer) Round(ctx context.Context) (sent int, err error) {
	now := m.Clock().In(store.Copenhagen)
	if now.Hour() < hour {
		return 0, nil
	}
	p, err := m.Store.Snapshot(ctx)
	if err != nil {
		return 0, err
	}
	day := amount.DateOf(now)
	for _, u := range Readers(p, now.Weekday()) {
		ok, failed := m.one(ctx, p, u, day, portfolio.InstantOf(now))
		if ok {
			sent++
		}
		if failed != nil {
			err = errors.Join(err, fmt.Errorf("user %d: %w", u.ID, failed))
		}
	}
	return sent, err
}

// Readers are those who want a letter on the weekday: every day, or on Mondays.
func Readers(p *portfolio.Portfolio, weekday time.Weekday) []*portfolio.User {
	var list []*portfolio.User
	for id, person := range p.People() {
		wanted := person.Digest == "daily" || person.Digest == "weekly" && weekday == time.Monday
		if u := p.Users.Get(id); wanted && u != nil && !u.Disabled && person.Email != "" {
			list = append(list, u)
		}
	}
	slices.SortFunc(list, func(a, b *portfolio.User) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// one sends a user's letter of the day, unless there is none or another program has it.
func (m *Mailer) one(ctx context.Context, p *portfolio.Portfolio, u *portfolio.User, day portfolio.Date, at portfolio.Instant) (sent bool, err error) {
	letter, ok, err := m.Write(ctx, p, u)
	if err != nil || !ok {
		return false, err
	}
	taken, err := m.Store.TakeReminder(ctx, u.ID, day, at)
	if err != nil || !taken {
		return false, err
	}
	err = m.SMTP.Send(ctx, letter, m.id(u.ID, day))
	if err == nil {
		m.Log.InfoContext(ctx, "reminded", "user", int64(u.ID))
		return true, nil
	}
	if errors.Is(err, errUncertain) {
		return false, err
	}
	// Also when the program was told to stop meanwhile: the next one is to try again.
	return false, errors.Join(err, m.Store.LeaveReminder(context.WithoutCancel(ctx), u.ID, day))
}

// id names a user's mail of a day.
func (m *Mailer) id(u portfolio.UserID, day portfolio.Date) string {
	host := "gevinst"
	if at, err := url.Parse(m.Public); err == nil && at.Hostname() != "" {
		host = at.Hostname()
	}
	return fmt.Sprintf("reminder-%d-%d@%s", int(day), int64(u), host)
}
