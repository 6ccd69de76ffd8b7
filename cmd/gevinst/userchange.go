package main

import (
	"context"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
	"gevinst/web"
)

type userListCmd struct{}

// Run lists the accounts, closed ones too; what was erased has a number alone.
func (cmd *userListCmd) Run(ctx context.Context, p *place, out *console) error {
	return p.with(ctx, func(s *store.Store) error {
		now, err := s.Snapshot(ctx)
		if err != nil {
			return err
		}
		for u := range now.Users.All() {
			state, person := "users.open", now.Person(u.ID)
			if u.Disabled {
				state = "users.closed"
			}
			out.print("%d\t%s\t%s\t%s\t%s", u.ID, out.lang.Say(state), u.Role, person.Email, person.Name)
		}
		return nil
	})
}

type userRoleCmd struct {
	Email string `arg:"" help:"Mail address of the account."`
	Role  string `arg:"" help:"One of: ${enum}." enum:"project_owner,economy_chief,director,programme_office,administrator,viewer"`
}

// Run gives an account another role.
func (cmd *userRoleCmd) Run(ctx context.Context, p *place, out *console) error {
	var role portfolio.Role
	if err := role.UnmarshalText([]byte(cmd.Role)); err != nil {
		return err
	}
	return p.with(ctx, func(s *store.Store) error {
		err := p.verb(ctx, s, cmd.Email, func(now *portfolio.Portfolio, by portfolio.By, u *portfolio.User) (*portfolio.User, portfolio.Event, error) {
			return u.SetRole(now, by, role)
		})
		if err != nil {
			return err
		}
		out.print("%s", out.lang.Say("command.user_role", cmd.Email, out.lang.Say("role."+cmd.Role)))
		return nil
	})
}

type userDisableCmd struct {
	Email string `arg:"" help:"Mail address of the account."`
}

// Run closes an account.
func (cmd *userDisableCmd) Run(ctx context.Context, p *place, out *console) error {
	return p.with(ctx, func(s *store.Store) error {
		err := p.verb(ctx, s, cmd.Email, func(now *portfolio.Portfolio, by portfolio.By, u *portfolio.User) (*portfolio.User, portfolio.Event, error) {
			return u.Disable(now, by)
		})
		if err != nil {
			return err
		}
		out.print("%s", out.lang.Say("command.user_disabled", cmd.Email))
		return nil
	})
}

type userEnableCmd struct {
	Email string `arg:"" help:"Mail address of the account."`
}

// Run opens a closed account again.
func (cmd *userEnableCmd) Run(ctx context.Context, p *place, out *console) error {
	return p.with(ctx, func(s *store.Store) error {
		if err := p.verb(ctx, s, cmd.Email, web.Enable); err != nil {
			return err
		}
		out.print("%s", out.lang.Say("command.user_enabled", cmd.Email))
		return nil
	})
}

// verb changes an account by one verb of the domain.
func (p *place) verb(ctx context.Context, s *store.Store, email string, do func(*portfolio.Portfolio, portfolio.By, *portfolio.User) (*portfolio.User, portfolio.Event, error)) error {
	return p.change(ctx, s, email, func(tx *store.Tx, by portfolio.By, u *portfolio.User) error {
		next, event, err := do(tx.Portfolio(), by, u)
		if err != nil {
			return err
		}
		tx.Save(next, event)
		return nil
	})
}

// change carries out a change of an account, by the acting user.
func (p *place) change(ctx context.Context, s *store.Store, email string, do func(*store.Tx, portfolio.By, *portfolio.User) error) error {
	now, err := s.Snapshot(ctx)
	if err != nil {
		return err
	}
	actor, err := p.actor(now)
	if err != nil {
		return err
	}
	id, err := account(now, email)
	if err != nil {
		return err
	}
	_, err = s.Write(ctx, func(tx *store.Tx) error {
		return do(tx, tx.By(actor, ""), tx.Portfolio().Users.Get(id))
	})
	return err
}
