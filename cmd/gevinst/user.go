package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
	"gevinst/web"
)

type userCmd struct {
	Add     userAddCmd     `cmd:"" help:"Open an account. The first of all must be an administrator, and needs no --as."`
	List    userListCmd    `cmd:"" help:"List the accounts: number, open or closed, role, mail address and name."`
	Role    userRoleCmd    `cmd:"" help:"Give an account another role, which signs it out."`
	Disable userDisableCmd `cmd:"" help:"Close an account."`
	Enable  userEnableCmd  `cmd:"" help:"Open a closed account again, with the role and the password it had."`
	Reset   userResetCmd   `cmd:"" help:"Take an account's password away and end its sessions; a one-time link gives a new one."`
	Unbind  userUnbindCmd  `cmd:"" help:"Forget who an account is at the identity provider: whoever signs on next with its mail address has it."`
	Erase   userEraseCmd   `cmd:"" help:"Close an account and forget who had it; the history stays, under a number."`
}

// password is where a password comes from: a file, or GEVINST_PASSWORD; without either a link to choose one is made, and printed
// once. It is never an argument, which other users of the machine could read.
type password struct {
	PasswordFile string `help:"File that holds the password. Without it GEVINST_PASSWORD, or else a link to choose one is printed." placeholder:"FILE"`
	PublicURL    string `help:"Where people reach the program, for the link." default:"http://127.0.0.1:8080" placeholder:"URL"`
}

// hash gives what is kept of the owner's password, "" where a link is to be made instead.
func (s *password) hash(owner portfolio.Person) (string, error) {
	text := os.Getenv("GEVINST_PASSWORD")
	if s.PasswordFile != "" {
		b, err := os.ReadFile(s.PasswordFile)
		if err != nil {
			return "", fmt.Errorf("read the password: %w", err)
		}
		text = strings.TrimRight(string(b), "\r\n")
	}
	if text == "" && s.PasswordFile == "" {
		return "", nil
	}
	if err := web.CheckPassword(text, owner); err != nil {
		return "", err
	}
	return web.HashPassword(text)
}

// tell says what was done with an account, and its link if it has one: it cannot be seen again.
func (s *password) tell(out *console, key, email, secret string, lasts time.Duration) {
	out.print("%s", out.lang.Say(key, email))
	if secret != "" {
		out.print("%s", out.lang.Say("command.link", int(lasts.Hours()), strings.TrimSuffix(s.PublicURL, "/")+"/welcome/"+secret))
	}
}

type userAddCmd struct {
	Email string `arg:"" help:"Mail address, which signs in."`
	Role  string `help:"One of: ${enum}." enum:"project_owner,economy_chief,director,programme_office,administrator,viewer" required:""`
	Name  string `help:"Name that others see. Default: the mail address."`
	password
}

// Run opens an account.
func (cmd *userAddCmd) Run(ctx context.Context, p *place, out *console) error {
	var role portfolio.Role
	if err := role.UnmarshalText([]byte(cmd.Role)); err != nil {
		return err
	}
	cmd.Email = strings.TrimSpace(cmd.Email)
	person := portfolio.Person{Name: strings.TrimSpace(cmd.Name), Email: cmd.Email}
	if cmd.Name == "" {
		person.Name = cmd.Email
	}
	if err := store.CheckPerson(person); err != nil {
		return err
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
		hash, err := cmd.hash(person)
		if err != nil {
			return err
		}
		var secret string
		_, err = s.Write(ctx, func(tx *store.Tx) (err error) {
			secret, err = addUser(tx, actor, role, person, hash)
			return err
		})
		if err != nil {
			return err
		}
		cmd.tell(out, "command.user_added", cmd.Email, secret, web.WelcomeLasts)
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

// addUser opens an account with a password, or else with a link to choose one, whose secret it gives.
func addUser(tx *store.Tx, actor portfolio.UserID, role portfolio.Role, person portfolio.Person, hash string) (secret string, err error) {
	id, err := tx.NextID(portfolio.KindUser)
	if err != nil {
		return "", err
	}
	person.User = portfolio.UserID(id)
	u, event, err := portfolio.NewUser(tx.Portfolio(), tx.By(actor, ""), person.User, role)
	if err != nil {
		return "", err
	}
	tx.Save(u, event)
	tx.SavePerson(person)
	if hash != "" {
		tx.SetPassword(u.ID, hash)
		return "", nil
	}
	return tx.Issue(web.Link(u.ID, actor, time.Now(), web.WelcomeLasts)), nil
}

type userResetCmd struct {
	Email string `arg:"" help:"Mail address of the account."`
	password
}

// Run takes an account's password away, ends what opened it, and gives it a new one or a link to choose one.
func (cmd *userResetCmd) Run(ctx context.Context, p *place, out *console) error {
	return p.with(ctx, func(s *store.Store) error {
		now, err := s.Snapshot(ctx)
		if err != nil {
			return err
		}
		id, err := account(now, cmd.Email)
		if err != nil {
			return err
		}
		hash, err := cmd.hash(now.Person(id))
		if err != nil {
			return err
		}
		var secret string
		err = p.change(ctx, s, cmd.Email, func(tx *store.Tx, by portfolio.By, u *portfolio.User) (err error) {
			if secret, err = web.Reset(tx, by, u.ID, time.Now()); err != nil || hash == "" {
				return err
			}
			secret = ""
			tx.SetPassword(u.ID, hash) // which ends the link that nobody needs
			return nil
		})
		if err != nil {
			return err
		}
		cmd.tell(out, "command.user_reset", cmd.Email, secret, web.ResetLasts)
		return nil
	})
}

type userUnbindCmd struct {
	Email string `arg:"" help:"Mail address of the account."`
}

// Run lets an account be bound to another identity at the provider.
func (cmd *userUnbindCmd) Run(ctx context.Context, p *place, out *console) error {
	return p.with(ctx, func(s *store.Store) error {
		err := p.change(ctx, s, cmd.Email, func(tx *store.Tx, by portfolio.By, u *portfolio.User) error { return web.Unbind(tx, by, u.ID, "") })
		if err != nil {
			return err
		}
		out.print("%s", out.lang.Say("command.user_unbound", cmd.Email))
		return nil
	})
}

type userEraseCmd struct {
	Email string `arg:"" help:"Mail address of the account."`
}

// Run closes an account and forgets who had it; what was done stays, under a number.
func (cmd *userEraseCmd) Run(ctx context.Context, p *place, out *console) error {
	return p.with(ctx, func(s *store.Store) error {
		err := p.change(ctx, s, cmd.Email, func(tx *store.Tx, by portfolio.By, u *portfolio.User) error { return web.Erase(tx, by, u.ID) })
		if err != nil {
			return err
		}
		out.print("%s", out.lang.Say("command.user_erased", cmd.Email))
		return nil
	})
}
