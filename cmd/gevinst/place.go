package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// clock is the domain's clock: the real one, or one that stays on a day, or stands still while a story is loaded.
type clock struct {
	today portfolio.Date
	still atomic.Pointer[time.Time]
}

func (c *clock) now() time.Time {
	if at := c.still.Load(); at != nil {
		return *at
	}
	real := time.Now()
	if c.today == 0 {
		return real
	}
	local := real.In(store.Copenhagen)
	h, m, s := local.Clock()
	return time.Date(c.today.Year(), time.Month(c.today.MonthNumber()), c.today.Day(), h, m, s, local.Nanosecond(), store.Copenhagen)
}

func (c *clock) set(at time.Time) { c.still.Store(&at) }

func (c *clock) release() { c.still.Store(nil) }

// options are how the place's database is opened.
func (p *place) options(c *clock) (store.Options, error) {
	o := store.Options{URL: p.DatabaseURL, Path: filepath.Join(p.Data, "gevinst.db"), Clock: c.now}
	if p.DatabaseURLFile != "" {
		if p.DatabaseURL != "" {
			return o, usage("give either --database-url or --database-url-file")
		}
		text, err := os.ReadFile(p.DatabaseURLFile)
		if err != nil {
			return o, fmt.Errorf("read the database's URL: %w", err)
		}
		if o.URL = strings.TrimSpace(string(text)); o.URL == "" {
			return o, fmt.Errorf("%s holds no URL", p.DatabaseURLFile)
		}
	}
	if _, err := url.Parse(o.URL); err != nil && strings.Contains(o.URL, "://") {
		return o, usage("the database's URL cannot be read") // and is not repeated, for it holds a password
	}
	return o, nil
}

// open opens the place, and makes it if there is none.
func (p *place) open(ctx context.Context, c *clock) (*store.Store, error) {
	o, err := p.options(c)
	if err != nil {
		return nil, err
	}
	s, err := store.Open(ctx, o)
	if err != nil && o.URL == "" {
		return nil, fmt.Errorf("cannot use the data folder %s: %w", p.Data, err)
	}
	return s, err
}

// with opens a place that must be there, carries out the work and closes it.
func (p *place) with(ctx context.Context, do func(*store.Store) error) (err error) {
	if err := p.there(); err != nil {
		return err
	}
	return p.withNew(ctx, do)
}

// there refuses an embedded place that nobody has made.
func (p *place) there() error {
	o, err := p.options(&clock{})
	if err != nil || o.URL != "" {
		return err
	}
	if _, err := os.Stat(o.Path); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no portfolio in %s", p.Data)
	}
	return nil
}

// reach is with for what works on the database alone: it is neither migrated nor read first.
func (p *place) reach(ctx context.Context, do func(*store.Store) error) error {
	if err := p.there(); err != nil {
		return err
	}
	return p.reachNew(ctx, do)
}

// reachNew is reach for what may begin an empty place.
func (p *place) reachNew(ctx context.Context, do func(*store.Store) error) (err error) {
	o, err := p.options(&clock{today: p.Today})
	if err != nil {
		return err
	}
	s, err := store.Connect(ctx, o)
	if err != nil && o.URL == "" {
		return fmt.Errorf("cannot use the data folder %s: %w", p.Data, err)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return do(s)
}

// withNew is with for what may begin an empty place.
func (p *place) withNew(ctx context.Context, do func(*store.Store) error) (err error) {
	s, err := p.open(ctx, &clock{today: p.Today})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return do(s)
}

// actor finds the acting user.
func (p *place) actor(now *portfolio.Portfolio) (portfolio.UserID, error) {
	if p.As == "" {
		return 0, usage("say who acts: --as EMAIL")
	}
	return account(now, p.As)
}

// account finds the user of a mail address.
func account(now *portfolio.Portfolio, email string) (portfolio.UserID, error) {
	email = strings.ToLower(strings.TrimSpace(email))
	for id, person := range now.People() {
		if person.Email == email && email != "" {
			return id, nil
		}
	}
	return 0, portfolio.Missing(portfolio.KindUser, email)
}
