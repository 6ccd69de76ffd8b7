package web

import (
	"slices"
	"strconv"
	"time"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

var (
	scopes = []string{store.ScopeRead, store.ScopeWrite}
	// tokenDays are how long a token can be asked to last, in days; 0 is until it is revoked.
	tokenDays = []int64{30, 90, 365, 0}
)

const (
	maxTokenName = 100
	maxTokens    = 50
)

func (r *request) tokenForm() *recordForm {
	f := r.record("token", "/account/tokens", r.say("account.new_token"), r.say("account.create_token"))
	f.add(recordField{Name: "name", Label: r.say("account.token_name"), Hint: r.say("account.token_name_hint"), Kind: "text", Required: true})
	f.add(recordField{Name: "scope", Label: r.say("account.scope"), Kind: "select", Value: store.ScopeRead, Options: []optionView{
		{Value: store.ScopeRead, Label: r.say("account.scope.read")}, {Value: store.ScopeWrite, Label: r.say("account.scope.write")},
	}})
	var days []optionView
	for _, n := range tokenDays {
		label := r.say("account.no_expiry")
		if n > 0 {
			label = r.say("account.days", n)
		}
		days = append(days, optionView{Value: strconv.FormatInt(n, 10), Label: label})
	}
	f.add(recordField{Name: "days", Label: r.say("account.lasts"), Kind: "select", Value: "90", Options: days})
	return f
}

// newToken makes a token for one's own programs, and shows it this once.
func (s *Server) newToken(r *request) (*done, error) {
	token, now := r.form.token(), s.Clock()
	if err := r.form.err(); err != nil {
		return nil, err
	}
	list, err := s.Store.Passes(r.Context(), r.user.ID)
	if err != nil {
		return nil, err
	}
	open := slices.DeleteFunc(list, func(p store.Pass) bool { return p.Kind != store.TokenPass || !p.Open(now) })
	if len(open) >= maxTokens {
		return nil, &portfolio.Error{Kind: portfolio.Invalid, Code: "account.too_many_tokens", Args: []any{maxTokens}}
	}
	token.Kind, token.User, token.Issuer, token.Created = store.TokenPass, r.user.ID, r.user.ID, portfolio.InstantOf(now)
	if days := r.form.int("days"); days > 0 {
		token.Expires = portfolio.InstantOf(now.Add(time.Duration(days) * 24 * time.Hour))
	}
	secret, err := s.Store.Issue(r.Context(), token)
	if err != nil {
		return nil, err
	}
	r.landed("/account")
	pg, err := s.account(r)
	if err != nil {
		return nil, err
	}
	pg.View.(*accountView).Token = secret
	return &done{show: pg}, nil
}

// token reads what a new token is to be.
func (f *form) token() store.Pass {
	p := store.Pass{Label: f.get("name"), Scope: f.get("scope")}
	switch {
	case p.Label == "":
		f.bad("name", "error.required")
	case len(p.Label) > maxTokenName:
		f.bad("name", "error.too_long", maxTokenName)
	}
	if !slices.Contains(scopes, p.Scope) {
		f.bad("scope", "error.choice", p.Scope)
	}
	if days := f.int("days"); days < 0 || days > 3650 {
		f.bad("days", "error.choice", f.get("days"))
	}
	return p
}
