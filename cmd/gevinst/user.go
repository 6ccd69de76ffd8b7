package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
	"gevinst/web"
)

type userCmd struct {
	Add     userAddCmd     `cmd:"" help:"Open an account. The first of all must be an administrator, and needs no --as."`
	Disable userDisableCmd `cmd:"" help:"Close an account."`
	Reset   userResetCmd   `cmd:"" help:"Give an account a new password."`
}

// secret is where a new password comes from: a file, or GEVINST_PASSWORD; without either one is made and printed once. It is
// never an argument, which other users of the machine could read.
type secret struct {
	PasswordFile string `help:"File that holds the password. Without it GEVINST_PASSWORD, or else one is made and printed." placeholder:"FILE"`
}

// minPassword is the fewest characters of a password.
const minPassword = 12

// hash gives what is kept of the password, and the password itself if it was made here.
func (s *secret) hash() (hash, made string, err error) {
	password := os.Getenv("GEVINST_PASSWORD")
	if s.PasswordFile != "" {
		text, err := os.ReadFile(s.PasswordFile)
		if err != nil {
			return "", "", fmt.Errorf("read the password: %w", err)
		}
		password = strings.TrimRight(string(text), "\r\n")
	}
	if password == "" && s.PasswordFile == "" {
		made = rand.Text()
		password = made
	}
	if len([]rune(password)) < minPassword {
		return "", "", fmt.Errorf("the password must have at least %d characters", minPassword)
	}
	hash, err = web.HashPassword(password)
	return hash, made, err
}

type userAddCmd struct {
	Email string `arg:"" help:"Mail address, which signs in."`
	Role  string `help:"One of: ${enum}." enum:"project_owner,economy_chief,director,programme_office,administrator,viewer" required:""`
	Name  string `help:"Name that others see. Default: the mail address."`
	secret
}

// Run opens an account.
func (cmd *userAddCmd) Run(ctx context.Context, p *place, out *console) error {
	var role portfolio.Role
	if err := role.UnmarshalText([]byte(cmd.Role)); err != nil {
		return err
	}
	if !strings.Contains(cmd.Email, "@") {
		return usage(cmd.Email + " is not a mail address")
	}
	open := p.with
	if p.As == "" {
		open = p.withNew
	}
	return open(ctx, func(s *store.Store) error {
		actor, err := p.founderOr(ctx, s)
		if err != nil {
			return err
		}
		hash, made, err := cmd.hash()
		if err != nil {
			return err
		}
		if _, err := s.Write(ctx, func(tx *store.Tx) error { return cmd.add(tx, actor, role, hash) }); err != nil {
			return err
		}
		out.password("command.user_added", cmd.Email, made)
		return nil
	})
}

// founderOr is the acting user, or nobody where there is no account yet.
func (p *place) founderOr(ctx context.Context, s *store.Store) (portfolio.UserID, error) {
	now, err := s.Snapshot(ctx)
	if err != nil || (now.Users.Len() == 0 && p.As == "") {
		return 0, err
	}
	return p.actor(now)
}

func (cmd *userAddCmd) add(tx *store.Tx, actor portfolio.UserID, role portfolio.Role, hash string) error {
	id, err := tx.NextID(portfolio.KindUser)
	if err != nil {
		return err
	}
	u, event, err := portfolio.NewUser(tx.Portfolio(), tx.By(actor, ""), portfolio.UserID(id), role)
	if err != nil {
		return err
	}
	tx.Save(u, event)
	name := cmd.Name
	if name == "" {
		name = cmd.Email
	}
	tx.SavePerson(portfolio.Person{User: u.ID, Name: name, Email: cmd.Email}, hash)
	return nil
}

type userDisableCmd struct {
	Email string `arg:"" help:"Mail address of the account."`
}

// Run closes an account.
func (cmd *userDisableCmd) Run(ctx context.Context, p *place, out *console) error {
	return p.with(ctx, func(s *store.Store) error {
		err := p.change(ctx, s, cmd.Email, func(tx *store.Tx, by portfolio.By, u *portfolio.User) error {
			next, event, err := u.Disable(tx.Portfolio(), by)
			if err != nil {
				return err
			}
			tx.Save(next, event)
			return nil
		})
		if err != nil {
			return err
		}
		out.print("%s", out.lang.Say("command.user_disabled", cmd.Email))
		return nil
	})
}

type userResetCmd struct {
	Email string `arg:"" help:"Mail address of the account."`
	secret
}

// Run gives an account a new password.
func (cmd *userResetCmd) Run(ctx context.Context, p *place, out *console) error {
	return p.with(ctx, func(s *store.Store) error {
		hash, made, err := cmd.hash()
		if err != nil {
			return err
		}
		err = p.change(ctx, s, cmd.Email, func(tx *store.Tx, by portfolio.By, u *portfolio.User) error {
			now := tx.Portfolio()
			if !now.May(by.User, portfolio.ManageAccounts, u) {
				return &portfolio.Error{Kind: portfolio.Forbidden, Code: "error.forbidden", Args: []any{portfolio.ManageAccounts.String()}}
			}
			tx.SavePerson(now.Person(u.ID), hash)
			return nil
		})
		if err != nil {
			return err
		}
		out.password("command.user_reset", cmd.Email, made)
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

// password tells that an account has one, and which if it was made here: it cannot be seen again.
func (c *console) password(key, email, made string) {
	c.print("%s", c.lang.Say(key, email))
	if made != "" {
		c.print("%s", c.lang.Say("command.password", made))
	}
}
