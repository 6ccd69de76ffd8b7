package web

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/coreos/go-oidc/v3/oidc"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// claims are what the provider says of a person, as far as we ask.
type claims struct {
	subject, name string
	// email is "" where the provider vouches for none; noEmail says why.
	email, noEmail string
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
	c := &claims{subject: token.Subject, name: text("name")}
	refuse := func(code, cause string) (*claims, error) {
		return nil, &turned{code: code, kind: portfolio.Forbidden, cause: errors.New(cause), subject: c.subject}
	}
	if !named(c.subject) {
		c.subject = ""
		return nil, &turned{code: "sign_on.not_believed", cause: errors.New("the token names no subject")}
	}
	// Of a token for several programs, azp says whom it was given to.
	if given, ok := said["azp"]; ok && given != p.ClientID {
		return nil, &turned{code: "sign_on.not_believed", cause: errors.New("the token was given to another program"), subject: c.subject}
	}
	c.email, c.noEmail = p.email(said)
	if store.CheckPerson(portfolio.Person{Name: c.name, Email: anAddress}) != nil {
		c.name = c.email // a name is a courtesy
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

// anAddress stands for a mail address where only the name is held against the rules.
const anAddress = "nobody@example.invalid"

// longestSubject is the longest name that OpenID Connect lets a provider have for a person, in bytes.
const longestSubject = 255

// named tells whether a subject can tell people apart.
func named(subject string) bool {
	return strings.TrimSpace(subject) != "" && len(subject) <= longestSubject && !strings.ContainsFunc(subject, unicode.IsControl)
}

// email is the mail address that the provider vouches for, or "" and why not.
func (p *provider) email(said map[string]any) (email, why string) {
	if p.EmailClaim == "email" && said["email_verified"] != true && said["email_verified"] != "true" {
		return "", "the provider has not verified the mail address"
	}
	text, _ := said[p.EmailClaim].(string)
	email = strings.ToLower(strings.TrimSpace(text))
	if store.CheckPerson(portfolio.Person{Name: email, Email: email}) != nil {
		return "", "the claim " + p.EmailClaim + " holds no mail address"
	}
	return email, ""
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
		id, err := s.give(ctx, c)
		switch {
		case err == nil:
			return id, nil
		case refusedAs(err, "sign_on.closed"):
			return 0, &turned{code: "sign_on.closed", kind: portfolio.Forbidden, cause: errors.New("the account is closed"), subject: c.subject}
		case refusedAs(err, "sign_on.another"):
			return 0, &turned{code: "sign_on.another", kind: portfolio.Forbidden, cause: errors.New("the account of the mail address is bound to another subject"), subject: c.subject}
		case first && refusedAs(err, "error.email_taken"): // the same person, quicker in another window
		default:
			return 0, err
		}
	}
}

// arrival is who signs on, and what is to be written of it.
type arrival struct {
	*claims
	who store.Identity
	// user is the account, 0 for one that is to be made; bound tells that the identity is already its own.
	user  portfolio.UserID
	bound bool
	// person is who the account is for.
	person portfolio.Person
	// moved tells that the provider has another mail address of the person than we.
	moved bool
}

// whose finds the account of a person: the one that is bound to the identity, or, the first time, the one with the mail address.
func (s *Server) whose(ctx context.Context, now *portfolio.Portfolio, c *claims) (*arrival, error) {
	a := &arrival{claims: c, who: store.Identity{Issuer: s.provider.Issuer, Subject: c.subject}}
	var err error
	if a.user, err = s.Store.Identified(ctx, a.who); err != nil {
		return nil, err
	}
	if a.bound = a.user != 0; !a.bound && c.email == "" {
		return nil, &turned{code: "sign_on.no_email", kind: portfolio.Forbidden, cause: errors.New(c.noEmail), subject: c.subject}
	}
	var owner portfolio.UserID
	if c.email != "" {
		if owner, _, err = s.Store.Credentials(ctx, c.email); err != nil {
			return nil, err
		}
	}
	if !a.bound {
		a.user = owner
		a.person = portfolio.Person{Name: c.name, Email: c.email}
		return a, nil
	}
	a.person = now.Person(a.user)
	switch {
	case c.email == "" || owner == a.user:
	case owner != 0:
		s.Log.WarnContext(ctx, "a new mail address is another account's, so the former stays", "user", int64(a.user), "subject", c.subject)
	default:
		a.person.Email, a.moved = c.email, true
	}
	return a, nil
}

// give gives the account the role, and makes one where there is none. Nothing is written where nothing changes.
func (s *Server) give(ctx context.Context, c *claims) (portfolio.UserID, error) {
	now, err := s.Store.Snapshot(ctx)
	if err != nil {
		return 0, err
	}
	a, err := s.whose(ctx, now, c)
	if err != nil {
		return 0, err
	}
	if a.bound && !a.moved && has(now, a.user, c.role) {
		return a.user, nil
	}
	defer s.passes.forget()
	id := a.user
	_, err = s.Store.Write(ctx, func(tx *store.Tx) (err error) {
		id, err = s.record(tx, *a)
		return err
	})
	return id, err
}

// has tells whether an account is open and has the role.
func has(p *portfolio.Portfolio, id portfolio.UserID, role portfolio.Role) bool {
	u := p.Users.Get(id)
	return u != nil && u.Role == role && !u.Disabled
}

// record writes what a sign-on changes: the account, who it is for, and who that is at the provider.
func (s *Server) record(tx *store.Tx, a arrival) (portfolio.UserID, error) {
	if a.user == 0 {
		next, err := tx.NextID(portfolio.KindUser)
		if err != nil {
			return 0, err
		}
		a.user, a.moved = portfolio.UserID(next), true
		a.person.User = a.user
	}
	fresh := !a.bound || a.moved
	if !fresh && has(tx.Portfolio(), a.user, a.role) {
		return a.user, nil
	}
	u, e, err := portfolio.SignOn(tx.Portfolio(), tx.By(0, a.group), a.user, a.role)
	if refusedAs(err, "error.last_administrator") {
		s.Log.Warn("the last administrator stays one, whatever the groups say", "user", int64(a.user), "subject", a.subject)
		if !fresh {
			return a.user, nil
		}
		u, e, err = portfolio.SignOn(tx.Portfolio(), tx.By(0, a.group), a.user, portfolio.Administrator)
	}
	if err != nil {
		return 0, err
	}
	tx.Save(u, e)
	if a.moved {
		tx.SavePerson(a.person)
	}
	if !a.bound {
		tx.Bind(a.user, a.who)
	}
	return a.user, nil
}

func refusedAs(err error, code string) bool {
	return slices.ContainsFunc(portfolio.AsRefusals(err), func(e *portfolio.Error) bool { return e.Code == code })
}
