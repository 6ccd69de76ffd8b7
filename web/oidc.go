package web

import (
	"context"
	"crypto/cipher"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"gevinst/portfolio"
)

// SignOn are the settings of signing in at the organisation's identity provider, by OpenID Connect.
type SignOn struct {
	// Issuer is the provider as it names itself; its addresses are found below it.
	Issuer string
	// ClientID and ClientSecret are what the program is registered with there. The secret also seals the cookie of a sign-on
	// under way, so that several programs can share the work.
	ClientID, ClientSecret string
	// Scopes are asked for beside openid.
	Scopes []string
	// EmailClaim names the mail address that a person is known by. "email" counts only where the provider has verified it; any
	// other claim is the organisation's own, such as upn, and is taken at its word.
	EmailClaim string
	// GroupsClaim names the groups of a person, and Roles what they may do here: the first that fits decides.
	GroupsClaim string
	Roles       []GroupRole
	// Only takes the sign-in by password away.
	Only bool
}

// GroupRole gives the members of a group a role.
type GroupRole struct {
	Group string
	Role  portfolio.Role
}

// Check tells what the settings lack. public is where people reach the program.
func (o *SignOn) Check(public string) error {
	switch {
	case o.Issuer == "" || o.ClientID == "" || o.ClientSecret == "":
		return errors.New("signing in at an identity provider needs its issuer, a client id and the client's secret")
	case len(o.Roles) == 0:
		return errors.New("signing in at an identity provider needs a group that has a role, or nobody gets in")
	case !absolute(public):
		return errors.New("signing in at an identity provider needs the address where people reach the program, as https://…")
	case !confidential(o.Issuer):
		return fmt.Errorf("the identity provider's issuer must begin with https://: %s", o.Issuer)
	case o.EmailClaim == "" || o.GroupsClaim == "":
		return errors.New("signing in at an identity provider needs the names of the claims that hold the mail address and the groups")
	}
	return nil
}

func absolute(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// confidential lets plain HTTP through on this machine alone: whoever reads along elsewhere could sign in as anybody.
func confidential(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return false
	}
	return u.Scheme == "https" || (u.Scheme == "http" && loopback(u.Host))
}

// provider is the identity provider: what it is known by, and, once it has answered, where its doors are.
type provider struct {
	SignOn
	public string
	box    cipher.AEAD
	client *http.Client
	clock  func() time.Time

	mu     sync.Mutex
	doors  *doors
	failed time.Time
	err    error
}

// doors are what discovery found.
type doors struct {
	oauth    oauth2.Config
	verifier *oidc.IDTokenVerifier
	// end is where a session there is ended, "" where it cannot be.
	end string
}

// How long the provider may take to answer, and how long one that did not is left alone.
const (
	providerTimeout = 5 * time.Second
	providerRest    = 2 * time.Second
)

func newProvider(o SignOn, public string, clock func() time.Time) (*provider, error) {
	if err := o.Check(public); err != nil {
		return nil, err
	}
	box, err := newBox(&o)
	if err != nil {
		return nil, err
	}
	return &provider{
		SignOn: o, public: strings.TrimSuffix(public, "/"), box: box, clock: clock, client: &http.Client{Timeout: providerTimeout},
	}, nil
}

// with makes calls to the provider end in time. Whoever asked may have left: what is found serves the next.
func (p *provider) with(ctx context.Context) context.Context {
	return oidc.ClientContext(context.WithoutCancel(ctx), p.client)
}

// discover finds the provider's doors when they are first needed, and again until it answers: the program starts and takes
// passwords without it.
func (p *provider) discover(ctx context.Context) (*doors, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.doors != nil {
		return p.doors, nil
	}
	if p.err != nil && p.clock().Sub(p.failed).Abs() < providerRest {
		return nil, p.err
	}
	p.doors, p.err = p.ask(p.with(ctx))
	p.failed = p.clock()
	return p.doors, p.err
}

func (p *provider) ask(ctx context.Context) (*doors, error) {
	found, err := oidc.NewProvider(ctx, p.Issuer)
	if err != nil {
		return nil, fmt.Errorf("discover the identity provider: %w", err)
	}
	var more struct {
		End     string   `json:"end_session_endpoint"`
		Methods []string `json:"token_endpoint_auth_methods_supported"`
	}
	if err := found.Claims(&more); err != nil {
		return nil, fmt.Errorf("discover the identity provider: %w", err)
	}
	endpoint := found.Endpoint()
	endpoint.AuthStyle = oauth2.AuthStyleInHeader // not by trying: a code is good for one try
	if len(more.Methods) > 0 && !slices.Contains(more.Methods, "client_secret_basic") {
		endpoint.AuthStyle = oauth2.AuthStyleInParams
	}
	if !confidential(more.End) {
		more.End = ""
	}
	return &doors{
		oauth: oauth2.Config{
			ClientID: p.ClientID, ClientSecret: p.ClientSecret, Endpoint: endpoint, RedirectURL: p.public + "/sign-on/callback",
			Scopes: append([]string{oidc.ScopeOpenID}, p.Scopes...),
		},
		verifier: found.VerifierContext(ctx, &oidc.Config{ClientID: p.ClientID, Now: p.clock}),
		end:      more.End,
	}, nil
}

// away is where the provider ends its session of who signs out here, "" where there is no such place. It then leads back.
func (p *provider) away(ctx context.Context) (string, error) {
	d, err := p.discover(ctx)
	if err != nil || d.end == "" {
		return "", err
	}
	u, err := url.Parse(d.end)
	if err != nil {
		return "", err
	}
	q := u.Query()
	q.Set("client_id", p.ClientID)
	q.Set("post_logout_redirect_uri", p.public+"/session")
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// signOnRoutes are there where an identity provider is named.
func (s *Server) signOnRoutes() []route {
	if s.provider == nil {
		return nil
	}
	return []route{
		{method: http.MethodGet, pattern: "/sign-on", private: true, leads: true, page: s.signOn, query: fields{"return": ""}},
		{method: http.MethodGet, pattern: "/sign-on/callback", private: true, leads: true, page: s.signedOn, query: fields{"code": "", "state": "", "error": "", "iss": ""}},
	}
}

// byPassword is a form that is refused where people sign in at the identity provider alone.
func (s *Server) byPassword(form formFunc) formFunc {
	if !s.onlySignOn() {
		return form
	}
	return func(*request) (*done, error) {
		return nil, &portfolio.Error{Kind: portfolio.Forbidden, Code: "sign_on.only"}
	}
}

func (s *Server) onlySignOn() bool { return s.provider != nil && s.provider.Only }
