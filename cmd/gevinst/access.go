package main

import (
	"context"
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
	Idle      time.Duration `help:"How long a session lasts that nobody uses; at most 12 hours, used or not." default:"2h"`
	KeepEnded time.Duration `help:"How long ended sessions, links and tokens are kept, for their owner to see." default:"720h"`
	PublicURL string        `help:"Where people reach the program, for links that are passed on. Default: where the asker reached it." placeholder:"URL"`
	Proxies   []string      `help:"Proxies in front of the program, as addresses or networks: X-Forwarded-For is taken from no others." placeholder:"NETWORK"`
}

// apply puts the settings into the server's.
func (a *access) apply(o *web.Options) error {
	if a.Idle <= 0 || a.KeepEnded <= 0 {
		return usage("--idle and --keep-ended must be more than nothing")
	}
	o.Idle, o.KeepEnded, o.PublicURL = a.Idle, a.KeepEnded, a.PublicURL
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

// purgeDaily forgets passes that ended long ago, at the start and once a day.
func purgeDaily(ctx context.Context, s *store.Store, log *slog.Logger, keep time.Duration) {
	day := time.NewTicker(24 * time.Hour)
	defer day.Stop()
	for {
		n, err := s.PurgePasses(ctx, time.Now().Add(-keep))
		switch {
		case err != nil && ctx.Err() == nil:
			log.ErrorContext(ctx, "ended sessions could not be purged", "error", err)
		case n > 0:
			log.InfoContext(ctx, "purged", "passes", n)
		}
		select {
		case <-ctx.Done():
			return
		case <-day.C:
		}
	}
}
