package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"strings"
	"time"

	"gevinst/portfolio/store"
	"gevinst/web"
)

// access is how long what opens an account lasts, and where people and proxies are.
type access struct {
	Idle        time.Duration `help:"How long a session lasts that nobody uses; at most 12 hours, used or not." default:"2h"`
	KeepEnded   time.Duration `help:"How long ended sessions, links and tokens are kept, for their owner to see." default:"720h"`
	KeepUploads time.Duration `help:"How long a file of the finance system that was sent waits to be taken in." default:"24h"`
	PublicURL   string        `help:"Where people reach the program, for links that are passed on. Without it they are made for an asker at this machine alone." placeholder:"URL"`
	Proxies     []string      `help:"Proxies in front of the program, as addresses or networks: X-Forwarded-For is taken from no others." placeholder:"NETWORK"`
}

// apply puts the settings into the server's.
func (a *access) apply(o *web.Options) error {
	if a.Idle <= 0 || a.KeepEnded <= 0 || a.KeepUploads <= 0 {
		return usage("--idle, --keep-ended and --keep-uploads must be more than nothing")
	}
	o.Idle, o.KeepEnded, o.KeepUploads, o.PublicURL = a.Idle, a.KeepEnded, a.KeepUploads, a.PublicURL
	for _, text := range a.Proxies {
		if !strings.Contains(text, "/") {
			address, err := netip.ParseAddr(text)
			if err != nil {
				return usage(fmt.Sprintf("--proxies: %q is no address", text))
			}
			o.Proxies = append(o.Proxies, netip.PrefixFrom(address, address.BitLen()))
			continue
		}
		network, err := netip.ParsePrefix(text)
		if err != nil {
			return usage(fmt.Sprintf("--proxies: %q is no network", text))
		}
		o.Proxies = append(o.Proxies, network)
	}
	return nil
}

// purgeDaily forgets what ended long ago and uploads that expired, at the start and once a day.
func purgeDaily(ctx context.Context, s *store.Store, log *slog.Logger, keep time.Duration) {
	day := time.NewTicker(24 * time.Hour)
	defer day.Stop()
	for {
		now := time.Now()
		passes, err := s.PurgePasses(ctx, now.Add(-keep))
		uploads, uerr := s.PurgeUploads(ctx, now)
		switch err = errors.Join(err, uerr); {
		case err != nil && ctx.Err() == nil:
			log.ErrorContext(ctx, "what has ended could not be purged", "error", err)
		case passes+uploads > 0:
			log.InfoContext(ctx, "purged", "passes", passes, "uploads", uploads)
		}
		select {
		case <-ctx.Done():
			return
		case <-day.C:
		}
	}
}
