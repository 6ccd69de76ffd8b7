package web

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/go-chi/chi/v5/middleware"
	"golang.org/x/oauth2"

	"gevinst/portfolio"
)

// signOn leads to the identity provider.
func (s *Server) signOn(r *request) (*page, error) {
	back := past(local(r.value("return")))
	d, err := s.provider.discover(r.Context())
	if err != nil {
		return s.turnAway(r, back, &turned{code: "sign_on.away", cause: err})
	}
	t := newTicket(s.Clock(), back)
	sealed, err := s.provider.seal(t)
	if err != nil {
		return nil, err
	}
	r.setCookie(ticketCookie, sealed, ticketLasts)
	return &page{Redirect: d.oauth.AuthCodeURL(t.State, oidc.Nonce(t.Nonce), oauth2.S256ChallengeOption(t.Verifier))}, nil
}

// signedOn takes the provider's answer: it opens a session, or says why not.
func (s *Server) signedOn(r *request) (*page, error) {
	t, err := s.ticket(r)
	if err != nil {
		return s.turnAway(r, "/", err)
	}
	id, err := s.arrive(r, t)
	if err != nil {
		return s.turnAway(r, t.Return, err)
	}
	if err := s.open(r, id); err != nil {
		return nil, err
	}
	r.upon = id
	s.tellAct(r, "sign_on", actDone, nil)
	r.setCookie(signedOnCookie, "1", sessionLength)
	return &page{Redirect: t.Return}, nil
}

// turned is why somebody who came from the provider is not let in: a sentence for him, the cause and what the provider calls
// him for the log.
type turned struct {
	code    string
	kind    portfolio.ErrorKind
	cause   error
	subject string
}

func (t *turned) Error() string { return t.code }

// ticket takes the browser's ticket, which is good for one answer.
func (s *Server) ticket(r *request) (ticket, error) {
	r.setCookie(ticketCookie, "", 0)
	c, err := r.Cookie(ticketCookie)
	if err != nil {
		return ticket{}, &turned{code: "sign_on.expired", cause: errors.New("no sign-on was begun in this browser")}
	}
	t, ok := s.provider.unseal(c.Value, s.Clock())
	if !ok {
		return ticket{}, &turned{code: "sign_on.expired", cause: errors.New("the sign-on is too old, or not ours")}
	}
	if subtle.ConstantTimeCompare([]byte(r.value("state")), []byte(t.State)) != 1 {
		return ticket{}, &turned{code: "sign_on.expired", cause: errors.New("the answer is to another sign-on")}
	}
	return t, nil
}

// arrive turns the provider's answer into the account it stands for.
func (s *Server) arrive(r *request, t ticket) (portfolio.UserID, error) {
	if code := r.value("error"); code != "" {
		return 0, &turned{code: "sign_on.declined", cause: fmt.Errorf("the provider says %s", spelled(code))}
	}
	if iss := r.value("iss"); iss != "" && iss != s.provider.Issuer {
		return 0, &turned{code: "sign_on.not_believed", cause: errors.New("another issuer answers")}
	}
	d, err := s.provider.discover(r.Context())
	if err != nil {
		return 0, &turned{code: "sign_on.away", cause: err}
	}
	token, err := s.provider.redeem(r.Context(), d, r.value("code"), t)
	if err != nil {
		return 0, err
	}
	c, err := s.provider.claims(token)
	if err != nil {
		return 0, err
	}
	return s.admit(r.Context(), c)
}

// redeem gets the ID token for the code, and believes it only if the provider signed it now, for us, and for this sign-on.
func (p *provider) redeem(ctx context.Context, d *doors, code string, t ticket) (*oidc.IDToken, error) {
	tokens, err := d.oauth.Exchange(p.with(ctx), code, oauth2.VerifierOption(t.Verifier))
	var refused *oauth2.RetrieveError
	switch {
	case errors.As(err, &refused) && refused.Response.StatusCode < http.StatusInternalServerError:
		// The rest of the answer is not told: nobody knows what a provider writes there.
		return nil, &turned{code: "sign_on.not_believed", cause: fmt.Errorf("the code is refused: %s", spelled(refused.ErrorCode))}
	case errors.As(err, &refused):
		return nil, &turned{code: "sign_on.away", cause: fmt.Errorf("the code is answered with status %d", refused.Response.StatusCode)}
	case err != nil:
		return nil, &turned{code: "sign_on.away", cause: unanswered(err)}
	}
	raw, _ := tokens.Extra("id_token").(string)
	token, err := d.verifier.Verify(p.with(ctx), raw)
	if err != nil {
		return nil, &turned{code: "sign_on.not_believed", cause: err}
	}
	if subtle.ConstantTimeCompare([]byte(token.Nonce), []byte(t.Nonce)) != 1 {
		return nil, &turned{code: "sign_on.not_believed", cause: errors.New("the token is of another sign-on"), subject: token.Subject}
	}
	return token, nil
}

// unanswered keeps of a call that failed what did not work; an answer that cannot be read may hold a token.
func unanswered(err error) error {
	var call *url.Error
	if errors.As(err, &call) {
		return call
	}
	return errors.New("the answer cannot be read")
}

var codeShape = regexp.MustCompile(`^[a-z_]{1,60}$`)

// spelled is an error code of the protocol; anything else that stands in its place is not repeated.
func spelled(code string) string {
	if codeShape.MatchString(code) {
		return code
	}
	return "something else"
}

// turnAway shows the sign-in page with the reason, and logs it. The address, which holds the code, is left behind.
func (s *Server) turnAway(r *request, back string, err error) (*page, error) {
	why, ok := err.(*turned)
	if !ok {
		return nil, err
	}
	s.Log.WarnContext(r.Context(), "sign-on refused", "reason", why.code, "cause", why.cause, "subject", why.subject, "request_id", middleware.GetReqID(r.Context()))
	kind := why.kind
	if kind == 0 {
		kind = portfolio.Invalid
	}
	refusal := &portfolio.Error{Kind: kind, Code: why.code}
	r.path, r.query = "/session", url.Values{"return": {back}}
	if !r.wantsPage() {
		return nil, refusal
	}
	pg, err := s.signInPage(r)
	if err != nil {
		return nil, err
	}
	v := pg.View.(signInView)
	v.Refused = r.refusal(refusal)
	pg.View = v
	pg.Status = statusOf(refusal)
	if why.code == "sign_on.away" {
		pg.Status = http.StatusServiceUnavailable
	}
	return pg, nil
}

// signOff ends the session at the provider too. A page leads there, for browsers do not follow a form's answer to another site.
func (s *Server) signOff(r *request) (*done, error) {
	r.setCookie(signedOnCookie, "", 0)
	away, err := s.provider.away(r.Context())
	if err != nil {
		s.Log.WarnContext(r.Context(), "the session at the identity provider stays open", "error", err)
	}
	if away == "" {
		return &done{location: "/session"}, nil
	}
	r.user, r.pass = nil, nil
	r.at(r.p)
	r.reply.Set("Refresh", "0; url="+away)
	return &done{show: &page{Title: r.say("sign_on.signed_out"), Template: "signedoff", View: signedOffView{away}}}, nil
}

// signedOffView leads to where the provider ends its session.
type signedOffView struct {
	Away string `json:"-"`
}
