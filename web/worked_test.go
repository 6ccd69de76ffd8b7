package web

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"slices"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

func TestWorkedOut(t *testing.T) {
	old := newSite(t, true)
	warm := old.as("viewer")
	paths := []string{"/catalogue", "/catalogue?sort=title&area=2", "/initiatives", "/initiatives?stage=realizing", "/plan", "/plan?area=2"}
	for _, path := range paths {
		warm.page(path)
	}
	act := func(do func(tx *store.Tx, p *portfolio.Portfolio, by func(portfolio.Role) portfolio.By) (portfolio.Record, portfolio.Event, error)) {
		t.Helper()
		if _, err := old.store.Write(context.Background(), func(tx *store.Tx) error {
			r, e, err := do(tx, tx.Portfolio(), func(role portfolio.Role) portfolio.By { return tx.By(old.ofRole(role)[0], "") })
			if err == nil {
				tx.Save(r, e)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	type by = func(portfolio.Role) portfolio.By
	first := slices.Collect(old.now().Initiatives.All())[0].ID
	for _, c := range []struct {
		what string
		do   func(*store.Tx, *portfolio.Portfolio, by) (portfolio.Record, portfolio.Event, error)
	}{
		{"an item's new title", func(_ *store.Tx, p *portfolio.Portfolio, by by) (portfolio.Record, portfolio.Event, error) {
			was := p.Items.Get(1)
			to := *was
			to.Title = "Aa, et nyt navn"
			return was.Edit(p, by(portfolio.ProgrammeOffice), to)
		}},
		{"an initiative's new owner", func(_ *store.Tx, p *portfolio.Portfolio, by by) (portfolio.Record, portfolio.Event, error) {
			owners := old.ofRole(portfolio.ProjectOwner)
			return p.Initiatives.Get(first).Assign(p, by(portfolio.ProgrammeOffice), owners[len(owners)-1], owners[0])
		}},
		{"an initiative's new title", func(_ *store.Tx, p *portfolio.Portfolio, by by) (portfolio.Record, portfolio.Event, error) {
			was := p.Initiatives.Get(first)
			to := *was
			to.Title = "Et andet navn"
			return was.Edit(p, by(portfolio.ProgrammeOffice), to)
		}},
		{"an owner's closed account", func(_ *store.Tx, p *portfolio.Portfolio, by by) (portfolio.Record, portfolio.Event, error) {
			return p.Users.Get(old.ofRole(portfolio.ProjectOwner)[0]).Disable(p, by(portfolio.Administrator))
		}},
	} {
		t.Run(c.what+" shows at once on every list, as to a server that has kept nothing", func(t *testing.T) {
			act(c.do)
			w, err := New(Options{Store: old.store, Log: slog.New(slog.DiscardHandler), Demo: true, Version: "test", MostByUser: unbounded})
			if err != nil {
				t.Fatal(err)
			}
			server := httptest.NewServer(w)
			defer server.Close()
			cold := (&site{t, server, old.store, w, nil}).as("viewer")
			for _, path := range paths {
				if kept, fresh := warm.page(path), cold.page(path); kept != fresh {
					t.Errorf("%s differs:\n%s\n%s", path, kept, fresh)
				}
			}
		})
	}
}
