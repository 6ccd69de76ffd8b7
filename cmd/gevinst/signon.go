package main

import (
	"fmt"
	"os"
	"strings"

	"gevinst/web"
)

// signingOn is the identity provider that people sign in at. The client's secret stands in GEVINST_OIDC_CLIENT_SECRET or in a
// file: on a command line everybody on the machine could read it.
type signingOn struct {
	Issuer      string   `name:"oidc-issuer" help:"Identity provider to sign in at by OpenID Connect. Default: none, people sign in by password." placeholder:"URL"`
	ClientID    string   `name:"oidc-client-id" help:"What the program is registered as there; the secret is GEVINST_OIDC_CLIENT_SECRET or --oidc-client-secret-file." placeholder:"ID"`
	SecretFile  string   `name:"oidc-client-secret-file" help:"File that holds the client's secret." placeholder:"FILE"`
	Roles       []string `name:"oidc-role" sep:";" help:"Role of a group's members; repeat it, the first that fits decides. Roles: project_owner, economy_chief, director, programme_office, administrator, viewer." placeholder:"GROUP=ROLE"`
	GroupsClaim string   `name:"oidc-groups-claim" help:"Claim of the ID token that holds the groups." default:"groups" placeholder:"NAME"`
	EmailClaim  string   `name:"oidc-email-claim" help:"Claim that holds the mail address. email must be verified; another one is taken at its word." default:"email" placeholder:"NAME"`
	Scopes      []string `name:"oidc-scopes" help:"What is asked for beside openid." default:"profile,email" placeholder:"NAME"`
	Only        bool     `name:"oidc-only" help:"No sign-in by password."`
}

// settings are the provider's, nil where none is named.
func (o *signingOn) settings(public string) (*web.SignOn, error) {
	if o.Issuer == "" {
		if o.ClientID != "" || o.SecretFile != "" || len(o.Roles) > 0 || o.Only {
			return nil, usage("the --oidc-… settings need --oidc-issuer")
		}
		return nil, nil
	}
	s := &web.SignOn{
		Issuer: o.Issuer, ClientID: o.ClientID, ClientSecret: os.Getenv("GEVINST_OIDC_CLIENT_SECRET"), Scopes: o.Scopes,
		EmailClaim: o.EmailClaim, GroupsClaim: o.GroupsClaim, Only: o.Only,
	}
	if o.SecretFile != "" {
		text, err := os.ReadFile(o.SecretFile)
		if err != nil {
			return nil, fmt.Errorf("read the client's secret: %w", err)
		}
		s.ClientSecret = strings.TrimSpace(string(text))
	}
	for _, text := range o.Roles {
		k := max(strings.LastIndex(text, "="), 0) // a group may be named by a path with = in it
		one := web.GroupRole{Group: strings.TrimSpace(text[:k])}
		if err := one.Role.UnmarshalText([]byte(strings.TrimLeft(strings.TrimSpace(text[k:]), "= "))); err != nil || one.Role == 0 || one.Group == "" {
			return nil, usage(fmt.Sprintf("--oidc-role: %q is not GROUP=ROLE", text))
		}
		s.Roles = append(s.Roles, one)
	}
	if err := s.Check(public); err != nil {
		return nil, usage(err.Error())
	}
	return s, nil
}
