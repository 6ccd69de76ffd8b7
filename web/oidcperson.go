package web

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// claims are what the provider says of a person, as far as we ask.
type claims struct {
	subject, email, name string
	// group is the one that gives the role.
	group string
	role  portfolio.Role
}

// claims reads who it is and what the groups map to.
func (p *provider) claims(token *oidc.IDToken) (*claims, error) {
	var said map[string]any
	if err := token.Claims(&said); err != nil {
		return nil, &turned{code: "sign_on.not_believed", cause: err}
	}
	text := func(name string) string { s, _ := said[name].(string); return strings.TrimSpace(s) }
	c := &claims{subject: token.Subject, email: strings.ToLower(text(p.EmailClaim)), name: text("name")}
	refuse := func(code, cause string) (*claims, error) {
		return nil, &turned{code: code, kind: portfolio.Forbidden, cause: errors.New(cause), subject: c.subject}
	}
	if p.EmailClaim == "email" && said["email_verified"] != true && said["email_verified"] != "true" {
		return refuse("sign_on.no_email", "the provider has not verified the mail address")
	}
	if store.CheckPerson(portfolio.Person{Name: c.name, Email: c.email}) != nil {
		c.name = c.email // a name is a courtesy
	}
	if store.CheckPerson(portfolio.Person{Name: c.name, Email: c.email}) != nil {
		return refuse("sign_on.no_email", "the claim "+p.EmailClaim+" holds no mail address")
	}
	groups := listOf(said[p.GroupsClaim])
	for _, mapped := range p.Roles {
		if slices.Contains(groups, mapped.Group) {
			c.group, c.role = mapped.Group, mapped.Role
			return c, nil
		}
	}
	if elsewhere, _ := said["_claim_names"].(map[string]any); elsewhere[p.GroupsClaim] != nil {
		return refuse("sign_on.no_group", "the person has more groups than the provider writes into a token")
	}
	return refuse("sign_on.no_group", fmt.Sprintf("none of the %d groups in the claim %s has a role", len(groups), p.GroupsClaim))
}

// listOf reads a claim of several values; some providers write a single one without the list.
func listOf(claim any) []string {
	switch claim := claim.(type) {
	case string:
		return []string{claim}
	case []any:
		var list []string
		for _, one := range claim {
			if text, ok := one.(string); ok {
				list = append(list, text)
			}
		}
		return list
	}
	return nil
}

// admit finds the person's account, or makes it, and gives it the role that the groups map to.
func (s *Server) admit(ctx context.Context, c *claims) (portfolio.UserID, error) {
	for first := true; ; first = false {
		id, _, err := s.Store.Credentials(ctx, c.email)
		if err != nil {
			return 0, err
		}
		got, err := s.give(ctx, id, c)
		switch {
		case err == nil:
			return got, nil
		case refusedAs(err, "error.last_administrator"):
			s.Log.WarnContext(ctx, "the last administrator stays one, whatever the groups say", "user", int64(id), "subject", c.subject)
			return id, nil
		case refusedAs(err, "sign_on.closed"):
			return 0, &turned{code: "sign_on.closed", kind: portfolio.Forbidden, cause: errors.New("the account is closed"), subject: c.subject}
		case first && refusedAs(err, "error.email_taken"): // the same person, quicker in another window
		default:
			return 0, err
		}
	}
}

// give gives the account of the id the role, and makes one for id 0. Nothing is written where nothing changes.
func (s *Server) give(ctx context.Context, id portfolio.UserID, c *claims) (portfolio.UserID, error) {
	now, err := s.Store.Snapshot(ctx)
	if err != nil {
		return 0, err
	}
	if u := now.Users.Get(id); u != nil && u.Role == c.role && !u.Disabled {
		return id, nil
	}
	defer s.passes.forget()
	got := id
	_, err = s.Store.Write(ctx, func(tx *store.Tx) error {
		got = id
		if id == 0 {
			next, err := tx.NextID(portfolio.KindUser)
			if err != nil {
				return err
			}
			got = portfolio.UserID(next)
			tx.SavePerson(portfolio.Person{User: got, Name: c.name, Email: c.email}, "")
		}
		u, e, err := portfolio.SignOn(tx.Portfolio(), tx.By(0, c.group), got, c.role)
		if err != nil {
			return err
		}
		tx.Save(u, e)
		return nil
	})
	return got, err
}

func refusedAs(err error, code string) bool {
	return slices.ContainsFunc(portfolio.AsRefusals(err), func(e *portfolio.Error) bool { return e.Code == code })
}
